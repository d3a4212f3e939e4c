"""A rule set in which facts stand wherever a rule can read one, for the laws about facts; random ones have a few of these."""

from __future__ import annotations

from dataclasses import replace

from imgrules import Table
from imgrules.compiler.build import build_texts

SHARED = """\
language: 1
types:
  image:
    request: POST /images
    model: {send: model}
    fields: {prompt: {send: prompt, text: {min: 1}}}
    options:
      quality: {send: quality, values: [low, mid, high]}
      steps: {send: steps, number: {min: 1, max: 8}, default: 4}
      size: {send: size, size: {edge: {min: 16, max: 64, step: 8}}}
      refs: {send: refs, list: {max: 3}, optional: true}
facts:
  used: {number: {min: 0, max: 9}}
  plan: {values: [free, paid]}
  load: {number: {min: 0, max: 2, step: any}}
  hours: {number: {min: 0, max: 3, step: 0.5}, optional: true}
  vip: {values: [true, false], default: false}
  region: {text: {max: 4}, optional: true}
  notes: {list: {max: 3}, optional: true}
  shot: {size: {}, optional: true}
gates:
  a: {opens_with: [a], label: A}
  b: {opens_with: [b], label: B}
"""

MODELS = {
    "gates": """\
facts: {used: {}, plan: {}, load: {}}
options: {quality: {values: {low: {credits: 1}, mid: {credits: 2}, high: {credits: 3, gate: b}}}, steps: {}}
gates:
  - {when: {used: {min: 3}}, gate: a}
  - {when: {plan: free, quality: [mid, high]}, gate: b}
  - {when: {load: {min: 0.5, max: 1}, steps: {min: 5}}, gate: a}
""",
    "limits": """\
facts: {used: {}, plan: {}, load: {}}
options: {quality: {}, steps: {}, refs: {}, seed: {send: seed, number: {}, optional: true}}
limits:
  - {when: {plan: free}, only: {quality: [low, mid]}, because: for the paid plan}
  - {when: {used: {min: 3}, steps: {min: 3}}, never: {quality: low}, because: busy}
  - {when: {steps: {min: 6}}, only: {used: {max: 3}, quality: high}, because: many steps}
  - {when: {load: {min: 1}}, needs: seed, because: a seed is wanted}
  - {never: {plan: paid, refs: {min: 2}, used: {not: [0, 1]}}, because: too many}
""",
    "alone": """\
facts: {used: {}, plan: {}, vip: {}}
options: {quality: {}, steps: {}, level: {of: used}}
limits:
  - {when: {plan: free}, only: {used: {max: 4}}, because: used up}
  - {when: {level: {min: 2, max: 2}}, never: {quality: mid}, because: at this level}
  - {when: {steps: {min: 7}}, never: {vip: false, plan: paid}, because: for vips}
""",
    "words": """\
facts: {used: {}, plan: {}}
options:
  quality: {}
  steps: {}
  allowance: {of: used, values: {free: {max: 2, credits: 0}, last: {min: 3, max: 3, credits: unknown}, over: {min: 4, credits: 5, gate: a}}}
limits: [{when: {plan: free}, never: {allowance: over, steps: {min: 5}}, because: over}]
""",
    "chain": """\
facts: {used: {}, plan: {}}
options:
  quality: {}
  steps: {}
  tier: {of: {by: plan, table: {free: slow, paid: fast}}}
  lane: {of: {by: [tier, quality], table: {slow: bus, fast: {low: car, mid: car, high: jet}}}}
credits: {base: {by: lane, table: {bus: 1, car: 2, jet: 4}}, plus: [{credits: 0.5, per: steps, when: {tier: fast}}]}
gates: [{when: {lane: jet, used: {min: 2}}, gate: a}]
""",
    "rows": """\
facts: {plan: {}, region: {}, vip: {}}
options: {size: {values: [best], size: {edge: {min: 16, max: 64, step: 8}}}, steps: {}}
credits:
  base: {by: [plan, size], table: {free: {64x64: 1, best: 7, (other): 2}, paid: 5}}
  times: [{factor: {by: [region, vip], table: {eu: {"true": 0.5, "false": 0.75}, (other): {"true": 2}}}}]
  plus: [{credits: 0.25, per: steps}]
promotion: {credits: {by: plan, table: {free: 1, paid: about 3}}, until: "2026-07-01"}
""",
    "sizes": """\
facts: {plan: {}, load: {}}
options: {size: {values: [best], size: {edge: {min: 16, max: 64, step: 8}}}, steps: {}}
credits:
  base: {by: [size, plan], table: {64x64: {free: 1, paid: 2}, best: 9, (other): {free: 3, paid: about 4}}}
  plus: [{credits: {by: [size, plan], table: {64x64: {free: 1}, (other): {free: 1, paid: 2}}}, when: {load: {max: 1}}}]
""",
    "counted": """\
facts: {used: {}, hours: {}, notes: {}, plan: {}}
options: {quality: {}, steps: {}, refs: {}}
credits:
  base: 3
  times: [{factor: {by: [plan, quality], table: {free: {high: 2}, paid: {low: 0.5}}}}]
  plus:
    - {credits: 0.5, per: used, beyond: 2}
    - {credits: {by: quality, table: {low: 1, mid: unknown}}, per: notes}
    - {credits: about 2, per: steps, beyond: 3, when: {refs: {min: 1}}}
    - {credits: {by: [quality, plan], table: {low: {free: 1}, high: 4}}, per: steps}
  each: [hours, refs]
  round: {up: 0.5}
""",
    "there": """\
facts: {used: {}, plan: {}}
options:
  quality: {}
  style: {send: style, values: [dry, warm], when: {plan: paid}, because: for the paid plan, default: dry}
  mood: {send: mood, values: [calm, loud], when: {style: warm, used: {max: 3}}}
  seed: {send: seed, number: {}, optional: true}
  tone: {send: tone, values: [ink, oil], default: {by: [plan, quality], table: {free: {low: ink}, paid: oil}}, optional: true}
  count: {send: count, number: {min: 1, max: 4}, default: {by: plan, table: {free: 1, paid: 2}}}
  depth: {of: used, values: {flat: {max: 1}, deep: {min: 2}}, when: {quality: [mid, high]}}
limits:
  - {when: {plan: free, quality: low}, ignores: seed}
  - {when: {used: {min: 5}}, ignores: [tone, count]}
credits: {base: {by: [depth, tone], table: {flat: {ink: 1, oil: 2, (none): 3}, deep: 4, (none): 5}}, each: count}
""",
    "added": """\
facts: {used: {}, notes: {}, shot: {}}
options:
  quality: {}
  refs: {}
  steps: {}
  side: {of: shot, measure: longest, values: {small: {max: 99}, big: {min: 100}}}
  images: {of: [refs, notes], measure: total}
  work: {of: [used, steps], measure: total, values: {light: {max: 8}, hard: {min: 9}}}
  all: {of: [used, notes], measure: total}
limits: [{only: {images: {max: 4}}, because: too many}]
credits: {base: 1, plus: [{credits: 0.1, per: images, beyond: 1}, {credits: 1, when: {work: hard}}, {credits: 2, per: all}]}
""",
    "address": """\
facts: {plan: {}, used: {}}
options: {quality: {}, tier: {of: used, values: {few: {max: 2}, many: {min: 3}}}}
request: {by: [plan, quality], table: {free: POST /free, paid: {low: POST /low, mid: POST /mid, high: POST /high}}}
credits: {by: [tier, quality], table: {few: 1, many: {low: 2, mid: about 3, high: unknown}}}
""",
}


def _compiled() -> Table:
    built = build_texts({"_shared": SHARED, **{name: f"model: {name}\n{text}" for name, text in MODELS.items()}})
    assert built.table is not None
    assert {file.partition(".")[0] for file in built.broken} == set(), built.report.errors
    return built.table


TABLE = _compiled()


def one_by_one(table: Table) -> list[Table]:
    """Return a table with each single model of a table."""
    return [replace(table, models={name: model}) for name, model in table.models.items()]
