"""
Write a new model file with blanks to fill; `imgrules check` reports every blank that is left.

  imgrules init flux-2
  imgrules init flux-2 --rules my-rules     the folder is created if it does not exist
  imgrules init flux-2 --like flux-2-pro    start from a file of the cookbook: a real model with its options and prices,
                                            but without amounts where the rules have another currency, and without sources
  imgrules init vendor/Some-Model:v1        the file is vendor-some-model-v1.yaml, and states this `id`
  imgrules init --list                      what the cookbook has

Without --rules the file goes into the rules that `imgrules check` would check; where there are none, nothing is written.
A file that exists is never changed. Where the folder has no _shared.yaml, the packaged one is copied beside it, with the
contract that it names, or the cookbook's. What the cookbook's models share and the folder's _shared.yaml lacks is written
into the new file. Editors complete and check the file by the schema that its first line names; where there is no folder
schemas/ beside the rules or above them in the repository, one is written.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from imgrules.cli.arguments.rules_folder import required_rules
from imgrules.cli.starting import cookbook
from imgrules.cli.starting.blank_model import template
from imgrules.cli.starting.editor_schemas import with_schemas
from imgrules.cli.starting.edits import applied
from imgrules.cli.writing.files import create
from imgrules.errors import ImgrulesError
from imgrules.quoting import quoted


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "model",
        metavar="MODEL",
        nargs="?",
        help="the public id of the new model, which becomes the name of its file, if it can",
    )
    parser.add_argument("--like", metavar="NAME", help="the cookbook file to start from")
    parser.add_argument("--list", action="store_true", help="list the cookbook, and write nothing")
    parser.add_argument(
        "--rules", type=Path, metavar="DIR", help="the folder of rules, created if it does not exist (default: as for check)"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="the format of the result")


def run(args: argparse.Namespace) -> int:
    """Write the model file, and a shared file if there is none; return the exit code."""
    if args.list:
        return _list(args.format)
    if args.model is None:
        raise ImgrulesError("name the new model, such as `imgrules init my-model`, or list the cookbook with --list")
    path = _path(args)
    if args.like is not None and args.like not in cookbook.names():
        raise ImgrulesError(cookbook.unknown_message(args.like))
    beside = _beside(path, args.like)
    text = _text(path, args.like, beside)
    if args.model.removesuffix(".yaml") != path.stem:
        text = _with_id(text, args.model)
    new = with_schemas({path: text, **beside}, path.parent)
    create({other: new[other] for other in reversed(new)})  # the file of the model comes last, and marks the end
    written = list(new)
    left = [] if args.like is None else list(_remaining_errors(path, text))
    if args.format == "json":
        print(json.dumps({"written": [str(file) for file in written], "left": left}, ensure_ascii=False))
    else:
        print("".join(f"wrote {file}\n" for file in written) + f"fill the blanks, then run `imgrules check {path.parent}`")
        for problem in left:
            print(f"imgrules: after filling the blanks, also fix {problem}", file=sys.stderr)
    return 0


def _list(output_format: str) -> int:
    names = cookbook.names()
    if output_format == "json":
        print(json.dumps([{"name": name, "about": cookbook.about(name)} for name in names], ensure_ascii=False, indent=2))
    else:
        wide = max(map(len, names), default=0)
        print("".join(f"{name.ljust(wide)}  {cookbook.about(name)}\n" for name in names), end="")
    return 0


def _path(args: argparse.Namespace) -> Path:
    from imgrules.compiler.spec.types import FILE_NAME, MODEL_ID, PATTERNS  # noqa: PLC0415  only this pays for the compiler

    model = args.model.removesuffix(".yaml")
    # A name that ends in .yaml or begins with a dot is the name of a file.
    if model == args.model and model[:1] != "." and re.fullmatch(MODEL_ID, model):
        model = re.sub(r"[^a-z0-9._]+", "-", model.lower()).strip("-._")
    if not re.fullmatch(FILE_NAME, model):
        raise ImgrulesError(f"{quoted(args.model)} cannot be a model's id: {PATTERNS[MODEL_ID]}; {PATTERNS[FILE_NAME]}")
    folder: Path = required_rules("imgrules init MODEL --rules DIR") if args.rules is None else args.rules
    path = folder / f"{model}.yaml"
    if path.exists():
        raise ImgrulesError(f"{path} already exists, and is not changed; choose another name, or delete the file first")
    return path


def _beside(path: Path, like: str | None) -> dict[Path, str]:
    """Return the texts of the shared file and its contract to write beside a new model, unless the folder has them."""
    from imgrules.compiler.read.folder import SHARED  # noqa: PLC0415  as above

    shared = f"{SHARED}.yaml"
    if path.with_name(shared).exists():
        return {}
    texts = cookbook.packaged_shared() if like is None else {shared: cookbook.shared_text(like)}
    return {path.with_name(name): text for name, text in texts.items() if not path.with_name(name).exists()}


def _text(path: Path, like: str | None, beside: Mapping[Path, str]) -> str:
    from imgrules.compiler.build import read_shared, shared_in  # noqa: PLC0415  as above
    from imgrules.compiler.read.folder import SHARED, RuleFile  # noqa: PLC0415

    place = path.with_name(f"{SHARED}.yaml")
    new = beside.get(place)
    shared = read_shared(place) if new is None else shared_in(RuleFile(place, new.encode("utf-8")))
    if not shared.types:
        raise ImgrulesError(f"{place} has no type for the new model; declare one under `types`")
    if like is None:
        return "\n".join(template(shared)) + "\n"
    return cookbook.like(like, shared, _ids(path.parent))


def _ids(folder: Path) -> list[str]:
    """Return the ids of the models in a folder, as far as their texts say them."""
    from imgrules.compiler.spec.ids import ids_of  # noqa: PLC0415  as above

    files = [file for file in folder.glob("*.yaml") if file.stem[:1] != "_" and file.is_file()]
    texts = {file.stem: file.read_text(encoding="utf-8", errors="replace") for file in files}
    return list(ids_of(dict.fromkeys(texts), texts).homes)


def _with_id(text: str, model: str) -> str:
    """Return the text of a new file with the id of its model before its name."""
    word = (
        model
        if re.fullmatch(r"[A-Za-z0-9][\w./-]*[A-Za-z][\w./-]*", model, re.ASCII)
        else json.dumps(model, ensure_ascii=False)
    )
    return re.sub(r"(?m)^name:", lambda _: f"id: {word}\nname:", text, count=1)


def _remaining_errors(path: Path, text: str) -> Iterator[str]:
    """Yield the errors that `check` will find in a cookbook file once its blanks are filled."""
    from imgrules.compiler.build import build_texts  # noqa: PLC0415  as above
    from imgrules.compiler.read.contract_file import read_contract  # noqa: PLC0415
    from imgrules.compiler.read.folder import read_folder  # noqa: PLC0415
    from imgrules.compiler.report.diagnostics import Severity  # noqa: PLC0415

    texts = {file.path.stem: file.raw.decode("utf-8", "replace") for file in read_folder(path.parent) if file.problem is None}
    built = build_texts({**texts, path.stem: _filled(text)}, contracts=partial(read_contract, path.parent))
    for diagnostic in built.report.diagnostics:
        if diagnostic.spot.file == path.name and diagnostic.code.severity is Severity.ERROR:
            hint = diagnostic.hint
            yield f"{path}:{diagnostic.spot.start.line}: {diagnostic.message}" + (f" ({hint})" if hint else "")


def _filled(text: str) -> str:
    """Return the text of a cookbook file with something possible in every blank."""
    from imgrules.compiler.read.syntax import parse  # noqa: PLC0415  as above
    from imgrules.compiler.source import Source  # noqa: PLC0415

    tree, _ = parse(Source("", text))
    keys = {} if tree is None else {path: tree.keys[path] for path, (start, end) in tree.values.items() if start == end}
    places = {path: key.end + len(":") for path, key in keys.items()}
    return applied(text, [(at, at, f" {_possible(path)}") for path, at in places.items()])


def _possible(path: tuple[str | int, ...]) -> str:
    """Return a value for a blank: a name and an amount may be `unknown`, other than a request, and a step of rounding."""
    return "POST /" if path == ("request",) else "1" if "round" in path else "unknown"
