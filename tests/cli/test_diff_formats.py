"""What other programs read of a difference, and the comment on a pull request, word for word."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import jsonschema
import junitparser
import pytest

from imgrules.cli.comparison.diff_report import DiffReport
from imgrules.cli.printing.style import PLAIN
from imgrules.cli.render import DIFF_FORMATS, render_diff
from imgrules.cli.render.diff_markdown import MOST_BYTES
from imgrules.views.diff.diff_records import Acceptance, Diff, DiffFinding, Level, Sum
from tests.cli.conftest import CommandResult
from tests.cli.readers import CONTROL, HOSTILE, ROOT, commands, schema

FINDING = DiffFinding(
    "gate-added", Level.BREAKING, "pixel", ("models", "pixel"), "now locked", "callers are locked out", selections=2
)

COMMENT = """\
<!-- imgrules-diff new -->
### imgrules diff: 1 breaking change, 3 price changes, 2 cosmetic changes

From old to new:

**of 9 selections: 3 now locked, 6 dearer (+60 % to +67 %)**

**GPT-Image-2 (gpt-image-2)**

| level | change | where |
|---|---|---|
| **breaking** | quality high: now locked by \\`member\\`, 3 selections<br><sub>gate-added: callers without a grant are locked out</sub> | new/gpt-image-2.yaml:13 |
| price | quality low: 3 -> 5 credits (+67 %), 3 selections<br><sub>price-raised: the same selection costs more</sub> | new/gpt-image-2.yaml:11 |
| price | quality medium: 5 -> 8 credits (+60 %), 3 selections<br><sub>price-raised: the same selection costs more</sub> | new/gpt-image-2.yaml:12 |
| price | quality high: 12 -> 20 credits (+67 %), 3 selections<br><sub>price-raised: the same selection costs more</sub> | new/gpt-image-2.yaml:13 |

<details><summary>2 cosmetic changes</summary>

**GPT-Image-2 (gpt-image-2)**

| level | change | where |
|---|---|---|
| cosmetic | quality low: no badge New<br><sub>badge-removed: users see another text; nothing that is decided or sent changes</sub> | old/gpt-image-2.yaml:11 (before) |
| cosmetic | quality high: no badge 40% OFF<br><sub>badge-removed: users see another text; nothing that is decided or sent changes</sub> | old/gpt-image-2.yaml:13 (before) |

</details>

1 model unchanged.

<details><summary>To accept a change, add it to the reviewed file of accepted changes</summary>

~~~~yaml
- {fingerprint: FINGERPRINT, why: WHY, who: WHO}
~~~~

