"""No change of one part of the rules is hidden by what another part changes."""

from __future__ import annotations

import pytest

from imgrules.views.diff.diff_records import Diff
from tests.views.diff.sides import PACKAGED, difference, edited, told

SEED = "  seed: {send: extra_config.seed, number: {min: 0, max: 9}, when: {quality: high}, default: 3}\nexamples:"
WITH_DEFAULT = edited("gpt-image-2", ("examples:", SEED))
NUMBERS = "".join(f"  n{at}: {{send: extra_config.n{at}, number: {{min: 0, max: 99}}, default: 1}}\n" for at in range(6))
TOTAL = "  all: {of: [n0, n1, n2, n3, n4], measure: total}\n"
LARGE = edited("gpt-image-2", ("examples:", f"{NUMBERS}{TOTAL}{SEED}"), ("when: {quality: high}", "when: {all: {min: 250}}"))
"""A model of which only a sample is tried, with a condition on the total of five numbers."""


EDITOR = {
    "_shared": "language: 1\ntypes: {image: {body: {}}}\n",
    "editor": (
        "options:\n  task: {send: task, values: [draw, fill, vary], default: draw}\n"
        "  image: {send: image, text: {}, when: {task: [fill, vary]}}\n"
        "  mask: {send: mask, text: {}, when: {task: fill}}\n"
        "  style: {send: style, text: {}, optional: true}\n"
        "  weight: {send: weight, number: {min: 0, max: 99}, optional: true}\n"
        + "".join(f"  n{at}: {{send: n{at}, number: {{min: 0, max: 99}}, default: 1}}\n" for at in range(6))
        + "limits: [{when: {weight: {not: (none)}}, needs: style}]\n"
        "credits: {by: task, table: {draw: 2, fill: 2, vary: 2}}\n"
    ),
}
"""A model of which only a sample is tried, with a task that needs two further options, and a number that needs one."""


def edit(*replaced: tuple[str, str]) -> Diff:
    """Return the difference that an edit of the model with the large space makes."""
    return difference(LARGE, edited("gpt-image-2", *replaced, of=LARGE))


def test_a_default_that_is_sent_now() -> None:
    """Requests that pick nothing send something else, whether an option appears or its condition changes."""
    sent = "risky default-changed {}: seed is 3 in place of none where nothing is picked"
    widened = edited("gpt-image-2", ("when: {quality: high}", "when: {quality: [medium, high]}"), of=WITH_DEFAULT)
    assert sent.format("quality medium") in told(difference(WITH_DEFAULT, widened))
    assert sent.format("quality high") in told(difference(PACKAGED, WITH_DEFAULT))
    always = edited("gpt-image-2", (" when: {quality: high},", ""), of=WITH_DEFAULT)
    assert sent.format("the model") in told(difference(PACKAGED, always))
    assert "breaking option-removed the seed can no longer be picked" in told(difference(always, PACKAGED))
    default = edited("gpt-image-2", ("default: 3", "default: 4"), of=WITH_DEFAULT)
    assert told(difference(WITH_DEFAULT, default)) == ["risky default-changed seed: default 3 -> 4"]


@pytest.mark.parametrize(
    "beside",
    [("credits: 5", "credits: 6"), ("max: 99}, default: 1}", "max: 99}, default: 2}")],
    ids=["price", "default"],
)
def test_a_condition_of_a_sample(beside: tuple[str, str]) -> None:
    """Where no tried selection has to show a changed condition, it has a line of its own beside whatever else changes."""
    diff = edit(("all: {min: 250}", "all: {min: 251}"), beside)
    assert "risky condition-changed conditions of options differ; no tried selection shows that alone" in told(diff)


@pytest.mark.parametrize(
    ("replaced", "line"),
    [
        (("fill: 2", "fill: 4"), "price price-raised task fill: 2 -> 4 credits (+100 %)"),
        (("{send: weight,", "{send: heft,"), "breaking sent-moved weight 0 to 99: sent at heft in place of weight"),
    ],
    ids=["price", "sent"],
)
def test_what_needs_other_picks_is_tried_with_them(replaced: tuple[str, str], line: str) -> None:
    """In a sample too, each value is tried with what it needs: options that have to be picked there, and those of a limit."""
    assert told(difference(EDITOR, edited("editor", replaced, of=EDITOR))) == [line]


