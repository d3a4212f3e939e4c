"""`imgrules catalog` prints what somebody can pick."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from imgrules import load

PEOPLE = """\
Nano Banana 2 (nano-banana-2)
  Ratio    16:9 · 9:16 · 1:1
  Quality  1K · 2K · 4K [Members only]
GPT-Image-2 (gpt-image-2)
  Ratio    3:2 · 2:3 · 1:1
  Quality  Basic (low), 5 credits · Standard (medium), 8 credits · Premium (high), 20 credits [Members only]
"""


def test_for_people(here: Path, call: Callable[..., Any]) -> None:
    """The text form draws the picker: labels, prices and locks."""
    assert here.is_dir()
    assert call("catalog", "--format", "text") == (0, PEOPLE, "")
    assert call("catalog", "--format", "text", "--grant", "member").out == PEOPLE.replace(" [Members only]", "")


def test_for_programs(here: Path, call: Callable[..., Any]) -> None:
    """Where nobody watches, and on request, the catalog is JSON."""
    for words in (("catalog",), ("catalog", "--format", "json")):
        code, out, err = call(*words)
        assert (code, err) == (0, "")
        assert json.loads(out) == json.loads(json.dumps(load(here / "rules").catalog()))
    assert json.loads(call("catalog", "--grant", "member").out)["digest"] == load().catalog(["member"])["digest"]


def test_badges_defaults_and_languages(here: Path, call: Callable[..., Any]) -> None:
    """Badges and defaults are shown, in the asked language, and one credit is one credit."""
    path = here / "rules" / "gpt-image-2.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("name: GPT-Image-2", "name: {en: Pixel, de: Bildpunkt}\nbadges: [{text: {en: New, de: Neu}}]")
    text = text.replace("label: Basic, credits: 5}", "label: Basic, credits: 1, badges: [{text: Hot}]}")
    text = text.replace("    send: image_generation", "    default: low\n    send: image_generation")
    example = 'examples: [{select: {ratio: "3:2"}, expect: {status: allowed, credits: 1}}]\n'
    path.write_text(text.split("examples:", maxsplit=1)[0] + example, encoding="utf-8")
    shared = here / "rules" / "_shared.yaml"
    labels = shared.read_text(encoding="utf-8")
    for english, german in (("Ratio", "Format"), ("Quality", "Güte"), ("Members only", "Nur für Mitglieder")):
        labels = labels.replace(f"{{en: {english}}}", f"{{en: {english}, de: {german}}}")
    shared.write_text(labels, encoding="utf-8")
    code, out, err = call("catalog", "--format", "text", "--language", "de")
    assert (code, err) == (0, "")
    assert "Bildpunkt (gpt-image-2) [Neu]" in out
    assert "  Format  3:2" in out
    assert "  Güte    Basic" in out
    assert "[Nur für Mitglieder]" in out
    assert "Basic (low), 1 credit, default [Hot] · Standard" in out


def test_a_broken_file_is_left_out_with_a_note(here: Path, call: Callable[..., Any]) -> None:
    """A broken file costs its own model: the rest is printed, a note goes to standard error, and the exit code is 1."""
    (here / "rules" / "gpt-image-2.yaml").write_text("name: [", encoding="utf-8")
    code, out, err = call("catalog", "--format", "json")
    assert code == 1
    assert [each["id"] for each in json.loads(out)["models"]] == ["nano-banana-2"]
    assert err == "imgrules: rules/gpt-image-2.yaml has mistakes, so it is left out; run `imgrules check rules`\n"


def test_a_broken_file_costs_its_own_model_only(here: Path, call: Callable[..., Any]) -> None:
    """Another model still answers with exit code 0; the broken one cannot be asked."""
    (here / "rules" / "gpt-image-2.yaml").write_text("name: [", encoding="utf-8")
    code, out, err = call("decide", "nano-banana-2", "--ratio", "1:1", "--quality", "1K")
    assert (code, out) == (0, "allowed nano-banana-2 ratio 1:1, quality 1K: credits unknown\n")
    assert "rules/gpt-image-2.yaml has mistakes" in err
    code, out, err = call("decide", "gpt-image-2", "--ratio", "1:1", "--quality", "low")
    assert (code, out) == (2, "")
    assert "run `imgrules check rules`" in err


def test_a_broken_shared_file_costs_all(here: Path, call: Callable[..., Any]) -> None:
    """Without what the models share nothing can be asked."""
    (here / "rules" / "_shared.yaml").write_text("language: 2\n", encoding="utf-8")
    for words in (("catalog",), ("decide", "gpt-image-2"), ("emit", "nano-banana-2")):
        code, out, err = call(*words)
        assert (code, out) == (2, "")
        assert "rules/_shared.yaml has mistakes" in err
