"""
The attributes of the records of a compiled table, with their shapes: the one source for verification and JSON Schema.

A test proves that these are exactly the attributes of the records. An attribute that is a record or None is left out of a
document if it is None.
"""

from __future__ import annotations

from decimal import Decimal

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
    MOST_TEXT,
    MOST_TYPES,
    MOST_UNITS,
    MOST_VALUES,
)
from imgrules.table.verify.patterns import FORM, KEY, LANGUAGE, MODEL_ID, NAME, RATIO, SECOND
from imgrules.table.verify.predicates import Amount, Either, Entries, Flag, Items, Maybe, OneOf, Record, Whole, Words

TEXT = Words(most=MOST_TEXT)
ANY_TEXT = Words(most=MOST_TEXT, least=0)
NAMED = Words(NAME)
IDENTIFIER = Words(MODEL_ID)
MOMENT = Maybe(Words(SECOND))
LABEL = Either(text=TEXT, row=Entries(Words(LANGUAGE), TEXT, MOST_NAMES, 1))
NUMBER = Amount()
PRICE = Amount(0, 1_000_000_000)
STEP = Amount(Decimal("0.000001"))
SCALAR = Either(text=ANY_TEXT, number=NUMBER)
ONE = Either(text=ANY_TEXT, number=NUMBER, flag=Flag())
CONSTANT = Either(text=ANY_TEXT, number=NUMBER, flag=Flag(), many=Items(ONE, MOST_VALUES))
ROW = Entries(ANY_TEXT, CONSTANT, MOST_VALUES)
TABLE = Entries(ANY_TEXT, Either(text=ANY_TEXT, number=NUMBER, flag=Flag(), many=Items(ONE, MOST_VALUES), row=ROW), MOST_VALUES)
PATH = Items(Either(text=Words(KEY), number=Whole(0, MOST_PLACE)), MOST_DEPTH_OF_PATH, 1)

