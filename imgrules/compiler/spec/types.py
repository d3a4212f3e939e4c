"""
The types that the fields of rule files have: names, labels, amounts, moments and conditions.

A spec holds exactly what the author wrote; no default is filled in here. Editors show the first sentence of each
description at its field.
"""

# No `from __future__ import annotations` here: pydantic would have to evaluate each annotation when a command starts.
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, WithJsonSchema
from typing_extensions import TypeAliasType

from imgrules.table.caps import MOST_GATES_AT_ONCE, MOST_NAMES, MOST_OPTIONS, MOST_PATH, MOST_STAND_INS, MOST_VALUES
from imgrules.table.verify import patterns


class Role(Enum):
    """What a value of a rule file is for, as metadata in its annotation: `walk` yields the values of a role with their paths."""

    ACCEPT = "warnings that are right where they stand"
    ALIASES = "other names of something"
    CONDITION = "options with what each has to match"
    CONSTANT = "what is sent as it is: a value, a list, or the entries of a table"
    GATE = "the name of a gate that has to be open"
    LABEL = "a text that users read"
    MOMENT = "a day or a second in UTC"
    OPTION = "the name of an option, outside of conditions and tables"
    SEND = "where something is sent: a path, or false"
    PRICE = "a price of a model as a whole, and not a promotional one"

    __hash__ = object.__hash__  # that of an enum is a function in Python, and walks look up roles all the time


class Closed(BaseModel):
    """A block of a rule file: no key is accepted that is not named here."""

    # The validator of a kind of file holds those of its blocks, of which few are ever read alone: each is made when it is used.
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)


def definition(shape: Any) -> Any:
    """Return the type that a `TypeAliasType` names, and any other type as it is."""
    # pydantic makes the validator of a type with a name once, which pays where many fields have it.
    return shape.__value__ if isinstance(shape, TypeAliasType) else shape


def by_type(**tags: Any) -> Discriminator:
    """Return a discriminator by exact type, so that a mistake is reported against the form that was meant, or else the first one."""
    tag_of = {kind: tag for tag, kinds in tags.items() for kind in get_args(kinds) or (kinds,)}
    first = next(iter(tags))
    return Discriminator(lambda value: tag_of.get(type(value), first))


def by_form(**tags: Callable[[Any], bool]) -> Discriminator:
    """Return a discriminator that picks the first form whose test passes, or the first form if none does."""
    first = next(iter(tags))

    def form(value: Any) -> str:
        for tag, test in tags.items():
            if test(value):
                return tag
        return first

    return Discriminator(form)


def has_key(*names: str) -> Callable[[Any], bool]:
    """Return a test for a block that has at least one of these keys."""
    return lambda value: isinstance(value, dict) and any(name in value for name in names)


def is_switch(value: object) -> bool:
    """Whether a list of values is a switch: its first item is a boolean, or one is and the others are words for booleans."""
    if not isinstance(value, list) or not any(isinstance(item, bool) for item in value):
        return False
    return isinstance(value[0], bool) or all(map(truth_meant, value))


def truth_meant(value: object) -> str:
    """Return `true` or `false` for a boolean or a word such as `yes` or `off`, and an empty text for everything else."""
    return _TRUTHS.get(str(value).lower(), "") if isinstance(value, str | int) else ""


_TRUTHS = {
    **dict.fromkeys(("true", "yes", "on", "y", "1"), "true"),
    **dict.fromkeys(("false", "no", "off", "n", "0"), "false"),
}


_T = TypeVar("_T")
if TYPE_CHECKING:
    Maybe: TypeAlias = _T | None
else:

    class Maybe:
        """
        A field that may be left out; a key without a value is refused.

        pydantic checks no default: for it the field has the type that a value needs, which makes fewer validators.
        """

        def __class_getitem__(cls, kind: Any) -> Any:
            return kind


