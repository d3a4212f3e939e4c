"""What is made once is shared by all, changed by nobody, and made of nothing that a caller sent."""

from __future__ import annotations

import copy
import json
import pickle
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, asdict, replace
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from itertools import combinations, permutations
from threading import Barrier
from typing import Any

import pytest

from imgrules import Decision, Refused, Rules, Status, dumps, loads
from imgrules.engine.decide import decide
from imgrules.engine.plan.codegen import _defined, filler_of
from imgrules.engine.plan.plan import Plan
from imgrules.table.records import Cell, Field, Gate, Model, Option, Send, Table, Type, Value
from imgrules.table.terms import Alias, Follows, Limit, Numbers, Test, Text
from tests.engine.closely import closely, is_refused
from tests.engine.rich import NOW
from tests.engine.rich import SOUND as RICH
from tests.engine.rich import table as table_of_all
from tests.engine.test_request_caps import work

SOUND = {"model": "gpt-image-2", "ratio": "1:1", "quality": "low", "prompt": "A red fox", "language": "en"}
GATED = SOUND | {"quality": "high"}
TALL = {"model": "pixel", "size": "small", "shape": "tall"}
CHOICE = {"model": "gpt-image-2", "ratio": "1:1", "quality": "low"}


def form(**said: Any) -> Rules:
    """Return rules of one model with two texts, one of which may be left out, and a default."""
    options = {
        "tone": Option("tone", "Tone", {each: Value(each, each) for each in ("dark", "light")}, default="dark"),
        "size": Option("size", "Size", {each: Value(each, each) for each in ("small", "large")}),
    }
    fields = {"text": Field("text", required=True, text=Text(1)), "note": Field("note", text=said.get("note", Text()))}
    cells = [(tone, size) for tone in options["tone"].values for size in options["size"].values]
    body = said.get("body", (Send(("text",), "text"), Send(("out", "tone"), "tone"), Send(("note",), "note")))
    model = Model("m", "M", "t", options, body, tuple(Cell(each) for each in cells))
    return Rules(Table(1, {}, {"t": Type("t", fields, {})}, {"m": model}))


def test_the_same_choice_is_the_same_decision(rules: Rules) -> None:
    """Whatever the texts, the grants where no gate asks, and the moment: nothing is made anew."""
    first = rules.decide(SOUND)
    assert rules.decide(SOUND | {"prompt": "Another"}) is first
    assert rules.decide(dict(reversed(SOUND.items())), {"member"}) is first
    assert rules.decide(SOUND, at=datetime(2026, 11, 22, tzinfo=UTC)) is first
    assert rules.decide(GATED) is rules.decide(GATED)
    assert rules.decide(GATED, at="2026-11-22") is rules.decide(GATED)
    assert rules.decide(GATED, ["member"]) is rules.decide(GATED, {"member"})


def test_what_is_shared_cannot_be_changed(rules: Rules) -> None:
    """Neither the decision nor what it says of the selection takes a new value."""
    decision: Any = rules.decide(SOUND)
    with pytest.raises(FrozenInstanceError):
        decision.credits = 0
    calls: dict[str, tuple[Any, ...]] = {
        "__setitem__": ("ratio", "9:9"),
        "__delitem__": ("ratio",),
        "__ior__": ({},),
        "update": ({"ratio": "9:9"},),
        "setdefault": ("x", 1),
        "pop": ("ratio",),
        "popitem": (),
        "clear": (),
    }
    for method, words in calls.items():
        with pytest.raises(TypeError, match="change a copy"):
            getattr(decision.select, method)(*words)
    assert decision.select == CHOICE
    refused: Any = rules.decide(SOUND | {"ratio": "9:9"})
    with pytest.raises(FrozenInstanceError):
        refused.status = Status.ALLOWED
    with pytest.raises(AttributeError, match="Decision has no colour"):
        _ = refused.colour


