"""
Declarative rules for image models: what may be picked, what it costs, and what is sent.

    rules = imgrules.load()
    decision = rules.decide({"model": "gpt-image-2", "ratio": "1:1", "quality": "high"}, grants={"member"})

This is the run-time face: importing it loads no third-party module.
"""

import importlib
import typing

from imgrules.engine.decision import Decision, Refused, Request, Status
from imgrules.engine.document import digest, dumps, loads
from imgrules.engine.errors import ImgrulesError, RulesError, TableError
from imgrules.engine.gates import Lock
from imgrules.engine.table import Table
from imgrules.rules import Rules, load

if typing.TYPE_CHECKING:
    from imgrules.engine.explain import Violation
    from imgrules.engine.faults import ViolationCode
    from imgrules.engine.names import Note, NoteCode
    from imgrules.engine.repair import Repair

__version__ = "0.1.0"

__all__ = [
    "Decision",
    "ImgrulesError",
    "Lock",
    "Note",
    "NoteCode",
    "Refused",
    "Repair",
    "Request",
    "Rules",
    "RulesError",
    "Status",
    "Table",
    "TableError",
    "Violation",
    "ViolationCode",
    "digest",
    "dumps",
    "load",
    "loads",
]

_OF_REFUSALS = {"Violation": "explain", "ViolationCode": "faults", "Note": "names", "NoteCode": "names", "Repair": "repair"}
"""What is loaded when it is first named, or when something is first refused."""


def __getattr__(name: str) -> typing.Any:
    if name not in _OF_REFUSALS:
        raise AttributeError(f"imgrules has no {name}")
    return getattr(importlib.import_module(f"imgrules.engine.{_OF_REFUSALS[name]}"), name)
