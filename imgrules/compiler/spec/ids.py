"""The public ids of models: what their files state at `id`, or else the names of the files."""

from __future__ import annotations

import re
from collections.abc import Mapping

from imgrules.compiler.report.diagnostics import Change, Finding, Place
from imgrules.compiler.spec.model import ModelSpec
from imgrules.table.record_base import field, record, replace

_TWIN = " "
"""What begins the name of a twin: no id has a space."""

_STATED = r"""(?m)(?:^["']?id|[{,][ ]*"id)["']?[ ]*:[ ]+["']?([^\s"'#]+)"""


@record
class Ids:
    """The ids of the models of a folder, and the files in which they are."""

    homes: Mapping[str, str] = field(default_factory=dict)
    """The stem of the file of each model, by id."""
    twins: Mapping[str, str] = field(default_factory=dict)
    """The ids of models that are left out because another file has the same id, by a name that no model can have."""

    def home(self, name: str) -> str:
        """Return the stem of the file of a model, also of a twin; any other name unchanged."""
        return self.homes.get(name, name.removeprefix(_TWIN))

    @property
    def stated(self) -> bool:
        """Whether the id of any model is not the name of its file."""
        return bool(self.twins) or any(model != stem for model, stem in self.homes.items())

    def by_stem(self) -> dict[str, str]:
        """Return the ids by the stem of their file."""
        twins = {self.home(twin): model for twin, model in self.twins.items()}
        return twins | {stem: model for model, stem in self.homes.items()}

    def placed(self, finding: Finding) -> Finding:
        """Return a finding whose places name files in place of models."""
        if not self.stated:
            return finding
        fix = finding.fix
        if isinstance(fix, tuple):
            fix = tuple(Change(self._placed(change.place), change.text) for change in fix)
        related = tuple((self._placed(place), label) for place, label in finding.related)
        return replace(finding, place=self._placed(finding.place), related=related, fix=fix)

    def _placed(self, place: Place) -> Place:
        return place if place.file is None else replace(place, file=self.home(place.file))


def ids_of(specs: Mapping[str, ModelSpec | None], texts: Mapping[str, str]) -> Ids:
    """
    Return the ids of the models in some files, by stem; the text of a file without a spec says its id if possible.

    Of equal ids, that of a sound file and of the file of that name is kept, so that another file does not take it away.
    """
    stated = {stem: _id(stem, spec, texts[stem]) for stem, spec in specs.items()}
    homes, twins = dict[str, str](), dict[str, str]()
    for stem in sorted(specs, key=lambda stem: (specs[stem] is None, stated[stem] != stem, stem)):
        model = stated[stem]
        if homes.setdefault(model, stem) != stem and specs[stem] is not None:
            twins[_TWIN + stem] = model
    return Ids(homes, twins)


def _id(stem: str, spec: ModelSpec | None, text: str) -> str:
    if spec is not None:
        return spec.id or stem
    match = re.search(_STATED, text)
    return match[1] if match else stem
