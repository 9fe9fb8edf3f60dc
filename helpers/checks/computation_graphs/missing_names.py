"""What `evaluate` should do with a name that is neither fed nor in the graph."""

from __future__ import annotations

import numpy as np

from helpers.checks.running import Answer, OutOfTime, Wrong, run_with_limit

# A graph of a few nodes takes microseconds: this is for answers that wait for ever.
SECONDS = 2.0


def expect_key_error(answer: Answer, missing: str) -> None:
    """Raise `Wrong` unless a missing input is told by a KeyError with its name.

    Parameters
    ----------
    answer : Answer
        The student's `evaluate`.
    missing : str
        The name to leave out.
    """
    graph = {"s": (np.add, "x", "y"), "t": (np.multiply, "s", missing)}
    told = f"`t` needs `{missing}`, which is neither fed nor in the graph: that is a `KeyError`"
    try:
        run_with_limit(lambda: answer(graph, {"x": 1.0, "y": 2.0}), SECONDS)
    except OutOfTime:
        raise Wrong(
            "waits_for_ever", f"{told}. Your loop waits for a value that will never come."
        ) from None
    except Wrong as wrong:
        error = wrong.__cause__
        if isinstance(error, KeyError) and missing in str(error):
            return
        if isinstance(error, KeyError):
            raise Wrong(
                "names_another_node",
                f"{told} which names `{missing}`. Yours says {error}, where nobody finds what is "
                "missing.",
            ) from None
        if wrong.hint == "raises":
            raise Wrong("not_a_key_error", f"{told}. {wrong.message}") from None
        if wrong.hint not in ("prints", "returns_none"):
            raise
    raise Wrong(
        "missing_name_accepted",
        f"{told}, and the caller should get it. `evaluate` came back as if nothing were missing.",
    )
