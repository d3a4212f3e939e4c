"""What is reported in place of a result where a command could not run."""

from __future__ import annotations

from imgrules.table.record_base import record


@record
class Failure:
    """Why a command, such as `diff`, could not run."""

    command: str
    message: str
