"""`decide` returns a decision for every selection, and allows only what the rules accept."""

from __future__ import annotations

import json
from collections import OrderedDict, UserDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Never

import jsonschema
import pytest

from imgrules import Decision, Lock, Refused, Rules, Status, Table, Violation, ViolationCode
from imgrules.engine.decide import decide
from imgrules.table.records import Model
from tests.engine.rich import NOW
from tests.engine.rich import SOUND as RICH
from tests.engine.rich import table as table_of_all

SOUND = {"model": "gpt-image-2", "ratio": "1:1", "quality": "low", "prompt": "A red fox", "language": "en"}
GATED = SOUND | {"quality": "high"}
CHOICE = {"model": "gpt-image-2", "ratio": "1:1", "quality": "low"}
MEMBER = Lock("member", "Members only", "member", "upgrade")
SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "decision.schema.json").read_text(encoding="utf-8"))
FITS = jsonschema.Draft202012Validator(SCHEMA)


class Text(str):
    """A subclass of str, which does not count as text."""

    __slots__ = ()


class Plain(Mapping[str, Any]):
    """A mapping that is not a dict."""

    def __iter__(self) -> Iterator[str]:
        """Return the names."""
        return iter(SOUND)

    def __getitem__(self, name: str) -> Any:
        """Return a value."""
        return SOUND[name]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(SOUND)


def _boom(*_: object) -> Never:
    raise RuntimeError("hostile")


def hostile(*methods: str, base: type = object) -> Any:
    """Return an object of which some methods raise."""
    return type("Hostile", (base,), {method: property(_boom) if method == "__class__" else _boom for method in methods})()


VALUES: dict[str, Callable[[], Any]] = {
    "none": lambda: None,
    "true": lambda: True,
    "zero": lambda: 0,
    "large number": lambda: 10**400,
    "float": lambda: 1.5,
    "nan": lambda: float("nan"),
    "infinite": lambda: float("-inf"),
    "decimal": lambda: Decimal("NaN"),
    "bytes": lambda: b"1:1",
    "list": lambda: ["1:1"],
    "empty list": list,
    "dict": lambda: {"1:1": "1:1"},
    "set": lambda: {"1:1"},
    "class": lambda: str,
    "function": lambda: hostile,
    "text of another class": lambda: Text("1:1"),
    "hostile eq": lambda: hostile("__eq__", "__hash__", "__ne__"),
    "hostile class": lambda: hostile("__class__"),
    "hostile repr": lambda: hostile("__repr__", "__str__", "__format__", "__bool__", "__len__", "__getattribute__"),
    "hostile text": lambda: hostile("__eq__", "__hash__", "__str__", "__repr__", "__len__", "encode", base=str),
    "hostile number": lambda: hostile("__eq__", "__abs__", "__lt__", "__float__", base=int),
    "hostile metaclass": lambda: type("Odd", (type,), {"__name__": property(_boom)})("Inner", (), {}),
}
TEXTS = {
    "empty": "",
    "space": " ",
    "surrogate": "\ud800",
    "nul": "\0",
    "escape": "\x1b[31m",
    "right to left": "\u202e",
    "long": "x" * 1_000_000,
    "astral": "🦊" * 100,
}
REFUSED_MAPPINGS: dict[str, Callable[[], Any]] = {
    "iter": lambda: hostile("__iter__", base=Plain),
    "getitem": lambda: hostile("__getitem__", base=Plain),
    "keys": lambda: hostile("keys", base=Plain),
    "class": lambda: hostile("__class__"),
    "dict iter": lambda: hostile("__iter__", "keys", "items", "__getitem__", base=dict),
    "none": lambda: None,
    "text": lambda: "gpt-image-2",
    "bytes": lambda: b"gpt-image-2",
    "list of pairs": lambda: list(SOUND.items()),
    "set": lambda: set(SOUND),
    "number": lambda: 7,
    "class object": lambda: dict,
    "getattribute": lambda: hostile("__getattribute__"),
}


def sent(decision: Decision) -> dict[str, Any]:
    """Return the decision after a round-trip through JSON, and check that it fits its schema."""
    first = decision.violation
    full = decision.violations[0] if decision.violations else None
    assert (first and (first.code, first.field, first.message)) == (full and (full.code, full.field, full.message))
    arrived: dict[str, Any] = json.loads(json.dumps(decision.as_dict(), allow_nan=False, ensure_ascii=False).encode("utf-8"))
    FITS.validate(arrived)
    return arrived


