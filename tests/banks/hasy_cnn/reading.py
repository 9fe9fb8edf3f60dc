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


@wrong("read_symbols", "scaled")
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


@wrong("read_symbols", "first_line_as_row")
def symbols_first_line_as_data(archive):
    files = contents(archive)
    cells = list(csv.reader(io.StringIO(files["hasy-data-labels.csv"].decode())))
    X = np.stack([grey(files[cell[0]]) for cell in cells])
    return X, np.array([int(cell[1]) for cell in cells])


@wrong("read_symbols", "split_at_commas")
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


@wrong("read_symbols", "wrong_number")
def symbols_fixed_number(archive):
    X, ids = symbols_from_contents(archive)
    more = np.zeros((168, 32, 32), np.uint8)
    more[: len(X)] = X
    return more, np.concatenate([ids, np.zeros(168 - len(ids), int)])


@right("read_symbols")
def symbols_as_in_the_book(archive):
    pictures, X, ids = {}, [], []
    with tarfile.open(archive) as members:
        for member in members:
            if member.name.endswith(".png"):
                data = members.extractfile(member).read()
                pictures[member.name] = np.asarray(Image.open(io.BytesIO(data)).convert("L"))
            elif member.name.endswith("hasy-data-labels.csv"):
                table = members.extractfile(member).read().decode()
    for row in csv.DictReader(io.StringIO(table, newline="")):
        X.append(pictures[row["path"]])
        ids.append(int(row["symbol_id"]))
    return np.stack(X), np.array(ids)


@right("read_symbols")
def symbols_with_pandas_like_columns(archive):
    files = {name.split("/")[-1]: data for name, data in contents(archive).items()}
    rows = csv.reader(io.TextIOWrapper(io.BytesIO(files["hasy-data-labels.csv"]), "utf-8"))
    columns = dict(zip(next(rows), zip(*rows)))
    pictures = [Image.open(io.BytesIO(files[path[10:]])) for path in columns["path"]]
    X = np.concatenate([np.array(picture.convert("L"))[None] for picture in pictures])
    return X, np.array(columns["symbol_id"]).astype(np.int64)


@right("read_symbols")
def symbols_mean_of_channels(archive):
    files = contents(archive)
    rows = table(files)
    colour = np.array([np.array(Image.open(io.BytesIO(files[row["path"]]))) for row in rows])
    return colour.mean(axis=3).astype(np.uint8), np.array([int(row["symbol_id"]) for row in rows])


@right("read_symbols")
def symbols_sorted_afterwards(archive):
    files = contents(archive)
    place = {row["path"]: (at, int(row["symbol_id"])) for at, row in enumerate(table(files))}
    found = [(*place[name], grey(data)) for name, data in files.items() if name in place]
    found.sort(key=lambda each: each[0])
    return np.stack([each[2] for each in found]), np.array([each[1] for each in found])


@right("read_symbols")
def symbols_as_a_stream(archive):
    files = {}
    with open(archive, "rb") as file, tarfile.open(fileobj=file, mode="r|bz2") as tar:
        for member in tar:
            if member.isreg():
                files[member.name] = tar.extractfile(member).read()
    rows = table(files)
    X = np.empty((len(rows), 32, 32), dtype="uint8")
    for image, row in zip(X, rows):
        image[:] = grey(files[row["path"]])
    return X, np.fromiter((int(row["symbol_id"]) for row in rows), dtype=int)


@wrong("read_symbols", "a_list")
def symbols_lists(archive):
    X, ids = symbols_from_contents(archive)
    return list(X), ids.tolist()


@wrong("read_symbols", "a_list")
def symbols_list_of_ids(archive):
    X, ids = symbols_from_contents(archive)
    return X, ids.tolist()


@wrong("read_symbols", "scaled")
def symbols_ones_in_bytes(archive):
    X, ids = symbols_from_contents(archive)
    return X // 255, ids


@wrong("read_symbols", "scaled")
def symbols_ones_as_float(archive):
    X, ids = symbols_from_contents(archive)
    return (X / 255).round(), ids


@wrong("read_symbols", "other_table")
def symbols_of_any_table(archive):
    files = contents(archive)
    for name in files:
        if name.endswith(".csv"):
            rows = list(csv.DictReader(io.StringIO(files[name].decode())))
    X = np.stack([grey(files[row["path"]]) for row in rows])
    return X, np.array([int(row["symbol_id"]) for row in rows])


@wrong("read_symbols", "first_line_as_row")
def symbols_of_the_first_table(archive):
    files = contents(archive)
    name = next(name for name in files if name.endswith(".csv"))
    rows = list(csv.DictReader(io.StringIO(files[name].decode())))
    X = np.stack([grey(files[row["path"]]) for row in rows])
    return X, np.array([int(row["symbol_id"]) for row in rows])


@wrong("read_symbols", "first_line_as_row")
def symbols_all_lines_to_numbers(archive):
    files = contents(archive)
    cells = list(csv.reader(io.StringIO(files["hasy-data-labels.csv"].decode())))
    return None, np.array([int(cell[1]) for cell in cells])


@wrong("read_symbols", "text_and_bytes")
def symbols_bytes_for_text(archive):
    files = contents(archive)
    rows = list(csv.DictReader(io.StringIO(files["hasy-data-labels.csv"])))
    return np.stack([grey(files[row["path"]]) for row in rows]), rows


