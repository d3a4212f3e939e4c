"""Where a contract refuses only a few values of a region, one of them is found, so that the report is an error with a selection."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from imgrules.compiler.build import build_texts
from imgrules.compiler.report.diagnostics import Report
from imgrules.compiler.source import ContractFile

SHARED = """\
language: 1
types:
  t:
    contract: c.json
    provider: {send: by}
    model: {send: model}
    fields: {prompt: {send: prompt, text: {min: 1, max: 500}}, tag: {send: tag, text: {max: 40}, optional: true}}
"""
MODEL = """\
name: Odd
provider: p
model: m
options:
  quality: {send: quality, values: [low, high]}
  count: {send: count, number: {min: 1, max: 1000}}
  seed: {send: seed, number: {min: 0, max: 900000000}, optional: true}
  cfg: {send: cfg, number: {min: 0.5, max: 20, step: 0.5}, optional: true}
  free: {send: free, number: {min: 0, max: 1, step: any}, optional: true}
  size: {send: false, size: {edge: {min: 64, max: 4096, step: 8}}, optional: true}
  box: {send: box, as: "{width}*{height}", size: {edge: {min: 64, max: 4096, step: 8}}, optional: true}
  many: {send: many, list: {max: 5}, text: {min: 1, max: 50}, optional: true}
  styles: {send: styles, list: {max: 3}, values: [ink, oil, pen], optional: true}
  word: {send: word, text: {min: 1, max: 30}, as: "<{value}>", optional: true}
body:
  w: {of: size, as: width}
  h: {of: size, as: height}
examples:
  - {select: {quality: low, count: 3}, expect: {status: allowed}}
