"""Right and wrong answers to the exercises about copies and near copies."""

import hashlib
import math
import zlib

import numpy as np
from scipy.spatial import cKDTree
from scipy.spatial.distance import cdist
from sklearn.neighbors import NearestNeighbors

from tests.banks import right, wrong


@right("overlap")
def overlap_set(A, B):
    known = {image.tobytes() for image in A}
    return np.array([image.tobytes() in known for image in B])


@right("overlap")
def overlap_broadcast(A, B):
    return (A[:, None] == B[None]).all(axis=(2, 3)).any(axis=0)


@right("overlap")
def overlap_loops(A, B):
    mask = np.zeros(len(B), dtype=bool)
    for j in range(len(B)):
        for i in range(len(A)):
            if np.array_equal(A[i], B[j]):
                mask[j] = True
    return mask


@right("overlap")
def overlap_digest(A, B):
    known = [hashlib.sha1(image.tobytes()).hexdigest() for image in A]
    return np.isin([hashlib.sha1(image.tobytes()).hexdigest() for image in B], known)


@right("overlap")
def overlap_hash(A, B):
    known = {hash(image.tobytes()) for image in A}
    return np.array([hash(image.tobytes()) in known for image in B])


@right("overlap")
def overlap_unique(A, B):
    rows = np.concatenate([A, B]).reshape(len(A) + len(B), -1)
    number = np.unique(rows, axis=0, return_inverse=True)[1].ravel()
    return np.isin(number[len(A) :], number[: len(A)])


@right("overlap")
def overlap_dict(A, B):
    places = {}
    for i, image in enumerate(A):
        places.setdefault(tuple(image.ravel().tolist()), []).append(i)
    return np.array([len(places.get(tuple(b.ravel().tolist()), [])) > 0 for b in B])


@right("overlap")
def overlap_bytes_dtype(A, B):
    a = np.ascontiguousarray(A).reshape(len(A), 784).view("V784").ravel()
    b = np.ascontiguousarray(B).reshape(len(B), 784).view("V784").ravel()
    return np.isin([x.tobytes() for x in b], [x.tobytes() for x in a])


@wrong("overlap", "one_number")
def overlap_count(A, B):
    return overlap_set(A, B).sum()


@wrong("overlap", "over_a")
def overlap_of_a(A, B):
    return overlap_set(B, A)


@wrong("overlap", "sum_or_mean")
def overlap_sum(A, B):
    return np.isin(B.sum(axis=(1, 2)), A.sum(axis=(1, 2)))


@wrong("overlap", "sum_or_mean")
def overlap_mean(A, B):
    return np.isin(B.mean(axis=(1, 2)), A.mean(axis=(1, 2)))


@wrong("overlap", "same_pixels_elsewhere")
def overlap_sorted(A, B):
    known = {tuple(sorted(image.ravel().tolist())) for image in A}
    return np.array([tuple(sorted(image.ravel().tolist())) in known for image in B])


@wrong("overlap", "set_of_values")
def overlap_set_of_values(A, B):
    known = {frozenset(image.ravel().tolist()) for image in A}
    return np.array([frozenset(image.ravel().tolist()) in known for image in B])


@wrong("overlap", "same_position")
def overlap_same_position(A, B):
    mask = np.zeros(len(B), dtype=bool)
    for i in range(min(len(A), len(B))):
        mask[i] = (A[i] == B[i]).all()
    return mask


@wrong("overlap", "same_position")
def overlap_cut(A, B):
    return (A[: len(B)] == B[: len(A)]).all(axis=(1, 2))


@wrong("overlap", "zip")
def overlap_zip_longer(A, B):
    if len(A) >= len(B):
        return overlap_set(A, B)
    return np.array([(a == b).all() for a, b in zip(A, B)])


@wrong("overlap", "any_pixel")
def overlap_any_pixel(A, B):
    return np.array([(A == b).any() for b in B])


@wrong("overlap", "any_pixel")
def overlap_in(A, B):
    return np.array([b in A for b in B])


