"""Three data sets behind one small reader: real when wanted, else what is built in.

``source="embedded"``, the default, reads what comes with this package: a part of MNIST, and
stand-ins for notMNIST and HASYv2 with their format and their vices. ``source="real"`` reads the
published archives: from the folder that ``FIRST_LAYERS_DATA`` names, or fetched once.
"""

from __future__ import annotations

import functools
from pathlib import Path

import numpy as np

from helpers.data import folders, real
from helpers.data import hasy as _hasy
from helpers.data import mnist as _mnist
from helpers.data import notmnist as _notmnist
from helpers.data.hasy import Symbols
from helpers.data.notmnist import Letters
from helpers.data.registry import dataset
from helpers.data.table import Table

__all__ = ["archive", "describe", "hasy", "mnist", "notmnist"]

FORMATS = {
    "mnist": real.Format(_mnist.Digits, _mnist.read_digits),
    "notmnist": real.Format(Letters, _notmnist.read_letters),
    "hasy": real.Format(Symbols, _hasy.read_symbols),
}

Pair = tuple[np.ndarray, np.ndarray]


def mnist(source: str | None = None) -> tuple[Pair, Pair]:
    """Return handwritten digits, for training and for the test.

    Parameters
    ----------
    source : {"embedded", "real"}, optional
        What to read; when left out, what ``FIRST_LAYERS_SOURCE`` says, else ``"embedded"``.

    Returns
    -------
    (x, y), (x_test, y_test)
        Pictures, uint8 of shape (n, 28, 28), paper 0 and ink up to 255; and their digits, int64
        of shape (n,). The real set has 60,000 and 10,000. The arrays are read-only.

    Raises
    ------
    helpers.data.real.NoRealData
        When the real set is neither here nor to be had.

    Examples
    --------
    >>> (x, y), (x_test, y_test) = mnist("embedded")
    >>> x.dtype, x.shape[1:], len(x) == len(y)
    (dtype('uint8'), (28, 28), True)
    """
    digits = _load("mnist", source)
    return (digits.x, digits.y), (digits.x_test, digits.y_test)


def notmnist(source: str | None = None) -> Letters:
    """Return pictures of the letters A to J in many fonts.

    Parameters and errors are those of `mnist`. The real set, notMNIST_small, has 18,724 readable
    pictures; what is built in is made from other, openly licensed fonts.

    Returns
    -------
    Letters
        ``images`` uint8 of shape (n, 28, 28), ``labels`` int64 of shape (n,), ``label_names``,
        ``file_names``, and the ``skipped`` members with their reasons.
    """
    return _load("notmnist", source)


def hasy(source: str | None = None) -> Symbols:
    """Return pictures of mathematical symbols.

    Parameters and errors are those of `mnist`. The real set, HASYv2, has 168,233 handwritten
    pictures of 369 classes; what is built in is synthetic, not handwriting.

    Returns
    -------
    Symbols
        ``images`` uint8 of shape (n, 32, 32), ink 0 on paper 255; ``labels`` int64 of shape (n,);
        ``label_names`` (LaTeX), ``symbol_ids``, ``writers``, ``file_names`` and ``skipped``.
    """
    return _load("hasy", source)


def archive(name: str, source: str | None = None) -> Path:
    """Return where the raw archive of a data set lies, for those who read it themselves.

    Parameters
    ----------
    name : {"mnist", "notmnist", "hasy"}
        Which one.
    source : {"embedded", "real"}, optional
        As in `mnist`.

    Returns
    -------
    Path
        The .tar.gz or .tar.bz2; for MNIST the folder with its four files.

    Raises
    ------
    ValueError
        When there is no data set of that name.
    helpers.data.real.NoRealData
        When the real set is neither here nor to be had.

    Examples
    --------
    >>> archive("notmnist", "embedded").name
    'notMNIST_small.tar.gz'
    """
    known = dataset(name)
    if folders.chosen(source) == "real":
        return real.place(known, FORMATS[name])
    place = folders.EMBEDDED / (name if len(known.files) > 1 else known.files[0].name)
    if not place.exists():
        raise FileNotFoundError(f'No stand-in for {name} is built in yet: ask for source="real".')
    return place


def describe(source: str | None = None) -> Table:
    """Return a table of the data sets: source in use, size, licence, where each lies.

    Nothing is fetched for it.

    Parameters
    ----------
    source : {"embedded", "real"}, optional
        As in `mnist`.
    """
    from helpers.data.commands import overview

    return overview(source)


def _load(name: str, source: str | None) -> tuple:
    if folders.chosen(source) == "real":
        return real.load(dataset(name), FORMATS[name])
    return _embedded(name)


@functools.cache
def _embedded(name: str) -> tuple:
    value = FORMATS[name].read(archive(name, "embedded"))
    for field in value:
        if isinstance(field, np.ndarray):
            field.flags.writeable = False  # every caller gets the same arrays
    return value
