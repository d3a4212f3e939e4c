"""`imgrules catalog` prints what a caller can pick."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from imgrules import load

PEOPLE = """\
Nano Banana 2 (nano-banana-2)
  Ratio    16:9 · 9:16 · 1:1
  Quality  1K · 2K · 4K [Members only]
GPT-Image-2 (gpt-image-2)
  Ratio    3:2 · 2:3 · 1:1
  Quality  Basic (low), 5 credits · Standard (medium), 8 credits · Premium (high), 20 credits [Members only]
"""


def test_for_people(workdir: Path, call: Callable[..., Any]) -> None:
    """The text form shows labels, prices and locks."""
    assert workdir.is_dir()
    assert call("catalog", "--format", "text") == (0, PEOPLE, "")
    assert call("catalog", "--format", "text", "--grant", "member").out == PEOPLE.replace(" [Members only]", "")


def test_for_programs(workdir: Path, call: Callable[..., Any]) -> None:
    """Without a terminal, and on request, the catalog is JSON."""
    for words in (("catalog",), ("catalog", "--format", "json")):
        code, out, err = call(*words)
        assert (code, err) == (0, "")
        assert json.loads(out) == json.loads(json.dumps(load(workdir / "rules").catalog()))
    assert json.loads(call("catalog", "--grant", "member").out)["digest"] == load().catalog(["member"])["digest"]


def test_badges_defaults_and_languages(workdir: Path, call: Callable[..., Any]) -> None:
    """Badges and defaults are shown in the asked language, and one credit is written in the singular."""
    path = workdir / "rules" / "gpt-image-2.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("name: GPT-Image-2", "name: {en: Pixel, de: Bildpunkt}\nbadges: [{text: {en: New, de: Neu}}]")
    text = text.replace("label: Basic, credits: 5}", "label: Basic, credits: 1, badges: [{text: Hot}]}")
    text = text.replace("    send: image_generation", "    default: low\n    send: image_generation")
    example = 'examples: [{select: {ratio: "3:2"}, expect: {status: allowed, credits: 1}}]\n'
    path.write_text(text.split("examples:", maxsplit=1)[0] + example, encoding="utf-8")
    shared = workdir / "rules" / "_shared.yaml"
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


def test_a_broken_file_is_left_out_with_a_note(workdir: Path, call: Callable[..., Any]) -> None:
    """The model of a broken file is left out: the rest is printed, a note goes to standard error, and the exit code is 1."""
    (workdir / "rules" / "gpt-image-2.yaml").write_text("name: [", encoding="utf-8")
    code, out, err = call("catalog", "--format", "json")
    assert code == 1
    assert [model["id"] for model in json.loads(out)["models"]] == ["nano-banana-2"]
    assert err == "imgrules: rules/gpt-image-2.yaml has mistakes, so it is left out; run `imgrules check rules`\n"


def test_a_broken_file_costs_its_own_model_only(workdir: Path, call: Callable[..., Any]) -> None:
    """Other models are decided with exit code 0; the model of the broken file gives exit code 2."""
    (workdir / "rules" / "gpt-image-2.yaml").write_text("name: [", encoding="utf-8")
    code, out, err = call("decide", "nano-banana-2", "--ratio", "1:1", "--quality", "1K")
    assert (code, out) == (0, "allowed nano-banana-2 ratio 1:1, quality 1K: credits unknown\n")
    assert "rules/gpt-image-2.yaml has mistakes" in err
    code, out, err = call("decide", "gpt-image-2", "--ratio", "1:1", "--quality", "low")
    assert (code, out) == (2, "")
    assert "run `imgrules check rules`" in err


def test_a_broken_shared_file_costs_all(workdir: Path, call: Callable[..., Any]) -> None:
    """With a broken shared file every command gives exit code 2."""
    (workdir / "rules" / "_shared.yaml").write_text("language: 2\n", encoding="utf-8")
    for words in (("catalog",), ("decide", "gpt-image-2"), ("emit", "nano-banana-2")):
        code, out, err = call(*words)
        assert (code, out) == (2, "")
        assert "rules/_shared.yaml has mistakes" in err


def test_every_kind_of_option(wide_table: Path, call: Callable[..., Any]) -> None:
    """Numbers, lists and optional options are described in words; a promotional price has the regular one beside it."""
    out = call("catalog", "--format", "text", "--rules", str(wide_table), "--at", "2026-11-22").out
    assert out.endswith(
        """\