@pytest.mark.parametrize("selection", [SOUND, GATED, SOUND | {"ratio": "9:9"}, SOUND | {"style": None}, {}], ids=str)
@pytest.mark.parametrize("travel", [copy.copy, copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))])  # noqa: S301
def test_a_decision_travels(rules: Rules, selection: dict[str, Any], travel: Any) -> None:
    """A decision that was copied or sent to another process is equal, looked at before or not."""
    unseen = travel(rules.decide(selection))
    assert unseen.violation == rules.decide(selection).violation
    assert isinstance(unseen, Decision)
    assert unseen == rules.decide(selection)
    assert repr(unseen) == repr(rules.decide(selection))


def test_what_was_understood_is_a_dict_for_everybody_else(rules: Rules) -> None:
    """It is written as JSON, copied into a dict that can be changed, and taken apart with the decision."""
    decision = rules.decide(SOUND)
    assert json.loads(json.dumps(decision.select)) == CHOICE
    copied: Any = copy.deepcopy(decision.select)
    copied["ratio"] = "9:9"
    assert (type(copied), decision.select) == (dict, CHOICE)
    assert asdict(decision)["select"] == CHOICE
    assert asdict(rules.decide(SOUND | {"ratio": "9:9"}))["violations"][0]["allowed"] == ("3:2", "2:3", "1:1")


def test_a_table_travels_without_what_was_made_of_it(rules: Rules) -> None:
    """Another process makes its own."""
    rules.emit(SOUND)
    table = pickle.loads(pickle.dumps(rules.table))  # noqa: S301
    assert table == rules.table
    assert (rules.table.ready != {}, table.ready) == (True, {})
    assert Rules(table).emit(SOUND) == rules.emit(SOUND)


def test_a_refusal_stays_as_it_was(rules: Rules) -> None:
    """What a caller does later to the selection or the grants is not seen by whoever looks then."""
    selection: dict[str, Any] = GATED | {"ratio": "9:9"}
    for held in ({"member"}, ["member"]):
        asked = dict(selection)
        decision, expected = rules.decide(asked, held), rules.decide(dict(selection), {"member"})
        asked.clear()
        held.clear()
        assert decision == expected
        assert decision.violations[0].value == "9:9"


def test_odd_grants_stay_as_they_were(rules: Rules) -> None:
    """What could not be read when it was asked is told, also where it could be by now."""
    odd: tuple[Any, ...] = (["member", 5], {"member", 5})
    for held in odd:
        decision = rules.decide(SOUND | {"ratio": "9:9"}, held)
        held.remove(5)
        assert [each.field for each in decision.violations] == ["grants", "ratio"]


def test_a_lock_that_was_told_in_one_language_is_told_in_others(holed: Table) -> None:
    """What is kept of one language is not given to another."""
    labels = [decide(holed, TALL, (), language).gates[0].label for language in (None, "de", None, "de-AT", "de")]
    assert labels == ["Teams only", "Nur für Teams", "Teams only", "Nur für Teams", "Nur für Teams"]


def test_the_first_violation_is_told_in_any_language(holed: Table) -> None:
    """Found without the others, it says what it says among them."""
    for language, said in ((None, "pictures do not move"), ("de", "Bilder bewegen sich nicht")):
        first = decide(holed, TALL | {"speed": 1}, (), language).violation
        assert first == decide(holed, TALL | {"speed": 1}, (), language).violations[0]
        assert first is not None
        assert said in first.message


@pytest.mark.parametrize("grants", [None, "member", 5, {1}, [None], pytest.param(object(), id="an object")], ids=str)
def test_grants_are_read_where_a_gate_asks_for_them(rules: Rules, grants: Any) -> None:
    """Odd grants open nothing; where nothing has to be opened, nobody asks for them."""
    assert rules.decide(SOUND, grants).status is Status.ALLOWED
    gated = rules.decide(GATED, grants)
    assert gated.status is (Status.LOCKED if grants is None else Status.IMPOSSIBLE)
    with pytest.raises(Refused) as refusal:
        rules.emit_json(GATED, grants)
    assert refusal.value.decision == gated


