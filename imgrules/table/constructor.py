"""Make the constructor of a record class, and a dataclass with the same attributes, at their first use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def constructor(kind: Any, attributes: Mapping[str, Mapping[str, Any]], *, frozen: bool) -> Any:
    """
    Compile the constructor of a record class; `attributes` maps each attribute to its arguments of `dataclasses.field`.

    A default factory has the default `...` in the signature. For the class `Text` of `terms`, the source is

        def __init__(self, shortest=_shortest, longest=_longest, unit=_unit):
            _put(self, 'shortest', shortest)
            _put(self, 'longest', longest)
            _put(self, 'unit', unit)
    """
    names: dict[str, Any] = {"_put": object.__setattr__}
    parameters, lines = ["self"], []
    for name, settings in attributes.items():
        is_parameter, default = settings.get("init", True), ""
        if "default_factory" in settings:
            names[f"_{name}"], default, value = settings["default_factory"], "...", f"_{name}()"
            value = f"{value} if {name} is ... else {name}" if is_parameter else value
        elif "default" in settings:
            names[f"_{name}"], default, value = settings["default"], f"_{name}", name if is_parameter else f"_{name}"
        else:
            value = name
        if is_parameter:
            parameters.append(f"{name}={default}" if default else name)
        if is_parameter or default:
            lines.append(f"_put(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    lines += ["self.__post_init__()"] if hasattr(kind, "__post_init__") else []
    exec(f"def __init__({', '.join(parameters)}):\n " + "\n ".join(lines), names)  # noqa: S102  all names are our own
    function = names["__init__"]
    function.__qualname__, function.__module__ = f"{kind.__qualname__}.__init__", kind.__module__
    function.__annotations__ = {name: kind.__annotations__[name] for name in kind.__match_args__} | {"return": None}
    return function


def as_dataclass(kind: Any, attributes: Mapping[str, Mapping[str, Any]], *, frozen: bool) -> Any:
    """Return a dataclass with the same attributes, for functions of `dataclasses` that are called with a record."""
    import dataclasses  # noqa: PLC0415  its import takes longer than that of all records

    described = {name: dataclasses.field(**settings) for name, settings in attributes.items()}
    body = {"__annotations__": kind.__annotations__, "__module__": kind.__module__, **described}
    return dataclasses.dataclass(frozen=frozen)(type(kind.__name__, (), body))
