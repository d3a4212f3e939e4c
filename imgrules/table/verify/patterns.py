"""Regular expressions of names and words, for rule files and for compiled tables."""

from __future__ import annotations

NAME = r"^[a-z][a-z0-9_]*$"
FILE_NAME = r"^[a-z0-9][a-z0-9._-]*$"
# Python, Rust and JavaScript differ in which controls are spaces.
MODEL_ID = r"^[^\s_\x00-\x1f\x7f-\x9f][^\s\x00-\x1f\x7f-\x9f]*$"
REQUEST = r"^[A-Z]+ [^\s{}]+$"
KEY = r"^[A-Za-z_][A-Za-z0-9_]*$"
# At most 15 digits, as a number has: the zeros before a fraction are none, and the more digits stand before the point, the
# fewer stand after it.
_FRACTION = r"0(\.[0-9]{1,14}|\.0{0,13}[1-9][0-9]{0,14})?"
_MORE = "|".join(rf"[1-9][0-9]{{{more}}}(\.[0-9]{{1,{14 - more}}})?" for more in range(9))
AMOUNT = rf"^(unknown|about ({_FRACTION}|{_MORE}|1000000000))$"
CURRENCY = r"^[A-Z]{3}$"
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*$"
DAY = r"^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$"
SECOND = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"
RATIO = r"^[1-9][0-9]{0,4}:[1-9][0-9]{0,4}$"
FORM = r"^(text|number|boolean|list|width|height|.*\{(value|width|height)\}.*)$"
