"""
Why a selection is refused, and what would be accepted instead.

Nothing here decides by itself that something is fine: it names what is wrong, for `decide` to refuse.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum
from itertools import islice
from typing import Any

from imgrules.engine.table import Cell, Field, Gate, Limit, Model, Option, Table, Type, say
from imgrules.engine.wording import did_you_mean, either, nearest, quoted

MODEL = "model"
"""The key of a selection that names the model; no option and no field may be called so."""

_REPAIRS = 3
_CROWD = 50  # a selection of more fields than this is no slip of a person: no names are suggested for its fields


class ViolationCode(StrEnum):
    """What kind of mistake a selection makes; stable, for programs to compare."""

    UNKNOWN_MODEL = "unknown_model"
    UNKNOWN_FIELD = "unknown_field"
    REFUSED_FIELD = "refused_field"
    MISSING_FIELD = "missing_field"
    WRONG_TYPE = "wrong_type"
    NOT_OFFERED = "not_offered"
    NOT_TOGETHER = "not_together"
    TEXT_LENGTH = "text_length"


@dataclass(frozen=True, slots=True)
class Violation:
    """
    One reason why a selection is impossible.

    `allowed` are the values that are possible with the rest of the selection; it is empty where no list can help.
    `suggestion` is the allowed value or the known name that was probably meant.
    """

    code: ViolationCode
    field: str
    value: Any = dataclass_field(repr=False)
    message: str
    allowed: tuple[str, ...] = ()
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """A smallest change that makes a selection possible: fields to set, and fields to remove."""

    set: Mapping[str, str]
    remove: tuple[str, ...] = ()

    def apply(self, selection: object) -> dict[str, Any]:
        """Answer the selection with the change made; keys that are no text are left behind."""
        kept, removed = selection.items() if isinstance(selection, Mapping) else (), frozenset(self.remove)
        return {key: each for key, each in kept if type(key) is str and key not in removed} | dict(self.set)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a table: fields picked by name, by somebody with these grants, in this language."""

    table: Table
    picked: Mapping[str, Any]
    grants: frozenset[str] = frozenset()
    language: str | None = None

    @property
    def model(self) -> Model | None:
        """The model that is named, if there is one of that name."""
        name = self.picked.get(MODEL)
        return self.table.models.get(name) if type(name) is str else None

    def about(self, model: Model) -> Question:
        """Ask the same of another model."""
        return Question(self.table, {**self.picked, MODEL: model.id}, self.grants, self.language)

    def value(self, option: Option) -> Any:
        """Answer what is picked for an option: its default where nothing is."""
        return self.picked.get(option.name, option.default)


def opens(gate: Gate, grants: frozenset[str]) -> bool:
    """Answer whether a gate is open to somebody: any one of its grants will do."""
    return not grants.isdisjoint(gate.opens_with)


def violations(asked: Question) -> tuple[Violation, ...]:
    """Answer every reason against a selection; there is none exactly when it has a cell."""
    model, kinds = asked.model, asked.table.types.values()
    if model is None:
        foreign = (each for each in asked.picked if kinds and all(each in kind.refused for kind in kinds))
        return (_model_fault(asked), *(_refused(next(iter(kinds)), each, asked) for each in foreign))
    given = (each for name in asked.picked if name != MODEL for each in _faults(model, name, asked))
    missing = (_missing(model, each, asked) for each in model.options.values() if asked.value(each) is None)
    faults = (*given, *(each for each in missing if each.field not in asked.picked))
    sound = not any(each.field in model.options for each in faults)
    if (sound and cell_of(model, asked) is not None) or _fits(model, _wanted(model, asked)):
        return faults
    return (*faults, *_not_together(model, asked))


def cell_of(model: Model, asked: Question) -> Cell | None:
    """Answer the cell of a selection in which every option has an offered value."""
    return model.by_values.get(tuple(asked.value(each) for each in model.options.values()))


