"""What a combination costs, and which gates stand before it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.laws.reference_numbers import fraction, plain, rounded
from tests.laws.reference_plain import Facts, is_table, listed
from tests.laws.reference_there import holds, looked_up, number_at

Price = int | Decimal | None


def prices(model: Facts, present: dict[str, Any]) -> tuple[Price, Price]:
    """Return what is to be paid and, while a promotion lasts, what would be paid without it."""
    form = long_form(model["credits"])
    regular = total(model, form, regular_base(model, form, present), present)
    promoted = long_form(model["promotion"])
    if looked_up(promoted.get("base", 0), present) is not None:
        form = form | promoted if set(promoted) == {"base"} else promoted
        return total(model, form, regular_base(model, form, present), present), regular
    facts = priced_values(model, present)
    if any(fact["promotion"] is not None for fact in facts):
        lasting = [fact["credits"] if fact["promotion"] is None else fact["promotion"] for fact in facts]
        return total(model, form, added(lasting, present), present), regular
    return regular, None


def long_form(price: Any) -> Facts:
    """Return a price in the long form."""
    return price if isinstance(price, dict) and not is_table(price) else {"base": price}


def regular_base(model: Facts, form: Facts, present: dict[str, Any]) -> Any:
    """Return what is multiplied and added to: what the long form says, or else what the picked values cost."""
    base = looked_up(form.get("base"), present)
    return added([value["credits"] for value in priced_values(model, present)], present) if base is None else base


def priced_values(model: Facts, present: dict[str, Any]) -> list[Facts]:
    """Return what is said about the picked values that carry credits."""
    return [details for details in picked_details(model, present) if "credits" in details]


def picked_details(model: Facts, present: dict[str, Any]) -> list[Facts]:
    """Return what is said about each picked value, in the order of the options."""
    pairs = [
        (option.get("values", {}), value) for name, option in model["options"].items() for value in listed(present.get(name))
    ]
    return [values[value] for values, value in pairs if type(value) is str and value in values]


def added(amounts: list[Any], present: dict[str, Any]) -> Any:
    """Return a sum, which is unknown where a part is, and None where there are no parts."""
    found_amounts = [looked_up(amount, present) for amount in amounts]
    if not found_amounts or "unknown" in found_amounts or None in found_amounts:
        return "unknown" if found_amounts else None
    return sum((fraction(amount) for amount in found_amounts), Fraction(0))


def total(model: Facts, form: Facts, base: Any, present: dict[str, Any]) -> Price:
    """Return (base x times + plus) x each, rounded at the end."""
    factors = [looked_up(line["factor"], present) for line in counting(model, form.get("times", []), present)]
    lines = [surcharge(model, line, present) for line in counting(model, form.get("plus", []), present)]
    if base is None or "unknown" in [base, *factors, *lines]:
        return None
    number = fraction(base)
    for factor in factors:
        number *= 1 if factor is None else fraction(factor)
    number = (number + sum(lines, Fraction(0))) * times_each(model, form, present)
    return plain(max(rounded(form.get("round", {}), number), Fraction(0)))


def counting(model: Facts, lines: list[Facts], present: dict[str, Any]) -> list[Facts]:
    """Return the factors or surcharges whose condition holds."""
    return [line for line in lines if holds(line.get("when", {}), model["options"], present)]


def surcharge(model: Facts, line: Facts, present: dict[str, Any]) -> Any:
    """Return what a line adds: nothing where its table says nothing or there is nothing to count."""
    amount, count = looked_up(line["credits"], present), Fraction(1)
    if "per" in line:
        count = fraction(number_at(model["options"], line["per"], present) or 0) - fraction(line.get("beyond", 0))
    if amount is None or count <= 0:
        return Fraction(0)
    return amount if amount == "unknown" else fraction(amount) * count


def times_each(model: Facts, form: Facts, present: dict[str, Any]) -> Fraction:
    """Return how often everything is paid: once where nothing that counts is there, never less than not at all."""
    number = number_at(model["options"], form["each"], present) if form.get("each") in present else None
    return Fraction(1) if number is None else max(fraction(number), Fraction(0))


def named_gates(model: Facts, present: dict[str, Any]) -> list[str]:
    """Return every gate before a combination: of the model, of its values, of conditions that hold."""
    gate_lists = [model["gate"], *(details["gate"] for details in picked_details(model, present))]
    gate_lists += [listed(rule["gate"]) for rule in model["gates"] if holds(rule["when"], model["options"], present)]
    return list(dict.fromkeys(name for names in gate_lists for name in names))


def closed_gates(model: Facts, present: dict[str, Any], grants: set[str]) -> list[str]:
    """Return the gates that count now and that no grant opens."""
    return [name for name in named_gates(model, present) if name in model["keys"] and not set(model["keys"][name]) & grants]
