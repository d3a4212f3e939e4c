"""Report several words of one list that other YAML readers read differently as one mistake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imgrules.compiler.read.other_yaml_readers import in_quotes, other_reading
from imgrules.compiler.read.syntax_codes import MISREAD
from imgrules.compiler.report.diagnostics import Change, Finding, Place
from imgrules.compiler.source import Span
from imgrules.quoting import either, quoted

_SHOWN = 8  # words and readings that a message lists


def in_one(findings: Sequence[Finding], words: Mapping[Span, str]) -> list[Finding]:
    """Return findings with those about different words of a list, by their spans, as one finding at the place of the first."""
    misread = [found for found in findings if found.code is MISREAD and found.place.span in words]
    if len({found.message for found in misread}) < 2:  # noqa: PLR2004  one word is reported with all of its places
        return [*findings]
    spans = [found.place.span for found in misread if found.place.span is not None]
    texts = [words[span] for span in spans]
    readings = [other_reading(text, text) or "" for text in texts]
    more = f" and {len(readings) - _SHOWN} more" if len(readings) > _SHOWN else ""
    one = f"{', '.join(readings[:_SHOWN])}{more}" if more else f"{', '.join(readings[:-1])} and {readings[-1]}"
    message = f"{either(texts, word='and')} are text here, but other YAML readers read them as {one}"
    hint = "put quotes around each: " + ", ".join(quoted(in_quotes(text)) for text in texts[:_SHOWN]) + more
    fix = tuple(Change(Place(span=span), in_quotes(text)) for span, text in zip(spans, texts, strict=True))
    whole = Finding(MISREAD, message, misread[0].place, hint, fix=fix, certain=True)
    others = set(map(id, misread[1:]))
    return [whole if found is misread[0] else found for found in findings if id(found) not in others]
