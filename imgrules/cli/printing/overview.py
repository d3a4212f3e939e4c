"""The help of the program as a whole: its commands by what they are for, and where to begin."""

from __future__ import annotations

from collections.abc import Mapping

GROUPS = {
    "Write rules": ("init", "check", "test", "diff", "explain"),
    "Ask them": ("decide", "emit", "catalog", "calendar"),
    "Deliver them": ("build", "schema", "completion"),
}
"""The commands in the order in which a newcomer meets them."""

BEGIN = """\
Begin with:
  imgrules catalog                          what the rules here offer, or the packaged ones
  imgrules init my-model --rules rules      write rules of your own, then fill the blanks
  imgrules check                            see what is still missing

`imgrules COMMAND --help` describes a command, with examples.
Exit codes: 0 fine; 1 the answer is no; 2 it could not run.
"""


def overview(commands: Mapping[str, str]) -> str:
    """Return the text about all commands, each with its line of help."""
    wide = max(map(len, commands))
    lists = (
        f"{title}:\n" + "".join(f"  {name:{wide}}  {commands[name]}\n" for name in names) for title, names in GROUPS.items()
    )
    return "\n".join((*lists, BEGIN))
