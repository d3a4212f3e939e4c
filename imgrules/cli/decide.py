"""
Decide whether a selection is possible, what it costs, and if not, why; if options are missing, show what is still open.

  imgrules decide gpt-image-2 --ratio 1:1 --quality high
  imgrules decide gpt-image-2 --ratio 1:1 --quality high --grant member
  imgrules decide gpt-image-2 --set ratio=1:1 --set quality=low --format json
  imgrules decide gpt-image-2 --ratio 1:1 --quality low --at 2027-01-01 --language de
  imgrules decide MODEL --set outputs=2 --set references=a.png --set references=b.png

For a number option, `--set outputs=2` is read as a number; repeat `--set` for each entry of a list option,
or use `--set 'references=["a.png", "b.png"]'`; `--set references=` is an empty list.
Exits with 1 if the selection is locked or impossible.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Iterable, Iterator

from imgrules.cli.arguments import moment_argument
from imgrules.cli.arguments.rules_and_picks import add_language, add_rules, add_selection, facts, open_rules, selection
from imgrules.cli.printing.catalog_words import about_words, amount_words, picked_words, row, value_words
from imgrules.cli.printing.style import Style, add_color
from imgrules.engine.decision import Decision, Status
from imgrules.engine.decision_records import Repair, ViolationCode
from imgrules.errors import NoFact
from imgrules.quoting import printable, quoted, shown
from imgrules.table.records import MODEL, Table
from imgrules.views.catalog.catalog_document import option_documents
from imgrules.views.catalog.catalog_records import OptionOffer
from imgrules.views.choices import choices

_KINDS = {Status.ALLOWED: "good", Status.LOCKED: "warning", Status.IMPOSSIBLE: "error"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_selection(parser)
    add_language(parser, "messages and labels")
    add_rules(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="the format of the decision")
    add_color(parser)


def run(args: argparse.Namespace) -> int:
    """Decide a selection, print the decision, and return the exit code: 0 if it is allowed."""
    at = moment_argument.asked(args)
    rules, _ = open_rules(args, args.model)
    picked = selection(args, rules.table, at)
    stated = facts(args, rules.table, args.model)
    decision = rules.decide(picked, args.grant, args.language, at, stated)
    try:
        still_open = choices(rules.table, picked, args.grant, args.language, at, stated)
    except NoFact:
        still_open = ()  # the decision says which fact cannot be used, or is missing
    if args.format == "json":
        print(json.dumps({**decision.as_dict(), "at": at, "open": option_documents(still_open)}, ensure_ascii=False))
    else:
        dated = at if moment_argument.depends_on_moment(rules.table, decision.model, args.model) else None
        known = known_facts(rules.table, decision.model)
        print("\n".join(lines(decision, Style(sys.stdout, args.color), dated, still_open, facts=known)))
    return int(decision.status is not Status.ALLOWED)


def known_facts(table: Table, model: str | None) -> Collection[str]:
    """Return the names of the facts of a model."""
    return () if model is None else table.models[model].facts


def lines(
    decision: Decision,
    style: Style,
    at: str | None,
    still_open: Iterable[OptionOffer] = (),
    *,
    facts: Collection[str] = (),
) -> Iterator[str]:
    """
    Yield a decision as lines: status and price, gates, violations, open options, repairs, notes, and the moment.

    `facts` are the names of those of its model: where one is missing, or stands in the selection, its flag is shown.
    """
    head = " ".join(filter(None, (decision.model, picked_words(decision.select, leave=MODEL))))
    yield f"{style(_KINDS[decision.status], decision.status.value)} {head}{_price(decision)}".rstrip()
    for lock in decision.gates:
        yield f"  {printable(lock.label)} (gate `{lock.name}`)" + (f"; leads to: {lock.action}" if lock.action else "")
    for violation in decision.violations:
        yield f"  {style('note', violation.code.value)}  {printable(violation.message)}"
    flags = [f"--fact {name}={value}" for name, value in _to_state(decision, facts).items()]
    if flags:
        yield f"  {style('dim', 'state:')} {' '.join(flags)}"
    for option in still_open:
        yield f"  {style('dim', 'still open:')} {printable(option.name)}  {row(option, style, decision.currency)}"
    for repair in decision.repairs:
        yield f"  {style('dim', 'try:')} {', '.join(_changes(repair))}"
    yield from note_lines(decision, style)
    if at is not None:
        yield f"  {moment_argument.line(at, None, style)}"


def _to_state(decision: Decision, facts: Collection[str]) -> dict[str, str]:
    """Return each fact that is missing, or that stands among the picks, with its value as it is typed."""
    refused = [found for found in decision.violations if found.code is ViolationCode.REFUSED_FIELD and found.field in facts]
    missing = [found for found in decision.violations if found.fact and found.code is ViolationCode.MISSING_FIELD]
    return {**{found.field: "VALUE" for found in missing}, **{found.field: _typed(found.value) for found in refused}}


def note_lines(decision: Decision, style: Style) -> Iterator[str]:
    """Yield a line for each value that was accepted in another form than it was given."""
    for note in decision.notes:
        yield f"  {style('note', note.code.value)}  {printable(note.message)}"


def _price(decision: Decision) -> str:
    if decision.status is Status.IMPOSSIBLE:
        return ""
    usual = about_words(decision.regular, estimate=decision.regular_estimate)
    regular = "" if decision.regular is None else f", regularly {usual}"
    return f": {amount_words(decision.credits, decision.currency, estimate=decision.estimate)}{regular}"


def _changes(repair: Repair) -> Iterator[str]:
    yield from (f"{name}={_typed(value)}" for name, value in repair.set.items())
    yield from (f"no {printable(str(shown(name))) or quoted('')}" for name in repair.remove)


def _typed(value: object) -> str:
    """Return a value as it is typed after `--set NAME=`."""
    if isinstance(value, list | tuple) and all(isinstance(entry, str) for entry in value):
        return printable(json.dumps(value, ensure_ascii=False))
    return value_words(value)
