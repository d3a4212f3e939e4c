"""Every code there is, in order of its id."""

from __future__ import annotations

from imgrules.compiler import checks, folder_codes, left_sign, shape_codes, syntax_codes
from imgrules.compiler.diagnostics import Code

ALL: tuple[Code, ...] = tuple(
    sorted(
        (*syntax_codes.CODES, left_sign.CODE, *shape_codes.CODES, *folder_codes.CODES, *checks.CODES), key=lambda each: each.id
    )
)
