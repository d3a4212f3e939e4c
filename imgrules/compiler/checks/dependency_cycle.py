"""
a circular dependency between options

What: the `when`, the default or the computed value of an option depends on the option itself, directly or through others.
Why: each option of the cycle needs the value of another one first, so none of them can be evaluated.

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
from imgrules.compiler.spec.rule_set import RuleSet, as_names, by_places
from imgrules.compiler.spec.tables import TableSpec
from imgrules.quoting import quoted

CODE = Code("IR223", "dependency-cycle", Severity.ERROR, __doc__)

Dependencies = Mapping[str, Mapping[str, Path]]
"""The options that each option depends on, with the path at which that is written."""


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each dependency cycle, at the first of its options."""
    for model, spec in rules.models.items():
        dependencies = _dependencies(spec)
        reported: set[frozenset[str]] = set()
        acyclic = _acyclic(dependencies)
        for option in (name for name in spec.options if name in dependencies):
            cycle = () if option in acyclic else _cycle_from(option, dependencies)
            if cycle and frozenset(cycle) not in reported:
                reported.add(frozenset(cycle))
                shown = " -> ".join(quoted(name) for name in (*cycle, option))
                place = Place(dependencies[option][(*cycle, option)[1]], file=model)
                yield Finding(CODE, f"circular dependency: {shown}", place, "remove one of these dependencies")


def _acyclic(dependencies: Dependencies) -> frozenset[str]:
    """Return the options that neither are in a dependency cycle nor depend on one."""
    dependents: dict[str, list[str]] = {}
    for name, sources in dependencies.items():
        for source in sources:
            dependents.setdefault(source, []).append(name)
    remaining = {name: len(names) for name, names in dependencies.items()}
    ready = [option for option in dependents if option not in dependencies]
    for source in ready:  # the list grows during the loop
        for name in dependents.get(source, ()):
            remaining[name] -= 1
            if not remaining[name]:
                ready.append(name)
    return frozenset(ready)


def _dependencies(spec: ModelSpec) -> Dependencies:
    dependencies: dict[str, dict[str, Path]] = {}
    for name, option in spec.options.items():
        sources = {other: path for other, path in _own_dependencies(name, option) if other in spec.options}
        if sources:
            dependencies[name] = sources
    for index, limit in enumerate(spec.limits or ()):
        for name in as_names(limit.ignores):
            sources = {other: ("limits", index, "when", other) for other in limit.when or {} if other in spec.options}
            dependencies[name] = sources | dependencies.get(name, {})
    return dependencies


def _own_dependencies(name: str, option: OptionSpec) -> Iterator[tuple[str, Path]]:
    path = ("options", name)
    yield from ((other, (*path, "when", other)) for other in option.when or {})
    if isinstance(option.default, TableSpec):
        yield from ((other, place) for place, other in by_places(option.default, (*path, "default")))
    if isinstance(option.of, TableSpec):
        yield from ((other, place) for place, other in by_places(option.of, (*path, "of")))
    else:
        yield from ((other, (*path, "of")) for other in as_names(option.of))


def _cycle_from(option: str, dependencies: Dependencies) -> tuple[str, ...]:
    """Return the shortest cycle from an option back to itself, or an empty tuple."""
    previous: dict[str, str | None] = {option: None}
    queue = [option]
    for current in queue:  # the list grows during the loop
        for other in dependencies.get(current, {}):
            if other == option:
                return _path_to(current, previous)
            if other not in previous:
                previous[other] = current
                queue.append(other)
    return ()


def _path_to(name: str | None, previous: Mapping[str, str | None]) -> tuple[str, ...]:
    names: list[str] = []
    while name is not None:
        names.append(name)
        name = previous[name]
    return tuple(reversed(names))
