"""`loads` refuses a table that no build writes, with the place of the fault."""

from __future__ import annotations

import copy
import gzip
import hashlib
import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from imgrules import Rules, TableError, dumps, load, loads
from imgrules.compiler.build import build
from imgrules.table import records as tables
from imgrules.table import terms as parts
from imgrules.table.caps import MOST_DATED_COMBINATIONS
from imgrules.table.verify import attributes as records
from tests.engine.mutants import Raw, deep, sealed
from tests.engine.test_request_caps import work

ROOT = Path(__file__).parents[2]
COOKBOOK = json.loads(dumps(build(ROOT / "docs" / "cookbook").table or load().table))["table"]
PACKAGED = json.loads(dumps(load(ROOT / "rules").table))["table"]

CHANGED = {"id": "gpt-image-2", "label": "G", "type": "image", "options": [], "body": [], "cells": [{"values": []}]}
NUMBER = {"name": "n", "label": "N", "number": {"min": 1, "max": 4}, "default": 1}
"""An option with numbers, to be added to a model."""


def number(**attributes: Any) -> dict[str, Any]:
    """Return an option with numbers, with these attributes added or replaced."""
    return {**NUMBER, **attributes}


def at(table: Any, path: str) -> tuple[Any, str | int]:
    """Return the node and the key of a dotted path; the key `+` is the end of a list."""
    *above, last = path.split(".")
    node = table
    for key in above:
        node = node[int(key)] if isinstance(node, list) else node.setdefault(key, [] if key in LISTS else {})
    return node, int(last) if isinstance(node, list) and last != "+" else last


LISTS = {"aliases", "limits", "gates", "changes", "when", "ignored", "languages", "badges"}


def forged(path: str, value: Any) -> bytes:
    """Return the packaged table with another value at a path, and a digest that fits it."""
    table = copy.deepcopy(PACKAGED)
    node, key = at(table, path)
    if key == "+":
        node.append(value)
    elif value is ...:
        del node[key]
    else:
        node[key] = value
    return sealed(table)


