"""How numbers are shown in tables."""

from __future__ import annotations


def short(number: float) -> str:
    """Return a number with as many digits as it deserves."""
    return f"{number:.2f}" if number < 10 else f"{number:,.1f}" if number < 100 else f"{number:,.0f}"


def mib(size: float) -> str:
    """Return a size in MiB."""
    return f"{size / 2**20:.1f} MiB"
