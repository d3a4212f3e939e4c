"""Why a selection is refused, and what would be possible instead: loaded when somebody looks at a refusal."""
