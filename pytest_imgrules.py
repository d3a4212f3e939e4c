"""
The pytest plugin of imgrules: `pytest --imgrules rules/` runs what `imgrules check` and `imgrules test` find, as test cases.

A file of rules is a file of tests. Its case `check` fails if the file has a mistake, its case `proof` if something that should
hold for every selection of its model does not; each example is a case of its own, such as `rules/gpt-image-2.yaml::example 2`.
Without the option, nothing of imgrules is imported: this module stands beside the package for that reason.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_FOLDERS = pytest.StashKey[dict[Path, Any]]()
"""The folders of rules that are asked for, each with what was found in it, once it was compiled."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--imgrules`."""
    group = parser.getgroup("imgrules", "rules for image models")
    group.addoption("--imgrules", action="append", default=[], metavar="DIR", help="also test the rules in this folder")


def pytest_configure(config: pytest.Config) -> None:
    """Add the folders of rules to those in which tests are collected."""
    folders = [Path(folder).resolve() for folder in config.getoption("--imgrules")]
    for folder in folders:
        if not folder.is_dir():
            raise pytest.UsageError(f"--imgrules: {folder} is no folder")
    config.stash[_FOLDERS] = dict.fromkeys(folders)
    named = [argument for argument in config.args if not _is_in(folders, config, argument)]
    if len(named) == len(config.args):
        # Before pytest 9, of a folder and one inside it only the inner one is collected.
        places = {_place(config, argument) for argument in named}
        config.args += [str(folder) for folder in folders if places.isdisjoint({folder, *folder.parents})]


def _is_in(folders: list[Path], config: pytest.Config, argument: str) -> bool:
    """Whether an argument names something in one of the folders, such as one example."""
    path = _place(config, argument)
    return any(path == folder or folder in path.parents for folder in folders)


def _place(config: pytest.Config, argument: str) -> Path:
    """Return the file or the folder of an argument such as `tests/test_own.py::test_own`."""
    return (config.invocation_params.dir / argument.partition("::")[0]).resolve()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Return a collector for a rule file in one of the folders."""
    if file_path.parent.resolve() not in parent.config.stash[_FOLDERS]:
        return None
    from imgrules.compiler.read.folder import is_rule_file  # noqa: PLC0415  nothing is imported before it is asked for

    return RuleFile.from_parent(parent, path=file_path) if is_rule_file(file_path.name) else None


class RuleFile(pytest.File):
    """A rule file: the case `check`, the case `proof` of a model, and a case for each run of an example."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield the cases of the file; its folder is compiled once."""
        tested = self._tested()
        every, others = tested.build.report.errors, _collected(self.path.parent)
        takes_rest = self.path.name == min(others)
        mistakes = [one for one in every if self._is_own(one.spot) or (takes_rest and Path(one.spot.file).name not in others)]
        yield Check.from_parent(self, name="check", mistakes=mistakes)
        if _is_proved(tested.build, self.path.stem):
            yield Proof.from_parent(self, name="proof", build=tested.build)
        for result in tested.report.results:
            if self._is_own(result.spot):
                yield Example.from_parent(self, name=result.name, result=result)

    def _tested(self) -> Any:
        """Return what was found in the folder, or raise an error that pytest shows without a traceback."""
        from imgrules.errors import ImgrulesError  # noqa: PLC0415  nothing is imported before it is asked for

        try:
            return _tested(self.config, self.path.parent.resolve())
        except ImgrulesError as error:
            raise self.CollectError(str(error)) from error

    def _is_own(self, spot: Any) -> bool:
        return Path(spot.file).name == self.path.name


def _is_proved(build: Any, stem: str) -> bool:
    """Whether a file has a model without a mistake."""
    return build.table is not None and build.ids.get(stem) in build.table.models


def _collected(folder: Path) -> frozenset[str]:
    """
    Return the names of the rule files that pytest collects in a folder.

    A file that is missing, a pipe or a link to nowhere is none; its mistakes are those of the first of the files, and never lost.
    """
    from imgrules.compiler.read.folder import is_rule_file  # noqa: PLC0415  as above

    return frozenset(path.name for path in folder.iterdir() if is_rule_file(path.name) and path.is_file())


def _tested(config: pytest.Config, folder: Path) -> Any:
    """Return what was found in a folder; it is compiled the first time."""
    from imgrules.compiler.tested import run_examples  # noqa: PLC0415  as above

    folders = config.stash[_FOLDERS]
    if folders[folder] is None:
        folders[folder] = run_examples(folder, every_check=True)
    return folders[folder]


class _Case(pytest.Item):
    """A case whose failure is the text of a command, without a traceback."""

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the failure as the command line shows it."""
        return str(excinfo.value) if isinstance(excinfo.value, Failed) else super().repr_failure(excinfo, style)


class Failed(Exception):  # noqa: N818  it says what a case is, not what went wrong in the plugin
    """Raised by a case that fails; its text is what the command line shows."""


class Check(_Case):
    """The mistakes of one file, failing examples apart."""

    def __init__(self, *, mistakes: list[Any], **more: Any) -> None:
        """Keep the mistakes."""
        super().__init__(**more)
        self.mistakes = mistakes

    def runtest(self) -> None:
        """Fail if there is a mistake."""
        from imgrules.cli.render.text import blocks  # noqa: PLC0415  as above

        if self.mistakes:
            raise Failed("\n\n".join(blocks(self.mistakes)))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the first line, and the name of the case."""
        return self.path, self.mistakes[0].spot.start.line - 1 if self.mistakes else 0, f"{self.path.name}::check"


class Proof(_Case):
    """What is proved about the model of one file: the sentence of `imgrules check`, or the counter-examples."""

    def __init__(self, *, build: Any, **more: Any) -> None:
        """Keep what was compiled."""
        super().__init__(**more)
        self.build = build

    def runtest(self) -> None:
        """Fail if there is a counter-example."""
        from imgrules.cli.checking.check_targets import Target, with_proof  # noqa: PLC0415  as above
        from imgrules.cli.printing.style import Style  # noqa: PLC0415  as above
        from imgrules.cli.render.parts.text_parts import proved  # noqa: PLC0415  as above

        report = with_proof(self.build, Target(self.path.parent, frozenset({self.path.name})))
        told = proved(report, Style(sys.stdout, "never")).rstrip()
        self.add_report_section("call", "imgrules", told)
        if report.proof is not None and report.proof.failures:
            raise Failed(told)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the first line, and the name of the case."""
        return self.path, 0, f"{self.path.name}::proof"


class Example(_Case):
    """One run of an example."""

    def __init__(self, *, result: Any, **more: Any) -> None:
        """Keep the result."""
        super().__init__(**more)
        self.result = result

    def runtest(self) -> None:
        """Fail if the rules say something else than the example expects."""
        from imgrules.cli.render.examples_text import block  # noqa: PLC0415  as above

        if not self.result.passed:
            raise Failed(block(self.result))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the line of the example, and the name of the case."""
        return self.path, self.result.spot.start.line - 1, f"{self.path.name}::{self.name}"
