"""Several networks of one shape, trained at the same time on the same batches.

Each new Keras model costs a second before its first step. Here all networks are one Keras model,
whose layers have one axis more. Nothing flows between them: each takes the steps it would alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from helpers.first_weights import first_weights
from helpers.independent_steps import checked_rates, demand_weight_by_weight, summed_loss

_SAMPLE = 5000  # samples of the training part on which loss and accuracy are measured
_BATCH = 2000  # samples measured at once
_MOST_STEPS_A_CALL = 16


class SideBySide:
    """Several classifiers of one shape, each from a start of its own, as one Keras model.

    They have dense layers with biases, and a softmax with cross-entropy at the end.

    Parameters
    ----------
    layers : sequence of int
        Sizes from the input to the number of classes, e.g. ``[60, 128, 10]``.
    seeds : sequence of int
        The seed of each network's first weights; their number is the number of networks.
    activation : str or callable, optional
        After each layer but the last, as Keras takes it.
    start : {"glorot", "he"} or float, optional
        How the first weights are drawn; see `first_weights`.

    Examples
    --------
    >>> nets = SideBySide([60, 128, 10], seeds=[1, 2, 3])
    >>> len(nets.weights(0))
    4
    """

    def __init__(
        self,
        layers: Sequence[int],
        seeds: Sequence[int],
        activation: str | Callable = "relu",
        start: str | float = "glorot",
    ):
        self.layers = [int(size) for size in layers]
        self.seeds = list(seeds)
        if len(self.layers) < 2 or min(self.layers) < 1 or not self.seeds:
            raise ValueError(
                "SideBySide needs at least two sizes in `layers`, input and output, "
                f"and at least one seed; it got layers={layers}, seeds={seeds}."
            )
        self.activation = activation
        each = [first_weights(self.layers, seed, start) for seed in self.seeds]
        self._start = [np.stack(parts) for parts in zip(*each, strict=True)]
        self._model = None  # made at the first use, which tells the kind of input
        self._new_optimizer = None

    def compile(self, optimizer="adam", rates: Sequence[float] | None = None) -> None:
        """Choose how the networks are trained. Weights that are trained already stay.

        Parameters
        ----------
        optimizer : str or keras.optimizers.Optimizer, optional
            Its name or an instance, of which a copy is used.
        rates : sequence of float, optional
            A learning rate for each network; only for SGD. It multiplies the network's loss
            while the optimizer takes steps of 1 (with an instance: of its own learning rate).

        Raises
        ------
        ValueError
            If the optimizer would mix the networks, or the rates do not fit.
        """
        import keras

        by_name = isinstance(optimizer, str)
        optimizer = keras.optimizers.get(optimizer)
        settings = optimizer.get_config()
        demand_weight_by_weight(optimizer, settings)
        if rates is not None:
            rates = checked_rates(rates, len(self.seeds), optimizer, settings)
            if by_name:
                settings["learning_rate"] = 1.0
        self._new_optimizer = lambda: type(optimizer).from_config(settings)
        self._rates = np.ones(len(self.seeds)) if rates is None else rates
        self._fresh = None

    def fit(
        self,
        X: np.ndarray,
        y: np.ndarray,
        validation: tuple[np.ndarray, np.ndarray] | None = None,
        epochs: int = 5,
        batch_size: int = 128,
        seed: int = 0,
        after_epoch: Callable[[int, dict[str, np.ndarray]], None] | None = None,
    ) -> dict[str, np.ndarray]:
        """Train all networks, and measure each of them after every epoch.

        A second call goes on from where the first ended; `restart` goes back.

        Parameters
        ----------
        X : array of shape (n, d) or (n, networks, d)
            Inputs, the same for all networks or some for each.
        y : array of n integers
            Classes, from 0.
        validation : pair of arrays, optional
            Inputs and classes of the validation part, of the same kind.
        epochs, batch_size : int, optional
            As in Keras.
        seed : int, optional
            Of the order of the samples, which is new in each epoch. Neither NumPy's nor Keras's
            global random state is used or changed.
        after_epoch : callable, optional
            Called with the number of the epoch (from 1) and what was measured, name to array.

        Returns
        -------
        dict of arrays of shape (epochs, networks)
            ``"loss"`` and ``"accuracy"``, after each epoch, on a sample of at most 5,000 of the
            training samples, the same each time; with `validation` also ``"val_loss"`` and
            ``"val_accuracy"``. The loss of a network that has diverged is nan or inf; its
            accuracy is that of the first class for everything, as in Keras.
        """
        if min(epochs, batch_size) < 1:
            raise ValueError(f"{epochs=} and {batch_size=}: both have to be 1 or more.")
        X, y = self._checked(X, y)
        parts = {"": _sample(X, y)}
        if validation is not None:
            parts["val_"] = self._checked(*validation)
        for inputs, _ in parts.values():
            self._make(inputs.ndim)
        self._prepare_training(batches=-(-len(X) // batch_size))
        rng = np.random.default_rng(seed)
        history = []
        for epoch in range(epochs):
            order = rng.permutation(len(X))
            self._model.fit(X[order], y[order], batch_size=batch_size, shuffle=False, verbose=0)
            measured = {}
            for prefix, part in parts.items():
                loss, accuracy = self._measure(*part)
                measured |= {prefix + "loss": loss, prefix + "accuracy": accuracy}
            history.append(measured)
            if after_epoch is not None:
                after_epoch(epoch + 1, measured)
        return {name: np.array([row[name] for row in history]) for name in history[0]}

    def evaluate(self, X: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the mean loss and the accuracy of each network, two arrays (networks,)."""
        X, y = self._checked(X, y)
        self._make(X.ndim)
        return self._measure(X, y)

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Return each network's probabilities, an array of shape (n, networks, classes)."""
        X, _ = self._checked(X, np.zeros(len(X), dtype=int))
        self._make(X.ndim)
        logits = np.concatenate([self._logits(X[rows]) for rows in _batches(len(X))])
        return np.exp(_log_softmax(logits))

    def weights(self, network: int) -> list[np.ndarray]:
        """Return one network's weights, ``[kernel, bias, ...]``, as an own Keras model has them."""
        together = self._start if self._model is None else self._model.get_weights()
        return [part[network].copy() for part in together]

    def restart(self) -> None:
        """Go back to the first weights and a new optimizer, without the cost of a new model."""
        if self._model is not None:
            self._model.set_weights(self._start)
        if self._fresh is not None:
            for variable, value in zip(self._model.optimizer.variables, self._fresh, strict=True):
                variable.assign(value)

    def _checked(self, X, y) -> tuple[np.ndarray, np.ndarray]:
        """Return X as float32 and y as integers, or say what does not fit."""
        X, y = np.asarray(X, dtype="float32"), np.asarray(y)
        d, k, networks = self.layers[0], self.layers[-1], len(self.seeds)
        if X.shape[1:] not in ((d,), (networks, d)) or len(X) == 0:
            raise ValueError(
                f"X has the shape {X.shape}. These {networks} networks take (n, {d}), or "
                f"(n, {networks}, {d}) with inputs for each."
            )
        if y.shape != (len(X),) or y.dtype.kind not in "buif":
            raise ValueError(
                f"y has the shape {y.shape} and the type {y.dtype}; for these {len(X)} samples it "
                f"has to be ({len(X)},) whole numbers: the class of each."
            )
        if np.any(y != y.astype(int)) or y.min() < 0 or y.max() >= k:
            raise ValueError(
                f"y holds values from {y.min()} to {y.max()}; with {k} outputs the classes are "
                f"whole numbers from 0 to {k - 1}."
            )
        return X, y.astype("int32")

    def _make(self, ndim: int) -> None:
        """Build the Keras model at its first use."""
        if self._model is None:
            self._model = self._new_model(ndim)
            self._model.set_weights(self._start)
        axes = len(self._model.input_shape)
        if ndim != axes:
            raise ValueError(
                f"X has {ndim} axes, and these networks were used with {axes} before. "
                "Make a new SideBySide for the other kind of input."
            )

    def _new_model(self, ndim: int):
        """Return the Keras model for inputs with `ndim` axes; its outputs are logits."""
        import keras

        networks = len(self.seeds)
        shape = (networks, self.layers[0])
        outputs = inputs = keras.Input(shape[-1:] if ndim == 2 else shape)
        for depth, size in enumerate(self.layers[1:], start=2):
            outputs = keras.layers.EinsumDense(
                "bi,sio->bso" if outputs.ndim == 2 else "bsi,sio->bso",
                output_shape=(networks, size),
                bias_axes="so",
                activation=self.activation if depth < len(self.layers) else None,
                # Set afterwards: for Keras the axis of the networks would count as inputs, and a
                # draw would change the global random state.
                kernel_initializer="zeros",
            )(outputs)
        return keras.Model(inputs, outputs)

    def _prepare_training(self, batches: int) -> None:
        """Compile the model where it is not, for epochs of so many batches."""
        import keras

        if self._new_optimizer is None:
            self.compile()
        if self._fresh is None:
            optimizer = self._new_optimizer()
            self._model.compile(optimizer, loss=summed_loss(self._rates))
            optimizer.build(self._model.trainable_variables)
            # Copies: some backends give a view of the memory in which training goes on.
            self._fresh = [
                np.array(keras.ops.convert_to_numpy(v.value)) for v in optimizer.variables
            ]
        steps = _steps_a_call(batches)
        if steps != self._model.steps_per_execution:
            # Compiling once more would throw away what the optimizer has gathered.
            self._model.steps_per_execution = steps
            self._model.make_train_function(force=True)

    def _measure(self, X: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return loss and accuracy of each network, measured in batches."""
        loss, right = np.zeros((2, len(self.seeds)))
        for rows in _batches(len(X)):
            log_p = _log_softmax(self._logits(X[rows]))
            loss -= np.take_along_axis(log_p, y[rows, None, None], axis=-1).sum(axis=(0, 2))
            right += (log_p.argmax(axis=-1) == y[rows, None]).sum(axis=0)
        return loss / len(X), right / len(X)

    def _logits(self, X: np.ndarray) -> np.ndarray:
        """Return the outputs before the softmax, (n, networks, classes)."""
        from keras import ops

        return ops.convert_to_numpy(self._model(X, training=False)).astype(float)


def _steps_a_call(batches: int) -> int:
    """Return how many batches TensorFlow takes in one call: as many as go into an epoch evenly.

    Older versions of Keras may lose steps of a call that the data do not fill. Other backends
    gain nothing: JAX would compile each step of a call anew.
    """
    import keras

    if keras.backend.backend() != "tensorflow":
        return 1
    return max(steps for steps in range(1, _MOST_STEPS_A_CALL + 1) if batches % steps == 0)


def _sample(X: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return at most `_SAMPLE` of the samples, spread evenly over all."""
    if len(X) <= _SAMPLE:
        return X, y
    chosen = np.linspace(0, len(X) - 1, _SAMPLE).round().astype(int)
    return X[chosen], y[chosen]


def _batches(n: int) -> list[slice]:
    """Return the slices of `_BATCH` rows that make up n rows."""
    return [slice(first, first + _BATCH) for first in range(0, n, _BATCH)]


def _log_softmax(logits: np.ndarray) -> np.ndarray:
    """Return the logarithm of the softmax along the last axis; nan after divergence."""
    with np.errstate(invalid="ignore", over="ignore"):
        shifted = logits - logits.max(axis=-1, keepdims=True)
        return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