@wrong("overlap", "pixels_anywhere")
def overlap_pixels_anywhere(A, B):
    return np.array([(A == b).any(axis=0).all() for b in B])


@wrong("overlap", "false_copy")
def overlap_small_hash(A, B):
    known = {zlib.crc32(image) % 1000 for image in A}
    return np.array([zlib.crc32(image) % 1000 in known for image in B])


@wrong("overlap", "all_true")
def overlap_b_with_itself(A, B):
    return overlap_set(B, B)


@wrong("overlap", "within_b")
def overlap_twice_in_b(A, B):
    rows = [image.tobytes() for image in B]
    return np.array([rows.count(row) > 1 for row in rows])


@wrong("overlap", "inverted")
def overlap_inverted(A, B):
    return ~overlap_set(A, B)


@wrong("overlap", "none_found")
def overlap_identity(A, B):
    known = {id(image) for image in A}
    return np.array([id(image) in known for image in B]) & False


@wrong("overlap", "none_found")
def overlap_list_of_keys(A, B):
    return np.array([b.tobytes() in A.tobytes()[:10] for b in B])


@wrong("overlap", "part_of_image")
def overlap_first_row(A, B):
    return np.isin([b[0].tobytes().hex() for b in B], [a[0].tobytes().hex() for a in A])


@wrong("overlap", "false_copy")
def overlap_close(A, B):
    a, b = A.astype(int), B.astype(int)
    return np.array([(np.abs(a - image).max(axis=(1, 2)) <= 1).any() for image in b])


@wrong("overlap", "missed")
def overlap_once_each(A, B):
    known = {image.tobytes() for image in A}
    mask = []
    for image in B:
        mask.append(image.tobytes() in known)
        known.discard(image.tobytes())
    return np.array(mask)


@wrong("overlap", "images")
def overlap_images(A, B):
    return B[overlap_set(A, B)]


@wrong("overlap", "indices")
def overlap_indices(A, B):
    return np.flatnonzero(overlap_set(A, B))


@wrong("overlap", "not_boolean")
def overlap_zeros_and_ones(A, B):
    return overlap_set(A, B).astype(int)


@wrong("overlap", "a_matrix")
def overlap_matrix(A, B):
    return (A[None] == B[:, None]).all(axis=(2, 3))


@wrong("overlap", "a_list")
def overlap_list(A, B):
    return overlap_set(A, B).tolist()


@right("overlap")
def overlap_nested_lists(A, B):
    known = A.tolist()
    return np.array([image.tolist() in known for image in B])


@right("overlap")
def overlap_any_all(A, B):
    return np.array([any((a == b).all() for a in A) for b in B])


@right("overlap")
def overlap_sha256_filled_in(A, B):
    known = {}
    for image in A:
        known[hashlib.sha256(image.tobytes()).digest()] = True
    mask = np.full(len(B), False)
    for place, image in enumerate(B):
        mask[place] = known.get(hashlib.sha256(image.tobytes()).digest(), False)
    return mask


@right("overlap")
def overlap_distance_zero(A, B):
    return cdist(B.reshape(len(B), -1), A.reshape(len(A), -1)).min(axis=1) == 0


@wrong("overlap", "values_anywhere")
def overlap_isin(A, B):
    return np.isin(B, A).all(axis=(1, 2))


@wrong("overlap", "sums_of_rows")
def overlap_sums_of_rows_and_columns(A, B):
    def key(image):
        return tuple(image.sum(axis=0).tolist() + image.sum(axis=1).tolist())

    known = {key(image) for image in A}
    return np.array([key(image) in known for image in B])


@wrong("overlap", "across_images")
def overlap_bytes_of_all(A, B):
    everything = A.tobytes()
    return np.array([image.tobytes() in everything for image in B])


@wrong("overlap", "zip")
def overlap_zip_or_pad(A, B):
    if len(A) > len(B):
        return overlap_set(A, B)
    return np.array([np.array_equal(a, b) for a, b in zip(A, B)])


@wrong("overlap", "same_position")
def overlap_zip(A, B):
    return np.array([np.array_equal(a, b) for a, b in zip(A, B)])


