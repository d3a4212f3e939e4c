"""A model of too many gates is found."""

from __future__ import annotations

from collections.abc import Callable


def gates(count: int) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return a model that names so many gates, and a shared file that has them."""
    member = "  member: {opens_with: [member], label: {en: Members only}}\n"
    known = "".join(f"  g{each}: {{opens_with: [g], label: {{en: G}}}}\n" for each in range(count - 1))
    values = "".join(f"      v{each}: {{credits: 1, gate: g{each}}}\n" for each in range(count - 1))
    return [("examples:\n", f"{values}examples:\n")], [(member, member + known)]


def test_fires(found: Callable[..., list[str]]) -> None:
    """The first gate too many is pointed at."""
    edits, shared = gates(101)
    assert found("IR256", *edits, shared=shared) == ["nano.yaml:111:31 g99"]


def test_silent(found: Callable[..., list[str]]) -> None:
    """The cap itself is allowed."""
    edits, shared = gates(100)
    assert found("IR256", *edits, shared=shared) == []
