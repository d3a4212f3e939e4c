"""The errors that are raised: at an operator or a programmer, never as an answer to a caller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imgrules.engine.escapes import escaped

if TYPE_CHECKING:
    from imgrules.engine.decision import Decision


_SAID = 8


class ImgrulesError(Exception):
    """The parent of every error that imgrules raises on purpose; its sentence may be printed on a terminal or in a log."""

    def __init__(self, *said: object) -> None:
        super().__init__(*(escaped(each) if isinstance(each, str) else each for each in said))


class TableError(ImgrulesError):
    """An operator gave a document that is no compiled table, or one that was changed after it was built."""


class RulesError(ImgrulesError):
    """An operator gave a folder of rules that cannot be used; the sentence lists the mistakes with their places."""


class Refused(ImgrulesError):  # noqa: N818  it carries an answer; the name is the public contract
    """A program asked for a request body that the rules do not allow; `decision` says why, in full."""

    @property
    def decision(self) -> Decision:
        """The whole answer."""
        decision: Decision = self.args[0]
        return decision

    def __str__(self) -> str:
        """Give the first reasons on one line."""
        reasons = self.decision.reasons
        more = f"; and {len(reasons) - _SAID} more" if len(reasons) > _SAID else ""
        return escaped(f"{self.decision.status}: " + "; ".join(reasons[:_SAID]) + more)
