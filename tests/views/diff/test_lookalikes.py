"""A model that was renamed without an alias is told from one that was removed, by its content."""

from __future__ import annotations

from tests.views.diff.sides import PACKAGED, difference, edited, told

GPT, PRO = "gpt-image-2", "gpt-image-2-pro"
REMOVED = "breaking model-removed the model is removed"
SHARED = PACKAGED["_shared"].replace(f"{GPT}]", f"{PRO}]")
OTHERS = {stem: text for stem, text in PACKAGED.items() if stem not in {GPT, "_shared"}} | {"_shared": SHARED}


def renamed(*replaced: tuple[str, str], more: str = "") -> dict[str, str]:
    """Return the packaged rules with a model in a file of another name."""
    return {**OTHERS, PRO: edited(GPT, *replaced)[GPT] + more}


def test_a_model_with_another_id() -> None:
    """The finding says what to add, also where something else changes; with that, it is a rename."""
    hint = f'; if it is {PRO} now, add `aliases: ["{GPT}"]` to {PRO}'
    for new in (renamed(), renamed(("credits: 5", "credits: 6"), ("GPT-Image-2\n", "GPT-Image-2 Pro\n"))):
        assert f"{REMOVED}{hint}" in told(difference(PACKAGED, new))
    typed = difference(PACKAGED, renamed(more=f'aliases: ["{GPT}"]\n'))
    assert [finding.id for finding in typed.findings if finding.level != "cosmetic"] == ["renamed"]
    aliased = difference(PACKAGED, renamed(more="aliases: [gpt-pro]\n"))
    assert f'{REMOVED}; if it is {PRO} now, add "{GPT}" to the aliases of {PRO}' in told(aliased)


def test_another_model() -> None:
    """A model with other content is no new name of the one that is removed; nor is one that both sides have."""
    other = PACKAGED["nano-banana-2"].replace("model: ", "model: pro-")
    assert REMOVED in told(difference(PACKAGED, {**OTHERS, PRO: other}))
    twin = {PRO: PACKAGED[GPT].replace("model: ", "model: pro-")}
    assert REMOVED in told(difference({**PACKAGED, **twin}, {**OTHERS, **twin}))
    assert REMOVED in told(difference(PACKAGED, {**OTHERS, "_shared": SHARED.replace(f", {PRO}]", "]")}))


def test_a_value_with_another_name() -> None:
    """A value that is gone while a new one has its label: the finding says what to add, and with that it is a rename."""
    before, after = "medium: {label: Standard, credits: 8}", "standard: {label: Standard, credits: 8, as: mediumMORE}"
    new, typed = (edited(GPT, (before, after.replace("MORE", more))) for more in ("", ', aliases: ["medium"]'))
    hint = '; if it is standard now, add `aliases: ["medium"]` there'
    assert f"breaking value-removed quality medium can no longer be picked{hint}" in told(difference(PACKAGED, new))
    assert [finding.id for finding in difference(PACKAGED, typed).findings] == ["renamed"]
    gone = edited(GPT, (f"      {before}\n", ""))
    assert told(difference(PACKAGED, gone)) == ["breaking value-removed quality medium can no longer be picked"]


def test_what_nobody_can_use() -> None:
    """A change of a model that is gone on both sides says so, and is no serious one."""
    old = edited(GPT, ("name: GPT-Image-2\n", 'name: GPT-Image-2\nuntil: "2026-01-01"\n'))
    new = edited(GPT, ("credits: 8", "credits: 9"), ('["3:2", "2:3", "1:1"]', '["3:2", "2:3"]'), of=old)
    (found,) = difference(old, new, "2026-11-27T00:00:00Z").findings
    assert (found.id, found.level, found.why) == ("value-removed", "cosmetic", "nobody can use it at that time")
