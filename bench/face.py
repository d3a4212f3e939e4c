"""The questions that every peer gets, and the translation of its answers into those of the oracle."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.facts import Models

Ask = Callable[[dict[str, Any], frozenset[str]], Any]


@dataclass(frozen=True)
class Setting:
    """The sources of a peer: the facts, or the same as rule files and as a compiled table (None: the packaged one)."""

    models: Models
    rules: Path
    table: Path | None


@dataclass(frozen=True)
class Face:
    """
    The answers of a peer, as plain functions of a selection and the grants.

    `decide` returns a value that `status` maps to `allowed`, `locked` or `impossible`.
    `emit` and `emit_json` return the body, or refuse: by raising one of the `refusals`, or with None.
    `more` are jobs that not every peer has.
    """

    decide: Ask
    emit: Ask
    emit_json: Ask
    refusals: tuple[type[Exception], ...] = ()
    status: Callable[[Any], str] = str
    more: Mapping[str, Ask] = field(default_factory=dict)

    def ask(self, job: str) -> Ask | None:
        """Return the function for a job, or None if this peer does not have it."""
        common = {"decide": self.decide, "emit": self.emit, "emit_json": self.emit_json}
        return {**common, **self.more}.get(job)


JOBS = {
    "decide": "status",
    "emit": "body",
    "emit_json": "bytes",
    "emit_code": "pair",
    "emit_why": "body",
    "emit_json_encoder": "bytes",
    "decide_body": "body",
    "first": "status",
    "all": "status",
}
"""
Every job, with the kind of its answer.

`emit_code` refuses with a code instead of an exception, `emit_why` gives the reason that the fast way lacks,
`emit_json_encoder` reuses its encoder, `decide_body` is `decide` followed by the body of the decision,
`first` is `decide` with its first violation, `all` is `decide` with all violations, their messages and all repairs.
"""


def in_oracle_terms(face: Face, job: str, answer: Any) -> object:
    """Return the answer of a peer in the terms of the oracle."""
    kind = JOBS[job]
    if kind == "status":
        return face.status(answer)
    if kind == "pair":
        return answer[0]
    return json.loads(answer) if kind == "bytes" and answer is not None else answer
