"""Hand-written code and imgrules agree with the oracle, and the cases have the selections that they promise."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bench.face import JOBS, Face, Setting, in_oracle_terms
from bench.facts import models
from bench.oracle import Oracle, oracle
from bench.peers import prepare
from bench.selections import CASES, REFUSALS, Asked, case

ROOT = Path(__file__).parents[2]
COUNT = 400
STATUS_JOBS = {"decide", "first", "all"}


@pytest.fixture(scope="module", params=["imgrules", "hand_written", "hand_table", "naive"])
def face(request: pytest.FixtureRequest) -> Face:
    """Return a peer that needs no further package."""
    return prepare(request.param, Setting(models(2), ROOT / "rules", ROOT / "rules"))


@pytest.mark.parametrize("name", CASES)
def test_a_peer_agrees_with_the_oracle(face: Face, name: str) -> None:
    """Every job of a peer has the status and the body of the oracle, in every case."""
    asked = [question for handful in case(name, models(2), COUNT).fresh(COUNT) for question in handful]
    for job in JOBS:
        if face.ask(job) is not None:
            agree(face, job, asked)


def agree(face: Face, job: str, asked: Asked) -> None:
    """Compare the answers of a peer with those of the oracle."""
    ask, reference = face.ask(job), oracle(models(2))
    assert ask is not None
    for selection, grants in asked:
        status = reference.decide(selection, grants)
        if job in {"first", "all"} and status == "allowed":
            continue
        try:
            answer = in_oracle_terms(face, job, ask(selection, grants))
        except face.refusals:
            answer = None
        assert answer == (status if job in STATUS_JOBS else reference.emit(selection, grants)), (job, selection, grants)


def test_the_chain_of_many_models_agrees() -> None:
    """The generated chain of conditions agrees with the oracle."""
    many = models(30)
    chain, reference = prepare("hand_written", Setting(many, ROOT, None)), oracle(many)
    for handful in case("mixed", many, COUNT).fresh(COUNT):
        for selection, grants in handful:
            assert in_oracle_terms(chain, "decide", chain.decide(selection, grants)) == reference.decide(selection, grants)
            try:
                assert chain.emit(selection, grants) == reference.emit(selection, grants)
            except chain.refusals:
                assert reference.emit(selection, grants) is None


def statuses(name: str, reference: Oracle) -> Counter[bool]:
    """Return how many selections of a case have a body, and how many have none."""
    return Counter(
        reference.emit(*question) is not None for handful in case(name, models(2), 2000).fresh(2000) for question in handful
    )


def test_the_cases_hold_what_they_promise() -> None:
    """All, none, and about 70 % of the selections of the three cases have a body; there are at least ten kinds of refusals."""
    reference = oracle(models(2))
    assert statuses("valid", reference) == {True: 2000}
    assert statuses("refused", reference) == {False: 2000}
    assert 1300 < statuses("mixed", reference)[True] < 1500
    assert len(REFUSALS) >= 10


def test_the_same_selections_are_drawn_every_time() -> None:
    """The drawn selections depend only on the fixed seed."""
    assert case("mixed", models(2), 50) == case("mixed", models(2), 50)
