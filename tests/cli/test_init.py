"""`imgrules init` writes a file that has no mistakes once its blanks are filled, and changes no other file."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from errno import ENOSPC
from pathlib import Path
from typing import Any

import pytest

from imgrules import load
from imgrules.cli.starting import cookbook
from imgrules.cli.starting.editor_schemas import with_schemas
from imgrules.cli.writing.files import create
from imgrules.compiler.build import build, read_shared
from imgrules.compiler.schemas import author_schemas
from imgrules.table.records import Model
from tests.folders import COOKBOOK as COOKBOOK_TABLE
from tests.folders import DOLLARS
from tests.packaged import shared_text

FILLED = {
    "name": "Flux 2",
    "provider": "black_forest",
    "model": "flux-2-pro",
}


def fill_blanks(path: Path) -> None:
    """Fill in the blanks of a new file as its comments say."""
    text = path.read_text(encoding="utf-8")
    for name, value in FILLED.items():
        text, count = re.subn(rf"(?m)^{name}: +#", f"{name}: {value} #", text)
        assert count == 1
    text = re.sub(r"(?m)^    values:", '    values: ["4:5", "5:4"]', text, count=1)
    text = re.sub(r"(?m)^    values: +#", "    values: [fast, fine] #", text, count=1)
    text = text.replace("{ratio: , quality: }", '{ratio: "4:5", quality: fast}')
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("shared", [True, False])
def test_filling_the_blanks_is_enough(workdir: Path, call: Callable[..., Any], shared: bool) -> None:  # noqa: FBT001  a case
    """A filled file has no mistakes, with an existing shared file or with the one that was written."""
    folder = workdir / ("rules" if shared else "new/rules")
    code, out, err = call("init", "flux-2", "--rules", str(folder))
    assert (code, err) == (0, "")
    assert f"wrote {folder / 'flux-2.yaml'}\n" in out
    assert ("_shared.yaml" in out) is not shared
    assert call("check", str(folder)).code == 1
    fill_blanks(folder / "flux-2.yaml")
    code, out, _ = call("check", str(folder), "--fail-on", "warning")
    assert code == 0, out
    assert "no mistakes\n" in out
    assert call("decide", "flux-2", "--ratio", "4:5", "--quality", "fine", "--rules", str(folder)).code == 0


def test_an_id_that_no_file_can_have(workdir: Path, call: Callable[..., Any]) -> None:
    """The file has a similar name and states the id, which commands then take."""
    folder = workdir / "rules"
    assert call("init", "vendor/Flux:2").code == 0
    fill_blanks(folder / "vendor-flux-2.yaml")
    assert call("check", str(folder), "--fail-on", "warning").code == 0
    picked = ("--ratio", "4:5", "--quality", "fine")
    code, out, _ = call("decide", "vendor/Flux:2", *picked)
    assert (code, out.startswith("allowed vendor/Flux:2 ")) == (0, True)
    assert "there is no model `vendor-flux-2`" in call("decide", "vendor-flux-2", *picked).out
    (folder / "vendor-flux-2.yaml").write_text("id: vendor/Flux:2\nname: [", encoding="utf-8")
    _, _, err = call("decide", "vendor/Flux:2", *picked)
    assert "no answer is possible" in err
    code, out, _ = call("init", "vendor/Like:1", "--like", "dall-e-3")
    assert (code, 'id: "vendor/Like:1"\nname:' in (folder / "vendor-like-1.yaml").read_text("utf-8")) == (0, True)


def test_blanks_are_named_by_check(workdir: Path, call: Callable[..., Any]) -> None:
    """Every blank is a mistake at its line, and one run reports all of them."""
    call("init", "flux-2")
    lines = (workdir / "rules" / "flux-2.yaml").read_text(encoding="utf-8").splitlines()
    _, out, _ = call("check", "--format", "json")
    diagnostics = json.loads(out)["diagnostics"]
    named = sorted(
        (place["line"], lines[place["line"] - 1].split(":")[0].strip())
        for diagnostic in diagnostics
        for place in (diagnostic, *diagnostic["more"])
    )
    assert [name for _, name in named] == ["name", "provider", "model", "values", "values", "- select", "- select"]


SHARED_KINDS = """
language: 1
types:
  image:
    fields: {prompt: {send: prompt}}
    options:
      guidance: {label: Guidance, send: guidance, number: {min: 1, max: 20, step: any}, default: 3.5}
      seed: {label: Seed, send: seed, number: {}, optional: true}
      speed: {label: Speed, send: speed, values: {slow: {}, fast: {}}}
      size: {label: Size, send: size, size: {}}
      shape: {label: Shape, send: shape, ratio: {}}
      style: {label: Style, send: style, text: {}}
      references: {label: References, send: references, list: {max: 3}}
      format: {label: Format, send: format, default: jpeg}
