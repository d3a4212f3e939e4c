"""Cached decisions and plans are shared and immutable, and hold nothing that a caller sent."""

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
from imgrules.engine.plan.codegen import FUNCTIONS, filler_of
from imgrules.engine.plan.plan import Plan
from imgrules.table.options import Option, Value
from imgrules.table.records import Cell, Field, Gate, Model, Send, Table, Type
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


def rules_of_texts(**overrides: Any) -> Rules:
    """Return rules of one model with a required text, an optional text, and an option with a default."""
    options = {
        "tone": Option("tone", "Tone", {value: Value(value, value) for value in ("dark", "light")}, default="dark"),
        "size": Option("size", "Size", {value: Value(value, value) for value in ("small", "large")}),
    }
    fields = {"text": Field("text", required=True, text=Text(1)), "note": Field("note", text=overrides.get("note", Text()))}
    cells = [(tone, size) for tone in options["tone"].values for size in options["size"].values]
    body = overrides.get("body", (Send(("text",), "text"), Send(("out", "tone"), "tone"), Send(("note",), "note")))
    model = Model("m", "M", "t", options, body, tuple(Cell(combination) for combination in cells))
    return Rules(Table(1, {}, {"t": Type("t", fields, {})}, {"m": model}))


def test_the_same_choice_is_the_same_decision(rules: Rules) -> None:
    """Requests that differ only in texts, in grants that no gate needs, or in the moment share one decision."""
    first = rules.decide(SOUND)
    assert rules.decide(SOUND | {"prompt": "Another"}) is first
    assert rules.decide(dict(reversed(SOUND.items())), {"member"}) is first
    assert rules.decide(SOUND, at=datetime(2026, 11, 22, tzinfo=UTC)) is first
    assert rules.decide(GATED) is rules.decide(GATED)
    assert rules.decide(GATED, at="2026-11-22") is rules.decide(GATED)
    assert rules.decide(GATED, ["member"]) is rules.decide(GATED, {"member"})


def test_what_is_shared_cannot_be_changed(rules: Rules) -> None:
    """A decision and its `select` cannot be changed."""
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
@pytest.mark.parametrize("travel", [copy.copy, copy.deepcopy, lambda record: pickle.loads(pickle.dumps(record))])  # noqa: S301
def test_a_decision_travels(rules: Rules, selection: dict[str, Any], travel: Any) -> None:
    """A copied or pickled decision is equal, whether its violations were read before or not."""
    unseen = travel(rules.decide(selection))
    assert unseen.violation == rules.decide(selection).violation
    assert isinstance(unseen, Decision)
    assert unseen == rules.decide(selection)
    assert repr(unseen) == repr(rules.decide(selection))


def test_what_was_understood_is_a_dict_for_everybody_else(rules: Rules) -> None:
    """`select` can be written as JSON, a copy of it is a normal dict, and `asdict` works."""
    decision = rules.decide(SOUND)
    assert json.loads(json.dumps(decision.select)) == CHOICE
    copied: Any = copy.deepcopy(decision.select)
    copied["ratio"] = "9:9"
    assert (type(copied), decision.select) == (dict, CHOICE)
    assert asdict(decision)["select"] == CHOICE
    assert asdict(rules.decide(SOUND | {"ratio": "9:9"}))["violations"][0]["allowed"] == ("3:2", "2:3", "1:1")


def test_a_table_travels_without_what_was_made_of_it(rules: Rules) -> None:
    """A pickled table carries no plans; another process makes its own."""
    rules.emit(SOUND)
    table = pickle.loads(pickle.dumps(rules.table))  # noqa: S301
    assert table == rules.table
    assert (rules.table.ready != {}, table.ready) == (True, {})
    assert Rules(table).emit(SOUND) == rules.emit(SOUND)


def test_a_refusal_stays_as_it_was(rules: Rules) -> None:
    """Changing the selection or the grants later does not change a refusal that is evaluated lazily."""
    selection: dict[str, Any] = GATED | {"ratio": "9:9"}
    for grants in ({"member"}, ["member"]):
        own_copy = dict(selection)
        decision, expected = rules.decide(own_copy, grants), rules.decide(dict(selection), {"member"})
        own_copy.clear()
        grants.clear()
        assert decision == expected
        assert decision.violations[0].value == "9:9"


