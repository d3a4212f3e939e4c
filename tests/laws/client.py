"""
A front end that has only the catalog: what it would disable, lock and price, without asking a server.

It reads the JSON of a catalog, shares no code with imgrules, and takes selections in canonical names.
"""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import Any, NamedTuple

Facts = dict[str, Any]
MOST = 10**15 - 1
MODES = {"up": ROUND_CEILING, "down": ROUND_FLOOR, "nearest": ROUND_HALF_UP}


class Shown(NamedTuple):
    """What a user sees: the status, the price and the price without promotions in credits, and the closed gates."""

    status: str
    credits: Decimal | None
    regular: Decimal | None
    gates: list[str]
    estimates: tuple[bool, bool] = (False, False)


IMPOSSIBLE = Shown("impossible", None, None, [])


def shown(model: Facts, selection: Facts) -> Shown:
    """Return what a user sees for a selection; a tuple is a list, as in JSON."""
    selection = {name: [*value] if isinstance(value, tuple) else value for name, value in selection.items()}
    options = {option["name"]: option for option in model["options"]}
    facts = {fact["name"]: fact for fact in model.get("facts", [])}
    if any(name in facts for name in selection):
        return IMPOSSIBLE
    given = {name: given_value(fact) for name, fact in facts.items() if fact["given"]}
    if any(options[name]["switch"] and not isinstance(value, bool) for name, value in selection.items() if name in options):
        return IMPOSSIBLE
    picked = {name: called(options[name], value) for name, value in selection.items() if name in options}
    if not all(takes(options[name], value) for name, value in picked.items()):
        return IMPOSSIBLE
    options |= {name: {**ABSENT, **fact} for name, fact in facts.items()}
    present = present_options(options, {**picked, **given})
    if present is None or not all(keeps(limit, present, options) for limit in model["limits"]):
        return IMPOSSIBLE
    axes = {name for offer in model["offers"] for name in offer["select"]}
    mine = {name: value for name, value in present.items() if name in axes}
    offer = next((offer for offer in model["offers"] if offer["select"] == mine), None)
    return IMPOSSIBLE if offer is None else within_cap(model, selection, priced(model, offer, present, options))


def within_cap(model: Facts, selection: Facts, seen: Shown) -> Shown:
    """Return what a user sees, which is impossible if it costs more than the cap of the selection, or nobody knows what."""
    for field in model["fields"]:
        if field.get("cap") and field["name"] in selection:
            most = selection[field["name"]]
            if not takes_number({"min": 0, "max": None, "step": None}, most):
                return IMPOSSIBLE
            if seen.credits is None or seen.credits > Decimal(str(most)):
                return IMPOSSIBLE
    return seen


ABSENT: Facts = {"follows": None, "defaults": None, "when": [], "ignored": [], "optional": True, "default": None}
"""What an option says, and a fact does not."""


def given_value(fact: Facts) -> Any:
    """Return a value that the rules treat like the stated one of a fact."""
    value = fact["given"]["value"]
    if fact["many"] is not None:
        return [None] * value
    return "\0" if value is None else value


def request_line(model: Facts, selection: Facts) -> str | None:
    """Return the method and the address for a resolved selection; None if the catalog states none."""
    options = {option["name"]: option for option in model["options"]}
    named = {name: called(options[name], value) for name, value in selection.items() if name in options}
    line: str | None = looked_up(model["requests"], named) if "requests" in model else model.get("request")
    return line


def called(option: Facts, value: Any) -> Any:
    """Return a boolean as the name of a switch's value, and any other value unchanged."""
    return str(value).lower() if option["switch"] and isinstance(value, bool) else value