ALIAS = Record("Alias", "name means", {"name": TEXT, "means": TEXT, "until": MOMENT})
ABSENCE = Record("Absence", "on retired", {"on": Words(SECOND), "retired": Flag(), "use": Maybe(TEXT)})
LENGTH = Record(
    "Text",
    "",
    {"shortest": Whole(0, MOST_LEAST_TEXT), "longest": Maybe(Whole()), "unit": OneOf("characters", "words", "bytes")},
)
NUMBERS = Record("Numbers", "", {"min": Maybe(NUMBER), "max": Maybe(NUMBER), "step": Maybe(STEP)})
WHOLES = Record("Wholes", "", {"min": Maybe(Whole()), "max": Maybe(Whole()), "step": Maybe(Whole(1))})
MANY = Record("Many", "", {"min": Maybe(Whole(0, MOST_LEAST_LIST)), "max": Maybe(Whole(0, MOST_LIST)), "step": OneOf(1)})
RATIOS = Record("Ratios", "", {"min": Maybe(Words(RATIO)), "max": Maybe(Words(RATIO))})
SIZES = Record("Sizes", "", {"edge": WHOLES, "area": WHOLES, "ratio": RATIOS})
FOLLOWS = Record(
    "Follows",
    "",
    {"of": Maybe(NAMED), "pixels": Items(NAMED, 2), "unit": Whole(1), "total": Items(NAMED, MOST_OPTIONS)},
)
LOOKUP = Record("Lookup", "by table", {"by": Items(NAMED, 2, 1), "table": TABLE})
TEST = Record(
    "Test",
    "name",
    {
        "name": NAMED,
        "any": Items(SCALAR, MOST_VALUES),
        "none": Items(SCALAR, MOST_VALUES),
        "min": Maybe(NUMBER),
        "max": Maybe(NUMBER),
        "given": Maybe(Flag()),
    },
)
TESTS = Items(TEST, MOST_OPTIONS)
LIMIT = Record(
    "Limit",
    "",
    {"when": TESTS, "only": TESTS, "never": TESTS, "needs": Items(NAMED, MOST_OPTIONS), "because": Maybe(LABEL)},
)
BADGE = Record("Badge", "text", {"text": LABEL, "style": Maybe(NAMED), "since": MOMENT, "until": MOMENT})
FIELD = Record("Field", "name", {"name": NAMED, "required": Flag(), "text": LENGTH, "also": Items(LENGTH, MOST_UNITS)})
FIELDS = Items(FIELD, MOST_OPTIONS)
VALUE = Record(
    "Value",
    "name label",
    {
        "name": TEXT,
        "label": LABEL,
        "badges": Items(BADGE, MOST_NAMES),
        "min": Maybe(NUMBER),
        "max": Maybe(NUMBER),
    },
)
OPTION = Record(
    "Option",
    "name label",
    {
        "name": NAMED,
        "label": LABEL,
        "values": Items(VALUE, MOST_VALUES),
        "default": Maybe(SCALAR),
        "defaults": LOOKUP,
        "number": NUMBERS,
        "size": SIZES,
        "ratio": RATIOS,
        "text": LENGTH,
        "many": MANY,
        "follows": FOLLOWS,
        "optional": Flag(),
        "snap": Flag(),
        "when": TESTS,
        "because": Maybe(LABEL),
        "ignored": Items(LIMIT, MOST_LIMITS),
        "gone": Entries(TEXT, ABSENCE, MOST_VALUES),
        "aliases": Items(ALIAS, MOST_VALUES * MOST_NAMES),
        "loose": Flag(),
        "switch": Flag(),
    },
)
SEND = Record(
    "Send",
    "path",
    {
        "path": PATH,
        "name": Maybe(NAMED),
        "constant": Maybe(CONSTANT),
        "lookup": LOOKUP,
        "form": Maybe(Words(FORM)),
    },
)
CELL = Record(
    "Cell",
    "values",
    {
        "values": Items(Maybe(TEXT), MOST_OPTIONS),
        "credits": Maybe(PRICE),
        "gates": Items(NAMED, MOST_GATES),
        "regular": Maybe(PRICE),
        "promoted": Flag(),
    },
)
GATE_RULE = Record("GateRule", "when gates", {"when": TESTS, "gates": Items(NAMED, MOST_GATES_AT_ONCE)})
LINE = Record(
    "Line",
    "",
    {"amount": Maybe(NUMBER), "lookup": LOOKUP, "when": TESTS, "per": Maybe(NAMED), "beyond": NUMBER},
)
FORMULA = Record(
    "Formula",
    "",
    {
        "times": Items(LINE, MOST_LINES),
        "plus": Items(LINE, MOST_LINES),
        "each": Maybe(NAMED),
        "rounding": Maybe(OneOf("up", "down", "nearest")),
        "step": STEP,
    },
)
_MODEL = {
    "id": IDENTIFIER,
    "label": LABEL,
    "type": NAMED,
    "options": Items(OPTION, MOST_OPTIONS),
    "body": Items(SEND, 2 * MOST_SENDS + 2 * MOST_OPTIONS + 2),
    "cells": Items(CELL, MOST_COMBINATIONS),
    "badges": Items(BADGE, MOST_NAMES),
    "limits": Items(LIMIT, MOST_LIMITS * MOST_OPTIONS),
    "fields": FIELDS,
    "gates": Items(GATE_RULE, MOST_LIMITS),
    "price": FORMULA,
    "aliases": Items(ALIAS, MOST_OPTIONS * MOST_NAMES),
    "gone": ABSENCE,
}
CHANGED = Record("ChangedModel", "id label type options body cells", _MODEL)
CHANGE = Record("Change", "at model", {"at": Words(SECOND), "model": CHANGED})
MODEL = Record("Model", "id label type options body cells", {**_MODEL, "changes": Items(CHANGE, MOST_CHANGES)})
GATE = Record(
    "Gate",
    "name opens_with label",
    {
        "name": NAMED,
        "opens_with": Items(TEXT, MOST_NAMES),
        "label": LABEL,
        "icon": Maybe(NAMED),
        "action": Maybe(NAMED),
    },
)
TYPE = Record("Type", "name fields refused", {"name": NAMED, "fields": FIELDS, "refused": Entries(NAMED, LABEL, MOST_REFUSED)})
STATES = Items(TEXT, MOST_NAMES)
RESULT = Record(
    "Result",
    "state running succeeded failed main",
    {
        "state": PATH,
        "running": STATES,
        "succeeded": STATES,
        "failed": STATES,
        "main": PATH,
        "thumbnail": Maybe(PATH),
        "artifacts": Maybe(PATH),
        "artifact_url": Maybe(PATH),
    },
)
_TABLE = {
    "language": OneOf(1),
    "gates": Items(GATE, MOST_GATES),
    "types": Items(TYPE, MOST_TYPES),
    "models": Items(MODEL, MOST_MODELS),
    "result": RESULT,
    "aliases": Items(ALIAS, MOST_MODELS * MOST_NAMES),
    "languages": Items(Words(LANGUAGE), MOST_NAMES),
    "messages": Entries(Words(LANGUAGE), Entries(NAMED, TEXT, MOST_NAMES), MOST_NAMES),
}
WHOLE = Record("Table", "language gates types models", _TABLE)
HEAD = Record("Table", "language gates types models", {**_TABLE, "models": Items(MODEL, 0)})
"""A table without its models, which are on lines of their own and are verified one by one."""

RECORDS = (
    *(ALIAS, ABSENCE, LENGTH, NUMBERS, WHOLES, MANY, RATIOS, SIZES, FOLLOWS, LOOKUP, TEST, LIMIT, BADGE, FIELD, VALUE, OPTION),
    *(SEND, CELL, GATE_RULE, LINE, FORMULA, CHANGED, CHANGE, MODEL, GATE, TYPE, RESULT, WHOLE),
)
"""All records, for the definitions of the JSON Schema."""
