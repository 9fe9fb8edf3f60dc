"""Right and wrong answers to reading the symbols of an archive."""

import csv
import io
import tarfile

import numpy as np
from PIL import Image

from tests.banks import right, wrong


def contents(archive):
    """Return the content of every file by its name."""
    files = {}
    with tarfile.open(archive) as members:
        for member in members:
            if member.isfile():
                files[member.name] = members.extractfile(member).read()
    return files


def table(files):
    name = next(name for name in files if name.endswith("hasy-data-labels.csv"))
    return list(csv.DictReader(io.StringIO(files[name].decode("utf-8"))))


def grey(data):
    return np.asarray(Image.open(io.BytesIO(data)).convert("L"))


@right("read_symbols")
def symbols_in_two_steps(archive):
    pictures, rows = {}, []
    with tarfile.open(archive) as members:
        for member in members:
            if member.name.endswith(".png"):
                pictures[member.name] = grey(members.extractfile(member).read())
            elif member.name.endswith("hasy-data-labels.csv"):
                text = members.extractfile(member).read().decode()
                rows = list(csv.DictReader(io.StringIO(text)))
    X = np.stack([pictures[row["path"]] for row in rows])
    return X, np.array([int(row["symbol_id"]) for row in rows])


@right("read_symbols")
def symbols_from_contents(archive):
    files = contents(archive)
    rows = table(files)
    return np.array([grey(files[row["path"]]) for row in rows]), np.array(
        [row["symbol_id"] for row in rows], dtype=int
    )


@right("read_symbols")
def symbols_filled_in(archive):
    files = contents(archive)
    rows = table(files)
    X, ids = np.zeros((len(rows), 32, 32), np.uint8), np.zeros(len(rows), np.int32)
    for place, row in enumerate(rows):
        X[place] = np.array(Image.open(io.BytesIO(files[row["path"]])))[:, :, 0]
        ids[place] = int(row["symbol_id"])
    return X, ids


@right("read_symbols")
def symbols_split_lines(archive):
    files = contents(archive)
    lines = files["hasy-data-labels.csv"].decode().split("\n")[1:]
    cells = [next(csv.reader([line.rstrip("\r")])) for line in lines if line.strip()]
    X = np.stack([grey(files[cell[0]]) for cell in cells])
    return X, np.array([int(cell[1]) for cell in cells])


@right("read_symbols")
def symbols_list_of_both(archive):
    return [*symbols_from_contents(archive)]


@right("read_symbols")
def symbols_by_getmember(archive):
    with tarfile.open(archive) as tar:
        text = tar.extractfile("hasy-data-labels.csv").read().decode()
        rows = list(csv.DictReader(text.splitlines()))
        X = [grey(tar.extractfile(row["path"]).read()) for row in rows]
    return np.stack(X), np.array([int(row["symbol_id"]) for row in rows])


@wrong("read_symbols", "order_of_members")
def symbols_in_the_order_of_members(archive):
    files = contents(archive)
    X = np.stack([grey(data) for name, data in files.items() if name.endswith(".png")])
    return X, np.array([int(row["symbol_id"]) for row in table(files)])


@wrong("read_symbols", "order_of_names")
def symbols_sorted(archive):
    files = contents(archive)
    names = sorted(name for name in files if name.endswith(".png"))
    X = np.stack([grey(files[name]) for name in names])
    return X, np.array([int(row["symbol_id"]) for row in table(files)])


@wrong("read_symbols", "colour_kept")
def symbols_in_colour(archive):
    files = contents(archive)
    rows = table(files)
    X = np.stack([np.asarray(Image.open(io.BytesIO(files[row["path"]]))) for row in rows])
    return X, np.array([int(row["symbol_id"]) for row in rows])


@wrong("read_symbols", "not_uint8")
def symbols_scaled(archive):
    X, ids = symbols_from_contents(archive)
    return X / 255, ids


@wrong("read_symbols", "not_uint8")
def symbols_float(archive):
    X, ids = symbols_from_contents(archive)
    return X.astype("float32"), ids


@wrong("read_symbols", "inverted")
def symbols_inverted(archive):
    X, ids = symbols_from_contents(archive)
    return 255 - X, ids


@wrong("read_symbols", "truth_values")
def symbols_one_bit(archive):
    files = contents(archive)
    rows = table(files)
    X = [np.asarray(Image.open(io.BytesIO(files[row["path"]])).convert("1")) for row in rows]
    return np.stack(X), np.array([int(row["symbol_id"]) for row in rows])


