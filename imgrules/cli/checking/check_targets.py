"""The folders and files that a check is limited to, and the part of a report that is about them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from imgrules.errors import ImgrulesError
from imgrules.quoting import printable
from imgrules.table.record_base import record, replace

if TYPE_CHECKING:  # only the commands that compile pay for the compiler
    from imgrules.compiler.build import Build
    from imgrules.compiler.report.diagnostics import Corrections, Diagnostic, Report
    from imgrules.proofs.proof import Proofs


@record
class Target:
    """A folder to check, and the names of its files to report on; None is all of them."""

    folder: Path
    files: frozenset[str] | None = None


def targets_of(paths: Iterable[Path]) -> list[Target]:
    """
    Return the folders of some paths, deduplicated and in order, each with the files that were named.

    Raises:
        ImgrulesError: a path does not exist, or none is a folder or a rule file.

    """
    from imgrules.compiler.read.folder import is_rule_file  # noqa: PLC0415  only named paths load the compiler

    targets: dict[str, Target] = {}
    for path in paths:
        if path.is_dir():
            targets[os.path.realpath(path)] = Target(path)
        elif not os.path.lexists(path):
            raise ImgrulesError(f"{printable(str(path))}: there is no such file or folder")
        elif is_rule_file(path.name):
            _add_file(targets, path)
        else:
            print(f"imgrules: {printable(str(path))} is not a rule file, so it is not checked", file=sys.stderr)
    if not targets:
        names = "a rule file ends in .yaml, and `_` begins only _shared.yaml and _messages.yaml"
        raise ImgrulesError(f"none of these paths is a folder or a rule file; {names}")
    return list(targets.values())


def _add_file(targets: dict[str, Target], path: Path) -> None:
    target = targets.setdefault(os.path.realpath(path.parent), Target(path.parent, frozenset()))
    if target.files is not None:
        targets[os.path.realpath(path.parent)] = replace(target, files=target.files | {path.name})


def report_about(built: Build, target: Target) -> Report:
    """
    Return the part of a folder's report that is about the named files; print the number of errors in other files.

    Errors of shared files are included, because they break every model; so are conflicts between a named file and another.
    """
    if target.files is None:
        return built.report
    kept = tuple(diagnostic for diagnostic in built.report.diagnostics if _is_about(diagnostic, target.files))
    left = len(built.report.errors) - sum(diagnostic in built.report.errors for diagnostic in kept)
    if left:
        folder = printable(str(target.folder))
        count = f"{left} error" + ("" if left == 1 else "s")
        print(f"imgrules: other files have {count}; `imgrules check {folder}` shows all", file=sys.stderr)
    models = {built.ids.get(stem, stem) for stem in (Path(file).stem for file in target.files)}
    ran = sum(count for model, count in built.examples.items() if model in models)
    selections = {file: asked for file, asked in built.report.selections.items() if Path(file).name in target.files}
    accepted = tuple(entry for entry in built.report.accepted if _is_about(entry.diagnostic, target.files))
    return replace(
        built.report, diagnostics=kept, files=len(target.files), examples=ran, selections=selections, accepted=accepted
    )


def with_proof(built: Build, target: Target, proofs: Proofs | None = None) -> Report:
    """
    Return the report about a target, with what is proved about its models if it has no errors.

    `proofs` are those of the last state of the same target.
    """
    report = report_about(built, target)
    if report.errors or built.table is None:
        return report
    from imgrules.compiler.checks import unproved_contract  # noqa: PLC0415  rules with errors do not load it
    from imgrules.proofs.proof import prove  # noqa: PLC0415  as above

    stems = {Path(file).stem for file in target.files or ()}
    names = {id_ for stem, id_ in built.ids.items() if target.files is None or stem in stems}
    models = {model: sold for model, sold in built.table.models.items() if model in names}
    proof = prove(replace(built.table, models=models), proofs)
    # What was only tried, or could not be proved, is said in lines of its own.
    unsure = bool(report.tried) or any(diagnostic.code is unproved_contract.CODE for diagnostic in report.diagnostics)
    kept = bool(models) and not unsure and all(_has_contract(built, model) for model in models)
    return replace(report, proof=replace(proof, contract=kept))


def _has_contract(built: Build, model: str) -> bool:
    """Whether the type of a model names a contract; a contract that cannot be used is an error."""
    from imgrules.compiler.spec.rule_set import type_name  # noqa: PLC0415  as above

    rules = built.rules
    return rules is not None and rules.shared.types[type_name(rules.shared, rules.models[model])].contract is not None


def _is_about(diagnostic: Diagnostic, files: frozenset[str]) -> bool:
    from imgrules.compiler.report.diagnostics import Severity  # noqa: PLC0415  as above

    name = Path(diagnostic.spot.file).name
    if name in files:
        return True
    if name.startswith("_"):
        return diagnostic.code.severity is Severity.ERROR
    return any(Path(spot.file).name in files and not Path(spot.file).name.startswith("_") for spot in diagnostic.related)


def merged(reports: Iterable[Report]) -> Report:
    """Return one report with the diagnostics and counts of several; there is at least one."""
    from imgrules.compiler.report.proof_record import joined  # noqa: PLC0415  as above

    first, *others = reports
    for report in others:
        first = replace(
            first,
            diagnostics=first.diagnostics + report.diagnostics,
            files=first.files + report.files,
            examples=first.examples + report.examples,
            more=first.more or report.more,
            accepted=first.accepted + report.accepted,
            proof=None if first.proof is None or report.proof is None else joined(first.proof, report.proof),
            corrections=_all(first.corrections, report.corrections),
            selections={**first.selections, **report.selections},
            tried=tuple(dict.fromkeys(first.tried + report.tried)),
        )
    return first


def _all(first: Corrections | None, second: Corrections | None) -> Corrections | None:
    if first is None or second is None:
        return first or second
    return replace(
        first,
        places={**first.places, **second.places},
        kept=first.kept + second.kept,
        left=first.left + second.left,
        more=first.more or second.more,
    )
