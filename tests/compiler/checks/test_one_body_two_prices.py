"""One request body with two prices is reported, unless it is the caller who states the difference."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from imgrules.compiler.build import Build, build_texts
from imgrules.compiler.samples.sample_selections import MOST

SHARED = "language: 1\ntypes:\n  image:\n    provider: {send: p}\n    model: {send: m}\n"
HEAD = "name: M\ntype: image\nprovider: p\nmodel: m\n"


def codes(text: str) -> list[str]:
    """Return the codes that are reported for a model file, without the one for a missing example."""
    report = build_texts({"_shared": SHARED, "m": HEAD + text}).report
    return [diagnostic.code.id for diagnostic in report.diagnostics if diagnostic.code.id != "IR403"]


@pytest.mark.parametrize(
    "text",
    [
        # A number, a list, a text, a size and a ratio ask the caller for what the request does not hold.
        "options: {more: {send: false, number: {min: 0}, default: 0}}\ncredits: {base: 1, plus: [{credits: 1.5, per: more}]}\n",
        "options: {seen: {send: false, list: {max: 9}, optional: true}}\ncredits: {base: 1, plus: [{credits: 2, per: seen}]}\n",
        (
            "options: {note: {send: false, text: {max: 9}, optional: true}}\n"
            "credits: {base: 1, plus: [{credits: 2, when: {note: {not: (none)}}}]}\n"
        ),
        (
            "options: {more: {send: false, number: {min: 0, max: 9}}, word: {of: more, values: "
            "{few: {max: 3, credits: 1}, many: {min: 4, credits: 2}}}}\n"
        ),
        # What tells them apart is sent elsewhere.
        (
            "options: {tier: {send: false, values: {a: {credits: 1}, b: {credits: 2}}}}\n"
            "body: {q: {by: [tier], table: {a: 1, b: 2}}}\n"
        ),
        (
            "options:\n  mode: {send: false, values: [old, new]}\n  steps: {send: s, number: {min: 1, max: 3}, when: {mode: new}}\n"
            "credits: {base: 1, plus: [{credits: 1, when: {mode: new}}]}\n"
        ),
        # The two cost the same.
        "options: {tier: {send: t, values: {a: {as: x, credits: 1}, b: {as: x, credits: 1}}}}\n",
        # The limits leave but one of the two.
        (
            "options: {tier: {send: false, values: [a, b]}, q: {send: q, values: [x, y]}}\n"
            "limits: [{when: {tier: a}, only: {q: x}}, {when: {tier: b}, only: {q: y}}]\n"
            "credits: {base: 1, plus: [{credits: 1, when: {tier: b}}]}\n"
        ),
    ],
)
def test_accepted(text: str) -> None:
    """Options that are sent, that the caller states in numbers or texts, or that cost the same are accepted."""
    assert "IR241" not in codes(text)


def test_numbers_that_are_sent_in_part() -> None:
    """Two sizes of one width have two prices where only the width is sent; with the height in the body this is accepted."""
    options = (
        "options: {size: {send: w, size: {edge: {min: 64, max: 512, step: 64}}, as: width}, px: {of: size, measure: pixels}}\n"
    )
    price = "credits: {base: 0, plus: [{credits: 0.5, per: px}]}\n"
    assert codes(options + price) == ["IR241"]
    assert codes(options + price + "body: {h: {of: size, as: height}}\n") == []


def test_told_once(places_of: Callable[..., list[str]]) -> None:
    """An option that changes the price and not the body is reported once, however many combinations it is part of."""
    hidden = "  ratio:\n    send: false\n"
    body = ("examples:", "body: {a.b: {by: [ratio], table: {'16:9': one, '1:1': one}}}\nexamples:")
    price = (
        "      low: {label: Basic, credits: 5}\n      high: {label: Premium, credits: 8, gate: member}",
        "      low: {}\n      high: {}",
    )
    credits_ = ("examples:", "credits: {base: 5, plus: [{credits: 1, when: {ratio: '1:1'}}]}\nexamples:")
    assert places_of("IR241", ("  ratio:\n", hidden), body, price, credits_) == ["nano.yaml:6:3 ratio"]


def test_the_cap(build_with: Callable[..., Build]) -> None:
    """Of a model with many combinations at most `MOST` are tried."""
    del build_with
    values = ", ".join(f"v{at}" for at in range(99))
    alike = ", ".join(f"v{at}: {{as: v}}" for at in range(99))
    text = f"options: {{a: {{send: a, values: {{{alike}}}}}, b: {{send: b, values: [{values}]}}}}\n"
    price = "credits: {base: 1, times: [{factor: 2, when: {a: v98, b: v98}}]}\n"
    assert MOST < 99 * 99
    assert "IR241" not in codes(text + price)
    assert "IR241" in codes(text + price.replace("v98", "v1"))
