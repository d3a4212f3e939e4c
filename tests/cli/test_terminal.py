"""No text of file names, arguments, rules or tables can control a terminal, and output that cannot be written is reported."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imgrules import Refused, RulesError, TableError, dumps, load
from imgrules.cli.main import COMMANDS, main
from imgrules.cli.printing.style import Style
from imgrules.cli.printing.terminal import Terminal, control
from imgrules.cli.render import FORMATS
from imgrules.compiler.build import build_texts
from imgrules.escapes import escaped
from imgrules.rules import Rules
from imgrules.table.moments import NoMoment
from tests.packaged import texts

BIDI = {*map(chr, (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))}
STEERING = ["\x1b", "\x1b[31m", "\x1b]0;x\x07", "\x07", "\x08", "\r", "\n", "\t", "\x7f", "\x9b31m", "\x85"]
STEERING += ["\u2028", "\u2029", *sorted(BIDI)]
TEXTS = st.lists(st.sampled_from(STEERING) | st.text(st.characters(exclude_categories=["Cs"]), max_size=3), max_size=5).map(
    "".join
)
"""Texts without surrogates, with many control characters."""

WORDS = st.builds("".join, st.tuples(TEXTS, st.sampled_from(["", "\udc80", "\udcff"]), TEXTS)).map(
    lambda text: text.replace("\0", "")
)
"""Arguments and file names as the system passes them, also with bytes that are no UTF-8."""


def is_unsafe(sign: str) -> bool:
    """Whether a terminal must not receive a character."""
    return sign in BIDI or (sign != "\n" and unicodedata.category(sign) in {"Cc", "Zl", "Zp", "Cs"})


def run_safely(*words: str) -> tuple[int, str, str]:
    """Run a command and return its exit code and what it printed, which must be safe to show."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(words)
    assert sys.stdout is not out
    assert not [sign for sign in out.getvalue() + err.getvalue() if is_unsafe(sign)]
    return code, out.getvalue(), err.getvalue()


PICK = ("decide", "gpt-image-2", "--ratio", "1:1", "--quality", "low", "--rules", "table.json")
SENT = ("emit", *PICK[1:], "--language", "en")
PLACES: list[Callable[[str], tuple[str, ...]]] = [
    lambda text: (text,),
    lambda text: ("--" + text,),
    lambda text: ("check", text),
    lambda text: ("check", "--rules", text),
    lambda text: ("check", "--format", text),
    lambda text: ("build", "--rules", text),
    lambda text: ("build", "-o", f"table.json/{text}"),
    lambda text: ("catalog", "--rules", text),
    lambda text: ("catalog", "--rules", "table.json", "--language", text),
    lambda text: ("calendar", "--rules", "table.json", "--at", text),
    lambda text: ("decide", text, "--rules", "table.json"),
    lambda text: (*PICK, "--set", text),
    lambda text: (*PICK, "--set", f"{text}=x"),
    lambda text: (*PICK, "--set", f"references={text}", "--format", "json"),
    lambda text: (*PICK, "--set", f"quality={text}"),
    lambda text: (*PICK, "--grant", text),
    lambda text: (*PICK, f"--{text}", text),
    lambda text: (*PICK, f"--style={text}"),
    lambda text: (*PICK, text),
    lambda text: (*SENT, "--prompt", text),
    lambda text: (*SENT, "--prompt", "x", "--set", f"style={text}"),
    lambda text: ("explain", text),
    lambda text: ("init", text, "--rules", "rules"),
    lambda text: ("init", "x", "--like", text),
    lambda text: ("schema", "--check", "-o", text),
    lambda text: ("completion", text),
]