"""


def test_what_the_shared_file_says_is_no_blank(workdir: Path, call: Callable[..., Any]) -> None:
    """An option whose kind the type says is named alone, and an example picks only what has to be picked."""
    (workdir / "rules" / "_shared.yaml").write_text(SHARED_KINDS, encoding="utf-8")
    assert call("init", "second")[::2] == (0, "")
    text = (workdir / "rules" / "second.yaml").read_text(encoding="utf-8")
    plain = [line.partition("#")[0].rstrip() for line in text.splitlines()]
    kinds = ["guidance", "seed", "speed", "size", "shape", "style", "references"]
    assert plain[plain.index("options:") + 1 : plain.index("examples:")] == [
        *(f"  {name}: {{}}" for name in kinds),
        *("  format:", "    values:", ""),
    ]
    assert "has to be picked" not in text
    assert "  - select: {speed: , size: , shape: , style: , references: }" in plain


@pytest.mark.parametrize("like", [(), ("--like", "photon-1")])
@pytest.mark.parametrize(
    ("said", "is_blank"),
    [
        ("", True),
        ("    model: {send: false}\n", True),
        ("    model: {send: model}\n", False),
        ("    request: POST /images\n", False),
    ],
)
def test_a_request_is_a_blank_where_nothing_else_says_which_model(
    workdir: Path,
    call: Callable[..., Any],
    like: tuple[str, ...],
    said: str,
    is_blank: bool,  # noqa: FBT001  a case
) -> None:
    """Where neither the type has an address nor the body the model, only the address of each model can say which one is meant."""
    (workdir / "rules" / "_shared.yaml").write_text(
        f"language: 1\ntypes:\n  image:\n    fields: {{}}\n{said}", encoding="utf-8"
    )
    assert call("init", "second", *like).code == 0
    text = (workdir / "rules" / "second.yaml").read_text(encoding="utf-8")
    assert bool(re.search(r"(?m)^request: +#", text)) is is_blank
    assert ("`request` has no value" in [error.message for error in build(workdir / "rules").report.errors]) is is_blank


def test_nothing_is_overwritten(workdir: Path, call: Callable[..., Any]) -> None:
    """An existing file is not changed, and the exit code is 2."""
    path = workdir / "rules" / "gpt-image-2.yaml"
    before = path.read_bytes()
    code, out, err = call("init", "gpt-image-2")
    assert (code, out) == (2, "")
    assert "already exists" in err
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["GPT Image", "_shared", "../x", "", "a/b.yaml", "ü", "x\n"])
def test_a_name_that_cannot_be_an_id(workdir: Path, call: Callable[..., Any], name: str) -> None:
    """A name that cannot be an id gives exit code 2, and nothing is written."""
    before = sorted(path.name for path in workdir.rglob("*"))
    code, out, err = call("init", name)
    assert (code, out) == (2, "")
    assert "cannot be a model's id" in err
    assert sorted(path.name for path in workdir.rglob("*")) == before


@pytest.mark.parametrize("text", ["language: 1\ntypes: [}\n", "language: 1\n", "language: 1\ntypes: {}\n", "\ud800"])
def test_a_broken_shared_file_leaves_nothing_behind(workdir: Path, call: Callable[..., Any], text: str) -> None:
    """A shared file that cannot be used gives exit code 2, and no file is left behind."""
    (workdir / "rules" / "_shared.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    code, out, err = call("init", "flux-2")
    assert (code, out) == (2, "")
    assert "_shared.yaml" in err
    assert not (workdir / "rules" / "flux-2.yaml").exists()


@pytest.mark.parametrize("failing_file", [1, 2])
def test_what_cannot_be_written_leaves_nothing_behind(
    workdir: Path, call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, failing_file: int
) -> None:
    """A full disk at the first or second file gives exit code 2, and no file or folder is left behind."""
    synced: list[int] = []
    fsync = os.fsync

    def full_disk_fsync(handle: int) -> None:
        synced.append(handle)
        if len(synced) >= 2 * failing_file - 1:
            raise OSError(ENOSPC, os.strerror(ENOSPC))
        fsync(handle)

    before = sorted(workdir.rglob("*"))
    monkeypatch.setattr(os, "fsync", full_disk_fsync)
    code, out, err = call("init", "flux-2", "--rules", str(workdir / "new" / "rules"))
    assert (code, out) == (2, "")
    assert os.strerror(ENOSPC) in err
    assert sorted(workdir.rglob("*")) == before


def test_a_file_that_appears_meanwhile_is_not_replaced(
    workdir: Path, call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that another process creates at the same time is not replaced."""
    path, fsync = workdir / "rules" / "flux-2.yaml", os.fsync

    def write_meanwhile(handle: int) -> None:
        path.write_text("name: Theirs\n", encoding="utf-8")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", write_meanwhile)
    assert call("init", "flux-2").code == 2
    assert path.read_text(encoding="utf-8") == "name: Theirs\n"
    assert [entry.name for entry in path.parent.iterdir() if entry.suffix == ".tmp"] == []


