"""Facts as options: what is among the options of a model once its file is read, and what no author writes."""

from __future__ import annotations

from imgrules.compiler.spec.model import OptionSpec


class FactOptionSpec(OptionSpec):
    """A fact of a model, as an option that is not picked but stated."""


class SharedFactSpec(FactOptionSpec):
    """A fact that `_shared.yaml` declares."""
