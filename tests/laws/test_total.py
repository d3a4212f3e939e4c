"""Law: `decide` answers any object at all, and changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Status, digest
from imgrules.engine.decide import decide
from imgrules.engine.decision import Decision
from imgrules.table.records import Model, fields_of
from imgrules.testing import grants, moments, selections, values
from tests.engine.closely import closely
from tests.laws.rule_sets import ANY_TABLE


class Hostile(Mapping[Any, Any]):
    """A mapping that raises whenever it is used."""

    def __getitem__(self, key: Any) -> Any:
        raise RuntimeError(key)

    def __iter__(self) -> Iterator[Any]:
        raise RuntimeError

    def __len__(self) -> int:
        raise RuntimeError


class OddText(str):
    """A subclass of str that equals nothing."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        raise RuntimeError


class PlainText(str):
    """A subclass of str that behaves like str."""

    __slots__ = ()


JSON = st.recursive(
    values(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(values(), inner, max_size=3), max_leaves=5
)
ANYTHING = (
    JSON
    | st.builds(Hostile)
    | st.builds(OddText, st.text(max_size=3))
    | st.builds(object)
    | st.sampled_from([int, json, Hostile])
)


def sound(decision: Decision) -> None:
    """Assert the properties of every decision, and that it can be written as JSON in UTF-8."""
    json.dumps(decision.as_dict(), ensure_ascii=False, allow_nan=False).encode("utf-8")
    assert decision.status in set(Status)
    assert all(violation.message for violation in decision.violations)


def both(table: Any, *asked: Any) -> None:
    """Assert the same of the decision with `complete`."""
    sound(decide(table, *asked))
    sound(closely(table, *asked, whole=True))


@given(st.data(), ANY_TABLE, ANYTHING, ANYTHING, ANYTHING)
def test_any_object_gets_an_answer(data: st.DataObject, table: Any, selection: Any, held: Any, language: Any) -> None:
    """Any selection, grants, language and moment get an answer, and the table is unchanged."""
    before, odd = digest(table), data.draw(ANYTHING)
    both(table, selection, held, language, odd)
    at = data.draw(moments(table))
    near = data.draw(selections(table, at))
    near[data.draw(st.sampled_from(["model", *near]))] = selection
    both(table, near, data.draw(grants(table)), language, at)
    both(table, near, (), language, odd)
    assert digest(table) == before


@given(ANY_TABLE, ANYTHING)
def test_a_refused_field_is_refused_whatever_it_holds(table: Any, value: Any) -> None:
    """A refused field, unless the model has an option of this name, counts as present with null, an empty value or 0 as well."""
    for model in table.models.values():
        for name in table.types[model.type].refused.keys() - model.options.keys():
            decision = decide(table, {"model": model.id, name: value}, (), None, "2099-01-01")
            if model.at("2099-01-01T00:00:00Z").gone is not None:
                continue
            assert ("refused_field", name) in {(violation.code, violation.field) for violation in decision.violations}


def is_plain(model: Model) -> bool:
    """Whether a model has only listed values and combinations of them, without aliases."""
    rich = model.gates or model.price or model.aliases or model.changes or model.gone
    return not rich and all(
        option.simple and not (option.snap or option.gone or option.aliases) for option in model.options.values()
    )


@given(st.data(), ANY_TABLE)
def test_only_what_is_listed_is_taken(data: st.DataObject, table: Any) -> None:
    """An option accepts exactly its values: no other case, no spaces, no subclass of str, no list."""
    model = table.models[data.draw(st.sampled_from(sorted(table.models)))]
    if not is_plain(model):
        return
    cell = data.draw(st.sampled_from(model.cells))
    picked: dict[str, Any] = {"model": model.id, **dict(zip(model.options, cell.values, strict=True))}
    assert decide(table, picked).status is not Status.IMPOSSIBLE
    for name, option in model.options.items():
        value = picked[name]
        for other in (value.swapcase(), f" {value}", f"{value}\n", PlainText(value), [value], None, value + "\ud800"):
            if type(other) is not str or other not in option.values:
                decision = decide(table, {**picked, name: other})
                assert decision.status is Status.IMPOSSIBLE
                assert name in {violation.field for violation in decision.violations}


@given(st.data(), ANY_TABLE)
def test_a_text_keeps_its_bounds(data: st.DataObject, table: Any) -> None:
    """A text is accepted exactly if its length is in range and UTF-8 can encode it."""
    model = table.models[data.draw(st.sampled_from(sorted(table.models)))]
    now = model.at("2099-01-01T00:00:00Z")
    for field in fields_of(table, now).values() if now.gone is None else ():
        if field.cap:
            continue
        text = "x " * data.draw(st.integers(0, field.text.shortest + 3)) + data.draw(st.sampled_from(["", "é", "\udfff"]))
        lengths = {"characters": len(text), "words": len(text.split()), "bytes": len(text.encode("utf-8", "surrogatepass"))}
        counted = ((rule, lengths[rule.unit]) for rule in field.text.rules)
        fits = all(rule.shortest <= long <= (long if rule.longest is None else rule.longest) for rule, long in counted)
        answer = decide(table, {"model": model.id, field.name: text}, (), None, "2099-01-01")
        faults = {violation.code for violation in answer.violations if violation.field == field.name}
        assert faults == {*([] if fits else ["text_length"]), *(["wrong_type"] if "\udfff" in text else [])}


@given(ANY_TABLE, st.sampled_from(["gold", {"gold": False}, ["gold", 5], [PlainText("gold")], b"gold", 7, iter(["gold"])]))
def test_odd_grants_open_nothing(table: Any, held: Any) -> None:
    """Grants are a set of plain texts; anything else opens nothing, and is reported with every refusal."""
    for model in table.models.values():
        cells = [dict(zip(model.options, cell.values, strict=True)) for cell in model.cells] if is_plain(model) else []
        for picked in ({}, *cells):
            selection = {"model": model.id, **picked}
            decision = decide(table, selection, held, None, "2099-01-01")
            without = decide(table, selection, (), None, "2099-01-01")
            if without.status is Status.ALLOWED:
                assert decision == without
            else:
                assert decision.status is Status.IMPOSSIBLE
                assert "grants" in {violation.field for violation in decision.violations}
