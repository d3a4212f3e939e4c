"""The SHA-256 of a document; of a short one without OpenSSL, which takes longer to load than a table does."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from typing import Any

_SHORT = 256 * 1024  # bytes, above which the time that OpenSSL saves is longer than the time that it takes to load
_OWN = "_sha2" if sys.version_info >= (3, 12) else "_sha256"
"""The module that comes with Python, and that its `random` uses, too; an interpreter may be built without it."""


def sha256(parts: Sequence[bytes]) -> str:
    """Return the digest of some bytes, one part after the other, in hexadecimal."""
    return _sha256_of(parts, _OWN if sum(map(len, parts)) <= _SHORT else "hashlib")


def _sha256_of(parts: Sequence[bytes], home: str) -> str:
    try:
        hashes: Any = importlib.import_module(home)
    except ImportError:
        hashes = importlib.import_module("hashlib")
    hashed = hashes.sha256()
    for each in parts:
        hashed.update(each)
    text: str = hashed.hexdigest()
    return text