class Tongue(str):
    """A language of another class, which nobody can keep."""

    __slots__ = ()

    def __hash__(self) -> int:
        raise RuntimeError


@pytest.mark.parametrize(
    "language", [[], {}, 5, object(), Tongue("it"), "x" * 10_000, "de", None], ids=lambda each: type(each).__name__
)
def test_a_lock_is_told_in_any_language(rules: Rules, language: Any) -> None:
    """What is no language gets the author's first, and nothing long is kept."""
    fresh = Rules(replace(rules.table))
    for _ in range(2):
        assert fresh.decide(GATED, (), language).gates[0].label == "Members only"
    [plan] = fresh.table.ready.values()
    kept = [key for each in plan.outcomes.values() for key in each._memory]
    assert len(kept) == (language in (None, "de"))


def test_grants_of_a_seldom_kind_open_gates_too(rules: Rules) -> None:
    """The keys of a mapping are a set."""
    assert rules.emit(GATED, {"member": 1}.keys()) == rules.emit(GATED, ("member",))


@pytest.mark.parametrize("order", [*permutations(CHOICE)], ids=str)
def test_the_order_of_keys_means_nothing(rules: Rules, order: tuple[str, ...]) -> None:
    """A way is the names that are given, in any order."""
    assert rules.decide({each: CHOICE[each] for each in order}) is rules.decide(CHOICE)


def test_what_may_be_left_out_makes_another_way() -> None:
    """Ways of one length, with and without a default or a text, are told apart."""
    rules = form()
    ways: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({"size": "small", "text": "a"}, {"text": "a", "out": {"tone": "dark"}}),
        ({"size": "small", "text": "a", "note": ""}, {"text": "a", "out": {"tone": "dark"}, "note": ""}),
        ({"size": "small", "text": "a", "tone": "light"}, {"text": "a", "out": {"tone": "light"}}),
        ({"size": "large", "text": "a", "tone": "light", "note": "b"}, {"text": "a", "out": {"tone": "light"}, "note": "b"}),
    ]
    for picked, body in ways * 3:
        assert rules.emit({"model": "m", **picked}) == body
    for picked in ({"size": "small", "note": "a"}, {"text": "a", "tone": "light"}, {"size": "small", "text": ""}):
        with pytest.raises(Refused):
            rules.emit({"model": "m", **picked})


@pytest.mark.parametrize("note", ["", "abcd", "a b", 5, None, "\ud800"], ids=ascii)
def test_texts_are_measured(note: Any) -> None:
    """A text of which the rules say more is held against it before anything is answered."""
    rules = form(note=Text(2, 3, "bytes"))
    decision = rules.decide({"model": "m", "size": "small", "text": "a", "note": note})
    assert decision.status is (Status.ALLOWED if note == "a b" else Status.IMPOSSIBLE)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ((Send(("a", "b", "text"), "text"), Send(("a", "b", "n"), constant=1)), {"a": {"b": {"text": "x", "n": 1}}}),
        ((Send(("list", 1), "text"), Send(("list", 0), "size")), {"list": ["small", "x"]}),
        ((Send(("list", 0, "a"), "text"), Send(("list", 1, "b", "c"), "size")), {"list": [{"a": "x"}, {"b": {"c": "small"}}]}),
        ((Send(("a",), "text"), Send(("b",), "text"), Send(("c", "d"), "text")), {"a": "x", "b": "x", "c": {"d": "x"}}),
        ((Send(("a",), "text", form="<{value}>"),), {"a": "<x>"}),
        # Deeper than is written out: made leaf by leaf.
        (
            (Send((*"abcdefgh" * 5, "text"), "text"),),
            json.loads('{"' + '": {"'.join("abcdefgh" * 5) + '": {"text": "x"' + "}" * 41),
        ),
        (
            (Send(("tags",), constant=("a", 1)), Send(("deep", "tags"), constant=("b",))),
            {"tags": ["a", 1], "deep": {"tags": ["b"]}},
        ),
    ],
    ids=str,
)
def test_a_text_may_go_anywhere(body: Any, expected: dict[str, Any]) -> None:
    """Bodies of any shape are new all through, and their JSON is that of the dict."""
    rules, selection = form(body=body), {"model": "m", "size": "small", "text": "x"}
    for _ in range(2):
        made = rules.emit(selection)
        assert made == expected
        assert list(made) == list(expected)
        assert rules.emit_json(selection) == json.dumps(made, separators=(",", ":")).encode()
        spoil(made)


