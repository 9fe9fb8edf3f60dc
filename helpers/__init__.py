"""What the notebooks of First Layers import: checks, predictions, a few figures."""

from helpers.prediction import predict

__version__ = "0.1.0"
__all__ = ["predict"]
