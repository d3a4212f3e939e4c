"""`imgrules diff` says what an edit changes, and exits with 1 where that is one of --fail-on."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from imgrules.cli.comparison.fail_on import fail_on, is_met
from tests.views.diff.sides import PACKAGED, difference, edited
from tests.views.diff.test_compare import BEFORE

Call = Callable[..., Any]

TEXT = """\
GPT-Image-2 (gpt-image-2): of 9 selections: 3 now locked, 6 dearer (+60 % to +67 %)
  breaking  quality high: now locked by `member`, 3 selections
            rules/gpt-image-2.yaml:13  gate-added: callers without a grant are locked out
  price     quality low: 3 -> 5 credits (+67 %), 3 selections
            rules/gpt-image-2.yaml:11  price-raised: the same selection costs more
  price     quality medium: 5 -> 8 credits (+60 %), 3 selections
            rules/gpt-image-2.yaml:12  price-raised: the same selection costs more
  price     quality high: 12 -> 20 credits (+67 %), 3 selections
            rules/gpt-image-2.yaml:13  price-raised: the same selection costs more

1 breaking change, 3 price changes, 2 cosmetic changes
of 9 selections: 3 now locked, 6 dearer (+60 % to +67 %)
1 model unchanged
2 cosmetic changes not shown; --cosmetic shows them
"""
CHANGELOG = """\
- **Breaking**: GPT-Image-2: Premium is now locked (Members only).
- GPT-Image-2: Basic costs 5 credits instead of 3 (+67 %).
- GPT-Image-2: Standard costs 8 credits instead of 5 (+60 %).
- GPT-Image-2: Premium costs 20 credits instead of 12 (+67 %).
- GPT-Image-2: Basic no longer has the badge “New”.
- GPT-Image-2: Premium no longer has the badge “40% OFF”.
"""


@pytest.fixture
def sides(workdir: Path) -> Path:
    """Return a folder with the packaged rules as rules/, and those before an edit as old/."""
    write(workdir / "old", BEFORE)
    return workdir


def write(folder: Path, files: dict[str, str]) -> None:
    """Write rule files into a folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for stem, text in files.items():
        (folder / f"{stem}.yaml").write_text(text, encoding="utf-8")


@pytest.mark.usefixtures("sides")
def test_the_texts_word_for_word(call: Call) -> None:
    """What an edit changes, as the report for people and as the entry of a changelog."""
    code, out, err = call("diff", "old", "rules")
    assert (code, err) == (1, "")
    assert out.startswith(TEXT)
    assert call("diff", "old", "rules", "--changelog", "--fail-on", "none") == (0, CHANGELOG, "")
    code, out, err = call("diff", "old", "rules", "--changelog", "--format", "gitlab")
    assert (code, "leave out `--format gitlab` or `--changelog`" in err) == (2, True)
    shown = call("diff", "old", "rules", "--cosmetic", "--fail-on", "none").out
    assert (
        "  cosmetic  quality low: no badge New\n            old/gpt-image-2.yaml:11 (before)  badge-removed: users see" in shown
    )


@pytest.mark.usefixtures("sides")
@pytest.mark.parametrize(
    ("levels", "code"),
    [
        ("none", 0),
        ("risky,added", 0),
        ("price", 1),
        ("price:+10%", 1),
        ("price:+66%", 1),
        ("price>70%", 0),
        ("price:-10%", 0),
        ("cosmetic", 1),
        ("prices", 2),
        ("price:0", 2),
        ("", 2),
    ],
)
def test_what_fails(call: Call, levels: str, code: int) -> None:
    """Levels and thresholds in both directions; a word that is none is refused."""
    assert call("diff", "old", "rules", "--fail-on", levels).code == code


def test_a_threshold_that_is_reached_exactly() -> None:
    """A rise of exactly 100 % is 100 % or more, and not more than 100 %; a price that was 0 is beyond every threshold."""
    twice = difference(PACKAGED, edited("gpt-image-2", ("label: Basic, credits: 5", "label: Basic, credits: 10"))).findings
    free = edited("gpt-image-2", ("label: Basic, credits: 5", "label: Basic, credits: 0"))
    words = ("price:+100%", "price>100%", "price:+101%", "price:-1%")
    assert [is_met(fail_on(word), twice[0]) for word in words] == [True, False, False, False]
    assert [is_met(fail_on(word), difference(free, PACKAGED).findings[0]) for word in words] == [True, True, True, False]


