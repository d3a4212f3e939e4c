"""`imgrules emit` prints a whole request, which another program can send."""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

WORDS = ("emit", "gpt-image-2", "--ratio", "1:1", "--quality", "low", "--prompt", 'It\'s a "fox"\n$HOME', "--language", "en")
BODY = {
    "type": "image",
    "prompt": 'It\'s a "fox"\n$HOME',
    "language": "en",
    "image_generation": {"provider": "azure_openai", "model": "gpt-image-2", "quality": "low"},
    "extra_config": {"output": {"aspect_ratio": "1:1"}},
}


def test_http(workdir: Path, call: Callable[..., Any]) -> None:
    """A request as HTTP has its line, a header, and the body as JSON."""
    assert workdir.is_dir()
    code, out, _ = call(*WORDS, "--format", "http", "--base", "https://api.example.com")
    head, body = out.split("\n\n", 1)
    assert (code, head) == (0, "POST https://api.example.com/creations\nContent-Type: application/json")
    assert json.loads(body) == BODY


def test_curl(workdir: Path, call: Callable[..., Any]) -> None:
    """A shell passes each part of the command unchanged, whatever the prompt holds."""
    assert workdir.is_dir()
    code, out, _ = call(*WORDS, "--format", "curl")
    shown = subprocess.run(
        ["/bin/sh", "-c", 'curl() { for part; do printf "%s\\0" "$part"; done; }\n' + out],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    assert (code, shown[:5]) == (0, ["--request", "POST", "/creations", "--header", "Content-Type: application/json"])
    assert (shown[5], json.loads(shown[6])) == ("--data-raw", BODY)
    assert shlex.split(out)[0] == "curl"


@pytest.mark.parametrize("form", ["http", "curl"])
def test_no_request(workdir: Path, call: Callable[..., Any], form: str) -> None:
    """Where the rules state no request, the message says where to state it; a refusal is a refusal."""
    shared = workdir / "rules" / "_shared.yaml"
    shared.write_text(shared.read_text("utf-8").replace("    request: POST /creations\n", ""), "utf-8")
    code, out, err = call(*WORDS, "--format", form)
    assert (code, out) == (2, "")
    assert "the rules do not say where a body is sent; state it as `request:` at the type in `_shared.yaml`" in err
    code, out, err = call(*WORDS[:2], "--format", form)
    assert (code, out) == (1, "")


@pytest.mark.parametrize("form", ["http", "curl"])
def test_a_whole_address(workdir: Path, call: Callable[..., Any], form: str) -> None:
    """Where the rules state a whole address, it is the one that is printed, and another one before it is refused."""
    shared = workdir / "rules" / "_shared.yaml"
    text = shared.read_text("utf-8")
    for whole in ("https://a.example/v1", "HTTPS://a.example", "https://a.example/v1?of=https://b.example"):
        shared.write_text(text.replace("POST /creations", f"POST {whole}"), "utf-8")
        code, out, _ = call(*WORDS, "--format", form)
        assert (code, whole in shlex.split(out.splitlines()[0].removesuffix("\\"))) == (0, True)
        code, out, err = call(*WORDS, "--format", form, "--base", "https://b.example")
        assert (code, out) == (2, "")
        assert f"the rules state the whole address `{whole}`: leave out --base" in err


@pytest.mark.parametrize(
    ("base", "address", "whole"),
    [
        ("https://b.example/", "/creations", "https://b.example/creations"),
        ("https://b.example/v1", "/creations", "https://b.example/v1/creations"),
        ("https://b.example", "/to?url=https://c.example", "https://b.example/to?url=https://c.example"),
    ],
)
def test_a_base(workdir: Path, call: Callable[..., Any], base: str, address: str, whole: str) -> None:
    """An address that begins with a slash stands behind the base, with one slash between them."""
    shared = workdir / "rules" / "_shared.yaml"
    shared.write_text(shared.read_text("utf-8").replace("POST /creations", f"POST {address}"), "utf-8")
    code, out, _ = call(*WORDS, "--format", "http", "--base", base)
    assert (code, out.splitlines()[0]) == (0, f"POST {whole}")
