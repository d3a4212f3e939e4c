"""The digest of a document is its SHA-256, whichever module of Python computes it."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest

from imgrules.table import sha256

HOMES = [sha256._OWN, "hashlib", "imgrules.no_such_module"]


@pytest.mark.parametrize("home", HOMES)
@pytest.mark.parametrize("parts", [[], [b""], [b"abc"], [b"a", b"bc"], [b"x" * 100_000, b"\xff"]])
def test_every_home_answers_the_same(home: str, parts: list[bytes]) -> None:
    """Python's own module, OpenSSL, and the fallback for a missing module give the same digest."""
    assert sha256._sha256_of(parts, home) == hashlib.sha256(b"".join(parts)).hexdigest()


@pytest.mark.parametrize("length", [0, sha256._SHORT, sha256._SHORT + 1])
def test_the_length_changes_nothing(length: int) -> None:
    """Short and long documents have the SHA-256 that hashlib computes."""
    assert sha256.sha256([b"x" * length]) == hashlib.sha256(b"x" * length).hexdigest()


def test_a_short_document_loads_no_openssl() -> None:
    """The digest of a small table costs no import of OpenSSL."""
    code = "import sys; from imgrules.table.sha256 import sha256; sha256([b'abc']); print('_hashlib' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60).stdout
    assert shown == "False\n"
