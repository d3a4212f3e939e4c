"""
Law: a comparison of two rule sets misses nothing.

Every selection whose status, price or body is not the same on both sides is covered by a finding of the right level; where the
resolved rules are equal, no decision differs; and the edits of a comparison turn the old rules into the new ones.
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
from imgrules.views.diff.documents import applied, resolved
from imgrules.views.diff.kinds import KINDS
from imgrules.views.diff.records import Diff, Level
from tests.laws.pairs import pairs
from tests.laws.rule_sets import ANY_TABLE

BREAKING, PRICE, RISKY, ADDED, _ = Level
TRIED = 8


@given(ANY_TABLE)
def test_nothing_differs_from_itself(table: Table) -> None:
    """A rule set has no difference from itself."""
    diff = compare(table, table)
    assert (diff.findings, diff.edits, diff.sums) == ((), (), {})


@given(pairs())
def test_the_edits_turn_one_side_into_the_other(pair: tuple[Table, Table]) -> None:
    """Applied to the old rules, the edits give the new ones; without a finding there is nothing to apply."""
    old, new = pair
    diff = compare(old, new)
    sides = [resolved(table) for table in pair]
    documents = [side | {"models": {"models": side["models"]}} for side in sides]
    assert plainly(applied(sides[0], diff.edits)) == plainly(sides[1])
    assert documents
    assert diff.findings or not diff.edits


def plainly(document: Any) -> Any:
    """Return a document without the order of models, which a comparison of some of them does not have."""
    return {**document, "models": {name: model for name, model in document.get("models", {}).items() if name != "(order)"}}


@given(pairs())
def test_the_other_direction_is_the_mirror(pair: tuple[Table, Table]) -> None:
    """The comparison in the other direction has the mirror of each finding."""
    there, back = compare(*pair), compare(*reversed(pair))
    assert sorted(KINDS[finding.id].mirror for finding in there.findings) == sorted(finding.id for finding in back.findings)


@given(st.data(), pairs())
def test_every_change_of_an_answer_is_told(data: st.DataObject, pair: tuple[Table, Table]) -> None:
    """A selection with another status, price or body is covered by a finding about its model, or about all."""
    old, new = pair
    diff = compare(old, new)
    for _ in range(TRIED):
        side = data.draw(st.sampled_from([0, 1]))
        table = pair[side]
        at = data.draw(moments(pair[data.draw(st.sampled_from([0, 1]))]))
        asked = (data.draw(selections(table, at)), data.draw(grants(table)), None, at, data.draw(facts(table)))
        wanted = levels(Rules(old), Rules(new), asked)
        known = told(diff, asked[0].get("model"), pair)
        assert all(known & level for level in wanted), (asked, wanted, known)


def told(diff: Diff, named: Any, pair: tuple[Table, Table]) -> set[Level]:
    """Return the levels of the findings about a model, by its name or an alias, or about what all models share."""
    names = {named} | {alias.means for table in pair for alias in table.aliases if alias.name == named}
    names |= {alias.name for table in pair for alias in table.aliases if alias.means in names}
    return {finding.level for finding in diff.findings if finding.model in {None, *names}}


def levels(old: Rules, new: Rules, asked: Any) -> list[set[Level]]:
    """Return, for each way in which two answers differ, the levels of which one finding has to be."""
    before, after = old.request(*asked), new.request(*asked)
    ranks = [Status.ALLOWED, Status.LOCKED, Status.IMPOSSIBLE]
    was, is_ = (ranks.index(answer.decision.status) for answer in (before, after))
    wanted = [{BREAKING}] if is_ > was else [{BREAKING, RISKY, ADDED}] if is_ < was else []
    if max(was, is_) < ranks.index(Status.IMPOSSIBLE):
        if before.decision.credits != after.decision.credits:
            wanted.append({PRICE})
        if was == is_ == 0 and before.body != after.body:
            wanted.append({BREAKING, RISKY})
    return wanted
