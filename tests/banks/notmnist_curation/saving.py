"""Answers to scaling the pictures, and to saving them."""

import gzip
import io
import os
import pickle
import zipfile
from pathlib import Path

import numpy as np

from tests.banks import right, wrong

# normalise


@right("normalise")
def normalise_as_in_the_book(X):
    return (X.astype(np.float32) - 127.5) / 255


@right("normalise")
def normalise_cast_last(X):
    return ((X - 127.5) / 255).astype("float32")


@right("normalise")
def normalise_divided_first(X):
    scaled = np.array(X, dtype=np.float32)
    scaled /= 255
    scaled -= 0.5
    return scaled


@right("normalise")
def normalise_table(X):
    table = ((np.arange(256) - 127.5) / 255).astype(np.float32)
    return table[X]


@right("normalise")
def normalise_with_out(X):
    return np.divide(np.subtract(X, 127.5, dtype=np.float32), 255, dtype=np.float32)


@wrong("normalise", "float64")
def normalise_float64(X):
    return (X - 127.5) / 255


@wrong("normalise", "not_float32")
def normalise_float16(X):
    return ((X - 127.5) / 255).astype(np.float16)


@wrong("normalise", "wraps")
def normalise_wraps_128(X):
    return ((X - 128) / 255).astype(np.float32)


@wrong("normalise", "wraps")
def normalise_wraps_127(X):
    return (X - 127).astype(np.float32) / 255


