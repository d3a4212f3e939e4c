"""A slip in a rule file is mended to what was there before, or left as it is; it never becomes something else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from imgrules.compiler.fixes.fix import fixed_files
from imgrules.compiler.read.folder import RuleFile
from imgrules.testing import Documents, rule_documents, written

_SLIPS = 6


def _fixed(texts: Mapping[str, str]) -> dict[str, str]:
    ordered = sorted(texts, key=lambda stem: (stem != "_shared", stem))
    fixes = fixed_files([RuleFile(Path(f"{stem}.yaml"), texts[stem].encode("utf-8")) for stem in ordered])
    return {**texts, **{file.after.path.stem: file.after.raw.decode("utf-8") for file in fixes.files}}


def _swapped(text: str, at: int) -> str:
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])
@given(st.data(), rule_documents())
def test_a_slip_is_mended_or_left(data: st.DataObject, documents: Documents) -> None:
    """With two letters swapped, the fixes of a rule set give it back as it was, or change nothing."""
    right = written(documents)
    if _fixed(right) != right:
        return
    for _ in range(_SLIPS):
        stem = data.draw(st.sampled_from(sorted(right)))
        places = [match.start() for match in re.finditer(r"(?=([a-z])(?!\1)[a-z])", right[stem])]
        wrong = {**right, stem: _swapped(right[stem], data.draw(st.sampled_from(places)))}
        after = _fixed(wrong)
        event("mended" if after == right else "left")
        assert after in (right, wrong), [line for line in after[stem] if line not in wrong[stem]]
