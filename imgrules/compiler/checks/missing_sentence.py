"""
a language into which only some sentences are translated

What: `languages` lists a language, and `_messages.yaml` translates some sentences into it, but not all.
Why: users would read a part of the sentences in their language, and the rest in English.

Avoid:
    messages: {de: {retired: "{field} {value} gibt es nicht mehr"}}
Prefer:
    messages: {de: {retired: "{field} {value} gibt es nicht mehr", not_yet: "{field} {value} kommt noch"}}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.quoting import quoted
from imgrules.table.texts.messages import ENGLISH, is_plural_form

CODE = Code("IR235", "missing-sentence", Severity.WARNING, __doc__)

_REQUIRED = tuple(name for name in ENGLISH if not is_plural_form(name))
_OWN = "en"  # the language in which all sentences are written


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each declared language into which only a part of the sentences is translated."""
    for language in rules.shared.languages or ():
        translations = rules.messages.get(language)
        wider = language.rpartition("-")[0]
        if translations is None or _OWN in {language, language.partition("-")[0]}:
            continue
        missing = [name for name in _REQUIRED if name not in translations and name not in rules.messages.get(wider, {})]
        if missing:
            place = Place(("messages", language), on_key=True, file="_messages")
            hint = f"translate {quoted(missing[0])} and the others; `imgrules explain messages` lists all sentences"
            yield Finding(CODE, f"some sentences are not translated into {quoted(language)}, but others are", place, hint)
