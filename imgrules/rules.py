"""The class `Rules` that a service embeds, and the functions that load it."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, Any

from imgrules.engine.decide import body, decide_with_grants, request, request_line
from imgrules.engine.decision import Decision, Refused, Request, Status
from imgrules.engine.find import find
from imgrules.errors import RulesError, TableError
from imgrules.quoting import counted, printable
from imgrules.table.codec import digest, loads, plain
from imgrules.table.record_base import record
from imgrules.table.records import Table

if TYPE_CHECKING:
    from pathlib import Path

    from imgrules.views.regenerate import Regeneration
    from imgrules.views.results import Creation

_ALLOWED = Status.ALLOWED  # looked up once: member access is slow in Python 3.11


@record(slots=False)
class Rules:
    """
    A compiled rule set. It is immutable, so that all threads can share one.

    A selection is a plain mapping as it arrives in a request: `model`, option names and field names.
    Grants are a set of strings that name what the caller holds, such as a plan. No method reads a clock or a disk: `at` is
    the moment, a `datetime` with a time zone or a string such as `2026-12-01T09:00:00Z`. Always pass it: without it, a
    selection is refused, or `ValueError` is raised, if the answer changes with time; any edit of a rule file may cause that.
    `facts` are what the service knows and the caller does not pick, by name; for a fact that differs by model, a mapping of
    model ids. Never fill them from a request: they are not checked against what the caller may know or change.
    """

    table: Table

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"Rules({counted(len(self.table.models), 'model')}, {self.digest[:19]})"

    @cached_property
    def digest(self) -> str:
        """The identifier of these rules for logs, `sha256:...`; as an ETag, use the `digest` of a caller's catalog instead."""
        return digest(self.table)

    def decide(  # noqa: PLR0913  what is asked, by whom, in which language, when, and what the service knows
        self,
        selection: Any,
        grants: object = (),
        language: str | None = None,
        at: object = None,
        facts: object = None,
        *,
        complete: bool = False,
    ) -> Decision:
        """
        Return whether a selection may be made, and its price in credits; never raises for a selection.

        A missing text that the request body needs, such as the prompt, makes the selection impossible only if `complete` is
        true; `emit` accepts every selection that is allowed then.
        Messages and labels are in `language`, a BCP 47 tag, if the rules have a translation.
        """
        # The same as `decide` of the engine, with one call less in the most frequent case.
        answer = find(self.table, selection, at, grants, facts)
        outcome = answer[0]
        if outcome.free and not (complete and outcome.lacking):
            return outcome.sold or outcome.allowed(answer)
        return decide_with_grants(self.table, answer, (selection, grants, language, at, facts), whole=complete)

    def request(
        self, selection: Any, grants: object = (), language: str | None = None, at: object = None, facts: object = None
    ) -> Request:
        """
        Return the decision about a complete request, and the request body where it is allowed.

        Never raises for a selection: `body` is None where the decision is not `allowed`. The decision says how the body
        was made: which values were replaced (`notes`), which options nobody picked (`filled`), and the price in credits.
        """
        return request(self.table, (selection, grants, language, at, facts))

    def emit(
        self, selection: Any, grants: object = (), language: str | None = None, at: object = None, facts: object = None
    ) -> dict[str, Any]:
        """
        Return the request body for a selection.

        Raises:
            Refused: the selection is not allowed, or a required field is missing; its `decision` says why.

        """
        answer = find(self.table, selection, at, grants, facts)
        outcome = answer[0]
        if outcome.lacking or (outcome.gates and outcome.closed(grants) != ()):
            decision = decide_with_grants(self.table, answer, (selection, grants, language, at, facts), whole=True)
            if decision.status is not _ALLOWED:
                raise Refused(decision)
        return (outcome.made or outcome.template).fill(answer)

    def emit_json(
        self, selection: Any, grants: object = (), language: str | None = None, at: object = None, facts: object = None
    ) -> bytes:
        """
        Return the request body for a selection as compact JSON in UTF-8.

        Raises:
            Refused: as `emit`.

        """
        answer = find(self.table, selection, at, grants, facts)
        outcome = answer[0]
        if outcome.lacking or (outcome.gates and outcome.closed(grants) != ()):
            decision = decide_with_grants(self.table, answer, (selection, grants, language, at, facts), whole=True)
            if decision.status is not _ALLOWED:
                raise Refused(decision)
        return (outcome.made or outcome.template).spliced(answer)

    def body(self, decision: Decision, selection: Any, language: str | None = None, facts: object = None) -> dict[str, Any]:
        """
        Return the request body of an earlier decision of these rules, with the texts of a selection, such as its prompt.

        Nothing is decided again: the options are those of the decision, and the grants are not compared again. A decision that
        was copied or unpickled has lost its facts: pass them again.

        Raises:
            Refused: the decision is not allowed, or a text is missing or invalid; its `decision` says why.

        """
        return body(self.table, decision, selection, language, facts)

    def request_line(self, decision: Decision, facts: object = None) -> str | None:
        """
        Return the method and the address to which the body of a decision is sent, such as `POST /creations`.

        Return None if the rules do not state it, or if the decision is impossible. A locked decision, and one that was
        copied or unpickled, has lost its facts: pass them again, since the address may depend on them.
        """
        return request_line(self.table, decision, facts)

    def catalog(
        self, grants: object = (), language: str | None = None, at: object = None, facts: object = None
    ) -> dict[str, Any]:
        """
        Return what this caller can pick, as a dict for `json.dumps` that follows `schemas/catalog.schema.json`.

        Each call returns a new dict. Its `digest` changes exactly when what this caller sees changes: use it as the ETag.

        Raises:
            TypeError: the grants are not a set, list or tuple of strings.
            ValueError: `at` is not a moment, or is missing and the catalog changes with time; or a fact that a rule reads is
                missing, or one is stated that cannot be used.

        """
        from imgrules.views.catalog.cached_catalogs import catalogs  # noqa: PLC0415  as below
        from imgrules.views.catalog.view import view_of  # noqa: PLC0415  a service that only decides does not load it

        return catalogs(self.table).document(view_of(self.table, grants, language, at, facts))

    def catalog_json(self, grants: object = (), language: str | None = None, at: object = None, facts: object = None) -> bytes:
        """
        Return the same catalog as compact JSON in UTF-8; the bytes are cached.

        The cache holds at most 64 catalogs: callers with the same open gates and language share one until the next change.

        Raises:
            TypeError: the grants are not a set, list or tuple of strings.
            ValueError: `at` is not a moment, or is missing and the catalog changes with time; or a fact that a rule reads is
                missing, or one is stated that cannot be used.

        """
        from imgrules.views.catalog.cached_catalogs import catalogs  # noqa: PLC0415  as above
        from imgrules.views.catalog.view import view_of  # noqa: PLC0415  as above

        return catalogs(self.table).json(view_of(self.table, grants, language, at, facts))

    def choices(
        self, selection: object, grants: object = (), language: str | None = None, at: object = None, facts: object = None
    ) -> list[dict[str, Any]]:
        """
        Return the options that still have to be picked, as a list of dicts for `json.dumps`.

        Each is as in the catalog, with only the values that do not conflict with the selection, and their prices in credits.

        Raises:
            TypeError: the grants are not a set, list or tuple of strings.
            ValueError: `at` is not a moment, or is missing and the choices change with time; or the same with facts, as in
                `catalog`.

        """
        from imgrules.views.choices import choice_documents  # noqa: PLC0415  as above

        return choice_documents(self.table, selection, grants, language, at, facts)

    def calendar(
        self, grants: object = (), language: str | None = None, at: object = None, facts: object = None
    ) -> dict[str, Any]:
        """
        Return what changes for this caller after the moment `at`, or all changes without one, as a dict for `json.dumps`.

        Its `events` are sorted by time, then in author's order; prices are in credits. With `facts`, these are the changes at
        them; without, those at any facts, which are named like options.

        Raises:
            TypeError: the grants are not a set, list or tuple of strings.
            ValueError: `at` is not a moment; or there are `facts`, but one that a rule reads is missing or cannot be used.

        """
        from imgrules.views.calendar import calendar  # noqa: PLC0415  as above

        document: dict[str, Any] = plain(calendar(self.table, grants, language, at, facts))
        return document

    def read_result(self, detail: object) -> Creation:
        """
        Return the state of a creation and its URLs, main image first, from the parsed JSON of a creation.

        Raises:
            ImgrulesError: the rules have no `result:`, which says where a result is read.

        """
        from imgrules.views.results import read_result  # noqa: PLC0415  as above

        return read_result(self.table, detail)

    def regenerate(  # noqa: PLR0913, PLR0917  as `decide`, and what was before
        self,
        previous: object,
        changes: object,
        grants: object = (),
        language: str | None = None,
        at: object = None,
        facts: object = None,
    ) -> Regeneration:
        """Return a new selection, an earlier selection or request body with some fields changed, and the decision about it."""
        from imgrules.views.regenerate import regenerate  # noqa: PLC0415  as above

        return regenerate(self.table, previous, changes, grants, language, at, facts)


