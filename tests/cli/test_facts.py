"""How the commands take facts, and what they say of those that are missing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

USD = str(Path(__file__).parents[2] / "docs" / "cookbook" / "usd")
FLUX = ("decide", "flux-1-schnell", "--rules", USD)


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ((), "  state: --fact plan=VALUE --fact neurons_today=VALUE"),
        (("--fact", "plan=free"), "  state: --fact neurons_today=VALUE"),
        (("--fact", "neurons_today=0"), None),
        (("--set", "plan=paid", "--fact", "neurons_today=0"), "  state: --fact plan=paid"),
        (("--set", "neurons_today=[]"), "  state: --fact plan=VALUE --fact neurons_today=[]"),
    ],
)
def test_a_missing_fact_has_its_flag(call: Callable[..., Any], more: tuple[str, ...], line: str | None) -> None:
    """`decide` and `emit` show the flag of a fact that counts and is missing, or that was given as an option."""
    decided = call(*FLUX, *more)
    emitted = call("emit", *FLUX[1:], *more, "--prompt", "x")
    for printed in (decided.out, emitted.err):
        assert [found for found in printed.splitlines() if "state:" in found] == ([] if line is None else [line])
    assert decided.code == emitted.code == int(line is not None)


def test_a_catalog_asks_for_all_facts_of_a_model(call: Callable[..., Any]) -> None:
    """The message speaks of flags, not of Python."""
    assert call("catalog", "--rules", USD) == (
        2,
        "",
        (
            "imgrules: flux-1-schnell depends on the facts `plan` and `neurons_today`: "
            "state them with `--fact plan=VALUE --fact neurons_today=VALUE`\n"
        ),
    )
    code, _, err = call("catalog", "--rules", USD, "--fact", "plan=free")
    assert (code, err) == (
        2,
        "imgrules: flux-1-schnell depends on the fact `neurons_today`: state it with `--fact neurons_today=VALUE`\n",
    )
    code, out, err = call("catalog", "--rules", USD, "--fact", "plan=free", "--fact", "neurons_today=9673", "--format", "json")
    assert (code, err) == (0, "")
    assert json.loads(out)["models"][0]["id"] == "flux-1-schnell"
