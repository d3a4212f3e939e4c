"""Each kind of change has an edit that shows it; the edit the other way round shows its mirror."""

from __future__ import annotations

import pytest

from imgrules.views.diff.diff_records import Level
from imgrules.views.diff.kinds import KINDS
from tests.views.diff.sides import PACKAGED, difference, edited, told

GPT, NANO, SHARED = "gpt-image-2", "nano-banana-2", "_shared"
WIDE = edited(
    GPT,
    (
        "examples:",
        """  outputs: {send: extra_config.count, number: {min: 1, max: 8}, default: 2}
  seed: {send: extra_config.seed, number: {min: 0, max: 9}, optional: true, snap: nearest}
examples:""",
    ),
    ("low: {label: Basic", 'low: {label: Basic, badges: [{text: New, until: "2027-12-01"}]'),
)
"""The packaged rules with a number, a default, and an optional option."""

EDITS: dict[str, tuple[dict[str, str], str, tuple[str, str], list[str]]] = {
    "model-removed": ({}, "", ("", ""), ["breaking model-removed the model is removed"]),
    "value-removed": (PACKAGED, GPT, (', "1:1"]', "]"), ["breaking value-removed ratio 1:1 can no longer be picked"]),
    "option-removed": (
        WIDE,
        GPT,
        ("  seed: {send: extra_config.seed, number: {min: 0, max: 9}, optional: true, snap: nearest}\n", ""),
        ["breaking option-removed the seed can no longer be picked"],
    ),
    "combination-removed": (
        PACKAGED,
        GPT,
        ("examples:", 'limits: [{never: {ratio: "1:1", quality: low}, because: none}]\nexamples:'),
        ["breaking combination-removed quality low, ratio 1:1: can no longer be picked"],
    ),
    "gate-added": (
        PACKAGED,
        GPT,
        ("credits: 8}", "credits: 8, gate: member}"),
        ["breaking gate-added quality medium: now locked by `member`"],
    ),
    "grant-removed": (
        edited(SHARED, ("opens_with: [member]", "opens_with: [member, staff]")),
        SHARED,
        ("[member, staff]", "[member]"),
        ["breaking grant-removed the grant staff no longer opens member"],
    ),
    "default-removed": (
        WIDE,
        GPT,
        (", default: 2", ""),
        ["breaking default-removed outputs: no default 2"],
    ),
    "default-changed": (WIDE, GPT, ("default: 2", "default: 3"), ["risky default-changed outputs: default 2 -> 3"]),
    "option-required": (
        WIDE,
        GPT,
        ("max: 9}, optional: true", "max: 9}"),
        ["breaking option-required seed has to be picked"],
    ),
    "bounds-narrowed": (
        WIDE,
        GPT,
        ("max: 8", "max: 4"),
        ["breaking bounds-narrowed outputs: 1 to 8 -> 1 to 4"],
    ),
    "field-required": (
        edited(SHARED, ("prompt: {send: prompt,", "prompt: {send: prompt, optional: true,")),
        SHARED,
        ("optional: true,", ""),
        ["breaking field-required the field prompt has to be given"],
    ),
    "alias-removed": (
        edited(GPT, ("name: GPT-Image-2", "name: GPT-Image-2\naliases: [gpt-image]")),
        GPT,
        ("\naliases: [gpt-image]", ""),
        ["breaking alias-removed the alias gpt-image of gpt-image-2 is refused"],
    ),
    "snap-removed": (WIDE, GPT, (", snap: nearest", ""), ["breaking snap-removed seed: no snap nearest"]),
    "sent-removed": (
        edited(SHARED, ("{type: image}", "{type: image, kind: art}")),
        SHARED,
        (", kind: art", ""),
        ["breaking sent-removed the model: kind is no longer sent; it was art"] * 2,
    ),
    "sent-changed": (
        PACKAGED,
        NANO,
        ("1K: {}", "1K: {as: 1k}"),
        ["breaking sent-changed quality 1K: extra_config.output.quality is sent as 1k in place of 1K"],
    ),
    "sent-moved": (
        PACKAGED,
        GPT,
        ("send: image_generation.quality", "send: image_generation.level"),
        ["breaking sent-moved the model: sent at image_generation.level in place of image_generation.quality"],
    ),
    "request-changed": (
        PACKAGED,
        SHARED,
        ("POST /creations", "POST /images"),
        ["breaking request-changed the model: sent to POST /images in place of POST /creations"] * 2,
    ),
    "price-raised": (
        PACKAGED,
        GPT,
        ("credits: 20", "credits: 2000"),
        ["price price-raised quality high: 20 -> 2000 credits (+9900 %)"],
    ),
    "price-withdrawn": (
        PACKAGED,
        GPT,
        ("credits: 20", "credits: unknown"),
        ["price price-withdrawn quality high: 20 -> unknown"],
    ),
    "price-estimated": (
        PACKAGED,
        GPT,
        ("credits: 20", "credits: about 20"),
        ["price price-estimated quality high: 20 credits is an estimate now"],
    ),
    "currency-changed": (
        PACKAGED,
        SHARED,
        ("language: 1", "language: 1\ncurrency: USD"),
        ["breaking currency-changed prices are in USD, and were in credits"],
    ),
    "provider-changed": (
        PACKAGED,
        GPT,
        ("provider: azure_openai", "provider: openai"),
        ["risky provider-changed the model: image_generation.provider is sent as openai in place of azure_openai"],
    ),
    "provider-model-changed": (
        PACKAGED,
        GPT,
        ("model: gpt-image-2", "model: gpt-image-3"),
        ["risky provider-model-changed the model: image_generation.model is sent as gpt-image-3 in place of gpt-image-2"],
    ),
    "default-model-changed": (
        edited(SHARED, ("language: 1", "language: 1\ndefault: gpt-image-2")),
        SHARED,
        ("default: gpt-image-2", "default: nano-banana-2"),
        ["risky default-model-changed the default model is nano-banana-2, and was gpt-image-2"],
    ),
    "renamed": (
        PACKAGED,
        GPT,
        ("medium: {", "middle: {as: medium, aliases: [medium], "),
        ["risky renamed quality medium is middle now; medium is still understood"],
    ),
    "badge-removed": (
        WIDE,
        GPT,
        (', badges: [{text: New, until: "2027-12-01"}]', ""),
        ["cosmetic badge-removed quality low: no badge New"],
    ),
    "label-changed": (
        PACKAGED,
        GPT,
        ("label: Basic", "label: Simple"),
        ["cosmetic label-changed quality low: label Basic -> Simple"],
    ),
    "order-changed": (
        PACKAGED,
        GPT,
        ('"3:2", "2:3", "1:1"', '"1:1", "3:2", "2:3"'),
        ["cosmetic order-changed ratio: shown in the order 1:1, 3:2, 2:3"],
    ),
    "gate-display-changed": (
        PACKAGED,
        SHARED,
        ("icon: member", "icon: crown"),
        ["cosmetic gate-display-changed the gate member: icon member -> crown"],
    ),
}
"""For each kind the rules, the file and the text that is replaced, and all that the edit gives."""


