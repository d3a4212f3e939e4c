"""
a gate that no file declares

What: a value names a gate, and `_shared.yaml` has none of that name.
Why: a slip such as `members` would leave a members-only choice open to everybody, or closed to all.

Avoid:
    high: {credits: 20, gate: members}
Prefer:
    high: {credits: 20, gate: member}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec import ModelSpec, RuleSet, values_of
from imgrules.engine.wording import either, nearest, quoted

CODE = Code("IR201", "unknown-gate", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find gates that are named and that nobody declared."""
    known = rules.shared.gates or {}
    for model, spec in rules.models.items():
        for path, gate in _named(spec):
            if gate not in known:
                meant = nearest(gate, known)
                hint = f"did you mean `{meant}`?" if meant else f"declared are {either(known)}" if known else ""
                hint = hint or "declare it under `gates:` in _shared.yaml"
                yield Finding(CODE, f"there is no gate {quoted(gate)}", Place(path, file=model), hint, (), meant)


def _named(spec: ModelSpec) -> Iterator[tuple[Path, str]]:
    yield from _each(("gate",), spec.gate)
    for option, each in spec.options.items():
        for value, said in values_of(each).items():
            yield from _each(("options", option, "values", value, "gate"), said.gate)
    for at, rule in enumerate(spec.gates or ()):
        yield from _each(("gates", at, "gate"), rule.gate)


def _each(path: Path, said: str | list[str] | None) -> Iterator[tuple[Path, str]]:
    if isinstance(said, str):
        yield path, said
    else:
        yield from (((*path, at), gate) for at, gate in enumerate(said or ()))
