"""The JSON document of a command that could not run: what `check`, `test` and `diff` write in place of their report."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from imgrules.escapes import encodable

SCHEMA_VERSION: Literal[1] = 1


@dataclass(frozen=True)
class FailureDocument:
    """In place of a report: why the command could not run, as it also says on standard error."""

    schema_version: Literal[1]
    could_not_run: str


def document(message: str) -> dict[str, Any]:
    """Return the document of a command that could not run for a reason."""
    return asdict(FailureDocument(SCHEMA_VERSION, encodable(message)))
