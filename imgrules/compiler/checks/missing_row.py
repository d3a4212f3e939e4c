"""
a table that lacks the row `(other)` or `(none)`

What: a price, a body, the request or the provider's model is a table by an option with a rule, such as a size, and has no row for what it does
not name, or for no value; or the request or the provider's model is a table by an option that may have no value, without a row for that.
Why: what the table lacks could be picked, and would have no price or nothing that is sent.

Avoid:
    credits: {by: size, table: {1024x1024: 5}}
Prefer:
    credits: {by: size, table: {1024x1024: 5, (other): unknown}}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imgrules.compiler.lower.known_options import KnownOption, known_options_of_model
from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet, has_open_rows, has_rows, rows_of, tables
from imgrules.compiler.spec.tables import PriceTableSpec, TableSpec, WireTableSpec
from imgrules.quoting import either, quoted
from imgrules.table.terms import NONE, OTHER

CODE = Code("IR278", "missing-row", Severity.ERROR, __doc__)

_NEEDED = (("model",), ("request",))


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each table that lacks a row which it has to have."""
    for model, spec in rules.models.items():
        for path, table in tables(spec):
            is_complete = _has_to_be_complete(path, table) and has_open_rows(spec, table)
            for name, level_path, rows in rows_of(table) if is_complete or path in _NEEDED else ():
                if name not in spec.options or not has_rows(spec.options[name]):
                    continue  # other checks report it, and no row would be right
                known = known_options_of_model(rules, model)[name]
                lacking = _lacking(known, rows, path, is_complete=is_complete)
                if lacking:
                    place = Place((*path, *level_path), on_key=True, file=model)
                    message = f"this table by {quoted(name)} has no row {either(lacking)}"
                    yield Finding(CODE, message, place, _hint(known, lacking[-1]))


def _has_to_be_complete(path: Path, table: TableSpec) -> bool:
    """Whether every value needs a row: not in tables of surcharges, factors and defaults."""
    return isinstance(table, WireTableSpec) or (isinstance(table, PriceTableSpec) and "plus" not in path)


def _lacking(known: KnownOption, rows: Mapping[str, object], path: Path, *, is_complete: bool) -> tuple[str, ...]:
    """Return the names of the rows that a table lacks; where nothing is sent without a value, no row says so."""
    listed = known.option.values if known.option.listed else (OTHER,)
    needed = (*(listed if is_complete else ()), *((NONE,) if known.may_be_nothing and path[0] != "body" else ()))
    lacking = tuple(row for row in needed if row not in rows)
    if not lacking or known.option.listed:
        return lacking
    from imgrules.compiler.read.value_expressions import row_meant  # noqa: PLC0415  rare

    # Another check reports a word that stands for such a row.
    nothing, is_text = known.may_be_nothing, known.option.text is not None
    meant = {row_meant(row, rows, may_be_nothing=nothing, is_text=is_text) for row in rows}
    return tuple(row for row in lacking if row not in meant)


def _hint(known: KnownOption, row: str) -> str:
    name = quoted(known.option.name)
    if row == OTHER:
        return f"add the row `{OTHER}`, for what {name} takes and no row names"
    return f"add the row `{NONE}`, for where {name} has no value" if row == NONE else "add what is missing"
