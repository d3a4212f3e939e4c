"""Law: a diagnostic points into its file, at what it is about."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules.compiler.build import Build, build_texts
from imgrules.compiler.source import Source
from tests.laws.rule_sets import ANY_DOCUMENTS
from tests.laws.test_parity import VALUES, changed, places

MARK = "zzmark"


def block(value: Any, indent: int = 0) -> Iterator[str]:
    """Return the lines of a value as block-style YAML."""
    pad = "  " * indent
    for name, child in value.items() if isinstance(value, dict) else ((None, entry) for entry in value):
        head = f"{pad}- " if name is None else f"{pad}{json.dumps(name, ensure_ascii=False)}: "
        if isinstance(child, dict | list) and child and name is not None:
            yield head.rstrip()
            yield from block(child, indent + 1)
        else:
            yield head + json.dumps(child, ensure_ascii=False, default=float)


def texts(documents: Any) -> dict[str, str]:
    """Return the text of every file in block style, by stem."""
    return {
        stem: "# a comment\n" + "\n".join(block(document)) + "\n" if document else "" for stem, document in documents.items()
    }


def spans_hold(built: Build, files: dict[str, str]) -> None:
    """Assert that every place is in its file, and that line, column and excerpt agree with its span."""
    for diagnostic in built.report.diagnostics:
        for spot in (diagnostic.spot, *diagnostic.related):
            source = Source(spot.file, files[spot.file.removesuffix(".yaml")])
            assert 0 <= spot.span.start <= spot.span.end <= len(source.text)
            assert source.position(spot.span.start) == spot.start
            assert source.line(spot.start.line)[spot.cut :].startswith(spot.excerpt)


@given(st.data(), ANY_DOCUMENTS)
def test_a_wrong_value_is_pointed_at(data: st.DataObject, documents: Any) -> None:
    """Whatever is changed, every place is in its file."""
    stem = data.draw(st.sampled_from(sorted(documents)))
    path = data.draw(st.sampled_from(list(places(documents[stem]))[1:]))
    edited = {**documents, stem: changed(documents[stem], path, data.draw(VALUES))}
    files = texts(edited)
    spans_hold(build_texts(files), files)


@given(st.data(), ANY_DOCUMENTS)
def test_an_unknown_key_is_pointed_at(data: st.DataObject, documents: Any) -> None:
    """An unknown key is pointed at, wherever it is."""
    stem = data.draw(st.sampled_from(sorted(documents)))
    closed = [path for path in places(documents[stem]) if takes_no_other_key(path)]
    path = data.draw(st.sampled_from(closed))
    files = texts({**documents, stem: changed_key(documents[stem], path)})
    pointed = [
        (diagnostic.code.id, files[stem][diagnostic.spot.span.start : diagnostic.spot.span.end])
        for diagnostic in build_texts(files).report.diagnostics
        if diagnostic.spot.file == f"{stem}.yaml"
    ]
    assert ("IR101", f'"{MARK}"') in pointed


def takes_no_other_key(path: tuple[Any, ...]) -> bool:
    """Return whether a path leads to a block with a fixed list of keys, in any rule file."""
    return path == () or (len(path) == 2 and path[0] in {"options", "gates", "types"})


def changed_key(value: Any, path: tuple[Any, ...]) -> Any:
    """Return a document with the marked key added at a path."""
    return changed(value, path, MARK)


@given(st.data(), ANY_DOCUMENTS)
def test_a_wrong_kind_is_pointed_at(data: st.DataObject, documents: Any) -> None:
    """A number instead of a block of values is pointed at itself."""
    stem = data.draw(st.sampled_from([stem for stem in sorted(documents) if documents[stem].get("options")] or ["_shared"]))
    path = ("types",) if stem == "_shared" else ("options", data.draw(st.sampled_from(sorted(documents[stem]["options"]))))
    files = texts({**documents, stem: changed(documents[stem], path, Decimal("73.25"))})
    slices = [files[stem][error.spot.span.start : error.spot.span.end] for error in build_texts(files).report.errors]
    assert "73.25" in slices
