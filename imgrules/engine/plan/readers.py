"""
Slots: how one name of a selection is read, whether its value is accepted, and what it contributes to the key.

Each option and each text of a model has a slot. A value that no rule asks about is tested and passed on, but is not part of
the key: random seeds or URLs of pictures would fill the cache.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple, TypeAlias

from imgrules.engine.plan.accepts import Accept, accepts, accepts_cap, accepts_text, sides_of
from imgrules.engine.plan.asks import Asks
from imgrules.engine.plan.expressions import (
    Bound,
    Write,
    is_accepted,
    is_any_text,
    is_given,
    is_number,
    is_one_of,
    is_size,
    is_switch,
    is_text,
    itself,
    length,
    measure_of_size,
    ranges,
    result_of,
    row_of,
    word,
)
from imgrules.engine.resolve import counting, passes, word_for
from imgrules.table.measures import is_whole, limits
from imgrules.table.options import Option
from imgrules.table.records import CAP, Field, Model
from imgrules.table.terms import Follows, Length

SMALL = 64
"""
The most values of a whole number, or lengths of a list, that go into the key unchanged.

Also the most ranges and summands in one generated expression: the parser of Python limits its depth.
"""

Compute: TypeAlias = Callable[[Sequence[str], Bound], str]
"""Returns the source of an expression that computes an option from variables, each of which holds a value or None."""


class Slot(NamedTuple):
    """
    How one name is read.

    `test` writes the expression that tests a value, as `accept` does. `ask` writes the one for its part of the key: the value,
    whether it is given, or the result of a function; None where no rule asks for it. An `open` value is passed on unchanged.
    `unsure` says that a value that is not accepted may be an alias or a near miss. `needed` says that no selection is possible
    without it, and `usual` that no request body is. A `fact` is read from the facts, beside the selection. `words` are values
    that `test` does not compare, since the key of any other value is never cached: they are compared where a key is new.
    """

    name: str
    accept: Accept
    test: Write
    ask: Write | None
    open: bool
    unsure: bool = False
    needed: bool = False
    usual: bool = False
    fact: bool = False
    words: Collection[str] = ()


class Computed(NamedTuple):
    """
    How an option is computed from others while they are read.

    `compute` and `ask` write its expression and the one for its part of the key; `words` writes the word for the range of the
    computed number, where the option has words.
    """

    name: str
    sources: tuple[str, ...]
    compute: Compute
    words: Write | None
    ask: Write | None
    open: bool


def field_slot(field: Field) -> Slot:
    """Return the slot of a text that the caller writes, or of the most that the caller is willing to pay."""
    if field.cap:
        number = accepts_cap()
        return Slot(field.name, number, is_number(CAP, number), is_given, open=True, usual=field.required)
    accept = accepts_text(field.text.rules)
    return Slot(field.name, accept, _text_test(field.text.rules, accept), is_given, open=True, usual=field.required)


def option_slot(model: Model, option: Option, asks: Asks) -> Slot:
    """Return the slot of an option that callers pick."""
    ask, opened = _ask(model, option, asks)
    accept = accepts(option)
    always = option.name in asks.certain and not option.optional and option.default is None
    test = _test(option, ask, accept)
    return Slot(
        name=option.name,
        accept=accept,
        test=test,
        ask=ask,
        open=opened,
        unsure=bool(option.snap or option.aliases),
        needed=always,
        fact=option.fact,
        words=option.values if test is is_any_text else (),
    )


def computed_slot(model: Model, option: Option, asks: Asks) -> Computed:
    """Return the slot of an option that is computed."""
    follows, values = option.follows, option.values
    assert follows is not None  # noqa: S101  it is computed
    ask = itself if values or _is_exact(model, option, asks) else band(model, option, asks)
    compute, words = _inline(model, follows), word(values.values()) if values else None
    if compute is None or len(values) > SMALL:
        compute, words = _call_of(_function_of(model, option)), None
    return Computed(option.name, follows.names, compute, words, ask, open=not values)


def _inline(model: Model, follows: Follows) -> Compute | None:
    """Return the function that writes a computed number as one expression; None where it has to be a call."""
    if follows.table is not None:
        return None
    first = model.options[follows.names[0]]
    if follows.of_sides and len(follows.of) == 1:
        otherwise = None if first.default is None else counting(model, follows)(first.default)
        measured = measure_of_size(follows.measure, follows.unit, otherwise)
        return None if sides_of(first) is None else lambda sources, bound: measured(sources[0], bound)
    amounts = [expression for expression in (_amount(model.options[name]) for name in follows.names) if expression is not None]
    if follows.of_sides or len(amounts) < len(follows.names) or len(amounts) > SMALL:
        return None
    if follows.measure is None:
        return lambda sources, bound: amounts[0](sources[0], bound)
    return lambda sources, bound: " + ".join(f"({write(v, bound)} or 0)" for write, v in zip(amounts, sources, strict=True))


def _amount(option: Option) -> Write | None:
    """Return the function that writes a whole number, or the length of a list; None where an option may hold a decimal."""
    default: Any = option.default
    if option.many is not None:
        return None if default is not None else lambda v, _: f"(0 if {v} is None else len({v}))"
    if option.follows is not None:
        return itself if option.follows.of_sides and not option.values else None
    if not _is_whole(option) or type(default) not in {int, type(None)}:
        return None
    return itself if default is None else lambda v, bound: f"({bound(default)} if {v} is None else {v})"


def _is_whole(option: Option) -> bool:
    return option.number is not None and is_whole(option.number) and not option.values


def _call_of(function: Callable[..., Any]) -> Compute:
    return lambda sources, bound: f"{bound(function)}({', '.join(sources)})"


def _function_of(model: Model, option: Option) -> Callable[..., Any]:
    """Return the function that computes an option from the values of its sources, in order; None counts as their default."""
    assert option.follows is not None  # noqa: S101  as above
    defaults = tuple(model.options[name].default for name in option.follows.names)
    table = option.follows.table
    count = counting(model, option.follows) if table is None else None
    if table is not None or count is None:
        return _finding(option.follows, defaults)
    if len(defaults) == 1:
        [default] = defaults
        number: Callable[..., Any] = count if default is None else lambda given: count(default if given is None else given)
    else:
        number = lambda *given: count(  # noqa: E731
            *[usual if value is None else value for usual, value in zip(defaults, given, strict=True)]
        )
    return number if not option.values else lambda *given: word_for(option, number(*given))


def _finding(follows: Follows, defaults: tuple[Any, ...]) -> Callable[..., Any]:
    """Return the function that finds the word of a table, given the values of its options in order."""
    names, table = follows.of, follows.table
    assert table is not None  # noqa: S101  its caller has looked

    def find(*given: Any) -> Any:
        values = (usual if value is None else value for usual, value in zip(defaults, given, strict=True))
        return table.find(dict(zip(names, values, strict=True)))

    return find


def _ask(model: Model, option: Option, asks: Asks) -> tuple[Write, bool]:
    """Return the function that writes the part of the key for a picked value, and whether the value is open."""
    counted, tested = option.name in asks.counted, bool(asks.tests[option.name] or asks.rows[option.name])
    if option.switch:
        return itself, False
    if option.many is not None:
        small = option.many.max is not None and option.many.max <= SMALL
        return (length if counted or (small and tested) else band(model, option, asks)), True
    if option.listed:
        loose = not (option.bound or tested or counted or option.aliases)
        return (is_given, True) if loose else (itself, False)
    if _is_exact(model, option, asks) or (tested and _is_few(option)):
        return itself, not _is_whole(option)
    return band(model, option, asks), True


def _is_exact(model: Model, option: Option, asks: Asks) -> bool:
    """
    Whether the exact value of an option is in the key; a number that only the price counts is not, unless there are few of it.

    Such a price is computed for each selection. Otherwise each new number would be a new key, and evaluated in full.
    """
    if option.name in asks.joined:
        return option.text is None
    rule = option.follows
    few = _is_few(option) if rule is None else rule.unit > 1 or all(_is_few(model.options[name]) for name in rule.names)
    return few and option.name in asks.counted


def _is_few(option: Option) -> bool:
    """Whether an option has few numbers: whole ones in a short range, or lengths of a list."""
    if option.number is None or not _is_whole(option):
        return option.many is not None
    least, most = limits(option.number)
    return most - least <= SMALL * (option.number.step or 1)


def band(model: Model, option: Option, asks: Asks) -> Write:
    """Return the function that writes which listed value a value is, and which tests of the rules it passes."""
    name, many = option.name, option.many is not None
    tests = [test for test in asks.tests[name] if not test.asks_presence]
    rows = frozenset({*option.values, *asks.rows[name]})
    if many or not (tests or rows):
        rows = frozenset()
    if not tests:
        return row_of(rows) if rows else is_given
    whole = many or _is_whole(option) or (option.follows is not None and _inline(model, option.follows) is not None)
    if whole and not rows and not any(test.any or test.none for test in tests):
        return ranges(tests, of_length=many)
    return result_of(
        lambda value: (
            value if type(value) is str and value in rows else None,
            *[passes(test, {name: value}, model) for test in tests],
        )
    )


def _test(option: Option, ask: Write, accept: Accept) -> Write:
    """Return the function that writes the test of a value: as one expression for the most frequent kinds of options."""
    if option.switch:
        return is_switch
    sides = sides_of(option)
    if sides is not None:
        return is_size(sides)
    if option.listed:
        # The key of an unknown value is never cached as an outcome, so only a new key needs the comparison.
        return is_any_text if ask is itself else is_one_of(option.values)
    if option.many is not None or option.values or option.gone or option.aliases:
        return is_accepted(accept)
    if option.text is not None:
        return _text_test(option.text.rules, accept)
    return is_accepted(accept) if option.number is None else is_number(option.number, accept)


def _text_test(rules: tuple[Length, ...], accept: Accept) -> Write:
    return is_accepted(accept) if len(rules) > 1 or rules[0].unit != "characters" else is_text(rules[0])
