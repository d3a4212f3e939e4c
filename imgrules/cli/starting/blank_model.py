"""A new model file with blanks to fill."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imgrules.compiler.spec.model import SharedOptionSpec
    from imgrules.compiler.spec.shared import SharedSpec, TypeSpec

_COLUMN = 30


def template(shared: SharedSpec) -> Iterator[str]:
    """Yield the lines of a new model file: what the shared file says already is no blank."""
    from imgrules.compiler.spec.model import ModelSpec  # noqa: PLC0415  only this loads the compiler

    fields = ModelSpec.model_fields
    kind = next(iter(shared.types))
    options = shared.types[kind].options or {}
    gate = "".join(f", gate: {name}" for name in list(shared.gates or {})[:1])
    yield "# yaml-language-server: $schema=../schemas/model.schema.json"
    yield "# Fill every blank, then run `imgrules check`. Quote values such as ratios: other YAML readers misread them."
    for name in ("name", *(["type"] if len(shared.types) > 1 else []), *_of_each_model(shared.types[kind])):
        yield line(f"{name}: {kind if name == 'type' else ''}".rstrip(), fields[name].description)
    if options:
        yield line("options:", fields["options"].description)
    for name, option in options.items():
        yield from _option(name, option)
    yield "# A value with details, in place of a list: `values: {high: {label: Premium, credits: 20" + gate + "}}`"
    yield line("examples:", fields["examples"].description)
    yield "  - select: {" + ", ".join(f"{name}: " for name, option in options.items() if not _may_be_absent(option)) + "}"
    yield "    expect: {status: allowed, credits: unknown}".ljust(48) + " # The price of this selection, where it is known."


def needs_request(kind: TypeSpec) -> bool:
    """Whether each model of a type has to say where its body is sent: the type does not, and no body says which model is meant."""
    return kind.request is None and "model" not in _sent_of_both(kind)


def _of_each_model(kind: TypeSpec) -> list[str]:
    return [*_sent_of_both(kind), *(["request"] if needs_request(kind) else [])]


def _sent_of_both(kind: TypeSpec) -> list[str]:
    """Return `provider` and `model`, if the type says where they are sent."""
    targets = {"provider": kind.provider, "model": kind.model}
    return [name for name, target in targets.items() if target is not None and target.send]


def _option(name: str, shared: SharedOptionSpec) -> Iterator[str]:
    from imgrules.compiler.spec.model import OptionSpec, PickedSpec  # noqa: PLC0415  as above

    if any(getattr(shared, key) is not None for key in PickedSpec.model_fields):
        yield line(f"  {name}: {{}}", "What it takes is in _shared.yaml.")
        return
    yield f"  {name}:"
    yield line("    values:", OptionSpec.model_fields["values"].description)
    if not _may_be_absent(shared):
        yield line("    # default:", OptionSpec.model_fields["default"].description)


def _may_be_absent(shared: SharedOptionSpec) -> bool:
    return shared.default is not None or bool(shared.optional)


def line(words: str, comment: str | None) -> str:
    """Return a line with a comment behind it."""
    return f"{words.ljust(_COLUMN)} # {comment}"
