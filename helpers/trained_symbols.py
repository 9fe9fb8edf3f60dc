"""The kept weights of unit 07's small convolutional network, trained on the real HASYv2.

They come with what the network scored on pictures that it had never seen, so that a page can show
real results without the real data. `helpers.authoring.trained_symbols` made them.
"""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import numpy as np

from helpers.data.folders import EMBEDDED

PATH = EMBEDDED / "hasy_cnn.npz"
DIGEST = "01d1eefaa6e7902973d5c0fd5d1d582a8e2c7219f98801f1c84864c216f5f7ac"


class DamagedWeights(OSError):
    """The file of weights is not the one that belongs to this release."""


def load_trained(path: Path | str = PATH) -> tuple[list[np.ndarray], dict]:
    """Return weights for `model.set_weights`, and what they scored on the real test part.

    Parameters
    ----------
    path : Path or str, optional
        Another file than the one that comes with the book.

    Returns
    -------
    weights : list of float32 arrays
        Kernel and bias of each layer, kept as float16.
    record : dict
        ``"confusion"``, an int64 array (100, 100): rows are the true symbols of the test part,
        columns what the network said; ``"label_names"``, the LaTeX of the 100 symbols;
        ``"train_counts"``, the training pictures of each; ``"accuracy"`` and ``"top_3"``, shares
        of the test part; ``"bins"``, an array (10, 3) for a reliability diagram: of the answers
        with a confidence of 0 to .1, .1 to .2, … their number, the sum of their confidences, and
        how many were right; ``"credit"``, and under ``"made"`` how they were made.

    Raises
    ------
    DamagedWeights
        If the file is missing or is not the one that was published with this release.
    """
    try:
        packed = Path(path).read_bytes()
    except OSError as error:
        raise DamagedWeights(f"The trained weights cannot be read from {path}: {error}.") from error
    found = hashlib.sha256(packed).hexdigest()
    if found != DIGEST:
        raise DamagedWeights(
            f"{path} is not the file of trained weights that belongs to this release: its sha256 "
            f"begins with {found[:12]}, and {DIGEST[:12]} was published. Install the book's "
            "helpers once more."
        )
    return unpack(packed)


def unpack(packed: bytes) -> tuple[list[np.ndarray], dict]:
    """Return weights and record from the bytes of an .npz file; nothing is unpickled."""
    with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
        names = sorted(name for name in arrays.files if name.startswith("weights_"))
        weights = [arrays[name].astype("float32") for name in names]
        record = json.loads(str(arrays["record"]))
        record["confusion"] = arrays["confusion"].astype("int64")
        record["train_counts"] = arrays["train_counts"].astype("int64")
        record["bins"] = arrays["bins"]
    return weights, record


def pack(weights: list[np.ndarray], record: dict) -> bytes:
    """Return the bytes of an .npz file with the weights, as float16, and the record."""
    arrays = {f"weights_{place:02}": w.astype("float16") for place, w in enumerate(weights)}
    arrays["confusion"] = record["confusion"].astype("uint16")
    arrays["train_counts"] = record["train_counts"].astype("uint16")
    arrays["bins"] = record["bins"].astype("float64")
    words = {name: value for name, value in record.items() if name not in arrays}
    buffer = io.BytesIO()
    np.savez_compressed(buffer, record=np.array(json.dumps(words)), **arrays)
    return buffer.getvalue()
