"""Every language-neutral case of `tests/cases` holds, and the combinations are complete."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from imgrules import Refused, Rules, Status, load
from imgrules.compiler.build import build_texts
from imgrules.compiler.read.syntax import parse
from imgrules.compiler.report.diagnostics import Severity
from imgrules.compiler.source import Source

FILES = sorted((Path(__file__).parents[1] / "cases").glob("*.yaml"))
KNOWN = {"status", "credits", "regular", "gate", "violations", "notes", "select", "body", "decision", "repairs"}


@cache
def document(path: Path) -> Any:
    """Return the content of a file of cases, parsed as a rule file is."""
    tree, findings = parse(Source(path.name, path.read_text(encoding="utf-8")))
    assert tree is not None
    assert not findings, findings
    return tree.value


@cache
def rules_of(path: Path) -> Rules:
    """Return the rules that a file of cases tests: the packaged ones, or those written in the file."""
    written = document(path)["rules"]
    if written == "packaged":
        return load()
    built = build_texts(written)
    assert built.table is not None
    assert not [diagnostic for diagnostic in built.report.diagnostics if diagnostic.code.severity is Severity.ERROR]
    return Rules(built.table)


CASES = [pytest.param(path, case, id=f"{path.stem}-{at}") for path in FILES for at, case in enumerate(document(path)["cases"])]


@pytest.mark.parametrize(("path", "case"), CASES)
def test_case(path: Path, case: Mapping[str, Any]) -> None:
    """A decision and a body equal what the case expects, and a selection that is not allowed is not emitted."""
    rules, expect = rules_of(path), case["expect"]
    assert set(case) <= {"select", "grants", "at", "language", "facts", "expect"}
    assert set(expect) <= KNOWN
    arguments = (case["select"], case.get("grants", []), case.get("language"), case.get("at"), case.get("facts"))
    decision = rules.decide(*arguments)
    assert decision.status.value == expect["status"]
    assert (decision.credits, decision.estimate) == price(expect.get("credits"))
    assert (decision.regular, decision.regular_estimate) == price(expect.get("regular"))
    assert (decision.gate.name if decision.gate else None) == expect.get("gate")
    expected = expect.get("violations", [])
    assert [
        {key: violation_as_written(violation)[key] for key in fields}
        for violation, fields in zip(decision.violations, expected, strict=True)
    ] == expected
    if "repairs" in expect:
        assert [{"set": {**repair.set}, "remove": [*repair.remove]} for repair in decision.repairs] == in_json(
            expect["repairs"]
        )
    noted = [[note.code.value, note.field] for note in decision.notes]
    assert noted == expect.get("notes", [])
    if "select" in expect:
        assert in_json(decision.select) == in_json(expect["select"])
    if "decision" in expect:
        assert decision.as_dict() == in_json(expect["decision"])
    if "body" in expect:
        assert in_json(rules.emit(*arguments)) == in_json(expect["body"])
    elif decision.status is not Status.ALLOWED:
        with pytest.raises(Refused):
            rules.emit(*arguments)


def price(written: Any) -> Any:
    """Return a price of a case as a decision carries it, and whether it is an estimate; `unknown` is None."""
    if isinstance(written, str) and written.startswith("about "):
        return Decimal(written.removeprefix("about ")), True
    return None if written == "unknown" else written, False


def in_json(value: Any) -> Any:
    """Return a value after a round-trip through JSON, with decimals as floats."""
    return json.loads(json.dumps(value, default=float))


def violation_as_written(violation: Any) -> dict[str, Any]:
    """Return a violation in the form in which a case writes it."""
    return {
        "code": violation.code.value,
        "field": violation.field,
        "allowed": list(violation.allowed),
        "suggestion": violation.suggestion,
        "fact": violation.fact,
    }


def test_the_combinations_are_all_there() -> None:
    """The nine combinations of both models are cases, once without and once with the grant."""
    path = next(path for path in FILES if path.stem == "combinations")
    questions = [(case["select"], tuple(case["grants"])) for case in document(path)["cases"]]
    picked = {(selection["model"], selection["ratio"], selection["quality"], grants) for selection, grants in questions}
    assert len(questions) == len(picked) == 36
    offered = {
        (model.id, *cell.values, grants)
        for model in rules_of(path).table.models.values()
        for cell in model.cells
        for grants in ((), ("member",))
    }
    assert picked == offered


@pytest.mark.parametrize(
    ("grants", "counts"), [((), {"allowed": 12, "locked": 6}), (("member",), {"allowed": 18})], ids=["nobody", "member"]
)
def test_the_combinations_count_as_documented(grants: tuple[str, ...], counts: dict[str, int]) -> None:
    """Twelve combinations are allowed and six locked without a grant; with the grant all eighteen are allowed."""
    path = next(path for path in FILES if path.stem == "combinations")
    cases = [case for case in document(path)["cases"] if tuple(case["grants"]) == grants]
    assert Counter(case["expect"]["status"] for case in cases) == counts
    assert Counter(rules_of(path).decide(case["select"], grants).status.value for case in cases) == counts


def test_every_refusal_gives_a_reason() -> None:
    """Every case that expects impossible also expects a violation, and no other case does."""
    for path in FILES:
        for case in document(path)["cases"]:
            assert (case["expect"]["status"] == "impossible") == bool(case["expect"].get("violations"))
