"""The bound of the steps of a regular expression holds: a matcher that counts what it tries never needs more."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import product
from re import _parser  # type: ignore[attr-defined]  # as in the package
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imgrules.compiler.contract.judging.pattern_ways import Graph
from imgrules.compiler.contract.judging.patterns import MOST_STEPS, SHORT, _characters, is_bounded, matches, steps_of
from imgrules.compiler.contract.reading import Unusable, contract_in

Go = Callable[[int], bool]


class Counting:
    """A matcher that tries one way after another, as Python does, and counts the characters that it reads."""

    def __init__(self, pattern: str, text: str) -> None:
        self.text, self.read = text, 0
        self._nodes = list(_parser.parse(pattern))

    def search(self) -> bool:
        """Whether the pattern matches anywhere."""
        starts = range(1 if str(self._nodes[0][1]) == "AT_BEGINNING" else len(self.text) + 1) if self._nodes else [0]
        return any(self._at(self._nodes, start, lambda _: True) for start in starts)

    def _at(self, nodes: list[Any], place: int, go: Go) -> bool:
        if not nodes:
            return go(place)
        (op, value), rest = nodes[0], nodes[1:]

        def on(after: int) -> bool:
            return self._at(rest, after, go)

        name = str(op)
        if name == "AT":
            holds = place == 0 if str(value) == "AT_BEGINNING" else place == len(self.text)
            return holds and on(place)
        if name == "SUBPATTERN":
            return self._at(list(value[-1]), place, on)
        if name == "BRANCH":
            return any(self._at(list(branch), place, on) for branch in value[1])
        if name == "MAX_REPEAT":
            return self._round(int(value[0]), int(value[1]), list(value[2]), place, on)
        self.read += 1
        return place < len(self.text) and self._reads(name, value, self.text[place]) and on(place + 1)

    def _round(self, least: int, most: int, nodes: list[Any], place: int, on: Go) -> bool:
        def again(after: int) -> bool:
            return (after > place or least > 0) and self._round(max(least - 1, 0), most - 1, nodes, after, on)

        return (most > 0 and self._at(nodes, place, again)) or (least == 0 and on(place))

    def _reads(self, name: str, value: Any, letter: str) -> bool:
        if name == "IN":
            return any(self._reads(str(op), inner, letter) for op, inner in value)
        return name == "ANY" or (value[0] <= ord(letter) <= value[1] if name == "RANGE" else ord(letter) == value)


SMALL = st.recursive(
    st.sampled_from(["a", "b", ".", "[ab]"]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}"])).map(
            lambda two: f"(?:{two[0]}){two[1]}"
        ),
    ),
    max_leaves=5,
)
TEXTS = ["".join(letters) for length in (1, 4, 7) for letters in product("ab", repeat=length)] + ["a" * 12, "ab" * 6, "b" * 12]


@given(SMALL, st.sampled_from(["", "^"]), st.sampled_from(["", "$", "c"]))
def test_no_text_takes_more_steps_than_the_bound(middle: str, begin: str, end: str) -> None:
    """Whatever is tried is within the bound for the length of the text, up to what one place can lead to."""
    pattern = f"{begin}{middle}{end}"
    places = len(re.findall(r"[abc.]", pattern)) * 2  # places that are tried in vain after one that was read
    for text in TEXTS:
        bound = steps_of(pattern, len(text))
        counting = Counting(pattern, text)
        assert bound is None or (
            counting.search() is (re.search(pattern, text) is not None) and counting.read <= bound * places
        )


@given(SMALL, st.sampled_from(["", "^"]), st.sampled_from(["", "$", "c"]))
def test_ways_that_share_a_text_are_bounded_too(middle: str, begin: str, end: str) -> None:
    """The closer bound, which short texts have, holds as well, whether a search begins anywhere or not."""
    tree = _parser.parse(f"{begin}{middle}{end}")
    nodes = list(tree)[bool(begin) :]
    graph = Graph(tree.state, _characters(tree))
    whole = graph.sequence(nodes)
    if graph.ways(whole, 1) is None:
        return
    places = len(re.findall(r"[abc.]", f"{middle}{end}")) * 2
    for text in TEXTS:
        counted = graph.ways_of_search(whole, len(text), anywhere=not begin, most=10**9)
        counting = Counting(f"{begin}{middle}{end}", text)
        counting.search()
        assert counted is None or counting.read <= (counted + len(text)) * places


@pytest.mark.parametrize("pattern", ["^a*a*b", "^a*a*a*b", "a*a*b", "a*a*a*b", "^.*a.*b.*c", ".*a.*b.*c"])
def test_the_closer_bound_is_no_less_than_what_is_read(pattern: str) -> None:
    """For loops beside each other it is near to what is read, and not above by the length of the text."""
    tree = _parser.parse(pattern)
    graph = Graph(tree.state, _characters(tree))
    whole = graph.sequence(list(tree)[pattern.startswith("^") :])
    text = "ab" * 10 if "b." in pattern else "a" * 20
    assert graph.ways(whole, len(text)) is not None
    counted = graph.ways_of_search(whole, len(text), anywhere=not pattern.startswith("^"), most=10**9) or 0
    counting = Counting(pattern, text)
    assert not counting.search()
    assert counting.read / 3 <= counted <= counting.read * 3  # a way that was begun reads on in vain at two places more


ENDLESS = [
    "(a|a)*b",
    "(a+)+$",
    "(a|ab|b)*c",
    r"^(\w+\s?)*$",
    r"(?:\w{2,})*",
    "(a*)*b",
    "((a?b?)*)*c",
    r"^(([a-z]){1,100}){1,100}$",
]
WHERE_LOOPS_SHARE_THE_TEXT = [
    ".*foo.*bar.*",
    ".*foo.*bar",
    "a*a*b",
    "^a*a*a*b",
    "^.*foo.*bar.*baz",
    "(?s).*a.*b.*",
    r"https?://.*\.(png|jpe?g)(\?.*)?$",
]
LONG = ["a*a*a*a*b", "^a*a*a*a*b", ".*foo.*bar.*baz", "^(a?){30}a{30}$"]
SHORT_ENOUGH = [
    r"^[a-z]+(-[a-z]+)*$",
    r"^(\d{1,3}\.){3}$",
    "^([0-9]{4})+$",
    "(a|ab)*c",
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
    r"[^@\s]+@[^@\s]+\.[^@\s]+$",
    r"^(?=.*[a-z])(?=.*\d).+$",
    r"^(?!.*--)[a-z-]+$",
    r"^.*foo.*bar.*$",
    "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
    r"^[1-9][0-9]*:[1-9][0-9]*$",
    r"(.)\1",
    "^a$|^b$",
    "(?i)^K+$",
    r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?$",
]


@pytest.mark.parametrize("pattern", ENDLESS)
def test_a_loop_that_doubles_has_no_bound(pattern: str) -> None:
    """Each round of such a loop doubles the ways, so that no length of a text is harmless."""
    assert steps_of(pattern, 30) is None
    assert not is_bounded(pattern)


@pytest.mark.parametrize("pattern", LONG)
def test_many_repetitions_beside_each_other_are_too_much(pattern: str) -> None:
    """Each repetition multiplies the steps by the length of the text."""
    assert (steps_of(pattern, SHORT) or 0) > MOST_STEPS
    assert not is_bounded(pattern)


@pytest.mark.parametrize("pattern", WHERE_LOOPS_SHARE_THE_TEXT)
def test_repetitions_share_the_characters_of_a_text(pattern: str) -> None:
    """Where a text is divided among two or three repetitions, what one reads is not left for the next."""
    assert is_bounded(pattern)
    hostile = ["foobar" * 42, "foo" * 84, "a" * SHORT, "ab" * 125, "https://.png?" * 19]
    assert all((matches(pattern, text[:SHORT]) is not None) for text in hostile)


@pytest.mark.parametrize(
    ("pattern", "hint"),
    [
        (".*foo.*bar.*baz", "write `foo.*bar.*baz`: a pattern may match anywhere, so that means the same"),
        ("a*a*a*b", "begin it with `^`, or let a text be read in one way"),
        ("(a|a)*b", "let a text be read in one way"),
    ],
)
def test_the_hint_is_true_when_it_is_typed(pattern: str, hint: str) -> None:
    """What is proposed for an expression that is refused is accepted."""
    found = contract_in(json.dumps({"pattern": pattern}).encode())
    assert isinstance(found, Unusable)
    assert found.hint.startswith(hint)
    typed = pattern.removeprefix(".*") if hint.startswith("write") else f"^{pattern}"
    assert is_bounded(typed) is ("`^`" in hint or hint.startswith("write"))


@pytest.mark.parametrize("pattern", SHORT_ENOUGH)
def test_what_people_write_is_bounded(pattern: str) -> None:
    """Names, versions, addresses and lists of words are read in one way, or in few."""
    assert is_bounded(pattern)


def test_a_long_text_is_matched_where_that_is_cheap() -> None:
    """The longer a text, the simpler a pattern has to be; what would take too long is left open."""
    assert matches("^a*b$", "a" * 60_000) is False
    assert matches("^a*a*b$", "a" * SHORT) is False
    assert matches("^a*a*b$", "a" * 60_000) is None


def test_letters_beyond_ascii_are_told_apart() -> None:
    """Two places read the same letter also by a range, or without regard to case."""
    assert is_bounded("(ж1|[я1])*щ")
    assert not is_bounded("(ж1|[д-я1])*щ")
    assert is_bounded("(ж1|Ж|1)*щ")
    assert not is_bounded("(?i)(ж1|Ж|1)*щ")


def test_the_work_with_an_expression_is_bounded_too() -> None:
    """An expression with many places, or with many ways between them, is given up."""
    assert steps_of("(?:{})*".format("|".join(["[a-z]b"] * 240)), SHORT) is None
    assert steps_of("a" * 2_001, SHORT) is None
    assert is_bounded("^(?:{})$".format("|".join(f"word{at}" for at in range(200))))
    assert steps_of("(" * 90 + "a" + ")" * 90, SHORT) is not None