def test_json(workdir: Path, call: Callable[..., Any]) -> None:
    """The files that were written are printed as JSON on request."""
    assert workdir.is_dir()
    out = call("init", "flux-2", "--rules", "other", "--format", "json").out
    assert [Path(path).as_posix() for path in json.loads(out)["written"]] == [
        *("other/flux-2.yaml", "other/_shared.yaml", "other/creation.schema.json"),
        *(f"schemas/{name}.schema.json" for name in ("model", "shared", "messages")),
    ]


@pytest.mark.parametrize(
    ("there", "where"),
    [
        # What is there already; and the current folder, the folder of rules as it is typed, and where its schemas are then.
        ((), (".", "rules", "schemas")),
        ((), ("elsewhere", "../rules", "rules/schemas")),
        ((), ("rules", ".", "rules/schemas")),
        ((".git",), ("rules", ".", "schemas")),
        ((".git",), ("elsewhere", "../deep/rules", "deep/schemas")),
        ((".git", "schemas/model.schema.json"), ("elsewhere", "../deep/rules", "schemas")),
        (("schemas/model.schema.json",), ("elsewhere", "../rules", "schemas")),
        (("schemas/model.schema.json",), ("elsewhere", "../deep/rules", "deep/rules/schemas")),
        (("rules/.git", "schemas/model.schema.json"), ("rules", ".", "rules/schemas")),
    ],
)
def test_the_first_line_names_a_schema_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: tuple[str, ...], where: tuple[str, str, str]
) -> None:
    """The path is relative, so that it is right on every machine; schemas that are there already are taken, and not changed."""
    current, rules, home = where
    for name in (*there, f"{current}/x", "rules/x"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("mine", encoding="utf-8")
    monkeypatch.chdir(tmp_path / current)
    monkeypatch.setattr(author_schemas, "author_texts", lambda: {"model.schema.json": "{}", "shared.schema.json": "{}"})
    name = "# yaml-language-server: $schema=somewhere/model.schema.json"
    new = with_schemas({Path(rules) / "m.yaml": f"{name}\nname: M\n"}, Path(rules))
    create(new)
    line = (Path(rules) / "m.yaml").read_text(encoding="utf-8").splitlines()[0]
    named = Path(rules) / line.removeprefix("# yaml-language-server: $schema=")
    assert (named.resolve(), ":" in line[25:]) == (tmp_path / home / "model.schema.json", False)
    assert named.read_text(encoding="utf-8") == ("mine" if f"{home}/model.schema.json" in there else "{}")


COOKBOOK = cookbook.names()
PAGES = {**COOKBOOK_TABLE.models, **DOLLARS.models}


def _fill_name(path: Path) -> None:
    text, count = re.subn(r"(?m)^name: +# .*", "name: Mine", path.read_text(encoding="utf-8"))
    assert count == 1
    path.write_text(text, encoding="utf-8")


def _copy(folder: Path, call: Callable[..., Any], name: str) -> Model:
    """Return the model of a copy of a cookbook file in a folder, with its name filled in."""
    code, out, err = call("init", f"my-{name}", "--like", name, "--rules", str(folder))
    assert (code, err) == (0, ""), name
    assert f"wrote {folder / f'my-{name}.yaml'}\n" in out
    _fill_name(folder / f"my-{name}.yaml")
    assert _errors(folder) == [], name
    return load(folder).table.models[f"my-{name}"]


def _errors(folder: Path) -> list[str]:
    return [error.message for error in build(folder, today="2026-11-22").report.errors]


def _alike(model: Model) -> dict[str, Any]:
    """Return all versions of a model without what names it, in a form that can be compared."""
    plain: dict[str, Any] = {"id": "m", "label": "M", "changes": (), "aliases": (), "use": ()}
    ends: dict[str, Any] = {"gone": None} if model.gone is None else {"gone": replace(model.gone, use=())}
    return {"": replace(model, **plain, **ends), **{change.at: _alike(change.model)[""] for change in model.changes}}


def test_every_file_of_the_cookbook_is_a_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Callable[..., Any]
) -> None:
    """In a folder without rules, each copy decides as its page does: what the page has from its type, the copy has too."""
    monkeypatch.chdir(tmp_path)
    for name, page in PAGES.items():
        assert _alike(_copy(tmp_path / name, call, name)) == _alike(page), name
    first, shared = ((tmp_path / name / file).read_text("utf-8") for file in (f"my-{name}.yaml", "_shared.yaml"))
    assert first.splitlines()[0] == "# yaml-language-server: $schema=../schemas/model.schema.json"
    assert "$schema=../schemas/shared" in shared


