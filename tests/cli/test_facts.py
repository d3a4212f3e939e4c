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


SHARED = """\
language: 1
types: {image: {model: {send: model}}}
facts: {used: {number: {min: 0}}, plan: {values: [free, paid], default: free}}
"""
READS = "facts: {used: {}, tags: {list: {}, optional: true}}\ncredits: {base: 1, plus: [{credits: 1, per: used}]}\nbody: {tags: {of: tags}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """Return a folder with two models that have the same facts, and one that has none."""
    (tmp_path / "_shared.yaml").write_text(SHARED)
    (tmp_path / "one.yaml").write_text(f"model: one\nid: vendor/One:v1\naliases: uno\n{READS}")
    (tmp_path / "two.yaml").write_text(f"model: two\n{READS}")
    (tmp_path / "none.yaml").write_text("model: none\n")
    return str(tmp_path)


@pytest.mark.parametrize(
    ("words", "prices"),
    [
        (("used=2",), (3, 3)),
        (("used=2", "vendor/One:v1:used=5"), (6, 3)),
        (("uno:used=5", "used=2", "two:used=0"), (6, 1)),
        (("vendor/One:v1:used=1", "two:used=0"), (2, 1)),
    ],
)
def test_a_fact_of_one_model(call: Callable[..., Any], folder: str, words: tuple[str, ...], prices: tuple[int, int]) -> None:
    """`MODEL:NAME=VALUE` states a fact of one model, beside the same fact of all others, for every command."""
    flags = [part for word in words for part in ("--fact", word)]
    code, out, err = call("catalog", "--rules", folder, "--format", "json", *flags)
    assert (code, err) == (0, "")
    offers = {model["id"]: model["offers"][0]["credits"] for model in json.loads(out)["models"]}
    assert (offers["vendor/One:v1"], offers["two"]) == prices
    decided = [call("decide", model, "--rules", folder, *flags).out for model in ("vendor/One:v1", "two")]
    units = [f"{price} credit" if price == 1 else f"{price} credits" for price in prices]
    assert decided == [f"allowed vendor/One:v1: {units[0]}\n", f"allowed two: {units[1]}\n"]


def test_the_list_of_one_model(call: Callable[..., Any], folder: str) -> None:
    """A list is repeated for one model as it is for all."""
    flags = ("--fact", "used=0", "--fact", "two:tags=a", "--fact", "two:tags=b", "--fact", "tags=c")
    for model, tags in (("two", ["a", "b"]), ("vendor/One:v1", ["c"])):
        assert json.loads(call("emit", model, "--rules", folder, *flags).out)["tags"] == tags


@pytest.mark.parametrize(
    ("flag", "message"),
    [
        ("tow:used=1", "there is no model `tow`; did you mean `two`?"),
        ("two:useed=1", "two has no fact `useed`; it has `used` and `tags`"),
        ("none:used=1", "none has no fact `used`; it has none"),
        ("two:used", "--fact `two:used` has no `=`; did you mean `--fact two=used`?"),
        ("used", "--fact `used` has no `=`; write NAME=VALUE"),
    ],
)
def test_a_wrong_fact_of_one_model(call: Callable[..., Any], folder: str, flag: str, message: str) -> None:
    """The model and its facts are compared at once."""
    assert call("catalog", "--rules", folder, "--fact", flag) == (2, "", f"imgrules: {message}\n")
    assert call("calendar", "--rules", folder, "--fact", "used=1").code == 0


def test_what_always_counts_at_the_facts_is_in_the_price(call: Callable[..., Any], folder: str) -> None:
    """A factor and a surcharge that facts alone decide are in the price that the catalog prints."""
    price = (
        "base: {by: quality, table: {low: 4, high: 6}}, times: [{factor: {by: plan, table: {free: 2, paid: 0.5}}}], "
        "plus: [{credits: 0.5, per: steps}, {credits: 1, per: used}]"
    )
    options = "options: {steps: {send: steps, number: {min: 1, max: 8}}, quality: {send: q, values: [low, high]}}"
    (Path(folder) / "two.yaml").write_text(f"model: two\n{options}\ncredits: {{{price}}}\n")
    for plan, span in (("free", "11 to 15"), ("paid", "5 to 6")):
        out = call("catalog", "--rules", folder, "--fact", "used=3", "--fact", f"plan={plan}", "--format", "text").out
        assert f"  credits  {span}, with surcharges of 0.5 for steps\n" in out


def test_a_fact_that_cannot_be_used_is_part_of_the_decision(call: Callable[..., Any]) -> None:
    """`decide` answers whatever is stated: the violation says what the fact takes."""
    code, out, err = call(*FLUX, "--fact", "plan=gold", "--fact", "neurons_today=3")
    assert (code, err) == (1, "")
    assert "the fact plan, which the service states, takes `free` or `paid`, but the text `gold` was given" in out
    assert json.loads(call(*FLUX, "--fact", "hour=3", "--format", "json").out)["status"] == "impossible"
