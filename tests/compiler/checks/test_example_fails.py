"""An example whose expectation does not hold is reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from imgrules.compiler.build import Build
from imgrules.compiler.checks.example_fails import CODE
from imgrules.compiler.report.diagnostics import Diagnostic

EXPECT = "expect: {status: allowed, credits: 5}"


def _failure(build_with: Callable[..., Build], *edits: tuple[str, str]) -> Diagnostic:
    (failure,) = [diagnostic for diagnostic in build_with(*edits).report.diagnostics if diagnostic.code.id == "IR401"]
    return failure


def test_status(places_of: Callable[..., list[str]]) -> None:
    """A wrong status is reported."""
    assert places_of("IR401", ("status: allowed", "status: locked")) == ["nano.yaml:13:53 status: locked"]


def test_credits(places_of: Callable[..., list[str]]) -> None:
    """A wrong price is reported."""
    assert places_of("IR401", ("credits: 5}}", "credits: 6}}")) == ["nano.yaml:13:70 credits: 6"]


def test_every_difference(build_with: Callable[..., Build]) -> None:
    """An example that fails is reported once, with every expectation that does not hold."""
    failure = _failure(
        build_with,
        (EXPECT, "expect: {status: locked, credits: 6, gate: member, because: not_offered, body: {output.ratio: '16:9'}}"),
    )
    assert failure.message == (
        "`status` is `allowed`, but `locked` is expected; `credits` is `5`, but `6` is expected; "
        "there is no `gate`, but `member` is expected; there is no `because`, but `not_offered` is expected; "
        '`output.ratio` is `"1:1"`, but `"16:9"` is expected'
    )
    assert [
        spot.excerpt[spot.start.column - 1 - spot.cut : spot.end.column - 1 - spot.cut]
        for spot in (failure.spot, *failure.related)
    ] == [
        "status: locked",
        "credits: 6",
        "gate: member",
        "because: not_offered",
        "output.ratio: '16:9'",
    ]
    assert failure.edits == ()


@pytest.mark.parametrize(
    "expect",
    [
        "{status: locked, credits: 6}",
        "{credits: unknown}",
        "{gate: member, status: allowed}",
        "{body: {output.ratio: '16:9'}}",
        "{body: {output.ratio: (none)}, status: allowed}",
        "{body: {output.nothing: x}, status: allowed}",
    ],
)
def test_what_to_expect(build_with: Callable[..., Build], places_of: Callable[..., list[str]], expect: str) -> None:
    """An example that expects what the hint says passes."""
    hint = _failure(build_with, (EXPECT, f"expect: {expect}")).hint.removeprefix("if the rules are right, expect ")
    lines = [part.strip("`") for part in hint.split(" and ") if not part.startswith("no ")]
    expectations = [line if line.partition(":")[0] in KEYS else f"body: {{{line}}}" for line in lines]
    assert places_of("IR401", (EXPECT, f"expect: {{{', '.join(expectations) or 'status: allowed'}}}")) == []


KEYS = {"status", "credits", "gate", "because", "note", "regular", "body"}


def test_several_notes(build_with: Callable[..., Build]) -> None:
    """Several notes are shown as a list, in the form that an example takes."""
    edits = (
        ('values: ["16:9", "1:1"]', 'aliases: [shape]\n    values: {"16:9": {aliases: [wide]}, "1:1": {}}\n    default: "1:1"'),
        ("examples:", "limits: [{when: {quality: low}, ignores: ratio}]\nexamples:"),
        (
            '{ratio: "1:1", quality: low}, expect: {status: allowed, credits: 5}',
            "{ratio: wide, quality: low}, expect: {note: ignored}",
        ),
    )
    failure = _failure(build_with, *edits)
    assert failure.message == "`note` is `[alias, ignored]`, but `ignored` is expected"
    assert failure.hint == "if the rules are right, expect `note: [alias, ignored]`"


def test_a_path_that_nothing_is_sent_at(build_with: Callable[..., Build]) -> None:
    """The path that was probably meant is offered, and not to expect nothing there: such an example would prove nothing."""
    old, new = "expect: {status: allowed, credits: 5}", "expect: {status: allowed, credits: 5, body: {PATH: 1}}"
    hints = {
        "output.qualty": "did you mean `output.quality`?",
        "ouput.quality": "did you mean `output.quality`?",
        "output.style": "if the rules are right, expect `output.style: (none)`",
        "unlike.any": "if the rules are right, expect `unlike.any: (none)`",
    }
    assert {path: _failure(build_with, (old, new.replace("PATH", path))).hint for path in hints} == hints


@pytest.mark.parametrize(
    ("dates", "moment"),
    [
        ("from: '2026-12-01'", "2026-12-01"),
        ("until: '2026-12-01'", "2026-11-30"),
        ("from: '2030-02-01T09:30:00Z', until: '2031-03-01'", "2030-02-01T09:30:00Z"),
        ("until: '0001-01-01'", "0001-01-01"),
    ],
)
def test_no_moment(build_with: Callable[..., Build], dates: str, moment: str) -> None:
    """An example that needs a moment and has none is reported with that reason alone, and a moment at which it passes, if any."""
    failure = _failure(build_with, ("label: Basic, credits: 5", f"label: Basic, credits: 5, {dates}"))
    assert failure.message == "this example has no `at`, but the model changes over time"
    assert failure.hint == f'add a date in quotes beside `select:`, such as `at: "{moment}"`'
    dated = (
        ("label: Basic, credits: 5", f"label: Basic, credits: 5, {dates}"),
        ('- {select: {ratio: "1:1", quality: low},', f'- {{at: "{moment}", select: {{ratio: "1:1", quality: low}},'),
    )
    failing = [found.spot for found in build_with(*dated).report.diagnostics if found.code is CODE]
    assert bool(failing) is (moment == "0001-01-01")


def test_an_alias_of_the_model(places_of: Callable[..., list[str]]) -> None:
    """An example may name its model by an alias, but may not name another model."""
    alias = ("model: nano\n", "model: nano\naliases: {old-nano: '2027-01-01'}\n")
    by_alias = ('{ratio: "1:1"', '{model: old-nano, ratio: "1:1"')
    at = ("expect: {", "at: '2026-11-22', expect: {note: alias, ")
    assert places_of("IR401", alias, by_alias, at) == places_of("IR402", alias, by_alias, at) == []
    assert places_of("IR402", by_alias) == ["nano.yaml:13:15 model"]
    ended = ("expect: {status: allowed, credits: 5}", "at: '2027-01-01', expect: {because: unknown_model}")
    assert places_of("IR401", alias, by_alias, ended) == []


REPAIRED = [
    ("use: {ratio: '16:9'}", "use: {ratio: '1:1'}"),
    ("use: {ratio: (none)}", "use: {ratio: '1:1'}"),
    ("use: {ratio: '1:1', quality: low}", "use: {ratio: '1:1'}"),
]


@pytest.mark.parametrize(("expected", "right"), REPAIRED, ids=[expected for expected, _ in REPAIRED])
def test_first_repair(build_with: Callable[..., Build], expected: str, right: str) -> None:
    """An example may expect the first repair, all of it; a failure shows it as it is typed."""
    wrong = ('{select: {ratio: "1:1"', "{select: {ratio: 1x1")
    failure = _failure(build_with, wrong, (EXPECT, f"expect: {{{expected}}}"))
    assert failure.message.startswith('`use` is `{ratio: "1:1"}`, but `{ratio: ')
    assert build_with(wrong, (EXPECT, f"expect: {{{right}}}")).report.errors == ()


def test_a_repair_that_leaves_out(build_with: Callable[..., Build]) -> None:
    """What the first repair leaves out is `(none)`; without a repair there is no `use`."""
    seed = ("  quality:\n", "  seed: {send: seed, number: {min: 1, max: 9}, optional: true}\n  quality:\n")
    limit = ("examples:", "limits: [{only: {seed: {min: 12}}}]\nexamples:")
    picked = ("quality: low}", "quality: low, seed: 5}")
    expected = (EXPECT, "expect: {use: {seed: (none)}}")
    assert not [error for error in build_with(seed, picked, expected, limit).report.errors if error.code.id == "IR401"]
    failure = _failure(build_with, (EXPECT, "expect: {use: {quality: high}}"))
    assert failure.message == 'there is no `use`, but `{quality: "high"}` is expected'


def test_a_boolean_is_no_number(build_with: Callable[..., Build]) -> None:
    """A repair that sets a switch is not satisfied by 1."""
    switch = ("  quality:\n", "  flag: {send: flag, values: [true, false]}\n  quality:\n")
    picked = ("quality: low}", "quality: low, flag: 'true'}")
    assert build_with(switch, picked, (EXPECT, "expect: {use: {flag: true}}")).report.errors == ()
    failure = _failure(build_with, switch, picked, (EXPECT, "expect: {use: {flag: 1}}"))
    assert failure.message == "`use` is `{flag: true}`, but `{flag: 1}` is expected"


LENGTHS = [
    ("prompt: {length: 100}", "status: allowed"),
    ("prompt: {length: 101}", "because: text_length"),
    ("prompt: {length: 0}", "because: text_length"),
    ("names: {length: 2}", "status: allowed"),
    ("list: {length: 3}", "because: out_of_range"),
    ("aside: {length: 3, unit: words}", "status: allowed"),
    ("aside: {length: 4, unit: words}", "because: text_length"),
]


@pytest.mark.parametrize(("picked", "expected"), LENGTHS, ids=[picked for picked, _ in LENGTHS])
def test_length(build_with: Callable[..., Build], picked: str, expected: str) -> None:
    """An example gives a long text, or a list with many entries, by its length; an alias of a list is a list too."""
    options = (
        "  quality:\n",
        """\
  names: {send: names, list: {max: 2}, optional: true, aliases: {list: '2030-01-01'}}
  aside: {send: aside, text: {max: 3, unit: words}, optional: true}
  quality:
