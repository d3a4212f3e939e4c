"""A model with too many gates is reported."""

from __future__ import annotations

from collections.abc import Callable


def gates(count: int) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return edits of the model that use as many gates, and edits of the shared file that declare them."""
    member = "  member: {opens_with: [member], label: {en: Members only}}\n"
    declared = "".join(f"  g{number}: {{opens_with: [g], label: {{en: G}}}}\n" for number in range(count - 1))
    values = "".join(f"      v{number}: {{credits: 1, gate: g{number}}}\n" for number in range(count - 1))
    return [("examples:\n", f"{values}examples:\n")], [(member, member + declared)]


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """The first gate beyond the cap is reported."""
    edits, shared = gates(101)
    assert places_of("IR256", *edits, shared=shared) == ["nano.yaml:111:31 g99"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """The cap itself is allowed."""
    edits, shared = gates(100)
    assert places_of("IR256", *edits, shared=shared) == []
