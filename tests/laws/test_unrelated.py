"""
Law: rules about names that a selection does not use do not change its answer.

An optional option without a default, a rule whose condition holds only if such an option is picked, and an alias are
added to a model. The answer to a selection that names none of them stays the same: status, price, body, gates, notes,
violations, allowed values, repairs and what is still open. Only "did you mean" and lists of known fields may differ.
"""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from imgrules import Refused, Rules
from imgrules.compiler.build import build_texts
from imgrules.engine.decide import decide
from imgrules.table.records import Model, Table
from imgrules.testing import grants, moments, selections, written
from imgrules.views.choices import choices
from tests.laws.rule_sets import ANY_DOCUMENTS

NEW = "zz_extra"
KINDS: tuple[dict[str, Any], ...] = (
    {"number": {"min": 1, "max": 4}},
    {"values": ["zz_one", "zz_two"]},
    {"values": [True, False]},
    {"list": {"min": 1, "max": 2}},
    {"text": {"max": 9}},
    {"ratio": {}},
)
WAYS = ("option", "option", "limit", "limit", "gate", "alias of a model", "alias of an option", "alias of a value")
GIVEN = {NEW: {"not": "(none)"}}


SHARED: dict[str, Any] = {
    "language": 1,
    "types": {"image": {"provider": {"send": "provider"}, "model": {"send": "model"}}},
    "gates": {"gate0": {"opens_with": ["grant0"], "label": "A gate"}},
}


@st.composite
def narrow(draw: DrawFn, limits: int = 0) -> Any:
    """Draw a model of a few listed options of which limits exclude many combinations, so that most selections are refused."""
    options: dict[str, Any] = {
        name: {"send": name, "values": {f"{name}{at}": {} for at in range(draw(st.sampled_from([2, 2, 3])))}, **draw(DEFAULTS)}
        for name in ("a", "b", "c")
    }
    kept = [
        {"never": {name: draw(st.sampled_from(sorted(options[name]["values"]))) for name in pair}}
        for pair in draw(st.lists(st.sampled_from(PAIRS), min_size=limits, max_size=3))
    ]
    # A pair that a table leaves out is not a limit, and is reported at every present option.
    first, other = draw(st.sampled_from(PAIRS))
    table = {value: dict.fromkeys(options[other]["values"], "sent") for value in options[first]["values"]}
    table[f"{first}0"].pop(draw(st.sampled_from([f"{other}0", f"{other}1"])))
    model = {"name": "M", "type": "image", "provider": "p", "model": "m", "options": options, "limits": kept}
    return {"_shared": SHARED, "m": {**model, "body": {"pair": {"by": [first, other], "table": table}}}}


PAIRS = (("a", "b"), ("b", "c"), ("a", "c"))
DEFAULTS = st.sampled_from([{}, {}, {}, {"optional": True}])


def named(data: st.DataObject, table: Table, at: str) -> dict[Any, Any]:
    """Draw a selection that is possible or nearly so, or one of listed values, each of which is sound alone."""
    if data.draw(st.sampled_from([True, False, False])):
        return data.draw(selections(table, at))
    model = table.models[data.draw(st.sampled_from(sorted(table.models)))]
    listed = [option for option in model.options.values() if option.listed and option.follows is None and option.values]
    picked = {option.name: data.draw(st.sampled_from([*option.values, *option.values, None])) for option in listed}
    return {"model": model.id} | {name: value for name, value in picked.items() if value is not None}


def broken(data: st.DataObject, model: Model) -> dict[str, Any]:
    """Draw a selection of listed values that breaks a limit, and has few repairs."""
    picked = {option.name: data.draw(st.sampled_from(list(option.values))) for option in model.options.values()}
    limit = data.draw(st.sampled_from(model.limits))
    return {"model": model.id} | picked | {test.name: str(test.any[0]) for test in limit.never}


