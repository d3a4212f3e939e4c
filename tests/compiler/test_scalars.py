"""A plain scalar has its meaning of YAML 1.2, with exact numbers; where YAML 1.1 readers differ, an edit is proposed."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from imgrules.compiler.read.scalars import MOST_DIGITS, UNUSABLE, grouped_in, number_in, plain_value, range_in, share_in
from imgrules.compiler.read.syntax import parse
from imgrules.compiler.report.diagnostics import Finding
from imgrules.compiler.source import Source

WORDS = st.one_of(
    st.text(st.sampled_from("0123456789"), min_size=1, max_size=9),
    st.text(st.sampled_from("0123456789abcdefxo+-.:_eE"), min_size=1, max_size=9),
    st.text(st.sampled_from("nNoOfFyYeEsStTrRuUlLaA~=<01"), min_size=1, max_size=5),
    st.text(st.sampled_from("0123456789-:. TZ+"), min_size=1, max_size=22).map(str.strip).filter(bool),
    st.dates().map(str),
    st.datetimes().map(str),
    st.from_regex(r"\A[0-9]{1,3}(:[0-9]{1,2}){1,2}(\.[0-9]{0,3})?\Z"),
    st.sampled_from(
        [
            "null",
            "Null",
            "~",
            "true",
            "TRUE",
            "yes",
            "No",
            "on",
            "OFF",
            "y",
            "n",
            ".inf",
            "-.INF",
            ".nan",
            "=",
            "<<",
            "0o17",
            "017",
            "0x1F",
            "0b11",
            "1e3",
            "1.5e+3",
            "1.",
        ]
    ),
)


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("NULL", None),
        ("nULL", "nULL"),
        ("true", True),
        ("TRUE", True),
        ("tRUE", "tRUE"),
        ("False", False),
        ("yes", "yes"),
        ("no", "no"),
        ("OFF", "OFF"),
        ("y", "y"),
        ("0", 0),
        ("-0", 0),
        ("010", 10),
        ("+5", 5),
        ("0o17", 15),
        ("0O17", "0O17"),
        ("0x1F", 31),
        ("0b11", "0b11"),
        ("1_000", "1_000"),
        ("16:9", "16:9"),
        ("2026-11-22", "2026-11-22"),
        ("1e3", 1000),
        ("1.50", Decimal("1.5")),
        (".5", Decimal("0.5")),
        ("5.", 5),
        ("2.0", 2),
        ("-.5e-1", Decimal("-0.05")),
        (".", "."),
        ("-", "-"),
        ("e3", "e3"),
        ("1e", "1e"),
        ("+.inf.", "+.inf."),
        ("+.nan", "+.nan"),
        ("999999999999999", 999999999999999),
        ("0000000000000000000001", 1),
        ("0.000000000000001", UNUSABLE),
        ("١٢", "١٢"),
        ("1\n", "1\n"),
    ],
)
def test_core(word: str, value: object) -> None:
    """Plain scalars follow the core schema, and numbers keep their exact value."""
    result = plain_value(word)
    assert type(result) is type(value)
    assert result is value if value is UNUSABLE else result == value


@pytest.mark.parametrize(
    "word",
    [
        ".inf",
        "-.INF",
        ".nan",
        "1234567890123456",
        "-1234567890123456",
        "0x123456789abcdef01",
        "0.1234567890123456",
        "1e15",
        "1e400",
        "1e-400",
        "1e999999999",
        "9" * 100_000,
        "0." + "1" * 100_000,
        "1e" + "9" * 100_000,
    ],
    ids=lambda word: word[:20],
)
def test_unusable(word: str) -> None:
    """A number that cannot be kept exactly is `UNUSABLE`, however long it is."""
    assert plain_value(word) is UNUSABLE


@given(st.integers(-(10**MOST_DIGITS) + 1, 10**MOST_DIGITS - 1))
def test_whole_numbers(number: int) -> None:
    """Every whole number in range is read exactly, in decimal, hexadecimal and octal."""
    assert plain_value(str(number)) == number
    if number >= 0:
        assert plain_value(f"+{number}") == plain_value(f"00{number}") == plain_value(f"{number}.0") == number
        assert plain_value(hex(number)) in (number, UNUSABLE)
        assert plain_value(f"0o{number:o}") in (number, UNUSABLE)


@given(st.decimals(-(10**9), 10**9, places=5))
def test_decimals(number: Decimal) -> None:
    """Every decimal in range is read exactly, and survives a round trip through JSON."""
    result = plain_value(str(number))
    assert result == number
    assert json.loads(json.dumps(float(result)), parse_float=Decimal) == number


@given(WORDS)
def test_numbers_are_the_same_everywhere(word: str) -> None:
    """A number has the value that Python's Decimal reads from the same digits."""
    result = plain_value(word)
    if isinstance(result, Decimal) and result is not UNUSABLE:
        assert result == Decimal(word)
    elif type(result) is int and word[:2] not in {"0x", "0o"}:
        assert result == int(Decimal(word))


