"""The walk over a spec finds all that has a role in an annotation, at the path that the author wrote, and looks nowhere else."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache, partial
from pathlib import Path as FilePath
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from weakref import ref

import pytest
from hypothesis import given
from pydantic import BaseModel, Field

from bench.grown import GROWN
from imgrules.compiler.bind.bind import bind
from imgrules.compiler.checks import bad_moment, unknown_condition, unknown_gate
from imgrules.compiler.read.syntax import parse
from imgrules.compiler.report.diagnostics import Path
from imgrules.compiler.source import Source
from imgrules.compiler.spec.bounds import TextSpec
from imgrules.compiler.spec.model import ModelSpec, OptionSpec, PartSpec, ValuePromotionSpec
from imgrules.compiler.spec.price import FormulaSpec, PromotionSpec
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.compiler.spec.shared import MessagesSpec, SharedSpec
from imgrules.compiler.spec.tables import TableSpec
from imgrules.compiler.spec.types import (
    Closed,
    DatedSpec,
    GateName,
    Maybe,
    Moment,
    OptionName,
    RangeSpec,
    Role,
    SourceSpec,
    definition,
)
from imgrules.compiler.spec.walk import walk
from imgrules.testing.rule_files import Documents, rule_documents, written
from tests.work import lines_run

ROOT = FilePath(__file__).parents[2]
KINDS: Mapping[str, type[Closed]] = {"_shared": SharedSpec, "_messages": MessagesSpec}
CLASSES = (DatedSpec, FormulaSpec, PartSpec, RangeSpec, SourceSpec, TableSpec, TextSpec)
EITHER = (PromotionSpec, ValuePromotionSpec)
MODEL = "name: N\ntype: image\nprovider: p\nmodel: m\n"
SHARED = "language: 1\ntypes: {image: {provider: {send: p}, model: {send: m}}}\n"


def _bound(text: str, kind: type[Closed] = ModelSpec) -> tuple[Closed, Any] | None:
    """Return the spec of a text, and the plain value of its YAML; None if it has mistakes of form."""
    tree, _ = parse(Source("a.yaml", text))
    spec = None if tree is None else bind(tree, kind)[0]
    return None if tree is None or spec is None else (spec, tree.value)


def _spec(text: str, kind: type[Closed] = ModelSpec) -> Any:
    bound = _bound(text, kind)
    assert bound is not None
    return bound[0]


@cache
def _examples() -> list[tuple[Closed, Any]]:
    """Return the specs of our rules, of the cookbook, and of files that have every list and mapping of the language."""
    files = [*(ROOT / "rules").glob("*.yaml"), *(ROOT / "docs/cookbook").glob("*.yaml")]
    texts = [(file.stem, file.read_text("utf-8")) for file in files]
    texts += [entry for name in sorted(GROWN) for entry in GROWN[name](3).items()]
    bound = (_bound(text, KINDS.get(stem, ModelSpec)) for stem, text in texts)
    return [example for example in bound if example is not None]


def _fits(value: Any, shape: Any) -> bool:
    """Whether a value has the Python type of a form."""
    shape = definition(shape)
    origin, parts = get_origin(shape), get_args(shape)
    if origin is Annotated:
        return _fits(value, parts[0])
    if origin in {Union, UnionType}:
        return any(_fits(value, part) for part in parts)
    return value in parts if origin is Literal else type(value) is (origin or shape)


_hints = cache(partial(get_type_hints, include_extras=True))


def _everything(value: Any, shape: Any, path: Path = ()) -> Iterator[tuple[Path, Any, tuple[Any, ...]]]:
    """Yield every value below a place, with its path, and with the metadata of each form that it has there."""
    if not _fits(value, shape):
        return
    shape = definition(shape)
    yield path, value, getattr(shape, "__metadata__", ())
    origin, parts = get_origin(shape), get_args(shape)
    children: list[tuple[Any, Any, Path]]
    if origin is list:
        children = [(item, parts[0], (index,)) for index, item in enumerate(value)]
    elif origin is dict:
        children = [(item, parts[1], (key,)) for key, item in value.items()]
    elif isinstance(value, BaseModel) and origin is None:
        hints = _hints(shape)
        fields = type(value).model_fields.items()
        children = [(getattr(value, name), hints[name], (field.alias or name,)) for name, field in fields]
    else:
        children = [(value, part, ()) for part in (parts[:1] if origin is Annotated else parts) if origin is not Literal]
    for child, form, keys in children:
        yield from _everything(child, form, (*path, *keys))


def _assert_complete(spec: Closed) -> None:
    everything = list(_everything(spec, type(spec)))
    for role in Role:
        places = {path: value for path, value, metadata in everything if role in metadata}
        assert _by_path(walk(spec, role)) == _by_path(places.items()), role
    for kinds in (*((kind,) for kind in CLASSES), EITHER):
        blocks = {path: value for path, value, _ in everything if isinstance(value, kinds)}
        assert _by_path(walk(spec, *kinds)) == _by_path(blocks.items()), kinds


def _by_path(places: Iterable[tuple[Path, Any]]) -> list[tuple[str, int]]:
    """Return paths, each with the identity of the value there, in an order that depends on neither walk."""
    return sorted((repr(path), id(value)) for path, value in places)


def test_every_place_of_a_role_is_found() -> None:
    """What the walk yields is what a traversal of everything finds; and each role and class occurs."""
    for spec, _ in _examples():
        _assert_complete(spec)
    for targets in (*((target,) for target in (*Role, *CLASSES)), EITHER):
        assert any(True for spec, _ in _examples() for _ in walk(spec, *targets)), targets


@given(documents=rule_documents())
def test_every_place_of_a_role_is_found_in_random_rules(documents: Documents) -> None:
    """What the walk yields is what a traversal of everything finds, and it stands in the file at that path."""
    for stem, text in written(documents).items():
        bound = _bound(text, KINDS.get(stem, ModelSpec))
        assert bound is not None
        spec, value = bound
        _assert_complete(spec)
        _assert_written(spec, value)


def _assert_written(spec: Closed, value: Any) -> None:
    for role in Role:
        for path, found in walk(spec, role):
            place = value
            for key in path:
                place = place[key]
            assert found == place or not isinstance(found, str | int | bool | Decimal), (path, found, place)


def test_paths_are_those_of_the_file() -> None:
    """Every path leads through the plain YAML to what is found: keys are spelled as authors spell them."""
    for spec, value in _examples():
        _assert_written(spec, value)


class _Option(OptionSpec):
    lends: Maybe[dict[str, list[OptionName]]] = Field(None, alias="for")


class _Door(Closed):
    behind: Annotated[GateName | list[GateName], Field()]
    since: Moment


class _Model(ModelSpec):
    """A model of a language with three more keywords."""

    options: dict[str, _Option]  # type: ignore[assignment]
    mirrors: Maybe[OptionName] = None
    doors: Maybe[list[_Door]] = None


PLANTED = """
options: {a: {values: [x], for: {few: [a, nowhere]}}}
mirrors: elsewhere
doors: [{behind: lost, since: "2026-02-30"}]
"""


def test_a_new_keyword_needs_only_its_annotation() -> None:
    """A field that was planted with a role is walked over, and the checks find what is wrong in it."""
    spec, shared = _spec(MODEL + PLANTED, _Model), _spec(SHARED, SharedSpec)
    _assert_complete(spec)
    rules = RuleSet(shared, {"m": spec}, frozenset({"m"}))
    findings = [finding for module in (unknown_condition, unknown_gate, bad_moment) for finding in module.check(rules)]
    assert [(finding.place.path, finding.message) for finding in findings] == [
        (("mirrors",), "there is no option `elsewhere`"),
        (("options", "a", "for", "few", 1), "there is no option `nowhere`"),
        (("doors", 0, "behind"), "there is no gate `lost`"),
        (("doors", 0, "since"), "the date or time `2026-02-30` does not exist"),
    ]


def test_a_block_comes_before_its_parts() -> None:
    """A block comes before its parts, what it says without blocks before the others, and entries in the author's order."""
    text = """
options: {b: {values: {y: {gate: [two, three]}, x: {gate: four}}}, a: {values: {z: {promotion: {credits: 1, from: "2026-01-01"}}}}}
gate: one
gates: [{when: {b: x}, gate: five}]
"""
    spec = _spec(MODEL + text)
    assert [gate for _, gate in walk(spec, Role.GATE)] == ["one", "two", "three", "four", "five"]
    assert [path for path, _ in walk(spec, DatedSpec)] == [
        (),
        ("options", "b", "values", "y"),
        ("options", "b", "values", "x"),
        ("options", "a", "values", "z"),
        ("options", "a", "values", "z", "promotion"),
        ("gates", 0),
    ]
    assert list(walk(spec, Role.MOMENT)) == [(("options", "a", "values", "z", "promotion", "from"), "2026-01-01")]


