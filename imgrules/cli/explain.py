"""
Print the page of a code: what it is, why it matters, what to avoid and what to prefer.

  imgrules explain IR201
  imgrules explain unknown-gate
  imgrules explain not_offered    a code of a violation or a note in a decision
  imgrules explain                list every code
  imgrules explain messages       list the sentences of refusals, for the translators of _messages.yaml
"""

from __future__ import annotations

import argparse
import json

from imgrules.engine.decision_records import ViolationCode
from imgrules.errors import ImgrulesError
from imgrules.quoting import quoted
from imgrules.refusals.suggest import did_you_mean, nearest
from imgrules.table.texts.messages import ENGLISH, PAGES, places_of

MESSAGES = "messages"
"""The argument that lists the sentences of refusals instead of codes."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "code", nargs="?", metavar="CODE", help="the id or the name of a code, of `check` or of a decision, or `messages`"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="the format of the page")


def run(args: argparse.Namespace) -> int:
    """Print the page of one code, or a list of all."""
    if args.code == MESSAGES:
        return _messages(args.format)
    from imgrules.compiler.codes import ALL  # noqa: PLC0415  only this command pays for the compiler

    chosen = [code for code in ALL if args.code is None or args.code.casefold() in (code.id.casefold(), code.name)]
    of_decision = (args.code or "").casefold().replace("-", "_")
    if not chosen and of_decision not in PAGES:
        meant = nearest(args.code, (*(code.name for code in ALL), *map(str, PAGES)))
        raise ImgrulesError(f"there is no code {quoted(args.code)}{did_you_mean(meant) or '; `imgrules explain` lists them'}")
    if args.format == "json":
        keys = ("id", "name", "severity", "summary", "page")
        pages = [{key: getattr(code, key).strip() for key in keys} for code in chosen] or [_document(of_decision)]
        print(json.dumps(pages[0] if args.code else pages, ensure_ascii=False, indent=2))
    elif args.code is None:
        print("\n".join(f"{code.id}  {code.severity.value:7}  {code.name:24}  {code.summary}" for code in chosen))
    else:
        # One name, `alias`, is both a mistake in a rule file and a note of a decision.
        pages_of_name = [f"{code.id} {code.name} ({code.severity.value})\n\n{code.page.strip()}" for code in chosen]
        pages_of_name += [_page(of_decision)] if of_decision in PAGES else []
        print("\n\n".join(pages_of_name))
    return 0


def _document(code: str) -> dict[str, str]:
    """Return what a code of a violation or a note means, with the sentence that a caller reads."""
    summary, advice = PAGES[code]
    page = f"What: {summary}.\nDo: {advice}\nSays: {ENGLISH[code]}"
    return {"id": code, "name": code, "severity": _kind_of(code), "summary": summary, "page": page}


def _page(code: str) -> str:
    return f"{code} ({_kind_of(code)} of a decision)\n\n{_document(code)['page']}"


def _kind_of(code: str) -> str:
    """Return what has a code: a violation or a note."""
    return "violation" if code in set(ViolationCode) else "note"


def _messages(output_format: str) -> int:
    """Print every sentence with its name; placeholders are in braces."""
    if output_format == "json":
        sentences = [{"name": name, "text": text, "places": sorted(places_of(name))} for name, text in ENGLISH.items()]
        print(json.dumps(sentences, ensure_ascii=False, indent=2))
        return 0
    wide = max(map(len, ENGLISH))
    for name, text in ENGLISH.items():
        print(f"{name.ljust(wide)}  {text}")
    return 0
