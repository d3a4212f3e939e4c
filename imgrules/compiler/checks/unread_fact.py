"""
a fact that nothing reads

What: no condition, table, price or computed option names the fact, and `body` does not send it.
Why: the service would have to state what changes no answer; more often, a rule about it is missing or misspelled.

Avoid:
    facts: {used_today: {number: {min: 0}}}
Prefer:
    facts: {used_today: {number: {min: 0}}}
    options: {allowance: {of: used_today, values: {free: {max: 2}, used_up: {min: 3}}}}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.compiler.spec.with_facts import names_in
from imgrules.quoting import quoted

CODE = Code("IR271", "unread-fact", Severity.WARNING, __doc__)

_HINT = "name it in a condition, a table, a price or `body:`, or delete it"


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each fact of a model that it does not read, and for each shared one that no model reads."""
    if not rules.shared.facts and not any(spec.facts for spec in rules.models.values()):
        return  # most rules have none, and looking for all names takes time
    read = set[str]()
    for model, spec in rules.models.items():
        named = names_in(spec)
        read |= named
        for name in spec.facts or ():
            if name not in named:
                yield _finding(name, Place(("facts", name), on_key=True, file=model), [spec])
    # A file that was not read may name a shared fact.
    for name in rules.shared.facts or () if rules.files == rules.models.keys() else ():
        if name not in read:
            yield _finding(name, Place(("facts", name), on_key=True, file="_shared"), rules.models.values())


def _finding(name: str, place: Place, models: Iterable[ModelSpec]) -> Finding:
    written = (path for spec in models for path, constant in (spec.body or {}).items() if constant == name)
    path = next(written, None)
    sending = f"a text in `body` is sent as it is; {quoted(f'{{of: {name}}}')} in its place sends the fact at {quoted(path)}"
    hint = _HINT if path is None else sending
    return Finding(CODE, f"nothing reads the fact {quoted(name)}", place, hint)
