"""Which rows an experiment's control lacks, and which ones it should lack."""

from __future__ import annotations

import numpy as np

from helpers.checks.running import Wrong

_Case = tuple[str, bool, str]  # the hint, whether it applies, and what to say


def expect_control(kept: list[list[int]], twins: np.ndarray) -> None:
    """Raise `Wrong` unless every control lacks as many rows as there are twins, and no twin.

    Parameters
    ----------
    kept : list of list of int
        The training rows of several controls, drawn with different generators.
    twins : numpy.ndarray of bool, shape (n,)
        The rows that the experiment itself removes.
    """
    others, count = np.flatnonzero(~twins), int(twins.sum())
    drops = [sorted(set(range(len(twins))) - set(rows)) for rows in kept]
    cases = _other_experiments(kept, others.tolist(), count)
    cases += _other_rows(kept, drops, others, count) + _other_numbers(drops, others, count)
    for hint, applies, sentence in cases:
        if applies:
            raise Wrong(hint, f"In `without others` {sentence}")


def _other_experiments(kept: list[list[int]], others: list[int], count: int) -> list[_Case]:
    n = len(others) + count
    alone = [len(rows) == count and set(rows) <= set(others) for rows in kept]
    fewer = [len(rows) == n - 2 * count and set(rows) <= set(others) for rows in kept]
    return [
        (
            "same_as_twins",
            others in kept,
            "the twins are missing again. As a control remove rows that are no twins.",
        ),
        (
            "nothing_removed",
            all(rows == list(range(n)) for rows in kept),
            f"no row is missing. As many as there are twins, {count}, should be.",
        ),
        (
            "keeps_the_dropped",
            all(alone),
            f"only the {count} drawn rows were trained on. They are the ones to leave out.",
        ),
        (
            "drops_both",
            all(fewer),
            f"the twins are missing as well as {count} others. Then two things differ: keep the "
            "twins in the control.",
        ),
    ]


def _other_rows(kept: list, drops: list, others: np.ndarray, count: int) -> list[_Case]:
    twins_too = [len(set(drop) - set(others.tolist())) for drop in drops]
    return [
        (
            "repeated_rows",
            any(len(set(rows)) < len(rows) for rows in kept),
            "some rows were trained on more than once. Draw what is left out, and keep the rest.",
        ),
        (
            "positions",
            any(twins_too) and max(map(max, drops)) < len(others),
            "the drawn numbers are places among the other rows, not row numbers: twins were "
            "removed, and the last rows never. Draw from `np.flatnonzero(~twins)` itself.",
        ),
        (
            "drops_any_row",
            any(twins_too),
            f"{max(twins_too)} of {count} twins are missing, too. Draw only from the others.",
        ),
    ]


def _other_numbers(drops: list[list[int]], others: np.ndarray, count: int) -> list[_Case]:
    lacking = [len(drop) for drop in drops]
    ends = [others[:count].tolist(), others[-count:].tolist()]
    return [
        (
            "with_replacement",
            max(lacking) <= count and len(set(lacking)) > 1,
            f"{min(lacking)} to {max(lacking)} rows are missing instead of {count}: some were "
            "drawn twice. Draw without replacement.",
        ),
        (
            "wrong_count",
            set(lacking) != {count},
            f"{lacking[0]} rows are missing. As many as there are twins, {count}, should be.",
        ),
        (
            "first_rows",
            any(all(drop == end for drop in drops) for end in ends),
            "the same end of the part is always missing. Draw the rows with `rng`.",
        ),
    ]


def expect_every_other(kept: list[list[int]], twins: np.ndarray) -> None:
    """Raise `Wrong` if a row that is no twin was in every one of many controls."""
    always = set.intersection(*map(set, kept)) - set(np.flatnonzero(twins).tolist())
    if always:
        raise Wrong(
            "never_dropped",
            f"In {len(kept)} calls row {max(always)} was never removed, though it is no twin. Draw "
            "from all rows that are no twins.",
        )
