"""A folder becomes a table and a report; a broken file costs its own model only."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imgrules.cli.printing.style import Style
from imgrules.cli.render import FORMATS, render
from imgrules.compiler.build import Build, build, build_texts, has_error, read_shared
from imgrules.compiler.parsed_file import parse_bytes
from imgrules.compiler.read.characters import MOST_BYTES
from imgrules.errors import RulesError
from tests.corpus_cases import CASES
from tests.packaged import shared_text, texts

RULES = Path(__file__).parents[2] / "rules"


def _models(built: Build) -> list[str] | None:
    return None if built.table is None else list(built.table.models)


def _codes(built: Build) -> list[str]:
    return [diagnostic.code.id for diagnostic in built.report.diagnostics]


def _folder(folder: Path, **files: str) -> Path:
    for name, content in files.items():
        (folder / f"{name}.yaml").write_text(content, "utf-8")
    return folder


def _rules() -> dict[str, str]:
    return texts()


def test_our_rules() -> None:
    """The rules of the repository have no mistakes, and every example was run."""
    built = build(RULES)
    assert built.report.diagnostics == ()
    assert (built.report.files, built.report.examples) == (3, 8)
    assert _models(built) == ["nano-banana-2", "gpt-image-2"]


def test_folder_and_texts_agree(tmp_path: Path) -> None:
    """Building a folder and building its texts give the same table."""
    assert build(_folder(tmp_path, **_rules())).table == build_texts(_rules()).table


@pytest.mark.parametrize(
    "broken", ["", "nmae: x", "a: [", "\x00", "name: Größe \ud800", "- 1", "a: &a 1", "name: {en: x}\n---\nb: c", "{}"]
)
def test_a_broken_file_costs_its_own_model(broken: str) -> None:
    """Whatever is wrong with one file, the other models are built as if it were not there."""
    rules = _rules()
    whole = build_texts(rules).table
    assert whole is not None
    built = build_texts({**rules, "gpt-image-2": broken})
    assert built.table is not None
    assert built.table.models == {"nano-banana-2": whole.models["nano-banana-2"]}
    assert {diagnostic.spot.file for diagnostic in built.report.diagnostics} == {"gpt-image-2.yaml"}


@pytest.mark.parametrize("size", [2**15 - 1, 2**15, 2**15 + 1, MOST_BYTES, MOST_BYTES + 1])
def test_files_of_any_size(tmp_path: Path, size: int) -> None:
    """A file of up to the largest allowed size is read to its end, and a larger one is refused."""
    text = _rules()["gpt-image-2"]
    rules = {**_rules(), "gpt-image-2": f"{'#' * (size - len(text.encode()) - 1)}\n{text}"}
    built = build(_folder(tmp_path, **rules))
    assert _codes(built) == (["IR003"] if size > MOST_BYTES else [])
    assert built.table == (build_texts(rules).table)


def test_a_place_is_looked_up_in_its_own_file() -> None:
    """Mistakes at the same path of several files are each located in their own file, although no tree is kept."""
    wrong = {"gpt-image-2": "medium: {label: Standard, credits: 8}", "nano-banana-2": "2K: {}"}
    rules = _rules()
    texts = {
        stem: rules[stem].replace(line, line.replace("{", "{gate: nobody, ")[:-1].rstrip(", ") + "}")
        for stem, line in wrong.items()
    }
    diagnostics = build_texts({**rules, **texts}).report.diagnostics
    assert [diagnostic.code.id for diagnostic in diagnostics] == ["IR201", "IR201"]
    for diagnostic in diagnostics:
        text = texts[diagnostic.spot.file.removesuffix(".yaml")]
        assert text[diagnostic.spot.span.start : diagnostic.spot.span.end] == "nobody"


@pytest.mark.parametrize("broken", ["", "a: [", "language: 1", "\x00"])
def test_a_broken_shared_file_costs_the_table(broken: str) -> None:
    """With a broken shared file there is no table, and the mistakes of the models are reported nevertheless."""
    built = build_texts({**_rules(), "_shared": broken, "gpt-image-2": "nmae: x"})
    assert built.table is None
    assert {diagnostic.spot.file for diagnostic in built.report.diagnostics} == {"_shared.yaml", "gpt-image-2.yaml"}


def test_a_wrong_shared_file_costs_the_table(build_with: Callable[..., Build]) -> None:
    """An error that a check finds in the shared file also means that there is no table."""
    assert build_with(shared=[("min: 1,", "min: 101,")]).table is None


def test_a_failing_example_is_an_error_and_keeps_its_model(build_with: Callable[..., Build]) -> None:
    """A model whose example fails stays in the table; the report has the error, and counts it for its file."""
    result = build_with(("status: allowed", "status: locked"), others={"other": [("model: nano", "model: other")]})
    assert _models(result) == ["nano", "other"]
    assert (_codes(result), dict(result.failing), result.broken) == (["IR401"], {"nano.yaml": 1}, ())


def test_a_warning_costs_nothing(build_with: Callable[..., Build]) -> None:
    """A model with a warning is in the table."""
    result = build_with(('"16:9"', "16:9"))
    assert (_codes(result), _models(result)) == (["IR030"], ["nano"])


def test_order_of_models(build_with: Callable[..., Build]) -> None:
    """Models are in the order of the shared file; models that it does not list follow by name."""
    others = {name: [("model: nano", f"model: {name}")] for name in ("zero", "alpha", "beta")}
    result = build_with(others=others, shared=[("language: 1", "language: 1\norder: [zero, nano]")])
    assert _models(result) == ["zero", "nano", "alpha", "beta"]


def test_order_of_diagnostics(build_with: Callable[..., Build]) -> None:
    """Diagnostics are ordered by file, the shared one first, and then by place."""
    result = build_with(
        ("gate: member", "gate: members"),
        ('"16:9"', "16:9"),
        others={"alpha": [("type: image", "type: imag"), ("model: nano", "model: a")]},
        shared=[("min: 1,", "min: 101,"), ("language: 1", "language: 1\norder: [x]")],
    )
    places = [(diagnostic.spot.file, diagnostic.spot.start) for diagnostic in result.report.diagnostics]
    assert [diagnostic.code.id for diagnostic in result.report.diagnostics] == ["IR302", "IR217", "IR202", "IR030", "IR201"]
    assert [file for file, _ in places] == ["_shared.yaml", "_shared.yaml", "alpha.yaml", "nano.yaml", "nano.yaml"]


def test_one_slip_is_said_once(build_with: Callable[..., Build]) -> None:
    """A value with an error is not reported again as one that other YAML readers read differently."""
    assert _codes(build_with(("credits: 5}\n", "credits: 1_000}\n"))) == ["IR103"]


@pytest.mark.parametrize("word", [".inf", ".nan", "1234567890123456", "1e400"])
def test_a_number_that_cannot_be_kept_is_said_once(build_with: Callable[..., Build], word: str) -> None:
    """A number that cannot be kept exactly is reported once, and no hint proposes NaN."""
    assert _codes(build_with(("credits: 5}\n", f"credits: {word}}}\n"))) == ["IR006"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("name: Nano", "name: *nano", "IR012"),
        ("credits: 5}\n", "credits\uff1a5}\n", "IR025"),
        ("name: Nano", "name\uff1aNano", "IR025"),
    ],
)
def test_what_is_refused_is_said_once(build_with: Callable[..., Build], old: str, new: str, code: str) -> None:
    """What the YAML reader refused is not reported again by a later stage."""
    assert _codes(build_with((old, new))) == [code]


@pytest.mark.parametrize("escape", ["\\a", "\\0", "\\u202e", "\\u200b", "\\xa0", "\\uFEFF", "\\N", "\\_", "\\L"])
def test_odd_characters_by_escape(build_with: Callable[..., Build], escape: str) -> None:
    """A character that rule files may not hold is refused as an escape too, in a label and in a value."""
    label = build_with(("label: Basic", f'label: "Ba{escape}sic"'))
    value = build_with(('"16:9"', f'"16:9{escape}"'))
    assert label.report.errors != ()
    assert value.report.errors != ()


def test_what_has_no_place_of_its_own() -> None:
    """A mistake about a file as a whole is reported at its first word."""
    report = build_texts({"_shared": "# a note\n\nlanguage: 1\n"}).report
    assert [(diagnostic.code.id, diagnostic.spot.start) for diagnostic in report.diagnostics] == [("IR102", (3, 1))]


def test_no_shared_file(tmp_path: Path) -> None:
    """A folder without a shared file has no table, and the report says which file is missing."""
    built = build(_folder(tmp_path, nano="name: N"))
    assert built.table is None
    assert built.report.diagnostics[0].code.id == "IR303"
    assert built.report.diagnostics[0].spot.file == str(tmp_path / "_shared.yaml")


def test_other_files_are_no_rules(tmp_path: Path) -> None:
    """Hidden files, files of another kind and other files that begin with `_` are ignored."""
    folder = _folder(tmp_path, **_rules())
    for name in (".hidden.yaml", "notes.md", "_draft.yaml", "_shared.yml.bak", "table.json"):
        (folder / name).write_text("a: [", "utf-8")
    built = build(folder)
    assert (built.report.diagnostics, built.report.files) == ((), 3)


def test_unreadable_files(tmp_path: Path) -> None:
    """A folder, a broken link and a file with another ending are reported by name, and the models are built."""
    folder = _folder(tmp_path, **_rules())
    (folder / "folder.yaml").mkdir()
    (folder / "gone.yaml").symlink_to(folder / "nowhere")
    (folder / "nano.yml").write_text("name: N", "utf-8")
    built = build(folder)
    assert [(Path(diagnostic.spot.file).name, diagnostic.code.id) for diagnostic in built.report.diagnostics] == [
        ("folder.yaml", "IR001"),
        ("gone.yaml", "IR001"),
        ("nano.yml", "IR001"),
    ]
    assert _models(built) == ["nano-banana-2", "gpt-image-2"]


def test_shared_file_with_another_ending(tmp_path: Path) -> None:
    """A shared file that ends in .yml is reported, and so is the missing one."""
    folder = _folder(tmp_path, nano="name: N")
    (folder / "_shared.yml").write_text("language: 1", "utf-8")
    assert [diagnostic.code.id for diagnostic in build(folder).report.diagnostics][:2] == ["IR303", "IR001"]


def test_bad_file_name() -> None:
    """A file name that cannot be an id is the only mistake that is reported of the file."""
    built = build_texts({**_rules(), "GPT 2": "a: ["})
    assert [(diagnostic.spot.file, diagnostic.code.id) for diagnostic in built.report.diagnostics] == [("GPT 2.yaml", "IR304")]


@pytest.mark.parametrize("name", ["nowhere", "file"])
def test_no_folder(tmp_path: Path, name: str) -> None:
    """A path that is no folder raises an error for the operator."""
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(RulesError, match=name):
        build(tmp_path / name)


def test_no_rules(tmp_path: Path) -> None:
    """A folder without model files raises an error, so that no check of it passes."""
    (tmp_path / "notes.md").write_text("", "utf-8")
    with pytest.raises(RulesError, match="holds no model file"):
        build(tmp_path)


def test_progress() -> None:
    """The progress callback gets the number of files that are read, and the total."""
    progress: list[tuple[int, int]] = []
    build(RULES, lambda done, total: progress.append((done, total)))
    assert progress == [(1, 3), (2, 3), (3, 3)]


def test_read_shared(tmp_path: Path) -> None:
    """The shared file can be read alone; with a mistake the error names the command that reports it."""
    assert list(read_shared(RULES / "_shared.yaml").types) == ["image"]
    (tmp_path / "_shared.yaml").write_text("language: 2", "utf-8")
    with pytest.raises(RulesError, match="imgrules check"):
        read_shared(tmp_path / "_shared.yaml")


def test_shared_file_with_refused_yaml(tmp_path: Path) -> None:
    """A shared file that is valid except for an anchor is refused."""
    text = (RULES / "_shared.yaml").read_text("utf-8").replace("icon: member", "icon: &a member")
    (tmp_path / "_shared.yaml").write_text(text, "utf-8")
    with pytest.raises(RulesError, match="mistakes"):
        read_shared(tmp_path / "_shared.yaml")
    (tmp_path / "nano.yaml").write_text("name: Nano", "utf-8")
    assert build(tmp_path).table is None


_PIECES = [
    "",
    "\n",
    "  ",
    "\t",
    ":",
    ": ",
    "-",
    "- ",
    ",",
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    "#",
    "*a",
    "&a ",
    "!x ",
    "\x00",
    "\u200b",
    "\ud800",
]
_WORDS = [
    "null",
    "true",
    "5",
    "-1",
    "1.5",
    ".inf",
    "16:9",
    "no",
    "unknown",
    "members",
    "x",
    "[]",
    "{}",
    "[a]",
    "{a: b}",
    '""',
    "\uff1a",
]


@given(st.sampled_from(sorted(_rules())), st.sampled_from([*_PIECES, *_WORDS]), st.data())
def test_any_slip(stem: str, piece: str, data: st.DataObject) -> None:
    """Any text at any place of the packaged rules gives a report that can be rendered, with hints, about the edited file."""
    rules = _rules()
    start = data.draw(st.integers(0, len(rules[stem])))
    rest = rules[stem][start:]
    end = data.draw(st.sampled_from([0, 1, 4, len(rest.partition(" ")[0]), len(rest.partition("\n")[0])]))
    rules[stem] = rules[stem][:start] + piece + rest[end:]
    built = build_texts(rules)
    assert all(render(output_format, built.report, Style(io.StringIO(), "never")) for output_format in FORMATS)
    assert [diagnostic.message for diagnostic in built.report.diagnostics if not diagnostic.hint] == []
    assert stem == "_shared" or {diagnostic.spot.file for diagnostic in built.report.errors} <= {f"{stem}.yaml"}
    assert (built.table is None) <= (stem == "_shared")


def test_an_alias_that_two_models_claim_costs_neither() -> None:
    """Both models stay in the table, the alias leads to neither, and it is reported: which of the two is wrong is not known."""
    rules = _rules()
    for name in ("gpt-image-2", "nano-banana-2"):
        rules[name] += f"aliases: [mona, {name}-old]\n"
    built = build_texts(rules)
    assert [(code, diagnostic.spot.file) for code, diagnostic in zip(_codes(built), built.report.errors, strict=True)] == [
        ("IR231", "gpt-image-2.yaml")
    ]
    assert built.table is not None
    assert _models(built) == ["nano-banana-2", "gpt-image-2"]
    assert {alias.name for alias in built.table.aliases} == {"gpt-image-2-old", "nano-banana-2-old"}


def test_an_alias_that_a_model_claims_twice_costs_it() -> None:
    """A model that claims one alias twice is left out of the table."""
    rules = _rules()
    rules["gpt-image-2"] += "aliases: [mona, mona]\n"
    assert _models(build_texts(rules)) == ["nano-banana-2"]


def test_rules_have_an_error_where_the_report_has_one() -> None:
    """Whether rules have an error is known without a report; what only a contract or the file system refuses is left out."""
    wrong = []
    for case in CASES:
        files = {name[:-5]: raw for name, raw in case.files.items() if name.endswith(".yaml")}
        reported = {*re.findall(r"^error\[(IR\d+)\]", case.report, re.MULTILINE)}
        if any(code in OF_FILES or code.startswith(OF_CONTRACTS) for code in reported):
            continue
        files.setdefault("_shared", shared_text().encode())
        if has_error([parse_bytes(stem, f"{stem}.yaml", raw) for stem, raw in files.items()]) is not bool(reported):
            wrong.append((case.id, reported))
    assert not wrong, "\n".join(map(str, wrong))


OF_FILES, OF_CONTRACTS = {"IR001", "IR003", "IR303", "IR305"}, "IR31"
"""The codes of errors that a folder has before its files are parsed, and of those about a contract."""
