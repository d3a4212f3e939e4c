"""A rename that keeps the old name as an alias is told as that alone, wherever rules name the option or the value."""

from __future__ import annotations

import pytest

from tests.views.diff.sides import difference, told

SHARED = "language: 1\ntypes: {image: {body: {}}}\ngates: {club: {opens_with: [club], label: Club}}\n"
FLAT = "credits: 2\n"

LISTED = {
    "default": ("", ", default: high", FLAT),
    "default_table": ("  mode: {send: mode, values: [a, b]}\n", ", default: {by: mode, table: {a: low, b: high}}", FLAT),
    "table": ("", "", "credits: {by: quality, table: {low: 1, high: 2}}\n"),
    "formula_table": ("", "", "credits: {base: 2, times: [{factor: {by: quality, table: {low: 1, high: 2}}}]}\n"),
    "base_by_size": (
        "  size: {send: size, size: {edge: {min: 64, max: 128, step: 64}}, values: [1024x1024]}\n",
        "",
        "credits: {by: [size, quality], table: {(other): 3, 1024x1024: {low: 1, high: 2}}}\n",
    ),
    "surcharge": ("", "", "credits: {base: 2, plus: [{credits: 1, when: {quality: high}}]}\n"),
    "surcharge_for_others": ("", "", "credits: {base: 2, plus: [{credits: 1, when: {quality: {not: high}}}]}\n"),
    "promotion": (
        "",
        "",
        f"promotion: {{until: '2099-01-01', credits: {{by: quality, table: {{low: 1, high: 2}}}}}}\n{FLAT}",
    ),
    "limit": (
        "  n: {send: n, number: {min: 1, max: 9}, default: 1}\n",
        "",
        f"limits: [{{when: {{quality: high}}, only: {{n: {{max: 5}}}}}}]\n{FLAT}",
    ),
    "never": (
        "  n: {send: n, number: {min: 1, max: 9}, default: 1}\n",
        "",
        f"limits: [{{when: {{n: {{min: 5}}}}, never: {{quality: high}}}}]\n{FLAT}",
    ),
    "needs": (
        "  mode: {send: mode, text: {min: 1}, optional: true}\n",
        ", optional: true",
        f"limits: [{{when: {{mode: {{not: (none)}}}}, needs: quality}}]\n{FLAT}",
    ),
    "ignores": (
        "  mode: {send: mode, values: [a, b]}\n",
        ", optional: true",
        f"limits: [{{when: {{mode: a}}, ignores: quality}}]\n{FLAT}",
    ),
    "ignored": (
        "  mode: {send: mode, values: [a, b], optional: true}\n",
        "",
        f"limits: [{{when: {{quality: high}}, ignores: mode}}]\n{FLAT}",
    ),
    "gate": ("", "", f"gates: [{{when: {{quality: high}}, gate: club}}]\n{FLAT}"),
    "when": ("  seed: {send: seed, number: {min: 0, max: 9}, optional: true, when: {quality: high}}\n", "", FLAT),
    "default_by": (
        "  n: {send: n, number: {min: 1, max: 9}, default: {by: quality, table: {low: 1, high: 2}}}\n",
        "",
        FLAT,
    ),
    "computed": (
        "  speed: {of: {by: quality, table: {low: fast, high: slow}}}\n",
        "",
        "credits: {by: speed, table: {fast: 1, slow: 2}}\n",
    ),
    "body": ("", "", f"body: {{steps: {{by: quality, table: {{low: 4, high: 8}}}}}}\n{FLAT}"),
    "request": ("", "", f'request: {{by: quality, table: {{low: "POST /a", high: "POST /b"}}}}\n{FLAT}'),
    "unread": ("", ", optional: true", FLAT),
}
"""Rules that name the option `quality` and its value `high`: options before it, what else it says, and the rules after the options."""