def codes(decision: Decision) -> list[tuple[str, str]]:
    """Return the code and the field of every violation."""
    return [(violation.code.value, violation.field) for violation in decision.violations]


def test_allowed_carries_what_was_understood(rules: Rules) -> None:
    """An allowed decision has its price, the picked options without texts, and no violation."""
    assert rules.decide(SOUND) == Decision(Status.ALLOWED, "gpt-image-2", CHOICE, 5)


def test_unknown_credits_are_none(rules: Rules) -> None:
    """A price that the rules do not state is None, never 0."""
    decision = rules.decide({"model": "nano-banana-2", "ratio": "16:9", "quality": "2K"})
    assert (decision.status, decision.credits) == (Status.ALLOWED, None)


def test_locked_names_its_gate_and_price(rules: Rules) -> None:
    """A locked decision carries the gate with its action, and the price behind it."""
    decision = rules.decide(SOUND | {"quality": "high"})
    assert decision == Decision(Status.LOCKED, "gpt-image-2", CHOICE | {"quality": "high"}, 20, (MEMBER,))
    assert decision.gate == MEMBER
    assert decision.reasons == ("Members only (gate `member`): upgrade",)


def test_a_grant_opens_the_gate(rules: Rules) -> None:
    """With the grant the same selection is allowed at the same price."""
    assert rules.decide(SOUND | {"quality": "high"}, {"member"}) == Decision(
        Status.ALLOWED, "gpt-image-2", CHOICE | {"quality": "high"}, 20
    )


def test_a_lock_never_tells_what_opens_it(holed: Table) -> None:
    """The JSON of a locked decision names no grant."""
    decision = decide(holed, {"model": "pixel", "size": "small", "shape": "tall"})
    assert "staff" not in json.dumps(decision.as_dict())


@pytest.mark.parametrize(
    ("grants", "closed"),
    [((), ["team", "beta"]), (["team"], ["beta"]), (["staff"], ["beta"]), (["beta"], ["team"]), (["staff", "beta"], [])],
)
def test_every_gate_has_to_be_open_and_any_grant_opens_one(holed: Table, grants: object, closed: list[str]) -> None:
    """All gates of a combination must be open, and any one of its grants opens a gate."""
    decision = decide(holed, {"model": "pixel", "size": "large", "shape": "wide"}, grants)
    assert [gate.name for gate in decision.gates] == closed
    assert decision.status is (Status.LOCKED if closed else Status.ALLOWED)
    assert decision.credits == 2


@pytest.mark.parametrize(("language", "label"), [("de", "Nur für Teams"), ("de-AT", "Nur für Teams"), ("fr", "Teams only")])
def test_a_lock_speaks_the_asked_language(holed: Table, language: str, label: str) -> None:
    """A gate is labelled in the requested language, or in the author's first one."""
    decision = decide(holed, {"model": "pixel", "size": "small", "shape": "tall"}, language=language)
    assert decision.gates[0].label == label


@pytest.mark.parametrize("make", VALUES.values(), ids=VALUES)
def test_an_odd_language_changes_nothing_but_words(holed: Table, make: Callable[[], Any]) -> None:
    """An invalid language gives the author's first language."""
    decision = decide(holed, {"model": "pixel", "size": "small", "shape": "tall", "speed": 1}, (), make())
    assert decision.violations[0].message == "speed is refused: pictures do not move"


def test_a_default_is_filled_in(holed: Table) -> None:
    """An option that is not given takes its default, which is part of `select`."""
    decision = decide(holed, {"model": "pixel", "size": "small"})
    assert decision.select == {"model": "pixel", "size": "small", "shape": "square"}
    assert decision.credits == Decimal("0.5")
    assert sent(decision)["credits"] == 0.5


@pytest.mark.parametrize("size", [None, "", 0, []])
def test_a_default_does_not_stand_in_for_a_bad_value(holed: Table, size: Any) -> None:
    """A null or empty value under the name of an option is refused, not replaced by the default."""
    decision = decide(holed, {"model": "pixel", "size": "small", "shape": size})
    assert decision.status is Status.IMPOSSIBLE
    assert decision.violations[0].field == "shape"
    assert "shape" not in decision.select