_SEEN = set()


@wrong("overlap", "remembers")
def overlap_set_of_the_notebook(A, B):
    _SEEN.update(image.tobytes() for image in A)
    return np.array([image.tobytes() in _SEEN for image in B])


@wrong("overlap", "ambiguous")
def overlap_in_list_of_arrays(A, B):
    images = list(A)
    return np.array([image in images for image in B])


@wrong("overlap", "ambiguous")
def overlap_if_equal(A, B):
    mask = np.zeros(len(B), dtype=bool)
    for i, b in enumerate(B):
        for a in A:
            if a == b:
                mask[i] = True
    return mask


@wrong("overlap", "unhashable")
def overlap_set_of_arrays(A, B):
    known = set(A)
    return np.array([image in known for image in B])


@wrong("overlap", "one_number")
def overlap_returns_in_the_loop(A, B):
    known = {image.tobytes() for image in A}
    for image in B:
        return image.tobytes() in known


@wrong("overlap", "false_copy")
def overlap_close_to_a_half(A, B):
    a, b = A / 255, B / 255
    return np.array([any(np.allclose(x, y, atol=0.01) for x in a) for y in b])


@wrong("overlap", "false_copy")
def overlap_first_bytes(A, B):
    known = {image.tobytes()[:500] for image in A}
    return np.array([image.tobytes()[:500] in known for image in B])


@right("overlap")
def overlap_sorted_digests(A, B):
    def numbers(images):
        digests = [hashlib.md5(image.tobytes()).digest()[:8] for image in images]
        return np.array([int.from_bytes(digest) for digest in digests], dtype=np.uint64)

    a, b = np.sort(numbers(A)), numbers(B)
    return a[np.searchsorted(a, b).clip(max=len(a) - 1)] == b


@right("overlap")
def overlap_product(A, B):
    a, b = (X.reshape(len(X), -1).astype(float) for X in (A, B))
    squares = (a**2).sum(axis=1) + (b**2).sum(axis=1)[:, None] - 2 * b @ a.T
    return (squares < 0.5).any(axis=1)


@wrong("overlap", "any_row")
def overlap_one_row_alike(A, B):
    return np.array([(A == b).all(axis=2).any() for b in B])


@wrong("overlap", "any_column")
def overlap_one_column_alike(A, B):
    return np.array([(A == b).all(axis=1).any() for b in B])


@wrong("overlap", "a_generator")
def overlap_generator(A, B):
    known = {image.tobytes() for image in A}
    return (image.tobytes() in known for image in B)


@wrong("overlap", "a_generator")
def overlap_array_of_a_generator(A, B):
    known = {image.tobytes() for image in A}
    return np.array(image.tobytes() in known for image in B)


@wrong("overlap", "missed")
def overlap_generator_searched(A, B):
    known = (image.tobytes() for image in A)
    return np.array([image.tobytes() in known for image in B])


@wrong("overlap", "false_copy")
def overlap_every_second_pixel(A, B):
    known = {image[::2, ::2].tobytes() for image in A}
    return np.array([image[::2, ::2].tobytes() in known for image in B])


# ------------------------------------------------------------------------------------------ near


def distances(A, B):
    a, b = (X.reshape(len(X), -1) / 255 for X in (A, B))
    return np.array([np.sqrt(((a - row) ** 2).sum(axis=1)) for row in b])


@right("near")
def near_loops(A, B, radius):
    mask = []
    for b in B:
        difference = A / 255 - b / 255
        mask.append(np.sqrt((difference**2).sum(axis=(1, 2))).min() <= radius)
    return np.array(mask)


@right("near")
def near_cdist(A, B, radius):
    d = cdist(B.reshape(len(B), -1) / 255, A.reshape(len(A), -1) / 255)
    return (d <= radius).any(axis=1)


@right("near")
def near_expanded(A, B, radius):
    a, b = (X.reshape(len(X), -1) / 255 for X in (A, B))
    squares = (b**2).sum(axis=1)[:, None] + (a**2).sum(axis=1) - 2 * b @ a.T
    return np.sqrt(np.maximum(squares, 0)).min(axis=1) <= radius


