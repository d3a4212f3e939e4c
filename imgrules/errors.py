"""The exceptions of imgrules: raised at an operator or a programmer, never as the answer to a caller."""

from __future__ import annotations

from imgrules.escapes import escaped


class ImgrulesError(Exception):
    """The base class of every exception that imgrules raises on purpose; its message is safe on a terminal or in a log."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*(escaped(argument) if isinstance(argument, str) else argument for argument in arguments))


class TableError(ImgrulesError):
    """A document is no compiled table, or was changed after it was built."""


class RulesError(ImgrulesError):
    """A folder of rules cannot be used; the message lists its mistakes with their places."""
