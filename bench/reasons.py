"""The message of a failed program, in a form that results may show."""

from __future__ import annotations

import re

_LONGEST = 200


def reason(text: str) -> str:
    """Return one line without the addresses and paths of the machine."""
    return re.sub(r"\S*[/\\]\S*", "...", " ".join(text.split()))[:_LONGEST]
