"""Protection for the file that a build replaces: it must be a table, and most of its models must stay."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from imgrules.errors import ImgrulesError
from imgrules.quoting import printable, quoted

_NAMED = 8


def loss_of_models(path: Path, models: Collection[str]) -> str | None:
    """
    Return a message if more than half of the models of the table in a file are missing from `models`; else None.

    Raises:
        ImgrulesError: the file is not empty, and not a compiled table.

    """
    before = _models(path)
    gone = [model for model in before if model not in models]
    if 2 * len(gone) <= len(before):
        return None
    more = f" and {len(gone) - _NAMED} more" if len(gone) > _NAMED else ""
    named = ", ".join(map(quoted, gone[:_NAMED])) + more
    count = f"{len(gone)} of {len(before)} model" + ("" if len(before) == 1 else "s")
    return f"{count} of {printable(str(path))} would be removed: {named}; nothing is written; use `--allow-fewer` to replace it"


def _models(path: Path) -> list[str]:
    """Return the ids of the models in a table of any format version; none if there is no file, an empty one, or a pipe."""
    raw = path.read_bytes() if path.is_file() else b""
    if not raw.strip():
        return []
    try:
        document: Any = json.loads(raw)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict) or not {"format", "digest", "table"} <= document.keys():
        raise ImgrulesError(
            f"{printable(str(path))} is not a compiled table, so it is not replaced; delete it, or name another file"
        )
    models = document["table"].get("models") if isinstance(document["table"], dict) else None
    listed = models if isinstance(models, list) else []
    return [model["id"] for model in listed if isinstance(model, dict) and isinstance(model.get("id"), str)]
