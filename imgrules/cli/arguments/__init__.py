"""The arguments that several commands share: the rules, the selection, the grants, the facts and the moment."""
