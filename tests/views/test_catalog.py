"""The catalog is what a picker needs, for one caller, and nothing that the caller must not see."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from imgrules import ImgrulesError, Lock, Rules, load
from imgrules.compiler.build import build_texts
from imgrules.table.codec import plain
from imgrules.table.records import Badge, Cell, Table, Value
from imgrules.views.catalog import offers, value_offer, view_of
from tests.engine.rich import NOW, OPTIONS, SUMMER, WINTER
from tests.engine.rich import table as rich

SCHEMA = Path(__file__).parents[2] / "schemas" / "catalog.schema.json"
VALUE = {"status": "allowed", "credits_vary": False, "gates": [], "badges": [], "min": None, "max": None, "regular": None}
LOCK = {"name": "member", "label": "Members only", "icon": "member", "action": "upgrade"}
SHARED = """
language: 1
types:
  image:
    provider: {send: route.provider}
    model: {send: route.model}
    fields: {text: {send: text, text: {min: 2, max: 5}}}
    options: {size: {label: {en: Size, de: Größe}, send: out.size}, tone: {send: out.tone}}
gates:
  team: {opens_with: [staff], label: {en: Teams only, de: Nur für Teams}}
  beta: {opens_with: [tester], label: {en: In beta, de: Im Test}, icon: flask}
"""
PIXEL = """
name: {en: Pixel, de: Bildpunkt}
type: image
provider: hidden_provider
model: hidden_model
badges: [{text: {en: New, de: Neu}, style: launch}]
options:
  size:
    default: small
    values:
      small: {label: {en: Small, de: Klein}, credits: 0.5, badges: [{text: Hot}]}
      large: {credits: 2, gate: team}
  tone:
    values:
      dark: {}
      light: {gate: beta}
"""


@pytest.fixture(scope="module")
def rules() -> Rules:
    """Return the packaged rules."""
    return load()


@pytest.fixture(scope="module")
def pixel() -> Table:
    """Return a table with two gates, two languages, badges and a default."""
    table = build_texts({"_shared": SHARED, "pixel": PIXEL}).table
    assert table is not None
    return table


def texts(node: Any) -> Iterator[str]:
    """Yield every key and every text of a document."""
    if isinstance(node, dict):
        yield from node
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from texts(each)
    elif isinstance(node, str):
        yield node


def values(model: Any, option: str) -> dict[str, Any]:
    """Return the values of an option by name."""
    row = next(each for each in model["options"] if each["name"] == option)
    return {each["name"]: each for each in row["values"]}


def test_the_packaged_catalog_for_nobody(rules: Rules) -> None:
    """Models stand in author's order with every value, its label, price and lock."""
    nano, gpt = rules.catalog()["models"]
    assert (nano["id"], nano["label"], nano["status"], nano["badges"]) == ("nano-banana-2", "Nano Banana 2", "allowed", [])
    assert (gpt["id"], gpt["label"], gpt["status"], gpt["type"]) == ("gpt-image-2", "GPT-Image-2", "allowed", "image")
    assert [each["label"] for each in gpt["options"]] == ["Ratio", "Quality"]
    assert list(values(gpt, "quality").values()) == [
        VALUE | {"name": "low", "label": "Basic", "credits": 5},
        VALUE | {"name": "medium", "label": "Standard", "credits": 8},
        VALUE | {"name": "high", "label": "Premium", "status": "locked", "credits": 20, "gates": [LOCK]},
    ]
    assert [(each["name"], each["credits"], each["gates"]) for each in values(nano, "quality").values()] == [
        ("1K", None, []),
        ("2K", None, []),
        ("4K", None, [LOCK]),
    ]
    assert {(each["credits"], each["credits_vary"]) for each in values(gpt, "ratio").values()} == {(None, True)}
    assert {(each["credits"], each["credits_vary"]) for each in values(nano, "ratio").values()} == {(None, False)}
    assert {each["default"] for model in (nano, gpt) for each in model["options"]} == {None}
    assert gpt["fields"][0] == {
        "name": "prompt",
        "required": True,
        "shortest": 1,
        "longest": None,
        "unit": "characters",
        "also": [],
    }


@pytest.mark.parametrize(("grants", "allowed"), [((), 12), (("member",), 18), (("other",), 12)])
def test_offers_are_counted(rules: Rules, grants: tuple[str, ...], allowed: int) -> None:
    """All eighteen combinations are offered to everybody; six of them are locked without the grant."""
    found = [each for model in rules.catalog(grants)["models"] for each in model["offers"]]
    assert len(found) == 18
    assert sum(each["status"] == "allowed" for each in found) == allowed
    assert all((each["status"] == "locked") == bool(each["gates"]) for each in found)


