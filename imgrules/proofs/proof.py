"""
Prove what a table does, by deciding, pricing, sending and showing every selection of every model.

Each selection of the space of a model is decided with every set of gates that can be open together, from every moment on at
which the model changes. What follows is compared with what the catalog shows, and requests are compared with each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from itertools import islice

from imgrules.compiler.report.proof_record import MOST_FAILURES, Proof, joined
from imgrules.proofs.label_languages import lacking
from imgrules.proofs.version import Version
from imgrules.quoting import quoted
from imgrules.table.moments import EARLIEST
from imgrules.table.record_base import replace
from imgrules.table.records import Model, Table


class Proofs:
    """The proofs of the models of the last table: of the next one, what did not change is not proved again."""

    def __init__(self) -> None:
        self._table: Table | None = None
        self._of_models: Mapping[str, Proof] = {}

    def of(self, table: Table) -> Iterable[Proof]:
        """Return the proof of each model of a table."""
        last = self._table
        unchanged = last is not None and replace(last, models={}) == replace(table, models={})
        before = last.models if last is not None and unchanged else {}
        self._of_models = {
            name: self._of_models[name] if before.get(name) == model else _of_model(table, model)
            for name, model in table.models.items()
        }
        self._table = table
        return self._of_models.values()


def prove(table: Table, proofs: Proofs | None = None) -> Proof:
    """
    Return the proof of a table; one that `check` accepts has no counter-examples.

    `proofs` are those of the last table, in a process that proves one after another.
    """
    proof = reduce(joined, (proofs or Proofs()).of(table), Proof())
    labels = (f"{quoted(text)} is not translated into {quoted(language)}" for text, language in lacking(table))
    return joined(proof, Proof(failures=tuple(islice(labels, MOST_FAILURES))))


def _of_model(table: Table, model: Model) -> Proof:
    """Return the proof of one model from every moment on at which it changes."""
    starts = [EARLIEST, *(change.at for change in model.changes)] if model.changes else [None]
    pairs = zip(starts, model.versions, strict=True)
    versions = [Version(table, version, start) for start, version in pairs if version.gone is None]
    failures = [failure for version in versions for failure in version.failures()]
    complete = all(version.complete for version in versions)
    failures += _unreached(versions) if complete else ()
    selections = len(set[str]().union(*(version.possible for version in versions)))
    gates = max((len(version.open_sets) for version in versions), default=1)
    return Proof(1, selections, gates, len(versions), () if complete else (model.id,), tuple(failures))


def _unreached(versions: list[Version]) -> Iterator[str]:
    """Yield a sentence for each listed value that no selection has at any moment."""
    reached = {pair for version in versions for pair in version.reached}
    declared = {(option.name, value) for version in versions for option in version.listed for value in option.values}
    for name, value in sorted(declared - reached):
        yield f"{versions[0].model.id}: nobody can have {quoted(value)} as {quoted(name)}"
