"""
The meaning of the rule language: a naive interpreter of the files, which shares no code with imgrules.

It reads the plain values of the YAML files and decides one selection at a time, slowly and obviously, in the steps of
docs/language.md: names (here), each field alone (reference_values), present options (reference_there), limits and
combinations (reference_limits), and the answer (reference_price, reference_wire).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.laws.reference_limits import conflicts
from tests.laws.reference_numbers import exact
from tests.laws.reference_plain import Facts, called, dates, in_plain, is_computed, together, unexpired, untimely
from tests.laws.reference_price import closed_gates, prices
from tests.laws.reference_there import looked_up, present_options
from tests.laws.reference_values import Read, read
from tests.laws.reference_wire import body

Documents = dict[str, dict[str, Any]]
Pairs = set[tuple[str, str]]


class Answer(NamedTuple):
    """
    The decision on a selection.

    `estimates` say whether `credits` and `regular` are not exact. `faults` are pairs of code and field, `notes` pairs of kind and field, and `body` is None if anything is missing. Numbers
    of a body are whole or Decimal; a float of another body is the same as the Decimal of its shortest text.
    """

    status: str
    credits: Any
    regular: Any
    gates: list[str]
    faults: Pairs
    body: dict[str, Any] | None
    notes: Pairs
    estimates: tuple[bool, bool] = (False, False)
    request: str | None = None


def answer(
    rules: Documents, selection: dict[str, Any], grants: set[str], at: str | None = None, facts: Facts | None = None
) -> Answer:
    """Return the decision on a selection with text keys, at a moment, with the facts that the service states."""
    shared = rules["_shared"]
    rules = by_id(rules)
    asked = selection.get("model", shared.get("default"))
    name = model_named(rules, asked, at)
    stated, misstated = stated_for(rules, name, facts or {})
    if name is None:
        return impossible(no_model(shared, selection) | misstated, set())
    notes: Pairs = set() if name == asked else {("alias", "model")}
    model = together(shared, rules[name])

    def as_of(moment: str) -> Answer:
        code = untimely(model, moment)
        if code is not None:
            return impossible({(code, "model")}, notes)
        return decided(in_plain(shared, model, moment, at), selection, stated, grants, notes, misstated)

    # A moment is required only if the answer depends on it.
    answers = [as_of(moment) for moment in ([at] if at is not None else ["0001-01-01", *dates(shared, model)])]
    return answers[0] if all(dated == answers[0] for dated in answers) else impossible({("missing_field", "at")}, notes)


def by_id(rules: Documents) -> Documents:
    """Return the files by the names by which selections call their models."""
    return {model.get("id", stem): model for stem, model in rules.items()}


def impossible(faults: Pairs, notes: Pairs) -> Answer:
    """Return an impossible decision."""
    return Answer("impossible", None, None, [], faults, None, notes)


def model_named(rules: Documents, asked: Any, at: str | None) -> str | None:
    """Return the id of a model, given its id or an alias that has not expired."""
    models = {name: model for name, model in rules.items() if not name.startswith("_")}
    if type(asked) is not str or asked in models:
        return asked if type(asked) is str else None
    return next((name for name, model in models.items() if asked in unexpired(model.get("aliases", []), at)), None)


def no_model(shared: Facts, selection: dict[str, Any]) -> Pairs:
    """Return the faults if no model is named; a field is refused only if every type refuses it."""
    if "model" not in selection:
        code = "missing_field"
    elif type(selection["model"]) is not str:
        code = "wrong_type"
    else:
        code = "unknown_model"
    foreign = [set(kind.get("refused", {})) for kind in shared["types"].values()]
    return {(code, "model")} | {("refused_field", name) for name in selection if all(name in names for names in foreign)}


def stated_for(rules: Documents, name: str | None, facts: Facts) -> tuple[Facts, Pairs]:
    """Return the facts that are stated for a model, and the faults of those that it does not have or read."""
    shared = rules["_shared"].get("facts", {})
    models = {stem: model.get("facts", {}) for stem, model in rules.items() if not stem.startswith("_")}
    known = {fact for own in [shared, *models.values()] for fact in own}
    faults = {("unknown_field", fact) for fact in facts if fact not in known}
    mine = {**shared, **models.get(name or "", {})}
    for_model = {
        fact: value[name] if isinstance(value, dict) else value
        for fact, value in facts.items()
        if fact in mine and not (isinstance(value, dict) and name not in value)
    }
    return for_model, faults


def decided(  # noqa: PLR0913, PLR0917  a selection, what surrounds it, and what is wrong with that
    model: Facts, selection: dict[str, Any], stated: Facts, grants: set[str], notes: Pairs, misstated: Pairs
) -> Answer:
    """Return the decision on a selection for a model in plain form."""
    held = {name for name in selection if name in model["options"] and model["options"][name].get("fact")}
    named, faults, used = renamed(model, {name: value for name, value in selection.items() if name not in held})
    faults |= misstated | {("refused_field", name) for name in held}
    fields = {name: read_field(model, name, value) for name, value in {**named, **stated}.items()}
    faults |= {(code, name) for name, field in fields.items() for code in field.faults}
    options = {name: option for name, option in model["options"].items() if not is_computed(option)}
    picked = {name: field.value for name, field in fields.items() if name in options and not field.faults}
    settled = present_options(model, picked, set(fields) & set(options) - set(picked))
    faults |= settled.faults | conflicts(model, picked, settled)
    notes = notes | used | {(note, name) for name, field in fields.items() for note in field.notes}
    notes -= {("snapped", name) for name in settled.ignored}
    notes |= {("ignored", name) for name in settled.ignored}
    if faults:
        return impossible(faults, notes)
    (credit, about), (regular, regular_about) = prices(model, settled.present)
    for name, field in fields.items():
        if model["fields"].get(name, {}).get("cap") and (credit is None or credit > exact(field.value)):
            return impossible({("out_of_range", name)}, notes)
    closed = closed_gates(model, settled.present, grants)
    texts = {name: value for name, value in named.items() if name not in model["options"]}
    request = looked_up(model["request"], settled.present)
    sent = None if closed else body(model, settled.present, texts)
    estimates = about, regular_about
    return Answer("locked" if closed else "allowed", credit, regular, closed, set(), sent, notes, estimates, request)


def renamed(model: Facts, selection: dict[str, Any]) -> tuple[dict[str, Any], Pairs, Pairs]:
    """Return a selection by canonical names, the aliases that duplicate a name, and the aliases that were used."""
    owners = {**model["fields"], **model["options"]}
    aliases = {alias: name for name, facts in owners.items() for alias in facts["aliases"] if alias not in owners}
    named = {name: value for name, value in selection.items() if name != "model" and name not in aliases}
    faults: Pairs = set()
    notes: Pairs = set()
    for alias, name in aliases.items():
        if alias in selection and name in named:
            faults.add(("unknown_field", alias))
        elif alias in selection:
            named[name] = selection[alias]
            notes.add(("alias", name))
    return named, faults, notes


def read_field(model: Facts, name: str, value: Any) -> Read:
    """Return the value that one field of a selection is read as."""
    if name in model["options"]:
        option = model["options"][name]
        if option["switch"] and type(value) is str:
            return Read(None, {"wrong_type"}, set())
        value = called(value) if option["switch"] else value
        return Read(None, {"refused_field"}, set()) if is_computed(option) else read(option, value)
    if model["fields"].get(name, {}).get("cap"):
        return read({"number": {"min": 0, "step": "any"}}, value)
    if name in model["fields"]:
        rules = [read({"text": rule}, value) for rule in model["fields"][name]["texts"]]
        return Read(value, set().union(*(rule.faults for rule in rules)), set())
    refused = name in model["refused"] or name in model["kind"].get("refused", {})
    return Read(None, {"refused_field" if refused else "unknown_field"}, set())
