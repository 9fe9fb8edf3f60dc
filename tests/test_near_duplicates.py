"""Is no near pair missed and none invented, on whatever images and at whatever radius?"""

from __future__ import annotations

import numpy as np
import pytest

from helpers import near_duplicates
from helpers.data import notmnist
from helpers.near_duplicates import near, near_pairs
from helpers.planted_copies import planted


def distances(A, B):
    """Return all distances, from differences of pixels from 0 to 1."""
    A, B = A.reshape(len(A), -1), B.reshape(len(B), -1)
    if A.dtype == B.dtype == np.uint8:  # whole numbers up to the root
        A, B, scale = A.astype(np.int64), B.astype(np.int64), 255
    else:
        A, B = (X / 255 if X.dtype == np.uint8 else X.astype(float) for X in (A, B))
        scale = 1
    squares = np.array([((B - a) ** 2).sum(axis=1) for a in A]).reshape(len(A), len(B))
    return np.sqrt(squares) / scale


def between(distance, share):
    """Return a radius half-way between two distances, so that no rounding matters."""
    steps = np.unique(distance)
    place = min(int(share * len(steps)), len(steps) - 2)
    wide = place + np.diff(steps)[place : place + 20].argmax()
    return steps[wide : wide + 2].mean()


def kinds():
    """Return sets of images that differ in what could lead a search astray."""
    rng = np.random.default_rng(0)
    letters = notmnist("embedded").images
    dark = rng.integers(3, size=(200, 6, 6), dtype=np.uint8)
    crowd = rng.integers(256, size=(4, 5, 5), dtype=np.uint8)
    line = rng.random((200, 1)) * rng.standard_normal(20)
    outlier = rng.random((200, 8))
    outlier[17] = 1e6
    return {
        "noise": rng.integers(256, size=(150, 28, 28), dtype=np.uint8),
        "letters": letters[:: len(letters) // 200],
        "one letter": letters[:200],
        "dark": dark,
        "one pixel": rng.integers(256, size=(200, 1), dtype=np.uint8),
        "a crowd and three more": np.repeat(crowd, [150, 1, 1, 30], axis=0),
        "float16": rng.random((200, 9)).astype(np.float16),
        "float32": rng.standard_normal((200, 10, 10)).astype(np.float32),
        "float64": rng.standard_normal((200, 30)),
        "on a line": line,
        "far from zero": 1e6 + rng.random((200, 12)),
        "one far from the others": outlier,
        "tiny": 1e-60 * rng.random((200, 12)),
        "huge": 1e60 * rng.random((200, 12)),
    }


@pytest.fixture(params=kinds())
def images(request):
    return kinds()[request.param]


@pytest.fixture(params=["blocks as they are", "small blocks"])
def blocks(request, monkeypatch):
    """Let a few images go all the ways that many go: several neighbourhoods, samples, products."""
    if request.param == "small blocks":
        small = {"_COMPONENTS": 5, "_FIRST": 2, "_SAMPLE": 30, "_BLOCK": 16, "_MANY": 10}
        for name, value in small.items():
            monkeypatch.setattr(near_duplicates, name, value)


@pytest.mark.parametrize("share", [0.0, 0.05, 1.0])
def test_within_one_set_the_pairs_are_those_of_brute_force(images, share, blocks):
    distance = distances(images, images)
    radius = between(distance, share)
    within = distance <= radius
    i, j, found = near_pairs(images, None, radius)
    expected = np.nonzero(np.triu(within, 1))
    assert (i.tolist(), j.tolist()) == (expected[0].tolist(), expected[1].tolist())
    np.testing.assert_allclose(found, distance[i, j], rtol=1e-12)
    assert np.array_equal(near(images, None, radius), within.sum(axis=1) > 1)


@pytest.mark.parametrize("share", [0.0, 0.05, 1.0])
def test_between_two_sets_the_pairs_are_those_of_brute_force(images, share, blocks):
    order = np.random.default_rng(1).permutation(len(images))
    A, B = images[order[:90]], images[order[70:]]  # some stand in both
    distance = distances(A, B)
    radius = between(distance, share)
    within = distance <= radius
    i, j, found = near_pairs(A, B, radius)
    assert (i.tolist(), j.tolist()) == tuple(part.tolist() for part in np.nonzero(within))
    np.testing.assert_allclose(found, distance[i, j], rtol=1e-12)
    assert np.array_equal(near(A, B, radius), within.any(axis=0))


@pytest.mark.parametrize(
    "kind, offset",
    [(np.uint8, 0), *((np.float64, offset) for offset in (0, 1e3, 1e15, 1e30, -1e99))],
)
def test_a_radius_equal_to_a_distance_includes_it(kind, offset, blocks):
    """Few pixels on a grid: many pairs lie exactly at each radius, and brute force is exact."""
    grid = np.random.default_rng(0).integers(4, size=(240, 8))
    # The next number that a float can hold is a step of this size away.
    step = max(2.0**-3, np.spacing(abs(offset))) if kind == np.float64 else 85
    images = (offset + step * grid).astype(kind)
    unit = 1 / 3 if kind == np.uint8 else step
    distance = np.sqrt(((grid[:, None] - grid[None]) ** 2).sum(axis=2))
    i, j = np.triu_indices(240, 1)
    for radius in (0, 1, 2, 3):
        expected = distance[i, j] <= radius
        assert np.count_nonzero(distance[i, j] == radius) > 0 or radius == 0
        found = near_pairs(images, None, radius * unit)
        assert np.array_equal(found[:2], (i[expected], j[expected]))
        some = near(images, None, radius * unit)
        assert np.array_equal(some, (distance <= radius).sum(axis=1) > 1)


def test_two_images_at_exactly_the_radius_are_near_wherever_they_lie():
    """Alone in their neighbourhoods, they must pass its bounds, which are known in float32 only."""
    rng = np.random.default_rng(5)
    for one, other, far in rng.integers(1, 1000, size=(200, 3, 1, 1)) / 8:
        assert near(np.vstack([one, far + 200]), other, abs(one - other).item()).all()


@pytest.mark.parametrize("radius", [0, 0.5, 2 - 1e-12, 2, 2.4])
def test_planted_copies_are_found_and_nothing_else(radius):
    truth = planted(5000, seed=1)
    expected = truth.pairs(radius)
    i, j, distance = near_pairs(truth.images, None, radius)
    assert np.array_equal((i, j), expected[:2])
    assert np.array_equal(distance, expected[2])
    assert np.array_equal(near(truth.images, None, radius), np.isin(np.arange(5000), expected[:2]))


@pytest.mark.parametrize("radius", [0, 1, 2])
def test_planted_copies_are_found_across_two_sets(radius):
    truth = planted(6000, seed=4)
    A, B = truth.images[:4000], truth.images[4000:]
    i, j, distance = truth.pairs(radius)
    across = (i < 4000) & (j >= 4000)
    found = near_pairs(A, B, radius)
    assert np.array_equal(found[0], i[across])
    assert np.array_equal(found[1], j[across] - 4000)
    assert np.array_equal(found[2], distance[across])
    assert np.array_equal(near(A, B, radius), np.isin(np.arange(4000, 6000), j[across]))


def test_letters_by_the_thousand_are_compared_as_brute_force_does():
    """Letters, other than planted copies, have many neighbours that are only just too far away."""
    letters = notmnist("embedded").images
    sample = np.random.default_rng(2).choice(len(letters), size=30, replace=False)
    distance = distances(letters[sample], letters)
    for radius in (1.5, 3):
        i, j, found = near_pairs(letters[sample], letters, radius)
        assert np.array_equal((i, j), np.nonzero(distance <= radius))
        assert np.array_equal(found, distance[i, j])
        assert np.array_equal(near(letters, letters[sample], radius), np.ones(30, dtype=bool))
        others = (distance <= radius).sum(axis=1) > 1
        assert np.array_equal(near(letters, None, radius)[sample], others)


@pytest.mark.parametrize("kind", [np.uint8, np.float32, np.float64])
@pytest.mark.parametrize("n", [1, 2, 3000])
def test_images_that_are_all_equal_are_near_when_there_are_two(kind, n, blocks):
    images = np.full((n, 3, 3), 7, dtype=kind)
    assert near(images, None, 0).tolist() == [n > 1] * n
    assert near(images, images[:1], 0).tolist() == [True]
    i, j, distance = near_pairs(images[:60], None, 0)
    assert np.array_equal((i, j), np.triu_indices(min(n, 60), 1))
    assert not distance.any()


def test_no_images_have_none_near():
    none, some = np.zeros((0, 5, 5), np.uint8), np.zeros((3, 5, 5), np.uint8)
    assert near(none, None, 1).shape == (0,)
    assert near(none, some, 1).tolist() == [False] * 3
    assert near(some, none, 1).shape == (0,)
    for A, B in [(none, None), (none, some), (some, none), (some[:1], None)]:
        i, j, distance = near_pairs(A, B, 1)
        assert (i.shape, j.shape, distance.shape) == ((0,), (0,), (0,))
        assert (i.dtype, j.dtype, distance.dtype) == (np.int64, np.int64, np.float64)


def test_zero_with_a_sign_is_no_farther_than_zero():
    assert near(np.zeros((1, 4)), np.full((1, 4), -0.0), 0).tolist() == [True]


def test_bytes_and_floats_are_compared_on_one_scale():
    letters = notmnist("embedded").images[::30]
    assert near(letters, letters / 255, 0).all()
    i, j, distance = near_pairs(letters[:9] / 255, letters[:9], 1e-9)
    assert set(zip(i.tolist(), j.tolist(), strict=True)) >= {(k, k) for k in range(9)}
    assert distance.max() == 0


@pytest.mark.parametrize("kind", [np.uint8, np.float32])
def test_it_does_not_matter_how_images_lie_in_memory(kind):
    images = planted(400).images.astype(kind)
    radius = 1 if kind == np.uint8 else 255
    expected = near_pairs(images, None, radius)
    assert len(expected[0]) > 10
    wide = np.zeros((400, 30, 60), dtype=kind)
    wide[:, 1:29, 3:59:2] = images
    before = wide.copy()
    for same in (wide[:, 1:29, 3:59:2], np.asfortranarray(images), images[::-1].copy()[::-1]):
        same.flags.writeable = False
        assert all(map(np.array_equal, near_pairs(same, None, radius), expected))
        is_near = np.isin(np.arange(400), expected[:2])
        assert np.array_equal(near(same, None, radius), is_near)
        assert near(same, same[7:9], 0).all()
    assert np.array_equal(wide, before)


def test_the_global_random_state_is_left_alone():
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    near_pairs(planted(100).images, None, 1)
    assert np.array_equal(np.random.get_state()[1], before)  # noqa: NPY002


def test_too_many_pairs_are_refused_with_what_to_do():
    images = np.zeros((50, 4), dtype=np.uint8)
    assert len(near_pairs(images, None, 0, most=1225)[0]) == 1225
    with pytest.raises(ValueError, match=r"More than 1224 pairs .* exact_groups.* most=\.$"):
        near_pairs(images, None, 0, most=1224)


FINE = np.zeros((2, 4))


@pytest.mark.parametrize(
    "A, B, radius, message",
    [
        (FINE, None, -1, r"^The radius is -1; a number that is not negative is needed\."),
        (FINE, None, np.nan, r"^The radius is nan"),
        (FINE, FINE, np.inf, r"^The radius is inf"),
        (FINE, FINE + np.nan, 1, r"^B has a pixel that is nan, infinite or beyond 1e100"),
        (np.array([[0, np.inf]]), None, 1, r"^A has a pixel .*np\.argwhere"),
        (np.array([[0, -1e101]]), None, 1, r"^A has a pixel that is"),
        (FINE, np.zeros((2, 5)), 1, r"^The images of A have the shape \(4,\), those of B \(5,\)\."),
        (np.zeros((2, 4), int), None, 1, r"^A has pixels of type int64; uint8 or float is needed"),
        (FINE, np.zeros(4), 1, r"^B has the shape \(4,\).*image\[np\.newaxis\]\.$"),
    ],
)
def test_what_cannot_be_compared_is_said_with_what_to_do(A, B, radius, message):
    for search in (near, near_pairs):
        with pytest.raises(ValueError, match=message):
            search(A, B, radius)
