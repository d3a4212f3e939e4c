"""
Say whether a selection may be made, what it costs, and why not.

  imgrules decide gpt-image-2 --ratio 1:1 --quality high
  imgrules decide gpt-image-2 --ratio 1:1 --quality high --grant member
  imgrules decide gpt-image-2 --set ratio=1:1 --set quality=low --format json

Exits with 1 if the selection is locked or impossible.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator

from imgrules.cli.rules import add_rules, add_selection, open_rules, selection
from imgrules.cli.style import Style, add_color
from imgrules.engine.decide import Decision, Status
from imgrules.engine.table import Credits
from imgrules.engine.wording import printable, shown

_KINDS = {Status.ALLOWED: "good", Status.LOCKED: "warning", Status.IMPOSSIBLE: "error"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_selection(parser)
    add_rules(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how the decision is shown")
    add_color(parser)


def run(args: argparse.Namespace) -> int:
    """Decide a selection and print the decision."""
    rules, _ = open_rules(args.rules, args.model)
    decision = rules.decide(selection(args), args.grant)
    if args.format == "json":
        print(json.dumps(decision.as_dict(), ensure_ascii=False))
    else:
        print("\n".join(lines(decision, Style(sys.stdout, args.color))))
    return int(decision.status is not Status.ALLOWED)


def lines(decision: Decision, style: Style) -> Iterator[str]:
    """Answer a decision for people: the answer, what was understood, every reason, the nearest repairs."""
    understood = ", ".join(
        f"{printable(name)} {printable(shown(value))}" for name, value in decision.select.items() if name != "model"
    )
    price = "" if decision.status is Status.IMPOSSIBLE else f": {credit_words(decision.credits)}"
    head = " ".join(filter(None, (decision.model, understood)))
    yield f"{style(_KINDS[decision.status], decision.status.value)} {head}{price}".rstrip()
    for lock in decision.gates:
        yield f"  {printable(lock.label)} (gate `{lock.name}`)" + (f"; leads to: {lock.action}" if lock.action else "")
    for each in decision.violations:
        yield f"  {style('note', each.code.value)}  {printable(each.message)}"
    for repair in decision.repairs:
        changes = [
            *(f"{name}={value}" for name, value in repair.set.items()),
            *(f"no {printable(shown(name))}" for name in repair.remove),
        ]
        yield f"  {style('dim', 'would do:')} {', '.join(changes)}"


def credit_words(credits_: Credits | None) -> str:
    """Answer a price in words; what is unknown is never called free."""
    if credits_ is None:
        return "credits unknown"
    return f"{credits_} credit" + ("" if credits_ == 1 else "s")
