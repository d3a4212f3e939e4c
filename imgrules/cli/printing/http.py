"""A whole request as text: as HTTP, or as a curl command."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from shlex import quote
from typing import Any

from imgrules.errors import ImgrulesError
from imgrules.quoting import quoted

_TYPE = "Content-Type: application/json"


def as_http(line: str, body: Any, base: str) -> str:
    """Return a request as HTTP: its line, a header, and the body as indented JSON."""
    method, address = _parts(line, base)
    return f"{method} {address}\n{_TYPE}\n\n{json.dumps(body, ensure_ascii=False, indent=2)}"


def as_curl(line: str, body: Any, base: str) -> str:
    """Return the curl command that sends a request; every part is quoted for a POSIX shell."""
    method, address = _parts(line, base)
    data = quote(json.dumps(body, ensure_ascii=False))
    return f"curl --request {quote(method)} {quote(address)} \\\n  --header {quote(_TYPE)} \\\n  --data-raw {data}"


def _parts(line: str, base: str) -> tuple[str, str]:
    """Return the method of a request, and its address behind a base; raise ImgrulesError if the address has a base of its own."""
    method, address = line.split(" ", 1)
    if base and re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", address):
        raise ImgrulesError(f"the rules state the whole address {quoted(address)}: leave out --base")
    return method, (base.removesuffix("/") if address.startswith("/") else base) + address


WRITERS: Mapping[str, Callable[[str, Any, str], str]] = {"http": as_http, "curl": as_curl}
"""Each format of a whole request, with the function that writes it."""
