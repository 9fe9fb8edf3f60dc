"""A guess made before an experiment, kept, and shown beside the result."""

from __future__ import annotations

from helpers.showing import show


class Prediction:
    """A question, the guess made before the answer was known, and later the result.

    Parameters
    ----------
    question : str
        What is about to be measured, with its unit.
    guess : object
        What the student expects: a number, a word, or ``...`` for no guess yet.

    Attributes
    ----------
    result : object
        What the experiment gave; None until `compare` was called.
    """

    def __init__(self, question: str, guess: object):
        self.question = question
        self.guess = guess
        self.result = None

    @property
    def made(self) -> bool:
        """Whether there is a guess to compare with."""
        return self.guess is not ...

    def compare(self, result: object) -> None:
        """Show the guess beside the result.

        Parameters
        ----------
        result : object
            What the experiment gave, in the unit of the question.
        """
        self.result = result
        guess = _text(self.guess) if self.made else "no guess"
        show(f"{self.question}\n    your guess: {guess}\n    the run:    {_text(result)}")


def predict(question: str, guess: object = ...) -> Prediction:
    """Keep a guess before the experiment that answers it.

    A guess that turns out wrong is worth more than reading the result: you notice what
    you had believed. Nothing is marked.

    Parameters
    ----------
    question : str
        What is about to be measured, with its unit.
    guess : object, optional
        Your expectation. ``...`` (the default) means that you have none yet.

    Returns
    -------
    Prediction
        Call its ``compare(result)`` after the experiment.

    Examples
    --------
    >>> heads = predict("Of 10 coins, how many show heads?", 5)
    Noted: 5. (Of 10 coins, how many show heads?)
    >>> heads.compare(7)
    Of 10 coins, how many show heads?
        your guess: 5
        the run:    7
    """
    prediction = Prediction(question, guess)
    if prediction.made:
        show(f"Noted: {_text(guess)}. ({question})")
    else:
        show(f"No guess yet. {question} Replace the `...` before you read on: nothing is marked.")
    return prediction


def _text(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