def test_an_option_without_default_is_missing(rules: Rules) -> None:
    """Every missing option without a default is a violation with its possible values."""
    decision = rules.decide({"model": "gpt-image-2"})
    assert decision.violations == (
        Violation(
            ViolationCode.MISSING_FIELD,
            "ratio",
            None,
            "gpt-image-2 needs a value for ratio; choose `3:2`, `2:3` or `1:1`",
            ("3:2", "2:3", "1:1"),
        ),
        Violation(
            ViolationCode.MISSING_FIELD,
            "quality",
            None,
            "gpt-image-2 needs a value for quality; choose `low`, `medium` or `high`",
            ("low", "medium", "high"),
        ),
    )
    assert decision.select == {"model": "gpt-image-2"}
    assert decision.credits is None


def test_a_missing_model_lists_the_models(rules: Rules) -> None:
    """A selection without a model is refused with the list of models."""
    decision = rules.decide({})
    assert codes(decision) == [("missing_field", "model")]
    assert decision.violations[0].allowed == ("nano-banana-2", "gpt-image-2")
    assert decision.model is None


def test_all_reasons_at_once(rules: Rules) -> None:
    """One decision lists everything that is wrong, in the order of the selection, then what is missing."""
    decision = rules.decide(
        {"model": "gpt-image-2", "style": "anime", "quality": "4K", "prompt": "", "language": 5, "zoom": "2"}, "member"
    )
    assert codes(decision) == [
        ("wrong_type", "grants"),
        ("refused_field", "style"),
        ("not_offered", "quality"),
        ("text_length", "prompt"),
        ("wrong_type", "language"),
        ("unknown_field", "zoom"),
        ("missing_field", "ratio"),
    ]
    assert len(decision.reasons) == 7


@pytest.mark.parametrize("value", [None, "", 0, [], False, {}, "anime"], ids=repr)
@pytest.mark.parametrize("name", ["style", "duration_seconds", "voice_id"])
def test_a_refused_field_is_refused_whatever_it_holds(rules: Rules, name: str, value: Any) -> None:
    """A field of another content type that is present is refused, also when it is null, empty or 0."""
    decision = rules.decide(SOUND | {name: value})
    assert codes(decision) == [("refused_field", name)]
    assert decision.status is Status.IMPOSSIBLE


@pytest.mark.parametrize("value", [None, "", 0, []], ids=repr)
def test_a_refused_field_is_refused_without_a_model_too(rules: Rules, value: Any) -> None:
    """A field that every content type refuses is a violation even if the model is unknown."""
    decision = rules.decide({"model": "nobody", "style": value})
    assert codes(decision) == [("unknown_model", "model"), ("refused_field", "style")]


@pytest.mark.parametrize("make", VALUES.values(), ids=VALUES)
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("model", "wrong_type"),
        ("ratio", "wrong_type"),
        ("quality", "wrong_type"),
        ("prompt", "wrong_type"),
        ("language", "wrong_type"),
        ("style", "refused_field"),
        ("colour", "unknown_field"),
    ],
)
def test_no_value_is_taken_that_is_not_exactly_text(rules: Rules, name: str, code: str, make: Callable[[], Any]) -> None:
    """Any object that is not text is a violation of its field, and the decision can be written as JSON."""
    decision = rules.decide(SOUND | {name: make()}, {"member"})
    assert decision.status is Status.IMPOSSIBLE
    assert (code, name) in codes(decision)
    assert name not in decision.select
    assert sent(decision)["status"] == "impossible"


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize(
    ("name", "code"),
    [("model", "unknown_model"), ("ratio", "not_offered"), ("style", "refused_field"), ("colour", "unknown_field")],
)
def test_no_text_is_taken_that_is_not_offered(rules: Rules, name: str, code: str, text: str) -> None:
    """A text that is not offered is refused, and the decision can be written as JSON."""
    decision = rules.decide(SOUND | {name: text})
    assert (code, name) in codes(decision)
    assert sent(decision)["violations"]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_any_text_may_name_a_field(rules: Rules, text: str) -> None:
    """An unknown field of any name is a violation, and the decision can be written as JSON."""
    decision = rules.decide(SOUND | {text: "x"})
    assert codes(decision) == [("unknown_field", text)]
    assert len(json.dumps(sent(decision), ensure_ascii=False)) < 3000


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("model", "GPT-Image-2", "unknown_model"),
        ("quality", "Low", "not_offered"),
        ("quality", "low ", "not_offered"),
        ("quality", " low", "not_offered"),
        ("ratio", "1:1\n", "not_offered"),
        ("ratio", "1\N{RATIO}1", "not_offered"),
        ("quality", "\uff4cow", "not_offered"),
        ("Prompt", "x", "unknown_field"),
        ("Style", "x", "unknown_field"),
        ("RATIO", "1:1", "unknown_field"),
    ],
)
def test_case_and_every_sign_matter(rules: Rules, name: str, value: str, code: str) -> None:
    """Names and values must match exactly: case, spaces and look-alike characters count."""
    assert (code, name) in codes(rules.decide(SOUND | {name: value}))


