"""Read, parse and bind one rule file: its tree and its spec, with what was found on the way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from imgrules.compiler.bind.bind import bind, spec_of
from imgrules.compiler.read.characters import decode
from imgrules.compiler.read.folder import MESSAGES, SHARED, RuleFile
from imgrules.compiler.read.folder_codes import BAD_FILE_NAME
from imgrules.compiler.read.syntax import parse
from imgrules.compiler.read.tree import Tree
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.source import Source, Span
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.shared import MessagesSpec, SharedSpec
from imgrules.compiler.spec.types import FILE_NAME, PATTERNS, Closed
from imgrules.quoting import quoted
from imgrules.table.record_base import record

KINDS: Mapping[str, type[Closed]] = {SHARED: SharedSpec, MESSAGES: MessagesSpec}
"""The spec of a file by its stem; any other file is a model."""


@record(slots=False)
class ParsedFile:
    """A rule file with the results of the stages that it passed; `spec` is None if a stage failed."""

    stem: str
    source: Source
    spec: Closed | None = None
    findings: tuple[Finding, ...] = ()
    has_tree: bool = False

    @cached_property
    def tree(self) -> Tree | None:
        """Return the tree or None; parsed again on first use, so that only files with mistakes keep it in memory."""
        return parse(self.source)[0] if self.has_tree else None


def parse_file(file: RuleFile) -> ParsedFile:
    """Return a file of a folder with its spec and findings, or with a finding that says why it was not read."""
    problem = file.problem
    if problem is None:
        return parse_bytes(file.path.stem, str(file.path), file.raw)
    # The full name: `a.yml` must not replace `a.yaml` in a mapping by stem.
    stem = file.path.stem if file.path.suffix == ".yaml" else file.path.name
    return unreadable(stem, str(file.path), problem.code, problem.message, problem.hint)


def unreadable(stem: str, name: str, code: Code, message: str, hint: str = "") -> ParsedFile:
    """Return a file that was not read, with a finding that says why."""
    return ParsedFile(stem, Source(name, ""), findings=(Finding(code, message, Place(span=Span(0, 0)), hint),))


def parse_bytes(stem: str, name: str, raw: bytes) -> ParsedFile:
    """Return a file with its spec and the findings of all stages up to the first that failed."""
    source, findings = decode(name, raw)
    if stem not in KINDS and not re.fullmatch(FILE_NAME, stem):
        corrected = re.sub(r"[^a-z0-9._-]+", "-", stem.lower()).strip("-._")
        hint = f"rename it to {corrected}.yaml" if re.fullmatch(FILE_NAME, corrected) else PATTERNS[FILE_NAME]
        findings = (
            *findings,
            Finding(BAD_FILE_NAME, f"{quoted(stem)} cannot be the name of a model file", Place(span=Span(0, 0)), hint),
        )
    if findings:
        return ParsedFile(stem, source, findings=findings)
    tree, yaml_findings = parse(source)
    if tree is None:
        return ParsedFile(stem, source, findings=yaml_findings)
    spec, bind_findings = bind(tree, KINDS.get(stem, ModelSpec))
    return ParsedFile(stem, source, spec, (*yaml_findings, *bind_findings), has_tree=True)


def parse_text(stem: str, text: str) -> ParsedFile:
    """Return a file with this text, which is on no disk."""
    return parse_bytes(stem, f"{stem}.yaml", text.encode("utf-8", "surrogatepass"))


def file_of_value(stem: str, value: Any) -> ParsedFile:
    """Return a file with the spec of a value, as YAML is read, and without a text; with no spec if it is not valid."""
    return ParsedFile(stem, Source(stem, ""), spec_of(value, KINDS.get(stem, ModelSpec)))


def has_errors(file: ParsedFile) -> bool:
    """Whether a file has an error in its characters, its YAML or its keys and values."""
    return any(finding.code.severity is Severity.ERROR for finding in file.findings)
