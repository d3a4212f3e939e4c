"""
a row that no value has

What: a table has the row `(none)` by an option that always has a value, `(other)` by an option whose values are all listed, a
row that the rule of the option refuses, or by a text a word such as `(any)` that stands for `(other)` or `(none)`.
Why: such a row is never used; and a value that is listed later must not fall into a row that nobody chose for it.

Avoid:
    credits: {by: quality, table: {low: 5, (other): 9}}
Prefer:
    credits: {by: quality, table: {low: 5, high: 9}}
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from imgrules.compiler.lower.known_options import KnownOption, known_options_of_model
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.report.helps import Help, did_you_mean, explain
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.nothing_hints import to_lack
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
                    mistake = _mistake(spec, known, row, rows)
                    if mistake is not None:
                        place = Place((*path, *level_path, row), on_key=True, file=model)
                        yield Finding(CODE, mistake[0], place, *mistake[1])


def _mistake(spec: ModelSpec, known: KnownOption, row: str, rows: Collection[str]) -> tuple[str, Help] | None:
    """Return the message and the help for a row that is never used, or for one that hardly means a text; or None."""
    option, name = known.option, quoted(known.option.name)
    if row == NONE:
        if known.may_be_nothing:
            return None
        hint = f"delete the row{to_lack(spec, option.name)}"
        return f"{name} always has a value, so the row `{NONE}` is never used", explain(hint)
    if row == OTHER:
        hint = f"name the values that have no row yet, among {either(option.values)}"
        message = f"all values of {name} are listed, so a row for others is never used"
        return (message, explain(hint)) if option.listed else None
    return None if option.listed else _mistake_of_a_value(known, row, rows)  # another check reports those of listed values


def _mistake_of_a_value(known: KnownOption, row: str, rows: Collection[str]) -> tuple[str, Help] | None:
    """Return the message and the help for a row that the rule of an option refuses, or that stands for another row; or None."""
    from imgrules.compiler.read.value_expressions import is_in_brackets, row_meant  # noqa: PLC0415  rare

    option, name = known.option, quoted(known.option.name)
    meant = row_meant(row, rows, may_be_nothing=known.may_be_nothing, is_text=option.text is not None)
    if option.many is not None:
        hint = f"use the rows `{NONE}` and `{OTHER}`, or give lengths words, in an option with `of: {option.name}`"
        return f"{name} is a list, which never is {quoted(row)}", did_you_mean(meant, hint)
    if any(True for _ in option_faults(option, row)):
        return f"{name} is never {quoted(row)}", did_you_mean(meant, "delete the row, or correct it to what the option takes")
    if option.text is None or row in option.values or not (meant or is_in_brackets(row)):
        return None
    help_ = did_you_mean(meant, f"only `{NONE}` and `{OTHER}` stand in round brackets.")
    literal = f"{help_.hint} If it is a text, list it under `values:`"
    return f"this row is for the text {quoted(row)}", help_._replace(hint=literal)
