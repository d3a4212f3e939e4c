"""The facts as a folder of rule files, for peers that read YAML."""

from __future__ import annotations

import json
import re
from pathlib import Path

from bench.facts import Model, Models

ROOT = Path(__file__).parents[1]


def write_rules(models: Models, folder: Path) -> None:
    """Write the shared file, like that of the packaged rules, and a file per model."""
    folder.mkdir(parents=True)
    shared = (ROOT / "rules" / "_shared.yaml").read_text(encoding="utf-8")
    # `order` and the contract are about the packaged models.
    (folder / "_shared.yaml").write_text(re.sub(r"(?m)^(order|    contract): .*\n", "", shared), encoding="utf-8")
    for model in models:
        (folder / f"{model.id}.yaml").write_text(text(model), encoding="utf-8")


def text(model: Model) -> str:
    """Return the rule file of a model, with two examples."""
    ratio, quality = json.dumps(model.ratios[0]), json.dumps(model.qualities[0])
    closed = json.dumps(model.members_only)
    lines = [
        f"name: {model.name}",
        "type: image",
        f"provider: {model.provider}",
        f"model: {model.id}",
        "options:",
        "  ratio:",
        f"    values: {json.dumps(model.ratios)}",
        "  quality:",
        *(["    send: image_generation.quality"] if model.quality_beside_model else []),
        "    values:",
        *(f"      {json.dumps(quality)}: {{{_value(model, place)}}}" for place, quality in enumerate(model.qualities)),
        "examples:",
        f"  - {{select: {{ratio: {ratio}, quality: {quality}}}, expect: {{status: allowed}}}}",
        f"  - {{select: {{ratio: {ratio}, quality: {closed}}}, expect: {{status: locked, gate: member}}}}",
    ]
    return "\n".join(lines) + "\n"


def _value(model: Model, place: int) -> str:
    parts = []
    if model.labels:
        parts += [f"label: {model.labels[place]}", f"credits: {model.credits[place]}"]
    if model.qualities[place] == model.members_only:
        parts.append("gate: member")
    return ", ".join(parts)
