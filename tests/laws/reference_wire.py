"""The request body of a complete selection."""

from __future__ import annotations

import re
from typing import Any

from tests.laws.reference_numbers import exact, is_number, number_of, shortest, sides_of
from tests.laws.reference_plain import Facts
from tests.laws.reference_there import looked_up

NOTHING = "(none)"
"""What a cell or an entry says where nothing is sent."""


def body(model: Facts, present: dict[str, Any], texts: dict[str, str]) -> dict[str, Any] | None:
    """Return the request body, or None if a field is missing that it needs."""
    kind, fields = model["kind"], model["fields"]
    if any(not field.get("optional") and name not in texts for name, field in fields.items()):
        return None
    leaves: list[tuple[Any, Any]] = [(fields[name]["send"], text) for name, text in texts.items()]
    leaves += [(kind[key]["send"], looked_up(model[key], present)) for key in ("provider", "model") if key in kind]
    leaves += [(model["options"][name].get("send"), wired(model["options"][name], value)) for name, value in present.items()]
    leaves += [(path, part(model, source, present)) for path, source in model["body"].items()]
    sent = [(path, value) for path, value in leaves if path and value not in (None, NOTHING)]
    assert not clashing([path for path, _ in sent])
    return nested(dict(sent))


def clashing(paths: list[str]) -> list[str]:
    """Return the paths that are sent twice, or that lead into another one."""
    return [
        path for path in paths if paths.count(path) > 1 or any(other.startswith((f"{path}.", f"{path}[")) for other in paths)
    ]


def wired(option: Facts, value: Any) -> Any:
    """Return a value as it is sent: its own wire value, or else spelled by the option."""
    if isinstance(value, list | tuple):
        return [wired(option, entry) for entry in value]
    details = option.get("values", {}).get(value, {}) if type(value) is str else {}
    if details.get("send") is False:
        return NOTHING
    return details["as"] if "as" in details else spelled(value, option.get("as"))


def part_of(option: Facts, value: Any, form: str | None) -> Any:
    """Return an option in a form; without one, what is sent for its value."""
    own = "boolean" if option.get("switch") else None
    return each_spelled(value, form) if form is not None else wired({**option, "as": own}, value)


def part(model: Facts, source: Any, present: dict[str, Any]) -> Any:
    """Return the value that a line of `body` sends: a constant, a table entry, or a part of an option; None is nothing."""
    if isinstance(source, dict) and "of" in source:
        return part_of(model["options"].get(source["of"], {}), present.get(source["of"]), source.get("as"))
    return looked_up(source, present)


def each_spelled(value: Any, form: str | None) -> Any:
    """Return a value in a wire form, or each entry of a list."""
    return [spelled(entry, form) for entry in value] if isinstance(value, list | tuple) else spelled(value, form)


def spelled(value: Any, form: str | None) -> Any:
    """Return a value in a wire form; a value that the form does not fit stays unchanged."""
    if value is None or form is None:
        return value
    if form in {"width", "height"}:
        return (sides(value) or {}).get(form)
    if form == "list":
        return [value]
    text = shortest(value) if is_number(value) else value
    if form == "number":
        number = number_of(text)
        return text if number is None else number
    if form == "boolean":
        return {"true": True, "false": False}.get(text, text)
    return text if form == "text" else filled(form, text)


def sides(value: Any) -> dict[str, int] | None:
    """Return the width and the height of a size or a ratio."""
    pair = sides_of(value, "x") or sides_of(value, ":")
    return {"width": pair[0], "height": pair[1]} if pair else None


def filled(template: str, text: str) -> str:
    """Return a text with its placeholders filled in, or the value unchanged if it lacks one of them."""
    parts = {"value": text, **(sides(text) or {})}
    asked = re.findall(r"\{(value|width|height)\}", template)
    if not set(asked) <= set(parts):
        return text
    return re.sub(r"\{(value|width|height)\}", lambda place: str(parts[place[1]]), template)


def nested(leaves: dict[str, Any]) -> dict[str, Any]:
    """Return a body from its leaves by path."""
    out: dict[Any, Any] = {}
    for path, value in leaves.items():
        *parents, last = (int(at) if at else name for at, name in re.findall(r"\[([0-9]+)\]|([^.\[\]]+)", path))
        place = out
        for parent in parents:
            place = place.setdefault(parent, {})
        place[last] = value
    body: dict[str, Any] = with_arrays(out)
    return body


def with_arrays(value: Any) -> Any:
    """Return a body whose numbered places are arrays; absent places leave no gap."""
    if isinstance(value, list | tuple):
        return [with_arrays(entry) for entry in value]
    if not isinstance(value, dict):
        return exact(value)
    if value and all(type(key) is int for key in value):
        return [with_arrays(value[key]) for key in sorted(value)]
    return {key: with_arrays(inner) for key, inner in value.items()}
