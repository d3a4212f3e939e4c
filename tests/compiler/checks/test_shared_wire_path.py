"""Options share a wire path only where no selection has both; random small models are compared with all their selections."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

import pytest

from imgrules import Rules, Status, Table
from imgrules.compiler.build import build_texts
from imgrules.engine.body import NOTHING, leaf, words
from imgrules.testing import written
from tests.engine.test_request_caps import work

SHARED: dict[str, Any] = {"language": 1, "types": {"t": {"provider": {"send": "p"}, "model": {"send": "m"}}}}
HEAD: dict[str, Any] = {"name": "Nano", "type": "t", "provider": "here", "model": "nano-1"}
NONE = "(none)"
SOME = {"not": NONE}
PRESET = {"send": "at", "values": ["square", "wide"], "optional": True}
SIZE = {"send": "at.size", "size": {}, "optional": True}
LIST = {"send": "at", "list": {"max": 2}, "optional": True}
TWO = {"preset": PRESET, "size": SIZE}
WHEN = {
    "mode": {"send": "mode", "values": ["one", "two", "three"]},
    "count": {"send": "at", "number": {}, "when": {"mode": "one"}},
}
THREE = {**TWO, "token": {"send": "token", "text": {}, "optional": True}}


def built(**model: Any) -> tuple[list[str], Table | None]:
    """Return the codes of the errors of a model, and the table."""
    made = build_texts(written({"_shared": SHARED, "nano": {**HEAD, **model}}))
    return [error.code.id for error in made.report.errors], made.table


@pytest.mark.parametrize(
    ("options", "limits"),
    [
        (TWO, [{"when": {"size": SOME}, "only": {"preset": NONE}}]),
        (TWO, [{"when": {"preset": SOME}, "only": {"size": NONE}}]),
        (TWO, [{"never": {"preset": SOME, "size": SOME}}]),
        (TWO, [{"never": {"preset": SOME, "size": SOME}}, {"never": {"preset": NONE, "size": NONE}}]),
        (TWO, [{"when": {"preset": SOME}, "ignores": "size"}]),
        (TWO, [{"when": {"preset": "square"}, "only": {"size": NONE}}, {"when": {"preset": "wide"}, "only": {"size": NONE}}]),
        (THREE, [{"when": {"size": SOME}, "needs": "token"}, {"when": {"preset": SOME}, "only": {"token": NONE}}]),
        (THREE, [{"when": {"token": SOME}, "only": {"size": NONE}}, {"when": {"token": NONE}, "only": {"preset": NONE}}]),
        ({"preset": PRESET, "refs": {**LIST, "list": {"min": 1}}}, [{"when": {"refs": {"min": 1}}, "only": {"preset": NONE}}]),
        ({**WHEN, "word": {"send": "at.x", "text": {}, "when": {"mode": "two"}}}, []),
        ({**WHEN, "refs": {**LIST, "when": {"mode": ["two", "three"]}}}, []),
    ],
)
def test_silent(options: dict[str, Any], limits: list[Any]) -> None:
    """Limits, conditions and both together keep options apart."""
    assert built(options=options, limits=limits)[0] == []


@pytest.mark.parametrize(
    ("options", "limits", "code"),
    [
        (TWO, [], "IR205"),
        (TWO, [{"when": {"preset": "square"}, "only": {"size": NONE}}], "IR285"),
        ({"preset": PRESET, "refs": LIST}, [{"when": {"refs": SOME}, "only": {"preset": NONE}}], "IR285"),
        (THREE, [{"when": {"size": SOME}, "needs": "token"}, {"when": {"preset": "wide"}, "only": {"token": NONE}}], "IR285"),
        ({**WHEN, "word": {"send": "at.x", "text": {}, "when": {"mode": {"not": "two"}}}}, [], "IR285"),
        ({**WHEN, "word": {"send": "at.x", "text": {}, "optional": True}}, [], "IR285"),
        (
            {**TWO, "token": {"send": "token", "text": {}}},
            [{"when": {"token": SOME}, "only": {"preset": NONE}}, {"when": {"size": SOME}, "ignores": "token"}],
            "IR285",
        ),
        (
            {**THREE, "word": {"send": "word", "text": {}, "optional": True}},
            [{"when": {"token": NONE}, "only": {"word": NONE}}, {"when": {"token": NONE}, "needs": "word"}],
            "IR285",
        ),
    ],
)
def test_fires(options: dict[str, Any], limits: list[Any], code: str) -> None:
    """Where some selection has both, the error says so."""
    assert set(built(options=options, limits=limits)[0]) == {code}


@pytest.mark.parametrize(
    ("fact", "one", "two", "codes"),
    [
        ({"values": ["free", "paid"]}, "free", "paid", []),
        ({"values": ["free", "paid"]}, "free", ["free", "paid"], ["IR285"]),
        ({"number": {"min": 0}, "optional": True}, NONE, SOME, []),
        ({"number": {"min": 0}}, {"max": 2}, {"min": 3}, []),
        ({"number": {"min": 0}}, {"max": 3}, {"min": 3}, ["IR285"]),
    ],
)
def test_at_every_fact(fact: dict[str, Any], one: Any, two: Any, codes: list[str]) -> None:
    """Facts keep options apart as other options do."""
    options = {
        "count": {"send": "at", "number": {}, "optional": True, "when": {"told": one}},
        "word": {"send": "at.x", "text": {}, "optional": True, "when": {"told": two}},
    }
    assert built(options=options, facts={"told": fact})[0] == codes


WORDS = {"square": "sq", "wide": "wd"}


@pytest.mark.parametrize(
    ("rule", "rows", "forms", "codes"),
    [
        ({"size": {}}, {**WORDS, "(other)": NONE}, ("width", "height"), []),
        ({"ratio": {}}, {**WORDS, "(other)": NONE}, ("width",), []),
        ({"size": {}, "optional": True}, {**WORDS, "(other)": NONE, NONE: "auto"}, ("width",), []),
        ({"size": {}}, {**WORDS, "640x480": "vga", "(other)": NONE}, ("width",), ["IR285"]),
        ({"size": {}}, {**WORDS, "(other)": "free"}, ("width",), ["IR285"]),
        ({"size": {}}, {"square": "sq", "wide": NONE, "(other)": NONE}, ("{value}",), ["IR285"]),
    ],
    ids=["size", "ratio", "absent", "a size too", "all others", "a word too"],
)
def test_words_of_one_option_beside_its_sides(rule: dict[str, Any], rows: dict[str, Any], forms: Any, codes: list[str]) -> None:
    """A word may be sent where a size has its width inside: no value has both."""
    size = {"send": False, "values": ["square", "wide"], **rule}
    sides = {f"at.{form.strip('{}')}": {"of": "size", "as": form} for form in forms}
    assert built(options={"size": size}, body={"at": {"by": "size", "table": rows}, **sides})[0] == codes


def test_the_body_of_a_type_too() -> None:
    """An entry of the body that is written for the type is shown where it stands."""
    shared = """language: 1
