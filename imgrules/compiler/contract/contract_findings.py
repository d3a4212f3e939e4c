"""What authors read about their contract: each refusal as a finding at the line that caused it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from imgrules.compiler.contract.body_proof import Breach
from imgrules.compiler.contract.confirmation import value_at
from imgrules.compiler.contract.document import Contract
from imgrules.compiler.contract.places import leaves_at, what_is_refused, what_is_sent, where_sent, why_absent
from imgrules.compiler.contract.reading import Unusable, contract_in
from imgrules.compiler.contract.refusal_search import UNDECLARED
from imgrules.compiler.contract.rule_set_proof import contract_of, proof_of
from imgrules.compiler.contract.sentences import (
    ABSENCE,
    OTHER_ADVICE,
    for_which,
    named_file,
    reason,
    sent_value,
    where_required,
)
from imgrules.compiler.file_caps import MOST_DIGITS
from imgrules.compiler.report.diagnostics import Code, Finding, Place
from imgrules.compiler.report.helps import Help, did_you_mean, write
from imgrules.compiler.spec.rule_set import Leaf, RuleSet
from imgrules.compiler.spec.sharing import at_home
from imgrules.quoting import counted, quoted
from imgrules.refusals.suggest import nearest
from imgrules.table.records import Table
from imgrules.table.terms import WirePath, dotted


def unreadable(rules: RuleSet, *, is_json: bool) -> Iterator[tuple[Place, str, str]]:
    """Yield the contracts that are no JSON, or with `is_json` no valid schema: place, message and hint."""
    for kind, file in rules.contracts.items():
        place = Place(("types", kind, "contract"), file="_shared")
        if file.message:
            if not is_json:
                yield place, file.message, file.hint
            continue
        contract = contract_in(file.raw)
        if isinstance(contract, Unusable) and contract.is_json is is_json:
            yield place, f"the contract {quoted(named_file(rules, kind))} cannot be used: {contract.message}", contract.hint


def undeclared(rules: RuleSet, table: Table, code: Code) -> Iterator[Finding]:
    """Yield a finding for each path that a contract does not declare."""
    for breach in _of(rules, table, UNDECLARED):
        path = dotted(breach.refusal.at.path)
        leaf = next(iter(leaves_at(rules, breach.model, breach.refusal.at.path)), None)
        contract = contract_of(rules, breach.model)
        if leaf is None or contract is None:
            continue
        declared = not path or path in contract.paths
        message = (
            f"the contract refuses anything at {quoted(path or 'the body')}{for_which(breach)}"
            if declared
            else f"the contract declares no {quoted(path)}"
        )
        meant = None if declared else _meant(contract, breach.refusal.at.path, leaf, leaves_at(rules, breach.model, ()))
        yield Finding(code, message, where_sent(rules, breach.model, leaf), *did_you_mean(meant, where_required(rules, breach)))


def _meant(contract: Contract, path: WirePath, leaf: Leaf, own: list[Leaf]) -> str | None:
    """Return the path that was probably meant for a leaf: declared beside the refused one, and not sent yet; or None."""
    *parent, name = path
    known = [known.split(".") for known in contract.paths]
    beside = [steps[-1] for steps in known if steps[:-1] == parent]
    best = nearest(name, beside)
    meant = None if best is None else ".".join((*map(str, parent), best, *_steps(leaf)[len(path) :]))
    free = meant in contract.paths and not any(_overlap(_steps(one), str(meant).split(".")) for one in own if one is not leaf)
    return meant if free else None


def _overlap(one: list[str], other: list[str]) -> bool:
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


def refused_values(rules: RuleSet, table: Table, code: Code) -> Iterator[Finding]:
    """Yield a finding for each value that a contract refuses at its path."""
    for breach in _of(rules, table, None):
        leaf, refusal = _leaf(rules, breach), breach.refusal
        if refusal.keyword in {UNDECLARED, *ABSENCE} or leaf is None:
            continue
        sent = value_at(breach.body, refusal.at.path)
        place = what_is_refused(rules, breach.model, leaf, _picks(breach, leaf), refusal.keyword)
        at = f"{quoted(dotted(refusal.at.path))}{for_which(breach, leaf)}"
        message = f"the contract refuses {sent_value(sent, refusal.keyword)} at {at}: {reason(refusal.keyword, refusal.value)}"
        yield Finding(code, message, place, *_hint(rules, breach, place, sent))


_RENAMED = "send what it takes, with `as:`, or change the contract"
_INCLUSIVE = ("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems")


def _hint(rules: RuleSet, breach: Breach, place: Place, sent: Any) -> Help:
    """Return the bound of the contract for a bound, or the nearest text that it takes for a text that is sent literally."""
    keyword, value = breach.refusal.keyword, breach.refusal.value
    if place.path[-1] in {"min", "max"} and keyword in _INCLUSIVE and type(value) is int and abs(value) < 10**MOST_DIGITS:
        return write(f"{value}", ", or change the contract")
    literal = place.path[-1] in {"as", "provider", "model"} or (place.path[0] == "body" and not place.on_key)
    taken = {"enum": value, "const": [value]}.get(keyword, [])
    meant = nearest(sent, [one for one in taken if isinstance(one, str)]) if literal and isinstance(sent, str) else None
    # Who gives a value another name seldom means to send another text.
    is_name = keyword in {"enum", "const"} and place.path[0] == "options" and place.path[2:3] == ("values",) and not literal
    renamed = is_name and len(breach.refusal.case) <= 1
    return did_you_mean(meant, where_required(rules, breach, _RENAMED if renamed else OTHER_ADVICE))


def missing(rules: RuleSet, table: Table, code: Code) -> Iterator[Finding]:
    """Yield a finding for each path that a contract requires and that is not always sent."""
    mended = {(finding.place.file, finding.fix) for finding in undeclared(rules, table, code)}
    for breach in _of(rules, table, None):
        if breach.refusal.keyword not in ABSENCE:
            continue
        for name in _lacking(breach):
            path = (*breach.refusal.at.path, name)
            leaf = next(iter(leaves_at(rules, breach.model, path)), None)
            if any((file, dotted(path)) in mended for file in (breach.model, "_shared")):
                continue  # the path is sent, but written with a typo
            place = Place(("options",), on_key=True, file=breach.model)
            if leaf is not None and len(leaf.path.split(".")) >= len(path):
                place = why_absent(rules, breach.model, leaf, _picks(breach, leaf))
            message = f"the contract requires {quoted(dotted(path))}, which is not {'' if leaf is None else 'always '}sent{for_which(breach, leaf)}"
            yield Finding(code, message, place, where_required(rules, breach))


def _lacking(breach: Breach) -> list[str]:
    body = value_at(breach.body, breach.refusal.at.path)
    value = breach.refusal.value
    names = (
        value
        if isinstance(value, list)
        else [name for names in value.values() for name in names]
        if isinstance(value, dict)
        else []
    )
    return [name for name in names if not isinstance(body, dict) or name not in body] or names[:1]


def refused_together(rules: RuleSet, table: Table, code: Code) -> Iterator[Finding]:
    """Yield a finding for each keyword that refuses combinations of leaves: with the first of them, and how many more there are."""
    groups: dict[tuple[str, WirePath, Any, str], list[Breach]] = {}
    for breach in _of(rules, table, None):
        refusal = breach.refusal
        if refusal.keyword not in {UNDECLARED, *ABSENCE} and _leaf(rules, breach) is None:
            groups.setdefault((breach.model, refusal.at.path, refusal.at.pointer, refusal.keyword), []).append(breach)
    for first, *others in groups.values():
        place = _together(rules, first)
        more = f", and {counted(len(others), 'other combination')}" if others else ""
        message = f"the contract refuses a body by {quoted(first.refusal.keyword)}{for_which(first, always=True)}{more}"
        yield Finding(code, message, place, where_required(rules, first))


def _together(rules: RuleSet, breach: Breach) -> Place:
    """Return the place of one of the values that are refused together: of the option that was told apart last."""
    below = leaves_at(rules, breach.model, breach.refusal.at.path)
    named = [leaf for name in reversed(list(breach.refusal.case)) for leaf in below if leaf.name == name]
    leaf = next(iter((*named, *below)), None)
    if leaf is None:
        return Place(("options",), on_key=True, file=breach.model)
    return what_is_sent(rules, breach.model, leaf, breach.picked or {})


def unproved(rules: RuleSet, table: Table, code: Code) -> Iterator[Finding]:
    """Yield a finding for each refusal without a selection that shows it, and for each model that is too large to be proved."""
    proof = proof_of(rules, table)
    for breach in proof.breaches:
        if breach.picked is None:
            path = dotted(breach.refusal.at.path) or "the body"
            leaf = next(iter(leaves_at(rules, breach.model, breach.refusal.at.path)), None)
            place = (
                Place(("options",), on_key=True, file=breach.model) if leaf is None else where_sent(rules, breach.model, leaf)
            )
            message = f"it is not proved that {quoted(path)} satisfies {quoted(breach.refusal.keyword)} of the contract"
            yield Finding(code, message, place, f"no selection was found that breaks it; {where_required(rules, breach)}")
    for name in dict.fromkeys(proof.unproved):
        message = "this model has too many combinations to be proved against its contract"
        yield Finding(
            code,
            message,
            Place(("options",), on_key=True, file=name),
            "let the contract compare fewer options, or divide the model",
        )


def _of(rules: RuleSet, table: Table, keyword: str | None) -> Iterator[Breach]:
    shown = (breach for breach in proof_of(rules, table).breaches if breach.picked is not None)
    return (breach for breach in shown if keyword is None or breach.refusal.keyword == keyword)


def _leaf(rules: RuleSet, breach: Breach) -> Leaf | None:
    """Return the leaf that sends the refused value, or None if several do."""
    path = breach.refusal.at.path
    at = leaves_at(rules, breach.model, path) if path else []
    around = [leaf for leaf in at if len(_steps(leaf)) <= len(path)]
    return next(iter(around), None)


def _steps(leaf: Leaf) -> list[str]:
    return leaf.path.replace("[", ".").split(".")


def _picks(breach: Breach, leaf: Leaf) -> dict[str, Any]:
    """Return what is picked for the options of a leaf."""
    return dict(breach.picked or {}) if breach.refusal.case or leaf.name is None else {}


def once(rules: RuleSet, findings: Iterator[Finding]) -> Iterator[Finding]:
    """
    Yield the first finding of each line and reason: several models may share a line, and a rule may allow several values.

    What comes before the colon of a message names the value or the selection, what comes after it the reason.
    """
    seen: set[tuple[str, Place]] = set()
    for finding in findings:
        written = rules.written.get(finding.place.file or "")
        home = finding.place if written is None else at_home(finding, written, rules.shared).place
        key = (finding.message.rpartition(": ")[2], home)
        if key not in seen:
            seen.add(key)
            yield finding