@right("near")
def near_expanded_single(A, B, radius):
    a, b = (X.reshape(len(X), -1).astype(np.float32) / 255 for X in (A, B))
    squares = (b**2).sum(axis=1)[:, None] + (a**2).sum(axis=1) - 2 * b @ a.T
    return (np.sqrt(np.maximum(squares, 0)) <= radius).any(axis=1)


@right("near")
def near_squares_compared(A, B, radius):
    a, b = (X.reshape(len(X), -1) / 255 for X in (A, B))
    squares = (b**2).sum(axis=1)[:, None] + (a**2).sum(axis=1) - 2 * b @ a.T
    return (squares <= radius**2).any(axis=1)


@right("near")
def near_sklearn(A, B, radius):
    finder = NearestNeighbors(n_neighbors=1).fit(A.reshape(len(A), -1) / 255)
    return finder.kneighbors(B.reshape(len(B), -1) / 255)[0][:, 0] <= radius


@right("near")
def near_whole_numbers(A, B, radius):
    a = A.astype(np.int64)
    return np.array([((a - b) ** 2).sum(axis=(1, 2)).min() <= (255 * radius) ** 2 for b in B])


@wrong("near", "wraps")
def near_uint8_norm(A, B, radius):
    return np.array([np.linalg.norm((A - b) / 255, axis=(1, 2)).min() <= radius for b in B])


@wrong("near", "wraps")
def near_uint8_squares(A, B, radius):
    return np.array([np.sqrt(((A - b) ** 2).sum(axis=(1, 2))).min() / 255 <= radius for b in B])


@wrong("near", "nan_for_copies")
def near_nan(A, B, radius):
    a, b = (X.reshape(len(X), -1) / 255 for X in (A, B))
    squares = (b**2).sum(axis=1)[:, None] + (a**2).sum(axis=1) - 2 * b @ a.T
    return (np.sqrt(squares) <= radius).any(axis=1)


@wrong("near", "not_scaled")
def near_not_scaled(A, B, radius):
    return (255 * distances(A, B) <= radius).any(axis=1)


@wrong("near", "squared")
def near_squared(A, B, radius):
    return (distances(A, B) ** 2 <= radius).any(axis=1)


@wrong("near", "manhattan")
def near_manhattan(A, B, radius):
    a = A / 255
    return np.array([np.abs(a - b / 255).sum(axis=(1, 2)).min() <= radius for b in B])


@wrong("near", "largest_pixel")
def near_largest_pixel(A, B, radius):
    a = A / 255
    return np.array([np.abs(a - b / 255).max(axis=(1, 2)).min() <= radius for b in B])


@wrong("near", "mean_not_sum")
def near_mean(A, B, radius):
    return (distances(A, B) / 28 <= radius).any(axis=1)


@wrong("near", "mean_not_sum")
def near_mean_squares(A, B, radius):
    return (distances(A, B) ** 2 / 784 <= radius).any(axis=1)


@wrong("near", "mean_not_sum")
def near_mean_absolute(A, B, radius):
    a = A / 255
    return np.array([np.abs(a - b / 255).mean(axis=(1, 2)).min() <= radius for b in B])


@wrong("near", "over_a")
def near_over_a(A, B, radius):
    return (distances(A, B) <= radius).any(axis=0)


@wrong("near", "indices")
def near_counts(A, B, radius):
    return 2 * (distances(A, B) <= radius).sum(axis=1)


@wrong("near", "one_number")
def near_total(A, B, radius):
    return (distances(A, B) <= radius).any(axis=1).sum()


@wrong("near", "distances")
def near_distances(A, B, radius):
    return distances(A, B).min(axis=1)


@wrong("near", "a_matrix")
def near_matrix(A, B, radius):
    return distances(A, B) <= radius


@wrong("near", "not_inclusive")
def near_strict(A, B, radius):
    return (distances(A, B) < radius).any(axis=1)


