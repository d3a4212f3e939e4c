"""Apply the edits that hints propose, check again, and repeat until no edit is proposed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from imgrules.compiler.build import Build, build_files
from imgrules.compiler.fixes.edits import apply
from imgrules.compiler.parsed_file import parse_text
from imgrules.compiler.read.folder import SHARED
from imgrules.compiler.report.diagnostics import Diagnostic, Severity
from imgrules.compiler.source import ContractFile

_OFFERED = re.compile(r"(?:write|did you mean) (?:`` (?P<odd>.*?) ``|`(?P<text>[^`]*)`)")
_MOST_STEPS = 20

Texts = Mapping[str, str]
Contracts = Callable[[str], ContractFile]


def no_contract(_: str) -> ContractFile:
    """Return an empty contract, for rule sets that name none."""
    return ContractFile()


def built_of(texts: Texts, today: str, contracts: Contracts = no_contract) -> Build:
    """Return the build of some files; the last ones are kept, since each edit that is followed is also looked at by itself."""
    shared_first = sorted(texts.items(), key=lambda file: (file[0] != SHARED, file[0]))
    return _built(tuple(shared_first), today, contracts)


@lru_cache(maxsize=32)
def _built(files: tuple[tuple[str, str], ...], today: str, contracts: Contracts) -> Build:
    return build_files([_parsed(stem, text) for stem, text in files], today=today, contracts=contracts)


_parsed = lru_cache(maxsize=32)(parse_text)
"""Parses a file; most rule sets have the same shared one."""


def offered(hint: str) -> list[str]:
    """Return the texts that a hint proposes to type."""
    return [match["odd"] or match["text"] or "" for match in _OFFERED.finditer(hint)]


def typed(texts: Texts, diagnostic: Diagnostic) -> dict[str, str]:
    """Return the files with the edits of one diagnostic applied."""
    edited = dict(texts)
    for file in {edit.file for edit in diagnostic.edits}:
        stem = file.removesuffix(".yaml").rpartition("/")[2]
        edited[stem] = apply(texts[stem], tuple(edit for edit in diagnostic.edits if edit.file == file))
    return edited


def followed(texts: Texts, today: str, contracts: Contracts = no_contract) -> tuple[dict[str, str], Build]:
    """Return the files and their build after applying all proposed edits one by one, errors first; fail if the edits repeat."""
    seen = [dict(texts)]
    for _ in range(_MOST_STEPS):
        built = built_of(seen[-1], today, contracts)
        helpful = [diagnostic for diagnostic in built.report.diagnostics if diagnostic.edits]
        if not helpful:
            return seen[-1], built
        first = min(helpful, key=lambda diagnostic: diagnostic.code.severity is not Severity.ERROR)
        after = typed(seen[-1], first)
        assert after not in seen, f"a help leads in a circle: {first.hint}"
        seen.append(after)
    raise AssertionError(f"the helps never end: {first.hint}")
