"""What `imgrules diff` reports: the difference with its lines, the names of both sides, and what makes the command fail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from imgrules.cli.comparison.diff_sides import OpenSide
from imgrules.table.record_base import record, replace
from imgrules.table.records import Table
from imgrules.views.diff.diff_records import Diff, DiffFinding, Level

if TYPE_CHECKING:  # a comparison of tables needs no compiler
    from imgrules.compiler.rule_places import RulePlaces

Path = tuple[str, ...]
"""What a finding is about, such as `("models", "gpt-image-2", "options", "quality")`."""


@record
class DiffReport:
    """
    A difference as it is reported: `old` and `new` name the sides.

    `failing` are the findings for which the command exits with 1. Without `cosmetic`, cosmetic findings are only counted.
    """

    diff: Diff
    old: str
    new: str
    failing: tuple[DiffFinding, ...] = ()
    cosmetic: bool = False

    @property
    def shown(self) -> tuple[DiffFinding, ...]:
        """The findings that are listed."""
        return tuple(finding for finding in self.diff.findings if self.cosmetic or finding.level is not Level.COSMETIC)

    @property
    def unlisted(self) -> tuple[DiffFinding, ...]:
        """The findings for which the command fails and that have no entry in the file of accepted changes, not even one that ended."""
        return tuple(finding for finding in self.failing if finding.ended is None)


_LAST = {"price": "credits", "regular": "promotion", "gate": "gate", "label": "label", "badge": "badges", "default": "default"}
"""The key at which a kind of change is written, by the first word of its id."""

_ENDS = dict.fromkeys(("value-removed", "model-removed", "model-ends"), "until")
"""The key that announces the end of what a later moment takes away."""

_RENAMES = {"renamed", "rename-undone"}
"""The ids of findings with an old and a new name."""

_PROVIDER = {"provider-changed": "provider", "provider-model-changed": "model"}
"""The key of a model at which another provider, or another model of it, is written."""


def located(diff: Diff, old: OpenSide, new: OpenSide) -> Diff:
    """Return a difference with the file and the line of each finding, as far as its side is a folder."""
    renamed = {(*one.path[:-1], str(one.old)): one.path for one in diff.findings if one.id in _RENAMES}
    return replace(diff, findings=tuple(_located(finding, old, new, renamed) for finding in diff.findings))


def _located(finding: DiffFinding, old: OpenSide, new: OpenSide, renamed: Mapping[Path, Path]) -> DiffFinding:
    """Return a finding with its place; `renamed` has the paths of new names by those of the old ones, by which changes are named."""
    last = _ENDS.get(finding.id) or _LAST.get(finding.id.partition("-")[0])
    side = new if finding.in_new else old
    written = _written(finding.path, side.table)
    if not finding.in_new and new.places is not None and finding.path:
        # What has lost a gate, a badge or its future is still there: the edit is where it stands now.
        kept = _kept(renamed.get(written, written), last, new.places)
        if kept is not None and written == finding.path:
            return replace(finding, file=kept[0], line=kept[1], in_new=True)
    path = renamed.get(written, written) if finding.in_new else _in_old(written, renamed)
    place = None if side.places is None else _of_body(finding, side.places) or side.places.place(path, last)
    if place is None:
        return finding
    beside = None if finding.in_new or new.places is None else _beside(_in_new(written, renamed), new.places)
    return replace(finding, file=place[0], line=place[1], beside=beside)


def _kept(path: Path, last: str | None, places: RulePlaces) -> tuple[str, int] | None:
    """Return the place of a key of something, or else of the thing itself; None if the rules have neither."""
    return (places.exact((*path, last)) if last else None) or places.exact(path)


def _written(path: Path, table: Table) -> Path:
    """Return the path at which rule files have it: an alias of a model stands in the file of the model."""
    means = next((alias.means for alias in table.aliases if path == ("aliases", alias.name)), None)
    return path if means is None else ("models", means, "aliases")


def _in_old(path: Path, renamed: Mapping[Path, Path]) -> Path:
    """Return a path with the old name of the model in it."""
    model = path[: len(("models", ""))]
    return (*next((before for before, after in renamed.items() if after == model), model), *path[len(model) :])


def _in_new(path: Path, renamed: Mapping[Path, Path]) -> Path:
    """Return a path of the old side with the new name of the option in it."""
    option = path[: len(("models", "", "options", ""))]
    return (*renamed.get(option, option), *path[len(option) :])


def _beside(path: Path, places: RulePlaces) -> tuple[str, int] | None:
    """Return the place of what held something that is not there any more; for a model, of the order of models."""
    return places.place(path) or places.place(("order",))


def _of_body(finding: DiffFinding, places: RulePlaces) -> tuple[str, int] | None:
    """Return the place of a change of what is sent: the line of the value that is sent otherwise, or of the `send:`."""
    if finding.model is None:
        return None
    if finding.id in _PROVIDER:
        return places.exact(("models", finding.model, _PROVIDER[finding.id]))
    if not finding.id.startswith("sent-"):
        return None
    wire = str(finding.new) if finding.id == "sent-moved" else finding.path[-1]
    picked = [(name, str(values[0])) for name, values in finding.when.items() if len(values) == 1]
    return places.sent(finding.model, wire, picked[0] if len(picked) == len(finding.when) == 1 else None)
