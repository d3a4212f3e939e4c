"""
a value that nobody can ever choose

What: every combination with this value needs a gate that no grant opens, or is ruled out by a limit.
Why: users see it, and there is nothing they could do to get it.

Avoid:
    gates: {staff: {opens_with: [], label: Staff}}
Prefer:
    gates: {staff: {opens_with: [staff], label: Staff}}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.rule_set import RuleSet, values_of
from imgrules.engine.table import Table
from imgrules.engine.wording import quoted

CODE = Code("IR207", "unreachable-value", Severity.ERROR, __doc__)


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Find values without a combination that some grants would open."""
    for model, lowered in table.models.items():
        if not lowered.cells:
            place = Place(("limits",), on_key=True, file=model)
            yield Finding(CODE, "the limits leave no combination at all", place, "make them narrower")
            continue
        open_to_some = [cell for cell in lowered.cells if all(table.gates[each].opens_with for each in cell.gates)]
        for at, (name, option) in enumerate(lowered.options.items()):
            sold, possible = ({cell.values[at] for cell in cells} for cells in (lowered.cells, open_to_some))
            # Where another option closes everything, only its own values are told.
            blamed = option.values if possible else _gated(rules, model, name)
            for value in (each for each in blamed if each not in possible):
                hint = (
                    "give its gate a grant under `opens_with:`, or delete the value"
                    if value in sold
                    else "a limit rules it out"
                )
                yield Finding(CODE, f"nobody can ever choose {quoted(value)}", _place(rules, model, name, value), hint)


def _gated(rules: RuleSet, model: str, option: str) -> list[str]:
    return [value for value, said in values_of(rules.models[model].options[option]).items() if said.gate is not None]


def _place(rules: RuleSet, model: str, option: str, value: str) -> Place:
    values = rules.models[model].options[option].values
    path = ("options", option, "values")
    if isinstance(values, list):
        return Place((*path, values.index(value)), file=model)
    return Place((*path, value), on_key=True, file=model)
