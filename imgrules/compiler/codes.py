"""Every code there is, in order of its id."""

from __future__ import annotations

from imgrules.compiler import checks
from imgrules.compiler.bind import shape_codes
from imgrules.compiler.read import folder_codes, syntax_codes
from imgrules.compiler.read import foreign_signs as left_sign
from imgrules.compiler.report.diagnostics import Code

ALL: tuple[Code, ...] = tuple(
    sorted(
        (*syntax_codes.CODES, left_sign.CODE, *shape_codes.CODES, *folder_codes.CODES, *checks.CODES), key=lambda each: each.id
    )
)
