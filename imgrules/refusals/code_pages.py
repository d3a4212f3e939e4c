"""What the codes of violations and notes mean, for whoever reads them in a decision; `imgrules explain` prints it."""

from __future__ import annotations

from collections.abc import Mapping

from imgrules.engine.decision_records import NoteCode, ViolationCode

PAGES: Mapping[str, tuple[str, str]] = {
    ViolationCode.UNKNOWN_MODEL: (
        "no model has this id or alias",
        "Pick one of `allowed`. An alias that has ended is refused with its replacement.",
    ),
    ViolationCode.UNKNOWN_FIELD: (
        "the model has no option or field of this name, or no model has a fact of this name",
        "Leave it out, or use the name under `suggestion`. A second name beside the first is refused too.",
    ),
    ViolationCode.REFUSED_FIELD: (
        "the rules refuse this field: another kind of content has it, it is computed, or it is a fact",
        "Leave it out, whatever its value is. A fact is stated beside the selection: `facts=`, or `--fact NAME=VALUE`.",
    ),
    ViolationCode.MISSING_FIELD: (
        "a model, an option, a text, a moment or a fact is missing that the answer depends on",
        "Add it; `allowed` lists the values that are possible with the other choices. With `fact: true`, the service has to state it.",
    ),
    ViolationCode.WRONG_TYPE: (
        "the value has another type than the field takes",
        "A number is no text, true and false are no texts, and a list is no single value: nothing is converted.",
    ),
    ViolationCode.NOT_OFFERED: (
        "the option takes listed values, and this is none of them",
        "Pick one of `allowed`, the values that are possible with the other choices. `snap` in the rules would accept near misses.",
    ),
    ViolationCode.NOT_TOGETHER: (
        "the value is offered, but not with the other choices: a limit or the combinations that are sold rule it out",
        "The message has the reason of the limit, where the rules state one with `because`; `repairs` are the smallest changes.",
    ),
    ViolationCode.OUT_OF_RANGE: (
        "a number, a size, a ratio or the length of a list is not within the bounds or on a step, or a cap is below the price",
        "The message has the bounds; for a cap, it has the price.",
    ),
    ViolationCode.TEXT_LENGTH: (
        "a text is too short or too long",
        "The message has the bounds and the unit: characters, words or bytes. A text is never cut or filled up.",
    ),
    ViolationCode.NOT_YET: (
        "the model or the value is not available before a moment",
        "Ask again from that moment on; `imgrules calendar` lists what changes next.",
    ),
    ViolationCode.RETIRED: (
        "the model or the value is no longer available",
        "The message names what to use instead, where the rules have `use`.",
    ),
    NoteCode.ALIAS: ("a name was replaced by its present one", "Send the new name: an alias may end."),
    NoteCode.SNAPPED: ("a value that is not offered was replaced by the nearest one", "The option has `snap` in the rules."),
    NoteCode.IGNORED: ("an option has no effect with the other choices", "It is accepted and not sent; a limit says so."),
}
"""For each code of a violation or a note: what it means, and what to do."""


def kind_of(code: str) -> str:
    """Return what has a code: a violation or a note."""
    return "violation" if code in set(ViolationCode) else "note"
