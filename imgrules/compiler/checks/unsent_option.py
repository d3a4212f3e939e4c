"""
an option that is not sent

What: neither the model nor `_shared.yaml` says where the option goes in the request body.
Why: users would pick a value, and perhaps pay for it, but the provider would never receive it.

Avoid:
    seed: {values: ["1", "2"]}
Prefer:
    seed: {send: extra_config.output.seed, values: ["1", "2"]}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.report.helps import Help, delete, did_you_mean, explain
from imgrules.compiler.spec.fact_options import FactOptionSpec
from imgrules.compiler.spec.model import ModelSpec, PartSpec
from imgrules.compiler.spec.rule_set import RuleSet, conditions, is_computed, named_options, wire_path_of, wire_tables
from imgrules.compiler.spec.shared import TypeSpec
from imgrules.compiler.spec.walk import walk
from imgrules.quoting import quoted
from imgrules.refusals.suggest import nearest

CODE = Code("IR213", "unsent-option", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each option that needs a wire path and has none."""
    for model, spec in rules.models.items():
        kind = rules.shared.types.get(spec.type)
        for name, option in spec.options.items():
            parts = (part.of for _, part in walk(spec, PartSpec))
            used = name in parts or any(name in table.by for table in wire_tables(spec).values())
            need_not_be_sent = (
                isinstance(option, FactOptionSpec)
                or is_computed(option)
                or option.send is not None
                or (option.sent is False and (used or _is_used(spec, name)))
            )
            if kind is not None and wire_path_of(kind, name, option) is None and not need_not_be_sent:
                place = Place(("options", name), on_key=True, file=model)
                yield Finding(CODE, f"{quoted(name)} is never sent", place, *_help(kind, spec, name, place))


def _help(kind: TypeSpec, spec: ModelSpec, option: str, place: Place) -> Help:
    """Return the hint and its fix for an option that is never sent; with a shared path, deleting `sent: false` is enough."""
    shared = kind.options or {}
    if spec.options[option].sent is False:
        sent = Place((*place.path, "sent"), file=place.file)
        if option in shared and shared[option].send is not None:
            return delete(sent, "`sent: false`", ", or name it in a table of `body:`")
        return explain("put `send:` with its path in place of `sent: false`, or name it in a table of `body:`")
    suggestion = nearest(option, (name for name in shared if name not in spec.options and shared[name].send is not None))
    return did_you_mean(suggestion, "add `send:` with its path in the request body")


def _is_used(spec: ModelSpec, option: str) -> bool:
    """Whether something else depends on an option, so that it need not be sent itself."""
    return any(option in condition for _, condition in conditions(spec)) or any(
        option == name for _, name in named_options(spec)
    )
