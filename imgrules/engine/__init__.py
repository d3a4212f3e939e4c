"""Deciding and emitting: standard library only, pure, no clock, no disk."""
