"""
a circular dependency between options

What: whether an option exists, its default or its computed value depends on the option itself, directly or through others.
Why: none of them can be evaluated before the others, so the order of lines would have to decide.

Avoid:
    mode: {values: [generate, edit], when: {quality: high}}
    quality: {values: [low, high], when: {mode: edit}}
Prefer:
    mode: {values: [generate, edit]}
    quality: {values: [low, high], when: {mode: edit}}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.model import ModelSpec, OptionSpec
from imgrules.compiler.spec.rule_set import RuleSet, gates_of
from imgrules.compiler.spec.types import TableSpec
from imgrules.quoting import quoted

CODE = Code("IR223", "dependency-cycle", Severity.ERROR, __doc__)

Hangs = Mapping[str, Mapping[str, Path]]
"""What each option hangs on, with the path at which it is said."""


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield every dependency cycle of options once, at the first of them."""
    for model, spec in rules.models.items():
        hangs = _hangs(spec)
        told: set[frozenset[str]] = set()
        free = _free(hangs)
        for option in (each for each in spec.options if each in hangs):
            round_ = () if option in free else _back_to(option, hangs)
            if round_ and frozenset(round_) not in told:
                told.add(frozenset(round_))
                way = " -> ".join(quoted(each) for each in (*round_, option))
                place = Place(hangs[option][(*round_, option)[1]], file=model)
                yield Finding(CODE, f"circular dependency: {way}", place, "remove one of these dependencies")


def _free(hangs: Hangs) -> frozenset[str]:
    """Return the options that hang on no cycle, and are in none."""
    waits: dict[str, list[str]] = {}
    for name, on in hangs.items():
        for each in on:
            waits.setdefault(each, []).append(name)
    left = {name: len(on) for name, on in hangs.items()}
    ready = [each for each in waits if each not in hangs]
    for each in ready:  # it grows as it is walked
        for name in waits.get(each, ()):
            left[name] -= 1
            if not left[name]:
                ready.append(name)
    return frozenset(ready)


def _hangs(spec: ModelSpec) -> Hangs:
    found: dict[str, dict[str, Path]] = {}
    for name, option in spec.options.items():
        on = {other: path for other, path in _said(name, option) if other in spec.options}
        if on:
            found[name] = on
    for at, limit in enumerate(spec.limits or ()):
        for name in gates_of(limit.ignores):
            on = {other: ("limits", at, "when", other) for other in limit.when or {} if other in spec.options}
            found[name] = on | found.get(name, {})
    return found


def _said(name: str, option: OptionSpec) -> Iterator[tuple[str, Path]]:
    path = ("options", name)
    yield from ((other, (*path, "when", other)) for other in option.when or {})
    if isinstance(option.default, TableSpec):
        yield from ((other, (*path, "default", "by", at)) for at, other in enumerate(option.default.by))
    for key in ("of", "pixels", "total"):
        yield from ((other, (*path, key)) for other in gates_of(getattr(option, key)))


def _back_to(option: str, hangs: Hangs) -> tuple[str, ...]:
    """Return the shortest way from an option back to itself, or nothing."""
    before: dict[str, str | None] = {option: None}
    queue = [option]
    for each in queue:  # it grows as it is walked
        for other in hangs.get(each, {}):
            if other == option:
                return _way(each, before)
            if other not in before:
                before[other] = each
                queue.append(other)
    return ()


def _way(name: str | None, before: Mapping[str, str | None]) -> tuple[str, ...]:
    found: list[str] = []
    while name is not None:
        found.append(name)
        name = before[name]
    return tuple(reversed(found))