def test_what_the_shared_file_lacks_is_written_out(workdir: Path, call: Callable[..., Any]) -> None:
    """With another shared file, every option has a wire path and a label, and takes and costs what it did."""
    for name, page in PAGES.items():
        currency = "currency: USD\n" if name in DOLLARS.models else ""
        (workdir / name).mkdir()
        (workdir / name / "_shared.yaml").write_text(f"{currency}{shared_text()}", encoding="utf-8")
        mine = _copy(workdir / name, call, name)
        assert _taken(_alike(mine)[""]) == _taken(_alike(page)[""]), name


def _taken(model: Model) -> Model:
    """Return a model without what the shared file of a rule set says: labels, paths, texts, sentences and the address."""
    options = {name: replace(option, label="", sent=True) for name, option in model.options.items()}
    return replace(model, options=options, body=(), fields={}, request=None, refused={})


RICH = """
language: 1
types:
  image:
    body: {type: image}
    fields: {prompt: {send: prompt}}
    options:
      ratio: {label: Ratio, send: ar, values: ["1:1", "16:9"], default: "1:1", description: how wide it is, meta: {icon: frame}}
      steps: {label: Steps, send: steps, number: {min: 1, max: 9, step: 0.5}, optional: true, snap: up, aliases: [rounds]}
      size: {send: size, as: "{width}*{height}", size: {edge: {min: 64, max: 128}}}
      tier: {label: Tier, send: tier, values: {"on": {send: false}, flex: {as: 2, label: {en: Flexible, de: Flexibel}}}, default: "on"}
    refused: {voice: "images have no voice: never", mood: no moods}
"""
PAGE = """
# yaml-language-server: $schema=../../schemas/model.schema.json
name: Page
options:
  ratio: {}
  steps: { }
  size:
    default: 64x64
  tier: {values: ["on", flex, late]}
  source:
    send: source
    values:
      camera:
        source: a note
      sketch: {}
    optional: true
examples:
  - {select: {steps: 1.2}, expect: {status: allowed, note: snapped, body: {ar: "1:1", tier: "on", size: 64*64, steps: 1.5}}}
  - {select: {voice: 1}, expect: {status: impossible, because: refused_field}}
"""
OURS = [
    "language: 1\ntypes: {image: {fields: {prompt: {send: prompt}}}}\n",
    """
language: 1
types:
  image:
    fields: {prompt: {send: prompt}}
    refused: {mood: our sentence}
    options:
      ratio: {send: ar, label: Ours, values: [wide], optional: true}
      steps: {send: steps, number: {}, default: 5, aliases: [laps]}
      size: {send: size, optional: true, as: "{width}x{height}"}
""",
]


@pytest.mark.parametrize("ours", OURS)
def test_all_that_a_page_has_from_its_type_is_carried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ours: str) -> None:
    """Values, rules, defaults and sentences that the type of a page says are written where the other type says something else."""
    pages, mine = tmp_path / "pages", tmp_path / "mine"
    for folder, texts in ((pages, {"_shared": RICH, "page": PAGE}), (mine, {"_shared": ours})):
        folder.mkdir()
        for name, text in texts.items():
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr("imgrules.cli.starting.cookbook.cookbook", lambda: pages)
    text = cookbook.like("page", read_shared(mine / "_shared.yaml"), ())
    (mine / "page.yaml").write_text(re.sub("(?m)^name: .*", "name: Page", text), encoding="utf-8")
    assert _errors(pages) == []
    assert _errors(mine) == [], text
    copy, page = (load(folder).table.models["page"] for folder in (mine, pages))
    assert {key: replace(option, label="") for key, option in copy.options.items()} == {
        key: replace(option, label="") for key, option in page.options.items()
    }
    assert {**copy.refused, **load(mine).table.types["image"].refused}.keys() == {"voice", "mood"}