@pytest.mark.parametrize("grants", [(), ("member",)])
def test_the_catalog_agrees_with_decide(rules: Rules, grants: tuple[str, ...]) -> None:
    """An offer is open exactly when deciding allows it, at the same price and with the same lock."""
    for model in rules.catalog(grants)["models"]:
        for offer in model["offers"]:
            decision = rules.decide(offer["select"] | {"model": model["id"]}, grants).as_dict()
            assert (decision["status"], decision["credits"], decision["gates"]) == (
                offer["status"],
                offer["credits"],
                offer["gates"],
            )


@pytest.mark.parametrize(("grants", "language"), list(product([(), ("staff",), ("staff", "tester")], [None, "de"])))
def test_the_shape_is_the_published_one(rules: Rules, pixel: Table, grants: tuple[str, ...], language: str | None) -> None:
    """Every catalog fits its schema and can be written as JSON."""
    schema = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    for each in (rules, Rules(pixel), Rules(Table(1, {}, {}, {}))):
        document = json.loads(json.dumps(each.catalog(grants, language), allow_nan=False))
        schema.validate(document)


def test_nothing_hidden_is_shown(rules: Rules, pixel: Table) -> None:
    """No provider, no wire path, no provider's model and no grant appears, for anybody."""
    hidden = {"hidden_provider", "hidden_model", "staff", "tester", "opens_with", "provider", "send", "body", "path"}
    for grants in ((), ("staff",), ("staff", "tester")):
        assert hidden.isdisjoint(texts(Rules(pixel).catalog(grants)))
        assert not [each for each in texts(Rules(pixel).catalog(grants)) if each.startswith(("route", "out."))]
    shown = set(texts(rules.catalog()))
    paths = {name for model in rules.table.models.values() for send in model.body for name in send.path[:-1]}
    assert shown.isdisjoint({"gemini", "azure_openai", "aspect_ratio"} | paths)


def test_what_is_locked_is_there(pixel: Table) -> None:
    """A member and somebody else see the same values and offers; only locks differ."""
    nobody, everybody = Rules(pixel).catalog(), Rules(pixel).catalog(["staff", "tester"])
    for mine, theirs in zip(nobody["models"], everybody["models"], strict=True):
        assert [each["select"] for each in mine["offers"]] == [each["select"] for each in theirs["offers"]]
        assert [each["credits"] for each in mine["offers"]] == [each["credits"] for each in theirs["offers"]]
        for option in ("size", "tone"):
            assert list(values(mine, option)) == list(values(theirs, option))
    assert "locked" not in texts(everybody)


def test_only_gates_that_are_always_closed_stand_at_a_value(pixel: Table) -> None:
    """A value shows the gates that no offer with it avoids; its offers show the rest."""
    model = Rules(pixel).catalog()["models"][0]
    size, tone = values(model, "size"), values(model, "tone")
    assert [(each["status"], [one["name"] for one in each["gates"]]) for each in size.values()] == [
        ("allowed", []),
        ("locked", ["team"]),
    ]
    assert (tone["light"]["status"], [one["name"] for one in tone["light"]["gates"]]) == ("locked", ["beta"])
    offer = next(each for each in model["offers"] if each["select"] == {"size": "large", "tone": "light"})
    assert [each["name"] for each in offer["gates"]] == ["team", "beta"]
    assert model["status"] == "allowed"


def test_prices_stand_where_they_are_certain(pixel: Table) -> None:
    """A value has a price where every offer with it has that price, and none where they differ."""
    model = Rules(pixel).catalog()["models"][0]
    assert [each["credits"] for each in values(model, "size").values()] == [0.5, 2]
    assert [each["credits"] for each in values(model, "tone").values()] == [None, None]
    assert next(each for each in model["options"] if each["name"] == "size")["default"] == "small"


def test_labels_speak_the_asked_language(pixel: Table) -> None:
    """Every text is said in the asked language, and in the author's first where it is not written."""
    german = Rules(pixel).catalog(language="de-AT")["models"][0]
    assert german["label"] == "Bildpunkt"
    assert german["badges"] == [{"text": "Neu", "style": "launch"}]
    assert german["options"][0]["label"] == "Größe"
    assert values(german, "size")["small"]["label"] == "Klein"
    assert values(german, "size")["small"]["badges"] == [{"text": "Hot", "style": None}]
    assert values(german, "size")["large"]["gates"][0]["label"] == "Nur für Teams"
    assert values(german, "tone")["light"]["gates"][0] == {"name": "beta", "label": "Im Test", "icon": "flask", "action": None}
    assert Rules(pixel).catalog(language="fr")["models"] == Rules(pixel).catalog()["models"]


