"""Checks: one module or package a unit, one function an exercise, each returning a `Feedback`."""
