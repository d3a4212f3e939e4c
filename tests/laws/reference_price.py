"""What a combination costs, and which gates stand before it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.laws.reference_numbers import fraction, plain, rounded
from tests.laws.reference_plain import Facts, is_table, listed
from tests.laws.reference_there import holds, looked_up, number_at

Price = int | Decimal | None


def prices(model: Facts, there: dict[str, Any]) -> tuple[Price, Price]:
    """Return what is to be paid and, while a promotion lasts, what would be paid without it."""
    form = long_form(model["credits"])
    regular = total(model, form, regular_base(model, form, there), there)
    promoted = long_form(model["promotion"])
    if looked_up(promoted.get("base", 0), there) is not None:
        form = form | promoted if set(promoted) == {"base"} else promoted
        return total(model, form, regular_base(model, form, there), there), regular
    facts = priced_values(model, there)
    if any(each["promotion"] is not None for each in facts):
        lasting = [each["credits"] if each["promotion"] is None else each["promotion"] for each in facts]
        return total(model, form, added(lasting, there), there), regular
    return regular, None


def long_form(said: Any) -> Facts:
    """Return a price in the long form."""
    return said if isinstance(said, dict) and not is_table(said) else {"base": said}


def regular_base(model: Facts, form: Facts, there: dict[str, Any]) -> Any:
    """Return what is multiplied and added to: what the long form says, or else what the picked values cost."""
    base = looked_up(form.get("base"), there)
    return added([each["credits"] for each in priced_values(model, there)], there) if base is None else base


def priced_values(model: Facts, there: dict[str, Any]) -> list[Facts]:
    """Return what is said about the picked values that carry credits."""
    return [each for each in picked_details(model, there) if "credits" in each]


def picked_details(model: Facts, there: dict[str, Any]) -> list[Facts]:
    """Return what is said about each picked value, in the order of the options."""
    pairs = [(option.get("values", {}), each) for name, option in model["options"].items() for each in listed(there.get(name))]
    return [values[each] for values, each in pairs if type(each) is str and each in values]


def added(amounts: list[Any], there: dict[str, Any]) -> Any:
    """Return a sum, which is unknown where a part is, and None where there are no parts."""
    said = [looked_up(each, there) for each in amounts]
    if not said or "unknown" in said or None in said:
        return "unknown" if said else None
    return sum((fraction(each) for each in said), Fraction(0))


def total(model: Facts, form: Facts, base: Any, there: dict[str, Any]) -> Price:
    """Return (base x times + plus) x each, rounded at the end."""
    factors = [looked_up(each["factor"], there) for each in counting(model, form.get("times", []), there)]
    lines = [surcharge(model, each, there) for each in counting(model, form.get("plus", []), there)]
    if base is None or "unknown" in [base, *factors, *lines]:
        return None
    number = fraction(base)
    for factor in factors:
        number *= 1 if factor is None else fraction(factor)
    number = (number + sum(lines, Fraction(0))) * times_each(model, form, there)
    return plain(max(rounded(form.get("round", {}), number), Fraction(0)))


def counting(model: Facts, lines: list[Facts], there: dict[str, Any]) -> list[Facts]:
    """Return the factors or surcharges whose condition holds."""
    return [each for each in lines if holds(each.get("when", {}), model["options"], there)]


def surcharge(model: Facts, line: Facts, there: dict[str, Any]) -> Any:
    """Return what a line adds: nothing where its table says nothing or there is nothing to count."""
    amount, count = looked_up(line["credits"], there), Fraction(1)
    if "per" in line:
        count = fraction(number_at(model["options"], line["per"], there) or 0) - fraction(line.get("beyond", 0))
    if amount is None or count <= 0:
        return Fraction(0)
    return amount if amount == "unknown" else fraction(amount) * count


def times_each(model: Facts, form: Facts, there: dict[str, Any]) -> Fraction:
    """Return how often everything is paid: once where nothing that counts is there, never less than not at all."""
    number = number_at(model["options"], form["each"], there) if form.get("each") in there else None
    return Fraction(1) if number is None else max(fraction(number), Fraction(0))


def named_gates(model: Facts, there: dict[str, Any]) -> list[str]:
    """Return every gate before a combination: of the model, of its values, of conditions that hold."""
    said = [model["gate"], *(each["gate"] for each in picked_details(model, there))]
    said += [listed(rule["gate"]) for rule in model["gates"] if holds(rule["when"], model["options"], there)]
    return list(dict.fromkeys(name for each in said for name in each))


def closed_gates(model: Facts, there: dict[str, Any], grants: set[str]) -> list[str]:
    """Return the gates that count now and that no grant opens."""
    return [each for each in named_gates(model, there) if each in model["keys"] and not set(model["keys"][each]) & grants]
