"""Characters that a terminal must not receive: they steer it, or show a text otherwise than it is."""

from __future__ import annotations

import re

_STEERING = (
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f"  # control characters, without the end of a line
    r"\u2028\u2029"  # other ends of a line
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # what turns the direction of a text
    r"\ud800-\udfff]"  # lone surrogates, which no encoding can carry
)


def escaped(text: str) -> str:
    r"""
    Return a text that a terminal may receive: what steers it is written as `\u001b`.

    Strings of JSON keep their meaning, for JSON reads this escape as the very character.
    """
    # Compiled when it is first needed: nearly every text is free of all this.
    return text if text.isprintable() else re.sub(_STEERING, lambda found: f"\\u{ord(found[0]):04x}", text)
