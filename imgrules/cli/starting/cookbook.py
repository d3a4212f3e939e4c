"""The cookbook: files of real models to start from, and how one is adapted to another rule set."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from imgrules.cli.starting.adaptation import Adaptation, written_at
from imgrules.cli.starting.edits import applied
from imgrules.errors import ImgrulesError
from imgrules.quoting import either, quoted
from imgrules.refusals.suggest import did_you_mean, nearest
from imgrules.rules import packaged

if TYPE_CHECKING:
    from imgrules.compiler.spec.shared import SharedSpec

_CONTRACT = re.compile(r"(?<=    )contract: (\S+)")


def cookbook() -> Path:
    """Return the folder of the cookbook: inside an installed package, or under docs/ of a checkout."""
    inside = Path(__file__).parents[2] / "cookbook"
    return inside if inside.is_dir() else inside.parents[1] / "docs" / "cookbook"


def names() -> list[str]:
    """Return the names of the cookbook's models, sorted: their files without `.yaml`."""
    return sorted(_pages())


def _pages() -> dict[str, Path]:
    """Return the files of the cookbook's models by name; a folder inside it is a rule set with another currency."""
    files = [*cookbook().glob("*.yaml"), *cookbook().glob("*/*.yaml")]
    return {path.stem: path for path in files if not path.stem.startswith("_")}


def about(name: str) -> str:
    """Return the first sentence of the comment of a cookbook file, below the line for editors; empty if there is none."""
    comment = " ".join(line.removeprefix("# ") for line in _read(name).splitlines()[1:] if line.startswith("# "))
    return re.split(r"(?<=[\w)]\.)\s", comment)[0]


def shared_text(name: str) -> str:
    """Return the text of the `_shared.yaml` beside a cookbook file, for a folder without one."""
    text = _shared_beside(name).read_text(encoding="utf-8")
    return text.replace("What the cookbook's models share.", "What the models share.")


def _shared_beside(name: str) -> Path:
    return _pages()[name].with_name("_shared.yaml")


def packaged_shared() -> dict[str, str]:
    """
    Return the packaged `_shared.yaml` for a new folder, and the contract that it names, by file name.

    The text is without `order`, which names models that a new rule set lacks, and names the contract beside itself.
    """
    place = packaged()
    shared = (place.parent if place.is_file() else place) / "_shared.yaml"
    text = re.sub(r"(?m)^(#.*\n)?order:.*\n\n?", "", shared.read_text(encoding="utf-8"))
    written = _CONTRACT.search(text)
    if written is None:
        return {shared.name: text}
    contract = shared.parent / written[1]
    return {shared.name: _CONTRACT.sub(f"contract: {contract.name}", text), contract.name: contract.read_text(encoding="utf-8")}


def _read(name: str) -> str:
    return _pages()[name].read_text(encoding="utf-8")


def like(name: str, shared: SharedSpec, models: Iterable[str]) -> str:
    """
    Return a cookbook file adapted to another shared file: its name is blank, and it has what that shared file lacks.

    `models` are the ids of the models beside it. Where things are sent is what that shared file says, if it says so.

    Raises:
        ImgrulesError: the file cannot be read by this version.

    """
    from imgrules.compiler.bind.bind import bind  # noqa: PLC0415  only this loads the compiler
    from imgrules.compiler.build import read_shared  # noqa: PLC0415
    from imgrules.compiler.read.syntax import parse  # noqa: PLC0415
    from imgrules.compiler.source import Source  # noqa: PLC0415
    from imgrules.compiler.spec.model import ModelSpec  # noqa: PLC0415
    from imgrules.compiler.spec.rule_set import type_name  # noqa: PLC0415

    text = _read(name)
    tree, _ = parse(Source(name, text))
    spec = None if tree is None else bind(tree, ModelSpec)[0]
    shared_tree, _ = parse(Source(name, _shared_beside(name).read_text(encoding="utf-8")))
    if tree is None or spec is None or shared_tree is None:
        raise ImgrulesError(f"this version of imgrules cannot read its cookbook file {name}; install imgrules again")
    own_shared = read_shared(_shared_beside(name))
    named = type_name(own_shared, spec)
    kind = named if named in shared.types else next(iter(shared.types))
    adaptation = Adaptation(
        text=text,
        tree=tree,
        spec=spec,
        theirs=own_shared.types[named],
        written=written_at(shared_tree.value, "types", named),
        ours=shared.types[kind],
        kind=kind if len(shared.types) > 1 else "",
        models=frozenset(models),
        currencies=(_currency(own_shared), _currency(shared)),
    )
    return applied(text, adaptation.edits())


def _currency(shared: SharedSpec) -> str:
    return shared.currency or "credits"


def unknown_message(name: str) -> str:
    """Return the message about a name that the cookbook lacks, with a suggestion or the names that it has."""
    meant = nearest(name, names())
    more = did_you_mean(meant) or f"; it has {either(names())}; `imgrules init --list` describes them"
    return f"the cookbook has no {quoted(name)}{more}"
