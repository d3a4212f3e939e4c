"""The names that a rule set changed and keeps as an alias, so that a rename is not taken for a removal and an addition."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from imgrules.table.record_base import field, record
from imgrules.table.records import Model, Table
from imgrules.table.terms import Alias


@record
class Renames:
    """Old names by new ones: `kept` where the old name stays as an alias, `undone` where the new one was an alias before."""

    kept: Mapping[str, str] = field(default_factory=dict)
    undone: Mapping[str, str] = field(default_factory=dict)

    @property
    def all(self) -> dict[str, str]:
        """All old names by new ones."""
        return {**self.kept, **self.undone}


def renames(old: Collection[str], new: Collection[str], old_aliases: Iterable[Alias], new_aliases: Iterable[Alias]) -> Renames:
    """Return the renames among the names of both sides, as their aliases declare them; each name has one at most."""
    kept: dict[str, str] = {}
    for alias in new_aliases:
        if _replaces(alias.name, alias.means, old, new) and alias.name not in kept.values():
            kept.setdefault(alias.means, alias.name)
    undone: dict[str, str] = {}
    for alias in old_aliases:
        taken = alias.means in {*kept.values(), *undone.values()} or alias.name in kept
        if _replaces(alias.means, alias.name, old, new) and not taken:
            undone.setdefault(alias.name, alias.means)
    return Renames(kept, undone)


def _replaces(before: str, after: str, old: Collection[str], new: Collection[str]) -> bool:
    return before in old and before not in new and after in new and after not in old


def model_renames(old: Table, new: Table) -> Renames:
    """Return the models that have a new id."""
    return renames(old.models, new.models, old.aliases, new.aliases)


@record
class Names:
    """The renames of the options of a model, and of the values of each option by its old name."""

    options: Renames
    values: Mapping[str, Renames]

    @property
    def is_empty(self) -> bool:
        """Whether nothing has another name."""
        return not any(renames.all for renames in (self.options, *self.values.values()))

    @property
    def kept(self) -> Names:
        """The renames of which the new side understands the old names."""
        return Names(Renames(self.options.kept), {name: Renames(renames.kept) for name, renames in self.values.items()})

    def option(self, name: Any) -> Any:
        """Return the old name of an option of the new side; of anything else, the same."""
        return self.options.all.get(name, name)

    def word(self, option: str) -> Callable[[Any], Any]:
        """Return what gives the old name of a value of an option, which has its old name here; of anything else, the same."""
        old = self.values[option].all if option in self.values else {}
        return lambda value: old.get(value, value) if isinstance(value, str) else value

    def in_old(self, picked: Mapping[str, Any]) -> dict[str, Any]:
        """Return values by option in the names of the new side by those of the old one."""
        named = ((self.option(name), value) for name, value in picked.items())
        return {name: self.word(name)(value) for name, value in named}


def names_of(old: Model, new: Model) -> Names:
    """Return the renames between two versions of a model."""
    options = renames(old.options, new.options, old.aliases, new.aliases)
    values = {}
    for name, option in new.options.items():
        before = old.options.get(options.all.get(name, name))
        if before is not None:
            values[before.name] = renames(before.values, option.values, before.aliases, option.aliases)
    return Names(options, values)
