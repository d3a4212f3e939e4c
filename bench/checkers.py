"""
pydantic, msgspec and jsonschema-rs as their users write them for the cookbook's models, from the shapes of the fields.

Each checks the fields of a selection, for all models at once. `fields` lists what they cannot check.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, Union

from bench.fields import Length, Range, Shape

Models = Mapping[str, list[Shape]]
Check = Callable[[dict[str, Any]], bool]


def with_pydantic(models: Models) -> Check:
    """Return `model_validate` of a strict class per model, chosen by its name in a dict."""
    import pydantic  # noqa: PLC0415  may not be installed

    def constrained(kind: Any, bounds: dict[str, Any]) -> Any:
        return Annotated[kind, pydantic.Field(**bounds)] if bounds else kind

    config = pydantic.ConfigDict(extra="forbid", strict=True, protected_namespaces=())
    classes = {}
    for name, shapes in models.items():
        fields: dict[str, Any] = {"model": (Literal[name], ...)}
        fields |= {shape.name: (_type(shape, constrained), ... if shape.required else None) for shape in shapes}
        classes[name] = pydantic.create_model(name, __config__=config, **fields)

    def check(selection: dict[str, Any]) -> bool:
        try:
            classes[selection["model"]].model_validate(selection)
        except (pydantic.ValidationError, LookupError, TypeError):
            return False
        return True

    return check


def with_msgspec(models: Models) -> Check:
    """Return `convert` to a union of tagged structs in one wrapper."""
    import msgspec  # noqa: PLC0415  as above

    def constrained(kind: Any, bounds: dict[str, Any]) -> Any:
        return Annotated[kind, msgspec.Meta(**bounds)] if bounds else kind

    structs: list[Any] = []
    for name, shapes in models.items():
        fields: list[Any] = [(shape.name, _type(shape, constrained)) for shape in shapes if shape.required]
        fields += [
            (shape.name, Union[_type(shape, constrained), msgspec.UnsetType], msgspec.UNSET)  # noqa: UP007  made from values
            for shape in shapes
            if not shape.required
        ]
        structs.append(msgspec.defstruct(f"M{len(structs)}", fields, tag_field="model", tag=name, forbid_unknown_fields=True))
    wrapper = msgspec.defstruct("Wrapper", [("selection", Union[tuple(structs)])])  # noqa: UP007  so many as there are
    convert = msgspec.convert

    def check(selection: dict[str, Any]) -> bool:
        try:
            convert({"selection": selection}, wrapper)
        except (msgspec.ValidationError, UnicodeError):
            return False
        return True

    return check


def with_jsonschema_rs(models: Models) -> Check:
    """Return `is_valid` of one validator per model, chosen by its name in a dict."""
    import jsonschema_rs  # noqa: PLC0415  as above

    valid = {name: jsonschema_rs.validator_for(schema(name, shapes)).is_valid for name, shapes in models.items()}

    def check(selection: dict[str, Any]) -> bool:
        try:
            return bool(valid[selection["model"]](selection))
        except (LookupError, TypeError, ValueError):
            return False

    return check


CHECKERS: Mapping[str, Callable[[Models], Check]] = {
    "msgspec": with_msgspec,
    "jsonschema-rs": with_jsonschema_rs,
    "pydantic": with_pydantic,
}


def checkers(models: Models) -> tuple[dict[str, Check], dict[str, str]]:
    """Return each check by the name of its library, and why some are missing."""
    checks, missing = dict[str, Check](), dict[str, str]()
    for name, make in CHECKERS.items():
        try:
            checks[name] = make(models)
        except ImportError as error:
            missing[name] = f"not installed: {error}"
    return checks, missing


def _type(shape: Shape, constrained: Callable[[Any, dict[str, Any]], Any]) -> Any:
    """Return the type of a field; `constrained` adds bounds to a type in the way of a library."""
    kinds: list[Any] = [Literal[shape.words]] if shape.words else []
    if shape.switch:
        kinds.append(bool)
    if shape.number is not None:
        kinds.append(constrained(int if shape.number.whole else float, _bounds(shape.number)))
    if shape.pattern is not None:
        kinds.append(constrained(str, {"pattern": shape.pattern}))
    elif shape.text is not None:
        kinds.append(constrained(str, _lengths(shape.text)))
    kind: Any = Union[tuple(kinds)]  # noqa: UP007  so many as there are
    return kind if shape.many is None else constrained(list[kind], _lengths(shape.many))


def _bounds(numbers: Range) -> dict[str, Any]:
    bounds = {"ge": numbers.least, "le": numbers.most, "multiple_of": numbers.step}
    return {key: bound for key, bound in bounds.items() if bound is not None}


def _lengths(length: Length) -> dict[str, Any]:
    bounds = {"min_length": length.least or None, "max_length": length.most}
    return {key: bound for key, bound in bounds.items() if bound is not None}


_WORDS = {"ge": "minimum", "le": "maximum", "multiple_of": "multipleOf"}


def schema(model: str, shapes: list[Shape]) -> dict[str, Any]:
    """Return the JSON Schema of a selection of one model."""
    properties = {"model": {"const": model}, **{shape.name: _schema(shape) for shape in shapes}}
    required = ["model", *(shape.name for shape in shapes if shape.required)]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _schema(shape: Shape) -> dict[str, Any]:
    kinds: list[dict[str, Any]] = [{"enum": [*shape.words]}] if shape.words else []
    if shape.switch:
        kinds.append({"type": "boolean"})
    if shape.number is not None:
        bounds = {_WORDS[key]: bound for key, bound in _bounds(shape.number).items()}
        kinds.append({"type": "integer" if shape.number.whole else "number", **bounds})
    if shape.pattern is not None:
        kinds.append({"type": "string", "pattern": shape.pattern})
    elif shape.text is not None:
        kinds.append({"type": "string", **_in_camel_case(shape.text, "Length")})
    kind = kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    return kind if shape.many is None else {"type": "array", "items": kind, **_in_camel_case(shape.many, "Items")}


def _in_camel_case(length: Length, unit: str) -> dict[str, Any]:
    bounds = {f"min{unit}": length.least or None, f"max{unit}": length.most}
    return {key: bound for key, bound in bounds.items() if bound is not None}
