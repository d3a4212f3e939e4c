"""All codes of diagnostics, sorted by id."""

from __future__ import annotations

from imgrules.compiler import accept_codes, checks
from imgrules.compiler.bind import shape_codes
from imgrules.compiler.read import folder_codes, stray_punctuation, syntax_codes
from imgrules.compiler.report.diagnostics import Code

ALL: tuple[Code, ...] = tuple(
    sorted(
        (
            *syntax_codes.CODES,
            stray_punctuation.CODE,
            *shape_codes.CODES,
            *folder_codes.CODES,
            *checks.CODES,
            accept_codes.IDLE,
        ),
        key=lambda code: code.id,
    )
)
