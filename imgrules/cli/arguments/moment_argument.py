"""The moment that a command asks about; only this module reads a clock."""

from __future__ import annotations

import argparse

from imgrules.cli.printing.style import Style
from imgrules.errors import ImgrulesError
from imgrules.table.moments import NoMoment, moment, moment_words
from imgrules.table.records import Table


def add_at(parser: argparse.ArgumentParser, purpose: str = "the moment of the question") -> None:
    """Add `--at`."""
    parser.add_argument(
        "--at", metavar="MOMENT", help=f"{purpose}, in UTC, such as 2026-12-01 or 2026-12-01T09:00:00Z (default: now)"
    )


def asked(args: argparse.Namespace) -> str:
    """
    Return the moment of `--at` in UTC, else the present one.

    Raises:
        ImgrulesError: `--at` is not a moment.

    """
    from datetime import UTC, datetime  # noqa: PLC0415  `--help` needs no clock

    try:
        return moment(datetime.now(UTC) if args.at is None else args.at) or ""
    except NoMoment as error:
        raise ImgrulesError(f"--at: {error}{_in_utc(str(args.at))}") from error


def _in_utc(text: str) -> str:
    """Return a hint with a moment of another time zone in UTC; empty if the text is not such a moment."""
    from datetime import UTC, datetime  # noqa: PLC0415  only a mistake needs it

    try:
        read = datetime.fromisoformat(text)
        return "" if read.utcoffset() is None else f"; in UTC this is {read.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    except (OverflowError, ValueError):
        return ""


def depends_on_moment(table: Table, model: str | None, named: object) -> bool:
    """Whether the answer about a model depends on the moment: the model changes, or an alias expires."""
    names = [alias for alias in table.aliases if alias.name == named]
    sold = table.models.get(model or "")
    if sold is not None:
        names += (*sold.aliases, *(alias for option in sold.options.values() for alias in option.aliases))
    return bool(sold is not None and sold.changes) or any(alias.until is not None for alias in names)


def line(moment: str | None, until: str | None, style: Style) -> str:
    """Return the line with the moment of an answer, and the moment until which it is valid."""
    text = f"at {moment_words(moment or '')}" + (f", until {moment_words(until)}" if until else "")
    return style("dim", text)