@wrong("read_symbols", "ids_are_text")
def symbols_text(archive):
    files = contents(archive)
    rows = table(files)
    X = np.stack([grey(files[row["path"]]) for row in rows])
    return X, np.array([row["symbol_id"] for row in rows])


@wrong("read_symbols", "latex_for_ids")
def symbols_latex(archive):
    files = contents(archive)
    rows = table(files)
    X = np.stack([grey(files[row["path"]]) for row in rows])
    return X, [row["latex"] for row in rows]


@wrong("read_symbols", "other_column")
def symbols_writers(archive):
    files = contents(archive)
    rows = table(files)
    X = np.stack([grey(files[row["path"]]) for row in rows])
    return X, np.array([int(row["user_id"]) for row in rows])


@wrong("read_symbols", "ids_from_names")
def symbols_from_file_names(archive):
    files = contents(archive)
    names = [row["path"] for row in table(files)]
    X = np.stack([grey(files[name]) for name in names])
    return X, np.array([int(name[-9:-4]) for name in names])


@wrong("read_symbols", "ranks")
def symbols_ranked(archive):
    X, ids = symbols_from_contents(archive)
    return X, np.unique(ids, return_inverse=True)[1]


@wrong("read_symbols", "row_lost")
def symbols_first_row_lost(archive):
    X, ids = symbols_from_contents(archive)
    return X[1:], ids[1:]


@wrong("read_symbols", "row_lost")
def symbols_last_row_lost(archive):
    X, ids = symbols_from_contents(archive)
    return X[:-1], ids[:-1]


@wrong("read_symbols", "not_together")
def symbols_one_id_lost(archive):
    X, ids = symbols_from_contents(archive)
    return X, ids[1:]


@wrong("read_symbols", "turned")
def symbols_transposed(archive):
    X, ids = symbols_from_contents(archive)
    return X.transpose(0, 2, 1), ids


@wrong("read_symbols", "flattened")
def symbols_rows(archive):
    X, ids = symbols_from_contents(archive)
    return X.reshape(len(X), -1), ids


@wrong("read_symbols", "channel")
def symbols_with_channel(archive):
    X, ids = symbols_from_contents(archive)
    return X[..., None], ids


@wrong("read_symbols", "swapped")
def symbols_swapped(archive):
    X, ids = symbols_from_contents(archive)
    return ids, X


@wrong("read_symbols", "not_two")
def symbols_pictures_only(archive):
    return symbols_from_contents(archive)[0]


@wrong("read_symbols", "unpacks")
def symbols_unpacked(archive):
    import pathlib
    import tempfile

    with tempfile.TemporaryDirectory() as folder, tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
        files = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in pathlib.Path(folder).rglob("*")
            if path.is_file()
        }
    rows = table(files)
    return np.stack([grey(files[row["path"]]) for row in rows]), np.array(
        [int(row["symbol_id"]) for row in rows]
    )


@wrong("read_symbols", "raises")
def symbols_first_line_as_data(archive):
    files = contents(archive)
    cells = list(csv.reader(io.StringIO(files["hasy-data-labels.csv"].decode())))
    X = np.stack([grey(files[cell[0]]) for cell in cells])
    return X, np.array([int(cell[1]) for cell in cells])


@wrong("read_symbols", "raises")
def symbols_split_at_commas(archive):
    files = contents(archive)
    lines = files["hasy-data-labels.csv"].decode().splitlines()[1:]
    rows = [(path, int(number), user) for path, number, _, user in (x.split(",") for x in lines)]
    return np.stack([grey(files[row[0]]) for row in rows]), np.array([row[1] for row in rows])


@wrong("read_symbols", "same_picture")
def symbols_last_picture_everywhere(archive):
    X, ids = symbols_from_contents(archive)
    return np.stack([X[-1]] * len(X)), ids


@wrong("read_symbols", "returns_none")
def symbols_forgets_return(archive):
    symbols_from_contents(archive)


@wrong("read_symbols", "hard_coded_number")
def symbols_fixed_number(archive):
    X, ids = symbols_from_contents(archive)
    more = np.zeros((168, 32, 32), np.uint8)
    more[: len(X)] = X
    return more, np.concatenate([ids, np.zeros(168 - len(ids), int)])
