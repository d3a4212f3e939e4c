"""
Hypothesis strategies for the services that embed imgrules, and for its own laws.

    @given(st.data())
    def test_my_service(data):
        table = data.draw(imgrules.testing.tables())
        selection = data.draw(imgrules.testing.selections(table))

Selections may hold any value, and keys that are no text: a service has to answer them too.
A rule set is a large value to draw, so a test over `tables` may want `suppress_health_check=[HealthCheck.too_slow]`.
Needs the extra: pip install "imgrules[testing]".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any, TypeAlias

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from imgrules.compiler.build import SHARED, build_texts
from imgrules.compiler.combinations import combinations, keeps
from imgrules.compiler.spec import LimitSpec, ModelSpec
from imgrules.engine.explain import MODEL
from imgrules.engine.table import Model, Table

Documents: TypeAlias = dict[str, dict[str, Any]]
"""The files of a rule set by their stem, as plain values."""

# Letters, digits, punctuation and signs: what a rule file may hold without an escape.
_WRITTEN = st.characters(categories=("L", "N", "P", "S"), exclude_characters="\ufffc\ufffd")
_TEXT = st.text(_WRITTEN, min_size=1, max_size=6)
_OPTIONS = ("shape", "grade", "tone")
_FIELDS = ("words", "tongue", "remark")
_FOREIGN = ("length", "voice")
_GRANTS = ("gold", "staff", "beta")
_CONSTANTS = _TEXT | st.integers(-9, 9) | st.booleans()
_CREDITS = st.one_of(
    st.integers(0, 100), st.decimals(Decimal("0.01"), 999, places=2).map(lambda each: each.normalize()), st.just("unknown")
)


@st.composite
def rule_documents(draw: DrawFn) -> Documents:
    """Draw a sound rule set: `check` finds no error in it."""
    languages = draw(st.sampled_from([(), ("en",), ("en", "de")]))
    gates = draw(st.dictionaries(st.sampled_from(("club", "crew")), _gates(languages), max_size=2))
    types = {name: draw(_types(languages)) for name in draw(st.sampled_from([("image",), ("image", "still")]))}
    shared: dict[str, Any] = {"language": 1, "types": types, "gates": gates}
    models = [f"model-{at}" for at in range(draw(st.integers(1, 3)))]
    documents = {each: draw(_models(each, shared, languages)) for each in models}
    if draw(st.booleans()):
        shared["order"] = draw(st.lists(st.sampled_from(models), unique=True))
    return {SHARED: shared, **documents}


@st.composite
def tables(draw: DrawFn, *, holes: bool = True) -> Table:
    """Draw a compiled table; with holes, some combinations of some models are impossible."""
    table = compiled(draw(rule_documents()))
    if not holes:
        return table
    return replace(table, models={name: draw(_with_holes(each)) for name, each in table.models.items()})


def compiled(documents: Documents) -> Table:
    """
    Answer the table of a sound rule set.

    Raises:
        ValueError: it has mistakes, which are listed.

    """
    built = build_texts(written(documents))
    if built.table is None or built.report.errors:
        raise ValueError([(each.code.id, each.message, each.spot) for each in built.report.errors])
    return built.table


def written(documents: Documents) -> dict[str, str]:
    """Answer the texts of the files: JSON, which is YAML too."""
    return {name: json.dumps(each, ensure_ascii=False, default=float) for name, each in documents.items()}


def grants(table: Table) -> SearchStrategy[frozenset[str]]:
    """Draw what a caller may hold: grants that open something, and grants that open nothing."""
    known = sorted({each for gate in table.gates.values() for each in gate.opens_with})
    return st.frozensets(st.sampled_from([*known, "nothing"]))


@st.composite
def selections(draw: DrawFn, table: Table) -> dict[Any, Any]:
    """Draw a selection near what the table sells: often allowed, often wrong in one or two places."""
    model = draw(st.sampled_from(sorted(table.models)))
    picked: dict[Any, Any] = {MODEL: model}
    for option in table.models[model].options.values():
        if option.default is None or draw(st.booleans()):
            picked[option.name] = draw(st.sampled_from(list(option.values)))
    for field in table.types[table.models[model].type].fields.values():
        if draw(st.booleans()):
            longest = field.shortest + 4 if field.longest is None else field.longest
            picked[field.name] = draw(st.text(min_size=field.shortest, max_size=longest))
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 1, 2]))):
        name = draw(st.sampled_from([*picked, *_OPTIONS, *_FIELDS, *_FOREIGN]) | _TEXT | values())
        if draw(st.booleans()) and name in picked:
            del picked[name]
        else:
            picked[name] = draw(_near(picked.get(name)) | values())
    return picked


def values() -> SearchStrategy[Any]:
    """Draw any hashable value that JSON could carry, and some that it could not."""
    return st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=5),
        st.binary(max_size=3),
        st.tuples(st.text(max_size=2)),
    )


def _near(value: object) -> SearchStrategy[Any]:
    if not isinstance(value, str):
        return values()
    return st.sampled_from([value.upper(), value.lower(), value + " ", value[:-1], [value], value + "\ud800"])


@st.composite
def _gates(draw: DrawFn, languages: tuple[str, ...]) -> dict[str, Any]:
    gate = {"opens_with": draw(st.lists(st.sampled_from(_GRANTS), min_size=1, max_size=2)), "label": draw(_labels(languages))}
    return gate | draw(st.sampled_from([{}, {"icon": "star"}, {"icon": "star", "action": "upgrade"}]))


@st.composite
def _types(draw: DrawFn, languages: tuple[str, ...]) -> dict[str, Any]:
    place = _places(draw)
    fields = draw(st.lists(st.sampled_from(_FIELDS), unique=True))
    shared = draw(st.lists(st.sampled_from(_OPTIONS), unique=True))
    return {
        "constants": {next(place): draw(_CONSTANTS) for _ in range(draw(st.integers(0, 2)))},
        "provider": {"send": next(place)},
        "model": {"send": next(place)},
        "fields": {name: {"send": next(place)} | draw(_field_facts()) for name in fields},
        "options": {name: {"send": next(place)} | _maybe(draw, "label", _labels(languages)) for name in shared},
        "refused": {name: draw(_labels(languages)) for name in draw(st.lists(st.sampled_from(_FOREIGN), unique=True))},
    }


def _places(draw: DrawFn) -> Any:
    """Answer wire paths without end, none of which is in another's way."""
    roots = st.sampled_from(["", "top.", "top.inner.", "side."])
    return (f"{draw(roots)}leaf{at}" for at in range(1000))


