"""Which combinations of listed options a model offers, and what each costs: what checks and lowering both have to know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import product
from math import prod

from imgrules.compiler.diagnostics import Path
from imgrules.compiler.eras import Era
from imgrules.compiler.meaning import limits, lookup, names, options
from imgrules.compiler.rule_set import in_table, is_listed, loose_options, values_of, wire_tables
from imgrules.compiler.shared_spec import TypeSpec
from imgrules.compiler.spec import FormulaSpec, ModelSpec, OptionSpec, ValueSpec
from imgrules.compiler.words import PriceTableSpec, TableSpec
from imgrules.engine.parts import Condition, Lookup
from imgrules.engine.picks import holds, keeps
from imgrules.engine.table import Model, Option

MOST = 10_000
"""So many combinations of values a model may have; more are not multiplied out."""

Picked = Mapping[str, str]
Price = int | Decimal | str | None


def skeleton(name: str, era: Era, kind: TypeSpec) -> Model:
    """Answer a model with its options and limits, and no combination yet."""
    spec = era.spec
    return Model(name, spec.name, spec.type, options(spec, kind, era.values), (), (), limits=tuple(limits(spec)))


def count(spec: ModelSpec) -> int:
    """Answer how many combinations the listed options multiply to, limits left aside."""
    loose = loose_options(spec)
    ignored = {name for each in spec.limits or () for name in names(each.ignores)}
    bound = ((name, each) for name, each in spec.options.items() if is_listed(each) and name not in loose)
    return prod(len(values_of(each)) + (may_lack(each) or name in ignored) for name, each in bound)


def may_lack(spec: OptionSpec) -> bool:
    """Answer whether a combination may have no value of an option."""
    by_table = isinstance(spec.default, TableSpec)
    return bool(spec.optional or spec.when is not None or spec.of is not None or by_table)


def combinations(model: Model, spec: ModelSpec) -> Iterator[dict[str, str]]:
    """Answer every combination that no limit rules out and that can be sent, in author's order."""
    tables = {path: lookup(each) for path, each in wire_tables(spec).items()}
    finite = _Finite(model, frozenset(model.axes))
    choices = {name: finite.choices(model.options[name]) for name in model.axes}
    # An option that always has one of its values is no question.
    asked = (model.options[name] for name in choices)
    laws: list[Callable[[Picked], bool]] = [
        *(partial(finite.may_be, each) for each in asked if each.when or each.ignored or None in choices[each.name]),
        *(partial(keeps, each, model=model) for each in model.limits if are_held(each.names, model)),
        *(partial(_is_sent, path, each) for path, each in tables.items() if are_held(each.by, model)),
    ]
    for values in product(*choices.values()):
        picked = {name: value for name, value in zip(model.axes, values, strict=True) if value is not None}
        if not laws or all(law(picked) for law in laws):
            yield picked


def _is_sent(path: Path, table: Lookup, picked: Picked) -> bool:
    """Answer whether a table has no hole where a combination is; the model has to be sent always."""
    needless = path != ("model",) and any(each not in picked for each in table.by)
    return needless or table.find(picked) is not None


@dataclass(frozen=True, slots=True)
class _Finite:
    """What can be told of a model from its listed options alone."""

    model: Model
    axes: frozenset[str]

    def choices(self, each: Option) -> tuple[str | None, ...]:
        """Answer the values of an option, and None where it may not be there."""
        absent = each.optional or each.when or each.ignored or each.defaults or self._may_lack_source(each)
        return (*each.values, None) if absent else tuple(each.values)

    def may_be(self, each: Option, picked: Picked) -> bool:
        """Answer whether an option may have its value, or may not be there, with the rest."""
        if each.name in picked:
            return self._holds(each.when, picked) is not False and not any(
                self._holds(one.when, picked) for one in each.ignored
            )
        if each.optional or self._may_lack_source(each) or self._holds(each.when, picked) is not True:
            return True
        return any(self._holds(one.when, picked) is not False for one in each.ignored)

    def _may_lack_source(self, each: Option, above: tuple[str, ...] = ()) -> bool:
        """Answer whether what an option is computed from may have no number; a list and a total always have one."""
        # Options in a circle are told by a check; here they only must not be followed for ever.
        if each.follows is None or each.follows.total or each.name in above:
            return False
        found = [self.model.options[name] for name in each.follows.names if name in self.model.options]
        return any(one.many is None and self._may_be_no_number(one, (*above, each.name)) for one in found)

    def _may_be_no_number(self, one: Option, above: tuple[str, ...]) -> bool:
        named = bool(one.size and one.values)  # a word beside sizes, such as `auto`, has no pixels
        return bool(one.optional or one.when or one.ignored or one.defaults or named) or self._may_lack_source(one, above)

    def _holds(self, condition: Condition, picked: Picked) -> bool | None:
        """Answer whether a condition holds, or None where numbers tell."""
        known = tuple(each for each in condition if each.name in self.axes)
        if not holds(known, picked, self.model):
            return False
        return True if len(known) == len(condition) else None


def are_held(names: Iterable[str], model: Model) -> bool:
    """Answer whether combinations hold all these options, so that each tells of itself what hangs on them."""
    return set(model.axes).issuperset(names)


def details_of(spec: ModelSpec, picked: Picked) -> list[ValueSpec]:
    """Answer what is said about the values of a combination; a plain list says nothing about its own."""
    return [values[value] for name, value in picked.items() if isinstance(values := spec.options[name].values, dict)]


def price_of(spec: ModelSpec, picked: Picked, details: list[ValueSpec]) -> Price:
    """Answer the base price of a combination as it was said: of the model, of its table, or of one of its values."""
    said = spec.credits.base if isinstance(spec.credits, FormulaSpec) else spec.credits
    if said is not None:
        return amount_of(said, picked)
    return next((each.credits for each in details if each.credits is not None), None)


def promoted_of(spec: ModelSpec, picked: Picked, details: list[ValueSpec]) -> Price:
    """Answer the promotional base price of a combination, or None where there is none."""
    if spec.promotion is not None:
        return amount_of(spec.promotion.credits, picked)
    return next((each.promotion.credits for each in details if each.promotion is not None), None)


def amount_of(said: object, picked: Picked) -> Price:
    """Answer an amount, or what a table has for a combination."""
    found = in_table(said, picked) if isinstance(said, PriceTableSpec) else said
    return found if isinstance(found, int | Decimal | str) else None