def test_odd_grants_stay_as_they_were(rules: Rules) -> None:
    """Grants that were invalid at the call are a violation, although they are valid when it is read."""
    invalid_grants: tuple[Any, ...] = (["member", 5], {"member", 5})
    for grants in invalid_grants:
        decision = rules.decide(SOUND | {"ratio": "9:9"}, grants)
        grants.remove(5)
        assert [violation.field for violation in decision.violations] == ["grants", "ratio"]


def test_a_lock_that_was_told_in_one_language_is_told_in_others(holed: Table) -> None:
    """A cached label of one language is not returned for another."""
    labels = [decide(holed, TALL, (), language).gates[0].label for language in (None, "de", None, "de-AT", "de")]
    assert labels == ["Teams only", "Nur für Teams", "Teams only", "Nur für Teams", "Nur für Teams"]


def test_the_first_violation_is_told_in_any_language(holed: Table) -> None:
    """`violation` equals the first of `violations`, in every language."""
    for language, reason in ((None, "pictures do not move"), ("de", "Bilder bewegen sich nicht")):
        first = decide(holed, TALL | {"speed": 1}, (), language).violation
        assert first == decide(holed, TALL | {"speed": 1}, (), language).violations[0]
        assert first is not None
        assert reason in first.message


@pytest.mark.parametrize("grants", [None, "member", 5, {1}, [None], pytest.param(object(), id="an object")], ids=str)
def test_grants_are_read_where_a_gate_asks_for_them(rules: Rules, grants: Any) -> None:
    """Invalid grants open no gate, and are not read if no gate is closed."""
    assert rules.decide(SOUND, grants).status is Status.ALLOWED
    gated = rules.decide(GATED, grants)
    assert gated.status is (Status.LOCKED if grants is None else Status.IMPOSSIBLE)
    with pytest.raises(Refused) as refusal:
        rules.emit_json(GATED, grants)
    assert refusal.value.decision == gated


class Tongue(str):
    """A language of a str subclass that cannot be hashed."""

    __slots__ = ()

    def __hash__(self) -> int:
        raise RuntimeError


@pytest.mark.parametrize(
    "language", [[], {}, 5, object(), Tongue("it"), "x" * 10_000, "de", None], ids=lambda language: type(language).__name__
)
def test_a_lock_is_told_in_any_language(rules: Rules, language: Any) -> None:
    """An invalid language gives the author's first one, and long or invalid languages are not cached."""
    fresh = Rules(replace(rules.table))
    for _ in range(2):
        assert fresh.decide(GATED, (), language).gates[0].label == "Members only"
    [plan] = fresh.table.ready.values()
    cached = [key for outcome in plan.outcomes.values() for key in outcome._memory]
    assert len(cached) == (language in (None, "de"))


def test_grants_of_a_seldom_kind_open_gates_too(rules: Rules) -> None:
    """The keys of a dict are accepted as grants."""
    assert rules.emit(GATED, {"member": 1}.keys()) == rules.emit(GATED, ("member",))


@pytest.mark.parametrize("order", [*permutations(CHOICE)], ids=str)
def test_the_order_of_keys_means_nothing(rules: Rules, order: tuple[str, ...]) -> None:
    """Selections with the same items in any order share one decision."""
    assert rules.decide({name: CHOICE[name] for name in order}) is rules.decide(CHOICE)


def test_what_may_be_left_out_makes_another_way() -> None:
    """Selections with as many fields, but different ones, are distinguished."""
    rules = rules_of_texts()
    cases: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({"size": "small", "text": "a"}, {"text": "a", "out": {"tone": "dark"}}),
        ({"size": "small", "text": "a", "note": ""}, {"text": "a", "out": {"tone": "dark"}, "note": ""}),
        ({"size": "small", "text": "a", "tone": "light"}, {"text": "a", "out": {"tone": "light"}}),
        ({"size": "large", "text": "a", "tone": "light", "note": "b"}, {"text": "a", "out": {"tone": "light"}, "note": "b"}),
    ]
    for picked, body in cases * 3:
        assert rules.emit({"model": "m", **picked}) == body
    for picked in ({"size": "small", "note": "a"}, {"text": "a", "tone": "light"}, {"size": "small", "text": ""}):
        with pytest.raises(Refused):
            rules.emit({"model": "m", **picked})


