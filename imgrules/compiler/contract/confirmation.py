"""Confirm what a contract refuses: with a selection that the engine accepts, whose complete body jsonschema refuses."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice, product
from typing import Any

from imgrules.compiler.contract.judging.nodes import Case, as_node
from imgrules.compiler.contract.judging.verdict import Kind
from imgrules.compiler.contract.picks import Pick
from imgrules.compiler.contract.refusal_search import UNDECLARED, Refusal, RefusalSearch
from imgrules.compiler.samples.sample_selections import trial_of
from imgrules.engine.body import built
from imgrules.table.records import Cell, Model, fields_of
from imgrules.table.terms import WirePath

MOST_TRIALS = 2_000
"""The most selections that are tried to confirm one refusal, or where a keyword can only be tried."""

_ALIKE = 3  # so many combinations are tried that differ only in options that do not matter


class Confirmation:
    """The selections of one period that are tried; `trials` counts them."""

    def __init__(self, search: RefusalSearch) -> None:
        self.search = search
        self.trials = 0

    def confirmed(self, refusal: Refusal) -> tuple[tuple[Mapping[str, Any], Mapping[str, Any]] | None, bool]:
        """Return a selection with its refused body, or None, and whether every selection of the case would have been tried."""
        choices = self._choices(refusal)
        cells = self._few(refusal) if refusal.tried else self.search.cells(refusal.case)
        attempts = ((cell, dict(zip(choices, values, strict=True))) for values in product(*choices.values()) for cell in cells)
        count = 0
        for cell, values in islice(attempts, MOST_TRIALS):
            count += 1
            shown = self._body(cell, values, refusal.case)
            if shown is not None and self._breaks(refusal, shown[1]):
                self.trials += count
                return shown, True
        self.trials += count
        computed = any(option.follows is not None and not option.bound for option in self.search.model.options.values())
        return None, next(attempts, None) is None and not computed

    def _breaks(self, refusal: Refusal, body: Mapping[str, Any]) -> bool:
        """Whether jsonschema refuses a body; of many that are tried, only those are given to it that break the keyword."""
        if refusal.tried and refusal.keyword != UNDECLARED:
            value = value_at(body, refusal.at.path)
            if (
                value is None
                or self.search.judge.keyword(refusal.keyword, refusal.schema, as_node(value), {}).kind is Kind.ACCEPTED
            ):
                return False
        return self.search.contract.refuses(self.search.contract.schema, body)

    def _few(self, refusal: Refusal) -> list[Cell]:
        """Return a few combinations for each combination of the options that are tried."""
        places = [at for at, name in enumerate(self.search.model.axes) if name in refusal.names or name in refusal.case]
        kept: dict[tuple[Any, ...], list[Cell]] = {}
        for cell in self.search.cells(refusal.case):
            alike = kept.setdefault(tuple(cell.values[place] for place in places), [])
            if len(alike) < _ALIKE:
                alike.append(cell)
        return [cell for alike in kept.values() for cell in alike]

    def _choices(self, refusal: Refusal) -> dict[str, list[Any]]:
        """Return the values to try of each option and field that no combination holds."""
        tested = _tested(self.search.model)
        return {
            name: self._values(name, picks, refusal, tested)
            for name, picks in self.search.picks.items()
            if name not in self.search.model.axes
            and (name not in self.search.model.options or self.search.model.options[name].follows is None)
        }

    def _values(self, name: str, picks: tuple[Pick, ...], refusal: Refusal, tested: frozenset[str]) -> list[Any]:
        if name in refusal.case:
            pick = picks[refusal.case[name]]
            return list(pick.samples)
        if refusal.tried and name in refusal.names:
            return [value for pick in picks for value in pick.samples]
        if name in tested:
            return [pick.value for pick in picks]
        fields = fields_of(self.search.table, self.search.model)
        required = fields[name].required if name in fields else self.search.model.options[name].required
        return [next((pick.value for pick in picks if (pick.value is not None) is required), picks[0].value if picks else None)]

    def _body(self, cell: Cell, values: Mapping[str, Any], case: Case) -> tuple[Mapping[str, Any], Mapping[str, Any]] | None:
        """Return a selection of a combination and its body, or None where it is not possible, or not in the case."""
        given = {name: value for name, value in values.items() if value is not None}
        trial = trial_of(
            self.search.model, cell, {name: value for name, value in given.items() if name in self.search.model.options}
        )
        if trial is None:
            return None
        if any(not self._fits(name, index, trial.values) for name, index in case.items()):
            return None
        texts = {name: value for name, value in given.items() if name not in self.search.model.options}
        return {**trial.picked, **texts}, built(self.search.model, {**trial.values, **texts})

    def _fits(self, name: str, index: int, values: Mapping[str, Any]) -> bool:
        """Whether a selection has a value for an option exactly where a pick has one."""
        option = self.search.model.options.get(name)
        is_picked = option is not None and option.follows is None
        return not is_picked or (values.get(name) is None) is (self.search.picks[name][index].value is None)


def value_at(body: Any, path: WirePath) -> Any:
    """Return the value at a path of a body, or None."""
    for step in path:
        named = isinstance(body, Mapping) and step in body
        if not named and not (isinstance(body, list) and isinstance(step, int) and step < len(body)):
            return None
        body = body[step]
    return body


def _tested(model: Model) -> frozenset[str]:
    """Return the options whose values decide whether a selection is possible."""
    conditions = [test.name for limit in model.limits for test in (*limit.when, *limit.only, *limit.never)]
    needed = [name for limit in model.limits for name in limit.needs]
    before = [name for option in model.options.values() for name in option.depends_on]
    return frozenset((*conditions, *needed, *before))