</details>
"""


@pytest.fixture
def sides(workdir: Path) -> tuple[str, ...]:
    """Return the words of a command that compares two folders: three prices rise, two badges go, one value gets a gate."""
    shutil.copytree(workdir / "rules", workdir / "new")
    (workdir / "rules").rename(workdir / "old")
    rules = workdir / "old" / "gpt-image-2.yaml"
    text = rules.read_text(encoding="utf-8")
    for new, old in (
        ("Basic, credits: 5", 'Basic, credits: 3, badges: [{text: New, until: "2027-12-01"}]'),
        ("Standard, credits: 8", "Standard, credits: 5"),
        ("Premium, credits: 20, gate: member", 'Premium, credits: 12, badges: [{text: 40% OFF, until: "2027-12-01"}]'),
    ):
        assert text.count(new) == 1
        text = text.replace(new, old).partition("examples:")[0]
    rules.write_text(text, encoding="utf-8")
    return "diff", "old", "new", "--at", "2026-11-22", "--cosmetic", "--format"


def test_the_comment_word_for_word(sides: tuple[str, ...], call: Callable[..., CommandResult]) -> None:
    """What breaks and what is dearer stands outside of the fold, and the whole is marked, so that it is updated in place."""
    code, out, err = call(*sides, "markdown")
    (failing,) = [entry for entry in json.loads(call(*sides, "json").out)["findings"] if entry["failing"]]
    assert (code, err) == (1, "")
    assert out == COMMENT.replace("FINGERPRINT", failing["fingerprint"])


def test_formats_of_programs(
    sides: tuple[str, ...], call: Callable[..., CommandResult], workdir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each format holds the six changes of the pair; what fails the command is an error, and the summary is the comment."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(workdir / "summary.md"))
    found = [*commands(call(*sides, "github").out)]
    assert [(command.name, command.properties["title"]) for command in found] == [
        ("error", "gate-added"),
        ("warning", "price-raised"),
        ("warning", "price-raised"),
        ("warning", "price-raised"),
        ("notice", "badge-removed"),
        ("notice", "badge-removed"),
    ]
    assert found[1].properties["file"] == "new/gpt-image-2.yaml"
    assert found[1].properties["line"] == "11"
    assert (
        found[1].message
        == "price: gpt-image-2: quality low: 3 -> 5 credits (+67 %), 3 selections\nthe same selection costs more"
    )
    assert found[-1].properties["line"] == "13"  # of the value that has lost its badge
    assert (workdir / "summary.md").read_text(encoding="utf-8").splitlines()[:8] == COMMENT.splitlines()[:8]
    sarif = json.loads(call(*sides, "sarif").out)
    schema("sarif-2.1.0").validate(sarif)
    assert [result["level"] for result in sarif["runs"][0]["results"]] == ["error", *["warning"] * 3, "note", "note"]
    gitlab = json.loads(call(*sides, "gitlab").out)
    schema("gitlab-code-quality").validate(gitlab)
    assert len({entry["fingerprint"] for entry in gitlab}) == len(gitlab) == 6
    (suite,) = junitparser.JUnitXml.fromstring(call(*sides, "junit").out.encode())
    assert [(case.name, bool(case.result)) for case in suite] == [("gpt-image-2", True), ("1 model unchanged", False)]


def test_the_json_has_a_schema(sides: tuple[str, ...], call: Callable[..., CommandResult]) -> None:
    """What `--format json` prints is as `schemas/diff.schema.json` says, also of nothing; a broken document is not."""
    valid = jsonschema.Draft202012Validator(json.loads((ROOT / "schemas" / "diff.schema.json").read_text(encoding="utf-8")))
    accepted = replace(FINDING, accepted=Acceptance("x1", "it is meant", "me"), least=Decimal(5), most=Decimal("7.5"))
    made_up = json.loads(render_diff("json", DiffReport(Diff((accepted, FINDING)), "a", "b"), PLAIN))
    for given in (
        json.loads(call(*sides, "json").out),
        made_up,
        json.loads(call("diff", "old", "old", "--format", "json").out),
    ):
        valid.validate(given)
        assert not valid.is_valid(given | {"counts": 1})
        assert not valid.is_valid({key: part for key, part in given.items() if key != "total"})


def test_a_folder_of_a_repository(workdir: Path, call: Callable[..., CommandResult], monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder below the top, a revision is read as at the top, and what was removed is at its place in the repository."""
    (workdir / "below").mkdir()
    (workdir / "rules").rename(workdir / "below" / "rules")
    for words in (("init", "-q"), ("add", "."), ("-c", "user.name=a", "-c", "user.email=a", "commit", "-qm", "one")):
        subprocess.run(["git", "-C", workdir, *words], check=True)  # noqa: S607  the git of the machine
    rules = workdir / "below" / "rules" / "gpt-image-2.yaml"
    lines = rules.read_text(encoding="utf-8").splitlines()
    rules.write_text("\n".join(line for line in lines if "medium:" not in line) + "\n", encoding="utf-8")
    monkeypatch.chdir(workdir / "below")
    code, out, err = call("diff", "HEAD", "--format", "github")
    (command,) = commands(out)
    assert (code, err) == (1, "")
    assert (command.properties["title"], command.properties["file"]) == ("value-removed", "below/rules/gpt-image-2.yaml")


@pytest.mark.parametrize(
    ("edits", "id_", "place"),
    [
        ({"gpt-image-2": ("      medium: {label: Standard, credits: 8}\n", "")}, "value-removed", "gpt-image-2.yaml:10"),
        ({"gpt-image-2": ('  ratio:\n    values: ["3:2", "2:3", "1:1"]\n', "")}, "option-removed", "gpt-image-2.yaml:5"),
        ({"gpt-image-2": None, "_shared": (", gpt-image-2]", "]")}, "model-removed", "_shared.yaml:6"),
        ({"gpt-image-2": None, "_shared": ("order: [nano-banana-2, gpt-image-2]\n", "")}, "model-removed", "_shared.yaml:3"),
        ({"_shared": ("      voice_id: voice belongs to video\n", "")}, "sentence-changed", "_shared.yaml:20"),
    ],
    ids=["a value", "an option", "a model", "a model without an order", "a sentence"],
)
def test_what_was_removed_is_shown_where_it_was_held(
    workdir: Path, call: Callable[..., CommandResult], edits: dict[str, tuple[str, str] | None], id_: str, place: str
) -> None:
    """An annotation stands in the new files: a value at its option, an option at the options, a model at the order of models."""
    shutil.copytree(workdir / "rules", workdir / "new")
    for stem, edit in edits.items():
        file = workdir / "new" / f"{stem}.yaml"
        text = file.read_text(encoding="utf-8")
        assert edit is None or edit[0] in text
        file.unlink() if edit is None else file.write_text(text.replace(*edit), encoding="utf-8")
    words = ("diff", "rules", "new", "--cosmetic", "--format")
    (command,) = [one for one in commands(call(*words, "github").out) if one.properties["title"] == id_]
    assert f"{command.properties['file']}:{command.properties['line']}" == f"new/{place}"
    (entry,) = [one for one in json.loads(call(*words, "gitlab").out) if one["check_name"] == id_]
    assert f"{entry['location']['path']}:{entry['location']['lines']['begin']}" == f"new/{place}"


