"""Records of what `imgrules test` reports: the result of each example, and what of the rules the examples reach."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from imgrules.compiler.report.diagnostics import Report, Spot
from imgrules.compiler.report.helps import typed
from imgrules.table.record_base import field, record


def over_words(over: Mapping[str, Any]) -> str:
    """Return a combination in words, such as `quality high and seed 1`, its values as an author types them."""
    return " and ".join(f"{name} {typed(value)}" for name, value in over.items())


@record
class Mismatch:
    """One key of `expect` that differs: what is expected and what the rules say, as an author writes it; None is nothing."""

    key: str
    expected: str
    got: str | None
    message: str
    spot: Spot


@record
class ExampleResult:
    """
    The result of an example, or of one combination of `over`; `number` counts the examples of the file from 1.

    An example passes if `message` is empty. `hint` says why the rules give another result, or what the example could expect.
    """

    model: str
    number: int
    spot: Spot
    over: Mapping[str, Any] = field(default_factory=dict)
    message: str = ""
    hint: str = ""
    mismatches: tuple[Mismatch, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the rules say what the example expects."""
        return not self.message

    @property
    def name(self) -> str:
        """The example in words, such as `example 2 with quality high`."""
        return f"example {self.number}" + (f" with {over_words(self.over)}" if self.over else "")


CoverageKind: TypeAlias = Literal["value", "gate", "price", "limit", "date", "fact"]


@record
class CoverageItem:
    """Something of a model that an example can reach, with its kind, such as `gate`, its name, and whether one reaches it."""

    kind: CoverageKind
    name: str
    model: str
    spot: Spot
    reached: bool


@record
class UpdateReport:
    """
    What `--update` wrote, or with `written` False what it would write.

    `diffs` has a unified diff of each file, `counts` the number of its examples that are updated, and `left` the examples that
    fail and are not, each with its place and the reason.
    """

    written: bool
    diffs: Mapping[str, str]
    counts: Mapping[str, int]
    left: tuple[tuple[str, Spot, str], ...] = ()


@record
class ExampleReport:
    """
    The results of all examples that were run, and the coverage of their models.

    `files` are the names of the files that were tested, by model; `rules` has the mistakes because of which files could not be
    tested. `updates` is None if nothing was asked to be updated.
    """

    results: tuple[ExampleResult, ...] = ()
    coverage: tuple[CoverageItem, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    rules: Report = field(default_factory=Report)
    updates: UpdateReport | None = None

    @property
    def failed(self) -> tuple[ExampleResult, ...]:
        """The results of the examples that fail."""
        return tuple(result for result in self.results if not result.passed)

    @property
    def reached(self) -> int:
        """How many items of the coverage an example reaches."""
        return sum(item.reached for item in self.coverage)

    @property
    def percent(self) -> int:
        """The share of the coverage that is reached, in whole per cent rounded down; 100 where there is nothing to reach."""
        return 100 * self.reached // len(self.coverage) if self.coverage else 100