@wrong("near", "copies_excluded")
def near_without_copies(A, B, radius):
    d = distances(A, B)
    return ((d > 0) & (d <= radius)).any(axis=1)


@wrong("near", "inverted")
def near_inverted(A, B, radius):
    return ~(distances(A, B) <= radius).any(axis=1)


@wrong("near", "same_position")
def near_same_position(A, B, radius):
    mask = np.zeros(len(B), dtype=bool)
    for i in range(min(len(A), len(B))):
        mask[i] = np.linalg.norm(A[i] / 255 - B[i] / 255) <= radius
    return mask


@wrong("near", "none_found")
def near_all(A, B, radius):
    return (distances(A, B) <= radius).all(axis=1)


@wrong("near", "only_copies")
def near_exact(A, B, radius):
    known = {a.tobytes() for a in A}
    return np.array([b.tobytes() in known for b in B])


@wrong("near", "not_boolean")
def near_zeros_and_ones(A, B, radius):
    return (distances(A, B) <= radius).any(axis=1).astype(int)


@wrong("near", "a_list")
def near_list(A, B, radius):
    return (distances(A, B) <= radius).any(axis=1).tolist()


@wrong("near", "radius_ignored")
def near_own_radius(A, B, radius):
    return (distances(A, B) <= 1.0).any(axis=1)


@right("near")
def near_tree(A, B, radius):
    tree = cKDTree(A.reshape(len(A), -1) / 255)
    return np.array(
        [len(found) > 0 for found in tree.query_ball_point(B.reshape(len(B), -1) / 255, radius)]
    )


@right("near")
def near_in_pieces(A, B, radius):
    a, b = A.reshape(len(A), -1) / 255.0, B.reshape(len(B), -1) / 255.0
    pieces = []
    for start in range(0, len(b), 16):
        piece = b[start : start + 16, None, :]
        pieces.append((np.linalg.norm(piece - a, axis=2) <= radius).any(axis=1))
    return np.concatenate(pieces)


@right("near")
def near_until_found(A, B, radius):
    mask = np.zeros(len(B), dtype=bool)
    for j, b in enumerate(B):
        for a in A:
            difference = a.astype("float32") / 255 - b.astype("float32") / 255
            if np.sqrt(np.sum(difference**2)) <= radius:
                mask[j] = True
                break
    return mask


@right("near")
def near_radius_neighbours(A, B, radius):
    finder = NearestNeighbors(radius=radius).fit(A.reshape(len(A), 784) / 255)
    found = finder.radius_neighbors(B.reshape(len(B), 784) / 255, return_distance=False)
    return np.array([place.size > 0 for place in found])


@wrong("near", "wraps")
def near_uint8_expanded(A, B, radius):
    a, b = A.reshape(len(A), -1), B.reshape(len(B), -1)
    squares = (a**2).sum(axis=1)[:, None] + (b**2).sum(axis=1) - 2 * a @ b.T
    return np.sqrt(squares).min(axis=0) / 255 <= radius


@wrong("near", "none_found")
def near_int16(A, B, radius):
    a, b = A.astype(np.int16), B.astype(np.int16)
    return np.array([(np.sqrt(((a - x) ** 2).sum(axis=(1, 2))) / 255).min() <= radius for x in b])


@wrong("near", "wraps")
def near_int16_any(A, B, radius):
    a, b = A.astype(np.int16), B.astype(np.int16)
    return np.array([(np.sqrt(((a - x) ** 2).sum((1, 2))) <= 255 * radius).any() for x in b])


@wrong("near", "wraps")
def near_b_minus_a(A, B, radius):
    return np.array([np.linalg.norm((b - A) / 255, axis=(1, 2)).min() <= radius for b in B])


@wrong("near", "scaled_by_256")
def near_256(A, B, radius):
    return (distances(A, B) * 255 / 256 <= radius).any(axis=1)


