"""The schemas that editors read: where they lie beside a folder of rules, and the line of a rule file that names one."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from imgrules.repository import repository_of

SCHEMAS = "schemas"
_OF_MODELS = "model.schema.json"
_LINE = re.compile(r"(?m)^(# yaml-language-server: \$schema=)\S*?([a-z]+\.schema\.json)$")


def with_schemas(texts: Mapping[Path, str], folder: Path) -> dict[Path, str]:
    """
    Return the texts of new rule files with the schemas that they name, by a path relative to their folder.

    The schemas are in a folder `schemas` beside the rules or above them in the repository; where there is none, their texts are
    returned too. A repository is read on many machines, so that a path into the installed package would be right on one only.
    """
    home = _existing(folder)
    missing = {}
    if home is None:
        from imgrules.compiler.schemas.author_schemas import author_texts  # noqa: PLC0415  only this pays for the compiler

        home = _new(folder)
        missing = {home / name: text for name, text in author_texts().items() if not (home / name).exists()}
    named = Path(os.path.relpath(home.resolve(), folder.resolve())).as_posix()
    return {path: _LINE.sub(rf"\g<1>{named}/\g<2>", text) for path, text in texts.items()} | missing


def _existing(folder: Path) -> Path | None:
    """Return the nearest folder of schemas: in the folder of rules, beside it, or further up in the same repository."""
    folders = _up_to_repository(folder) or [folder, _above(folder, 1)]
    return next((home for above in folders if ((home := above / SCHEMAS) / _OF_MODELS).is_file()), None)


def _new(folder: Path) -> Path:
    """Return where schemas are written: beside the rules, or inside them where the folder above is not of the same project."""
    folders, beside = _up_to_repository(folder), _above(folder, 1)
    shared = beside.resolve().is_relative_to(Path.cwd()) if folders is None else len(folders) > 1
    return (beside if shared else folder) / SCHEMAS


def _up_to_repository(folder: Path) -> list[Path] | None:
    """Return a folder and those above it up to the root of its repository; None where there is no repository."""
    absolute = Path(os.path.abspath(folder))  # noqa: PTH100  links stay as they are written
    root = repository_of(absolute)
    return None if root is None else [_above(folder, levels) for levels in range(len(absolute.relative_to(root).parts) + 1)]


def _above(folder: Path, levels: int) -> Path:
    return Path(os.path.normpath(folder.joinpath(*[os.pardir] * levels)))
