"""
Law: a comparison of two rule sets misses nothing.

Every selection whose status, price or body is not the same on both sides is covered by a finding of the right level; the edits
of a comparison turn the old rules into the new ones, so that where there is none, nothing differs; and the comparison in the
other direction is the mirror. What a finding is limited to is true: where no sample is needed, no other selection has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Rules
from imgrules.engine.decision import Status
from imgrules.table.moments import EARLIEST
from imgrules.table.record_base import replace
from imgrules.table.records import Table
from imgrules.testing import facts, grants, moments, selections
from imgrules.views.diff.behaviour.answers import Side, texts_of
from imgrules.views.diff.behaviour.behaviour import Behaviour, behaviour_of
from imgrules.views.diff.behaviour.grouped import behavioural_drafts
from imgrules.views.diff.compare import compare
from imgrules.views.diff.diff_records import Diff, Level
from imgrules.views.diff.drafts import Draft
from imgrules.views.diff.kinds import KINDS
from imgrules.views.diff.pair_space import Row, space_of
from imgrules.views.diff.structure.documents import applied, edits, resolved
from imgrules.views.diff.structure.structure import structure_of
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
    if not is_sampled(there):
        assert limited(there, {name: kind.mirror for name, kind in KINDS.items()}) == limited(back, {})
    for _ in range(TRIED):
        table = pair[data.draw(st.sampled_from([0, 1]))]
        at = data.draw(moments(table))
        asked = (data.draw(selections(table, at)), data.draw(grants(table)), None, at, data.draw(facts(table)))
        known = told(there, asked[0].get("model"), pair) | told_of_facts(there, asked[-1])
        assert all(known & wanted for wanted in wanted_levels(Rules(old), Rules(new), asked)), asked


@given(pairs())
def test_what_a_finding_is_limited_to_is_true(pair: tuple[Table, Table]) -> None:
    """Each selection that has what a finding is limited to changes as it says, where one box holds those of a combination."""
    old, new = pair
    for name in (name for name in old.models if name in new.models and old.models[name] != new.models[name]):
        before, after = (replace(table.models[name].at(EARLIEST) or table.models[name], changes=()) for table in pair)
        space = space_of(before, after)
        if not space.sampled:
            texts = texts_of((old, before), (new, after))
            sides = Side(old, before, texts[0], EARLIEST), Side(new, after, texts[1], EARLIEST)
            told_truly(behaviour_of(space, *sides, {}), structure_of(before, after).drafts)


def told_truly(behaviour: Behaviour, causes: Iterable[Draft]) -> None:
    """Assert that what each change is limited to is true."""
    names = behaviour.names
    for kind, entries in behaviour.changes.items():
        possible = behaviour.rows if kind[0] in {"possible", "impossible"} else behaviour.shared
        affected: dict[Row, set[tuple[str, ...]]] = {}
        for tried, _, _ in entries:
            affected.setdefault(tried.row, set()).add(tried.texts)
        if not all(set(product(*map(set, zip(*of, strict=True)))) & possible[row] <= of for row, of in affected.items()):
            continue  # there may be too many boxes, or too many options
        points = [(row, texts) for row, of_row in possible.items() for texts in of_row - affected.get(row, set())]
        for draft in behavioural_drafts(replace(behaviour, changes={kind: entries}), causes):
            for row, texts in points if draft.when or not kind[0].startswith("sent") else ():
                picked = {name: repr(value) for name, value in row} | dict(zip(names, texts, strict=True))
                # What is filled in for an option is about the selections that leave it out.
                is_other = kind[0] == "default-changed" and picked.get(kind[1], "None") != "None"
                wanted = ((name, set(map(repr, values))) for name, values in draft.when.items())
                assert is_other or not all(picked.get(name, "None") in values for name, values in wanted), draft.message


def ids(diff: Diff) -> list[str]:
    """Return the ids of the findings; of a sample, once for each place, since periods that differ in one sample may not in another."""
    places = [(finding.id, finding.path) for finding in diff.findings]
    return [name for name, _ in (dict.fromkeys(places) if is_sampled(diff) else places)]


def is_sampled(diff: Diff) -> bool:
    """Whether only a sample of some model is tried."""
    return any(one.space is not None for one in diff.sums.values())


def limited(diff: Diff, mirrors: Mapping[str, str]) -> list[Any]:
    """Return to what each finding is limited, and of how many selections it tells, with the ids that `mirrors` has for its own."""
    return sorted(
        (
            mirrors.get(one.id, one.id),
            sorted((name, sorted(map(repr, values))) for name, values in one.when.items()),
            one.selections,
        )
        for one in diff.findings
    )


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