@st.composite
def _field_facts(draw: DrawFn) -> dict[str, Any]:
    least = draw(st.integers(0, 2))
    facts = {} if not draw(st.booleans()) else {"required": draw(st.booleans())}
    return facts | draw(st.sampled_from([{}, {"text": {"min": least}}, {"text": {"min": least, "max": least + 3}}]))


@st.composite
def _models(draw: DrawFn, name: str, shared: Mapping[str, Any], languages: tuple[str, ...]) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(shared["types"])))
    options = draw(st.permutations(_OPTIONS))[: draw(st.sampled_from([2, 2, 3, 1, 0]))]
    priced = draw(st.sampled_from([None, *options]))
    sent, gates = shared["types"][kind]["options"], tuple(shared["gates"])
    facts = {each: draw(_option_facts(each == priced, gates, languages)) for each in options}
    for each, said in facts.items():
        if each not in sent or draw(st.booleans()):
            said["send"] = f"own.{each}"
    model = {"name": draw(_labels(languages)), "type": kind, "provider": draw(_TEXT), "model": name, "options": facts}
    model |= _maybe(draw, "badges", st.lists(_badges(languages), max_size=2)) | draw(_limits(facts, languages))
    model |= draw(_bodies(model)) if facts else {}
    if priced is None:
        model |= _maybe(draw, "credits", _price_tables(facts) | _CREDITS if facts else _CREDITS)
    if gates:
        model |= _maybe(draw, "gate", _gate_names(gates)) | (draw(_gate_rules(facts, gates)) if facts else {})
    return model


@st.composite
def _bodies(draw: DrawFn, model: dict[str, Any]) -> dict[str, Any]:
    """Draw what is sent besides: constants, tables by an option or two, also with holes, and a model chosen by an option."""
    options = model["options"]
    body = _maybe(draw, "made.constant", _CONSTANTS)
    whole: dict[str, Any] = {}
    if draw(st.booleans()):
        by = draw(st.permutations(sorted(options)))[: draw(st.sampled_from([2, 1]))]
        body["made.table"] = draw(_tables(options, by, _CONSTANTS))
        options[by[0]] |= _maybe(draw, "sent", st.sampled_from([False]))
        holed = draw(_with_a_hole(body["made.table"]))
        if _sells_every_value({**model, "body": {"made.table": holed}}):
            body["made.table"] = holed
    if draw(st.booleans()):
        by = [draw(st.sampled_from(sorted(options)))]
        whole["model"] = {
            "by": by,
            "table": {each: f"{model['model']}/{at}" for at, each in enumerate(options[by[0]]["values"])},
        }
    return whole | ({"body": body} if body else {})


def _sells_every_value(model: dict[str, Any]) -> bool:
    sold = list(combinations(ModelSpec.model_validate(model)))
    return all({each[name] for each in sold} == set(said["values"]) for name, said in model["options"].items())


def _with_a_hole(table: dict[str, Any]) -> SearchStrategy[dict[str, Any]]:
    """Draw the same table without one of its entries: a pair that cannot be sent."""
    rows = {value: row for value, row in table["table"].items() if isinstance(row, dict)}
    holes = [(value, each) for value, row in rows.items() for each in row]
    if not holes:
        return st.just(table)
    without = st.sampled_from(holes).map(
        lambda hole: {**rows, hole[0]: {k: v for k, v in rows[hole[0]].items() if k != hole[1]}}
    )
    return without.map(lambda left: {**table, "table": left})


