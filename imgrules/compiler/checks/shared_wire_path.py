"""
options at one wire path that can be picked together

What: two options are sent at the same path of the request body, or one inside the other, and some selection has both.
Why: options may share a path only if no selection has two of them: one of the two values would overwrite the other.

This is proven over which options are there, with `when` and with the limits, at every moment. A list without entries is there.

Avoid:
    options:
      preset: {send: size, values: [square, wide], optional: true}
      custom: {send: size, size: {}, optional: true}
Prefer:
    options:
      preset: {send: size, values: [square, wide], optional: true}
      custom: {send: size, size: {}, optional: true}
    limits:
      - {when: {custom: {not: (none)}}, only: {preset: (none)}, because: a preset is a size already}
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice, product
from typing import Any, TypeAlias

from imgrules.compiler.lower.grid import Bits
from imgrules.compiler.lower.overlaps import any_overlap, overlaps
from imgrules.compiler.lower.presence import Presence, State
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.samples.sample_selections import MOST, Trial, selected, trial_of, values_to_try
from imgrules.compiler.spec.rule_set import Leaf, RuleSet, leaves, type_name
from imgrules.engine.body import NOTHING, leaf
from imgrules.engine.facts.tried_values import shapes
from imgrules.quoting import either, quoted
from imgrules.table.record_base import record
from imgrules.table.records import Model, Send, Table
from imgrules.table.terms import NONE, OTHER, WirePath

CODE = Code("IR285", "shared-wire-path", Severity.ERROR, __doc__)

_MOST_PROOFS = 500  # the most pairs of leaves that are examined together in one period; further ones are reported
_MOST_ROWS = 40  # the most combinations, and the most values of an option, for which a selection is tried
_MOST_FILLINGS = 100  # the most selections of one combination that are tried
_Pair: TypeAlias = tuple[int, int]


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Yield a finding for each two leaves at one path, or inside each other, that some selection may send together."""
    for name, first in table.models.items():
        spec = rules.models[name]
        shares = any_overlap(_paths(first))
        written = list(leaves(rules.shared.types[type_name(rules.shared, spec)], spec)) if shares else []
        places = [_place(rules, name, leaf_) for leaf_ in written]
        reported: set[frozenset[str]] = set()
        for start, model in ((None, first), *((change.at, change.model) for change in first.changes)) if written else ():
            for pair, trial in _together(model) if model.gone is None else ():
                names = frozenset(name for at in pair for name in _names(model.body[at]))
                if names not in reported:
                    reported.add(names)
                    paths = [written[at].path for at in pair]
                    yield _finding(paths, [places[at] for at in pair], names, trial, start)


def _paths(model: Model) -> tuple[WirePath, ...]:
    return tuple([send.path for send in model.body])


def _names(send: Send) -> tuple[str, ...]:
    return send.lookup.by if send.lookup is not None else () if send.name is None else (send.name,)


def _share_no_value(model: Model, pair: _Pair) -> bool:
    """Whether two leaves read one option alone, with a `size` or `ratio` rule, and for each of its values one of them is not sent."""
    sends = [model.body[at] for at in pair]
    names = frozenset(chain.from_iterable(map(_names, sends)))
    option = model.options.get(next(iter(names))) if len(names) == 1 else None
    if option is None or not (option.size or option.ratio):
        return False
    rows = (send.lookup.table for send in sends if send.lookup is not None)
    named = {*option.values, *chain.from_iterable(rows)} - {NONE, OTHER}
    # Leaves treat every size or ratio that no row names alike.
    other = next((shape for shape in shapes(option) if shape not in named), None)
    picked: list[dict[str, Any]] = [{}, *({option.name: value} for value in (*named, other))]
    return other is not None and not any(all(leaf(send, values) is not NOTHING for send in sends) for values in picked)


def _together(model: Model) -> Iterator[tuple[_Pair, Trial | None]]:
    """Yield each pair of leaves that may be sent together, with a selection that sends both if one is found."""
    proofs, left = _Proofs(model), _MOST_PROOFS
    for pair in overlaps(_paths(model)):
        if proofs.are_apart(pair):
            continue
        left -= 1
        state = proofs.state_of(pair) if left >= 0 else None
        if left < 0 or state is not None:
            yield pair, None if state is None else next(proofs.selections(pair, state), None)


@record
class _Sending:
    """Where a leaf is sent: the rows in which it may be, and the options without rows that are there then."""

    rows: Bits
    present: frozenset[str]


