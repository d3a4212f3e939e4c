"""
an array entry that may be missing before another one

What: the request has a value at `[1]` of an array, but not always one at `[0]`.
Why: a JSON array cannot skip an entry, so the provider would get `null` at `[0]`.

These values may be missing: an option that is `optional`, has a `when`, or is ignored by a limit; an option that is computed
from such an option; and the pixels, the sides, the width and the height of a size that may be a word, such as `auto`.

Avoid:
    body: {"images[1].url": {of: second, as: text}}
Prefer:
    body: {"images[0].url": {of: first, as: text}, "images[1].url": {of: second, as: text}}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from imgrules.compiler.lower.known_options import KnownOption, known_options_of_model
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import Leaf, RuleSet, details_of, leaves, type_of
from imgrules.compiler.spec.shared import TypeSpec
from imgrules.compiler.spec.tables import TableSpec
from imgrules.quoting import quoted
from imgrules.table.record_base import record
from imgrules.table.terms import NONE

CODE = Code("IR237", "array-hole", Severity.ERROR, __doc__)

_SIDES = ("width", "height")
_AT = re.compile(r"\[([0-9])\]")


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each leaf of a request that is sent in an array where an earlier entry may be missing."""
    for model, spec in rules.models.items():
        kind = type_of(rules.shared, spec)
        all_leaves = list(leaves(kind, spec)) if kind is not None else []
        if kind is None or not any("[" in leaf.path for leaf in all_leaves):
            continue
        sender = _Sender(kind, spec, known_options_of_model(rules, model))
        by_element: dict[str, list[Leaf]] = {}
        for leaf in all_leaves:
            for match in _AT.finditer(leaf.path):
                by_element.setdefault(leaf.path[: match.end()], []).append(leaf)
        for leaf in all_leaves:
            holes = (
                element
                for element in _earlier_elements(leaf.path)
                if not any(sender.sends_with(other, leaf) for other in by_element.get(element, ()))
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


@record
class _Sender:
    """The spec of one model, its type and what is known of its options: they decide which leaves are sent together."""

    kind: TypeSpec
    spec: ModelSpec
    known: Mapping[str, KnownOption]

    def sends_with(self, other: Leaf, leaf: Leaf) -> bool:
        """Whether `other` is sent whenever `leaf` is."""
        if self._may_send_nothing(other):
            return False
        if other.name is not None and other.name == leaf.name:
            return leaf.form in _SIDES or not self._may_lack_sides(other)
        names = other.value.by if isinstance(other.value, TableSpec) else () if other.name is None else (other.name,)
        return all(self._is_always_present(name, leaf) for name in names) and not self._may_lack_sides(other)

    def _may_lack_sides(self, leaf: Leaf) -> bool:
        """Whether a leaf is the width or the height of an option that may be a word, such as `auto`, which has neither."""
        known = self.known.get(leaf.name or "")
        return leaf.form in _SIDES and known is not None and known.has_word

    def _may_send_nothing(self, leaf: Leaf) -> bool:
        """Whether `(none)` or `send: false` says that for some value nothing is sent at a leaf."""
        table = getattr(leaf.value, "table", None) if isinstance(leaf.value, TableSpec) else None
        rows = (entry for row in (table or {}).values() for entry in (row.values() if isinstance(row, dict) else (row,)))
        option = self.spec.options.get(leaf.name or "")
        return any(entry == NONE for entry in rows) or (
            option is not None
            and option.send == leaf.path
            and any(details.send is False for details in details_of(option).values())
        )

    def _is_always_present(self, name: str, leaf: Leaf) -> bool:
        known, other = self.known.get(name), self.known.get(leaf.name or "")
        if known is None:
            own, field = (self.spec.fields or {}).get(name), (self.kind.fields or {}).get(name)
            return field is not None and not (own.optional if own and own.optional is not None else field.optional)
        option = known.option
        # Two options that exist under the same condition are present together.
        same_condition = not option.when or (other is not None and other.option.when == option.when)
        return same_condition and not (option.optional or option.ignored or known.may_lack_source)


def _place(leaf: Leaf, model: str, spec: ModelSpec) -> Place:
    if leaf.path in (spec.body or {}):
        return Place(("body", leaf.path), on_key=True, file=model)
    block = "options" if leaf.name in spec.options else "fields" if leaf.name in (spec.fields or {}) else "type"
    path = (block, leaf.name, "send") if leaf.name is not None and block != "type" else ("type",)
    return Place(path, file=model)