@pytest.mark.parametrize("make", REFUSED_MAPPINGS.values(), ids=REFUSED_MAPPINGS)
def test_what_is_no_readable_mapping_is_impossible(rules: Rules, make: Callable[[], Any]) -> None:
    """A selection that is not a readable mapping is impossible, and raises nothing."""
    decision = rules.decide(make(), {"member"})
    assert decision.status is Status.IMPOSSIBLE
    assert codes(decision)[0] in [("wrong_type", "selection"), ("missing_field", "model")]
    assert decision.select == {}
    sent(decision)


def test_an_unreadable_mapping_is_said_to_be_unreadable(rules: Rules) -> None:
    """The message distinguishes a mapping that raises from an object that is not a mapping."""
    assert rules.decide(REFUSED_MAPPINGS["iter"]()).violations[0].message == "the selection cannot be read (RuntimeError)"
    assert rules.decide([]).violations[0].message == "the selection `<list>` is not a mapping of names to values"


@pytest.mark.parametrize("make", [MappingProxyType, UserDict, OrderedDict, lambda _: Plain()])
def test_any_mapping_is_read(rules: Rules, make: Callable[[Any], Any]) -> None:
    """Any mapping is accepted as a selection, not only a dict."""
    assert rules.decide(make(SOUND)) == rules.decide(SOUND)


@pytest.mark.parametrize("methods", [("__len__",), ("items", "values"), ("get", "__contains__", "__eq__")])
def test_only_names_and_values_are_read(rules: Rules, methods: tuple[str, ...]) -> None:
    """Only iteration and item access of a mapping are used, so other methods may raise."""
    assert rules.decide(hostile(*methods, base=Plain)) == rules.decide(SOUND)


@pytest.mark.parametrize("name", ["model", "ratio", "quality"])
def test_a_value_that_equals_everything_is_taken_for_nothing(rules: Rules, name: str) -> None:
    """An object that equals everything is refused, and every repair replaces it."""
    sly = type("Sly", (), {"__eq__": lambda *_: True, "__ne__": lambda *_: False, "__hash__": lambda _: 1})()
    decision = rules.decide(SOUND | {name: sly})
    assert codes(decision)[0] == ("wrong_type", name)
    assert all(name in repair.set for repair in decision.repairs)


@pytest.mark.parametrize("key", [None, 5, 1.5, b"ratio", ("ratio",), float("nan"), type], ids=lambda key: type(key).__name__)
def test_a_key_that_is_no_text_is_refused(rules: Rules, key: Any) -> None:
    """A key that is not text is a violation and is never ignored."""
    decision = rules.decide({"model": "gpt-image-2", "quality": "low", key: "1:1"})
    assert codes(decision)[0][0] == "wrong_type"
    assert decision.violations[0].message.startswith("the field name `")
    assert decision.status is Status.IMPOSSIBLE
    sent(decision)


@pytest.mark.parametrize("ratio", ["1:1", "9:9"])
def test_a_key_of_another_class_counts_as_the_text_that_it_holds(rules: Rules, ratio: str) -> None:
    """A key of a str subclass, such as a StrEnum member, counts as its text, in allowed and refused selections."""
    name = StrEnum("name", ["model", "ratio", "quality"])
    named = {name["model"]: "gpt-image-2", Text("ratio"): ratio, "quality": "low"}
    assert rules.decide(named) == rules.decide({"model": "gpt-image-2", "ratio": ratio, "quality": "low"})


