"""Law: a text that a hint offers is accepted, and the file that hints lead to means what was meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from hypothesis import assume, event, given
from hypothesis import strategies as st

from imgrules.table.codec import dumps
from tests.following import built_of, followed, offered
from tests.laws.rule_sets import ANY_DOCUMENTS
from tests.laws.test_parity import changed, places
from tests.laws.test_placed import texts

TODAY = "2026-11-22T00:00:00Z"
KEYS = ("credits", "values", "label", "default", "optional", "send", "gate", "limits", "when", "only", "badges", "examples")
"""Names that get a typo; all of them are in blocks with a fixed list of names."""

BROUGHT: dict[str, tuple[str, ...]] = {
    "values": ("enum", "choices"),
    "when": ("if",),
    "only": ("then",),
    "default": ("default_value",),
}
"""Words of other languages and tools that people use for a name."""


OF_AUTHORS = {"types", "gates", "fields", "options", "facts", "values", "refused", "body", "table"}
"""Blocks with names that the author chooses; a different spelling is another name, not a typo."""


def typos(name: str) -> dict[str, list[str]]:
    """Return misspellings of a name, by kind: a missing or a doubled letter, capitals, or another word."""
    inside = range(1, len(name) - 1)
    return {
        "a letter less": [name[:place] + name[place + 1 :] for place in inside],
        "a letter more": [name[:place] + name[place] + name[place:] for place in inside],
        "capitals": [name.upper()],
        **{f"another word for {name}": [word] for word in BROUGHT.get(name, ())},
    }


def slips(path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """Return what a hurried author might have written for a value, by kind."""
    if path[0] == "examples":
        return {}
    variants: dict[str, Any] = {}
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        variants |= {"a number in quotes": str(value), "a unit": f"{value} credits"}
        variants |= {"a comma": f"{value}".replace(".", ",")} if "." in f"{value}" else {}
    if isinstance(value, bool):
        # In a list, the neighbours of a word have to show what is meant.
        kind = "a word for true in a list" if isinstance(path[-1], int) else "a word for true"
        variants[kind] = "yes" if value else "no"
    if isinstance(value, list) and len(value) == 1:
        variants["no list"] = value[0]
    if isinstance(value, str) and path[-1] in {"label", "send", "provider"}:
        variants["a list"] = [value]
    if isinstance(value, dict) and set(value) == {"max"} and path[-1] in {"list", "text"}:
        variants["the bound alone"] = value["max"]
    if isinstance(value, dict) and set(value) == {"text"}:
        variants["the text alone"] = value["text"]
    for key, inner in value.items() if isinstance(value, dict) else ():
        if isinstance(inner, dict) and inner and inner.keys().isdisjoint(value) and not _is_like_a_number(key, inner):
            kind = "a name left out" if path[-1] in OF_AUTHORS else f"what stands in {key} beside it"
            variants[kind] = {name: other for name, other in value.items() if name != key} | inner
    return variants


def _is_like_a_number(key: str, inner: dict[str, Any]) -> bool:
    """Whether the bounds of a list or a text would be those of a number, for which most stand, if they stood outside of it."""
    return key in {"list", "text"} and set(inner) == {"min", "max"}


def with_a_list_and_a_switch(document: Any) -> Any:
    """Return a model with a list that has only a bound, and a switch; other documents unchanged."""
    more = {
        "zz_list": {"send": "zz_list", "list": {"max": 4}, "optional": True},
        "zz_switch": {"send": "zz_switch", "values": [True, False], "optional": True},
    }
    return {**document, "options": document["options"] | more} if "options" in document else document


def at(value: Any, path: tuple[Any, ...]) -> Any:
    """Return the value at a path."""
    for key in path:
        value = value[key]
    return value


def holds(files: dict[str, str], meant: dict[str, str]) -> None:
    """Assert that hints lead to the intended file, or that no hint offers a text to type."""
    report = built_of(files, TODAY).report
    for diagnostic in report.diagnostics:
        assert set(offered(diagnostic.hint)) <= {
            text for edit in diagnostic.edits for text in (edit.text, edit.text.strip('"'))
        }, diagnostic.hint
    expected = {(diagnostic.code.id, diagnostic.message) for diagnostic in built_of(meant, TODAY).report.diagnostics}
    new = [diagnostic for diagnostic in report.diagnostics if (diagnostic.code.id, diagnostic.message) not in expected]
    # No new diagnostic is no mistake, such as a number that equals a text; one without an edit is explained.
    event("mended" if any(diagnostic.edits for diagnostic in new) else "explained" if new else "no mistake")
    if not any(diagnostic.edits for diagnostic in new):
        return
    mended, built = followed(files, TODAY)
    assert [error.message for error in built.report.errors] == [], mended
    # Other hints were followed too, such as one for an expired badge.
    wanted = followed(meant, TODAY)[1].table
    assert built.table is not None
    assert wanted is not None
    assert dumps(built.table) == dumps(wanted), mended


@given(st.data(), ANY_DOCUMENTS)
def test_a_wrong_value(data: st.DataObject, documents: Any) -> None:
    """A number in quotes, a bare value for a list or a block, a word for true: the hint is the original value."""
    documents = {stem: with_a_list_and_a_switch(document) for stem, document in documents.items()}
    by_kind: dict[str, list[tuple[tuple[Any, ...], Any]]] = {}
    for path in ((stem, *path) for stem in sorted(documents) for path in list(places(documents[stem]))[1:]):
        for kind, wrong in slips(path[1:], at(documents, path)).items():
            by_kind.setdefault(kind, []).append((path, wrong))
    assume(by_kind)
    # Draw the kind first: there are many numbers, and few of most other kinds.
    path, wrong = data.draw(st.sampled_from(by_kind[data.draw(st.sampled_from(sorted(by_kind)))]))
    holds(texts({**documents, path[0]: changed(documents[path[0]], path[1:], wrong)}), texts(documents))


def own_names(value: Any) -> Iterator[str]:
    """Yield the names that an author chose, some of which are words of the rule language."""
    for key, inner in value.items() if isinstance(value, dict) else ():
        if key in OF_AUTHORS and isinstance(inner, dict):
            yield from inner
        yield from own_names(inner)
    for inner in value if isinstance(value, list) else ():
        yield from own_names(inner)


@given(st.data(), ANY_DOCUMENTS)
def test_a_wrong_name(data: st.DataObject, documents: Any) -> None:
    """A typo of a name, or a word from another language for it: the hint is the name."""
    files = texts(documents)
    by_kind: dict[str, list[tuple[str, int, str, str]]] = {}
    for stem, name in ((stem, name) for stem in sorted(files) for name in KEYS):
        for match in () if name in own_names(documents[stem]) else re.finditer(f'"{name}":', files[stem]):
            for kind, many in typos(name).items():
                by_kind.setdefault(kind, []).extend((stem, match.start() + 1, name, other) for other in many)
    assume(by_kind)
    stem, start, name, wrong = data.draw(st.sampled_from(by_kind[data.draw(st.sampled_from(sorted(by_kind)))]))
    holds({**files, stem: files[stem][:start] + wrong + files[stem][start + len(name) :]}, files)


FOREIGN: dict[str, dict[str, tuple[str, ...]]] = {
    "limits": {
        "when": ("if", "where", "condition"),
        "only": ("then", "must", "allow"),
        "never": ("forbid", "deny", "disallow"),
        "because": ("reason", "why"),
    },
    "options": {
        "when": ("if", "only_if", "show_if", "depends_on"),
        "values": ("enum", "choices", "one_of"),
        "default": ("default_value", "preset", "initial"),
        "send": ("path", "wire", "target"),
        "list": ("array", "items"),
    },
}
"""Words of other languages for a name, by their block: each means that name, and no other."""


def with_limits(document: Any) -> Any:
    """Return a model with limits and a conditional option; other documents unchanged."""
    if "options" not in document:
        return document
    wide = with_a_list_and_a_switch(document)
    late = {"zz_late": {"send": "zz_late", "values": ["soft", "hard"], "default": "soft", "when": {"zz_list": {"min": 2}}}}
    limits = [
        {"when": {"zz_list": {"min": 2}}, "only": {"zz_list": {"max": 3}}, "because": "three are the most"},
        {"when": {"zz_list": {"min": 1}}, "never": {"zz_list": 2}},
    ]
    return {**wide, "options": wide["options"] | late, "limits": [*wide.get("limits", []), *limits]}


@given(st.data(), ANY_DOCUMENTS)
def test_a_word_of_another_language(data: st.DataObject, documents: Any) -> None:
    """A word of another language for a name in a limit or an option: the hint is that name."""
    documents = {stem: with_limits(document) for stem, document in documents.items()}
    by_kind: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for path in ((stem, *path) for stem in sorted(documents) for path in places(documents[stem])):
        if len(path) == _IN_A_BLOCK and path[-1] in FOREIGN.get(path[1], {}):
            by_kind.setdefault((path[1], path[-1]), []).append(path)
    kind = data.draw(st.sampled_from(sorted(by_kind)))
    stem, *above, name = data.draw(st.sampled_from(by_kind[kind]))
    for word in FOREIGN[kind[0]][kind[1]]:
        block = {word if key == name else key: value for key, value in at(documents[stem], tuple(above)).items()}
        wrong = texts({**documents, stem: changed(documents[stem], tuple(above), block)})
        assert any(name in offered(error.hint) for error in built_of(wrong, TODAY).report.errors), word
        holds(wrong, texts(documents))


_IN_A_BLOCK = 4
"""The length of the path to a name in a limit or an option, with the file and the list."""


WRITTEN: dict[str, Callable[[str], str]] = {
    "typographic quotes": lambda text: f"“{text}”",
    "a comma behind it": lambda text: f"{text},",
    "one quote": lambda text: f'{text}"',
}


@given(st.data(), ANY_DOCUMENTS)
def test_a_wrong_sign(data: st.DataObject, documents: Any) -> None:
    """Characters that an editor or another language adds to a word: the hint is the word alone."""
    files = texts(documents)
    chosen = [
        (stem, match) for stem in sorted(files) for match in re.finditer(r'(?<=: )"([A-Za-z]\w*)"$', files[stem], re.MULTILINE)
    ]
    assume(chosen)
    stem, word = data.draw(st.sampled_from(chosen))
    slip = WRITTEN[data.draw(st.sampled_from(sorted(WRITTEN)))](word[1])
    holds({**files, stem: files[stem][: word.start()] + slip + files[stem][word.end() :]}, files)