Wide (wide) [Hot]
  Ratio       16:9 · 1:1, the nearest is used
  Quality     low, 2 credits · old, 3 credits · high, 5 credits (8) [Members only]
  outputs     1 to 4, default 1
  guidance    1 to 5 in steps of 0.5, optional
  references  at most 2 texts, optional
  seed        at least 0, optional, no effect with quality low
at 2026-11-22, until 2026-12-01
"""
    )
    later = call("catalog", "--format", "text", "--rules", str(wide_table), "--at", "2027-06-01").out
    assert "  Quality     low, 2 credits · high, 8 credits [Members only]\n" in later
    assert "\nat " not in later


ODD = """
name: Odd
type: image
provider: studio
model: odd
options:
  ratio: {ratio: {min: "1:3", max: "3:1"}, when: {mode: edit}}
  mode: {send: mode, values: [make, edit], default: make}
  size: {send: size, default: auto, values: [auto], size: {edge: {min: 512, max: 3840, step: 16}, area: {max: 8294400}}}
  canvas: {send: canvas, size: {ratio: {max: "3:1"}}, optional: true}
  strength: {send: s, number: {min: 0, max: 1, step: any}, default: {by: [mode], table: {make: 0.5, edit: 1}}}
  any: {send: any, number: {}, optional: true}
  note: {send: note, text: {min: 1, max: 400, unit: words}, optional: true}
  free: {send: free, text: {}, optional: true}
  tags: {send: tags, list: {min: 1, max: 2}, values: [ink, oil, clay], optional: true}
  images: {send: images, list: {}, optional: true}
  kind: {of: images, values: {none: {max: 0}, some: {min: 1}}}
  pixels: {of: canvas, measure: pixels, unit: 1000000}
credits:
  base: {by: [kind], table: {none: 2, some: 3.5}}
  times: [{factor: 2, when: {mode: edit, images: {min: 2}}}]
  plus: [{credits: 1, per: pixels, beyond: 1}]
  each: outputs
limits: [{when: {mode: {not: edit}, any: {not: (none)}}, ignores: [free]}]
"""


def test_odd_options(workdir: Path, call: Callable[..., Any]) -> None:
    """Ratios, sizes, texts, conditions, computed options and formulas are described in words too."""
    text = ODD.replace("  mode:", "  outputs: {send: n, number: {min: 1, max: 1}, default: 1}\n  mode:")
    text += "examples: [{select: {}, expect: {status: allowed, credits: 2}}]\n"
    (workdir / "rules" / "odd.yaml").write_text(text, encoding="utf-8")
    code, out, err = call("catalog", "--format", "text")
    assert (code, err) == (0, "")
    assert out.endswith(
        """\
Odd (odd)
  Ratio     aspect ratio 1:3 to 3:1, only with mode edit
  outputs   1, default 1
  mode      make, default · edit
  size      auto, default · WIDTHxHEIGHT, edges 512 to 3840 in steps of 16, at most 8294400 pixels
  canvas    WIDTHxHEIGHT, aspect ratio at most 3:1, optional
  strength  0 to 1 in any decimals, default by mode
  any       any whole number, optional
  note      text of at most 400 words, optional
  free      text, optional, no effect with mode not edit and any given
  tags      ink · oil · clay · 1 to 2 of these, optional
  images    any number of texts, optional
  kind      none where at most 0 · some where at least 1, computed from images
  pixels    computed from canvas in units of 1000000 pixels
  credits   2 to 3.5, with a factor for mode and images and surcharges of 1 for pixels, for each of outputs
