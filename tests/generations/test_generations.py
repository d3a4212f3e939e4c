"""Four generations of one vendor's API: the same models, retargeted by YAML alone, with the exact requests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from imgrules import load
from imgrules.compiler.build import build

HERE = Path(__file__).parent
TODAY = HERE.parents[1] / "rules"


class Sent(NamedTuple):
    """A selection with the whole request that follows from it."""

    folder: Path
    selection: Mapping[str, Any]
    line: str
    body: Mapping[str, Any]


REQUESTS = {
    "older": Sent(
        HERE / "older",
        {"model": "nano-banana-2", "ratio": "16:9", "quality": "2K", "prompt": "p", "language": "en"},
        "POST /knowledge",
        {
            "topic_input": "p",
            "language": "en",
            "content_type": "image",
            "enable_retrieval": False,
            "extra_config": {"output": {"quality": "2K", "aspect_ratio": "16:9"}},
        },
    ),
    "today, quality in the output": Sent(
        TODAY,
        {"model": "nano-banana-2", "ratio": "16:9", "quality": "2K", "prompt": "p", "language": "en"},
        "POST /creations",
        {
            "type": "image",
            "prompt": "p",
            "language": "en",
            "image_generation": {"provider": "gemini", "model": "nano-banana-2"},
            "extra_config": {"output": {"aspect_ratio": "16:9", "quality": "2K"}},
        },
    ),
    "today, quality beside the model": Sent(
        TODAY,
        {"model": "gpt-image-2", "ratio": "3:2", "quality": "high", "prompt": "p", "language": "en"},
        "POST /creations",
        {
            "type": "image",
            "prompt": "p",
            "language": "en",
            "image_generation": {"provider": "azure_openai", "model": "gpt-image-2", "quality": "high"},
            "extra_config": {"output": {"aspect_ratio": "3:2"}},
        },
    ),
    "flat": Sent(
        HERE / "flat",
        {"model": "gpt-image-2", "ratio": "3:2", "quality": "high", "prompt": "p", "language": "en"},
        "POST /creations",
        {
            "type": "image",
            "prompt": "p",
            "language": "en",
            "aspect_ratio": "3:2",
            "image_generation": {"provider": "azure_openai", "model": "gpt-image-2", "size": "1536x1024", "quality": "high"},
        },
    ),
    "unified": Sent(
        HERE / "unified",
        {"model": "gpt-image-2", "ratio": "2:3", "quality": "medium", "prompt": "p", "max_credits": 8},
        "POST /creations",
        {
            "type": "image",
            "prompt": "p",
            "max_credits": 8,
            "image": {"provider": "azure_openai", "model": "gpt-image-2", "aspect_ratio": "2:3", "quality": "medium"},
        },
    ),
}


@pytest.mark.parametrize("sent", REQUESTS.values(), ids=REQUESTS)
def test_the_exact_request(sent: Sent) -> None:
    """The body has these leaves and no other, and the rules state where it is sent."""
    rules = load(sent.folder)
    decision, body = rules.request(sent.selection, {"member"})
    assert body == sent.body
    assert rules.request_line(decision) == sent.line


@pytest.mark.parametrize("folder", sorted({sent.folder for sent in REQUESTS.values()}), ids=lambda folder: str(folder.name))
def test_the_rules_check_clean(folder: Path) -> None:
    """No generation has a mistake or a warning."""
    assert [diagnostic.message for diagnostic in build(folder).report.diagnostics] == []


def test_a_cap_is_the_most_that_is_paid() -> None:
    """Above the cap nothing is created: not a dearer pick, and not one whose price a grant would open."""
    rules, sent = load(HERE / "unified"), REQUESTS["unified"].selection
    for grants in ((), {"member"}):
        refused = rules.decide({**sent, "quality": "high"}, grants)
        assert (refused.status, [violation.field for violation in refused.violations]) == ("impossible", ["max_credits"])
        assert {"max_credits": 20} in [dict(repair.set) for repair in refused.repairs]
    assert rules.decide({**sent, "max_credits": 7.5}).status == "impossible"
    assert rules.decide({name: value for name, value in sent.items() if name != "max_credits"}).credits == 8
