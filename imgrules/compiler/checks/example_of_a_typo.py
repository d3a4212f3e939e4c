"""
an example that is impossible because of a name that nobody knows

What: an example expects `impossible` without a reason, and its selection has a name that no option, field or fact has.
Why: it would be impossible whatever the rules say about the rest, so it tests nothing; most often the name is a typo.

Avoid:
    - {select: {ratio: "1:1", qualty: high}, expect: {status: impossible}}
Prefer:
    - {select: {ratio: "1:1", quality: high}, expect: {status: impossible}}
    - {select: {ratio: "1:1", qualty: high}, expect: {status: impossible, because: unknown_field}}
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.report.helps import did_you_mean
from imgrules.compiler.spec.examples import ExampleSpec
from imgrules.compiler.spec.field_types import keys
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, aliases_at, type_of
from imgrules.engine.decision import Status
from imgrules.quoting import quoted
from imgrules.refusals.suggest import nearest
from imgrules.table.records import MODEL

CODE = Code("IR404", "example-of-a-typo", Severity.WARNING, __doc__)

_MEANT = "correct the name, or add `because: unknown_field` if it is meant"


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for the first unknown name of each example that expects `impossible` and no reason."""
    for model, spec in rules.models.items():
        known: Collection[str] = ()
        for index, example in enumerate(spec.examples or ()):
            if example.expect.status is not Status.IMPOSSIBLE or example.expect.because is not None:
                continue
            known = known or _known(rules, spec)
            unknown = next((name for name in example.select if name not in known), None)
            if unknown is not None:
                place = Place(("examples", index, "select", unknown), on_key=True, file=model)
                message = f"nothing is called {quoted(unknown)}: this example is impossible whatever the rest is"
                hint = f"{quoted(unknown)} stands beside `select:`" if unknown in keys(ExampleSpec) else _MEANT
                yield Finding(CODE, message, place, *did_you_mean(nearest(unknown, sorted(known)), hint))


def _known(rules: RuleSet, spec: ModelSpec) -> frozenset[str]:
    """Return the names that a selection of a model may contain, or that the rules say something about."""
    kind = type_of(rules.shared, spec)
    shared_options, fields, refused = (kind.options or {}, kind.fields or {}, kind.refused or {}) if kind else ({}, {}, {})
    described = (*spec.options.values(), *shared_options.values(), *fields.values())
    aliases = (name for one in described for name, _ in aliases_at(getattr(one, "aliases", None), ()))
    facts = (*(spec.facts or ()), *(rules.shared.facts or ()))
    return frozenset((MODEL, *spec.options, *shared_options, *fields, *refused, *facts, *aliases))
