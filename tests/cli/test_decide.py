"""`imgrules decide` prints the decision, every reason and the nearest repairs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

GPT = ("decide", "gpt-image-2", "--ratio", "1:1", "--quality")


@pytest.mark.parametrize(
    ("words", "code", "out"),
    [
        ((*GPT, "low"), 0, "allowed gpt-image-2 ratio 1:1, quality low: 5 credits\n"),
        ((*GPT, "high", "--grant", "member"), 0, "allowed gpt-image-2 ratio 1:1, quality high: 20 credits\n"),
        (
            (*GPT, "high"),
            1,
            "locked gpt-image-2 ratio 1:1, quality high: 20 credits\n  Members only (gate `member`); leads to: upgrade\n",
        ),
        (
            ("decide", "nano-banana-2", "--set", "ratio=9:16", "--set", "quality=2K"),
            0,
            "allowed nano-banana-2 ratio 9:16, quality 2K: credits unknown\n",
        ),
    ],
)
def test_the_decision(workdir: Path, call: Callable[..., Any], words: tuple[str, ...], code: int, out: str) -> None:
    """The decision is one line, with the gates below it, and the exit code agrees."""
    assert workdir.is_dir()
    assert call(*words) == (code, out, "")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((*GPT, "low", "--set", "style=anime"), "refused_field  style is refused: images have no style control"),
        ((*GPT, "low", "--set", "style="), "refused_field  style is refused: images have no style control"),
        ((*GPT, "low", "--set", "duration_seconds=5"), "refused_field  duration_seconds is refused: duration belongs to video"),
        ((*GPT, "4K"), "not_offered  gpt-image-2 does not offer quality `4K`; choose `low`, `medium` or `high`"),
        ((*GPT, "HIGH"), "did you mean `high`?"),
        (("decide", "gpt-image-2", "--ratio", "16:9", "--quality", "low"), "choose `3:2`, `2:3` or `1:1`"),
        (("decide", "nano-banana2"), "unknown_model  there is no model `nano-banana2`; did you mean `nano-banana-2`?"),
        (("decide", "gpt-image-2"), "missing_field  gpt-image-2 needs a value for ratio; choose `3:2`, `2:3` or `1:1`"),
        ((*GPT, "low", "--set", "=x"), "unknown_field  gpt-image-2 has no field ``"),
        ((*GPT, "low", "--set", "prompt="), "text_length  prompt takes at least 1"),
    ],
)
def test_a_refusal(workdir: Path, call: Callable[..., Any], words: tuple[str, ...], message: str) -> None:
    """An impossible selection is printed with reasons and repairs, with exit code 1."""
    assert workdir.is_dir()
    code, out, err = call(*words)
    assert (code, err) == (1, "")
    assert out.startswith("impossible")
    assert message in out
    # A text is never repaired: only its author knows what it should say.
    assert ("try: " in out) != ("text_length" in message)


def test_all_reasons_and_repairs(workdir: Path, call: Callable[..., Any]) -> None:
    """Every reason has a line of its own, and repairs follow."""
    assert workdir.is_dir()
    _, out, _ = call("decide", "gpt-image-2", "--ratio", "16:9", "--quality", "HIGH", "--set", "style=anime")
    assert [line.split()[0] for line in out.splitlines()] == [
        "impossible",
        "not_offered",
        "not_offered",
        "refused_field",
        "try:",
        "try:",
        "try:",
    ]
    assert "  try: ratio=3:2, quality=high, no style" in out


def test_json(workdir: Path, call: Callable[..., Any]) -> None:
    """`--format json` prints the decision as one document, allowed or not."""
    assert workdir.is_dir()
    code, out, _ = call(*GPT, "high", "--format", "json")
    assert (code, json.loads(out)["status"], json.loads(out)["gates"][0]["name"]) == (1, "locked", "member")
    code, out, _ = call(*GPT, "low", "--format", "json")
    assert (code, json.loads(out)["credits"]) == (0, 5)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--set", "prompt"), "imgrules: --set `prompt` has no `=`; write NAME=VALUE\n"),
        (("--set", "ratio=3:2"), "imgrules: `ratio` is given twice, but takes one value\n"),
        (("--set", "a=1", "--set", "a=2"), "imgrules: `a` is given twice, but takes one value\n"),
        (("--set", "model=x"), "imgrules: `model` is given twice, but takes one value\n"),
    ],
)
def test_a_selection_that_cannot_be_read(workdir: Path, call: Callable[..., Any], words: tuple[str, ...], message: str) -> None:
    """A mistake in the arguments is printed on standard error, with exit code 2."""
    assert workdir.is_dir()
    assert call(*GPT, "low", *words) == (2, "", message)


def test_an_assignment_without_its_flag(workdir: Path, call: Callable[..., Any]) -> None:
    """`NAME=VALUE` alone is proposed with `--set`."""
    assert workdir.is_dir()
    code, out, err = call("decide", "gpt-image-2", "ratio=1:1")
    assert (code, out) == (2, "")
    assert err.endswith("unrecognized arguments: ratio=1:1\n  did you mean `--set ratio=1:1`?\n")


def test_a_value_may_hold_an_equals_sign(workdir: Path, call: Callable[..., Any]) -> None:
    """Only the first equals sign separates name and value."""
    assert workdir.is_dir()
    _, out, _ = call("emit", *GPT[1:], "low", "--set", "prompt=a=b", "--language", "en")
    assert json.loads(out)["prompt"] == "a=b"


def test_a_prompt_cannot_paint_the_terminal(workdir: Path, call: Callable[..., Any]) -> None:
    """Control characters of a value or a name are never printed as they are."""
    assert workdir.is_dir()
    for words in ((*GPT, "low", "--set", "prompt=\x1b[31m\nallowed"), (*GPT, "low", "--set", "x\x1b[2J\ny=1")):
        _, out, _ = call(*words)
        assert "\x1b" not in out
        assert all(line.startswith(("allowed gpt", "impossible gpt", "  ")) for line in out.splitlines())


AT = ("--at", "2026-11-22")


def decision_lines(call: Callable[..., Any], *words: str) -> list[str]:
    """Return the printed lines of a decision about the model `wide`."""
    result = call("decide", "wide", "--rules", "wide.json", *words)
    assert result.err == ""
    assert result.code == int(not result.out.startswith("allowed"))
    return str(result.out).splitlines()


@pytest.mark.usefixtures("wide_table")
def test_numbers_lists_and_a_promotion(call: Callable[..., Any]) -> None:
    """A text that reads as a number is one, a list is given entry by entry, and the regular price is printed too."""
    words = ("--set", "ratio=1:1", "--set", "quality=high", "--set", "outputs=2", "--set", "guidance=2.5")
    lists = ("--set", "references=a.png", "--set", "references=b.png", "--grant", "member")
    assert decision_lines(call, *words, *lists, *AT) == [
        "allowed wide ratio 1:1, quality high, outputs 2, guidance 2.5, references [a.png, b.png]: 5 credits, regularly 8",
        "  at 2026-11-22",
    ]
    select = json.loads(call("decide", "wide", *words, *lists, *AT, "--format", "json").out)["select"]
    assert (select["outputs"], select["guidance"], select["references"]) == (2, 2.5, ["a.png", "b.png"])


@pytest.mark.usefixtures("wide_table")
def test_names_and_near_misses_are_noted(call: Callable[..., Any]) -> None:
    """Aliases of models and values, values that snap, and options without effect have a line each; an option may be named by its alias."""
    result = call(
        "decide", "wide-preview", "--rules", "wide.json", "--ratio", "broad", "--quality", "low", *AT, "--set", "seed=5"
    )
    assert result.out.splitlines() == [
        "allowed wide ratio 16:9, quality low, outputs 1: 2 credits",
        "  alias  `wide-preview` is now called `wide`",
        "  alias  `broad` is now called `16:9`",
        "  ignored  seed has no effect with the other choices: drafts are never seeded",
        "  at 2026-11-22",
    ]
    assert "  snapped  ratio `7:4` was replaced by the nearest value, `16:9`" in decision_lines(
        call, "--ratio", "7:4", "--quality", "low", *AT
    )
    images = decision_lines(call, "--ratio", "1:1", "--quality", "low", "--set", "images=a", "--set", "images=b", *AT)
    assert "references [a, b]" in images[0]


@pytest.mark.usefixtures("wide_table")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--set", "outputs=two"), "wrong_type  outputs takes a whole number from 1 to 4, but the text `two` was given"),
        (("--set", "outputs=1.5"), "wrong_type  outputs takes a whole number from 1 to 4, but `1.5` was given"),
        (("--set", "outputs=9"), "out_of_range  outputs takes a whole number from 1 to 4, but `9` was given"),
        (("--set", "guidance=2.2"), "steps of 0.5, but `2.2` was given"),
        (("--set", "images=a", "--set", "images=b", "--set", "images=c"), "out_of_range  references takes a list"),
    ],
)
def test_what_does_not_fit_is_refused_by_the_rules(call: Callable[..., Any], words: tuple[str, ...], message: str) -> None:
    """A value that is no number stays a text, so that the decision says what is wrong; repairs of every kind are shown."""
    lines = decision_lines(call, "--ratio", "1:1", "--quality", "low", *AT, *words)
    assert any(message in line for line in lines)
    assert any(line.startswith("  try: ") for line in lines)


@pytest.mark.usefixtures("wide_table")
@pytest.mark.parametrize("name", ["outputs", "ratio", "seed"])
def test_what_takes_one_value_is_given_once(call: Callable[..., Any], name: str) -> None:
    """Only an option that takes a list may be named twice."""
    words = ("--set", f"{name}=1", "--set", f"{name}=2")
    assert call("decide", "wide", *AT, *words) == (2, "", f"imgrules: `{name}` is given twice, but takes one value\n")


@pytest.mark.usefixtures("wide_table")
def test_what_is_still_open(call: Callable[..., Any]) -> None:
    """Missing options are listed after the violations with their possible values; JSON has them as `open`."""
    lines = decision_lines(call, "--set", "ratio=1:1", "--set", "guidance=2.2", *AT)
    assert [line.split()[0] for line in lines[:4]] == ["impossible", "out_of_range", "missing_field", "still"]
    assert lines[3] == ("  still open: quality  low, 2 credits · old, 3 credits · high, 5 credits (8) [Members only]")
    document = json.loads(call("decide", "wide", "--rules", "wide.json", *AT, "--format", "json").out)
    assert [option["name"] for option in document["open"]] == ["ratio", "quality"]
    assert [value["credits_vary"] for value in document["open"][0]["values"]] == [True, True]
    assert json.loads(call(*GPT, "low", "--format", "json").out)["open"] == []


def test_the_language(call: Callable[..., Any], workdir: Path) -> None:
    """Sentences and labels are in the asked language where a translation exists."""
    shared = workdir / "rules" / "_shared.yaml"
    text = shared.read_text(encoding="utf-8")
    for english, german in (("Ratio", "Format"), ("Quality", "Güte"), ("Members only", "Nur für Mitglieder")):
        text = text.replace(f"{{en: {english}}}", f"{{en: {english}, de: {german}}}")
    shared.write_text(text, encoding="utf-8")
    messages = 'messages: {de: {not_offered: "{model} hat kein {field} {value}; {choose}"}}\n'
    (workdir / "rules" / "_messages.yaml").write_text(messages, encoding="utf-8")
    assert "  Nur für Mitglieder (gate `member`)" in call(*GPT, "high", "--language", "de").out
    assert "not_offered  gpt-image-2 hat kein quality `x`; choose" in call(*GPT, "x", "--language", "de").out


@pytest.mark.usefixtures("wide_table")
def test_the_moment(call: Callable[..., Any]) -> None:
    """`--at` is the moment of the decision, by default the present; it is printed only where the decision depends on it."""
    assert decision_lines(call, "--ratio", "1:1", "--quality", "old", "--at", "2026-11-30T23:59:59Z")[0].startswith(
        "allowed wide"
    )
    lines = decision_lines(call, "--ratio", "1:1", "--quality", "old", "--at", "2026-12-01")
    assert lines[1] == "  retired  quality `old` was retired on 2026-12-01; use `low`"
    assert re.fullmatch(
        r"  at 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", decision_lines(call, "--ratio", "1:1", "--quality", "low")[-1]
    )
    assert " at 20" not in call(*GPT, "low").out
    document = json.loads(call(*GPT, "low", "--at", "2026-12-01", "--format", "json").out)
    assert document["at"] == "2026-12-01T00:00:00Z"
    ended = call("decide", "wide-preview", "--at", "2027-01-01", "--rules", "wide.json")
    assert ended.out.splitlines()[-1] == "  at 2027-01-01"


@pytest.mark.parametrize("at", ["tomorrow", "", "2026-13-01", "2026-12-01T09:00", "2026-12-01 09:00:00", "\udcff"])
@pytest.mark.parametrize("command", ["decide", "emit", "catalog", "calendar", "check"])
def test_a_moment_that_is_none(workdir: Path, call: Callable[..., Any], command: str, at: str) -> None:
    """A text that is no moment gives exit code 2, and the message shows how to write one."""
    assert workdir.is_dir()
    code, out, err = call(command, *(("gpt-image-2",) if command in {"decide", "emit"} else ()), "--at", at)
    assert (code, out) == (2, "")
    assert err.startswith("imgrules: --at: ")
    assert "write 2026-12-01 or 2026-12-01T09:00:00Z" in err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("decide", "gpt-image-2", "--outputs", "2"), "did you mean `--set outputs=2`?"),
        (("decide", "gpt-image-2", "--outputs"), "did you mean `--set outputs=VALUE`?"),
        (("decide", "gpt-image-2", "--at", "2026-11-22T10:00:00+01:00"), "; in UTC this is 2026-11-22T09:00:00Z\n"),
        (("build", "rules/gpt-image-2.yaml"), "gpt-image-2.yaml is a file; name its folder: `rules`\n"),
        (("catalog", "--rules", "rules/gpt-image-2.yaml"), "name its folder: `--rules rules`\n"),
    ],
)
def test_a_slip_of_the_command_line(workdir: Path, call: Callable[..., Any], words: tuple[str, ...], message: str) -> None:
    """Arguments that cannot be used give exit code 2, and the message says what to type instead."""
    assert workdir.is_dir()
    code, _, err = call(*words)
    assert code == 2
    assert message in err


def test_a_nameless_field(workdir: Path, call: Callable[..., Any]) -> None:
    """A field without a name is visible in a repair."""
    assert workdir.is_dir()
    assert "try: no ``\n" in call(*GPT, "low", "--set", "=x")[1]


LISTS = """
name: Lists
type: image
provider: p
model: m
options:
  references: {send: output.images, list: {max: 2}}
