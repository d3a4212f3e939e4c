"""Catalogs are cached: one per difference that the rules make, never more than a bound, and nothing that callers send."""

from __future__ import annotations

import json
import pickle
import tracemalloc
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, get_type_hints

import pytest

from imgrules import Rules
from imgrules.compiler.build import build_texts
from imgrules.table import options, records, terms
from imgrules.table.options import Badge, Option, Value
from imgrules.table.records import Cell, Change, Field, Gate, Model, Table, Type
from imgrules.table.terms import Label, Limit
from imgrules.views.catalog import cached_catalogs as catalogs
from tests.engine.rich import NOW, SUMMER, WINTER
from tests.engine.rich import table as rich

GATES = "".join(f"  g{number}: {{opens_with: [t{number}], label: Closed}}\n" for number in range(8))
SHARED = f"""
language: 1
types:
  image:
    provider: {{send: provider}}
    model: {{send: model}}
    fields: {{text: {{send: text}}}}
    options: {{size: {{label: {{en: Size, de: Größe}}, send: out.size}}}}
gates:
{GATES}"""
MODEL = """
name: Pixel
type: image
provider: p
model: pixel-1
options: {size: {values: {small: {gate: g0}, large: {}}}}
"""


@pytest.fixture
def gated() -> Rules:
    """Return rules with eight gates and two languages, which have no cached catalog yet."""
    built = build_texts({"_shared": SHARED, "pixel": MODEL})
    assert built.table is not None, built.report.errors
    return Rules(built.table)


def cached_catalogs(rules: Rules) -> dict[Any, Any]:
    """Return the cached catalogs of a rule set."""
    return catalogs.catalogs(rules.table).cached


def test_who_sees_the_same_gets_the_same_bytes(gated: Rules) -> None:
    """A language makes a difference only where a label is written in it, a grant only where it opens a gate."""
    german = gated.catalog_json({"t1"}, "de")
    for grants, language in (({"t1", "guest"}, "de-AT"), (["t1", "t1"], "DE_ch-1996"), (frozenset({"t1"}), "de")):
        assert gated.catalog_json(grants, language) is german
    english = gated.catalog_json({"t1"}, "en")
    assert english != german
    assert gated.catalog_json({"t1"}, "en-GB") is english
    assert gated.catalog_json({"t1"}, "fr") is gated.catalog_json({"t1"}, 5)  # type: ignore[arg-type]  # whatever it is
    assert len(cached_catalogs(gated)) == 3


def labels_in(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], type, str]]:
    """Yield the path of each attribute that may hold a label, with its class and name; found without the code under test."""
    if isinstance(node, Mapping):
        for key, item in node.items():
            yield from labels_in(item, (*path, key))
    elif isinstance(node, tuple):
        for index, item in enumerate(node):
            yield from labels_in(item, (*path, index))
    elif is_dataclass(node):
        hints = get_type_hints(type(node))
        for name in (attribute.name for attribute in fields(node) if attribute.init):
            if hints[name] in (Label, Label | None):
                yield (*path, name), type(node), name
            else:
                yield from labels_in(getattr(node, name), (*path, name))


def planted(node: Any, path: tuple[Any, ...], label: Label) -> Any:
    """Return a copy of a record, mapping or tuple with a label at a path."""
    if not path:
        return label
    first, *rest = path
    if isinstance(node, Mapping):
        return {**node, first: planted(node[first], tuple(rest), label)}
    if isinstance(node, tuple):
        return (*node[:first], planted(node[first], tuple(rest), label), *node[first + 1 :])
    return replace(node, **{first: planted(getattr(node, first), tuple(rest), label)})


LIMIT, BADGE = Limit(because="Limit"), Badge("Badge")
VALUE = Value("v", "Value", (BADGE,), description="Finer")
EARLY = Model(
    id="m",
    label="Model",
    type="image",
    options={"o": Option("o", "Option", {"v": VALUE}, because="Because", ignored=(LIMIT,), description="Fine")},
    body=(),
    cells=(Cell(("v",), gates=("g",)),),
    badges=(BADGE,),
    limits=(LIMIT,),
    description="Finest",
)
LABELLED = Table(
    language=1,
    gates={"g": Gate("g", ("t",), "Gate")},
    types={"image": Type("image", {"f": Field("f", description="Field")}, {})},
    models={"m": replace(EARLY, changes=(Change(WINTER, EARLY),))},
)
"""A table with a label at every place that a catalog may show, each in one language."""
PLACES = {".".join(map(str, path)): path for path, *_ in labels_in(LABELLED)}


def test_a_label_is_at_every_place() -> None:
    """Each attribute of a record that is annotated as a label is in the table above."""
    kinds = [
        kind
        for kind in {**vars(records), **vars(options), **vars(terms)}.values()
        if isinstance(kind, type) and is_dataclass(kind)
    ]
    labels = {(kind, name) for kind in kinds for name, hint in get_type_hints(kind).items() if hint in (Label, Label | None)}
    assert labels == {(kind, name) for _, kind, name in labels_in(LABELLED)}


