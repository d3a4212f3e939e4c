"""Every code has its own id, name and page."""

from __future__ import annotations

import pkgutil

import pytest

from imgrules.compiler import checks
from imgrules.compiler.codes import ALL
from imgrules.compiler.report.diagnostics import Code


@pytest.mark.parametrize("code", ALL, ids=lambda code: code.id)
def test_page(code: Code) -> None:
    """The page of a code has the parts What, Why, Avoid and Prefer, once each."""
    lines = code.page.splitlines()
    for part in ("What: ", "Why: ", "Avoid:", "Prefer:"):
        (heading,) = (line for line in lines if part.strip() in line)
        assert heading.startswith(part)


@pytest.mark.parametrize("code", ALL, ids=lambda code: code.id)
def test_examples(code: Code) -> None:
    """The parts Avoid and Prefer are in this order, not empty, and different."""
    avoid, prefer = code.page.split("Avoid:\n")[1].split("Prefer:\n")
    assert avoid.strip()
    assert prefer.strip()
    assert avoid.strip() != prefer.strip()


@pytest.mark.parametrize("code", ALL, ids=lambda code: code.id)
def test_summary(code: Code) -> None:
    """The first line of a page is a title: one line, no full stop."""
    assert code.summary
    assert not code.summary.endswith(".")
    assert len(code.summary) < 80


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
