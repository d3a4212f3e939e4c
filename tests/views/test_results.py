"""The result of a creation is read at the paths that the rules declare, and every deviation is reported."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Never

import pytest

from imgrules import ImgrulesError, Rules, load
from imgrules.quoting import quoted
from imgrules.table.records import Result
from imgrules.views.results import Creation, Outcome

MAIN, THUMB = "https://cdn.example/a.png", "https://cdn.example/a-small.png"
READY = {"status": "ready", "main_url": MAIN, "thumbnail_url": THUMB, "artifacts": []}
BAD_URLS: list[Any] = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:image/png;base64,AAAA",
    "ftp://cdn.example/a.png",
    "file:///etc/passwd",
    "blob:https://cdn.example/1",
    "//cdn.example/a.png",
    "/a.png",
    "a.png",
    "",
    " ",
    "https://",
    "https:///a.png",
    "https:cdn.example/a.png",
    "http://:80/a.png",
    "https://user:secret@/a.png",
    "https://cdn.example:99999/a.png",
    "https://cdn.example:0/a.png",
    "https://cdn.example:port/a.png",
    "https://[::1/a.png",
    "https://cdn.example/a b.png",
    " https://cdn.example/a.png",
    "https://cdn.example/a.png ",
    "https://cdn.example/a\tb.png",
    "https://cdn.example/a\nb.png",
    "java\nscript:alert(1)",
    "https:\\\\cdn.example\\a.png",
    "https://cdn.example\\@evil.example/a.png",
    "https://cdn.example/\0",
    "https://cdn.example/\ud800",
    "https://cdn.example/\u202e",
    "https://cdn.example/\u00a0",
    5,
    True,
    0,
    [],
    [MAIN],
    {"url": MAIN},
    b"https://cdn.example/a.png",
]
GOOD_URLS = [
    MAIN,
    "http://cdn.example/a.png",
    "HTTPS://CDN.example/a.png?x=1&y=%20#z",
    "https://cdn.example:8443/a.png",
    "https://[::1]:8080/a.png",
    "https://bücher.example/ü.png",
    "https://cdn.example",
]


class Text(str):
    """A subclass of str, which does not count as text."""

    __slots__ = ()


def _boom(*_: object) -> Never:
    raise RuntimeError("hostile")


def hostile(*methods: str, base: type = object) -> Any:
    """Return an object of which some methods raise."""
    return type("Hostile", (base,), {method: property(_boom) if method == "__class__" else _boom for method in methods})()


@pytest.fixture(scope="module")
def rules() -> Rules:
    """Return the packaged rules."""
    return load()


def test_a_sound_detail(rules: Rules) -> None:
    """A ready detail has the main image first in `urls`, then the artifacts, and no problems."""
    artifacts = ["https://cdn.example/b.png", {"url": "https://cdn.example/c.png", "kind": "mask"}, MAIN]
    result = rules.read_result(READY | {"artifacts": artifacts})
    assert result == Creation(
        Outcome.SUCCEEDED,
        "ready",
        MAIN,
        THUMB,
        ("https://cdn.example/b.png", "https://cdn.example/c.png", MAIN),
        (),
    )
    assert result.urls == (MAIN, "https://cdn.example/b.png", "https://cdn.example/c.png")


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        ("queued", Outcome.RUNNING),
        ("processing", Outcome.RUNNING),
        ("ready", Outcome.SUCCEEDED),
        ("failed", Outcome.FAILED),
        ("invalid", Outcome.FAILED),
    ],
)
def test_every_declared_state(rules: Rules, state: str, outcome: Outcome) -> None:
    """Each declared state has the declared outcome, and only a ready one needs an image."""
    assert rules.read_result(READY | {"status": state}).outcome is outcome
    without = rules.read_result({"status": state})
    assert without.outcome is (Outcome.UNUSABLE if state == "ready" else outcome)
    assert (without.state, without.main_url, without.urls) == (state, None, ())


@pytest.mark.parametrize("state", ["Ready", "READY", "ready ", "done", "", "\ud800", "x" * 10_000])
def test_an_unknown_state_is_no_success(rules: Rules, state: str) -> None:
    """An undeclared state is reported and unusable, also if the detail has an image."""
    result = rules.read_result(READY | {"status": state})
    assert result.outcome is Outcome.UNUSABLE
    assert result.problems[0].endswith("is unknown; expected `queued`, `processing`, `ready`, `failed` or `invalid`")
    assert result.state == state


@pytest.mark.parametrize("state", [None, 5, True, [], ["ready"], {"name": "ready"}, b"ready", Text("ready")], ids=repr)
def test_a_state_is_text(rules: Rules, state: Any) -> None:
    """Only an exact str is a state."""
    result = rules.read_result(READY | {"status": state})
    assert (result.outcome, result.state, result.problems) == (
        Outcome.UNUSABLE,
        None,
        ("status is missing or not a string, so the state is unknown",),
    )


@pytest.mark.parametrize("url", BAD_URLS, ids=ascii)
def test_a_main_url_that_no_browser_renders_is_no_success(rules: Rules, url: Any) -> None:
    """A ready detail without a usable image is unusable, and the problem quotes the value."""
    result = rules.read_result(READY | {"main_url": url})
    assert (result.outcome, result.main_url, result.urls) == (Outcome.UNUSABLE, None, ())
    assert result.problems[0] == "the state is `ready`, but there is no usable image"
    assert result.problems[1].startswith("main_url is not an http or https URL: `")
    assert all(problem.isprintable() for problem in result.problems)


@pytest.mark.parametrize("url", GOOD_URLS, ids=ascii)
def test_a_url_is_carried_exactly(rules: Rules, url: str) -> None:
    """An http or https URL is returned unchanged."""
    assert rules.read_result(READY | {"main_url": url}).main_url == url


def test_a_missing_main_url(rules: Rules) -> None:
    """A ready detail whose image is absent or null has the problem that it is missing."""
    expected = ("the state is `ready`, but there is no usable image", "main_url is missing")
    assert rules.read_result({"status": "ready"}).problems == expected
    assert rules.read_result({"status": "ready", "main_url": None}).problems == expected


def test_a_thumbnail_may_be_missing_but_not_wrong(rules: Rules) -> None:
    """A missing thumbnail is no problem; an unusable one is a problem and is not returned."""
    for absent in ({"status": "ready", "main_url": MAIN}, READY | {"thumbnail_url": None}):
        result = rules.read_result(absent)
        assert (result.outcome, result.thumbnail_url, result.problems) == (Outcome.SUCCEEDED, None, ())
    for url in BAD_URLS:
        result = rules.read_result(READY | {"thumbnail_url": url})
        assert (result.outcome, result.thumbnail_url) == (Outcome.SUCCEEDED, None)
        assert result.problems[0].startswith("thumbnail_url is not an http or https URL: ")


def test_artifacts_are_read_one_by_one(rules: Rules) -> None:
    """A bad artifact is reported with its index and the others are still read; `urls` has no duplicates."""
    second = "https://cdn.example/b.png"
    artifacts = [second, {"url": "javascript:x"}, {}, {"url": None}, 5, {"url": second}, None, ["x"], MAIN]
    result = rules.read_result(READY | {"artifacts": artifacts})
    assert result.outcome is Outcome.SUCCEEDED
    assert result.artifacts == (second, MAIN)
    assert result.urls == (MAIN, second)
    assert result.problems == (
        "artifacts[1] is not an http or https URL: `javascript:x`",
        "artifacts[2] is missing",
        "artifacts[3] is missing",
        "artifacts[4] is not an http or https URL: `5`",
        "artifacts[6] is missing",
        "artifacts[7] is not an http or https URL: `<list>`",
    )


def test_of_many_wrong_artifacts_the_rest_is_counted(rules: Rules) -> None:
    """At most a hundred problems are listed and the others counted; usable artifacts are read to the end."""
    result = rules.read_result(READY | {"artifacts": [*[5] * 20_000, THUMB]})
    assert result.artifacts == (THUMB,)
    assert (len(result.problems), result.problems[-1]) == (101, "artifacts: 19900 more entries are unusable")
    assert len(rules.read_result(READY | {"artifacts": [5] * 100}).problems) == 100


@pytest.mark.parametrize("artifacts", ["https://cdn.example/b.png", {"url": MAIN}, 5, True, ()], ids=repr)
def test_artifacts_are_a_list(rules: Rules, artifacts: Any) -> None:
    """Artifacts that are not a list are a problem, and none of them is returned."""
    result = rules.read_result(READY | {"artifacts": artifacts})
    assert (result.outcome, result.artifacts) == (Outcome.SUCCEEDED, ())
    assert result.problems == (f"artifacts is not a list: {quoted(artifacts)}",)


def test_no_artifacts(rules: Rules) -> None:
    """Absent, null or empty artifacts are no problem."""
    for detail in ({"status": "ready", "main_url": MAIN}, READY | {"artifacts": None}, READY | {"artifacts": []}):
        assert (rules.read_result(detail).artifacts, rules.read_result(detail).problems) == ((), ())


@pytest.mark.parametrize(
    "make",
    [
        lambda: None,
        lambda: 5,
        lambda: "ready",
        lambda: b"{}",
        list,
        dict,
        lambda: [READY],
        lambda: {"Status": "ready"},
        lambda: {5: "ready"},
        lambda: hostile("__class__"),
        lambda: hostile("__getattribute__"),
        lambda: hostile("__contains__", "__getitem__", base=dict),
        lambda: READY | {"main_url": hostile("__class__", "__str__", "__repr__")},
        lambda: {"status": "failed", "artifacts": hostile("__iter__", "__len__", base=list)},
        lambda: {"status": "failed", "artifacts": [hostile("__class__")]},
        lambda: {"status": hostile("__eq__", "__hash__", base=str)},
        lambda: READY | {"main_url": hostile("isprintable", "__eq__", base=str)},
    ],
)
def test_any_detail_gets_an_answer(rules: Rules, make: Callable[[], Any]) -> None:
    """Reading any object raises nothing, and only a valid detail succeeds."""
    result = rules.read_result(make())
    assert result.outcome is not Outcome.SUCCEEDED
    assert result.main_url is None
    json.dumps([*result.problems, *result.urls])


def test_paths_of_a_detail_are_declared(rules: Rules) -> None:
    """The rules declare the path of each part, at any depth, and may leave out the optional parts."""
    declared = Result(("data", "state"), ("run",), ("done",), ("bad",), ("data", "image", "url"), None, ("files",), ("at", "u"))
    nested = Rules(replace(rules.table, result=declared))
    detail = {
        "data": {"state": "done", "image": {"url": MAIN}},
        "thumbnail_url": THUMB,
        "files": [{"at": {"u": THUMB}}, {"at": "x"}],
    }
    result = nested.read_result(detail)
    assert (result.outcome, result.main_url, result.thumbnail_url) == (Outcome.SUCCEEDED, MAIN, None)
    assert (result.artifacts, result.problems) == ((THUMB,), ("files[1] is missing",))
    assert nested.read_result({"data": {"state": "done"}}).problems[1] == "data.image.url is missing"
    assert nested.read_result({"data": "done"}).problems == ("data.state is missing or not a string, so the state is unknown",)
    bare = Rules(replace(rules.table, result=replace(declared, artifacts=None, artifact_url=None)))
    assert bare.read_result(detail).artifacts == ()


def test_rules_without_a_result_cannot_read_one(rules: Rules) -> None:
    """Without a declared result, reading one raises an error that says what to declare."""
    with pytest.raises(ImgrulesError, match=r"declare `result:` in _shared\.yaml"):
        Rules(replace(rules.table, result=None)).read_result(READY)
