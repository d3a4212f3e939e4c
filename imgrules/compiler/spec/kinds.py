"""The keys by which an option, or a fact, says what it takes."""

from __future__ import annotations

from imgrules.compiler.spec.model import PickedSpec
from imgrules.quoting import either

KINDS = tuple(field.alias or name for name, field in PickedSpec.model_fields.items())
"""The keys as an author writes them, such as `values` and `number`."""

RULES = either(f"{kind}:" for kind in KINDS if kind != "values")
"""Those that take values by a rule, in words."""

ANY_OF_THEM = f"`values:` with a list, or {RULES}"
"""All of them, in words."""
