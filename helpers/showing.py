"""How the course talks to a reader: rich in a notebook, plain text everywhere else."""

from __future__ import annotations

import sys


def in_notebook() -> bool:
    """Tell whether a Jupyter kernel runs this code, without importing IPython."""
    if "IPython" not in sys.modules:
        return False
    shell = sys.modules["IPython"].get_ipython()
    return shell is not None and hasattr(shell, "kernel")


def cell_now() -> str | None:
    """Return a name for the run of the cell that is running, or None outside a notebook."""
    if not in_notebook():
        return None
    return sys.modules["IPython"].get_ipython().get_parent().get("header", {}).get("msg_id")


def show(thing: object) -> None:
    """Show `thing` where the reader is: as a display in a notebook, else printed.

    Parameters
    ----------
    thing : str or object
        A string is printed. Another object is displayed with the richest of its
        ``_repr_html_``, ``_repr_markdown_`` and ``__str__`` that the place can show.
    """
    if not isinstance(thing, str) and in_notebook():
        sys.modules["IPython"].display.display(thing)
        return
    try:
        print(thing)
    except UnicodeEncodeError:  # an old console that has no such sign
        encoding = sys.stdout.encoding
        print(str(thing).encode(encoding, errors="replace").decode(encoding))
