"""The name, path, language or moment that a word becomes when it is written as such, where that is certain."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from imgrules.compiler.report.helps import Help, explain, typed, write
from imgrules.compiler.spec.types import DAY, FORM, LANGUAGE, MODEL_ID, MOMENT, NAME, PATTERNS, SHAPE, WIRE_PATH

_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def better_name(word: str, pattern: str) -> Help:
    """Return the help that says how a word is written that a pattern refuses: what to type, or what the pattern asks for."""
    make = _MAKERS.get(pattern)
    better = make(word) if make is not None else None
    if better is None or better == word or not re.fullmatch(pattern, better):
        return explain(PATTERNS.get(pattern, "write a name"))
    return write(typed(better) if pattern in _QUOTED else better)


def _name(word: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", _HUMPS.sub("_", word).lower()).strip("_")


def _model_id(word: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", word.lower()).strip("-.")


def _wire_path(word: str) -> str | None:
    """Return a path with dots; its names are spelled as the author spelled them, for programs tell them apart."""
    word = word.removeprefix("$.").replace("->", ".")
    if "[" in word or re.search(r"[^\w\s./-]", word, re.ASCII):
        return None
    return re.sub(r"[\s-]+", "_", ".".join(each.strip() for each in re.split(r"[/.]+", word)).strip("."))


def _language(word: str) -> str:
    first, *others = re.split(r"[-_]", word)
    return "-".join((first.lower(), *({2: each.upper(), 4: each.title()}.get(len(each), each.lower()) for each in others)))


def _day(word: str) -> str | None:
    """Return a day whose year stands first, or that points part, as day, month and year."""
    found = re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", word)
    parts = found.groups() if found else None
    if parts is None and (found := re.fullmatch(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})", word)):
        parts = found.groups()[::-1]
    return None if parts is None else "-".join((parts[0], parts[1].zfill(2), parts[2].zfill(2)))


def _shape(word: str) -> str | None:
    found = re.fullmatch(r"([0-9]+)\s*[x/*:\u00d7\uff1a]\s*([0-9]+)", word)
    return f"{found[1]}:{found[2]}" if found else None


_FORMS = {
    **dict.fromkeys(("integer", "int", "float", "decimal"), "number"),
    **dict.fromkeys(("string", "str"), "text"),
    **dict.fromkeys(("bool", "switch"), "boolean"),
    "array": "list",
}

_MAKERS: Mapping[str, Callable[[str], str | None]] = {
    NAME: _name,
    MODEL_ID: _model_id,
    WIRE_PATH: _wire_path,
    LANGUAGE: _language,
    MOMENT: _day,
    DAY: _day,
    SHAPE: _shape,
    FORM: _FORMS.get,
}
_QUOTED = frozenset({MOMENT, DAY, SHAPE})