def _same(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, Decimal):
        return isinstance(theirs, float) and float(ours) == theirs
    if type(ours) is int and isinstance(theirs, float):
        return ours == theirs
    return type(ours) is type(theirs) and ours == theirs


def _fixed(word: str, findings: tuple[Finding, ...]) -> str:
    """Return a word with its fix, if other YAML readers read it as something else."""
    for finding in findings:
        assert finding.code.id == "IR030"
        assert isinstance(finding.fix, str)
        word = finding.fix
    return word


@given(WORDS)
def test_what_we_offer_is_read_alike(word: str) -> None:
    """A YAML 1.1 reader gives a plain scalar the same value, or the fix is one that both read as the value meant here."""
    tree, findings = parse(Source("a.yaml", f"- {word}\n"))
    assume(tree is not None and tree.value not in ([], None))
    assert tree is not None
    assume(len(tree.value) == 1 and not isinstance(tree.value[0], list | dict) and tree.value[0] is not UNUSABLE)
    (ours,) = tree.value
    better = _fixed(word, findings)
    again, more = parse(Source("a.yaml", f"- {better}\n"))
    assert more == ()
    assert again is not None
    assert again.value == [ours]
    (theirs,) = yaml.load(f"- {better}\n", yaml.CSafeLoader)
    assert _same(ours, theirs), (ours, theirs)


@given(WORDS)
def test_a_key_is_read_alike(word: str) -> None:
    """A YAML 1.1 reader reads a plain key as the same text, or the fix is one that it does; `on` is a key of the language."""
    assume(word != "on")
    tree, findings = parse(Source("a.yaml", f"{{{word}: x}}\n"))
    assume(tree is not None and isinstance(tree.value, dict) and list(tree.value.values()) == ["x"])
    assert tree is not None
    (ours,) = tree.value
    better = _fixed(word, findings)
    assert yaml.load(f"{{{better}: x}}\n", yaml.CSafeLoader) == {ours: "x"}
    assert type(ours) is str


@pytest.mark.parametrize(
    ("word", "read"),
    [("0" * 10_000, 0), ("-" + "0" * 10_000 + "7", -7), ("+" + "0" * 10_000 + "7", 7), ("0x" + "0" * 10_000 + "f", 15)],
    ids=["zeros", "minus", "plus", "hexadecimal"],
)
def test_thousands_of_zeros(word: str, read: int) -> None:
    """Thousands of leading zeros do not matter, although Python refuses numbers of so many digits."""
    assert plain_value(word) == read


@pytest.mark.parametrize("word", ["1" + ",000" * 3000, "> " + "9" * 10_000, "9" * 10_000 + "%", "$" + "9" * 10_000])
def test_numbers_of_thousands_of_digits_mean_nothing(word: str) -> None:
    """A text that is far too long for a number is not read as one."""
    assert (grouped_in(word), range_in(word), share_in(word), number_in(word)) == (None, None, None, None)
