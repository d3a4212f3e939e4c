"""What is made of a class of records when it is first needed: its constructor, and a dataclass of the same attributes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def constructor(kind: Any, known: Mapping[str, Mapping[str, Any]], *, frozen: bool) -> Any:
    """
    Compile the constructor of a class, of what is known of each attribute: arguments of `dataclasses.field`.

    A default that is made anew for each record stands as `...` in the signature. `Text` of `parts` gets this one:

        def __init__(self, shortest=_shortest, longest=_longest, unit=_unit):
            _put(self, 'shortest', shortest)
            _put(self, 'longest', longest)
            _put(self, 'unit', unit)
    """
    names: dict[str, Any] = {"_put": object.__setattr__}
    words, lines = ["self"], []
    for name, each in known.items():
        taken, default = each.get("init", True), ""
        if "default_factory" in each:
            names[f"_{name}"], default, value = each["default_factory"], "...", f"_{name}()"
            value = f"{value} if {name} is ... else {name}" if taken else value
        elif "default" in each:
            names[f"_{name}"], default, value = each["default"], f"_{name}", name if taken else f"_{name}"
        else:
            value = name
        if taken:
            words.append(f"{name}={default}" if default else name)
        if taken or default:
            lines.append(f"_put(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    lines += ["self.__post_init__()"] if hasattr(kind, "__post_init__") else []
    exec(f"def __init__({', '.join(words)}):\n " + "\n ".join(lines), names)  # noqa: S102  it is made of our own names alone
    made = names["__init__"]
    made.__qualname__, made.__module__ = f"{kind.__qualname__}.__init__", kind.__module__
    made.__annotations__ = {name: kind.__annotations__[name] for name in kind.__match_args__} | {"return": None}
    return made


def as_dataclass(kind: Any, known: Mapping[str, Mapping[str, Any]], *, frozen: bool) -> Any:
    """Return a dataclass of the same attributes, for those who ask `dataclasses` about a record."""
    import dataclasses  # noqa: PLC0415  it takes longer to load than all records do

    described = {name: dataclasses.field(**each) for name, each in known.items()}
    body = {"__annotations__": kind.__annotations__, "__module__": kind.__module__, **described}
    return dataclasses.dataclass(frozen=frozen)(type(kind.__name__, (), body))