@pytest.mark.parametrize("note", ["", "abcd", "a b", 5, None, "\ud800"], ids=ascii)
def test_texts_are_measured(note: Any) -> None:
    """A text with rules is measured before a selection is allowed."""
    rules = rules_of_texts(note=Text(2, 3, "bytes"))
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
    """A body of any shape is new at every depth, and `emit_json` is the JSON of the dict."""
    rules, selection = rules_of_texts(body=body), {"model": "m", "size": "small", "text": "x"}
    for _ in range(2):
        emitted = rules.emit(selection)
        assert emitted == expected
        assert list(emitted) == list(expected)
        assert rules.emit_json(selection) == json.dumps(emitted, separators=(",", ":")).encode()
        spoil(emitted)


def spoil(part: Any) -> None:
    """Clear every dict and list of a body."""
    for child in part.values() if isinstance(part, dict) else part:
        if isinstance(child, dict | list):
            spoil(child)
    part.clear()


def test_a_decision_is_sent_with_other_texts(rules: Rules) -> None:
    """A decision can be sent with other texts, copied or not, and missing or wrong texts are refused."""
    decision = rules.decide(GATED, {"member"})
    for allowed in (decision, copy.copy(decision), rules.decide({**CHOICE, "quality": "high"}, {"member"})):
        assert rules.body(allowed, GATED) == rules.emit(GATED, {"member"})
        assert rules.body(allowed, {"prompt": "Another", "language": "de"})["prompt"] == "Another"
        for lacking in (
            {"prompt": "x"},
            {},
            None,
            SOUND | {"prompt": ""},
            SOUND | {"prompt": "\ud800"},
            SOUND | {"language": 5},
        ):
            with pytest.raises(Refused):
                rules.body(allowed, lacking)
    for refused in (rules.decide(GATED), rules.decide({})):
        with pytest.raises(Refused) as refusal:
            rules.body(refused, GATED)
        assert refusal.value.decision is refused


def test_a_body_without_its_texts_says_which_is_missing() -> None:
    """The refusal of a body without its texts names the missing field."""
    rules = Rules(table_of_all())
    decision = rules.decide(RICH, {"team"}, at=NOW)
    with pytest.raises(Refused) as refusal:
        rules.body(decision, {})
    first = refusal.value.decision.violation
    assert first is not None
    assert (first, first.code) == (refusal.value.decision.violations[0], "missing_field")


def test_a_body_takes_a_text_that_was_not_decided_on() -> None:
    """A text that was not part of the decided selection is sent too."""
    rules, selection = rules_of_texts(), {"model": "m", "size": "small", "text": "a"}
    decision = rules.decide(selection)
    assert rules.body(decision, selection) == {"text": "a", "out": {"tone": "dark"}}
    assert rules.body(decision, selection | {"note": "b"}) == {"text": "a", "out": {"tone": "dark"}, "note": "b"}


@pytest.mark.parametrize("note", ["a", "abcd", "\ud800"], ids=ascii)
def test_a_body_measures_its_texts(note: str) -> None:
    """The texts of a body are measured, although the decided texts were valid."""
    rules, selection = rules_of_texts(note=Text(2, 3, "bytes")), {"model": "m", "size": "small", "text": "a", "note": "a b"}
    decision = rules.decide(selection)
    assert rules.body(decision, selection)["note"] == "a b"
    with pytest.raises(Refused):
        rules.body(decision, selection | {"note": note})


class Fickle(dict[str, Any]):
    """A dict that returns a wrong value from the second access on."""

    looks = 0

    def __getitem__(self, name: str) -> Any:
        """Return the value at the first access, and 5 later."""
        self.looks += 1
        return super().__getitem__(name) if self.looks == 1 else 5


def test_a_body_is_never_made_of_what_changes_its_mind() -> None:
    """A dict subclass is read once, and the values that were read are sent."""
    rules, selection = rules_of_texts(), {"model": "m", "size": "small", "text": "a"}
    assert rules.body(rules.decide(selection), Fickle(selection))["text"] == "a"


