"""The errors that are raised: at an operator or a programmer, never as an answer to a caller."""

from __future__ import annotations

from imgrules.escapes import escaped


class ImgrulesError(Exception):
    """The parent of every error that imgrules raises on purpose; its sentence may be printed on a terminal or in a log."""

    def __init__(self, *said: object) -> None:
        super().__init__(*(escaped(each) if isinstance(each, str) else each for each in said))


class TableError(ImgrulesError):
    """An operator gave a document that is no compiled table, or one that was changed after it was built."""


class RulesError(ImgrulesError):
    """An operator gave a folder of rules that cannot be used; the sentence lists the mistakes with their places."""
