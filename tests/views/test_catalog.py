"""The catalog holds what a user interface needs for one caller, and nothing that the caller must not see."""

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
from imgrules.table.codec import dumps, loads
from imgrules.table.options import Badge, Value
from imgrules.table.records import Cell, Table
from imgrules.table.terms import Price
from imgrules.views.catalog.catalog import offers, value_offer
from imgrules.views.catalog.view import view_of
from tests.engine.rich import NOW, OPTIONS, SUMMER, WINTER
from tests.engine.rich import table as rich
from tests.laws.reflection import reflected

SCHEMA = Path(__file__).parents[2] / "schemas" / "catalog.schema.json"
VALUE = {
    "status": "allowed",
    "credits_vary": False,
    "gates": [],
    "badges": [],
    "min": None,
    "max": None,
    "regular": None,
}
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
        for item in node:
            yield from texts(item)
    elif isinstance(node, str):
        yield node


def values(model: Any, option: str) -> dict[str, Any]:
    """Return the values of an option by name."""
    row = next(row for row in model["options"] if row["name"] == option)
    return {value["name"]: value for value in row["values"]}


def test_the_packaged_catalog_for_nobody(rules: Rules) -> None:
    """Models are in the author's order, with every value, its label, price and lock."""
    nano, gpt = rules.catalog()["models"]
    assert (nano["id"], nano["label"], nano["status"], nano["badges"]) == ("nano-banana-2", "Nano Banana 2", "allowed", [])
    assert (gpt["id"], gpt["label"], gpt["status"], gpt["type"]) == ("gpt-image-2", "GPT-Image-2", "allowed", "image")
    assert [option["label"] for option in gpt["options"]] == ["Ratio", "Quality"]
    assert list(values(gpt, "quality").values()) == [
        VALUE | {"name": "low", "label": "Basic", "credits": 5},
        VALUE | {"name": "medium", "label": "Standard", "credits": 8},
        VALUE | {"name": "high", "label": "Premium", "status": "locked", "credits": 20, "gates": [LOCK]},
    ]
    assert [(value["name"], value["credits"], value["gates"]) for value in values(nano, "quality").values()] == [
        ("1K", None, []),
        ("2K", None, []),
        ("4K", None, [LOCK]),
    ]
    assert {(value["credits"], value["credits_vary"]) for value in values(gpt, "ratio").values()} == {(None, True)}
    assert {(value["credits"], value["credits_vary"]) for value in values(nano, "ratio").values()} == {(None, False)}
    assert {option["default"] for model in (nano, gpt) for option in model["options"]} == {None}
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
    """All eighteen combinations are offered to every caller; six of them are locked without the grant."""
    shown = [offer for model in rules.catalog(grants)["models"] for offer in model["offers"]]
    assert len(shown) == 18
    assert sum(offer["status"] == "allowed" for offer in shown) == allowed
    assert all((offer["status"] == "locked") == bool(offer["gates"]) for offer in shown)


@pytest.mark.parametrize("grants", [(), ("member",)])
def test_the_catalog_agrees_with_decide(rules: Rules, grants: tuple[str, ...]) -> None:
    """The status, price and gates of each offer are those of the decision about the same selection."""
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
    for rule_set in (rules, Rules(pixel), Rules(Table(1, {}, {}, {}))):
        document = json.loads(json.dumps(rule_set.catalog(grants, language), allow_nan=False))
        schema.validate(document)


def test_nothing_hidden_is_shown(rules: Rules, pixel: Table) -> None:
    """No provider, no path of a request body, no provider's model name and no grant appears, whatever the grants are."""
    hidden = {"hidden_provider", "hidden_model", "staff", "tester", "opens_with", "provider", "send", "body", "path"}
    for grants in ((), ("staff",), ("staff", "tester")):
        assert hidden.isdisjoint(texts(Rules(pixel).catalog(grants)))
        assert not [text for text in texts(Rules(pixel).catalog(grants)) if text.startswith(("route", "out."))]
    shown = set(texts(rules.catalog()))
    paths = {name for model in rules.table.models.values() for send in model.body for name in send.path[:-1]}
    assert shown.isdisjoint({"gemini", "azure_openai", "aspect_ratio"} | paths)


