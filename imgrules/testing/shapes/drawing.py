"""What the shapes draw from, and the changes to a model that several shapes make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

Model: TypeAlias = dict[str, Any]

NONE = "(none)"
"""What a rule file writes for no value."""

MOMENTS = ("2026-01-01", "2026-07-01T12:00:00Z", "2027-01-01")
"""The moments in UTC at which shapes begin or end."""

YES_OR_NO = (True, False)


class Source:
    """What the shapes draw from: a draw function, the shared file, and a strategy for amounts."""

    def __init__(self, draw: DrawFn, shared: Mapping[str, Any], amounts: SearchStrategy[Any]) -> None:
        self.shared = shared
        self.amounts = amounts
        self._draw = draw

    def choice(self, *choices: Any) -> Any:
        """Draw one of the choices."""
        return self._draw(st.sampled_from(choices))

    def draw(self, strategy: SearchStrategy[Any]) -> Any:
        """Draw from a strategy."""
        return self._draw(strategy)

    def option(self, model: Model, name: str, facts: dict[str, Any]) -> Model:
        """Return the model with a further option."""
        return {**model, "options": {**model["options"], name: {"send": f"own.{name}", **facts}}}

    def unless_picked(self, default: Any) -> dict[str, Any]:
        """Draw the keys for an option that is not picked: `optional`, `default`, or no key."""
        return dict(self.choice({}, {"optional": True}, {"default": default}, {"default": default}))

    def snap(self) -> dict[str, Any]:
        """Draw the key for a value near one that is offered, or no key."""
        return dict(self.choice({}, {}, {}, {"snap": "nearest"}, {"snap": "down"}, {"snap": "up"}))

    def listed(self, model: Model) -> list[str]:
        """Return the options of a model that take listed values only, or are words."""
        others = {"number", "size", "ratio", "text", "list"}
        return [name for name, option in model["options"].items() if "values" in option and not others & set(option)]

    def condition(self, model: Model) -> dict[str, Any]:
        """Draw a condition on an option of the model."""
        name = self.choice(*model["options"])
        return {name: self._test(model["options"][name])}

    def _test(self, option: dict[str, Any]) -> Any:
        if "list" in option or is_number_of(option):
            return self.choice({"min": 1}, {"max": 1}, {"min": 1, "max": 2}, *({"not": NONE}, NONE) if "list" in option else ())
        if "number" in option:
            return self.choice({"min": 1}, {"max": 1}, 1, {"not": NONE}, [NONE, 1], {"min": 1, "not": 2})
        if "values" in option:
            value = self.choice(*option["values"])
            return self.choice(value, [value], {"not": value}, {"not": NONE}, NONE, [value, NONE], {"not": [NONE, value]})
        return self.choice({"not": NONE}, NONE)


def is_number_of(option: dict[str, Any]) -> bool:
    """Whether an option is a number that is computed from others."""
    return "of" in option and "values" not in option and not isinstance(option["of"], dict)


def absent(name: str) -> dict[str, Any]:
    """Return the condition that an option has no value."""
    return {name: NONE}


def limited(model: Model, limit: dict[str, Any]) -> Model:
    """Return the model with one more limit."""
    return {**model, "limits": [*model.get("limits", []), limit]}


def changed(source: Source, model: Model, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Model:
    """Return the model with a change of one of its options with listed values."""
    names = [name for name, option in model["options"].items() if "values" in option and "of" not in option]
    if not names:
        return model
    name = source.choice(*names)
    return {**model, "options": {**model["options"], name: change(model["options"][name])}}


def is_priced(model: Model) -> bool:
    """Whether values of a model have prices."""
    mappings = (option["values"] for option in model["options"].values() if isinstance(option.get("values"), dict))
    return any("credits" in value for values in mappings for value in values.values())