def test_a_key_that_raises_when_it_is_compared_is_answered(rules: Rules) -> None:
    """A key that has the hash of a field name and raises when it is compared is a violation."""
    for name in SOUND:
        key = type("Key", (), {"__hash__": lambda _, name=name: hash(name), "__eq__": _boom})()
        fresh = Rules(replace(rules.table))
        for _ in range(2):
            decision = fresh.decide({key: 1, **{field: value for field, value in SOUND.items() if field != name}})
            assert decision.status is Status.IMPOSSIBLE
            sent(decision)
            fresh.decide(SOUND)


def test_a_key_that_changes_its_mind_is_answered(rules: Rules) -> None:
    """A key whose comparison result changes from call to call gets a decision and causes no endless loop."""

    class Fickle:
        """Equals everything with its hash, except at every n-th comparison."""

        def __init__(self, every: int, looks: int) -> None:
            self.every, self.looks = every, looks

        def __hash__(self) -> int:
            return hash("ratio")

        def __eq__(self, other: object) -> bool:
            self.looks += 1
            return bool(self.looks % self.every)

    for every in (2, 3, 4):
        for looks in range(every):
            selection: dict[Any, Any] = {name: value for name, value in SOUND.items() if name != "ratio"}
            for warm in (SOUND, {}):
                fresh = Rules(replace(rules.table))
                fresh.decide(warm)
                sent(fresh.decide({**selection, Fickle(every, looks): "1:1"}))


class Unlookable(type):
    """A metaclass whose classes raise when they are hashed or compared."""

    __hash__ = __eq__ = _boom


class Unlooked(metaclass=Unlookable):
    """An object of a class that cannot be hashed."""


class UnlookedText(str, metaclass=Unlookable):
    """A text of a class that cannot be hashed."""

    __slots__ = ()


class UnlookedSet(frozenset[str], metaclass=Unlookable):
    """A set of a class that cannot be hashed."""


UNLOOKED: list[Any] = [Unlooked(), UnlookedText("member"), UnlookedSet(), [Unlooked()], {Unlooked()}, {UnlookedText("x"): 1}]


@pytest.mark.parametrize("hostile_value", UNLOOKED, ids=lambda value: type(value).__name__)
def test_a_class_that_cannot_be_looked_up_is_answered(rules: Rules, hostile_value: Any) -> None:
    """An object whose class cannot be hashed raises nothing as grants, selection, moment, value or key."""
    keys = [{key: 1} for key in (Unlooked(), UnlookedText("style"))]
    selections = [
        SOUND,
        GATED,
        hostile_value,
        *({**SOUND, **key} for key in keys),
        *({**SOUND, name: hostile_value} for name in SOUND),
    ]
    for selection in selections:
        for grants in ((), hostile_value):
            for at in (None, hostile_value):
                sent(rules.decide(selection, grants, at=at))
                for emit in (rules.emit, rules.emit_json):
                    try:
                        assert emit(selection, grants, at=at)
                    except Refused as refusal:
                        sent(refusal.decision)


@pytest.mark.parametrize("looks", range(6))
def test_a_text_that_goes_away_is_refused_or_sent(rules: Rules, looks: int) -> None:
    """A key that raises after some comparisons leads to a body or to Refused, never to the key's own error."""

    class Tired:
        """Equals everything with its hash, and raises after some comparisons."""

        left = 1000

        def __hash__(self) -> int:
            return hash("prompt")

        def __eq__(self, other: object) -> bool:
            type(self).left -= 1
            return True if self.left >= 0 else _boom()

    decision = rules.decide(SOUND)
    emitters: list[Callable[[Any], Any]] = [rules.emit, rules.emit_json, lambda selection: rules.body(decision, selection)]
    for emit in emitters:
        selection: dict[Any, Any] = {name: value for name, value in SOUND.items() if name != "prompt"}
        selection[Tired()] = "x"
        Tired.left = looks
        try:
            assert emit(selection)
        except Refused as refusal:
            sent(refusal.decision)
        Tired.left = 1000


def test_hostile_keys_are_answered(rules: Rules) -> None:
    """A selection with a key whose methods raise is impossible."""
    key = type("Key", (), {"__hash__": lambda _: 1, "__eq__": _boom, "__repr__": _boom, "__str__": _boom})()
    decision = rules.decide(SOUND | {key: 1})
    assert decision.status is Status.IMPOSSIBLE
    sent(decision)


