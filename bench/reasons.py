"""What a program said of its failure, as results may show it."""

from __future__ import annotations

import re

_LONGEST = 200


def reason(text: str) -> str:
    """Return one line without the addresses and paths of the machine on which it was said."""
    return re.sub(r"\S*[/\\]\S*", "...", " ".join(text.split()))[:_LONGEST]
