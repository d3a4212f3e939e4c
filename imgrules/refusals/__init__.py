"""Why a selection is refused, and what would be possible instead: loaded when a program reads the reasons of a decision."""
