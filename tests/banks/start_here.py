"""Answers to unit 00."""

import numpy as np

from tests.banks import right, wrong


@right("double")
def times(x):
    return 2 * x


@right("double")
def plus(x):
    return x + x


@right("double")
def by_numpy(x):
    return np.add(x, x)


@right("double", "It also prints")
def talkative(x):
    print("doubling", x)
    return x * 2.0


@wrong("double", "returns_none")
def forgets_return(x):
    2 * x  # noqa: B018


@wrong("double", "prints")
def prints(x):
    print(2 * x)


@wrong("double", "square")
def squares(x):
    return x * x


@wrong("double", "square")
def squares_by_power(x):
    return x**2


@wrong("double", "adds_two")
def adds_two(x):
    return x + 2


@wrong("double", "unchanged")
def hands_back(x):
    return x


@wrong("double", "half")
def halves(x):
    return x / 2


@wrong("double", "wrong_value")
def the_example_only(x):
    return 6


@wrong("double", "wrong_value")
def positive_only(x):
    return abs(2 * x)


@wrong("double", "changes_input")
def in_place(x):
    x *= 2
    return x


@wrong("double", "raises")
def by_a_name_that_does_not_exist(x):
    return 2 * y  # noqa: F821


@wrong("double", "not_elementwise")
def by_sum(x):
    return np.sum([x, x])


@wrong("double", "wrong_type")
def as_text(x):
    return str(2 * x)
