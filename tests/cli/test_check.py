"""`imgrules check` reports every mistake with its place, and its exit code says whether there is one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from imgrules.compiler.read import folder
from imgrules.compiler.report.proof_record import Proof

PROVED = "proved: {} selections x 2 sets of open gates x 1 moment: one price, one body, a label in every language\n"
GOOD = "3 files checked, 8 examples run: no mistakes\n" + PROVED.format(18)


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text in a file; fail if the file does not have it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("words", [(), ("rules",), ("--rules", "rules")])
def test_sound_rules(workdir: Path, call: Callable[..., Any], words: tuple[str, ...]) -> None:
    """Valid rules give one line and exit code 0, however the folder is named."""
    assert workdir.is_dir()
    assert call("check", *words) == (0, GOOD, "")
    assert call("check", *words, "--fail-on", "warning").code == 0


def test_a_mistake_in_each_format(workdir: Path, call: Callable[..., Any]) -> None:
    """Each format shows a mistake: with code, place, excerpt and help; in one line; or as JSON; always with exit code 1."""
    edit(workdir / "rules" / "gpt-image-2.yaml", "gate: member}\nexamples", "gate: members}\nexamples")
    code, out, err = call("check")
    assert (code, err) == (1, "")
    assert out.startswith("error[IR201]: ")
    assert "--> rules/gpt-image-2.yaml:13:49\n" in out
    assert "13 |       high: {label: Premium, credits: 20, gate: members}\n" in out
    assert "^^^^^^^" in out
    assert out.splitlines()[-1].startswith("3 files checked, ")
    assert out.splitlines()[-1].endswith(" run: 1 error")
    code, out, err = call("check", "--format", "concise")
    assert (code, err) == (1, "")
    assert out.startswith("rules/gpt-image-2.yaml:13:49: error[IR201] there is no gate `members`")
    code, out, err = call("check", "--format", "json")
    assert (code, err) == (1, "")
    document = json.loads(out)
    assert (document["files"], document["schema_version"]) == (3, 1)
    first = document["diagnostics"][0]
    assert (first["code"], first["line"], first["column"], first["end_column"]) == ("IR201", 13, 49, 56)
    assert document["errors"] == sum(diagnostic["severity"] == "error" for diagnostic in document["diagnostics"])


def test_a_warning_fails_on_request_only(workdir: Path, call: Callable[..., Any]) -> None:
    """A warning is shown and passes; `--fail-on warning` makes it fail."""
    edit(workdir / "rules" / "nano-banana-2.yaml", 'values: ["16:9",', "values: [16:9,")
    code, out, _ = call("check")
    assert code == 0
    assert out.startswith("warning[")
    assert "1 warning" in out.splitlines()[-2]
    assert call("check", "--fail-on", "warning").code == 1


def test_all_mistakes_of_all_files_in_their_order(workdir: Path, call: Callable[..., Any]) -> None:
    """One run names the mistakes of every file, the shared one first, each file from top to bottom."""
    edit(workdir / "rules" / "_shared.yaml", "icon: member", "icno: member")
    edit(workdir / "rules" / "gpt-image-2.yaml", "credits: 5}", "credit: 5}")
    edit(workdir / "rules" / "gpt-image-2.yaml", "provider: azure_openai", "provider: 5")
    (workdir / "rules" / "nano-banana-2.yaml").write_bytes(b"\xff")
    _, out, _ = call("check", "--format", "concise")
    places = [tuple(line.split(":")[:2]) for line in out.splitlines()[:-1]]
    files = ["rules/_shared.yaml", "rules/gpt-image-2.yaml", "rules/nano-banana-2.yaml"]
    assert places == sorted(places, key=lambda place: (files.index(place[0]), int(place[1])))
    assert {place[0] for place in places} == set(files)


@pytest.mark.parametrize("command", ["check", "build", "catalog"])
def test_nothing_to_do_is_no_green_run(workdir: Path, call: Callable[..., Any], command: str) -> None:
    """A folder without rule files, a missing one, and a file in place of a folder give exit code 2."""
    (workdir / "empty").mkdir()
    (workdir / "empty" / "notes.txt").write_text("x", encoding="utf-8")
    for place in ("empty", "missing", "empty/notes.txt"):
        code, out, err = call(command, "--rules", place)
        assert (code, out) == (2, ""), place
        assert err.startswith("imgrules: ")
        assert place.split("/", maxsplit=1)[0] in err


def test_what_is_no_readable_file_is_a_located_mistake(workdir: Path, call: Callable[..., Any]) -> None:
    """A folder, a broken link, a link to itself and a file with another ending are reported, and other models still work."""
    (workdir / "rules" / "folder.yaml").mkdir()
    (workdir / "rules" / "dangling.yaml").symlink_to("nowhere")
    (workdir / "rules" / "ring.yaml").symlink_to("ring.yaml")
    (workdir / "rules" / "other.yml").write_text("name: x", encoding="utf-8")
    code, out, err = call("check", "--format", "concise")
    assert (code, err) == (1, "")
    for name in ("folder.yaml", "dangling.yaml", "ring.yaml", "other.yml"):
        assert f"rules/{name}:1:1: error[" in out
    assert call("decide", "gpt-image-2", "--ratio", "1:1", "--quality", "low").code == 0


def test_files_that_are_not_rules_are_left_alone(workdir: Path, call: Callable[..., Any]) -> None:
    """Hidden files, files with other endings and names that begin with an underscore are ignored."""
    for name in (".hidden.yaml", "notes.md", "_draft.yaml"):
        (workdir / "rules" / name).write_text("[", encoding="utf-8")
    assert call("check") == (0, GOOD, "")


def test_what_is_stale_by_a_moment(workdir: Path, call: Callable[..., Any]) -> None:
    """`--at` is the day for which the age of sources is computed; without it, that is today."""
    edit(workdir / "rules" / "_shared.yaml", "language: 1\n", "language: 1\nstale_after: 30\n")
    source = 'source: {url: "https://example.com", checked: "2026-11-01"}\noptions:'
    edit(workdir / "rules" / "gpt-image-2.yaml", "options:", source)
    assert call("check", "--at", "2026-11-20") == (0, GOOD, "")
    code, out, _ = call("check", "--at", "2027-06-01", "--format", "concise")
    assert code == 0
    assert "rules/gpt-image-2.yaml:5:" in out
    assert "1 warning" in out.splitlines()[-1]
    edit(workdir / "rules" / "gpt-image-2.yaml", "2026-11-01", "2020-01-01")
    assert "1 warning" in call("check").out


@pytest.fixture
def broken_folders(workdir: Path) -> Path:
    """Break both models of rules/, and add the folder other/ whose shared file is broken too."""
    edit(workdir / "rules" / "gpt-image-2.yaml", "gate: member}\nexamples", "gate: members}\nexamples")
    edit(workdir / "rules" / "nano-banana-2.yaml", "gate: member", "gate: membre")
    shutil.copytree(workdir / "rules", workdir / "other")
    edit(workdir / "other" / "_shared.yaml", "icon: member", "icno: member")
    return workdir


def files_of(out: str) -> list[str]:
    """Return the files that concise output names, each once."""
    return list(dict.fromkeys(line.split(":")[0] for line in out.splitlines()[:-1]))


GPT, NANO, OTHER = "rules/gpt-image-2.yaml", "rules/nano-banana-2.yaml", "other/_shared.yaml"


@pytest.mark.parametrize(
    ("words", "files", "expected"),
    [
        ([GPT], [GPT], ("1 file checked, ", 1)),
        ([NANO, GPT], [GPT, NANO], ("2 files checked, ", 0)),
        ([f"./{GPT}", GPT], [GPT], ("1 file checked, ", 1)),
        (["rules/_shared.yaml"], [], ("1 file checked, 0 examples run: no mistakes", 2)),
        (["other/gpt-image-2.yaml"], [OTHER], ("1 file checked, 0 examples run: 1 error", 0)),
        ([OTHER], [OTHER], ("1 file checked, 0 examples run: 1 error", 0)),
        ([GPT, OTHER], [GPT, OTHER], ("2 files checked, ", 1)),
        ([GPT, "rules"], [GPT, NANO], ("3 files checked, ", 0)),
    ],
)
def test_named_files(
    broken_folders: Path, call: Callable[..., Any], words: list[str], files: list[str], expected: tuple[str, int]
) -> None:
    """Only mistakes of the named files, and of their shared files, are shown and counted."""
    assert broken_folders.is_dir()
    code, out, err = call("check", *words, "--format", "concise")
    assert files_of(out) == files
    assert out.splitlines()[-1].startswith(expected[0])
    assert code == int(bool(files))
    count = f"{expected[1]} error" + ("" if expected[1] == 1 else "s")
    assert err == (f"imgrules: other files have {count}; `imgrules check rules` shows all\n" if expected[1] else "")
    document = json.loads(call("check", *words, "--format", "json").out)
    assert document["errors"] == len(
        [diagnostic for diagnostic in document["diagnostics"] if diagnostic["severity"] == "error"]
    )
    assert {diagnostic["file"] for diagnostic in document["diagnostics"]} == set(files)


def test_each_folder_is_read_once(broken_folders: Path, call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Many named files of a few folders, as a commit hook passes them, need one reading of each folder."""
    folders_read: list[str] = []
    read_folder = folder.read_folder

    def record_read(place: Path, **more: Any) -> Any:
        folders_read.append(str(place))
        return read_folder(place, **more)

    monkeypatch.setattr("imgrules.compiler.build.read_folder", record_read)
    paths = [str(path.relative_to(broken_folders)) for path in sorted(broken_folders.rglob("*.yaml"))]
    assert call("check", *paths).code == 1
    assert folders_read == ["other", "rules"]


