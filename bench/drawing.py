"""
Selections of any rule set, drawn with a seed: sound ones with random optional values, and others with one mistake.

Each has fresh texts, URLs and seeds, as requests have. The rules themselves decide whether a drawn value
is compatible with the others, so that sound selections have many options despite the limits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from random import Random
from typing import Any

from imgrules import Refused, Rules
from imgrules.table.options import Option
from imgrules.table.records import MODEL, Model, fields_of
from imgrules.table.terms import Numbers, Sizes, Text

Selection = dict[str, Any]

MOST = 4096
"""The largest side in pixels, and the largest number of an option without a bound."""

_TRIES = 12
_RATIOS = ("1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "21:9", "5:4", "2:1")
_WORDS = ("A", "red", "fox", "in", "the", "snow", "Füchse", "雪の中の", "🦊", "35mm")
_SIDES = (64, 256, 512, 768, 1024, 1152, 1280, 1408, 1536, 1792, 1920, 2048)


class Drawing:
    """A source of different selections of one model of a rule set, at a moment."""

    def __init__(self, rules: Rules, model: str, random: Random, at: Any = None) -> None:
        self.random, self._rules, self.at = random, rules, at
        whole = rules.table.models[model]
        # `at` may be any moment that the rules accept; the version only supplies values to draw from.
        text = at if isinstance(at, str) or at is None else f"{at:%Y-%m-%dT%H:%M:%SZ}"
        self.model: Model = whole.at(text) or whole.versions[0]
        self.grants = frozenset(grant for gate in rules.table.gates.values() for grant in gate.opens_with)
        self._fields = fields_of(rules.table, self.model)
        self.refused = tuple(rules.table.types[self.model.type].refused)

    def sound(self) -> Selection:
        """Return a selection with every text, every required option, and about half of the others."""
        picked: Selection = {MODEL: self.model.id}
        for field in self._fields.values():
            if field.required or self.random.random() < 0.7:
                picked[field.name] = self.text(field.text)
        picked |= self._combination()
        needed, free = self._split(picked)
        for option in needed:
            self._add(picked, option, tries=_TRIES)
        for option in free:
            if self.random.random() < 0.5:
                self._add(picked, option, tries=2)
        return picked

    def _combination(self) -> Selection:
        """Return the values of one combination that is sold; half of its default values are left out."""
        if not self.model.cells:
            return {}
        options, cell = self.model.options, self.random.choice(self.model.cells)
        combination = {name: value for name, value in zip(self.model.axes, cell.values, strict=True) if value is not None}
        return {
            name: options[name].picked(value)
            for name, value in combination.items()
            if options[name].follows is None and (options[name].default != value or self.random.random() < 0.5)
        }

    def _split(self, picked: Selection) -> tuple[list[Option], list[Option]]:
        """Return the remaining options, first the required ones."""
        left = [
            option for option in self.model.order if option.name not in picked and option.follows is None and not option.bound
        ]
        free = [option for option in left if option.optional or option.default is not None or option.defaults or option.when]
        return [option for option in left if option not in free], free

    def _add(self, picked: Selection, option: Option, tries: int) -> None:
        """Pick a value of an option that is compatible with the picked ones, if one is drawn."""
        for _ in range(tries):
            value = self.value(option)
            if option.name not in {violation.field for violation in self._violations({**picked, option.name: value})}:
                picked[option.name] = value
                return

    def _violations(self, picked: Selection) -> tuple[Any, ...]:
        return self._rules.decide(picked, self.grants, None, self.at).violations

    def allows(self, picked: Any, grants: Any = None) -> bool:
        """Whether a selection has a body, for the given grants or else with every grant."""
        try:
            self._rules.emit(picked, self.grants if grants is None else grants, None, self.at)
        except Refused:
            return False
        return True

    def is_impossible(self, picked: Any) -> bool:
        """Whether a selection is impossible with every grant."""
        return str(self._rules.decide(picked, self.grants, None, self.at).status) == "impossible"

    def fresh(self, picked: Selection) -> Selection:
        """Return the same choice with other texts, other URLs in lists, and other numbers of a wide range, such as seeds."""
        return {name: self._other(name, value) for name, value in picked.items()}

    def _other(self, name: str, value: Any) -> Any:
        option, field = self.model.options.get(name), self._fields.get(name)
        if field is not None:
            return self.text(field.text)
        if option is None or option.values:
            return value
        if type(value) is list:
            return [self.text(option.text or Text(1)) for _ in value]
        if option.text is not None:
            return self.text(option.text)
        return self._number(option.number) if option.number is not None and _is_wide(option.number) else value

    def value(self, option: Option) -> Any:
        """Return a value that an option accepts, or a near miss."""
        if option.many is not None:
            return self._entries(option, option.many)
        kinds = [kind for kind in self._kinds(option) if kind is not None]
        return self.random.choice(kinds)() if kinds else None

    def _kinds(self, option: Option) -> Iterator[Callable[[], Any] | None]:
        number, size, text = option.number, option.size, option.text
        words = [option.picked(value) for value in option.values]
        yield (lambda: self.random.choice(words)) if words else None
        yield None if number is None else lambda: self._number(number)
        yield None if size is None else lambda: self._size(size)
        yield None if option.ratio is None else lambda: self.random.choice(_RATIOS)
        yield None if text is None else lambda: self.text(text)

    def _entries(self, option: Option, count: Numbers) -> list[Any]:
        least = max(int(count.min or 0), 1)
        many = self.random.randint(least, max(least, min(int(count.max or 4), 4)))
        if option.values:
            return self.random.sample(list(option.values), min(many, len(option.values)))
        return [self.text(option.text or Text(1)) for _ in range(many)]

    def _number(self, rule: Numbers) -> Any:
        least = Decimal(rule.min if rule.min is not None else 0 if rule.max is None else rule.max - 10)
        most = Decimal(rule.max if rule.max is not None else least + MOST)
        if rule.step is None:
            return round(float(least) + self.random.random() * float(most - least), 2)
        number = least + self.random.randint(0, int((most - least) / rule.step)) * rule.step
        return int(number) if number == int(number) else float(number)

    def _size(self, rule: Sizes) -> str:
        step, least = int(rule.edge.step or 1), int(rule.edge.min or 1)
        most = int(rule.edge.max or MOST)
        sides = [side for side in _SIDES if side % step == 0 and least <= side <= most]
        drawn = [*sides, least + step * self.random.randint(0, max(0, min(most, MOST) - least) // step)]
        return f"{self.random.choice(drawn)}x{self.random.choice(drawn)}"

    def text(self, rule: Text) -> str:
        """Return a text that was never drawn before, as far as its length allows: a URL, or some words."""
        longest = rule.shortest + 80 if rule.longest is None else rule.longest
        if rule.unit == "words":
            return " ".join(self.random.choice(_WORDS) for _ in range(max(1, min(longest, rule.shortest + 5))))
        fresh = self.random.getrandbits(64)
        url = f"https://pictures.example/{fresh:016x}.png"
        words = " ".join([*self.random.choices(_WORDS, k=5), f"{fresh:x}"])
        text = self.random.choice((url, words)).ljust(rule.shortest, ".")
        cut = text.encode()[:longest].decode(errors="ignore") if rule.unit == "bytes" else text[:longest]
        return cut.ljust(rule.shortest, ".")


def _is_wide(rule: Numbers) -> bool:
    return rule.max is None or rule.max - (rule.min or 0) > MOST
