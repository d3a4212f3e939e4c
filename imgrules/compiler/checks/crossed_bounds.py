"""
a minimum above the maximum

What: `min` is greater than `max`, or no size satisfies all bounds of a `size`.
Why: every value would be refused.

Avoid:
    text: {min: 100, max: 10}
Prefer:
    text: {min: 10, max: 100}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.report.helps import swap
from imgrules.compiler.spec.bounds import PixelsSpec, RatioSpec, SizeSpec, TextSpec
from imgrules.compiler.spec.model import OptionSpec, ValueSpec
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.compiler.spec.types import Closed, RangeSpec
from imgrules.compiler.spec.walk import walk
from imgrules.quoting import quoted
from imgrules.table.measures import nearest_size, pair, sized
from imgrules.table.terms import Numbers, Ratios, Sizes

CODE = Code("IR217", "crossed-bounds", Severity.ERROR, __doc__)

_LONGEST = 99_999  # the greatest edge in pixels: a side of a size has at most five digits
_MOST_TRIED = 250_000
"""How many widths are tried for one model: enough for two options without a step. Beyond it, nothing is reported."""


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each pair of bounds, and each size rule, that no value can satisfy."""
    files: dict[str, Closed] = {"_shared": rules.shared, **rules.models}
    for file, spec in files.items():
        for path, bounds in walk(spec, RangeSpec, ValueSpec, PixelsSpec, RatioSpec, TextSpec):
            yield from _crossed(file, path, bounds)
    for model, spec in rules.models.items():
        budget = iter(range(_MOST_TRIED))
        for name, option in spec.options.items():
            yield from _no_size(model, name, option, budget)


def _crossed(file: str, path: Path, bounds: Any) -> Iterator[Finding]:
    if not _are_crossed(bounds):
        return
    message = f"the minimum {bounds.min} is above the maximum {bounds.max}"
    if isinstance(bounds, TextSpec):
        name = path[-2] if path[-1] == "text" else path[-3]
        message = f"the minimum length {bounds.min} of {quoted(name)} is above the maximum {bounds.max}"
    least, most = (Place((*path, key), file=file) for key in ("min", "max"))
    yield Finding(CODE, message, least, *swap((least, bounds.min), (most, bounds.max)))


def _is_more(least: Any, most: Any) -> bool:
    low, high = pair(least, ":"), pair(most, ":")
    if low is not None and high is not None:
        return low[0] * high[1] > high[0] * low[1]
    return bool(least > most)


def _no_size(model: str, name: str, option: OptionSpec, budget: Iterator[int]) -> Iterator[Finding]:
    rule = option.size
    if rule is None or any(map(_are_crossed, (rule.edge, rule.area, rule.ratio))):
        return
    if not _has_size(_sizes(rule), budget):
        place = Place(("options", name, "size"), on_key=True, file=model)
        hint = "widen the bounds of `edge:`, `area:` or `ratio:` until one size satisfies all of them"
        yield Finding(CODE, f"no size satisfies all bounds of {quoted(name)}", place, hint)


def _are_crossed(bounds: Any) -> bool:
    is_open = bounds is None or bounds.min is None or bounds.max is None
    return not is_open and _is_more(bounds.min, bounds.max)


def _sizes(rule: SizeSpec) -> Sizes:
    edge, area, ratio = rule.edge, rule.area, rule.ratio
    return Sizes(
        Numbers(edge.min or 0, edge.max, edge.step or 1) if edge else Numbers(0),
        Numbers(area.min, area.max) if area else Numbers(),
        Ratios(ratio.min, ratio.max) if ratio else None,
    )


def _has_size(rule: Sizes, budget: Iterator[int]) -> bool:
    """Whether some size satisfies a rule; also true if that is unknown, since the budget ended before all widths were tried."""
    near = (nearest_size(size, rule) for size in ((1024, 1024), (64, 64), (4096, 4096)))
    if any(size is not None for size in near) or any(fits for fits, _ in zip(_fits_of_widths(rule), budget, strict=False)):
        return True
    return next(budget, None) is None


def _widths(rule: Sizes) -> range:
    step = int(rule.edge.step or 1)
    least = int(rule.edge.min or 0) or step
    return range(least, min(_LONGEST, int(rule.edge.max if rule.edge.max is not None else _LONGEST)) + 1, step)


def _fits_of_widths(rule: Sizes) -> Iterator[bool]:
    """Yield whether a rule allows a size of each width; only the least height that area and aspect ratio allow is tried."""
    widths, (wide, high), area = _widths(rule), _widest(rule), int(rule.area.min or 0)
    for width in widths:
        least = max(-(-area // width), -(-width * high // wide), 1)
        steps = max(-(-(least - widths.start) // widths.step), 0)
        height = widths.start + steps * widths.step
        yield height < widths.stop and sized((width, height), rule)


def _widest(rule: Sizes) -> tuple[int, int]:
    ratio = pair(rule.ratio.max, ":") if rule.ratio is not None else None
    return ratio or (_LONGEST, 1)
