"""Rules may have reasons in several languages, and every sentence uses the asked one."""

from __future__ import annotations

from typing import Any

import pytest

from imgrules import Rules
from imgrules.testing import compiled

BECAUSE = {"en": "so it is", "de": "so ist es"}
SHARED = {
    "language": 1,
    "languages": ["en", "de"],
    "types": {"image": {"provider": {"send": "p"}, "model": {"send": "m"}}},
}
OPTIONS = {
    "kind": {"send": "kind", "values": ["a", "b", "c"]},
    "width": {"send": "width", "number": {"min": 1}, "optional": True},
    "depth": {"send": "depth", "values": ["x", "y"], "optional": True, "when": {"kind": ["a", "b"]}, "because": BECAUSE},
}
LIMITS = [
    {"when": {"kind": "a"}, "needs": ["width", "depth"], "because": BECAUSE},
    {"when": {"kind": "b"}, "only": {"width": "(none)"}, "because": BECAUSE},
    {"when": {"kind": "c"}, "ignores": "width", "because": BECAUSE},
    {"never": {"kind": "b", "depth": "x"}, "because": BECAUSE},
]
MESSAGES = {"de": {"not_together": "{field} {value} passt nicht", "needed_field": "{model} braucht hier {field}"}}


@pytest.fixture(scope="module")
def rules() -> Rules:
    """Return rules whose reasons are all in two languages."""
    model = {"name": "Two", "type": "image", "provider": "p", "model": "two", "options": OPTIONS, "limits": LIMITS}
    return Rules(compiled({"_shared": SHARED, "_messages": {"messages": MESSAGES}, "two": model}))


@pytest.mark.parametrize(
    ("picked", "reasons"),
    [
        ({"kind": "a"}, ["two braucht hier width: so ist es", "two braucht hier depth: so ist es"]),
        ({"kind": "b", "width": 3}, ["kind `b` passt nicht: so ist es", "width `3` passt nicht: so ist es"]),
        ({"kind": "c", "depth": "x"}, ["kind `c` passt nicht: so ist es", "depth `x` passt nicht: so ist es"]),
        ({"kind": "b", "depth": "x"}, ["kind `b` passt nicht: so ist es", "depth `x` passt nicht: so ist es"]),
        ({"kind": "c", "width": 3}, []),
    ],
)
def test_reasons_are_said_in_the_asked_language(rules: Rules, picked: dict[str, Any], reasons: list[str]) -> None:
    """Each refusal is in German, with the reason that the author wrote."""
    sentences = [
        violation.message.partition(";")[0] for violation in rules.decide({"model": "two", **picked}, language="de").violations
    ]
    assert sentences == reasons


@pytest.mark.parametrize("picked", [{}, {"kind": "a"}, {"kind": "b", "width": 3}, {"kind": "c", "depth": "x"}])
def test_every_reader_takes_them(rules: Rules, picked: dict[str, Any]) -> None:
    """Choices, catalog and calendar accept rules with translated reasons."""
    assert isinstance(rules.choices({"model": "two", **picked}, language="de"), list)
    assert rules.catalog(language="de")["models"][0]["limits"][0]["because"] == "so ist es"
    assert rules.calendar(at="2026-11-22")