def test_accepted_findings(sides: Path, call: Call) -> None:
    """An accepted finding is still shown, and does not fail; one whose time is over fails again."""
    found = json.loads(call("diff", "old", "rules", "--format", "json").out)["findings"][0]
    entry = f"- {{fingerprint: {found['fingerprint']}, why: as agreed, who: kim"
    accept = sides / "accept.yaml"
    asked = ("diff", "old", "rules", "--accept", str(accept))
    accept.write_text(f"{entry}}}\n", encoding="utf-8")
    code, out, err = call(*asked)
    assert (code, err) == (0, "")
    assert "  breaking  quality high: now locked by `member`" in out
    assert "accepted by kim: as agreed" in out
    accept.write_text(f"{entry}, until: 2026-01-01}}\n", encoding="utf-8")
    code, out, err = call(*asked)
    assert (code, "is no longer accepted, since 2026-01-01" in err) == (1, True)
    assert "accepted by kim until 2026-01-01: as agreed; to accept the change again, write a later `until` in its entry" in out
    assert "to accept a change, add it" not in out, "it is in the file, and an entry beside it would be accepted twice"
    assert json.loads(call(*asked, "--format", "json").out)["findings"][0]["ended"]["who"] == "kim"
    assert "suppressions" not in json.loads(call(*asked, "--format", "sarif").out)["runs"][0]["results"][0]
    assert "write a later " in call(*asked, "--format", "markdown").out
    accept.write_text("- {fingerprint: x0123456789abcde, why: as agreed, who: kim}\n", encoding="utf-8")
    code, _, err = call(*asked)
    assert (code, err) == (1, f"imgrules: {accept}: no change here has the fingerprint `x0123456789abcde`\n")


@pytest.mark.usefixtures("sides")
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{", 1),
        ("fingerprint: x", 1),
        ("- x", 1),
        ("- {fingerprint: x1, why: y}", 1),
        ("- {fingerprint: x1, why: y, who: z}\n- {fingerprint: x2, why: y, who: z, when: 1}", 2),
        ("- {fingerprint: x1, why: y, who: z, until: soon}", 1),
        ("- {fingerprint: x1, why: y, who: z}\n- {fingerprint: x1, why: y, who: z}", 2),
        ("", 1),
    ],
)
def test_a_malformed_file_of_accepted_findings(sides: Path, call: Call, text: str, line: int) -> None:
    """Such a file is an error with its line, never a file without entries."""
    (sides / "accept.yaml").write_text(text, encoding="utf-8")
    code, out, err = call("diff", "old", "rules", "--accept", "accept.yaml")
    assert (code, out) == (2, "")
    assert f"accept.yaml:{line}: " in err


@pytest.mark.parametrize(
    ("edit", "id_", "line"),
    [
        (("send: image_generation.quality", "send: image_generation.level"), "sent-moved", "gpt-image-2.yaml:9"),
        (("low: {label: Basic", "low: {as: lo, label: Basic"), "sent-changed", "gpt-image-2.yaml:11"),
        (("model: gpt-image-2", "model: gpt-image-3"), "provider-model-changed", "gpt-image-2.yaml:4"),
        (("send: extra_config.output.aspect_ratio", "send: ratio"), "sent-moved", "_shared.yaml:19"),
        (("{type: image}", "{type: image, kind: art}"), "sent-added", "_shared.yaml:12"),
        (
            ("low: {label: Basic, credits: 5", "base: {label: Basic, credits: 6, as: low, aliases: [low]"),
            "price-raised",
            "gpt-image-2.yaml:11",
        ),
        ((", gate: member", ""), "gate-removed", "gpt-image-2.yaml:13"),
        (("gate: member}\nexamples", 'gate: member, until: "2100-01-01"}\nexamples'), "value-removed", "gpt-image-2.yaml:13"),
        (("      medium: {label: Standard, credits: 8}\n", ""), "value-removed", "gpt-image-2.yaml:12 (before)"),
    ],
)
def test_the_line_of_a_change(sides: Path, call: Call, edit: tuple[str, str], id_: str, line: str) -> None:
    """A change is shown where it was made; only what is gone is shown where it was."""
    new = edited("_shared" if line.startswith("_shared") else "gpt-image-2", edit)
    write(sides / "new", new)
    document = json.loads(call("diff", "rules", "new", "--format", "json").out)
    found = [entry for entry in document["findings"] if entry["id"] == id_]
    shown = [f"{entry['file'].partition('/')[2]}:{entry['line']}{'' if entry['in_new'] else ' (before)'}" for entry in found]
    assert set(shown) == {line}


