"""The search for repairs: selections with few changes that are not impossible."""
