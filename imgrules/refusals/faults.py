"""The mistakes that a value has alone, whatever else is picked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from imgrules.engine.decision_records import ViolationCode
from imgrules.engine.normalize import Foreign
from imgrules.engine.request_caps import ENTRIES
from imgrules.table.measures import entries, exact, fits_text, is_whole, is_whole_text, pair, shaped, sized, within
from imgrules.table.options import Option
from imgrules.table.record_base import record
from imgrules.table.records import CAP
from imgrules.table.terms import Absence, Length, Limit, Numbers, Price, Text


@record(frozen=False)
class Fault:
    """
    A mistake in a selection: code, field, value, the name of a more exact message or None, and the broken limits.

    The mistake is about a `fact` if no caller can mend it. A cap that is too low has the `price`.
    """

    code: ViolationCode
    field: str
    value: Any = None
    sentence: str = ""
    limits: tuple[Limit, ...] = ()
    fact: bool = False
    price: Price | None = None


MISSING_FACT, HELD_FACT, MISSTATED = "missing_fact", "fact_field", "misstated"
"""What is wrong with a fact of the model: it is not stated, or the caller picks it; or with one that the model does not read."""


# Python 3.11 is slow to look up a member of an enum.
_WRONG_TYPE, _OUT_OF_RANGE = ViolationCode.WRONG_TYPE, ViolationCode.OUT_OF_RANGE
_NOT_OFFERED, _TEXT_LENGTH = ViolationCode.NOT_OFFERED, ViolationCode.TEXT_LENGTH

_Codes: TypeAlias = tuple[ViolationCode, ...]


def out_of_time(absence: Absence) -> ViolationCode:
    """Return the code of a model or value that is absent at the moment."""
    return ViolationCode.RETIRED if absence.retired else ViolationCode.NOT_YET


def cap_faults(value: object) -> _Codes:
    """Return the code of the fault of the most that a caller is willing to pay, which has to be a number from 0 on."""
    number = exact(value)
    if number is None:
        return (_WRONG_TYPE,)
    return () if within(number, CAP) else (_OUT_OF_RANGE,)


def text_faults(rules: tuple[Length, ...], value: object) -> _Codes:
    """Return the code of each fault of a caller's text, which has to satisfy all of these rules."""
    if type(value) is not str:
        return (_WRONG_TYPE,)
    broken = () if is_whole_text(value) else (_WRONG_TYPE,)
    return broken if all(fits_text(value, rule) for rule in rules) else (*broken, _TEXT_LENGTH)


def option_faults(option: Option, value: object) -> Sequence[Fault]:
    """Return the faults of the value that is picked for an option, whatever else is picked."""
    if option.follows is not None:
        return (Fault(ViolationCode.REFUSED_FIELD, option.name, value, "computed_field"),)
    if type(value) is str and value in option.values and option.many is None:
        return ()
    if type(value) is Foreign:
        return (Fault(_WRONG_TYPE, option.name, value.given),)
    codes = _codes(option, value)
    return [Fault(code, option.name, value) for code in codes] if codes else ()


def _codes(option: Option, value: object) -> Collection[ViolationCode]:
    """Return the codes of the faults of a value that is not listed."""
    if option.many is not None:
        return dict.fromkeys(_list_faults(option, option.many, value))
    if type(value) is str and value in option.gone:
        return (out_of_time(option.gone[value]),)
    if option.number is not None:
        return _number_faults(option, value)
    if option.text is not None:
        return text_faults(option.text.rules, value)
    return (_WRONG_TYPE,) if type(value) is not str else _size_or_ratio_faults(option, value)


def _number_faults(option: Option, value: object) -> _Codes:
    number, rule = exact(value), option.number
    if type(value) is str and option.values:
        return (_NOT_OFFERED,)
    if rule is None or number is None or (is_whole(rule) and type(value) is not int):
        return (_WRONG_TYPE,)
    return () if within(number, rule) else (_OUT_OF_RANGE,)


def _size_or_ratio_faults(option: Option, value: str) -> _Codes:
    size = None if option.size is None else pair(value, "x")
    shape = None if option.ratio is None else pair(value, ":")
    if size is None and shape is None:
        return (_NOT_OFFERED,)
    is_beyond = (size and option.size and not sized(size, option.size)) or (
        shape and option.ratio and not shaped(shape, option.ratio)
    )
    return (_OUT_OF_RANGE,) if is_beyond else ()


def _list_faults(option: Option, rule: Numbers, value: object) -> Iterator[ViolationCode]:
    listed = entries(value)
    if listed is not None and len(listed) > ENTRIES:
        yield _OUT_OF_RANGE
        return
    if listed is None or wrong_entry(listed) is not None:
        yield _WRONG_TYPE
        return
    for entry in listed:
        if option.text is not None or not (option.values or option.gone):
            yield from text_faults((option.text or Text()).rules, entry)
        elif entry in option.gone:
            yield out_of_time(option.gone[entry])
        elif entry not in option.values:
            yield _NOT_OFFERED
    if not within(len(listed), rule):
        yield _OUT_OF_RANGE


def wrong_entry(listed: Iterable[object]) -> int | None:
    """Return the index of the first entry that is not a text or contains an unpaired surrogate, or None."""
    return next((index for index, entry in enumerate(listed) if type(entry) is not str or not is_whole_text(entry)), None)
