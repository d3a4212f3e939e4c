"""Decisions and bodies depend on the request alone, not on the thread, process, hash seed or earlier requests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any, TypeAlias

import pytest

from imgrules import dumps, load
from imgrules.compiler.read.syntax import parse
from imgrules.compiler.source import Source
from tests.engine.answering import TIMES, answers, rules_of
from tests.engine.test_cases import FILES, document
from tests.engine.test_cases import rules_of as rules_of_cases

ROOT = Path(__file__).parents[2]
COOKBOOK = ROOT / "docs" / "cookbook"
THREADS = 8

QuestionSet: TypeAlias = tuple[list[str], list[tuple[int, list[Any]]]]


def examples() -> list[list[Any]]:
    """Return requests of the cookbook: three examples of each model, one with an unknown field, one without a moment."""
    questions = []
    for path in sorted(COOKBOOK.glob("[!_]*.yaml")):
        tree, _ = parse(Source(path.name, path.read_text(encoding="utf-8")))
        assert tree is not None
        sound = [
            [
                {"model": path.stem, "prompt": "A red fox", **example["select"]},
                example.get("grants", []),
                None,
                example.get("at", "2026-05-01"),
            ]
            for example in tree.value["examples"][:3]
        ]
        [select, grants, _, at], *_ = sound
        questions += [*sound, [select | {"colour": "red"}, grants, None, at], [select, [], "de", None]]
    return questions


@pytest.fixture(scope="module")
def question_set() -> QuestionSet:
    """Return the texts of tables, and requests with the index of their table: of the cookbook and of `tests/cases`."""
    texts, questions = [dumps(load(COOKBOOK).table)], [(0, question) for question in examples()]
    for path in FILES:
        questions += [
            (len(texts), [case["select"], case.get("grants", []), case.get("language"), case.get("at")])
            for case in document(path)["cases"]
        ]
        texts.append(dumps(rules_of_cases(path).table))
    # As another process reads them: a number of a rule file is a decimal.
    return texts, json.loads(json.dumps(questions, default=float))


@pytest.fixture(scope="module")
def expected(question_set: QuestionSet) -> str:
    """Return the answers of a single thread."""
    return answers(rules_of(question_set[0]), question_set[1])


def test_any_thread(question_set: QuestionSet, expected: str) -> None:
    """Eight threads that start at the same time on new tables give the answers of a single thread."""
    rules, start, interval = rules_of(question_set[0]), Barrier(THREADS), sys.getswitchinterval()

    def answer(_: int) -> str:
        start.wait()
        return answers(rules, question_set[1])

    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(THREADS) as pool:
            outputs = set(pool.map(answer, range(THREADS)))
    finally:
        sys.setswitchinterval(interval)
    assert outputs == {expected}


@pytest.mark.parametrize("seed", ["0", "1", "2"])
def test_any_process(question_set: QuestionSet, expected: str, tmp_path: Path, seed: str) -> None:
    """The answers are the same with any hash seed, before a fork, in the forked process, and after it."""
    file = tmp_path / "asked.json"
    file.write_text(json.dumps(question_set), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.engine.answering", file],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stdout.splitlines() == [expected] * TIMES
