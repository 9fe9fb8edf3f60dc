"""Answers to reading one picture, and all the pictures of an archive."""

import io
import os
import tarfile
import tempfile
from pathlib import Path, PurePosixPath

import numpy as np
from PIL import Image, ImageOps

from tests.banks import right, wrong


def letter_image(data):
    image = np.asarray(Image.open(io.BytesIO(data)).convert("L"))
    if image.shape != (28, 28):
        raise ValueError(f"28 x 28 pixels expected, not {image.shape}")
    return image


# letter_image


@right("letter_image")
def image_as_in_the_book(data):
    image = np.asarray(Image.open(io.BytesIO(data)).convert("L"))
    if image.shape != (28, 28):
        raise ValueError(f"28 x 28 pixels expected, not {image.shape}")
    return image


@right("letter_image")
def image_size_first(data):
    with Image.open(io.BytesIO(data)) as image:
        if image.size != (28, 28):
            raise ValueError("wrong size")
        return np.array(image.convert("L"), dtype=np.uint8)


@right("letter_image")
def image_from_getdata(data):
    grey = Image.open(io.BytesIO(data)).convert("L")
    if (grey.width, grey.height) != (28, 28):
        raise ValueError
    return np.frombuffer(grey.tobytes(), dtype=np.uint8).reshape(28, 28)


@right("letter_image")
def image_weighted_by_hand(data):
    colour = np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(float)
    if colour.shape[:2] != (28, 28):
        raise ValueError("wrong size")
    return (colour @ [0.299, 0.587, 0.114]).round().astype(np.uint8)


@right("letter_image")
def image_mean_of_channels(data):
    colour = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    if colour.shape != (28, 28, 3):
        raise ValueError("wrong size")
    return colour.mean(axis=2).round().astype("uint8")


@right("letter_image")
def image_own_error(data):
    class WrongSize(ValueError):
        pass

    image = ImageOps.grayscale(Image.open(io.BytesIO(data)))
    if image.size != (28, 28):
        raise WrongSize(image.size)
    return np.asarray(image)


@wrong("letter_image", "no_grey")
def image_without_convert(data):
    image = np.asarray(Image.open(io.BytesIO(data)))
    if image.shape[:2] != (28, 28):
        raise ValueError("wrong size")
    return image


@wrong("letter_image", "no_grey")
def image_to_rgb(data):
    image = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    if image.shape[:2] != (28, 28):
        raise ValueError("wrong size")
    return image


@wrong("letter_image", "colour_refused")
def image_size_test_before_grey(data):
    image = np.asarray(Image.open(io.BytesIO(data)))
    if image.shape != (28, 28):
        raise ValueError("wrong size")
    return image


@wrong("letter_image", "one_channel")
def image_red_only(data):
    image = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))[:, :, 0]
    if image.shape != (28, 28):
        raise ValueError("wrong size")
    return image


@wrong("letter_image", "palette_numbers")
def image_palette_as_it_is(data):
    image = Image.open(io.BytesIO(data))
    if image.size != (28, 28):
        raise ValueError("wrong size")
    return np.asarray(image.convert("L") if image.mode == "RGB" else image)


@wrong("letter_image", "scaled")
def image_as_matplotlib_reads(data):
    return np.float32(letter_image(data)) / np.float32(255)


@wrong("letter_image", "scaled")
def image_divided(data):
    return letter_image(data) / 255


@wrong("letter_image", "scaled")
def image_divided_and_cut(data):
    return (letter_image(data) / 255).astype(np.uint8)


@wrong("letter_image", "not_uint8")
def image_of_float(data):
    return letter_image(data).astype(float)


@wrong("letter_image", "not_uint8")
def image_of_int(data):
    return letter_image(data).astype(int)


@wrong("letter_image", "black_and_white")
def image_of_bits(data):
    return np.asarray(Image.fromarray(letter_image(data)).convert("1"))


@wrong("letter_image", "no_size_test")
def image_any_size(data):
    return np.asarray(Image.open(io.BytesIO(data)).convert("L"))


@wrong("letter_image", "size_by_product")
def image_reshaped(data):
    return np.asarray(Image.open(io.BytesIO(data)).convert("L")).reshape(28, 28)


@wrong("letter_image", "size_by_product")
def image_pixels_counted(data):
    image = np.asarray(Image.open(io.BytesIO(data)).convert("L"))
    if image.size != 28 * 28:
        raise ValueError("wrong size")
    return image


@wrong("letter_image", "one_side_only")
def image_one_side(data):
    image = np.asarray(Image.open(io.BytesIO(data)).convert("L"))
    if image.shape[0] != 28:
        raise ValueError("wrong size")
    return image


