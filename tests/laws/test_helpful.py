"""Law: what a help offers to type is accepted, and the file that helps lead to means what was meant."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hypothesis import assume, event, given
from hypothesis import strategies as st

from imgrules.compiler.build import build_texts
from imgrules.engine.document import dumps
from tests.following import followed, offered
from tests.laws.rule_sets import ANY_DOCUMENTS
from tests.laws.test_parity import changed, places
from tests.laws.test_placed import texts

TODAY = "2026-11-22T00:00:00Z"
KEYS = ("credits", "values", "label", "default", "optional", "send", "gate", "limits", "when", "only", "badges", "examples")
"""Names of which a typo is made; all of them stand in blocks with a fixed list of names."""

BROUGHT = {"values": ("enum", "choices"), "when": ("if",), "only": ("then",), "default": ("default_value",)}
"""Words that people bring along for a name."""


def typo(data: st.DataObject, name: str) -> str:
    """Return a name with a letter left out, doubled or turned, or another word for it."""
    at = data.draw(st.integers(1, len(name) - 2))
    left_out, doubled = name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:]
    return data.draw(st.sampled_from([left_out, doubled, name.upper(), *BROUGHT.get(name, ())]))


def slips(path: tuple[Any, ...], value: Any) -> list[Any]:
    """Return what a hurried author might have written for a value."""
    if path[0] == "examples":
        return []
    number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    wrong: list[Any] = [str(value), f"{value} credits", f"{value}".replace(".", ",")] if number else []
    wrong += ["yes" if value else "no"] if isinstance(value, bool) else []
    wrong += [value[0]] if isinstance(value, list) and len(value) == 1 else []
    wrong += [[value]] if isinstance(value, str) and path[-1] in {"label", "send", "provider"} else []
    wrong += [value["max"]] if isinstance(value, dict) and set(value) == {"max"} and path[-1] in {"list", "text"} else []
    wrong += [value["text"]] if isinstance(value, dict) and set(value) == {"text"} else []
    return wrong


@st.composite
def slipped(draw: st.DrawFn, documents: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Draw the documents with a slip in place of a value."""
    wrong = draw(st.sampled_from(slips(path[1:], value)))
    return {**documents, path[0]: changed(documents[path[0]], path[1:], wrong)}


def at(value: Any, path: tuple[Any, ...]) -> Any:
    """Return what stands at a path."""
    for each in path:
        value = value[each]
    return value


def holds(files: dict[str, str], meant: dict[str, str]) -> None:
    """Hold that helps lead to what was meant, or that nothing is offered that could be typed."""
    report = build_texts(files, TODAY).report
    for each in report.diagnostics:
        assert set(offered(each.hint)) <= {one.text for one in each.edits}, each.hint
    known = {(each.code.id, each.message) for each in build_texts(meant, TODAY).report.diagnostics}
    new = [each for each in report.diagnostics if (each.code.id, each.message) not in known]
    # Nothing new is no mistake, such as a number that is as good as a text; and what has no edit is explained.
    event("mended" if any(each.edits for each in new) else "explained" if new else "no mistake")
    if not any(each.edits for each in new):
        return
    mended, built = followed(files, TODAY)
    assert [each.message for each in built.report.errors] == [], mended
    # Other helps were followed on the way, such as for a badge that is over.
    wanted = followed(meant, TODAY)[1].table
    assert built.table is not None
    assert wanted is not None
    assert dumps(built.table) == dumps(wanted), mended


@given(st.data(), ANY_DOCUMENTS)
def test_a_wrong_value(data: st.DataObject, documents: Any) -> None:
    """A number in quotes, a bare value for a list or a block, a word for true: the help is what was there."""
    found = [(stem, *path) for stem in sorted(documents) for path in list(places(documents[stem]))[1:]]
    wrong = [path for path in found if slips(path[1:], at(documents, path))]
    assume(wrong)
    path = data.draw(st.sampled_from(wrong))
    holds(texts(data.draw(slipped(documents, path, at(documents, path)))), texts(documents))


@given(st.data(), ANY_DOCUMENTS)
def test_a_wrong_name(data: st.DataObject, documents: Any) -> None:
    """A typo of a name, or a word from another language for it: the help is the name."""
    files = texts(documents)
    found = [(stem, each) for stem in sorted(files) for name in KEYS for each in re.finditer(f'"{name}":', files[stem])]
    assume(found)
    stem, name = data.draw(st.sampled_from(found))
    start, end = name.start() + 1, name.end() - 2
    wrong = files[stem][:start] + typo(data, files[stem][start:end]) + files[stem][end:]
    holds({**files, stem: wrong}, files)


WRITTEN: dict[str, Callable[[str], str]] = {
    "typographic quotes": lambda text: f"“{text}”",
    "a comma behind it": lambda text: f"{text},",
    "one quote": lambda text: f'{text}"',
}


@given(st.data(), ANY_DOCUMENTS)
def test_a_wrong_sign(data: st.DataObject, documents: Any) -> None:
    """Signs that an editor or another language adds to a word: the help is the word alone."""
    files = texts(documents)
    found = [
        (stem, each) for stem in sorted(files) for each in re.finditer(r'(?<=: )"([A-Za-z]\w*)"$', files[stem], re.MULTILINE)
    ]
    assume(found)
    stem, word = data.draw(st.sampled_from(found))
    slip = WRITTEN[data.draw(st.sampled_from(sorted(WRITTEN)))](word[1])
    holds({**files, stem: files[stem][: word.start()] + slip + files[stem][word.end() :]}, files)