""",
    )
    picks, expects = ("quality: low}", f"quality: low, {picked}}}"), (EXPECT, f"at: '2026-01-01', expect: {{{expected}}}")
    assert build_with(options, picks, expects).report.errors == ()


def test_grants(places_of: Callable[..., list[str]]) -> None:
    """An example is decided with the grants that it names."""
    assert (
        places_of(
            "IR401",
            (
                "quality: low}, expect: {status: allowed, credits: 5}",
                "quality: high}, grants: [member], expect: {status: allowed, credits: 8}",
            ),
        )
        == []
    )


def test_no_price(places_of: Callable[..., list[str]]) -> None:
    """An impossible selection has no price, not even an unknown one."""
    assert places_of(
        "IR401",
        (
            'ratio: "1:1", quality: low}, expect: {status: allowed, credits: 5}',
            'ratio: "9:9", quality: low}, expect: {credits: unknown}',
        ),
    ) == ["nano.yaml:13:53 credits: unknown"]


def test_exact(places_of: Callable[..., list[str]]) -> None:
    """Prices are compared by their exact value, however they are written."""
    assert places_of("IR401", ("credits: 5}\n", "credits: 0.30}\n"), ("credits: 5}}", "credits: 0.3}}")) == []


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """An example whose expectation holds is accepted."""
    assert places_of("IR401") == []
