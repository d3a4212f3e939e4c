"""Law: the fast check accepts a value unchanged exactly if the full check finds no fault and replaces nothing."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules.engine.normalize import canonical
from imgrules.engine.plan.accepts import accepts, accepts_cap, accepts_text
from imgrules.refusals.faults import cap_faults, option_faults, text_faults
from imgrules.table.records import fields_of
from imgrules.testing import moments, selections
from tests.laws.rule_sets import ANY_TABLE


@given(st.data(), ANY_TABLE)
def test_what_is_accepted(data: st.DataObject, table: Any) -> None:
    """The fast check and the full one agree, for every kind of option, and for texts."""
    at = data.draw(moments(table))
    for _ in range(5):
        selection = data.draw(selections(table, at))
        for model in (version for sold in table.models.values() for version in sold.versions):
            fields = fields_of(table, model)
            for name, value in selection.items():
                if name in fields and fields[name].cap:
                    assert (accepts_cap()(value) is None) == any(cap_faults(value))
                elif name in fields:
                    assert (accepts_text(fields[name].text.rules)(value) is None) == any(
                        text_faults(fields[name].text.rules, value)
                    )
                elif name in model.options and model.options[name].follows is None:
                    own, notes = canonical(model, {name: value}, at)
                    wrong = bool(notes) or any(option_faults(model.options[name], own[name]))
                    taken = accepts(model.options[name])(value)
                    assert (taken is None) == wrong
                    assert wrong or taken == own[name]
