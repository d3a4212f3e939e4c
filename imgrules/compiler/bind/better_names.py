"""Correct names, paths, language tags and dates that are written in a wrong notation, if the correction is certain."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from imgrules.compiler.read.scalars import range_in
from imgrules.compiler.report.helps import Help, apart, explain, typed, write
from imgrules.compiler.spec.types import DAY, FORM, LANGUAGE, MODEL_ID, MOMENT, NAME, PATTERNS, RATIO, WIRE_PATH

_COMPARISON = re.compile(r"([a-z][a-z0-9_]*)\s*([<>].*)")
_CAMEL_CASE_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def better_name(word: str, pattern: str) -> Help:
    """Return a hint for a word that does not match a pattern: its correction, or what the pattern requires."""
    compared = _COMPARISON.fullmatch(word.strip()) if pattern == NAME else None
    if compared is not None and (bounds := range_in(compared[2], whole=True)):
        return explain(f"a comparison is a condition with bounds: `{compared[1]}: {bounds}`")
    correct = _CORRECTIONS.get(pattern)
    correction = correct(word) if correct is not None else None
    if correction is None or correction == word or not re.fullmatch(pattern, correction):
        return explain(PATTERNS.get(pattern, "write a name"))
    return write(typed(correction) if pattern in _QUOTED else correction)


def names_apart(word: str) -> Help | None:
    """Return a hint for several names that a sign joins, such as `a; b` or `a && b`; None for one name."""
    names = [name.strip() for name in re.split("[;|&]+", word) if name.strip()]
    if len(names) < 2:  # noqa: PLR2004  several
        return None
    if not all(re.fullmatch(NAME, name) for name in names):
        return explain(PATTERNS[NAME])
    return explain(apart(names))


def _name(word: str) -> str | None:
    if re.search(r"[+*,=<>]", word):
        return None  # an expression or a list of names
    word = re.sub(r"^(?:facts?|options?|fields?)\.", "", word)
    return re.sub(r"[^a-z0-9]+", "_", _CAMEL_CASE_BOUNDARY.sub("_", word).lower()).strip("_")


def _model_id(word: str) -> str:
    """Return an id without spaces, which is in small letters if it is written like a name that users read."""
    correct = re.sub(r"\s+", "-", word.strip()).lstrip("_")
    return correct.lower() if re.fullmatch(r"[\w .-]+", word) else correct


def _wire_path(word: str) -> str | None:
    """Return a path with dots, or None if no correction is certain; wire paths are case-sensitive, so case is kept."""
    word = re.sub(r"""\[(["'])(\w+)\1\](?=[.\[]|$)""", r".\2", word.removeprefix("$.").replace("->", "."))
    if "[" in word or re.search(r"[^\w\s./-]", word, re.ASCII):
        return None
    return re.sub(r"[\s-]+", "_", ".".join(part.strip() for part in re.split(r"[/.]+", word)).strip("."))


def _language(word: str) -> str:
    """Return a language tag in the case of BCP 47, such as `pt-BR` or `zh-Hans`."""
    language, *subtags = re.split(r"[-_]", word)
    return "-".join(
        (language.lower(), *({2: subtag.upper(), 4: subtag.title()}.get(len(subtag), subtag.lower()) for subtag in subtags))
    )


def _day(word: str) -> str | None:
    """Return a day as YYYY-MM-DD, from year, month and day in this order, or from DD.MM.YYYY; None otherwise."""
    match = re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", word)
    parts = match.groups() if match else None
    if parts is None and (match := re.fullmatch(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})", word)):
        parts = match.groups()[::-1]
    return None if parts is None else "-".join((parts[0], parts[1].zfill(2), parts[2].zfill(2)))


def _ratio(word: str) -> str | None:
    match = re.fullmatch(r"([0-9]+)\s*[x/*:\u00d7\uff1a]\s*([0-9]+)", word)
    return f"{match[1]}:{match[2]}" if match else None


_FORMS = {
    **dict.fromkeys(("integer", "int", "float", "decimal"), "number"),
    **dict.fromkeys(("string", "str"), "text"),
    **dict.fromkeys(("bool", "switch"), "boolean"),
    "array": "list",
}

_CORRECTIONS: Mapping[str, Callable[[str], str | None]] = {
    NAME: _name,
    MODEL_ID: _model_id,
    WIRE_PATH: _wire_path,
    LANGUAGE: _language,
    MOMENT: _day,
    DAY: _day,
    RATIO: _ratio,
    FORM: _FORMS.get,
}
_QUOTED = frozenset({MOMENT, DAY, RATIO})
