"""Escape the characters that a terminal must not receive: control characters, and those that change how a text is shown."""

from __future__ import annotations

import re

_CONTROL = (
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f"  # control characters, except for the line feed
    r"\u2028\u2029"  # line and paragraph separators
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # bidirectional formatting characters
    r"\ud800-\udfff]"  # unpaired surrogates, which UTF-8 cannot encode
)


def escaped(text: str) -> str:
    r"""
    Return a text that is safe to print on a terminal: each control character becomes an escape such as `\u001b`.

    A JSON document stays equal, because JSON reads this escape as the same character.
    """
    # The pattern is compiled at its first use: nearly every text is printable and needs none.
    return text if text.isprintable() else re.sub(_CONTROL, lambda match: f"\\u{ord(match[0]):04x}", text)


def encodable(text: str) -> str:
    """Return a text, such as the name of a file, with unpaired surrogates as escapes, so that UTF-8 can encode it."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def no_command(text: str) -> str:
    """Return a text in which a runner of GitHub finds no command of the older form, which stands anywhere in a line."""
    return text.replace("##[", "## [") if "##[" in text else text
