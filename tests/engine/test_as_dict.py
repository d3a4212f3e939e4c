"""`Decision.as_dict` returns values that JSON can carry, whatever a caller gave."""

from __future__ import annotations

from decimal import Decimal

from imgrules import Decision, Note, NoteCode, Repair, Status, Violation, ViolationCode


def test_what_a_caller_gave_is_shown_wherever_it_is_written() -> None:
    """Violations, repairs and notes quote a caller's value: truncated, escaped, and as valid JSON."""
    violation = Violation(ViolationCode.WRONG_TYPE, "\ud800", 10**30, "No.")
    notes = tuple(
        Note(NoteCode.IGNORED, "x", value, None, "Left out.") for value in (10**30, "\ud800" + "y" * 99, [1], Decimal("0.5"))
    )
    decision = Decision(Status.IMPOSSIBLE, None, {}, violations=(violation,), repairs=(Repair({}, ("\ud800",)),), notes=notes)
    document = decision.as_dict()
    assert [document["violations"][0][key] for key in ("field", "value")] == ["\\ud800", "<a large number>"]
    assert document["repairs"] == [{"set": {}, "remove": ["\\ud800"]}]
    assert [note["given"] for note in document["notes"]][::2] == ["<a large number>", "<list>"]
    assert document["notes"][1]["given"] == "\\ud800" + "y" * 54 + "…"
    assert document["notes"][3]["given"] == 0.5
