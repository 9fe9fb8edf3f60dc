"""What to look at when an answer stops with an error of Python's or numpy's that beginners meet."""

from __future__ import annotations

import numpy as np

# Words of an error, and the advice that belongs to them.
_BY_WORDS = (
    (
        ("core dimension", "broadcast together", "not aligned", "must match exactly"),
        "The shapes do not fit together: print the `.shape` of both sides.",
    ),
    (
        ("truth value of an array",),
        "`if`, `and`, `in` and Python's `max` decide about one value; for arrays there are "
        "`np.where`, `&` and `a.max(axis=...)`.",
    ),
    (
        ("as a data type",),
        "The shape is one argument, with parentheses of its own: `np.zeros((n, k))`.",
    ),
    (
        ("only 0-dimensional arrays", "only length-1 arrays"),
        "`math.log`, `math.exp` and `float` take a single number; `np.log` and `np.exp` take whole "
        "arrays.",
    ),
)


def advice(error: BaseException, text: str) -> str:
    """Return a sentence that helps with `error`, or nothing.

    Parameters
    ----------
    error : BaseException
        What an answer stopped with.
    text : str
        Its words.

    Examples
    --------
    >>> advice(ValueError(), "operands could not be broadcast together with shapes (2,) (3,)")
    'The shapes do not fit together: print the `.shape` of both sides.'
    >>> advice(ZeroDivisionError(), "division by zero")
    ''
    """
    if type(error) is NameError:
        return _about_a_name(error.name)
    if type(error) is AttributeError and isinstance(error.obj, list):
        is_of_arrays = hasattr(np.ndarray, str(error.name))
        return "It is a Python list: make an array of it, `np.array(...)`." if is_of_arrays else ""
    return next((said for words, said in _BY_WORDS if any(w in text for w in words)), "")


def _about_a_name(name: str | None) -> str:
    if name == "n":
        return (
            "The text writes n for how many samples there are: here it is the `len(...)` of an "
            "argument, or of what is in it."
        )
    if name == "k":
        return (
            "The text writes k for the number of classes: here it is an argument, or the number of "
            "columns of one."
        )
    return (
        "A function should use its own arguments, and what it has made of them. Is the name "
        "spelled alike? Imports and functions come from other cells: run these first."
    )
