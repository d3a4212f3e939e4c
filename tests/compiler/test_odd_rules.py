"""Checks never raise for a file that binds, also where rules name unknown options or make no sense."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from imgrules.compiler.build import build_texts

SHARED = """\
language: 1
languages: [en, de]
stale_after: 30
types:
  image:
    provider: {send: a.provider}
    model: {send: a.model}
    fields: {prompt: {send: prompt, aliases: [text, b]}}
gates:
  member: {opens_with: [], label: Members only, until: "2026-02-30"}
  beta: {opens_with: [beta], label: {en: Beta}, from: "2026-12-01", until: "2026-11-01"}
"""

NAMES = ["a", "b", "c", "d", "nowhere"]
OPTIONS = [
    "{}",
    "{values: []}",
    "{values: {}, of: a}",
    "{values: [x, y], send: s}",
    '{values: ["1", "2"], send: s, as: number, default: 1, snap: nearest}',
    '{values: ["1:1", "16:9"], default: "2:1", snap: nearest, as: "{width}x{height}"}',
    "{values: {x: {credits: 1, promotion: {credits: 0}}, y: {credits: unknown}}, default: {by: [a], table: {x: y}}}",
    '{values: {x: {from: "2026-12-01", until: "2026-01-01", aliases: [y, x]}, y: {until: "2026-13-01", use: x}}}',
    '{values: {x: {gate: member}, y: {gate: [beta, gone], as: 5, aliases: {x: "2026-99-01"}}}, as: boolean, optional: true}',
    "{number: {}}",
    "{values: [true, false], send: s}",
    "{values: [true, false], default: true, snap: nearest, as: width, when: {a: true}}",
    "{values: [true, true], default: {by: [a], table: {x: true, y: maybe}}, optional: true}",
    "{number: {min: 5, max: 1}, default: 3, optional: true}",
    "{number: {min: 0.5, max: 1.5, step: any}, default: 2.5, send: s}",
    "{number: {min: 0, max: 1, step: any}, when: {a: x}, send: s}",
    "{number: {min: 0.5, max: 9, step: 0.25}, default: {by: [c, d], table: {x: {y: 1}}}}",
    "{size: {}}",
    "{size: {edge: {min: 600, max: 500, step: 7}, area: {min: 9, max: 5}, ratio: {min: '3:1', max: '1:3'}}, values: [auto]}",
    "{size: {edge: {min: 512, max: 520, step: 16}, area: {min: 400000}}, snap: nearest, default: 1x1}",
    "{ratio: {min: '1:3'}, snap: nearest}",
    "{text: {min: 5, max: 1, unit: words}, default: hello}",
    "{list: {min: 2, max: 1}, values: [x], optional: true, as: list}",
    "{list: {}, optional: true}",
    "{list: {}, text: {max: 3}, default: x}",
    "{of: a}",
    "{of: b, values: [x, y]}",
    "{of: c, values: {x: {max: 9}, y: {min: 2, max: 1}}, default: x}",
    "{of: d, values: {x: {max: 2}, y: {min: 2.5}}, snap: nearest}",
    "{of: a, measure: pixels}",
    "{of: [b, c], measure: pixels, unit: 1000}",
    "{of: [a, b, c], measure: pixels}",
    "{of: [a], measure: total}",
    "{of: [a, b, nowhere], measure: total, send: s, because: never}",
    "{number: {}, size: {}, values: [x]}",
    "{values: [x, y], when: {b: {min: 1}}, unit: 5, send: false, aliases: [prompt, a]}",
]
CONDITIONS = [
    "{a: x}",
    "{b: [x, 2, y]}",
    "{c: {min: 2, max: 1}}",
    "{d: {not: [x, 5]}}",
    "{a: {not: (none), min: 3}}",
    "{b: {}}",
    "{a: true, c: [false, x]}",
    "{nowhere: 5}",
    "{a: x, b: (none)}",
]
AMOUNTS = [
    "5",
    "unknown",
    "{by: [a], table: {x: 1}}",
    "{by: [a, b], table: {x: 5, y: {x: 1}}}",
    "{by: [nowhere], table: {x: 2}}",
]


def _blocks() -> dict[str, st.SearchStrategy[str]]:
    name, condition, amount = st.sampled_from(NAMES), st.sampled_from(CONDITIONS), st.sampled_from(AMOUNTS)
    key = st.sampled_from(["only", "never"])
    limit = st.builds("{{when: {}, {}: {}}}".format, condition, key, condition)
    named = st.builds("{{{}: [{}, {}], when: {}}}".format, st.sampled_from(["needs", "ignores"]), name, name, condition)
    line = st.builds("{{credits: {}, per: {}, beyond: -1, when: {}}}".format, amount, name, condition)
    factor = st.builds("{{factor: {}, when: {}}}".format, st.sampled_from(["1.5", "2", "{by: [a], table: {x: 0}}"]), condition)
    formula = st.builds("{{times: [{}], plus: [{}], each: {}, round: {{}}}}".format, factor, line, name)
    whole = st.one_of(amount, formula)
    dated = st.builds('[{{credits: {}, until: "2026-12-01"}}, {{credits: {}}}]'.format, whole, whole)
    return {
        "limits": st.lists(st.one_of(limit, named), max_size=3).map(lambda limits: f"[{', '.join(limits)}]"),
        "credits": st.one_of(whole, dated),
        "promotion": st.builds('{{credits: {}, from: "2026-12-01"}}'.format, amount),
        "gates": st.builds('[{{when: {}, gate: member, until: "2026-01-01"}}]'.format, condition),
        "body": st.builds(
            '{{"p[1].x": {{of: {}, as: width}}, p.y: {{by: [{}], table: {{x: 1, "2": 2}}}}, s: [1, 2.5]}}'.format, name, name
        ),
        "fields": st.just("{prompt: {text: {min: 5, max: 1}}, nothing: {optional: true}}"),
        "until": st.just('"2026-12-01"'),
        "use": st.just("demo"),
        "aliases": st.just("[demo, other]"),
        "examples": st.just("[{select: {a: x}, at: soon, expect: {}}]".replace("soon", '"2026-02-30"')),
    }


@st.composite
def _models(draw: st.DrawFn) -> str:
    head = f"name: Demo\ntype: {draw(st.sampled_from(['image', 'film']))}\nprovider: p\nmodel: m\n"
    options = draw(st.lists(st.sampled_from(OPTIONS), max_size=4))
    lines = "".join(f"  {name}: {option}\n" for name, option in zip(NAMES, options, strict=False))
    blocks = _blocks()
    chosen = draw(st.sets(st.sampled_from(sorted(blocks)), max_size=4))
    return (
        head
        + (f"options:\n{lines}" if lines else "options: {}\n")
        + "".join(f"{key}: {draw(blocks[key])}\n" for key in sorted(chosen))
    )


@given(_models(), st.sampled_from([None, "2026-11-22T00:00:00Z"]))
def test_checks_never_raise(model: str, today: str | None) -> None:
    """Checks give a report with hints, and none of the drawn files fails to bind."""
    messages = "messages: {de: {retired: '{nothing}', nobody: says so}, en: {}}\n"
    report = build_texts({"_shared": SHARED, "_messages": messages, "demo": model}, today).report
    assert not [diagnostic.message for diagnostic in report.diagnostics if diagnostic.code.id.startswith("IR1")], model
    assert not [diagnostic.message for diagnostic in report.diagnostics if not diagnostic.hint]


SOUND = (
    SHARED.replace("languages: [en, de]\n", "")
    .replace('until: "2026-02-30"', "icon: key")
    .replace('from: "2026-12-01", until: "2026-11-01"', "icon: key")
)


@given(_models())
def test_a_model_without_errors_is_lowered(model: str) -> None:
    """A model is in the table exactly when its file has no errors."""
    built = build_texts({"_shared": SOUND.replace(", b]", "]"), "demo": model})
    broken = {diagnostic.spot.file for diagnostic in built.report.errors}
    assert "_shared.yaml" not in broken
    assert built.table is not None
    assert ("demo" in built.table.models) is ("demo.yaml" not in broken)
