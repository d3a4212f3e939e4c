"""The calendar lists each kind of coming change, for one caller, sorted by time, with as few conditions as possible."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imgrules import Rules, load
from imgrules.compiler.build import build_texts
from imgrules.views.calendar import Calendar, calendar
from imgrules.views.regions import boxes

SHARED = """
language: 1
order: [demo, other]
types:
  image:
    provider: {send: route.provider}
    model: {send: route.model}
    fields: {text: {send: text, aliases: {words: "2028-01-01"}}}
gates:
  member: {opens_with: [member], label: {en: Members only, de: Nur für Mitglieder}}
  trial: {opens_with: [tester], label: On trial, until: "2027-02-01"}
"""
HEAD = "type: image\nprovider: p\nmodel: {}\n"
QUIET = """
options: {tone: {send: c, values: [dark]}}
examples: [{select: {tone: dark}, expect: {status: allowed}}]
"""
ALWAYS = 'examples: [{select: {quality: low}, at: "2026-01-01", expect: {status: allowed}}]\n'


def table(demo: str, other: str = QUIET) -> Rules:
    """Return the rules of two models, and check that they have no errors."""
    texts = {
        "demo": f"name: {{en: Demo, de: Muster}}\n{HEAD.format('d')}{demo}",
        "other": f"name: Other\n{HEAD.format('o')}{other}",
    }
    built = build_texts({"_shared": SHARED, **texts})
    assert built.table is not None
    assert [error.message for error in built.report.errors] == []
    return Rules(built.table)


def events_as_dicts(dated: Calendar) -> list[dict[str, Any]]:
    """Return the events as dicts, without the model's label and without attributes that have their default value."""
    blank = {"when": {}, "offers": 0, "base": False, "condition": (), "use": (), "estimates": ()}
    return [
        {
            name: str(value) if name == "what" else value
            for name in event.__match_args__
            if name not in {"label", "option", "value"} or getattr(event, name)
            if (value := getattr(event, name)) not in (None, blank.get(name, "")) and name != "label"
        }
        for event in dated.events
    ]


def events(rules: Rules, *grants: str, at: str | None = None) -> list[dict[str, Any]]:
    """Return the events of the first model for a caller with these grants."""
    rows = events_as_dicts(calendar(rules.table, grants, None, at))
    return [
        {key: value for key, value in row.items() if key != "model"}
        for row in rows
        if row["model"] == "demo" and row.get("name") != "words"
    ]


PRICES = """
options:
  quality: {send: a, values: [low, high]}
  size: {send: b, values: [small, large]}
credits:
  - {credits: {by: [quality, size], table: {low: {small: 1, large: 1}, high: {small: 4, large: 6}}}, until: "2027-01-01"}
  - {credits: {by: [quality, size], table: {low: {small: 1, large: 2}, high: {small: 5, large: 5}}}, from: "2027-01-01"}
examples: [{select: {quality: low, size: small}, at: "2026-01-01", expect: {status: allowed}}]
"""


def test_prices_are_grouped() -> None:
    """Combinations whose price changes alike are one event, described with the fewest options."""
    assert events(table(PRICES)) == [
        {"at": "2027-01-01T00:00:00Z", "what": "price", **event}
        for event in (
            {"when": {"quality": ("low",), "size": ("large",)}, "offers": 1, "before": 1, "after": 2},
            {"when": {"quality": ("high",), "size": ("small",)}, "offers": 1, "before": 4, "after": 5},
            {"when": {"quality": ("high",), "size": ("large",)}, "offers": 1, "before": 6, "after": 5},
        )
    ]
    grouped = PRICES.replace(
        "low: {small: 1, large: 1}, high: {small: 4, large: 6}", "low: {small: 1, large: 1}, high: {small: 4, large: 4}"
    )
    grouped = grouped.replace("low: {small: 1, large: 2}", "low: {small: 1, large: 1}")
    assert [(event["when"], event["offers"]) for event in events(table(grouped))] == [({"quality": ("high",)}, 2)]


VALUES = """
aliases: {demo-preview: "2027-03-01"}
badges: [{text: Hot, from: "2026-12-24", until: "2027-01-06"}]
options:
  quality:
    send: a
    default: low
    values:
      low: {credits: 2, aliases: {lo: "2027-03-01"}}
      old: {credits: 3, until: "2026-12-01", use: new}
      new: {credits: 4, from: "2026-12-01", badges: [{text: New, until: "2027-01-01"}]}
      high: {credits: 8, gate: member, promotion: {credits: 5, from: "2026-11-01", until: "2027-01-01"}}
  size: {send: b, values: [small, large], default: small, aliases: {format: "2027-03-01"}}
"""