def test_use_names_models_and_not_files(workdir: Path, call: Callable[..., Any]) -> None:
    """A replacement is kept where a model beside the copy has that id, whatever its file is called, and never the copy itself."""
    other = workdir / "rules" / "other.yaml"
    other.write_text(
        f"id: gpt-image-1\n{(workdir / 'rules' / 'gpt-image-2.yaml').read_text(encoding='utf-8')}", encoding="utf-8"
    )
    (workdir / "rules" / "gemini-3-pro-image.yaml").write_text("id: vendor/gemini\nname: [", encoding="utf-8")
    for name, kept in (("dall-e-3", True), ("imagen-4", False)):
        assert call("init", f"my-{name}", "--like", name)[::2] == (0, "")
        assert ("\nuse: " in (workdir / "rules" / f"my-{name}.yaml").read_text(encoding="utf-8")) is kept
    other.unlink()
    assert call("init", "gpt-image-1", "--like", "dall-e-3")[::2] == (0, "")
    assert "\nuse: " not in (workdir / "rules" / "gpt-image-1.yaml").read_text(encoding="utf-8")


def test_a_page_in_the_currency_of_the_folder(tmp_path: Path, call: Callable[..., Any]) -> None:
    """A page in dollars brings a shared file in dollars, and its amounts are copied there."""
    assert call("init", "mine", "--like", "flux-1-schnell", "--rules", str(tmp_path))[::2] == (0, "")
    assert "currency: USD\n" in (tmp_path / "_shared.yaml").read_text(encoding="utf-8")
    assert "in the cookbook\n" not in (tmp_path / "mine.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COOKBOOK)
def test_a_page_in_another_currency(tmp_path: Path, call: Callable[..., Any], name: str) -> None:
    """Every amount is a blank that `check` refuses, and whoever fills in what its comment says has the prices of the page."""
    shared = re.sub(r"(?m)^currency: .*\n", "", cookbook.shared_text(name)).replace("types:", "currency: EUR\ntypes:", 1)
    (tmp_path / "_shared.yaml").write_text(shared, encoding="utf-8")
    assert call("init", "mine", "--like", name, "--rules", str(tmp_path))[::2] == (0, "")
    path = tmp_path / "mine.yaml"
    _fill_name(path)
    text = path.read_text(encoding="utf-8")
    said = [was for line in text.splitlines() for was in _amounts_said(line)]
    blank = [error for error in build(tmp_path).report.errors if error.message.endswith("has no value")]
    assert said
    assert sum(1 + len(error.more) for error in blank) == len(said)
    assert set(re.findall(r"(?:credits|regular): ([\w.]+(?: [\d.]+)?)", text.partition("\nexamples:")[2])) <= {"unknown", "0"}
    path.write_text("\n".join(map(_with_amounts, text.partition("\nexamples:")[0].splitlines())) + "\n", encoding="utf-8")
    assert _errors(tmp_path) == []
    assert _alike(load(tmp_path).table.models["mine"]) == _alike(PAGES[name])


def _amounts_said(line: str) -> list[str]:
    """Return the amounts that a comment says beside blanks."""
    said = re.search(r"[;#] ([^;#]*) (?:credits|USD) in the cookbook$", line)
    return said[1].split(", ") if said else []


def _with_amounts(line: str) -> str:
    """Return a line with its blanks filled in as its comment says."""
    for amount in _amounts_said(line):
        line = re.sub(r":(?= *(?:[,}]|#))", f": {amount}", line, count=1)
    return line


def test_sources_of_a_page_are_no_sources_of_a_copy(tmp_path: Path, call: Callable[..., Any]) -> None:
    """Nobody has read them for the new model: they are comments, so that no day says that its rules were checked."""
    for name in COOKBOOK:
        assert call("init", f"my-{name}", "--like", name, "--rules", str(tmp_path / name))[::2] == (0, "")
        text = (tmp_path / name / f"my-{name}.yaml").read_text(encoding="utf-8")
        assert [line for line in text.splitlines() if re.search(r"\b(source|checked):", line.partition("#")[0])] == [], name
        assert "\n# source:\n#   - " in text


OTHER = """
language: 1
types:
  picture:
    provider: {send: to.provider}
    model: {send: to.model}
    fields: {prompt: {send: to.prompt}}
    options: {size: {label: Format, send: to.size}, quality: {label: Grade}}
"""


def test_one_of_several_types(workdir: Path, call: Callable[..., Any]) -> None:
    """Where there are several types, a new file names one, and otherwise none."""
    shared = OTHER + "  film:\n    provider: {send: provider}\n    model: {send: model}\n"
    folder = workdir / "other"
    folder.mkdir()
    (folder / "_shared.yaml").write_text(shared, encoding="utf-8")
    assert call("init", "new", "--rules", "other")[::2] == (0, "")
    assert "\ntype: picture" in (folder / "new.yaml").read_text(encoding="utf-8")
    assert call("init", "newer", "--like", "dall-e-3", "--rules", "other")[::2] == (0, "")
    _fill_name(folder / "newer.yaml")
    assert "\ntype: picture\n" in (folder / "newer.yaml").read_text(encoding="utf-8")
    (folder / "_shared.yaml").write_text(OTHER, encoding="utf-8")
    assert call("init", "newest", "--rules", "other")[::2] == (0, "")
    assert "type:" not in (folder / "newest.yaml").read_text(encoding="utf-8").replace("# yaml-language", "")


def test_another_wire(workdir: Path, call: Callable[..., Any]) -> None:
    """Paths come from the existing shared file, and from the cookbook only where it has none."""
    folder = workdir / "other"
    folder.mkdir()
    (folder / "_shared.yaml").write_text(OTHER, encoding="utf-8")
    for name in ("dall-e-3", "imagen-4"):
        assert call("init", f"my-{name}", "--like", name, "--rules", "other")[::2] == (0, "")
        _fill_name(folder / f"my-{name}.yaml")
    text = (folder / "my-dall-e-3.yaml").read_text(encoding="utf-8")
    assert "type:" not in text
    assert "  size: {values: [" in text
    assert "  quality: {send: extra_config.output.quality, values: {" in text
    assert "  outputs: {send: extra_config.output.count, label: Images, number: " in text
    assert "use:" not in text.partition("source:")[0]
    code, out, _ = call("check", "other", "--at", "2026-11-22", "--format", "concise")
    assert code == 0, out


def test_the_list(call: Callable[..., Any], program: Callable[..., Any], tmp_path: Path) -> None:
    """`--list` prints each file of the cookbook with a line about it, and writes nothing."""
    code, out, err = call("init", "--list")
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()] == COOKBOOK
    assert all(len(line.split()) > 3 for line in out.splitlines())
    assert [entry["name"] for entry in json.loads(call("init", "--list", "--format", "json").out)] == COOKBOOK
    assert program("init", "--list", cwd=tmp_path).stdout.decode() == out
    sentences = [entry["about"] for entry in json.loads(call("init", "--list", "--format", "json").out)]
    assert [about for about in sentences if not about.endswith(".")] == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("new", "--like", "imagn-4"), "the cookbook has no `imagn-4`; did you mean `imagen-4`?"),
        (("new", "--like", "zzzzzz"), "the cookbook has no `zzzzzz`; it has "),
        (("new", "--like", "_shared"), "the cookbook has no `_shared`"),
        (("new", "--like", "../x"), "the cookbook has no `../x`"),
        (("new", "--like", ""), "the cookbook has no ``"),
        (("gpt-image-2", "--like", "imagen-4"), "already exists"),
        ((), "name the new model"),
    ],
)
def test_nothing_to_start_from(workdir: Path, call: Callable[..., Any], words: tuple[str, ...], message: str) -> None:
    """A name that cannot be used gives exit code 2 with a reason or a proposal, and nothing is written."""
    before = {path: path.read_bytes() for path in workdir.rglob("*.yaml")}
    code, out, err = call("init", *words)
    assert (code, out) == (2, "")
    assert message in err
    assert {path: path.read_bytes() for path in workdir.rglob("*.yaml")} == before


def test_an_installed_package_has_its_own_cookbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cookbook inside an installed package is preferred to the one of a checkout."""
    monkeypatch.setattr(
        "imgrules.cli.starting.cookbook.__file__", str(tmp_path / "imgrules" / "cli" / "starting" / "cookbook.py")
    )
    assert cookbook.cookbook() == tmp_path / "docs" / "cookbook"
    (tmp_path / "imgrules" / "cookbook").mkdir(parents=True)
    assert cookbook.cookbook() == tmp_path / "imgrules" / "cookbook"
    assert cookbook.names() == []