M = "models.1"
FAULTS: dict[str, tuple[str, Any, str]] = {
    "another language": ("language", 2, "'language': a value that is not known"),
    "a truth for a number": ("language", True, "'language'"),
    "an attribute too many": (f"{M}.unheard", 1, "models.gpt-image-2.unheard': an attribute that is not known"),
    "an attribute too few": (f"{M}.cells", ..., "models.gpt-image-2': lacks cells"),
    "a type that is not there": (f"{M}.type", "video", "models.gpt-image-2.type': no type of this table"),
    "a gate that is not there": (f"{M}.cells.0.gates", ["nobody"], "cells[0].gates': no gate"),
    "a gate of a condition": (f"{M}.gates.+", {"when": [], "gates": ["nobody"]}, "gates[0]': no gate"),
    "a value that is not there": (f"{M}.cells.0.values.0", "9:9", "cells': cells that hold what is no value"),
    "a value too few": (f"{M}.cells.0.values", ["1:1"], "cells': cells that hold"),
    "a value too many": (f"{M}.cells.0.values.+", "1:1", "cells': cells that hold"),
    "a combination twice": (f"{M}.cells.1.values", PACKAGED["models"][1]["cells"][0]["values"], "two cells"),
    "a negative price": (f"{M}.cells.0.credits", -1, "credits': a number from 0"),
    "a price of many digits": (f"{M}.cells.0.credits", Raw("0.1234567890123456789"), "of 15 digits"),
    "a price beyond all numbers": (f"{M}.cells.0.credits", Raw("1e999"), "credits': a number from 0"),
    "minus nothing": (f"{M}.cells.0.credits", Raw("-0.0"), "credits': a number from 0"),
    "no number": (f"{M}.cells.0.credits", Raw("NaN"), "NaN is no number"),
    "a price that is true": (f"{M}.cells.0.credits", True, "credits': a number from 0"),
    "a regular price alone": (f"{M}.cells.0.regular", 5, "regular': a regular price without a promotion"),
    "two options of one name": (f"{M}.options.0.name", "quality", "options': two options of one name"),
    "an option called as a field": (f"{M}.options.+", number(name="prompt"), "called as something else"),
    "an option called as a refused field": (f"{M}.options.+", number(name="style"), "called as something else"),
    "an option called model": (f"{M}.options.+", number(name="model"), "called as something else"),
    "a name with a quote": (f"{M}.options.+", number(name='a"b'), "a text of another form"),
    "two values of one name": (f"{M}.options.0.values.0.name", "2:3", "options.ratio.values': two values"),
    "no value": (f"{M}.options.0.values", [], "options.ratio.values': nothing that it takes"),
    "a default that is not offered": (f"{M}.options.0.default", "9:9", "default': a default that it does not take"),
    "a number that is all of it": (f"{M}.options.+", {"name": "n", "label": "N"}, "options.n': nothing that it takes"),
    "a step of nothing": (f"{M}.options.+", number(number={"step": 0}), "number.step': a number from 0.000001"),
    "a size of no step": (f"{M}.options.+", {"name": "n", "label": "N", "size": {"edge": {"step": 0}}}, "edge.step"),
    "bounds that cross": (f"{M}.options.+", number(number={"min": 4, "max": 1}), "options.n.number': bounds that cross"),
    "shapes that cross": (
        f"{M}.options.+",
        {"name": "n", "label": "N", "ratio": {"min": "3:1", "max": "1:3"}},
        "options.n.ratio': bounds that cross",
    ),
    "a text that is too long at least": (
        f"{M}.options.+",
        {"name": "n", "label": "N", "text": {"shortest": 10**11}},
        "text.shortest': a whole number from 0 to 10000",
    ),
    "a list that is too long at least": (
        f"{M}.options.+",
        {"name": "n", "label": "N", "many": {"min": 10**9}},
        "many.min': a whole number from 0 to 100",
    ),
    "lengths that cross": ("types.0.fields.0.text", {"shortest": 5, "longest": 4}, "bounds that cross"),
    "an unknown unit": ("types.0.fields.0.text", {"unit": "lines"}, "text.unit': a value that is not known"),
    "nothing computed": (f"{M}.options.+", {"name": "n", "label": "N", "follows": {}}, "computed from nothing"),
    "computed from nobody": (f"{M}.options.+", {"name": "n", "label": "N", "follows": {"of": "x"}}, "computed from nothing"),
    "computed in units of nothing": (
        f"{M}.options.+",
        {"name": "n", "label": "N", "follows": {"pixels": ["ratio"], "unit": 0}},
        "follows.unit': a whole number from 1",
    ),
    "an option that depends on itself": (f"{M}.options.+", number(when=[{"name": "n", "any": [1]}]), "in a cycle"),
    "a default that depends on itself": (
        f"{M}.options.+",
        number(default=None, defaults={"by": ["n"], "table": {"1": 1}}),
        "in a cycle",
    ),
    "a condition about nobody": (f"{M}.options.+", number(when=[{"name": "x", "any": ["a"]}]), "when.x': no option"),
    "a test of two things": (f"{M}.limits.+", {"never": [{"name": "ratio", "any": ["1:1"], "min": 1}]}, "several things"),
    "a limit about nobody": (f"{M}.limits.+", {"needs": ["x"]}, "limits[0].needs': no option"),
    "a limit where it is ignored": (
        f"{M}.options.+",
        number(ignored=[{"needs": ["ratio"]}]),
        "ignored': a limit that says more",
    ),
    "a switch of words": (f"{M}.options.0.switch", True, "options.ratio.values': a switch"),
    "an alias of nothing": (f"{M}.aliases.+", {"name": "x", "means": "y"}, "'x' is no other name"),
    "an alias that is an option": (f"{M}.aliases.+", {"name": "ratio", "means": "quality"}, "'ratio' is no other name"),
    "an alias of no value": (f"{M}.options.0.aliases", [{"name": "x", "means": "y"}], "options.ratio.aliases"),
    "an alias of no model": ("aliases.+", {"name": "x", "means": "y"}, "'aliases': 'x' is no other name for a model"),
    "an alias that is a model": ("aliases.+", {"name": "gpt-image-2", "means": "nano-banana-2"}, "is no other name"),
    "an alias until no day": ("aliases.+", {"name": "x", "means": "gpt-image-2", "until": "2026-02-30T00:00:00Z"}, "no second"),
    "a stand-in that is not there": (
        f"{M}.options.0.gone",
        {"4:3": {"on": "2026-01-01T00:00:00Z", "retired": True, "use": "5:4"}},
        "gone.4:3': a stand-in",
    ),
    "here and gone": (f"{M}.options.0.gone", {"1:1": {"on": "2026-01-01T00:00:00Z", "retired": True}}, "here and gone"),
    "a leaf of nothing": (f"{M}.body.+", {"path": ["x"]}, "body[7]': a leaf that sends nothing"),
    "a leaf of two things": (f"{M}.body.0.name", "ratio", "body[0]': a leaf that sends nothing, or several things"),
    "a leaf of nobody": (f"{M}.body.+", {"path": ["x"], "name": "x"}, "body[7].name': no option and no field"),
    "a path twice": (f"{M}.body.+", {"path": ["type"], "constant": 1}, "sent twice"),
    "a path inside a leaf": (f"{M}.body.+", {"path": ["type", "a"], "constant": 1}, "lies in another"),
    "a path around a leaf": (f"{M}.body.+", {"path": ["image_generation"], "constant": 1}, "lies in another"),
    "a body that is an array": (f"{M}.body.+", {"path": [0], "constant": 1}, "a body is no array"),
    "an array with a hole": (f"{M}.body.+", {"path": ["x", 1], "constant": 1}, "an array with a hole"),
    "an array with names": (f"{M}.body.+", {"path": ["image_generation", 0], "constant": 1}, "or with names"),
    "a huge array": (f"{M}.body.+", {"path": ["x", 10**9], "constant": 1}, "path[1]': a whole number from 0 to 9"),
    "no path": (f"{M}.body.+", {"path": [], "constant": 1}, "path': a list of 1 to 125"),
    "a form that is none": (f"{M}.body.0.form", "json", "form': a text of another form"),
    "a table by nobody": (f"{M}.body.+", {"path": ["x"], "lookup": {"by": ["x"], "table": {}}}, "a table by what is no option"),
    "a table by three": (
        f"{M}.body.+",
        {"path": ["x"], "lookup": {"by": ["ratio", "quality", "ratio"], "table": {}}},
        "by': a list of 1 to 2",
    ),
    "a table that is too deep": (
        f"{M}.body.+",
        {"path": ["x"], "lookup": {"by": ["ratio"], "table": {"1:1": {"low": 1}}}},
        "a row in a table by one option",
    ),
    "a formula of nobody": (f"{M}.price", {"each": "x"}, "price.each': no option"),
    "a formula of texts": (
        f"{M}.price",
        {"plus": [{"lookup": {"by": ["ratio"], "table": {"1:1": "x"}}}]},
        "plus[0].lookup.table': what is no number",
    ),
    "a formula that rounds to nothing": (f"{M}.price", {"rounding": "up", "step": 0}, "price.step': a number from"),
    "nothing for a record": (f"{M}.price", None, "price': an object is wanted here"),
    "an unknown rounding": (f"{M}.price", {"rounding": "sideways"}, "rounding': a value that is not known"),
    "changes out of order": (
        f"{M}.changes",
        [{"at": f"2026-0{month}-01T00:00:00Z", "model": CHANGED} for month in (2, 1)],
        "changes[1]': a change out of order",
    ),
    "a change of another model": (
        f"{M}.changes",
        [{"at": "2026-01-01T00:00:00Z", "model": {**CHANGED, "id": "x"}}],
        "changes[0]': a change out of order, of another model",
    ),
    "a change that changes": (
        f"{M}.changes",
        [{"at": "2026-01-01T00:00:00Z", "model": {**CHANGED, "changes": []}}],
        "an attribute that is not known",
    ),
    "an empty label": (f"{M}.label", {}, "label': an object of 1 to"),
    "an empty text": (f"{M}.label", "", "label': a text of another form"),
    "a label in no language": (f"{M}.label", {"not a tag": "x"}, "a text of another form"),
    "a language that is none": ("languages.+", "not a tag", "languages[0]"),
    "a sentence that is none": ("messages", {"de": {"unheard_of": "x"}}, "messages.de.unheard_of': no sentence"),
    "a place that is none": ("messages", {"de": {"nothing": "{password}"}}, "messages.de.nothing': no sentence"),
    "a control character": (f"{M}.body.3.constant", "\0prompt\0", "a character that nobody can see"),
    "a turned text": (f"{M}.label", "\u202egpt", "a character that nobody can see"),
    "two models of one id": ("models.+", PACKAGED["models"][0], "two models of one id"),
    "two gates of one name": ("gates.+", PACKAGED["gates"][0], "'gates': two records of one name"),
    "something deep": (f"{M}.label", deep(0), ""),
}
"""By the name of a fault: the path, the value that is put there, and a part of the error's message."""


