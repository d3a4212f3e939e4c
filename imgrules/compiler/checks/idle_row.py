"""
a row that no value has

What: a table has the row `(none)` by an option that always has a value, `(other)` by an option whose values are all listed, or a
row that the rule of the option refuses.
Why: such a row is never used; and a value that is listed later must not fall into a row that nobody chose for it.

Avoid:
    credits: {by: quality, table: {low: 5, (other): 9}}
Prefer:
    credits: {by: quality, table: {low: 5, high: 9}}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.lower.known_options import KnownOption, known_options_of_model
from imgrules.compiler.read.scalars import NOTHING_WORDS
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.report.helps import Help, did_you_mean, explain
from imgrules.compiler.spec.rule_set import RuleSet, has_rows, rows_of, tables
from imgrules.quoting import either, quoted
from imgrules.refusals.faults import option_faults
from imgrules.table.terms import NONE, OTHER

CODE = Code("IR277", "idle-row", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each row of a table that is never used."""
    for model, spec in rules.models.items():
        for path, table in tables(spec):
            for name, level_path, rows in rows_of(table):
                if name not in spec.options or not has_rows(spec.options[name]):
                    continue  # other checks report it, and no row of it is right
                known = known_options_of_model(rules, model)[name]
                for row in rows:
                    mistake = _mistake(known, row)
                    if mistake is not None:
                        place = Place((*path, *level_path, row), on_key=True, file=model)
                        yield Finding(CODE, mistake[0], place, *mistake[1])


def _mistake(known: KnownOption, row: str) -> tuple[str, Help] | None:
    """Return the message and the help for a row that is never used, or None."""
    option = known.option
    # Another check reports values that an option does not list.
    if row not in {NONE, OTHER} and option.listed:
        return None
    name = quoted(option.name)
    if row == NONE:
        if known.may_be_nothing:
            return None
        hint = f"delete the row, or say `optional: true` at {name} if it need not have a value"
        return f"{name} always has a value, so the row `{NONE}` is never used", explain(hint)
    if row == OTHER:
        hint = f"name the values that have no row yet, among {either(option.values)}"
        message = f"all values of {name} are listed, so a row for others is never used"
        return (message, explain(hint)) if option.listed else None
    if option.many is None and not any(True for _ in option_faults(option, row)):
        return None
    meant = NONE if row.lower() in NOTHING_WORDS and known.may_be_nothing else None
    hint = "delete the row, or correct it to what the option takes"
    if option.many is not None:
        hint = f"use the rows `{NONE}` and `{OTHER}`, or give lengths words, in an option with `of: {option.name}`"
    what = f"{name} is a list, which never is {quoted(row)}" if option.many is not None else f"{name} is never {quoted(row)}"
    return what, did_you_mean(meant, hint)
