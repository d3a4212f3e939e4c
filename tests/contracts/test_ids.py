"""Every test has a unique name that is the same in every process, so that several processes can share the tests."""

from __future__ import annotations

import re
from collections import Counter

import pytest

_ADDRESS = re.compile(r"\bat 0x[0-9a-f]+")


def test_no_name_holds_an_address(request: pytest.FixtureRequest) -> None:
    """No test name holds the address of an object, which differs between processes: such a parameter needs an id."""
    names = [item.nodeid for item in request.session.items]
    assert [name for name in names if _ADDRESS.search(name)] == []


def test_every_name_is_given_once(request: pytest.FixtureRequest) -> None:
    """No two tests have the same name."""
    counted = Counter(item.nodeid for item in request.session.items)
    assert [name for name, count in counted.items() if count > 1] == []
