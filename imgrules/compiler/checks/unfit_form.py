"""
a value that cannot be converted for the request

What: `as` asks for a part that a value does not have, such as the width of a value that is not a size, or the number of a word.
Why: an empty or wrong value would be sent, and the provider would return an error or create a different image.
Beside sizes and ratios there may be words, such as `auto`: for a word, nothing is sent as `width` or `height`, and the word
itself where `as` is a text such as `{width}x{height}`.

Avoid:
    quality: {send: q, values: [low, high], as: width}
Prefer:
    size: {send: w, values: [1536x1024, 1024x1024], as: width}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Change, Code, Finding, Place, Severity
from imgrules.compiler.spec.model import OptionSpec, PartSpec
from imgrules.compiler.spec.rule_set import RuleSet, is_counted, is_listed, values_of
from imgrules.compiler.spec.types import is_switch
from imgrules.compiler.spec.walk import walk
from imgrules.quoting import quoted
from imgrules.table.measures import number_in, pair

CODE = Code("IR239", "unfit-form", Severity.ERROR, __doc__)

_NEEDLESS = "delete `as:`"
_FOR_A_SWITCH = (
    "delete `as:`; a table in `body:` can send 1 and 0 in its place, "
    'such as `{by: NAME, table: {"true": 1, "false": 0}}`, beside `send: false` here'
)
BOOLEANS = ("true", "false")


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each `as` that does not suit the values of its option."""
    for model, spec in rules.models.items():
        for name, option in spec.options.items():
            if option.as_ is not None:
                place = Place(("options", name, "as"), file=model)
                yield from _unfit(name, option, option.as_, place)
        for path, part in walk(spec, PartSpec):
            if part.of in spec.options and part.as_ is not None:
                yield from _unfit(part.of, spec.options[part.of], part.as_, Place((*path, "as"), file=model))


def _unfit(name: str, option: OptionSpec, form: str, place: Place) -> Iterator[Finding]:
    why, hint = _why(option, form)
    if why:
        fix = (Change(place, None),) if hint == _NEEDLESS and place.path[0] == "options" else None
        yield Finding(CODE, f"{quoted(name)} cannot be sent as {quoted(form)}: {why}", place, hint, (), fix)


def _why(option: OptionSpec, form: str) -> tuple[str, str]:
    """Return why an option cannot be sent in the form of `as`, and a hint; the reason is "" if it can."""
    values = [value for value, details in values_of(option).items() if details.as_ is None and details.send is None]
    if option.many is not None:
        return "it is a list, and is sent as a list", _NEEDLESS
    if form == "boolean":
        unfit = [value for value in values if value not in BOOLEANS]
        fits = is_listed(option) and not unfit
        return ("" if fits else f"{quoted(unfit[0])} is neither true nor false" if unfit else "it is neither true nor false"), (
            "give it `values: [true, false]`, or say with `as:` at each value what is sent for it"
        )
    if form == "number":
        unfit = [value for value in values if number_in(value) is None]
        fits = not unfit and (is_listed(option) or is_counted(option))
        return ("" if fits else f"{quoted(unfit[0])} is not a number" if unfit else "it is not a number"), (
            _FOR_A_SWITCH if is_switch(option.values) else "delete `as:`, or list only numbers"
        )
    if form in {"width", "height"} or "{width}" in form or "{height}" in form:
        ruled = option.size is not None or option.ratio is not None
        words = [value for value in values if pair(value, "x:") is None]
        # A word beside sizes, such as `auto`, has no width or height: nothing is sent as one of them, else the word itself.
        unfit = [] if ruled or (form not in {"width", "height"} and len(words) < len(values)) else words
        fits = not unfit and (is_listed(option) or ruled)
        return ("" if fits else f"{quoted(unfit[0])} has no width or height" if unfit else "it has no width or height"), (
            "delete `as:`, or use it for an option with sizes or aspect ratios only"
        )
    return "", ""
