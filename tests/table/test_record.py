"""A record behaves as a dataclass with the same attributes and slots, without the import time of dataclasses."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, dataclass
from functools import cached_property
from typing import Any

import pytest

from imgrules import Decision, Repair, Table, Violation
from imgrules.table.record_base import field, record, replace


@record
class Point:
    """A point with every kind of attribute."""

    x: int
    y: int = 2
    tags: dict[str, int] = field(default_factory=dict)
    note: str = field(default="n", repr=False, compare=False)
    total: int = field(init=False, repr=False, compare=False)
    seen: list[int] = field(init=False, default_factory=list, compare=False)
    size: int = field(init=False, default=7, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", self.x + self.y)


@dataclass(frozen=True, slots=True)
class Twin:
    """The same class as a dataclass of the standard library."""

    x: int
    y: int = 2
    tags: dict[str, int] = dataclasses.field(default_factory=dict)
    note: str = dataclasses.field(default="n", repr=False, compare=False)
    total: int = dataclasses.field(init=False, repr=False, compare=False)
    seen: list[int] = dataclasses.field(init=False, default_factory=list, compare=False)
    size: int = dataclasses.field(init=False, default=7, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", self.x + self.y)


@record(frozen=False)
class Loose:
    """A record that may be changed."""

    x: int
    y: int = 2


@record(slots=False)
class Kept:
    """A record with a cached property."""

    x: int

    @cached_property
    def twice(self) -> int:
        """The double."""
        return self.x * 2


@record
class Single:
    """A record of one attribute, with its own repr."""

    x: int

    def __repr__(self) -> str:
        return "single"


def test_it_is_made_as_a_dataclass_is() -> None:
    """The constructor takes arguments as a dataclass does, raises the same errors, and never shares a default object."""
    for arguments, names in [((1,), {}), ((1, 3), {"note": "m"}), ((), {"x": 1, "tags": {"a": 1}})]:
        point, twin = Point(*arguments, **names), Twin(*arguments, **names)  # type: ignore[arg-type]
        assert dataclasses.asdict(point) == dataclasses.asdict(twin)
        assert repr(point) == repr(twin).replace("Twin", "Point")
    assert Point(1).tags is not Point(1).tags
    assert Point(1).seen is not Point(1).seen
    kinds: list[Any] = [Point, Twin]
    for wrong in kinds:
        with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
            wrong()
        with pytest.raises(TypeError, match="unexpected keyword argument 'size'"):
            wrong(1, size=3)


def test_it_is_described_as_a_dataclass_is() -> None:
    """The signature, match arguments, slots and fields are those of the dataclass."""
    assert Point.__match_args__ == Twin.__match_args__
    assert Point.__slots__ == Twin.__slots__  # type: ignore[attr-defined]
    parameters, twin_parameters = inspect.signature(Point).parameters, inspect.signature(Twin).parameters
    assert [(parameter.name, parameter.kind, parameter.annotation) for parameter in parameters.values()] == [
        (parameter.name, parameter.kind, parameter.annotation) for parameter in twin_parameters.values()
    ]
    described = [
        [
            (
                attribute.name,
                attribute.type,
                attribute.default,
                attribute.default_factory,
                attribute.init,
                attribute.repr,
                attribute.compare,
            )
            for attribute in fields
        ]
        for fields in (dataclasses.fields(Point), dataclasses.fields(Twin))
    ]
    assert described[0] == described[1]
    assert Point.__dataclass_params__.frozen is True  # type: ignore[attr-defined]
    assert Loose.__dataclass_params__.frozen is False  # type: ignore[attr-defined]
    assert not hasattr(Point(1), "__dict__")
    assert (Point.__module__, Point.__qualname__, Point.__doc__) == (
        __name__,
        "Point",
        "A point with every kind of attribute.",
    )
    assert dataclasses.is_dataclass(Point)


def test_it_is_compared_by_what_counts() -> None:
    """Records are equal if and only if they have one class and equal compared attributes, and then have one hash."""
    assert Point(1) == Point(1, note="m") != Point(2)
    unequal: list[object] = [Twin(1), 1, Single(1)]
    assert all(Point(1) != other for other in unequal)
    assert hash(Single(1)) == hash(Single(1))
    assert len({Single(1), Single(1), Single(2)}) == 2
    assert repr(Single(1)) == "single"
    with pytest.raises(TypeError, match="unhashable type: 'Loose'"):
        hash(Loose(1))


def test_nobody_changes_it() -> None:
    """No attribute of a frozen record can be set or deleted, and of one that is not frozen only the declared ones."""
    for name in ("x", "size", "other"):
        with pytest.raises(FrozenInstanceError, match=f"cannot assign to field '{name}'"):
            setattr(Point(1), name, 1)
        with pytest.raises(FrozenInstanceError, match=f"cannot delete field '{name}'"):
            delattr(Kept(1), name)
    loose = Loose(1)
    loose.x = 5
    assert loose == Loose(5)
    with pytest.raises(AttributeError):
        loose.z = 1  # type: ignore[attr-defined]


def test_what_is_made_of_its_class_has_attributes_of_its_own() -> None:
    """A subclass of a record may have its own constructor and more attributes, and the inherited ones stay frozen."""

    class Mine(Kept):
        """A subclass with another attribute."""

        def __init__(self, x: int, extra: int) -> None:
            super().__init__(x)
            self.more = extra

    mine = Mine(3, 4)
    mine.more += 1
    del mine.more
    assert (mine.x, mine.twice, mine == Kept(3)) == (3, 6, False)
    with pytest.raises(FrozenInstanceError):
        mine.x = 4  # type: ignore[misc]


@pytest.mark.parametrize("original", [Point(1, tags={"a": 1}), Loose(1, 5), Kept(4), Single(2)])
def test_it_travels(original: Any) -> None:
    """Copies and pickles equal the original, whatever it has cached."""
    getattr(original, "twice", None)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(original, protocol)) == original  # noqa: S301  our own
    assert copy.copy(original) == copy.deepcopy(original) == original
    assert repr(copy.deepcopy(original)) == repr(original)


def test_it_is_replaced() -> None:
    """`replace`, `dataclasses.replace` and `__replace__` set attributes and compute the derived ones again."""
    point = Point(1, tags={"a": 1})
    for new in (replace(point, x=5), dataclasses.replace(point, x=5), point.__replace__(x=5)):  # type: ignore[attr-defined]
        assert (new, new.total) == (Point(5, tags={"a": 1}), 7)
    makers: list[Any] = [replace, dataclasses.replace]
    for make in makers:
        with pytest.raises((TypeError, ValueError), match=r"colour|size"):
            make(point, colour=1)
    with pytest.raises((TypeError, ValueError), match="size"):
        replace(point, size=1)


def test_it_is_matched() -> None:
    """A positional class pattern matches the constructor's arguments."""
    match Point(1, 5):
        case Point(x, y):
            assert (x, y) == (1, 5)


def test_threads_make_the_first_at_once() -> None:
    """Threads that make the first records of a class at the same time make equal records."""

    @record
    class New:
        x: int

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda x: New(x % 3), range(200))) == {New(0), New(1), New(2)}


@pytest.mark.parametrize("kind", [Decision, Repair, Table, Violation])
def test_a_public_record_has_its_signature_before_the_first_is_made(kind: type) -> None:
    """The signature of a public record is available before the first record is made."""
    code = f"import inspect, imgrules; print(*inspect.signature(imgrules.{kind.__name__}).parameters)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60).stdout.split()
    assert shown == list(kind.__match_args__)  # type: ignore[attr-defined]
