"""Symbols in the manner of HASYv2, drawn by a program: a stand-in, not handwriting.

The classes, their order and the proportions of their sizes are those of the first 101 classes of
HASYv2, from a table of its counts. Every picture is drawn along the centre lines of a printed
symbol by a writer who does not exist.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from helpers.authoring.embedded.symbols_archive import Picture, pack
from helpers.authoring.embedded.symbols_lines import Face
from helpers.authoring.embedded.symbols_pen import Writer, draw, main_writer, other_writer

COUNTS = Path(__file__).parents[2] / "data" / "hasy_class_counts.csv"
ARCHIVE = "HASYv2.tar.bz2"
SEED = 259444
CLASSES = 101
SHARE, LEAST = 1 / 5, 15  # of the real set's pictures of a class; pictures of the rarest ones
TRAINING = 9 / 10  # the table lists the classes twice: first this share of each, then the rest

MAIN, OTHERS = 900_001, range(900_002, 900_062)  # user_id; those of the real set are smaller
# In the real set user 16925 drew 93 of 100 pictures of operators and Greek letters, but 3 of 100
# of Latin letters and digits: here, those whose name begins with a backslash, and the others.
MAIN_SHARE = {True: 0.93, False: 0.03}

# Pictures that are there more than once, as in the real set: under two classes, or under one.
CONFLICTS = (("I", "l"), ("I", "l"), ("I", "1"))
COPIES = {"T": 2, r"\sum": 2, "i": 2, r"\Gamma": 3}


def make_symbols(folder: Path) -> None:
    """Write the archive of symbols.

    Parameters
    ----------
    folder : Path
        Gets ``HASYv2.tar.bz2``.
    """
    training, test = divided(pictures())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ARCHIVE).write_bytes(pack(training, test))


def class_sizes() -> list[tuple[int, str, int]]:
    """Return symbol_id, LaTeX and number of pictures of each class.

    >>> class_sizes()[0]
    (31, 'A', 32)
    """
    with COUNTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[:CLASSES]
    return [
        (int(row["symbol_id"]), row["latex"], max(LEAST, round(int(row["images"]) * SHARE)))
        for row in rows
    ]


def pictures() -> list[Picture]:
    """Draw all pictures, class by class; none comes twice but those that are planted."""
    rng = np.random.default_rng(SEED)
    others = [other_writer(number, rng) for number in OTHERS]
    drawn: list[Picture] = []
    seen: set[bytes] = set()
    for symbol_id, latex, count in class_sizes():
        rng = np.random.default_rng([SEED, symbol_id])
        for _ in range(count):
            writer = _writer(latex, others, rng)
            drawn.append(Picture(symbol_id, latex, writer.number, _new(latex, writer, rng, seen)))
    _plant(drawn, seen)
    return drawn


def divided(drawn: list[Picture]) -> tuple[list[Picture], list[Picture]]:
    """Return the first nine tenths of each class, and the rest; the order stays."""
    sizes = {latex: count for _, latex, count in class_sizes()}
    met = dict.fromkeys(sizes, 0)
    training, test = [], []
    for picture in drawn:
        met[picture.latex] += 1
        late = met[picture.latex] > TRAINING * sizes[picture.latex]
        (test if late else training).append(picture)
    return training, test


def _writer(latex: str, others: list[Writer], rng: np.random.Generator) -> Writer:
    """Choose who draws: the main writer, or one of the others, the first most often."""
    if rng.random() < MAIN_SHARE[latex.startswith("\\")]:
        return main_writer(MAIN)
    weights = 1 / np.arange(1, len(others) + 1)
    return others[rng.choice(len(others), p=weights / weights.sum())]


def _new(latex: str, writer: Writer, rng: np.random.Generator, seen: set[bytes]) -> np.ndarray:
    """Draw a picture that is not in `seen`, and add it there."""
    while (ink := draw(latex, writer, rng)).tobytes() in seen:
        pass
    seen.add(ink.tobytes())
    return ink


def _plant(drawn: list[Picture], seen: set[bytes]) -> None:
    """Put copies in the place of some pictures; every class keeps its size and its writers."""
    rng = np.random.default_rng(SEED)
    places: dict[str, list[int]] = {}
    for place, picture in enumerate(drawn):
        places.setdefault(picture.latex, []).append(place)
    main = main_writer(MAIN)
    # A bar without serifs: what I, l and 1 have in common.
    plain = main._replace(faces=(Face("cm", r"\mathsf"),), shortened=(0,), blots=0)
    groups = [(pair, _new("I", plain, rng, seen)) for pair in CONFLICTS]
    groups += [((latex,) * n, _new(latex, main, rng, seen)) for latex, n in COPIES.items()]
    for classes, ink in groups:
        for latex in classes:
            place = places[latex].pop(rng.integers(len(places[latex])))
            drawn[place] = drawn[place]._replace(ink=ink)