def test_the_digest_follows_the_content(rules: Rules, pixel: Table) -> None:
    """Equal catalogs have equal digests; what a caller sees differently has another one."""
    nobody = rules.catalog()["digest"]
    assert nobody == rules.catalog(["other"])["digest"] == load().catalog(set())["digest"]
    assert rules.catalog(["member"])["digest"] == rules.catalog(("member", "other"))["digest"] != nobody
    assert Rules(pixel).catalog(language="de")["digest"] != Rules(pixel).catalog(language="en")["digest"]
    assert nobody.startswith("sha256:")
    assert len(nobody) == len("sha256:") + 64


def test_a_value_that_is_not_sold_is_not_offered(pixel: Table) -> None:
    """A value without any combination is absent, and a model without any is impossible."""
    model = pixel.models["pixel"]
    cells = tuple(each for each in model.cells if each.values[0] == "small")
    fewer = offers(replace(pixel, models={"pixel": replace(model, cells=cells)})).models[0]
    assert [each.name for each in fewer.options[0].values] == ["small"]
    none = offers(replace(pixel, models={"pixel": replace(model, cells=())})).models[0]
    assert (none.status.value, none.offers, [each.values for each in none.options]) == ("impossible", (), [(), ()])


def test_a_model_that_is_all_locked_is_locked(pixel: Table) -> None:
    """The status of a model is the best that can be had of it."""
    model = pixel.models["pixel"]
    closed = replace(model, cells=(Cell(("large", "dark"), 2, ("team",)),))
    table = replace(pixel, models={"pixel": closed})
    assert offers(table).models[0].status.value == "locked"
    assert offers(table, {"staff"}).models[0].status.value == "allowed"


@pytest.mark.parametrize("grants", ["member", "", b"member"])
def test_one_text_is_no_set_of_grants(rules: Rules, grants: Any) -> None:
    """A text would be read letter by letter, so it is refused."""
    with pytest.raises(TypeError, match="a set of strings"):
        rules.catalog(grants)


@pytest.mark.parametrize("grants", [{"member": False}, 5, ["member", 5], [["member"]]], ids=repr)
def test_odd_grants_are_refused_as_in_decide(rules: Rules, grants: Any) -> None:
    """What deciding does not take for grants opens nothing in the catalog either: it is an error that says so."""
    with pytest.raises(TypeError, match="grants"):
        rules.catalog(grants)


def test_no_grants_at_all(rules: Rules) -> None:
    """None is no grants, as it is in decide."""
    nothing: Any = None
    assert rules.catalog(nothing) == rules.catalog()


def test_a_catalog_is_new_every_time(rules: Rules) -> None:
    """Whoever changes a catalog changes no other one."""
    rules.catalog()["models"].clear()
    assert len(rules.catalog()["models"]) == 2


def test_the_method_and_the_records_say_the_same(rules: Rules) -> None:
    """`Rules.catalog` is the plain form of `offers`."""
    assert rules.catalog(["member"], "en") == plain(offers(rules.table, ["member"], "en"))


def rich_catalog(at: str | None = NOW, grants: object = (), language: str | None = None) -> dict[str, Any]:
    """Return the catalog of a table that has every kind of option."""
    return Rules(rich()).catalog(grants, language, at)


@pytest.mark.parametrize("at", ["2026-01-01", NOW, WINTER])
@pytest.mark.parametrize("grants", [(), ("team", "beta")])
def test_the_shape_of_every_kind_of_option_is_the_published_one(at: str, grants: tuple[str, ...]) -> None:
    """Numbers, sizes, lists, computed options, limits and formulas fit the schema too, and travel as JSON."""
    schema = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    schema.validate(json.loads(json.dumps(rich_catalog(at, grants), allow_nan=False)))