def _model_fault(asked: Question) -> Violation:
    models, value = tuple(asked.table.models), asked.picked.get(MODEL)
    if MODEL not in asked.picked:
        message = f"a selection names its model: {either(models)}"
        return Violation(ViolationCode.MISSING_FIELD, MODEL, None, message, models)
    if type(value) is not str:
        return _wrong_type(MODEL, value, models)
    meant = nearest(value, models)
    choose = f"; choose {either(models)}" if models else "; there are no models"
    message = f"there is no model {quoted(value)}" + (did_you_mean(meant) or choose)
    return Violation(ViolationCode.UNKNOWN_MODEL, MODEL, value, message, models, meant)


def _faults(model: Model, name: str, asked: Question) -> Iterator[Violation]:
    kind, value = asked.table.types[model.type], asked.picked[name]
    if name in model.options:
        yield from _option_faults(model, model.options[name], asked)
    elif name in kind.fields:
        yield from _text_faults(kind.fields[name], value)
    elif name in kind.refused:
        yield _refused(kind, name, asked)
    else:
        yield _unknown_field(model, name, asked)


def _option_faults(model: Model, option: Option, asked: Question) -> Iterator[Violation]:
    value = asked.picked[option.name]
    if type(value) is str and value in option.values:
        return
    possible = possible_values(model, option, asked)
    if type(value) is not str:
        yield _wrong_type(option.name, value, possible)
        return
    meant = nearest(value, possible)
    message = f"{model.id} does not offer {option.name} {quoted(value)}; choose {either(possible)}"
    message += did_you_mean(meant) if len(possible) > 1 else ""
    yield Violation(ViolationCode.NOT_OFFERED, option.name, value, message, possible, meant)


def _text_faults(field: Field, value: object) -> Iterator[Violation]:
    if type(value) is not str:
        yield _wrong_type(field.name, value, ())
        return
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        message = f"{field.name} holds half a character at place {error.start + 1}, which UTF-8 cannot carry"
        yield Violation(ViolationCode.WRONG_TYPE, field.name, value, message)
    longest = field.longest
    if len(value) < field.shortest or (longest is not None and len(value) > longest):
        bounds = f"at least {field.shortest}" if longest is None else f"{field.shortest} to {longest}"
        message = f"{field.name} takes {bounds} characters, and this has {len(value)}"
        yield Violation(ViolationCode.TEXT_LENGTH, field.name, value, message)


def _refused(kind: Type, name: str, asked: Question) -> Violation:
    message = f"{name} is refused: {say(kind.refused[name], asked.language)}"
    return Violation(ViolationCode.REFUSED_FIELD, name, asked.picked[name], message)


def _unknown_field(model: Model, name: str, asked: Question) -> Violation:
    known = (*model.options, *asked.table.types[model.type].fields)
    free = [each for each in known if each not in asked.picked]
    meant = nearest(name, free) if len(asked.picked) <= _CROWD else None
    message = f"{model.id} has no field {quoted(name)}" + (did_you_mean(meant) or f"; it has {either(known)}")
    return Violation(ViolationCode.UNKNOWN_FIELD, name, asked.picked[name], message, (), meant)


def _wrong_type(name: str, value: object, allowed: tuple[str, ...]) -> Violation:
    found = "nothing" if value is None else quoted(value)
    message = f"{name} takes text, and {found} was given" + (f"; choose {either(allowed)}" if allowed else "")
    return Violation(ViolationCode.WRONG_TYPE, name, value, message, allowed)


def _missing(model: Model, option: Option, asked: Question) -> Violation:
    possible = possible_values(model, option, asked)
    message = f"{model.id} needs a {option.name}; choose {either(possible)}"
    return Violation(ViolationCode.MISSING_FIELD, option.name, None, message, possible)


