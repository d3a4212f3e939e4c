"""CEL through its bindings of the Rust implementation: one program that is compiled once and answers the status."""

from __future__ import annotations

from typing import Any

import cel
from bench.face import Face, Setting
from bench.peers.around import face
from bench.peers.cel_program import program

def prepare(setting: Setting) -> Face:
    """Answer the program with what stands around it."""
    execute = cel.compile(program(setting.models)).execute

    def status(selection: dict[str, Any], grants: frozenset[str]) -> str:
        try:
            return str(execute({"s": selection, "member": "member" in grants}))
        except ValueError:  # a text that cannot be read
            return "impossible"

    return face({each.id: each for each in setting.models}, status)
