"""CEL in pure Python (cel-python): the same program as `cel`, compiled once."""

from __future__ import annotations

from typing import Any

import celpy
from bench.face import Face, Setting
from bench.peers.around import face, plain
from bench.peers.cel_program import program


def prepare(setting: Setting) -> Face:
    """Answer the program with what stands around it."""
    environment = celpy.Environment()
    evaluate = environment.program(environment.compile(program(setting.models))).evaluate

    def status(selection: dict[str, Any], grants: frozenset[str]) -> str:
        if not plain(selection):
            return "impossible"
        asked = {"s": celpy.json_to_cel(selection), "member": celpy.celtypes.BoolType("member" in grants)}
        return str(evaluate(asked))

    return face({each.id: each for each in setting.models}, status)