def spoil(part: Any) -> None:
    """Change whatever a body holds."""
    for each in part.values() if isinstance(part, dict) else part:
        if isinstance(each, dict | list):
            spoil(each)
    part.clear()


def test_a_decision_is_sent_with_other_texts(rules: Rules) -> None:
    """Who has decided once asks for bodies without deciding again: of the same length or not, copied or not."""
    decision = rules.decide(GATED, {"member"})
    for made in (decision, copy.copy(decision), rules.decide({**CHOICE, "quality": "high"}, {"member"})):
        assert rules.body(made, GATED) == rules.emit(GATED, {"member"})
        assert rules.body(made, {"prompt": "Another", "language": "de"})["prompt"] == "Another"
        for lacking in (
            {"prompt": "x"},
            {},
            None,
            SOUND | {"prompt": ""},
            SOUND | {"prompt": "\ud800"},
            SOUND | {"language": 5},
        ):
            with pytest.raises(Refused):
                rules.body(made, lacking)
    for refused in (rules.decide(GATED), rules.decide({})):
        with pytest.raises(Refused) as refusal:
            rules.body(refused, GATED)
        assert refusal.value.decision is refused


def test_a_body_without_its_texts_says_which_is_missing() -> None:
    """Also of a model that nobody has asked about yet."""
    rules = Rules(table_of_all())
    decision = rules.decide(RICH, {"team"}, at=NOW)
    with pytest.raises(Refused) as refusal:
        rules.body(decision, {})
    first = refusal.value.decision.violation
    assert first is not None
    assert (first, first.code) == (refusal.value.decision.violations[0], "missing_field")


def test_a_body_takes_a_text_that_was_not_decided_on() -> None:
    """A cached outcome is for the names that were there; more of them are sent too."""
    rules, asked = form(), {"model": "m", "size": "small", "text": "a"}
    decision = rules.decide(asked)
    assert rules.body(decision, asked) == {"text": "a", "out": {"tone": "dark"}}
    assert rules.body(decision, asked | {"note": "b"}) == {"text": "a", "out": {"tone": "dark"}, "note": "b"}


@pytest.mark.parametrize("note", ["a", "abcd", "\ud800"], ids=ascii)
def test_a_body_measures_its_texts(note: str) -> None:
    """Also where the decision was made of texts that fit."""
    rules, asked = form(note=Text(2, 3, "bytes")), {"model": "m", "size": "small", "text": "a", "note": "a b"}
    decision = rules.decide(asked)
    assert rules.body(decision, asked)["note"] == "a b"
    with pytest.raises(Refused):
        rules.body(decision, asked | {"note": note})


class Fickle(dict[str, Any]):
    """A mapping that answers nonsense from the second look on."""

    looks = 0

    def __getitem__(self, name: str) -> Any:
        """Return a text once."""
        self.looks += 1
        return super().__getitem__(name) if self.looks == 1 else 5


def test_a_body_is_never_made_of_what_changes_its_mind() -> None:
    """A mapping of another class is read once, and what was read is sent."""
    rules, asked = form(), {"model": "m", "size": "small", "text": "a"}
    assert rules.body(rules.decide(asked), Fickle(asked))["text"] == "a"