def test_a_body_is_refused_in_any_language(holed: Table) -> None:
    """The refusal of a body has its message in the given language."""
    rules = Rules(replace(holed, messages={"de": {"missing_text": "{field} fehlt"}}))
    decision = rules.decide(TALL | {"shape": "wide"})
    with pytest.raises(Refused) as refusal:
        rules.body(decision, {}, "de")
    assert refusal.value.decision.reasons == ("text fehlt",)


@pytest.mark.parametrize("at", [datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=1)))])
def test_a_moment_of_any_zone_is_a_moment(rules: Rules, at: datetime) -> None:
    """A datetime of any zone is a valid moment, and one without a zone is a violation, also for rules without dates."""
    assert rules.decide(SOUND, at=at).status is Status.ALLOWED
    assert rules.decide(SOUND, at=at.replace(tzinfo=None)).violations[0].field == "at"


def test_nothing_of_a_caller_is_kept(rules: Rules) -> None:
    """Many unknown names, values, texts and languages leave nothing in the caches."""
    table = replace(rules.table)
    flooded = Rules(table)
    for number in range(500):
        flooded.decide(SOUND | {"ratio": str(number)})
        flooded.decide({**CHOICE, f"f{number}": ""})
        flooded.decide({"model": f"m{number}"})
        flooded.decide(GATED | {"prompt": str(number)}, (), f"x-{number}")
    assert set(table.ready) == {"gpt-image-2"}
    [plan] = table.ready.values()
    assert len(plan.outcomes) == 1
    assert all(len(outcome._memory) <= 64 for outcome in plan.outcomes.values())
    assert is_refused(table, SOUND | {"ratio": "8:8"})


def test_more_ways_than_are_kept_are_answered_too() -> None:
    """Every subset of seven options with defaults is decided correctly, with one cached outcome per key."""
    names = [f"o{number}" for number in range(7)]
    options = {name: Option(name, name, {"a": Value("a", "a"), "b": Value("b", "b")}, default="a") for name in names}
    model = Model("m", "M", "t", options, (), (Cell(("a",) * 7), Cell(("b",) * 7)))
    rules = Rules(Table(1, {}, {"t": Type("t", {}, {})}, {"m": model}))
    for many in range(8):
        for picked in combinations(names, many):
            assert rules.decide({"model": "m", **dict.fromkeys(picked, "a")}).select == {
                "model": "m",
                **dict.fromkeys(names, "a"),
            }
            assert (rules.decide({"model": "m", **dict.fromkeys(picked, "b")}).status is Status.ALLOWED) is (
                many == 7 or not many
            )
    assert len(rules.table.ready["m"].outcomes) == 2**7 + 2**7 - 1


class Letters(str):
    """A subclass of str."""

    __slots__ = ()


@pytest.mark.parametrize("name", SOUND)
def test_a_value_of_another_class_is_no_text(rules: Rules, name: str) -> None:
    """A str subclass is no text, although an equal text has a cached outcome."""
    rules.emit(SOUND)
    selection = SOUND | {name: Letters(SOUND[name])}
    assert (rules.decide(SOUND).status, rules.decide(selection).status) == (Status.ALLOWED, Status.IMPOSSIBLE)
    assert [(violation.code, violation.field) for violation in rules.decide(selection).violations] == [("wrong_type", name)]


def test_a_measured_text_of_another_class_is_no_text() -> None:
    """A str subclass is no text for a field with a length rule."""
    decision = rules_of_texts(note=Text(2, 3, "bytes")).decide(
        {"model": "m", "size": "small", "text": "a", "note": Letters("a b")}
    )
    assert [(violation.code, violation.field) for violation in decision.violations] == [("wrong_type", "note")]


def test_a_key_of_another_class_is_not_kept(rules: Rules) -> None:
    """A key of a str subclass counts as its name, but only exact str names are cached."""
    fresh = Rules(replace(rules.table))
    assert fresh.emit({Letters(name): value for name, value in SOUND.items()}) == rules.emit(SOUND)
    [plan] = fresh.table.ready.values()
    assert {type(name) for outcome in plan.outcomes.values() for name in (*outcome.select, *outcome.texts)} == {str}


