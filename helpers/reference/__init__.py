"""The book's own answers, one module a unit, derived from the solutions."""
