"""`imgrules emit` prints the request body, or a refusal and nothing else."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

WORDS = ("emit", "gpt-image-2", "--ratio", "1:1", "--quality", "high", "--prompt", "A red fox", "--language", "en")
BODY = {
    "type": "image",
    "prompt": "A red fox",
    "language": "en",
    "image_generation": {"provider": "azure_openai", "model": "gpt-image-2", "quality": "high"},
    "extra_config": {"output": {"aspect_ratio": "1:1"}},
}


PACKAGED = b"imgrules: there are no rules here or in a folder above, so the packaged rules are used\n"


def test_the_body(program: Callable[..., Any], tmp_path: Path) -> None:
    """In a folder without rules the packaged rules are used, and the body is exactly the documented one."""
    process = program(*WORDS, "--grant", "member", cwd=tmp_path)
    assert (process.returncode, process.stderr) == (0, PACKAGED)
    assert process.stdout.decode() == json.dumps(BODY) + "\n"


def test_a_locked_choice_is_not_emitted(workdir: Path, call: Callable[..., Any]) -> None:
    """Without the grant no body is printed, and the message names the gate and its action."""
    assert workdir.is_dir()
    code, out, err = call(*WORDS)
    assert (code, out) == (1, "")
    assert "locked gpt-image-2" in err
    assert "Members only (gate `member`); leads to: upgrade" in err


def test_refusals_stay_off_standard_output(workdir: Path, call: Callable[..., Any]) -> None:
    """Every refusal goes to standard error with exit code 1."""
    assert workdir.is_dir()
    for more, message in (
        (("--set", "style=anime"), "style is refused"),
        (("--set", "duration_seconds=5"), "duration belongs to video"),
        (("--set", "seed=1"), "gpt-image-2 has no field `seed`"),
    ):
        code, out, err = call(*WORDS, "--grant", "member", *more)
        assert (code, out) == (1, "")
        assert message in err


def test_what_was_replaced_is_told(tmp_path: Path, call: Callable[..., Any]) -> None:
    """A note on a replaced value goes to standard error, as `decide` prints it, or with the decision as JSON."""
    (tmp_path / "_shared.yaml").write_text("language: 1\ntypes: {t: {provider: {send: a}, model: {send: b}}}\n")
    steps = "  steps: {send: steps, number: {min: 10, step: 10}, snap: down}\n"
    (tmp_path / "m.yaml").write_text(f"name: M\ntype: t\nprovider: p\nmodel: m\noptions:\n{steps}")
    words, body = ("m", "--rules", str(tmp_path), "--set", "steps=38"), {"a": "p", "b": "m", "steps": 30}
    code, out, err = call("emit", *words)
    assert (code, json.loads(out), err) == (0, body, "  snapped  steps `38` was rounded down to `30`\n")
    assert err in call("decide", *words)[1]
    code, out, err = call("emit", *words, "--format", "json")
    assert (code, json.loads(out)) == (0, body)
    assert [note["code"] for note in json.loads(err)["notes"]] == ["snapped"]
    assert call("emit", *words[:-1], "steps=30", "--format", "json")[2] == ""


def test_a_missing_prompt_is_named(workdir: Path, call: Callable[..., Any]) -> None:
    """A body needs a prompt and a language, and an empty prompt is refused."""
    assert workdir.is_dir()
    code, out, err = call(*WORDS[:6], "--grant", "member")
    assert (code, out) == (1, "")
    assert "a creation needs a value for prompt" in err
    assert "a creation needs a value for language" in err
    code, out, err = call(*WORDS[:6], "--grant", "member", "--prompt", "", "--language", "en")
    assert (code, out) == (1, "")
    assert "prompt takes at least 1" in err


def test_bytes_that_are_no_text_are_a_violation(program: Callable[..., Any], table_path: Path) -> None:
    """A prompt of bytes that are no UTF-8 is refused with the position, without a traceback."""
    words = (*WORDS[:6], "--rules", str(table_path), "--grant", "member", "--language", "en")
    process = program(*words, "--prompt", b"caf\xe9")
    assert (process.returncode, process.stdout) == (1, b"")
    assert b"an unpaired surrogate at position 4" in process.stderr
    process = program("decide", b"gpt\xff", "--set", b"\xfe=\xff", "--rules", str(table_path))
    assert (process.returncode, process.stderr) == (1, b"")
    process.stdout.decode("utf-8")


def test_another_locale_changes_no_byte(program: Callable[..., Any], table_path: Path) -> None:
    """The body is printed in UTF-8, also under another locale or encoding."""
    words = (*WORDS[:6], "--rules", str(table_path), "--grant", "member", "--language", "de")
    for env in ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "latin-1"}):
        process = program(*words, "--prompt", os.fsencode("Füchse 🦊"), env=env)
        assert process.returncode == 0, process.stderr
        assert json.loads(process.stdout.decode("utf-8"))["prompt"] == "Füchse 🦊"
        assert "🦊".encode() in process.stdout


def test_numbers_and_lists_are_sent_as_such(wide_table: Path, call: Callable[..., Any]) -> None:
    """A number is sent as a number and a list as an array."""
    words = ("emit", "wide", "--ratio", "broad", "--quality", "low", "--set", "outputs=2", "--set", "guidance=1.5")
    more = ("--set", "images=a", "--set", "images=b", "--prompt", "x", "--language", "en", "--at", "2026-11-22")
    code, out, err = call(*words, *more, "--rules", str(wide_table))
    aliases = "  alias  `broad` is now called `16:9`\n", "  alias  `images` is now called `references`\n"
    assert (code, err) == (0, "".join(aliases))
    assert json.loads(out)["extra_config"] == {"output": {"aspect_ratio": "16:9", "quality": "low"}} | {
        "count": 2,
        "guidance": 1.5,
        "images": ["a", "b"],
    }


def test_a_refusal_says_everything(wide_table: Path, call: Callable[..., Any]) -> None:
    """A refusal has the reasons, repairs, notes and the moment."""
    words = ("emit", "wide", "--quality", "high", "--set", "outputs=9", "--prompt", "x", "--language", "en")
    code, out, err = call(*words, "--ratio", "broad", "--at", "2026-11-22", "--rules", str(wide_table))
    assert (code, out) == (1, "")
    head, fault, repair, *rest = err.splitlines()
    assert head == "impossible wide ratio 16:9, quality high"
    assert fault == "  out_of_range  outputs takes a whole number from 1 to 4, but `9` was given"
    assert repair.startswith("  try: ")
    assert rest[-2:] == ["  alias  `broad` is now called `16:9`", "  at 2026-11-22"]
    locked = call(
        *words[:4], "--ratio", "1:1", "--prompt", "x", "--language", "en", "--at", "2026-11-22", "--rules", str(wide_table)
    )
    assert "locked wide ratio 1:1, quality high, outputs 1: 5 credits, regularly 8" in locked.err


def test_a_refusal_as_json(workdir: Path, call: Callable[..., Any]) -> None:
    """On request, a refusal is a document like that of `decide`."""
    assert workdir.is_dir()
    code, out, err = call(*WORDS, "--format", "json")
    assert (code, out) == (1, "")
    document = json.loads(err)
    assert (document["status"], document["gates"][0]["name"]) == ("locked", "member")
    assert document["at"].endswith("Z")


def test_the_language_of_messages(tmp_path: Path, call: Callable[..., Any]) -> None:
    """Where a model has no field `language`, the flag is the language of messages; another flag without a field is refused."""
    (tmp_path / "_shared.yaml").write_text(
        "language: 1\ntypes: {t: {}}\ngates: {g: {opens_with: [g], label: {en: Closed, de: Zu}}}\n"
    )
    (tmp_path / "m.yaml").write_text("type: t\ngate: g\n")
    words = ("emit", "m", "--rules", str(tmp_path), "--language", "de")
    assert call(*words, "--grant", "g") == (0, "{}\n", "")
    assert "Zu (gate `g`)" in call(*words).err
    assert "no field `prompt`" in call(*words, "--prompt", "x").err
