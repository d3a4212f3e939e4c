"""What to write so that an option has to have a value, or need not have one."""

from __future__ import annotations

from imgrules.compiler.report.diagnostics import Path
from imgrules.compiler.report.helps import typed
from imgrules.compiler.spec.model import ModelSpec, OptionSpec
from imgrules.compiler.spec.rule_set import has_rows, is_computed
from imgrules.compiler.spec.tables import DefaultTableSpec
from imgrules.compiler.spec.types import TestSpec
from imgrules.compiler.spec.with_facts import FactOptionSpec
from imgrules.quoting import quoted
from imgrules.table.terms import NONE


def to_need(spec: ModelSpec, name: str) -> str:
    """Return how a limit demands a value of an option or of a fact, which `only` does not."""
    clause = f"never: {{{name}: {NONE}}}" if isinstance(spec.options[name], FactOptionSpec) else f"needs: {name}"
    return f"say `{clause}` in a limit of its own if it has to have a value"


def to_lack(spec: ModelSpec, name: str, path: Path = ()) -> str:
    """
    Return the end of a hint to delete what asks for no value of an option that always has one: how it need not have one.

    `path` is that of the condition which asks. The text is empty for an option that is computed: others have to be absent.
    """
    way = way_to_lack(spec, name, _beside(spec, name, path))
    return way and f", or {way} if it need not have a value"


def way_to_lack(spec: ModelSpec, name: str, other: str | None) -> str:
    """Return what to say so that an option need not have a value, such as where `other` is there; empty if it is computed."""
    option = spec.options[name]
    if is_computed(option):
        return ""
    if option.default in (None, NONE) or isinstance(option.default, DefaultTableSpec):
        return f"say `optional: true` at {quoted(name)}"
    # A fact has no default by a table, and a table has no rows for a number.
    if isinstance(option, FactOptionSpec) or (other is not None and not has_rows(spec.options[other])):
        return f"say `optional: true` at {quoted(name)} in place of `default:`"
    return f"say `optional: true` at {quoted(name)} with {default_table(option, other)}"


def default_table(option: OptionSpec, other: str | None) -> str:
    """Return the default that an option keeps where another has no value; the table is by any option if `other` is None."""
    row = f"by: {other}, table: {{{NONE}" if other else "by: OPTION, table: {VALUE"
    return f"`default: {{{row}: {typed(option.default)}}}}}`"


def is_presence(test: object) -> bool:
    """Whether a test asks only whether an option has a value."""
    return test == NONE or (isinstance(test, TestSpec) and test.not_ == NONE and test.min is test.max is None)


def _beside(spec: ModelSpec, name: str, path: Path) -> str | None:
    """Return the only other option of the limit at a path, if the limit asks whether it is there; else None."""
    limit = (spec.limits or [])[int(path[1])] if path[:1] == ("limits",) else None
    tests = {**(limit.when or {}), **(limit.only or {}), **(limit.never or {})} if limit is not None else {}
    others = [other for other in tests if other != name]
    is_there = len(others) == 1 and others[0] in spec.options and tests[others[0]] != NONE and is_presence(tests[others[0]])
    return others[0] if is_there else None
