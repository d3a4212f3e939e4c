"""
a cap that is a text too, or is not the only one

What: a content type has two fields with `cap: true`, or such a field also has `text`.
Why: a cap is one number, the most that the caller pays; of two, it would not be said which one counts.

Avoid:
    fields: {max_credits: {send: max_credits, cap: true, optional: true, text: {max: 9}}}
Prefer:
    fields: {max_credits: {send: max_credits, cap: true, optional: true}}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.report.helps import delete
from imgrules.compiler.spec.rule_set import RuleSet, type_name
from imgrules.quoting import quoted

CODE = Code("IR292", "odd-cap", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each second cap of a type, and for each bound of the length of a cap."""
    caps_of: dict[str, list[str]] = {}
    for name, kind in rules.shared.types.items():
        caps = caps_of[name] = [key for key, field in (kind.fields or {}).items() if field.cap]
        for other in caps[1:]:
            place = Place(("types", name, "fields", other, "cap"), on_key=True, file="_shared")
            related = ((Place(("types", name, "fields", caps[0], "cap"), on_key=True, file="_shared"), "the other cap"),)
            yield Finding(CODE, f"{quoted(name)} has a cap already, {quoted(caps[0])}", place, "a type has one cap", related)
        for key in (key for key in caps if kind.fields and kind.fields[key].text is not None):
            yield _text(key, Place(("types", name, "fields", key, "text"), on_key=True, file="_shared"))
    for model, spec in rules.models.items():
        for key, own in (spec.fields or {}).items():
            if own.text is not None and key in caps_of.get(type_name(rules.shared, spec), ()):
                yield _text(key, Place(("fields", key, "text"), on_key=True, file=model))


def _text(name: str, place: Place) -> Finding:
    return Finding(CODE, f"{quoted(name)} is a cap, which is a number and no text", place, *delete(place, "`text:`"))
