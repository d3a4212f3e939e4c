"""The sentences about what a contract refuses: for which selection, what was sent, why, and where the contract says so."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from imgrules.compiler.contract.body_proof import Breach
from imgrules.compiler.contract.document import written_pointer
from imgrules.compiler.contract.refusal_search import UNDECLARED
from imgrules.compiler.samples.sample_selections import selected
from imgrules.compiler.spec.rule_set import Leaf, RuleSet, type_name
from imgrules.quoting import either, quoted
from imgrules.table.records import Model

ABSENCE = ("required", "dependentRequired", "minProperties")
"""The keywords that refuse a body for what is not in it."""

OTHER_ADVICE = "change what is sent, or the contract"


def named_file(rules: RuleSet, kind: str) -> str:
    """Return the file of the contract of a type, as the type names it; empty without a contract."""
    return rules.shared.types[kind].contract or ""


def for_which(breach: Breach, leaf: Leaf | None = None, *, always: bool = False) -> str:
    """Return the end of a sentence that says for which selection, if it depends on more than the value of a leaf."""
    picked = breach.picked or {}
    own = set() if leaf is None else {leaf.name, *getattr(leaf.value, "by", ())}
    is_missing = breach.refusal.keyword in ABSENCE
    case = dict.fromkeys(picked_name for name in breach.refusal.case for picked_name in _picked_for(breach.version, name))
    names = [name for name in case if name not in own or (is_missing and name in picked)]
    if not names and not always:
        return ""
    shown = {name: value for name, value in picked.items() if name in names or not names}
    absent = [name for name in names if name not in picked]
    parts = [f"with {selected(shown, names)}"] if shown else []
    return " ".join(["", *parts, *([f"without {either(absent, word='and')}"] if absent else [])])


def _picked_for(model: Model, name: str) -> Iterator[str]:
    """Yield the option or field itself, or for a computed option what a caller picks for it."""
    follows = model.options[name].follows if name in model.options else None
    if follows is None:
        yield name
    else:
        for source in follows.names:
            yield from _picked_for(model, source)


def where_required(rules: RuleSet, breach: Breach, advice: str = OTHER_ADVICE) -> str:
    """Return the hint that names the part of the contract, and what to do."""
    file = named_file(rules, type_name(rules.shared, rules.models[breach.model]))
    keyword = () if breach.refusal.keyword == UNDECLARED else (breach.refusal.keyword,)
    return f"{file}{written_pointer((*breach.refusal.at.pointer, *keyword))} says so; {advice}"


def sent_value(value: Any, keyword: str = "") -> str:
    """Return a value for a sentence; a text in quotes where its type counts."""
    if value == "":
        return "an empty text"
    return (
        quoted(value)
        if isinstance(value, str) and keyword != "type"
        else quoted(json.dumps(value, ensure_ascii=False, default=str))
    )


_REASONS: Mapping[str, str] = {
    "type": "it takes a value of the type {}",
    "const": "it takes only {}",
    "minimum": "it takes numbers from {} on",
    "maximum": "it takes numbers up to {}",
    "exclusiveMinimum": "it takes numbers above {}",
    "exclusiveMaximum": "it takes numbers below {}",
    "multipleOf": "it takes multiples of {}",
    "minLength": "the least length of a text is {} there",
    "maxLength": "the greatest length of a text is {} there",
    "minItems": "the least length of a list is {} there",
    "maxItems": "the greatest length of a list is {} there",
    "pattern": "it takes texts that match {}",
}


def reason(keyword: str, value: Any) -> str:
    """Return what a keyword with a value takes, as a clause; of a rarer keyword, that it does not take it."""
    if keyword == "enum" or (keyword == "type" and isinstance(value, list)):
        return f"it takes {either([one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in value])}"
    return _REASONS[keyword].format(sent_value(value)) if keyword in _REASONS else f"{quoted(keyword)} does not take it"