"""


def at(name: str, schema: Any) -> dict[str, Any]:
    """Return a contract about one path."""
    return {"properties": {name: schema}}


def never(*schemas: Any) -> dict[str, Any]:
    """Return a schema that refuses what all of some accept."""
    return {"not": {"allOf": [*schemas]}}


def refused(name: str, schema: Any, also: str, other: Any) -> dict[str, Any]:
    """Return a contract that refuses two values together."""
    return {"not": {"properties": {name: schema, also: other}, "required": [name, also]}}


def report_of_type(more: str, contract: Any, model: str) -> Report:
    """Return the report of a model of a type with a contract and what else it states, such as fields."""
    shared = f"language: 1\ntypes: {{t: {{contract: c.json, model: {{send: m}}{more}}}}}\n"
    file = ContractFile(json.dumps(contract).encode())
    return build_texts({"_shared": shared, "odd": model}, contracts=lambda _: file).report


def found_in(report: Report) -> list[str]:
    """Return the codes of what a report says about the contract."""
    return [error.code.id for error in report.diagnostics if error.code.id[:4] == "IR31"]


def report_of(contract: Any, model: str = MODEL) -> Report:
    """Return the report of a model with a contract."""
    return build_texts(
        {"_shared": SHARED, "odd": model}, contracts=lambda _: ContractFile(json.dumps(contract).encode())
    ).report


FOUND: dict[str, tuple[Any, str]] = {
    "one-number": (at("count", never({"const": 7})), "the contract refuses `7` at `count`: `not` does not take it"),
    "some-numbers": (at("count", never({"enum": [713, 14]})), "the contract refuses `14` at `count`"),
    "multiples": (at("count", never({"multipleOf": 997})), "the contract refuses `997` at `count`"),
    "common-multiples": (at("count", never({"multipleOf": 7}, {"multipleOf": 11})), "refuses `77` at `count`"),
    "no-multiple": (at("count", {"anyOf": [{"multipleOf": 2}, {"maximum": 990}]}), "refuses `991` at `count`"),
    "one-multiple": (at("count", {"if": {"multipleOf": 30}, "then": {"maximum": 985}}), "refuses `990` at `count`"),
    "of-many-numbers": (at("seed", never({"multipleOf": 7919})), "refuses `7919` at `seed`"),
    "beside-a-bound": (at("seed", {"anyOf": [{"maximum": 41}, {"minimum": 43}]}), "refuses `42` at `seed`"),
    "one-decimal": (at("cfg", never({"const": 7.5})), "refuses `7.5` at `cfg`"),
    "any-decimal": (at("free", {"multipleOf": 0.05}), "at `free`: it takes multiples of `0.05`"),
    "a-text": (at("prompt", never({"const": "a red fox"})), "refuses `a red fox` at `prompt`"),
    "a-character": (at("prompt", {"pattern": "^[^#]*$"}), "refuses `#` at `prompt`"),
    "a-word": (at("prompt", never({"pattern": "fox"})), "refuses `fox` at `prompt`"),
    "a-form": (at("word", never({"const": "<low>"})), "refuses `<low>` at `word`"),
    "a-code": (at("tag", never({"pattern": "^[A-Z]{3}-[0-9]{4}$"})), "refuses `AAA-0000` at `tag`"),
    "an-address": (at("tag", never({"pattern": "^[^@]+@[^@]+$"})), "@"),
    "a-side": (at("w", never({"const": 1032})), "refuses `1032` at `w`"),
    "a-step-of-sides": (at("w", {"multipleOf": 16}), "at `w`: it takes multiples of `16`"),
    "a-size": (at("box", never({"const": "1024*768"})), "refuses `1024*768` at `box`"),
    "an-entry": (at("many", {"items": {"pattern": "^[^#]*$"}}), 'refuses `["#"]` at `many`'),
    "a-list": (at("styles", never({"const": ["oil", "ink"]})), 'refuses `["oil", "ink"]` at `styles`'),
    "entries-together": (
        at("styles", never({"contains": {"const": "pen"}}, {"contains": {"const": "oil"}})),
        'refuses `["pen", "oil"]` at `styles`',
    ),
    "a-list-of-texts": (at("many", never({"const": ["a", "b"]})), 'refuses `["a", "b"]` at `many`'),
    "by-a-reference": (
        {**at("count", {"not": {"$ref": "#/$defs/bad"}}), "$defs": {"bad": {"multipleOf": 613}}},
        "refuses `613`",
    ),
    "numbers-together": (refused("count", {"const": 7}, "cfg", {"const": 7.5}), "with {count: 7, cfg: 7.5}"),
    "number-and-text": (refused("count", {"const": 7}, "word", {"const": "<fox>"}), "with {count: 7, word: fox}"),
    "number-and-side": (refused("count", {"multipleOf": 7}, "w", {"multipleOf": 24}), "with {count: 7, size: 72x72}"),
    "without": (
        {"if": at("prompt", {"pattern": "fox"}), "then": {"required": ["word"]}},
        "the contract refuses a body by `if` with {prompt: fox} without `word`",
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_the_refused_value_is_found(name: str) -> None:
    """The error names the value, at the line of its rule; nothing is called unproved."""
    contract, message = FOUND[name]
    report = report_of(contract)
    found = [error for error in report.diagnostics if error.code.id[:4] == "IR31"]
    assert [error.code.id for error in found] in (["IR312"], ["IR314"])
    assert message in found[0].message
    assert report.tried == ()


PROVED: dict[str, Any] = {
    "no-common-multiple": at("count", never({"multipleOf": 7}, {"minimum": 995})),
    "residues": at("count", {"oneOf": [{"multipleOf": 2}, {"not": {"multipleOf": 2}}]}),
    "halves": at("cfg", {"multipleOf": 0.25}),
}


@pytest.mark.parametrize("name", PROVED)
def test_few_numbers_are_looked_at_one_by_one(name: str) -> None:
    """Where none of a thousand numbers is refused, that is a proof, and not a trial."""
    report = report_of(PROVED[name])
    assert [error.code.id for error in report.diagnostics if error.code.id[:4] == "IR31"] == []
    assert report.tried == ()


def test_what_is_undecided_is_said() -> None:
    """A pattern that every text that was tried matches is named, and is no warning."""
    report = report_of(at("prompt", {"pattern": "^(?!.*wombat .*numbat)"}))
    assert [error.code.id for error in report.diagnostics if error.code.id[:4] == "IR31"] == []
    assert report.tried == ("`pattern` at `prompt`",)


DEPENDENT = """\
model: m
options:
  shape: {send: shape, ratio: {min: "1:3", max: "3:1"}, optional: true}
  count: {send: count, number: {min: 1, max: 3}, default: {by: shape, table: {(other): (none), (none): 1}}}