@wrong("letter_image", "one_side_only")
def image_both_sides_wrong(data):
    image = np.asarray(Image.open(io.BytesIO(data)).convert("L"))
    if image.shape[0] != 28 and image.shape[1] != 28:
        raise ValueError("wrong size")
    return image


@wrong("letter_image", "resized")
def image_resized(data):
    return np.asarray(Image.open(io.BytesIO(data)).convert("L").resize((28, 28)))


@wrong("letter_image", "resized")
def image_cropped(data):
    return np.asarray(Image.open(io.BytesIO(data)).convert("L").crop((0, 0, 28, 28)))


@wrong("letter_image", "none_not_error")
def image_none_for_wrong_size(data):
    image = np.asarray(Image.open(io.BytesIO(data)).convert("L"))
    if image.shape == (28, 28):
        return image


@wrong("letter_image", "none_not_error")
def image_error_made_but_not_raised(data):
    image = np.asarray(Image.open(io.BytesIO(data)).convert("L"))
    if image.shape != (28, 28):
        return ValueError("wrong size")
    return image


@wrong("letter_image", "none_not_error")
def image_prints(data):
    image = np.asarray(Image.open(io.BytesIO(data)).convert("L"))
    if image.shape != (28, 28):
        print("wrong size")
    else:
        return image


@wrong("letter_image", "other_error")
def image_asserts(data):
    image = np.asarray(Image.open(io.BytesIO(data)).convert("L"))
    assert image.shape == (28, 28)
    return image


@wrong("letter_image", "error_swallowed")
def image_none_for_no_picture(data):
    try:
        image = np.asarray(Image.open(io.BytesIO(data)).convert("L"))
    except OSError:
        return None
    if image.shape != (28, 28):
        raise ValueError("wrong size")
    return image


@wrong("letter_image", "error_swallowed")
def image_zeros_for_no_picture(data):
    try:
        return letter_image(data)
    except OSError:
        return np.zeros((28, 28), np.uint8)


@wrong("letter_image", "none_not_error")
def image_swallows_everything(data):
    try:
        return letter_image(data)
    except Exception:
        return None


@wrong("letter_image", "transposed")
def image_transposed(data):
    return letter_image(data).T


@wrong("letter_image", "inverted")
def image_inverted(data):
    return 255 - letter_image(data)


@wrong("letter_image", "mirrored")
def image_upside_down(data):
    return letter_image(data)[::-1]


@wrong("letter_image", "rounded_down")
def image_rounded_down(data):
    return (np.float32(letter_image(data)) / 256 * 255).astype(np.uint8)


@wrong("letter_image", "an_image")
def image_not_an_array(data):
    return Image.fromarray(letter_image(data))


@wrong("letter_image", "a_list")
def image_as_list(data):
    return letter_image(data).tolist()


@wrong("letter_image", "wrong_shape")
def image_flat(data):
    return letter_image(data).ravel()


@wrong("letter_image", "wrong_shape")
def image_with_channel(data):
    return letter_image(data)[:, :, None]


@wrong("letter_image", "bytes_not_opened")
def image_without_bytesio(data):
    return np.asarray(Image.open(data).convert("L"))


@wrong("letter_image", "bytes_not_opened")
def image_bytes_as_pixels(data):
    return np.frombuffer(data, dtype=np.uint8).reshape(28, 28)


@wrong("letter_image", "wrong_value")
def image_constant(data):
    return letter_image(data) * 0


@right("letter_image")
def image_pixel_by_pixel(data):
    picture = Image.open(io.BytesIO(data)).convert("L")
    if picture.width != 28 or picture.height != 28:
        raise ValueError("28 x 28 pixels are needed")
    image = np.zeros((28, 28), np.uint8)
    for row in range(28):
        for column in range(28):
            image[row, column] = picture.getpixel((column, row))
    return image


@right("letter_image")
def image_any_error_made_a_value_error(data):
    try:
        picture = Image.open(io.BytesIO(data))
        picture.load()
    except Exception as error:
        raise ValueError("no picture") from error
    if picture.size == (28, 28):
        return np.array(picture.convert("L"))
    raise ValueError(f"{picture.size} is not (28, 28)")


@wrong("letter_image", "transposed")
def image_pixels_by_row_and_column(data):
    picture = Image.open(io.BytesIO(data)).convert("L")
    if picture.size != (28, 28):
        raise ValueError("wrong size")
    return np.array([[picture.getpixel((r, c)) for c in range(28)] for r in range(28)], np.uint8)


@wrong("letter_image", "other_error")
def image_raises_text(data):
    image = np.asarray(Image.open(io.BytesIO(data)).convert("L"))
    if image.shape != (28, 28):
        raise "wrong size"
    return image


