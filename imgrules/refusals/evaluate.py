"""
Evaluate a selection in full: every rule is evaluated, to say why it is refused, or what was replaced.

Any input gets an answer here. A selection is allowed only if every rule is known to be satisfied; if a rule cannot be
decided, the selection is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from imgrules.engine.body import built
from imgrules.engine.caller_input import is_beyond, read_grants, read_moment, read_selection
from imgrules.engine.decision import Decision, Understood, refusal
from imgrules.engine.decision_records import Note, Repair, Violation, ViolationCode
from imgrules.engine.find import Asked
from imgrules.engine.gates import Lock, gates_of, lock, opens
from imgrules.engine.lazy import put
from imgrules.engine.plan.outcome import Outcome, outcome_of
from imgrules.refusals.constraints import Verdict, examine
from imgrules.refusals.faults import MISSING_FACT, Fault
from imgrules.refusals.first_fault import first_fault
from imgrules.refusals.questions import Question, ask
from imgrules.refusals.repairs.repairs import repairs
from imgrules.refusals.violations import explain, notes, truncated, violation, violations
from imgrules.table.record_base import record, replace
from imgrules.table.records import MODEL, Cell, Gate, Table, fields_of
from imgrules.table.texts.messages import sentence


@record(frozen=False)
class Evaluation:
    """
    The full evaluation of a selection: the question, its verdict, and the violations of input that could not be read.

    With `whole`, a missing text that the request body needs is a violation.
    """

    question: Question
    verdict: Verdict
    unread: tuple[Violation, ...]
    unreadable_grants: tuple[Violation, ...]
    unreadable_moment: tuple[Violation, ...]
    whole: bool

    @property
    def cell(self) -> Cell | None:
        """The combination that is sold; None if there is none, or if unreadable input makes the selection impossible."""
        cell = None if self.unread or self.unreadable_moment else self.verdict.cell
        return None if cell is not None and self.unreadable_grants and any(_closed_gates(self, cell)) else cell

    @property
    def lacking(self) -> tuple[str, ...]:
        """The names of the texts that the request body needs and the caller did not give."""
        question = self.question
        if not self.whole or question.model is None or question.timeless:
            return ()
        fields = fields_of(question.table, question.model).values()
        return tuple(field.name for field in fields if field.required and field.name not in question.picked)


def evaluate(table: Table, given: Asked, *, whole: bool = False) -> Evaluation:
    """Return the full evaluation of a selection with grants, language and moment; never raises."""
    selection, grants, language, at, facts = given
    held, unreadable_grants = read_grants(grants)
    moment, unreadable_moment = (None, ()) if at is None else read_moment(at)
    picked, unread = read_selection(selection)
    question = ask(table, picked, held, language, moment, facts)
    unreadable = unread, unreadable_grants, unreadable_moment, whole
    if (question.timeless and unreadable_moment) or is_beyond(unread):
        # A moment that cannot be read is not reported as missing as well; of too many fields, none is examined.
        return Evaluation(question, Verdict(()), *unreadable)
    if question.timeless:
        same = _if_equal(_with_facts(version, unreadable) for version in question.versions())
        if same is not None:
            return same
    return _with_facts(question, unreadable)


def _with_facts(question: Question, unreadable: tuple[Any, ...]) -> Evaluation:
    """Return the evaluation with any value of the facts that are missing if all give the same answer, else without them."""
    missing = question.lacking()
    if not missing:
        return Evaluation(question, examine(question), *unreadable)
    tried = [Evaluation(whole, examine(whole), *unreadable) for whole in question.completed()]
    answers = list(map(_answer, tried))
    if tried and all(answer == answers[0] for answer in answers):
        return tried[0]
    verdict = examine(question)
    asked = frozenset(_deciding(missing, tried, answers)) or frozenset(missing)
    faults = tuple(fault for fault in verdict.faults if fault.field in asked or fault.sentence != MISSING_FACT)
    return Evaluation(question, Verdict(faults, verdict.picks), *unreadable)


def _deciding(missing: tuple[str, ...], tried: list[Evaluation], answers: list[Any]) -> Iterator[str]:
    """Yield the missing facts of which two values give two answers, whatever the other facts are."""
    for name in missing:
        by_others: dict[tuple[Any, ...], Any] = {}
        for evaluation, answer in zip(tried, answers, strict=True):
            others = tuple(repr(evaluation.question.picked[other]) for other in missing if other != name)
            if by_others.setdefault(others, answer) != answer:
                yield name
                break


def _if_equal(versions: Iterable[Evaluation]) -> Evaluation | None:
    """Return the evaluation of the first version of a model if all versions have the same answer, else None."""
    first, answer = None, None
    for evaluation in versions:
        if first is None:
            first, answer = evaluation, _answer(evaluation)
        elif _answer(evaluation) != answer:
            return None
    return first


def _answer(evaluation: Evaluation) -> tuple[Any, ...]:
    """Return everything that a caller can see of an evaluation, except the repairs, which follow from the rest."""
    # The given values are the same for all versions; comparing them might raise.
    note_texts = tuple((note.code, note.field, note.message) for note in notes_of(evaluation))
    outcome = _outcome(evaluation)
    question, verdict = evaluation.question, evaluation.verdict
    if outcome is None:
        against = _violations(evaluation)
        reasons = tuple((reason.code, reason.field, reason.message, reason.allowed, reason.suggestion) for reason in against)
        return _understood(question, verdict), note_texts, reasons
    closed = outcome.closed(question.grants)
    # Nothing is sent while a gate is closed.
    sent = None if closed else (outcome.request, body_of(evaluation))
    return (outcome.shown(()), *outcome.costs(()), closed), note_texts, sent


def body_of(evaluation: Evaluation) -> dict[str, Any]:
    """Return the request body of a selection that is sold."""
    model, picked = evaluation.question.model, evaluation.question.picked
    assert model is not None  # noqa: S101  only a model is sold
    texts = {name: value for name, value in picked.items() if name not in model.options}
    return built(model, {**texts, **evaluation.verdict.picks.values})


def _outcome(evaluation: Evaluation) -> Outcome | None:
    """Return the outcome of a selection that is sold, or None."""
    question, cell = evaluation.question, evaluation.cell
    if cell is None or question.model is None:
        return None
    return outcome_of(question.table, question.model, cell, evaluation.verdict.picks, question.picked, dated=True)


def decision_of(evaluation: Evaluation) -> Decision:
    """Return the decision that follows from a full evaluation."""
    outcome = None if evaluation.lacking else _outcome(evaluation)
    question = evaluation.question
    if outcome is None:
        return refusal((fill_in, evaluation))
    values, closed = (_relevant_moment(question),), outcome.closed(question.grants) or ()
    decision = outcome.locked(values, closed, question.language) if closed else outcome.allowed(values)
    noted = notes_of(evaluation)
    return replace(decision, notes=noted) if noted else decision


def notes_of(evaluation: Evaluation) -> tuple[Note, ...]:
    """Return the notes on values that were accepted in another form than they were given, with their messages."""
    return notes(evaluation.question, evaluation.verdict)


def fill_in(evaluation: Evaluation, decision: Decision, name: str) -> Any:
    """Fill in an attribute of a lazily computed refusal; for `violation`, return the first one."""
    if name == "violation":
        return decision.violations[0]
    return put(decision, name, _ATTRIBUTES[name](evaluation))


def first_violation(table: Table, given: Asked, *, whole: bool = False) -> Violation:
    """Return the first violation of an impossible selection, usually without evaluating it in full."""
    fault = first_fault(table, given)
    if fault is None:
        return _violations(evaluate(table, given, whole=whole))[0]
    return violation(fault.value, fault, (_explain_first, table, given, fault))


def _explain_first(table: Table, given: Asked, fault: Fault, made: Violation, _: str) -> None:
    """Fill in the lazy attributes of a first violation, for which its selection has to be examined in full."""
    evaluated = evaluate(table, given)
    explain(evaluated.question, evaluated.verdict, fault, made)


def _violations(evaluation: Evaluation) -> tuple[Violation, ...]:
    """Return the violations, those about unreadable input first: at most 100, and one that counts the others. Never empty."""
    question = evaluation.question
    against = violations(question, evaluation.verdict)
    if evaluation.whole:
        against += tuple([_missing_text(question, name) for name in evaluation.lacking])
    against = evaluation.unread + evaluation.unreadable_grants + evaluation.unreadable_moment + against
    return truncated(against or (_CHANGED,), question)


_CHANGED = Violation(ViolationCode.WRONG_TYPE, "selection", None, "the selection changed while it was read")


def _repairs(evaluation: Evaluation) -> tuple[Repair, ...]:
    # No change of the selection repairs grants or a moment that cannot be read, or facts.
    if evaluation.unreadable_grants or evaluation.unreadable_moment or is_beyond(evaluation.unread):
        return ()
    question = evaluation.question
    nearest = repairs(question, evaluation.verdict)
    undated = question.moment is None and question.model is not None and question.table.models[question.model.id].changes
    if undated or question.assumed:
        # Without a moment, a repair has to be possible in every version, and without a fact, with each of its values.
        nearest = tuple(repair for repair in nearest if _is_sold(question, repair))
    return nearest


def _is_sold(question: Question, repair: Repair) -> bool:
    """Whether the repaired selection is possible without a moment."""
    repaired = {MODEL: question.picked[MODEL], **repair.apply(question.picked)}
    asked = (repaired, question.grants, question.language, question.moment, question.stated)
    return evaluate(question.table, asked).cell is not None


def _missing_text(question: Question, name: str) -> Violation:
    text = sentence(question.table, question.language, "missing_text", field=name)
    return Violation(ViolationCode.MISSING_FIELD, name, None, text)


def _filled(question: Question, select: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the resolved options that the caller did not pick."""
    return tuple(name for name in select if name not in question.picked)


