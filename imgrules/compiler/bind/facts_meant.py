"""Explain keys that authors write at a fact, and keys about facts that they write elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from imgrules.compiler.report.diagnostics import Path
from imgrules.compiler.report.helps import key_typed, typed
from imgrules.compiler.spec.facts import FactSpec, FactValueSpec
from imgrules.compiler.spec.field_types import is_block
from imgrules.compiler.spec.model import GateRuleSpec, LimitSpec, OptionSpec
from imgrules.compiler.spec.price import FactorSpec, SurchargeSpec
from imgrules.compiler.spec.types import Closed
from imgrules.quoting import quoted

_CONDITIONAL = (GateRuleSpec, LimitSpec, SurchargeSpec, FactorSpec)
_ASKED = frozenset({"plan", "plans", "tier", "premium", "paid", "pro", "members_only"})
"""Names of options and facts that rules often ask for, and that mean a gate at other places."""

_SENT = "a fact is sent only where `body` names it: `body: {{PATH: {{of: {name}}}}}`"
_RANGES = "words for ranges of a fact are an option: `options: {{WORD: {{of: {name}, values: {{...}}}}}}`"
_PRICE = "a fact has no price: `credits: {{by: {name}, table: {{...}}}}` at the top level is by its values"
_AT_A_FACT: Mapping[str, str] = {
    **dict.fromkeys(("send", "as", "path", "wire", "param"), _SENT),
    **dict.fromkeys(
        ("when", "if", "because", "depends_on", "condition"),
        "a fact depends on nothing; ask for it in the `when:` of the rule or the option that needs it",
    ),
    **dict.fromkeys(("of", "measure", "unit"), "what is computed from facts is an option: put it under `options:`"),
    **dict.fromkeys(("snap", "aliases", "alias"), "a fact is taken as the service states it, without other names or values"),
    **dict.fromkeys(("from", "until", "use"), "a fact has no time; give one to the rule that reads it"),
}
_AT_A_VALUE: Mapping[str, str] = {
    **dict.fromkeys(("credits", "price", "cost"), _PRICE),
    **dict.fromkeys(
        ("gate", "gates"), "a fact has no gate: `gates: [{{when: {{{name}: VALUE}}, gate: NAME}}]` is about its values"
    ),
    **dict.fromkeys(("min", "max"), _RANGES),
    **dict.fromkeys(("send", "as"), _SENT),
}
_MARKED = frozenset({"fact", "known", "server", "backend", "internal"})


def fact_meant(path: Path, shape: Any, value: Any, names: Collection[str]) -> str | None:
    """
    Return what to write in place of a key at a fact, or of one about facts in a block of type `shape`; None for any other key.

    `names` are the options and facts of the model.
    """
    name = str(path[-1])
    if not is_block(shape):
        return None
    if issubclass(shape, FactSpec) and name in _AT_A_FACT:
        return _AT_A_FACT[name].format(name=path[-2])
    if issubclass(shape, FactValueSpec) and name in _AT_A_VALUE:
        return _AT_A_VALUE[name].format(name=path[path.index("facts") + 1])
    if issubclass(shape, OptionSpec) and name in _MARKED and value is True:
        return f"a fact is no option: put {quoted(path[-2])} under `facts:`"
    return _condition_meant(shape, name, value, names)


def _condition_meant(shape: type[Closed], name: str, value: Any, names: Collection[str]) -> str | None:
    """Return the condition for a name of an option or a fact that stands beside `when:` instead of in it, or None."""
    if not issubclass(shape, _CONDITIONAL) or name not in _ASKED.union(names):
        return None
    return f"put a condition inside `when:`, such as `when: {{{key_typed(name)}: {typed(value)}}}`"
