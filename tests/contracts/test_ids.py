"""Every test has a name of its own that is the same in every process, so that several can share the tests."""

from __future__ import annotations

import re
from collections import Counter

import pytest

_ADDRESS = re.compile(r"\bat 0x[0-9a-f]+")


def test_no_name_holds_an_address(request: pytest.FixtureRequest) -> None:
    """The address of an object differs from process to process: give such a parameter an id."""
    names = [item.nodeid for item in request.session.items]
    assert [name for name in names if _ADDRESS.search(name)] == []


def test_every_name_is_given_once(request: pytest.FixtureRequest) -> None:
    """A test that fails is found by its name."""
    counted = Counter(item.nodeid for item in request.session.items)
    assert [name for name, count in counted.items() if count > 1] == []
