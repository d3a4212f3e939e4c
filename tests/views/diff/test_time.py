"""A comparison decides at every moment at which either side changes, from the present one on."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from imgrules.table.record_base import replace
from imgrules.table.records import Model, Table
from imgrules.views.calendar import calendar
from imgrules.views.changes import What
from imgrules.views.diff.compare import compare
from imgrules.views.diff.diff_words import sum_words
from tests.laws.rule_sets import ANY_TABLE
from tests.views.diff.sides import PACKAGED, difference, edited, told

GPT, NOW = "gpt-image-2", "2026-11-27T00:00:00Z"
MEDIUM = "      medium: {label: Standard, credits: 8}\n"
GONE = edited(GPT, (MEDIUM, ""))


def with_medium(more: str) -> dict[str, str]:
    """Return the packaged rules with more said of the quality medium."""
    return edited(GPT, ("credits: 8}", f"credits: 8, {more}}}"))


def periods(old: dict[str, str], new: dict[str, str]) -> list[tuple[str, str | None, str | None]]:
    """Return the id of each finding that is not cosmetic, and from when until when it is in force."""
    findings = difference(old, new, NOW).findings
    return [(finding.id, finding.since, finding.until) for finding in findings if finding.level != "cosmetic"]


def test_a_removal_that_was_announced() -> None:
    """A value that has ended may be deleted; one that has not yet may not."""
    assert periods(with_medium('until: "2026-06-01"'), GONE) == []
    assert periods(with_medium('until: "2026-12-01"'), GONE) == [("value-removed", None, "2026-12-01T00:00:00Z")]
    assert periods(PACKAGED, with_medium('until: "2026-12-01"')) == [("value-removed", "2026-12-01T00:00:00Z", None)]


def test_a_date_of_a_value_is_told_once() -> None:
    """Where another option may be left out, a value that comes or goes later is that alone; how it is refused until then is cosmetic."""
    before = edited(GPT, ('values: ["3:2", "2:3", "1:1"]', 'values: ["3:2", "2:3", "1:1"]\n    default: "1:1"'))
    without, later, ended = (
        edited(GPT, (MEDIUM, dated), of=before)
        for dated in ("", MEDIUM.replace("8}", '8, from: "2027-01-01"}'), MEDIUM.replace("8}", '8, until: "2027-01-01"}'))
    )
    start = "2027-01-01T00:00:00Z"
    assert periods(without, later) == [("value-added", start, None)]
    assert periods(later, without) == [("value-removed", start, None)]
    assert periods(before, ended) == [("value-removed", start, None)]
    assert periods(ended, before) == [("value-added", start, None)]
    assert told(difference(without, later, NOW))[-1] == "cosmetic sentence-changed quality medium is refused for another reason"


def test_a_promotion_that_lasts_longer() -> None:
    """What changes only for a while is told with its dates, and each change once over the periods in which it lasts."""
    offer = 'promotion: {{credits: 4, from: "2026-11-01", until: "{}"}}'
    first, second = (with_medium(offer.format(until)) for until in ("2027-01-01", "2027-02-01"))
    assert periods(first, second) == [("price-lowered", "2027-01-01T00:00:00Z", "2027-02-01T00:00:00Z")]
    assert periods(second, first) == [("price-raised", "2027-01-01T00:00:00Z", "2027-02-01T00:00:00Z")]
    assert periods(PACKAGED, edited(GPT, ("credits: 20", "credits: 30"), of=PACKAGED)) == [("price-raised", None, None)]
    third = edited(GPT, ("credits: 20", "credits: 30"), of=first)
    assert periods(first, third) == [("price-raised", None, None)]


def test_a_model_that_ends() -> None:
    """A model that is taken away is breaking from the moment on at which it is gone; one that was gone already is no loss."""
    ended = edited(GPT, ("name: GPT-Image-2", 'name: GPT-Image-2\nuntil: "END"'))
    future, past = ({**ended, GPT: ended[GPT].replace("END", until)} for until in ("2027-01-01", "2026-01-01"))
    assert periods(PACKAGED, future) == [("model-ends", "2027-01-01T00:00:00Z", None)]
    without = {name: text for name, text in PACKAGED.items() if name != GPT}
    without["_shared"] = without["_shared"].replace(", gpt-image-2]", "]")
    assert told(difference(past, without, NOW)) == ["cosmetic model-removed the model is removed"]


def test_a_model_that_has_not_come_yet() -> None:
    """What changes before a model is there is cosmetic, and counts from the moment on at which it can be picked."""
    later = edited(GPT, ("name: GPT-Image-2", 'name: GPT-Image-2\nfrom: "2027-01-01"'))
    without = {**later, GPT: later[GPT].replace(MEDIUM, "")}
    levels = [(finding.level, finding.since) for finding in difference(later, without, NOW).findings]
    assert levels == [("breaking", "2027-01-01T00:00:00Z"), ("cosmetic", None)]


KINDS = {
    What.VALUE_COMES: "value-added",
    What.VALUE_GOES: "value-removed",
    What.OFFER_COMES: "combination-added",
    What.OFFER_GOES: "combination-removed",
    What.PRICE: "price",
    What.PROMOTION_BEGINS: "price",
    What.PROMOTION_ENDS: "price",
    What.GATE_CLOSES: "gate-added",
    What.GATE_OPENS: "gate-removed",
}
"""What an event of the calendar is called by a comparison of the rules before and after it."""


@given(st.data(), ANY_TABLE)
def test_the_calendar_and_a_comparison_agree(data: st.DataObject, table: Table) -> None:
    """Of a model of listed options, both tell the same kinds of changes at a moment, for a caller without grants."""
    models = [model for model in table.models.values() if model.changes and all(map(_is_plain, model.versions))]
    for model in models[:2]:
        moment = data.draw(st.sampled_from([change.at for change in model.changes]))
        before = next((change.model for change in reversed(model.changes) if change.at < moment), model)
        sides = [_alone(table, version) for version in (before, model.at(moment) or model)]
        events = [event.what for event in calendar(table).events if (event.at, event.model) == (moment, model.id)]
        ids = {finding.id.replace("price-stated", "price") for finding in compare(sides[0], sides[1]).findings}
        ids = {"price" if kind.startswith(("price", "regular")) else kind for kind in ids} & {*KINDS.values()}
        assert Counter({KINDS[what] for what in events if what in KINDS}) == Counter(ids)


def _alone(table: Table, model: Model) -> Table:
    """Return a rule set of one version of a model."""
    return replace(table, models={model.id: replace(model, changes=())}, aliases=(), default=None)


def _is_plain(model: Model) -> bool:
    """Whether a version has listed options alone, and a price that does not depend on more than these."""
    return model.gone is None and model.price is None and not model.gates and all(map(_is_listed, model.options.values()))


def _is_listed(option: object) -> bool:
    return bool(getattr(option, "simple", False)) and not getattr(option, "fact", False)


def test_the_sum_says_what_is_not_in_force_yet() -> None:
    """A removal or a price that is announced counts in the sum from its day on, also beside one that is in force at once."""
    announced = with_medium('until: "2026-12-01"')
    assert sum_words(difference(PACKAGED, announced, NOW).total) == (
        "of 9 selections: 3 impossible from 2026-12-01 on, 6 unchanged"
    )
    assert sum_words(difference(announced, GONE, NOW).total) == "of 9 selections: 3 now impossible, 6 unchanged"
    assert (
        sum_words(difference(announced, PACKAGED, NOW).total) == "of 9 selections: 3 possible from 2026-12-01 on, 6 unchanged"
    )
    both = edited(GPT, ("      low: {label: Basic, credits: 5}\n", ""), of=announced)
    assert sum_words(difference(PACKAGED, both, NOW).total) == (
        "of 9 selections: 6 impossible, 3 of them from 2026-12-01 on, 3 unchanged"
    )
    offer = with_medium('promotion: {credits: 4, from: "2027-01-01", until: "2027-02-01"}')
    assert sum_words(difference(PACKAGED, offer, NOW).total) == (
        "of 9 selections: 3 cheaper (-50 %) from 2027-01-01 on, 6 unchanged"
    )
