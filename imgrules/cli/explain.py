"""
Print the page of a code: what it is, why it matters, what to avoid and what to prefer.

  imgrules explain IR201
  imgrules explain unknown-gate
  imgrules explain not_offered    a code of a violation or a note in a decision
  imgrules explain price-raised   a change that `imgrules diff` reports
  imgrules explain                list every code
  imgrules explain changes        list the changes that `imgrules diff` reports
  imgrules explain messages       list the sentences of refusals, for the translators of _messages.yaml
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from imgrules.engine.decision_records import ViolationCode
from imgrules.errors import ImgrulesError
from imgrules.quoting import quoted
from imgrules.refusals.suggest import did_you_mean, nearest
from imgrules.table.texts.messages import ENGLISH, PAGES, places_of

if TYPE_CHECKING:
    from imgrules.compiler.report.diagnostics import Code
    from imgrules.views.diff.kinds import Kind

MESSAGES, CHANGES = "messages", "changes"
"""The arguments that list the sentences of refusals, or the changes of `imgrules diff`, instead of codes."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "code",
        nargs="?",
        metavar="CODE",
        help="the id or the name of a code, of `check`, of `diff` or of a decision; `messages` or `changes`",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="the format of the page")


def run(args: argparse.Namespace) -> int:
    """Print the page of one code, or a list of all."""
    if args.code == MESSAGES:
        return _messages(args.format)
    from imgrules.compiler.codes import ALL  # noqa: PLC0415  only these pages need the compiler
    from imgrules.views.diff.kinds import KINDS  # noqa: PLC0415  as above

    if args.code in {None, CHANGES}:
        pages = [_of_code(code) for code in ALL] if args.code is None else [_of_change(*kind) for kind in KINDS.items()]
        _print_list(pages, args.format)
        return 0
    word = args.code.casefold()
    # One name, `alias`, is both a mistake in a rule file and a note of a decision.
    pages = [_of_code(code) for code in ALL if word in (code.id.casefold(), code.name)]
    pages += [_of_decision(code) for code in PAGES if word.replace("-", "_") == code]
    pages += [_of_change(name, kind) for name, kind in KINDS.items() if word.replace("_", "-") == name]
    if not pages:
        meant = nearest(args.code, (*(code.name for code in ALL), *map(str, PAGES), *KINDS))
        raise ImgrulesError(f"there is no code {quoted(args.code)}{did_you_mean(meant) or '; `imgrules explain` lists them'}")
    if args.format == "json":
        print(json.dumps(pages[0].document, ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(f"{page.title}\n\n{page.document['page']}" for page in pages))
    return 0


class _Page(NamedTuple):
    """What is printed about one code: its title, and its document in JSON."""

    title: str
    document: Mapping[str, str]


def _of_code(code: Code) -> _Page:
    """Return the page of a mistake in a rule file."""
    keys = ("id", "name", "severity", "summary", "page")
    return _Page(f"{code.id} {code.name} ({code.severity.value})", {key: getattr(code, key).strip() for key in keys})


def _of_decision(code: str) -> _Page:
    """Return what a code of a violation or a note means, with the sentence that a caller reads."""
    summary, advice = PAGES[code]
    kind = "violation" if code in set(ViolationCode) else "note"
    page = f"What: {summary}.\nDo: {advice}\nSays: {ENGLISH[code]}"
    document = {"id": code, "name": code, "severity": kind, "summary": summary, "page": page}
    return _Page(f"{code} ({kind} of a decision)", document)


def _of_change(name: str, kind: Kind) -> _Page:
    """Return what a change is that `imgrules diff` reports, and which one the opposite edit is."""
    page = f"What: {kind.why}.\nThe opposite edit: {kind.mirror}"
    document = {"id": name, "name": name, "severity": kind.level.value, "summary": kind.why, "page": page}
    return _Page(f"{name} ({kind.level.value} change)", document)


def _print_list(pages: Sequence[_Page], output_format: str) -> None:
    """Print a line for each page; in JSON, the documents of all."""
    documents = [page.document for page in pages]
    if output_format == "json":
        print(json.dumps(documents, ensure_ascii=False, indent=2))
        return
    rows = [(one["id"], one["severity"], one["name"] if one["name"] != one["id"] else "", one["summary"]) for one in documents]
    wide = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        print("  ".join(text.ljust(width) for text, width in zip(row, (*wide, 0), strict=True) if width or text))


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