@pytest.mark.parametrize(
    ("replaced", "lines"),
    [
        (
            ("fill: 2", "fill: 4"),
            ["price formula-changed prices of combinations differ; no tried selection shows that alone"],
        ),
        (
            ("values: [draw, fill, vary]", "values: {draw: {}, fill: {gate: club}, vary: {}}"),
            ["risky rules-changed gates of combinations differ; no tried selection shows that alone"],
        ),
    ],
    ids=["price", "gate"],
)
def test_a_combination_that_no_sample_reaches(replaced: tuple[str, str], lines: list[str]) -> None:
    """A price of a combination that needs a great total is a change of price, although no tried selection has it."""
    files = fill("only: {all: {min: 480}}")
    assert told(difference(files, edited("editor", replaced, of=files))) == lines


NEVER = "}, {".join(("only: {n5: {max: 50}}", *(f"never: {{task: fill, n{at}: {{max: 98}}}}" for at in range(5))))
FIVE = ", ".join(f"n{at}: {{min: 50}}" for at in range(5))


@pytest.mark.parametrize(
    ("rule", "replaced", "line"),
    [
        (f"only: {{{FIVE}}}", ("fill: 2", "fill: 4"), "price price-raised task fill: 2 -> 4 credits (+100 %)"),
        (
            NEVER,
            ("fill: 2", "fill: 4"),
            "price price-raised task fill: 2 -> 4 credits (+100 %)",
        ),
        (
            "only: {n5: {max: 50}}",
            ("credits:", f"gates: [{{when: {{task: vary, {FIVE}}}, gate: club}}]\ncredits:"),
            "breaking gate-added task vary, n0 50, n1 50, n2 50, n3 50, n4 50: now locked by `club`",
        ),
        (
            "only: {n5: {max: 50}}",
            ("{send: style, text: {}, optional: true}", f"{{send: style, text: {{}}, when: {{{FIVE}}}}}"),
            "breaking option-required style has to be picked",
        ),
    ],
    ids=["only", "never", "gate", "when"],
)
def test_a_rule_about_several_numbers_is_tried_where_it_applies(rule: str, replaced: tuple[str, str], line: str) -> None:
    """In a sample too, what a limit asks is picked, and the condition of each rule is met."""
    files = fill(rule)
    assert line in told(difference(files, edited("editor", replaced, of=files)))


def fill(rule: str) -> dict[str, str]:
    """Return the model with the tasks, with a limit of one of them."""
    files = edited("_shared", ("types:", "gates: {club: {opens_with: [club], label: Club}}\ntypes:"), of=EDITOR)
    return edited("editor", ("limits: [", f"{TOTAL}limits: [{{when: {{task: fill}}, {rule}}}, "), of=files)


def test_a_condition_that_is_shown_has_no_line_of_its_own() -> None:
    """Where no sample is needed, a changed price beside a changed condition adds nothing."""
    optional = edited("gpt-image-2", ("default: 3", "optional: true"), of=WITH_DEFAULT)
    both = edited(
        "gpt-image-2", ("when: {quality: high}", "when: {quality: [medium, high]}"), ("credits: 5", "credits: 6"), of=optional
    )
    assert [line.split()[1] for line in told(difference(optional, both))] == ["price-raised", "combination-added"]


def test_a_model_that_has_ended_answers_nothing() -> None:
    """What is sent by a model that nobody can pick is no change that was not tried."""
    ended = edited("gpt-image-2", ("name: GPT", 'until: "2026-01-01"\nname: GPT'), of=WITH_DEFAULT)
    after = edited("gpt-image-2", ("model: gpt-image-2", "model: gpt-image-3"), of=ended)
    lines = told(difference(ended, after, "2026-06-01T00:00:00Z"))
    assert lines == ["cosmetic rules-rewritten the parts of the body differ, and every answer is the same"]


def test_a_type_that_no_model_has() -> None:
    """Where the provider of a type is sent is told by the bodies of its models; without one, it has a line of its own."""
    typed = ("provider:", "type: image\nprovider:")
    spare = edited("nano-banana-2", typed, of=edited("gpt-image-2", typed))
    spare = edited("_shared", ("types:\n", "types:\n  spare: {provider: {send: by}, model: {send: model}}\n"), of=spare)
    moved = edited("_shared", ("{send: by}", "{send: maker}"), of=spare)
    unsent = edited("_shared", ("{send: by}", "{send: false}"), of=spare)
    line = "cosmetic rules-rewritten the place of the provider in the type spare, which no model has"
    assert told(difference(spare, moved)) == told(difference(spare, unsent)) == [line]
