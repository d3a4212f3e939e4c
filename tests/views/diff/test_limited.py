"""What a finding is limited to is true: no selection that has it is answered as before."""

from __future__ import annotations

import pytest

from tests.views.diff.sides import difference, edited, told

SHARED = "language: 1\ntypes: {image: {body: {}}}\ngates: {club: {opens_with: [club], label: Club}}\n"
NUMBERS = {
    "_shared": SHARED,
    "model": (
        "options:\n  quality: {send: quality, values: [low, high]}\n"
        "  n: {send: n, number: {min: 1, max: 9}, default: 1}\n  k: {send: k, number: {min: 1, max: 9}, default: 1}\n"
        "limits: [{when: {quality: high}, only: {n: {max: 5}}}, {when: {quality: low}, only: {n: {max: 7}}}]\n"
        "credits: 2\n"
    ),
}
"""A model with two numbers, of which the qualities take different ones."""

FACTS = {
    "_shared": SHARED,
    "model": (
        "facts: {tier: {values: [free, pro]}}\noptions: {quality: {send: quality, values: [low, high]}}\n"
        "credits: {by: [quality, tier], table: {low: {free: 2, pro: 2}, high: {free: 4, pro: 4}}}\n"
    ),
}
"""A model whose price depends on a fact in words."""

LOCKS = "gates: [{when: {n: {min: 4}, k: {min: 5}}, gate: club}, {when: {n: {max: 2}, k: {max: 2}}, gate: club}]\n"


@pytest.mark.parametrize(
    ("files", "replaced", "lines"),
    [
        (
            FACTS,
            [("pro: 4", "pro: 6")],
            ["price price-raised quality high, tier pro: 4 -> 6 credits (+50 %)"],
        ),
        (
            NUMBERS,
            [("max: 5", "max: 4"), ("max: 7", "max: 6")],
            [
                "breaking combination-removed quality low, n 7: can no longer be picked",
                "breaking combination-removed quality high, n 5: can no longer be picked",
            ],
        ),
        (
            NUMBERS,
            [("credits: 2\n", f"credits: 2\n{LOCKS}")],
            [
                "breaking gate-added n 1 to 2, k 1 to 2: now locked by `club`",
                "breaking gate-added n 4 to 7, k 5 to 9: now locked by `club`",
            ],
        ),
        (
            NUMBERS,
            [
                ("  k: {send: k, number: {min: 1, max: 9}", "  k: {send: k, number: {min: 1, max: 3}"),
                ("credits: 2", "credits: 3"),
            ],
            ["breaking bounds-narrowed k: 1 to 9 -> 1 to 3", "price price-raised the model: 2 -> 3 credits (+50 %)"],
        ),
    ],
    ids=["fact", "qualities", "gates", "both_sides"],
)
def test_a_change_is_told_of_what_changes(files: dict[str, str], replaced: list[tuple[str, str]], lines: list[str]) -> None:
    """A fact counts as an option does, each combination has its own numbers, and either of two rules has its own line."""
    after = edited("model", *replaced, of=files)
    assert told(difference(files, after)) == lines