def test_what_is_locked_is_there(pixel: Table) -> None:
    """Callers with and without grants see the same values, offers and prices; only the locks differ."""
    nobody, everybody = Rules(pixel).catalog(), Rules(pixel).catalog(["staff", "tester"])
    for mine, theirs in zip(nobody["models"], everybody["models"], strict=True):
        assert [offer["select"] for offer in mine["offers"]] == [offer["select"] for offer in theirs["offers"]]
        assert [offer["credits"] for offer in mine["offers"]] == [offer["credits"] for offer in theirs["offers"]]
        for option in ("size", "tone"):
            assert list(values(mine, option)) == list(values(theirs, option))
    assert "locked" not in texts(everybody)


def test_only_gates_that_are_always_closed_stand_at_a_value(pixel: Table) -> None:
    """A value shows the gates that are closed in every offer with it; the other gates are shown at the offers."""
    model = Rules(pixel).catalog()["models"][0]
    size, tone = values(model, "size"), values(model, "tone")
    assert [(value["status"], [gate["name"] for gate in value["gates"]]) for value in size.values()] == [
        ("allowed", []),
        ("locked", ["team"]),
    ]
    assert (tone["light"]["status"], [gate["name"] for gate in tone["light"]["gates"]]) == ("locked", ["beta"])
    offer = next(offer for offer in model["offers"] if offer["select"] == {"size": "large", "tone": "light"})
    assert [gate["name"] for gate in offer["gates"]] == ["team", "beta"]
    assert model["status"] == "allowed"


def test_prices_stand_where_they_are_certain(pixel: Table) -> None:
    """A value has a price if every offer with it has that price, and none if the prices differ."""
    model = Rules(pixel).catalog()["models"][0]
    assert [value["credits"] for value in values(model, "size").values()] == [0.5, 2]
    assert [value["credits"] for value in values(model, "tone").values()] == [None, None]
    assert next(option for option in model["options"] if option["name"] == "size")["default"] == "small"


def test_labels_speak_the_asked_language(pixel: Table) -> None:
    """Every text is in the requested language, or in the author's first language where no translation exists."""
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
    """Equal catalogs have equal digests, and different catalogs have different ones."""
    nobody = rules.catalog()["digest"]
    assert nobody == rules.catalog(["other"])["digest"] == load().catalog(set())["digest"]
    assert rules.catalog(["member"])["digest"] == rules.catalog(("member", "other"))["digest"] != nobody
    assert Rules(pixel).catalog(language="de")["digest"] != Rules(pixel).catalog(language="en")["digest"]
    assert nobody.startswith("sha256:")
    assert len(nobody) == len("sha256:") + 64


def test_a_value_that_is_not_sold_is_not_offered(pixel: Table) -> None:
    """A value without any combination is left out, and a model without any combination is impossible."""
    model = pixel.models["pixel"]
    cells = tuple(cell for cell in model.cells if cell.values[0] == "small")
    fewer = offers(replace(pixel, models={"pixel": replace(model, cells=cells)})).models[0]
    assert [value.name for value in fewer.options[0].values] == ["small"]
    none = offers(replace(pixel, models={"pixel": replace(model, cells=())})).models[0]
    assert (none.status.value, none.offers, [option.values for option in none.options]) == ("impossible", (), [(), ()])


def test_a_model_that_is_all_locked_is_locked(pixel: Table) -> None:
    """The status of a model is the best status among its offers."""
    model = pixel.models["pixel"]
    closed = replace(model, cells=(Cell(("large", "dark"), 2, ("team",)),))
    table = replace(pixel, models={"pixel": closed})
    assert offers(table).models[0].status.value == "locked"
    assert offers(table, {"staff"}).models[0].status.value == "allowed"


