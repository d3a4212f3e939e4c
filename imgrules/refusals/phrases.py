"""Sentences about one selection, in the asked language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from imgrules.quoting import quoted
from imgrules.refusals.constraints import Question, Verdict
from imgrules.refusals.suggest import models_of
from imgrules.table.labels import say
from imgrules.table.measures import entries, exact
from imgrules.table.messages import filled
from imgrules.table.record import record
from imgrules.table.records import Model
from imgrules.table.terms import Limit

_SHOWN = 8


@record(frozen=False)
class Said:
    """Sentences about one selection."""

    asked: Question
    verdict: Verdict

    def __call__(self, name: str, **places: object) -> str:
        """Return a sentence in the asked language."""
        return filled(self.asked.table, self.asked.language, name, places)

    def label(self, label: Any) -> str:
        """Return what an author wrote, in the asked language."""
        return say(label, self.asked.language, self.asked.table.languages)

    @property
    def models(self) -> tuple[str, ...]:
        """The names of all models, in author's order."""
        return models_of(self.asked.table).names

    @property
    def model(self) -> Model:
        """The model that the faults are about."""
        assert self.asked.model is not None  # noqa: S101  faults of this kind are found in models only
        return self.asked.model

    def list(self, values: Iterable[str], word: str = "or") -> str:
        """Return values as a list for a sentence: `a`, `b` or `c`."""
        known = tuple(values)
        names = [quoted(each) for each in known[:_SHOWN]]
        if len(known) > _SHOWN:
            return self("and_more", first=", ".join(names), count=len(known) - _SHOWN)
        return names[0] if len(names) == 1 else self(word, first=", ".join(names[:-1]), last=names[-1]) if names else ""

    def choose(self, allowed: tuple[str, ...], meant: str | None = None) -> str:
        """Return the half of a sentence that offers values, or says that none is left."""
        if not allowed:
            return self("none_goes")
        offer = self("choose", allowed=self.list(allowed))
        return (
            self("then", message=offer, more=self("did_you_mean", meant=quoted(meant))) if meant and len(allowed) > 1 else offer
        )

    def with_reasons(self, text: str, limits: Iterable[Limit]) -> str:
        """Return a sentence with what authors wrote about the limits that are broken."""
        why = "; ".join(dict.fromkeys(self.label(each.because) for each in limits if each.because is not None))
        return self("and_because", message=text, because=why) if why else text

    def given(self, value: object) -> str:
        """Return a value as it was given, and of which kind it is, so that `512` is not asked for where `512` was given."""
        listed = entries(value)
        if value is None:
            return self("nothing")
        if listed is not None:
            return self("a_list", count=len(listed))
        kind = "a_text" if type(value) is str else "" if exact(value) is None else "a_number"
        return self(kind, value=quoted(value)) if kind else quoted(value)

    def held(self, value: object) -> str:
        """Return a value by what it is, a list by what it holds."""
        listed = entries(value)
        return quoted(value) if listed is None else self.list(listed, "and") or self("nothing")