def _not_together(model: Model, asked: Question) -> Iterator[Violation]:
    wanted = dict(zip(model.options, _wanted(model, asked), strict=True))
    broken = [each for each in model.limits if _breaks(each, wanted)]
    blamed = {name for each in broken for name in (*each.when, *each.only)} or {name for name in wanted if wanted[name]}
    why = "; ".join(dict.fromkeys(say(each.because, asked.language) for each in broken if each.because is not None))
    for name in (each for each in model.options if each in blamed):
        possible = possible_values(model, model.options[name], asked)
        message = (
            f"{name} {quoted(wanted[name])} does not go with the rest{': ' + why if why else ''}; choose {either(possible)}"
        )
        yield Violation(ViolationCode.NOT_TOGETHER, name, wanted[name], message, possible)


def _breaks(limit: Limit, wanted: Mapping[str, str | None]) -> bool:
    """Answer whether a limit is broken by what is picked already; what is not picked breaks nothing."""
    holds = all(wanted[name] in values for name, values in limit.when.items())
    picked = all(wanted[name] is not None for name in limit.only)
    return holds and picked and not (limit.only and all(wanted[name] in values for name, values in limit.only.items()))


def possible_values(model: Model, option: Option, asked: Question) -> tuple[str, ...]:
    """
    Answer the values of an option that are possible with the rest of the selection.

    Where the rest alone is impossible already, they are those that are possible at all.
    """
    place = list(model.options).index(option.name)
    wanted = tuple(None if at == place else each for at, each in enumerate(_wanted(model, asked)))
    possible = {cell.values[place] for cell in model.cells if _distance(cell, wanted) == 0}
    possible = possible or {cell.values[place] for cell in model.cells}
    return tuple(each for each in option.values if each in possible)


def _wanted(model: Model, asked: Question) -> tuple[str | None, ...]:
    """Answer the offered value that is picked for each option, or None where there is none."""
    values = ((each, asked.value(each)) for each in model.options.values())
    return tuple(value if type(value) is str and value in option.values else None for option, value in values)


def _fits(model: Model, wanted: tuple[str | None, ...]) -> bool:
    return any(_distance(cell, wanted) == 0 for cell in model.cells)


def _distance(cell: Cell, wanted: tuple[str | None, ...]) -> int:
    return sum(want not in (None, have) for have, want in zip(cell.values, wanted, strict=True))


def repairs(asked: Question, faults: tuple[Violation, ...]) -> tuple[Repair, ...]:
    """Answer the nearest selections that are allowed or locked, nearest first; there is one if anything is sold."""
    models = asked.table.models
    named = asked.model or models.get(nearest(asked.picked.get(MODEL), models) or "")
    if named is not None and named.cells:
        return _repairs_within(named, asked, faults if named is asked.model else violations(asked.about(named)))
    near = islice((each for each in models.values() if each.cells), _REPAIRS)
    return tuple(_repairs_within(each, asked, violations(asked.about(each)))[0] for each in near)


def _repairs_within(model: Model, asked: Question, faults: tuple[Violation, ...]) -> tuple[Repair, ...]:
    wrong = {each.field: each.suggestion for each in faults}
    remove = tuple(each for each in asked.picked if each in wrong and each != MODEL and each not in model.options)
    meant, wanted = tuple(wrong.get(each) for each in model.options), _wanted(model, asked)

    def far(cell: Cell) -> tuple[int, int, bool]:
        locked = not all(opens(asked.table.gates[each], asked.grants) for each in cell.gates)
        return _distance(cell, wanted), _distance(cell, meant), locked

    named = {} if asked.model is model else {MODEL: model.id}
    near = sorted(model.cells, key=far)
    # Further away than the nearest, every change would take more from the caller than it has to.
    equal = [each for each in near[:_REPAIRS] if _distance(each, wanted) == _distance(near[0], wanted)]
    return tuple(Repair(named | _change(model, each, wanted), remove) for each in equal)


def _change(model: Model, cell: Cell, wanted: tuple[str | None, ...]) -> dict[str, str]:
    chosen = zip(model.options, cell.values, wanted, strict=True)
    return {name: value for name, value, want in chosen if value != want}