def priced(model: Facts, offer: Facts, present: Facts, options: Facts) -> Shown:
    """Return the price and the gates of an offer for these numbers."""
    ruled = [lock for rule in model["gates"] if holds(rule["when"], present, options) for lock in rule["gates"]]
    gates = list(dict.fromkeys(gate["name"] for gate in [*offer["gates"], *ruled]))
    now, regular = offer["credits"], offer["regular"]
    prices = (exact(now), exact(regular))
    estimates = (offer.get("estimate", False), offer.get("regular_estimate", False))
    if model["price"] is not None:
        (now, first), (regular, second) = bases(model["price"], offer, present)
        prices = (formula(model["price"], now, present, options), formula(model["price"], regular, present, options))
        about = any(is_about(line, present, options) for line in [*model["price"]["times"], *model["price"]["plus"]])
        estimates = (first or about, second or about)
    known = (estimates[0] and prices[0] is not None, estimates[1] and prices[1] is not None)
    return Shown("locked" if gates else "allowed", *prices, gates, known)


def takes(option: Facts, value: Any) -> bool:
    """Return whether an option accepts a value, whatever the other options are."""
    named = {choice["name"] for choice in option["values"]}
    if option["follows"] is not None:
        return False
    if option["many"] is not None:
        return isinstance(value, list) and within(len(value), option["many"]) and all(fits(option, entry) for entry in value)
    if isinstance(value, str) and value in named:
        return True
    if option["number"] is not None or option["text"] is not None:
        return takes_number(option["number"], value) if option["number"] is not None else fits(option, value)
    sides = re.fullmatch(r"([1-9]\d{0,4})([x:])([1-9]\d{0,4})", value) if isinstance(value, str) else None
    rule = option["size" if sides[2] == "x" else "ratio"] if sides else None
    if sides is None or rule is None:
        return False
    width, height = int(sides[1]), int(sides[3])
    return sized(rule, width, height) if sides[2] == "x" else shaped(rule, width, height)


