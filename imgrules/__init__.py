"""
Declarative rules for image models: what a caller may pick, what it costs, and which request body is sent.

    rules = imgrules.load()
    decision = rules.decide({"model": "gpt-image-2", "ratio": "1:1", "quality": "high"}, grants={"member"})

This is the API for services that decide by the rules; importing it loads only the standard library.
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