@pytest.mark.parametrize("grants", ["member", "", b"member"])
def test_one_text_is_no_set_of_grants(rules: Rules, grants: Any) -> None:
    """One string instead of a set raises TypeError, since it would be read letter by letter."""
    with pytest.raises(TypeError, match="a set of strings"):
        rules.catalog(grants)


@pytest.mark.parametrize("grants", [{"member": False}, 5, ["member", 5], [["member"]]], ids=repr)
def test_odd_grants_are_refused_as_in_decide(rules: Rules, grants: Any) -> None:
    """Grants that `decide` refuses raise TypeError in `catalog`."""
    with pytest.raises(TypeError, match="grants"):
        rules.catalog(grants)


def test_no_grants_at_all(rules: Rules) -> None:
    """None means no grants, as in `decide`."""
    nothing: Any = None
    assert rules.catalog(nothing) == rules.catalog()


def test_a_catalog_is_new_every_time(rules: Rules) -> None:
    """Each call returns a new catalog: changing one changes no other."""
    rules.catalog()["models"].clear()
    assert len(rules.catalog()["models"]) == 2


def test_the_method_and_the_records_say_the_same(rules: Rules) -> None:
    """`Rules.catalog` returns the records of `offers` as plain JSON values."""
    assert rules.catalog(["member"], "en") == reflected(offers(rules.table, ["member"], "en"))


def rich_catalog(at: str | None = NOW, grants: object = (), language: str | None = None) -> dict[str, Any]:
    """Return the catalog of a table that has every kind of option."""
    return Rules(rich()).catalog(grants, language, at)


@pytest.mark.parametrize("at", ["2026-01-01", NOW, WINTER])
@pytest.mark.parametrize("grants", [(), ("team", "beta")])
def test_the_shape_of_every_kind_of_option_is_the_published_one(at: str, grants: tuple[str, ...]) -> None:
    """Numbers, sizes, lists, computed options, limits and formulas fit the schema too, after a round-trip through JSON."""
    schema = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    schema.validate(json.loads(json.dumps(rich_catalog(at, grants), allow_nan=False)))


def test_every_kind_of_option_is_carried_as_it_is_said() -> None:
    """Each option carries its bounds, conditions, defaults and what it is computed from."""
    studio = rich_catalog(language="de")["models"][0]
    row = {option["name"]: option for option in studio["options"]}
    assert list(row) == [option.name for option in OPTIONS]
    assert row["tone"]["label"] == "Ton"
    assert row["outputs"]["number"] == {"min": 1, "max": 4, "step": 1}
    assert (row["outputs"]["default"], row["outputs"]["optional"]) == (1, False)
    assert row["guidance"]["number"] == {"min": 1.5, "max": 5, "step": 0.5}
    assert row["steps"]["defaults"] == {"by": ["tone"], "table": {"dark": 20, "light": 30, "ink": 20}}
    assert (row["steps"]["snap"], row["size"]["snap"]) == ("nearest", None)
    assert row["size"]["size"]["ratio"] == {"min": "1:3", "max": "3:1"}
    assert row["shape"]["ratio"] == {"min": "1:3", "max": "3:1"}
    assert row["caption"]["text"] == {"shortest": 1, "longest": 3, "unit": "words"}
    assert row["references"]["many"] == {"min": 0, "max": 4, "step": 1}
    assert row["images"]["follows"] == {"of": ["references", "outputs"], "measure": "total", "unit": 1}
    assert row["quality"]["when"][0]["any"] == ["dark"]
    assert row["quality"]["because"] == "nur Dunkles hat eine Güte"
    assert row["grain"]["ignored"][0]["because"] == "grain needs a high quality"
    assert [(value["name"], value["min"], value["max"]) for value in row["mode"]["values"]] == [
        ("new", None, 0),
        ("edit", 1, None),
    ]
    assert [limit["because"] for limit in studio["limits"]][-1] == "edits are dark"
    assert studio["fields"][0] == {
        "name": "text",
        "required": True,
        "shortest": 2,
        "longest": 5,
        "unit": "characters",
        "also": [],
    }


