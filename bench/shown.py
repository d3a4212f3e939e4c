"""The format of numbers in tables."""

from __future__ import annotations


def short(number: float) -> str:
    """Return a number as text: with two decimals below 10, one below 100, and none from there on."""
    return f"{number:.2f}" if number < 10 else f"{number:,.1f}" if number < 100 else f"{number:,.0f}"


def mib(size: float) -> str:
    """Return a size in MiB as text."""
    return f"{size / 2**20:.1f} MiB"