class Sour(str):
    """A str subclass that raises when it is compared."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        raise RuntimeError


def test_a_key_that_cannot_be_compared_is_evaluated_in_full(rules: Rules) -> None:
    """A key that raises when it is compared still counts as the name that it holds, after a full evaluation."""
    selection = {Sour(name) if name == "ratio" else name: value for name, value in SOUND.items()}
    assert rules.decide(selection) == rules.decide(SOUND)


@pytest.mark.parametrize("name", ["'", '"', "{}", "{0}", "\n", "\\", "class", "v0", "p0", "texts", '\'"""\\N{DASH}é🦊 '])
def test_a_name_of_any_letters_is_a_name(name: str) -> None:
    """Names with any characters are data in the generated code, never a part of it."""
    option = Option(name, "X", {name: Value(name, name)})
    fields = {f"{name}'": Field(f"{name}'", required=True, text=Text(1)), f"{name}2": Field(f"{name}2", text=Text(0, 3))}
    body = (Send((name, f"{name}'"), f"{name}'"), Send((name, name), name), Send((f"{name}2",), f"{name}2"))
    model = Model("m", "M", "t", {name: option}, body, (Cell((name,)),))
    rules = Rules(Table(1, {}, {"t": Type("t", fields, {})}, {"m": model}))
    emitted = rules.emit({"model": "m", name: name, f"{name}'": "x", f"{name}2": "abc"})
    assert emitted == {name: {f"{name}'": "x", name: name}, f"{name}2": "abc"}
    assert rules.decide({"model": "m", name: name, f"{name}2": "abcd"}).violations[0].field == f"{name}2"


def test_models_of_one_shape_share_a_function() -> None:
    """Generated functions depend on the shape of a body and not on its values, so models with one shape share them."""
    first, second = (rules_of_texts(body=(Send(("text",), "text"), Send(("n",), constant=constant))) for constant in (1, 2))
    fills = []
    for rules, number in ((first, 1), (second, 2)):
        picked = {"model": "m", "size": "small", "text": "x"}
        assert rules.emit(picked) == {"text": "x", "n": number}
        fills.append(next(iter(rules.table.ready["m"].outcomes.values())).template.fill)
    assert fills[0].__code__ is fills[1].__code__


def test_models_of_one_type_share_the_slots_of_its_texts() -> None:
    """Texts of the type are prepared once for all models; a model with texts of its own reads those."""
    kind = Type("t", {"prompt": Field("prompt", text=Text(0, 3))}, {})
    models = {name: Model(name, name, "t", {}, (), (Cell(()),)) for name in "ab"}
    models["c"] = replace(models["a"], id="c", fields={"prompt": Field("prompt", text=Text(0, 1))})
    rules = Rules(Table(1, {}, {"t": kind}, models))
    assert [rules.decide({"model": name, "prompt": "xy"}).status for name in models] == ["allowed", "allowed", "impossible"]
    first, second, own = (rules.table.ready[name].slots for name in models)
    assert first[0] is second[0]
    assert own[0] is not first[0]


def test_functions_are_bounded() -> None:
    """No more generated functions than the bound are cached, however many shapes there are."""
    for number in range(1100):
        filler_of({f"o{number}": 1}, {})
    assert 0 < len(FUNCTIONS) <= FUNCTIONS.most == 1024


class Odd:
    """An object with the hash of a model's name that raises when it is compared."""

    def __hash__(self) -> int:
        return hash("gpt-image-2")

    def __eq__(self, other: object) -> bool:
        raise RuntimeError


def test_a_name_that_cannot_be_looked_up_is_refused(rules: Rules) -> None:
    """A model name that raises when it is compared, or cannot be hashed, is refused."""
    names: list[Any] = [Odd(), [], {}, None, 5]
    for name in names:
        fresh = Rules(replace(rules.table))
        for _ in range(2):
            assert fresh.decide(SOUND | {"model": name}).status is Status.IMPOSSIBLE
            fresh.decide(SOUND)