PICTURED = {
    "_shared": """
language: 1
types:
  image:
    provider: {send: provider}
    model: {send: model}
    fields: {prompt: {send: prompt, description: what to draw}, style: {send: style, description: how}}
    options: {ratio: {send: ratio, description: {en: the shape, de: die Form}, meta: {icon: frame}}}
""",
    "pictured": """
provider: p
model: pictured
description: {en: fine grain, de: feines Korn}
released: "2026-10"
meta: {family: demo}
fields: {style: {description: in a word}}
options:
  ratio: {values: ["1:1"]}
  quality: {send: q, description: how fine, values: {low: {description: {en: a sketch, de: eine Skizze}, meta: {icon: pencil}}, high: {}}}
examples: [{select: {ratio: "1:1", quality: low}, expect: {status: allowed}}]
""",
}


def test_what_a_picker_shows_is_passed_on() -> None:
    """Descriptions are in the language of the caller, and everything else that is only shown is passed on as it is."""
    built = build_texts(PICTURED)
    assert [diagnostic.message for diagnostic in built.report.errors] == []
    assert built.table is not None
    rules = Rules(built.table)
    model = rules.catalog(language="de")["models"][0]
    assert (model["label"], model["released"], model["meta"]) == ("pictured", "2026-10", {"family": "demo"})
    assert model["description"] == "feines Korn"
    assert [field["description"] for field in model["fields"]] == ["what to draw", "in a word"]
    ratio, quality = model["options"]
    assert (ratio["description"], ratio["meta"]) == ("die Form", {"icon": "frame"})
    assert (quality["description"], "meta" in quality) == ("how fine", False)
    assert [(value.get("description"), value.get("meta")) for value in quality["values"]] == [
        ("eine Skizze", {"icon": "pencil"}),
        (None, None),
    ]
    assert rules.catalog(language="en")["models"][0]["description"] == "fine grain"
    read = Rules(loads(dumps(built.table)))
    assert read.catalog(language="de")["models"][0] == model


def test_a_price_that_depends_on_numbers_is_carried_as_a_formula() -> None:
    """With a price formula no value has a price of its own, and each offer has the base price."""
    studio = rich_catalog()["models"][0]
    assert studio["price"]["each"] == ["outputs"]
    assert {(value["credits"], value["credits_vary"]) for value in values(studio, "tone").values()} == {(None, True)}
    assert [offer["credits"] for offer in studio["offers"]] == [2, 4, 3, None, 2.5, 1]
    assert [offer["regular"] for offer in studio["offers"]] == [None, None, None, None, None, 3]


def test_a_combination_holds_only_what_is_there() -> None:
    """An offer leaves out an option whose condition does not hold with the other values."""
    studio = rich_catalog()["models"][0]
    assert studio["offers"][4]["select"] == {"tone": "light", "mode": "new"}
    assert studio["offers"][0]["select"] == {"tone": "dark", "quality": "low", "mode": "new"}


@pytest.mark.parametrize(("grants", "closed"), [((), ["team", "beta"]), (("staff",), ["beta"]), (("team", "beta"), None)])
def test_gates_before_conditions_are_shown_while_they_are_closed(grants: tuple[str, ...], closed: list[str] | None) -> None:
    """A gate with a condition on numbers is listed with that condition, and left out where it is open."""
    rules = rich_catalog(grants=grants)["models"][0]["gates"]
    assert [[lock["name"] for lock in rule["gates"]] for rule in rules] == ([] if closed is None else [closed])


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
    """A catalog shows what is sold at its moment, and `until` says when that changes."""
    catalog = rich_catalog(at)
    assert [model["id"] for model in catalog["models"]] == models
    assert sum(len(model["badges"]) for model in catalog["models"]) == badges
    assert catalog["until"] == until


