"""Run the examples of models: decide each selection, and compare the decision with what the example expects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from imgrules.compiler.examples.differences import Difference, different_answers, different_leaves
from imgrules.compiler.examples.missing_moment import MOST_TRIALS, fitting_moment
from imgrules.compiler.lower.examples import Combination, combinations
from imgrules.compiler.report.helps import typed
from imgrules.compiler.spec.examples import ExampleSpec
from imgrules.compiler.spec.field_types import keys
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.engine.decision import Decision
from imgrules.engine.decision_records import ViolationCode
from imgrules.quoting import either, quoted
from imgrules.refusals.evaluate import Evaluation, decision_of, evaluate
from imgrules.table.moments import moment_words
from imgrules.table.record_base import record, replace
from imgrules.table.records import Model, Table

_AT = "at"
_LONGEST = 100
"""The most characters of an option's values that a hint shows."""

_OF_EXAMPLES = frozenset(keys(ExampleSpec))
"""The keys of an example, which a selection does not have."""


@record
class Run:
    """
    One run of an example: the model, the index of the example in its file, the evaluation, and how it differs.

    `over` is the combination of an example with several; empty for any other.
    """

    model: str
    index: int
    over: Mapping[str, Any]
    evaluation: Evaluation
    decision: Decision
    differences: tuple[Difference, ...]
    facts: tuple[str, ...] = ()
    """The facts of the model."""

    lacks: str | None = None
    """For an example that is undated, the moment (UTC) to add, as far as one is known."""

    @property
    def is_undated(self) -> bool:
        """Whether the example has no moment although the answer depends on one."""
        against = self.decision.violations
        return any(violation.field == _AT and violation.code is ViolationCode.MISSING_FIELD for violation in against)

    @property
    def message(self) -> str:
        """Return what is wrong with an example that fails, in one sentence with all its differences."""
        if self.is_undated:
            return "this example has no `at`, but the model changes over time"
        return "; ".join(difference.message for difference in self.differences)

    @property
    def hint(self) -> str:
        """Return why the rules give another result than an example that fails expects, or what it could expect."""
        if self.is_undated:
            such_as = "" if self.lacks is None else f', such as `at: "{moment_words(self.lacks)}"`'
            return f"add a date in quotes beside `select:`{such_as}"
        meant = next((difference.meant for difference in self.differences if difference.meant), None)
        if meant is not None:
            return f"did you mean {quoted(meant)}?"
        if self.decision.reasons:
            return f"the rules say {self.decision.status}: {'; '.join(self.decision.reasons)}{self._stated_beside}"
        return "if the rules are right, expect " + " and ".join(difference.entry for difference in self.differences)

    @property
    def _stated_beside(self) -> str:
        """What an example states beside its selection, but lacks there or has in it: facts, or keys; empty if nothing is."""
        against = self.decision.violations
        missing = [found.field for found in against if found.fact and found.code is ViolationCode.MISSING_FIELD]
        held = [found for found in against if found.code is ViolationCode.REFUSED_FIELD and found.field in self.facts]
        values = {**dict.fromkeys(missing, "..."), **{found.field: typed(found.value) for found in held}}
        entries = ", ".join(f"{name}: {value}" for name, value in values.items())
        inside = [found.field for found in against if found.code is ViolationCode.UNKNOWN_FIELD and found.field in _OF_EXAMPLES]
        moved = f"; {either(inside, word='and')} belong beside `select:`" if inside else ""
        moved += self._once_per_value
        return f"; add `facts: {{{entries}}}` beside `select:`{moved}" if entries else moved

    @property
    def _once_per_value(self) -> str:
        """That several values, picked for an option which takes one, are tried one by one with `over`; empty if none are."""
        wrong = [found for found in self.decision.violations if found.code is ViolationCode.WRONG_TYPE]
        lists = {found.field: found.value for found in wrong if type(found.value) is list and found.field not in self.over}
        tried = {name: f"{name}: {typed(values)}" for name, values in lists.items() if len(values) > 1}
        entries = ", ".join(entry if len(entry) <= _LONGEST else f"{name}: [...]" for name, entry in tried.items())
        return f"; `over: {{{entries}}}` beside `select:` tries each value" if entries else ""


def runs(rules: RuleSet, table: Table, names: Iterable[str] | None = None) -> Iterator[Run]:
    """Run all examples of the models in the table, or of those with one of `names`, in the order of their files."""
    for name in table.models if names is None else names:
        model, trials = table.models[name], iter(range(MOST_TRIALS))
        for index, example in enumerate(rules.models[name].examples or ()):
            lacks: str | None = None
            for combination in combinations(example, model):
                run = Run(
                    model.id, index, combination.over, *_outcome(table, model, example, combination, example.at), model.facts
                )
                if run.differences and run.is_undated:  # one moment for all combinations of an example
                    passes = partial(_passes, table, model, example, combination)
                    lacks = lacks or fitting_moment(model, passes, trials)
                    run = replace(run, lacks=lacks)
                yield run


def _passes(table: Table, model: Model, example: ExampleSpec, combination: Combination, at: str) -> bool:
    """Whether a combination of an example passes at a moment."""
    return not _outcome(table, model, example, combination, at)[-1]


def _outcome(
    table: Table, model: Model, example: ExampleSpec, combination: Combination, at: Any
) -> tuple[Evaluation, Decision, tuple[Difference, ...]]:
    # Evaluate in full: a plan pays off for many requests, not for one or two.
    evaluation = evaluate(table, (combination.selection, example.grants or (), None, at, example.facts))
    decision = decision_of(evaluation)
    differences = (*different_answers(example, decision), *different_leaves(example, model, evaluation, decision))
    return evaluation, decision, differences
