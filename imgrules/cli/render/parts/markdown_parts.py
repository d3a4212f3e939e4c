"""What the Markdown outputs share: texts of rule files as plain text, which is neither markup nor a mention nor a link."""

from __future__ import annotations

import re

from imgrules.cli.render.parts.text_parts import safe

_BREAK = "<!-- -->"
"""Shows nothing, and parts what GitHub would make a mention, a reference or a link of, even where it is escaped."""


def plain(text: str) -> str:
    """Return a text of a rule file as Markdown that shows exactly this text, in a table too."""
    escaped = re.sub(r"[\\`*_{}\[\]<#|~&$]", r"\\\g<0>", safe(text))
    return re.sub(r"(?i)@|#|://|\bwww(?=\.)|\bgh(?=-\d)", rf"\g<0>{_BREAK}", escaped)