@wrong("near", "not_inclusive")
def near_tree_bound(A, B, radius):
    tree = cKDTree(A.reshape(len(A), -1) / 255)
    found, _ = tree.query(B.reshape(len(B), -1) / 255, distance_upper_bound=radius)
    return np.isfinite(found)


@wrong("near", "over_a")
def near_min_of_wrong_axis(A, B, radius):
    return distances(A, B).min(axis=0) <= radius


@wrong("near", "none_found")
def near_farthest(A, B, radius):
    return distances(A, B).max(axis=1) <= radius


@wrong("near", "one_number")
def near_returns_in_the_loop(A, B, radius):
    for b in B:
        return bool((distances(A, b[None]) <= radius).any())


@wrong("near", "missed")
def near_compares_each_with_one(A, B, radius):
    place = np.array([np.abs(A.mean(axis=(1, 2)) - b.mean()).argmin() for b in B])
    return np.linalg.norm(A[place] / 255 - B / 255, axis=(1, 2)) <= radius


@wrong("near", "radius_ignored")
def near_radius_overwritten(A, B, radius):
    radius = 2
    return (distances(A, B) <= radius).any(axis=1)


@wrong("near", "false_copy")
def near_rounded(A, B, radius):
    return (distances(A, B).round() <= radius).any(axis=1)


@wrong("near", "false_copy")
def near_isclose(A, B, radius):
    d = distances(A, B)
    return ((d <= radius) | np.isclose(d, radius, atol=0.01)).any(axis=1)


@wrong("near", "changes_input")
def near_scales_in_place(A, B, radius):
    A //= 255
    B //= 255
    return (distances(A, B) * 255 <= radius).any(axis=1)


@wrong("near", "false_copy")
def near_mean_taken_off(A, B, radius):
    a, b = (X / 255 - X.mean(axis=(1, 2), keepdims=True) / 255 for X in (A, B))
    return np.array([np.linalg.norm(a - image, axis=(1, 2)).min() <= radius for image in b])


@right("near")
def near_times_a_fraction(A, B, radius):
    scale = np.float32(1 / 255)
    a, b = (X.reshape(len(X), -1) * scale for X in (A, B))
    return np.array([(np.sqrt(((a - row) ** 2).sum(axis=1)) <= radius).any() for row in b])


# Half precision is good enough for differences: the check asks for no distance that is within a
# hundredth of the radius. It is not for the sums of squares of whole images.
@right("near")
def near_half_precision(A, B, radius):
    a, b = (X.reshape(len(X), -1).astype(np.float16) / np.float16(255) for X in (A, B))
    return np.array([np.sqrt(((a - row) ** 2).sum(axis=1)).min() <= radius for row in b])


@right("near")
def near_lists(A, B, radius):
    a, b = ((X.reshape(len(X), -1) / 255).tolist() for X in (A, B))
    return np.array([any(math.dist(row, one) <= radius for one in a) for row in b])


@wrong("near", "false_copy")
def near_half_precision_expanded(A, B, radius):
    a, b = (X.reshape(len(X), -1).astype(np.float16) / np.float16(255) for X in (A, B))
    squares = (b**2).sum(axis=1)[:, None] + (a**2).sum(axis=1) - 2 * b @ a.T
    return np.sqrt(np.maximum(squares, 0)).min(axis=1) <= radius


@wrong("near", "a_generator")
def near_generator(A, B, radius):
    return (bool((distances(A, image[None]) <= radius).any()) for image in B)


@wrong("near", "wraps")
def near_uint8_and_not_scaled(A, B, radius):
    return np.array([np.sqrt(((A - b) ** 2).sum(axis=(1, 2))).min() <= radius for b in B])


@wrong("near", "wraps")
def near_uint8_scaled_after_squaring(A, B, radius):
    return np.array([np.sqrt(((A - b) ** 2).sum(axis=(1, 2)) / 255).min() <= radius for b in B])


@wrong("near", "scaled_after_squaring")
def near_scaled_after_squaring(A, B, radius):
    a = A.astype(int)
    return np.array([np.sqrt(((a - b) ** 2).sum(axis=(1, 2)) / 255).min() <= radius for b in B])
