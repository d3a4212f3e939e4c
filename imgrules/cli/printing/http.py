"""A whole request as text: as HTTP, or as a curl command."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from shlex import quote
from typing import Any

_TYPE = "Content-Type: application/json"


def as_http(line: str, body: Any, base: str) -> str:
    """Return a request as HTTP: its line, a header, and the body as indented JSON."""
    method, address = line.split(" ", 1)
    return f"{method} {base}{address}\n{_TYPE}\n\n{json.dumps(body, ensure_ascii=False, indent=2)}"


def as_curl(line: str, body: Any, base: str) -> str:
    """Return the curl command that sends a request; every part is quoted for a POSIX shell."""
    method, address = line.split(" ", 1)
    data = quote(json.dumps(body, ensure_ascii=False))
    return f"curl --request {quote(method)} {quote(base + address)} \\\n  --header {quote(_TYPE)} \\\n  --data-raw {data}"


WRITERS: Mapping[str, Callable[[str, Any, str], str]] = {"http": as_http, "curl": as_curl}
"""Each format of a whole request, with the function that writes it."""
