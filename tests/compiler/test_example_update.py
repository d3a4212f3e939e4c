"""An update of examples rewrites the literals that differ, in their place and layout, and leaves what is no literal."""

from __future__ import annotations

from pathlib import Path

import pytest

from imgrules.compiler.fixes.example_update import Updates, updated_files
from imgrules.compiler.read.folder import RuleFile
from tests.compiler.conftest import NANO, SHARED

HEAD = NANO[: NANO.index("examples:")]


def _update(examples: str, *, mark: str = "", head: str = HEAD) -> Updates:
    texts = {"_shared.yaml": SHARED, "nano.yaml": f"{mark}{head}{examples}"}
    return updated_files([RuleFile(Path(name), text.encode("utf-8")) for name, text in texts.items()])


def _after(examples: str, *, head: str = HEAD) -> str:
    """Return the examples after an update that leaves none of them, and changes nothing above."""
    updates = _update(examples, head=head)
    assert updates.left == ()
    assert updates.after.report.failed == ()
    (file,) = updates.files
    text = file.after.raw.decode("utf-8")
    assert text.startswith(f"{head}examples:")
    return text.removeprefix(head)


IN_BLOCK = """\
examples:
  # why this one
  - expect:
      credits: 7          # was 7 for years
      "status": 'locked'
      because:            # two of them
        - not_offered
        - unknown_field
    select: {quality: low, "ratio": "9:9"}

  - {  select: {quality: high, ratio: '1:1'}  , expect: { gate: "other" , status: "allowed" }  }  # end
"""


def test_layout_is_kept() -> None:
    """Comments, order, quotes, spaces, block and flow style stay; only the literals change."""
    head = HEAD.replace('values: ["16:9", "1:1"]', 'values: ["16:9", "1:1", "9:9"]')
    examples = IN_BLOCK.replace("      because:            # two of them\n        - not_offered\n        - unknown_field\n", "")
    wanted = examples.replace("credits: 7  ", "credits: 5  ").replace("'locked'", "'allowed'")
    wanted = wanted.replace('"other"', '"member"').replace('status: "allowed"', 'status: "locked"')
    assert _after(examples, head=head) == wanted


LITERALS = [
    ("credits: 7", "credits: 5"),
    ("credits: unknown", "credits: 5"),
    ("credits: 'about 5'", "credits: 5"),
    ("body: {output.ratio: '16:9', output.quality: (none)}", "body: {output.ratio: '1:1', output.quality: low}"),
    ("body: {output.ratio: 16, type: [video]}", 'body: {output.ratio: "1:1", type: image}'),
    ("body: {output.seed: 4}", "body: {output.seed: (none)}"),
]


@pytest.mark.parametrize(("before", "after"), LITERALS, ids=[before for before, _ in LITERALS])
def test_literals(before: str, after: str) -> None:
    """A number, a text and a list are written as they are typed, in the quotes that were there."""
    example = 'examples:\n  - {{select: {{ratio: "1:1", quality: low}}, expect: {{{}}}}}\n'
    assert _after(example.format(before)) == example.format(after)


def test_lists_of_codes() -> None:
    """A list in block style becomes what the rules say, and its comment stays."""
    example = """\
examples:
  - select: {ratio: "9:9", quality: low, sed: 1}
    expect:
      because:
        - not_offered  # the ratio
        - out_of_range
      status: impossible
"""
    after = _after(example)
    assert after.endswith("      because:\n        [not_offered, unknown_field] # the ratio\n      status: impossible\n")


LEFT = [
    ("{select: {ratio: '1:1', quality: low}, expect: {status: locked, gate: member}}", "there is no `gate`"),
    ("{select: {ratio: '9:9', quality: low}, expect: {status: allowed, credits: 5}}", "there is no `credits`"),
    (
        "{select: {ratio: '1:1'}, over: {quality: [low, high]}, expect: {credits: 5}}",
        "its combinations have different outcomes",
    ),
    (
        "{select: {ratio: '1:1', quality: low}, expect: {body: {image_generation: a}}}",
        "`body.image_generation` is a whole block",
    ),
]


@pytest.mark.parametrize(("example", "reason"), LEFT, ids=[reason for _, reason in LEFT])
def test_what_is_no_literal_is_left(example: str, reason: str) -> None:
    """An example that needs more than other literals stays as it is, and is named; others beside it are updated."""
    other = "{select: {ratio: '1:1', quality: low}, expect: {credits: 9}}"
    updates = _update(f"examples:\n  - {example}\n  - {other}\n")
    (left,) = updates.left
    assert (left.model, left.number, left.spot.start.line) == ("nano", 1, 13)
    assert left.reason.startswith(reason)
    (file,) = updates.files
    assert file.examples == (2,)
    assert f"  - {example}\n  - {other.replace('9', '5')}\n" in file.after.raw.decode()


def test_all_combinations_alike_and_a_mark() -> None:
    """Combinations that agree are one literal; a byte-order mark stays."""
    examples = "examples:\n  - {select: {quality: low}, over: {ratio: ['1:1', '16:9']}, expect: {credits: 6}}\n"
    (file,) = _update(examples, mark="\ufeff").files
    assert file.after.raw.decode("utf-8") == f"\ufeff{HEAD}{examples.replace('6}', '5}')}"


def test_a_date_is_missing() -> None:
    """An example without the moment that it needs is left."""
    head = HEAD.replace("label: Basic, credits: 5", "label: Basic, credits: 5, until: '2030-01-01'")
    (left,) = _update("examples:\n  - {select: {ratio: '1:1', quality: low}, expect: {credits: 6}}\n", head=head).left
    assert left.reason == "it needs `at:` with a date"