@wrong("letter_image", "blank_picture")
def image_zeros_for_wrong_size(data):
    image = np.asarray(Image.open(io.BytesIO(data)).convert("L"))
    if image.shape != (28, 28):
        image = np.zeros((28, 28), np.uint8)
    return image


@wrong("letter_image", "not_uint8")
def image_of_int8(data):
    return letter_image(data).astype("int8")


@wrong("letter_image", "black_and_white")
def image_of_ink(data):
    return letter_image(data) > 127


@wrong("letter_image", "wrong_shape")
def image_mean_of_last_axis(data):
    image = np.asarray(Image.open(io.BytesIO(data)))
    if image.shape[:2] != (28, 28):
        raise ValueError("wrong size")
    return image.mean(axis=-1).astype(np.uint8)


@wrong("letter_image", "wrong_shape")
def image_with_alpha(data):
    image = np.asarray(Image.open(io.BytesIO(data)).convert("LA"))
    if image.shape[:2] != (28, 28):
        raise ValueError("wrong size")
    return image


@wrong("letter_image", "bytes_not_opened")
def image_from_packed_bytes(data):
    return np.asarray(Image.frombytes("L", (28, 28), data))


@wrong("letter_image", "good_refused")
def image_bytes_as_array(data):
    image = np.frombuffer(data, dtype=np.uint8)
    if len(image) != 28 * 28:
        raise ValueError("wrong size")
    return image.reshape(28, 28)


_BUFFER = np.zeros((28, 28), np.uint8)


@wrong("letter_image", "same_array")
def image_into_one_array(data):
    _BUFFER[:] = letter_image(data)
    return _BUFFER


# read_letters


@right("read_letters")
def letters_as_in_the_book(archive):
    images, labels, names, skipped = [], [], [], []
    with tarfile.open(archive) as tar:
        for member in tar:
            if not member.isfile() or not member.name.endswith(".png"):
                continue
            letter, name = member.name.split("/")[-2:]
            try:
                image = letter_image(tar.extractfile(member).read())
            except (OSError, ValueError):
                skipped.append(member.name)
                continue
            images.append(image)
            labels.append("ABCDEFGHIJ".index(letter))
            names.append(name)
    return np.array(images), np.array(labels), names, skipped


@right("read_letters")
def letters_paths_and_ord(archive):
    rows, skipped = [], []
    with tarfile.open(archive, "r:gz") as tar:
        for member in tar.getmembers():
            path = PurePosixPath(member.name)
            if path.suffix == ".png" and member.isreg():
                try:
                    image = letter_image(tar.extractfile(member).read())
                    rows.append((image, ord(path.parent.name) - ord("A"), path.name))
                except (OSError, ValueError):
                    skipped += [member.name]
    X, y, names = zip(*rows)
    return np.stack(X), np.asarray(y, dtype=np.uint8), names, tuple(skipped)


@right("read_letters", "It also prints")
def letters_preallocated_and_cut(archive):
    tar = tarfile.open(archive)
    members = [m for m in tar.getmembers() if m.name.endswith(".png")]
    X = np.zeros((len(members), 28, 28), np.uint8)
    y = np.zeros(len(members), np.int32)
    names, skipped = [], []
    for member in members:
        try:
            X[len(names)] = letter_image(tar.extractfile(member).read())
        except (OSError, ValueError) as error:
            print("skipped", member.name, error)
            skipped.append(member.name)
        else:
            y[len(names)] = ord(member.name.split("/")[1]) - 65
            names.append(os.path.basename(member.name))
    tar.close()
    return [X[: len(names)], y[: len(names)], names, skipped]


@right("read_letters")
def letters_streamed_without_letter_image(archive):
    good, skipped = {}, []
    with tarfile.open(archive, "r|gz") as tar:
        for member in tar:
            if member.isdir() or Path(member.name).suffix != ".png":
                continue
            data = tar.extractfile(member).read()
            try:
                picture = Image.open(io.BytesIO(data)).convert("L")
            except Exception:
                skipped.append(member.name)
                continue
            if picture.size != (28, 28):
                skipped.append(member.name)
            else:
                good[member.name] = np.array(picture)
    parts = [name.rsplit("/", 2) for name in good]
    y = np.array(["ABCDEFGHIJ".find(letter) for _, letter, _ in parts])
    return np.array(list(good.values())), y, np.array([p[-1] for p in parts]), skipped


def all_members(archive):
    """What many of the wrong answers below go through: the members and their bytes."""
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.isfile() and member.name.endswith(".png"):
                yield member.name, tar.extractfile(member).read()


@wrong("read_letters", "unreadable_not_caught")
def letters_nothing_caught(archive):
    X, y, names = [], [], []
    for path, data in all_members(archive):
        X.append(letter_image(data))
        y.append(ord(path.split("/")[1]) - 65)
        names.append(path.split("/")[2])
    return np.array(X), np.array(y), names, []


