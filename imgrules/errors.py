"""The exceptions of imgrules: for mistakes of an operator or a programmer; `decide` answers a refused selection without one."""

from __future__ import annotations

from imgrules.escapes import escaped


class ImgrulesError(Exception):
    """The base class of every exception that imgrules raises on purpose; its message is safe on a terminal or in a log."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*(escaped(argument) if isinstance(argument, str) else argument for argument in arguments))


class TableError(ImgrulesError):
    """Raised if a document is not a compiled table, was changed after it was built, or cannot be read."""


class RulesError(ImgrulesError):
    """Raised if a folder of rules cannot be used; the message lists its mistakes with file, line and column."""


class NoFact(ImgrulesError, ValueError):  # noqa: N818  as `NoMoment`
    """
    Raised if a catalog depends on a fact that is not stated, or if a stated fact cannot be used.

    `missing` are the facts that have to be stated, and `reason` says which model depends on them; without any, it is the message.
    """

    def __init__(self, reason: str, missing: tuple[str, ...] = ()) -> None:
        stating = ", ".join(f"{name!r}: ..." for name in missing)
        super().__init__(
            f"{reason}: state {'it' if len(missing) == 1 else 'them'} as `facts={{{stating}}}`" if missing else reason
        )
        self.reason, self.missing = escaped(reason), missing
