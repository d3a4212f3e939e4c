"""Changes of a block that keep its layout, beyond those that replace or delete one place."""

from __future__ import annotations

from imgrules.compiler.report.diagnostics import Change


class Addition(Change):
    """Further entries behind the entry at the place, in the style of its block; `text` has one entry a line, without dashes."""

    __slots__ = ()


class Unwrapping(Change):
    """The entries of the block at the place, in place of the block and its key; `text` has no meaning."""

    __slots__ = ()


class Keying(Change):
    """The name or the list of names at the place becomes a block, in which each name has the value `text`."""

    __slots__ = ()


class Shortening(Change):
    """The short `text` in place of the value at the place, on the line of its key."""

    __slots__ = ()
