"""One small file per peer; each runs in a process of its own, and only there is its library imported."""

from __future__ import annotations

from importlib import import_module

from bench.face import Face, Setting

NEEDS = {
    "imgrules": (),
    "hand_written": (),
    "hand_table": (),
    "naive": ("PyYAML",),
    "msgspec": ("msgspec",),
    "datalogic": ("datalogic-py",),
    "pydantic": ("pydantic",),
    "jsonschema_rs": ("jsonschema-rs",),
    "fastjsonschema": ("fastjsonschema",),
    "cel": ("common-expression-language",),
    "cel_python": ("cel-python",),
    "zen": ("zen-engine",),
    "zen_expression": ("zen-engine",),
    "jsonschema": ("jsonschema",),
    "rule_engine": ("rule-engine",),
}
"""Every peer with the distributions that it needs."""


def prepare(name: str, setting: Setting) -> Face:
    """Answer a peer that is ready to be asked."""
    face: Face = import_module(f"bench.peers.{name}").prepare(setting)
    return face
