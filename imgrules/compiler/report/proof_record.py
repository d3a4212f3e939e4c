"""The record of what was proved about a rule set."""

from __future__ import annotations

from imgrules.table.record_base import record

MOST_FAILURES = 20
"""The most counter-examples that are named."""


@record
class Proof:
    """
    What was tried: `selections` that can be made at some moment, with up to `gates` sets of open gates, at up to `moments` moments.

    `models` is the number of models; of those in `sampled`, by id, only some selections were tried. `failures` are
    counter-examples, in words. With `contract`, every body was also proved against a contract.
    """

    models: int = 0
    selections: int = 0
    gates: int = 1
    moments: int = 1
    sampled: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    contract: bool = False

    @property
    def complete(self) -> bool:
        """Whether all selections were tried."""
        return not self.sampled


def joined(first: Proof, second: Proof) -> Proof:
    """Return two proofs as one."""
    return Proof(
        first.models + second.models,
        first.selections + second.selections,
        max(first.gates, second.gates),
        max(first.moments, second.moments),
        (*first.sampled, *second.sampled),
        (*first.failures, *second.failures)[:MOST_FAILURES],
        all(proof.contract for proof in (first, second) if proof.models),
    )
