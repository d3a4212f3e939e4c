"""
What is known of each option whatever is picked: which numbers it may be, and whether it may be absent.

All checks and all steps of lowering read it here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import prod

from imgrules.compiler.lower.convert import options
from imgrules.compiler.lower.possible_numbers import PossibleNumbers, of_lengths, of_number, of_total
from imgrules.compiler.lower.possible_sides import of_sides
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.table.dependency_order import in_dependency_order
from imgrules.table.measures import pair
from imgrules.table.options import Option
from imgrules.table.record_base import record
from imgrules.table.records import Model
from imgrules.table.terms import Lookup


@record
class KnownOption:
    """
    What is known of an option, and holds for every selection.

    `may_lack_source` is true for an option that is computed from one that may have no number. `measured` are the possible
    numbers of an option, of a list its possible lengths, and of words for ranges the numbers that lie in them; None for an option
    that is no number and no list, or if they are unknown.
    """

    option: Option
    may_lack_source: bool
    measured: PossibleNumbers | None

    @property
    def numbers(self) -> PossibleNumbers | None:
        """The possible numbers of an option that is no word for a range."""
        return None if self.option.follows is not None and self.option.values else self.measured

    @property
    def may_be_absent(self) -> bool:
        """Whether an allowed selection may have no value for the option."""
        return self.option.optional or self.option.conditional or self.may_lack_source

    @property
    def may_be_nothing(self) -> bool:
        """Whether an allowed selection may have no value for the option, or a list without entries."""
        return self.may_be_absent or (self.option.many is not None and (self.numbers is None or self.numbers.least <= 0))

    @property
    def may_lack_number(self) -> bool:
        """
        Whether the option may have no number for an option that is computed from it.

        A list always has a length, 0 if it is absent; a size may be a word, such as `auto`, or a ratio: both have no pixels.
        """
        return self.option.many is None and (self.may_be_absent or self._may_lack_pixels)

    @property
    def _may_lack_pixels(self) -> bool:
        words = any(pair(value, "x") is None for value in self.option.values)
        return self.has_word or (self.option.size is not None and (words or self.option.ratio is not None))

    @property
    def has_word(self) -> bool:
        """Whether the option has a `size` or `ratio` rule and also lists words, such as `auto`, which have no sides."""
        by_rule = self.option.size is not None or self.option.ratio is not None
        return by_rule and any(pair(value, "x:") is None for value in self.option.values)


def known_options(ordered: Iterable[Option]) -> dict[str, KnownOption]:
    """
    Return what is known of all options of a model, by name; each option comes after those that it depends on.

    In a dependency cycle, which is an error, it is less than could be known.
    """
    known: dict[str, KnownOption] = {}
    for option in ordered:
        # A source that is not known is misspelled, or part of a dependency cycle.
        sources = [known[name] for name in (option.follows.names if option.follows else ()) if name in known]
        known[option.name] = _known(option, sources)
    return known


def known_options_of_version(model: Model) -> Mapping[str, KnownOption]:
    """Return what is known of the options of a model in one period; cached with the model."""
    cached: Mapping[str, KnownOption] | None = model.memory.get("known")
    return model.memory.keep("known", known_options(model.order)) if cached is None else cached


def known_options_of_model(rules: RuleSet, model: str) -> Mapping[str, KnownOption]:
    """Return what is known of the options of a model, with all values that they have at any time; cached in `rules.known_options`."""
    cached: Mapping[str, KnownOption] | None = rules.known_options.get(model)
    if cached is None:
        cached = rules.known_options[model] = known_options(in_dependency_order(options(rules.models[model], {})))
    return cached


def _known(option: Option, sources: Sequence[KnownOption]) -> KnownOption:
    # A total counts an absent option as 0, so it always has a number.
    is_total = option.follows is not None and option.follows.measure == "total"
    may_lack_source = not is_total and any(source.may_lack_number for source in sources)
    if option.follows is not None and option.follows.table is not None:
        may_lack_source = _has_hole(option.follows.table, sources)
    return KnownOption(option, may_lack_source, _measured(option, sources))


def _has_hole(table: Lookup, sources: Sequence[KnownOption]) -> bool:
    """Whether a table may have no entry for the values of its options; true if that is too costly to find out."""
    if len(sources) < len(table.by) or prod(len(source.option.values) + 2 for source in sources) > _MOST_PAIRS:
        return True
    pairs = product(*(_words(source) for source in sources))
    return any(table.find(dict(zip(table.by, pair, strict=True))) is None for pair in pairs)


_MOST_PAIRS = 50_000


def _words(source: KnownOption) -> tuple[str | None, ...]:
    """Return the values with which a table is read, and for an option with a rule also a text that no row names."""
    absent = (None,) if source.may_be_absent or source.option.many is not None else ()
    return (*source.option.values, *(() if source.option.listed else ("",)), *absent)


def _measured(option: Option, sources: Sequence[KnownOption]) -> PossibleNumbers | None:
    if option.number is not None:
        return of_number(option.number)
    if option.many is not None:
        return of_lengths(option.many, may_be_absent=option.optional or option.conditional)
    if option.follows is None or option.follows.table is not None or not sources or len(sources) < len(option.follows.names):
        return None
    if option.follows.of_sides:
        return of_sides(option.follows, [source.option for source in sources], [source.numbers for source in sources])
    if option.follows.measure is None:
        return sources[0].numbers
    summands = [(source.numbers, source.may_be_absent) for source in sources if source.numbers is not None]
    return of_total(summands) if len(summands) == len(sources) else None
