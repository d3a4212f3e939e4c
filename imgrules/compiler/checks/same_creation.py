"""
two models that send the same

What: two models have the same `provider` and the same `model`, and can send the same request to the same address.
Why: nothing in the request says which of the two models was sold, and their prices may differ. Where no `request` is stated
and `model` is not sent, each `model` is taken to have an address of its own.

Avoid:
    two files with `provider: gemini`, `model: nano` and `values: ["1:1"]`
Prefer:
    one file with `provider: gemini`, `model: nano` and all its values
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from imgrules.compiler.lower.convert import lookup
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet, type_name
from imgrules.compiler.spec.tables import WireTableSpec
from imgrules.engine.body import NOTHING, leaf
from imgrules.quoting import quoted
from imgrules.table.records import Model, Send, Table
from imgrules.table.terms import Lookup, row_for

CODE = Code("IR301", "same-creation", Severity.ERROR, __doc__)


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Yield a finding for each model that can send the same request as an earlier model."""
    seen: dict[object, str] = {}
    for name, model in _similar_models(table.models):
        addresses = _Addresses(rules, name)
        bodies = dict.fromkeys((address, body) for picked, body in _bodies(model) for address in addresses.of(model, picked))
        first = next((seen[candidate] for candidate in bodies if candidate in seen), None)
        if first is not None:
            same = "provider, model and options" if model.request is None and model.requests is None else "address and body"
            message = f"{quoted(name)} and {quoted(first)} can send the same request, with the same {same}"
            related = ((Place(("model",), file=first), "the other model"),)
            yield Finding(
                CODE,
                message,
                Place(("model",), file=name),
                "delete one of the two, or let them differ in what is sent, or in the address at `request:`",
                related,
            )
        for body in bodies:
            seen.setdefault(body, name)


def _similar_models(models: Mapping[str, Model]) -> Iterator[tuple[str, Model]]:
    """Yield the models whose requests have the same constant leaves, such as the provider, as those of another model."""
    open_paths = {send.path for model in models.values() for send in model.body if not _is_fixed(send)}
    fixed = {
        name: frozenset(_sent(send for send in model.body if send.path not in open_paths)) for name, model in models.items()
    }
    counts = Counter(fixed.values())
    return ((name, model) for name, model in models.items() if counts[fixed[name]] > 1)


def _bodies(model: Model) -> Iterator[tuple[Mapping[str, str], object]]:
    """Yield each combination with its constant leaves and those of listed options: equal leaves are the same body."""
    fixed = frozenset(_sent(send for send in model.body if _is_fixed(send)))
    others = [send for send in model.body if not _is_fixed(send)]
    for cell in model.cells:
        picked = cell.picks(model)
        # Options outside of cells are left out: two models that differ only in a text or a number can send the same request.
        yield picked, fixed.union(_sent(others, picked))


class _Addresses:
    """Where a model sends its requests: what tells two equal bodies apart."""

    def __init__(self, rules: RuleSet, name: str) -> None:
        spec = rules.models[name]
        kind = rules.shared.types[type_name(rules.shared, spec)]
        self._provider = None if kind.provider is not None and kind.provider.send else spec.provider
        self._model = None if kind.model is not None and kind.model.send else spec.model

    def of(self, model: Model, picked: Mapping[str, str]) -> Iterator[object]:
        """Yield the addresses of a combination; several where an option outside of cells chooses one."""
        lines = {model.request} if model.requests is None else {*_entries(model.requests, model, picked)}
        if lines != {None}:
            yield from ((self._provider, line) for line in lines)
        elif isinstance(self._model, WireTableSpec):
            yield from ((self._provider, None, unsent) for unsent in _entries(lookup(self._model), model, picked))
        else:
            yield self._provider, None, self._model


def _entries(table: Lookup, model: Model, picked: Mapping[str, str]) -> Iterator[object]:
    """Yield the entries of a table that a combination may have, whatever the options outside of cells are."""
    entries: list[Any] = [table.table]
    for name in table.by:
        rows = [entry for entry in entries if isinstance(entry, Mapping)]
        entries = [entry for entry in entries if not isinstance(entry, Mapping)]
        for row in rows:
            entries += [row.get(row_for(row, picked.get(name)))] if name in model.axes else row.values()
    yield from entries


def _is_fixed(send: Send) -> bool:
    return send.name is None and send.lookup is None


def _sent(sends: Iterable[Send], picked: Mapping[str, str] | None = None) -> Iterator[tuple[object, ...]]:
    for path, value in ((send.path, leaf(send, picked or {})) for send in sends):
        if value is not NOTHING:
            yield path, type(value), repr(value)
