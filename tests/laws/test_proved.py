"""Law: a proof finds no fault of the engine, and what it says of the rules is true of every selection that is tried."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Rules, Status
from imgrules.proofs.proof import prove
from imgrules.quoting import quoted, shown
from imgrules.table.records import Table
from imgrules.testing import moments, selections, tables
from tests.laws.rule_sets import ANY_TABLE, COOKBOOK, PACKAGED

SOUND = st.one_of(st.just(PACKAGED), tables(holes=False), tables(holes=False, shape="alike"), tables(holes=False, shape="fact"))
OF_THE_RULES = ("send one body at two prices", "nobody can have", "but no selection has that")
"""What the author of random rules may have done; anything else that a proof finds is a fault of the engine."""


@given(SOUND)
def test_a_proof_finds_no_fault_of_the_engine(table: Table) -> None:
    """No selection of a sound table is decided, sent or shown in two ways."""
    assert [failure for failure in prove(table).failures if not any(words in failure for words in OF_THE_RULES)] == []


def test_the_packaged_rules_and_the_cookbook_are_proved() -> None:
    """Rules that people wrote have no counter-example at all."""
    proofs = [prove(table) for table in (PACKAGED, COOKBOOK)]
    assert [proof.failures for proof in proofs] == [(), ()]
    assert proofs[0].selections == sum(len(model.cells) for model in PACKAGED.models.values())


@given(st.data(), ANY_TABLE)
def test_what_nobody_can_have_is_in_no_selection(data: st.DataObject, table: Table) -> None:
    """A selection that is allowed to somebody has no value, and no combination, of which the proof says that nobody has it."""
    told = prove(table).failures
    rules, at = Rules(table), data.draw(moments(table))
    for selection in data.draw(st.lists(selections(table, at), min_size=5, max_size=5)) if told else ():
        decision = rules.decide(selection, {grant for gate in table.gates.values() for grant in gate.opens_with}, at=at)
        if decision.status is Status.IMPOSSIBLE:
            continue
        model = table.models[decision.model or ""]
        model = model.at(decision.at) or model
        options = {name: model.options[name] for name in model.axes if decision.select.get(name) is not None}
        words = {name: option.word(decision.select[name]) for name, option in options.items() if not option.fact}
        picked = {name: value for name, value in words.items() if options[name].follows is None}
        combination = ", ".join(f"{name} {shown(value)}" for name, value in sorted(picked.items())) or "nothing picked"
        assert f"{model.id}: the catalog offers {combination}, but no selection has that" not in told
        assert not {f"{model.id}: nobody can have {quoted(value)} as {quoted(name)}" for name, value in words.items()} & {*told}
