"""Two models that send the same request are reported."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """The later of two equal models is reported."""
    assert places_of("IR301", others={"other": [("name: Nano", "name: Other")]}) == ["other.yaml:4:8 nano"]


def test_three(places_of: Callable[..., list[str]]) -> None:
    """Of three equal models, the second and the third are reported."""
    assert places_of("IR301", others={"other": [], "third": []}) == ["other.yaml:4:8 nano", "third.yaml:4:8 nano"]


def test_constant_and_option(places_of: Callable[..., list[str]]) -> None:
    """A constant of one model equals an option of another one that can send the same; a third model with its own id differs."""
    always = [
        ("  quality:\n    values:\n      low: {label: Basic, credits: 5}\n", "body:\n  output.quality: low\n"),
        ("      high: {label: Premium, credits: 8, gate: member}\n", ""),
        ('{ratio: "1:1", quality: low}, expect: {status: allowed, credits: 5}', '{ratio: "1:1"}, expect: {status: allowed}'),
    ]
    other = [("model: nano", "model: third")]
    assert places_of("IR301", others={"other": always, "third": other}) == ["other.yaml:4:8 nano"]
    assert places_of("IR301", others={"other": [*always, ("quality: low", "quality: medium")], "third": other}) == []


def test_model_of_a_table(places_of: Callable[..., list[str]]) -> None:
    """A model id that depends on an option is compared for each of its values."""
    chosen = [("model: nano", 'model: {by: [ratio], table: {"16:9": wide, "1:1": nano}}')]
    assert places_of("IR301", others={"other": chosen}) == ['other.yaml:4:8 {by: [ratio], table: {"16:9": wide, "1:1": nano}}']


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """Another model id of the provider is another request."""
    assert places_of("IR301", others={"other": [("model: nano", "model: other")]}) == []


def test_spelled_path(places_of: Callable[..., list[str]]) -> None:
    """A model that repeats the shared wire path sends the same request."""
    assert places_of("IR301", others={"other": [("  quality:\n", "  quality:\n    send: output.quality\n")]}) == [
        "other.yaml:4:8 nano"
    ]


def test_other_path(places_of: Callable[..., list[str]]) -> None:
    """Another wire path is another request."""
    assert places_of("IR301", others={"other": [("  quality:\n", "  quality:\n    send: q\n")]}) == []


_UNSENT = [("{send: image_generation.model}", "{send: false}")]


def _lines(at: str) -> list[tuple[str, str]]:
    return [("model: nano\n", f"model: nano\nrequest: {at}\n")]


def test_addresses(places_of: Callable[..., list[str]]) -> None:
    """One body at two addresses is two requests; at one address it is one, also where the model that is not sent differs."""
    edits = _lines("POST /nano")
    assert places_of("IR301", *edits, others={"other": _lines("POST /other")}) == []
    unsent = [("model: nano\n", "model: other\nrequest: POST /nano\n")]
    assert places_of("IR301", *edits, shared=_UNSENT, others={"other": unsent}) == ["other.yaml:4:8 other"]
    assert places_of("IR301", *edits, others={"other": unsent}) == []


def test_address_of_a_table(places_of: Callable[..., list[str]]) -> None:
    """An address that depends on an option is compared for each of its values, and only with its own body."""
    edits = _lines('{by: [ratio], table: {"16:9": POST /wide, "1:1": POST /nano}}')
    assert places_of("IR301", *edits, others={"other": _lines("POST /wide")}) == ["other.yaml:4:8 nano"]
    crossed = _lines('{by: [ratio], table: {"16:9": POST /nano, "1:1": POST /wide}}')
    assert places_of("IR301", *edits, others={"other": crossed}) == []


def test_address_by_a_list(places_of: Callable[..., list[str]]) -> None:
    """Where something outside of the combinations chooses the address, each of its addresses counts."""
    images = ("options:\n", "options:\n  images: {send: images, list: {max: 4}, optional: true}\n")
    edits = [*_lines("{by: [images], table: {(none): POST /a, (other): POST /b}}"), images]
    assert places_of("IR301", *edits, others={"other": [*_lines("POST /b"), images]}) == ["other.yaml:4:8 nano"]
    assert places_of("IR301", *edits, others={"other": [*_lines("POST /c"), images]}) == []


def test_unsent_model(places_of: Callable[..., list[str]]) -> None:
    """Where no address is stated, a model or a provider that is not sent tells two requests apart."""
    assert places_of("IR301", shared=_UNSENT, others={"other": [("model: nano", "model: other")]}) == []
    assert places_of("IR301", shared=_UNSENT, others={"other": []}) == ["other.yaml:4:8 nano"]
    chosen = [("model: nano", 'model: {by: [ratio], table: {"16:9": wide, "1:1": nano}}')]
    assert len(places_of("IR301", shared=_UNSENT, others={"other": chosen})) == 1
    provider = [("{send: image_generation.provider}", "{send: false}")]
    assert places_of("IR301", shared=provider, others={"other": [("provider: gemini", "provider: fal")]}) == []
