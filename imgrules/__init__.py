"""
Declarative rules for image models: what may be picked, what it costs, and what is sent.

    rules = imgrules.load()
    decision = rules.decide({"model": "gpt-image-2", "ratio": "1:1", "quality": "high"}, grants={"member"})

This is the run-time face: importing it loads no third-party module.
"""

from imgrules.engine.decision import Decision, Refused, Request, Status
from imgrules.engine.decision_records import Note, NoteCode, Repair, Violation, ViolationCode
from imgrules.engine.gates import Lock
from imgrules.errors import ImgrulesError, RulesError, TableError
from imgrules.rules import Rules, load
from imgrules.table.codec import digest, dumps, loads
from imgrules.table.records import Table

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