NUMBERS = {
    "default": (", default: 1", FLAT),
    "each": (", default: 1", "credits: {base: 2, each: quality}\n"),
    "per": (", default: 1", "credits: {base: 2, plus: [{credits: 1, per: quality}]}\n"),
    "per_of_a_table": (
        ", default: 1",
        "credits: {base: 2, plus: [{credits: {by: mode, table: {a: 1, b: 2}}, per: quality, beyond: 2}]}\n",
    ),
    "gate": ("", f"gates: [{{when: {{quality: {{min: 3}}}}, gate: club}}]\n{FLAT}"),
    "total": ("", "  all: {of: [quality, more], measure: total}\ncredits: {base: 2, each: all}\n"),
    "ranges": (
        "",
        "  few: {of: quality, values: {yes: {max: 3}, no: {min: 4}}}\ncredits: {by: few, table: {yes: 1, no: 2}}\n",
    ),
}
"""Rules that name the number `quality`: what else it says, and what comes after it."""


def _listed(options: str, own: str, rest: str, name: str, value: str) -> dict[str, str]:
    """Return rules with other names for `quality` and `high`, which stay as aliases beside further ones."""
    text = f"options:\n{options}  quality: {{send: f, values: {{low: {{}}, high: VALUE}}{own}, ALIASES}}\n{rest}"
    word = "{label: H, aliases: [top]}" if value == "high" else "{label: H, aliases: [top, high], as: high}"
    return _written(text.replace("high", value).replace("VALUE", word), name)


def _counted(own: str, rest: str, name: str) -> dict[str, str]:
    """Return rules with another name for the number `quality`, which stays as an alias."""
    others = "  mode: {send: mode, values: [a, b]}\n  more: {send: more, number: {min: 0, max: 3}, optional: true}\n"
    return _written(f"options:\n{others}  quality: {{send: f, number: {{min: 1, max: 8}}{own}, ALIASES}}\n{rest}", name)


def _written(text: str, name: str) -> dict[str, str]:
    aliases = "label: Q, aliases: [also]" if name == "quality" else "label: Q, aliases: [also, quality]"
    return {"_shared": SHARED, "model": text.replace("quality", name).replace("ALIASES", aliases)}


@pytest.mark.parametrize("case", LISTED)
@pytest.mark.parametrize(
    ("name", "value"), [("fidelity", "high"), ("quality", "best"), ("fidelity", "best")], ids=["option", "value", "both"]
)
def test_a_listed_option_is_only_renamed(case: str, name: str, value: str) -> None:
    """No selection changes, and nothing is reported but the new names; in the other direction, that the old ones are refused."""
    old, new = _listed(*LISTED[case], "quality", "high"), _listed(*LISTED[case], name, value)
    lines = [] if name == "quality" else [f"risky renamed quality is {name} now; quality is still understood"]
    lines += [] if value == "high" else [f"risky renamed quality high is {value} now; high is still understood"]
    there, back = difference(old, new), difference(new, old)
    assert told(there) == lines
    assert there.total.unchanged == there.total.selections
    assert {finding.id for finding in back.findings} == {"rename-undone"}
    assert len(back.findings) == len(lines)
    assert back.total.unchanged == there.total.selections  # those in the names that are left


@pytest.mark.parametrize("case", NUMBERS)
def test_a_number_is_only_renamed(case: str) -> None:
    """The price counts the number under its new name as it did before."""
    old, new = (_counted(*NUMBERS[case], name) for name in ("quality", "count"))
    assert told(difference(old, new)) == ["risky renamed quality is count now; quality is still understood"]
    assert {finding.id for finding in difference(new, old).findings} == {"rename-undone"}


CHANGED = {
    "default": (", default: high", ", default: low", FLAT, FLAT, ["risky default-changed quality: default high -> low"]),
    "price": (
        "",
        "",
        "credits: {by: quality, table: {low: 1, high: 2}}\n",
        "credits: {by: quality, table: {low: 1, high: 3}}\n",
        ["price price-raised quality high: 2 -> 3 credits (+50 %)"],
    ),
    "gate": (
        "",
        "",
        FLAT,
        f"gates: [{{when: {{quality: high}}, gate: club}}]\n{FLAT}",
        ["breaking gate-added quality high: now locked by `club`"],
    ),
    "body": (
        "",
        "",
        f"body: {{steps: {{by: quality, table: {{low: 4, high: 8}}}}}}\n{FLAT}",
        f"body: {{steps: {{by: quality, table: {{low: 4, high: 9}}}}}}\n{FLAT}",
        ["breaking sent-changed quality high: steps is sent as 9 in place of 8"],
    ),
    "default_table": (
        ", default: {by: mode, table: {a: low, b: high}}",
        ", default: {by: mode, table: {a: low, b: low}}",
        FLAT,
        FLAT,
        ["risky default-changed quality: default high -> low"],
    ),
}
"""A change beside a rename: what `quality` says before and after, the rules before and after, and the findings about the change."""