"""
    )


def test_a_model_that_is_not_sold_is_left_out(workdir: Path, call: Callable[..., Any]) -> None:
    """A retired model is in no catalog of a later moment."""
    path = workdir / "rules" / "gpt-image-2.yaml"
    text = path.read_text(encoding="utf-8").replace("examples:", 'until: "2027-01-01"\nuse: nano-banana-2\nexamples:')
    path.write_text(re.sub("  - {select", '  - {at: "2026-11-22", select', text), encoding="utf-8")
    assert "(gpt-image-2)" in call("catalog", "--format", "text", "--at", "2026-12-31").out
    assert call("catalog", "--format", "text", "--at", "2027-01-01").out.startswith("Nano Banana 2 (nano-banana-2)\n")
    assert "(gpt-image-2)" not in call("catalog", "--format", "text", "--at", "2027-01-01").out


PRICED = """\
name: Odd
type: image
provider: p
model: odd
options:
  quality: {send: quality, values: [low, high]}
  size: {send: size, size: {}}
  count: {send: n, number: {min: 1, max: 4}, default: 1}
"""


@pytest.mark.parametrize(
    ("credits_", "shown"),
    [
        (
            (
                "{base: 0, plus: [{credits: {by: [quality], table: {low: 1, high: 2}}, when: {size: 64x64}},"
                " {credits: unknown, when: {size: {not: 64x64}}}]}"
            ),
            "only surcharges of 1 to 2 for size and Quality, some of them unknown",
        ),
        ("{base: 0, plus: [{credits: 2, per: count}]}", "only surcharges of 2 for count"),
        (
            "{base: 0, plus: [{credits: {by: [quality], table: {high: unknown}}}]}",
            "only surcharges for Quality, some of them unknown",
        ),
        (
            "{base: 0, plus: [{credits: 2}, {credits: 0.5}, {credits: 1, when: {quality: high}}]}",
            "2.5, with surcharges of 1 for Quality",
        ),
        ("{base: 0, plus: [{credits: 2}]}", "2"),
        ("{base: 0, each: count}", "0, for each of count"),
        ("{base: 2.5, each: count, round: {up: 1}}", "2.5, for each of count, rounded up to a multiple of 1"),
        (
            "{base: 2, times: [{factor: 1.5, when: {quality: high}}], plus: [{credits: 1}], round: {nearest: 0.5}}",
            "2, with a factor for Quality and surcharges of 1 for all, rounded to the nearest multiple of 0.5",
        ),
        ("{base: unknown, plus: [{credits: 2, per: count}]}", "unknown, with surcharges of 2 for count"),
        (
            "{base: 0, times: [{factor: 2, when: {quality: high}}], plus: [{credits: 1, per: count}]}",
            "only surcharges of 1 for count",
        ),
    ],
)
def test_a_price_in_parts(workdir: Path, call: Callable[..., Any], credits_: str, shown: str) -> None:
    """A price formula shows no price that no selection has: constant surcharges are added, and a base of 0 is not shown."""
    (workdir / "rules" / "odd.yaml").write_text(f"{PRICED}credits: {credits_}\n", encoding="utf-8")
    line = call("catalog", "--format", "text").out.splitlines()[-1]
    assert line.split("credits", 1)[1].strip() == shown


def test_a_surcharge_has_the_currency_of_its_price(workdir: Path, call: Callable[..., Any]) -> None:
    """An amount of a currency names it, as the base does."""
    shared = workdir / "rules" / "_shared.yaml"
    shared.write_text(shared.read_text("utf-8").replace("language: 1", "language: 1\ncurrency: USD", 1), "utf-8")
    (workdir / "rules" / "odd.yaml").write_text(
        f"{PRICED}credits: {{base: 0.1, plus: [{{credits: 0.02, per: count}}]}}\n", "utf-8"
    )
    line = call("catalog", "--format", "text").out.splitlines()[-1]
    assert line == "  price    0.1 USD, with surcharges of 0.02 USD for count"


FLAT = """\
name: Flat
type: image
provider: p
model: flat
options:
  task: {send: task, values: [make, edit, mix]}
  logo: {send: logo, values: ["on", "off"]}
  mask: {send: mask, text: {}, when: {task: {not: [make, mix]}}}
  steps: {send: steps, number: {min: 1, max: 9}, when: {task: {not: make}}}
  seed: {send: seed, number: {}, optional: true, when: {steps: {min: 2, not: [3, 4]}}}
  other: {send: other, text: {}, optional: true, when: {seed: {not: [(none), 7]}}}