@pytest.mark.parametrize(
    "grants", [{"member"}, frozenset({"member"}), ["member"], ("member", "other"), {"member": 1}.keys()], ids=repr
)
def test_grants_are_any_set_list_or_tuple_of_texts(rules: Rules, grants: object) -> None:
    """Any set, list or tuple of texts is accepted as grants, and a grant that opens no gate changes nothing."""
    assert rules.decide(SOUND | {"quality": "high"}, grants).status is Status.ALLOWED


@pytest.mark.parametrize("grants", [None, (), [], set(), frozenset()], ids=repr)
def test_no_grants(rules: Rules, grants: object) -> None:
    """None and every empty collection mean no grants."""
    assert rules.decide(SOUND | {"quality": "high"}, grants).status is Status.LOCKED


@pytest.mark.parametrize(
    "make",
    [
        lambda: "member",
        lambda: "",
        lambda: Text("member"),
        lambda: b"member",
        lambda: {"member": True},
        dict,
        lambda: ["member", 5],
        lambda: ["member", ["member"]],
        lambda: [Text("member")],
        lambda: [None],
        lambda: iter(["member"]),
        lambda: 7,
        lambda: True,
        lambda: hostile("__class__"),
        lambda: hostile("__iter__", base=list),
        lambda: hostile("__iter__", "__len__", base=set),
        lambda: [hostile("__eq__", "__hash__")],
        lambda: hostile("__getattribute__"),
    ],
)
def test_grants_that_are_no_set_of_texts_open_nothing(rules: Rules, make: Callable[[], Any]) -> None:
    """Invalid grants are a violation, never open a gate, and raise nothing."""
    decision = rules.decide(SOUND | {"quality": "high"}, make())
    assert codes(decision) == [("wrong_type", "grants")]
    assert decision.status is Status.IMPOSSIBLE
    sent(decision)


def test_a_prompt_may_hold_nul_and_every_plane(rules: Rules) -> None:
    """A prompt may contain NUL, line ends and characters of every Unicode plane, and is sent unchanged."""
    prompt = "a\0b\r\n\u202e🦊\ufeff"
    assert rules.emit(SOUND | {"prompt": prompt})["prompt"] == prompt


def test_a_megabyte_of_prompt_is_fine(rules: Rules) -> None:
    """A prompt without a declared maximum may be a megabyte long."""
    assert rules.decide(SOUND | {"prompt": "x" * 2**20}).status is Status.ALLOWED


def test_an_unpaired_surrogate_is_refused_with_its_place(rules: Rules) -> None:
    """A prompt that UTF-8 cannot encode is a violation with the position."""
    decision = rules.decide(SOUND | {"prompt": "ab\ud83e"})
    assert codes(decision) == [("wrong_type", "prompt")]
    assert decision.violations[0].message == "prompt contains an unpaired surrogate at position 3, which UTF-8 cannot encode"
    assert sent(decision)["violations"][0]["value"] == "ab\\ud83e"


def test_the_selection_is_left_alone(rules: Rules) -> None:
    """`decide` does not change the selection, and later changes to the selection do not change the decision."""
    selection = dict(SOUND)
    decision = rules.decide(selection)
    assert selection == SOUND
    selection["ratio"] = "9:16"
    assert decision.select["ratio"] == "1:1"


def test_ten_thousand_fields_are_answered(rules: Rules) -> None:
    """Too many fields are one violation; of many unknown fields, a hundred are listed and the others counted."""
    decision = rules.decide(SOUND | {f"prompt{number}": number for number in range(10_000)})
    assert [(violation.code.value, violation.field) for violation in decision.violations] == [("unknown_field", "selection")]
    assert (decision.violation, decision.repairs) == (decision.violations[0], ())
    assert decision.reasons[0] == "the selection has 10005 fields, but at most 1000 are read"
    decision = rules.decide(SOUND | {f"prompt{number}": number for number in range(900)})
    assert len(decision.violations) == 101
    assert {violation.suggestion for violation in decision.violations} == {None}
    assert (decision.violations[-1].field, decision.reasons[-1]) == ("selection", "violations not shown: 800")
    sent(decision)


