"""
a translation of an unknown sentence

What: `_messages.yaml` names a sentence that does not exist, or a placeholder that the sentence does not have.
Why: a translation of an unknown sentence is never used, and an unknown placeholder cannot be filled in.

Avoid:
    messages: {de: {retired: "{field} {wert} gibt es seit {moment} nicht mehr"}}
Prefer:
    messages: {de: {retired: "{field} {value} gibt es seit {moment} nicht mehr"}}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from imgrules.compiler.report.certainty import is_slip
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity, up_to_the_cap
from imgrules.compiler.report.helps import did_you_mean
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.quoting import quoted
from imgrules.refusals.suggest import nearest
from imgrules.table.texts.messages import ENGLISH, known, places_of

CODE = Code("IR234", "unknown-sentence", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each translation of a sentence that does not exist, and for each unknown placeholder."""
    return up_to_the_cap(_unknown(rules))


def _unknown(rules: RuleSet) -> Iterator[Finding]:
    for language, sentences in rules.messages.items():
        for name, text in sentences.items():
            path = ("messages", language, name)
            if known(name):
                yield from _unknown_placeholders(name, text, Place(path, file="_messages"))
                continue
            meant = nearest(name, ENGLISH)
            help_ = did_you_mean(
                meant, "`imgrules explain messages` lists all sentences", certain=is_slip(name, meant, ENGLISH)
            )
            place = Place(path, on_key=True, file="_messages")
            yield Finding(CODE, f"there is no sentence {quoted(name)}", place, *help_)


def _unknown_placeholders(name: str, text: str, place: Place) -> Iterator[Finding]:
    for placeholder in dict.fromkeys(re.findall(r"{(\w+)}", text)):
        if placeholder not in places_of(name):
            placeholders = sorted(places_of(name))
            suggestion = nearest(placeholder, placeholders)
            fallback = (
                "its placeholders are " + " and ".join(f"`{{{candidate}}}`" for candidate in placeholders)
                if placeholders
                else "delete it; this sentence has no placeholders"
            )
            hint = f"the most similar placeholder is {quoted(f'{{{suggestion}}}')}" if suggestion else fallback
            yield Finding(CODE, f"the sentence {quoted(name)} has no placeholder `{{{placeholder}}}`", place, hint)