@pytest.mark.parametrize("name", FAULTS)
def test_what_no_build_writes_is_refused(name: str) -> None:
    """Each fault is refused with its place, whether or not each model is on a line of its own."""
    path, value, message = FAULTS[name]
    text = forged(path, value)
    for document in (text, text.replace(b"\n", b"")):
        with pytest.raises(TableError) as refused:
            loads(document)
        assert len(str(refused.value)) < 500
        if document is text:
            assert message in str(refused.value)


@pytest.mark.parametrize("table", [PACKAGED, COOKBOOK], ids=["packaged", "cookbook"])
def test_what_a_build_writes_is_taken(table: Any) -> None:
    """A table as it was built is accepted, with any layout of its lines."""
    assert list(loads(sealed(table)).models) == [model["id"] for model in table["models"]]
    assert loads(json.dumps(json.loads(sealed(table)), indent=1)) == loads(sealed(table), verify=False)


def test_a_key_that_stands_there_twice_is_refused() -> None:
    """A duplicate key in a JSON object is refused, since readers differ in which value they take."""
    text = sealed(PACKAGED).replace(b'"type":"image","options"', b'"type":"image","type":"image","options"')
    body = text[text.index(b'"table":') + 8 : -2]
    seal = hashlib.sha256(body.replace(b"\n", b"")).hexdigest().encode()
    start = text.index(b"sha256:") + 7
    with pytest.raises(TableError, match="a key that stands there twice"):
        loads(text[:start] + seal + text[start + 64 :])