def sides(kind: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the rules before and after an edit."""
    old, stem, replaced, _ = EDITS[kind]
    if kind == "model-removed":
        return PACKAGED, {name: text for name, text in PACKAGED.items() if name != NANO} | {
            SHARED: PACKAGED[SHARED].replace("nano-banana-2, ", "")
        }
    return old, edited(stem, replaced, of=old)


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_and_its_mirror(kind: str) -> None:
    """An edit gives exactly these findings; undone, it gives the mirror of each."""
    old, new = sides(kind)
    there, back = difference(old, new), difference(new, old)
    assert told(there) == EDITS[kind][3]
    assert [finding.id for finding in back.findings] == [KINDS[finding.id].mirror for finding in there.findings]
    assert len({finding.fingerprint for finding in (*there.findings, *back.findings)}) == len(there.findings) * 2


def test_every_kind_has_a_mirror() -> None:
    """The mirror of a mirror is the kind itself."""
    assert all(KINDS[kind.mirror].mirror == name for name, kind in KINDS.items())


NOTHING: dict[str, tuple[str, str, str]] = {
    "a comment": (GPT, "name: GPT", "# a comment\nname: GPT"),
    "quotes": (GPT, "label: Basic", 'label: "Basic"'),
    "a block in place of braces": (
        GPT,
        "      low: {label: Basic, credits: 5}",
        "      low:\n        label: Basic\n        credits: 5",
    ),
    "the order of keys": (GPT, "label: Basic, credits: 5", "credits: 5, label: Basic"),
    "the order of blocks": (GPT, "provider: azure_openai\nmodel: gpt-image-2", "model: gpt-image-2\nprovider: azure_openai"),
    "empty lines": (GPT, "options:", "\n\noptions:"),
    "another example": (GPT, "quality: low}, expect: {status: allowed, credits: 5}", "quality: low}, expect: {credits: 5}"),
    "the source of a fact": (SHARED, "the list is documented", "the list is well documented"),
    "a number in another form": (GPT, "credits: 5}", "credits: 5.0}"),
    "one language of all texts": (SHARED, "label: {en: Ratio}", 'label: {"en": Ratio}'),
}
"""Edits that mean nothing: the file, the text and what replaces it."""


@pytest.mark.parametrize("edit", NOTHING)
def test_an_edit_that_means_nothing(edit: str) -> None:
    """What only changes how the rules are written gives no finding."""
    stem, old, new = NOTHING[edit]
    diff = difference(PACKAGED, edited(stem, (old, new)))
    assert (told(diff), diff.edits) == ([], ())


@pytest.mark.parametrize(
    ("replaced", "level"),
    [
        (
            (("      high: {label: Premium, credits: 20, gate: member}\n", ""), ("quality: high", "quality: medium")),
            Level.BREAKING,
        ),
        (
            ((", gate: member}}", "}}"), ("20, gate: member", "20"), ("expect: {status: locked}", "expect: {status: allowed}")),
            Level.RISKY,
        ),
        ((("credits: 20", "credits: 2000"),), Level.PRICE),
    ],
    ids=["a removed quality", "an opened gate", "a hundredfold price"],
)
def test_an_edit_together_with_its_example(replaced: tuple[tuple[str, str], ...], level: Level) -> None:
    """What `check` cannot see, since the example is edited as well, is found by the comparison."""
    there = [pair for pair in replaced if pair[0] in PACKAGED[GPT]]
    assert level in {finding.level for finding in difference(PACKAGED, edited(GPT, *there)).findings}


def test_a_number_that_a_rule_compares() -> None:
    """A limit by a number, and a price by it, are told with the numbers that they are about."""
    old = edited(
        GPT, ("examples:", "limits: [{when: {outputs: {min: 5}}, never: {quality: high}, because: slow}]\nexamples:"), of=WIDE
    )
    new = edited(GPT, ("outputs: {min: 5}", "outputs: {min: 3}"), of=old)
    (finding,) = difference(old, new).findings
    assert (finding.id, finding.message) == ("combination-removed", "quality high, outputs 3 to 4: can no longer be picked")
    priced = edited(
        GPT,
        (
            "outputs: {send: extra_config.count, number: {min: 1, max: 8}, default: 2}",
            "outputs: {send: extra_config.count, number: {min: 1, max: 8}}",
        ),
        of=WIDE,
    )
    assert told(difference(WIDE, priced)) == ["breaking default-removed outputs: no default 2"]


def test_the_default_of_an_option() -> None:
    """Another default counts the requests that leave the option out, which are sent differently."""
    old, new = sides("default-changed")
    diff = difference(old, new)
    assert [finding.selections for finding in diff.findings] == [diff.total.sent]
    assert 0 < diff.total.sent < diff.total.selections


def test_a_list_without_a_least_number_is_bounded_above_only() -> None:
    """Nobody has to read that a list has 0 entries or more."""
    words = '  references: {send: extra_config.references, list: {max: 4}, values: ["a", "b"], optional: true}\nexamples:'
    old = edited(GPT, ("examples:", words), of=WIDE)
    assert "breaking bounds-narrowed references: at most 4 entries -> at most 2 entries" in told(
        difference(old, edited(GPT, ("{max: 4}", "{max: 2}"), of=old))
    )


def test_what_is_sent_is_not_described_by_many_options() -> None:
    """A path names such a change better than all the options that happen to be picked with it; a few still describe it."""
    names = ("n0", "n1", "n2", "n3", "n4")
    words = "".join(f"  {name}: {{send: extra_config.{name}, number: {{max: 1, min: 0}}, optional: true}}\n" for name in names)
    found = []
    for most in (3, 5):
        when = ", ".join(f"{name}: {{min: 1}}" for name in names[:most])
        last = f'  t: {{send: extra_config.t, as: "{{value}}!", number: {{max: 0, min: 0}}, default: 0, when: {{{when}}}}}\n'
        old = edited(GPT, ("examples:", f"{words}{last}examples:"))
        found += told(difference(old, edited(GPT, ("{value}!", "{value}?"), of=old)))
    few, many = found
    assert few == "breaking sent-changed n0 1, n1 1, n2 1: extra_config.t is sent as 0? in place of 0!"
    assert many == "breaking sent-changed the model: extra_config.t is sent as 0? in place of 0!"


def test_a_computed_option() -> None:
    """What is sent for a computed option is no default: where it changes, another request is sent."""
    words = "  amount: {send: extra_config.amount, of: outputs, values: {few: {max: 4}, many: {min: 5}}}\nexamples:"
    old = edited(GPT, ("examples:", words), of=WIDE)
    new = edited(GPT, ("few: {max: 4}, many: {min: 5}", "few: {max: 5}, many: {min: 6}"), of=old)
    assert "sent-changed" in {finding.id for finding in difference(old, new).findings}
    renamed = edited(GPT, ("few: {max: 4}", "some: {max: 4}"), of=old)
    ids = [finding.id for finding in difference(old, renamed).findings]
    assert ids == ["sent-changed", "computed-changed", "computed-changed"]