examples: [{select: {references: []}, expect: {status: allowed}}]
"""


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("references=",), "[]"),
        (("references=[]",), "[]"),
        (('references=["a", "b"]',), "[a, b]"),
        (("references=a", "references=b"), "[a, b]"),
        (("references=[a",), "[[a]"),
        (("references=[1]",), "[[1]]"),
    ],
)
def test_a_list(workdir: Path, call: Callable[..., Any], words: tuple[str, ...], shown: str) -> None:
    """A list option is given as nothing, as a JSON list of texts, or entry by entry."""
    (workdir / "rules" / "lists.yaml").write_text(LISTS, "utf-8")
    sets = [part for pair in words for part in ("--set", pair)]
    code, out, _ = call("decide", "lists", *sets)
    assert (code, out.splitlines()[0]) == (0, f"allowed lists references {shown}: credits unknown")


def test_what_would_do_works_when_typed(workdir: Path, call: Callable[..., Any]) -> None:
    """A repair of a list is printed as `--set` takes it."""
    (workdir / "rules" / "lists.yaml").write_text(LISTS, "utf-8")
    out = call("decide", "lists")[1]
    assert "  try: references=[]\n" in out


def test_the_default_model_need_not_be_named(workdir: Path, call: Callable[..., Any]) -> None:
    """The `default` of `_shared.yaml` is decided and emitted where no model is named."""
    shared = workdir / "rules" / "_shared.yaml"
    shared.write_text(f"default: gpt-image-2\n{shared.read_text(encoding='utf-8')}", encoding="utf-8")
    unnamed = ("--ratio", "1:1", "--quality", "low")
    assert call("decide", *unnamed) == (0, "allowed gpt-image-2 ratio 1:1, quality low: 5 credits\n", "")
    code, out, err = call("emit", *unnamed, "--prompt", "x", "--language", "en")
    assert (code, err, json.loads(out)["image_generation"]["model"]) == (0, "", "gpt-image-2")


def test_a_model_is_named_where_there_is_no_default(workdir: Path, call: Callable[..., Any]) -> None:
    """Without `default:` in the rules, a command without a model could not run."""
    assert workdir.is_dir()
    code, out, err = call("decide", "--ratio", "1:1")
    assert (code, out) == (2, "")
    assert "name a model; these rules have no `default:`" in err


def test_an_option_in_place_of_the_model(workdir: Path, call: Callable[..., Any]) -> None:
    """The message shows the flag."""
    assert workdir.is_dir()
    message = "imgrules: `tier=flex` stands where the model does; did you mean `--set tier=flex`?\n"
    assert call("decide", "tier=flex") == (2, "", message)