"""


@pytest.mark.parametrize("name", ["shape", "count"])
def test_an_option_without_its_default_is_picked(name: str) -> None:
    """Where a default table gives nothing for a selection, the option is picked, so that a selection with its body is found."""
    shared = "language: 1\ntypes: {t: {contract: c.json, model: {send: model}}}\n"
    contract = ContractFile(json.dumps(at(name, {"not": {}})).encode())
    report = build_texts({"_shared": shared, "odd": DEPENDENT}, contracts=lambda _: contract).report
    assert f"at `{name}`" in "".join(error.message for error in report.errors)


OBJECT = """\
name: Odd
provider: p
model: m
options:
  quality: {send: o.quality, values: [low, high]}
  tone: {send: o.tone, values: {warm: {as: 3}, cold: {as: 4}}, optional: true}
  any: {send: o.any, size: {edge: {min: 64, max: 128, step: 8}}, values: {auto: {as: best}}, optional: true}
  count: {send: o.count, number: {min: 1, max: 1000}}
  cfg: {send: o.cfg, number: {min: 0.5, max: 20, step: 0.5}, optional: true}
  free: {send: o.free, number: {min: 0, max: 1, step: any}, optional: true}
  styles: {send: o.styles, list: {max: 3}, values: [ink, oil, pen], optional: true}
  word: {send: o.word, text: {min: 1, max: 30}, as: "<{value}>", optional: true}
  size: {send: o.size, size: {edge: {min: 64, max: 4096, step: 8}}, optional: true}
  sides: {send: false, size: {edge: {min: 64, max: 4096, step: 8}}, optional: true}
body:
  o.fixed: "yes"
  o.w: {of: sides, as: width}
  o.h: {of: sides, as: height}
examples:
  - {select: {quality: low, count: 3}, expect: {status: allowed}}
"""
WHOLE = {"fixed": "yes", "quality": "low", "count": 7}
WHOLE_BODY = {"by": "p", "model": "m", "prompt": "a red fox", "tag": "x", "o": WHOLE}
REFUSED: dict[str, tuple[Any, str]] = {
    "finite": (at("o", never({"const": WHOLE})), "by `not` with {quality: low, count: 7} without"),
    "one-of-two": (at("o", never({"enum": [{**WHOLE, "count": 8}, {**WHOLE, "fixed": "no"}]})), "{quality: low, count: 8}"),
    "two-ways": (at("o", {"oneOf": [{"const": WHOLE}, {"required": ["quality"]}]}), "by `oneOf` with {quality: low, count: 7}"),
    "or-else": (
        at("o", {"anyOf": [never({"const": WHOLE}), {"required": ["cfg"]}]}),
        "by `anyOf` with {quality: low, count: 7}",
    ),
    "then": (at("o", {"if": {"const": WHOLE}, "then": {"required": ["cfg"]}}), "which is not always sent with {quality: low"),
    "by-a-reference": (
        {**at("o", {"not": {"$ref": "#/$defs/bad"}}), "$defs": {"bad": {"const": WHOLE}}},
        "by `not` with {quality: low, count: 7}",
    ),
    "from-outside": ({"not": at("o", {"const": WHOLE})}, "by `not` with {quality: low, count: 7}"),
    "a-decimal": (at("o", never({"const": {**WHOLE, "cfg": 7.5}})), "{quality: low, count: 7, cfg: 7.5}"),
    "any-decimal": (at("o", never({"const": {**WHOLE, "free": 0.3}})), "{quality: low, count: 7, free: 0.3}"),
    "a-list": (at("o", never({"const": {**WHOLE, "styles": ["oil", "ink"]}})), "styles: [2 entries]}"),
    "a-text": (at("o", never({"const": {**WHOLE, "word": "<fox>"}})), "{quality: low, count: 7, word: fox}"),
    "a-size": (at("o", never({"const": {**WHOLE, "size": "1024x768"}})), "{quality: low, count: 7, size: 1024x768}"),
    "what-is-sent-for-values": (at("o", never({"const": {**WHOLE, "tone": 4, "any": "best"}})), "tone: cold, any: auto"),
    "two-sides": (at("o", never({"const": {**WHOLE, "w": 1024, "h": 768}})), "{quality: low, count: 7, sides: 1024x768}"),
    "the-body": (never({"const": WHOLE_BODY}), "{quality: low, count: 7, prompt: a red fox, tag: x}"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_object_of_several_leaves_is_found(name: str) -> None:
    """The one selection that sends it is an error; nothing is only tried."""
    contract, message = REFUSED[name]
    report = report_of(contract, OBJECT)
    found = [error for error in report.diagnostics if error.code.id[:4] == "IR31"]
    assert [error.code.id for error in found] in (["IR313"], ["IR314"])
    assert message in found[0].message
    assert report.tried == ()


BESIDE = """\
model: m
options:
  tone: {send: tone, values: [dry, warm, cold]}
  pics: {send: pics, list: {min: 1, max: 2}, optional: true}
  mode: {send: mode, of: pics, values: {none: {max: 0}, one: {min: 1, max: 1}, many: {min: 2}}}
  paper: {send: paper, values: [matte, gloss]}
