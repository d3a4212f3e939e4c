"""Rule sets that grow in one place: every list and mapping of the rule language, at any length."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

Texts = Mapping[str, str]
"""The texts of rule files, by stem."""

_SHARED: dict[str, Any] = {
    "language": 1,
    "types": {
        "image": {
            "provider": {"send": "g.provider"},
            "model": {"send": "g.model"},
            "fields": {"prompt": {"send": "prompt", "text": {"min": 1}}},
        }
    },
    "gates": {"member": {"opens_with": ["member"], "label": "M"}},
}
_MODEL: dict[str, Any] = {"name": "M", "type": "image", "provider": "p", "model": "m"}
_Q: dict[str, Any] = {"q": {"send": "q", "values": ["a", "b"]}}


def _texts(shared: Mapping[str, Any] | None = None, **models: Mapping[str, Any]) -> Texts:
    # JSON is YAML except for long keys: in YAML, a mapping on one line has keys of up to 1,024 characters.
    documents = {"_shared": {**_SHARED, **(shared or {})}, **{name: {**_MODEL, **model} for name, model in models.items()}}
    return {
        name: "\n".join(f"{key}: {json.dumps(value)}" for key, value in document.items()) + "\n"
        for name, document in documents.items()
    }


def _typed(**keys: Any) -> dict[str, Any]:
    return {"types": {"image": {**_SHARED["types"]["image"], **keys}}}


def _names(prefix: str, count: int) -> list[str]:
    return [f"{prefix}{number}" for number in range(count)]


def _day(at: int) -> str:
    return f"{2000 + at // 336}-{1 + at // 28 % 12:02}-{1 + at % 28:02}"


def _numbers(count: int, **keys: Any) -> dict[str, Any]:
    return {name: {"send": name, "number": {"min": 0, "max": 9}, "optional": True, **keys} for name in _names("n", count)}


def options(count: int) -> Texts:
    """Return many options."""
    return _texts(m={"options": _numbers(count)})


def optional_lists(count: int) -> Texts:
    """Return many optional options of two values."""
    return _texts(m={"options": {name: {"send": name, "values": ["a", "b"], "optional": True} for name in _names("o", count)}})


def values(count: int) -> Texts:
    """Return many values of one option."""
    return _texts(m={"options": {"q": {"send": "q", "values": _names("v", count)}}})


def detailed_values(count: int) -> Texts:
    """Return many values with every kind of detail."""
    details = {
        "label": {"en": "L", "de": "D"},
        "credits": 1,
        "gate": "member",
        "badges": [{"text": "B", "until": "2030-01-01"}],
    }
    listed = {name: {**details, "aliases": [f"a-{name}"], "as": f"s-{name}"} for name in _names("v", count)}
    return _texts(m={"options": {"q": {"send": "q", "values": {"free": {"credits": 1}, **listed}}}})


def values_twice(count: int) -> Texts:
    """Return many values, each of them twice."""
    return _texts(m={"options": {"q": {"send": "q", "values": _names("v", count // 2) * 2}}})


def limits(count: int, values: int = 10) -> Texts:
    """Return many limits over ten thousand combinations: those of four options with some values each."""
    declared = {name: {"send": name, "values": _names("v", values)} for name in _names("o", 4)}
    entries = [
        {
            "when": {"o0": f"v{at % values}", "o1": f"v{at // values % values}"},
            "never": {"o2": f"v{at * 7 % values}", "o3": f"v{at // values**2 * 3 % values}"},
        }
        for at in range(count)
    ]
    return _texts(m={"options": declared, "limits": entries})


def limits_of_values(count: int) -> Texts:
    """Return a limit for each of many values."""
    entries = [{"when": {"q": f"v{at}"}, "only": {"n0": {"max": 5}}} for at in range(count)]
    return _texts(m={"options": {"q": {"send": "q", "values": _names("v", count * 5 // 2)}} | _numbers(1), "limits": entries})


def surcharges_of_many(count: int, values: int = 10) -> Texts:
    """Return many surcharges on ten thousand combinations: those of four options with some values each."""
    declared = {name: {"send": name, "values": _names("v", values)} for name in _names("o", 4)}
    plus = [{"credits": 1, "when": {"o0": f"v{at % values}", "o1": f"v{at // values % values}"}} for at in range(count)]
    return _texts(m={"options": declared, "credits": {"base": 3, "plus": plus}})


def limits_of_lists(count: int) -> Texts:
    """Return many limits that each name most values."""
    declared = {name: {"send": name, "values": _names("v", 50)} for name in _names("o", 2)}
    entries = [{"when": {"o0": _names("v", 49)}, "never": {"o1": [f"v{at % 7}"]}} for at in range(count)]
    return _texts(m={"options": declared, "limits": entries})


def limits_of_numbers(count: int) -> Texts:
    """Return many limits about numbers."""
    entries = [{"when": {"n0": at % 9}, "never": {"n1": {"min": at % 9}}} for at in range(count)]
    return _texts(m={"options": _Q | _numbers(2), "limits": entries})


def only_limits(count: int) -> Texts:
    """Return many limits with `only`."""
    declared = {name: {"send": name, "values": _names("v", 40)} for name in _names("o", 2)}
    entries = [{"when": {"o0": f"v{at % 40}"}, "only": {"o1": _names("v", 39)}} for at in range(count)]
    return _texts(m={"options": declared, "limits": entries})


def needs(count: int) -> Texts:
    """Return a limit that needs many options."""
    return _texts(m={"options": _Q | _numbers(count), "limits": [{"when": {"q": "a"}, "needs": _names("n", count)}]})


def excludes(count: int) -> Texts:
    """Return a limit that rules many options out."""
    return _texts(
        m={
            "options": _Q | _numbers(count),
            "limits": [{"when": {"q": "a"}, "only": dict.fromkeys(_names("n", count), "(none)")}],
        }
    )


def ignores(count: int) -> Texts:
    """Return a limit that ignores many options."""
    return _texts(m={"options": _Q | _numbers(count), "limits": [{"when": {"q": "a"}, "ignores": _names("n", count)}]})


def ignoring_limits(count: int) -> Texts:
    """Return many limits that ignore one option each."""
    entries = [{"when": {"q": "a"}, "ignores": name} for name in _names("n", count)]
    return _texts(m={"options": _Q | _numbers(count), "limits": entries})


def conditions(count: int) -> Texts:
    """Return a limit that names many options."""
    never = dict.fromkeys(_names("n", count), 1)
    return _texts(m={"options": _Q | _numbers(count), "limits": [{"when": {"q": "a"}, "never": never}]})


def any_of(count: int) -> Texts:
    """Return a limit that names many values."""
    declared = {"q": {"send": "q", "values": _names("v", count)}, "r": {"send": "r", "values": ["a", "b"]}}
    return _texts(m={"options": declared, "limits": [{"when": {"r": "a"}, "only": {"q": _names("v", count - 1)}}]})


def chain_of_when(count: int) -> Texts:
    """Return options that each depend on the one before."""
    declared = {
        f"n{at}": {"send": f"n{at}", "number": {"min": 0}, "optional": True, "when": {f"n{at - 1}": 1}}
        for at in range(1, count)
    }
    return _texts(m={"options": {"n0": {"send": "n0", "number": {"min": 0}, "optional": True}, **declared}})


def chain_backwards(count: int) -> Texts:
    """Return options that each depend on the next one."""
    declared = {
        f"n{at}": {"send": f"n{at}", "number": {"min": 0}, "optional": True, "when": {f"n{at + 1}": 1}} for at in range(count)
    }
    return _texts(m={"options": {**declared, f"n{count}": {"send": "z", "number": {"min": 0}, "optional": True}}})


def circle(count: int) -> Texts:
    """Return options that depend on each other in a cycle."""
    declared = {
        f"n{at}": {"send": f"n{at}", "number": {"min": 0}, "optional": True, "when": {f"n{(at + 1) % count}": 1}}
        for at in range(count)
    }
    return _texts(m={"options": declared})


def everyone_on_everyone(count: int) -> Texts:
    """Return options that each depend on all before: the text grows with the square of their number."""
    declared = {
        f"n{at}": {
            "send": f"n{at}",
            "number": {"min": 0},
            "optional": True,
            "when": {f"n{earlier}": 1 for earlier in range(at)},
        }
        for at in range(1, int(count**0.5) + 1)
    }
    return _texts(m={"options": {"n0": {"send": "n0", "number": {"min": 0}, "optional": True}, **declared}})


def pixels_of_pixels(count: int) -> Texts:
    """Return computed options that are computed from each other."""
    declared = {f"p{at}": {"send": False, "of": [f"p{at - 1}", f"p{at - 1}"], "measure": "pixels"} for at in range(1, count)}
    return _texts(m={"options": {"p0": {"send": "p0", "number": {"min": 1, "max": 2}, "default": 1}, **declared}})


def totals_of_totals(count: int) -> Texts:
    """Return sums of sums."""
    declared = {f"p{at}": {"send": False, "of": [f"p{at - 1}", f"p{at - 1}"], "measure": "total"} for at in range(1, count)}
    return _texts(m={"options": {"p0": {"send": "p0", "number": {"min": 1, "max": 2}, "default": 1}, **declared}})


def words_of_totals(count: int) -> Texts:
    """Return sums of sums, and words for the range of each."""
    declared: dict[str, Any] = {"p0": {"send": "p0", "number": {"min": 1, "max": 2}, "default": 1}}
    for at in range(1, count):
        declared[f"p{at}"] = {"send": False, "of": [f"p{at - 1}", "p0"], "measure": "total"}
    declared["w"] = {"send": False, "of": f"p{count - 1}", "values": {"few": {"max": 3}, "many": {"min": 4}}}
    return _texts(m={"options": declared})


def diamonds_of_totals(count: int) -> Texts:
    """Return sums that each add the one before twice, and every rule that may name the last of them."""
    declared: dict[str, Any] = {name: {"send": name, "number": {"min": 0, "max": 2}, "default": 1} for name in ("p0", "r0")}
    for at in range(1, count // 2):
        declared |= {
            f"{side}{at}": {"send": False, "of": [f"p{at - 1}", f"r{at - 1}"], "measure": "total"} for side in ("p", "r")
        }
    last = f"p{max(count // 2 - 1, 0)}"
    declared["w"] = {"send": False, "of": last, "values": {"few": {"max": 3}, "many": {"min": 4}}}
    keys = {"limits": [{"only": {last: {"max": 3}}}], "credits": {"base": 1, "plus": [{"credits": 1, "per": last}]}}
    examples = [{"select": {"p0": 2, "r0": 2}, "expect": {"status": "impossible"}}]
    return _texts(m={"options": declared, **keys, "examples": examples})


def total_of_many(count: int) -> Texts:
    """Return a sum of many numbers, and a limit on it."""
    declared = _numbers(count) | {"t": {"send": False, "of": _names("n", count), "measure": "total"}}
    return _texts(m={"options": declared, "limits": [{"only": {"t": {"max": 5}}}]})


def ranges(count: int) -> Texts:
    """Return many words for ranges."""
    words = {f"w{at}": {"min": 2 * at, "max": 2 * at + 1} for at in range(count)}
    declared = {
        "n": {"send": "n", "number": {"min": 0, "max": 2 * count - 1}, "default": 1},
        "w": {"send": False, "of": "n", "values": words},
    }
    return _texts(m={"options": declared})


def overlapping_ranges(count: int) -> Texts:
    """Return many words for one range."""
    words = {f"w{at}": {"min": 0, "max": 2 * count} for at in range(count)}
    declared = {
        "n": {"send": "n", "number": {"min": 0, "max": 2 * count}, "default": 1},
        "w": {"send": False, "of": "n", "values": words},
    }
    return _texts(m={"options": declared})


def impossible_sizes(count: int) -> Texts:
    """Return sizes of which none is possible, found only by trying every width."""
    area = 99_999 * 99_998
    declared = {
        name: {
            "send": name,
            "optional": True,
            "size": {"area": {"min": area - at, "max": area - at}, "ratio": {"min": "1:1", "max": "1:1"}},
        }
        for at, name in enumerate(_names("s", count))
    }
    return _texts(m={"options": declared})


def price_table(count: int) -> Texts:
    """Return a table of prices with so many cells."""
    side = int(count**0.5)
    declared = {name: {"send": name, "values": _names("v", side)} for name in ("a", "b")}
    table = {name: {other: 1 + at for at, other in enumerate(_names("v", side))} for name in _names("v", side)}
    return _texts(m={"options": declared, "credits": {"by": ["a", "b"], "table": table}})


def wire_table(count: int) -> Texts:
    """Return a table of wire values with so many cells."""
    side = int(count**0.5)
    declared = {name: {"send": False, "values": _names("v", side)} for name in ("a", "b")}
    table = {name: {other: f"{name}-{other}" for other in _names("v", side)} for name in _names("v", side)}
    return _texts(m={"options": declared, "body": {"size": {"by": ["a", "b"], "table": table}}})


def table_without_its_values(count: int) -> Texts:
    """Return a table whose rows are nearly values, but none is."""
    declared = {"a": {"send": "a", "values": _names("value-", count)}}
    return _texts(m={"options": declared, "credits": {"by": ["a"], "table": dict.fromkeys(_names("valeu-", count), 1)}})


def holes(count: int) -> Texts:
    """Return a table of prices that lacks most of them."""
    side = int(count**0.5)
    declared = {name: {"send": name, "values": _names("v", side)} for name in ("a", "b")}
    return _texts(m={"options": declared, "credits": {"by": ["a", "b"], "table": {"v0": {"v0": 1}}}})


def factors(count: int) -> Texts:
    """Return a formula of many factors."""
    entries = [{"factor": 2, "when": {"n0": at % 10}} for at in range(count)]
    return _texts(m={"options": _Q | _numbers(1), "credits": {"base": 1, "times": entries}})


def surcharges(count: int) -> Texts:
    """Return a formula of many surcharges."""
    entries = [{"credits": 1, "when": {"n0": at % 10}} for at in range(count)]
    return _texts(m={"options": _Q | _numbers(1), "credits": {"base": 1, "plus": entries}})


def surcharges_without_rows(count: int) -> Texts:
    """Return many tables of surcharges, none of which has a row for the last value of its option."""
    declared = {"q": {"send": "q", "values": _names("v", 10)}, "p": {"send": "p", "values": _names("v", 10)}}
    entries = [{"credits": {"by": ["q", "p"][at % 2], "table": dict.fromkeys(_names("v", 9), 1)}} for at in range(count)]
    return _texts(m={"options": declared, "credits": {"base": 0, "plus": entries}})


def dated_prices(count: int) -> Texts:
    """Return prices that follow each other."""
    days = [_day(at) for at in range(count)]
    entries = [{"credits": at + 1, "from": days[at], "until": days[at + 1]} for at in range(count - 1)]
    first, last = {"credits": 1, "until": days[0]}, {"credits": 2, "from": days[-1]}
    return _texts(m={"options": _Q, "credits": [first, *entries, last]})


def overlapping_prices(count: int) -> Texts:
    """Return prices that all overlap."""
    entries = [{"credits": at + 1, "from": _day(at)} for at in range(count)]
    return _texts(m={"options": _Q, "credits": entries})


def promotions(count: int) -> Texts:
    """Return a promotion for each of many values, each at another time."""
    listed = {
        f"v{at}": {"credits": 9, "promotion": {"credits": 5, "from": _day(2 * at), "until": _day(2 * at + 1)}}
        for at in range(count)
    }
    return _texts(m={"options": {"q": {"send": "q", "values": listed}}})


def dated_values(count: int) -> Texts:
    """Return values that begin one after the other."""
    listed = {f"v{at}": {"from": _day(at)} for at in range(count)}
    return _texts(m={"options": {"q": {"send": "q", "values": {"first": {}, **listed}}}})


def dated_gates(count: int) -> Texts:
    """Return gates with a condition that end one after the other."""
    entries = [{"when": {"q": "a"}, "gate": "member", "until": _day(at)} for at in range(count)]
    return _texts(m={"options": _Q, "gates": entries})


def shared_dated_gates(count: int) -> Texts:
    """Return gates of the shared file that end one after the other, all named by one value."""
    gates = {name: {"opens_with": ["x"], "label": "G", "until": _day(at)} for at, name in enumerate(_names("g", count))}
    declared = {"q": {"send": "q", "values": {"a": {}, "b": {"gate": list(gates)}}}}
    return _texts({"gates": {**_SHARED["gates"], **gates}}, m={"options": declared})


def gate_rules(count: int) -> Texts:
    """Return many gates with conditions."""
    return _texts(
        m={
            "options": {"q": {"send": "q", "values": _names("v", 100)}},
            "gates": [{"when": {"q": f"v{at % 99}"}, "gate": "member"} for at in range(count)],
        }
    )


def gate_rules_of_numbers(count: int) -> Texts:
    """Return many gates with conditions on numbers."""
    entries = [{"when": {"n0": {"min": at % 9}}, "gate": "member"} for at in range(count)]
    return _texts(m={"options": _Q | _numbers(1), "gates": entries})


def gates(count: int) -> Texts:
    """Return many gates, all named by one value."""
    declared = {name: {"opens_with": ["x"], "label": "G"} for name in _names("g", count)}
    options = {"q": {"send": "q", "values": {"a": {}, "b": {"gate": list(declared)}}}}
    return _texts({"gates": {**_SHARED["gates"], **declared}}, m={"options": options})


def unknown_gates(count: int) -> Texts:
    """Return values whose gates are misspelled."""
    declared = {f"gate_number_{at}": {"opens_with": ["x"], "label": "G"} for at in range(count)}
    listed = {f"v{at}": {"gate": f"gate_nubmer_{at}"} for at in range(count)}
    return _texts({"gates": {**_SHARED["gates"], **declared}}, m={"options": {"q": {"send": "q", "values": listed}}})


def body(count: int) -> Texts:
    """Return many wire paths."""
    return _texts(m={"options": _Q, "body": {f"x.y{at}.z": at for at in range(count)}})


def same_body(count: int) -> Texts:
    """Return options that are all sent at one path."""
    return _texts(m={"options": _numbers(count, send="same")})


def nested_paths(count: int) -> Texts:
    """Return wire paths that each extend the one before."""
    return _texts(m={"options": _Q, "body": {".".join(["x"] * (at + 1)): 1 for at in range(int(count**0.5))}})


def long_path(count: int) -> Texts:
    """Return a wire path of many names."""
    return _texts(m={"options": _Q, "body": {".".join(["x"] * min(count, 500)): 1}})


def arrays(count: int) -> Texts:
    """Return many arrays of ten places."""
    return _texts(m={"options": _Q, "body": {f"x{at // 10}[{at % 10}].u": at for at in range(count)}})


def array_of_options(count: int) -> Texts:
    """Return many options that are sent at places of arrays."""
    declared = {
        f"n{at}": {"send": f"x{at // 10}[{at % 10}].u", "number": {"min": 0, "max": 9}, "default": 1} for at in range(count)
    }
    return _texts(m={"options": declared})


def constants(count: int) -> Texts:
    """Return a list of many constants."""
    return _texts(m={"options": _Q, "body": {"x": _names("c", count)}})


def badges(count: int) -> Texts:
    """Return many badges."""
    entries = [{"text": "B", "from": _day(at), "until": _day(at + 1)} for at in range(count)]
    return _texts(m={"options": _Q, "badges": entries})


def accepted(count: int) -> Texts:
    """Return many accepted warnings, none of which is there."""
    return _texts(m={"options": _Q, "accept": {f"IR{at:03}": "it is meant" for at in range(min(count, 1000))}})


def aliases(count: int) -> Texts:
    """Return a model with many aliases."""
    return _texts(m={"options": _Q, "aliases": _names("a", count)})


def same_aliases(count: int) -> Texts:
    """Return values with the same alias."""
    return _texts(m={"options": {"q": {"send": "q", "values": {name: {"aliases": ["same"]} for name in _names("v", count)}}}})


def option_aliases(count: int) -> Texts:
    """Return options with aliases."""
    return _texts(m={"options": {name: {**option, "aliases": [f"a{name}"]} for name, option in _numbers(count).items()}})


def sources(count: int) -> Texts:
    """Return many sources."""
    return _texts(m={"options": _Q, "source": [{"url": f"https://e.x/{at}", "checked": "2026-01-01"} for at in range(count)]})


def examples(count: int) -> Texts:
    """Return many examples."""
    return _texts(m={"options": _Q, "examples": [{"select": {"q": "a"}, "expect": {"status": "allowed"}}] * count})


def failing_examples(count: int) -> Texts:
    """Return many examples that fail."""
    return _texts(m={"options": _Q, "examples": [{"select": {"q": "c"}, "expect": {"status": "allowed"}}] * count})


def long_example(count: int) -> Texts:
    """Return an example that picks many options."""
    example = {"select": {"q": "a", **dict.fromkeys(_names("n", count), 1)}, "expect": {"status": "allowed"}}
    return _texts(m={"options": _Q | _numbers(count), "examples": [example]})


def example_of_a_list(count: int) -> Texts:
    """Return an example with a long list."""
    declared = {**_Q, "r": {"send": "r", "list": {}, "optional": True}}
    return _texts(
        m={"options": declared, "examples": [{"select": {"q": "a", "r": ["x"] * count}, "expect": {"status": "allowed"}}]}
    )


def labels(count: int) -> Texts:
    """Return a label in many languages."""
    tags = [f"{chr(97 + at // 26 % 26)}{chr(97 + at % 26)}-{at:03}" for at in range(min(count, 676))]
    return _texts(m={"options": _Q, "name": dict.fromkeys(tags, "N")})


def languages(count: int) -> Texts:
    """Return labels in many languages, each of which lacks most."""
    tags = [f"{chr(97 + at // 26 % 26)}{chr(97 + at % 26)}" for at in range(min(count, 676))]
    listed = {f"v{at}": {"label": {tag: "L"}} for at, tag in enumerate(tags)}
    return _texts({"languages": tags}, m={"options": {"q": {"send": "q", "values": listed}}})


def fields(count: int) -> Texts:
    """Return many text fields."""
    declared = {name: {"send": f"f.{name}", "text": {"min": 1}} for name in _names("f", count)}
    return _texts(_typed(fields=declared), m={"options": _Q})


def refused(count: int) -> Texts:
    """Return many refused fields."""
    return _texts(_typed(refused=dict.fromkeys(_names("r", count), "no")), m={"options": _Q})


def types(count: int) -> Texts:
    """Return many types."""
    return _texts({"types": dict.fromkeys(("image", *_names("t", count)), _SHARED["types"]["image"])}, m={"options": _Q})


def grants(count: int) -> Texts:
    """Return a gate that many grants open."""
    gate = {"member": {"opens_with": _names("g", count), "label": "M"}}
    return _texts({"gates": gate}, m={"options": {"q": {"send": "q", "values": {"a": {"gate": "member"}, "b": {}}}}})


def order(count: int) -> Texts:
    """Return an order of models that do not exist."""
    return _texts({"order": ["m", *_names("x", count)]}, m={"options": _Q})


def models(count: int) -> Texts:
    """Return many models."""
    return _texts(None, **{f"m{at}": {"options": _Q, "model": f"m{at}"} for at in range(count // 10)})


def same_models(count: int) -> Texts:
    """Return many models with the same body."""
    return _texts(None, **{f"m{at}": {"options": _Q} for at in range(count // 10)})


def unknown_keys(count: int) -> Texts:
    """Return a file of unknown keys."""
    return _texts(m={"options": _Q, **dict.fromkeys(_names("optoins", count), 1)})


def unknown_option_keys(count: int) -> Texts:
    """Return options with unknown keys."""
    return _texts(m={"options": {name: {"sned": name, "number": {}} for name in _names("n", count)}})


def unknown_names(count: int) -> Texts:
    """Return conditions with misspelled options."""
    entries = [{"never": {"q": "a", f"nmuber_{at}": 1}} for at in range(count)]
    declared = {f"number_{at}": {"send": f"n{at}", "number": {"min": 0, "max": 9}, "optional": True} for at in range(count)}
    return _texts(m={"options": _Q | declared, "limits": entries})


def unknown_values(count: int) -> Texts:
    """Return conditions with misspelled values."""
    declared = {"q": {"send": "q", "values": _names("value-", count)}, "r": {"send": "r", "values": ["a", "b"]}}
    return _texts(m={"options": declared, "limits": [{"never": {"r": "a", "q": f"valeu-{at}"}} for at in range(count)]})


def values_by_one_condition(count: int) -> Texts:
    """Return one condition with many unknown values."""
    declared = {"q": {"send": "q", "values": _names("value-", count)}, "r": {"send": "r", "values": ["a", "b"]}}
    return _texts(m={"options": declared, "limits": [{"never": {"r": "a", "q": _names("valeu-", count)}}]})


def stand_ins(count: int) -> Texts:
    """Return retired values with misspelled replacements."""
    listed = {f"value-{at}": {"until": "2026-01-01", "use": f"valeu-{at}"} for at in range(count)}
    return _texts(m={"options": {"q": {"send": "q", "values": {"a": {}, **listed}}}})


def messages(count: int) -> Texts:
    """Return misspelled sentence names, in many languages."""
    tags = [f"{chr(97 + at // 26 % 26)}{chr(97 + at % 26)}" for at in range(min(count // 10, 676))]
    document = {"messages": {tag: {f"mising_{at}": "x" for at in range(10)} for tag in tags}}
    return {**_texts(m={"options": _Q}), "_messages": json.dumps(document)}


def numbers_with_commas(count: int) -> Texts:
    """Return a long number with separators."""
    return {**_texts(m={"options": _Q}), "m": _texts(m={"options": _Q})["m"] + "credits: " + ",".join(["123"] * count) + "\n"}


def brackets(count: int) -> Texts:
    """Return a file of brackets."""
    return {**_texts(m={"options": _Q}), "m": "a: " + "[" * count + "\n"}


def anchors(count: int) -> Texts:
    """Return a file of YAML aliases."""
    return {**_texts(m={"options": _Q}), "m": "a: &a [x]\nb: [" + ", ".join(["*a"] * count) + "]\n"}


def long_text(count: int) -> Texts:
    """Return a long label."""
    return _texts(m={"options": _Q, "name": "x y " * count})


def comments(count: int) -> Texts:
    """Return a file of comments."""
    return {**_texts(m={"options": _Q}), "m": "# comment\n" * count + _texts(m={"options": _Q})["m"]}


def mistakes(count: int) -> Texts:
    """Return a file in which every line is a mistake."""
    return {**_texts(m={"options": _Q}), "m": "".join(f"k{at}: Yes\n" for at in range(count))}


def duplicate_keys(count: int) -> Texts:
    """Return a file that repeats one key."""
    return {**_texts(m={"options": _Q}), "m": "name: M\n" * count}


GROWN: dict[str, Callable[[int], Texts]] = {
    name: function
    for name, function in list(globals().items())
    if getattr(function, "__module__", None) == __name__ and name[0] != "_"
}
"""Every function of this module that makes a rule set, by its name."""