def test_a_comment_is_never_too_long() -> None:
    """A comment is below its maximum size, and counts what it leaves out; what breaks comes before everything else."""
    breaking = [replace(FINDING, message=f"quality v{number}: now impossible", path=(f"v{number}",)) for number in range(900)]
    cosmetic = [replace(one, level=Level.COSMETIC) for one in breaking]
    diff = Diff((*breaking, *cosmetic), {"pixel": Sum(900, impossible=900)}, Sum(900, impossible=900))
    text = render_diff("markdown", DiffReport(diff, "main", "rules", tuple(breaking), cosmetic=True), PLAIN)
    assert MOST_BYTES * 0.9 < len(text.encode()) < MOST_BYTES
    shown = text.count("| **breaking** |")
    assert f"and {1800 - shown} changes more; `imgrules diff` lists all" in text
    assert "cosmetic |" not in text
    few = render_diff(
        "markdown", DiffReport(replace(diff, findings=(breaking[0], *cosmetic)), "main", "rules", (), cosmetic=True), PLAIN
    )
    shown = few.count("| cosmetic |")
    assert 100 < shown < 900
    assert few.index("<details>") < few.index("| cosmetic |")
    assert f"and {900 - shown} changes more" in few
    long = (replace(FINDING, message="x" * MOST_BYTES), FINDING)
    assert "and 2 changes more" in render_diff("markdown", DiffReport(Diff(long), "main", "rules"), PLAIN)


def test_what_costs_more_stands_outside_of_the_fold() -> None:
    """Higher prices and prices that become unknown are seen at once; lower ones are in the fold, unless the command fails."""
    ids = ("price-raised", "price-withdrawn", "price-lowered", "default-changed")
    levels = (*[Level.PRICE] * 3, Level.RISKY)
    found = tuple(replace(FINDING, id=name, level=level, path=(name,)) for name, level in zip(ids, levels, strict=True))
    for failing, folded in (((), ids[2:]), (found[2:3], ids[3:])):
        text = render_diff("markdown", DiffReport(Diff(found), "main", "rules", failing), PLAIN)
        fold = text.partition("<details>")[2].partition("</details>")[0]
        assert [name for name in ids if f"<sub>{name}:" in fold] == [*folded]


def test_texts_of_rules_are_data_in_every_format() -> None:
    """Labels, models, sides, file names and reasons with control characters and markup stay data in every format."""
    text = HOSTILE + CONTROL
    finding = replace(
        FINDING, message=text, why=text, model=text, file=f"{text}.yaml", line=3, accepted=Acceptance("x1", text, text)
    )
    diff = Diff(
        (finding, replace(finding, model=None, path=(text,), in_new=False)), {text: Sum(1)}, Sum(1), {text: f"Label {text}"}
    )
    outputs = {name: render_diff(name, DiffReport(diff, text, text, (finding,)), PLAIN) for name in DIFF_FORMATS}
    assert [command.name for command in commands(outputs["github"])] == ["error", "warning"]
    sarif = json.loads(outputs["sarif"])
    schema("sarif-2.1.0").validate(sarif)
    assert sarif["runs"][0]["results"][0]["suppressions"][0]["justification"].startswith("accepted by ::error::x<U+000A>")
    schema("gitlab-code-quality").validate(json.loads(outputs["gitlab"]))
    assert junitparser.JUnitXml.fromstring(outputs["junit"].encode()).failures == 1
    markdown = outputs["markdown"]
    assert markdown.splitlines()[0].count("-->") == 1
    assert "@team" not in markdown
    assert re.findall(r"(?<!\\)(?:\]\(|`,:|<b>|\n::)", markdown) == []
    assert [sign for sign in "\x1b\0\ufffe\udcff\u2028\r" if sign in markdown + outputs["github"] + outputs["junit"]] == []


def test_lines_are_links_in_a_job(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a job of GitHub, a place is a link to its line; that of a removed entry has no line in the new side."""
    for name, value in (("SERVER_URL", "https://github.com"), ("REPOSITORY", "o/r"), ("SHA", "abc")):
        monkeypatch.setenv(f"GITHUB_{name}", value)
    there = replace(FINDING, file="a (b).yaml", line=3)
    gone = replace(there, in_new=False)
    text = render_diff("markdown", DiffReport(Diff((there, gone)), "main", "rules"), PLAIN)
    assert "| [a (b).yaml:3](https://github.com/o/r/blob/abc/a%20%28b%29.yaml#L3) |" in text
    assert "| a (b).yaml:3 (before) |" in text


def test_what_is_none_is_not_counted(sides: tuple[str, ...], call: Callable[..., CommandResult], workdir: Path) -> None:
    """Where every model changes, no format says that none is unchanged; where nothing changes, JUnit has a case all the same."""
    for folder in ("old", "new"):
        (workdir / folder / "nano-banana-2.yaml").unlink()
    for name in DIFF_FORMATS:
        assert "0 models" not in call(*sides, name).out, name
    (suite,) = junitparser.JUnitXml.fromstring(call(*sides, "junit").out.encode())
    assert [case.name for case in suite] == ["gpt-image-2"]
    (suite,) = junitparser.JUnitXml.fromstring(call("diff", "old", "old", "--format", "junit").out.encode())
    assert [case.name for case in suite] == ["1 model unchanged"]
