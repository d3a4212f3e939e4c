"""Law: what the rules say about an option by itself is true of all sound picks, whatever limits and prices say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules.compiler.lower.known_options import KnownOption, known_options_of_version
from imgrules.engine.resolve import amount, picks
from imgrules.refusals.faults import option_faults
from imgrules.table.measures import pair
from imgrules.table.options import Option
from imgrules.table.records import Model, Table
from imgrules.testing import selections
from tests.laws.rule_sets import ANY_TABLE


@given(st.data(), ANY_TABLE)
def test_what_is_known_holds_for_all_sound_picks(data: st.DataObject, table: Table) -> None:
    """An absent option may be absent, a number is a possible number, and what has no sides may be a word."""
    versions = [version for model in table.models.values() for version in model.versions]
    known_by_version = [(version, known_options_of_version(version)) for version in versions]
    for _ in range(4):
        selection = data.draw(selections(table))
        for version, by_option in known_by_version:
            if version.id == selection.get("model"):
                check(version, by_option, selection)


def counts(option: Option) -> bool:
    """Whether an option is a number, or a list, whose length is its number."""
    return bool(option.number or option.many or (option.follows and not option.values))


def check(model: Model, options: Mapping[str, KnownOption], selection: Mapping[Any, Any]) -> None:
    """Compare what is known of a model with the values of its options, as far as they can be known."""
    given_options = {name: model.options[name] for name in selection if name in model.options}
    sound = {name: selection[name] for name, option in given_options.items() if not any(option_faults(option, selection[name]))}
    resolved = picks(model, sound)
    for name, known in options.items():
        value, number = resolved.values.get(name), amount(model, name, resolved.values)
        assert value is not None or known.may_be_absent or name in resolved.open
        assert number is not None or known.may_lack_number or not counts(known.option) or name in resolved.open
        assert number is None or known.numbers is None or known.numbers.first_from(number) == number
        assert (
            value is None
            or known.option.size is None
            or known.has_word
            or pair(value, "x:" if known.option.ratio else "x") is not None
        )