@wrong("read_letters", "unreadable_not_caught")
def letters_only_empty_looked_for(archive):
    X, y, names, skipped = [], [], [], []
    for path, data in all_members(archive):
        if not data:
            skipped.append(path)
            continue
        X.append(letter_image(data))
        y.append(ord(path.split("/")[1]) - 65)
        names.append(path.split("/")[2])
    return np.array(X), np.array(y), names, skipped


@wrong("read_letters", "wrong_size_not_caught")
def letters_oserror_only(archive):
    X, y, names, skipped = [], [], [], []
    for path, data in all_members(archive):
        try:
            X.append(letter_image(data))
        except OSError:
            skipped.append(path)
            continue
        y.append(ord(path.split("/")[1]) - 65)
        names.append(path.split("/")[2])
    return np.array(X), np.array(y), names, skipped


@wrong("read_letters", "wrong_size_kept")
def letters_resized(archive):
    X, y, names, skipped = [], [], [], []
    for path, data in all_members(archive):
        try:
            X.append(np.array(Image.open(io.BytesIO(data)).convert("L").resize((28, 28))))
        except OSError:
            skipped.append(path)
            continue
        y.append(ord(path.split("/")[1]) - 65)
        names.append(path.split("/")[2])
    return np.array(X), np.array(y), names, skipped


@wrong("read_letters", "mixed_shapes")
def letters_of_any_size(archive):
    X, y, names, skipped = [], [], [], []
    for path, data in all_members(archive):
        try:
            X.append(np.array(Image.open(io.BytesIO(data)).convert("L")))
        except OSError:
            skipped.append(path)
            continue
        y.append(ord(path.split("/")[1]) - 65)
        names.append(path.split("/")[2])
    return np.array(X), np.array(y), names, skipped


@wrong("read_letters", "mixed_shapes")
def letters_with_colours(archive):
    X, y, names, skipped = [], [], [], []
    for path, data in all_members(archive):
        try:
            image = np.array(Image.open(io.BytesIO(data)))
            if image.shape[:2] != (28, 28):
                raise ValueError
        except (OSError, ValueError):
            skipped.append(path)
            continue
        X.append(image)
        y.append(ord(path.split("/")[1]) - 65)
        names.append(path.split("/")[2])
    return np.array(X), np.array(y), names, skipped


@wrong("read_letters", "colour_skipped")
def letters_grey_only(archive):
    X, y, names, skipped = [], [], [], []
    for path, data in all_members(archive):
        try:
            image = np.array(Image.open(io.BytesIO(data)))
            if image.shape != (28, 28):
                raise ValueError
        except (OSError, ValueError):
            skipped.append(path)
            continue
        X.append(image)
        y.append(ord(path.split("/")[1]) - 65)
        names.append(path.split("/")[2])
    return np.array(X), np.array(y), names, skipped


@wrong("read_letters", "bare_except")
def letters_bare_except(archive):
    X, y, names, skipped = [], [], [], []
    for path, data in all_members(archive):
        try:
            image = letter_image(data)
        except:  # noqa: E722
            skipped.append(path)
            continue
        X.append(image)
        y.append(ord(path.split("/")[1]) - 65)
        names.append(path.split("/")[2])
    return np.array(X), np.array(y), names, skipped


@wrong("read_letters", "bare_except")
def letters_base_exception(archive):
    X, y, names, skipped = [], [], [], []
    for path, data in all_members(archive):
        try:
            X.append(letter_image(data))
            y.append(ord(path.split("/")[1]) - 65)
            names.append(path.split("/")[2])
        except BaseException:
            skipped.append(path)
    return np.array(X), np.array(y), names, skipped


@wrong("read_letters", "hidden_mistake")
def letters_typing_error_swallowed(archive):
    X, y, names, skipped = [], [], [], []
    for path, data in all_members(archive):
        try:
            X.append(leter_image(data))  # noqa: F821
            y.append(ord(path.split("/")[1]) - 65)
            names.append(path.split("/")[2])
        except Exception:
            skipped.append(path)
    return np.array(X), np.array(y), names, skipped


@wrong("read_letters", "hidden_mistake")
def letters_typing_error_behind_the_append(archive):
    X, y, names, skipped = [], [], [], []
    for path, data in all_members(archive):
        try:
            X.append(letter_image(data))
            y.append(ord(path.split("/")[0]) - 65)
            names.append(path.split("/")[2])
        except Exception:
            skipped.append(path)
    return np.array(X), np.array(y), names, skipped


