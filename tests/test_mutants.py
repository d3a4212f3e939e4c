"""Changes of a small file, one at a time, are told apart by what notices them."""

from __future__ import annotations

from pathlib import Path

from tests.mutants import Verdict, table, verdicts

SHARED = """
language: 1
types: {image: {provider: {send: provider}, model: {send: model}}}
gates: {member: {opens_with: [member], label: Members}}
"""
FILE = """
name: Nano
type: image
provider: gemini
model: nano
options:
  quality:
    send: output.q
    values: {low: {label: Basic, credits: 5, until: "2027-01-01"}, high: {credits: 8, gate: member}}
examples:
  - {select: {quality: high}, at: "2026-11-22", expect: {status: locked, gate: member, credits: 8}}
"""


def _named(found: list[Verdict], kind: str) -> dict[tuple[object, ...], Verdict]:
    return {(*one.mutant.path[-2:], one.mutant.new, one.mutant.with_examples): one for one in found if one.mutant.kind == kind}


def test_what_notices_a_change(tmp_path: Path) -> None:
    """A hundredfold price is a warning, another price fails an example, and an opened gate together with it shows in the diff."""
    (tmp_path / "_shared.yaml").write_text(SHARED, "utf-8")
    (tmp_path / "nano.yaml").write_text(FILE, "utf-8")
    found = list(verdicts(tmp_path / "nano.yaml"))
    numbers, gates = _named(found, "number"), _named(found, "gate")
    assert "IR322" in numbers["high", "credits", 800, True].check
    assert (numbers["high", "credits", 9, False].test, numbers["high", "credits", 9, True].test) == (True, False)
    assert numbers["high", "credits", 9, True].diff[0] == "price-raised"
    opened = gates["high", "gate", None, True]
    assert (opened.check, opened.test, "gate-removed" in opened.diff) == ((), False, True)
    assert gates["high", "gate", None, False].test
    assert {one.mutant.kind for one in found} == {"number", "value", "gate", "path", "label", "date"}
    assert all(one.noticed or one.diff for one in found)
    assert table(found).splitlines()[1].split()[0] == "number"
