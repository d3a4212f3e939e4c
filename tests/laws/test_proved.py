"""Law: rules that pass `check` have no counter-example: one price, one body, labels, and a catalog that agrees with `decide`."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from imgrules.proofs.proof import prove
from imgrules.table.records import Table
from imgrules.testing import tables
from tests.laws.rule_sets import PACKAGED

SOUND = st.one_of(st.just(PACKAGED), tables(holes=False), tables(holes=False, shape="alike"), tables(holes=False, shape="fact"))


@given(SOUND)
def test_what_check_accepts_is_proved(table: Table) -> None:
    """No selection of a sound table is decided, priced, sent or shown in two ways."""
    proof = prove(table)
    assert proof.failures == ()
    assert proof.selections > 0 or not any(model.cells for model in table.models.values())
