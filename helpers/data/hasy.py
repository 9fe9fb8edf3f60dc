"""The symbols of HASYv2, from the .tar.bz2 in which they are published."""

from __future__ import annotations

import csv
import io
import posixpath
from pathlib import Path
from typing import NamedTuple, NoReturn

import numpy as np

from helpers.data.archives import ArchiveError, Limits, files
from helpers.data.contents import content
from helpers.data.images import read_pngs

SIDE = 32  # pixels
TABLE, CLASSES = "hasy-data-labels.csv", "symbols.csv"
COLUMNS = ("path", "symbol_id", "latex", "user_id")
# HASYv2 has 168,268 members, unpacks to 260 MB, and its largest table has 7.2 MB.
LIMITS = Limits(members=500_000, member_bytes=16 << 20, total_bytes=512 << 20)


class Symbols(NamedTuple):
    """Pictures of symbols, in the order of hasy-data-labels.csv.

    Parameters
    ----------
    images : uint8 array, shape (n, 32, 32)
        Ink is 0 and paper 255.
    labels : int64 array, shape (n,)
        0 to k - 1; the classes are in the order of their symbol_id.
    label_names : tuple of k str
        LaTeX of each class.
    symbol_ids : int64 array, shape (k,)
        The set's own number of each class: ``symbol_ids[labels]`` has one for each picture.
    writers : int64 array, shape (n,)
        Who drew it: the set's user_id.
    file_names : tuple of n str
        The path of each picture, as the table gives it.
    skipped : tuple of (str, str)
        Member and reason of each picture that is not readable, or that the table or the archive
        lacks.
    """

    images: np.ndarray
    labels: np.ndarray
    label_names: tuple[str, ...]
    symbol_ids: np.ndarray
    writers: np.ndarray
    file_names: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]

    def content(self) -> str:
        """Return the digest of pixels and the set's own numbers of the classes."""
        return content(self.images, self.symbol_ids[self.labels])


def read_symbols(path: Path | str) -> Symbols:
    """Read the pictures of an archive like HASYv2.tar.bz2.

    Parameters
    ----------
    path : Path or str
        Holds ``hasy-data-labels.csv`` with the columns path, symbol_id, latex and user_id, the
        pictures it names, and perhaps ``symbols.csv``, in any order.

    Returns
    -------
    Symbols

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ArchiveError
        If the archive is damaged or not to be trusted, if a table cannot be read or contradicts
        itself or the other one, or if no picture of the table is there.
    """
    tables, pngs, top = _contents(path)
    table = _Table(path, TABLE, tables[TABLE], COLUMNS)
    paths = table.once("path")
    members = [top + name for name in paths]
    ids, writers = table.numbers("symbol_id"), table.numbers("user_id")
    names = _names(table, ids, path, tables.get(CLASSES))
    listed = np.array([i for i, member in enumerate(members) if member in pngs], np.int64)
    if not len(listed):
        raise ArchiveError(path, "names no picture that is in the archive", TABLE)
    lacking = f"is in {TABLE}, but not in the archive"
    skipped = [(member, lacking) for member in members if member not in pngs]
    images, kept, reasons = read_pngs([pngs.pop(members[i]) for i in listed], SIDE, SIDE)
    skipped += [(members[listed[i]], reason) for i, reason in reasons.items()]
    skipped += [(member, f"is in the archive, but not in {TABLE}") for member in pngs]
    listed = listed[kept]
    symbol_ids, labels = np.unique(ids[listed], return_inverse=True)
    return Symbols(
        images,
        labels.astype(np.int64),
        tuple(names[number] for number in symbol_ids.tolist()),
        symbol_ids,
        writers[listed],
        tuple(paths[i] for i in listed),
        tuple(sorted(skipped)),
    )


def _contents(path: Path | str) -> tuple[dict[str, bytes], dict[str, bytes], str]:
    """Return the two tables, the pictures, and the folder from which the first table counts."""
    tables: dict[str, bytes] = {}
    pngs: dict[str, bytes] = {}
    places: dict[str, str] = {}
    for member, data in files(path, LIMITS):
        if member.lower().endswith(".png"):
            pngs[member] = data
            continue
        name = posixpath.basename(member)
        if name in (TABLE, CLASSES):
            if name in tables:
                raise ArchiveError(path, f"is there as well as {places[name]!r}", member)
            tables[name], places[name] = data, member
    if TABLE not in tables:
        raise ArchiveError(path, f"has no {TABLE}, which says what its pictures show")
    return tables, pngs, places[TABLE].removesuffix(TABLE)