@pytest.fixture(scope="module")
def table_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a table and an empty rules folder."""
    folder = tmp_path_factory.mktemp("room")
    (folder / "table.json").write_text(dumps(load().table), "utf-8")
    (folder / "rules").mkdir()
    return folder


@given(st.sampled_from(PLACES), WORDS)
def test_arguments(table_folder: Path, place: Callable[[str], tuple[str, ...]], text: str) -> None:
    """Every argument of every command is escaped, on standard output and on standard error."""
    with contextlib.chdir(table_folder):
        run_safely(*place(text))


@given(WORDS.map(lambda text: text.replace("/", "").encode("utf-8", "surrogateescape")[:60]))
def test_file_names(tmp_path_factory: pytest.TempPathFactory, name: bytes) -> None:
    """Names of rule files and folders are escaped in every format."""
    folder = Path(os.fsdecode(bytes(tmp_path_factory.mktemp("names")) + b"/" + name.strip(b".") + b"_"))
    folder.mkdir()
    for stem in ("_shared", "gpt-image-2"):
        (folder / f"{stem}.yaml").write_text(packaged_texts()[stem], "utf-8")
    (folder / f"x{folder.name}.yaml").write_text("name: [", "utf-8")
    for output_format in FORMATS:
        assert run_safely("check", str(folder), "--format", output_format)[0] == 1
    assert run_safely("check", str(folder / f"x{folder.name}.yaml"))[0] == 1
    assert run_safely("catalog", "--rules", str(folder))[0] == 1
    with pytest.raises(RulesError) as error:
        load(folder)
    assert not any(map(is_unsafe, str(error.value)))


@cache
def packaged_texts() -> dict[str, str]:
    """Return the packaged rule files."""
    return texts()


@cache
def marked_rules() -> Rules:
    """Return rules in which every text for people contains MARK."""
    files = {**packaged_texts()}
    files["gpt-image-2"] = files["gpt-image-2"].replace(
        "name: GPT-Image-2", "name: MARK\nbadges: [{text: MARK, until: '2027-01-01'}]"
    )
    files["gpt-image-2"] = (
        files["gpt-image-2"]
        .replace("label: ", "label: MARK ")
        .replace("examples:", "limits: [{when: {quality: low}, never: {ratio: '1:1'}, because: MARK}]\nexamples:")
    )
    files["_shared"] = files["_shared"].replace("Members only", "MARK").replace("images have no style control", "MARK")
    table = build_texts(files).table
    assert table is not None
    assert "gpt-image-2" in table.models
    return Rules(table)


def replace_marks(value: Any, text: str) -> Any:
    """Return a value, also inside records, with a text in place of each MARK."""
    if isinstance(value, str):
        return value.replace("MARK", text)
    if isinstance(value, tuple):
        return tuple(replace_marks(entry, text) for entry in value)
    if isinstance(value, Mapping):
        return {name: replace_marks(entry, text) for name, entry in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = [field.name for field in dataclasses.fields(value) if field.init]
        return dataclasses.replace(value, **{name: replace_marks(getattr(value, name), text) for name in fields})
    return value


@given(TEXTS)
def test_texts_of_a_table(table_folder: Path, text: str) -> None:
    """Every text of a table is escaped, since anybody may have made the table."""
    (table_folder / "odd.json").write_text(dumps(replace_marks(marked_rules().table, text)), "utf-8")
    with contextlib.chdir(table_folder):
        for words in (("catalog", "--format", "text"), ("catalog",), ("calendar",), ("calendar", "--all", "--format", "json")):
            run_safely(*words, "--rules", "odd.json")
        for quality in ("low", "high", "none"):
            run_safely("decide", "gpt-image-2", "--ratio", "1:1", "--quality", quality, "--rules", "odd.json")
            run_safely("emit", "gpt-image-2", "--ratio", "1:1", "--quality", quality, "--set", "style=x", "--rules", "odd.json")


@given(TEXTS)
def test_json_keeps_its_meaning(table_folder: Path, text: str) -> None:
    """Escapes in JSON are read as the characters that were given."""
    with contextlib.chdir(table_folder):
        code, out, _ = run_safely(*SENT, f"--prompt={text}")
        assert code == 1 or json.loads(out)["prompt"] == text
        _, out, _ = run_safely(*PICK, "--set", f"odd={text}", "--format", "json")
        assert json.loads(out)["violations"][0]["field"] == "odd"


@given(TEXTS | st.text())
def test_messages_of_errors(text: str) -> None:
    """The sentence of an error is safe to print, and unchanged when the error is made again from its arguments."""
    for error in (RulesError(text), TableError(text), NoMoment(text)):
        assert not any(map(is_unsafe, str(error)))
        assert str(type(error)(*error.args)) == str(error)
    rules = Rules(replace_marks(marked_rules().table, text))
    for pick in ({"quality": text}, {text: 1}, {"style": "x"}, {"ratio": "1:1", "quality": "low"}):
        refusal = Refused(rules.decide({"model": "gpt-image-2", **pick}, at=text))
        assert not any(map(is_unsafe, str(refusal)))
    assert not any(map(is_unsafe, escaped(text)))
    assert (escaped(text) == text) or any(is_unsafe(sign) or sign in "\u206a\u206b\u206c\u206d\u206e\u206f" for sign in text)


@given(TEXTS)
def test_colours_of_the_program(text: str) -> None:
    """Colours of the program reach the terminal; the same sequence inside a text is escaped."""
    stream = io.StringIO()
    terminal = Terminal(stream, "here")
    style = Style(terminal, "always")  # type: ignore[arg-type]  # a stream as the program has it
    terminal.write(style("error", text))
    expected = f"\x1b[1;31m{escaped(text)}\x1b[0m" if text else ""
    assert stream.getvalue() == expected
    assert control(io.StringIO(), "\r") == "\r"
    assert terminal.control("") != Terminal(stream, "here").control(""), "nobody can guess the mark"


def test_a_colour_in_a_file_name(workdir: Path, call: Callable[..., Any]) -> None:
    """A colour sequence in a file name is escaped, also where colours are on."""
    (workdir / "rules" / "\x1b[1;31mred\u202e.yaml").write_text("name: [", "utf-8")
    result = call("check", "--color", "always", "--format", "concise")
    assert result.code == 1
    assert "\x1b[1m" in result.out
    assert "\x1b[1;31mred" not in result.out
    assert "<U+001B>[1;31mred<U+202E>.yaml" in result.out


@pytest.mark.parametrize("name", ["a\nb", "a\u2028b"])
def test_a_name_does_not_forge_a_line(workdir: Path, call: Callable[..., Any], name: str) -> None:
    """A line end in a name or an argument starts no new line of a message."""
    (workdir / "rules" / f"{name}.yaml").write_text("[", "utf-8")
    for words in (("catalog",), ("decide", "gpt-image-2", name), ("decide", "x", f"--{name}"), ("catalog", "--rules", name)):
        assert not [line for line in call(*words).err.splitlines() if line.startswith("b")]


ASKED = ("gpt-image-2", "--ratio", "1:1", "--quality", "low")
PRINTING: list[tuple[str, ...]] = [
    *[("check",), ("build",), ("catalog",), ("calendar",), ("explain",), ("explain", "IR201"), ("explain", "messages")],
    *[("decide", *ASKED), ("emit", *ASKED, "--prompt", "x", "--language", "en"), ("completion", "bash"), ("init", "--list")],
    *[("schema", "-o", "schemas"), ("init", "flux-2"), ("--help",), ("--version",), ("check", "--help"), ("check", "broken")],
    ("diff", "rules", "rules"),
    *[("test",), ("test", "broken")],
]


def test_every_command_is_among_them() -> None:
    """Every command is among those that are run without a standard output."""
    assert {words[0] for words in PRINTING} >= set(COMMANDS)


@pytest.mark.parametrize("words", PRINTING, ids=" ".join)
@pytest.mark.parametrize("stream", [None, "full"])
def test_a_result_that_cannot_be_printed(
    workdir: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    stream: str | None,
) -> None:
    """A closed standard output or a full disk gives exit code 2 and a message of one line, for every command."""
    (workdir / "broken").mkdir()
    (workdir / "broken" / "x.yaml").write_text("[", "utf-8")
    with contextlib.suppress(OSError), Path("/dev/full").open("w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stdout", None if stream is None else full)
        code = main(words)
        monkeypatch.undo()
    assert code == 2
    reason = "it is closed" if stream is None else "No space left on device"
    assert capsys.readouterr().err == f"imgrules: standard output: {reason}\n"


CATALOG = "catalog --rules table.json"
SHELL = [
    (CATALOG, ">&-", 2),
    (CATALOG, ">/dev/full", 2),
    ("--help", ">&-", 2),
    ("--help", ">/dev/full", 2),
    (CATALOG, "2>&-", 0),
    (CATALOG, ">&- 2>&-", 2),
    (CATALOG, ">/dev/full 2>/dev/full", 2),
    ("build -o out.json", ">&- 2>&-", 0),
    ("emit gpt-image-2 --rules table.json", "2>&-", 1),
    ("nope", "2>/dev/full", 2),
    ("check nowhere", "2>&-", 2),
]


@pytest.mark.parametrize(("words", "streams", "code"), SHELL)
def test_streams_of_a_shell(table_path: Path, words: str, streams: str, code: int) -> None:
    """A process that cannot write its result ends with exit code 2; one that cannot write a message keeps its exit code."""
    command = f"{sys.executable} -m imgrules {words} {streams}"
    process = subprocess.run(["/bin/sh", "-c", command], cwd=table_path.parent, capture_output=True, check=False, timeout=60)
    assert process.returncode == code
    assert process.stderr.count(b"\n") == ("2>" not in streams)


@pytest.mark.parametrize(
    ("words", "proposal"),
    [
        (("decide", "gpt-image-2", "--style", "red fox"), "--set 'style=red fox'"),
        (("decide", "gpt-image-2", "--style=red fox"), "--set 'style=red fox'"),
        (("decide", "gpt-image-2", "--my-style", "-1"), "--set my_style=VALUE"),
        (("decide", "gpt-image-2", "--style", "\x1b"), "--set style=VALUE"),
        (("decide", "gpt-image-2", "stray", "--outputs", "2"), "--set outputs=2"),
        (("check", "--fail", "warning"), "--fail-on"),
        (("check", "--warning"), None),
        (("build", "--out", "x"), "--output"),
        (("--rules", "a b", "check"), "imgrules check --rules 'a b'"),
        (("--format=json", "check", "rules"), "imgrules check --format=json rules"),
        (("--rules", "\x1b", "check"), None),
        (("--check",), None),
    ],
)
def test_what_is_meant_can_be_typed(call: Callable[..., Any], words: tuple[str, ...], proposal: str | None) -> None:
    """A proposal is an option of the same command, or `--set` with the value quoted for a shell."""
    code, _, err = call(*words)
    assert code == 2
    assert (f"\n  did you mean `{proposal}`?\n" in err) if proposal else ("did you mean" not in err)