NAME, LANGUAGE, RATIO, FORM = patterns.NAME, patterns.LANGUAGE, patterns.RATIO, patterns.FORM
FILE_NAME, MODEL_ID = patterns.FILE_NAME, patterns.MODEL_ID
CURRENCY, AMOUNT = patterns.CURRENCY, patterns.AMOUNT
WIRE_PATH = r"^[A-Za-z_][A-Za-z0-9_]*(\[[0-9]\]){0,4}(\.[A-Za-z_][A-Za-z0-9_]*(\[[0-9]\]){0,4}){0,31}$"
MOMENT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?$"
DAY, REQUEST = patterns.DAY, patterns.REQUEST
CONTRACT = r"^[^/\\:\x00-\x1f][^\\:\x00-\x1f]*$"
URL = r"^https?://[^ ]+$"
CODE = r"^IR[0-9]{3}$"
PATTERNS = {
    NAME: "a name has small letters, digits and `_`, and begins with a letter",
    FILE_NAME: "the name of a model file has small letters, digits, `.`, `_` and `-`, and begins with a letter or a digit",
    MODEL_ID: "a model's id has no spaces, and does not begin with `_`",
    AMOUNT: "write a number without quotes, such as 5, `about 5` for an estimate, or `unknown`",
    "^any$": "write a number without quotes, such as 0.5, or `any`",
    WIRE_PATH: "a wire path has at most 32 names joined by dots, each with at most 4 places, such as `extra_config.output.quality` or `images[0].url`",
    LANGUAGE: "a language is a BCP 47 tag, such as `en` or `pt-BR`",
    CURRENCY: "a currency is three capitals of ISO 4217, such as `USD`; without one, prices are in credits",
    MOMENT: 'a moment is a day or a second in UTC, such as `"2026-12-01"` or `"2026-12-01T09:00:00Z"`',
    DAY: 'a day is written as `"2026-12-01"`, a month as `"2026-12"`',
    RATIO: 'an aspect ratio has a width and a height, such as `"16:9"`',
    FORM: "a form is text, number, boolean, list, width, height, or a text with {value}, {width} or {height}",
    REQUEST: "a request is a method and an address without braces, such as `POST /creations`",
    CONTRACT: "a contract is a path relative to this file, with `/`, such as `../schemas/creation.schema.json`",
    URL: "a source is an address that begins with http:// or https://",
    CODE: "a code has `IR` and three digits, such as `IR244`",
}
"""What each pattern requires, in words."""

Text: TypeAlias = Annotated[str, Field(min_length=1)]
Name: TypeAlias = Annotated[str, Field(pattern=NAME)]
OptionName: TypeAlias = Annotated[Name, Role.OPTION]
GateName: TypeAlias = Annotated[Name, Role.GATE]
ModelId: TypeAlias = Annotated[str, Field(pattern=MODEL_ID)]
WirePath: TypeAlias = Annotated[str, Field(pattern=WIRE_PATH, max_length=MOST_PATH)]
Send: TypeAlias = Annotated[
    Annotated[WirePath, Tag("<path>")] | Annotated[Literal[False], Tag("<nowhere>")],
    by_type(**{"<path>": str, "<nowhere>": bool}),
    Role.SEND,
]
"""Where something is sent in the request; `false` if it is not sent itself."""

Currency: TypeAlias = Annotated[str, Field(pattern=CURRENCY)]
ContractPath: TypeAlias = Annotated[str, Field(pattern=CONTRACT, max_length=MOST_PATH)]
RequestLine: TypeAlias = Annotated[str, Field(pattern=REQUEST, max_length=MOST_PATH)]
Meta: TypeAlias = Annotated[dict[Name, Text], Field(max_length=MOST_NAMES)]
LanguageTag: TypeAlias = Annotated[str, Field(pattern=LANGUAGE)]
Moment: TypeAlias = Annotated[str, Field(pattern=MOMENT), Role.MOMENT]
Day: TypeAlias = Annotated[str, Field(pattern=DAY), Role.MOMENT]
Form: TypeAlias = Annotated[str, Field(pattern=FORM)]
Translations: TypeAlias = Annotated[dict[LanguageTag, Text], Field(min_length=1, max_length=MOST_NAMES)]
Label = TypeAliasType(
    "Label",
    Annotated[
        Annotated[Text, Tag("<text>")] | Annotated[Translations, Tag("<languages>")],
        by_type(**{"<text>": str, "<languages>": dict}),
        Role.LABEL,
    ],
)
_NUMBER = {"type": "number"}
_AMOUNT = {"type": "number", "minimum": 0, "maximum": 1_000_000_000}
Number: TypeAlias = Annotated[int | Decimal, WithJsonSchema(_NUMBER)]
Positive: TypeAlias = Annotated[
    int | Decimal, Field(ge=Decimal("0.000001")), WithJsonSchema({"type": "number", "minimum": 0.000001})
]
Credits = TypeAliasType(
    "Credits",
    Annotated[
        Annotated[int | Decimal, Field(ge=0, le=1_000_000_000), WithJsonSchema(_AMOUNT), Tag("<number>")]
        | Annotated[str, Field(pattern=AMOUNT), Tag("<text>")],
        by_type(**{"<number>": int | Decimal, "<text>": str}),
    ],
)
Step: TypeAlias = Annotated[
    Annotated[
        int | Decimal, Field(ge=Decimal("0.000001")), WithJsonSchema({"type": "number", "minimum": 0.000001}), Tag("<number>")
    ]
    | Annotated[Literal["any"], Tag("<any>")],
    by_type(**{"<number>": int | Decimal, "<any>": str}),
]
Scalar: TypeAlias = Annotated[str | int | bool | Decimal, WithJsonSchema({"type": ["string", "number", "boolean"]})]
Picked: TypeAlias = Annotated[
    Annotated[Scalar, Tag("<one>")] | Annotated[list[Scalar], Field(max_length=MOST_VALUES), Tag("<list>")],
    by_type(**{"<one>": str | int | Decimal, "<list>": list}),
]
Whole: TypeAlias = Annotated[int, Field(ge=0)]
CodeId: TypeAlias = Annotated[str, Field(pattern=CODE)]
Accept: TypeAlias = Annotated[dict[CodeId, Text], Field(min_length=1, max_length=MOST_NAMES), Role.ACCEPT]
"""The codes of warnings that are accepted inside a block, each with the reason."""

