"""A missing price is reported where other prices are stated."""

from __future__ import annotations

from collections.abc import Callable

from imgrules.compiler.build import build_texts


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """A value without a price beside one with a price is reported."""
    assert places_of("IR208", (", credits: 8", "")) == ["nano.yaml:11:7 high"]


def test_unknown(places_of: Callable[..., list[str]]) -> None:
    """A price that is stated as `unknown` is not missing."""
    assert places_of("IR208", ("credits: 8", "credits: unknown")) == []


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """A model without any price is accepted."""
    assert places_of("IR208", (", credits: 8", ""), (", credits: 5}", "}"), (", credits: 5}", "}")) == []


def test_table(places_of: Callable[..., list[str]]) -> None:
    """A table without a price for an offered combination is reported; a combination that is ruled out needs none."""
    unpriced = (("low: {label: Basic, credits: 5}", "low: {label: Basic}"), ("credits: 8, ", ""))
    table = 'credits: {by: [ratio, quality], table: {"16:9": {low: 5}, "1:1": {low: 5, high: 8}}}\n'
    limit = 'limits: [{never: {ratio: "16:9", quality: high}}]\n'
    assert places_of("IR208", *unpriced, ("examples:\n", f"{table}examples:\n")) == ["nano.yaml:12:33 table"]
    assert places_of("IR208", *unpriced, ("examples:\n", f"{table}{limit}examples:\n")) == []


def test_where_it_is_not_there(places_of: Callable[..., list[str]]) -> None:
    """An option that has the prices and may be absent leaves combinations without a price."""
    assert places_of("IR208", ("  quality:\n", '  quality:\n    when: {ratio: "1:1"}\n')) == ["nano.yaml:8:3 quality"]
    assert places_of("IR208", ("  quality:\n", "  quality:\n    optional: true\n")) == ["nano.yaml:8:3 quality"]
    assert places_of("IR208", ("  quality:\n", "  quality:\n    default: low\n")) == []
    ignored = ("examples:\n", 'limits: [{when: {ratio: "1:1"}, ignores: quality}]\nexamples:\n')
    assert places_of("IR208", ignored) == ["nano.yaml:8:3 quality"]


def test_dated_and_formula(places_of: Callable[..., list[str]]) -> None:
    """Each dated table is checked, also as the base of a formula; values that are no longer available need no price."""
    unpriced = (("low: {label: Basic, credits: 5}", "low: {label: Basic}"), ("credits: 8, ", ""))
    whole, part = "{by: [quality], table: {low: 5, high: 8}}", "{base: {by: [quality], table: {low: 5}}}"
    dated = f'credits:\n  - {{credits: {whole}, until: "2027-01-01"}}\n  - {{credits: {part}, from: "2027-01-01"}}\nexamples:\n'
    ending_value = ("label: Premium", 'until: "2027-01-01", label: Premium')
    assert places_of("IR208", *unpriced, ("examples:\n", dated)) == ["nano.yaml:14:38 table"]
    assert places_of("IR208", *unpriced, ending_value, ("examples:\n", dated)) == []


def test_a_computed_word_that_is_not_listed() -> None:
    """A word that only the table of a computed option has is reported as that, and nothing stops the check."""
    word = "word: {of: {by: tone, table: {a: known, b: other}}, values: {known: {label: K}, more: {}}}"
    model = f"options: {{tone: {{send: tone, values: [a, b]}}, {word}}}\ncredits: {{by: tone, table: {{a: 1, b: 2}}}}\n"
    build = build_texts({"_shared": "language: 1\ntypes: {image: {body: {}}}\n", "model": model})
    assert [error.message for error in build.report.errors] == ["`word` does not list `other` in its values"]