class _Proofs:
    """Decides which pairs of leaves of a model may be sent together; what was examined for one pair is kept for the others."""

    def __init__(self, model: Model) -> None:
        self._model, self._presence = model, Presence(model)
        self._trials = 0
        self._sendings: dict[int, _Sending] = {}
        self._alone: dict[_Sending, State | None] = {}
        self._states: dict[_Sending, State | None] = {}

    def are_apart(self, pair: _Pair) -> bool:
        """Whether what follows from each of two leaves alone rules the other out: most pairs need no examination together."""
        if _share_no_value(self._model, pair):
            return True
        sendings = [self._sending(at) for at in pair]
        first, second = map(self._state_alone, sendings)
        if first is None or second is None:
            return True
        rows = first.rows & second.rows
        excludes = self._presence.excludes
        return not rows or excludes(first, sendings[1].present, rows) or excludes(second, sendings[0].present, rows)

    def _state_alone(self, sending: _Sending) -> State | None:
        if sending not in self._alone:
            self._alone[sending] = self._presence.alone(sending.rows, sending.present)
        return self._alone[sending]

    def state_of(self, pair: _Pair) -> State | None:
        """Return what is known of the selections that send both leaves, or None if there are none."""
        first, second = (self._sending(at) for at in pair)
        both = _Sending(first.rows & second.rows, first.present | second.present)
        if both not in self._states:
            self._states[both] = self._presence.together(both.rows, both.present)
        return self._states[both]

    def _sending(self, at: int) -> _Sending:
        known = self._sendings.get(at)
        if known is None:
            send = self._model.body[at]
            named = frozenset(_names(send)).intersection(self._presence.unbound)
            known = self._sendings[at] = _Sending(self._rows(send), named - self._unneeded(send))
        return known

    def _rows(self, send: Send) -> Bits:
        """Return the rows in which something is sent at a leaf, which depends on the options that have rows."""
        names, axes = _names(send), self._model.axes
        if not names or not set(names) <= set(axes):
            absent = 0
            for name in set(names) & set(axes) if send.lookup is None else ():
                absent |= self._presence.grid.having(name, None)
            return self._presence.grid.all & ~absent
        places = [axes.index(name) for name in names]
        sent: dict[tuple[Any, ...], bool] = {}
        rows = 0
        for index, row in enumerate(self._presence.grid.rows):
            key = tuple([row[place] for place in places])
            if key not in sent:
                picked = {name: value for name, value in zip(names, key, strict=True) if value is not None}
                sent[key] = leaf(send, picked) is not NOTHING
            rows |= sent[key] << index
        return rows

    def _unneeded(self, send: Send) -> frozenset[str]:
        """Return the options of a table that have a row where they are not there."""
        if send.lookup is None:
            return frozenset()
        rows = [row for row in send.lookup.table.values() if isinstance(row, dict)]
        levels = (send.lookup.table, *rows)
        return frozenset(send.lookup.by) if any(NONE in level for level in levels) else frozenset()

    def selections(self, pair: _Pair, state: State) -> Iterator[Trial]:
        """Yield selections that are possible and send both leaves."""
        model = self._model
        for index in islice(self._presence.grid.indexes_of(state.rows), _MOST_ROWS):
            there = {name for name, must in state.must.items() if name in state.picked or must >> index & 1}
            options = [option for name, option in self._presence.unbound.items() if name in there or option.required]
            samples = {option.name: values_to_try(model, option)[:_MOST_ROWS] for option in options if not option.follows}
            usual = {name: values[0] for name, values in samples.items() if values}
            one_other = ({**usual, name: value} for name, values in samples.items() for value in values)
            all_others = (dict(zip(samples, values, strict=True)) for values in product(*samples.values()))
            for filling in islice(chain([usual], one_other, all_others), _MOST_FILLINGS):
                self._trials += 1
                if self._trials > MOST:
                    return
                trial = trial_of(model, model.cells[index], filling)
                if trial is not None and all(leaf(model.body[at], trial.values) is not NOTHING for at in pair):
                    yield trial


def _finding(both: list[str], places: list[Place], names: frozenset[str], trial: Trial | None, start: str | None) -> Finding:
    paths = either(dict.fromkeys(both), word="and")
    when = f" from {quoted(start.removesuffix('T00:00:00Z'))} on" if start else ""
    if trial is None:
        how = "may be sent twice" if both[0] == both[1] else "may both be sent, one inside the other"
        several = f"{either(sorted(names), word='and')} are not kept apart in every case"
        found = f": {several if len(names) > 1 else f'some value of {quoted(*names)} is sent at both'}"
    else:
        how = "is sent twice" if both[0] == both[1] else "are both sent, one inside the other,"
        found = f" by {selected(trial.picked, names)}"
    apart = "add a limit that rules it out" if len(names) > 1 else "say at one of the two that this value is not sent"
    hint = f"{apart}, or give each of the two a path of its own"
    empty = next((name for name in sorted(names) if trial is not None and trial.picked.get(name) == []), None)
    if empty is not None:
        hint = f"give the list {quoted(empty)} `min: 1`, because one without entries is sent too; or {hint}"
    return Finding(CODE, f"{paths} {how}{found}{when}", places[1], hint, ((places[0], "sent here too"),))


def _place(rules: RuleSet, model: str, leaf_: Leaf) -> Place:
    """Return where a leaf is written: at its option, in the body of the model, or in that of its type."""
    spec = rules.models[model]
    option = spec.options.get(leaf_.name or "")
    if option is not None and option.send == leaf_.path:
        return Place(("options", leaf_.name or ""), on_key=True, file=model)
    if leaf_.path in (rules.written.get(model, spec).body or {}):
        return Place(("body", leaf_.path), on_key=True, file=model)
    return Place(("types", type_name(rules.shared, spec), "body", leaf_.path), on_key=True, file="_shared")