def test_threads_share_a_table(rules: Rules) -> None:
    """Eight threads that start at the same time on a new table get the same decisions as one thread."""
    picks = [
        {"quality": quality, "ratio": ratio} for quality in ("low", "medium", "high", "x") for ratio in ("1:1", "3:2", "9:9")
    ]
    calls = [(SOUND | pick, grants) for pick in picks for grants in ((), ("member",))]
    expected = [rules.decide(*call).as_dict() for call in calls]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(20):
            fresh, start = Rules(loads(dumps(rules.table))), Barrier(8)

            def answer(fresh: Rules = fresh, start: Barrier = start) -> list[Any]:
                start.wait()
                return [fresh.decide(*call).as_dict() for call in calls]

            with ThreadPoolExecutor(8) as pool:
                results = [future.result() for future in [pool.submit(answer) for _ in range(8)]]
            assert all(result == expected for result in results)
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
    """An outcome is computed from the values that were read for its key, although the selection changes meanwhile."""
    fresh = Rules(replace(rules.table))
    key = Shifty("language")
    key.selection = {name: value for name, value in SOUND.items() if name != "language"}
    key.selection[key] = "en"
    fresh.decide(key.selection)
    assert key.selection["quality"] == "high"
    assert fresh.decide(SOUND) == rules.decide(SOUND)
    assert fresh.emit(SOUND) == rules.emit(SOUND)


def test_a_body_of_what_was_ignored_changes_no_other_answer() -> None:
    """A body of a decision with an ignored option changes no later decision about that selection."""

    def fresh() -> Rules:
        table = rules_of_texts().table
        model = table.models["m"]
        idle = Limit((Test("tone", any=("dark",)),))
        grain = Option("grain", "Grain", number=Numbers(0, 9), optional=True, ignored=(idle,))
        return Rules(replace(table, models={"m": replace(model, options={**model.options, "grain": grain})}))

    rules, selection = fresh(), {"model": "m", "size": "small", "tone": "dark", "grain": 3}
    decision = rules.decide(selection)
    assert [note.code for note in decision.notes] == ["ignored"]
    assert rules.body(decision, {"text": "abc"}) == fresh().emit(selection | {"text": "abc"})
    assert rules.decide(selection | {"text": "abc"}).notes == decision.notes


def test_a_lock_that_is_shared_has_no_notes_of_others() -> None:
    """Only a request with an alias gets its note, although the locked outcome is shared."""
    tone = Option("tone", "Tone", {"dark": Value("dark", "Dark")}, aliases=(Alias("black", "dark"),))
    model = Model("m", "M", "t", {"tone": tone}, (), (Cell(("dark",), 4, ("key",)),))
    rules = Rules(Table(1, {"key": Gate("key", ("key",), "Key")}, {"t": Type("t", {}, {})}, {"m": model}))
    dark, black = {"model": "m", "tone": "dark"}, {"model": "m", "tone": "black"}
    for selection in (dark, black, dark, black):
        assert [note.code for note in rules.decide(selection).notes] == ["alias"] * (selection is black)


def computed_of_each_other(count: int) -> Model:
    """Return a model of computed options, each the total of the two before it."""
    options = {name: Option(name, name, number=Numbers(1, 4), default=1) for name in ("a", "b")}
    for at in range(count):
        names = tuple([*options][-2:])
        options[f"o{at}"] = Option(f"o{at}", "O", follows=Follows(names, "total"))
    return Model("m", "M", "t", options, (), (Cell(()),))


def test_a_plan_of_sums_of_sums_is_made_in_linear_work() -> None:
    """Twice as many options, each computed from the two before it, take at most 2.2 times the calls."""
    table = Table(1, {}, {"t": Type("t", {}, {})}, {})
    few, many = (work(partial(Plan, table, computed_of_each_other(count))) for count in (12, 24))
    assert many <= 2.2 * few


def test_options_that_are_computed_from_each_other_raise_nothing() -> None:
    """Options in a dependency cycle, which only a table made by hand can have, are decided without an error."""
    options = {name: Option(name, name, follows=Follows((source,))) for name, source in (("x", "y"), ("y", "x"))}
    model = Model("m", "M", "t", options, (), (Cell(()),))
    rules = Rules(Table(1, {}, {"t": Type("t", {}, {})}, {"m": model}))
    assert rules.decide({"model": "m"}).as_dict() == closely(rules.table, {"model": "m"}).as_dict()