def test_examples_of_named_files_are_counted(workdir: Path, call: Callable[..., Any]) -> None:
    """The last line counts the examples of the named models, and nothing is said about other files without mistakes."""
    assert workdir.is_dir()
    assert call("check", "rules/gpt-image-2.yaml") == (
        0,
        "1 file checked, 4 examples run: no mistakes\n" + PROVED.format(9),
        "",
    )
    assert call("check", "rules/gpt-image-2.yaml", "rules/_shared.yaml") == (
        0,
        "2 files checked, 4 examples run: no mistakes\n" + PROVED.format(9),
        "",
    )


def test_a_quarrel_is_about_both_files(workdir: Path, call: Callable[..., Any]) -> None:
    """Where two models claim one alias, the mistake is shown for either file."""
    for name in ("gpt-image-2", "nano-banana-2"):
        with (workdir / "rules" / f"{name}.yaml").open("a", encoding="utf-8") as file:
            file.write("aliases: [mona]\n")
    for name in ("gpt-image-2", "nano-banana-2"):
        code, out, _ = call("check", f"rules/{name}.yaml", "--format", "concise")
        assert (code, "IR231" in out) == (1, True)


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["rules/nothing.yaml"], 2, "rules/nothing.yaml: there is no such file or folder"),
        (["rules/_draft.yaml"], 2, "rules/_draft.yaml is not a rule file, so it is not checked"),
        (["rules/notes.txt"], 2, "none of these paths is a folder or a rule file"),
        (["rules/notes.txt", "rules/gpt-image-2.yaml"], 0, "rules/notes.txt is not a rule file, so it is not checked"),
        (["rules/gpt-image-2.yaml", "--rules", "rules"], 2, "not allowed with argument"),
        (["--rules", "rules/gpt-image-2.yaml"], 2, "name its folder: `rules`"),
        (["empty"], 2, "holds no model file; `imgrules init MODEL --rules empty` writes one"),
    ],
)
def test_what_is_no_rule_file(workdir: Path, call: Callable[..., Any], words: list[str], code: int, message: str) -> None:
    """A named file that is not checked is reported, and a run that checked nothing gives exit code 2."""
    (workdir / "empty").mkdir()
    for name in ("_draft.yaml", "notes.txt"):
        (workdir / "rules" / name).write_text("[", encoding="utf-8")
    result = call("check", *words)
    assert result.code == code
    assert message in result.err


