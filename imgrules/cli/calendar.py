"""
List what changes next, and for whom: models, values, prices, promotions, gates, badges and names.

  imgrules calendar
  imgrules calendar --grant member --at 2027-01-01
  imgrules calendar --fact plan=free
  imgrules calendar --all --format json > calendar.json

Without --fact, the changes are those at any facts of the service; with one, all facts that count have to be stated.
Exits with 1 if a file is left out because it has mistakes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from imgrules.cli.arguments import moment_argument
from imgrules.cli.arguments.rules_and_picks import add_facts, add_grants, add_language, add_rules, facts, open_rules
from imgrules.cli.printing.catalog_words import about_words, amount_words, condition_words, unit_word, when_words
from imgrules.cli.printing.style import Style, add_color
from imgrules.quoting import printable
from imgrules.table.codec import plain
from imgrules.table.moments import moment_words
from imgrules.table.terms import CREDITS
from imgrules.views.calendar import Calendar, calendar
from imgrules.views.changes import Event, What


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_grants(parser)
    add_facts(parser)
    moment_argument.add_at(parser, "list changes after this moment")
    parser.add_argument("--all", action="store_true", help="list every change, including those in the past")
    add_language(parser, "labels")
    add_rules(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="the format of the changes")
    add_color(parser)


def run(args: argparse.Namespace) -> int:
    """Print the changes for some grants, and return the exit code."""
    at = moment_argument.asked(args)
    rules, whole = open_rules(args)
    changes = calendar(rules.table, args.grant, args.language, None if args.all else at, facts(args, rules.table))
    if args.format == "json":
        print(json.dumps(plain(changes), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(changes, Style(sys.stdout, args.color))))
    return int(not whole)


def _lines(changes: Calendar, style: Style) -> Iterator[str]:
    if not changes.events:
        yield "nothing ever changes" if changes.at is None else f"nothing changes after {moment_words(changes.at)}"
    for moment, events in groupby(changes.events, lambda event: event.at):
        yield style("bold", moment_words(moment))
        for (model, label), group in groupby(events, lambda event: (event.model, event.label)):
            lines = [line(event, changes.currency) for event in group]
            head = f"  {printable(label)} ({model}):"
            yield from (f"{head} {lines[0]}",) if len(lines) == 1 else (head, *(f"    {text}" for text in lines))


def line(event: Event, currency: str = CREDITS) -> str:
    """Return a change as one line for a terminal."""
    return printable(_WORDS[event.what](event, currency))


def _subject(event: Event) -> str:
    """Return the part of a model that changes: a value, some combinations, or those of a condition."""
    if event.value is not None:
        return f"{event.option} {event.value}"
    return event.option or when_words(event.when) or condition_words(event.condition) or "every combination"


def _prices(event: Event, currency: str) -> str:
    before = about_words(event.before, estimate="before" in event.estimates)
    after = about_words(event.after, estimate="after" in event.estimates)
    unit = "" if event.after is None else f" {unit_word(event.after, currency)}"
    return f"{'base price ' if event.base else ''}{before} -> {after}{unit}{_count(event)}"


def _count(event: Event) -> str:
    return f", {event.offers} combination" + ("" if event.offers == 1 else "s") if event.offers else ""


def _use(event: Event) -> str:
    return f"; use {' or '.join(event.use)}" if event.use else ""


def _comes(event: Event, currency: str) -> str:
    base = "base price " if event.base else ""
    return f"{_subject(event)} becomes available" + (
        "" if event.after is None else f", {base}{amount_words(event.after, currency, estimate='after' in event.estimates)}"
    )


def _gate(event: Event, verb: str) -> str:
    return f"{_subject(event)}: {verb} `{event.gate.name if event.gate else ''}`{_count(event)}"


def _badge(event: Event, verb: str) -> str:
    where = "" if event.value is None else f"{_subject(event)}: "
    return f"{where}badge {event.badge.text if event.badge else ''} {verb}"


def _alias(event: Event, _: str) -> str:
    (means,) = event.use
    named = means if event.option is None or event.value is None else f"{event.option} {means}"
    return f"the alias {event.name} of {named} ends"


_WORDS: Mapping[What, Callable[[Event, str], str]] = {
    What.MODEL_COMES: lambda *_: "becomes available",
    What.MODEL_GOES: lambda event, _: f"is retired{_use(event)}",
    What.VALUE_COMES: _comes,
    What.VALUE_GOES: lambda event, _: f"{_subject(event)} is retired{_use(event)}",
    What.OFFER_COMES: lambda event, _: f"{_subject(event)} can be picked{_count(event)}",
    What.OFFER_GOES: lambda event, _: f"{_subject(event)} can no longer be picked{_count(event)}",
    What.PRICE: lambda event, currency: f"{_subject(event)}: {_prices(event, currency)}",
    What.PROMOTION_BEGINS: lambda event, currency: f"{_subject(event)}: promotion, {_prices(event, currency)}",
    What.PROMOTION_ENDS: lambda event, currency: f"{_subject(event)}: promotion ends, {_prices(event, currency)}",
    What.FORMULA: lambda *_: "the price formula changes",
    What.GATE_CLOSES: lambda event, _: _gate(event, "locked by"),
    What.GATE_OPENS: lambda event, _: _gate(event, "no longer locked by"),
    What.BADGE_APPEARS: lambda event, _: _badge(event, "appears"),
    What.BADGE_VANISHES: lambda event, _: _badge(event, "disappears"),
    What.ALIAS_ENDS: _alias,
}
"""The sentence of each kind of change."""
