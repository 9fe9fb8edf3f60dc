"""Does what is drawn depend on the generator that was handed in, and on nothing else?"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from helpers.checks.arrays import explained
from helpers.checks.running import Wrong

# How Python and numpy say that a float came where they count.
_NOT_WHOLE = ("slice indices must be integers", "sequence of integers", "interpreted as an integer")


def expect_random(draw: Callable[[int], object], what: str) -> None:
    """Raise `Wrong` unless what is drawn depends on the generator, and on nothing else.

    Parameters
    ----------
    draw : callable
        ``draw(seed)`` gives what an answer drew with `default_rng(seed)`, as lists or sets.
    what : str
        How the message names it, e.g. ``"images"``.
    """
    first, again, *others = (draw(seed) for seed in (1, 1, 2, 3))
    if first != again:
        raise Wrong(
            "rng_ignored",
            f"Two generators with the same seed gave different {what}. Draw with the `rng` that is "
            "handed in, and with nothing else.",
        )
    if all(other == first for other in others):
        raise Wrong(
            "own_seed",
            f"The {what} are the same whatever `rng` is handed in: either nothing is drawn, or a "
            "seed inside the function repeats it. Use the `rng` that is handed in.",
        )


@contextlib.contextmanager
def explained_draws() -> Iterator[None]:
    """Say what is behind the errors that generators, shuffles, counts and positions raise."""
    with (
        explained(
            "generator_to_sklearn",
            "scikit-learn takes no `default_rng`: draw a seed for it, `int(rng.integers(2**31))`.",
            lambda error: "random_state" in error or "RandomState" in error,
        ),
        explained(
            "shuffle_gives_none",
            "`rng.shuffle` changes the array that it is given and returns nothing; "
            "`rng.permutation` returns a new one.",
            lambda error: "NoneType" in error,
        ),
        explained(
            "not_whole",
            "Counts and positions are whole numbers, but a share of n is a float, even 28.0. Make "
            "it whole: `round(share * n)` or `int(share * n)`.",
            lambda error: any(words in error for words in _NOT_WHOLE),
        ),
    ):
        yield