def takes_number(rule: Facts, value: Any) -> bool:
    """Return whether a number keeps its rule; a whole number must be an int."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    whole = all(isinstance(bound, int) for bound in (rule["step"], rule["min"] or 0))
    return (isinstance(value, int) or not whole) and within(value, rule)


def fits(option: Facts, value: Any) -> bool:
    """Return whether an option accepts a text, alone or as an entry of a list."""
    if not isinstance(value, str) or any("\ud800" <= character <= "\udfff" for character in value):
        return False
    if option["text"] is None and option["values"]:
        return value in {choice["name"] for choice in option["values"]}
    rule = option["text"] or {"shortest": 0, "longest": None, "unit": "characters"}
    lengths = {"characters": len(value), "words": len(value.split()), "bytes": len(value.encode())}
    counted = [(bounds, lengths[bounds["unit"]]) for bounds in [rule, *rule.get("also", [])]]
    return all(
        bounds["shortest"] <= count <= (count if bounds["longest"] is None else bounds["longest"]) for bounds, count in counted
    )


def within(value: Any, rule: Facts) -> bool:
    """Return whether a number is within bounds and on a step."""
    least = -MOST if rule["min"] is None else rule["min"]
    most = MOST if rule["max"] is None else rule["max"]
    number = exact(value)
    assert number is not None
    on = rule["step"] is None or not (number - Decimal(repr(rule["min"] or 0))) % Decimal(repr(rule["step"]))
    return bool(Decimal(repr(least)) <= number <= Decimal(repr(most)) and on)


def sized(rule: Facts, width: int, height: int) -> bool:
    """Return whether a size keeps the rule of its option."""
    edges = within(width, rule["edge"]) and within(height, rule["edge"])
    return edges and within(width * height, rule["area"]) and (not rule["ratio"] or shaped(rule["ratio"], width, height))


def shaped(rule: Facts, width: int, height: int) -> bool:
    """Return whether the ratio of a size or a shape is between two others."""
    least, most = ([int(side) for side in rule[end].split(":")] if rule[end] else None for end in ("min", "max"))
    wide = least is None or width * least[1] >= least[0] * height
    return wide and (most is None or width * most[1] <= most[0] * height)


def present_options(options: Facts, picked: Facts) -> Facts | None:
    """Return every option that has a value, or None if one is missing or not available."""
    present: Facts = {}
    left = list(options)
    while left:
        name = next(name for name in left if not sources(options[name]) & set(left))
        left.remove(name)
        option = options[name]
        if any(holds(limit["when"], present, options) for limit in option["ignored"]):
            continue
        if not holds(option["when"], present, options):
            if name in picked:
                return None
            continue
        value = picked.get(name, unpicked(option, present, options))
        if value is not None:
            present[name] = value
        elif not option["optional"] and option["follows"] is None:
            return None
    return present


def sources(option: Facts) -> set[str]:
    """Return the names of the options that an option depends on."""
    follows, defaults = option["follows"] or {}, option["defaults"] or {}
    tests = [test for holder in [option, *option["ignored"]] for test in holder["when"]]
    named = [*follows.get("of", []), *defaults.get("by", [])]
    return {test["name"] for test in tests} | {name for name in named if name}


def unpicked(option: Facts, present: Facts, options: Facts) -> Any:
    """Return the value of an option that is not picked."""
    rule = option["follows"]
    if rule is None:
        return looked_up(option["defaults"], present) if option["defaults"] else option["default"]
    if not rule["of"]:
        return option["default"]
    if "table" in rule:
        return looked_up(rule["table"], present)
    number: Decimal | int | None
    if "measure" not in rule:
        number = amount(rule["of"][0], present, options)
    elif rule["measure"] == "total":
        number = sum((amount(name, present, options) or 0 for name in rule["of"]), Decimal(0))
    else:
        number = of_sides(rule, present)
    if number is None or not option["values"]:
        return number
    return next((value["name"] for value in option["values"] if lies_in(Decimal(number), value)), None)


def of_sides(rule: Facts, present: Facts) -> Decimal | None:
    """Return width times height in units, rounded up, or one of the two."""
    values = [present.get(name) for name in rule["of"]]
    sides = values if len(values) == 2 else str(values[0]).split("x") if re.fullmatch(r"\d+x\d+", str(values[0])) else [None]
    if None in sides:
        return None
    width, height = (Decimal(str(side)) for side in sides)
    if rule["measure"] != "pixels":
        return max(width, height) if rule["measure"] == "longest" else min(width, height)
    return (width * height / Decimal(rule["unit"])).to_integral_value(ROUND_CEILING)


def amount(name: str, present: Facts, options: Facts) -> Decimal | None:
    """Return the value of a number, or the length of a list."""
    value = present.get(name)
    if options[name]["many"] is not None:
        return Decimal(len(value or []))
    return None if value is None or isinstance(value, str) else exact(value)


def exact(value: Any) -> Decimal | None:
    """Return a JSON number as the decimal of its text."""
    return None if value is None else value if isinstance(value, Decimal) else Decimal(repr(value))


def lies_in(number: Decimal, bounds: Facts) -> bool:
    """Return whether a number is in the range of a value."""
    least, most = exact(bounds["min"]), exact(bounds["max"])
    return (least is None or number >= least) and (most is None or number <= most)


def holds(condition: list[Facts], present: Facts, options: Facts) -> bool:
    """Return whether every test of a condition passes."""
    return all(passes(test, present, options) for test in condition)


def passes(test: Facts, present: Facts, options: Facts) -> bool:
    """Return whether a test passes."""
    value = present.get(test["name"])
    plain = len(value) or None if isinstance(value, list) else value if isinstance(value, str) else exact(value)
    for key in ("none", "any"):
        if test[key]:
            listed = [wanted if isinstance(wanted, str) or wanted is None else exact(wanted) for wanted in test[key]]
            return (plain in listed) is (key == "any")
    number = amount(test["name"], present, options)
    return number is not None and lies_in(number, test)


def keeps(limit: Facts, present: Facts, options: Facts) -> bool:
    """Return whether the present options keep a limit."""
    if not holds(limit["when"], present, options):
        return True
    if any(present.get(name) in (None, [], ()) for name in limit["needs"]) or (
        limit["never"] and holds(limit["never"], present, options)
    ):
        return False
    only = [test for test in limit["only"] if test["name"] in present or options[test["name"]]["many"]]
    return holds(only, present, options)


def looked_up(table: Facts, present: Facts) -> Any:
    """Return the entry of a table for the present options."""
    row = table["table"]
    for name in table["by"]:
        value = present.get(name)
        if isinstance(row, dict):
            named = isinstance(value, str) and value in row and value not in {"(none)", "(other)"}
            row = row.get(value if named else "(none)" if value in (None, [], ()) else "(other)")
    return row


def bases(rule: Facts, offer: Facts, present: Facts) -> list[tuple[Any, bool]]:
    """Return the base of a price and of the regular one, which tables of the formula may have in place of the offer."""
    usual, regular = (offer["credits"], offer.get("estimate", False)), (offer["regular"], offer.get("regular_estimate", False))
    if not {"base", "promotion"} & set(rule):
        return [usual, regular]
    usual = said(looked_up(rule["base"], present)) if "base" in rule else usual
    promoted = looked_up(rule["promotion"], present) if "promotion" in rule else None
    # Where a promotion states the regular price, nothing is reduced.
    return [usual, (None, False)] if promoted is None or said(promoted) == usual else [said(promoted), usual]


def said(entry: Any) -> tuple[Any, bool]:
    """Return the number of an entry, None if it is unknown, and whether it is an estimate."""
    if isinstance(entry, str):
        return (Decimal(entry[6:]), True) if entry.startswith("about ") else (None, False)
    return entry, False


def formula(rule: Facts, base: Any, present: Facts, options: Facts) -> Decimal | None:
    """Return a price that depends on numbers, in credits."""
    context = Context(prec=200)
    total = exact(base)
    for line in rule["times"]:
        part = counted(line, present, options, 1)
        total = None if total is None or part is None else context.multiply(total, part)
    for line in rule["plus"]:
        part = counted(line, present, options, 0)
        total = None if total is None or part is None else context.add(total, part)
    if total is None:
        return None
    for name in rule["each"]:
        outputs = amount(name, present, options) if name in present else None
        total = total if outputs is None else context.multiply(total, max(outputs, Decimal(0)))
    if rule["rounding"]:
        step = Decimal(repr(rule["step"]))
        total = context.multiply(context.divide(total, step).quantize(Decimal(1), MODES[rule["rounding"]], context), step)
    return max(total, Decimal(0))


def counted(line: Facts, present: Facts, options: Facts, idle: int) -> Decimal | None:
    """Return the value of a factor or a surcharge."""
    factor = looked_up(line["lookup"], present) if line["lookup"] else line["amount"]
    if not holds(line["when"], present, options) or (line["lookup"] and factor is None):
        return Decimal(idle)
    number = Decimal(1)
    if line["per"]:
        units = amount(line["per"], present, options) or Decimal(0)
        number = max(units - Decimal(repr(line["beyond"])), Decimal(0))
        if not number:
            return Decimal(idle)
    if isinstance(factor, str) and factor.startswith("about "):
        factor = Decimal(factor[6:])
    return None if factor is None or isinstance(factor, str) else Context(prec=200).multiply(Decimal(str(factor)), number)


def is_about(line: Facts, present: Facts, options: Facts) -> bool:
    """Return whether a factor or a surcharge applies and is an estimate."""
    factor = looked_up(line["lookup"], present) if line["lookup"] else None
    if not holds(line["when"], present, options) or not (line.get("estimate") or str(factor).startswith("about ")):
        return False
    units = amount(line["per"], present, options) or Decimal(0) if line["per"] else Decimal(1)
    return units > Decimal(repr(line["beyond"])) or not line["per"]
