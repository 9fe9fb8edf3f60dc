"""Make Keras ready to be imported: quiet, and with a sentence where something is missing.

Call `prepare_keras()` before the first ``import keras`` or ``import tensorflow``.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import os
import sys
from pathlib import Path

# What TensorFlow is told before it starts. Its log differs from computer to computer; so does
# oneDNN, which is on by default only where the processor has certain instructions: it adds up in
# another order, and says so in a line that no log level silences.
TENSORFLOW_SETTINGS = {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"}


def chosen_backend() -> str:
    """Return the library that Keras computes with, found as Keras finds it, without importing it.

    Returns
    -------
    str
        ``KERAS_BACKEND`` from the environment, else ``"backend"`` in Keras's settings file, else
        ``"tensorflow"``.
    """
    if os.environ.get("KERAS_BACKEND"):
        return os.environ["KERAS_BACKEND"]
    home = os.environ.get("KERAS_HOME") or Path.home() / ".keras"
    try:
        settings = json.loads(Path(home, "keras.json").read_text(encoding="utf-8"))
        return settings.get("backend", "tensorflow")
    except (OSError, ValueError, AttributeError):
        return "tensorflow"


def prepare_keras() -> None:
    """Quieten TensorFlow, and make sure that Keras 3 and its backend are installed.

    A variable of the environment that is set already is left as it is. Nothing is imported.

    Raises
    ------
    ImportError
        If Keras is missing or older than version 3, or if its backend is missing. The message
        says what to run.
    """
    for name, value in TENSORFLOW_SETTINGS.items():
        os.environ.setdefault(name, value)
    if "keras" not in sys.modules:
        _demand_keras_3()
    backend = chosen_backend()
    if importlib.util.find_spec(backend) is None:
        raise ImportError(
            f"Keras computes with {backend} here, and {backend} is not installed. "
            f"Run %pip install {backend} in a cell of its own, then restart the kernel."
        )


def _demand_keras_3() -> None:
    """Raise a sentence unless a Keras of version 3 or newer can be imported."""
    if importlib.util.find_spec("keras") is None:
        raise ImportError(
            "This notebook needs Keras, and it is not installed. "
            "Run %pip install tensorflow in a cell of its own (it brings Keras), "
            "then restart the kernel."
        )
    try:
        version = importlib.metadata.version("keras")
    except importlib.metadata.PackageNotFoundError:  # a nightly build goes by another name
        return
    if int(version.split(".")[0]) < 3:
        raise ImportError(
            f"This notebook needs Keras 3, and version {version} is installed. "
            'Run %pip install --upgrade "keras>=3.7" tensorflow in a cell of its own, '
            "then restart the kernel."
        )