body:
  glossy: {by: [paper], table: {matte: false, gloss: true}}
"""
TWO_LISTS: dict[str, Any] = {
    "beside-a-computed-word": at("pics", never({"const": ["x", "x"]})),
    "beside-a-table": never(at("pics", {"const": ["x", "x"]}), at("glossy", {"enum": [True, ["x"]]})),
}


@pytest.mark.parametrize("name", TWO_LISTS)
def test_a_refused_list_is_found_beside_what_follows_from_it(name: str) -> None:
    """Of the combinations that differ in computed words alone, the one that the list has is among those that are tried."""
    shared = "language: 1\ntypes: {t: {contract: c.json, model: {send: model}}}\n"
    contract = ContractFile(json.dumps(TWO_LISTS[name]).encode())
    report = build_texts({"_shared": shared, "odd": BESIDE}, contracts=lambda _: contract).report
    assert [error.code.id for error in report.errors] in (["IR312"], ["IR314"])
    assert report.tried == ()


def test_many_texts_are_found_together() -> None:
    """Of several texts that are refused together, each is tried with those that the contract names for its own path."""
    model = MODEL.replace(
        "body:\n", "".join(f"  t{at}: {{send: t{at}, text: {{}}, optional: true}}\n" for at in range(5)) + "body:\n"
    )
    texts = {f"t{at}": {"enum": [f"fox{at}", "a", "b"]} for at in range(5)}
    report = report_of({"not": {"properties": texts, "required": [*texts]}}, model)
    assert [error.code.id for error in report.errors if error.code.id[:4] == "IR31"] == ["IR314"]
    assert report.tried == ()


MEASURED = """\
model: m
options:
  frame: {send: frame, size: {edge: {min: 16, max: 64}, area: {max: 1024}}, as: "{width}*{height}", default: 32x32}
  dots: {send: "row[0]", of: frame, measure: pixels}
