"""
Law: a rename that keeps the old names is told as that alone.

Every option of a model that is no fact, and every value that is only a word, gets another name wherever the rules name it.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from imgrules.table.moments import EARLIEST
from imgrules.table.options import Option
from imgrules.table.record_base import replace
from imgrules.table.records import Model, Table
from imgrules.table.terms import Alias
from imgrules.views.diff.compare import compare
from imgrules.views.diff.structure.names import Names, Renames
from imgrules.views.diff.structure.translated import in_old_names
from tests.laws.rule_sets import ANY_TABLE


@given(st.data(), ANY_TABLE)
def test_a_rename_is_told_as_that_alone(data: st.DataObject, table: Table) -> None:
    """No selection changes, and in the other direction nothing is told but that old names are refused."""
    name = data.draw(st.sampled_from(list(table.models)))
    before = replace(table.models[name].at(EARLIEST) or table.models[name], changes=())
    after = renamed(before)
    old, new = (replace(table, models={**table.models, name: model}) for model in (before, after))
    there, back = compare(old, new), compare(new, old)
    assert {finding.id for finding in there.findings} == ({"renamed"} if before != after else set()), there.findings
    assert there.total.unchanged == there.total.selections
    assert {finding.id for finding in back.findings} == ({"rename-undone"} if before != after else set()), back.findings


def renamed(model: Model) -> Model:
    """Return a model with other names for its options and their values, the old ones as aliases."""
    options = {name: another(name) for name, option in model.options.items() if not option.fact}
    words = {
        name: {value: another(value) for value in option.values}
        for name, option in model.options.items()
        if is_word(option, model)
    }
    values = {options.get(name, name): Renames(of_option) for name, of_option in words.items()}
    new = in_old_names(model, Names(Renames(options), values))
    kept = {
        options.get(name, name): replace(
            new.options[options.get(name, name)],
            aliases=with_aliases(model.options[name].aliases, words.get(name, {})),
        )
        for name in model.options
    }
    return replace(new, options=kept, aliases=with_aliases(model.aliases, options))


def with_aliases(aliases: tuple[Alias, ...], names: dict[str, str]) -> tuple[Alias, ...]:
    """Return aliases of what has other names, and the old names as further ones."""
    moved = (replace(alias, means=names.get(alias.means, alias.means)) for alias in aliases)
    return (*moved, *(Alias(old, new) for old, new in names.items()))


def another(name: str) -> str:
    """Return another name, which sorts as the old one does."""
    return f"{name}_now"


def is_word(option: Option, model: Model) -> bool:
    """Whether the values of an option are words that the caller picks, which no rule reads as a number, a size or a ratio."""
    measured = {
        name for other in model.options.values() if other.follows and other.follows.measure for name in other.follows.of
    }
    formed = {send.name for send in model.body if send.form is not None}
    computed = option.fact or option.switch or option.snap or option.follows is not None
    return option.listed and not computed and option.name not in {*measured, *formed}