def test_a_walk_leaves_a_spec_as_it_was() -> None:
    """A copy with other fields has places of its own; specs can be compared and pickled, and are gone with their last use."""
    spec, same = (_spec(MODEL + "gate: one\n") for _ in range(2))
    assert [gate for walked in (spec, same) for _, gate in walk(walked, Role.GATE)] == ["one", "one"]
    copy = spec.model_copy(update={"gate": ["two", "three"]})
    assert [gate for _, gate in walk(copy, Role.GATE)] == ["two", "three"]
    assert [gate for _, gate in walk(spec, Role.GATE)] == ["one"]
    assert spec == same != copy
    assert pickle.loads(pickle.dumps(spec)) == spec  # noqa: S301  written in this line
    assert dict(spec).keys() == ModelSpec.model_fields.keys()
    gone = ref(copy)
    del copy
    assert gone() is None


def test_zero_and_false_are_values() -> None:
    """What is written counts, whatever its truth; only what is left out is not there."""
    spec = _spec(MODEL + "options: {a: {values: {x: {as: false}}}}\ncredits: 0\n")
    assert list(walk(spec, Role.PRICE)) == [(("credits",), 0)]
    assert list(walk(spec, Role.CONSTANT)) == [(("options", "a", "values", "x", "as"), False)]


