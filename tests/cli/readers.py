"""How other programs read the formats of the command line: schemas, and the runner of GitHub; and texts that attack them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema

ROOT = Path(__file__).parents[2]
HOSTILE = "::error::x\n::stop-commands::y\r%0A##[add-mask]z]]></failure><b>&[a](https://evil.example) @team #1 |`,:"
CONTROL = "\x1b[31m\x00\ufffe\udcff\u2028"
"""What no rule file holds as it is, but a file name or the text of another program may."""


def schema(name: str) -> Any:
    """Return a validator of a schema for programs other than this one."""
    document = json.loads((ROOT / "tests" / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(document)
    kind.check_schema(document)
    return kind(document)


class Command(NamedTuple):
    """A workflow command as a runner of GitHub understands it."""

    name: str
    properties: dict[str, str]
    message: str


def commands(text: str) -> Iterator[Command]:
    """Yield the workflow commands of an output, as the documentation of GitHub says; no other line may be one."""
    for line in re.split(r"[\r\n]+", text):
        if not line.lstrip().startswith("::"):
            assert "##[" not in line, "the older form of a command, which stands anywhere in a line"
            continue
        head, message = line[2:].split("::", 1)
        name, _, given = head.partition(" ")
        properties = dict(part.split("=", 1) for part in given.split(","))
        yield Command(name, {key: _unescaped(value) for key, value in properties.items()}, _unescaped(message))


def _unescaped(text: str) -> str:
    signs = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
    return re.sub("|".join(signs), lambda match: signs[match[0]], text)
