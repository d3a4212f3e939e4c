"""Lists of listed values in a contract: what is refused of a list is reported at the option."""

from __future__ import annotations

import json

from imgrules.compiler.build import build_texts
from imgrules.compiler.source import ContractFile

SHARED = (
    "language: 1\n"
    "types:\n"
    "  image: {contract: c.json, provider: {send: false}, model: {send: false}, fields: {prompt: {send: p, text: {min: 1}}}}\n"
)
MODEL = """
provider: studio
model: demo-1
options:
  pics: {send: pics, list: {max: 2}, values: [ink, oil], optional: true}
  tone: {send: tone, values: [dark, light]}
"""


def test_a_list_that_is_refused_with_another_value_is_placed_at_its_option() -> None:
    """The list of values that a pick has is no value of the option itself."""
    refused = {"not": {"properties": {"pics": {"const": ["ink"]}, "tone": {"const": "dark"}}, "required": ["pics"]}}
    report = build_texts(
        {"_shared": SHARED, "demo": MODEL}, contracts=lambda _: ContractFile(json.dumps(refused).encode())
    ).report
    found = [finding for finding in report.diagnostics if finding.code.id in {"IR314", "IR316"}]
    assert found
    assert all("demo" in finding.spot.file for finding in found)
