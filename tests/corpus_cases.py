"""
The cases of tests/corpus: rule files with one mistake each, and the exact report of it.

A page holds the cases of one code, each beneath a heading of its own: its files as blocks that name them, then its report.
Where bytes, line ends or links are the case, it is a folder of real files, with the report in `report.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
MEANT = "meant.yaml"
"""What the author of a case meant; it is no file of the case."""

_REPORT = "report.txt"
_HEADING = re.compile(r"^## (?P<name>\S+)\n", re.MULTILINE)
_BLOCK = re.compile(r"^(?P<fence>`{3,})(?:text|yaml (?P<file>[^\n]+))\n(?P<body>.*?)^(?P=fence)\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Case:
    """Files by name, what their author meant, and the report of them; `home` is the page or folder that they are from."""

    home: Path
    name: str
    files: Mapping[str, bytes] = field(hash=False)
    meant: str | None
    report: str

    @property
    def code(self) -> str | None:
        """The code that the case is about; None of a slip in a file that is sound but for it."""
        code = self.home.stem if self.home.suffix == ".md" else self.home.parent.name
        return code if code.startswith("IR") else None

    @property
    def id(self) -> str:
        """The code and the name of the case."""
        return f"{self.code}/{self.name}" if self.code else self.name

    def write(self, report: str) -> None:
        """Write the report anew, where the old one stands."""
        if self.home.suffix != ".md":
            (self.home / _REPORT).write_bytes(report.encode("utf-8"))
            return
        text = self.home.read_text("utf-8")
        start = text.index(f"## {self.name}\n")
        end = start + (following.start() if (following := _HEADING.search(text[start + 1 :])) else len(text))
        old = next(block for block in _BLOCK.finditer(text, start, end + 1) if block["file"] is None)
        self.home.write_text(text[: old.start()] + written("text", report) + text[old.end() :], "utf-8")


def written(kind: str, body: str) -> str:
    """Return a block of a page; its fence is longer than any in it."""
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
    """Return the case that a folder of real files is."""
    files = {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    report = files.pop(_REPORT).decode("utf-8")
    meant = files.pop(MEANT).decode("utf-8") if MEANT in files else None
    return Case(folder, folder.name, files, meant, report)


def cases() -> tuple[Case, ...]:
    """Return every case, those of one code side by side."""
    pages = [case for page in CORPUS.glob("*.md") for case in of_page(page)]
    folders = [of_folder(path.parent) for path in CORPUS.glob(f"*/*/{_REPORT}")]
    return tuple(sorted((*pages, *folders), key=lambda case: (case.code or "", case.name)))


CASES = cases()
