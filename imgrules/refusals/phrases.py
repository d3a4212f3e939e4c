"""Phrases and sentences about one selection, in the language of the caller."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from imgrules.quoting import quoted
from imgrules.refusals.constraints import Verdict
from imgrules.refusals.questions import Question
from imgrules.refusals.suggest import models_of
from imgrules.table.measures import entries, exact
from imgrules.table.record_base import record
from imgrules.table.records import Model
from imgrules.table.terms import Limit
from imgrules.table.texts.labels import say
from imgrules.table.texts.messages import filled

_SHOWN = 8  # values of a list that are named; the rest are counted


@record(frozen=False)
class Phrases:
    """Writes phrases and sentences about one selection; call it with the name of a message and values for its placeholders."""

    question: Question
    verdict: Verdict

    def __call__(self, name: str, **places: object) -> str:
        """Return a message of `table/texts/messages.py` in the language of the caller."""
        return filled(self.question.table, self.question.language, name, places)

    def label(self, label: Any) -> str:
        """Return a label of the rules in the language of the caller."""
        return say(label, self.question.language, self.question.table.languages)

    @property
    def models(self) -> tuple[str, ...]:
        """The ids of all models, in author's order."""
        return models_of(self.question.table).names

    @property
    def model(self) -> Model:
        """The model that the faults are about."""
        assert self.question.model is not None  # noqa: S101  faults of this kind are found in models only
        return self.question.model

    def list(self, values: Iterable[str], word: str = "or") -> str:
        """Return values as a list for a sentence: `a`, `b` or `c`; truncated, with a count of the rest."""
        shown = tuple(values)
        names = [quoted(value) for value in shown[:_SHOWN]]
        if len(shown) > _SHOWN:
            return self("and_more", first=", ".join(names), count=len(shown) - _SHOWN)
        return names[0] if len(names) == 1 else self(word, first=", ".join(names[:-1]), last=names[-1]) if names else ""

    def choose(self, allowed: tuple[str, ...], meant: str | None = None) -> str:
        """Return the part of a sentence that offers values, or says that none is possible."""
        if not allowed:
            return self("none_goes")
        offer = self("choose", allowed=self.list(allowed))
        return (
            self("then", message=offer, more=self("did_you_mean", meant=quoted(meant))) if meant and len(allowed) > 1 else offer
        )

    def with_reasons(self, text: str, limits: Iterable[Limit]) -> str:
        """Return a sentence followed by the reasons that authors gave for the broken limits, deduplicated."""
        reasons = "; ".join(dict.fromkeys(self.label(limit.because) for limit in limits if limit.because is not None))
        return self("and_because", message=text, because=reasons) if reasons else text

    def with_type(self, value: object) -> str:
        """Return a value with its type, so that a caller who gave the text `512` sees that a number is needed."""
        listed = entries(value)
        if value is None:
            return self("nothing")
        if listed is not None:
            return self("a_list", count=len(listed))
        kind = "a_text" if type(value) is str else "" if exact(value) is None else "a_number"
        return self(kind, value=quoted(value)) if kind else quoted(value)

    def with_entries(self, value: object) -> str:
        """Return a quoted value; for a list, its quoted entries."""
        listed = entries(value)
        return quoted(value) if listed is None else self.list(listed, "and") or self("nothing")