def widened(data: st.DataObject, documents: Any, stem: str, ways: tuple[str, ...]) -> dict[str, Any]:
    """Draw the same model with an optional option, with rules about it, or with aliases."""
    document, gates = documents[stem], sorted(documents["_shared"].get("gates", {}))
    options: dict[str, Any] = document["options"]
    way = data.draw(st.sampled_from(ways))
    if way == "alias of a model":
        return {**document, "aliases": [*document.get("aliases", []), "zz-alias"]}
    listed = [
        name
        for name, option in options.items()
        if isinstance(option.get("values"), dict) and option["values"] and "of" not in option
    ]
    if way == "alias of a value" and listed:
        name = data.draw(st.sampled_from(listed))
        value = data.draw(st.sampled_from(sorted(map(str, options[name]["values"]))))
        details = options[name]["values"][value] or {}
        aliases = details.get("aliases", [])
        values = {**options[name]["values"], value: {**details, "aliases": [*aliases, "zz alias"]}}
        return {**document, "options": {**options, name: {**options[name], "values": values}}}
    picked = [
        name for name, option in options.items() if not {"of", "pixels", "total"} & set(option) and "aliases" not in option
    ]
    if way == "alias of an option" and picked:
        name = data.draw(st.sampled_from(picked))
        return {**document, "options": {**options, name: {**options[name], "aliases": ["zz_alias"]}}}
    new = {**data.draw(st.sampled_from(KINDS)), "optional": True, "send": "zz.extra"}
    wide = {**document, "options": {**options, NEW: new}}
    if way == "gate" and gates:
        return {**wide, "gates": [*document.get("gates", []), {"when": GIVEN, "gate": data.draw(st.sampled_from(gates))}]}
    if way == "limit" and picked:
        at_odds = [name for limit in document.get("limits", ()) for name in limit.get("never", ()) if name in picked]
        name = data.draw(st.sampled_from([*picked, *at_odds]))
        # The ignored option depends on the new one, so a search for repairs tries that too.
        ignores = {"ignores": name}
        excludes = {"only": {name: "(none)"}} if options[name].get("optional") else {"never": {name: {"not": "(none)"}}}
        says = [ignores, ignores, ignores, {"needs": name}, excludes, {"never": {name: {"not": "(none)"}}}]
        limit = {"when": GIVEN, **data.draw(st.sampled_from(says))}
        return {**wide, "limits": [*document.get("limits", []), limit]}
    return wide


def comparable(decision: Any) -> Any:
    """Return a decision without the names that it suggests."""
    violations = [
        (violation.code, violation.field, violation.allowed, "" if violation.code == "unknown_field" else violation.message)
        for violation in decision.violations
    ]
    priced = (decision.status, decision.credits, decision.regular, decision.gates, dict(decision.select), decision.at)
    repairs = [(dict(repair.set), repair.remove) for repair in decision.repairs]
    return priced, violations, repairs, [(note.code, note.field, note.message) for note in decision.notes]


def sent(table: Table, asked: tuple[Any, ...]) -> Any:
    """Return the body, or the comparable refusal."""
    try:
        return Rules(table).emit_json(*asked)
    except Refused as refused:
        return comparable(refused.decision)


def still_open(table: Table, asked: tuple[Any, ...]) -> Any:
    """Return the open options with their values."""
    return [(option.name, option.values) for option in choices(table, *asked)]


def unrelated(data: st.DataObject, documents: Any, ways: tuple[str, ...], *, at_odds: bool) -> None:
    """Assert that a model with one more option, rule or alias gives the same answer to selections without it."""
    stem = data.draw(st.sampled_from(sorted(set(documents) - {"_shared", "_messages"})))
    plain = build_texts(written(documents))
    # Drawn limits may leave a value that cannot be chosen; a further rule may even repair that.
    assume(not plain.report.errors)
    wide = build_texts(written({**documents, stem: widened(data, documents, stem, ways)}))
    # If the new option makes one without effect by which a table goes, there is no price, or no address; and nobody can choose
    # it if it is at odds with one that always has a value. Nothing else breaks.
    assert {error.code.id for error in wide.report.errors} <= {"IR207", "IR208", "IR278"}
    assert all(NEW in error.message for error in wide.report.errors if error.code.id == "IR207")
    assume(not wide.report.errors)
    before, after = plain.table, wide.table
    assert before is not None
    assert after is not None
    at, held = data.draw(moments(before)), data.draw(grants(before))
    selection = broken(data, before.models[documents[stem].get("id", stem)]) if at_odds else named(data, before, at)
    asked = (selection, held, None, at)
    assert comparable(decide(after, *asked)) == comparable(decide(before, *asked))
    assert sent(after, asked) == sent(before, asked)
    assert still_open(after, asked) == still_open(before, asked)


@given(st.data(), st.integers(0, 2).flatmap(lambda at: narrow() if at else ANY_DOCUMENTS))
def test_what_is_not_named_changes_nothing(data: st.DataObject, documents: Any) -> None:
    """The answer to any selection is the same."""
    unrelated(data, documents, WAYS, at_odds=False)


@given(st.data(), narrow(limits=1))
def test_a_repair_adds_nothing_new(data: st.DataObject, documents: Any) -> None:
    """So is the answer to a selection in conflict, where the new option would be a way out."""
    unrelated(data, documents, ("limit",), at_odds=True)
