"""A certain fix removes its finding and changes nothing else; what may be meant otherwise is never certain."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from imgrules.compiler.fixes.fix import fixed_files
from imgrules.compiler.read.folder import RuleFile
from imgrules.compiler.read.syntax import parse
from imgrules.compiler.report.certainty import is_same_text, is_slip
from imgrules.compiler.report.diagnostics import Diagnostic
from imgrules.compiler.source import Source
from tests.compiler.conftest import NANO, SHARED
from tests.compiler.test_corpus import TODAY
from tests.compiler.test_helps import TEXTUAL, _build, _texts
from tests.following import built_of, typed

LEAST_SHARE = 0.35
"""The share of the fixes in the corpus that is certain, at least."""


def test_after_a_certain_fix_its_finding_is_gone_and_nothing_else_changed() -> None:
    """In every case of the corpus, each certain fix alone removes its finding, adds none there, and keeps all other values."""
    fixes = certain = 0
    for case in TEXTUAL:
        texts = _texts(case) or {}
        before = _build(case).report.diagnostics
        for diagnostic in before:
            fixes += bool(diagnostic.edits)
            certain += diagnostic.certain
            if diagnostic.certain:
                after = typed(texts, diagnostic)
                _assert_gone(case.id, diagnostic, built_of(after, TODAY).report.diagnostics)
                _assert_untouched(texts, after, diagnostic)
    assert certain > LEAST_SHARE * fixes, (certain, fixes)


def _assert_gone(case: str, fixed: Diagnostic, after: tuple[Diagnostic, ...]) -> None:
    same = [one for one in after if (one.code, one.message, one.spot.start) == (fixed.code, fixed.message, fixed.spot.start)]
    assert same == [], f"{case}: {fixed.message}"


def _assert_untouched(before: Mapping[str, str], after: Mapping[str, str], fixed: Diagnostic) -> None:
    """Every value of a file that could be read is as it was, but for those at the lines of the edits."""
    for stem in {edit.file.removesuffix(".yaml") for edit in fixed.edits}:
        (old, mistakes), (new, _) = (parse(Source(stem, texts[stem])) for texts in (before, after))
        assert new is not None
        if old is None or mistakes:
            continue
        lines = {line for edit in fixed.edits for line in range(edit.start.line, edit.end.line + 1)}
        unedited = [line for number, line in enumerate(before[stem].splitlines(), 1) if number not in lines]
        assert not [line for line in unedited if line not in after[stem].splitlines()]


SLIPS = [
    ("credis", "credits", ["credits", "label"], True),
    ("credti", "credit", ["credit"], True),
    ("Name", "name", ["name"], True),
    ("credit", "credits", ["credits", "credit"], True),
    ("image1", "image2", ["image2"], False),
    ("lo", "low", ["low"], False),
    ("imagse", "images", ["images", "image"], False),
    ("price", "credits", ["credits"], False),
    ("credits", "credits", ["credits"], False),
    (5, "credits", ["credits"], False),
]


@pytest.mark.parametrize(("word", "meant", "names", "expected"), SLIPS, ids=[f"{word}-{meant}" for word, meant, *_ in SLIPS])
def test_slips(word: object, meant: str, names: list[str], expected: bool) -> None:  # noqa: FBT001
    """A slip is one letter more, less, another or two swapped, in a name of some length, and in no other name."""
    assert is_slip(word, meant, [name for name in names if name != word]) is expected


SAME = [
    ("5", '"5"', True),
    ("member", '["member"]', True),
    ("a:b", '"a: b"', True),
    ("5", "6", False),
    ("true", '"true"', False),
    ("", '""', False),
]
SAME += [("[a, # why\nb]", '"a, b"', False), ("no", "false", False), ("a, b", '["a", "b"]', True), ("1,5", "1.5", False)]


@pytest.mark.parametrize(("old", "new", "expected"), SAME, ids=[f"{old}-{new}" for old, new, _ in SAME])
def test_same_text(old: str, new: str, expected: bool) -> None:  # noqa: FBT001
    """Quotes, brackets and spaces change nothing that a person reads; a comment is never lost."""
    assert is_same_text(old, new) is expected


def _fixed(texts: Mapping[str, str]) -> dict[str, str]:
    fixes = fixed_files([RuleFile(Path(f"{stem}.yaml"), text.encode("utf-8")) for stem, text in texts.items()])
    changed = {file.after.path.stem: file.after.raw.decode("utf-8") for file in fixes.files}
    return {**texts, **changed}


LIMITED = NANO.replace("examples:", "limits: [{when: {quality: high}, only: {ratio: '1:1'}}]  # why\nexamples:")
LIMITED += '  - {select: {ratio: "16:9", quality: high}, expect: {because: not_together}}\n'
NAMES = {
    "a keyword": ("credits: 5}", "credtis: 5}"),
    "a keyword in block style": ("options:", "optoins:"),
    "a word of the language": ("status: allowed", "status: allwoed"),
    "a value that stands elsewhere too": ("{when: {quality: high}", "{when: {quality: hihg}"),
    "an option that stands elsewhere too": ("{when: {quality: high}", "{when: {qualiyt: high}"),
    "a gate": ("gate: member", "gate: membr"),
    "a number in quotes": ("credits: 5}", "credits: '5'}"),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_slip_is_mended(name: str) -> None:
    """A slip in a rule set that says elsewhere what is meant becomes exactly the text that was there before."""
    right = {"_shared": SHARED, "nano": LIMITED}
    old, new = NAMES[name]
    assert old in LIMITED
    wrong = {**right, "nano": LIMITED.replace(old, new, 1)}
    assert _fixed(wrong) == right


DECLARED = {
    "the name is wrong where it is declared": ("      high: {label", "      hihg: {label"),
    "an option is wrong where it is declared": ("  quality:\n", "  qualiyt:\n"),
    "a synonym": ("credits: 5}", "price: 5}"),
}


@pytest.mark.parametrize("name", DECLARED)
def test_what_may_be_right_is_kept(name: str) -> None:
    """Where the declared name may be the slip, or a word means the same, nothing is changed."""
    old, new = DECLARED[name]
    assert old in LIMITED
    wrong = {"_shared": SHARED, "nano": LIMITED.replace(old, new, 1)}
    assert _fixed(wrong) == wrong


def test_no_slip_in_the_packaged_rules_is_mended_to_something_else(pytestconfig: Any) -> None:
    """Two letters swapped in any word of the packaged model: the fix gives the text back, or leaves it as it is."""
    folder = pytestconfig.rootpath / "rules"
    right = {path.stem: path.read_text("utf-8") for path in (folder / "_shared.yaml", folder / "gpt-image-2.yaml")}
    text, mended = right["gpt-image-2"], 0
    words = [
        at for at in range(len(text) - 1) if text[at : at + 2].isalpha() and text[at - 1] == " " and text[at] != text[at + 1]
    ]
    for at in words:
        if "#" in text[text.rindex("\n", 0, at) if "\n" in text[:at] else 0 : at]:
            continue
        wrong = {**right, "gpt-image-2": text[:at] + text[at + 1] + text[at] + text[at + 2 :]}
        after = _fixed(wrong)
        assert after in (right, wrong), text[at : at + 20]
        mended += after == right
    assert mended > 0
