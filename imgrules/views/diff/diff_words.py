"""The words of findings and sums: values, prices, bounds, percentages and the selections that a change is limited to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from imgrules.quoting import printable, shown
from imgrules.table.amounts import ABOUT
from imgrules.table.exact import divide, half_up, multiply, subtract, written
from imgrules.table.measures import MOST, is_whole
from imgrules.table.moments import moment_words
from imgrules.table.options import Option
from imgrules.table.terms import CREDITS, Credits, Numbers, Ratios, Sizes, Text
from imgrules.views.diff.diff_records import ABSENT, DiffFinding, Later, Sum

_MOST = 4  # values of a list that are shown
_FREE = -100  # the change in per cent to a price of 0; no other change is shown as it


def value_words(value: Any) -> str:
    """Return any value on one line: `none` for nothing, a short list, a number without exponent."""
    if value is None or value is ABSENT:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | list):
        more = f" and {len(value) - _MOST} more" if len(value) > _MOST else ""
        return ", ".join(map(value_words, value[:_MOST])) + more
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {value_words(item)}" for name, item in value.items())
    return written(value) if isinstance(value, int | Decimal) else printable(str(shown(value)))


def amount_words(credits_: Credits | None, *, estimate: bool = False) -> str:
    """Return the number of a price, such as `5`, `about 5` or `unknown`."""
    return "unknown" if credits_ is None else f"{ABOUT if estimate else ''}{written(credits_)}"


def unit_words(credits_: Credits | None, currency: str) -> str:
    """Return the unit after the number of a price, with a space before it; empty for an unknown price."""
    return "" if credits_ is None else f" {'credit' if currency == CREDITS and credits_ == 1 else currency}"


def percent(old: Credits | None, new: Credits | None) -> Decimal | None:
    """Return the change of a price in per cent; None where a price is unknown, or where the old one is 0."""
    if old is None or new is None or not old:
        return None
    return Decimal(divide(multiply(subtract(new, old), 100), old))


def percent_words(least: Decimal | None, most: Decimal | None) -> str:
    """Return a range of changes, such as `+60 % to +67 %`; empty where there is none."""
    both = list(dict.fromkeys(_percent(value) for value in (least, most) if value is not None))
    return " to ".join(both)


def _percent(value: Decimal) -> str:
    """Return a change in per cent with its sign, and one digit after the point; from 10 % on, in whole per cent if more digits are."""
    tenths = multiply(value, 10)
    whole = half_up(value) if abs(value) >= 10 and tenths != half_up(tenths) else None  # noqa: PLR2004  as the docstring says
    rounded = divide(half_up(tenths), 10) if whole is None else whole
    if not rounded and value:
        return f"{'+' if value > 0 else '-'}less than 0.1 %"
    if rounded == _FREE != value:
        rounded = value
    return f"{'+' if rounded > 0 else ''}{written(rounded)} %"


def when_words(when: Mapping[str, tuple[Any, ...]]) -> str:
    """Return the values of options to which a change is limited, such as `quality high, ratio 1:1 or 3:2`."""
    return ", ".join(values_words(name, values) for name, values in when.items())


def values_words(name: str, values: tuple[Any, ...]) -> str:
    """Return the values of one option, such as `quality high or low`, `steps 1 to 4` or `no seed`."""
    given = [value for value in values if value is not None]
    if given and all(isinstance(value, list) for value in given):
        return f"{_span([len(value) for value in given])} {name}"
    if len(given) > 1 and all(isinstance(value, int | Decimal) and not isinstance(value, bool) for value in given):
        return f"{name} {_span(given)}"
    named = [value_words(value) for value in given]
    named = [*named[:_MOST], f"{len(named) - _MOST} more"] if len(named) > _MOST else named
    some = f"{name} {' or '.join(named)}" if named else ""
    return " or ".join(filter(None, (some, f"no {name}" if None in values else "")))


def _span(numbers: list[Any]) -> str:
    """Return the least and the greatest number; the greatest one that there is, which is tried where there is no bound, is open."""
    least, most = min(numbers), max(numbers)
    ends = (None if least <= -MOST else written(least)), (None if most >= MOST else written(most))
    return _ends(*ends) or "any number"


def bounds_words(option: Option) -> str:
    """Return what an option takes by rule, as a phrase."""
    return " or ".join(_bounds(option)) or "listed values"


def _bounds(option: Option) -> Iterator[str]:
    if option.many is not None:
        yield f"{_count(option.many) or 'any number of'} entries"
    if option.number is not None:
        yield numbers_words(option.number)
    if option.size is not None:
        yield _size_words(option.size)
    if option.ratio is not None:
        yield f"ratios {_ratio_words(option.ratio)}".strip()
    if option.text is not None:
        yield text_words(option.text)


def _count(rule: Numbers) -> str:
    """Return a range of a number of things; from 0 on is no bound."""
    return _ends(written(rule.min) if rule.min else None, None if rule.max is None else written(rule.max))


def numbers_words(rule: Numbers) -> str:
    """Return a range of numbers and its step as a phrase."""
    steps = "" if rule.step == 1 else ", any decimals" if rule.step is None else f", in steps of {written(rule.step)}"
    anything = "any whole number" if is_whole(rule) else "any number"
    return (_range(rule) or anything) + steps


def _size_words(rule: Sizes) -> str:
    ratio = "" if rule.ratio is None else f"ratio {_ratio_words(rule.ratio)}"
    parts = (("edges", _range(rule.edge)), ("area", _range(rule.area)), ("", ratio))
    return ", ".join(f"{noun} {text}".strip() for noun, text in parts if text) or "any size"


def _ratio_words(rule: Ratios) -> str:
    return _ends(rule.min, rule.max)


def _range(rule: Numbers) -> str:
    return _ends(*(None if end is None else written(end) for end in (rule.min, rule.max)))


def _ends(least: str | None, most: str | None) -> str:
    if least is not None and most is not None:
        return least if least == most else f"{least} to {most}"
    return f"at least {least}" if least is not None else f"at most {most}" if most is not None else ""


def text_words(rule: Text) -> str:
    """Return the bounds of a text as a phrase."""
    ranges = (_text(one.shortest, one.longest, one.unit) for one in rule.rules)
    return " and ".join(filter(None, ranges)) or "any text"


def _text(shortest: int, longest: int | None, unit: str) -> str:
    ends = _ends(str(shortest) if shortest else None, None if longest is None else str(longest))
    return f"{ends} {unit.removesuffix('s') if ends.endswith(' 1') else unit}" if ends else ""


_EFFECTS = {
    "impossible": ("now ", "impossible"),
    "locked": ("now ", "locked"),
    "sent": ("", "sent differently"),
    "dearer": ("", "dearer"),
    "cheaper": ("", "cheaper"),
    "repriced": ("", "with another statement of the price"),
    "opened": ("now ", "open"),
    "possible": ("newly ", "possible"),
    "unchanged": ("", "unchanged"),
}
"""The words of each effect, with those before it where it is in force at once."""


def sum_words(total: Sum) -> str:
    """Return the sum of selections, such as `of 36 selections: 2 now locked, 4 dearer (+60 % to +67 %), 30 unchanged`."""
    of = f"of {total.selections} selection{'' if total.selections == 1 else 's'}"
    sample = "" if total.space is None else f" (a sample of {total.space} combinations)"
    return f"{of}{sample}: {', '.join(_counts(total)) or 'none is possible'}"


def _counts(total: Sum) -> Iterator[str]:
    later = {one.effect: one for one in total.later}
    by = {"dearer": _changes(total.dearer_by), "cheaper": _changes(total.cheaper_by)}
    for effect, (at_once, words) in _EFFECTS.items():
        count = getattr(total, effect)
        if count:
            now = "" if effect in later else at_once
            yield f"{count} {now}{words}{by.get(effect, '')}{_later(later.get(effect), count)}"


def _later(later: Later | None, count: int) -> str:
    """Return from when on selections have an effect, as the end of a phrase; empty where all have it at once."""
    if later is None:
        return ""
    return f"{'' if later.selections == count else f', {later.selections} of them'} from {moment_words(later.since)} on"


def dates_words(record: Mapping[str, Any]) -> str:
    """Return from when and until when a badge or an alias counts, as the end of a phrase; empty for always."""
    parts = (("from", record.get("since")), ("until", record.get("until")))
    return "".join(f", {word} {moment_words(str(moment))}" for word, moment in parts if moment)


def period_words(finding: DiffFinding) -> str:
    """Return from when and until when a change is in force, as the end of a sentence; empty for always."""
    parts = (("from", finding.since), ("until", finding.until))
    return "".join(f", {word} {moment_words(moment)}" for word, moment in parts if moment)


def acceptance_words(finding: DiffFinding) -> str:
    """Return who accepts a change, until when, and why; for an entry that has ended, how to accept it again; else nothing."""
    entry, end = finding.accepted or finding.ended, "; to accept the change again, write a later `until` in its entry"
    if entry is None:
        return ""
    until = "" if entry.until is None else f" until {moment_words(entry.until)}"
    return f"accepted by {entry.who}{until}: {entry.why}{end if finding.accepted is None else ''}"


def _changes(changes: tuple[Decimal, ...]) -> str:
    words = percent_words(*changes) if changes else ""
    return f" ({words})" if words else ""