@wrong("normalise", "cut_to_integers")
def normalise_integer_division(X):
    return ((X - 127.5) // 255).astype(np.float32)


@wrong("normalise", "cut_to_integers")
def normalise_cast_to_uint8(X):
    return (X // 255).astype(np.float32) - np.float32(0.5)


@wrong("normalise", "cut_to_integers")
def normalise_of_int(X):
    return ((X - 127.5) / 255).astype(int)


@wrong("normalise", "not_centred")
def normalise_from_zero_to_one(X):
    return X.astype(np.float32) / 255


@wrong("normalise", "only_centred")
def normalise_not_divided(X):
    return X.astype(np.float32) - 127.5


@wrong("normalise", "own_mean")
def normalise_standardised(X):
    return ((X - X.mean()) / X.std()).astype(np.float32)


@wrong("normalise", "own_mean")
def normalise_own_mean(X):
    return ((X - X.mean()) / 255).astype(np.float32)


@wrong("normalise", "own_mean")
def normalise_mean_of_each_pixel(X):
    return ((X - X.mean(axis=0)) / 255).astype(np.float32)


@wrong("normalise", "own_range")
def normalise_own_range(X):
    low, high = X.min(), X.max()
    return ((X.astype(np.float32) - low) / (float(high) - low) - 0.5).astype(np.float32)


@wrong("normalise", "own_range")
def normalise_by_largest(X):
    return (X / X.max() - 0.5).astype(np.float32)


@wrong("normalise", "in_place")
def normalise_in_place(X):
    X -= 127.5
    X /= 255
    return X


@wrong("normalise", "changes_input")
def normalise_over_the_old(X):
    scaled = ((X - 127.5) / 255).astype(np.float32)
    X[...] = scaled
    return scaled


@wrong("normalise", "twice_too_wide")
def normalise_to_one(X):
    return (X.astype(np.float32) - 127.5) / 127.5


@wrong("normalise", "divided_by_256")
def normalise_by_256(X):
    return (X.astype(np.float32) - 127.5) / 256


@wrong("normalise", "divided_by_256")
def normalise_by_256_minus_half(X):
    return X.astype(np.float32) / 256 - 0.5


@wrong("normalise", "wrong_centre")
def normalise_centre_128(X):
    return (X.astype(np.float32) - 128) / 255


@wrong("normalise", "inverted")
def normalise_inverted(X):
    return (127.5 - X.astype(np.float32)) / 255


@wrong("normalise", "brackets")
def normalise_without_brackets(X):
    return X.astype(np.float32) - 127.5 / 255


@wrong("normalise", "wrong_shape")
def normalise_flat(X):
    return ((X - 127.5) / 255).astype(np.float32).reshape(len(X), -1)


@wrong("normalise", "a_list")
def normalise_list(X):
    return ((X - 127.5) / 255).astype(np.float32).tolist()


@wrong("normalise", "wrong_value")
def normalise_first_picture_only(X):
    scaled = X.astype(np.float32)
    scaled[0] = (scaled[0] - 127.5) / 255
    return scaled


@wrong("normalise", "wrong_value")
def normalise_clipped(X):
    return np.clip((X.astype(np.float32) - 127.5) / 255, -0.4, 0.4)


@right("normalise")
def normalise_interpolated(X):
    return np.interp(X, (0, 255), (-0.5, 0.5)).astype(np.float32)


@right("normalise")
def normalise_row_by_row(X):
    scaled = np.empty(X.shape, np.float32)
    for i, image in enumerate(X):
        scaled[i] = (2 * image.astype(int) - 255) / 510
    return scaled


@wrong("normalise", "order")
def normalise_wrong_order(X):
    return X.astype(np.float32) / 255 - 127.5


@wrong("normalise", "rounded")
def normalise_rounded(X):
    return np.round((X.astype(np.float32) - 127.5) / 255, 2)


@wrong("normalise", "rounded")
def normalise_through_float16(X):
    return ((X.astype(np.float16) - 127.5) / 255).astype(np.float32)


@wrong("normalise", "wraps")
def normalise_int8(X):
    return (X.astype(np.int8) - np.float32(127.5)) / np.float32(255)


@wrong("normalise", "not_scaled")
def normalise_cast_only(X):
    return X.astype(np.float32)


@wrong("normalise", "cut_to_integers")
def normalise_into_bytes(X):
    scaled = np.zeros_like(X)
    for i in range(len(X)):
        scaled[i] = np.abs((X[i] - 127.5) / 255)
    return scaled


@wrong("normalise", "own_range")
def normalise_each_picture_by_its_range(X):
    scaled = X.astype(np.float32)
    for image in scaled:
        image -= image.min()
        image /= max(image.max(), 1)
    return scaled - np.float32(0.5)


@wrong("normalise", "prints")
def normalise_prints(X):
    print((X.astype(np.float32) - 127.5) / 255)


_RESULT = np.zeros((4, 8, 8), np.float32)


@wrong("normalise", "shared_result")
def normalise_into_one_array_for_all(X):
    if X.shape != _RESULT.shape:
        return (X.astype(np.float32) - 127.5) / 255
    np.subtract(X, 127.5, out=_RESULT, casting="unsafe")
    np.divide(_RESULT, 255, out=_RESULT)
    return _RESULT


# save_letters


@right("save_letters")
def save_as_in_the_book(path, X, y):
    np.savez_compressed(path, X=X, y=y)


@right("save_letters")
def save_to_open_file(path, X, y):
    with open(path, "wb") as file:
        np.savez_compressed(file, **{"X": X, "y": y})
    return path


@right("save_letters")
def save_with_zipfile(path, X, y):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in (("X", X), ("y", y)):
            with archive.open(f"{name}.npy", "w") as file:
                np.lib.format.write_array(file, array, allow_pickle=False)


@right("save_letters")
def save_from_a_dictionary(path, X, y):
    arrays = {"y": y, "X": np.asfortranarray(X)}
    return np.savez_compressed(str(path), **arrays)


@wrong("save_letters", "nothing_written")
def save_nothing(path, X, y):
    return {"X": X, "y": y}


@wrong("save_letters", "np_save")
def save_npy(path, X, y):
    np.save(path, X)


@wrong("save_letters", "np_save")
def save_npy_to_open_file(path, X, y):
    with open(path, "wb") as file:
        np.save(file, X)
        np.save(file, y)


@wrong("save_letters", "not_compressed")
def save_not_compressed(path, X, y):
    np.savez(path, X=X, y=y)


@wrong("save_letters", "unnamed")
def save_unnamed(path, X, y):
    np.savez_compressed(path, X, y)


@wrong("save_letters", "array_missing")
def save_without_y(path, X, y):
    np.savez_compressed(path, X=X)


@wrong("save_letters", "array_missing")
def save_over_x(path, X, y):
    np.savez_compressed(path, X=X)
    np.savez_compressed(path, y=y)


@wrong("save_letters", "other_names")
def save_other_names(path, X, y):
    np.savez_compressed(path, images=X, labels=y)


@wrong("save_letters", "other_names")
def save_small_x(path, X, y):
    np.savez_compressed(path, x=X, y=y)


@wrong("save_letters", "not_uint8")
def save_float(path, X, y):
    np.savez_compressed(path, X=X.astype(np.float32), y=y)


@wrong("save_letters", "not_uint8")
def save_scaled(path, X, y):
    np.savez_compressed(path, X=(X - 127.5) / 255, y=y)


@wrong("save_letters", "objects")
def save_objects(path, X, y):
    np.savez_compressed(path, X=X.astype(object), y=y)


@wrong("save_letters", "objects")
def save_rows_as_objects(path, X, y):
    np.savez_compressed(path, X=X, y=np.array(list(y), dtype=object))


@wrong("save_letters", "pickled")
def save_pickle(path, X, y):
    with open(path, "wb") as file:
        pickle.dump({"X": X, "y": y}, file)


@wrong("save_letters", "exchanged")
def save_exchanged(path, X, y):
    np.savez_compressed(path, X=y, y=X)


@wrong("save_letters", "path_ignored")
def save_path_ignored(path, X, y):
    np.savez_compressed("letters.npz", X=X, y=y)


@wrong("save_letters", "other_file")
def save_ending_twice(path, X, y):
    np.savez_compressed(f"{path}.npz", X=X, y=y)


@wrong("save_letters", "other_file")
def save_beside(path, X, y):
    np.savez_compressed(Path(path).parent / "letters.npz", X=X, y=y)


@wrong("save_letters", "labels_changed")
def save_labels_float(path, X, y):
    np.savez_compressed(path, X=X, y=y.astype(float))


@wrong("save_letters", "labels_changed")
def save_one_hot(path, X, y):
    np.savez_compressed(path, X=X, y=np.eye(10)[y])


@wrong("save_letters", "labels_changed")
def save_sorted_labels(path, X, y):
    np.savez_compressed(path, X=X, y=np.sort(y))


@wrong("save_letters", "pictures_changed")
def save_flat(path, X, y):
    np.savez_compressed(path, X=X.reshape(len(X), -1), y=y)


@wrong("save_letters", "pictures_changed")
def save_scaled_as_uint8(path, X, y):
    np.savez_compressed(path, X=(X / 255).astype(np.uint8), y=y)


@wrong("save_letters", "not_npz")
def save_text(path, X, y):
    np.savetxt(path, X.reshape(len(X), -1), fmt="%d")


@wrong("save_letters", "old_file_kept")
def save_only_new(path, X, y):
    if not os.path.exists(path):
        np.savez_compressed(path, X=X, y=y)


@wrong("save_letters", "path_type")
def save_path_plus_text(path, X, y):
    np.savez_compressed(path + ".npz", X=X, y=y)


@wrong("save_letters", "changes_input")
def save_changes(path, X, y):
    X //= 2
    np.savez_compressed(path, X=X, y=y)


@right("save_letters")
def save_then_rename(path, X, y):
    part = Path(path).with_suffix(".part.npz")
    np.savez_compressed(part, X=X, y=y)
    os.replace(part, path)


@right("save_letters")
def save_from_memory(path, X, y):
    memory = io.BytesIO()
    np.savez_compressed(memory, X=X, y=y)
    return Path(path).write_bytes(memory.getvalue())


@wrong("save_letters", "unnamed")
def save_dictionary(path, X, y):
    np.savez_compressed(path, {"X": X, "y": y})


@wrong("save_letters", "raises")
def save_list_of_both(path, X, y):
    np.savez_compressed(path, [X, y])


@wrong("save_letters", "second_file")
def save_two_files(path, X, y):
    np.savez_compressed(path, X=X)
    np.savez_compressed(f"{path}.labels.npz", y=y)


@wrong("save_letters", "path_ignored")
def save_path_in_quotes(path, X, y):
    np.savez_compressed("path", X=X, y=y)


@wrong("save_letters", "appended")
def save_appended(path, X, y):
    memory = io.BytesIO()
    np.savez_compressed(memory, X=X, y=y)
    with open(path, "ab") as file:
        file.write(memory.getvalue())


@wrong("save_letters", "not_npz")
def save_to_file_open_for_appending(path, X, y):
    with open(path, "ab") as file:
        np.savez_compressed(file, X=X, y=y)


@wrong("save_letters", "labels_changed")
def save_labels_as_letters(path, X, y):
    np.savez_compressed(path, X=X, y=np.array(list("ABCDEFGHIJ"))[y])


@wrong("save_letters", "labels_changed")
def save_labels_as_column(path, X, y):
    np.savez_compressed(path, X=X, y=y[:, None])


@wrong("save_letters", "pictures_changed")
def save_some(path, X, y):
    np.savez_compressed(path, X=X[:10], y=y[:10])


@wrong("save_letters", "pictures_changed")
def save_inverted(path, X, y):
    np.savez_compressed(path, X=255 - X, y=y)


@wrong("save_letters", "not_npz")
def save_packed_pickle(path, X, y):
    with gzip.open(path, "wb") as file:
        pickle.dump((X, y), file)


@wrong("save_letters", "path_type")
def save_with_paths_only(path, X, y):
    with path.open("wb") as file:
        np.savez_compressed(file, X=X, y=y)


_FIRST = []


@wrong("save_letters", "pictures_changed")
def save_what_came_first(path, X, y):
    _FIRST.append((X, y))
    np.savez_compressed(path, X=_FIRST[0][0], y=_FIRST[0][1])


@right("save_letters")
def save_without_the_ending(path, X, y):
    np.savez_compressed(str(path).removesuffix(".npz"), X=X, y=y)


@wrong("save_letters", "labels_changed")
def save_small_labels(path, X, y):
    np.savez_compressed(path, X=X, y=y.astype(np.uint8))


@wrong("save_letters", "labels_changed")
def save_list_of_labels(path, X, y):
    np.savez_compressed(path, X=X, y=[int(label) for label in y])
