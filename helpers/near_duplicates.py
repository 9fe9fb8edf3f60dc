"""Which images are almost equal, among hundreds of thousands, with none missed.

1. Project every image on 48 principal components. That never lengthens a distance: images that
   are near stay near, and most of the others stay far apart.
2. Split the projected images into neighbourhoods of at most 1024, by halving them again and again.
3. Sort the others by the first component. Around a neighbourhood, look only at a window of them,
   and in it at those that are not too far away in the first eight components.
4. Compare these with the neighbourhood in one matrix product of short rows.
5. Measure the full distance of the few pairs that are left.

Steps 1 to 4 only discard, in float32, with a margin for its rounding; step 5 decides, in float64.
Distances are Euclidean, in pixels from 0 to 1: pixels of type uint8 are divided by 255, floats are
taken as they are. Between images of type uint8 the sum of squares is an exact integer.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from helpers.duplicates import as_rows_alike, exact_groups

_COMPONENTS = 48
_SAMPLE = 1000  # images of each set that the components are made from; any others would do
_FIRST = 8  # components that tell whether an image can be near a neighbourhood
_BLOCK = 1024  # images of a neighbourhood, and images or pairs looked at together
_MANY = 20_000  # pairs of a block that take as long to measure as the block to multiply in full
_EPS = float(np.finfo(np.float32).eps)


def near(A: np.ndarray, B: np.ndarray | None, radius: float) -> np.ndarray:
    """Tell which images of `B` have one of `A` within a radius.

    Thousands of equal images take no longer than one.

    Parameters
    ----------
    A, B : arrays of uint8 or float, shape (n, height, width) or (n, pixels)
        Images of one shape. With None for `B`, `A` is compared with itself: which images have
        another one within the radius?
    radius : float
        The largest Euclidean distance that counts, in pixels from 0 to 1: uint8 is divided by
        255, floats are taken as they are.

    Returns
    -------
    array of bool, shape (len(B),), or (len(A),) without `B`

    Raises
    ------
    ValueError
        If these are not images of one shape, a pixel is no number, or the radius is negative.

    Examples
    --------
    >>> train = np.uint8([[200, 0], [0, 0]])
    >>> test = np.uint8([[250, 0], [0, 140]])
    >>> near(train, test, radius=0.2)  # 50 / 255 is less than 0.2
    array([ True, False])
    """
    alone = B is None
    A, B = _checked(A, A if alone else B, radius)
    kind = exact_groups(B)
    _, one, count = np.unique(kind, return_index=True, return_counts=True)
    others = one if alone else np.unique(exact_groups(A), return_index=True)[1]
    is_near = count > 1 if alone else np.zeros(len(one), dtype=bool)
    sieve = _Sieve(A, others, B, one, radius)

    def measure_closest(rows, columns, closeness):
        """Return the rows that stay open: not near, and not yet far from all the columns."""
        best = closeness.argmax(axis=1)
        may_be = closeness[np.arange(len(rows)), best] >= 0
        rows, best, closeness = rows[may_be], best[may_be], closeness[may_be]
        far = _distances(A, others[columns[best]], B, one[rows]) > radius
        is_near[rows[~far]] = True
        closeness[np.arange(len(rows)), best] = -1
        return rows[far], closeness[far]

    for rows, columns in sieve.blocks():
        rows = rows[~is_near[rows]]
        closeness = sieve.closeness(rows, columns)
        if alone:
            _, row, column = np.intersect1d(rows, columns, True, return_indices=True)
            closeness[row, column] = -1
        # In a crowd, this first measurement settles every image.
        rows, closeness = measure_closest(rows, columns, closeness)
        if np.count_nonzero(closeness >= 0) > _MANY:
            closeness = np.minimum(closeness, sieve.closeness(rows, columns, full=True))
        while len(rows):
            rows, closeness = measure_closest(rows, columns, closeness)
    return is_near[kind]


def near_pairs(
    A: np.ndarray, B: np.ndarray | None, radius: float, most: int = 5_000_000
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Find all pairs of an image of `A` and one of `B` within a radius.

    A thousand equal images make half a million pairs. To be spared those, keep one image of each
    group of `helpers.duplicates.exact_groups` first.

    Parameters
    ----------
    A, B : arrays of uint8 or float, shape (n, height, width) or (n, pixels)
        Images of one shape. With None for `B`, the pairs are those within `A`, each once.
    radius : float
        The largest Euclidean distance that counts, in pixels from 0 to 1: uint8 is divided by
        255, floats are taken as they are.
    most : int, optional
        Give up when there are more pairs than this; a million take about 100 MB.

    Returns
    -------
    i, j : arrays of int64, shape (pairs,)
        Places in `A` and in `B`, sorted by `i`, then `j`. Without `B`, both in `A`, and i < j.
    distance : array of float64, shape (pairs,)
        The distance of each pair.

    Raises
    ------
    ValueError
        If these are not images of one shape, a pixel is no number, the radius is negative, or
        there are more than `most` pairs.

    Examples
    --------
    >>> near_pairs(np.uint8([[250, 0], [0, 0], [199, 0]]), None, radius=0.2)
    (array([0]), array([2]), array([0.2]))
    """
    alone = B is None
    A, B = _checked(A, A if alone else B, radius)
    of_B = np.arange(len(B))
    sieve = _Sieve(A, of_B if alone else np.arange(len(A)), B, of_B, radius)
    found = [(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0))]
    count = 0
    for rows, columns in sieve.blocks():
        close = np.flatnonzero(sieve.closeness(rows, columns) >= 0)
        if len(close) > _MANY:
            close = np.flatnonzero(sieve.closeness(rows, columns, full=True) >= 0)
        i, j = columns[close % len(columns)], rows[close // len(columns)]
        if alone:
            i, j = i[i < j], j[i < j]
        distance = _distances(A, i, B, j)
        within = distance <= radius
        found.append((i[within], j[within], distance[within]))
        count += np.count_nonzero(within)
        if count > most:
            raise ValueError(
                f"More than {most} pairs of images are within {radius} of each other. Keep one "
                "image of each group of exact_groups, take a smaller radius, or allow more pairs "
                "with most=."
            )
    i, j, distance = (np.concatenate(part) for part in zip(*found, strict=True))
    order = np.lexsort((j, i))
    return i[order], j[order], distance[order]


class _Sieve:
    """Discards pairs of images that are certainly farther apart than the radius.

    Parameters
    ----------
    A, B : arrays of shape (n, pixels)
        Images.
    of_A, of_B : arrays of int
        Which of them to look at: one and the same array where a set is compared with itself.
    radius : float
        In pixels from 0 to 1.
    """

    def __init__(
        self, A: np.ndarray, of_A: np.ndarray, B: np.ndarray, of_B: np.ndarray, radius: float
    ):
        self._A, self._of_A, self._B, self._of_B = A, of_A, B, of_B
        alone = of_A is of_B
        sample = [_pixels(_spread(A, of_A))] + ([] if alone else [_pixels(_spread(B, of_B))])
        sample = np.concatenate(sample)
        edges = [_pixels(f(S)) for S in (A, B) if len(S) for f in (np.min, np.max)] or [0.0]
        # Far from 0 the rounding of a long sum may be larger than all the differences of pixels.
        self._middle = (sample.sum(axis=0) / max(len(sample), 1)).clip(min(edges), max(edges))
        # No image is farther from the middle than this. As a unit it makes all rows at most 1 long.
        self._size = float(np.sqrt(A.shape[1]) * (np.ptp(edges) or 1))
        # A coordinate in float32 is off by half an eps at most, and so is a difference.
        self._reach = min(radius / self._size, 2) + 16 * _EPS
        sample = (sample - self._middle) / self._size
        self._axes = _widest_directions(sample)
        self._b = self._project(B, of_B)
        self._a = self._b if alone else self._project(A, of_A)

    def blocks(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield places in `of_B` and in `of_A`, at most 1024 each, that are worth comparing."""
        if not len(self._a) or not len(self._b):
            return
        order = np.argsort(self._a[:, 0])
        a = self._a[order, :_FIRST].T.copy()
        for rows in _neighbourhoods(self._b, np.arange(len(self._b))):
            b = self._b[rows, :_FIRST].T
            low, high = b.min(axis=1, keepdims=True), b.max(axis=1, keepdims=True)
            start = np.searchsorted(a[0], low[0, 0] - self._reach, "left")
            stop = np.searchsorted(a[0], high[0, 0] + self._reach, "right")
            gap = np.maximum(np.maximum(low - a[:, start:stop], a[:, start:stop] - high), 0)
            columns = order[start:stop][(gap**2).sum(axis=0) <= self._reach**2]
            for start in range(0, len(columns), _BLOCK):
                yield rows, columns[start : start + _BLOCK]

    def closeness(self, rows: np.ndarray, columns: np.ndarray, full: bool = False) -> np.ndarray:
        """Say how far inside the radius each pair may be; one that is negative is not.

        Parameters
        ----------
        rows, columns : arrays of int, shape (n,) and (m,)
            Places in `of_B` and in `of_A`.
        full : bool, optional
            Whether to look at all the pixels instead of the components: slower and sharper.

        Returns
        -------
        array of float32, shape (n, m)
            Half the squared radius, with a margin, less half the squared distance.
        """
        if full:
            a = self._scaled(self._A[self._of_A[columns]]).astype(np.float32)
            b = self._scaled(self._B[self._of_B[rows]]).astype(np.float32)
        else:
            a, b = self._a[columns], self._b[rows]
        # A sum of so many products, each at most 1, loses at most 2.5 eps for each of them.
        margin = 4 * _EPS * (a.shape[1] + 2)
        inside = self._reach**2 / 2 + margin - (b**2).sum(axis=1) / 2
        b = np.column_stack([b, inside, np.ones_like(inside)])
        a = np.column_stack([a, np.ones_like(a[:, 0]), (a**2).sum(axis=1) / -2])
        return b @ a.T

    def _scaled(self, images: np.ndarray) -> np.ndarray:
        return (_pixels(images) - self._middle) / self._size

    def _project(self, images: np.ndarray, which: np.ndarray) -> np.ndarray:
        projected = np.empty((len(which), self._axes.shape[1]), dtype=np.float32)
        for start in range(0, len(which), _BLOCK):
            some = slice(start, start + _BLOCK)
            projected[some] = self._scaled(images[which[some]]) @ self._axes
        return projected


def _widest_directions(sample: np.ndarray) -> np.ndarray:
    """Return, as columns, the few orthonormal directions in which the rows are spread most."""
    count, pixels = sample.shape
    if pixels > count:
        return np.linalg.svd(sample, full_matrices=False)[2][:_COMPONENTS].T
    # The same directions in a tenth of the time; eigh sorts from the smallest eigenvalue up.
    return np.linalg.eigh(sample.T @ sample)[1][:, : -_COMPONENTS - 1 : -1]


def _neighbourhoods(points: np.ndarray, rows: np.ndarray) -> list[np.ndarray]:
    """Halve the rows where they are spread most until no part has more than 1024."""
    if len(rows) <= _BLOCK:
        return [rows]
    widest = points[rows].var(axis=0).argmax()
    half = len(rows) // 2
    rows = rows[np.argpartition(points[rows, widest], half)]
    return _neighbourhoods(points, rows[:half]) + _neighbourhoods(points, rows[half:])


def _distances(A: np.ndarray, i: np.ndarray, B: np.ndarray, j: np.ndarray) -> np.ndarray:
    """Return the distance of row `i` of `A` from row `j` of `B`, for each pair."""
    whole = A.dtype == B.dtype == np.uint8  # then no step rounds before the square root
    squares = np.empty(len(i))
    for start in range(0, len(i), _BLOCK):
        some = slice(start, start + _BLOCK)
        a, b = A[i[some]], B[j[some]]
        # uint8 would make 200 - 250 into 206.
        difference = a.astype(np.float64) - b if whole else _pixels(a) - _pixels(b)
        squares[some] = np.einsum("ij,ij->i", difference, difference)
    return np.sqrt(squares) / (255 if whole else 1)


def _pixels(rows: np.ndarray) -> np.ndarray:
    """Return pixels as float64, those of type uint8 from 0 to 1."""
    return rows / 255.0 if rows.dtype == np.uint8 else rows.astype(np.float64)


def _spread(rows: np.ndarray, which: np.ndarray) -> np.ndarray:
    """Return at most 1000 of the rows that are asked for, evenly spread."""
    return rows[which[:: len(which) // _SAMPLE + 1]]


def _checked(A: np.ndarray, B: np.ndarray, radius: float) -> tuple[np.ndarray, np.ndarray]:
    """Return both sets as rows of pixels, or raise ValueError."""
    A, B = as_rows_alike(A, B)
    if not 0 <= radius < np.inf:
        raise ValueError(f"The radius is {radius}; a number that is not negative is needed.")
    for name, rows in ("A", A), ("B", B):
        edges = (float(rows.min()), float(rows.max())) if len(rows) else (0, 0)
        # Beyond 1e100 a square could be infinite.
        if not -1e100 < edges[0] <= edges[1] < 1e100:
            raise ValueError(
                f"{name} has a pixel that is nan, infinite or beyond 1e100: distances to it mean "
                "nothing. Find it with np.argwhere(~np.isfinite(images)) and mend that image."
            )
    return A, B