def test_links_of_a_build_system(workdir: Path, call: Callable[..., Any]) -> None:
    """With `--follow-links`, every command that reads rules follows links out of the folder."""
    (workdir / "sandbox").mkdir()
    for path in (workdir / "rules").iterdir():
        (workdir / "sandbox" / path.name).symlink_to(path)
    picked = ("gpt-image-2", "--ratio", "1:1", "--quality", "low")
    for command in (("check",), ("build",), ("catalog",), ("calendar",), ("decide", *picked)):
        refused = call(*command, "--rules", "sandbox")
        assert refused.code in {1, 2}
        assert call(*command, "--rules", "sandbox", "--follow-links").code == 0
    assert "IR305" in call("check", "sandbox/gpt-image-2.yaml").out
    assert call("check", "sandbox/gpt-image-2.yaml", "--follow-links").code == 0


def test_what_is_proved_of_several_folders_is_one_proof(workdir: Path, call: Callable[..., Any]) -> None:
    """Counts of several folders are added, JSON has them, and rules with an error are not tried."""
    shutil.copytree(workdir / "rules", workdir / "other")
    assert call("check", "rules", "other").out.endswith(PROVED.format(36))
    proof = json.loads(call("check", "rules", "other", "--format", "json").out)["proof"]
    assert proof == {
        "complete": True,
        "models": 4,
        "selections": 36,
        "gates": 2,
        "moments": 1,
        "sampled": [],
        "failures": [],
        "contract": False,
    }
    edit(workdir / "other" / "gpt-image-2.yaml", "credits: 5}", "credit: 5}")
    assert json.loads(call("check", "other", "--format", "json").out)["proof"] is None


def test_a_counter_example_fails(call: Callable[..., Any], workdir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A counter-example is printed, and the command exits with 1, although no rule file has a mistake."""
    assert workdir.is_dir()
    monkeypatch.setattr("imgrules.proofs.proof.prove", lambda *_: Proof(1, 9, failures=("nano: two prices",)))
    code, out, _ = call("check")
    assert code == 1
    assert out.splitlines()[1:] == ["disproved: nano: two prices"]


@pytest.mark.parametrize(("pattern", "tried"), [("{}", False), ('{"properties": {"prompt": {"pattern": "^"}}}', True)])
def test_what_was_only_tried_is_not_called_proved(
    workdir: Path,
    call: Callable[..., Any],
    pattern: str,
    tried: bool,  # noqa: FBT001  a case
) -> None:
    """A pattern on a text that callers write is named, and the bodies are then not said to keep the contract."""
    edit(workdir / "rules" / "_shared.yaml", "    request:", "    contract: contract.json\n    request:")
    (workdir / "rules" / "contract.json").write_text(pattern, "utf-8")
    code, out, _ = call("check")
    assert code == 0
    assert ("tried, and not proved: `pattern` at `prompt`\n" in out) is tried
    assert ("one body that satisfies the contract" in out) is not tried
    document = json.loads(call("check", "--format", "json").out)
    assert document["tried"] == ["`pattern` at `prompt`"] * tried
    assert document["proof"]["contract"] is not tried
