"""The check of the pairs of classes that are most often taken for each other."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Integral, Number

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import as_array
from helpers.checks.feedback import exercise
from helpers.checks.hasy_cnn.wrong_pairs import Pair, all_pairs, wrong_lists
from helpers.checks.running import Answer, Wrong


@exercise(
    smaller_step="make a list of all pairs first, `a` below `b`, each with its count: n (n - 1) / "
    "2 of them. Then sort it by the count, and keep the first k.",
    seconds=30,  # an answer may import SciPy
)
def top_pairs(answer: Answer) -> str:
    """``top_pairs(cm, k)``: the pairs of classes that are most often taken for each other.

    Parameters
    ----------
    cm : numpy.ndarray of int, shape (n, n)
        Row: true class; column: predicted class.
    k : int
        How many pairs, at most as many as there are.

    Returns
    -------
    list of tuple
        k times ``(a, b, count)`` with a < b, where count is the number of times that a was taken
        for b or b for a. The largest count comes first; equal ones in any order.
    """
    cases = _cases()
    for what, cm, k in cases:
        _expect_pairs(answer(cm, k), cm, k, what)
    return (
        f"Right for {len(cases)} matrices: mistakes of both orders together, right answers left "
        "out, each pair once, the largest first, equal counts among them."
    )


def _cases() -> list[tuple[str, np.ndarray, int]]:
    rng = default_rng(47)
    # No two pairs have the same count, in one order or in both.
    cm = np.zeros((6, 6), dtype=int)
    cm[np.triu_indices(6, 1)] = rng.permutation([40, 3, 8, 1, 17, 2, 11, 5, 9, 4, 6, 14, 21, 7, 10])
    cm[np.tril_indices(6, -1)] = rng.permutation(np.arange(15) * 3)
    cm[[0, 4], [4, 0]] = 43, 44  # the largest in both orders
    cm[np.diag_indices(6)] = [90, 70, 130, 4, 60, 210]
    other = np.array([[9, 1, 30, 4], [2, 50, 6, 0], [8, 12, 7, 5], [20, 3, 11, 80]])
    equal = np.array([[5, 2, 4, 1], [3, 6, 0, 2], [1, 2, 9, 1], [0, 2, 4, 7]])
    return [
        ("six classes", cm, 4),
        ("four classes", other, 3),
        ("four classes and all of their pairs", other, 6),
        ("equal counts", equal, 3),
        ("two classes", np.array([[3, 2], [5, 7]]), 1),
        ("seven classes", rng.integers(1, 1000, (7, 7)), 2),
    ]


def _expect_pairs(value: object, cm: np.ndarray, k: int, what: str) -> None:
    came = _as_pairs(value, k)
    said = f"With {what} and k = {k}"
    pairs = all_pairs(cm)
    counts = {(a, b): count for a, b, count in pairs}
    right = sorted(counts.values(), reverse=True)[:k]
    if (
        [count for *_, count in came] == right
        and len({(a, b) for a, b, _ in came}) == k
        and all(counts.get((a, b)) == count for a, b, count in came)
    ):
        return
    for hint, lists, sentence in wrong_lists(cm, k):
        if any(_same(came, wrong) for wrong in lists):
            raise Wrong(hint, f"{said}: {sentence}", _table(came, pairs, k))
    raise _what_differs(came, counts, right, said, _table(came, pairs, k))


def _same(came: list[Pair], wrong: Sequence[Pair]) -> bool:
    return len(came) == len(wrong) and np.allclose(came, wrong)


def _table(came: list[Pair], pairs: list[Pair], k: int) -> str:
    """Set what came beside a right list."""
    right = sorted(pairs, key=lambda pair: -pair[2])[:k]
    lines = ["yours                expected"]
    for i in range(min(max(k, len(came)), 6)):
        left = came[i] if i < len(came) else ""
        lines.append(f"{_line(left):20} {_line(right[i]) if i < k else ''}".rstrip())
    return "\n".join(lines)


def _line(pair: Pair | str) -> str:
    return f"({pair[0]}, {pair[1]}, {pair[2]:g})" if pair else "-"


def _as_pairs(value: object, k: int) -> list[Pair]:
    """Return a list of triples, or raise `Wrong` if what came is none."""
    _expect_list(value)
    items = list(value)
    if items and all(isinstance(item, Number) for item in items):
        raise Wrong(
            "counts_only",
            "The list holds single numbers. Whose count is it? Each entry is `(a, b, count)`.",
        )
    if k != 3 and len(items) == 3 and all(_length(item) == k for item in items):
        raise Wrong(
            "three_lists",
            "There came three lists: of the a, of the b and of the counts. Put together what "
            "belongs together, one entry a pair: `zip` does that.",
        )
    return [_as_pair(item) for item in items]


def _length(item: object) -> int | None:
    return len(item) if isinstance(item, tuple | list | np.ndarray) else None


def _expect_list(value: object) -> None:
    if isinstance(value, dict):
        raise Wrong(
            "a_dict", "There came a dict. Make a list of it, `(a, b, count)` for each of its items."
        )
    if isinstance(value, set | frozenset):
        raise Wrong("no_order", "There came a set, and a set has no order. Which pair is first?")
    if hasattr(value, "__next__"):
        raise Wrong(
            "an_iterator",
            "There came something that can be gone through only once. Put `list(...)` around it.",
        )
    if not isinstance(value, list | tuple | np.ndarray):
        raise Wrong(
            "wrong_type", f"There came a `{type(value).__name__}`. Asked for is a list of pairs."
        )


def _as_pair(item: object) -> Pair:
    if isinstance(item, tuple | list) and len(item) == 2:
        if isinstance(item[0], tuple | list):
            raise Wrong(
                "nested",
                f"An entry is {item!r:.60}, a pair inside a pair. Later cells unpack three "
                "numbers: `for a, b, count in ...`.",
            )
        raise Wrong(
            "no_counts",
            f"An entry is {item!r:.60}, without its count. Asked for is `(a, b, count)`.",
        )
    if _length(item) != 3:
        raise Wrong("wrong_type", f"An entry is {item!r:.60}. Asked for is `(a, b, count)`.")
    a, b, count = item
    if not all(isinstance(name, Integral) for name in (a, b)):
        raise Wrong(
            "not_whole",
            f"An entry is {item!r:.60}. The classes a and b are whole numbers: later cells look "
            "up their names by them.",
        )
    return int(a), int(b), float(as_array(count, "count").reshape(()))


def _what_differs(came: list[Pair], counts: dict, right: list[int], said: str, table: str) -> Wrong:
    k = len(right)
    if any(a == b for a, b, _ in came):
        return Wrong(
            "diagonal",
            f"{said}: a class stands beside itself. The diagonal holds the right answers, and "
            "those are no mistakes.",
            table,
        )
    once = {frozenset(pair[:2]) for pair in came}
    if len(once) < len(came):
        return Wrong(
            "pair_twice",
            f"{said}: a pair comes up twice, as (a, b) and as (b, a). Both orders are in its "
            "count: go through those with a < b only.",
            table,
        )
    if any(a > b for a, b, _ in came):
        return Wrong(
            "a_above_b",
            f"{said}: in an entry, a is larger than b. A pair stands for both orders: write the "
            "smaller class first, so that it has one name.",
            table,
        )
    if len(came) != k:
        return Wrong("k_ignored", f"{said} there came {len(came)} pairs.", table)
    if all(counts.get((a, b)) == count for a, b, count in came):
        if sorted((count for *_, count in came), reverse=True) == right:
            return Wrong("not_sorted", f"{said}: the pairs are right, the order is not.", table)
        return Wrong("wrong_pairs", f"{said}: there are pairs with larger counts.", table)
    return Wrong("wrong_count", f"{said}: a count is not `cm[a, b] + cm[b, a]`.", table)