body: {"row[1]": two}
"""


@pytest.mark.parametrize("number", [990, 330, 165])
def test_a_multiple_that_is_computed_is_found(number: int) -> None:
    """A size whose pixels are a multiple of a number that the contract names is picked, where one can be."""
    shared = "language: 1\ntypes: {t: {contract: c.json, model: {send: model}}}\n"
    contract = ContractFile(json.dumps(at("row", {"prefixItems": [never({"multipleOf": number})]})).encode())
    report = build_texts({"_shared": shared, "odd": MEASURED}, contracts=lambda _: contract).report
    width, height = map(int, re.findall(r"with {frame: (\d+)x(\d+)}", report.errors[0].message)[0])
    assert (len(report.errors), width * height % number) == (1, 0)
    assert report.tried == ()


def test_a_list_with_a_computed_number_is_found() -> None:
    """A size with as many pixels as the contract refuses is picked, and the message names that size."""
    shared = "language: 1\ntypes: {t: {contract: c.json, model: {send: model}}}\n"
    contract = ContractFile(json.dumps(at("row", never({"const": [990, "two"]}))).encode())
    report = build_texts({"_shared": shared, "odd": MEASURED}, contracts=lambda _: contract).report
    assert [error.message for error in report.errors] == ["the contract refuses a body by `not` with {frame: 33x30}"]
    assert report.tried == ()


NEEDY = """\
model: m
options:
  token: {send: token, number: {min: 1}, optional: true}
  broad: {send: broad, number: {min: 16, max: 64, step: 16}, default: 32}
  high: {send: high, number: {min: 16, max: 64, step: 16}, default: 32}
  area: {of: [broad, high], measure: pixels, unit: 1000}
  shots: {send: shots, number: {min: 0, max: 900}}
  few: {of: shots, values: {none: {max: 0}, some: {min: 1, max: 7}, more: {min: 8, max: 90}, many: {min: 91}}}
  tiles: {send: tiles, number: {min: 0, max: 900}}
  grid: {of: tiles, values: {none: {max: 0}, some: {min: 1, max: 7}, more: {min: 8, max: 90}, many: {min: 91}}}
limits:
  - {when: {area: {min: 1}}, needs: token}
  - {when: {few: none, grid: none}, needs: token}
body: {fixed: 1}
"""


def test_what_every_body_has_is_found_where_limits_need_an_option() -> None:
    """The product of what is tried begins with thousands of selections without the option, so samples are tried too."""
    assert found_in(report_of_type("", {"properties": {"fixed": False}}, NEEDY)) == ["IR311"]


REFUSED_FIRST = """
model: m
options:
  tone: {send: tone, values: [warm, cold, none at all]}
  grade: {send: grade, values: [raw, fine, best]}
  frame: {send: frame, size: {edge: {min: 16, max: 64, step: 8}}, default: 32x32}
limits:
  - {when: {tone: warm}, never: {frame: {not: (none)}}}
"""


def test_what_the_first_combinations_cannot_have_is_found() -> None:
    """The few combinations that are tried of those alike are possible ones, although limits refuse the first ones."""
    contract = at("side", never({"const": {"tongue": "x"}}))
    report = report_of_type(", fields: {tongue: {send: side.tongue}}", contract, REFUSED_FIRST)
    assert (found_in(report), report.tried) == (["IR314"], ())


NEEDED_FIRST: dict[str, str] = {
    "a-default-table-without-an-entry": """
model: m
options:
  tone: {send: tone, values: [warm, cold], optional: true}
  copies: {send: copies, number: {min: 1, max: 3}, default: {by: tone, table: {warm: (none), cold: (none), (none): (none)}}}
""",
    "a-limit-that-needs-another": """
model: m
options:
  tone: {send: tone, values: [warm, cold]}
  paper: {send: paper, text: {max: 3}, optional: true}
limits:
  - {when: {tone: {not: (none)}}, needs: paper}
