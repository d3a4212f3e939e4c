"""
two models that send the same

What: two models have the same `provider` and the same `model`, and can send the same request.
Why: nothing in the request says which of the two models was sold, and their prices may differ.

Avoid:
    two files with `provider: gemini`, `model: nano` and `values: ["1:1"]`
Prefer:
    one file with `provider: gemini`, `model: nano` and all its values
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.engine.body import NOTHING, leaf
from imgrules.quoting import quoted
from imgrules.table.records import Model, Send, Table

CODE = Code("IR301", "same-creation", Severity.ERROR, __doc__)


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:  # noqa: ARG001  every check of a table is called alike
    """Yield a finding for each model that can send the same request as an earlier model."""
    seen: dict[object, str] = {}
    for name, model in _similar_models(table.models):
        bodies = dict.fromkeys(_bodies(model))
        first = next((seen[candidate] for candidate in bodies if candidate in seen), None)
        if first is not None:
            message = f"{quoted(name)} and {quoted(first)} can send the same request, with the same provider, model and options"
            related = ((Place(("model",), file=first), "the other model"),)
            yield Finding(
                CODE,
                message,
                Place(("model",), file=name),
                "delete one of the two, or send something different for each",
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


def _bodies(model: Model) -> Iterator[object]:
    """Yield for each combination the constant leaves and those of listed options: equal results are the same request."""
    fixed = frozenset(_sent(send for send in model.body if _is_fixed(send)))
    others = [send for send in model.body if not _is_fixed(send)]
    for cell in model.cells:
        picked = cell.picks(model)
        # Options outside of cells are left out: two models that differ only in a text or a number can send the same request.
        yield fixed.union(_sent(others, picked))


def _is_fixed(send: Send) -> bool:
    return send.name is None and send.lookup is None


def _sent(sends: Iterable[Send], picked: Mapping[str, str] | None = None) -> Iterator[tuple[object, ...]]:
    for path, value in ((send.path, leaf(send, picked or {})) for send in sends):
        if value is not NOTHING:
            yield path, type(value), repr(value)
