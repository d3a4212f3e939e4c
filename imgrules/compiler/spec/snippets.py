"""What an editor proposes where a value is written: texts with blanks, in the form of yaml-language-server."""

from typing import Any

from imgrules.compiler.spec.types import AMOUNT, DAY, MOMENT, RATIO

# Without these, editors insert ratios and days without quotes, and other YAML readers turn those into numbers and dates.
RATIOS: list[Any] = [
    *({"label": f'"{ratio}"', "bodyText": f'"{ratio}"'} for ratio in ("1:1", "3:2", "2:3", "4:3", "3:4", "16:9", "9:16")),
    {"label": '"width:height"', "bodyText": '"${1:width}:${2:height}"', "description": "another ratio, in quotes"},
]
VALUES: list[Any] = [
    {"label": '["width:height"]', "bodyText": '["${1:width}:${2:height}"]', "description": "a list of ratios, in quotes"},
    {"label": "[value, value]", "bodyText": "[${1:value}, ${2:value}]", "description": "a list of values"},
    {
        "label": "value with details",
        "body": {"${1:value}": "{label: ${2:label}, credits: ${3:5}}"},
        "description": "a mapping: each value with its label and its price",
    },
]
# The only one of its place: an editor inserts it with the key.
OPTIONS: list[Any] = [
    {"label": "option with values", "body": {"${1:option}": {"values": "$2"}}, "description": "one of a few values is picked"}
]
_DAYS = [{"label": '"YYYY-MM-DD"', "bodyText": '"${1:YYYY}-${2:MM}-${3:DD}"', "description": "a day in UTC, in quotes"}]
_MONTHS = [*_DAYS, {"label": '"YYYY-MM"', "bodyText": '"${1:YYYY}-${2:MM}"', "description": "a month, in quotes"}]
_AMOUNTS = [
    {"label": "price", "bodyText": "${1:5}", "description": "an exact price"},
    {"label": "about", "bodyText": "about ${1:5}", "description": "an estimate"},
    {"label": "unknown", "bodyText": "unknown", "description": "a price that is not known; it is never treated as free"},
]

BY_PATTERN: dict[str, list[Any]] = {
    MOMENT: _DAYS,
    DAY: _MONTHS,
    AMOUNT: _AMOUNTS,
    RATIO: RATIOS,
}
"""What is proposed wherever a text has to match a pattern."""