@pytest.mark.parametrize("place", PLACES)
def test_every_label_counts_as_a_language(place: str) -> None:
    """A label in the requested language is shown wherever it stands, also after a request in another language."""
    rules = Rules(planted(LABELLED, PLACES[place], {"en": "One", "xx": "Two"}))
    at = WINTER if "changes" in PLACES[place] else SUMMER
    first, second = rules.catalog_json(at=at), rules.catalog_json(language="xx", at=at)
    assert (b"One" in first, b"Two" in first, b"Two" in second) == (True, False, True)


def test_a_stretch_of_time_ends_where_something_changes() -> None:
    """Until the next change one cached catalog serves all moments, and `until` is the moment of that change."""
    rules = Rules(rich())
    summer = rules.catalog_json(at=SUMMER)
    assert json.loads(summer)["until"] == WINTER
    assert rules.catalog_json(at="2026-11-30T23:59:59Z") is rules.catalog_json(at=NOW) is summer
    assert rules.catalog_json(at=datetime(2026, 6, 1, tzinfo=UTC) + timedelta(days=9)) is summer
    assert rules.catalog_json(at=WINTER) is rules.catalog_json(at="9999-12-31") is not summer
    assert rules.catalog_json(at="2026-05-31T23:59:59Z") is not summer


def test_what_is_refused_keeps_nothing() -> None:
    """Invalid grants, and an invalid or missing moment for rules with dates, raise as in `catalog`; nothing is cached."""
    rules = Rules(rich())
    for arguments, error in ((("member",), TypeError), (((), None, "soon"), ValueError), (((), None, None), ValueError)):
        with pytest.raises(error):
            rules.catalog_json(*arguments)
    assert not cached_catalogs(rules)


def test_at_most_so_many_are_kept(gated: Rules) -> None:
    """Eight gates have 256 combinations of open and closed; never more catalogs than the bound are cached."""
    for number in range(256):
        grants = {f"t{bit}" for bit in range(8) if number & 1 << bit}
        assert json.loads(gated.catalog_json(grants)) == gated.catalog(grants)
        assert len(cached_catalogs(gated)) <= catalogs.MOST
    assert len(cached_catalogs(gated)) > 1


def test_large_catalogs_are_kept_while_they_fit(gated: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer large catalogs are cached, but always the latest, however large it is."""
    size = sum(map(len, (gated.catalog_json(), catalogs.catalogs(gated.table).cached[frozenset(), None, None].compact)))
    monkeypatch.setattr(catalogs, "_BYTES", 3 * size)
    counts = []
    for number in range(8):
        gated.catalog({f"t{number}"})
        counts.append(len(cached_catalogs(gated)))
    assert 1 < max(counts) <= 3
    monkeypatch.setattr(catalogs, "_BYTES", 1)
    assert gated.catalog_json({"t1", "t2"}) is gated.catalog_json({"t1", "t2"})
    assert len(cached_catalogs(gated)) == 1


def test_memory_is_flat(gated: Rules) -> None:
    """Memory does not grow with the grants, languages and moments that callers send."""

    def ask(start: int) -> int:
        for number in range(start, start + 3000):
            at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number)
            gated.catalog_json({f"guest {number}"}, f"x{number}-y", at)
            gated.catalog_json([f"guest {number}"], f"de-{number}", f"{at:%Y-%m-%dT%H:%M:%SZ}")
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        before, after = ask(0), ask(3000)
    finally:
        tracemalloc.stop()
    assert after - before < 20_000
    assert len(cached_catalogs(gated)) == 2


def test_a_copy_of_a_table_begins_with_none(gated: Rules) -> None:
    """The cache belongs to one table: a changed or unpickled copy starts with an empty one."""
    before = gated.catalog()
    label = replace(gated.table.gates["g0"], label="Shut")
    changed = Rules(replace(gated.table, gates={**gated.table.gates, "g0": label}))
    assert not cached_catalogs(changed)
    assert changed.catalog()["digest"] != before["digest"]
    travelled: Table = pickle.loads(pickle.dumps(gated.table))  # noqa: S301  our own
    assert not cached_catalogs(Rules(travelled))
    assert Rules(travelled).catalog() == before


def test_a_lone_surrogate_is_escaped(gated: Rules) -> None:
    """An unpaired surrogate, which only a table made by hand can hold, is escaped, so that the catalog is valid JSON."""
    gate = Gate("g0", ("t0",), "\ud800 Größe")
    rules = Rules(replace(gated.table, gates={**gated.table.gates, "g0": gate}))
    text = rules.catalog_json()
    assert b"\\ud800 Gr\xc3\xb6\xc3\x9fe" in text
    assert json.loads(text.decode("utf-8")) == rules.catalog()


def test_threads_get_the_same(gated: Rules) -> None:
    """Threads that use a new table at the same time get the same catalogs as a single thread."""
    calls = [({f"t{number % 5}"}, ("de", "en", None)[number % 3]) for number in range(300)]
    expected = [Rules(replace(gated.table)).catalog_json(*call) for call in calls]
    fresh = Rules(replace(gated.table))
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda call: fresh.catalog_json(*call), calls)) == expected
