"""
Print the request body of a selection as JSON, or the whole request.

  imgrules emit gpt-image-2 --ratio 1:1 --quality high --grant member --prompt "A red fox" --language en
  imgrules emit MODEL --set outputs=2 --set references=a.png --set references=b.png --prompt "A red fox" --language en
  imgrules emit MODEL --prompt "A red fox" --format curl --base https://api.example.com

With --format http or curl the whole request is printed: the method and the address are `request:` of the rules.
Where that is a whole address, such as https://api.example.com/v1, --base is refused; otherwise --base stands before it.
A refusal goes to standard error, with exit code 1. So do notes on values that were replaced or have no effect, with exit
code 0. With --format json either is the decision as a JSON document.
Messages are in the language of the creation, where they are translated. Where a model has no field `language`, --language is
that of the messages alone.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from imgrules.cli.arguments import moment_argument
from imgrules.cli.arguments.rules_and_picks import add_rules, add_selection, facts, open_rules, selection
from imgrules.cli.arguments.selection import has_field
from imgrules.cli.decide import known_facts, lines, note_lines
from imgrules.cli.printing import http
from imgrules.cli.printing.style import Style, add_color
from imgrules.engine.normalize import model_named
from imgrules.errors import ImgrulesError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_selection(parser)
    parser.add_argument("--prompt", metavar="P", help="short for --set prompt=P")
    parser.add_argument("--language", metavar="L", help="short for --set language=L; the language of messages too")
    add_rules(parser)
    parser.add_argument(
        "--format",
        choices=("text", "json", *http.WRITERS),
        default="text",
        help="http or curl: the whole request; json: a refusal and notes are JSON too (default: text, the body alone, as JSON)",
    )
    parser.add_argument(
        "--base", metavar="URL", default="", help="what stands before the address in http and curl, unless it is a whole one"
    )
    add_color(parser)


def run(args: argparse.Namespace) -> int:
    """Print the request body of a selection, or why it is refused, and return the exit code."""
    at = moment_argument.asked(args)
    rules, _ = open_rules(args, args.model)
    named = model_named(rules.table, args.model or rules.table.default, at)[0]
    of_messages = named is not None and not has_field(rules.table, named, "language")
    picked = selection(args, rules.table, at, ("prompt",) if of_messages else ("prompt", "language"))
    stated = facts(args, rules.table, args.model)
    decision, body = rules.request(picked, args.grant, args.language, at, stated)
    style = Style(sys.stderr, args.color)
    if args.format == "json" and (body is None or decision.notes):
        print(json.dumps({**decision.as_dict(), "at": at}, ensure_ascii=False), file=sys.stderr)
    elif body is None:
        dated = at if moment_argument.depends_on_moment(rules.table, decision.model, args.model) else None
        print("\n".join(lines(decision, style, dated, facts=known_facts(rules.table, decision.model))), file=sys.stderr)
    else:
        for line in note_lines(decision, style):
            print(line, file=sys.stderr)
    if body is None:
        return 1
    print(_written(args, rules.request_line(decision, stated), body))
    return 0


def _written(args: argparse.Namespace, line: str | None, body: dict[str, Any]) -> str:
    """Return the body as JSON, or the whole request in the format that was asked for."""
    if args.format not in http.WRITERS:
        return json.dumps(body, ensure_ascii=False)
    if line is None:
        raise ImgrulesError("the rules do not say where a body is sent; state it as `request:` at the type in `_shared.yaml`")
    return http.WRITERS[args.format](line, body, args.base)
