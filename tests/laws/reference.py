"""
What the rule language means: a naive interpreter of the files, which shares no code with imgrules.

It reads the plain values of the YAML files and answers one selection at a time, slowly and obviously.
"""

from __future__ import annotations

import itertools
from typing import Any, NamedTuple

Documents = dict[str, dict[str, Any]]


class Answer(NamedTuple):
    """What a selection comes to; `faults` are pairs of code and field, and `body` is None unless all is there."""

    status: str
    credits: Any
    gates: list[str]
    faults: set[tuple[str, str]]
    body: dict[str, Any] | None


def answer(rules: Documents, selection: dict[str, Any], grants: set[str]) -> Answer:
    """Answer a selection whose keys are text."""
    shared = rules["_shared"]
    model = rules.get(selection["model"]) if type(selection.get("model")) is str else None
    if model is None or selection["model"] == "_shared":
        return Answer("impossible", None, [], no_model(shared, selection), None)
    kind = shared["types"][model["type"]]
    faults = set()
    for name, value in selection.items():
        if name != "model":
            faults |= wrong(kind, model, name, value)
    for name, option in model["options"].items():
        if name not in selection and "default" not in option:
            faults.add(("missing_field", name))
    faults |= together(model, selection)
    if faults:
        return Answer("impossible", None, [], faults, None)
    picked = {name: selection.get(name, option.get("default")) for name, option in model["options"].items()}
    price, gates = price_of(model, picked), named_gates(model, picked)
    closed = [each for each in gates if not set(shared["gates"][each]["opens_with"]) & grants]
    status = "locked" if closed else "allowed"
    return Answer(status, price, closed, set(), None if closed else body(kind, model, {**selection, **picked}))


def no_model(shared: dict[str, Any], selection: dict[str, Any]) -> set[tuple[str, str]]:
    """Answer what is wrong where no model is named: only what every type refuses is refused too."""
    if "model" not in selection:
        code = "missing_field"
    elif type(selection["model"]) is not str:
        code = "wrong_type"
    else:
        code = "unknown_model"
    foreign = [set(kind.get("refused", {})) for kind in shared["types"].values()]
    return {(code, "model")} | {("refused_field", name) for name in selection if all(name in each for each in foreign)}


def wrong(kind: dict[str, Any], model: dict[str, Any], name: str, value: Any) -> set[tuple[str, str]]:
    """Answer what is wrong with one field of a selection."""
    if name in model["options"]:
        if type(value) is not str:
            return {("wrong_type", name)}
        return set() if value in list(model["options"][name]["values"]) else {("not_offered", name)}
    if name in kind.get("fields", {}):
        return wrong_text(kind["fields"][name].get("text", {}), name, value)
    if name in kind.get("refused", {}):
        return {("refused_field", name)}
    return {("unknown_field", name)}


def wrong_text(bounds: dict[str, int], name: str, value: Any) -> set[tuple[str, str]]:
    """Answer what is wrong with a text that the caller wrote."""
    if type(value) is not str:
        return {("wrong_type", name)}
    faults = set()
    if any(0xD800 <= ord(sign) <= 0xDFFF for sign in value):
        faults.add(("wrong_type", name))
    if len(value) < bounds.get("min", 0) or len(value) > bounds.get("max", len(value)):
        faults.add(("text_length", name))
    return faults


def matches(condition: dict[str, Any], picked: dict[str, Any]) -> bool:
    """Answer whether every option that a condition names has the value, or one of the values, that it asks for."""
    return all(picked.get(name) in (each if isinstance(each, list) else [each]) for name, each in condition.items())


def kept(limit: dict[str, Any], picked: dict[str, Any]) -> bool:
    """Answer whether a whole combination keeps a limit."""
    if "when" in limit and not matches(limit["when"], picked):
        return True
    return matches(limit["only"], picked) if "only" in limit else not matches(limit["never"], picked)


def together(model: dict[str, Any], selection: dict[str, Any]) -> set[tuple[str, str]]:
    """Answer which of the sound values that were picked do not go together, where no combination has them all."""
    options = model["options"]
    asked = {name: selection.get(name, each.get("default")) for name, each in options.items()}
    sound = {name: value for name, value in asked.items() if type(value) is str and value in list(options[name]["values"])}
    whole = [
        dict(zip(options, values, strict=True))
        for values in itertools.product(*(list(each["values"]) for each in options.values()))
    ]
    sendable = [
        each
        for each in whole
        if all(wired(value, each) is not None for value in [model["model"], *model.get("body", {}).values()])
    ]
    sold = [each for each in sendable if all(kept(limit, each) for limit in model.get("limits", []))]
    if any(sound.items() <= each.items() for each in sold):
        return set()
    named = [{*limit.get("when", {}), *limit.get("only", limit.get("never", {}))} for limit in model.get("limits", [])]
    # A limit is to blame when all that it names is picked and breaks it, whatever the rest may be.
    blamed = [
        names
        for limit, names in zip(model.get("limits", []), named, strict=True)
        if names <= set(sound) and not kept(limit, sound)
    ]
    return {("not_together", name) for name in (set().union(*blamed) if blamed else sound)}


def wired(value: Any, picked: dict[str, Any]) -> Any:
    """Answer what is sent for a combination: a constant, or what a table says, or None where the table says nothing."""
    if not isinstance(value, dict):
        return value
    found = value["table"]
    for name in value["by"]:
        found = None if found is None else found.get(picked[name])
    return found


def price_of(model: dict[str, Any], picked: dict[str, Any]) -> Any:
    """Answer the price of a combination: flat, from a table, or from one of its values."""
    said = model.get("credits")
    if isinstance(said, dict):
        said = said["table"][picked[said["by"][0]]]
        said = said[picked[model["credits"]["by"][1]]] if isinstance(said, dict) else said
    for name, value in picked.items():
        said = details(model["options"][name], value).get("credits", said)
    return None if said == "unknown" else said


def named_gates(model: dict[str, Any], picked: dict[str, Any]) -> list[str]:
    """Answer every gate before a combination: of the model, of its values, of the combination."""
    said = [model.get("gate", [])]
    said += [details(model["options"][name], value).get("gate", []) for name, value in picked.items()]
    said += [rule["gate"] for rule in model.get("gates", []) if matches(rule["when"], picked)]
    names = [name for each in said for name in (each if isinstance(each, list) else [each])]
    return list(dict.fromkeys(names))


def details(option: dict[str, Any], value: Any) -> dict[str, Any]:
    """Answer what is said about a value."""
    values = option["values"]
    facts: dict[str, Any] = {} if isinstance(values, list) else values[value]
    return facts


def body(kind: dict[str, Any], model: dict[str, Any], picked: dict[str, Any]) -> dict[str, Any] | None:
    """Answer the request body, or None where a field is missing that it needs."""
    leaves = dict(kind.get("constants", {}))
    for name, field in kind.get("fields", {}).items():
        if name in picked:
            leaves[field["send"]] = picked[name]
        elif field.get("required"):
            return None
    leaves[kind["provider"]["send"]] = model["provider"]
    leaves[kind["model"]["send"]] = wired(model["model"], picked)
    for name, option in model["options"].items():
        if option.get("sent", True):
            leaves[option.get("send") or kind["options"][name]["send"]] = picked[name]
    for path, value in model.get("body", {}).items():
        leaves[path] = wired(value, picked)
    out: dict[str, Any] = {}
    for path, value in leaves.items():
        place = out
        *parents, last = path.split(".")
        for parent in parents:
            place = place.setdefault(parent, {})
        place[last] = value
    return out
