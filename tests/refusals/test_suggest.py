"""A typo is compared with each of a few names, but only with similar ones of many; both find the same name."""

from __future__ import annotations

import pytest

from imgrules.refusals.suggest import FEW, Names, nearest
from imgrules.table.bounded_cache import Memory

WORDS = ("flux", "gpt", "image", "imagen", "nano", "banana", "photon", "pro", "turbo", "ultra")
MANY = tuple(f"{first}-{second}-{number}" for first in WORDS for second in WORDS for number in range(30))


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("gpt-image-7", "gpt-image-7"),
        ("GPT Image 7", "gpt-image-7"),
        ("gtp-image-27", "gpt-image-27"),
        ("nano-bananna-12", "nano-banana-12"),
        ("fotonn-pr0-11", "photon-pro-11"),
        ("qqqqqq", None),
        ("!", None),
        ("x" * 61, None),
        (5, None),
        (None, None),
    ],
)
def test_one_of_many_is_found(word: object, meant: str | None) -> None:
    """A typo finds its name among thousands, with the same result each time."""
    names = Names(MANY)
    assert [names.nearest(word), names.nearest(word), nearest(word, MANY)] == [meant] * 3


def test_many_are_found_as_few_are() -> None:
    """The name that is found among many is also found among the few around it."""
    names = Names(MANY)
    for at in range(0, len(MANY) - FEW, 57):
        word = MANY[at + FEW // 2].replace("aeiou"[at % 5], "", 1)
        name = names.nearest(word)
        assert name is not None
        assert name == nearest(word, (*MANY[at : at + FEW - 1], name))


def test_what_is_in_every_name_tells_nothing() -> None:
    """A part that all names share gives no suggestion, and a typo in a whole name does."""
    names = Names(tuple(f"model-{number}" for number in range(5000)))
    assert names.nearest("model") is None
    assert names.nearest("modle-4711") == "model-4711"


def test_no_names() -> None:
    """Without names there is no suggestion, and a name may contain any character."""
    assert Names(()).nearest("x") is None
    assert Names(("a\nb", "c")).nearest("ab") == "a\nb"


def test_a_memory_is_bounded() -> None:
    """A full cache is emptied before the next entry."""
    memory = Memory(3)
    for number in range(4):
        assert memory.keep(number, number) == number
    assert memory == {3: 3}
    for number in range(10_000):
        Names(("a",)).nearest(str(number))
