"""
How one name of a selection is read: whether its value is accepted, and what of it the rules ask.

A slot is made for each option and each text of a model, once. What no rule asks of a value is no part of what is remembered:
it is checked and handed on, so that a random seed or the address of a picture costs nothing and is never kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from imgrules.engine.accepts import Accept, accepts, accepts_text
from imgrules.engine.asks import Asks
from imgrules.engine.parts import Numbers, Text
from imgrules.engine.picks import counting, passes, word_for
from imgrules.engine.quantities import MOST, is_whole, limits
from imgrules.engine.table import Field, Model, Option

SMALL = 64
"""Whole numbers and lists of no more different sizes are remembered as they are."""


class Slot(NamedTuple):
    """
    How one name is read.

    `ask` is what the rules ask of a value that is accepted: all of it ("value"), whether it is given ("given"), or what a
    function returns. An `open` value is handed on as it was given. `unsure` says that what is not accepted may be another
    name, or a near miss. `needed` says that no selection is possible without it, and `usual` that no request body is.
    `test` is the same as `accept`, written as an expression over `{v}` and what `{0}` and so on stand for in `bound`; empty
    where there is none.
    """

    name: str
    accept: Accept
    ask: Any
    open: bool
    unsure: bool = False
    needed: bool = False
    usual: bool = False
    test: str = ""
    bound: tuple[Any, ...] = ()


class Computed(NamedTuple):
    """An option that is computed from others while they are read: from which, how, and what the rules ask of it."""

    name: str
    sources: tuple[str, ...]
    compute: Callable[..., Any]
    ask: Any
    open: bool


def field_slot(field: Field) -> Slot:
    """Return how a text is read that the caller writes."""
    test, bound = _text_test(field.rules)
    return Slot(field.name, accepts_text(field.rules), "given", open=True, usual=field.required, test=test, bound=bound)


def option_slot(model: Model, option: Option, asks: Asks) -> Slot:
    """Return how an option is read that is picked."""
    ask, opened = _ask(model, option, asks)
    test, bound = _test(option, ask)
    always = option.name in asks.certain and not option.optional and option.default is None
    return Slot(option.name, accepts(option), ask, opened, bool(option.snap or option.aliases), always, test=test, bound=bound)


def computed_slot(model: Model, option: Option, asks: Asks) -> Computed:
    """Return how an option is computed from what is read."""
    assert option.follows is not None  # noqa: S101  it is computed
    whole = option.values or option.name in asks.counted
    ask = "value" if whole else band(model, option, asks)
    return Computed(option.name, option.follows.names, _computing(model, option), ask, open=not option.values)


def _computing(model: Model, option: Option) -> Callable[..., Any]:
    """Return what computes an option of its sources in their order; what is not given has its default."""
    assert option.follows is not None  # noqa: S101  as above
    usual = tuple(model.options[each].default for each in option.follows.names)
    count = counting(model, option.follows)
    if len(usual) == 1:
        [default] = usual
        number: Callable[..., Any] = count if default is None else lambda given: count(default if given is None else given)
    else:
        number = lambda *given: count(*[one if each is None else each for one, each in zip(usual, given, strict=True)])  # noqa: E731
    return number if not option.values else lambda *given: word_for(option, number(*given))


def _ask(model: Model, option: Option, asks: Asks) -> tuple[Any, bool]:
    """Return what the rules ask of a picked value, and whether it is handed on."""
    counted, tested = option.name in asks.counted, bool(asks.tests[option.name] or asks.rows[option.name])
    if option.switch:
        return "value", False
    if option.many is not None:
        small = option.many.max is not None and option.many.max <= SMALL
        return (len if counted or (small and tested) else band(model, option, asks)), True
    if option.listed:
        loose = not (option.bound or tested or counted or option.aliases)
        return ("given", True) if loose else ("value", False)
    if option.number is not None and is_whole(option.number) and not option.values:
        least, most = limits(option.number)
        if counted or (tested and most - least <= SMALL * (option.number.step or 1)):
            return "value", False
    return ("value" if counted and option.text is None else band(model, option, asks)), True


def band(model: Model, option: Option, asks: Asks) -> Any:
    """Return what tells as much of a value as the rules ask: which named one it is, and which tests it passes."""
    name = option.name
    tests = [each for each in asks.tests[name] if each.given is None]
    rows = frozenset({*option.values, *asks.rows[name]})
    if option.many is not None or not (tests or rows):
        rows = frozenset()
    if not (tests or rows):
        return "given"
    if rows and not tests:
        return lambda value: (value if type(value) is str and value in rows else None,)
    return lambda value: (
        value if type(value) is str and value in rows else None,
        *[passes(each, {name: value}, model) for each in tests],
    )


def _test(option: Option, ask: Any) -> tuple[str, tuple[Any, ...]]:
    """Return an expression for the kinds of options that are read most."""
    if option.switch:
        return "type({v}) is bool", ()
    if option.many is not None:
        return "", ()
    if option.listed:
        # A value that the rules ask about is looked up with the rest: an unknown one is met for the first time each time.
        return ("type({v}) is str", ()) if ask == "value" else ("type({v}) is str and {v} in {0}", (option.values,))
    if option.values or option.gone or option.aliases:
        return "", ()
    if option.text is not None:
        return _text_test((option.text,))
    return _whole_test(option.number) if option.number is not None and is_whole(option.number) else ("", ())


def _whole_test(rule: Numbers) -> tuple[str, tuple[Any, ...]]:
    (least, most), base, step = limits(rule), rule.min or 0, rule.step or 1
    if step == 1:
        return "type({v}) is int and {0} <= {v} <= {1}", (least, most)
    return "type({v}) is int and {0} <= {v} <= {1} and not ({v} - {2}) % {3}", (least, most, base, step)


def _text_test(rules: tuple[Text, ...]) -> tuple[str, tuple[Any, ...]]:
    if len(rules) > 1 or rules[0].unit != "characters":
        return "", ()
    whole, rule = "({v}.isascii() or is_whole_text({v}))", rules[0]
    if (rule.shortest, rule.longest) == (1, None):
        return "type({v}) is str and {v} and " + whole, ()
    most = MOST if rule.longest is None else rule.longest
    return "type({v}) is str and {0} <= len({v}) <= {1} and " + whole, (rule.shortest, most)
