"""The price of a combination, and its gates."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.laws.reference_numbers import fraction, plain, rounded
from tests.laws.reference_plain import Facts, is_table, listed
from tests.laws.reference_there import holds, looked_up, number_at

Part = tuple[Fraction, bool] | None
"""A number and whether it is an estimate, or None where it is unknown."""

Price = tuple[int | Decimal | None, bool]
"""A price and whether it is an estimate."""


def prices(model: Facts, present: dict[str, Any]) -> tuple[Price, Price]:
    """Return the price in credits and, during a promotion, the price without it."""
    form = long_form(model["credits"])
    usual = regular_base(model, form, present)
    regular = total(model, form, usual, present)
    lasting = promotional_base(model, form, present)
    # Where a promotion states the regular price, nothing is reduced.
    return (regular, (None, False)) if lasting == usual else (total(model, form, lasting, present), regular)


def promotional_base(model: Facts, form: Facts, present: dict[str, Any]) -> Any:
    """Return the base of a price with the promotion that lasts, which is the usual one where none does."""
    if model["promotion"] is not None:
        return part(looked_up(model["promotion"], present))
    facts = priced_values(model, present)
    if all(fact["promotion"] is None for fact in facts):
        return regular_base(model, form, present)
    return added([fact["credits"] if fact["promotion"] is None else fact["promotion"] for fact in facts], present)


def long_form(price: Any) -> Facts:
    """Return a price in its long form, a mapping."""
    return price if isinstance(price, dict) and not is_table(price) else {"base": price}


def regular_base(model: Facts, form: Facts, present: dict[str, Any]) -> Any:
    """Return the base of a price without promotions: that of the long form, or the sum of the picked values' prices."""
    base = looked_up(form.get("base"), present)
    return added([value["credits"] for value in priced_values(model, present)], present) if base is None else part(base)


def priced_values(model: Facts, present: dict[str, Any]) -> list[Facts]:
    """Return the details of the picked values that have credits."""
    return [details for details in picked_details(model, present) if "credits" in details]


def picked_details(model: Facts, present: dict[str, Any]) -> list[Facts]:
    """Return the details of each picked value, in the order of the options."""
    pairs = [
        (option.get("values", {}), value) for name, option in model["options"].items() for value in listed(present.get(name))
    ]
    return [values[value] for values, value in pairs if type(value) is str and value in values]


def part(amount: Any) -> Part:
    """Return an amount as a number and whether it is an estimate; None if it is unknown."""
    if amount is None or amount == "unknown":
        return None
    is_estimate = isinstance(amount, str)
    return Fraction(amount.removeprefix("about ")) if is_estimate else fraction(amount), is_estimate


def added(amounts: list[Any], present: dict[str, Any]) -> Part:
    """Return a sum, which is unknown if a part is, and if it has no parts."""
    parts = [part(looked_up(amount, present)) for amount in amounts]
    numbers = [number for number in parts if number is not None]
    if len(numbers) < len(parts) or not parts:
        return None
    return sum((number for number, _ in numbers), Fraction(0)), any(is_estimate for _, is_estimate in numbers)


def total(model: Facts, form: Facts, base: Part, present: dict[str, Any]) -> Price:
    """Return (base x times + plus) x each, rounded at the end."""
    factors = [looked_up(line["factor"], present) for line in counting(model, form.get("times", []), present)]
    lines = [surcharge(model, line, present) for line in counting(model, form.get("plus", []), present)]
    known = [line for line in lines if line is not None]
    if base is None or len(known) < len(lines):
        return None, False
    number, is_estimate = base
    for factor in factors:
        number *= 1 if factor is None else fraction(factor)
    number = (number + sum((line for line, _ in known), Fraction(0))) * times_each(model, form, present)
    return plain(max(rounded(form.get("round", {}), number), Fraction(0))), is_estimate or any(about for _, about in known)


def counting(model: Facts, lines: list[Facts], present: dict[str, Any]) -> list[Facts]:
    """Return the factors or surcharges whose condition holds."""
    return [line for line in lines if holds(line.get("when", {}), model["options"], present)]


def surcharge(model: Facts, line: Facts, present: dict[str, Any]) -> Part:
    """Return the credits that a line adds: 0 if its table has no entry or there is nothing to count."""
    amount, count = looked_up(line["credits"], present), Fraction(1)
    if "per" in line:
        count = fraction(number_at(model["options"], line["per"], present) or 0) - fraction(line.get("beyond", 0))
    if amount is None or count <= 0:
        return Fraction(0), False
    known = part(amount)
    return None if known is None else (known[0] * count, known[1])


def times_each(model: Facts, form: Facts, present: dict[str, Any]) -> Fraction:
    """Return the number of units that are paid: a counted option that is absent counts once, and none is below 0."""
    units = Fraction(1)
    for name in listed(form.get("each", [])):
        number = number_at(model["options"], name, present) if name in present else None
        units *= 1 if number is None else max(fraction(number), Fraction(0))
    return units


def named_gates(model: Facts, present: dict[str, Any]) -> list[str]:
    """Return every gate of a combination: of the model, of its values, and of conditions that hold."""
    gate_lists = [model["gate"], *(details["gate"] for details in picked_details(model, present))]
    gate_lists += [listed(rule["gate"]) for rule in model["gates"] if holds(rule["when"], model["options"], present)]
    return list(dict.fromkeys(name for names in gate_lists for name in names))


def closed_gates(model: Facts, present: dict[str, Any], grants: set[str]) -> list[str]:
    """Return the gates that apply now and that no grant opens."""
    return [name for name in named_gates(model, present) if name in model["keys"] and not set(model["keys"][name]) & grants]
