"""
a badge that outlives its promotion

What: a badge announces a lower price, but is still shown when the promotion beside it has ended.
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

CODE = Code("IR245", "badge-outlives-promotion", Severity.WARNING, __doc__)

_OF_PRICES = re.compile(r"%|\b(?:off|sale|save|discount|discounted|deal|promo|promotion)\b", re.IGNORECASE)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find badges about prices that are shown after the last promotion that they can be about."""
    for model, spec in rules.models.items():
        for path, badges, promotions in _beside(spec):
            ends = [(moment_of(each.until), where) for where, each in promotions]
            known = [(end, where) for end, where in ends if end is not None]
            if not known or len(known) < len(ends):
                continue  # of a promotion that never ends another check tells
            last, where = max(known)
            for at, badge in enumerate(badges):
                until = moment_of(badge.until)
                if _is_of_prices(badge) and (until is None or until > last):
                    yield _finding(model, (*path, at), badge, last, where)


def _beside(spec: ModelSpec) -> Iterator[tuple[Path, list[BadgeSpec], list[tuple[Path, DatedSpec]]]]:
    """Yield the badges that stand together, with the promotions that they can be about."""
    own = [] if spec.promotion is None else [(("promotion",), spec.promotion)]
    promotions: list[tuple[Path, DatedSpec]] = [*own]
    for name, option in spec.options.items():
        for value, said in details_of(option).items():
            path: Path = ("options", name, "values", value)
            its: list[tuple[Path, DatedSpec]] = (
                [((*path, "promotion"), said.promotion)] if said.promotion is not None else [*own]
            )
            promotions += its if said.promotion is not None else []
            yield (*path, "badges"), said.badges or [], its
    yield ("badges",), spec.badges or [], promotions


def _is_of_prices(badge: BadgeSpec) -> bool:
    texts = [badge.text] if isinstance(badge.text, str) else list(badge.text.values())
    return any(_OF_PRICES.search(each) for each in (*texts, badge.style or ""))


def _finding(model: str, path: Path, badge: BadgeSpec, last: str, where: Path) -> Finding:
    day = last.removesuffix("T00:00:00Z")
    shown = "never ends" if badge.until is None else f"is shown until {quoted(badge.until)}"
    related = ((Place((*where, "until"), file=model), "the promotion"),)
    message = f"this badge {shown}, but the promotion ends {quoted(day)}"
    if badge.until is None:
        return Finding(CODE, message, Place(path, file=model), f'add `until: "{day}"` to it', related)
    return Finding(CODE, message, Place((*path, "until"), file=model), *write(typed(day))._replace(related=related))
