"""Every amount of a model file is found, and no other number."""

from __future__ import annotations

import re

from imgrules.compiler.bind.bind import bind
from imgrules.compiler.read.syntax import parse
from imgrules.compiler.source import Source
from imgrules.compiler.spec.amounts import amounts
from imgrules.compiler.spec.model import ModelSpec

TEXT = """
name: N
options:
  quality:
    values:
      low: {credits: 701, promotion: {credits: 702, until: "2027-01-01"}}
      high: {credits: unknown}
  size: {values: [small, large]}
  base: {number: {min: 1, max: 4}, default: 1}
credits:
  - {credits: about 703, until: "2026-01-01"}
  - credits: {by: size, table: {small: 704, large: 705}}
    from: "2026-01-01"
    until: "2026-02-01"
  - credits:
      base: {by: [size, quality], table: {small: {low: 706, high: about 707}, large: 708}}
      times: [{factor: 2}, {factor: {by: size, table: {large: 3}}}]
      plus: [{credits: 709, per: base, beyond: 1}, {credits: {by: quality, table: {high: 710}}, when: {base: 2}}]
      each: base
      round: {up: 711}
    from: "2026-02-01"
    until: "2026-03-01"
  - {credits: {base: 712, round: {down: 713}}, from: "2026-03-01", until: "2026-04-01"}
  - {credits: {base: 714, round: {nearest: 715}}, from: "2026-04-01"}
promotion: {credits: {by: quality, table: {low: 716, high: 717}}, until: "2026-05-01"}
examples:
  - {select: {base: 1}, at: "2026-06-01", expect: {credits: 718, regular: about 719, body: {base: 1}}}
"""


def test_every_amount_is_found_once_at_its_path() -> None:
    """Those of values, promotions, dates, tables, surcharges and examples are found, and the steps of rounding."""
    tree, _ = parse(Source("a.yaml", TEXT))
    assert tree is not None
    spec = bind(tree, ModelSpec)[0]
    assert spec is not None
    found = sorted(TEXT[slice(*tree.values[path])] for path, _ in amounts(spec))
    assert found == sorted([*re.findall(r"(?:about )?7\d\d", TEXT), "unknown"])