def test_ten_thousand_models_are_answered(table: Table) -> None:
    """Among ten thousand models, a name is found, a typo gets a suggestion, and any other name gets a truncated list."""
    model = table.models["gpt-image-2"]
    many: dict[str, Model] = {f"model-{number}": replace(model, id=f"model-{number}") for number in range(10_000)}
    large = replace(table, models=many)
    assert decide(large, SOUND | {"model": "model-9999"}).status is Status.ALLOWED
    near = decide(large, SOUND | {"model": "MODEL_9999"})
    assert near.violations[0].suggestion == "model-9999"
    assert near.repairs[0].set == {"model": "model-9999"}
    far = decide(large, {"model": "zzz"})
    assert "and 9992 more" in far.violations[0].message
    assert len(far.repairs) == 3
    sent(far)


def to_send(rules: Rules, selection: object, at: str | None = None, language: str | None = None) -> Decision:
    """Return the decision with `complete`, which requires all that a body needs."""
    return rules.decide(selection, (), language, at, complete=True)


def test_a_body_asks_for_the_required_fields(rules: Rules) -> None:
    """Required fields are violations with `complete`, and not without it."""
    assert rules.decide(CHOICE).status is Status.ALLOWED
    decision = to_send(rules, CHOICE)
    assert (decision.status, decision.credits) == (Status.IMPOSSIBLE, None)
    assert codes(decision) == [("missing_field", "prompt"), ("missing_field", "language")]


def test_a_body_that_is_locked_and_lacks_a_text_says_both(rules: Rules) -> None:
    """A locked selection that lacks a text carries its closed gate beside the missing field."""
    decision = to_send(rules, CHOICE | {"quality": "high", "prompt": "x"})
    assert (decision.status, decision.gates, decision.repairs) == (Status.IMPOSSIBLE, (MEMBER,), ())
    assert codes(decision) == [("missing_field", "language")]


def test_nothing_is_said_twice(rules: Rules) -> None:
    """A required field with a wrong value is not reported as missing as well."""
    assert codes(to_send(rules, SOUND | {"prompt": 5})) == [("wrong_type", "prompt")]


def test_a_whole_selection_is_decided_alike(rules: Rules) -> None:
    """`complete` changes nothing if no required field is missing or no model is known."""
    for selection in (SOUND, {}, SOUND | {"ratio": "9:9"}):
        assert to_send(rules, selection) == rules.decide(selection)


def test_an_empty_rule_set_allows_nothing() -> None:
    """Without models everything is impossible, and the message has no trailing space."""
    decision = decide(Table(1, {}, {}, {}), {"model": "x", "style": None})
    assert decision.status is Status.IMPOSSIBLE
    assert decision.repairs == ()
    assert decision.violations[0].message == decision.violations[0].message.strip()


def test_a_decision_is_sent_whole(rules: Rules) -> None:
    """`as_dict` has every attribute of a decision as plain values."""
    assert sent(rules.decide({"model": "gpt-image-2", "ratio": "1:1", "quality": "high"})) == {
        "status": "locked",
        "model": "gpt-image-2",
        "select": {"model": "gpt-image-2", "ratio": "1:1", "quality": "high"},
        "credits": 20,
        "gates": [{"name": "member", "label": "Members only", "icon": "member", "action": "upgrade"}],
        "violations": [],
        "repairs": [],
        "regular": None,
        "notes": [],
        "at": None,
        "filled": [],
        "currency": "credits",
        "estimate": False,
        "regular_estimate": False,
    }


@pytest.fixture(scope="module")
def rich() -> Rules:
    """Return rules with every kind of option, gate, price and date."""
    return Rules(table_of_all())


@pytest.mark.parametrize(
    ("change", "credits_", "regular"),
    [
        ({}, 2, None),
        ({"outputs": 3}, 6, None),
        ({"caption": "a fox"}, 4, None),
        ({"references": ["a"]}, 4, None),
        ({"references": ["a", "b", "c"]}, 5, None),
        ({"tone": "light"}, 4, None),
        ({"tone": "light", "outputs": 3}, Decimal("11.5"), None),
        ({"tone": "ink"}, 1, 3),
        ({"tone": "ink", "outputs": 2}, 2, 6),
        ({"quality": "high", "references": ["a"]}, None, None),
    ],
    ids=str,
)
def test_a_price_depends_on_what_is_present(
    rich: Rules, change: dict[str, Any], credits_: Decimal | int | None, regular: Decimal | int | None
) -> None:
    """The price follows from base, factors, surcharges and rounding; a promotion also carries the regular price."""
    decision = rich.decide(RICH | change, {"team", "beta"}, None, NOW)
    assert (decision.status, decision.credits, decision.regular) == (Status.ALLOWED, credits_, regular)
    arrived = sent(decision)
    assert (arrived["credits"], arrived["regular"], arrived["at"]) == (credits_, regular, NOW)