@wrong("read_letters", "folders_read")
def letters_every_member(archive):
    X, y, names, skipped = [], [], [], []
    with tarfile.open(archive) as tar:
        for member in tar:
            try:
                X.append(letter_image(tar.extractfile(member).read()))
            except (OSError, ValueError):
                skipped.append(member.name)
                continue
            y.append(ord(member.name.split("/")[1]) - 65)
            names.append(member.name.split("/")[2])
    return np.array(X), np.array(y), names, skipped


@wrong("read_letters", "folders_skipped")
def letters_folders_in_skipped(archive):
    X, y, names, skipped = [], [], [], []
    with tarfile.open(archive) as tar:
        for member in tar:
            try:
                X.append(letter_image(tar.extractfile(member).read()))
                y.append(ord(member.name.split("/")[1]) - 65)
                names.append(member.name.split("/")[2])
            except Exception:
                skipped.append(member.name)
    return np.array(X), np.array(y), names, skipped


@wrong("read_letters", "others_skipped")
def letters_readme_in_skipped(archive):
    X, y, names, skipped = [], [], [], []
    with tarfile.open(archive) as tar:
        for member in tar:
            if not member.isfile():
                continue
            try:
                X.append(letter_image(tar.extractfile(member).read()))
            except (OSError, ValueError):
                skipped.append(member.name)
                continue
            y.append(ord(member.name.split("/")[1]) - 65)
            names.append(member.name.split("/")[2])
    return np.array(X), np.array(y), names, skipped


@wrong("read_letters", "unreadable_as_rows")
def letters_zeros_for_unreadable(archive):
    members = list(all_members(archive))
    X = np.zeros((len(members), 28, 28), np.uint8)
    skipped = []
    for i, (path, data) in enumerate(members):
        try:
            X[i] = letter_image(data)
        except (OSError, ValueError):
            skipped.append(path)
    y = np.array([ord(path.split("/")[1]) - 65 for path, _ in members])
    return X, y, [path.split("/")[2] for path, _ in members], skipped


@wrong("read_letters", "unreadable_as_rows")
def letters_preallocated_not_cut(archive):
    members = list(all_members(archive))
    X, y = np.zeros((len(members), 28, 28), np.uint8), np.zeros(len(members), int)
    names, skipped = [], []
    for path, data in members:
        try:
            X[len(names)] = letter_image(data)
        except (OSError, ValueError):
            skipped.append(path)
            continue
        y[len(names)] = ord(path.split("/")[1]) - 65
        names.append(path.split("/")[2])
    return X, y, names, skipped


@wrong("read_letters", "unreadable_as_rows")
def letters_last_picture_again(archive):
    X, y, names, skipped = [], [], [], []
    image = np.zeros((28, 28), np.uint8)
    for path, data in all_members(archive):
        try:
            image = letter_image(data)
        except (OSError, ValueError):
            skipped.append(path)
        X.append(image)
        y.append(ord(path.split("/")[1]) - 65)
        names.append(path.split("/")[2])
    return np.array(X), np.array(y), names, skipped


@wrong("read_letters", "label_before_picture")
def letters_label_before_picture(archive):
    X, y, names, skipped = [], [], [], []
    for path, data in all_members(archive):
        try:
            y.append(ord(path.split("/")[1]) - 65)
            X.append(letter_image(data))
            names.append(path.split("/")[2])
        except (OSError, ValueError):
            skipped.append(path)
    return np.array(X), np.array(y), names, skipped


@wrong("read_letters", "name_before_picture")
def letters_name_before_picture(archive):
    X, y, names, skipped = [], [], [], []
    for path, data in all_members(archive):
        names.append(path.split("/")[2])
        try:
            X.append(letter_image(data))
            y.append(ord(path.split("/")[1]) - 65)
        except (OSError, ValueError):
            skipped.append(path)
    return np.array(X), np.array(y), names, skipped


