"""
The attributes of the records of a compiled table, with their shapes: the one source for verification and JSON Schema.

The shape of an attribute follows from its annotation, such as `bool` or `Label | None`; what has bounds of its own is listed.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from imgrules.table.caps import (
    MOST_CHANGES,
    MOST_COMBINATIONS,
    MOST_DEPTH_OF_PATH,
    MOST_GATES,
    MOST_GATES_AT_ONCE,
    MOST_LEAST_LIST,
    MOST_LEAST_TEXT,
    MOST_LIMITS,
    MOST_LINES,
    MOST_LIST,
    MOST_MODELS,
    MOST_NAMES,
    MOST_OPTIONS,
    MOST_PLACE,
    MOST_REFUSED,
    MOST_SENDS,
    MOST_STAND_INS,
    MOST_TEXT,
    MOST_TYPES,
    MOST_UNITS,
    MOST_VALUES,
)
from imgrules.table.options import Badge, Option, Value
from imgrules.table.records import Cell, Change, Field, Formula, Gate, GateRule, Line, Model, Result, Send, Table, Type
from imgrules.table.terms import CREDITS, Absence, Alias, Follows, Length, Limit, Lookup, Numbers, Ratios, Sizes, Test, Text
from imgrules.table.verify.patterns import CURRENCY, DAY, FORM, KEY, LANGUAGE, MODEL_ID, NAME, RATIO, REQUEST, SECOND
from imgrules.table.verify.predicates import Amount, Either, Entries, Flag, Items, Maybe, OneOf, Record, Shape, Whole, Words

TEXT = Words(most=MOST_TEXT)
ANY_TEXT = Words(most=MOST_TEXT, least=0)
NAMED = Words(NAME)
IDENTIFIER = Words(MODEL_ID, MOST_TEXT)
MOMENT = Maybe(Words(SECOND))
LABEL = Either(text=TEXT, row=Entries(Words(LANGUAGE), TEXT, MOST_NAMES, 1))
NUMBER = Amount()
PRICE = Amount(0, 1_000_000_000)
STEP = Amount(Decimal("0.000001"))
SCALAR = Either(text=ANY_TEXT, number=NUMBER)
ONE = Either(text=ANY_TEXT, number=NUMBER, flag=Flag())
CONSTANT = Either(text=ANY_TEXT, number=NUMBER, flag=Flag(), many=Items(ONE, MOST_VALUES))
ROW = Entries(ANY_TEXT, Maybe(CONSTANT), MOST_VALUES)
TABLE = Entries(
    ANY_TEXT,
    Maybe(Either(text=ANY_TEXT, number=NUMBER, flag=Flag(), many=Items(ONE, MOST_VALUES), row=ROW)),
    MOST_VALUES,
)
"""Entries by the values of options; null where nothing is sent."""
PATH = Items(Either(text=Words(KEY), number=Whole(0, MOST_PLACE)), MOST_DEPTH_OF_PATH, 1)

_IMPLIED: dict[str, Shape] = {"bool": Flag(), "Label": LABEL, "Number": NUMBER, "WirePath": PATH}
"""What an annotation implies where nothing else is said about an attribute; each record class is added by its name."""


def _record(kind: Any, needed: str, called: str = "", /, **shapes: Shape | None) -> Record:
    """
    Return the shape of a record class, in which an attribute has its given shape, or else what its annotation implies.

    An attribute that is given as None is left out.
    """
    implied = {name: _implied(kind.__annotations__[name]) for name in kind.__match_args__ if name not in shapes}
    ordered = {name: implied.get(name) for name in kind.__match_args__} | shapes
    shape = Record(called or kind.__name__, needed, {name: shape for name, shape in ordered.items() if shape is not None})
    _IMPLIED.setdefault(kind.__name__, shape)
    return shape


def _implied(annotation: str) -> Shape:
    shape = _IMPLIED[annotation.removesuffix(" | None")]
    # A record or None is left out of a document where it is None.
    return Maybe(shape) if annotation.endswith(" | None") and not isinstance(shape, Record) else shape


META = Entries(NAMED, TEXT, MOST_NAMES)
STAND_INS = Items(TEXT, MOST_STAND_INS)
ALIAS = _record(Alias, "name means", name=TEXT, means=TEXT, until=MOMENT)
ABSENCE = _record(Absence, "on retired", on=Words(SECOND), use=STAND_INS)
_LENGTH = {
    "shortest": Whole(0, MOST_LEAST_TEXT),
    "longest": Maybe(Whole()),
    "unit": OneOf("characters", "words", "bytes"),
}
LENGTH = _record(Length, "", **_LENGTH)
LENGTHS = _record(Text, "", **_LENGTH, also=Items(LENGTH, MOST_UNITS - 1))
NUMBERS = _record(Numbers, "", step=Maybe(STEP))
WHOLES = _record(Numbers, "", "Wholes", min=Maybe(Whole()), max=Maybe(Whole()), step=Maybe(Whole(1)))
MANY = _record(Numbers, "", "Many", min=Maybe(Whole(0, MOST_LEAST_LIST)), max=Maybe(Whole(0, MOST_LIST)), step=OneOf(1))
RATIOS = _record(Ratios, "", min=Maybe(Words(RATIO)), max=Maybe(Words(RATIO)))
SIZES = _record(Sizes, "", edge=WHOLES, area=WHOLES)
LOOKUP = _record(Lookup, "by table", by=Items(NAMED, 2, 1), table=TABLE)
FOLLOWS = _record(
    Follows,
    "of",
    of=Items(NAMED, MOST_OPTIONS, 1),
    measure=Maybe(OneOf("pixels", "longest", "shortest", "total")),
    unit=Whole(1),
)
TEST = _record(Test, "name", name=NAMED, any=Items(Maybe(SCALAR), MOST_VALUES), none=Items(Maybe(SCALAR), MOST_VALUES))
TESTS = Items(TEST, 2 * MOST_OPTIONS)
_IMPLIED["Condition"] = TESTS
LIMIT = _record(Limit, "", needs=Items(NAMED, MOST_OPTIONS))
BADGE = _record(Badge, "text", style=Maybe(NAMED), since=MOMENT, until=MOMENT)
FIELD = _record(Field, "name", name=NAMED, text=LENGTHS)
FIELDS = Items(FIELD, MOST_OPTIONS)
VALUE = _record(Value, "name label", name=TEXT, badges=Items(BADGE, MOST_NAMES), use=STAND_INS, meta=META)
OPTION = _record(
    Option,
    "name label",
    name=NAMED,
    values=Items(VALUE, MOST_VALUES),
    default=Maybe(SCALAR),
    many=MANY,
    snap=Maybe(OneOf("nearest", "down", "up")),
    ignored=Items(LIMIT, MOST_LIMITS),
    gone=Entries(TEXT, ABSENCE, MOST_VALUES),
    aliases=Items(ALIAS, MOST_VALUES * MOST_NAMES),
    meta=META,
)
SEND = _record(Send, "path", name=Maybe(NAMED), constant=Maybe(CONSTANT), form=Maybe(Words(FORM)))
CELL = _record(
    Cell,
    "values",
    values=Items(Maybe(TEXT), 3 * MOST_OPTIONS),
    credits=Maybe(PRICE),
    gates=Items(NAMED, MOST_GATES),
    regular=Maybe(PRICE),
)
GATE_RULE = _record(GateRule, "when gates", gates=Items(NAMED, MOST_GATES_AT_ONCE))
LINE = _record(Line, "", per=Maybe(NAMED))
FORMULA = _record(
    Formula,
    "",
    times=Items(LINE, MOST_LINES),
    plus=Items(LINE, MOST_LINES),
    each=Items(NAMED, MOST_OPTIONS),
    rounding=Maybe(OneOf("up", "down", "nearest")),
    step=STEP,
)
_MODEL = {
    "id": IDENTIFIER,
    "type": NAMED,
    "options": Items(OPTION, 3 * MOST_OPTIONS),
    "body": Items(SEND, 2 * MOST_SENDS + 2 * MOST_OPTIONS + 2),
    "cells": Items(CELL, MOST_COMBINATIONS),
    "badges": Items(BADGE, MOST_NAMES),
    "limits": Items(LIMIT, MOST_LIMITS),
    "fields": FIELDS,
    "gates": Items(GATE_RULE, MOST_LIMITS),
    "aliases": Items(ALIAS, MOST_OPTIONS * MOST_NAMES),
    "use": Items(IDENTIFIER, MOST_STAND_INS),
    "released": Maybe(Words(DAY)),
    "meta": META,
    "request": Maybe(Words(REQUEST)),
    "refused": Entries(NAMED, LABEL, MOST_REFUSED),
}
CHANGED = _record(Model, "id label type options body cells", "ChangedModel", **_MODEL, changes=None)
CHANGE = _record(Change, "at model", at=Words(SECOND), model=CHANGED)
MODEL = _record(Model, "id label type options body cells", **_MODEL, changes=Items(CHANGE, MOST_CHANGES))
GATE = _record(
    Gate, "name opens_with label", name=NAMED, opens_with=Items(TEXT, MOST_NAMES), icon=Maybe(NAMED), action=Maybe(NAMED)
)
TYPE = _record(Type, "name fields refused", name=NAMED, fields=FIELDS, refused=Entries(NAMED, LABEL, MOST_REFUSED))
STATES = Items(TEXT, MOST_NAMES)
RESULT = _record(Result, "state running succeeded failed main", running=STATES, succeeded=STATES, failed=STATES)
WHOLE = _record(
    Table,
    "language gates types models",
    language=OneOf(1),
    gates=Items(GATE, MOST_GATES),
    types=Items(TYPE, MOST_TYPES),
    models=Items(MODEL, MOST_MODELS),
    aliases=Items(ALIAS, MOST_MODELS * MOST_NAMES),
    languages=Items(Words(LANGUAGE), MOST_NAMES),
    messages=Entries(Words(LANGUAGE), Entries(NAMED, TEXT, MOST_NAMES), MOST_NAMES),
    facts=Items(OPTION, MOST_OPTIONS),
    own_facts=Items(NAMED, MOST_MODELS * MOST_OPTIONS),
    currency=Words(f"({CURRENCY})|(^{CREDITS}$)"),
    default=Maybe(IDENTIFIER),
)
HEAD = Record("Table", "language gates types models", {**WHOLE.attributes, "models": Items(MODEL, 0)})
"""A table without its models, which are on lines of their own and are verified one by one."""

RECORDS = (
    *(
        ALIAS,
        ABSENCE,
        LENGTHS,
        LENGTH,
        NUMBERS,
        WHOLES,
        MANY,
        RATIOS,
        SIZES,
        FOLLOWS,
        LOOKUP,
        TEST,
        LIMIT,
        BADGE,
        FIELD,
        VALUE,
        OPTION,
    ),
    *(SEND, CELL, GATE_RULE, LINE, FORMULA, CHANGED, CHANGE, MODEL, GATE, TYPE, RESULT, WHOLE),
)
"""All records, for the definitions of the JSON Schema."""