""",
}


@pytest.mark.parametrize("needed", NEEDED_FIRST)
def test_what_is_named_is_tried_beside_what_has_to_be_picked(needed: str) -> None:
    """An object that a contract names is sent by a selection that is possible, although more has to be picked for it."""
    sent = dict.fromkeys(("words", "tongue", "remark", "title"), "x")
    fields = ", ".join(f"{name}: {{send: side.{name}}}" for name in sent)
    report = report_of_type(f", fields: {{{fields}}}", at("side", never({"const": sent})), NEEDED_FIRST[needed])
    assert (found_in(report), report.tried) == (["IR314"], ())


REFUSED_UNLESS_PICKED = """
model: m
options:
  tier: {send: tier, values: [standard, flex, late]}
  grade: {send: grade, values: [raw, fine], default: raw}
  frame: {send: frame, size: {edge: {min: 16, max: 64, step: 8}}, as: "{width}*{height}", default: 32x32}
  dots: {of: frame, measure: pixels}
  preset: {send: preset, values: [square, wide, tall, round], optional: true}
  custom: {send: custom, list: {max: 3}, optional: true}
  aside: {send: aside, text: [{max: 4}, {min: 1, max: 2, unit: words}, {max: 6, unit: bytes}], optional: true}
  token: {send: token, number: {min: 1, max: 9}, optional: true}
  tries: {send: tries, number: {min: 1, max: 3}, default: {by: grade, table: {raw: 3, fine: 2}}}
limits:
  - {when: {custom: {not: (none)}}, only: {preset: (none)}}
  - {when: {preset: {not: (none)}}, needs: token}
  - {when: {aside: (none)}, only: {tries: {max: 1}}}
  - {when: {dots: {min: 1}}, never: {tier: {not: late}}}
"""


def test_what_only_sample_selections_have_is_found() -> None:
    """Where none of what is tried is possible, sample selections take the values that are tried."""
    report = report_of_type("", at("frame", never({"pattern": r"^64\*32"})), REFUSED_UNLESS_PICKED)
    assert (found_in(report), report.tried) == (["IR312"], ())


SHORT: dict[str, str] = {
    "x x": "{unit: words, min: 2, max: 3}",
    "x  x": "[{max: 4}, {unit: words, min: 2, max: 2}]",
    "😀漢": "{unit: bytes, min: 7}",
}


@pytest.mark.parametrize("text", SHORT)
def test_a_text_that_few_samples_are_like_is_found(text: str) -> None:
    """No length of a text is left out because the usual samples of that length have too few words or bytes."""
    fields = f", fields: {{tongue: {{send: t, text: {SHORT[text]}}}}}"
    report = report_of_type(fields, at("t", never({"const": text})), "model: m\n")
    assert [error.code.id for error in report.errors] == ["IR312"]


@pytest.mark.parametrize(("longest", "code"), [(1_999, "IR312"), (10**7, "IR316")])
def test_a_text_that_is_longer_than_the_samples_is_not_passed(longest: int, code: str) -> None:
    """A text of one character more than a contract takes is made, and where it would be very long, nothing is claimed."""
    fields = ", fields: {prompt: {send: prompt, text: {min: 1}}}"
    assert found_in(report_of_type(fields, at("prompt", {"minLength": 1, "maxLength": longest}), "model: m\n")) == [code]


NEVER_SENT: dict[str, Any] = {
    "another-constant": {**WHOLE, "fixed": "no"},
    "beyond-a-bound": {**WHOLE, "count": 0},
    "between-steps": {**WHOLE, "cfg": 7.25},
    "another-entry": {**WHOLE, "styles": ["water"]},
    "too-long": {**WHOLE, "word": "x" * 40},
    "another-member": {**WHOLE, "more": 1},
    "a-member-less": {"fixed": "yes", "quality": "low"},
    "no-object": ["yes", "low", 7],
}


@pytest.mark.parametrize("name", NEVER_SENT)
def test_an_object_that_is_never_sent_is_proved(name: str) -> None:
    """A constant that some leaf cannot have refuses nothing, and that is no trial."""
    report = report_of(at("o", never({"const": NEVER_SENT[name]})), OBJECT)
    assert [error.code.id for error in report.diagnostics if error.code.id[:4] == "IR31"] == []
    assert report.tried == ()


def test_what_is_infinite_is_tried_and_said() -> None:
    """Whether any text makes an object that a pattern refuses is not known, where none was found."""
    odd = {"properties": {"count": {"const": 7}, "word": {"pattern": "wombat (?=.*numbat)(?=.*quokka)"}}, "required": ["word"]}
    assert report_of(at("o", {"not": odd}), OBJECT).tried == ("`not` at `o`",)
