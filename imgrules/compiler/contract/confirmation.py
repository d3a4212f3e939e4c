"""Confirm what a contract refuses: with a selection that the engine accepts, whose complete body jsonschema refuses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, product
from typing import Any, TypeAlias

from imgrules.compiler.contract.aims import aims
from imgrules.compiler.contract.judging.judge import Judge, TooMany
from imgrules.compiler.contract.judging.nodes import Case, as_node
from imgrules.compiler.contract.judging.verdict import Kind
from imgrules.compiler.contract.picks import Pick
from imgrules.compiler.contract.refusal_search import UNDECLARED, Refusal, RefusalSearch
from imgrules.compiler.contract.witnesses import hints_of, witnesses
from imgrules.compiler.samples.sample_selections import trial_of, trials
from imgrules.engine.body import built
from imgrules.table.records import Cell, Model, fields_of
from imgrules.table.terms import WirePath

MOST_TRIALS = 2_000
"""The most selections that are tried to confirm one refusal, or where a keyword can only be tried."""

_MOST_SAMPLES = 200  # sample selections that are tried after all others
_MOST_NAMED = 10  # values that are tried in each of them
_ALIKE = 3  # so many combinations are tried that differ only in options that do not matter
_BESIDE = ("then", "else", "prefixItems", "minContains", "maxContains")
"""The keywords beside others whose meaning they share."""

_Sent: TypeAlias = tuple[Mapping[str, Any], Mapping[str, Any]]
"""A selection and its body."""

_Choices: TypeAlias = Mapping[str, list[Any]]
"""Values to try of options and fields, by name."""


class Confirmation:
    """The selections of one period that are tried; `trials` counts them."""

    def __init__(self, search: RefusalSearch) -> None:
        self.search = search
        self._judge = Judge(search.contract)
        self.trials = 0

    def confirmed(self, refusal: Refusal) -> tuple[_Sent | None, bool]:
        """Return a selection with its refused body, or None, and whether every selection of the case would have been tried."""
        choices = self._choices(refusal)
        cells = self._few(refusal, choices) if refusal.tried else self.search.cells(refusal.case)
        attempts = ((cell, dict(zip(choices, values, strict=True))) for values in product(*choices.values()) for cell in cells)
        bodies = self._bodies(refusal, choices, cells, attempts)
        try:
            found = next((body for body in self._counted(bodies) if body is not None and self._breaks(refusal, body[1])), None)
        except TooMany:
            return None, False
        if found is not None:
            return found, True
        computed = any(option.follows is not None and not option.bound for option in self.search.model.options.values())
        in_regions = all(self.search.picks[name][index].is_sample for name, index in refusal.case.items())
        return None, next(attempts, None) is None and not computed and in_regions

    def _bodies(
        self, refusal: Refusal, choices: _Choices, cells: Sequence[Cell], attempts: Iterator[tuple[Cell, Mapping[str, Any]]]
    ) -> Iterator[_Sent | None]:
        """Yield selections to try, None for one that is not possible: of many, sample selections only if no other is."""
        products = (self._body(cell, values, refusal.case) for cell, values in attempts)
        likely = self._aimed_at(refusal, choices, cells) if refusal.tried else ()
        is_possible = False
        for body in islice(chain(likely, products), MOST_TRIALS):
            is_possible = is_possible or body is not None
            yield body
        if not (refusal.tried and is_possible):
            yield from islice(self._usual(refusal, choices, self.search.cells(refusal.case)), MOST_TRIALS)

    def _aimed_at(self, refusal: Refusal, choices: _Choices, cells: Sequence[Cell]) -> Iterator[_Sent | None]:
        """Yield selections with what the contract names, and where limits refuse all of these, sample selections with it."""
        for values in self._likely(refusal, choices):
            is_possible = False
            for picked in product(*values.values()):
                for cell in cells:
                    body = self._body(cell, dict(zip(values, picked, strict=True)), refusal.case)
                    is_possible = is_possible or body is not None
                    yield body
            if not is_possible:
                yield from self._usual(refusal, values, cells)

    def _usual(self, refusal: Refusal, choices: _Choices, cells: Sequence[Cell]) -> Iterator[_Sent | None]:
        """Yield sample selections of the case: where limits need several options, a product begins with many that break them."""
        model = self.search.model
        if not all(choices.values()):
            return  # no value of the case is known
        of_case = {*refusal.names, *refusal.case}
        named = {
            name: values if name in of_case else values[:1]
            for name, values in choices.items()
            if name in of_case or name not in model.options
        }
        few = [dict(zip(named, values, strict=True)) for values in islice(product(*named.values()), _MOST_NAMED)]
        for trial in islice(trials(model, cells), _MOST_SAMPLES):
            cell = model.cell(trial.values)
            yield from (None if cell is None else self._body(cell, {**trial.picked, **values}, refusal.case) for values in few)

    def _counted(self, bodies: Iterable[_Sent | None]) -> Iterator[_Sent | None]:
        for body in bodies:
            self.trials += 1
            yield body

    def _breaks(self, refusal: Refusal, body: Mapping[str, Any]) -> bool:
        """Whether jsonschema refuses a body; of many that are tried, only those are given to it that break the keyword."""
        if refusal.tried and refusal.keyword != UNDECLARED:
            value = value_at(body, refusal.at.path)
            if value is None or self._judge.keyword(refusal.keyword, refusal.schema, as_node(value), {}).kind is Kind.ACCEPTED:
                return False
        return self.search.contract.refuses(self.search.contract.schema, body)

    def _few(self, refusal: Refusal, choices: Mapping[str, list[Any]]) -> list[Cell]:
        """Return a few combinations for each combination of the options that are tried."""
        told_apart = {*refusal.names, *refusal.case}
        for option in self.search.model.order:  # computed ones follow their sources
            if option.follows is not None and not told_apart.isdisjoint(option.follows.names):
                told_apart.add(option.name)
        places = [at for at, name in enumerate(self.search.model.axes) if name in told_apart]
        kept: dict[tuple[Any, ...], list[Cell]] = {}
        for cell in self.search.cells(refusal.case):
            kept.setdefault(tuple(cell.values[place] for place in places), []).append(cell)
        first = {name: values[0] for name, values in choices.items() if values}
        most = MOST_TRIALS // max(len(kept), 1)
        return [cell for alike in kept.values() for cell in self._possible(alike[:most], first, refusal.case) or alike[:_ALIKE]]

    def _possible(self, cells: list[Cell], values: Mapping[str, Any], case: Case) -> list[Cell]:
        """Return a few combinations that are possible with these values; limits may refuse all of the first ones."""
        return list(islice((cell for cell in cells if self._body(cell, values, case) is not None), _ALIKE))

    def _choices(self, refusal: Refusal) -> dict[str, list[Any]]:
        """Return the values to try of each option and field that no combination holds."""
        tested = _tested(self.search.model)
        return {
            name: self._values(name, picks, refusal, tested)
            for name, picks in self.search.picks.items()
            if name not in self.search.model.axes
            and (name not in self.search.model.options or self.search.model.options[name].follows is None)
        }

    def _likely(self, refusal: Refusal, choices: Mapping[str, list[Any]]) -> Iterator[dict[str, list[Any]]]:
        """Yield what to try before all choices: values that the contract names for the options on which a refusal depends."""
        schema = {key: refusal.schema[key] for key in (refusal.keyword, *_BESIDE) if key in refusal.schema}
        model, fields = self.search.model, fields_of(self.search.table, self.search.model)
        for picks in aims(self.search.contract, schema, refusal.at.path, model, fields):
            yield {name: self._aimed(name, values, picks, refusal) for name, values in choices.items()}
        hints = hints_of(self.search.contract, schema, refusal.found)
        told_apart = refusal.names & refusal.case.keys() or refusal.names
        likely = {name: witnesses(model, name, fields.get(name), hints) for name in choices if name in told_apart}
        if any(likely.values()):
            absent = {name: [None] if name in likely and None in values[1:] else [] for name, values in choices.items()}
            yield {name: [*likely.get(name, ()), *values[:1], *absent[name]] for name, values in choices.items()}

    def _aimed(self, name: str, values: list[Any], picks: Mapping[str, list[Any]], refusal: Refusal) -> list[Any]:
        """Return the values of an option that send what a constant has, but where a case says which one it has."""
        is_fixed = name in refusal.case and self.search.picks[name][refusal.case[name]].raw is None
        return values if is_fixed else picks.get(name, values[:1])

    def _values(self, name: str, picks: tuple[Pick, ...], refusal: Refusal, tested: frozenset[str]) -> list[Any]:
        if name in refusal.case:
            pick = picks[refusal.case[name]]
            return list(pick.samples) if pick.is_sample else []
        picks = tuple(pick for pick in picks if pick.is_sample) or picks
        if refusal.tried and name in refusal.names:
            return [value for pick in picks for value in pick.samples]
        if name in tested:  # what is not picked breaks the fewest limits
            return sorted((pick.value for pick in picks), key=lambda value: value is not None)
        fields = fields_of(self.search.table, self.search.model)
        required = fields[name].required if name in fields else self.search.model.options[name].required
        return [next((pick.value for pick in picks if (pick.value is not None) is required), picks[0].value if picks else None)]

    def _body(self, cell: Cell, values: Mapping[str, Any], case: Case) -> _Sent | None:
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
    """Return the options whose values, or whose absence, decide whether a selection is possible."""
    conditions = [test.name for limit in model.limits for test in (*limit.when, *limit.only, *limit.never)]
    needed = [name for limit in model.limits for name in limit.needs]
    before = [name for option in model.options.values() for name in option.depends_on]
    without_default = [option.name for option in model.options.values() if option.defaults is not None]  # for some selections
    return frozenset((*conditions, *needed, *before, *without_default))
