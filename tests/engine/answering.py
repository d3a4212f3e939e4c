"""
The answers of rule sets to a list of questions, as JSON, for tests that ask them from several threads and processes.

As a program, `python -m tests.engine.answering FILE` prints them three times: of fresh tables, in a forked process that has
what the first answers left behind, and in the first process after that.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from imgrules import Refused, Rules, loads

TIMES = 3


def rules_of(texts: Sequence[str]) -> list[Rules]:
    """Return new rule sets without cached decisions, from the texts of compiled tables."""
    return [Rules(loads(text, verify=False)) for text in texts]


def answers(rules: Sequence[Rules], questions: Sequence[tuple[int, list[Any]]]) -> str:
    """Return the decision and the request body for each question, as JSON; a question names its rule set by index."""
    return json.dumps([_answer(rules[place], arguments) for place, arguments in questions])


def _answer(rules: Rules, arguments: Sequence[Any]) -> tuple[dict[str, Any], str]:
    decision = rules.decide(*arguments)
    try:
        return decision.as_dict(), rules.emit_json(*arguments).decode()
    except Refused as refusal:
        return decision.as_dict(), json.dumps(refusal.decision.as_dict())


def _forked(rules: Sequence[Rules], questions: Sequence[tuple[int, list[Any]]]) -> str:
    """Return the answers of a forked process."""
    reads, writes = os.pipe()
    process = os.fork()
    if not process:
        with os.fdopen(writes, "w") as file:
            file.write(answers(rules, questions))
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as file:
        output = file.read()
    os.waitpid(process, 0)
    return output


def main() -> None:
    """Print the answers to the questions of a file."""
    texts, questions = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    rules = rules_of(texts)
    for ask in (answers, _forked, answers):
        sys.stdout.write(f"{ask(rules, questions)}\n")


if __name__ == "__main__":
    main()
