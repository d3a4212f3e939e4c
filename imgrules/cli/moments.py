"""Which moment a command asks about: here alone a clock is read."""

from __future__ import annotations

import argparse

from imgrules.cli.style import Style
from imgrules.cli.words import moment_words
from imgrules.errors import ImgrulesError
from imgrules.table.moments import NoMoment, moment
from imgrules.table.records import Table


def add_at(parser: argparse.ArgumentParser, purpose: str = "the moment that is asked about") -> None:
    """Add `--at`."""
    parser.add_argument(
        "--at", metavar="MOMENT", help=f"{purpose}, in UTC, such as 2026-12-01 or 2026-12-01T09:00:00Z (default: now)"
    )


def asked(args: argparse.Namespace) -> str:
    """
    Return the moment that the arguments name, else the present one.

    Raises:
        ImgrulesError: it is no moment.

    """
    from datetime import UTC, datetime  # noqa: PLC0415  `--help` needs no clock

    try:
        return moment(datetime.now(UTC) if args.at is None else args.at) or ""
    except NoMoment as error:
        raise ImgrulesError(f"--at: {error}{_in_utc(str(args.at))}") from error


def _in_utc(text: str) -> str:
    """Return how a moment of another zone is written in UTC, or nothing where it is none."""
    from datetime import UTC, datetime  # noqa: PLC0415  only a mistake needs it

    try:
        read = datetime.fromisoformat(text)
        return "" if read.utcoffset() is None else f"; in UTC this is {read.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    except (OverflowError, ValueError):
        return ""


def matters(table: Table, model: str | None, named: object) -> bool:
    """Return whether the answer about a model hangs on the moment: it changes, or one of its names ends."""
    names = [alias for alias in table.aliases if alias.name == named]
    sold = table.models.get(model or "")
    if sold is not None:
        names += (*sold.aliases, *(alias for option in sold.options.values() for alias in option.aliases))
    return bool(sold is not None and sold.changes) or any(alias.until is not None for alias in names)


def line(moment: str | None, until: str | None, style: Style) -> str:
    """Return the line that says which moment an answer is for, and until when it stays."""
    text = f"at {moment_words(moment or '')}" + (f", until {moment_words(until)}" if until else "")
    return style("dim", text)