def test_every_kind_of_option_is_carried_as_it_is_said() -> None:
    """A front end learns bounds, conditions, defaults and what follows from what."""
    studio = rich_catalog(language="de")["models"][0]
    row = {each["name"]: each for each in studio["options"]}
    assert list(row) == [each.name for each in OPTIONS]
    assert row["tone"]["label"] == "Ton"
    assert row["outputs"]["number"] == {"min": 1, "max": 4, "step": 1}
    assert (row["outputs"]["default"], row["outputs"]["optional"]) == (1, False)
    assert row["guidance"]["number"] == {"min": 1.5, "max": 5, "step": 0.5}
    assert row["steps"]["defaults"] == {"by": ["tone"], "table": {"dark": 20, "light": 30, "ink": 20}}
    assert (row["steps"]["snap"], row["size"]["snap"]) == (True, False)
    assert row["size"]["size"]["ratio"] == {"min": "1:3", "max": "3:1"}
    assert row["shape"]["ratio"] == {"min": "1:3", "max": "3:1"}
    assert row["caption"]["text"] == {"shortest": 1, "longest": 3, "unit": "words"}
    assert row["references"]["many"] == {"min": 0, "max": 4, "step": 1}
    assert row["images"]["follows"]["total"] == ["references", "outputs"]
    assert row["quality"]["when"][0]["any"] == ["dark"]
    assert row["quality"]["because"] == "nur Dunkles hat eine Güte"
    assert row["grain"]["ignored"][0]["because"] == "grain needs a high quality"
    assert [(each["name"], each["min"], each["max"]) for each in row["mode"]["values"]] == [("new", None, 0), ("edit", 1, None)]
    assert [each["because"] for each in studio["limits"]][-1] == "edits are dark"
    assert studio["fields"][0] == {
        "name": "text",
        "required": True,
        "shortest": 2,
        "longest": 5,
        "unit": "characters",
        "also": [],
    }


def test_a_price_that_hangs_on_numbers_is_carried_as_a_formula() -> None:
    """No value has a price of its own then; each offer has the base."""
    studio = rich_catalog()["models"][0]
    assert studio["price"]["each"] == "outputs"
    assert {(each["credits"], each["credits_vary"]) for each in values(studio, "tone").values()} == {(None, True)}
    assert [each["credits"] for each in studio["offers"]] == [2, 4, 3, None, 2.5, 1]
    assert [each["regular"] for each in studio["offers"]] == [None, None, None, None, None, 3]


def test_a_combination_holds_only_what_is_there() -> None:
    """An offer leaves out an option that does not exist with the rest."""
    studio = rich_catalog()["models"][0]
    assert studio["offers"][4]["select"] == {"tone": "light", "mode": "new"}
    assert studio["offers"][0]["select"] == {"tone": "dark", "quality": "low", "mode": "new"}


@pytest.mark.parametrize(("grants", "closed"), [((), ["team", "beta"]), (("staff",), ["beta"]), (("team", "beta"), None)])
def test_gates_before_conditions_are_shown_while_they_are_closed(grants: tuple[str, ...], closed: list[str] | None) -> None:
    """A gate that is about numbers stands with its condition, and not at all where it is open."""
    rules = rich_catalog(grants=grants)["models"][0]["gates"]
    assert [[lock["name"] for lock in each["gates"]] for each in rules] == ([] if closed is None else [closed])


@pytest.mark.parametrize(
    ("at", "models", "badges", "until"),
    [
        ("2026-01-01", ["studio", "sketch"], 1, SUMMER),
        ("2026-05-31T23:59:59Z", ["studio", "sketch"], 1, SUMMER),
        (SUMMER, ["studio", "sketch"], 1, WINTER),
        ("2026-11-30T23:59:59Z", ["studio", "sketch"], 1, WINTER),
        (WINTER, ["sketch"], 0, None),
    ],
)
def test_a_catalog_is_of_a_moment(at: str, models: list[str], badges: int, until: str | None) -> None:
    """It shows what is sold then, and says when it changes by itself."""
    found = rich_catalog(at)
    assert [each["id"] for each in found["models"]] == models
    assert sum(len(each["badges"]) for each in found["models"]) == badges
    assert found["until"] == until


def test_a_digest_is_of_a_moment() -> None:
    """It stays while nothing changes, and is another one afterwards."""
    assert rich_catalog("2026-01-01")["digest"] == rich_catalog("2026-05-31")["digest"] != rich_catalog(SUMMER)["digest"]


def test_a_badge_comes_and_goes() -> None:
    """A badge is shown from its first moment until its last, and its moments are moments of the catalog."""
    model = replace(rich().models["sketch"], badges=(Badge("Soon", None, SUMMER, WINTER),))
    rules = Rules(replace(rich(), models={"sketch": model}))
    shown = {at: rules.catalog(at=at) for at in ("2026-05-31T23:59:59Z", SUMMER, WINTER)}
    assert [len(each["models"][0]["badges"]) for each in shown.values()] == [0, 1, 0]
    assert [each["until"] for each in shown.values()] == [SUMMER, WINTER, None]


