"""Rule sets that grow in one place: every list and mapping of the rule language, as long as somebody asks for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

Texts = Mapping[str, str]
"""Rule files by the stem of their name."""

_SHARED: dict[str, Any] = {
    "language": 1,
    "types": {
        "image": {
            "provider": {"send": "g.provider"},
            "model": {"send": "g.model"},
            "fields": {"prompt": {"send": "prompt", "required": True, "text": {"min": 1}}},
        }
    },
    "gates": {"member": {"opens_with": ["member"], "label": "M"}},
}
_MODEL: dict[str, Any] = {"name": "M", "type": "image", "provider": "p", "model": "m"}
_Q: dict[str, Any] = {"q": {"send": "q", "values": ["a", "b"]}}


def _texts(shared: Mapping[str, Any] | None = None, **models: Mapping[str, Any]) -> Texts:
    # JSON is YAML, but for long keys: a mapping in one line has keys of up to 1,024 characters, as these have.
    documents = {"_shared": {**_SHARED, **(shared or {})}, **{name: {**_MODEL, **said} for name, said in models.items()}}
    return {
        name: "\n".join(f"{key}: {json.dumps(each)}" for key, each in said.items()) + "\n" for name, said in documents.items()
    }


def _typed(**said: Any) -> dict[str, Any]:
    return {"types": {"image": {**_SHARED["types"]["image"], **said}}}


def _names(prefix: str, count: int) -> list[str]:
    return [f"{prefix}{each}" for each in range(count)]


def _day(at: int) -> str:
    return f"{2000 + at // 336}-{1 + at // 28 % 12:02}-{1 + at % 28:02}"


def _numbers(count: int, **said: Any) -> dict[str, Any]:
    return {name: {"send": name, "number": {"min": 0, "max": 9}, "optional": True, **said} for name in _names("n", count)}


def options(count: int) -> Texts:
    """Return many options."""
    return _texts(m={"options": _numbers(count)})


def optional_lists(count: int) -> Texts:
    """Return many options of two values that need not be picked."""
    return _texts(m={"options": {each: {"send": each, "values": ["a", "b"], "optional": True} for each in _names("o", count)}})


def values(count: int) -> Texts:
    """Return many values of one option."""
    return _texts(m={"options": {"q": {"send": "q", "values": _names("v", count)}}})


def detailed_values(count: int) -> Texts:
    """Return many values of which everything is said."""
    said = {"label": {"en": "L", "de": "D"}, "credits": 1, "gate": "member", "badges": [{"text": "B", "until": "2030-01-01"}]}
    known = {each: {**said, "aliases": [f"a-{each}"], "send": f"s-{each}"} for each in _names("v", count)}
    return _texts(m={"options": {"q": {"send": "q", "values": {"free": {"credits": 1}, **known}}}})


def values_twice(count: int) -> Texts:
    """Return many values, each of them twice."""
    return _texts(m={"options": {"q": {"send": "q", "values": _names("v", count // 2) * 2}}})


def limits(count: int) -> Texts:
    """Return many limits over ten thousand combinations."""
    known = {each: {"send": each, "values": _names("v", 10)} for each in _names("o", 4)}
    said = [
        {
            "when": {"o0": f"v{each % 10}", "o1": f"v{each // 10 % 10}"},
            "never": {"o2": f"v{each * 7 % 10}", "o3": f"v{each // 100 * 3 % 10}"},
        }
        for each in range(count)
    ]
    return _texts(m={"options": known, "limits": said})


def limits_of_values(count: int) -> Texts:
    """Return a limit for each of many values."""
    said = [{"when": {"q": f"v{each}"}, "only": {"n0": {"max": 5}}} for each in range(count)]
    return _texts(m={"options": {"q": {"send": "q", "values": _names("v", count * 5 // 2)}} | _numbers(1), "limits": said})


def surcharges_of_many(count: int) -> Texts:
    """Return many surcharges on ten thousand combinations."""
    known = {each: {"send": each, "values": _names("v", 10)} for each in _names("o", 4)}
    plus = [{"credits": 1, "when": {"o0": f"v{each % 10}", "o1": f"v{each // 10 % 10}"}} for each in range(count)]
    return _texts(m={"options": known, "credits": {"base": 3, "plus": plus}})


def limits_of_lists(count: int) -> Texts:
    """Return many limits that each name most values."""
    known = {each: {"send": each, "values": _names("v", 50)} for each in _names("o", 2)}
    said = [{"when": {"o0": _names("v", 49)}, "never": {"o1": [f"v{each % 7}"]}} for each in range(count)]
    return _texts(m={"options": known, "limits": said})


def limits_of_numbers(count: int) -> Texts:
    """Return many limits about numbers."""
    said = [{"when": {"n0": each % 9}, "never": {"n1": {"min": each % 9}}} for each in range(count)]
    return _texts(m={"options": _Q | _numbers(2), "limits": said})


def only_limits(count: int) -> Texts:
    """Return many limits that say what has to hold."""
    known = {each: {"send": each, "values": _names("v", 100)} for each in _names("o", 2)}
    said = [{"when": {"o0": f"v{each % 100}"}, "only": {"o1": _names("v", 99)}} for each in range(count)]
    return _texts(m={"options": known, "limits": said})


def needs(count: int) -> Texts:
    """Return a limit that needs many options."""
    return _texts(m={"options": _Q | _numbers(count), "limits": [{"when": {"q": "a"}, "needs": _names("n", count)}]})


def excludes(count: int) -> Texts:
    """Return a limit that excludes many options."""
    return _texts(m={"options": _Q | _numbers(count), "limits": [{"when": {"q": "a"}, "excludes": _names("n", count)}]})


def ignores(count: int) -> Texts:
    """Return a limit that ignores many options."""
    return _texts(m={"options": _Q | _numbers(count), "limits": [{"when": {"q": "a"}, "ignores": _names("n", count)}]})


def ignoring_limits(count: int) -> Texts:
    """Return many limits that ignore one option each."""
    said = [{"when": {"q": "a"}, "ignores": each} for each in _names("n", count)]
    return _texts(m={"options": _Q | _numbers(count), "limits": said})


def conditions(count: int) -> Texts:
    """Return a limit that names many options."""
    never = dict.fromkeys(_names("n", count), 1)
    return _texts(m={"options": _Q | _numbers(count), "limits": [{"when": {"q": "a"}, "never": never}]})


def any_of(count: int) -> Texts:
    """Return a limit that names many values."""
    known = {"q": {"send": "q", "values": _names("v", count)}, "r": {"send": "r", "values": ["a", "b"]}}
    return _texts(m={"options": known, "limits": [{"when": {"r": "a"}, "only": {"q": _names("v", count - 1)}}]})


def chain_of_when(count: int) -> Texts:
    """Return options that each hang on the one before."""
    known = {
        f"n{each}": {"send": f"n{each}", "number": {"min": 0}, "optional": True, "when": {f"n{each - 1}": 1}}
        for each in range(1, count)
    }
    return _texts(m={"options": {"n0": {"send": "n0", "number": {"min": 0}, "optional": True}, **known}})


def chain_backwards(count: int) -> Texts:
    """Return options that each hang on the next one."""
    known = {
        f"n{each}": {"send": f"n{each}", "number": {"min": 0}, "optional": True, "when": {f"n{each + 1}": 1}}
        for each in range(count)
    }
    return _texts(m={"options": {**known, f"n{count}": {"send": "z", "number": {"min": 0}, "optional": True}}})


def circle(count: int) -> Texts:
    """Return options that hang on each other in a cycle."""
    known = {
        f"n{each}": {"send": f"n{each}", "number": {"min": 0}, "optional": True, "when": {f"n{(each + 1) % count}": 1}}
        for each in range(count)
    }
    return _texts(m={"options": known})


def everyone_on_everyone(count: int) -> Texts:
    """Return options that each hang on all before: as many words as the square of them."""
    known = {
        f"n{each}": {"send": f"n{each}", "number": {"min": 0}, "optional": True, "when": {f"n{one}": 1 for one in range(each)}}
        for each in range(1, int(count**0.5) + 1)
    }
    return _texts(m={"options": {"n0": {"send": "n0", "number": {"min": 0}, "optional": True}, **known}})


def pixels_of_pixels(count: int) -> Texts:
    """Return computed options that follow from each other."""
    known = {f"p{each}": {"sent": False, "pixels": [f"p{each - 1}", f"p{each - 1}"]} for each in range(1, count)}
    return _texts(m={"options": {"p0": {"send": "p0", "number": {"min": 1, "max": 2}, "default": 1}, **known}})


def totals_of_totals(count: int) -> Texts:
    """Return sums of sums."""
    known = {f"p{each}": {"sent": False, "total": [f"p{each - 1}", f"p{each - 1}"]} for each in range(1, count)}
    return _texts(m={"options": {"p0": {"send": "p0", "number": {"min": 1, "max": 2}, "default": 1}, **known}})


def words_of_totals(count: int) -> Texts:
    """Return sums of sums, and words for the range of each."""
    known: dict[str, Any] = {"p0": {"send": "p0", "number": {"min": 1, "max": 2}, "default": 1}}
    for each in range(1, count):
        known[f"p{each}"] = {"sent": False, "total": [f"p{each - 1}", "p0"]}
    known["w"] = {"sent": False, "of": f"p{count - 1}", "values": {"few": {"is": {"max": 3}}, "many": {"is": {"min": 4}}}}
    return _texts(m={"options": known})


def diamonds_of_totals(count: int) -> Texts:
    """Return sums that each add the one before twice over, and everything that may ask for the last of them."""
    known: dict[str, Any] = {each: {"send": each, "number": {"min": 0, "max": 2}, "default": 1} for each in ("p0", "r0")}
    for each in range(1, count // 2):
        known |= {f"{side}{each}": {"sent": False, "total": [f"p{each - 1}", f"r{each - 1}"]} for side in ("p", "r")}
    last = f"p{max(count // 2 - 1, 0)}"
    known["w"] = {"sent": False, "of": last, "values": {"few": {"is": {"max": 3}}, "many": {"is": {"min": 4}}}}
    said = {"limits": [{"only": {last: {"max": 3}}}], "credits": {"base": 1, "plus": [{"credits": 1, "per": last}]}}
    examples = [{"select": {"p0": 2, "r0": 2}, "expect": {"status": "impossible"}}]
    return _texts(m={"options": known, **said, "examples": examples})


def total_of_many(count: int) -> Texts:
    """Return a sum of many numbers, and a limit of it."""
    known = _numbers(count) | {"t": {"sent": False, "total": _names("n", count)}}
    return _texts(m={"options": known, "limits": [{"only": {"t": {"max": 5}}}]})


def ranges(count: int) -> Texts:
    """Return many words for ranges."""
    words = {f"w{each}": {"is": {"min": 2 * each, "max": 2 * each + 1}} for each in range(count)}
    known = {
        "n": {"send": "n", "number": {"min": 0, "max": 2 * count - 1}, "default": 1},
        "w": {"sent": False, "of": "n", "values": words},
    }
    return _texts(m={"options": known})


def overlapping_ranges(count: int) -> Texts:
    """Return many words for one range."""
    words = {f"w{each}": {"is": {"min": 0, "max": 2 * count}} for each in range(count)}
    known = {
        "n": {"send": "n", "number": {"min": 0, "max": 2 * count}, "default": 1},
        "w": {"sent": False, "of": "n", "values": words},
    }
    return _texts(m={"options": known})


def impossible_sizes(count: int) -> Texts:
    """Return sizes of which the last width has to be tried to see that there is none."""
    area = 99_999 * 99_998
    known = {
        name: {
            "send": name,
            "optional": True,
            "size": {"area": {"min": area - at, "max": area - at}, "ratio": {"min": "1:1", "max": "1:1"}},
        }
        for at, name in enumerate(_names("s", count))
    }
    return _texts(m={"options": known})


def price_table(count: int) -> Texts:
    """Return a table of prices with so many cells."""
    side = int(count**0.5)
    known = {each: {"send": each, "values": _names("v", side)} for each in ("a", "b")}
    table = {one: {other: 1 + at for at, other in enumerate(_names("v", side))} for one in _names("v", side)}
    return _texts(m={"options": known, "credits": {"by": ["a", "b"], "table": table}})


def wire_table(count: int) -> Texts:
    """Return a table of wire values with so many cells."""
    side = int(count**0.5)
    known = {each: {"sent": False, "values": _names("v", side)} for each in ("a", "b")}
    table = {one: {other: f"{one}-{other}" for other in _names("v", side)} for one in _names("v", side)}
    return _texts(m={"options": known, "body": {"size": {"by": ["a", "b"], "table": table}}})


def table_without_its_values(count: int) -> Texts:
    """Return a table whose rows are nearly values, and none."""
    known = {"a": {"send": "a", "values": _names("value-", count)}}
    return _texts(m={"options": known, "credits": {"by": ["a"], "table": dict.fromkeys(_names("valeu-", count), 1)}})


def holes(count: int) -> Texts:
    """Return a table of prices that lacks most of them."""
    side = int(count**0.5)
    known = {each: {"send": each, "values": _names("v", side)} for each in ("a", "b")}
    return _texts(m={"options": known, "credits": {"by": ["a", "b"], "table": {"v0": {"v0": 1}}}})


def factors(count: int) -> Texts:
    """Return a formula of many factors."""
    said = [{"factor": 2, "when": {"n0": each % 10}} for each in range(count)]
    return _texts(m={"options": _Q | _numbers(1), "credits": {"base": 1, "times": said}})


def surcharges(count: int) -> Texts:
    """Return a formula of many surcharges."""
    said = [{"credits": 1, "when": {"n0": each % 10}} for each in range(count)]
    return _texts(m={"options": _Q | _numbers(1), "credits": {"base": 1, "plus": said}})


def dated_prices(count: int) -> Texts:
    """Return prices that follow each other."""
    days = [_day(each) for each in range(count)]
    said = [{"credits": each + 1, "from": days[each], "until": days[each + 1]} for each in range(count - 1)]
    first, last = {"credits": 1, "until": days[0]}, {"credits": 2, "from": days[-1]}
    return _texts(m={"options": _Q, "credits": [first, *said, last]})


def overlapping_prices(count: int) -> Texts:
    """Return prices that all overlap."""
    said = [{"credits": each + 1, "from": _day(each)} for each in range(count)]
    return _texts(m={"options": _Q, "credits": said})


def promotions(count: int) -> Texts:
    """Return a promotion for each of many values, each at a time of its own."""
    known = {
        f"v{each}": {"credits": 9, "promotion": {"credits": 5, "from": _day(2 * each), "until": _day(2 * each + 1)}}
        for each in range(count)
    }
    return _texts(m={"options": {"q": {"send": "q", "values": known}}})


def dated_values(count: int) -> Texts:
    """Return values that come one after the other."""
    known = {f"v{each}": {"from": _day(each)} for each in range(count)}
    return _texts(m={"options": {"q": {"send": "q", "values": {"first": {}, **known}}}})


def dated_gates(count: int) -> Texts:
    """Return gates before a condition that end one after the other."""
    said = [{"when": {"q": "a"}, "gate": "member", "until": _day(each)} for each in range(count)]
    return _texts(m={"options": _Q, "gates": said})


def shared_dated_gates(count: int) -> Texts:
    """Return gates of the shared file that end one after the other, all named by one value."""
    gates = {each: {"opens_with": ["x"], "label": "G", "until": _day(at)} for at, each in enumerate(_names("g", count))}
    known = {"q": {"send": "q", "values": {"a": {}, "b": {"gate": list(gates)}}}}
    return _texts({"gates": {**_SHARED["gates"], **gates}}, m={"options": known})


def gate_rules(count: int) -> Texts:
    """Return many gates before conditions."""
    return _texts(
        m={
            "options": {"q": {"send": "q", "values": _names("v", 100)}},
            "gates": [{"when": {"q": f"v{each % 99}"}, "gate": "member"} for each in range(count)],
        }
    )


def gate_rules_of_numbers(count: int) -> Texts:
    """Return many gates before numbers."""
    said = [{"when": {"n0": {"min": each % 9}}, "gate": "member"} for each in range(count)]
    return _texts(m={"options": _Q | _numbers(1), "gates": said})


def gates(count: int) -> Texts:
    """Return many gates, all named by one value."""
    known = {each: {"opens_with": ["x"], "label": "G"} for each in _names("g", count)}
    options = {"q": {"send": "q", "values": {"a": {}, "b": {"gate": list(known)}}}}
    return _texts({"gates": {**_SHARED["gates"], **known}}, m={"options": options})


def unknown_gates(count: int) -> Texts:
    """Return values with gates that are nearly known."""
    known = {f"gate_number_{each}": {"opens_with": ["x"], "label": "G"} for each in range(count)}
    said = {f"v{each}": {"gate": f"gate_nubmer_{each}"} for each in range(count)}
    return _texts({"gates": {**_SHARED["gates"], **known}}, m={"options": {"q": {"send": "q", "values": said}}})


def body(count: int) -> Texts:
    """Return many wire paths."""
    return _texts(m={"options": _Q, "body": {f"x.y{each}.z": each for each in range(count)}})


def same_body(count: int) -> Texts:
    """Return options that are all sent at one path."""
    return _texts(m={"options": _numbers(count, send="same")})


def nested_paths(count: int) -> Texts:
    """Return wire paths of which each lies in the one before."""
    return _texts(m={"options": _Q, "body": {".".join(["x"] * (each + 1)): 1 for each in range(int(count**0.5))}})


def long_path(count: int) -> Texts:
    """Return a wire path of many names."""
    return _texts(m={"options": _Q, "body": {".".join(["x"] * min(count, 500)): 1}})


def arrays(count: int) -> Texts:
    """Return many arrays of ten places."""
    return _texts(m={"options": _Q, "body": {f"x{each // 10}[{each % 10}].u": each for each in range(count)}})


def array_of_options(count: int) -> Texts:
    """Return many options that are sent at places of arrays."""
    known = {
        f"n{each}": {"send": f"x{each // 10}[{each % 10}].u", "number": {"min": 0, "max": 9}, "default": 1}
        for each in range(count)
    }
    return _texts(m={"options": known})


def constants(count: int) -> Texts:
    """Return a list of many constants."""
    return _texts(m={"options": _Q, "body": {"x": _names("c", count)}})


def badges(count: int) -> Texts:
    """Return many badges."""
    said = [{"text": "B", "from": _day(each), "until": _day(each + 1)} for each in range(count)]
    return _texts(m={"options": _Q, "badges": said})


def aliases(count: int) -> Texts:
    """Return a model of many other names."""
    return _texts(m={"options": _Q, "aliases": _names("a", count)})


def same_aliases(count: int) -> Texts:
    """Return values of one other name."""
    return _texts(m={"options": {"q": {"send": "q", "values": {each: {"aliases": ["same"]} for each in _names("v", count)}}}})


def option_aliases(count: int) -> Texts:
    """Return options of other names."""
    return _texts(m={"options": {each: {**said, "aliases": [f"a{each}"]} for each, said in _numbers(count).items()}})


def sources(count: int) -> Texts:
    """Return many sources."""
    return _texts(
        m={"options": _Q, "source": [{"url": f"https://e.x/{each}", "checked": "2026-01-01"} for each in range(count)]}
    )


def examples(count: int) -> Texts:
    """Return many examples."""
    return _texts(m={"options": _Q, "examples": [{"select": {"q": "a"}, "expect": {"status": "allowed"}}] * count})


def failing_examples(count: int) -> Texts:
    """Return many examples that fail."""
    return _texts(m={"options": _Q, "examples": [{"select": {"q": "c"}, "expect": {"status": "allowed"}}] * count})


def long_example(count: int) -> Texts:
    """Return an example that picks much."""
    said = {"select": {"q": "a", **dict.fromkeys(_names("n", count), 1)}, "expect": {"status": "allowed"}}
    return _texts(m={"options": _Q | _numbers(count), "examples": [said]})


def example_of_a_list(count: int) -> Texts:
    """Return an example with a long list."""
    known = {**_Q, "r": {"send": "r", "list": {}, "optional": True}}
    return _texts(
        m={"options": known, "examples": [{"select": {"q": "a", "r": ["x"] * count}, "expect": {"status": "allowed"}}]}
    )


def labels(count: int) -> Texts:
    """Return a label in many languages."""
    tags = [f"{chr(97 + each // 26 % 26)}{chr(97 + each % 26)}-{each:03}" for each in range(min(count, 676))]
    return _texts(m={"options": _Q, "name": dict.fromkeys(tags, "N")})


def languages(count: int) -> Texts:
    """Return labels in many languages, of which each lacks most."""
    tags = [f"{chr(97 + each // 26 % 26)}{chr(97 + each % 26)}" for each in range(min(count, 676))]
    known = {f"v{at}": {"label": {each: "L"}} for at, each in enumerate(tags)}
    return _texts({"languages": tags}, m={"options": {"q": {"send": "q", "values": known}}})


def fields(count: int) -> Texts:
    """Return many texts that a caller writes."""
    known = {each: {"send": f"f.{each}", "text": {"min": 1}} for each in _names("f", count)}
    return _texts(_typed(fields=known), m={"options": _Q})


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
    """Return an order of models that are not there."""
    return _texts({"order": ["m", *_names("x", count)]}, m={"options": _Q})


def models(count: int) -> Texts:
    """Return many models."""
    return _texts(None, **{f"m{each}": {"options": _Q, "model": f"m{each}"} for each in range(count // 10)})


def same_models(count: int) -> Texts:
    """Return many models that send the same."""
    return _texts(None, **{f"m{each}": {"options": _Q} for each in range(count // 10)})


def unknown_keys(count: int) -> Texts:
    """Return a file of keys that are not known."""
    return _texts(m={"options": _Q, **dict.fromkeys(_names("optoins", count), 1)})


def unknown_option_keys(count: int) -> Texts:
    """Return options of keys that are not known."""
    return _texts(m={"options": {each: {"sned": each, "number": {}} for each in _names("n", count)}})


def unknown_names(count: int) -> Texts:
    """Return conditions that name what is nearly an option."""
    said = [{"never": {"q": "a", f"nmuber_{each}": 1}} for each in range(count)]
    known = {f"number_{each}": {"send": f"n{each}", "number": {"min": 0, "max": 9}, "optional": True} for each in range(count)}
    return _texts(m={"options": _Q | known, "limits": said})


def unknown_values(count: int) -> Texts:
    """Return conditions that name what is nearly a value."""
    known = {"q": {"send": "q", "values": _names("value-", count)}, "r": {"send": "r", "values": ["a", "b"]}}
    return _texts(m={"options": known, "limits": [{"never": {"r": "a", "q": f"valeu-{each}"}} for each in range(count)]})


def values_by_one_condition(count: int) -> Texts:
    """Return one condition of values that are none."""
    known = {"q": {"send": "q", "values": _names("value-", count)}, "r": {"send": "r", "values": ["a", "b"]}}
    return _texts(m={"options": known, "limits": [{"never": {"r": "a", "q": _names("valeu-", count)}}]})


def stand_ins(count: int) -> Texts:
    """Return retired values whose stand-in is nearly there."""
    known = {f"value-{each}": {"retired": {"on": "2026-01-01", "use": f"valeu-{each}"}} for each in range(count)}
    return _texts(m={"options": {"q": {"send": "q", "values": {"a": {}, **known}}}})


def messages(count: int) -> Texts:
    """Return sentences that are nearly known, in many languages."""
    tags = [f"{chr(97 + each // 26 % 26)}{chr(97 + each % 26)}" for each in range(min(count // 10, 676))]
    said = {"messages": {each: {f"mising_{at}": "x" for at in range(10)} for each in tags}}
    return {**_texts(m={"options": _Q}), "_messages": json.dumps(said)}


def numbers_with_commas(count: int) -> Texts:
    """Return a long number that is grouped."""
    return {**_texts(m={"options": _Q}), "m": _texts(m={"options": _Q})["m"] + "credits: " + ",".join(["123"] * count) + "\n"}


def brackets(count: int) -> Texts:
    """Return a file of brackets."""
    return {**_texts(m={"options": _Q}), "m": "a: " + "[" * count + "\n"}


def anchors(count: int) -> Texts:
    """Return a file of aliases of YAML."""
    return {**_texts(m={"options": _Q}), "m": "a: &a [x]\nb: [" + ", ".join(["*a"] * count) + "]\n"}


def long_text(count: int) -> Texts:
    """Return a long label."""
    return _texts(m={"options": _Q, "name": "x y " * count})


def comments(count: int) -> Texts:
    """Return a file of comments."""
    return {**_texts(m={"options": _Q}), "m": "# comment\n" * count + _texts(m={"options": _Q})["m"]}


def mistakes(count: int) -> Texts:
    """Return a file in which every line is a mistake."""
    return {**_texts(m={"options": _Q}), "m": "".join(f"k{each}: Yes\n" for each in range(count))}


def duplicate_keys(count: int) -> Texts:
    """Return a file in which one key stands again and again."""
    return {**_texts(m={"options": _Q}), "m": "name: M\n" * count}


GROWN: dict[str, Callable[[int], Texts]] = {
    name: each for name, each in list(globals().items()) if getattr(each, "__module__", None) == __name__ and name[0] != "_"
}
"""Every way to grow, by its name."""
