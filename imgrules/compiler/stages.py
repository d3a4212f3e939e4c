"""Run the stages over parsed files: the rule set, the checks, and the table. The only module that knows all stages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import TypeAlias

from imgrules.compiler.checks import (
    ERRORS_OF_SPECS,
    ERRORS_OF_TABLES,
    OF_FACTS,
    OF_SPECS,
    OF_TABLES,
    alias_clash,
    example_fails,
    id_differs_in_case,
    same_creation,
    unknown_default,
)
from imgrules.compiler.lower.lower import lower
from imgrules.compiler.parsed_file import KINDS, ParsedFile, has_errors
from imgrules.compiler.read.folder import MESSAGES, SHARED
from imgrules.compiler.report.diagnostics import MOST_MISTAKES, Finding, Severity
from imgrules.compiler.source import ContractFile
from imgrules.compiler.spec.ids import Ids, ids_of
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.compiler.spec.shared import MessagesSpec, SharedSpec
from imgrules.compiler.spec.sharing import at_home, resolved
from imgrules.compiler.spec.with_facts import at_their_facts, unread_facts, with_facts
from imgrules.table.record_base import replace
from imgrules.table.records import Table

Check: TypeAlias = Callable[[RuleSet, Table], Iterable[Finding]]
"""A check that reads the table."""

_HARMLESS = (example_fails.CODE, unknown_default.CODE)
_CONFLICTS = (same_creation.CODE, alias_clash.CODE, id_differs_in_case.CODE)

Contracts = Callable[[str], ContractFile | None]
"""Returns the file of the contract that a type names, from the path as it is written; None if bodies are not proved."""


def compiled(
    files: Mapping[str, ParsedFile],
    today: str | None,
    contracts: Contracts,
    of_tables: Iterable[Check] = OF_TABLES,
) -> tuple[RuleSet | None, Table | None, list[tuple[str, Finding]]]:
    """Return the rule set of parsed files, its table, with models in error too, and the findings of all stages by stem."""
    findings = [(file.stem, finding) for file in files.values() for finding in file.findings]
    rules = _rule_set(files, today, contracts)
    if rules is None:
        return None, None, findings
    findings += chain.from_iterable(_with_stem(rules, check(rules)) for check in OF_SPECS)
    alone = unread_facts(rules)
    if alone.models:
        findings += chain.from_iterable(_with_stem(alone, check(alone)) for check in OF_FACTS)
    ids = rules.ids.by_stem()
    table, table_findings = _lower_valid(rules, stems_in_error(findings), of_tables)
    findings += table_findings
    return rules, table, [(stem, _at_home(rules, ids.get(stem), finding)) for stem, finding in findings]


def has_error(files: Mapping[str, ParsedFile]) -> bool:
    """Whether `compiled` finds an error, other than in a contract: with the checks that find errors, up to the first one."""
    rules = None if any(map(has_errors, files.values())) else _rule_set(files, None, lambda _: None)
    if rules is None or _finds_error(check(rules) for check in ERRORS_OF_SPECS):
        return True
    alone = unread_facts(rules)
    if alone.models and _finds_error(check(alone) for check in OF_FACTS):
        return True
    table = lower(rules)
    return _finds_error(check(rules, table) for check in ERRORS_OF_TABLES)


def _finds_error(found: Iterable[Iterable[Finding]]) -> bool:
    return any(finding.code.severity is Severity.ERROR for findings in found for finding in findings)


def _rule_set(files: Mapping[str, ParsedFile], today: str | None, contracts: Contracts) -> RuleSet | None:
    """Return the specs of all files as one rule set, or None if the shared file is missing or has errors."""
    shared = files[SHARED].spec
    if not isinstance(shared, SharedSpec) or has_errors(files[SHARED]):
        return None
    listed = {name: at for at, name in enumerate(shared.order or ())}
    specs = {stem: file.spec if isinstance(file.spec, ModelSpec) else None for stem, file in files.items() if stem not in KINDS}
    ids = ids_of(specs, {stem: file.source.text for stem, file in files.items()})
    models = sorted(ids.homes, key=lambda model: (listed.get(model, len(listed)), model))
    known = {model: specs[ids.homes[model]] for model in models}
    written = {model: spec for model, spec in known.items() if spec is not None}
    valid = {name: with_facts(resolved(spec, shared), shared) for name, spec in written.items()}
    spec = files[MESSAGES].spec if MESSAGES in files else None
    messages = spec.messages if isinstance(spec, MessagesSpec) else {}
    read = {name: contracts(kind.contract) for name, kind in shared.types.items() if kind.contract is not None}
    named = {name: file for name, file in read.items() if file is not None}
    return RuleSet(shared, valid, frozenset(models), messages, today, written, ids, named)


def _lower_valid(
    rules: RuleSet, broken: frozenset[str], checks: Iterable[Check]
) -> tuple[Table | None, list[tuple[str, Finding]]]:
    """Return the table of the files without errors, and the findings of the checks that need a table, by stem."""
    if not broken.isdisjoint(KINDS):
        return None, []
    valid = replace(rules, models={name: spec for name, spec in rules.models.items() if rules.ids.home(name) not in broken})
    table = lower(valid)
    return table, list(chain.from_iterable(_with_stem(rules, check(valid, table)) for check in checks))


def _at_home(rules: RuleSet, model: str | None, finding: Finding) -> Finding:
    """Return a finding about a model with what the model has from its type pointed at in the shared file."""
    written = rules.written.get(model or "")
    return finding if written is None else at_home(finding, written, rules.shared)


def without(table: Table | None, ids: Ids, broken: frozenset[str]) -> Table | None:
    """Return a table without the models of broken files, or None if a shared file is broken."""
    if table is None or not broken.isdisjoint(KINDS):
        return None
    return replace(table, models={name: model for name, model in table.models.items() if ids.home(name) not in broken})


def _with_stem(rules: RuleSet, findings: Iterable[Finding]) -> list[tuple[str, Finding]]:
    """
    Return the findings of one check, at most `MOST_MISTAKES + 1` for each file: one more than a report shows.

    A finding about a model is placed in its file, whose stem is with it; one without a file belongs to the shared file.
    """
    located: list[tuple[str, Finding]] = []
    count: dict[str, int] = {}  # no `Counter`, which takes longer to make than most checks, which find nothing, take
    for finding in findings:
        placed = rules.ids.placed(at_their_facts(rules, finding))
        stem = placed.place.file or SHARED
        count[stem] = count.get(stem, 0) + 1
        if count[stem] <= MOST_MISTAKES + 1:
            located.append((stem, placed))
    return located


def stems_in_error(findings: Iterable[tuple[str, Finding]]) -> frozenset[str]:
    """
    Return the stems of the files whose model is left out of the table.

    A conflict of two models leaves out neither of them, since it is not known which one is wrong. A failing example leaves out
    nothing either, so that authors can try the rules, nor does a default that is no model, so that an edit of one model file
    keeps the others; the error in the report prevents that a table is written.
    """
    errors = ((stem, finding) for stem, finding in findings if finding.code.severity is Severity.ERROR)
    return frozenset(
        stem for stem, finding in errors if finding.code not in _HARMLESS and not _is_conflict_of_models(stem, finding)
    )


def _is_conflict_of_models(stem: str, finding: Finding) -> bool:
    others = {place.file for place, _ in finding.related} - {None, stem, *KINDS}
    return finding.code in _CONFLICTS and bool(others)
