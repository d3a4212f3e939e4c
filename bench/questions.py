"""The rule sets and questions about which two versions are compared: fixed ones, and random ones of a fixed seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from bench.drawing import Drawing
from bench.mistakes import ODD, wrong
from bench.written import ROOT, SEED, TODAY, texts_of
from imgrules import Rules
from imgrules.compiler.build import build_texts
from imgrules.compiler.read.syntax import parse
from imgrules.compiler.source import Source
from imgrules.table.records import MODEL, Table
from imgrules.testing import Documents, rule_documents, written

_CHUNK = 10
_QUIETLY = settings(
    max_examples=_CHUNK, database=None, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)
_LANGUAGES = (None, None, None, "en", "de", "de-AT", "xx", 5)
_EVERY_DAY = ("2026-05-01", datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 5, 1, 9, tzinfo=timezone(timedelta(hours=2))))
_NO_MOMENTS = ("yesterday", 5, "2026-05-01T09:00", datetime(2026, 5, 1))  # noqa: DTZ001  one without a time zone

Asked = tuple[Any, Any, Any, Any]
"""A selection, grants, a language and a moment, as `decide` takes them."""


@dataclass(frozen=True)
class RuleSet:
    """The texts of a rule set by stem, and the questions about it."""

    name: str
    texts: dict[str, str]
    asked: list[Asked]


def rule_sets(count: int) -> Iterator[RuleSet]:
    """Yield the packaged rules, the cookbook, those of the cases, and `count` random ones."""
    yield _of_folder("packaged", ROOT / "rules", 150)
    yield _of_folder("cookbook", ROOT / "docs" / "cookbook", 60)
    yield from of_cases()
    yield from random_sets(count)


def random_sets(count: int) -> Iterator[RuleSet]:
    """Yield `count` random rule sets, each with a few questions for each model."""
    for at, texts in enumerate(_random_texts(count)):
        yield _drawn(f"random {at}", texts, 4)


def _of_folder(name: str, folder: Path, selections: int) -> RuleSet:
    return _drawn(name, texts_of(folder), selections)


def of_cases(stem: str = "*") -> Iterator[RuleSet]:
    """Yield the rule set of each file of cases whose stem matches, with its own questions and further ones."""
    packaged = texts_of(ROOT / "rules")
    for path in sorted((ROOT / "tests" / "cases").glob(f"{stem}.yaml")):
        tree, _ = parse(Source(path.name, path.read_text(encoding="utf-8")))
        assert tree is not None  # noqa: S101  a file of cases is read by the tests as well
        document = tree.value
        texts = packaged if document["rules"] == "packaged" else dict(document["rules"])
        asked = [(case["select"], case.get("grants", []), case.get("language"), case.get("at")) for case in document["cases"]]
        drawn = _drawn(f"cases {path.stem}", texts, 20)
        yield RuleSet(drawn.name, texts, [*asked, *drawn.asked])


def _random_texts(count: int) -> Iterator[dict[str, str]]:
    """Yield the texts of random rule sets, of which the first are the same for every count."""
    for start in range(0, count, _CHUNK):
        yield from _chunk(SEED + start)[: count - start]


def _chunk(number: int) -> list[dict[str, str]]:
    rule_files: list[dict[str, str]] = []

    @seed(number)
    @settings(_QUIETLY)
    @given(rule_documents())
    def draw(documents: Documents) -> None:
        rule_files.append(written(documents))

    draw()
    return rule_files


def _drawn(name: str, texts: dict[str, str], selections: int) -> RuleSet:
    """Return a rule set with some sound selections for each model, as many with a mistake, and a few odd questions."""
    table = build_texts(texts, TODAY).table
    if table is None:
        return RuleSet(name, texts, [])
    random = Random(f"{SEED} {name}")
    return RuleSet(name, texts, list(_questions(Rules(table), random, selections)))


def _questions(rules: Rules, random: Random, selections: int) -> Iterator[Asked]:
    moments = _moments(rules.table)
    for model in rules.table.models:
        for place in range(2 * selections):
            at = random.choice(moments)
            drawing = Drawing(rules, model, random, at)
            picked = wrong(drawing) if place % 2 else drawing.sound()
            yield picked, _grants(rules.table, random), random.choice(_LANGUAGES), at
    yield random.choice(ODD), (), None, None
    odd: dict[Any, Any] = {MODEL: random.choice([*rules.table.models]), random.choice((5, None, ("a",))): 1}
    yield odd, random.choice((5, "member", None, {"a": 1})), 5, random.choice(_NO_MOMENTS)


def _moments(table: Table) -> list[Any]:
    """Return moments to ask about: none, usual ones, and those around each change, as text and as `datetime`."""
    moments = {change.at for model in table.models.values() for change in model.changes}
    at = [datetime.fromisoformat(moment) for moment in sorted(moments)]
    around = [near for moment in at for near in (moment, moment - timedelta(seconds=1))]
    texts = [f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in around]
    return [None, *_EVERY_DAY, "2000-01-01", "2100-01-01", *around, *texts]


def _grants(table: Table, random: Random) -> Any:
    every = sorted({grant for gate in table.gates.values() for grant in gate.opens_with})
    held = [grant for grant in every if random.random() < 0.5]
    return random.choice((frozenset(every), frozenset(every), every, frozenset(held), set(held), (), ["nothing"]))


def catalogs(asked: list[Asked]) -> list[Asked]:
    """Return the questions whose grants, language and moment are used for catalogs: few, and deduplicated."""
    return asked[:: max(1, len(asked) // 3)][:4]
