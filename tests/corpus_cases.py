"""
The cases of tests/corpus: rule files with one mistake each, and the exact report of it.

A page holds the cases of one code, each under its own heading: its files as named blocks, then its report.
A case about bytes, line ends or links is a folder of real files, with the report in `report.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from imgrules.compiler.source import ContractFile

CORPUS = Path(__file__).parent / "corpus"
MEANT = "meant.yaml"
"""The block with what the author of a case meant; it is no file of the case."""

_REPORT = "report.txt"
_HEADING = re.compile(r"^## (?P<name>\S+)\n", re.MULTILINE)
_BLOCK = re.compile(r"^(?P<fence>`{3,})(?:text|yaml (?P<file>[^\n]+))\n(?P<body>.*?)^(?P=fence)\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Case:
    """The files of a case by name, what their author meant, and their report; `home` is the page or folder of the case."""

    home: Path
    name: str
    files: Mapping[str, bytes] = field(hash=False)
    meant: str | None
    report: str

    @property
    def code(self) -> str | None:
        """The code that the case is about; None for a typo in an otherwise valid file."""
        code = self.home.stem if self.home.suffix == ".md" else self.home.parent.name
        return code if code.startswith("IR") else None

    @property
    def id(self) -> str:
        """The code and the name of the case."""
        return f"{self.code}/{self.name}" if self.code else self.name

    def contract(self, path: str) -> ContractFile:
        """Return the contract of the case that a type names."""
        raw = self.files.get(path)
        return ContractFile(message=f"there is no {path}", hint="name another one") if raw is None else ContractFile(raw)

    def write(self, report: str) -> None:
        """Replace the report of the case in its page or folder."""
        if self.home.suffix != ".md":
            (self.home / _REPORT).write_bytes(report.encode("utf-8"))
            return
        text = self.home.read_text("utf-8")
        start = text.index(f"## {self.name}\n")
        end = start + (following.start() if (following := _HEADING.search(text[start + 1 :])) else len(text))
        old = next(block for block in _BLOCK.finditer(text, start, end + 1) if block["file"] is None)
        self.home.write_text(text[: old.start()] + written("text", report) + text[old.end() :], "utf-8")


def written(kind: str, body: str) -> str:
    """Return a fenced block of a page; its fence is longer than any in the body."""
    fence = "`" * max(3, *(len(run) + 1 for run in ["", *re.findall("`{3,}", body)]))
    return f"{fence}{kind}\n{body}{fence}\n"


def of_page(page: Path) -> Iterator[Case]:
    """Yield the cases of a page, in order."""
    _, *parts = re.split(r"^## (?=\S+\n)", page.read_text("utf-8"), flags=re.MULTILINE)
    for part in parts:
        name = part[: part.index("\n")]
        blocks = {block["file"]: block["body"] for block in _BLOCK.finditer(part)}
        files = {file: body.encode("utf-8") for file, body in blocks.items() if file not in {None, MEANT}}
        yield Case(page, name, files, blocks.get(MEANT), blocks[None])


def of_folder(folder: Path) -> Case:
    """Return the case of a folder of real files."""
    files = {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    report = files.pop(_REPORT).decode("utf-8")
    meant = files.pop(MEANT).decode("utf-8") if MEANT in files else None
    return Case(folder, folder.name, files, meant, report)


def cases() -> tuple[Case, ...]:
    """Return every case, sorted by code and name."""
    pages = [case for page in CORPUS.glob("*.md") for case in of_page(page)]
    folders = [of_folder(path.parent) for path in CORPUS.glob(f"*/*/{_REPORT}")]
    return tuple(sorted((*pages, *folders), key=lambda case: (case.code or "", case.name)))


CASES = cases()
