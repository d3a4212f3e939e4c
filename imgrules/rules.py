"""A rule set, ready to be asked; the face that a service embeds."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, Any

from imgrules.engine.decide import body, decide_otherwise, emit, request
from imgrules.engine.decision import Decision, Request
from imgrules.engine.find import find
from imgrules.engine.plan.template import in_json
from imgrules.errors import RulesError, TableError
from imgrules.quoting import counted, printable
from imgrules.table.codec import digest, loads, plain
from imgrules.table.record import record
from imgrules.table.records import Table

if TYPE_CHECKING:
    from pathlib import Path

    from imgrules.views.regenerate import Regeneration
    from imgrules.views.results import Creation


@record(slots=False)
class Rules:
    """
    A compiled rule set. Immutable: one of them serves all threads.

    A selection is a plain mapping as it arrives in a request: `model`, option names and field names.
    Grants are a set of texts that name what the caller holds. No method reads a clock or a disk: `at` is the moment,
    a `datetime` with a time zone or text such as `2026-12-01T09:00:00Z`. Pass it always: without
    one, only what no date could change is answered, and an edit of a rule file may add the first date.
    """

    table: Table

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"Rules({counted(len(self.table.models), 'model')}, {self.digest[:19]})"

    @cached_property
    def digest(self) -> str:
        """Which rules these are, for logs. It is the same for all callers: an ETag is the `digest` of a catalog."""
        return digest(self.table)

    def decide(
        self, selection: Any, grants: object = (), language: str | None = None, at: object = None, *, complete: bool = False
    ) -> Decision:
        """
        Return whether a selection may be made and what it costs in credits; never raises for a selection.

        Fields that a request needs and the selection lacks, such as the prompt, count only where the selection is said to
        be `complete`: then what is allowed can be emitted.
        Sentences, labels of gates, and what an author wrote, are in the asked language, as far as it was written.
        """
        # As `decide` of the engine does, with a call less for what is asked most.
        found = find(self.table, selection, at, grants)
        outcome = found[0]
        if outcome.free and not (complete and outcome.lacking):
            return outcome.sold or outcome.allowed(found)
        return decide_otherwise(self.table, found, (selection, grants, language, at), whole=complete)

    def request(self, selection: Any, grants: object = (), language: str | None = None, at: object = None) -> Request:
        """
        Return the decision about a whole request, and the body of `POST /creations` where it is allowed.

        Never raises for a selection: `body` is None where the decision is not `allowed`. The decision tells what the body
        was made of: what was replaced (`notes`), what nobody picked (`filled`), and the price in credits.
        """
        return request(self.table, (selection, grants, language, at))

    def emit(self, selection: Any, grants: object = (), language: str | None = None, at: object = None) -> dict[str, Any]:
        """
        Return the body of `POST /creations` for a selection.

        Raises:
            Refused: the rules do not allow it, or a required field is missing; carries the decision.

        """
        found = find(self.table, selection, at, grants)
        outcome = found[0]
        if outcome.lacking or (outcome.gates and outcome.closed(grants) != ()):
            return emit(self.table, found, (selection, grants, language, at))
        return (outcome.made or outcome.template).fill(found)

    def emit_json(self, selection: Any, grants: object = (), language: str | None = None, at: object = None) -> bytes:
        """
        Return the same body as compact JSON in UTF-8.

        Raises:
            Refused: as `emit`.

        """
        found = find(self.table, selection, at, grants)
        outcome = found[0]
        if outcome.lacking or (outcome.gates and outcome.closed(grants) != ()):
            return in_json(emit(self.table, found, (selection, grants, language, at)))
        return (outcome.made or outcome.template).spliced(found)

    def body(self, decision: Decision, selection: Any, language: str | None = None) -> dict[str, Any]:
        """
        Return the body of a decision that these rules made before, with the texts of a selection.

        Nothing is decided again: the options are those of the decision, whoever holds which grants now.

        Raises:
            Refused: the decision is not allowed, or a text is missing or unsound; carries a decision that says so.

        """
        return body(self.table, decision, selection, language)

    def catalog(self, grants: object = (), language: str | None = None, at: object = None) -> dict[str, Any]:
        """
        Return what this caller can pick, ready for `json.dumps`; its shape is `schemas/catalog.schema.json`.

        It is a new document each time. Its `digest` changes exactly with what this caller sees: use it as the ETag.

        Raises:
            TypeError: the grants are no set, list or tuple of texts.
            ValueError: the moment cannot be read, or is needed and not given.

        """
        from imgrules.views.cached_catalogs import catalogs  # noqa: PLC0415  as above
        from imgrules.views.catalog import view_of  # noqa: PLC0415  a service that only decides does not load it

        return catalogs(self.table).document(view_of(self.table, grants, language, at))

    def catalog_json(self, grants: object = (), language: str | None = None, at: object = None) -> bytes:
        """
        Return the same catalog as compact JSON in UTF-8, ready to be sent; the bytes are kept, so asking again costs little.

        Kept are as many catalogs as the rules can tell apart, by open gates, languages and stretches of time: at most 64.

        Raises:
            TypeError: the grants are no set, list or tuple of texts.
            ValueError: the moment cannot be read, or is needed and not given.

        """
        from imgrules.views.cached_catalogs import catalogs  # noqa: PLC0415  as above
        from imgrules.views.catalog import view_of  # noqa: PLC0415  as above

        return catalogs(self.table).json(view_of(self.table, grants, language, at))

    def choices(
        self, selection: object, grants: object = (), language: str | None = None, at: object = None
    ) -> list[dict[str, Any]]:
        """
        Return each option that a selection still lacks, with what can be picked for it, ready for `json.dumps`.

        A row is as in the catalog, with those values alone that go with the rest of the selection, and their prices.

        Raises:
            TypeError: the grants are no set, list or tuple of texts.
            ValueError: the moment cannot be read, or is needed and not given.

        """
        from imgrules.views.catalog_document import option_documents  # noqa: PLC0415  as above
        from imgrules.views.choices import choices  # noqa: PLC0415  as above

        return option_documents(choices(self.table, selection, grants, language, at))

    def calendar(self, grants: object = (), language: str | None = None, at: object = None) -> dict[str, Any]:
        """
        Return what changes for this caller after a moment, or ever without one, ready for `json.dumps`.

        `events` are sorted by time, then in author's order; prices in them are in credits.

        Raises:
            TypeError: the grants are no set, list or tuple of texts.
            ValueError: the moment cannot be read.

        """
        from imgrules.views.calendar import calendar  # noqa: PLC0415  as above

        document: dict[str, Any] = plain(calendar(self.table, grants, language, at))
        return document

    def read_result(self, detail: object) -> Creation:
        """
        Return what the JSON of `GET /creations/{id}` says: whether it succeeded, and the URLs, the main image first.

        Raises:
            ImgrulesError: the rules do not declare where a result is read.

        """
        from imgrules.views.results import read_result  # noqa: PLC0415  as above

        return read_result(self.table, detail)

    def regenerate(
        self, previous: object, changes: object, grants: object = (), language: str | None = None, at: object = None
    ) -> Regeneration:
        """Return an earlier selection or request body with some fields changed, and whether it may be made."""
        from imgrules.views.regenerate import regenerate  # noqa: PLC0415  as above

        return regenerate(self.table, previous, changes, grants, language, at)


def load(source: str | os.PathLike[str] | None = None, *, follow_links: bool = False, verify: bool = True) -> Rules:
    """
    Return the rules of a folder, of a compiled table, or the packaged ones.

    A folder is compiled, which imports the compiler; a rule file that is a link to outside of the folder is a mistake, and
    `follow_links` is for build systems that link. A table is only read, and looked at as a whole. Whoever has just built
    a table, or keeps it where nobody else writes, may leave that look out with `verify=False`: the digest is compared in
    any case, and models are understood when they are first asked for.

    Raises:
        RulesError: the folder cannot be used; the message lists its mistakes.
        TableError: the file is no compiled table, or holds what no build writes.

    """
    # Whoever can write into the package can write its code.
    verify = verify and source is not None
    name = _packaged() if source is None else os.fsdecode(source)
    if not name:
        raise TableError("the name of the rules is empty")
    try:
        if os.path.isdir(name):  # noqa: PTH112  pathlib takes longer to load than a table does
            return _compile(name, follow_links=follow_links)
        with open(name, "rb") as file:  # noqa: PTH123  as above
            return Rules(loads(file.read(), verify=verify))
    except OSError as error:
        raise TableError(f"{printable(name)} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise TableError(f"{name!a} is no path") from error
    except TableError as error:
        hint = "; for YAML, name its folder" if name.endswith((".yaml", ".yml")) else ""
        raise TableError(f"{printable(name)}: {error}{hint}") from error


def packaged() -> Path:
    """Return where the default rules lie: the table of an installed package, or the folder of a checkout."""
    from pathlib import Path  # noqa: PLC0415  a service that has its table does not load it

    return Path(_packaged())


def _packaged() -> str:
    here = os.path.dirname(__file__)  # noqa: PTH120  as above
    table = os.path.join(here, "packaged", "table.json")  # noqa: PTH118  as above
    return table if os.path.isfile(table) else os.path.join(os.path.dirname(here), "rules")  # noqa: PTH113, PTH118, PTH120


def _compile(folder: str, *, follow_links: bool) -> Rules:
    try:
        from pathlib import Path  # noqa: PLC0415  as above

        from imgrules.compiler.build import build  # noqa: PLC0415  only a folder pays for the compiler
    except ModuleNotFoundError as error:
        raise RulesError(f"compiling {printable(folder)} needs {error.name}; install it, or load a table") from error

    built = build(Path(folder), follow_links=follow_links)
    if built.table is None or built.report.errors:
        found = "\n".join(
            f"{printable(each.spot.file)}:{each.spot.start.line}:{each.spot.start.column}: {each.code.id} {each.message} ({each.hint})"
            for each in built.report.errors
        )
        raise RulesError(f"the rules in {printable(folder)} have mistakes:\n{found}")
    return Rules(built.table)
