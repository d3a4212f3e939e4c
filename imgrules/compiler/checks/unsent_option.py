"""
an option that reaches nothing

What: neither the model nor `_shared.yaml` says where the option goes in the request body; or `send: false` says that it is not
sent, and nothing else reads it: no price, limit, gate, table, `body`, or other option.
Why: users would pick a value, and perhaps pay for it, but the provider would never receive it.

The same holds for a word beside a rule, such as `auto`, if only a width and a height are sent. A value with `send: false` is
never a mistake.

Avoid:
    seed: {values: ["1", "2"]}
Prefer:
    seed: {send: extra_config.output.seed, values: ["1", "2"]}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.report.helps import Help, did_you_mean, explain
from imgrules.compiler.spec.model import ModelSpec, OptionSpec, PartSpec, SharedOptionSpec
from imgrules.compiler.spec.rule_set import (
    RuleSet,
    conditions,
    details_of,
    is_computed,
    named_options,
    tables,
    type_of,
    values_of,
)
from imgrules.compiler.spec.walk import walk
from imgrules.compiler.spec.with_facts import FactOptionSpec
from imgrules.quoting import quoted
from imgrules.refusals.suggest import nearest
from imgrules.table.measures import pair

CODE = Code("IR213", "unsent-option", Severity.ERROR, __doc__)

_SIDES = ("width", "height")


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each option that is not sent and that nothing reads, and for each word that reaches nothing."""
    for model, spec in rules.models.items():
        kind = type_of(rules.shared, spec)
        unsent = {name: option for name, option in spec.options.items() if not option.send and _is_picked(option)}
        if kind is None or not unsent:
            continue
        read, parts = _read(spec), [part for _, part in walk(spec, PartSpec)]
        for name, option in unsent.items():
            forms = {part.as_ for part in parts if part.of == name}
            if option.send is None:
                place = Place(("options", name), on_key=True, file=model)
                yield Finding(CODE, f"{quoted(name)} is never sent", place, *_help(kind.options or {}, spec, name))
            elif name not in read and not forms and not _is_priced_or_gated(option):
                place = Place(("options", name, "send"), on_key=True, file=model)
                hint = "say where it is sent, or name it in `body:`, a price, a limit or a gate"
                yield Finding(CODE, f"{quoted(name)} is not sent, and nothing reads it", place, hint)
            elif name not in read and forms and forms.issubset(_SIDES):
                yield from _lost_words(model, name, option)


def _read(spec: ModelSpec) -> frozenset[str]:
    """Return the options that a condition, a table or another option reads, or a rule names; parts in `body` do not count."""
    named = (name for path, name in named_options(spec) if path[0] != "body")
    compared = (name for _, condition in conditions(spec) for name in condition)
    return frozenset((*named, *compared, *(name for _, table in tables(spec) for name in table.by)))


def _is_picked(option: OptionSpec) -> bool:
    return not is_computed(option) and not isinstance(option, FactOptionSpec)


def _is_priced_or_gated(option: OptionSpec) -> bool:
    return any(details.credits is not None or details.gate is not None for details in details_of(option).values())


def _lost_words(model: str, name: str, option: OptionSpec) -> Iterator[Finding]:
    """Yield a finding for each word of an option of which only the width and the height are sent: a word has neither."""
    for index, (value, details) in enumerate(values_of(option).items()):
        if pair(value, "x:") is None and details.send is None:
            path = ("options", name, "values", value if isinstance(option.values, dict) else index)
            message = f"{quoted(value)} reaches nothing: only the width and the height of {quoted(name)} are sent"
            hint = f"if nothing is to be sent for it, say so: `{value}: {{send: false}}`"
            yield Finding(CODE, message, Place(path, on_key=True, file=model), hint)


def _help(shared: Mapping[str, SharedOptionSpec], spec: ModelSpec, option: str) -> Help:
    """Return the hint and its fix for an option without a wire path."""
    suggestion = nearest(option, (name for name in shared if name not in spec.options and shared[name].send))
    otherwise = "add `send:` with its path in the request body, or `send: false` if it is only read by other rules"
    return did_you_mean(suggestion, otherwise) if suggestion else explain(otherwise)