def _names(
    table: _Table, ids: np.ndarray, path: Path | str, classes: bytes | None
) -> dict[int, str]:
    """Return the LaTeX of each class; the tables must agree on it."""
    known: dict[int, str] = {}
    if classes is not None:
        other = _Table(path, CLASSES, classes, ("symbol_id", "latex"))
        other.once("symbol_id")
        known = dict(zip(other.numbers("symbol_id").tolist(), other["latex"], strict=True))
    names: dict[int, str] = {}
    for place, (number, latex) in enumerate(zip(ids.tolist(), table["latex"], strict=True)):
        if names.setdefault(number, known.get(number, latex)) != latex:
            what = f"{latex!r}, but the symbol {number} is called {names[number]!r} elsewhere"
            table.refuse(place, "latex", what)
        if classes is not None and number not in known:
            table.refuse(place, "symbol_id", f"{number}, which {CLASSES} does not know")
    return names


class _Table:
    """The wanted columns of a CSV file, and where in it a cell stands.

    Cells stay text: to pandas a symbol called NA would be a missing one.
    """

    def __init__(self, path: Path | str, name: str, data: bytes, columns: tuple[str, ...]):
        self.path, self.name = path, name
        reader = csv.reader(io.StringIO(self._text(data), newline=""), strict=True)
        try:
            header = next(reader, [])
            for column in columns:
                if header.count(column) != 1:
                    what = f"has in line 1 not one column {column!r}, but these: {header}"
                    raise ArchiveError(path, what, name)
            rows, self.lines = self._rows(reader, header)
        except csv.Error as error:
            what = f"cannot be read in line {reader.line_num}: {error}"
            raise ArchiveError(path, what, name) from error
        self.columns = {
            column: [row[place] for row in rows]
            for column, place in ((column, header.index(column)) for column in columns)
        }

    def __getitem__(self, column: str) -> list[str]:
        return self.columns[column]

    def refuse(self, place: int, column: str, what: str) -> NoReturn:
        """Raise an error about a cell: its line and column are named."""
        where = f"has in line {self.lines[place]}, column {column}, "
        raise ArchiveError(self.path, where + what, self.name)

    def numbers(self, column: str) -> np.ndarray:
        """Return a column of whole numbers as int64."""
        values: dict[str, int] = {}
        for text in set(self[column]):
            if text.isascii() and text.isdigit() and len(text) < 19:
                values[text] = int(text)
            else:
                self.refuse(self[column].index(text), column, f"{text!r}, which is no whole number")
        return np.array([values[text] for text in self[column]], np.int64)

    def once(self, column: str) -> list[str]:
        """Return a column in which no text comes twice."""
        texts, first = self[column], {}
        if len(set(texts)) < len(texts):
            for place, text in enumerate(texts):
                if first.setdefault(text, place) != place:
                    what = f"{text!r}, which is in line {self.lines[first[text]]} as well"
                    self.refuse(place, column, what)
        return texts

    def _text(self, data: bytes) -> str:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            what = f"is not in UTF-8 in line {data.count(10, 0, error.start) + 1}"
            raise ArchiveError(self.path, what, self.name) from error

    def _rows(self, reader, header: list[str]) -> tuple[list[list[str]], list[int]]:
        """Return the rows and the line in which each begins."""
        rows, lines, line = [], [], reader.line_num + 1
        for row in reader:
            if row:  # not a blank line
                if len(row) != len(header):
                    what = f"has in line {line} {len(row)} columns, not the {len(header)} of line 1"
                    missing = ", ".join(header[len(row) :])
                    raise ArchiveError(
                        self.path, f"{what}; missing: {missing or 'none'}", self.name
                    )
                if len(rows) == LIMITS.members:
                    raise ArchiveError(self.path, f"has more than {len(rows):,} rows", self.name)
                rows.append(row)
                lines.append(line)
            line = reader.line_num + 1
        return rows, lines
