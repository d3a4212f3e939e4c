"""
The selections that all peers are asked about: drawn once from a fixed seed, in the form of requests.

They are kept as JSON and read again for every round, a few at a time, because a request has fresh texts:
hashes that are cached from the round before would make lookups too fast.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from bench.facts import MEMBER, Model, Models

Selection = dict[str, Any]
Grants = frozenset[str]
Asked = list[tuple[Selection, Grants]]

CASES = {"mixed": 0.7, "valid": 1.0, "refused": 0.0}
"""The share of allowed selections in each case; the others are spread evenly over the kinds of refusals."""

_HANDFUL = 256
_SEED = 20_261_122
_MEMBER = frozenset({MEMBER})
_OTHERS = (frozenset[str](), frozenset({"trial"}))
_PROMPTS = (
    "A red fox in the snow, number {}",
    "Portrait of a lighthouse keeper, 35 mm film, soft light from the left, {} grains of sand on the sleeve",
    'A shop sign that reads "{} loaves", hand-painted\nwith a crooked shadow',
    "Ein Fuchs läuft über die verschneite Brücke, Bild {}",
    "雪の中の赤い狐、{}番目の絵 🦊",
)
_ODD: tuple[Any, ...] = (["1:1"], 5, 1.5, None, True, {"value": "low"}, "")


@dataclass(frozen=True)
class Case:
    """A list of selections with the grants of the caller."""

    name: str
    written: tuple[tuple[str, Grants], ...]

    def fresh(self, count: int) -> Iterator[Asked]:
        """Yield the first `count` selections, read again from JSON, in handfuls."""
        chosen = self.written[:count]
        for start in range(0, len(chosen), _HANDFUL):
            yield [(json.loads(text), grants) for text, grants in chosen[start : start + _HANDFUL]]


def case(name: str, models: Models, count: int) -> Case:
    """Return one of `CASES`."""
    random = Random(_SEED)
    return Case(name, tuple(_drawn(random, models, CASES[name]) for _ in range(count)))


def _drawn(random: Random, models: Models, allowed: float) -> tuple[str, Grants]:
    model = random.choice(models)
    selection, grants = _sound(random, model)
    if random.random() >= allowed:
        changed = random.choice(REFUSALS)(random, model, selection)
        grants = grants if changed is None else changed
    return json.dumps(selection), grants


def _sound(random: Random, model: Model) -> tuple[Selection, Grants]:
    quality = random.choice(model.qualities)
    grants = _MEMBER if quality == model.members_only else random.choice((_MEMBER, *_OTHERS))
    selection = {
        "model": model.id,
        "ratio": random.choice(model.ratios),
        "quality": quality,
        "prompt": random.choice(_PROMPTS).format(random.randrange(10_000)),
        "language": random.choice(("en", "de", "ja")),
    }
    return selection, grants


def _locked(random: Random, model: Model, selection: Selection) -> Grants:
    selection["quality"] = model.members_only
    return random.choice(_OTHERS)


def _other_ratio(random: Random, _model: Model, selection: Selection) -> None:
    selection["ratio"] = random.choice(("5:4", "1x1", " 1:1"))


def _other_quality(random: Random, model: Model, selection: Selection) -> None:
    selection["quality"] = random.choice(("premium", model.qualities[0].swapcase() + "!", "16:9"))


def _refused_field(random: Random, _model: Model, selection: Selection) -> None:
    selection[random.choice(("style", "duration_seconds", "voice_id"))] = random.choice(("anime", "", None, 0))


def _unknown_field(random: Random, _model: Model, selection: Selection) -> None:
    selection[random.choice(("seed", "Ratio", "n"))] = random.choice((7, "", None, "x"))


def _missing_option(random: Random, _model: Model, selection: Selection) -> None:
    del selection[random.choice(("ratio", "quality"))]


def _missing_text(random: Random, _model: Model, selection: Selection) -> None:
    del selection[random.choice(("prompt", "language"))]


def _odd_option(random: Random, _model: Model, selection: Selection) -> None:
    selection[random.choice(("ratio", "quality"))] = random.choice(_ODD)


def _odd_text(random: Random, _model: Model, selection: Selection) -> None:
    selection[random.choice(("prompt", "language"))] = random.choice(_ODD)


def _unpaired_surrogate(random: Random, _model: Model, selection: Selection) -> None:
    selection["prompt"] += random.choice(("\ud83e", "\udd8a fox"))


def _unknown_model(random: Random, model: Model, selection: Selection) -> None:
    selection["model"] = random.choice((model.id.upper(), "dall-e-9", "", None, 2, [model.id]))


def _no_model(_random: Random, _model: Model, selection: Selection) -> None:
    del selection["model"]


REFUSALS: tuple[Callable[[Random, Model, Selection], Grants | None], ...] = (
    _locked,
    _other_ratio,
    _other_quality,
    _refused_field,
    _unknown_field,
    _missing_option,
    _missing_text,
    _odd_option,
    _odd_text,
    _unpaired_surrogate,
    _unknown_model,
    _no_model,
)
"""The kinds of mistakes; each changes a selection, and may return other grants."""
