"""
Write a new model file with blanks to fill; `imgrules check` names every blank that is left.

  imgrules init flux-2
  imgrules init flux-2 --rules my-rules

A file that exists is never touched. Where the folder has no _shared.yaml, the packaged one is copied beside it.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from imgrules.cli.rules import HERE
from imgrules.engine.errors import ImgrulesError
from imgrules.engine.wording import quoted
from imgrules.rules import packaged

if TYPE_CHECKING:
    from imgrules.compiler.spec import SharedSpec


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("model", metavar="MODEL", help="the public id of the new model, which becomes the name of its file")
    parser.add_argument("--rules", type=Path, metavar="DIR", default=HERE, help="the folder of rules (default: rules/)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how the outcome is shown")


def run(args: argparse.Namespace) -> int:
    """Write the file, and the shared one where there is none."""
    from imgrules.compiler.build import SHARED, read_shared  # noqa: PLC0415  only this command pays for the compiler
    from imgrules.compiler.spec import MODEL_ID, PATTERNS  # noqa: PLC0415

    model = args.model.removesuffix(".yaml")
    if not re.fullmatch(MODEL_ID, model):
        raise ImgrulesError(f"{quoted(args.model)} cannot be a model's id: {PATTERNS[MODEL_ID]}")
    path, shared_path = args.rules / f"{model}.yaml", args.rules / f"{SHARED}.yaml"
    if path.exists():
        raise ImgrulesError(f"{path} exists already, and is left as it is")
    written = [path]
    args.rules.mkdir(parents=True, exist_ok=True)
    if not shared_path.exists():
        text = (_packaged_folder() / shared_path.name).read_text(encoding="utf-8")
        # The order of the packaged models says nothing about a new rule set.
        shared_path.write_text(re.sub(r"(?m)^(#.*\n)?order:.*\n\n?", "", text), encoding="utf-8", newline="\n")
        written.append(shared_path)
    shared = read_shared(shared_path)
    if not shared.types:
        raise ImgrulesError(f"{shared_path} declares no type that a model could have")
    text = "\n".join(_template(shared)) + "\n"
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    if args.format == "json":
        print(json.dumps({"written": [str(each) for each in written]}))
    else:
        print("".join(f"wrote {each}\n" for each in written) + f"fill the blanks, then run `imgrules check {args.rules}`")
    return 0


def _packaged_folder() -> Path:
    place = packaged()
    return place.parent if place.is_file() else place


def _template(shared: SharedSpec) -> Iterator[str]:
    from imgrules.compiler.spec import ModelSpec, OptionSpec  # noqa: PLC0415  as above

    fields, option = ModelSpec.model_fields, OptionSpec.model_fields
    kind = next(iter(shared.types))
    names = list(shared.types[kind].options or {})
    gate = "".join(f", gate: {each}" for each in list(shared.gates or {})[:1])
    yield "# yaml-language-server: $schema=../schemas/model.schema.json"
    yield "# Fill every blank, then run `imgrules check`. Quote values such as ratios: other YAML readers misread them."
    for name in ("name", "type", "provider", "model"):
        said = kind if name == "type" else ""
        yield f"{name}: {said}".rstrip().ljust(30) + f" # {fields[name].description}"
    yield ("options:" if names else "options: {}").ljust(30) + f" # {fields['options'].description}"
    for name in names:
        yield f"  {name}:"
        yield "    values:".ljust(30) + f" # {option['values'].description}"
        yield "    # default:".ljust(30) + f" # {option['default'].description}"
    yield "# A value with details, in place of a list: `values: {high: {label: Premium, credits: 20" + gate + "}}`"
    yield "examples:".ljust(30) + f" # {fields['examples'].description}"
    yield "  - select: {" + ", ".join(f"{name}: " for name in names) + "}"
    yield "    expect: {status: allowed, credits: unknown}".ljust(48) + " # The price of this selection, where it is known."
