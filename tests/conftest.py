"""Profiles only: how hard Hypothesis tries, and whether rendered reports are written anew."""

from __future__ import annotations

import gc
import os

import pytest
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis.strategies import none

from imgrules.compiler.read import folder

# Rule sets are large values to draw; a busy machine must not turn that into a failure.
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("few", max_examples=8, deadline=None, suppress_health_check=_SLOW)
settings.register_profile("fast", max_examples=10, deadline=None, suppress_health_check=_SLOW)
settings.register_profile("thorough", max_examples=50, deadline=None, suppress_health_check=_SLOW)
# Shrinking a whole rule set takes minutes; to see whether anything fails, it is not needed.
_FIND = [Phase.explicit, Phase.reuse, Phase.generate]
settings.register_profile("find", max_examples=100, deadline=None, suppress_health_check=_SLOW, phases=_FIND)
settings.register_profile("seeds", settings.get_profile("find"), print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "thorough" if os.environ.get("CI") else "fast"))

# Nobody else writes to the folders of a test, so none waits for its own folder to come to rest; some tests are about that.
folder.REST = 0.0


def pytest_collection_finish() -> None:
    """Leave what was collected out of each garbage collection, of which there are fewer: they walked over all tests again and again."""
    # Hypothesis makes its random numbers at its first example, and 6.100 warns where it finds nobody who holds them.
    # Whoever is frozen is not found.
    find(none(), lambda _: True)
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes the reports of the corpus anew, to be read in the diff."""
    parser.addoption("--update-reports", action="store_true", help="write the rendered reports of tests/corpus anew")
