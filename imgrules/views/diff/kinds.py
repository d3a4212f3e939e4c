"""The kinds of changes: for each stable id its level, its mirror, and one sentence that says why it matters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from imgrules.views.diff.diff_records import Level


class Kind(NamedTuple):
    """A kind of change; `mirror` is the id of the same change made in the other direction, which may be itself."""

    level: Level
    mirror: str
    why: str


_BREAKING, _PRICE, _RISKY, _ADDED, _COSMETIC = Level

_REFUSED = "a request that worked is refused"
_CLIENTS = "clients that list all values may meet one that they do not know"
_UNSENT = "the same selection sends another request"
_SHOWN = "users see another text; nothing that is decided or sent changes"

_PAIRS: tuple[tuple[str, Level, str, str, Level, str], ...] = (
    (
        "model-removed",
        _BREAKING,
        _REFUSED,
        "model-added",
        _ADDED,
        "clients that list all models may meet one that they do not know",
    ),
    ("model-ends", _BREAKING, _REFUSED, "model-begins", _ADDED, "a model becomes available"),
    (
        "option-removed",
        _BREAKING,
        "a request that picks it is refused",
        "option-added",
        _ADDED,
        "clients may offer a further choice",
    ),
    ("value-removed", _BREAKING, _REFUSED, "value-added", _ADDED, _CLIENTS),
    ("combination-removed", _BREAKING, _REFUSED, "combination-added", _ADDED, "selections that were refused are possible"),
    (
        "gate-added",
        _BREAKING,
        "callers without a grant are locked out",
        "gate-removed",
        _RISKY,
        "what was sold with a grant is open to callers without it",
    ),
    (
        "grant-removed",
        _BREAKING,
        "callers who hold only this grant are locked out",
        "grant-added",
        _RISKY,
        "callers who hold this grant get what they had no access to",
    ),
    (
        "default-removed",
        _BREAKING,
        "a request that leaves the option out is refused",
        "default-added",
        _ADDED,
        "a request may leave the option out",
    ),
    (
        "option-required",
        _BREAKING,
        "a request that leaves the option out is refused",
        "option-optional",
        _ADDED,
        "a request may leave the option out",
    ),
    ("bounds-narrowed", _BREAKING, _REFUSED, "bounds-widened", _ADDED, "values that were refused are possible"),
    (
        "field-removed",
        _BREAKING,
        "a request that has the field is refused",
        "field-added",
        _ADDED,
        "a request may have a further field",
    ),
    (
        "field-required",
        _BREAKING,
        "a request without the field is refused",
        "field-optional",
        _ADDED,
        "a request may leave the field out",
    ),
    ("alias-removed", _BREAKING, "a request with this name is refused", "alias-added", _ADDED, "a further name is understood"),
    (
        "rename-undone",
        _BREAKING,
        "a request with the name that is dropped is refused",
        "renamed",
        _RISKY,
        "answers and catalogs have another name; the old one is still understood",
    ),
    (
        "snap-removed",
        _BREAKING,
        "a near miss that was replaced is refused",
        "snap-added",
        _RISKY,
        "a near miss is replaced instead of refused",
    ),
    (
        "fact-removed",
        _BREAKING,
        "a call that states the fact is refused",
        "fact-added",
        _BREAKING,
        "a call may have to state the fact",
    ),
    ("sent-removed", _BREAKING, _UNSENT, "sent-added", _BREAKING, _UNSENT),
    ("price-raised", _PRICE, "the same selection costs more", "price-lowered", _PRICE, "the same selection costs less"),
    ("price-withdrawn", _PRICE, "the price becomes unknown", "price-stated", _PRICE, "a price that was unknown is stated"),
    (
        "price-estimated",
        _PRICE,
        "an exact price becomes an estimate",
        "price-exact",
        _PRICE,
        "an estimate becomes an exact price",
    ),
    (
        "gate-declared",
        _COSMETIC,
        "no selection needs the gate yet",
        "gate-undeclared",
        _COSMETIC,
        "no selection needed the gate",
    ),
    (
        "type-added",
        _COSMETIC,
        "no model of the old rules has it",
        "type-removed",
        _COSMETIC,
        "no model of the new rules has it",
    ),
    ("badge-removed", _COSMETIC, _SHOWN, "badge-added", _COSMETIC, _SHOWN),
    ("note-removed", _COSMETIC, _SHOWN, "note-added", _COSMETIC, _SHOWN),
)

_ALONE: tuple[tuple[str, Level, str], ...] = (
    ("kind-changed", _BREAKING, "the option takes values of another kind"),
    ("sent-changed", _BREAKING, _UNSENT),
    ("sent-moved", _BREAKING, "the same value is sent at another place"),
    ("request-changed", _BREAKING, "the body is sent to another address"),
    ("currency-changed", _BREAKING, "every price means another amount"),
    ("provider-changed", _RISKY, "another provider makes the image"),
    ("provider-model-changed", _RISKY, "another model of the provider makes the image"),
    ("default-changed", _RISKY, "a request that leaves the option out gets another value"),
    ("default-model-changed", _RISKY, "a request that names no model gets another one"),
    ("snap-changed", _RISKY, "a near miss is replaced by another value"),
    ("gate-changed", _RISKY, "the lock has another name; the same grants open it"),
    ("regular-price-changed", _RISKY, "the price that is shown beside a promotion, and returns after it, changes"),
    ("formula-changed", _PRICE, "no tried selection costs another price, but others may"),
    ("limit-changed", _RISKY, "no tried selection is refused or possible by it, but others may be"),
    ("alias-date-changed", _RISKY, "a name is understood for another time"),
    ("computed-changed", _RISKY, "the option is computed in another way"),
    ("condition-changed", _RISKY, "no tried selection changes, but others may"),
    ("type-changed", _RISKY, "the model has another content type"),
    ("result-changed", _RISKY, "the result of a creation is read in another way"),
    ("rules-changed", _RISKY, "the rules differ; no tried selection changes, but others may"),
    ("language-version-changed", _RISKY, "the rules are in another version of the language"),
    ("rules-rewritten", _COSMETIC, "the rules differ, and every selection has the same answer"),
    ("label-changed", _COSMETIC, _SHOWN),
    ("description-changed", _COSMETIC, _SHOWN),
    ("badge-changed", _COSMETIC, "the badge has another style, or is shown at another time"),
    ("note-changed", _COSMETIC, _SHOWN),
    ("sentence-changed", _COSMETIC, "a refusal has another sentence"),
    ("gate-display-changed", _COSMETIC, "the lock is shown in another way"),
    ("replacement-changed", _COSMETIC, "a refusal proposes something else"),
    ("release-changed", _COSMETIC, _SHOWN),
    ("order-changed", _COSMETIC, "a picker shows the same choices in another order"),
    ("translation-changed", _COSMETIC, _SHOWN),
)

KINDS: Mapping[str, Kind] = {
    **{first: Kind(level, second, why) for first, level, why, second, _, _ in _PAIRS},
    **{second: Kind(level, first, why) for first, _, _, second, level, why in _PAIRS},
    **{name: Kind(level, name, why) for name, level, why in _ALONE},
}
"""Each kind of change by its id."""
