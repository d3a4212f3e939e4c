"""The report has what was measured, which goals were missed, and what did not run."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from bench.__main__ import main
from bench.chart import Bar, chart
from bench.figure import Figure
from bench.figures import figures
from bench.race import Entry, Race
from bench.report import Conditions, document, page

CONDITIONS = Conditions(
    "2026-11-22", "CPython 3.11", "Linux x86_64", 3, 2000, {"msgspec": "0.22.0"}, {"zen-engine": "no wheel"}
)
OURS, HAND, MSGSPEC = (Entry(name, "emit", 2) for name in ("imgrules", "hand_written", "msgspec"))
MANY = Entry("imgrules", "emit", 10_000)


def sample_results() -> dict[str, Any]:
    """Return sample results of a run."""
    race = Race(
        "emit",
        "mixed",
        {HAND: [1e-6, 1e-6, 2e-6], OURS: [1.1e-6, 1e-6, 2e-6], MSGSPEC: [2e-6, 2e-6, 4e-6]},
        {HAND: 2000, OURS: 2000, MSGSPEC: 2000},
        {Entry("cel", "emit", 2): "disagrees with the oracle"},
    )
    wide = Race("emit, 10,000 models", "mixed", {OURS: [1e-6], MANY: [4e-6]}, {OURS: 2000, MANY: 300})
    return {
        **results_of_real_models(),
        "selections": {"races": [race], "left_out": {}},
        "models": {
            "races": [wide],
            "left_out": {"jsonschema, 10,000 models": "not ready"},
            "prepared": {"imgrules, 10,000 models": 0.9},
        },
        "loading": {
            "models": 10_000,
            "bytes": 100,
            "json_seconds": [1.0],
            "seconds": [2.0],
            "trusted_seconds": [0.2],
            "resident": 500.0,
            "resident_answered": 600.0,
        },
        "steps": {case: {"hand-written: check": 1e-6, "decide": 2e-6} for case in ("valid", "refused")},
        "starting": {
            "first_decision": {"ours": [0.02, 0.03], "library": [0.01, 0.02]},
            "peers": {"python": {"seconds": 0.02, "peak": 2**20}},
        },
        "compiling": {
            "1000": {"yaml": [1.0], "check": [3.0], "build": [3.0]},
            "10000": {"yaml": [10.0], "check": [30.0], "build": [30.0]},
        },
        "worst": {
            "rule file": {"brackets": {"bytes": 2048, "ours": 0.01, "parser": 0.001}},
            "request": {"one list": {"bytes": 1024, "ours": 0.002, "parser": 0.001}},
        },
    }


def results_of_real_models() -> dict[str, Any]:
    """Return sample results of real models."""
    ours, theirs = (
        {"gpt": [1e-6, 1e-6], "flux": [4e-6, 4e-6], "photon": [2e-6, 2e-6]},
        {"flux": [4e-6, 4e-6], "photon": [2e-6, 2e-6]},
    )
    ways = ("decide, valid", "decide, valid, the moment as text", "decide, refused", "decide, refused, all reasons and repairs")
    more = ("emit, valid", "as_dict of an allowed decision", "as_dict of a refusal")
    counts = {"packaged": {"gpt": (4, 3, 2, False)}, "cookbook": {"flux": (200, 9, 80, True), "photon": (4, 3, 2, False)}}
    catalog = {"bytes": 10_240, "json_seconds": [1e-3], "catalog, first": [6e-3], "catalog, again": [5e-4], "left_out": {}}
    return {
        "cookbook": {
            "seconds": {**dict.fromkeys((*ways, *more), ours), "pydantic, valid": theirs},
            "groups": {"gpt": "packaged", "flux": "cookbook", "photon": "cookbook"},
            "first": {"flux": {"first": [6e-5], "full": [1e-4]}, "photon": {"first": [1e-6], "full": []}},
            "passed": {"pydantic": 0.25},
            "left_out": {"msgspec": "not installed"},
        },
        "calls": {**dict.fromkeys(("emit", "decide", "all"), counts), "share": {"flux": 0.5, "photon": 1.0}, "others": 100},
        "catalogs": {
            "tables": [{"models": 18, **catalog, "catalog_json, again": [5e-5]}, {"models": 500, **catalog}],
            "left_out": {"catalog_json of 500 models": "no such method"},
        },
        "saving": {"imports": [0.2, 0.2], "check": [0.4, 0.4]},
        "memory": {"models": 18, "bytes": 1, "loaded": 2, "answered": 18 * 20 * 1024},
    }


def row(case: str) -> Figure:
    """Return the only figure whose case begins with a text."""
    (figure,) = (figure for figure in figures(sample_results()) if figure.case.startswith(case))
    return figure


@pytest.mark.parametrize(
    ("case", "measured", "reached"),
    [
        ("`emit`, mixed, against", 1.0, True),
        ("msgspec against ours", 2.0, None),
        ("10,000 models against 2", 4.0, False),
        ("10,000 models: `load(table.json)`", 2.0, True),
        ("10,000 models: `load(table.json, verify=False)`", 0.2, False),
        ("the worst rule file per KB that was found, brackets: CPU", 5.0, None),
        ("the worst request per KB that was found, one list: against", 2.0, None),
        ("10,000 models: memory that `load` adds", 5.0, False),
        ("10,000 models: memory of each", 600 / 10_000 / 1024, True),
        ("`import imgrules`", 25.0, True),
        ("`imgrules check` of 1,000", 3.0, True),
        ("`imgrules check` per file", 1.0, True),
        ("`imgrules check` of 2 files", 2.0, False),
        ("cookbook: share of allowed", 0.5, False),
        ("cookbook: `decide`, valid, against a packaged model's, median model", 3.0, False),
        ("cookbook: `decide`, valid, against a packaged model's, worst model, flux", 4.0, True),
        (
            "cookbook: `decide`, valid, the moment as text, against a packaged model's with a datetime, worst model, flux",
            4.0,
            None,
        ),
        ("cookbook: `decide` of a choice that is met for the first time", 0.6, True),
        ("cookbook: `emit`, valid, against pydantic's `model_validate`, which checks fields, median model", 1.0, True),
        ("2 models: `as_dict` of an allowed decision", 1.0, True),
        ("18 models: `catalog()`, again", 0.5, True),
        ("18 models: `catalog_json()`, again", 0.05, False),
        ("500 models: `catalog()`, first", 6.0, None),
        ("cookbook: memory of each model", 20.0, True),
    ],
)
def test_a_figure_is_the_median_beside_its_target(case: str, measured: float, reached: bool | None) -> None:  # noqa: FBT001  a column of the table above
    """Each figure is compared with its goal."""
    figure = row(case)
    assert figure.measured == pytest.approx(measured)
    assert figure.reached is reached


def test_the_spread_is_the_quartiles() -> None:
    """Half of all rounds are within the spread."""
    assert Figure("x", None, (1, 2, 3, 4, 5)).spread == (2, 4)


def test_the_page_shows_every_part() -> None:
    """Every part has its table, and everything that did not run has its reason."""
    text = page(CONDITIONS, sample_results(), figures(sample_results()))
    for heading in (
        "| `emit`, mixed, against hand-written | at most 1.35 | 1.00 (1.00 to 1.05) | reached |",
        "| 10,000 models against 2, `emit` | at most 2 | 4.00 | **missed** |",
        "| cookbook: share of allowed selections answered without the full evaluation, after 100 others, least model | at least 1 |",
        "| decide, valid | 1.00 | 3.00 | 4.00 | flux |",
        "| pydantic, valid | - | 3.00 | 4.00 | flux |",
        "left out of them: limits, conditions, prices",
        "they let pass: pydantic 25%.",
        "| emit, packaged: median model | 4 | 3 | 2 |",
        "| 18 | 10 | 1.00 | catalog, again | 0.50 |",
        "| `imgrules check` | 400 |",
        "| after each has answered once | 20.0 |",
        "- catalog_json of 500 models: no such method",
        "| msgspec | 2.00 | 2.00 (2.00 to 2.00) | first reason, a sentence |",
        "| decide | 2.00 | 2.00 | 2.00 | 2.00 |",
        "| `load`, CPU | 2.00 s |",
        "| rule file: brackets | 2.0 | 10.0 | 5.00 | 10 |",
        "| bare Python | 20 | 1.0 MiB |",
        "| 10,000 | 10.00 | 30.00 | 30.00 |",
        "- zen-engine is not installed: no wheel",
        "- CEL, emit, mixed: disagrees with the oracle",
        "- jsonschema, 10,000 models: not ready",
        "- imgrules, emit, 10,000 models: compared with the oracle on 300 selections",
    ):
        assert heading in text


def test_the_document_is_json() -> None:
    """The JSON document has the same results, with every round."""
    read = json.loads(json.dumps(document(CONDITIONS, sample_results(), figures(sample_results()))))
    assert read["selections"]["races"][0]["entries"][0]["seconds"] == [1e-6, 1e-6, 2e-6]
    assert read["figures"][0]["reached"] is True
    assert read["versions"] == {"msgspec": "0.22.0"}


def test_a_chart_is_svg_with_the_shortest_bar_first() -> None:
    """The SVG is well-formed, whatever the names are."""
    drawn = chart("A & B", "<below>", [Bar("slow", 120), Bar("ours & co", 0.5, ours=True)], "x")
    texts = [element.text for element in ET.fromstring(drawn).iter() if element.tag.endswith("text")]  # noqa: S314  written above
    assert texts.index("ours & co") < texts.index("slow")
    assert "0.50x" in texts


def test_help_teaches(capsys: pytest.CaptureFixture[str]) -> None:
    """The help shows the options with examples."""
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "python -m bench --only selections" in capsys.readouterr().out
