"""A comparison of two rule sets tells what changes for users."""

from __future__ import annotations

from imgrules.views.diff.diff_words import sum_words
from tests.views.diff.sides import PACKAGED, difference, edited, told

BEFORE = edited(
    "gpt-image-2",
    ("label: Basic, credits: 5", 'label: Basic, credits: 3, badges: [{text: New, until: "2027-12-01"}]'),
    ("label: Standard, credits: 8", "label: Standard, credits: 5"),
    ("credits: 20, gate: member", 'credits: 12, badges: [{text: 40% OFF, until: "2027-12-01"}]'),
)


def test_higher_prices_without_badges() -> None:
    """Three prices rise, two badges disappear, and one value is for members only."""
    diff = difference(BEFORE, PACKAGED)
    assert told(diff) == [
        "breaking gate-added quality high: now locked by `member`",
        "price price-raised quality low: 3 -> 5 credits (+67 %)",
        "price price-raised quality medium: 5 -> 8 credits (+60 %)",
        "price price-raised quality high: 12 -> 20 credits (+67 %)",
        "cosmetic badge-removed quality low: no badge New",
        "cosmetic badge-removed quality high: no badge 40% OFF",
    ]
    assert sum_words(diff.total) == "of 9 selections: 3 now locked, 6 dearer (+60 % to +67 %)"
    assert diff.unchanged_models == 1


def test_nothing_changes() -> None:
    """A rule set has no difference from itself."""
    diff = difference(PACKAGED, dict(PACKAGED))
    assert (diff.findings, diff.edits, diff.sums) == ((), (), {})


def test_the_price_of_a_number_without_a_maximum() -> None:
    """Another price of each number is told, although it is computed for every selection."""
    model = "name: S\nprovider: p\nmodel: m\noptions: {outputs: {send: n, number: {min: 1}}}\ncredits: {base: BASE, each: outputs}\n"
    shared = {"_shared": PACKAGED["_shared"].replace("nano-banana-2, gpt-image-2", "")}
    old, new = (shared | {"s": model.replace("BASE", str(base))} for base in (4, 5))
    told_range = "4 to 3999999999999996 -> 5 to 4999999999999995 credits (+25 %)"
    assert told(difference(old, new)) == [f"price price-raised the model: {told_range}"]


def test_what_a_computed_option_changes_is_told_by_its_effect() -> None:
    """Another bin of a computed option that changes prices is told by these, and by nothing that says that no selection shows it."""
    tiers = "  tier: {of: steps, values: {few: {max: MOST}, many: {min: LEAST}}}"
    parts = (
        "credits: {by: tier, table: {few: 5, many: 8}}\noptions:\n  steps: {send: steps, number: {min: 1, max: 9}}\n" + tiers
    )
    old, new = (
        {"_shared": PACKAGED["_shared"].replace(", gpt-image-2]", "]"), "nano-banana-2": PACKAGED["nano-banana-2"]}
        | {"steps": f"name: S\nprovider: p\nmodel: m\n{parts}\n".replace("MOST", str(most)).replace("LEAST", str(most + 1))}
        for most in (3, 5)
    )
    assert told(difference(old, new)) == ["price price-lowered steps 4 to 5: 8 -> 5 credits (-37.5 %)"]
