"""
Print the body of `POST /creations` for a selection, as JSON.

  imgrules emit gpt-image-2 --ratio 1:1 --quality high --grant member --prompt "A red fox" --language en

  imgrules emit MODEL --set outputs=2 --set references=a.png --set references=b.png --prompt "A red fox" --language en

A refusal goes to standard error, in the language of the creation where it is translated, with exit code 1. So do notes on
values that were replaced or have no effect, with exit code 0. With --format json either is the decision as a JSON document.
"""

from __future__ import annotations

import argparse
import json
import sys

from imgrules.cli import moments
from imgrules.cli.decide import lines, note_lines
from imgrules.cli.rules import add_rules, add_selection, facts, open_rules, selection
from imgrules.cli.style import Style, add_color


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_selection(parser)
    parser.add_argument("--prompt", metavar="P", help="short for --set prompt=P")
    parser.add_argument("--language", metavar="L", help="short for --set language=L")
    add_rules(parser)
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="the format of a refusal and of notes; a body is JSON"
    )
    add_color(parser)


def run(args: argparse.Namespace) -> int:
    """Print the request body of a selection, or why it is refused, and return the exit code."""
    at = moments.asked(args)
    rules, _ = open_rules(args, args.model)
    picked = selection(args, rules.table, at, ("prompt", "language"))
    decision, body = rules.request(picked, args.grant, args.language, at, facts(args, rules.table, args.model))
    style = Style(sys.stderr, args.color)
    if args.format == "json" and (body is None or decision.notes):
        print(json.dumps({**decision.as_dict(), "at": at}, ensure_ascii=False), file=sys.stderr)
    elif body is None:
        dated = at if moments.depends_on_moment(rules.table, decision.model, args.model) else None
        print("\n".join(lines(decision, style, dated)), file=sys.stderr)
    else:
        for line in note_lines(decision, style):
            print(line, file=sys.stderr)
    if body is None:
        return 1
    print(json.dumps(body, ensure_ascii=False))
    return 0
