"""Of few names each is compared with a slip, of many those that look like it; both find the same."""

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
    """A slip finds its name among thousands, the same each time."""
    names = Names(MANY)
    assert [names.nearest(word), names.nearest(word), nearest(word, MANY)] == [meant] * 3


def test_many_are_found_as_few_are() -> None:
    """What is found among many is found among those of them that are next to it."""
    names = Names(MANY)
    for at in range(0, len(MANY) - FEW, 57):
        word = MANY[at + FEW // 2].replace("aeiou"[at % 5], "", 1)
        name = names.nearest(word)
        assert name is not None
        assert name == nearest(word, (*MANY[at : at + FEW - 1], name))


def test_what_is_in_every_name_tells_nothing() -> None:
    """Where all of very many names are equally near, none was meant."""
    names = Names(tuple(f"model-{number}" for number in range(5000)))
    assert names.nearest("model") is None
    assert names.nearest("modle-4711") == "model-4711"


def test_no_names() -> None:
    """Where there are none, none is near; a name may hold any sign."""
    assert Names(()).nearest("x") is None
    assert Names(("a\nb", "c")).nearest("ab") == "a\nb"


def test_a_memory_is_bounded() -> None:
    """When it is full, it begins again."""
    memory = Memory(3)
    for number in range(4):
        assert memory.keep(number, number) == number
    assert memory == {3: 3}
    for number in range(10_000):
        Names(("a",)).nearest(str(number))
