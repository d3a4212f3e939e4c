"""
an array entry that may be missing before another one

What: something is sent at `[1]` of an array, but something is not always sent at `[0]`.
Why: an array has no holes: the provider would get `null` where it expects an entry.

These may be missing: an option that is optional, exists only sometimes or is ignored, what is computed from one, and the
pixels and sides of a size that may be a word, such as `auto`.

Avoid:
    body: {"images[1].url": {of: second, as: text}}
Prefer:
    body: {"images[0].url": {of: first, as: text}, "images[1].url": {of: second, as: text}}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.model import ModelSpec, OptionSpec
from imgrules.compiler.spec.rule_set import Leaf, RuleSet, as_names, leaves, values_of
from imgrules.compiler.spec.shared import TypeSpec
from imgrules.compiler.spec.types import TableSpec
from imgrules.quoting import quoted
from imgrules.table.measures import pair

CODE = Code("IR237", "array-hole", Severity.ERROR, __doc__)

_SIDES = ("width", "height")
_AT = re.compile(r"\[([0-9])\]")


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find arrays that would be sent with a hole."""
    for model, spec in rules.models.items():
        kind = rules.shared.types.get(spec.type)
        all_leaves = list(leaves(kind, spec)) if kind is not None else []
        if kind is None or not any("[" in other.path for other in all_leaves):
            continue
        by_element: dict[str, list[Leaf]] = {}
        for leaf in all_leaves:
            for match in _AT.finditer(leaf.path):
                by_element.setdefault(leaf.path[: match.end()], []).append(leaf)
        for leaf in all_leaves:
            holes = (
                element
                for element in _earlier_elements(leaf.path)
                if not _is_always_filled(by_element.get(element, []), leaf, kind, spec)
            )
            hole = next(holes, None)
            if hole is not None:
                place = _place(leaf, model, spec)
                hint = f"always send something at {quoted(hole)} when this is sent, or send this there"
                yield Finding(CODE, f"{quoted(leaf.path)} is sent where {quoted(hole)} may be missing", place, hint)


def _earlier_elements(path: str) -> Iterator[str]:
    """Yield the paths of the elements before a path, for each array that contains it."""
    for match in _AT.finditer(path):
        yield from (f"{path[: match.start()]}[{index}]" for index in range(int(match[1])))


def _is_always_filled(candidates: list[Leaf], leaf: Leaf, kind: TypeSpec, spec: ModelSpec) -> bool:
    """Whether one of the leaves inside an array element is sent whenever `leaf` is."""
    return any(_is_sent_with(candidate, leaf, kind, spec) for candidate in candidates)


def _is_sent_with(other: Leaf, leaf: Leaf, kind: TypeSpec, spec: ModelSpec) -> bool:
    """Whether `other` is sent whenever `leaf` is."""
    if other.name is not None and other.name == leaf.name:
        return leaf.form in _SIDES or not _may_lack_sides(other, spec)
    names = other.value.by if isinstance(other.value, TableSpec) else () if other.name is None else (other.name,)
    return all(_is_always_present(name, leaf, kind, spec) for name in names) and not _may_lack_sides(other, spec)


def _may_lack_sides(leaf: Leaf, spec: ModelSpec) -> bool:
    """Whether a leaf is a side of an option that may be a word, which has no sides."""
    option = spec.options.get(leaf.name or "")
    return leaf.form in _SIDES and option is not None and _may_be_a_word(option, "x:")


def _may_be_a_word(option: OptionSpec, separator: str) -> bool:
    return any(pair(value, separator) is None for value in values_of(option))


def _is_always_present(name: str, leaf: Leaf, kind: TypeSpec, spec: ModelSpec) -> bool:
    option = spec.options.get(name)
    if option is None:
        own, field = (spec.fields or {}).get(name), (kind.fields or {}).get(name)
        required = own.required if own and own.required is not None else field.required if field else False
        return bool(required)
    other = spec.options.get(leaf.name or "")
    # Two options that exist under the same condition are present together.
    same_condition = option.when is None or (other is not None and other.when == option.when)
    return same_condition and not option.optional and not _is_ignored(name, spec) and not _may_have_no_value(option, spec)


def _is_ignored(name: str, spec: ModelSpec) -> bool:
    return any(name in as_names(limit.ignores) for limit in spec.limits or ())


def _may_have_no_value(option: OptionSpec, spec: ModelSpec, ancestors: tuple[str, ...] = ()) -> bool:
    """Whether a computed option may have no value; the length of a list always has one."""
    sources = {name: spec.options[name] for name in (*as_names(option.of), *as_names(option.pixels)) if name in spec.options}
    return any(
        source.many is None
        and name not in ancestors
        and (
            bool(source.optional or source.when is not None)
            or _is_ignored(name, spec)
            or (option.pixels is not None and _may_be_a_word(source, "x"))
            or _may_have_no_value(source, spec, (*ancestors, name))
        )
        for name, source in sources.items()
    )


def _place(leaf: Leaf, model: str, spec: ModelSpec) -> Place:
    if leaf.path in (spec.body or {}):
        return Place(("body", leaf.path), on_key=True, file=model)
    block = "options" if leaf.name in spec.options else "fields" if leaf.name in (spec.fields or {}) else "type"
    path = (block, leaf.name, "send") if leaf.name is not None and block != "type" else ("type",)
    return Place(path, file=model)
