"""Catalogs are kept: as many as the rules tell apart, never more than a bound, and nothing of what callers send."""

from __future__ import annotations

import json
import pickle
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from imgrules import Rules
from imgrules.compiler.build import build_texts
from imgrules.table.records import Badge, Cell, Change, Gate, Model, Option, Table, Type, Value
from imgrules.table.terms import Label, Limit
from imgrules.views import cached_catalogs as catalogs
from tests.engine.rich import NOW, SUMMER, WINTER
from tests.engine.rich import table as rich

GATES = "".join(f"  g{each}: {{opens_with: [t{each}], label: Closed}}\n" for each in range(8))
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
    """Return rules with eight gates and two languages, that keep no catalog yet."""
    built = build_texts({"_shared": SHARED, "pixel": MODEL})
    assert built.table is not None, built.report.errors
    return Rules(built.table)


def kept(rules: Rules) -> dict[Any, Any]:
    """Return the catalogs that are kept of some rules."""
    return catalogs.catalogs(rules.table).cached


def test_who_sees_the_same_gets_the_same_bytes(gated: Rules) -> None:
    """Languages count as far as a label is written in them, and grants as far as they open gates."""
    german = gated.catalog_json({"t1"}, "de")
    for grants, language in (({"t1", "guest"}, "de-AT"), (["t1", "t1"], "DE_ch-1996"), (frozenset({"t1"}), "de")):
        assert gated.catalog_json(grants, language) is german
    english = gated.catalog_json({"t1"}, "en")
    assert english != german
    assert gated.catalog_json({"t1"}, "en-GB") is english
    assert gated.catalog_json({"t1"}, "fr") is gated.catalog_json({"t1"}, 5)  # type: ignore[arg-type]  # whatever it is
    assert len(kept(gated)) == 3


PLACES = ["gate", "model", "badge", "limit", "option", "because", "ignored", "value", "badge of a value", "later"]


def labelled(place: str) -> Table:
    """Return a table in which one place alone has a label in several languages."""

    def label(here: str) -> Label:
        return {"en": "One", "xx": "Two"} if here == place else "same"

    value = Value("v", label("value"), (Badge(label("badge of a value")),))
    ignored = (Limit(because=label("ignored")),)
    option = Option("o", label("option"), {"v": value}, because=label("because"), ignored=ignored)
    model = Model(
        "m",
        label("model"),
        "image",
        {"o": option},
        (),
        (Cell(("v",), gates=("g",)),),
        (Badge(label("badge")),),
        (Limit(because=label("limit")),),
    )
    changes = (Change(WINTER, replace(model, label=label("later"))),)
    gates = {"g": Gate("g", ("t",), label("gate"))}
    return Table(1, gates, {"image": Type("image", {}, {})}, {"m": replace(model, changes=changes)})


@pytest.mark.parametrize("place", PLACES)
def test_every_label_counts_as_a_language(place: str) -> None:
    """Wherever a label is written in a language, whoever asks in it sees it, also after others have asked."""
    rules, at = Rules(labelled(place)), WINTER if place == "later" else SUMMER
    first, other = rules.catalog_json(at=at), rules.catalog_json(language="xx", at=at)
    assert (b"One" in first, b"Two" in first, b"Two" in other) == (True, False, True)


def test_a_stretch_of_time_ends_where_something_changes() -> None:
    """Within it, one catalog serves all moments; each catalog says until when."""
    rules = Rules(rich())
    summer = rules.catalog_json(at=SUMMER)
    assert json.loads(summer)["until"] == WINTER
    assert rules.catalog_json(at="2026-11-30T23:59:59Z") is rules.catalog_json(at=NOW) is summer
    assert rules.catalog_json(at=datetime(2026, 6, 1, tzinfo=UTC) + timedelta(days=9)) is summer
    assert rules.catalog_json(at=WINTER) is rules.catalog_json(at="9999-12-31") is not summer
    assert rules.catalog_json(at="2026-05-31T23:59:59Z") is not summer


def test_what_is_refused_keeps_nothing() -> None:
    """Odd grants and moments raise as in `catalog`; a rule set that changes still asks for a moment."""
    rules = Rules(rich())
    for asked, error in ((("member",), TypeError), (((), None, "soon"), ValueError), (((), None, None), ValueError)):
        with pytest.raises(error):
            rules.catalog_json(*asked)
    assert not kept(rules)


def test_at_most_so_many_are_kept(gated: Rules) -> None:
    """Eight gates have 256 ways to be open: no more than the bound of them are kept."""
    for number in range(256):
        held = {f"t{each}" for each in range(8) if number & 1 << each}
        assert json.loads(gated.catalog_json(held)) == gated.catalog(held)
        assert len(kept(gated)) <= catalogs.MOST
    assert len(kept(gated)) > 1


def test_large_catalogs_are_kept_while_they_fit(gated: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where catalogs are large, fewer are kept: at least the latest, however large it is."""
    size = sum(map(len, (gated.catalog_json(), catalogs.catalogs(gated.table).cached[frozenset(), None, None].compact)))
    monkeypatch.setattr(catalogs, "_BYTES", 3 * size)
    seen = []
    for number in range(8):
        gated.catalog({f"t{number}"})
        seen.append(len(kept(gated)))
    assert 1 < max(seen) <= 3
    monkeypatch.setattr(catalogs, "_BYTES", 1)
    assert gated.catalog_json({"t1", "t2"}) is gated.catalog_json({"t1", "t2"})
    assert len(kept(gated)) == 1


def test_memory_is_flat(gated: Rules) -> None:
    """Whatever callers send for grants, languages and moments, nothing of it stays."""

    def ask(start: int) -> int:
        for each in range(start, start + 3000):
            at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=each)
            gated.catalog_json({f"guest {each}"}, f"x{each}-y", at)
            gated.catalog_json([f"guest {each}"], f"de-{each}", f"{at:%Y-%m-%dT%H:%M:%SZ}")
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        before, after = ask(0), ask(3000)
    finally:
        tracemalloc.stop()
    assert after - before < 20_000
    assert len(kept(gated)) == 2


def test_a_copy_of_a_table_begins_with_none(gated: Rules) -> None:
    """What is kept goes with the table that it is of: a changed copy does not answer with it."""
    before = gated.catalog()
    label = replace(gated.table.gates["g0"], label="Shut")
    changed = Rules(replace(gated.table, gates={**gated.table.gates, "g0": label}))
    assert not kept(changed)
    assert changed.catalog()["digest"] != before["digest"]
    travelled: Table = pickle.loads(pickle.dumps(gated.table))  # noqa: S301  our own
    assert not kept(Rules(travelled))
    assert Rules(travelled).catalog() == before


def test_a_lone_surrogate_is_escaped(gated: Rules) -> None:
    """No build writes one; in a table made by hand it stays JSON that any reader takes."""
    odd = Gate("g0", ("t0",), "\ud800 Größe")
    rules = Rules(replace(gated.table, gates={**gated.table.gates, "g0": odd}))
    text = rules.catalog_json()
    assert b"\\ud800 Gr\xc3\xb6\xc3\x9fe" in text
    assert json.loads(text.decode("utf-8")) == rules.catalog()


def test_threads_get_the_same(gated: Rules) -> None:
    """Many threads that ask a fresh table at once see what one thread sees."""
    asked = [({f"t{each % 5}"}, ("de", "en", None)[each % 3]) for each in range(300)]
    expected = [Rules(replace(gated.table)).catalog_json(*each) for each in asked]
    fresh = Rules(replace(gated.table))
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda each: fresh.catalog_json(*each), asked)) == expected
