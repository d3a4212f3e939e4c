"""
`(none)` where something has to be sent

What: `(none)` stands for a provider or a model, at `as` of a value, inside a list, or in a table by a list.
Why: there, something is always sent, so that it would be sent as a text; and an entry of a list cannot be left out.

`(none)` sends nothing as a cell of a table in `body`, and as a whole entry of `body`; a value that is not sent has `send: false`.

Avoid:
    tier: {send: tier, values: {standard: {as: (none)}, flex: {}}}
Prefer:
    tier: {send: tier, values: {standard: {send: false}, flex: {}}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.compiler.spec.tables import WireTableSpec
from imgrules.compiler.spec.types import Role
from imgrules.compiler.spec.walk import walk
from imgrules.table.terms import NONE

CODE = Code("IR247", "nothing-sent-here", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each `(none)` that would be sent as a text."""
    for model, spec in rules.models.items():
        for path, hint in _mistakes(spec):
            yield Finding(CODE, f"`{NONE}` cannot stand here: something is always sent", Place(path, file=model), hint)


def _mistakes(spec: ModelSpec) -> Iterator[tuple[Path, str]]:
    for key in ("provider", "model"):
        if getattr(spec, key) == NONE:
            yield (key,), f"leave it out, and give the type `{key}: {{send: false}}` in _shared.yaml"
    for path, said in walk(spec, Role.CONSTANT):
        if path[0] == "model":
            yield from ((place, "name the model; a row that is left out is not sold") for place in _places(path, said))
        elif path[0] == "options" and said == NONE:
            yield path, "a value that is not sent has `send: false`"
        elif isinstance(said, list):
            yield from ((place, "leave it out of the list") for place in _places(path, said))
    for path, table in walk(spec, WireTableSpec):
        option = spec.options.get(table.by[0])
        if option is not None and option.many is not None:
            places = _places((*path, "table"), getattr(table, "table", {}))
            yield from ((place, "say what is sent for each entry of the list") for place in places)


def _places(path: Path, node: Any) -> Iterator[Path]:
    """Yield the path of each `(none)` in a list or a table."""
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    if node == NONE:
        yield path
    for key, child in children:
        yield from _places((*path, key), child)
