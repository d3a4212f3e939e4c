"""
What `imgrules check` spends its CPU time on: `python -m bench.checking [FOLDER]`.

Each line is the median of nine processes in milliseconds: what they load, then what they do with the rules of the folder.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

RUNS = 9
_ROOT = Path(__file__).parents[1]
_PROGRAM = """
import gc, json, sys, time
gc.disable()  # as the command does
marks = {"Python": time.process_time()}
def mark(name):
    marks[name] = time.process_time() - sum(marks.values())
from pathlib import Path
import yaml
from pydantic import BaseModel
mark("pydantic and PyYAML")
class First(BaseModel):
    number: int = 0
mark("the first class of pydantic")
import imgrules.compiler.spec.model, imgrules.compiler.spec.shared
mark("the classes of the spec")
imgrules.compiler.spec.shared.SharedSpec.model_rebuild(force=True)
imgrules.compiler.spec.model.ModelSpec.model_rebuild(force=True)
mark("their validators")
import imgrules.cli.check, imgrules.cli.main, imgrules.compiler.contract.contract_findings, imgrules.proofs.proof
from imgrules.cli.checking.check_targets import Target, with_proof
from imgrules.compiler.build import build_files, parse_folder
mark("other modules of imgrules")
folder = Path(sys.argv[1])
files = parse_folder(folder)
mark("reading and binding")
built = build_files(files, folder)
mark("checks, table and examples")
with_proof(built, Target(folder))
mark("proofs of every selection")
print(json.dumps(marks))
"""


def main() -> None:
    """Print the parts for one folder."""
    folder = sys.argv[1] if len(sys.argv) > 1 else str(_ROOT / "rules")
    command = [sys.executable, "-c", _PROGRAM, folder]
    runs = [json.loads(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(RUNS)]
    for name in runs[0]:
        print(f"{name:30}{1000 * median(run[name] for run in runs):8.1f}")
    print(f"{'all':30}{1000 * median(sum(run.values()) for run in runs):8.1f}")


if __name__ == "__main__":
    main()
