"""
an option that is not sent

What: neither the model nor `_shared.yaml` says where the option goes in the request body.
Why: users would pick it, and perhaps pay for it, but the provider would never get it.

Avoid:
    seed: {values: ["1", "2"]}
Prefer:
    seed: {send: extra_config.output.seed, values: ["1", "2"]}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.report.helps import Help, delete, explain, meant
from imgrules.compiler.spec.model import ModelSpec, PartSpec
from imgrules.compiler.spec.rule_set import RuleSet, conditions, is_computed, named_options, send_of, wire_tables
from imgrules.compiler.spec.shared import TypeSpec
from imgrules.quoting import quoted
from imgrules.refusals.suggest import nearest

CODE = Code("IR213", "unsent-option", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find options without a wire path."""
    for model, spec in rules.models.items():
        kind = rules.shared.types.get(spec.type)
        for option, each in spec.options.items():
            parts = (part.of for part in (spec.body or {}).values() if isinstance(part, PartSpec))
            told = option in parts or any(option in table.by for table in wire_tables(spec).values())
            needless = is_computed(each) or each.send is not None or (each.sent is False and (told or _is_named(spec, option)))
            if kind is not None and send_of(kind, option, each) is None and not needless:
                place = Place(("options", option), on_key=True, file=model)
                yield Finding(CODE, f"{quoted(option)} is never sent", place, *_help(kind, spec, option, place))


def _help(kind: TypeSpec, spec: ModelSpec, option: str, place: Place) -> Help:
    """Return what to do; where a shared path is there, deleting `sent: false` is enough."""
    shared = kind.options or {}
    if spec.options[option].sent is False:
        sent = Place((*place.path, "sent"), file=place.file)
        if option in shared and shared[option].send is not None:
            return delete(sent, "`sent: false`", ", or name it in a table of `body:`")
        return explain("put `send:` with its path in place of `sent: false`, or name it in a table of `body:`")
    near = nearest(option, (name for name in shared if name not in spec.options and shared[name].send is not None))
    return meant(near, "add `send:` with its path in the request body")


def _is_named(spec: ModelSpec, option: str) -> bool:
    """Return whether something else hangs on an option, which then need not be sent itself."""
    return any(option in condition for _, condition in conditions(spec)) or any(
        option == each for _, each in named_options(spec)
    )
