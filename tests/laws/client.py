"""
A front end that knows the catalog alone: what it would grey out, lock and price, without asking anybody.

It reads the JSON of a catalog, shares no code with imgrules, and answers selections in canonical names.
"""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import Any, NamedTuple

Facts = dict[str, Any]
MOST = 10**15 - 1
MODES = {"up": ROUND_CEILING, "down": ROUND_FLOOR, "nearest": ROUND_HALF_UP}


class Shown(NamedTuple):
    """What a user would see: the status, the price and the regular one, and the locks."""

    status: str
    credits: Decimal | None
    regular: Decimal | None
    gates: list[str]


IMPOSSIBLE = Shown("impossible", None, None, [])


def shown(model: Facts, selection: Facts) -> Shown:
    """Return what a selection comes to."""
    options = {each["name"]: each for each in model["options"]}
    if any(options[name]["switch"] and not isinstance(each, bool) for name, each in selection.items() if name in options):
        return IMPOSSIBLE
    picked = {name: called(options[name], each) for name, each in selection.items() if name in options}
    if not all(takes(options[name], value) for name, value in picked.items()):
        return IMPOSSIBLE
    there = what_is_there(options, picked)
    if there is None or not all(keeps(each, there, options) for each in model["limits"]):
        return IMPOSSIBLE
    axes = {name for offer in model["offers"] for name in offer["select"]}
    mine = {name: value for name, value in there.items() if name in axes}
    offer = next((each for each in model["offers"] if each["select"] == mine), None)
    return IMPOSSIBLE if offer is None else priced(model, offer, there, options)


def called(option: Facts, value: Any) -> Any:
    """Return true and false as the words by which a switch calls them."""
    return str(value).lower() if option["switch"] and isinstance(value, bool) else value


def priced(model: Facts, offer: Facts, there: Facts, options: Facts) -> Shown:
    """Return the price and the locks of an offer with these numbers."""
    ruled = [lock for rule in model["gates"] if holds(rule["when"], there, options) for lock in rule["gates"]]
    gates = list(dict.fromkeys(each["name"] for each in [*offer["gates"], *ruled]))
    now, regular = offer["credits"], offer["regular"]
    prices = (exact(now), exact(regular))
    if model["price"] is not None:
        prices = (formula(model["price"], now, there, options), formula(model["price"], regular, there, options))
    return Shown("locked" if gates else "allowed", *prices, gates)


def takes(option: Facts, value: Any) -> bool:
    """Return whether an option takes a value, whatever the rest is."""
    named = {each["name"] for each in option["values"]}
    if option["follows"] is not None:
        return False
    if option["many"] is not None:
        return isinstance(value, list) and within(len(value), option["many"]) and all(fits(option, each) for each in value)
    if isinstance(value, str) and value in named:
        return True
    if option["number"] is not None or option["text"] is not None:
        return takes_number(option["number"], value) if option["number"] is not None else fits(option, value)
    sides = re.fullmatch(r"([1-9]\d{0,4})([x:])([1-9]\d{0,4})", value) if isinstance(value, str) else None
    if sides is None or sides[2] != ("x" if option["size"] else ":"):
        return False
    width, height = int(sides[1]), int(sides[3])
    return (
        shaped(option["ratio"], width, height) if option["ratio"] else option["size"] and sized(option["size"], width, height)
    )