NO_TABLE: dict[str, Callable[[], bytes]] = {
    "gzip": lambda: gzip.compress(sealed(PACKAGED)),
    "UTF-16": lambda: sealed(PACKAGED).decode().encode("utf-16"),
    "UTF-32": lambda: sealed(PACKAGED).decode().encode("utf-32"),
    "a byte order mark": lambda: b"\xef\xbb\xbf" + sealed(PACKAGED),
    "brackets": lambda: b"[" * 10_000_000,
    "braces": lambda: b'{"a":' * 2_000_000,
    "half": lambda: sealed(PACKAGED)[:2000],
    "NUL": lambda: b"\0" * 1000,
    "NUL behind": lambda: sealed(PACKAGED) + b"\0",
    "NaN": lambda: b'{"format":2,"digest":"","table":NaN}',
    "a long number": lambda: b'{"format":' + b"9" * 100_000 + b"}",
    "unpaired surrogate": lambda: '{"format":2,"digest":"\ud800","table":{}}'.encode("utf-8", "surrogatepass"),
    "more in the envelope": lambda: sealed(PACKAGED)[:-2] + b',"more":1}\n',
    "nothing": lambda: b"",
}


@pytest.mark.parametrize("name", NO_TABLE)
def test_what_is_no_table_is_refused(name: str, tmp_path: Path) -> None:
    """Any other content, as bytes or in a file, raises TableError."""
    raw = NO_TABLE[name]()
    with pytest.raises(TableError):
        loads(raw)
    (tmp_path / "table.json").write_bytes(raw)
    with pytest.raises(TableError):
        load(tmp_path / "table.json")


