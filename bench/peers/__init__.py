"""One small file per peer; each runs in a process of its own, and only there is its library imported."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from bench.face import Face, Setting


@dataclass(frozen=True)
class Peer:
    """The title of a peer, the package to install for it, and what it reports about a refusal within the measured time."""

    title: str
    needs: str
    says: str


PEERS = {
    "imgrules": Peer("imgrules", "imgrules", "every reason, with repairs"),
    "hand_written": Peer("hand-written", "", "first reason, a code"),
    "hand_table": Peer("hand-written, over a dict of rows", "", "first reason, a code"),
    "naive": Peer("naive interpreter of the YAML", "PyYAML", "first reason, a code"),
    "msgspec": Peer("msgspec", "msgspec", "first reason, a sentence"),
    "jsonschema_rs": Peer("jsonschema-rs", "jsonschema-rs", "nothing"),
    "pydantic": Peer("pydantic", "pydantic", "every reason, as sentences"),
    "datalogic": Peer("datalogic-py", "datalogic-py", "nothing"),
    "zen_expression": Peer("ZEN, an expression", "zen-engine", "nothing"),
    "zen": Peer("ZEN, a decision table", "zen-engine", "nothing"),
    "fastjsonschema": Peer("fastjsonschema", "fastjsonschema", "first reason, a sentence"),
    "cel": Peer("CEL", "common-expression-language", "nothing"),
    "rule_engine": Peer("rule-engine", "rule-engine", "nothing"),
    "jsonschema": Peer("jsonschema", "jsonschema", "nothing"),
}
"""Every peer, in the order in which they run."""


def prepare(name: str, setting: Setting) -> Face:
    """Return a peer that is ready to be asked."""
    face: Face = import_module(f"bench.peers.{name}").prepare(setting)
    return face