def takes_number(rule: Facts, value: Any) -> bool:
    """Return whether a number keeps its rule; a whole one is written whole."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    whole = all(isinstance(each, int) for each in (rule["step"], rule["min"] or 0))
    return (isinstance(value, int) or not whole) and within(value, rule)


def fits(option: Facts, value: Any) -> bool:
    """Return whether a text, alone or in a list, is one that the option takes."""
    if not isinstance(value, str) or any("\ud800" <= each <= "\udfff" for each in value):
        return False
    if option["text"] is None and option["values"]:
        return value in {each["name"] for each in option["values"]}
    rule = option["text"] or {"shortest": 0, "longest": None, "unit": "characters"}
    length = {"characters": len(value), "words": len(value.split()), "bytes": len(value.encode())}[rule["unit"]]
    return rule["shortest"] <= length and (rule["longest"] is None or length <= rule["longest"])


def within(value: Any, rule: Facts) -> bool:
    """Return whether a number lies within bounds and on a step."""
    least = -MOST if rule["min"] is None else rule["min"]
    most = MOST if rule["max"] is None else rule["max"]
    number = exact(value)
    assert number is not None
    on = rule["step"] is None or not (number - Decimal(repr(rule["min"] or 0))) % Decimal(repr(rule["step"]))
    return bool(Decimal(repr(least)) <= number <= Decimal(repr(most)) and on)


def sized(rule: Facts, width: int, height: int) -> bool:
    """Return whether a size keeps its rule."""
    edges = within(width, rule["edge"]) and within(height, rule["edge"])
    return edges and within(width * height, rule["area"]) and (not rule["ratio"] or shaped(rule["ratio"], width, height))


def shaped(rule: Facts, width: int, height: int) -> bool:
    """Return whether a shape lies between two others."""
    least, most = ([int(each) for each in rule[end].split(":")] if rule[end] else None for end in ("min", "max"))
    wide = least is None or width * least[1] >= least[0] * height
    return wide and (most is None or width * most[1] <= most[0] * height)


def what_is_there(options: Facts, picked: Facts) -> Facts | None:
    """Return every option that is there with its value, or None where something is missing or has no place."""
    there: Facts = {}
    left = list(options)
    while left:
        name = next(each for each in left if not sources(options[each]) & set(left))
        left.remove(name)
        option = options[name]
        if any(holds(each["when"], there, options) for each in option["ignored"]):
            continue
        if not holds(option["when"], there, options):
            if name in picked:
                return None
            continue
        value = picked.get(name, unpicked(option, there, options))
        if value is not None:
            there[name] = value
        elif not option["optional"] and option["follows"] is None:
            return None
    return there


def sources(option: Facts) -> set[str]:
    """Return the options that one hangs on."""
    follows, defaults = option["follows"] or {}, option["defaults"] or {}
    tests = [each for one in [option, *option["ignored"]] for each in one["when"]]
    named = [follows.get("of"), *follows.get("pixels", []), *follows.get("total", []), *defaults.get("by", [])]
    return {each["name"] for each in tests} | {each for each in named if each}


def unpicked(option: Facts, there: Facts, options: Facts) -> Any:
    """Return what an option has that is not picked."""
    rule = option["follows"]
    if rule is None:
        return looked_up(option["defaults"], there) if option["defaults"] else option["default"]
    number: Decimal | int | None
    if rule["of"]:
        number = amount(rule["of"], there, options)
    elif rule["total"]:
        number = sum((amount(each, there, options) or 0 for each in rule["total"]), Decimal(0))
    else:
        number = pixels(rule, there)
    if number is None or not option["values"]:
        return number
    return next((each["name"] for each in option["values"] if lies_in(Decimal(number), each)), None)


def pixels(rule: Facts, there: Facts) -> Decimal | None:
    """Return width times height in begun units."""
    values = [there.get(each) for each in rule["pixels"]]
    sides = values if len(values) == 2 else str(values[0]).split("x") if re.fullmatch(r"\d+x\d+", str(values[0])) else [None]
    if None in sides:
        return None
    width, height = (Decimal(str(each)) for each in sides)
    return (width * height / Decimal(rule["unit"])).to_integral_value(ROUND_CEILING)


def amount(name: str, there: Facts, options: Facts) -> Decimal | None:
    """Return the number that an option is, or the length of a list."""
    value = there.get(name)
    if options[name]["many"] is not None:
        return Decimal(len(value or []))
    return None if value is None or isinstance(value, str) else exact(value)


def exact(value: Any) -> Decimal | None:
    """Return a JSON number as the decimal that it is written as."""
    return None if value is None else value if isinstance(value, Decimal) else Decimal(repr(value))


def lies_in(number: Decimal, bounds: Facts) -> bool:
    """Return whether a number lies in a range."""
    least, most = exact(bounds["min"]), exact(bounds["max"])
    return (least is None or number >= least) and (most is None or number <= most)


def holds(condition: list[Facts], there: Facts, options: Facts) -> bool:
    """Return whether what is there passes every test."""
    return all(passes(each, there, options) for each in condition)


def passes(test: Facts, there: Facts, options: Facts) -> bool:
    """Return whether what is there passes a test."""
    value = there.get(test["name"])
    if test["given"] is not None:
        return (value is not None) is test["given"]
    plain = value if isinstance(value, str) or value is None or isinstance(value, list) else exact(value)
    for key in ("none", "any"):
        if test[key]:
            listed = [each if isinstance(each, str) else exact(each) for each in test[key]]
            return (plain in listed) is (key == "any")
    number = amount(test["name"], there, options)
    return number is not None and lies_in(number, test)


def keeps(limit: Facts, there: Facts, options: Facts) -> bool:
    """Return whether what is there keeps a limit."""
    if not holds(limit["when"], there, options):
        return True
    if any(there.get(each) in (None, [], ()) for each in limit["needs"]) or (
        limit["never"] and holds(limit["never"], there, options)
    ):
        return False
    only = [
        each for each in limit["only"] if each["given"] is not None or each["name"] in there or options[each["name"]]["many"]
    ]
    return holds(only, there, options)


def looked_up(table: Facts, there: Facts) -> Any:
    """Return what a table says."""
    found = table["table"]
    for name in table["by"]:
        found = found.get(there.get(name)) if isinstance(found, dict) else found
    return found


def formula(rule: Facts, base: Any, there: Facts, options: Facts) -> Decimal | None:
    """Return a price that hangs on numbers."""
    context = Context(prec=200)
    total = exact(base)
    for line in rule["times"]:
        part = counted(line, there, options, 1)
        total = None if total is None or part is None else context.multiply(total, part)
    for line in rule["plus"]:
        part = counted(line, there, options, 0)
        total = None if total is None or part is None else context.add(total, part)
    outputs = amount(rule["each"], there, options) if rule["each"] in there else None
    if total is None:
        return None
    total = total if outputs is None else context.multiply(total, max(outputs, Decimal(0)))
    if rule["rounding"]:
        step = Decimal(repr(rule["step"]))
        total = context.multiply(context.divide(total, step).quantize(Decimal(1), MODES[rule["rounding"]], context), step)
    return max(total, Decimal(0))


def counted(line: Facts, there: Facts, options: Facts, idle: int) -> Decimal | None:
    """Return what a factor or a surcharge comes to."""
    said = looked_up(line["lookup"], there) if line["lookup"] else line["amount"]
    if not holds(line["when"], there, options) or (line["lookup"] and said is None):
        return Decimal(idle)
    number = Decimal(1)
    if line["per"]:
        there_are = amount(line["per"], there, options) or Decimal(0)
        number = max(there_are - Decimal(repr(line["beyond"])), Decimal(0))
        if not number:
            return Decimal(idle)
    return None if said is None or isinstance(said, str) else Context(prec=200).multiply(Decimal(repr(said)), number)
