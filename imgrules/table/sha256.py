"""SHA-256 without OpenSSL for short documents, because importing OpenSSL takes longer than loading a table."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from typing import Any

_SHORT = 256 * 1024  # bytes; for more, OpenSSL saves more time than its import takes
_OWN = "_sha2" if sys.version_info >= (3, 12) else "_sha256"
"""The module of CPython that `random` uses as well; an interpreter may be built without it."""


def sha256(parts: Sequence[bytes]) -> str:
    """Return the SHA-256 of some parts, one after the other, as 64 hexadecimal digits."""
    return _sha256_of(parts, _OWN if sum(map(len, parts)) <= _SHORT else "hashlib")


def _sha256_of(parts: Sequence[bytes], module: str) -> str:
    try:
        hashing: Any = importlib.import_module(module)
    except ImportError:
        hashing = importlib.import_module("hashlib")
    hashed = hashing.sha256()
    for part in parts:
        hashed.update(part)
    text: str = hashed.hexdigest()
    return text
