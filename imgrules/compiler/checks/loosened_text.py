"""
a text bound of a model that is wider than the shared one

What: `text` of a field in a model has a lower `min` or a greater `max` than the same field in `_shared.yaml`, in the same unit.
Why: the shared bound also applies to this model, so the wider bound would have no effect.

Avoid:
    fields: {prompt: {text: {max: 4000}}}      # `_shared.yaml` says {max: 2000}
Prefer:
    fields: {prompt: {text: {max: 1000}}}
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.report.helps import explain, write
from imgrules.compiler.spec.bounds import TextSpec, unit_of
from imgrules.compiler.spec.rule_set import RuleSet, as_list, type_name, type_of
from imgrules.quoting import quoted

CODE = Code("IR260", "loosened-text", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each text bound of a model that has no effect because the shared bound is narrower."""
    for model, spec in rules.models.items():
        kind = type_of(rules.shared, spec)
        shared = (kind.fields or {}) if kind is not None else {}
        for name, own in (spec.fields or {}).items():
            shared_text = shared[name].text if name in shared else None
            shared_path: Path = ("types", type_name(rules.shared, spec), "fields", name, "text")
            for (path, rule), (other_path, other) in product(
                _rules(own.text, ("fields", name, "text")), _rules(shared_text, shared_path)
            ):
                yield from _loosened(Place(path, file=model), name, rule, other, other_path)


def _rules(text: TextSpec | list[TextSpec] | None, path: Path) -> Iterator[tuple[Path, TextSpec]]:
    """Yield each rule of a text with its path."""
    yield from (((*path, index) if isinstance(text, list) else path, rule) for index, rule in enumerate(as_list(text)))


def _loosened(place: Place, name: str, own: TextSpec, shared: TextSpec, shared_path: Path) -> Iterator[Finding]:
    """Yield a finding for each bound of a rule, at its place, that is wider than a shared one in the same unit."""
    if unit_of(own) != unit_of(shared):
        return
    wide = {
        "min": own.min is not None and shared.min is not None and own.min < shared.min,
        "max": own.max is not None and shared.max is not None and own.max > shared.max,
    }
    for key in (name_of_bound for name_of_bound, is_wider in wide.items() if is_wider):
        bound = getattr(shared, key)
        side = "below" if key == "min" else "above"
        message = f"{key} {getattr(own, key)} of {quoted(name)} is {side} the shared {key} {bound}, which also applies"
        related = ((Place((*shared_path, key), file="_shared"), "the shared bound"),)
        least, most = (bound, own.max) if key == "min" else (own.min, bound)
        crossed = least is not None and most is not None and least > most
        help_ = explain("change the shared bound") if crossed else write(f"{bound}", ", or change the shared bound")
        yield Finding(CODE, message, Place((*place.path, key), file=place.file), *help_._replace(related=related))
