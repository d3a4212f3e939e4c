"""
a word for nothing as a path

What: `send` is one of `no`, `off`, `none`, `null` and `None`, or `"false"` in quotes, which are texts in a rule file.
Why: something would be sent at a path of this name; other YAML readers take some of these words for false or for nothing.

Avoid:
    plan: {send: off, values: [old, new]}
Prefer:
    plan: {send: false, values: [old, new]}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.report.helps import certainly, write
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.compiler.spec.sharing import said_in_file
from imgrules.compiler.spec.types import Closed, Role
from imgrules.compiler.spec.walk import walk
from imgrules.quoting import quoted

CODE = Code("IR248", "path-for-nowhere", Severity.ERROR, __doc__)

_WORDS = frozenset({"no", "off", "none", "null", "None", "false"})


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each `send` that is a word for nothing."""
    yield from (_finding("_shared", path, sent) for path, sent in _words(rules.shared))
    for model, spec in rules.models.items():
        yield from (_finding(model, path, sent) for path, sent in said_in_file(rules, model, _words(spec)))


def _words(spec: Closed) -> Iterator[tuple[Path, str]]:
    return ((path, sent) for path, sent in walk(spec, Role.SEND) if sent in _WORDS)


def _finding(file: str, path: Path, sent: str) -> Finding:
    message = f"{quoted(sent)} is a path here: this would be sent at {quoted(sent)}"
    return Finding(CODE, message, Place(path, file=file), *certainly(write("false")))
