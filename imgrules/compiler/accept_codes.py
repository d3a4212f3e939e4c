"""The code of an entry of `accept` that accepts nothing, with its page for `explain`."""

from __future__ import annotations

from imgrules.compiler.report.diagnostics import Code, Severity

IDLE = Code(
    "IR320",
    "idle-accept",
    Severity.WARNING,
    """
an accepted warning that is not there

What: `accept` names a code, but `check` has no warning of this code about the model, option or value with the `accept`.
Why: the reason no longer holds, or the code is a typo. A warning that came later would be accepted without being read.

An error cannot be accepted. With `check --at`, warnings about dates are accepted too; without it, nobody knows of them.

Avoid:
    high: {credits: 8, accept: {IR244: a launch price}}
Prefer:
    high: {credits: 8}
""",
)