def test_a_body_is_refused_in_any_language(holed: Table) -> None:
    """The reason is told as the decision would tell it."""
    rules = Rules(replace(holed, messages={"de": {"missing_text": "{field} fehlt"}}))
    decision = rules.decide(TALL | {"shape": "wide"})
    with pytest.raises(Refused) as refusal:
        rules.body(decision, {}, "de")
    assert refusal.value.decision.reasons == ("text fehlt",)


@pytest.mark.parametrize("at", [datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=1)))])
def test_a_moment_of_any_zone_is_a_moment(rules: Rules, at: datetime) -> None:
    """A moment matters not for rules without dates, but has to be one."""
    assert rules.decide(SOUND, at=at).status is Status.ALLOWED
    assert rules.decide(SOUND, at=at.replace(tzinfo=None)).violations[0].field == "at"


def test_nothing_of_a_caller_is_kept(rules: Rules) -> None:
    """A flood of other names, values, texts and languages leaves no more behind than the rules have."""
    table = replace(rules.table)
    flooded = Rules(table)
    for each in range(500):
        flooded.decide(SOUND | {"ratio": str(each)})
        flooded.decide({**CHOICE, f"f{each}": ""})
        flooded.decide({"model": f"m{each}"})
        flooded.decide(GATED | {"prompt": str(each)}, (), f"x-{each}")
    assert set(table.ready) == {"gpt-image-2"}
    [plan] = table.ready.values()
    assert len(plan.outcomes) == 1
    assert all(len(each._memory) <= 64 for each in plan.outcomes.values())
    assert is_refused(table, SOUND | {"ratio": "8:8"})


def test_more_ways_than_are_kept_are_answered_too() -> None:
    """Of many options with defaults any may be left out: the ways that are not kept are made again."""
    names = [f"o{each}" for each in range(7)]
    options = {each: Option(each, each, {"a": Value("a", "a"), "b": Value("b", "b")}, default="a") for each in names}
    model = Model("m", "M", "t", options, (), (Cell(("a",) * 7), Cell(("b",) * 7)))
    rules = Rules(Table(1, {}, {"t": Type("t", {}, {})}, {"m": model}))
    for many in range(8):
        for given in combinations(names, many):
            assert rules.decide({"model": "m", **dict.fromkeys(given, "a")}).select == {
                "model": "m",
                **dict.fromkeys(names, "a"),
            }
            assert (rules.decide({"model": "m", **dict.fromkeys(given, "b")}).status is Status.ALLOWED) is (
                many == 7 or not many
            )
    assert len(rules.table.ready["m"].outcomes) == 2**7 + 2**7 - 1


class Letters(str):
    """A text of another class."""

    __slots__ = ()


@pytest.mark.parametrize("name", SOUND)
def test_a_value_of_another_class_is_no_text(rules: Rules, name: str) -> None:
    """Also where the outcome of what it equals is cached already."""
    rules.emit(SOUND)
    asked = SOUND | {name: Letters(SOUND[name])}
    assert (rules.decide(SOUND).status, rules.decide(asked).status) == (Status.ALLOWED, Status.IMPOSSIBLE)
    assert [(each.code, each.field) for each in rules.decide(asked).violations] == [("wrong_type", name)]


def test_a_measured_text_of_another_class_is_no_text() -> None:
    """What is measured has to be a text first."""
    decision = form(note=Text(2, 3, "bytes")).decide({"model": "m", "size": "small", "text": "a", "note": Letters("a b")})
    assert [(each.code, each.field) for each in decision.violations] == [("wrong_type", "note")]


def test_a_key_of_another_class_is_not_kept(rules: Rules) -> None:
    """It counts as the name that it holds; what is kept are the names of the rules."""
    fresh = Rules(replace(rules.table))
    assert fresh.emit({Letters(name): each for name, each in SOUND.items()}) == rules.emit(SOUND)
    [plan] = fresh.table.ready.values()
    assert {type(name) for each in plan.outcomes.values() for name in (*each.select, *each.texts)} == {str}