types:
  t:
    provider: {send: p}
    model: {send: m}
    body: {at.width: {of: size, as: width}}
"""
    options = "{preset: {send: at, values: [a, b], optional: true}, size: {send: false, size: {}, optional: true}}"
    limits = "[{when: {preset: a}, needs: size, because: so}]"
    made = build_texts(
        {"_shared": shared, "nano": f"name: Nano\ntype: t\nprovider: x\nmodel: y\noptions: {options}\nlimits: {limits}\n"}
    )
    assert [(error.code.id, error.spot.file, error.spot.start.line) for error in made.report.errors] == [
        ("IR285", "nano.yaml", 5)
    ]


VALUES: dict[str, list[Any]] = {"m": ["x", "y"], "k": ["u", "v"], "n": [1, 2, 3], "l": [[], ["q"]], "s": ["ab"], "z": ["16x16"]}


def some_model(draw: random.Random) -> dict[str, Any]:
    """Return a small model with options that may share a path, conditions and limits."""
    known: dict[str, dict[str, Any]] = {
        "k": {"values": VALUES["k"], "send": draw.choice(["k", "at", "at.k"])},
        "l": {"list": draw.choice([{"max": 1}, {"min": 1, "max": 1}]), "send": "at"},
        "m": {"values": VALUES["m"], "send": "m"},
        "n": {"number": {"min": 1, "max": 3}, "send": draw.choice(["at", "at", "at.n"])},
        "s": {"text": {"min": 2, "max": 2}, "send": draw.choice(["s", "at", "at.s"])},
        "z": {"size": {"edge": {"max": 16}}, "send": draw.choice(["z", "at", False])},
    }
    names = draw.sample(sorted(known), draw.randint(2, 4))
    options = {name: known[name] for name in names}
    for name in names:
        if draw.random() < 0.7:
            options[name]["optional"] = True
        others = [other for other in names if other < name]
        if others and draw.random() < 0.3:
            options[name]["when"] = some_condition(draw, others)
    limits = [some_limit(draw, names) for _ in range(draw.randint(0, 3))]
    return {"options": options, "limits": limits, "body": {"at.width": {"of": "z", "as": "width"}} if "z" in names else {}}


def some_limit(draw: random.Random, names: list[str]) -> dict[str, Any]:
    """Return a limit about some of these options."""
    clause = draw.choice(["only", "only", "never", "needs", "ignores"])
    when = {"when": some_condition(draw, names)} if clause == "ignores" or draw.random() < 0.7 else {}
    return {**when, clause: some_condition(draw, names) if clause in {"only", "never"} else draw.choice(names), "because": "so"}


def some_condition(draw: random.Random, names: list[str]) -> dict[str, Any]:
    """Return a condition on one or two options, most often about their presence."""
    tests: dict[str, list[Any]] = {
        "n": [{"min": 2}, 2],
        "l": [{"min": 1}, {"max": 0}],
        "k": ["u", [NONE, "v"]],
        "m": ["x", {"not": "y"}],
    }
    chosen = draw.sample(names, min(len(names), draw.choice([1, 1, 2])))
    return {name: draw.choice([NONE, SOME, SOME, *tests.get(name, [])]) for name in chosen}


def selections(names: list[str]) -> Iterator[dict[str, Any]]:
    """Yield every selection of the options with these names."""
    for values in product(*([None, *VALUES[name]] for name in names)):
        yield {"model": "nano", **{name: value for name, value in zip(names, values, strict=True) if value is not None}}


def doubled(table: Table, names: list[str]) -> dict[str, Any] | None:
    """Return a possible selection that sends two leaves at one path, or one inside the other; None if there is none."""
    rules, model = Rules(table), table.models["nano"]
    for selection in selections(names):
        decision = rules.decide(selection)
        if decision.status is not Status.IMPOSSIBLE:
            values = words(model, decision.select)
            paths = sorted((send.path for send in model.body if leaf(send, values) is not NOTHING), key=len)
            if any(other[: len(one)] == one for one, other in combinations(paths, 2)):
                return selection
    return None


def test_what_is_proven_holds_for_every_selection() -> None:
    """No random model that passes has a selection with two leaves at one path; many have options that share one."""
    proven = 0
    for seed in range(1_200):
        model = some_model(random.Random(seed))  # noqa: S311  no secret is made
        codes, table = built(**model)
        if codes or table is None:
            continue
        assert doubled(table, list(model["options"])) is None, (seed, model)
        paths = [str(option["send"]).partition(".")[0] for option in model["options"].values()]
        proven += paths.count("at") > 1
    assert proven > 10


@pytest.mark.parametrize("value", [{"text": {}}, {"values": ["x", "y"]}])
def test_many_options_at_one_path(value: dict[str, Any]) -> None:
    """Seventy options, each for a mode of its own, are proven apart; of two for the same mode, exactly these are reported."""
    modes = [f"mode_{at}" for at in range(70)]
    options = {f"o_{mode}": {"send": "at", "optional": True, "when": {"mode": mode}, **value} for mode in modes}
    options["mode"] = {"send": "mode", "values": modes}
    made = built(options=options)
    assert made[0] == []
    assert built(options={**options, "o_mode_69": {**options["o_mode_69"], "when": {"mode": "mode_68"}}})[0] == ["IR285"]


def test_limits_keep_many_options_apart() -> None:
    """Of thirty options at one path, of which each rules out all others, no pair has to be examined."""
    names = [f"o{at}" for at in range(30)]
    options = {name: {"send": "at", "text": {}, "optional": True} for name in names}
    limits = [{"when": {name: SOME}, "only": {other: NONE for other in names if other != name}} for name in names]
    assert built(options=options, limits=limits)[0] == []


def test_what_is_beyond_the_cap_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pair that cannot be examined any more is not taken as proven."""
    free: dict[str, Any] = {name: {"send": name, "text": {}, "optional": True} for name in ("a", "b", "c", "d")}
    limits = [
        {"never": {"preset": SOME, "a": NONE, "b": NONE}},
        {"never": {"size": SOME, "c": NONE, "d": NONE}},
        *({"never": {one: SOME, other: SOME}} for one in ("a", "b") for other in ("c", "d")),
    ]
    assert built(options={**TWO, **free}, limits=limits)[0] == []
    monkeypatch.setattr("imgrules.compiler.checks.shared_wire_path._MOST_PROOFS", 0)
    assert built(options={**TWO, **free}, limits=limits)[0] == ["IR285"]


def test_a_proof_has_a_bounded_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty options at one path, with as many limits, are proven or refused within a maximum of work."""
    monkeypatch.setattr("imgrules.compiler.checks.shared_wire_path._MOST_PROOFS", 50)
    names = [f"option_{at}" for at in range(50)]
    options = {name: {"send": "at", "text": {}, "optional": True} for name in names}
    limits = [{"when": {name: SOME}, "only": {names[at - 1]: NONE}} for at, name in enumerate(names)]
    assert work(lambda: built(options=options, limits=limits)) < 3_000_000