def test_a_digest_is_of_a_moment() -> None:
    """The digest stays the same until a date changes the catalog."""
    assert rich_catalog("2026-01-01")["digest"] == rich_catalog("2026-05-31")["digest"] != rich_catalog(SUMMER)["digest"]


def test_a_badge_comes_and_goes() -> None:
    """A badge is shown from its first moment until its last, and both count for `until` of the catalog."""
    model = replace(rich().models["sketch"], badges=(Badge("Soon", None, SUMMER, WINTER),))
    rules = Rules(replace(rich(), models={"sketch": model}))
    shown = {at: rules.catalog(at=at) for at in ("2026-05-31T23:59:59Z", SUMMER, WINTER)}
    assert [len(catalog["models"][0]["badges"]) for catalog in shown.values()] == [0, 1, 0]
    assert [catalog["until"] for catalog in shown.values()] == [SUMMER, WINTER, None]


def test_a_badge_of_a_value_comes_and_goes() -> None:
    """The first and last moment of a value's badge count for `until` too, and the catalog differs before and after them."""
    model = rich().models["sketch"]
    option = next(option for option in model.options.values() if option.values)
    value = replace(next(iter(option.values.values())), badges=(Badge("Soon", None, SUMMER, WINTER),))
    options = {**model.options, option.name: replace(option, values={**option.values, value.name: value})}
    rules = Rules(replace(rich(), models={"sketch": replace(model, options=options)}))
    for at, badges, until in (("2026-05-31T23:59:59Z", 0, SUMMER), (SUMMER, 1, WINTER), (WINTER, 0, None)):
        shown = rules.catalog(at=at)
        row = next(entry for entry in shown["models"][0]["options"] if entry["name"] == option.name)
        assert (len(row["values"][0]["badges"]), shown["until"]) == (badges, until)


TEAM, BETA = Lock("team", "Team", None, None), Lock("beta", "Beta", None, None)


@pytest.mark.parametrize(
    ("gate_sets", "prices", "is_open", "expected"),
    [
        ((), set(), False, ("allowed", None, False, (), None)),
        ((), set(), True, ("allowed", None, True, (), None)),
        (((), ()), {(5, None)}, False, ("allowed", 5, False, (), None)),
        (((), (TEAM,)), {(5, 9)}, False, ("allowed", 5, False, (), 9)),
        (((TEAM, BETA), (BETA,)), {(5, 9), (5, None)}, False, ("locked", 5, False, (BETA,), None)),
        (((TEAM,), (BETA,)), {(5, None), (6, None)}, False, ("locked", None, True, (), None)),
        (((TEAM,), (TEAM,)), {(None, None), (6, None)}, False, ("locked", None, True, (TEAM,), None)),
        (((TEAM,),), {(5, 9)}, True, ("locked", None, True, (TEAM,), None)),
        (((), ()), {(5, None, True), (5, None, False)}, False, ("allowed", None, True, (), None)),
    ],
)
def test_a_value_says_what_all_ways_to_have_it_share(
    gate_sets: tuple[tuple[Lock, ...], ...], prices: set[Any], *, is_open: bool, expected: tuple[Any, ...]
) -> None:
    """A value has the price and the regular price that all its offers share, and the gates that are closed in all of them."""
    view = view_of(rich(), (), None, NOW)
    offer = value_offer(view, Value("v", "V"), gate_sets, {Price(*price) for price in prices}, is_open=is_open)
    assert (offer.status, offer.credits, offer.credits_vary, offer.gates, offer.regular) == expected


