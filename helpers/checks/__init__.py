"""Checks: one module a unit, one function an exercise, each returning a `Feedback`."""
