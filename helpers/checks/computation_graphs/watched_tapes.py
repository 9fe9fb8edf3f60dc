"""Watch what TensorFlow's tapes are asked, to tell why a gradient is missing.

TensorFlow is imported where it is needed, not with this module.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator

from helpers.checks.running import Wrong


class Questions:
    """What tapes were asked while they were watched.

    Attributes
    ----------
    asked : bool
        Whether any tape was asked for a gradient.
    target_is_tensor : bool
        Whether the last question was about the slope of a tensor; a number or an array has none.
    target_is_number : bool
        Whether it was about a single number.
    sources : list of str
        What stands for each source of all questions: "constant" (a tensor that no tape watches),
        "unused" (a variable that the tape never met), "used" (one that it met), "wrapped" (a
        variable of Keras that it met), "array".
    swapped : bool
        Whether any question was for the slope of a variable, or of several numbers, with respect to
        one number that was computed.
    """

    def __init__(self):
        self.asked = False
        self.target_is_tensor = True
        self.target_is_number = True
        self.sources: list[str] = []
        self.swapped = False
        self._watched: set[int] = set()

    def note_watched(self, tape: object, tensor: object) -> None:
        """Remember which tensor, or list of tensors, a tape was told to watch."""
        import tensorflow as tf

        # The tensors live on in the answer that is still running: their ids stay theirs.
        self._watched.update(id(part) for part in tf.nest.flatten(tensor))

    def note_question(self, tape: object, target: object, sources: object, *_, **__) -> None:
        """Remember what a tape was asked for."""
        import tensorflow as tf

        self.asked = True
        targets = tf.nest.flatten(target)
        self.target_is_tensor = all(map(tf.is_tensor, targets))
        self.target_is_number = len(targets) == 1 and getattr(targets[0], "shape", None) == ()
        met = {id(variable) for variable in tape.watched_variables()} | self._watched
        flat = tf.nest.flatten(sources)
        kinds = [_kind(source, met) for source in flat]
        self.sources += kinds
        if set(kinds) == {"constant"}:
            before = {_kind(part, met) for part in targets} <= {"used", "unused", "wrapped"}
            several_of_one = all(s.shape == () for s in flat) and any(
                _rank(part) for part in targets
            )
            self.swapped |= before or several_of_one


def _rank(part: object) -> int:
    return len(getattr(part, "shape", ()))


def _kind(source: object, met: set[int]) -> str:
    """Tell what stands for a source, given the ids of what the tape met or was told to watch."""
    import tensorflow as tf

    of_keras = type(source).__module__.partition(".")[0] == "keras"
    inner = getattr(source, "value", source) if of_keras else source
    if not tf.is_tensor(inner):
        return "array"
    if id(inner) in met:
        return "wrapped" if of_keras else "used"
    return "unused" if isinstance(inner, tf.Variable) else "constant"


@contextlib.contextmanager
def tapes_watched(traced_anew: bool = False) -> Iterator[Questions]:
    """Note what tapes are asked as long as the block lasts; they answer as ever.

    Parameters
    ----------
    traced_anew : bool, optional
        Whether the body of each `tf.function` runs at each call. One that was traced before does
        not, so that its tapes are asked unseen.

    Raises
    ------
    Wrong
        If TensorFlow cannot be imported.
    """
    try:
        import tensorflow as tf
    except ImportError:
        raise Wrong(
            "no_tensorflow",
            "This exercise needs TensorFlow, which cannot be imported here. Run `%pip install "
            "tensorflow` in a cell of its own, restart the kernel, and come back; the exercises "
            "before this one do without.",
        ) from None
    questions, tape = Questions(), tf.GradientTape
    old = {name: getattr(tape, name) for name in ("watch", "gradient", "jacobian")}
    eagerly = tf.config.functions_run_eagerly()
    try:
        tape.watch = _noting(old["watch"], questions.note_watched)
        tape.gradient = _noting(old["gradient"], questions.note_question)
        tape.jacobian = _noting(old["jacobian"], questions.note_question)
        tf.config.run_functions_eagerly(eagerly or traced_anew)
        yield questions
    finally:
        tf.config.run_functions_eagerly(eagerly)
        for name, method in old.items():
            setattr(tape, name, method)


def _noting(method: Callable, note: Callable) -> Callable:
    @functools.wraps(method)
    def call(*args, **kwargs):
        with contextlib.suppress(TypeError):  # called wrongly: the method itself says it better
            note(*args, **kwargs)
        return method(*args, **kwargs)

    return call
