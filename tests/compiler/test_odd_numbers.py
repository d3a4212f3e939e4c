"""Any scalar in any place gives a located mistake or a valid table, never a traceback."""

from __future__ import annotations

import json

import pytest

from imgrules import Rules
from imgrules.compiler.build import build_files, build_texts
from imgrules.compiler.parsed_file import parse_text
from imgrules.compiler.read.syntax import parse
from imgrules.compiler.source import Source

TODAY = "2026-01-02T00:00:00Z"
SHARED = """\
language: 1
stale_after: 30
types:
  image:
    body: {kind: 7}
    provider: {send: p}
    model: {send: m}
    fields: {prompt: {send: prompt, text: {min: 1, max: 9}}}
gates:
  club: {opens_with: [gold], label: Club}
"""

RICH = """\
name: M
type: image
provider: p
model: m
options:
  mode: {send: mode, values: {make: {as: 1}, edit: {as: 2, from: "2026-01-01"}}, default: make}
  outputs: {send: count, number: {min: 1, max: 4, step: 1}, default: {by: [mode], table: {make: 1, edit: 2}}}
  strength: {send: s, number: {min: 0.5, max: 2, step: 0.5}, default: 1.5, snap: nearest, when: {outputs: {min: 1, max: 4}}}
  size: {send: size, size: {edge: {min: 64, max: 512, step: 16}, area: {min: 4096, max: 262144}, ratio: {min: "1:3", max: "3:1"}}}
  shape: {send: shape, ratio: {min: "1:4", max: "4:1"}, optional: true}
  note: {send: note, text: {min: 1, max: 9, unit: words}, optional: true}
  pictures: {send: pictures, list: {min: 1, max: 3}, optional: true}
  pixels: {of: size, measure: pixels, unit: 1000}
  all: {of: [outputs, pictures], measure: total}
  band: {of: outputs, values: {few: {max: 2}, many: {min: 3}}}
limits: [{when: {outputs: 4}, never: {pictures: {min: 3}}}, {only: {all: {max: 6}}}, {when: {all: [6]}, only: {strength: {not: 2}}}]
gates: [{when: {outputs: {min: 4}}, gate: club}]
fields: {prompt: {text: {min: 2, max: 8}}}
body: {fixed: 3, listed: [1, 2.5], "row[0]": {by: [band], table: {few: 1, many: 2}}}
credits:
  base: {by: [mode], table: {make: 2, edit: 3}}
  times: [{factor: 1.5, when: {outputs: 3}}, {factor: {by: [band], table: {many: 0.5}}}]
  plus: [{credits: 0.25, per: pixels, beyond: 2}, {credits: {by: [mode], table: {edit: 1}}}]
  each: outputs
  round: {up: 0.5}
promotion: {credits: {by: [mode], table: {make: 2, edit: 1.5}}, from: "2026-01-01", until: "2026-06-01"}
source: {url: "https://example.com", checked: "2026-01-01"}
examples:
  - {select: {size: 64x64, outputs: 1}, at: "2026-03-01", expect: {status: allowed, credits: 3, body: {count: 1}}}
  - {select: {size: 64x64, mode: edit, outputs: 1}, at: "2026-03-01", expect: {credits: 3.5, regular: 5}}
"""

OTHER = "name: O\ntype: image\nprovider: p\nmodel: o\noptions: {}\n"
ODD = [
    *(
        ".nan",
        ".inf",
        "-.inf",
        "1e999",
        "-1e999",
        "1e-999",
        "1e99999999999999999999",
        "12345678901234567890",
        "0.12345678901234567",
    ),
    *("-5", "-0.5", "-0", "0", "1e14", "999999999999999", "0xFFFFFFFFFFFFFFF", "0o777777777777777", "0.000000000000001"),
    *("true", "null", "", "[]", "{}", '".nan"', "unknown", "any", "9" * 5000),
]
TREE, _ = parse(Source("m.yaml", RICH))
assert TREE is not None


def scalars() -> list[tuple[str | int, ...]]:
    """Return the paths of all scalars of the rich file."""
    assert TREE is not None
    paths = []
    for path in TREE.values:
        value = TREE.value
        for key in path:
            value = value[key]
        if not isinstance(value, dict | list):
            paths.append(path)
    return paths


def test_the_rich_file_is_sound() -> None:
    """The file that the other tests break is valid."""
    report = build_texts({"_shared": SHARED, "m": RICH}, TODAY).report
    assert report.diagnostics == ()


PATHS = scalars()
AROUND = (parse_text("_shared", SHARED), parse_text("other", OTHER))
VALUES_PER_PLACE = 4  # how many of the odd values are tried at each place; the next place gets the next few


@pytest.mark.parametrize("at", range(len(PATHS)), ids=lambda at: ".".join(map(str, PATHS[at])))
def test_odd(at: int) -> None:
    """An odd value in any place is an error of this model alone, or leaves a table that can be asked and written as JSON."""
    assert TREE is not None
    span = TREE.values[PATHS[at]]
    for odd in (ODD[(at * VALUES_PER_PLACE + more) % len(ODD)] for more in range(VALUES_PER_PLACE)):
        built = build_files([*AROUND, parse_text("m", RICH[: span.start] + odd + RICH[span.end :])], today=TODAY)
        assert built.table is not None
        assert "other" in built.table.models
        assert ("m" in built.table.models) is ("m.yaml" not in built.broken)
        decision = Rules(built.table).decide({"model": "m"}, at="2026-03-01")
        json.dumps([Rules(built.table).catalog(at="2026-03-01"), decision.as_dict()], allow_nan=False)
