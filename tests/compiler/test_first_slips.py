"""What people type first, before they know a keyword: each gets a message that shows the right form."""

from __future__ import annotations

import pytest

from imgrules.compiler.build import build_texts

SHARED = """
language: 1
types: {t: {model: {send: m}, fields: {prompt: {send: prompt}}, options: {aspect_ratio: {send: ar, label: Ratio}}}}
"""
SLIPS = {
    "options: {outputs: {send: count, min: 1, max: 4}}": "number: {min: 1, max: 4}",
    "options: {references: {send: r, max: 8}}": "list: {max: 8}",
    "options: {references: {send: r, list: 8}}": "{max: 8}",
    "prompt: {max: 800}": "fields: {prompt: {text: {max: 800}}}",
    "fields: {prompt: {max: 800}}": "text: {max: 800}",
    "options: {size: {send: s, enum: [a, b]}}": "values",
    "options: {tiling: {send: t, type: boolean}}": "values: [true, false]",
    "options: {seed: {send: s, type: integer}}": "number: {}",
    "options: {seed: {send: s, integer: {min: 0}}}": "number",
    "options: {seed: {send: s, number: {}, required: false}}": "optional: true",
    "price: 5": "credits",
    "options: {size: {send: s, values: {a: {price: 3}}}}": "credits",
    "credits: {usd: 0.03}": "currency: USD",
    "credits: $0.03": "currency: USD",
    "credits: 13.3 cents": "write 0.133, as a cent is 0.01",
    "credits: 0.5 cent": "write 0.005, as a cent is 0.01",
    "credits: 50c": "write 0.5, as a cent is 0.01",
    "credits: 13 ct": "write 0.13, as a cent is 0.01",
    "credits: 3\u00a2": "write 0.03, as a cent is 0.01",
    "credits: 5 USD cents": "write 0.05, as a cent is 0.01",
    "credits: about 3 cents": "write about 0.03, as a cent is 0.01",
    "credits: 3 cents per image": "write the number alone, with 0.01 for a cent",
    "credits: $0.05 cents": "write the number alone, with 0.01 for a cent",
    "credits: $0.005": "`_shared.yaml` says once what prices are in, here `currency: USD`",
    'credits: "$1,500"': "write the number alone, with a point for decimals",
    'credits: "0.133"': "write `0.133`",
    'credits: "0,133"': "write `0.133`",
    'credits: "1.330"': "it may be 1330 or 1.33",
    'credits: "about 1,500"': "it may be 1500 or 1.5",
    "credits: about 5%": "not a percentage",
    "credits: about -3": "a number from 0 to 1,000,000,000, with at most 15 digits",
    "credits: about 12345678901": "a number from 0 to 1,000,000,000, with at most 15 digits",
    "credits: about 0.000004427734762327312": "a number from 0 to 1,000,000,000, with at most 15 digits",
    "credits: {base: 1, plus: [{credits: 5 cents}]}": "write 0.05, as a cent is 0.01",
    "credits: {base: 1, plus: [{credits: ca. 5}]}": "write `about 5`",
    "credits: [{credits: 5 EUR}]": "write 5",
    "credits: {low: 1, high: 2}": "{by: [quality], table: {low: 1, high: 2}}",
    "limits: [{when: {quality: low}, requires: seed}]": "needs",
    "options: {seed: {send: s, number: {}, requires: quality}}": "- {when: {seed: {not: (none)}}, needs: quality}",
    "options: {size: {send: s, values: {a: {only_if: {quality: low}}}}}": '- {never: {size: "a", quality: {not: low}}}',
    "options: {size: {send: s, values: {a: {when: {quality: low}}}}}": '- {never: {size: "a", quality: {not: low}}}',
    "limits: [{exactly_one: [quality, seed]}]": "- {never: {quality: (none), seed: (none)}}",
    "examples: [{select: {quality: low}, expect: {status: deny}}]": "impossible",
    'body: {text: "a {quality}"}': '{of: quality, as: "a {value}"}',
    "options: {aspectRatio: {values: [wide]}}": "aspect_ratio",
    "credits: {base: 2, round: unknown}": "plus: [{credits: about 0}]",
    "options: {level: {send: l, values: [1.5]}}": 'write `"1.5"`, and `as: number` at the option if a number is sent',
    "options: {level: {send: l, text: 400}}": "{max: 400}",
    "options: {level: {send: l, ratio: ['1:1', '16:9']}}": "ratios that are listed stand under `values:`",
    "options: {level: integer}": "{number: {}}",
    "options: {tier: {of: quality.longest}}": "`of: quality` with `measure: longest`",
    "options: {tier: {of: quality, longest: {s: {max: 9}}}}": "`measure:`",
    "options: {tier: {send: t, values: {standard: {omit: true}}}}": "send: false",
    "options: {most: {send: most, number: {}, cap: true}}": "fields: {max_credits: {send: max_credits, cap: true}}",
    "facts: {used: integer}": "{number: {}}",
    "facts: {used: {send: used, number: {}}}": "body: {PATH: {of: used}}",
    "credits: {base: 1, times: [{factor: 0}]}": "credits: 0",
    "credits: [{credits: 0, when: {quality: low}}]": "a price by a value is a table",
    "options: {size: 'values = [a, b]'}": "write `{values: [a, b]}`",
    "options: {size: 'values [a, b]'}": "write `{values: [a, b]}`",
    "options: {size: {send: s, values: {a: credits = 5}}}": "write `{credits: 5}`",
    "options: {size: {send: s, values: {a: credits 5}}}": "write `{credits: 5}`",
    "options: {size: {send: s, values: {a: credits = 5 label = A}}}": "write a colon after each name",
    "examples: [{quality: low, expect: {status: allowed}}]": 'write `select: {quality: "low"}`',
    "credits: {by: quality, measure: longest, table: {low: 1, high: 2}}": "`of:`, `measure:` and `values:`",
    "options: {style: {values: {a: {label: A}, send: extra.style}}}": "`send` belongs to the option: move it beside `values:`",
    "options: {style: {send: s, values: {a: {label: A}, default: a}}}": "`default` belongs to the option",
    "options: {style: {send: s, values: {a: {label: A}, optional: true}}}": "`optional` belongs to the option",
    "options: {style: {send: s, values: {a: {label: A}, snap: nearest}}}": "`snap` belongs to the option",
    "options: {style: {send: s, values: {a: {label: A}, when: {quality: low}}}}": "`when` belongs to the option",
    'credits: {base: 5, from: "2027-01-01"}': '`credits: [{credits: {base: 5}, from: "2027-01-01"}]`',
    'credits: {by: quality, table: {low: 1, high: 2}, until: "2027-01-01"}': "dated prices are a list: `credits: [{credits: ",
    'credits: {base: 5, plus: [{credits: 5, until: "2027-01-01"}]}': "dated prices are a list: `credits: [{credits: ..., ",
    'limits: [{when: {quality: low}, only: {seed: 1}, until: "2027-01-01"}]': "there is no time here",
    "kind: image": "did you mean `type`?",
    "options: {count: {send: c, values: 1..4}}": "a range of numbers is `number: {min: 1, max: 4}` in place of `values:`",
    "options: {count: {send: c, values: 1 to 4}}": "a range of numbers is `number: {min: 1, max: 4}` in place of `values:`",
    "options: {count: {send: c, values: '>= 1'}}": "a range of numbers is `number: {min: 1}` in place of `values:`",
    "options: {count: {send: c, values: 1K..4K}}": "list each value",
    "options: {count: 1K..4K}": "list each value",
    "options: {count: {send: c, values: 1K|2K|4K}}": 'write `["1K", "2K", "4K"]`',
    "options: {count: {send: c, values: 'range(1, 4)'}}": "put the entries in brackets",
    "options: {style: 'dict(values=[\"vivid\"], optional=True)'}": "write what it takes",
    "refused: {duration: true}": "write the sentence that users read, in quotes",
    "options: {style: {send: s, label: true, values: [a]}}": "write the text that users read, in quotes",
    "options: {ratio: {send: r, label: true, values: [a]}}": "write the text that users read, in quotes",
    "options: {ratio: {send: r, label: 5, values: [a]}}": 'write `"5"`',
    "credits: base: 5": "{base: 5}",
    "body: type: image": "{type: image}",
    "request: POST: /v1": "in quotes",
    "limits: [{when: quality: low, needs: outputs}]": "{quality: low}",
    "limits: [{when: {quality: low}, needs: [quality; outputs]}]": "write each by itself: `quality`, `outputs`",
    "limits: [{when: {quality: low}, needs: quality | outputs}]": "write each by itself: `quality`, `outputs`",
    "limits: [{when: {quality: low}, needs: quality && outputs}]": "write each by itself: `quality`, `outputs`",
    "limits: [{when: {quality: low}, needs: 'quality;'}]": "write `quality`",
    "options: {R&D level: {send: s, number: {min: 1}}}": "write `r_d_level`",
    "options: {seed: {send: 'extra[\"seed\"]', number: {min: 1}}}": "write `extra.seed`",
    "options: {seed: {send: s, number: {min: 1}, default: none, optional: true}}": "did you mean `(none)`?",
    "options: {f: {send: f, number: {min: 0, max: 3}, default: 0.5}}": "`step: any`",
    "limits: [{when: {quality: {in: [low, high]}}, needs: seed}]": 'write `["low", "high"]`',
    "limits: [{when: {quality: {eq: low}}, needs: seed}]": 'write `"low"`',
    "limits: [{when: {quality: {not_in: [low, high]}}, needs: seed}]": "did you mean `not`?",
    "limits: [{when: {outputs: {gte: 2}}, needs: seed}]": "did you mean `min`?",
    "limits: [{when: {outputs: {lt: 2}}, needs: seed}]": "include their bounds",
    "limits: [{when: {not: {quality: high}}, needs: outputs}]": "`{OPTION: {not: VALUE}}`",
    "limits: [{when: {all: {quality: high, outputs: 2}}, needs: outputs}]": 'as in `{quality: "high", outputs: 2}`',
    "limits: [{when: {or: [{quality: high}, {outputs: 2}]}, needs: outputs}]": "several values of one option are a list",
    "limits: [{when: {any: {quality: high}}, needs: outputs}]": "several values of one option are a list",
    "limits: [{when: {outputs: 4, only: {quality: low}}}]": "`only` belongs beside `when:`",
    "limits: [{when: {outputs: 4}, then: {only: {quality: low}}}]": "no `then:` belongs around `only`",
    "examples: [{select: {quality: low}, expect: {not: locked}}]": "this block takes `status`",
    "options: {i: {send: i, text: {}, optional: true}}\nlimits: [{when: {i: (any)}, never: {quality: high}}]": "`{not: (none)}`",
    "options: {i: {send: i, text: {}, optional: true}}\nlimits: [{when: {i: {not: none}}, never: {quality: high}}]": "`(none)`",
    "options: {i: {send: i, text: {}, optional: true}}\nlimits: [{when: {quality: low}, only: {i: given}}]": "`needs: i`",
    "options: {i: {send: i, text: {}, optional: true}}\ncredits: {by: i, table: {(none): 1, (any): 2}}": "`(other)`",
    "source: {not: x}": "did you mean `note`?",
    "badge: New": "use `badges:` with a list of blocks that have `text:`",
    "gates: member": "`gate: NAME`",
    "example: {select: {quality: low}, expect: {status: allowed}}": "`examples:` is a list",
    "options: {size: {send: s, number: {min => 1}}}": "write `min: 1`",
    "body: {extra_config: {watermark: false}}": "`extra_config.watermark: false`",
    "body: {extra_config: {watermark: false, nested: {deep: 1}}}": "`extra_config.watermark: false`",
    "body: {extra_config: {nested: {deep: 1}}}": "`extra_config.nested.deep: 1`",
    "body: {extra: {quality}}": "write `{of: quality}`",
    "body: {extra: {option: quality}}": "write `{of: quality}`",
    "body: {by: [quality], table: {low: 1, high: 2}}": "`PATH: {by: ..., table: ...}`",
    "body: {extra: {low: 1, high: 2}}": "write `{by: quality, table: {low: 1, high: 2}}`",
    "request: {method: POST, url: /v1}": "write `POST /v1`",
    "request: {low: POST /a, high: POST /b}": 'write `{by: quality, table: {low: "POST /a", high: "POST /b"}}`',
    "credits: {base: 5, times: [{factor: {a: 1.5}}]}": "`{by: OPTION, table: {a: 1.5}}`",
    "credits: {base: 5, times: [{factor: {low: 1, high: 1.5}}]}": "write `{by: quality, table: {low: 1, high: 1.5}}`",
    "credits: {quality: {low: 1, high: 2}}": "write `{by: quality, table: {low: 1, high: 2}}`",
    "options: {d: {send: d, values: [a, b], default: {low: a, high: b}}}": 'write `{by: quality, table: {low: "a", high: "b"}}`',
    "examples: [{name: basic, select: {quality: low}, expect: {status: allowed}}]": "in a comment after `#`",
    "examples: [{select: {quality: low, expect: {status: allowed}}}]": "`expect` belongs beside `select:`",
    "examples: [{select: {quality: low, facts: {a: 1}}, expect: {status: allowed}}]": "`facts` belongs beside `select:`",
    'options: {s: {send: s, values: [{value: "16:9", label: Wide}, {value: "1:1"}]}}': '`{"16:9": {label: "Wide"}}`',
    'options: {s: {send: s, values: [{"16:9": {label: Wide}}]}}': '`{"16:9": {label: "Wide"}}`',
    "options: {gate: member}": "`gate:` belongs to the top level of the file",
    "credits: {by: quality, low: 1, high: 2}": 'write `{by: "quality", table: {low: 1, high: 2}}`',
    "body: {x: {by: quality, rows: {low: 1, high: 2}}}": 'write `{by: "quality", table: {low: 1, high: 2}}`',
    "body: {x: {field: quality, as: text}}": "did you mean `of`?",
    "body: {x: {of: quality, format: text}}": "did you mean `as`?",
    "gate: {when: {quality: low}, gate: member}": "a gate for some combinations is an entry of `gates:`",
    "gate: [{when: {quality: low}, gate: member}]": "a gate for some combinations is an entry of `gates:`",
    "gates: [member]": "`gate: NAME`",
    "facts: {plan: {values: {free: {}, default: free}}}": "`default` belongs to the fact: move it beside `values:`",
    "description: {en: true}": "write the text that users read, in quotes",
    "limits: [{when: quality == low, needs: outputs}]": "write `{quality: low}`",
    "limits: [{when: 'quality != low', needs: outputs}]": "write `{quality: {not: low}}`",
    "limits: [{when: 'quality = low and quality is not high', needs: seed}]": "an option with what it has to be",
    "limits: [{when: 'quality = low or quality = high', needs: seed}]": "an option with what it has to be",
    "limits: [{when: 'quality in [low, high]', needs: seed}]": "write `{quality: [low, high]}`",
    "options: {style: {send: s, values: {a: {label: A}, text: Text}}}": "write `{label: Text}`",
    'credits: [{credits: {base: 5, until: "2027-01-01"}}]': "the block around this one",
    "options: {gates: high}": 'write `{values: ["high"]}`',
    "credits: 5\npromotion:": "it takes a block of named values",
    "options: {not: {send: neg, values: [a]}}\nlimits: [{when: {not: {below: 3}}, needs: quality}]": "use `min:` and `max:`",
    "options: {size: {send: s, number: {min =>1}}}": "write `min: 1`",
    "options: {size: {send: s, number: {min > 1}}}": "`min` is a key here",
    "credits: {base: 5, times: [{factor: {low: {high: 1}}}]}": "a table has `by:` with an option",
    "limits: [{when: [{quality: }], needs: seed}]": "each line has a name, a colon and a value",
}
"""By what is typed: the form that the message shows."""


