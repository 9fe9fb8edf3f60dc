"""Are equal images found, and only those, whatever they are and however they lie in memory?"""

from __future__ import annotations

import numpy as np
import pytest

from helpers import duplicates
from helpers.data import notmnist
from helpers.duplicates import exact_groups, overlap
from helpers.planted_copies import APART, planted


def brute_groups(images):
    """Compare the bytes of each image with those of every one before it."""
    data = [image.tobytes() for image in images]
    first = [next(j for j in range(i + 1) if data[j] == data[i]) for i in range(len(data))]
    order = sorted(set(first))
    return [order.index(j) for j in first]


def brute_overlap(A, B):
    """Compare the bytes of each image of B with those of every one of A."""
    return [any(a.tobytes() == b.tobytes() for a in A) for b in B]


def with_copies(images, seed):
    """Return the images in another order, about a third of them more than once."""
    rng = np.random.default_rng(seed)
    return images[rng.integers(len(images), size=len(images))]


def kinds():
    """Return sets of images that differ in what could lead a search astray."""
    rng = np.random.default_rng(0)
    letters = notmnist("embedded").images
    last = np.zeros((60, 3, 8), dtype=np.uint8)
    last[..., -1] = rng.integers(2, size=(60, 3)) * 128
    return {
        "noise": rng.integers(256, size=(200, 28, 28), dtype=np.uint8),
        "letters": letters[:: len(letters) // 300],
        "one letter": letters[:300],
        "few values": rng.integers(2, size=(300, 2, 3), dtype=np.uint8),
        "one pixel": rng.integers(256, size=(300, 1), dtype=np.uint8),
        "only the last byte of a word": last,
        "a crowd": np.repeat(rng.integers(256, size=(3, 5, 5), dtype=np.uint8), [200, 1, 50], 0),
        "all equal": np.full((150, 4, 4), 7, dtype=np.uint8),
        "colours": rng.integers(3, size=(200, 2, 2, 3), dtype=np.uint8),
        "float16": rng.integers(3, size=(200, 5)).astype(np.float16),
        "float32": rng.random((100, 3, 3), dtype=np.float32),
        "float64": rng.standard_normal((100, 9)),
        "far from zero": 1e12 + rng.integers(2, size=(200, 4)).astype(np.float64),
        "no number": np.where(rng.random((100, 3)) < 0.5, np.nan, 0.0),
        "one": rng.integers(256, size=(1, 28, 28), dtype=np.uint8),
    }


@pytest.fixture(params=kinds())
def images(request):
    return with_copies(kinds()[request.param], 1)


@pytest.fixture(params=["keys as they are", "few keys", "one key"])
def keys(request, monkeypatch):
    """Let images share a key by chance: some, or all of them."""
    keys_of = duplicates._keys
    keep = {"keys as they are": 2**64 - 1, "few keys": 3 << 40, "one key": 0}[request.param]
    monkeypatch.setattr(duplicates, "_keys", lambda rows: keys_of(rows) & np.uint64(keep))


def test_groups_are_those_of_brute_force(images, keys):
    group = exact_groups(images)
    assert group.dtype == np.int64
    assert group.tolist() == brute_groups(images)


def test_the_overlap_is_that_of_brute_force(images, keys):
    third = len(images) // 3
    for A, B in [(images[:third], images[third:]), (images[third:], images[:third])]:
        found = overlap(A, B)
        assert found.dtype == bool
        assert found.tolist() == brute_overlap(A, B)


@pytest.mark.parametrize("seed", range(3))
def test_planted_copies_are_found_and_nothing_else(seed, keys):
    truth = planted(3000, seed)
    assert np.array_equal(exact_groups(truth.images), truth.groups())
    known = np.isin(truth.groups()[2000:], truth.groups()[:2000])
    assert np.array_equal(overlap(truth.images[:2000], truth.images[2000:]), known)


def test_what_is_planted_is_what_brute_force_sees():
    """The truth that other tests rely on is itself checked against every pair of images."""
    truth = planted(1200, seed=3)
    rows = truth.images.reshape(1200, -1).astype(float)
    norms = (rows**2).sum(axis=1)
    distance = np.sqrt(norms[:, None] + norms - 2 * rows @ rows.T) / 255
    assert truth.groups().tolist() == brute_groups(truth.images)
    i, j = np.triu_indices(1200, 1)
    for radius in (0, 1, 2, 2.4):
        near = distance[i, j] <= radius
        assert np.array_equal(truth.pairs(radius)[:2], (i[near], j[near]))
        assert np.array_equal(truth.pairs(radius)[2], distance[i, j][near])
    others = truth.original[:, None] != truth.original
    assert distance[others].min() >= APART


def test_planted_images_hold_every_kind_of_copy_and_come_back_with_their_seed():
    truth = planted(3000, seed=1)
    within = [len(truth.pairs(radius)[0]) for radius in (0, 1, 2 - 1e-9, 2, 2.4)]
    assert all(np.diff(within) > 0), "none near, or none exactly at 2"
    assert np.bincount(truth.groups()).max() > 15
    assert np.array_equal(planted(3000, seed=1).images, truth.images)
    assert not np.array_equal(planted(3000, seed=2).images, truth.images)


@pytest.mark.parametrize("n", [0, 1, 9, 11])
def test_a_few_images_can_be_planted_too(n):
    truth = planted(n)
    assert truth.images.shape == (n, 28, 28)
    assert np.array_equal(exact_groups(truth.images), truth.groups())
    assert len(np.unique(truth.original)) == n - 2 * (n // 10)


def test_what_cannot_be_planted_or_known_is_said():
    with pytest.raises(ValueError, match=r"between 0 and 250,000 can be made\."):
        planted(10**6)
    with pytest.raises(ValueError, match=r"known only below 2\.449\."):
        planted(20).pairs(3)


def layouts(images):
    """Return the same images, laid out in memory in other ways."""
    wide = np.zeros((len(images), 6, 9), dtype=images.dtype)
    wide[:, 1:5, 2:7] = images
    read_only = images.copy()
    read_only.flags.writeable = False
    unaligned = np.frombuffer(b"x" + images.tobytes(), dtype=images.dtype, offset=1)
    return {
        "cut out of larger ones": wide[:, 1:5, 2:7],
        "every other": np.repeat(images, 2, axis=0)[::2],
        "backwards": images[::-1].copy()[::-1],
        "in Fortran's order": np.asfortranarray(images),
        "read-only": read_only,
        "not on a whole word": unaligned.reshape(images.shape),
        "flat": images.reshape(len(images), -1),
        "flat, every other pixel": np.repeat(images.reshape(len(images), -1), 2, axis=1)[:, ::2],
    }


@pytest.mark.parametrize("layout", layouts(np.zeros((1, 4, 5))))
@pytest.mark.parametrize("kind", [np.uint8, np.float32, np.float64])
def test_it_does_not_matter_how_images_lie_in_memory(layout, kind):
    images = np.random.default_rng(0).integers(2, size=(300, 4, 5)).astype(kind)
    images[:, 1:] = 1
    same = layouts(images)[layout]
    before = same.copy()
    assert exact_groups(same).tolist() == brute_groups(images)
    assert overlap(same[:50], same[50:]).tolist() == brute_overlap(images[:50], images[50:])
    assert np.array_equal(same, before)


def test_no_images_have_no_copies():
    none, some = np.zeros((0, 28, 28), np.uint8), np.zeros((3, 28, 28), np.uint8)
    assert exact_groups(none).shape == (0,)
    assert overlap(none, some).tolist() == [False] * 3
    assert overlap(some, none).shape == (0,)
    assert overlap(none, none).shape == (0,)


def test_equal_means_the_same_bytes():
    assert exact_groups(np.array([[0.0], [-0.0], [np.nan], [np.nan]])).tolist() == [0, 1, 2, 2]


def test_flat_images_are_compared_with_others_of_as_many_pixels():
    A = np.arange(12, dtype=np.uint8).reshape(3, 2, 2)
    assert overlap(A, A.reshape(3, 4)[1:]).tolist() == [True, True]


@pytest.mark.parametrize("pixels", [1, 7, 8, 9, 24, 784])
def test_images_that_differ_in_one_byte_get_different_keys(pixels):
    """Shared keys cost time, though never truth: every byte has to reach the key."""
    rows = np.zeros((255 * pixels + 1, pixels), dtype=np.uint8)
    rows[np.arange(255 * pixels), np.repeat(np.arange(pixels), 255)] = np.tile(
        np.arange(1, 256), pixels
    )
    assert len(np.unique(duplicates._keys(rows))) == len(rows)


def test_keys_of_images_that_differ_at_the_ends_of_words_are_all_different():
    rows = np.zeros((20_000, 98, 8), dtype=np.uint8)
    rows[:, :, 7] = 255 * np.random.default_rng(0).integers(2, size=(20_000, 98))
    assert len(np.unique(duplicates._keys(rows.reshape(20_000, -1)))) == 20_000


NOT_IMAGES = [
    (np.zeros((3, 4), dtype=np.int64), r"pixels of type int64; uint8 or float is needed"),
    (np.zeros((3, 4), dtype=bool), r"pixels of type bool"),
    (np.array([["a"]]), r"Convert them first"),
    (np.zeros(4), r"shape \(4,\)"),
    (np.float64(3), r"shape \(\)"),
    (np.zeros((3, 0)), r"at least one pixel"),
    (np.zeros((3, 28, 0), dtype=np.uint8), r"shape \(3, 28, 0\)"),
]


@pytest.mark.parametrize("images, message", NOT_IMAGES, ids=[m for _, m in NOT_IMAGES])
def test_what_are_no_images_is_said_with_what_to_do(images, message):
    for call in (exact_groups, lambda X: overlap(X, X)):
        with pytest.raises(ValueError, match=message) as caught:
            call(images)
        assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    "A, B, message",
    [
        (np.zeros((2, 3)), np.zeros((2, 4)), r"have the shape \(3,\), those of B \(4,\)\. Bring"),
        (np.zeros((2, 2, 3)), np.zeros((2, 3, 2)), r"\(2, 3\), those of B \(3, 2\)"),
        (np.zeros((2, 4)), np.zeros((2, 4), np.float32), r"A holds float64 and B holds float32"),
        (np.zeros((2, 4)), np.zeros((2, 4), np.uint8), r"Convert one of them first"),
        (np.zeros((2, 4)), np.zeros((2, 4), int), r"^B has pixels of type int64"),
    ],
)
def test_two_sets_that_cannot_be_compared_are_said_to_be_so(A, B, message):
    with pytest.raises(ValueError, match=message):
        overlap(A, B)