class Sour(str):
    """A text of another class that cannot be compared."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        raise RuntimeError


def test_a_key_that_cannot_be_compared_is_evaluated_in_full(rules: Rules) -> None:
    """What raises is not impossible yet: such a key still holds a name."""
    asked = {Sour(name) if name == "ratio" else name: each for name, each in SOUND.items()}
    assert rules.decide(asked) == rules.decide(SOUND)


@pytest.mark.parametrize("name", ["'", '"', "{}", "{0}", "\n", "\\", "class", "v0", "p0", "texts", '\'"""\\N{DASH}é🦊 '])
def test_a_name_of_any_letters_is_a_name(name: str) -> None:
    """What is written out for a shape takes names as they are, never as a part of the program."""
    option = Option(name, "X", {name: Value(name, name)})
    fields = {f"{name}'": Field(f"{name}'", required=True, text=Text(1)), f"{name}2": Field(f"{name}2", text=Text(0, 3))}
    body = (Send((name, f"{name}'"), f"{name}'"), Send((name, name), name), Send((f"{name}2",), f"{name}2"))
    model = Model("m", "M", "t", {name: option}, body, (Cell((name,)),))
    rules = Rules(Table(1, {}, {"t": Type("t", fields, {})}, {"m": model}))
    made = rules.emit({"model": "m", name: name, f"{name}'": "x", f"{name}2": "abc"})
    assert made == {name: {f"{name}'": "x", name: name}, f"{name}2": "abc"}
    assert rules.decide({"model": "m", name: name, f"{name}2": "abcd"}).violations[0].field == f"{name}2"


def test_models_of_one_shape_share_a_function() -> None:
    """What is written out is for a shape: values are no part of it, so that many models have few functions."""
    one, two = (form(body=(Send(("text",), "text"), Send(("n",), constant=each))) for each in (1, 2))
    fills = []
    for rules, number in ((one, 1), (two, 2)):
        picked = {"model": "m", "size": "small", "text": "x"}
        assert rules.emit(picked) == {"text": "x", "n": number}
        fills.append(next(iter(rules.table.ready["m"].outcomes.values())).template.fill)
    assert fills[0].__code__ is fills[1].__code__


def test_functions_are_bounded() -> None:
    """However many shapes rules have, no more than so many functions are kept."""
    for each in range(1100):
        filler_of({f"o{each}": 1}, {})
    assert 0 < _defined.cache_info().currsize <= 1024


class Odd:
    """Has the hash of a model, and raises when it is compared with one."""

    def __hash__(self) -> int:
        return hash("gpt-image-2")

    def __eq__(self, other: object) -> bool:
        raise RuntimeError


def test_a_name_that_cannot_be_looked_up_is_refused(rules: Rules) -> None:
    """A model that raises when it is compared, or has no hash, is no model."""
    names: list[Any] = [Odd(), [], {}, None, 5]
    for name in names:
        fresh = Rules(replace(rules.table))
        for _ in range(2):
            assert fresh.decide(SOUND | {"model": name}).status is Status.IMPOSSIBLE
            fresh.decide(SOUND)


def test_threads_share_a_table(rules: Rules) -> None:
    """Eight threads that begin at once, on a table that nobody has asked yet, answer as one thread does."""
    picks = [
        {"quality": quality, "ratio": ratio} for quality in ("low", "medium", "high", "x") for ratio in ("1:1", "3:2", "9:9")
    ]
    asked = [(SOUND | each, held) for each in picks for held in ((), ("member",))]
    expected = [rules.decide(*each).as_dict() for each in asked]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(20):
            fresh, start = Rules(loads(dumps(rules.table))), Barrier(8)

            def answer(fresh: Rules = fresh, start: Barrier = start) -> list[Any]:
                start.wait()
                return [fresh.decide(*each).as_dict() for each in asked]

            with ThreadPoolExecutor(8) as pool:
                found = [each.result() for each in [pool.submit(answer) for _ in range(8)]]
            assert all(each == expected for each in found)
    finally:
        sys.setswitchinterval(interval)


