"""`imgrules test` runs the examples: what fails is shown with all that differs, and what was not run is never a success."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

pytestmark = pytest.mark.usefixtures("workdir")

NANO, GPT = Path("rules/nano-banana-2.yaml"), Path("rules/gpt-image-2.yaml")
SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "test.schema.json").read_text("utf-8"))


def edit(path: Path, *edits: tuple[str, str]) -> None:
    """Replace pieces of a file, each once."""
    text = path.read_text("utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")


def test_all_pass(call: Callable[..., Any]) -> None:
    """Without a failure there is one line for each model, and the exit code is 0; a named file is tested alone."""
    assert call("test") == (
        0,
        (
            f"{NANO}: nano-banana-2: 4 examples passed\n{GPT}: gpt-image-2: 4 examples passed\n\n"
            "2 models tested, 8 examples run: all passed\n"
            "reached: 7 of 12 values, 2 of 2 gates, 2 of 3 prices (64 %)\n"
        ),
        "",
    )
    assert call("test", str(GPT)).out.startswith(f"{GPT}: gpt-image-2: 4 examples passed\n\n1 model tested")


FAILED = f"""\
{NANO}: nano-banana-2: 4 examples passed
{GPT}: gpt-image-2: 1 of 4 examples failed

failed: example 2 of gpt-image-2
  --> {GPT}:16:54
   |
16 |   - {{select: {{ratio: "3:2", quality: high}}, expect: {{status: allowed, gate: friend, body: {{type: video}}}}}}
   |                                                      ^^^^^^^^^^^^^^^
   |
16 |   - {{select: {{ratio: "3:2", quality: high}}, expect: {{status: allowed, gate: friend, body: {{type: video}}}}}}
   |                                                                       ^^^^^^^^^^^^
   |
16 |   - {{select: {{ratio: "3:2", quality: high}}, expect: {{status: allowed, gate: friend, body: {{type: video}}}}}}
   |                                                                                            ^^^^^^^^^^^
   = status     expected `allowed`, got `locked`
   = gate       expected `friend`, got `member`
   = body.type  expected `video`, got `(none)`
   = help: the rules say locked: Members only (gate `member`): upgrade

