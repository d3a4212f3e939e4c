"""Records that are filled in when somebody looks: most callers of a refusal ask for little of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

put = object.__setattr__
"""Sets an attribute of a frozen record."""


class Unseen:
    """
    A frozen record, some of whose attributes are found at the first look.

    `_fill` is a function with its arguments, behind which it is given the record and the name of the attribute that is
    wanted. It puts that one there, and others that are known then; a new `_fill`, which is asked from then on, comes last.
    Two threads that look at once find the same.
    """

    __slots__ = ("_fill",)

    _fill: tuple[Any, ...]

    if not TYPE_CHECKING:  # pragma: no branch  # or any attribute at all would be known

        def __getattr__(self, name: str) -> Any:
            """Return an attribute that no slot holds yet."""
            if name not in type(self).__match_args__:
                raise AttributeError(f"{type(self).__name__} has no {name}", name=name, obj=self)
            # Another thread may have filled it in meanwhile, and left nothing to ask.
            fill = self._fill
            if fill:
                fill[0](*fill[1:], self, name)
            return object.__getattribute__(self, name)