def test_the_annotation_of_a_command_that_could_not_run(sides: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a job of GitHub, the reviewer reads why, and not only that a step failed."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(sides / "summary.md"))
    code, out, err = call("diff", "nowhere", "rules", "--format", "github")
    assert (code, out) == (2, "::error title=could-not-run::" + err.removeprefix("imgrules: ") + "could not run\n")
    write(sides / "broken", edited("gpt-image-2", ("name:", "nome:")))
    assert "compared:%0Abroken/gpt-image-2.yaml:2: IR101" in call("diff", "broken", "rules", "--format=github").out
    assert "could not run: " in (sides / "summary.md").read_text(encoding="utf-8")
    assert call("diff", "nowhere", "rules", "--format=text").out == ""


def test_sides_that_cannot_be_compared(sides: Path, call: Call) -> None:
    """A side with mistakes, or that does not exist, is an error, and never a difference without changes."""
    write(sides / "broken", edited("gpt-image-2", ("name:", "nome:")))
    (sides / "empty").mkdir()
    (sides / "other.json").write_text("{}", encoding="utf-8")
    for old in ("broken", "empty", "nowhere", "other.json", "-x"):
        for pair in ((old, "rules"), ("rules", old)):
            code, out, err = call("diff", "--", *pair)
            assert (code, out) == (2, ""), pair
            assert "imgrules: " in err
    assert "broken/gpt-image-2.yaml:2: " in call("diff", "broken", "rules").err
    for words in (("",), ("", "rules"), ("rules", "")):
        code, out, err = call("diff", *words)
        assert (code, out, "a side is empty" in err) == (2, "", True), words
    code, _, err = call("diff", "old", "rules", "--fail-on", "none,breaking")
    assert (code, "'none' stands alone" in err) == (2, True)


def test_an_older_spelling(sides: Path, call: Call) -> None:
    """A side in an older spelling is carried over in memory, and nothing is written."""
    required = [(f"{{send: {name}, text", f"{{send: {name}, required: true, text") for name in ("prompt", "language")]
    older = edited("_shared", *required)
    write(sides / "older", older)
    code, out, err = call("diff", "older", "rules")
    assert (code, out) == (0, "no changes\n")
    assert err == "imgrules: older is in an older spelling, which was carried over in memory\n"
    assert (sides / "older" / "_shared.yaml").read_text(encoding="utf-8") == older["_shared"]


def git(folder: Path, *words: str) -> None:
    """Run a git command in a repository of its own, without the settings of the user."""
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false")
    command = [shutil.which("git") or "git", "-C", str(folder), *identity, *words]
    subprocess.run(command, check=True, capture_output=True)


def edit_on_a_branch(sides: Path, default: str) -> None:
    """Commit the rules before an edit on a default branch, tagged v1, and make the edit on a branch `edit`."""
    after = {path.name: path.read_text(encoding="utf-8") for path in (sides / "rules").iterdir()}
    write(sides / "rules", BEFORE)
    git(sides, "init", "-q", "-b", default)
    git(sides, "add", "rules")
    git(sides, "commit", "-qm", "Before")
    git(sides, "tag", "v1")
    git(sides, "checkout", "-qb", "edit")
    for name, text in after.items():
        (sides / "rules" / name).write_text(text, encoding="utf-8")


def test_revisions(sides: Path, call: Call) -> None:
    """A side may be a revision, with a path or without; without OLD it is the merge base of the default branch."""
    edit_on_a_branch(sides, "main")
    for words in (("v1",), ("main", "rules"), ("HEAD:rules", "rules"), (), ("rules",)):
        code, out, err = call("diff", *words)
        assert (code, err) == (1, ""), words
        assert out.startswith(TEXT), words
    with contextlib.chdir("/"):  # the repository is that of the rules, wherever the command runs
        for words in ((str(sides / "rules"),), ("v1", str(sides / "rules"))):
            assert call("diff", *words).out.startswith(TEXT.splitlines()[0]), words
    git(sides, "commit", "-qam", "After")
    code, out, _ = call("diff", "v1:rules", "HEAD:rules")
    assert out.startswith(TEXT)
    assert call("diff", "HEAD").out == "no changes\n"
    err = call("diff", "v1:nowhere", "rules").err
    assert "has no `nowhere`; it has rules elsewhere: if these were moved, compare with `" in err
    named = re.findall("`(.*?)`", err)[1:]
    assert [name.partition(":")[2] for name in named] == ["rules"]
    assert call("diff", named[0], "rules").out.startswith(TEXT)
    blob = subprocess.check_output(
        [shutil.which("git") or "git", "rev-parse", "HEAD:rules/gpt-image-2.yaml"], cwd=sides, text=True
    )
    (sides / ".git" / "objects" / blob[:2] / blob[2:].strip()).rename(sides / "kept")
    code, out, err = call("diff", "HEAD", "rules")  # a partial clone, or a damaged one
    assert (code, out, err.splitlines()[:1]) == (
        2,
        "",
        [f"imgrules: git has no content for {blob[:12]}: this clone lacks it, or its repository is damaged"],
    )
    (sides / "kept").rename(sides / ".git" / "objects" / blob[:2] / blob[2:].strip())


@pytest.mark.parametrize("default", ["main", "trunk"])
@pytest.mark.parametrize("clone", [("--depth", "1"), ("--single-branch",), ("--depth", "1", "--no-single-branch")])
def test_a_clone_of_a_part(sides: Path, call: Call, default: str, clone: tuple[str, ...]) -> None:
    """Where the commit to compare with is not in the clone, the command that the message names brings it."""
    edit_on_a_branch(sides, default)
    git(sides, "commit", "-qam", "After")
    git(sides, "checkout", "-q", default)
    git(sides, "clone", "-q", *clone, "--branch", "edit", f"file://{sides}", "part")
    code, out, err = call("diff", default, "part/rules")
    assert (code, out) == (2, "")
    if "--no-single-branch" in clone:
        assert err.endswith(f"no revision of this repository; did you mean `origin/{default}`?\n")
    else:
        run, named = re.findall("run `(git fetch .*?)`, and compare with `(.*?)`", err)[0]
        shutil.copytree("part", "other")
        subprocess.run(run, shell=True, check=True, capture_output=True, cwd=sides / "other")  # noqa: S602  as a person types it
        assert call("diff", named, "other/rules").out.startswith(TEXT.splitlines()[0])
    assert "origin" not in call("diff", "HEAD~999", "part/rules").err
    code, out, err = call("diff", "part/rules")
    assert (code, out) == (2, "")
    assert ("this clone is shallow" in err, "fetch-depth" in err) == ("--depth" in clone, "--depth" in clone)
    run = re.findall("run `(git fetch .*?)`", err)[0]
    subprocess.run(run, shell=True, check=True, capture_output=True, cwd=sides / "part")  # noqa: S602  as a person types it
    code, out, err = call("diff", "part/rules")
    assert (code, err) == (1, "")
    assert out.startswith(TEXT.splitlines()[0])


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        (("GPT-Image-2\n", "GPT Image 2\n"), ["GPT Image 2: GPT-Image-2 is called GPT Image 2 now."]),
        (("label: Basic", "label: Simple"), ["GPT-Image-2: Basic is called Simple now."]),
        (
            ("medium: {label: Standard", "standard: {as: medium, label: Standard"),
            [
                "**Breaking**: GPT-Image-2: Standard (medium) can no longer be picked.",
                "GPT-Image-2: Standard (standard) can be picked.",
            ],
        ),
        (
            ("send: image_generation.quality ", "send: image_generation.level "),
            ["**Breaking**: GPT-Image-2: sent at image\\_generation.level in place of image\\_generation.quality."],
        ),
        (
            ("options:\n", "options:\n  seed: {send: seed, number: {max: 9}, optional: true}\n"),
            ["**Breaking**: GPT-Image-2: seed takes at most 9 instead of any whole number."],
        ),
        (
            ("options:\n", "options:\n  seed: {send: seed, number: {}, default: 2}\n"),
            ["GPT-Image-2: seed is 2 instead of 1 where nothing is picked."],
        ),
        (
            ("Basic, credits: 5}", 'Basic, credits: 5, badges: [{text: Soon, from: "2099-01-01", until: "2099-02-01"}]}'),
            ["GPT-Image-2: Basic has the badge “Soon”, from 2099-01-01, until 2099-02-01."],
        ),
        (
            ("examples:", 'limits: [{when: {ratio: "1:1"}, only: {quality: [low, medium]}, because: no}]\nexamples:'),
            ["**Breaking**: GPT-Image-2: Premium, Ratio 1:1 can no longer be picked."],
        ),
        (("credits: 8", "credits: unknown"), ["GPT-Image-2: the price of Standard is no longer known."]),
        (
            (
                "options:\n",
                "credits: {plus: [{credits: 2, when: {seed: {min: 5}}}]}\noptions:\n  seed: {send: seed, number: {}, default: 1}\n",
            ),
            [
                f"GPT-Image-2: {label}, seed at least 5 costs {price + 2} credits instead of {price} (+{percent} %)."
                for label, price, percent in (("Basic", 5, 40), ("Standard", 8, 25), ("Premium", 20, 10))
            ],
        ),
    ],
    ids=["a model", "a value", "a name", "a path", "bounds", "a default", "a badge", "a limit", "an unknown price", "numbers"],
)
def test_a_changelog_in_product_words(workdir: Path, call: Call, edit: tuple[str, str], lines: list[str]) -> None:
    """An entry reads as a sentence about what users see, and no two sentences say the opposite of each other."""
    file = workdir / "rules" / "gpt-image-2.yaml"
    text = file.read_text(encoding="utf-8")
    seed = (
        "  seed: {send: seed, number: {}, optional: true}\n"
        if "max" in edit[1]
        else "  seed: {send: seed, number: {}, default: 1}\n"
    )
    write(workdir / "old", {path.stem: path.read_text(encoding="utf-8") for path in (workdir / "rules").glob("*.yaml")})
    if "seed" in edit[1]:
        (workdir / "old" / file.name).write_text(text.replace("options:\n", f"options:\n{seed}"), encoding="utf-8")
    assert edit[0] in text
    file.write_text(text.replace(*edit), encoding="utf-8")
    assert call("diff", "old", "rules", "--changelog").out.splitlines() == [f"- {line}" for line in lines]