def test_values_badges_promotions_and_names() -> None:
    """Each kind of change is an event that names the replacement, sorted by time and then in the author's order."""
    assert events(table(VALUES + ALWAYS)) == [
        {
            "at": "2026-11-01T00:00:00Z",
            "what": "promotion_begins",
            "when": {"quality": ("high",)},
            "offers": 1,
            "before": 8,
            "after": 5,
            "regular": 8,
        },
        {"at": "2026-12-01T00:00:00Z", "what": "value_goes", "option": "quality", "value": "old", "use": ("new",)},
        {"at": "2026-12-01T00:00:00Z", "what": "value_comes", "option": "quality", "value": "new", "after": 4},
        {"at": "2026-12-24T00:00:00Z", "what": "badge_appears", "badge": _badge("Hot")},
        {
            "at": "2027-01-01T00:00:00Z",
            "what": "promotion_ends",
            "when": {"quality": ("high",)},
            "offers": 1,
            "before": 5,
            "after": 8,
        },
        {"at": "2027-01-01T00:00:00Z", "what": "badge_vanishes", "option": "quality", "value": "new", "badge": _badge("New")},
        {"at": "2027-01-06T00:00:00Z", "what": "badge_vanishes", "badge": _badge("Hot")},
        {"at": "2027-03-01T00:00:00Z", "what": "alias_ends", "name": "demo-preview", "use": ("demo",)},
        {"at": "2027-03-01T00:00:00Z", "what": "alias_ends", "option": "size", "name": "format", "use": ("size",)},
        {
            "at": "2027-03-01T00:00:00Z",
            "what": "alias_ends",
            "option": "quality",
            "value": "low",
            "name": "lo",
            "use": ("low",),
        },
    ]
    shared = [event for event in calendar(table(VALUES + ALWAYS).table).events if event.name == "words"]
    assert [(event.model, event.at[:10], event.option, event.use) for event in shared] == [
        ("demo", "2028-01-01", "text", ("text",)),
        ("other", "2028-01-01", "text", ("text",)),
    ]


def _badge(text: str) -> Any:
    from imgrules.views.catalog.catalog_records import BadgeOffer  # noqa: PLC0415  for this alone

    return BadgeOffer(text, None)


def test_only_what_comes_after_the_moment() -> None:
    """A change at exactly the given moment is past; only later changes are listed."""
    rules = table(VALUES + ALWAYS)
    assert {event["at"][:10] for event in events(rules, at="2026-12-24")} == {"2027-01-01", "2027-01-06", "2027-03-01"}
    assert calendar(rules.table, (), None, "2028-01-01").events == ()
    assert calendar(rules.table, (), None, "2026-12-24").at == "2026-12-24T00:00:00Z"


GATED = """
options:
  quality: {send: a, values: {low: {}, high: {gate: trial}}, default: low}
  outputs: {send: b, number: {min: 1, max: 4}, default: 1}
gates:
  - {when: {outputs: {min: 2}}, gate: member, until: "2027-03-01"}
  - {when: {quality: low}, gate: member, from: "2027-03-01"}
"""


def test_gates_for_those_who_stand_before_them() -> None:
    """A gate at a combination, or with a condition on numbers, has events only for callers without its grants."""
    rules = table(GATED + ALWAYS)
    assert [
        (event["at"][:10], event["what"], event.get("when"), event["gate"].name) for event in events(rules) if "gate" in event
    ] == [
        ("2027-02-01", "gate_opens", {"quality": ("high",)}, "trial"),
        ("2027-03-01", "gate_closes", {"quality": ("low",)}, "member"),
        ("2027-03-01", "gate_opens", None, "member"),
    ]
    assert [event["condition"][0].min for event in events(rules) if "condition" in event] == [2]
    assert [event["what"] for event in events(rules, "member", "tester") if "gate" in event] == []