"""


@pytest.mark.parametrize(
    ("price", "task", "last"),
    [
        ("credits: 4", "make · edit · mix", "credits  4"),
        ('promotion: {credits: 3, until: "2027-01-01"}\ncredits: 4', "make · edit · mix", "credits  3 (regularly 4)"),
        (
            "credits: {by: task, table: {make: 4, edit: about 4, mix: 4}}",
            "make, 4 credits · edit, about 4 credits · mix, 4 credits",
            "",
        ),
        ("credits: {by: task, table: {make: 4, edit: 5, mix: unknown}}", "make, 4 credits · edit, 5 credits · mix", ""),
        (
            "values: {make: {credits: 3}, edit: {credits: 4, promotion: {credits: 3, until: '2027-01-01'}}, mix: {credits: 3}}",
            "make, 3 credits · edit, 3 credits (4) · mix, 3 credits",
            "",
        ),
    ],
)
def test_prices_stand_where_values_decide_them(
    workdir: Path, call: Callable[..., Any], price: str, task: str, last: str
) -> None:  # fmt: skip
    """A price that all values of an option have is that of the model; conditions that exclude several values are unambiguous."""
    text = FLAT.replace("values: [make, edit, mix]", price) if price.startswith("values:") else f"{FLAT}{price}\n"
    (workdir / "rules" / "flat.yaml").write_text(text, encoding="utf-8")
    lines = call("catalog", "--format", "text", "--at", "2026-11-22").out.partition("Flat (flat)\n")[2].splitlines()
    texts = dict(re.findall(r"  (\w+) +(.+)", "\n".join(lines)))
    assert (texts["task"], texts["logo"]) == (task, "on · off")
    assert texts.get("credits", "") == last.removeprefix("credits  ")
    assert texts["mask"] == "text, only with task neither make nor mix"
    assert texts["steps"] == "1 to 9, only with task not make"
    assert texts["seed"] == "any whole number, optional, only with steps neither 3 nor 4 and steps at least 2"
    assert texts["other"] == "text, optional, only with seed given and seed not 7"


def test_a_price_by_a_rule_is_shown_with_what_its_table_has(call: Callable[..., Any]) -> None:
    """No offer has such a price, so the text shows the amounts of the table."""
    gap = Path(__file__).parents[1] / "gaps" / "price-table-by-a-size-rule"
    code, out, _ = call("catalog", "--format", "text", "--rules", str(gap))
    assert (code, out.splitlines()[-1]) == (0, "  credits  0.005 to 0.211, or unknown")


EMPTY = {
    "_shared": "language: 1\ntypes: {t: {model: {send: m}}}\ngates: {member: {opens_with: [member], label: Members only}}\n",
    "bare": "name: Bare\nmodel: bare\ngate: member\n",
    "late": 'name: Late\nmodel: late\ngate: member\noptions: {style: {label: Style, send: s, values: {dry: {from: "2027-01-01"}}, optional: true}}\n',
}
LINES = """\
Bare (bare) [Members only]
  no options, and no price is stated
Late (late) [Members only]
  Style  no value at present, optional
at 2026-11-22, until 2027-01-01
"""


def test_where_there_is_nothing_to_list(tmp_path: Path, call: Callable[..., Any]) -> None:
    """A locked model says so where no value does, and an option without values, and a model without anything, say that."""
    for name, text in EMPTY.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert call("catalog", "--rules", str(tmp_path), "--at", "2026-11-22", "--format", "text").out == LINES