class Shifty(str):
    """A key that changes the selection when it is compared."""

    __slots__ = ("selection",)
    selection: dict[Any, Any]
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        self.selection["quality"] = "high"
        return str.__eq__(self, other)


def test_what_changes_while_it_is_read_is_not_kept_for_others(rules: Rules) -> None:
    """What comes of a key is made of the values of which the key was made."""
    fresh = Rules(replace(rules.table))
    key = Shifty("language")
    key.selection = {name: each for name, each in SOUND.items() if name != "language"}
    key.selection[key] = "en"
    fresh.decide(key.selection)
    assert key.selection["quality"] == "high"
    assert fresh.decide(SOUND) == rules.decide(SOUND)
    assert fresh.emit(SOUND) == rules.emit(SOUND)


def test_a_body_of_what_was_ignored_changes_no_other_answer() -> None:
    """What a body is made of is no longer what was picked, and is not taken for it."""

    def fresh() -> Rules:
        table = form().table
        model = table.models["m"]
        idle = Limit((Test("tone", any=("dark",)),))
        grain = Option("grain", "Grain", number=Numbers(0, 9), optional=True, ignored=(idle,))
        return Rules(replace(table, models={"m": replace(model, options={**model.options, "grain": grain})}))

    rules, asked = fresh(), {"model": "m", "size": "small", "tone": "dark", "grain": 3}
    decision = rules.decide(asked)
    assert [each.code for each in decision.notes] == ["ignored"]
    assert rules.body(decision, {"text": "abc"}) == fresh().emit(asked | {"text": "abc"})
    assert rules.decide(asked | {"text": "abc"}).notes == decision.notes


def test_a_lock_that_is_shared_has_no_notes_of_others() -> None:
    """Who asks by another name learns so, and nobody else does."""
    tone = Option("tone", "Tone", {"dark": Value("dark", "Dark")}, aliases=(Alias("black", "dark"),))
    model = Model("m", "M", "t", {"tone": tone}, (), (Cell(("dark",), 4, ("key",)),))
    rules = Rules(Table(1, {"key": Gate("key", ("key",), "Key")}, {"t": Type("t", {}, {})}, {"m": model}))
    dark, black = {"model": "m", "tone": "dark"}, {"model": "m", "tone": "black"}
    for asked in (dark, black, dark, black):
        assert [each.code for each in rules.decide(asked).notes] == ["alias"] * (asked is black)


def computed_of_each_other(count: int) -> Model:
    """Return a model of computed options, each the total of the two before it."""
    options = {each: Option(each, each, number=Numbers(1, 4), default=1) for each in ("a", "b")}
    for at in range(count):
        names = tuple([*options][-2:])
        options[f"o{at}"] = Option(f"o{at}", "O", follows=Follows(total=names))
    return Model("m", "M", "t", options, (), (Cell(()),))


def test_a_plan_of_sums_of_sums_is_made_in_linear_work() -> None:
    """Twice the options, each computed from the two before it, take at most 2.2 times the calls."""
    table = Table(1, {}, {"t": Type("t", {}, {})}, {})
    few, many = (work(partial(Plan, table, computed_of_each_other(each))) for each in (12, 24))
    assert many <= 2.2 * few


def test_options_that_are_computed_from_each_other_raise_nothing() -> None:
    """`check` refuses such a rule file; a table that was made by hand is answered all the same."""
    options = {name: Option(name, name, follows=Follows(of=other)) for name, other in (("x", "y"), ("y", "x"))}
    model = Model("m", "M", "t", options, (), (Cell(()),))
    rules = Rules(Table(1, {}, {"t": Type("t", {}, {})}, {"m": model}))
    assert rules.decide({"model": "m"}).as_dict() == closely(rules.table, {"model": "m"}).as_dict()
