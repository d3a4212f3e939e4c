"""A valid rule set that tests edit in one place, and the places where a code is reported."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

import pytest

from imgrules.compiler import file_caps as caps
from imgrules.compiler.build import Build, build_texts
from imgrules.compiler.report.diagnostics import Spot

Edits: TypeAlias = Iterable[tuple[str, str]]
"""Pieces of a valid file, each with its replacement."""

SHARED = """\
language: 1
types:
  image:
    body: {type: image}
    provider: {send: image_generation.provider}
    model: {send: image_generation.model}
    fields:
      prompt: {send: prompt, text: {min: 1, max: 100}}
    options:
      ratio: {label: {en: Ratio}, send: output.ratio}
      quality: {label: {en: Quality}, send: output.quality}
    refused:
      style: images have no style control
gates:
  member: {opens_with: [member], label: {en: Members only}}
result:
  state: {read: status, running: [queued], succeeded: [ready], failed: [failed]}
  main: {read: main_url}
"""

NANO = """\
name: Nano
type: image
provider: gemini
model: nano
options:
  ratio:
    values: ["16:9", "1:1"]
  quality:
    values:
      low: {label: Basic, credits: 5}
      high: {label: Premium, credits: 8, gate: member}
examples:
  - {select: {ratio: "1:1", quality: low}, expect: {status: allowed, credits: 5}}
"""


def edited(text: str, edits: Edits) -> str:
    """Return a text with each piece replaced once; fail the test if a piece is missing."""
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def _build_with(
    *edits: tuple[str, str],
    shared: Edits = (),
    others: Mapping[str, Edits] | None = None,
    messages: str = "",
    today: str | None = None,
) -> Build:
    models = {"nano": edited(NANO, edits)} | {name: edited(NANO, model_edits) for name, model_edits in (others or {}).items()}
    translated = {"_messages": messages} if messages else {}
    return build_texts({"_shared": edited(SHARED, shared), **translated, **models}, today)


def _located(spot: Spot) -> str:
    end = spot.end.column - 1 if spot.end.line == spot.start.line else None
    return f"{spot.file}:{spot.start.line}:{spot.start.column} {spot.excerpt[spot.start.column - 1 : end]}"


@pytest.fixture
def build_with() -> Callable[..., Build]:
    """Return a function that builds the valid rule set with edits of its model and shared file, other models, sentences and a day."""
    return _build_with


@pytest.fixture
def places_of() -> Callable[..., list[str]]:
    """Return a function that lists where a code is reported in the edited rule set: file, line, column and the marked text."""

    def find(code: str, *edits: tuple[str, str], **more: Edits | Mapping[str, Edits] | str) -> list[str]:
        report = _build_with(*edits, **more).report  # type: ignore[arg-type]  # the keywords are those of `_build_with`
        diagnostics = [diagnostic for diagnostic in report.diagnostics if diagnostic.code.id == code]
        return [_located(spot) for diagnostic in diagnostics for spot in (diagnostic.spot, *diagnostic.more)]

    return find


@pytest.fixture
def most_mistakes(monkeypatch: pytest.MonkeyPatch) -> int:
    """Return a maximum number of mistakes of one file that is a tenth of the usual one, in force for the test."""
    lowered = caps.MOST_MISTAKES // 10
    for module in [module for name, module in sys.modules.items() if name.startswith("imgrules.")]:
        if hasattr(module, "MOST_MISTAKES"):
            monkeypatch.setattr(module, "MOST_MISTAKES", lowered)
    return lowered