@wrong("read_symbols", "text_and_bytes")
def symbols_table_from_bytes(archive):
    files = contents(archive)
    rows = list(csv.DictReader(io.BytesIO(files["hasy-data-labels.csv"])))
    return np.stack([grey(files[row["path"]]) for row in rows]), rows


@wrong("read_symbols", "folders_read")
def symbols_reads_folders(archive):
    with tarfile.open(archive) as tar:
        files = {member.name: tar.extractfile(member).read() for member in tar}
    return table(files)


@wrong("read_symbols", "not_an_open_file")
def symbols_opened_by_name(archive):
    rows = table(contents(archive))
    X = np.stack([np.asarray(Image.open(row["path"]).convert("L")) for row in rows])
    return X, np.array([int(row["symbol_id"]) for row in rows])


@wrong("read_symbols", "not_an_open_file")
def symbols_opens_bytes(archive):
    files = contents(archive)
    rows = table(files)
    X = np.stack([np.asarray(Image.open(files[row["path"]]).convert("L")) for row in rows])
    return X, np.array([int(row["symbol_id"]) for row in rows])


@wrong("read_symbols", "no_such_picture")
def symbols_folder_cut_off(archive):
    files = contents(archive)
    pictures = {name.split("/")[-1]: files[name] for name in files if name.endswith(".png")}
    rows = table(files)
    X = np.stack([grey(pictures[row["path"]]) for row in rows])
    return X, np.array([int(row["symbol_id"]) for row in rows])


@wrong("read_symbols", "table_expected_first")
def symbols_table_before_pictures(archive):
    X, ids = [], []
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.name.endswith("hasy-data-labels.csv"):
                text = tar.extractfile(member).read().decode()
                known = {row["path"]: row for row in csv.DictReader(text.splitlines())}
            elif member.name.endswith(".png"):
                ids.append(int(known[member.name]["symbol_id"]))
                X.append(grey(tar.extractfile(member).read()))
    return np.stack(X), np.array(ids)


_SEEN = [], []


@wrong("read_symbols", "grows_between_calls")
def symbols_lists_outside(archive):
    X, ids = symbols_from_contents(archive)
    if len(_SEEN[1]) >= 66:  # a check before this one
        for kept in _SEEN:
            kept.clear()
    _SEEN[0].extend(X)
    _SEEN[1].extend(ids)
    return np.array(_SEEN[0]), np.array(_SEEN[1])


@wrong("read_symbols", "order_of_members")
def symbols_ids_of_members(archive):
    files = contents(archive)
    number = {row["path"]: int(row["symbol_id"]) for row in table(files)}
    names = [name for name in files if name in number]
    return np.stack([grey(files[name]) for name in names]), np.array([number[n] for n in names])


@wrong("read_symbols", "row_lost")
def symbols_each_picture_once(archive):
    X, ids = symbols_from_contents(archive)
    first = sorted({image.tobytes(): place for place, image in enumerate(X)}.values())
    return X[first], ids[first]


@wrong("read_symbols", "wrong_pixels")
def symbols_resized(archive):
    X, ids = symbols_from_contents(archive)
    return np.where(X + np.roll(X, 1, axis=2) > 0, 255, 0).astype(np.uint8), ids


@wrong("read_symbols", "order_of_names")
def symbols_all_sorted_by_name(archive):
    files = contents(archive)
    rows = sorted(table(files), key=lambda row: row["path"])
    X = np.stack([grey(files[row["path"]]) for row in rows])
    return X, np.array([int(row["symbol_id"]) for row in rows])


@wrong("read_symbols", "wrong_ids")
def symbols_sorted_ids(archive):
    X, ids = symbols_from_contents(archive)
    return X, np.sort(ids)


@right("read_symbols")
def symbols_first_two_cells(archive):
    files = contents(archive)
    lines = files["hasy-data-labels.csv"].decode().splitlines()[1:]
    cells = [line.split(",")[:2] for line in lines]
    return np.stack([grey(files[a]) for a, _ in cells]), np.array([int(b) for _, b in cells])


@wrong("read_symbols", "empty_last_line")
def symbols_empty_last_line(archive):
    files = contents(archive)
    lines = files["hasy-data-labels.csv"].decode().split("\n")[1:]
    cells = [line.split(",") for line in lines]
    return np.stack([grey(files[c[0]]) for c in cells]), np.array([int(c[1]) for c in cells])


@wrong("read_symbols", "not_whole")
def symbols_float_ids(archive):
    X, ids = symbols_from_contents(archive)
    return X, ids.astype(float)


@wrong("read_symbols", "ids_not_flat")
def symbols_column_of_ids(archive):
    X, ids = symbols_from_contents(archive)
    return X, ids[:, None]


@wrong("read_symbols", "archive_gone")
def symbols_archive_removed(archive):
    both = symbols_from_contents(archive)
    archive.unlink()
    return both


@wrong("read_symbols", "unpacks")
def symbols_kept_on_the_disk(archive):
    X, ids = symbols_from_contents(archive)
    np.savez("symbols.npz", X=X, ids=ids)
    return X, ids


@wrong("read_symbols", "no_number")
def symbols_number_of_the_path(archive):
    files = contents(archive)
    rows = table(files)
    X = [grey(files[row["path"]]) for row in rows]
    return np.stack(X), np.array([int(row["path"]) for row in rows])


@wrong("read_symbols", "wrong_shape")
def symbols_paths_for_pictures(archive):
    rows = table(contents(archive))
    return np.stack([row["path"] for row in rows]), np.array([int(r["symbol_id"]) for r in rows])