def test_a_badge_of_a_value_comes_and_goes() -> None:
    """Its moments are moments of the catalog too, which is another one on each side of them."""
    model = rich().models["sketch"]
    option = next(each for each in model.options.values() if each.values)
    value = replace(next(iter(option.values.values())), badges=(Badge("Soon", None, SUMMER, WINTER),))
    options = {**model.options, option.name: replace(option, values={**option.values, value.name: value})}
    rules = Rules(replace(rich(), models={"sketch": replace(model, options=options)}))
    for at, badges, until in (("2026-05-31T23:59:59Z", 0, SUMMER), (SUMMER, 1, WINTER), (WINTER, 0, None)):
        shown = rules.catalog(at=at)
        row = next(each for each in shown["models"][0]["options"] if each["name"] == option.name)
        assert (len(row["values"][0]["badges"]), shown["until"]) == (badges, until)


TEAM, BETA = Lock("team", "Team", None, None), Lock("beta", "Beta", None, None)


@pytest.mark.parametrize(
    ("ways", "prices", "is_open", "expected"),
    [
        ((), set(), False, ("allowed", None, False, (), None)),
        ((), set(), True, ("allowed", None, True, (), None)),
        (((), ()), {(5, None)}, False, ("allowed", 5, False, (), None)),
        (((), (TEAM,)), {(5, 9)}, False, ("allowed", 5, False, (), 9)),
        (((TEAM, BETA), (BETA,)), {(5, 9), (5, None)}, False, ("locked", 5, False, (BETA,), None)),
        (((TEAM,), (BETA,)), {(5, None), (6, None)}, False, ("locked", None, True, (), None)),
        (((TEAM,), (TEAM,)), {(None, None), (6, None)}, False, ("locked", None, True, (TEAM,), None)),
        (((TEAM,),), {(5, 9)}, True, ("locked", None, True, (TEAM,), None)),
    ],
)
def test_a_value_says_what_all_ways_to_have_it_share(
    ways: tuple[tuple[Lock, ...], ...], prices: set[Any], *, is_open: bool, expected: tuple[Any, ...]
) -> None:
    """A price where all are equal, the regular one where that is equal too, and the gates that are closed each time."""
    view = view_of(rich(), (), None, NOW)
    found = value_offer(view, Value("v", "V"), ways, prices, is_open=is_open)
    assert (found.status, found.credits, found.credits_vary, found.gates, found.regular) == expected


@pytest.mark.parametrize(
    ("at", "message"),
    [
        (None, "studio changes on 2026-06-01: pass the moment as `at`, such as 2026-06-01"),
        ("soon", "'soon' is not a moment; write 2026-12-01 or 2026-12-01T09:00:00Z"),
        (5, "`5` is not a moment; pass a datetime with a time zone, or a string such as 2026-12-01T09:00:00Z"),
    ],
)
def test_a_catalog_that_changes_needs_a_moment(at: Any, message: str) -> None:
    """Without one, or with one that cannot be read, a programmer is told."""
    with pytest.raises(ValueError, match=message) as error:
        rich_catalog(at)
    assert isinstance(error.value, ImgrulesError)


def test_a_catalog_that_does_not_change_needs_none(rules: Rules) -> None:
    """Rules without dates answer the same at any moment."""
    assert rules.catalog(at="2026-01-01") == rules.catalog()
    assert rules.catalog()["until"] is None
    with pytest.raises(ValueError, match="not a moment"):
        rules.catalog(at="soon")


@pytest.mark.parametrize("at", ["2026-01-01", NOW])
@pytest.mark.parametrize("grants", [(), ("team",), ("team", "beta")])
def test_every_offer_agrees_with_decide(at: str, grants: tuple[str, ...]) -> None:
    """An offer without its computed words is allowed, locked or priced exactly as it is shown."""
    rules, references = Rules(replace_formula(rich())), {"new": [], "edit": ["a"]}
    for offer in rules.catalog(grants, None, at)["models"][0]["offers"]:
        picked = {name: each for name, each in offer["select"].items() if name != "mode"}
        selection = {"model": "studio", "references": references[offer["select"]["mode"]], **picked}
        decision = rules.decide(selection, grants, None, at).as_dict()
        assert (decision["status"], decision["gates"]) == (offer["status"], offer["gates"])
        assert (decision["credits"], decision["regular"]) == (offer["credits"], offer["regular"])


def replace_formula(table: Table) -> Table:
    """Return a table whose combinations have their prices themselves."""
    studio = table.models["studio"]
    changes = tuple(replace(each, model=replace(each.model, price=None)) for each in studio.changes)
    return replace(table, models={**table.models, "studio": replace(studio, price=None, changes=changes)})
