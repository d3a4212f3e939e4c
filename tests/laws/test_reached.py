"""What no example reaches can be changed without any example failing: coverage promises no more, and no less."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from imgrules.compiler.examples.coverage import coverage
from imgrules.compiler.examples.runs import runs
from imgrules.testing import Documents
from tests.laws.exemplified import built_of, changed_at, exemplified, table_of


def _answers(documents: Documents) -> list[Any] | None:
    """Return status, price and gates of each run of an example, or None where the rule set has errors."""
    built = built_of(documents)
    table = table_of(built)
    if table is None or built.rules is None:
        return None
    decisions = [run.decision for run in runs(built.rules, table)]
    return [(one.status, one.credits, one.regular, one.estimate, [gate.name for gate in one.gates]) for one in decisions]


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])
@given(st.data(), exemplified())
def test_what_is_not_reached_is_free(data: st.DataObject, documents: Documents) -> None:
    """Without a value, gate or limit that no example reaches, or with another amount, every example has the same outcome."""
    built = built_of(documents)
    assert built.report.errors == ()
    assert built.rules is not None
    assert built.table is not None
    items = list(coverage(built.rules, built.table, runs(built.rules, built.table), built.table.models))
    free = [item for item in items if not item.reached and item.kind in {"value", "gate", "price", "limit"}]
    event("nothing is free" if not free else "something is free")
    for item in data.draw(st.permutations(free))[:3]:
        changed = changed_at(documents, item)
        after = None if changed is None else _answers(changed)
        event(f"{item.kind}: {'skipped' if after is None else 'compared'}")
        assert after is None or after == _answers(documents), item