def test_an_alias_of_a_model_is_shown_in_its_file(workdir: Path, call: Call) -> None:
    """One that is dropped or added is at the line of the model that it names, although the table lists all of them together."""
    write(workdir / "old", {path.stem: path.read_text(encoding="utf-8") for path in (workdir / "rules").glob("*.yaml")})
    file = workdir / "old" / "gpt-image-2.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("options:\n", "aliases: gpt-2\noptions:\n"), encoding="utf-8")
    assert "old/gpt-image-2.yaml:5 (before)  alias-removed" in call("diff", "old", "rules").out
    assert "old/gpt-image-2.yaml:5  alias-added" in call("diff", "rules", "old").out


def test_what_was_removed_is_at_its_line_in_the_old_files(workdir: Path, call: Call) -> None:
    """A gate is at its own line, and a value of a model that has another id now at its line in the file of the old id."""
    write(workdir / "old", {path.stem: path.read_text(encoding="utf-8") for path in (workdir / "rules").glob("*.yaml")})
    file, shared = workdir / "rules" / "gpt-image-2.yaml", workdir / "rules" / "_shared.yaml"
    text = file.read_text(encoding="utf-8").replace("      medium: {label: Standard, credits: 8}\n", "")
    file.with_stem("gpt-3").write_text(f"{text}aliases: [gpt-image-2]\n", encoding="utf-8")
    file.unlink()
    shared.write_text(shared.read_text(encoding="utf-8").replace("gpt-image-2]", "gpt-3]"), encoding="utf-8")
    assert "old/gpt-image-2.yaml:12 (before)  value-removed" in call("diff", "old", "rules").out
    gate = "gates:\n  club: {opens_with: [club], label: Club}\n"
    old_shared = workdir / "old" / "_shared.yaml"
    old_shared.write_text(old_shared.read_text(encoding="utf-8").replace("gates:\n", gate), encoding="utf-8")
    line = old_shared.read_text(encoding="utf-8").splitlines().index("  club: {opens_with: [club], label: Club}") + 1
    assert f"old/_shared.yaml:{line} (before)  gate-undeclared" in call("diff", "old", "rules", "--cosmetic").out


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("name: N\n", 'name: N\nuntil: "2099-01-01"\n', "rules/nano.yaml:3  model-ends"),
        ("free: {label: Free}", "free: {label: Gratis}", "rules/nano.yaml:5  label-changed"),
        ("tier: {values", "tier: {label: Tier, values", "rules/nano.yaml:5  label-changed"),
        ("credits: 1, when: {tier: paid}", "credits: 3, when: {tier: paid}", "rules/nano.yaml:5  price-raised"),
    ],
    ids=["an end", "a value of a fact", "a fact", "a price by a fact"],
)
def test_a_fact_and_an_end_are_at_their_lines(workdir: Path, call: Call, old: str, new: str, told: str) -> None:
    """A fact is not among the options of its file, and a model that will end is shown at the `until` that says so."""
    text = (
        "# A model.\nname: N\n\nfacts:\n  tier: {values: {free: {label: Free}, paid: {}}}\n"
        "  used: {number: {min: 0}}\nprovider: p\nmodel: m\n"
        "credits: {base: 5, plus: [{credits: 2, when: {used: {min: 5}}}, {credits: 1, when: {tier: paid}}]}\n"
    )
    shared = "language: 1\ntypes: {image: {provider: {send: provider}, model: {send: model}}}\n"
    assert old in text
    write(workdir / "old", {"_shared": shared, "nano": text})
    write(workdir / "rules", {"_shared": shared, "nano": text.replace(old, new)})
    assert told in call("diff", "old", "rules", "--cosmetic").out