def _relevant_moment(question: Question) -> str | None:
    """Return the moment if the model changes with time, else None."""
    changes = question.model is not None and question.table.models[question.model.id].changes
    return question.moment if changes else None


def _locks(evaluation: Evaluation, cell: Cell) -> tuple[Lock, ...]:
    question = evaluation.question
    return tuple(lock(question.table, gate, question.language) for gate in _closed_gates(evaluation, cell))


def _closed_gates(evaluation: Evaluation, cell: Cell) -> Iterator[Gate]:
    question, model = evaluation.question, evaluation.question.model
    assert model is not None  # noqa: S101  a cell belongs to a model
    gates = gates_of(question.table, model, cell, evaluation.verdict.picks.values)
    return (gate for gate in gates if not opens(gate, question.grants))


_ATTRIBUTES: Mapping[str, Callable[[Evaluation], Any]] = {
    "model": lambda evaluation: None if evaluation.question.model is None else evaluation.question.model.id,
    "select": lambda evaluation: Understood(_understood(evaluation.question, evaluation.verdict)),
    "credits": lambda _: None,
    "gates": lambda evaluation: () if evaluation.cell is None else _locks(evaluation, evaluation.cell),
    "violations": _violations,
    "repairs": _repairs,
    "regular": lambda _: None,
    "notes": notes_of,
    "at": lambda evaluation: _relevant_moment(evaluation.question),
    "filled": lambda evaluation: _filled(evaluation.question, _understood(evaluation.question, evaluation.verdict)),
    "currency": lambda evaluation: evaluation.question.table.currency,
    "estimate": lambda _: False,
    "regular_estimate": lambda _: False,
}
"""The attributes of a refusal, each computed when it is first read."""


def _understood(question: Question, verdict: Verdict) -> dict[str, Any]:
    """Return the model and the options without a fault, as a caller picks them."""
    model = question.model
    if model is None or model.gone is not None:
        return {}
    values = verdict.picks.values
    faulty = {fault.field for fault in verdict.faults}
    valid = (
        option for option in model.options.values() if option.name in values and not (option.name in faulty or option.fact)
    )
    return {MODEL: model.id, **{option.name: option.picked(values[option.name]) for option in valid}}
