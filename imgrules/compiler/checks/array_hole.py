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
from imgrules.compiler.spec.rule_set import Leaf, RuleSet, gates_of, leaves, values_of
from imgrules.compiler.spec.shared import TypeSpec
from imgrules.compiler.spec.types import TableSpec
from imgrules.quoting import quoted
from imgrules.table.measures import pair

CODE = Code("IR237", "array-hole", Severity.ERROR, __doc__)

_SIDES = ("width", "height")
_AT = re.compile(r"\[([0-9])\]")


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find arrays that would be sent with nothing at some place."""
    for model, spec in rules.models.items():
        kind = rules.shared.types.get(spec.type)
        said = list(leaves(kind, spec)) if kind is not None else []
        if kind is None or not any("[" in each.path for each in said):
            continue
        inside: dict[str, list[Leaf]] = {}
        for leaf in said:
            for found in _AT.finditer(leaf.path):
                inside.setdefault(leaf.path[: found.end()], []).append(leaf)
        for leaf in said:
            holes = (each for each in _before(leaf.path) if not _is_filled(inside.get(each, []), leaf, kind, spec))
            hole = next(holes, None)
            if hole is not None:
                place = _place(leaf, model, spec)
                hint = f"always send something at {quoted(hole)} when this is sent, or send this there"
                yield Finding(CODE, f"{quoted(leaf.path)} is sent where {quoted(hole)} may be missing", place, hint)


def _before(path: str) -> Iterator[str]:
    """Yield the places in arrays that come before a path, for each array that it lies in."""
    for found in _AT.finditer(path):
        yield from (f"{path[: found.start()]}[{at}]" for at in range(int(found[1])))


def _is_filled(inside: list[Leaf], leaf: Leaf, kind: TypeSpec, spec: ModelSpec) -> bool:
    """Return whether one of the leaves inside a place of an array is sent whenever another is."""
    return any(_is_sent_with(each, leaf, kind, spec) for each in inside)


def _is_sent_with(each: Leaf, leaf: Leaf, kind: TypeSpec, spec: ModelSpec) -> bool:
    """Whether one leaf is sent whenever another is."""
    if each.name is not None and each.name == leaf.name:
        return leaf.form in _SIDES or not _may_lack_sides(each, spec)
    names = each.said.by if isinstance(each.said, TableSpec) else () if each.name is None else (each.name,)
    return all(_is_there(name, leaf, kind, spec) for name in names) and not _may_lack_sides(each, spec)


def _may_lack_sides(leaf: Leaf, spec: ModelSpec) -> bool:
    """Whether a side is sent of what may be a word, which has none."""
    option = spec.options.get(leaf.name or "")
    return leaf.form in _SIDES and option is not None and _may_be_a_word(option, "x:")


def _may_be_a_word(option: OptionSpec, sign: str) -> bool:
    return any(pair(each, sign) is None for each in values_of(option))


def _is_there(name: str, leaf: Leaf, kind: TypeSpec, spec: ModelSpec) -> bool:
    option = spec.options.get(name)
    if option is None:
        own, field = (spec.fields or {}).get(name), (kind.fields or {}).get(name)
        required = own.required if own and own.required is not None else field.required if field else False
        return bool(required)
    other = spec.options.get(leaf.name or "")
    # Two options that exist under the same condition are there together.
    same = option.when is None or (other is not None and other.when == option.when)
    return same and not option.optional and not _is_ignored(name, spec) and not _may_lack(option, spec)


def _is_ignored(name: str, spec: ModelSpec) -> bool:
    return any(name in gates_of(limit.ignores) for limit in spec.limits or ())


def _may_lack(option: OptionSpec, spec: ModelSpec, above: tuple[str, ...] = ()) -> bool:
    """Whether a computed option may come to nothing; the length of a list never does."""
    sources = {each: spec.options[each] for each in (*gates_of(option.of), *gates_of(option.pixels)) if each in spec.options}
    return any(
        each.many is None
        and name not in above
        and (
            bool(each.optional or each.when is not None)
            or _is_ignored(name, spec)
            or (option.pixels is not None and _may_be_a_word(each, "x"))
            or _may_lack(each, spec, (*above, name))
        )
        for name, each in sources.items()
    )


def _place(leaf: Leaf, model: str, spec: ModelSpec) -> Place:
    if leaf.path in (spec.body or {}):
        return Place(("body", leaf.path), on_key=True, file=model)
    block = "options" if leaf.name in spec.options else "fields" if leaf.name in (spec.fields or {}) else "type"
    path = (block, leaf.name, "send") if leaf.name is not None and block != "type" else ("type",)
    return Place(path, file=model)