@pytest.mark.parametrize("target", [*Role, DatedSpec, SourceSpec])
def test_lists_without_a_role_are_not_visited(target: Any) -> None:
    """A plain list of values, and the texts of a table of prices, cost nothing, however long they are."""

    def lines(count: int) -> int:
        values = [f"v{at}" for at in range(count)]
        table = "".join(f"{value}: 1, " for value in values)
        spec = _spec(f"{MODEL}options: {{a: {{values: [{', '.join(values)}]}}}}\ncredits: {{by: [a], table: {{{table}}}}}\n")
        return lines_run(lambda: list(walk(spec, target)))

    lines(1)  # what can hold a role is derived by the first walk
    assert lines(3) == lines(1000)


class _Unclear(Closed):
    either: Maybe[list[OptionName] | list[bool]] = None
    both: Maybe[list[GateName] | list[list[GateName]]] = None
    keys: Maybe[dict[Moment, int]] = None


@pytest.mark.parametrize("role", [Role.OPTION, Role.GATE, Role.MOMENT])
def test_what_no_walk_can_tell_apart_is_refused(role: Role) -> None:
    """A role of a key, and forms of one Python type that differ in their roles, are mistakes in the spec itself."""
    with pytest.raises(TypeError, match=r"two forms have one Python type|the keys of a mapping"):
        walk(_Unclear(), role)
