"""What a model leaves out, its type says, and a mistake is reported in the file that makes it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from imgrules.compiler.build import Build, build_texts
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.compiler.spec.shared import SharedSpec, TypeSpec
from imgrules.compiler.spec.sharing import resolved, said_in_file
from imgrules.compiler.spec.types import Role
from imgrules.compiler.spec.walk import walk
from imgrules.testing.rule_files import Documents, rule_documents, written

SHARED = """language: 1
types:
  image:
    body: {kind: image}
    options:
      ratio: {send: ratio, values: ["16:9", "1:1"], default: "4:3"}
      quality: {send: quality, values: [low, high], default: low}
"""
KEYS = ("label", "send", "values", "number", "of", "default", "optional")
KIND = TypeSpec.model_validate(
    {
        "body": {"a": 1, "b": 2},
        "options": {"x": {"label": "X", "send": "x", "values": ["1", "2"], "default": "1"}, "y": {"send": "y", "number": {}}},
    }
)


def built(**options: str) -> Build:
    """Return the build of a model for each keyword, with these options."""
    return build_texts({"_shared": SHARED, **{m: f"name: M\ntype: image\noptions: {text}\n" for m, text in options.items()}})


def places(build: Build) -> list[str]:
    """Return the code and the place of each error, with the places of its related spots."""
    return [
        " ".join([diagnostic.code.id, *(f"{spot.file}:{spot.start.line}" for spot in (diagnostic.spot, *diagnostic.related))])
        for diagnostic in build.report.errors
    ]


def test_a_mistake_of_the_type_is_told_once_there() -> None:
    """However many models have it, a mistake is reported where it stands; only models that have it are left out."""
    build = built(m="{ratio: {}}", n="{ratio: {}}", o='{ratio: {default: "1:1"}}')
    assert places(build) == ["IR203 _shared.yaml:6"]
    assert build.table is not None
    assert set(build.table.models) == {"o"}


def test_what_the_model_says_is_shown_beside_it() -> None:
    """A shared default that the values of a model do not contain is reported with the place of both."""
    assert places(built(m="{quality: {values: [high]}}")) == ["IR203 _shared.yaml:7 m.yaml:3"]


def test_an_entry_of_the_type_that_a_model_cannot_send_is_shown_with_the_model() -> None:
    """An entry of the body of a type that names an option which a model has not is reported with this model."""
    shared = SHARED.replace("{kind: image}", "{kind: image, q: {of: quality}}")
    model = 'name: M\ntype: image\noptions: {ratio: {default: "1:1"}}\n'
    assert places(build_texts({"_shared": shared, "m": model})) == ["IR220 _shared.yaml:4 m.yaml:3"]
    assert places(build_texts({"_shared": shared, "m": f"{model}body: {{q: (none)}}\n"})) == []


def test_what_no_model_names_exists_nowhere() -> None:
    """A shared option without a model is no option, and its mistakes are not looked for."""
    build = built(m='{ratio: {default: "1:1"}}')
    assert places(build) == []
    assert build.table is not None
    assert list(build.table.models["m"].options) == ["ratio"]


def test_an_option_that_nobody_describes_is_an_error() -> None:
    """A model has to say what an option takes, if its type does not."""
    assert places(built(m="{tone: {send: tone}}")) == ["IR222 m.yaml:3"]


SHARED_FILE = SharedSpec.model_construct(language=1, types={"t": KIND})


@pytest.mark.parametrize(
    ("own", "whole"),
    [
        ({}, {"label": "X", "send": "x", "values": ["1", "2"], "default": "1"}),
        ({"number": {"min": 1}}, {"label": "X", "send": "x", "number": {"min": 1}, "default": "1"}),
        ({"of": "y"}, {"label": "X", "send": "x", "of": "y", "default": "1"}),
        ({"default": "(none)", "send": False}, {"label": "X", "send": False, "values": ["1", "2"]}),
        (
            {"label": "Own", "optional": False},
            {"label": "Own", "send": "x", "values": ["1", "2"], "default": "1", "optional": False},
        ),
    ],
)
def test_options_are_shared_key_by_key(own: dict[str, Any], whole: dict[str, Any]) -> None:
    """A key of the model stands in place of that of the type; what an option takes counts as one key."""
    option = resolved(ModelSpec.model_validate({"name": "M", "type": "t", "options": {"x": own}}), SHARED_FILE).options["x"]
    dumped = option.model_dump(by_alias=True, exclude_none=True)
    assert {key: value for key, value in dumped.items() if key in {*KEYS, *whole}} == whole


def test_entries_of_the_body_are_shared_path_by_path() -> None:
    """An entry of the model stands in place of that of the type, at its place."""
    spec = resolved(
        ModelSpec.model_validate({"name": "M", "type": "t", "options": {}, "body": {"c": 3, "a": "(none)"}}), SHARED_FILE
    )
    assert list((spec.body or {}).items()) == [("a", "(none)"), ("b", 2), ("c", 3)]


COMMON = """language: 1
facts: {hour: {label: Hour, number: {min: 0, max: 23}}}
types:
  image:
    options:
      ratio:
        label: Ratio
        send: ratio
        values: {"16:9": {label: Wide, accept: {IR401: why}}, "1:1": {}}
      quality: {label: Quality, send: quality, values: {low: {label: Low}}}
"""
OWN = """name: M
type: image
facts: {used: {label: Used, number: {min: 0}}}
options:
  ratio: {label: Shape}
  quality: {values: {low: {label: Basic}, high: {accept: {IR401: why}}}}
  seed: {send: false, number: {}, accept: {IR401: why}}
credits: {base: 1, times: [{factor: 2, when: {hour: {min: 8}}}, {factor: 2, when: {used: {min: 8}}}]}
"""


def in_files(rules: RuleSet, role: Role) -> list[str]:
    """Return what the files of the models say of a role, found in the resolved models, sorted."""
    found = {name: said_in_file(rules, name, walk(spec, role)) for name, spec in rules.models.items()}
    return sorted(repr((name, place)) for name, places in found.items() for place in places)


def test_what_a_file_says_is_told_from_what_its_type_says() -> None:
    """Of labels, paths and acceptances of a resolved model, those of its type and of shared facts are not in its file."""
    rules = build_texts({"_shared": COMMON, "m": OWN}).rules
    assert rules is not None
    assert set(rules.models["m"].options) == {"ratio", "quality", "seed", "hour", "used"}
    assert in_files(rules, Role.LABEL) == [
        "('m', (('facts', 'used', 'label'), 'Used'))",
        "('m', (('name',), 'M'))",
        "('m', (('options', 'quality', 'values', 'low', 'label'), 'Basic'))",
        "('m', (('options', 'ratio', 'label'), 'Shape'))",
    ]
    assert in_files(rules, Role.SEND) == ["('m', (('options', 'seed', 'send'), False))"]
    assert in_files(rules, Role.ACCEPT) == [
        "('m', (('options', 'quality', 'values', 'high', 'accept'), {'IR401': 'why'}))",
        "('m', (('options', 'seed', 'accept'), {'IR401': 'why'}))",
    ]


@given(rule_documents())
def test_what_a_file_says_is_what_its_own_spec_has(documents: Documents) -> None:
    """For random rules, what is left of a resolved model is what a walk of the model as it is written finds."""
    rules = build_texts(written(documents)).rules
    assert rules is not None
    for role in (Role.LABEL, Role.SEND, Role.ACCEPT):
        found = [repr((name, place)) for name, spec in rules.written.items() for place in walk(spec, role)]
        assert in_files(rules, role) == sorted(found)
