"""
Which shapes random rule sets have: `python -m tests.laws.shares 300` prints the share of models with each.

A test uses the same table: a shape that is never drawn proves nothing.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from imgrules.testing import rule_documents

Model = dict[str, Any]


def options(model: Model) -> list[Model]:
    """Return the options of a model."""
    return list(model["options"].values())


KINDS = {"values", "number", "size", "ratio", "text", "list", "of", "pixels", "total"}


def values(model: Model) -> list[Model]:
    """Return the details of the values of a model."""
    return [value for option in options(model) if isinstance(option.get("values"), dict) for value in option["values"].values()]


def prices(model: Model) -> list[Any]:
    """Return the successive prices of a model, or the only one."""
    price = model.get("credits")
    return [period["credits"] for period in price] if isinstance(price, list) else [price]


def formulas(model: Model) -> list[Model]:
    """Return the prices that are formulas."""
    return [price for price in prices(model) if isinstance(price, dict) and "table" not in price]


def counted(model: Model) -> list[Model]:
    """Return the bounds of the numbers that a price counts."""
    lines = [line for price in formulas(model) for key in ("times", "plus") for line in price.get(key, [])]
    each = [price["each"] for price in formulas(model) if "each" in price]
    names = {*(line.get("per") for line in lines), *(name for one in each for name in ([one] if isinstance(one, str) else one))}
    return [option["number"] for name, option in model["options"].items() if name in names and "number" in option]


def conditions(model: Model) -> Iterator[Any]:
    """Yield the parts of all conditions of a model."""
    rules = [*model.get("limits", []), *model.get("gates", []), *options(model)]
    rules += [line for formula in formulas(model) for key in ("times", "plus") for line in formula.get(key, [])]
    yield from (asked for rule in rules for key in ("when", "only", "never") for asked in rule.get(key, {}).values())


def dated(entry: Model) -> bool:
    """Return whether something begins or ends."""
    return bool({"from", "until"} & set(entry))


def option(key: str) -> Callable[[Model], bool]:
    """Return a test for models with an option that has a key."""
    return lambda model: any(key in option for option in options(model))


def option_says(key: str, word: str) -> Callable[[Model], bool]:
    """Return a test for models with an option whose key has a value."""
    return lambda model: any(option.get(key) == word for option in options(model))


def limit(key: str) -> Callable[[Model], bool]:
    """Return a test for models with a limit that has a key."""
    return lambda model: any(key in limit for limit in model.get("limits", []))


def formula(key: str) -> Callable[[Model], bool]:
    """Return a test for models with a price formula that has a key."""
    return lambda model: any(key in formula for formula in formulas(model))


def is_table(value: Any) -> bool:
    """Return whether a value is a lookup table."""
    return isinstance(value, dict) and "table" in value


def tables(part: Any) -> Iterator[Model]:
    """Yield all look-up tables of a model."""
    if is_table(part):
        yield part
    elif isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from tables(inner)


def text_rules(value: Model) -> list[Model]:
    """Return the rules for the length of a text; an empty list for anything else."""
    rules = value.get("text", [])
    return rules if isinstance(rules, list) else [rules]


SHAPES: dict[str, Callable[[Model], bool]] = {
    "numbers": option("number"),
    "texts": option("text"),
    "lists": option("list"),
    "switches": lambda model: any(
        option.get("values", [0])[0] in (True, False) for option in options(model) if isinstance(option.get("values"), list)
    ),
    "optional options": option("optional"),
    "options by when": option("when"),
    "defaults": option("default"),
    "defaults by a table": lambda model: any(is_table(option.get("default")) for option in options(model)),
    "unsent options": lambda model: any(option.get("send") is False for option in options(model)),
    "rows for no value": lambda model: any("'(none)': " in str(table["table"]) for table in tables(model)),
    "rows for others": lambda model: any("'(other)': " in str(table["table"]) for table in tables(model)),
    "sizes by rule": option("size"),
    "shapes by rule": lambda model: any(isinstance(option.get("ratio"), dict) for option in options(model)),
    "pixels": option_says("measure", "pixels"),
    "longest sides": option_says("measure", "longest"),
    "shortest sides": option_says("measure", "shortest"),
    "totals": option_says("measure", "total"),
    "words for ranges": lambda model: any(
        "of" in option and "values" in option and not is_table(option["of"]) for option in options(model)
    ),
    "words of a table": lambda model: any(is_table(option.get("of")) for option in options(model)),
    "only": limit("only"),
    "never": limit("never"),
    "needs": limit("needs"),
    "ignores": limit("ignores"),
    "reasons": limit("because"),
    "conditions by range": lambda model: any(
        isinstance(condition, dict) and {"min", "max"} & set(condition) for condition in conditions(model)
    ),
    "conditions by not": lambda model: any(
        isinstance(condition, dict) and "not" in condition for condition in conditions(model)
    ),
    "conditions by (none)": lambda model: any("(none)" in str(condition) for condition in conditions(model)),
    "flat prices": lambda model: any(price is not None and not isinstance(price, dict) for price in prices(model)),
    "prices of values": lambda model: any("credits" in value for value in values(model)),
    "price tables": lambda model: any(is_table(price) for price in prices(model)),
    "factors": formula("times"),
    "surcharges": formula("plus"),
    "surcharges per number": lambda model: any("per" in line for price in formulas(model) for line in price.get("plus", [])),
    "prices per output": formula("each"),
    "prices of unbounded numbers": lambda model: any("max" not in number for number in counted(model)),
    "prices of decimals": lambda model: any(number.get("step") == "any" for number in counted(model)),
    "rounding": formula("round"),
    "estimates": lambda model: (
        "'about " in str(prices(model)) or any("about" in str(value.get("credits")) for value in values(model))
    ),
    "unknown prices": lambda model: (
        "'unknown'" in str(prices(model)) or any(value.get("credits") == "unknown" for value in values(model))
    ),
    "promotions": lambda model: "promotion" in model or any("promotion" in value for value in values(model)),
    "prices in time": lambda model: isinstance(model.get("credits"), list),
    "gates of models": lambda model: "gate" in model,
    "gates of values": lambda model: any("gate" in value for value in values(model)),
    "gates by condition": lambda model: "gates" in model,
    "several gates": lambda model: any(
        isinstance(holder.get("gate"), list) and len(holder["gate"]) > 1 for holder in [model, *values(model)]
    ),
    "dated gates": lambda model: any(map(dated, model.get("gates", []))),
    "dated values": lambda model: any(map(dated, values(model))),
    "dated models": dated,
    "dated badges": lambda model: any(map(dated, model.get("badges", []))),
    "aliases": lambda model: "aliases" in model,
    "aliases of options": option("aliases"),
    "aliases of values": lambda model: any("aliases" in value for value in values(model)),
    "options at one path": lambda model: {"preset", "custom"} <= set(model["options"]),
    "sizes beside ratios": lambda model: any({"size", "ratio"} <= set(option) for option in options(model)),
    "snapping to the nearest": option_says("snap", "nearest"),
    "snapping down": option_says("snap", "down"),
    "snapping up": option_says("snap", "up"),
    "spelling": option("as"),
    "sent for values": lambda model: any("as" in value for value in values(model)),
    "values that are not sent": lambda model: any(value.get("send") is False for value in values(model)),
    "cells that are not sent": lambda model: "(none)" in str(model.get("body", {})),
    "no provider": lambda model: "provider" not in model,
    "values of the type": lambda model: any("label" not in option and not KINDS & set(option) for option in options(model)),
    "refused fields": lambda model: "refused" in model,
    "wire tables": lambda model: any(map(is_table, model.get("body", {}).values())),
    "arrays": lambda model: any("[" in path for path in model.get("body", {})),
    "parts of options": lambda model: any(
        isinstance(source, dict) and "of" in source for source in model.get("body", {}).values()
    ),
    "models by a table": lambda model: is_table(model["model"]),
    "requests by a table": lambda model: is_table(model.get("request")),
    "several stand-ins": lambda model: any(isinstance(value.get("use"), list) for value in values(model)),
    "descriptions": lambda model: "description" in model,
    "ids": lambda model: "id" in model,
    "names left out": lambda model: "name" not in model,
    "types left out": lambda model: "type" not in model,
    "tables by one name": lambda model: is_table(model.get("model")) and isinstance(model["model"]["by"], str),
    "lengths in words or bytes": lambda model: any(
        rule.get("unit") in ("words", "bytes")
        for value in [*options(model), *model.get("fields", {}).values()]
        for rule in text_rules(value)
    ),
    "several lengths of a text": lambda model: any(len(text_rules(value)) > 1 for value in options(model)),
    "own texts": lambda model: "fields" in model,
    "sources": lambda model: "source" in model,
    "facts": lambda model: "facts" in model,
    "facts in words": lambda model: any(
        isinstance(option.get("of"), str) and option["of"] in model.get("facts", {}) for option in options(model)
    ),
    "tables by facts": lambda model: any(
        f"'{name}'" in str([model.get("request"), *prices(model)]) for name in model.get("facts", {})
    ),
    "facts that are sent": lambda model: any(path == "caller.fact" for path in model.get("body", {})),
}
"""Every shape, with the test that finds it in the plain values of a model file."""


def shares(examples: int, *, start: int | None = None) -> dict[str, float]:
    """Return the share of drawn models that have each shape; the same `start` draws the same models."""
    seen: Counter[str] = Counter()

    @settings(
        max_examples=examples,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(rule_documents())
    def count(documents: Any) -> None:
        for name, model in documents.items():
            if not name.startswith("_"):
                seen[""] += 1
                seen.update(shape for shape, has in SHAPES.items() if has(model))

    (count if start is None else seed(start)(count))()
    return {shape: seen[shape] / seen[""] for shape in SHAPES}


if __name__ == "__main__":
    for shape, share in shares(int(sys.argv[1]) if len(sys.argv) > 1 else 300).items():
        print(f"{share:6.1%}  {shape}")  # noqa: T201  the output of the command