@st.composite
def _limits(draw: DrawFn, options: Mapping[str, Any], languages: tuple[str, ...]) -> dict[str, Any]:
    """Draw limits that rule something out, and leave every value a combination."""
    kept: list[dict[str, Any]] = []
    for _ in range(draw(st.sampled_from([2, 1, 0]))) if len(options) > 1 else ():
        first, second = draw(st.permutations(sorted(options)))[:2]
        when, other = ({each: draw(_some_of(options[each]["values"]))} for each in (first, second))
        limit = draw(st.sampled_from([{"when": when, "only": other}, {"never": when | other}, {"when": when, "never": other}]))
        limit |= _maybe(draw, "because", _labels(languages))
        if _leaves_every_value(options, kept) and _leaves_every_value(options, [*kept, limit]) and not _is_idle(options, limit):
            kept.append(limit)
    return {"limits": kept} if kept else {}


def _leaves_every_value(options: Mapping[str, Any], limits: list[dict[str, Any]]) -> bool:
    sold = _sold(options, limits)
    return all({each[name] for each in sold} == set(said["values"]) for name, said in options.items())


def _is_idle(options: Mapping[str, Any], limit: dict[str, Any]) -> bool:
    return len(_sold(options, [limit])) == len(_sold(options, []))


def _sold(options: Mapping[str, Any], limits: list[dict[str, Any]]) -> list[dict[str, str]]:
    specs = [LimitSpec.model_validate(each) for each in limits]
    whole = (dict(zip(options, each, strict=True)) for each in product(*(list(said["values"]) for said in options.values())))
    return [each for each in whole if all(keeps(limit, each) for limit in specs)]


def _some_of(values: Any) -> SearchStrategy[Any]:
    listed = list(values)
    return st.sampled_from(listed) | st.lists(st.sampled_from(listed), min_size=1, unique=True)


@st.composite
def _price_tables(draw: DrawFn, options: Mapping[str, Any]) -> dict[str, Any]:
    by = draw(st.permutations(sorted(options)))[: draw(st.sampled_from([2, 1]))]
    return draw(_tables(options, by, _CREDITS))


@st.composite
def _tables(draw: DrawFn, options: Mapping[str, Any], by: list[str], entries: SearchStrategy[Any]) -> dict[str, Any]:
    first, *others = (list(options[each]["values"]) for each in by)
    rows = {value: {one: draw(entries) for one in others[0]} if others else draw(entries) for value in first}
    return {"by": by, "table": rows}


def _gate_names(gates: tuple[str, ...]) -> SearchStrategy[Any]:
    return st.sampled_from(gates) | st.lists(st.sampled_from(gates), min_size=1, unique=True)


@st.composite
def _gate_rules(draw: DrawFn, options: Mapping[str, Any], gates: tuple[str, ...]) -> dict[str, Any]:
    named = draw(st.lists(st.sampled_from(sorted(options)), unique=True, min_size=1, max_size=2))
    when = {each: draw(_some_of(options[each]["values"])) for each in named}
    return _maybe(draw, "gates", st.just([{"when": when, "gate": draw(_gate_names(gates))}]))


@st.composite
def _option_facts(draw: DrawFn, priced: bool, gates: tuple[str, ...], languages: tuple[str, ...]) -> dict[str, Any]:  # noqa: FBT001
    names = draw(st.lists(_TEXT, min_size=draw(st.sampled_from([2, 2, 3, 1])), max_size=3, unique=True))
    facts = _maybe(draw, "label", _labels(languages)) | _maybe(draw, "default", st.sampled_from(names))
    if not priced and draw(st.booleans()):
        return facts | {"values": names}
    return facts | {"values": {each: draw(_value_facts(priced, gates, languages)) for each in names}}


@st.composite
def _value_facts(draw: DrawFn, priced: bool, gates: tuple[str, ...], languages: tuple[str, ...]) -> dict[str, Any]:  # noqa: FBT001
    # Labels of one option are all translated or all plain.
    facts = _maybe(draw, "label", _translated(languages)) | _maybe(draw, "badges", st.lists(_badges(languages), max_size=1))
    if gates:
        facts |= _maybe(draw, "gate", _gate_names(gates))
    return facts | ({"credits": draw(_CREDITS)} if priced else {})


def _labels(languages: tuple[str, ...]) -> SearchStrategy[Any]:
    return _TEXT | _translated(languages)


def _translated(languages: tuple[str, ...]) -> SearchStrategy[Any]:
    return st.fixed_dictionaries(dict.fromkeys(languages, _TEXT)) if languages else _TEXT


def _badges(languages: tuple[str, ...]) -> SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"text": _labels(languages)}, optional={"style": st.just("launch")})


def _maybe(draw: DrawFn, key: str, strategy: SearchStrategy[Any]) -> dict[str, Any]:
    return {key: draw(strategy)} if draw(st.booleans()) else {}


def _with_holes(model: Model) -> SearchStrategy[Model]:
    kept = st.lists(st.sampled_from(model.cells), min_size=1, unique_by=lambda cell: cell.values)
    some = kept.map(lambda cells: replace(model, cells=tuple(cell for cell in model.cells if cell in cells)))
    return st.just(model) | some
