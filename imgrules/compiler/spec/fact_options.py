"""Facts as options: what is among the options of a model once its file is read, and what no author writes."""

from __future__ import annotations

from imgrules.compiler.spec.model import OptionSpec


class FactOptionSpec(OptionSpec, defer_build=True):  # never read from a file, so that it needs no reader
    """A fact of a model, as an option that is not picked but stated."""


class SharedFactSpec(FactOptionSpec, defer_build=True):
    """A fact that `_shared.yaml` declares."""
