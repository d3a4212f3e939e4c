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