2 models tested, 8 examples run: 1 failed
reached: 7 of 12 values, 2 of 2 gates, 2 of 3 prices (64 %)
"""


def test_a_failure_is_shown_with_all_that_differs(call: Callable[..., Any]) -> None:
    """Each key that differs is marked, and named with what is expected and what the rules say; the exit code is 1."""
    edit(GPT, ("{status: locked, gate: member}", "{status: allowed, gate: friend, body: {type: video}}"))
    assert call("test") == (1, FAILED, "")


def test_json_follows_its_schema(call: Callable[..., Any]) -> None:
    """The document says of each example whether it passed, and is what the published schema describes."""
    edit(GPT, ("credits: 5}}", "credits: 6}}"))
    edit(NANO, ("values: [", "value: ["))
    code, out, _ = call("test", "--format", "json")
    document = json.loads(out)
    assert list(Draft202012Validator(SCHEMA).iter_errors(document)) == []
    assert (code, document["examples"], document["failed"], document["models"]) == (2, 4, 1, 1)
    assert [(error["code"], error["line"]) for error in document["errors"]] == [("IR101", 7)]
    (failed,) = (result for result in document["results"] if not result["passed"])
    assert {key: failed[key] for key in ("model", "example", "over", "line")} == {
        "model": "gpt-image-2",
        "example": 1,
        "over": {},
        "line": 15,
    }
    (difference,) = failed["differences"]
    assert (difference["key"], difference["expected"], difference["got"], difference["column"]) == ("credits", "6", "5", 70)
    del document["results"][0]["passed"]
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(document)] == [
        "'passed' is a required property"
    ]


def test_what_cannot_be_tested_is_no_success(call: Callable[..., Any]) -> None:
    """A broken file, or no example at all, ends with 2; a file that is not asked for does not count."""
    edit(NANO, ("quality:", "qualty:"))
    code, out, _ = call("test")
    assert (code, "error[IR" in out, f"{GPT}: gpt-image-2: 4 examples passed" in out) == (2, True, True)
    assert out.splitlines()[-2] == "1 model tested, 4 examples run: none failed; 1 error in the rules"
    assert "1 error in the rules" in call("test", "--format", "github").out
    assert call("test", str(GPT)).code == 0
    assert call("test", str(NANO)).code == 2
    text = GPT.read_text("utf-8")
    GPT.write_text(text[: text.index("examples:")], "utf-8")
    assert call("test", str(GPT)) == (
        2,
        (
            f"{GPT}: gpt-image-2: no examples\n\n1 model tested, 0 examples run: nothing was tested\n"
            "reached: 0 of 6 values, 0 of 1 gate, 0 of 3 prices (0 %)\n"
        ),
        "",
    )
    (Path("rules") / "_shared.yaml").write_text("language: [", "utf-8")
    assert call("test", str(GPT)).code == 2


@pytest.mark.parametrize("words", [("nowhere",), ("rules", "--rules", "rules"), ("--rules", "nowhere")], ids=str)
def test_no_folder(call: Callable[..., Any], words: tuple[str, ...]) -> None:
    """Paths that are no rules, or too many, end with 2 and a message of one line."""
    code, out, err = call("test", *words)
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_no_rules_are_never_the_packaged_ones(
    call: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder without rules, nothing is tested."""
    (tmp_path / "empty" / ".git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "empty")
    code, out, err = call("test")
    assert (code, out, err[:25]) == (2, "", "imgrules: no rules found:")


def test_an_example_without_a_moment(call: Callable[..., Any]) -> None:
    """An example that needs a moment says so, whatever it expects."""
    edit(GPT, ("low: {label: Basic, credits: 5}", 'low: {label: Basic, credits: 5, until: "2030-01-01"}'))
    code, out, _ = call("test")
    assert (code, out.count("this example has no `at`")) == (1, 2)


def test_each_combination_is_named(call: Callable[..., Any]) -> None:
    """An example with `over` is run once per combination; the one that fails is named, in JSON too, and `check` counts all."""
    old = '{select: {ratio: "3:2", quality: low}, expect: {status: allowed, credits: 5}}'
    edit(
        GPT, (old, '{select: {}, over: {ratio: ["3:2", "1:1"], quality: [low, medium]}, expect: {status: allowed, credits: 5}}')
    )
    code, out, _ = call("test", str(GPT))
    assert (code, "2 of 7 examples failed" in out) == (1, True)
    assert [line for line in out.splitlines() if line.startswith("failed")] == [
        'failed: example 1 with ratio "3:2" and quality "medium" of gpt-image-2',
        'failed: example 1 with ratio "1:1" and quality "medium" of gpt-image-2',
    ]
    results = json.loads(call("test", str(GPT), "--format", "json").out)["results"]
    assert [result["over"] for result in results[:4]] == [
        {"ratio": ratio, "quality": quality} for ratio in ("3:2", "1:1") for quality in ("low", "medium")
    ]
    assert "1 file checked, 7 examples run: 1 error" in call("check", str(GPT)).out


WIDE = """
name: Wide
type: image
provider: studio
model: wide-1
credits: {base: {by: quality, table: {low: 2, high: 3, best: 9}}, plus: [{credits: 1, per: outputs, beyond: 2}], round: exact}
facts: {used: {number: {min: 0}}}
options:
  ratio: {values: ["1:1", "16:9"], default: "1:1"}
  quality: {values: {low: {until: "2026-12-01", use: high}, high: {gate: member}, best: {}}}
  outputs: {send: extra_config.count, number: {min: 1, max: 4}, default: 1}
  seed: {send: extra_config.seed, number: {min: 0}, optional: true}
  mode: {send: extra_config.mode, values: [fast], optional: true}
limits: [{when: {quality: low}, ignores: [seed, mode]}, {when: {ratio: "16:9"}, only: {outputs: {max: 2}}}]
gates: [{when: {used: {min: 10}}, gate: member}]
examples:
  - {select: {quality: best}, at: "2027-06-01", facts: {used: 3}, expect: {status: allowed, credits: 9}}
"""
MORE = [
    ("value quality low; price 2; date until 2026-12-01", "quality: low", "credits: 2"),
    ("gate member; fact used 10 or more", "quality: low} # {used: 10", "gate: member"),
    ("value quality high; price 3; gate member", "quality: high", "status: locked"),
    ("limit 2", "quality: high, ratio: '16:9', outputs: 3", "status: impossible"),
    ("limit 1", "quality: low, seed: 4", "note: ignored"),
    ("value mode fast", "quality: low, mode: fast", "note: ignored"),
    ("", "quality: low, outputs: 2", "credits: 2"),
    ("price 1", "quality: low, outputs: 3", "credits: 3"),
    ("value ratio 16:9", "quality: best, ratio: '16:9'", "credits: 9"),
]
"""Further examples of that model in November 2026, each with what it reaches that those before did not."""


def test_what_an_example_reaches(call: Callable[..., Any]) -> None:
    """Each example adds to the coverage what its decision used, and nothing else; a percentage can be required."""

    def unreached() -> list[tuple[str, str]]:
        document = json.loads(call("test", "rules/wide.yaml", "--format", "json").out)
        assert list(Draft202012Validator(SCHEMA).iter_errors(document)) == []
        return [(item["kind"], item["name"]) for item in document["coverage"]["unreached"]]

    path = Path("rules/wide.yaml")
    path.write_text(WIDE, "utf-8")
    before = unreached()
    for expected, picked, outcome in MORE:
        select, _, facts = picked.partition("} # {")
        beside = f"at: '2026-11-22', facts: {{{facts or 'used: 1'}}}"
        example = f"  - {{select: {{{select}}}, {beside}, expect: {{{outcome}}}}}\n"
        path.write_text(path.read_text("utf-8") + example, "utf-8")
        after = unreached()
        gained = [*before]
        for item in after:
            gained.remove(item)
        wanted = [tuple(item.split(" ", 1)) for item in expected.split("; ") if item]
        assert sorted(gained) == sorted(wanted), example
        before = after
    assert before == []
    assert call("test", str(path), "--min-coverage", "100 %").code == 0


CAPPED = """
name: Capped
type: image
provider: studio
model: capped-1
options: {quality: {values: {low: {credits: 4}, high: {credits: 9}}}}
examples:
  - {select: {quality: high, most: 5}, expect: {status: impossible}}
"""


def test_a_cap_reaches_the_price(call: Callable[..., Any]) -> None:
    """A selection that is refused because it costs more than its cap reaches its price, and nothing else."""
    edit(Path("rules/_shared.yaml"), ("    fields:\n", "    fields:\n      most: {send: most, cap: true, optional: true}\n"))
    path = Path("rules/capped.yaml")
    path.write_text(CAPPED, "utf-8")
    document = json.loads(call("test", str(path), "--format", "json").out)
    unreached = [item["name"] for item in document["coverage"]["unreached"]]
    assert unreached == ["quality low", "quality high", "4"]


def test_too_little_is_reached(call: Callable[..., Any]) -> None:
    """Below the percentage that is asked for, the exit code is 1, and what is not reached is listed on request."""
    assert call("test", "--min-coverage", "64").code == 0
    code, out, err = call("test", "--min-coverage", "65%", "--coverage")
    assert (code, err) == (1, "imgrules: the examples reach 11 of 17, which is less than 65 %\n")
    assert out.startswith(f"{NANO}:7:30: no example of nano-banana-2 reaches value ratio 1:1\n")
    for wrong in ("101", "-1", "many", "9" * 5000):
        assert call("test", f"--min-coverage={wrong}").code == 2


def test_examples_are_updated(call: Callable[..., Any]) -> None:
    """`--diff` shows the change and writes nothing, `--update` writes it, and a second update has nothing to do."""
    edit(
        GPT,
        ("low: {label: Basic, credits: 5}", "low: {label: Basic, credits: 6}"),
        ("credits: 20, gate: member", "credits: 20"),
    )
    before = GPT.read_text("utf-8")
    right = before.replace("allowed, credits: 5}", "allowed, credits: 6}")
    code, out, err = call("test", "--diff")
    left = (
        f"left {GPT}:16:5: example 2 of gpt-image-2: there is no `gate` that could be expected, so delete it, or expect "
        "something else\n"
    )
    assert (code, err) == (1, f"would update {GPT}: 1 example\n{left}")
    assert [line for line in out.splitlines() if line[:2] in {"- ", "+ "}] == [
        f'{sign}  - {{select: {{ratio: "3:2", quality: low}}, expect: {{status: allowed, credits: {price}}}}}'
        for sign, price in (("-", 5), ("+", 6))
    ]
    assert GPT.read_text("utf-8") == before
    document = json.loads(call("test", "--diff", "--format", "json").out)
    assert list(Draft202012Validator(SCHEMA).iter_errors(document)) == []
    assert (document["updates"]["written"], document["updates"]["files"][0]["diff"]) == (False, out)
    written = call("test", "--update")
    assert written.out.startswith(f"{out}\nupdated {GPT}: 1 example\n{left}\n{NANO}: nano-banana-2: 4 examples passed\n")
    assert (written.code, GPT.read_text("utf-8")) == (1, right)
    again = json.loads(call("test", "--update", "--format", "json").out)
    assert (again["updates"]["files"], GPT.read_text("utf-8")) == ([], right)


def test_an_update_leaves_a_path_with_a_typo(call: Callable[..., Any]) -> None:
    """An example that expects something where no rule sends anything is not made one that expects nothing there."""
    edit(
        GPT, ("expect: {status: allowed, credits: 5}", "expect: {status: allowed, body: {image_generation.modle: gpt-image-2}}")
    )
    before = GPT.read_text("utf-8")
    out = call("test", "--update").out
    assert "no rule sends `image_generation.modle`; did you mean `image_generation.model`?" in out
    assert GPT.read_text("utf-8") == before


def test_an_update_leaves_a_file_that_may_not_be_written(call: Callable[..., Any]) -> None:
    """A file without the permission to write is named, and stays as it is."""
    edit(GPT, ("low: {label: Basic, credits: 5}", "low: {label: Basic, credits: 6}"))
    before = GPT.read_bytes()
    GPT.chmod(0o444)
    code, out, err = call("test", "--update")
    assert (code, out) == (2, "")
    assert err == f"imgrules: {GPT} may not be written: nothing is changed; allow it with `chmod u+w`, and try again\n"
    assert GPT.read_bytes() == before
