"""Every code has its own id, name and page."""

from __future__ import annotations

import pkgutil

from imgrules.compiler import checks
from imgrules.compiler.codes import ALL
from imgrules.compiler.report.diagnostics import Code

PARTS = ("What: ", "Why: ", "Avoid:", "Prefer:")


def _headings(code: Code) -> list[list[str]]:
    """Return the lines of a page with the name of each part."""
    return [[line for line in code.page.splitlines() if part.strip() in line] for part in PARTS]


def _examples(code: Code) -> list[str]:
    """Return the examples of a page: what to avoid, and what to prefer."""
    return [example.strip() for example in code.page.split("Avoid:\n")[1].split("Prefer:\n")]


def test_pages() -> None:
    """The page of a code has the parts What, Why, Avoid and Prefer, once each."""
    found = {code.id: _headings(code) for code in ALL}
    once = {id_: all(len(lines) == 1 for lines in parts) for id_, parts in found.items()}
    assert [id_ for id_, is_once in once.items() if not is_once] == []
    begun = {id_: [line.startswith(part) for part, (line,) in zip(PARTS, parts, strict=True)] for id_, parts in found.items()}
    assert [id_ for id_, parts in begun.items() if not all(parts)] == []


def test_examples() -> None:
    """The parts Avoid and Prefer are in this order, not empty, and different."""
    assert [code.id for code in ALL if len({*_examples(code)} - {""}) != 2] == []


def test_summaries() -> None:
    """The first line of a page is a title: one line, no full stop."""
    assert [code.id for code in ALL if not code.summary or code.summary.endswith(".") or len(code.summary) >= 80] == []


def test_ids_and_names_are_used_once() -> None:
    """No two codes share an id or a name."""
    assert len({code.id for code in ALL}) == len(ALL)
    assert len({code.name for code in ALL}) == len(ALL)
    assert not {code.id for code in ALL} & {code.name for code in ALL}


def test_order() -> None:
    """The codes are listed in order of their ids."""
    assert [code.id for code in ALL] == sorted(code.id for code in ALL)


def test_every_check_runs() -> None:
    """Every check in the folder is run, and its code is listed."""
    modules = [module.name for module in pkgutil.iter_modules(checks.__path__)]
    assert {check.__module__.rpartition(".")[2] for check in (*checks.OF_SPECS, *checks.OF_TABLES)} == set(modules)
    assert {code.name.replace("-", "_") for code in checks.CODES} == set(modules)
