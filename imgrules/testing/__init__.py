"""
Hypothesis strategies for the services that embed imgrules, and for the laws in its own tests.

    @given(st.data())
    def test_my_service(data):
        table = data.draw(imgrules.testing.tables())
        selection = data.draw(imgrules.testing.selections(table))

Selections may have values of any type, and keys that are not strings: a service has to answer them too.
Rule sets are large, so a test over `tables` may want `suppress_health_check=[HealthCheck.too_slow]`.
Needs the extra: pip install "imgrules[testing]".
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from imgrules.compiler.build import build_texts
from imgrules.table.exact import add, multiply
from imgrules.table.measures import shortest_text
from imgrules.table.options import Option
from imgrules.table.record_base import replace
from imgrules.table.records import MODEL, Model, Table, fields_of
from imgrules.table.terms import Alias, Numbers, Sizes, Text
from imgrules.testing.model_parts import TEXT
from imgrules.testing.rule_files import FIELDS, FOREIGN, OPTIONS, Documents, rule_documents, written

__all__ = ["Documents", "compiled", "facts", "grants", "moments", "rule_documents", "selections", "tables", "values", "written"]


@st.composite
def tables(draw: DrawFn, *, holes: bool = True, shape: str = "") -> Table:
    """
    Draw a compiled table; with `holes`, some combinations of some models are impossible.

    With a `shape`, such as `formula`, each model has that shape if possible.
    """
    table = compiled(draw(rule_documents(shape)))
    if not holes:
        return table
    return replace(table, models={name: draw(_with_holes(model)) for name, model in table.models.items()})


def compiled(documents: Documents) -> Table:
    """
    Return the table of a rule set without errors.

    Raises:
        ValueError: the rule set has errors; the argument lists their codes, messages and places.

    """
    built = build_texts(written(documents))
    if built.table is None or built.report.errors:
        raise ValueError([(error.code.id, error.message, error.spot) for error in built.report.errors])
    return built.table


def grants(table: Table) -> SearchStrategy[frozenset[str]]:
    """Draw a set of grants of a caller: some that open a gate, and one that opens none."""
    names = sorted({grant for gate in table.gates.values() for grant in gate.opens_with})
    return st.frozensets(st.sampled_from([*names, "nothing"]))


def moments(table: Table) -> SearchStrategy[str]:
    """Draw a moment in UTC: exactly when something changes, a second before, or long before and after everything."""
    models = table.models.values()
    changes = {change.at for model in models for change in model.changes} | {
        alias.until for alias in _aliases(table) if alias.until
    }
    return st.sampled_from(["2000-01-01", "2100-01-01", *sorted(changes), *sorted(map(_before, changes))])


def _aliases(table: Table) -> Iterator[Alias]:
    yield from table.aliases
    for model in table.models.values():
        yield from model.aliases
        yield from (alias for option in model.options.values() for alias in option.aliases)


def _before(moment: str) -> str:
    at = datetime.strptime(moment, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC) - timedelta(seconds=1)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


@st.composite
def selections(draw: DrawFn, table: Table, at: str | None = None) -> dict[Any, Any]:
    """Draw a selection near what the table sells at a moment: often allowed, often wrong in one or two places."""
    name = draw(st.sampled_from(sorted(table.models)))
    model = table.models[name].at(at) or table.models[name]
    picked: dict[Any, Any] = {MODEL: draw(_called(table, name))}
    for option in (option for option in model.options.values() if not option.fact):
        needless = option.optional or option.default is not None or option.defaults or option.when or option.follows
        if not needless or (option.follows is None and draw(st.sampled_from([True, False, False]))):
            picked[option.name] = draw(picks(option))
    for field in fields_of(table, model).values():
        if draw(st.booleans()):
            picked[field.name] = draw(_CAPS if field.cap else _texts(field.text))
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 1, 2]))):
        name = draw(st.sampled_from([*picked, *model.options, *OPTIONS, *FIELDS, *FOREIGN]) | TEXT | values())
        if draw(st.booleans()) and name in picked:
            del picked[name]
        else:
            picked[name] = draw(_near(picked.get(name)) | values())
    return picked


_CAPS = st.sampled_from([0, 1, 2, 2.5, 5, Decimal("7.5"), 20, 100, 1000, 10**6, -1, "5"])


@st.composite
def facts(draw: DrawFn, table: Table) -> dict[str, Any]:
    """Draw what a service states: a value of most facts, the same for all models or one for each, and sometimes a wrong one."""
    stated: dict[str, Any] = {}
    for model in table.models.values():
        for name in model.facts:
            value = picks(model.options[name])
            if draw(st.integers(0, 3)):
                stated[name] = draw(
                    value if draw(st.booleans()) else st.fixed_dictionaries({"another": value, model.id: value})
                )
    for option in table.facts.values():
        if draw(st.booleans()):
            stated.setdefault(option.name, draw(picks(option)))
    if draw(st.integers(0, 9)) == 0:
        stated[draw(st.sampled_from([*stated, "nothing", *OPTIONS]))] = draw(values())
    return stated


def _called(table: Table, model: str) -> SearchStrategy[str]:
    """Draw the id of a model, or sometimes one of its aliases."""
    return st.sampled_from([model, model, model, *(alias.name for alias in table.aliases if alias.means == model)])


def picks(option: Option) -> SearchStrategy[Any]:
    """Draw a value that an option accepts, or sometimes an alias of a value or a value near an accepted one."""
    if option.many is not None:
        entry = st.sampled_from(list(option.values)) if option.values else _texts(option.text or Text(0, 3))
        return st.lists(entry, min_size=int(option.many.min or 0), max_size=int(option.many.max or 2))
    kinds: list[SearchStrategy[Any]] = (
        [st.sampled_from([*option.values, *option.gone, *(alias.name for alias in option.aliases)])] if option.listed else []
    )
    if option.values and not option.listed:
        kinds.append(st.sampled_from(list(option.values)))
    if option.number is not None:
        kinds.append(_numbers(option.number))
    if option.size is not None:
        kinds.append(_sizes(option.size))
    if option.ratio is not None:
        kinds.append(st.sampled_from(["16:9", "1:1", "3:1", "1:4", "21:10", "2:1"]))
    if option.switch:
        kinds = [st.booleans(), st.booleans(), st.sampled_from(list(option.values))]
    if option.snap and option.number is None:
        near = ["17x33", "100x20", "16x9", "5x5"] if option.size is not None else ["5:4", "7:4", "1:5", "wide"]
        kinds.append(st.sampled_from(near))
    if option.text is not None:
        kinds.append(_texts(option.text))
    return st.one_of(kinds)


def _numbers(rule: Numbers) -> SearchStrategy[Any]:
    step = rule.step or Decimal("0.25")
    grid = [add(rule.min or 0, multiply(at, step)) for at in range(-1, 6)]
    return st.sampled_from(
        [int(number) if number == int(number) and rule.step is not None else float(number) for number in grid]
    )


def _sizes(rule: Sizes) -> SearchStrategy[str]:
    sides = st.sampled_from([int(rule.edge.min or 8) + at * int(rule.edge.step or 1) * 2 for at in range(5)])
    return st.builds(lambda width, height: f"{width}x{height}", sides, sides)


def _texts(rule: Text) -> SearchStrategy[str]:
    longest = rule.shortest + 4 if rule.longest is None else rule.longest
    if rule.also:
        letters = st.text("ab ", max_size=4).map(str.strip)
        return st.builds(lambda least, more: least + more, st.just(shortest_text(rule, "a")), st.just("") | letters)
    if rule.unit == "words":
        return st.lists(st.sampled_from(["a", "bc"]), min_size=rule.shortest, max_size=longest).map(" ".join)
    return st.text(min_size=rule.shortest, max_size=longest)


def values() -> SearchStrategy[Any]:
    """Draw any hashable value, also of types that JSON does not have."""
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
def _with_holes(draw: DrawFn, model: Model) -> Model:
    # With numbers or dates, a remaining combination may depend on a removed one.
    if not all(option.simple for option in model.options.values()) or model.changes or draw(st.booleans()):
        return model
    # Positions, not cells: Hypothesis warns of strategies whose repr is as long as that of a model.
    kept = draw(st.sets(st.sampled_from(range(len(model.cells))), min_size=1))
    return replace(model, cells=tuple(cell for at, cell in enumerate(model.cells) if at in kept))