@wrong("read_letters", "not_uint8")
def letters_float(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return X.astype(float), y, names, skipped


@wrong("read_letters", "not_uint8")
def letters_copied_into_float(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    images = np.zeros((len(X), 28, 28))
    images[:] = X
    return images, y, names, skipped


@wrong("read_letters", "not_uint8")
def letters_scaled(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return (X / 255).astype(np.float32), y, names, skipped


@wrong("read_letters", "letters_not_numbers")
def letters_y_letters(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return X, np.array(["ABCDEFGHIJ"[i] for i in y]), names, skipped


@wrong("read_letters", "letters_not_numbers")
def letters_y_list_of_letters(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return X, ["ABCDEFGHIJ"[i] for i in y], names, skipped


@wrong("read_letters", "ord_not_shifted")
def letters_y_ord(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return X, y + 65, names, skipped


@wrong("read_letters", "one_based")
def letters_y_one_based(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return X, y + 1, names, skipped


@wrong("read_letters", "letter_of_the_path")
def letters_y_first_character(archive):
    X, y, names, skipped = [], [], [], []
    for path, data in all_members(archive):
        try:
            X.append(letter_image(data))
        except (OSError, ValueError):
            skipped.append(path)
            continue
        y.append(ord(path[0]) - 65)
        names.append(path.split("/")[-1])
    return np.array(X), np.array(y), names, skipped


@wrong("read_letters", "letter_of_the_path")
def letters_y_of_the_file_name(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return X, np.array([ord(name[0]) - 65 for name in names]), names, skipped


@wrong("read_letters", "order_of_appearance")
def letters_y_numbered_as_they_come(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    seen = list(dict.fromkeys(y.tolist()))
    return X, np.array([seen.index(i) for i in y]), names, skipped


@wrong("read_letters", "order_of_appearance")
def letters_y_of_those_that_occur(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return X, np.unique(y, return_inverse=True)[1], names, skipped


@wrong("read_letters", "not_whole_numbers")
def letters_y_float(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return X, y.astype(float), names, skipped


@wrong("read_letters", "one_hot")
def letters_y_one_hot(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return X, np.eye(10, dtype=int)[y], names, skipped


@wrong("read_letters", "skipped_incomplete")
def letters_skipped_empty(archive):
    X, y, names, _ = letters_as_in_the_book(archive)
    return X, y, names, []


@wrong("read_letters", "skipped_incomplete")
def letters_wrong_size_not_in_skipped(archive):
    X, y, names, skipped = [], [], [], []
    for path, data in all_members(archive):
        try:
            image = np.array(Image.open(io.BytesIO(data)).convert("L"))
        except OSError:
            skipped.append(path)
            continue
        if image.shape == (28, 28):
            X.append(image)
            y.append(ord(path.split("/")[1]) - 65)
            names.append(path.split("/")[2])
    return np.array(X), np.array(y), names, skipped


@wrong("read_letters", "skipped_counted")
def letters_skipped_counted(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return X, y, names, len(skipped)


@wrong("read_letters", "skipped_without_folder")
def letters_skipped_without_folder(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return X, y, names, [os.path.basename(name) for name in skipped]


@wrong("read_letters", "not_names")
def letters_skipped_members(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    with tarfile.open(archive) as tar:
        return X, y, names, [tar.getmember(name) for name in skipped]


@wrong("read_letters", "not_names")
def letters_skipped_with_reasons(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return X, y, names, [(name, "unreadable") for name in skipped]


@wrong("read_letters", "names_with_folders")
def letters_names_with_folders(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    paths = [path for path, _ in all_members(archive) if path not in skipped]
    return X, y, paths, skipped


@wrong("read_letters", "names_cut")
def letters_names_without_ending(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return X, y, [name.removesuffix(".png") for name in names], skipped


@wrong("read_letters", "other_order")
def letters_sorted_by_name(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    order = np.argsort(names, kind="stable")
    return X[order], y[order], [names[i] for i in order], skipped


@wrong("read_letters", "other_order")
def letters_letter_by_letter(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    order = np.argsort(y, kind="stable")
    return X[order], y[order], [names[i] for i in order], skipped


@wrong("read_letters", "other_order")
def letters_backwards(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return X[::-1], y[::-1], names[::-1], skipped


@wrong("read_letters", "rows_apart")
def letters_only_y_sorted(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return X, np.sort(y), names, skipped


@wrong("read_letters", "rows_apart")
def letters_only_names_sorted(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return X, y, sorted(names), skipped


@wrong("read_letters", "extracted")
def letters_extracts(archive):
    with tarfile.open(archive) as tar:
        for member in tar:
            tar.extract(member, "unpacked", filter="data")
    return letters_as_in_the_book(archive)


@wrong("read_letters", "extracted")
def letters_extracts_beside_the_archive(archive):
    with tarfile.open(archive) as tar:
        tar.extractall(Path(archive).parent / "letters", filter="data")
    return letters_as_in_the_book(archive)


@wrong("read_letters", "a_list")
def letters_lists(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return list(X), list(y), names, skipped


@wrong("read_letters", "a_list")
def letters_y_list(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return X, y.tolist(), names, skipped


@wrong("read_letters", "wrong_shape")
def letters_flat(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return X.reshape(len(X), -1), y, names, skipped


@wrong("read_letters", "wrong_shape")
def letters_stacked_below_each_other(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return X.reshape(-1, 28), y, names, skipped


@wrong("read_letters", "not_four")
def letters_two_parts(archive):
    return letters_as_in_the_book(archive)[:2]


@wrong("read_letters", "not_four")
def letters_dictionary(archive):
    return dict(zip(("X", "y", "names", "skipped"), letters_as_in_the_book(archive)))


@wrong("read_letters", "parts_exchanged")
def letters_y_first(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return y, X, names, skipped


@wrong("read_letters", "parts_exchanged")
def letters_skipped_before_names(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return X, y, skipped, names


@wrong("read_letters", "first_only")
def letters_return_in_the_loop(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return X[:1], y[:1], names[:1], []


@wrong("read_letters", "same_name_lost")
def letters_by_name(archive):
    good, skipped = {}, []
    for path, data in all_members(archive):
        try:
            good[path.split("/")[2]] = letter_image(data), ord(path.split("/")[1]) - 65
        except (OSError, ValueError):
            skipped.append(path)
    X, y = zip(*good.values())
    return np.array(X), np.array(y), list(good), skipped


@wrong("read_letters", "wrong_value")
def letters_inverted(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return 255 - X, y, names, skipped


@wrong("read_letters", "wrong_value")
def letters_the_same_buffer(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return np.array([X[-1]] * len(X)), y, names, skipped


_KEPT = {"images": [], "labels": [], "names": [], "skipped": []}


@wrong("read_letters", "grows_between_calls")
def letters_lists_outside(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    for key, new in zip(_KEPT, (X, y, names, skipped)):
        _KEPT[key].extend(new)
    X, y, names, skipped = _KEPT.values()
    return np.array(X), np.array(y), list(names), list(skipped)


@right("read_letters")
def letters_tried_around_everything_needed(archive):
    number = {letter: k for k, letter in enumerate("ABCDEFGHIJ")}
    rows, skipped = [], []
    with tarfile.open(archive) as tar:
        member = tar.next()
        while member is not None:
            *_, letter, name = ["", *member.name.split("/")]
            if name.lower().endswith(".png") and member.isfile():
                try:
                    rows.append(
                        (name, number[letter], letter_image(tar.extractfile(member).read()))
                    )
                except (OSError, ValueError):
                    skipped.append(member.name)
            member = tar.next()
    return (
        np.array([row[2] for row in rows]),
        np.array([row[1] for row in rows]),
        [row[0] for row in rows],
        skipped,
    )


@right("read_letters")
def letters_in_two_rounds(archive):
    def readable(data):
        try:
            letter_image(data)
        except (OSError, ValueError):
            return False
        return True

    files = dict(all_members(archive))
    good = [path for path in files if readable(files[path])]
    X = np.concatenate([letter_image(files[path])[None] for path in good])
    y = np.array([ord(path.split("/")[-2]) for path in good]) - ord("A")
    return X, y, [path.split("/")[-1] for path in good], [p for p in files if p not in good]


def rows_of(archive, keep):
    """The book's skeleton; `keep` gets the lists, the member, its letter, name and bytes."""
    images, labels, names, skipped = [], [], [], []
    with tarfile.open(archive) as members:
        for member in members:
            if not member.name.endswith(".png"):
                continue
            letter, name = member.name.split("/")[-2:]
            data = members.extractfile(member).read()
            if keep(images, labels, names, skipped, member, letter, name, data) == "break":
                break
    return np.stack(images), np.array(labels), names, skipped


@wrong("read_letters", "stops_early")
def letters_break_for_continue(archive):
    def keep(images, labels, names, skipped, member, letter, name, data):
        try:
            images.append(letter_image(data))
        except (OSError, ValueError):
            skipped.append(member.name)
            return "break"
        labels.append("ABCDEFGHIJ".index(letter))
        names.append(name)

    return rows_of(archive, keep)


@wrong("read_letters", "stops_early")
def letters_try_around_the_loop(archive):
    images, labels, names, skipped = [], [], [], []
    try:
        for path, data in all_members(archive):
            images.append(letter_image(data))
            labels.append("ABCDEFGHIJ".index(path.split("/")[-2]))
            names.append(path.split("/")[-1])
    except (OSError, ValueError):
        skipped.append(path)
    return np.array(images), np.array(labels), names, skipped


@wrong("read_letters", "no_pictures")
def letters_misspelt_under_except(archive):
    def keep(images, labels, names, skipped, member, letter, name, data):
        try:
            images.append(letter_imgae(data))  # noqa: F821
        except Exception:
            skipped.append(member.name)

    return rows_of(archive, keep)


@wrong("read_letters", "no_pictures")
def letters_capital_ending(archive):
    images, labels, names, skipped = [], [], [], []
    with tarfile.open(archive) as members:
        for member in members:
            if not member.name.endswith(".PNG"):
                continue
            images.append(letter_image(members.extractfile(member).read()))
    return np.array(images), np.array(labels), names, skipped


@wrong("read_letters", "label_not_found")
def letters_index_of_the_top_folder(archive):
    def keep(images, labels, names, skipped, member, letter, name, data):
        try:
            images.append(letter_image(data))
        except (OSError, ValueError):
            skipped.append(member.name)
            return
        labels.append("ABCDEFGHIJ".index(member.name.split("/")[0]))
        names.append(name)

    return rows_of(archive, keep)


@wrong("read_letters", "label_not_found")
def letters_find_of_the_file_name(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return X, np.array(["ABCDEFGHIJ".find(name) for name in names]), names, skipped


@wrong("read_letters", "extracted")
def letters_by_way_of_a_temporary_folder(archive):
    with tempfile.TemporaryDirectory() as folder, tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return letters_as_in_the_book(archive)


@wrong("read_letters", "rows_apart")
def letters_label_of_the_picture_before(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return X, np.append(0, y[:-1]), names, skipped


@wrong("read_letters", "wrong_names")
def letters_names_are_letters(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    return X, y, ["ABCDEFGHIJ"[label] for label in y], skipped


@wrong("read_letters", "wrong_value")
def letters_one_buffer_written_into(archive):
    buffer = np.zeros((28, 28), np.uint8)

    def keep(images, labels, names, skipped, member, letter, name, data):
        try:
            buffer[:] = letter_image(data)
        except (OSError, ValueError):
            skipped.append(member.name)
            return
        images.append(buffer)
        labels.append("ABCDEFGHIJ".index(letter))
        names.append(name)

    return rows_of(archive, keep)


@wrong("read_letters", "returns_none")
def letters_printed(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)


@wrong("read_letters", "copies_lost")
def letters_each_picture_once(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    first = {}
    for place, image in enumerate(X):
        first.setdefault(image.tobytes(), place)
    keep = list(first.values())
    return X[keep], y[keep], [names[place] for place in keep], skipped


@wrong("read_letters", "good_skipped")
def letters_small_files_skipped(archive):
    def keep(images, labels, names, skipped, member, letter, name, data):
        try:
            if member.size < 200:
                raise ValueError("too small")
            images.append(letter_image(data))
        except (OSError, ValueError):
            skipped.append(member.name)
            return
        labels.append("ABCDEFGHIJ".index(letter))
        names.append(name)

    return rows_of(archive, keep)


@wrong("read_letters", "archive_changed")
def letters_archive_removed(archive):
    letters = letters_as_in_the_book(archive)
    os.remove(archive)
    return letters


@right("letter_image")
def image_weights_of_television(data):
    colour = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), dtype=np.float32)
    if colour.shape != (28, 28, 3):
        raise ValueError("wrong size")
    return np.rint(colour @ np.array([0.2126, 0.7152, 0.0722], np.float32)).astype(np.uint8)


@right("letter_image")
def image_short_weights(data):
    colour = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    if colour.shape != (28, 28, 3):
        raise ValueError("wrong size")
    return np.rint(colour @ [0.3, 0.59, 0.11]).astype(np.uint8)


@wrong("letter_image", "colour_refused")
def image_two_kinds_of_colour_only(data):
    picture = Image.open(io.BytesIO(data))
    if picture.mode in ("RGB", "P"):
        picture = picture.convert("L")
    image = np.asarray(picture)
    if image.shape != (28, 28):
        raise ValueError("wrong size")
    return image


@wrong("letter_image", "opacity_counted")
def image_mean_of_all_channels(data):
    picture = Image.open(io.BytesIO(data))
    image = np.asarray(picture.convert("RGB") if picture.mode == "P" else picture)
    if image.ndim == 3:
        image = image.mean(axis=2).astype(np.uint8)
    if image.shape != (28, 28):
        raise ValueError("wrong size")
    return image


@wrong("read_letters", "good_skipped")
def letters_as_hexadecimal_digits(archive):
    X, y, names, skipped = [], [], [], []
    for path, data in all_members(archive):
        letter, name = path.split("/")[-2:]
        try:
            image = letter_image(data)
            y.append(int(letter, 16) - 10)
        except (OSError, ValueError):
            skipped.append(path)
            continue
        X.append(image)
        names.append(name)
    return np.array(X), np.array(y), names, skipped


@wrong("read_letters", "names_in_letters")
def letters_names_added_by_plus(archive):
    X, y, names, skipped = letters_as_in_the_book(archive)
    letters = []
    for name in skipped:
        letters += name
    return X, y, names, letters


@wrong("letter_image", "colour_refused")
def image_result_of_convert_thrown_away(data):
    picture = Image.open(io.BytesIO(data))
    picture.convert("L")
    image = np.array(picture)
    if image.shape != (28, 28):
        raise ValueError("wrong size")
    return image


@wrong("letter_image", "picture_is_no_array")
def letter_shape_of_the_picture(data):
    image = Image.open(io.BytesIO(data)).convert("L")
    if image.shape != (28, 28):
        raise ValueError("wrong size")
    return np.asarray(image)
