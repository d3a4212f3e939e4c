"""Public ids that are not the names of files: who has one, where mistakes are shown, and what commands take."""

from __future__ import annotations

import pytest

from imgrules.compiler.build import Build, build_texts
from imgrules.compiler.spec.ids import ids_of
from imgrules.rules import Rules
from imgrules.table.codec import dumps, loads

ID = "vendor/Some-Model:v1"
SHARED = "language: 1\ntypes: {image: {provider: {send: provider}, model: {send: model}}}\n"
MODEL = "provider: p\nmodel: %s\noptions: {quality: {send: q, values: [low, high]}}\n"


def built(shared: str = "", **models: str) -> Build:
    """Return the build of some models, each with the lines that are given."""
    return build_texts({"_shared": SHARED + shared, **{stem: lines + MODEL % stem for stem, lines in models.items()}})


def errors(build: Build) -> list[tuple[str, str]]:
    """Return the codes and files of all errors and warnings but the missing examples."""
    found = [(diagnostic.code.id, diagnostic.spot.file) for diagnostic in build.report.diagnostics]
    return [pair for pair in found if pair[0] not in {"IR402", "IR403"}]


def models(build: Build) -> list[str]:
    """Return the ids of the models that are sold."""
    return [] if build.table is None else list(build.table.models)


def test_an_id_takes_the_place_of_the_name_of_the_file() -> None:
    """Order, default and selections name the id; the name of the file names nothing."""
    build = built(f"order: [other, '{ID}']\ndefault: {ID}\n", nano=f"id: {ID}\n", other="")
    assert (errors(build), models(build)) == ([], ["other", ID])
    assert build.table is not None
    rules = Rules(build.table)
    assert rules.decide({"quality": "low"}).model == ID
    assert rules.decide({"model": ID, "quality": "low"}).status == "allowed"
    assert rules.decide({"model": "nano", "quality": "low"}).violations[0].code == "unknown_model"


@pytest.mark.parametrize("lines", ["order: [nano]\n", "default: nano\n"])
def test_the_name_of_the_file_is_unknown(lines: str) -> None:
    """The shared file cannot name the file of a model with an id; the table is kept without that."""
    build = built(lines, nano=f"id: {ID}\n")
    assert [file for _, file in errors(build)] == ["_shared.yaml"]
    assert models(build) == [ID]


def test_mistakes_are_shown_in_the_file() -> None:
    """A mistake of a model with an id is in its file, also where another model has the id that is the name of the file."""
    build = built(nano="id: flux\ngate: nobody\n", flux="id: nano\n")
    assert (errors(build), models(build)) == ([("IR201", "nano.yaml")], ["nano"])
    assert build.broken == ("nano.yaml",)


def test_of_two_equal_ids_the_name_of_a_file_stays() -> None:
    """An edit of another file does not take an id from the file of that name."""
    build = built(nano="", a="id: nano\n")
    assert errors(build) == [("IR253", "a.yaml")]
    assert build.table is not None
    assert build.table.models["nano"] == built(nano="").table.models["nano"]  # type: ignore[union-attr]


def test_a_broken_file_takes_no_id_away() -> None:
    """A file that cannot be read has the id that its text states, unless another file has it."""
    texts = {"_shared": f"{SHARED}default: {ID}\n", "a": f"id: {ID}\nname: [", "nano": MODEL % "nano"}
    assert "IR279" not in {code for code, _ in errors(build_texts(texts))}
    build = build_texts({**texts, "nano": f"id: {ID}\n" + MODEL % "nano"})
    assert {file for _, file in errors(build)} == {"a.yaml"}
    assert models(build) == [ID]


def test_ids_that_differ_in_case_only_are_both_sold() -> None:
    """It is not known which one is wrong, so neither is left out; the error prevents that a table is written."""
    build = built(a="id: vendor/X\n", b="id: vendor/x\n")
    assert errors(build) == [("IR254", "a.yaml")]
    assert models(build) == ["vendor/X", "vendor/x"]


@pytest.mark.parametrize("word", ['"a b"', "_a", '""', "[a]", "5"])
def test_what_is_no_id(word: str) -> None:
    """An id is a text without spaces that does not begin with `_`, as names of shared files do."""
    assert [file for _, file in errors(built(nano=f"id: {word}\n"))] == ["nano.yaml"]


def test_a_table_is_written_and_read() -> None:
    """A compiled table takes every id that a rule file can state."""
    for number, word in enumerate([ID, "@cf/x", "amazon.nova-canvas-v1:0", "\u901a\u4e49/wanx", "a#b"]):
        build = built(**{f"m{number}": f'id: "{word}"\n'})
        assert build.table is not None, errors(build)
        assert loads(dumps(build.table)) == build.table


@pytest.mark.parametrize("stated", ["id: vendor/M", '"id": "vendor/M"', "'id': 'vendor/M'", '{"name": "M", "id": "vendor/M", '])
def test_a_file_that_cannot_be_read_says_its_id(stated: str) -> None:
    """However the key is written, the id of a broken file is known, so that nothing that names it is reported."""
    assert ids_of({"m": None}, {"m": f"{stated}\nbroken: ["}).by_stem() == {"m": "vendor/M"}
