"""Checks that try selections meet a fault that only one bucket of a measure has, however narrow it is."""

from __future__ import annotations

import random
from functools import partial
from itertools import product

import pytest

from imgrules.compiler.build import build_texts
from imgrules.compiler.samples.sample_sides import sides_at
from imgrules.table.measures import sized
from imgrules.table.terms import Follows, Numbers, Ratios, Sizes

SHARED = "language: 1\ntypes: {t: {model: {send: m}}}\n"
SIZE = "size: {send: size, size: {edge: {min: 16, max: 4096, step: 16}, ratio: {min: '1:3', max: '3:1'}}}"
SIDES = ", ".join(
    f"{side}: {{send: {side}, number: {{min: 16, max: 4096, step: 16}}, default: 32}}" for side in ("wide", "high")
)
BUCKETS = {
    "longest": f"{SIZE}, tier: {{of: size, measure: longest, values: {{a: {{max: 1536}}, b: {{min: 1537, max: 1552}}, c: {{min: 1553}}}}}}",
    "shortest": f"{SIDES}, tier: {{of: [wide, high], measure: shortest, values: {{a: {{max: 96}}, b: {{min: 97, max: 112}}, c: {{min: 113}}}}}}",
    "pixels": f"{SIZE}, tier: {{of: size, measure: pixels, unit: 100000, values: {{a: {{max: 7}}, b: {{min: 8, max: 8}}, c: {{min: 9}}}}}}",
    "total": f"{SIDES}, tier: {{of: [wide, high], measure: pixels, values: {{a: {{max: 70000}}, b: {{min: 70001, max: 71000}}, c: {{min: 71001}}}}}}",
}
FAULTS = {
    "IR290": "credits: {base: 0.5, times: [{factor: {by: tier, table: {b: 0.5}}}]}\n",
    "IR242": "credits: {base: 1.5, times: [{factor: {by: tier, table: {b: 1.00000000000001}}}], round: exact}\n",
    "IR241": "credits: {base: 1, plus: [{credits: 1, when: {tier: b, free: fine}}]}\n",
}


@pytest.mark.parametrize("bucket", BUCKETS)
def test_a_fault_in_one_bucket(bucket: str) -> None:
    """A price that is wrong in the middle bucket alone is found, for each check that tries selections."""
    for code, price in FAULTS.items():
        free = ", free: {send: free, values: {plain: {as: 1}, fine: {as: 1}}}" if code == "IR241" else ""
        text = f"name: M\nmodel: m\noptions: {{{BUCKETS[bucket]}{free}}}\n{price}"
        found = build_texts({"_shared": SHARED, "m": text}).report.diagnostics
        assert code in [diagnostic.code.id for diagnostic in found], (code, [diagnostic.message for diagnostic in found])


def test_every_bucket_has_a_sample() -> None:
    """Of random small rules, each side of a number that some size reaches is reached by a sample, and every sample is a size."""
    draw = random.Random(7)  # noqa: S311  no secret is made
    missed = 0
    for _ in range(60):
        step = draw.choice([1, 2, 8])
        edge = Numbers(draw.choice([8, 16]), draw.choice([32, 40]), step)
        ratio = draw.choice([None, Ratios("1:2", "2:1"), Ratios("1:1", "3:1")])
        rule = Sizes(edge, Numbers(draw.choice([None, 200]), draw.choice([None, 900])), ratio)
        measure, unit = draw.choice(["longest", "shortest", "pixels"]), draw.choice([1, 100])
        follows = Follows(("size",), measure, unit) if measure == "pixels" else Follows(("size",), measure)
        possible = {pair: reached(follows, pair) for pair in product(range(8, 41), range(8, 41)) if sized(pair, rule)}
        if not possible:
            continue
        at = draw.choice(sorted(possible.values()))
        samples = list(sides_at(follows, [at], (edge, edge), partial(sized, rule=rule)))
        assert set(samples) <= possible.keys()
        numbers = {possible[pair] for pair in samples}
        missed += at not in numbers
        missed += any(number < at for number in possible.values()) and not any(number < at for number in numbers)
        missed += any(number > at for number in possible.values()) and not any(number > at for number in numbers)
    assert missed <= 2  # an area may need sides that are not among those tried


def reached(rule: Follows, pair: tuple[int, int]) -> int:
    """Return the measure of a width and a height."""
    if rule.measure == "pixels":
        return -(-pair[0] * pair[1] // rule.unit)
    return max(pair) if rule.measure == "longest" else min(pair)


def test_two_sizes_that_send_the_same() -> None:
    """Where only the width is sent, two heights in two buckets are one request at two prices."""
    tier = "{of: size, measure: longest, values: {a: {max: 1536, credits: 1}, b: {min: 1537, max: 1552, credits: 1}, c: {min: 1553, credits: 2}}}"
    text = f"name: M\nmodel: m\noptions: {{{SIZE.replace('send: size', 'send: false')}, tier: {tier}}}\nbody: {{width: {{of: size, as: width}}}}\n"
    found = build_texts({"_shared": SHARED, "m": text}).report.errors
    assert [error.code.id for error in found] == ["IR241"]


def test_many_buckets() -> None:
    """Of thirty buckets, a fault in any one is found."""
    bounds = [f"b{at}: {{min: {at * 128 + 1}, max: {at * 128 + 128}}}" for at in range(1, 30)]
    words = ", ".join(["b0: {max: 128}", *bounds, "b30: {min: 3841}"])
    for bad in ("b0", "b15", "b30"):
        price = f"credits: {{base: 0.5, times: [{{factor: {{by: tier, table: {{{bad}: 0.5}}}}}}]}}"
        text = f"name: M\nmodel: m\noptions: {{{SIZE}, tier: {{of: size, measure: longest, values: {{{words}}}}}}}\n{price}\n"
        codes = [found.code.id for found in build_texts({"_shared": SHARED, "m": text}).report.diagnostics]
        assert "IR290" in codes, bad