OneOrMore: TypeAlias = Annotated[
    Annotated[Scalar, Tag("<one>")] | Annotated[list[Scalar], Field(min_length=1, max_length=MOST_VALUES), Tag("<any>")],
    by_type(**{"<one>": str | int | Decimal, "<any>": list}),
]


class RangeSpec(Closed):
    """A range of numbers, both ends included."""

    min: Maybe[Number] = Field(None, description="The smallest number of the range.")
    max: Maybe[Number] = Field(None, description="The greatest number of the range.")


class TestSpec(RangeSpec):
    """A test of an option: a range for a number or for the length of a list, `not` for any other value, or both."""

    __test__ = False  # pytest would collect a class with this name

    not_: Maybe[OneOrMore] = Field(
        None, alias="not", description="Any value but this one, or but these; also no value, unless `(none)` is among them."
    )


Condition = TypeAliasType(
    "Condition",
    Annotated[
        dict[
            Name,
            Annotated[
                Annotated[Scalar, Tag("<one>")]
                | Annotated[list[Scalar], Field(min_length=1, max_length=MOST_VALUES), Tag("<any>")]
                | Annotated[TestSpec, Tag("<test>")],
                by_type(**{"<one>": str | int | Decimal, "<any>": list, "<test>": dict}),
            ],
        ],
        Field(min_length=1, max_length=MOST_OPTIONS),
        Role.CONDITION,
    ],
)
"""Option names, each with the value, the values or the range to match, where `(none)` is no value; all have to match."""

GateNames: TypeAlias = Annotated[
    Annotated[GateName, Tag("<gate>")]
    | Annotated[list[GateName], Field(min_length=1, max_length=MOST_GATES_AT_ONCE), Tag("<gates>")],
    by_type(**{"<gate>": str, "<gates>": list}),
]
StandIns: TypeAlias = Annotated[
    Annotated[Text, Tag("<one>")] | Annotated[list[Text], Field(min_length=1, max_length=MOST_STAND_INS), Tag("<any>")],
    by_type(**{"<one>": str, "<any>": list}),
]
OptionNames: TypeAlias = Annotated[
    Annotated[OptionName, Tag("<option>")]
    | Annotated[list[OptionName], Field(min_length=1, max_length=MOST_OPTIONS), Tag("<options>")],
    by_type(**{"<option>": str, "<options>": list}),
]
Aliases = TypeAliasType(
    "Aliases",
    Annotated[
        Annotated[Text, Tag("<alias>")]
        | Annotated[list[Text], Field(max_length=MOST_NAMES), Tag("<aliases>")]
        | Annotated[dict[Text, Moment], Field(max_length=MOST_NAMES), Tag("<ending>")],
        by_type(**{"<alias>": str, "<aliases>": list, "<ending>": dict}),
        Role.ALIASES,
    ],
)


Constants: TypeAlias = Annotated[
    Annotated[Scalar, Tag("<value>")] | Annotated[list[Scalar], Field(max_length=MOST_VALUES), Tag("<values>")],
    by_type(**{"<value>": str | int | Decimal, "<values>": list}),
    Role.CONSTANT,
]


class DatedSpec(Closed):
    """Something that applies from one moment until another."""

    from_: Maybe[Moment] = Field(None, alias="from", description="The first moment at which it applies, in UTC.")
    until: Maybe[Moment] = Field(None, description="The first moment at which it no longer applies, in UTC.")


class SourceSpec(Closed):
    """The document that states a fact."""

    url: Maybe[Annotated[str, Field(pattern=URL)]] = Field(None, description="The address of the document.")
    checked: Maybe[Day] = Field(None, description='The day or the month in which it was read, such as `"2026-11-22"`.')
    note: Maybe[Text] = Field(None, description="What it says, or what it leaves open.")


Source = TypeAliasType(
    "Source",
    Annotated[
        Annotated[SourceSpec, Tag("<source>")]
        | Annotated[Text, Tag("<text>")]
        | Annotated[
            list[
                Annotated[
                    Annotated[SourceSpec, Tag("<source>")] | Annotated[Text, Tag("<text>")],
                    by_type(**{"<source>": dict, "<text>": str}),
                ]
            ],
            Field(min_length=1, max_length=MOST_NAMES),
            Tag("<sources>"),
        ],
        by_type(**{"<source>": dict, "<text>": str, "<sources>": list}),
    ],
)