def test_load_looks_unless_it_is_told_not_to(tmp_path: Path) -> None:
    """`load` of a file verifies the table; with `verify=False` it checks only the digest."""
    path = tmp_path / "table.json"
    path.write_bytes(forged(f"{M}.cells.0.gates", ["nobody"]))
    with pytest.raises(TableError, match="no gate of this table"):
        load(path)
    assert isinstance(load(path, verify=False), Rules)
    path.write_bytes(path.read_bytes().replace(b"nobody", b"anybody"))
    with pytest.raises(TableError):
        load(path, verify=False)


def test_a_model_has_so_many_dated_combinations() -> None:
    """The combinations of all versions of a model together have a maximum."""
    values = [{"name": f"v{index}", "label": "V"} for index in range(2000)]
    cells = [{"values": [value["name"]]} for value in values]
    option = {"name": "style_", "label": "S", "values": values}
    model = {**CHANGED, "options": [option], "cells": cells}
    moments = [f"20{year:02}-01-01T00:00:00Z" for year in range(10, 10 + MOST_DATED_COMBINATIONS // 2000)]
    table = {**PACKAGED, "models": [{**model, "changes": [{"at": moment, "model": model} for moment in moments]}]}
    with pytest.raises(TableError, match="one too many"):
        loads(sealed(table))
    table["models"][0]["changes"].pop()
    assert loads(sealed(table)).models


def test_every_attribute_has_a_shape() -> None:
    """The verified attributes are exactly those of the records, and those without a default are required."""
    as_class = {"Wholes": "Numbers", "Many": "Numbers", "ChangedModel": "Model"}
    checked = set()
    for shape in records.RECORDS:
        name = as_class.get(shape.name, shape.name)
        kind: Any = getattr(tables, name, None) or getattr(parts, name)
        checked.add(name)
        written = {attribute.name: attribute for attribute in fields(kind) if attribute.init}
        missing = {"changes"} if shape.name == "ChangedModel" else set()
        assert shape.attributes.keys() == written.keys() - missing, shape.name
        needed = [attribute.name for attribute in written.values() if attribute.default is attribute.default_factory]
        assert list(shape.needed) == needed, shape.name
    record_names = {
        name for home in (tables, parts) for name, kind in vars(home).items() if type(kind) is type and is_dataclass(kind)
    }
    assert record_names == checked


def test_a_look_costs_as_much_as_there_is() -> None:
    """Verifying twice as many models, or twice as many options in a chain, takes at most about twice the calls."""
    for grown in (_many_models, _long_chain):
        smaller, larger = (work(partial(understood, sealed(grown(count)))) for count in (60, 120))
        assert larger <= 2.2 * smaller


def understood(text: bytes) -> None:
    """Load a table and parse all its models."""
    list(loads(text).models.values())


def _many_models(count: int) -> Any:
    models = [{**PACKAGED["models"][1], "id": f"m{index}"} for index in range(count)]
    return {**PACKAGED, "models": models}


def _long_chain(count: int) -> Any:
    chain = [
        number(name="n0", values=[{"name": "a", "label": "A"}]),
        *(number(name=f"n{index}", when=[{"name": f"n{index - 1}", "any": [1]}]) for index in range(1, count)),
    ]
    model = {**CHANGED, "options": chain[::-1]}
    return {**PACKAGED, "models": [model]}
