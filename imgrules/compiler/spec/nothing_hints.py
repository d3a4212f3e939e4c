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
    option = spec.options[name]
    if is_computed(option):
        return ""
    if not has_constant_default(option):
        how = "`optional: true`"
    elif isinstance(option, FactOptionSpec):
        how = "`optional: true` in place of `default:`"
    else:
        how = f"`optional: true` with {default_table(option, _beside(spec, name, path))}"
    return f", or say {how} at {quoted(name)} if it need not have a value"


def has_constant_default(option: OptionSpec) -> bool:
    """Whether an option has a default that is always the same value, so that it is never absent by itself."""
    return option.default not in (None, NONE) and not isinstance(option.default, DefaultTableSpec)


def default_table(option: OptionSpec, other: str | None) -> str:
    """Return the default that an option keeps where another has no value; the table is by any option if `other` is None."""
    row = f"by: {other}, table: {{{NONE}" if other else "by: OPTION, table: {VALUE"
    return f"`default: {{{row}: {typed(option.default)}}}}}`"


def _beside(spec: ModelSpec, name: str, path: Path) -> str | None:
    """Return the only option which a limit asks to be there beside another, if a table can be by it; else None."""
    limit = (spec.limits or [])[int(path[1])] if path[:1] == ("limits",) else None
    tests = {**(limit.when or {}), **(limit.only or {}), **(limit.never or {})} if limit is not None else {}
    others = [other for other in tests if other != name]
    if len(others) != 1 or others[0] not in spec.options or not has_rows(spec.options[others[0]]):
        return None
    test = tests[others[0]]
    return others[0] if isinstance(test, TestSpec) and test.not_ == NONE and test.min is test.max is None else None