@pytest.mark.parametrize(
    ("at", "message"),
    [
        (None, "studio changes on 2026-06-01: pass the moment as `at`, such as 2026-06-01"),
        ("soon", "'soon' is not a moment; write 2026-12-01 or 2026-12-01T09:00:00Z"),
        (5, "`5` is not a moment; pass a datetime with a time zone, or a string such as 2026-12-01T09:00:00Z"),
    ],
)
def test_a_catalog_that_changes_needs_a_moment(at: Any, message: str) -> None:
    """A missing or unreadable moment raises an ImgrulesError that is a ValueError."""
    with pytest.raises(ValueError, match=message) as error:
        rich_catalog(at)
    assert isinstance(error.value, ImgrulesError)


def test_a_catalog_that_does_not_change_needs_none(rules: Rules) -> None:
    """Rules without dates return the same catalog at any moment, and still refuse an unreadable one."""
    assert rules.catalog(at="2026-01-01") == rules.catalog()
    assert rules.catalog()["until"] is None
    with pytest.raises(ValueError, match="not a moment"):
        rules.catalog(at="soon")


@pytest.mark.parametrize("at", ["2026-01-01", NOW])
@pytest.mark.parametrize("grants", [(), ("team",), ("team", "beta")])
def test_every_offer_agrees_with_decide(at: str, grants: tuple[str, ...]) -> None:
    """A selection of an offer's values, without the computed ones, is decided with the offer's status, gates and prices."""
    rules, references = Rules(replace_formula(rich())), {"new": [], "edit": ["a"]}
    for offer in rules.catalog(grants, None, at)["models"][0]["offers"]:
        picked = {name: value for name, value in offer["select"].items() if name != "mode"}
        selection = {"model": "studio", "references": references[offer["select"]["mode"]], **picked}
        decision = rules.decide(selection, grants, None, at).as_dict()
        assert (decision["status"], decision["gates"]) == (offer["status"], offer["gates"])
        assert (decision["credits"], decision["regular"]) == (offer["credits"], offer["regular"])


def replace_formula(table: Table) -> Table:
    """Return a table without price formulas: each combination has a price of its own."""
    studio = table.models["studio"]
    changes = tuple(replace(change, model=replace(change.model, price=None)) for change in studio.changes)
    return replace(table, models={**table.models, "studio": replace(studio, price=None, changes=changes)})


def test_what_is_no_part_of_the_request_is_marked() -> None:
    """`sent` is false where the request contains nothing: by `send: false`, by `(none)`, or for a word without sides."""
    shared = "language: 1\ntypes:\n  image:\n    body: {type: image}\n    refused: {voice: no voice, mood: no mood}\n"
    model = """
name: M
type: image
refused: {seed: no seed}
options:
  plan: {send: false, values: {old: {credits: 1}, new: {credits: 2}}}
  tier: {send: tier, values: {standard: {send: false}, flex: {as: 2}}}
  shape: {send: false, values: [wide, tall, free]}
  detail: {send: false, values: [low, plain]}
  size: {send: false, values: {auto: {send: false}}, size: {}}
  mood: {send: mood, values: [calm]}
body:
  ratio: {by: [shape, detail], table: {wide: {low: "16:9", plain: (none)}, tall: {low: 1, plain: (none)}, free: (none)}}
  width: {of: size, as: width}
"""
    built = build_texts({"_shared": shared, "m": model})
    assert built.table is not None
    (offer,) = Rules(built.table).catalog()["models"]
    assert {option["name"]: option["sent"] for option in offer["options"] if "sent" in option} == {"plan": False}
    unsent = {(option["name"], value["name"]) for option in offer["options"] for value in option["values"] if "sent" in value}
    assert unsent == {
        ("plan", "old"),
        ("plan", "new"),
        ("tier", "standard"),
        ("shape", "free"),
        ("detail", "plain"),
        ("size", "auto"),
    }
    assert offer["refused"] == {"voice": "no voice", "seed": "no seed"}
