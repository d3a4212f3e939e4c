"""
an example with combinations that cannot be run

What: `over` names what `select` names too, or the model; or it lists a value twice, or gives more than 1,000 combinations or very long values in many.
Why: a name can have one value at a time, and the file of a model tests this model; equal or too many runs prove no more.

Avoid:
    - {select: {ratio: "1:1", quality: low}, over: {quality: [low, high]}, expect: {status: allowed}}
Prefer:
    - {select: {ratio: "1:1"}, over: {quality: [low, high]}, expect: {status: allowed}}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.file_caps import MOST_LENGTH_OF_MODEL, MOST_RUNS, MOST_RUNS_OF_MODEL
from imgrules.compiler.lower.examples import count
from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.report.helps import delete, explain
from imgrules.compiler.spec.examples import ExampleSpec, OfLengthSpec
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.quoting import quoted
from imgrules.table.records import MODEL

CODE = Code("IR340", "over-picked", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each name of `over` that has a value already, each value twice, and each example with too many runs."""
    for model, spec in rules.models.items():
        examples = spec.examples or ()
        if not any(example.over for example in examples):
            continue
        for index, example in enumerate(examples):
            place = Place(("examples", index, "over"), on_key=True, file=model)
            if count(example) > MOST_RUNS:
                yield Finding(CODE, f"this example has more than {MOST_RUNS:,} combinations", place, *explain(_FEWER))
            elif example.over:
                yield from _of_example(example, model, place.path)
        if sum(count(example) for example in examples) > MOST_RUNS_OF_MODEL:
            place = Place(("examples",), on_key=True, file=model)
            yield Finding(CODE, f"these examples have more than {MOST_RUNS_OF_MODEL:,} combinations", place, *explain(_FEWER))
        elif sum(count(example) * _length(example) for example in examples) > MOST_LENGTH_OF_MODEL:
            message = f"the values of these examples are longer than {MOST_LENGTH_OF_MODEL:,}, all runs together"
            yield Finding(CODE, message, Place(("examples",), on_key=True, file=model), *explain(_FEWER))


def _length(example: ExampleSpec) -> int:
    """Return the greatest length that an example gives for a value."""
    given = (*example.select.values(), *(value for values in (example.over or {}).values() for value in values))
    return max((value.length for value in given if isinstance(value, OfLengthSpec)), default=0)


_FEWER = "name fewer values in `over`"


def _of_example(example: ExampleSpec, model: str, path: Path) -> Iterator[Finding]:
    for name, values in (example.over or {}).items():
        place = Place((*path, name), on_key=True, file=model)
        if name == MODEL:
            yield Finding(
                CODE, "`over` cannot have `model`: an example tests the model of its file", place, *delete(place, f"`{name}:`")
            )
        elif name in example.select:
            yield Finding(CODE, f"{quoted(name)} stands in `select` too", place, *explain("name it in one of the two"))
        for at, value in enumerate(values):
            if any(type(value) is type(other) and value == other for other in values[:at]):
                twice = Place((*path, name, at), file=model)
                yield Finding(CODE, f"{quoted(str(value))} stands twice in this list", twice, *delete(twice, "one of the two"))
