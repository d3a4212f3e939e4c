"""
Law: a comparison of two rule sets misses nothing.

Every selection whose status, price or body is not the same on both sides is covered by a finding of the right level; the edits
of a comparison turn the old rules into the new ones, so that where there is none, nothing differs; and the comparison in the
other direction is the mirror.
"""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Rules
from imgrules.engine.decision import Status
from imgrules.table.records import Table
from imgrules.testing import facts, grants, moments, selections
from imgrules.views.diff.compare import compare
from imgrules.views.diff.diff_records import Diff, Level
from imgrules.views.diff.kinds import KINDS
from imgrules.views.diff.structure.documents import applied, edits, resolved
from tests.laws.pairs import pairs
from tests.laws.rule_sets import ANY_TABLE

BREAKING, PRICE, RISKY, ADDED, _ = Level
TRIED = 6


@given(ANY_TABLE)
def test_nothing_differs_from_itself(table: Table) -> None:
    """A rule set has no difference from itself."""
    diff = compare(table, table)
    assert (diff.findings, diff.edits, diff.sums) == ((), (), {})


@given(st.data(), pairs())
def test_a_comparison_misses_nothing(data: st.DataObject, pair: tuple[Table, Table]) -> None:
    """The edits are complete, the other direction is the mirror, and no changed answer is without a finding."""
    old, new = pair
    there, back = compare(old, new), compare(new, old)
    sides = [resolved(table) for table in pair]
    assert [*edits(applied(sides[0], there.edits), sides[1])] == []
    assert bool(there.findings) == bool(there.edits)
    assert sorted(KINDS[name].mirror for name in ids(there)) == sorted(ids(back))
    for _ in range(TRIED):
        table = pair[data.draw(st.sampled_from([0, 1]))]
        at = data.draw(moments(table))
        asked = (data.draw(selections(table, at)), data.draw(grants(table)), None, at, data.draw(facts(table)))
        known = told(there, asked[0].get("model"), pair) | told_of_facts(there, asked[-1])
        assert all(known & wanted for wanted in wanted_levels(Rules(old), Rules(new), asked)), asked


def ids(diff: Diff) -> list[str]:
    """Return the ids of the findings; of a sample, once for each place, since periods that differ in one sample may not in another."""
    sampled = any(one.space is not None for one in diff.sums.values())
    places = [(finding.id, finding.path) for finding in diff.findings]
    return [name for name, _ in (dict.fromkeys(places) if sampled else places)]


def told(diff: Diff, named: Any, pair: tuple[Table, Table]) -> set[Level]:
    """Return the levels of the findings about a model, by its name or an alias, or about what all models share."""
    aliases = [alias for table in pair for alias in table.aliases]
    names = {table.default for table in pair} if named is None else {named} if isinstance(named, str) else set()
    names |= {alias.means for alias in aliases if alias.name in names}
    names |= {alias.name for alias in aliases if alias.means in names}
    return {finding.level for finding in diff.findings if finding.model in {None, *names}}


def told_of_facts(diff: Diff, facts: dict[str, Any]) -> set[Level]:
    """Return the levels of the findings about stated facts: each model refuses one that no model has."""
    return {finding.level for finding in diff.findings if finding.id.startswith("fact-") and finding.path[-1] in facts}


def wanted_levels(old: Rules, new: Rules, asked: Any) -> list[set[Level]]:
    """Return, for each way in which two answers differ, the levels of which one finding has to be."""
    before, after = old.request(*asked), new.request(*asked)
    ranks = [Status.ALLOWED, Status.LOCKED, Status.IMPOSSIBLE]
    was, is_ = (ranks.index(answer.decision.status) for answer in (before, after))
    wanted = [{BREAKING}] if is_ > was else [{BREAKING, RISKY, ADDED}] if is_ < was else []
    if Status.IMPOSSIBLE not in {before.decision.status, after.decision.status}:
        wanted += [{PRICE}] if before.decision.credits != after.decision.credits else []
        wanted += [{BREAKING, RISKY}] if was == is_ == 0 and before.body != after.body else []
    return wanted