@pytest.mark.parametrize("case", CHANGED)
@pytest.mark.parametrize(("name", "value"), [("quality", "high"), ("fidelity", "best")], ids=["same_names", "other_names"])
def test_a_change_beside_a_rename_is_told(case: str, name: str, value: str) -> None:
    """What changes is told in the old names, as it is without a rename."""
    *sides, lines = CHANGED[case]
    modes = "  mode: {send: mode, values: [a, b]}\n"
    old = _listed(modes, sides[0], sides[2], "quality", "high")
    new = _listed(modes, sides[1], sides[3], name, value)
    assert [line for line in told(difference(old, new)) if " renamed " not in line] == lines


def test_a_value_that_is_sent_under_its_new_name() -> None:
    """A value without `as` is sent under its new name: that is a change of the body."""
    old = _listed("", "", FLAT, "quality", "high")
    new = _listed("", "", FLAT, "quality", "best")
    new["model"] = new["model"].replace(", as: high", "")
    lines = [
        "breaking sent-changed quality high: f is sent as best in place of high",
        "risky renamed quality high is best now; high is still understood",
    ]
    assert told(difference(old, new)) == lines


@pytest.mark.parametrize("rule", ["text: {max: 9}", "number: {min: 1, max: 3}"])
def test_a_value_beside_a_rule(rule: str) -> None:
    """Such a value is sent as it was by a row of its own, while others have none."""
    words = {"high": "high: {label: H}", "best": "best: {label: H, aliases: high, as: high}"}
    old, new = (
        {
            "_shared": SHARED,
            "model": f"options: {{style: {{send: f, values: {{low: {{}}, {word}}}, {rule}, optional: true}}}}\n{FLAT}",
        }
        for word in words.values()
    )
    assert told(difference(old, new)) == ["risky renamed style high is best now; high is still understood"]


def test_an_entry_of_a_list() -> None:
    """An entry of a list has no `as`, so that it is sent under its new name."""
    words = {"high": "high: {label: H}", "best": "best: {label: H, aliases: high}"}
    old, new = (
        {
            "_shared": SHARED,
            "model": f"options: {{style: {{send: f, values: {{{word}, low: {{}}}}, list: {{max: 1}}, optional: true}}}}\n{FLAT}",
        }
        for word in words.values()
    )
    lines = [
        "breaking sent-changed 1 style: f is sent as best in place of high",
        "risky renamed style high is best now; high is still understood",
    ]
    assert told(difference(old, new)) == lines


def test_a_rename_in_a_model_of_which_a_sample_is_tried() -> None:
    """Too many selections to try all of them: still, nothing but the names differs."""
    numbers = "".join(f"  n{place}: {{send: n{place}, number: {{min: 1, max: 9}}, default: 1}}\n" for place in range(6))
    rest = "limits: [{when: {quality: high, n0: {min: 3}}, only: {n1: {max: 2}}}]\ncredits: {base: 1, each: [n2, n3]}\n"
    old, new = (_listed(numbers, ", default: high", rest, *names) for names in (("quality", "high"), ("fidelity", "best")))
    diff = difference(old, new)
    assert diff.total.space is not None
    assert {finding.id for finding in diff.findings} == {"renamed"}
    assert diff.total.unchanged == diff.total.selections


def test_a_replacement_has_another_name() -> None:
    """What stands in for a value that has ended is the same one, under its new name."""
    ended = 'old: {until: "2026-01-01", use: high}'
    old, new = (
        {name: text.replace("{low: {},", f"{{low: {{}}, {ended.replace('high', word)},") for name, text in files.items()}
        for word, files in (
            ("high", _listed("", "", FLAT, "quality", "high")),
            ("best", _listed("", "", FLAT, "quality", "best")),
        )
    )
    assert told(difference(old, new)) == ["risky renamed quality high is best now; high is still understood"]