@pytest.mark.parametrize("typed", SLIPS)
def test_the_message_shows_the_right_form(typed: str) -> None:
    """One message is about the slip, and its hint shows how it is written, with no message that follows from it."""
    options = "options: {quality: {send: q, values: [low, high]}, "
    text = typed.replace("options: {", options) if typed.startswith("options") else f"{options}}}\n{typed}"
    shown = build_texts({"_shared": SHARED, "m": f"name: M\nmodel: m\n{text}\n"}).report.diagnostics
    hints = [found.hint for found in shown if found.code.id != "IR403"]
    assert len(hints) == 1
    assert SLIPS[typed] in hints[0]


@pytest.mark.parametrize(("bounds", "certain"), [("min => 1", True), ("min: 1, min => 2", False)])
def test_an_arrow_is_a_colon(bounds: str, certain: bool) -> None:  # noqa: FBT001
    """An arrow in place of a colon has one meaning, unless the key is there already."""
    model = f"name: M\nmodel: m\noptions: {{count: {{send: c, number: {{{bounds}}}}}}}\n"
    (found,) = build_texts({"_shared": SHARED, "m": model}).report.errors
    assert found.certain is certain


def test_a_default_model() -> None:
    """The model of a selection that names none is `default` in the shared file."""
    (found,) = build_texts({"_shared": f"{SHARED}default_model: m\n", "m": "model: m\n"}).report.errors
    assert found.hint == "did you mean `default`?"
