"""
`python -m bench.same COMMIT`: compares every answer of this checkout with those of another commit.

Both versions answer in a process of their own, over the same inputs: the packaged rules, the cookbook, the rule sets of
`tests/cases`, and random rule sets that are drawn with a fixed seed by the generator of this checkout. Each version
compiles the rule files itself. Compared are the whole decision with its reasons and repairs, the order and classes of
what was understood, prices, bodies as dict and as bytes, choices, catalogs and calendars. Digests are a part of a
catalog. It exits with 1 where anything differs.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.differences import Difference, Tally
from bench.questions import RuleSet, catalogs, rule_sets
from bench.versions import Version, checked_out, named, started
from bench.written import ROOT, TODAY

_LONGEST = 400


def as_line(difference: Difference) -> str:
    """Return a difference as one line of JSON, with the question as Python writes it: its keys may be anything."""
    return json.dumps({**vars(difference), "question": repr(difference.question)}) + "\n"


def main(words: Sequence[str] | None = None) -> int:
    """Compare two versions, and print the differences."""
    parser = argparse.ArgumentParser(
        "python -m bench.same", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("commit", help="what to compare with, as git names it: HEAD~1, a branch, a hash")
    parser.add_argument("--rule-sets", type=int, default=10_000, metavar="N", help="random rule sets (default: 10000)")
    parser.add_argument("--show", type=int, default=3, metavar="N", help="examples of each kind of difference (default: 3)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the examples there in full, one line of JSON each")
    asked = parser.parse_args(words)
    tally = Tally(asked.show)
    with checked_out(asked.commit) as tree, started(tree) as before, started(ROOT) as now:
        compare(rule_sets(asked.rule_sets), before, now, tally)
    for line in report(tally, named(asked.commit)):
        print(line)
    if asked.out:
        asked.out.write_text("".join(as_line(difference) for difference in tally.first), encoding="utf-8")
    return int(bool(tally.differing))


def compare(drawn: Iterator[RuleSet], before: Version, now: Version, tally: Tally) -> None:
    """Ask both versions about every rule set; the next one is drawn while they answer."""
    say, waiting = _progress(tally), None
    for rule_set in drawn:
        if waiting:
            _add(tally, waiting, before, now)
        question = (rule_set.texts, TODAY, rule_set.asked, catalogs(rule_set.asked))
        before.ask(question)
        now.ask(question)
        waiting = rule_set
        say(rule_set.name)
    if waiting:
        _add(tally, waiting, before, now)


def _add(tally: Tally, asked: RuleSet, before: Version, now: Version) -> None:
    whole = catalogs(asked.asked)
    questions = {"": asked.asked, "catalog": whole, "calendar": whole}
    tally.add(asked.name, questions, before.answer(), now.answer())


def _progress(tally: Tally) -> Any:
    begin = last = time.monotonic()

    def say(name: str) -> None:
        nonlocal last
        if time.monotonic() - last > 2:
            last = time.monotonic()
            done = f"{tally.rule_sets:,} rule sets, {tally.compared.total():,} answers, {tally.differing.total():,} differ"
            print(f"[{last - begin:6.1f} s] {done}; at {name}", file=sys.stderr, flush=True)

    return say


def report(tally: Tally, commit: str) -> Iterator[str]:
    """Yield the lines about what was compared and what differs."""
    yield f"Compared with {commit}: {tally.rule_sets:,} rule sets, {tally.compared['decide']:,} questions."
    yield "Here " + ", ".join(f"{count:,} are {status}" for status, count in tally.statuses.most_common()) + "."
    yield ""
    yield f"{'answer':20}{'compared':>12}{'different':>12}"
    for asked, count in tally.compared.items():
        yield f"{asked:20}{count:12,}{tally.differing[asked]:12,}"
    if tally.places:
        yield from ("", "Where answers differ, each place counted once for an answer:", "")
    for (asked, place), count in tally.places.most_common():
        yield f"{count:8,}  {asked}: {place or 'as a whole'}"
        for difference in tally.first:
            if (difference.asked, difference.place) == (asked, place):
                yield f"          {difference.rules}: {_short(repr(difference.question))}"
                yield f"            before  {_short(difference.before)}"
                yield f"            now     {_short(difference.now)}"


def _short(text: str) -> str:
    text = ascii(text)[1:-1]
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


if __name__ == "__main__":
    sys.exit(main())
