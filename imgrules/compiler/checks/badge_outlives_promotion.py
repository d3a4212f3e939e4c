"""
a badge that outlives its promotion

What: a badge announces a lower price, but is still shown after the promotion beside it has ended.
Why: users would be promised a price that they do not get.

A badge announces a price if its style does, such as `promo`, or if its text has a `%` or a word such as "off" or "sale".

Avoid:
    badges: [{text: 40% OFF, style: promo}]
    promotion: {credits: 6, until: "2026-12-24"}
Prefer:
    badges: [{text: 40% OFF, style: promo, until: "2026-12-24"}]
    promotion: {credits: 6, until: "2026-12-24"}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.report.helps import typed, write
from imgrules.compiler.spec.model import BadgeSpec, ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, details_of, moment_of
from imgrules.compiler.spec.types import DatedSpec
from imgrules.quoting import quoted

CODE = Code("IR245", "badge-outlives-promotion", Severity.WARNING, __doc__, may_be_meant=True)

_OF_PRICES = r"(?i)%|\b(?:off|sale|save|discount|discounted|deal|promo|promotion)\b"


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each badge about prices that is still shown after the last promotion it can belong to has ended."""
    for model, spec in rules.models.items():
        for path, badges, promotions in _badges_with_promotions(spec):
            ends = [(moment_of(promotion.until), promotion_path) for promotion_path, promotion in promotions]
            dated = [(end, promotion_path) for end, promotion_path in ends if end is not None]
            if not dated or len(dated) < len(ends):
                continue  # another check reports a promotion that never ends
            last, last_path = max(dated)
            for index, badge in enumerate(badges):
                until = moment_of(badge.until)
                if _is_about_prices(badge) and (until is None or until > last):
                    yield _finding(model, (*path, index), badge, last, last_path)


def _badges_with_promotions(spec: ModelSpec) -> Iterator[tuple[Path, list[BadgeSpec], list[tuple[Path, DatedSpec]]]]:
    """Yield, for each place with badges: its path, its badges, and the promotions that they can belong to, with their paths."""
    own = [] if spec.promotion is None else [(("promotion",), spec.promotion)]
    promotions: list[tuple[Path, DatedSpec]] = [*own]
    for name, option in spec.options.items():
        for value, details in details_of(option).items():
            path: Path = ("options", name, "values", value)
            of_value: list[tuple[Path, DatedSpec]] = (
                [((*path, "promotion"), details.promotion)] if details.promotion is not None else [*own]
            )
            promotions += of_value if details.promotion is not None else []
            yield (*path, "badges"), details.badges or [], of_value
    yield ("badges",), spec.badges or [], promotions


def _is_about_prices(badge: BadgeSpec) -> bool:
    texts = [badge.text] if isinstance(badge.text, str) else list(badge.text.values())
    return any(re.search(_OF_PRICES, text) for text in (*texts, badge.style or ""))


def _finding(model: str, path: Path, badge: BadgeSpec, last: str, promotion_path: Path) -> Finding:
    day = last.removesuffix("T00:00:00Z")
    shown = "never ends" if badge.until is None else f"is shown until {quoted(badge.until)}"
    related = ((Place((*promotion_path, "until"), file=model), "the promotion"),)
    message = f"this badge {shown}, but the promotion ends on {quoted(day)}"
    if badge.until is None:
        return Finding(CODE, message, Place(path, file=model), f'add `until: "{day}"` to it', related)
    return Finding(CODE, message, Place((*path, "until"), file=model), *write(typed(day))._replace(related=related))