@pytest.mark.parametrize(
    ("change", "grants", "closed"),
    [
        ({"outputs": 3}, (), []),
        ({"outputs": 4}, (), ["team", "beta"]),
        ({"outputs": 4}, ("staff",), ["beta"]),
        ({"outputs": 4}, ("staff", "beta"), []),
        ({"quality": "high"}, (), ["team"]),
        ({"quality": "high", "outputs": 2}, ("beta",), ["team"]),
    ],
    ids=str,
)
def test_gates_stand_at_values_and_before_numbers(
    rich: Rules, change: dict[str, Any], grants: tuple[str, ...], closed: list[str]
) -> None:
    """All gates whose conditions hold must be open, each is listed once, and a locked decision has a price."""
    decision = rich.decide(RICH | change, grants, None, NOW)
    assert [gate.name for gate in decision.gates] == closed
    assert decision.status is (Status.LOCKED if closed else Status.ALLOWED)
    assert decision.credits is not None


def test_all_that_is_there_is_understood(rich: Rules) -> None:
    """`select` holds picks, defaults, computed words and sums, in the author's order."""
    decision = rich.decide(RICH | {"references": ["a"], "canvas": "1024x1024"}, at=NOW)
    assert list(decision.select.items()) == [
        ("model", "studio"),
        ("tone", "dark"),
        ("size", "wide"),
        ("canvas", "1024x1024"),
        ("outputs", 1),
        ("steps", 20),
        ("references", ["a"]),
        ("quality", "low"),
        ("mode", "edit"),
        ("pixels", 2),
        ("images", 2),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"tone": "light", "outputs": 2},
        {"number": 2, "steps": 33, "grain": 5, "frame": "7:4"},
        {"guidance": 2.5, "strength": Decimal("0.25"), "references": ("a",), "styles": ["oil"]},
        pytest.param({"tone": 5, "outputs": "2", "references": [None], "zzz": object()}, id="an object"),
        {"quality": "high", "outputs": 4},
    ],
    ids=str,
)
@pytest.mark.parametrize("at", [None, NOW, "2027-01-01", 5], ids=str)
def test_a_decision_of_every_kind_can_be_sent(rich: Rules, change: dict[str, Any], at: object) -> None:
    """Any decision about a model with every kind of option is JSON that fits its schema."""
    sent(rich.decide(RICH | change, (), "de", at))


def test_a_plain_model_answers_at_any_moment(rules: Rules) -> None:
    """Rules without dates return the same decision at any moment, without `at`."""
    assert rules.decide(SOUND, at="2026-01-01") is rules.decide(SOUND)
    assert rules.decide(SOUND | {"ratio": "9:9"}, at="2026-01-01").at is None


@pytest.mark.parametrize("at", ["soon", 5, True, pytest.param(object(), id="an object")], ids=str)
def test_a_moment_that_cannot_be_read_is_refused_of_plain_models_too(rules: Rules, at: object) -> None:
    """An unreadable moment is a violation, also for rules without dates."""
    assert codes(rules.decide(SOUND, at=at)) == [("wrong_type", "at")]


def test_a_body_asks_for_the_fields_of_the_moment(rich: Rules) -> None:
    """Without a moment `complete` changes nothing; with one, the model's own fields are required."""
    assert to_send(rich, {"model": "studio"}) == rich.decide({"model": "studio"})
    bare = to_send(rich, {"model": "studio", "tone": "dark"}, NOW, "de")
    assert codes(bare) == [("missing_field", "text")]


def test_leaving_out_what_is_required_is_never_proposed(rich: Rules) -> None:
    """No repair removes a required text that is wrong."""
    decision = to_send(rich, RICH | {"text": 5}, NOW)
    assert codes(decision) == [("wrong_type", "text")]
    assert decision.repairs == ()