def load(source: str | os.PathLike[str] | None = None, *, follow_links: bool = False, verify: bool = True) -> Rules:
    """
    Return the rules of a folder or of a table file; without `source`, the packaged rules.

    A folder is compiled, which imports the compiler; a rule file that links to a file outside of the folder is an error
    unless `follow_links` is true, for build systems that work with links. A table file is read and verified in full. For a
    table that was just built, or that nobody else can write to, `verify=False` skips this: the digest is still compared, and
    each model is parsed at its first use.

    Raises:
        RulesError: the folder cannot be used; the message lists its mistakes.
        TableError: the file cannot be read, is not a compiled table, or has invalid content.

    """
    # The packaged table needs no verification: whoever can change it can change this code as well.
    verify = verify and source is not None
    name = _packaged() if source is None else os.fsdecode(source)
    if not name:
        raise TableError("the path of the rules is empty; name a folder or a table file")
    try:
        if os.path.isdir(name):  # noqa: PTH112  pathlib takes longer to import than a table to load
            return _compile(name, follow_links=follow_links)
        with open(name, "rb") as file:  # noqa: PTH123  as above
            return Rules(loads(file.read(), verify=verify))
    except OSError as error:
        raise TableError(f"{printable(name)} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise TableError(f"{name!a} is not a valid path") from error
    except TableError as error:
        hint = "; for YAML, name its folder" if name.endswith((".yaml", ".yml")) else ""
        raise TableError(f"{printable(name)}: {error}{hint}") from error


def packaged() -> Path:
    """Return the path of the default rules: the table of an installed package, or the folder `rules` of a checkout."""
    from pathlib import Path  # noqa: PLC0415  loading a table does not need it

    return Path(_packaged())


def _packaged() -> str:
    package = os.path.dirname(__file__)  # noqa: PTH120  as above
    table = os.path.join(package, "packaged", "table.json")  # noqa: PTH118  as above
    return table if os.path.isfile(table) else os.path.join(os.path.dirname(package), "rules")  # noqa: PTH113, PTH118, PTH120


def _compile(folder: str, *, follow_links: bool) -> Rules:
    try:
        from pathlib import Path  # noqa: PLC0415  as above

        from imgrules.compiler.build import build  # noqa: PLC0415  only a folder needs the compiler
    except ModuleNotFoundError as error:
        raise RulesError(f"compiling {printable(folder)} needs {error.name}; install it, or load a table") from error

    built = build(Path(folder), follow_links=follow_links)
    if built.table is None or built.report.errors:
        mistakes = "\n".join(
            f"{printable(diagnostic.spot.file)}:{diagnostic.spot.start.line}:{diagnostic.spot.start.column}: "
            f"{diagnostic.code.id} {diagnostic.message} ({diagnostic.hint})"
            for diagnostic in built.report.errors
        )
        raise RulesError(f"the rules in {printable(folder)} have mistakes:\n{mistakes}")
    return Rules(built.table)