def test_models_that_come_and_go() -> None:
    """Where a model comes or goes, no other event of that model is listed for that moment."""
    life = 'from: "2026-06-01"\nuntil: "2027-01-01"\nuse: other\n'
    example = 'examples: [{select: {tone: dark}, at: "2026-07-01", expect: {status: allowed}}]\n'
    body = 'badges: [{text: Hot, until: "2026-05-01"}]\noptions: {tone: {send: c, values: [dark]}}\n'
    assert events(table(life + body + example)) == [
        {"at": "2026-06-01T00:00:00Z", "what": "model_comes"},
        {"at": "2027-01-01T00:00:00Z", "what": "model_goes", "use": ("other",)},
    ]


FORMULA = """
options:
  quality: {send: a, values: [low, high]}
  outputs: {send: b, number: {min: 1, max: 4}, default: 1}
credits:
  - {credits: {base: {by: [quality], table: {low: 1, high: 4}}, each: outputs}, until: "2027-01-01"}
  - {credits: {base: {by: [quality], table: {low: 1, high: 5}}, each: outputs, plus: [{credits: 1}]}, from: "2027-01-01"}
"""


def test_a_price_by_a_formula() -> None:
    """A changed formula is one event, and each changed base price is another."""
    changes = events(table(FORMULA + ALWAYS))
    assert changes == [
        {"at": "2027-01-01T00:00:00Z", "what": "formula"},
        {
            "at": "2027-01-01T00:00:00Z",
            "what": "price",
            "when": {"quality": ("high",)},
            "offers": 1,
            "before": 4,
            "after": 5,
            "base": True,
        },
    ]


LOOSE = """
options:
  quality: {send: a, values: {low: {}, high: {until: "2027-01-01", gate: member}}, default: low}
  size: {send: b, values: {small: {credits: 1}, large: {credits: 2}}, default: small}
"""


def test_an_option_on_which_nothing_depends_any_more() -> None:
    """Where the last rule about an option ends, so that it is no longer part of the combinations, only the value goes."""
    changes = events(table(LOOSE + ALWAYS))
    assert changes == [{"at": "2027-01-01T00:00:00Z", "what": "value_goes", "option": "quality", "value": "high"}]


def test_time_before_models() -> None:
    """Events are sorted by time, and those of one moment by the order of the models, not by their names."""
    rules = table(PRICES, PRICES.replace("2027-01-01", "2026-12-01"))
    dated = calendar(rules.table)
    assert [(event.at[:10], event.model) for event in dated.events][:4] == [("2026-12-01", "other")] * 3 + [
        ("2027-01-01", "demo")
    ]
    simultaneous = calendar(table(PRICES, PRICES).table)
    assert [event.model for event in simultaneous.events if event.at < "2028"] == ["demo"] * 3 + ["other"] * 3


def test_rules_without_dates_have_no_calendar() -> None:
    """The packaged rules never change by themselves."""
    assert load().calendar() == {"at": None, "events": [], "currency": "credits"}


def test_the_face_answers_json() -> None:
    """`Rules.calendar` returns plain values for `json.dumps`, with labels in the given language, equal at each call."""
    rules = table(GATED + ALWAYS)
    document = rules.calendar((), "de", "2027-02-01")
    assert json.loads(json.dumps(document)) == document == rules.calendar((), "de", "2027-02-01")
    assert document["events"][0]["label"] == "Muster"
    assert document["events"][0]["gate"]["label"] == "Nur für Mitglieder"


def test_what_a_programmer_got_wrong_is_raised() -> None:
    """Grants that are one string raise TypeError, and an unreadable moment raises ValueError."""
    with pytest.raises(TypeError):
        calendar(load().table, "member")
    with pytest.raises(ValueError, match="not a moment"):
        calendar(load().table, (), None, "soon")


WHOLE = list(product("abc", "xy", ("1", None, "2")))


@given(st.sets(st.sampled_from(WHOLE), min_size=1), st.sets(st.sampled_from(WHOLE)))
def test_boxes_hold_exactly_what_they_are_asked_for(chosen: set[Any], besides: set[Any]) -> None:
    """Every chosen combination lies in exactly one box, and no other combination lies in any."""
    universe = [combination for combination in WHOLE if combination in chosen | besides]
    included = [combination for combination in universe if combination in chosen]
    covered = []
    for box in boxes("pqr", included, universe):
        inside = [
            combination
            for combination in universe
            if all(combination["pqr".index(name)] in side for name, side in box.when.items())
        ]
        assert len(inside) == box.offers
        covered += inside
    assert sorted(covered, key=WHOLE.index) == included
