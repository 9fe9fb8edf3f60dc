"""Does what is drawn depend on the generator that was handed in, and on nothing else?"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from helpers.checks.arrays import explained
from helpers.checks.running import Wrong


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
def explained_generator() -> Iterator[None]:
    """Say what scikit-learn needs when it refuses a generator, and what a shuffle gives back."""
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
    ):
        yield
