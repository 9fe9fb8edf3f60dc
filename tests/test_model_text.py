"""Is the table of a model's layers right, aligned, and the same in every run?"""

from __future__ import annotations

import re

import pytest

from helpers.model_text import describe_model


@pytest.fixture(scope="module")
def keras():
    return pytest.importorskip("keras")


def mlp(keras):
    Dense = keras.layers.Dense
    return keras.Sequential([keras.Input((60,)), Dense(128, activation="relu"), Dense(10)])


def branching(keras):
    inputs = keras.Input((28, 28, 1))
    features = keras.layers.Conv2D(4, 3)(inputs)
    features = keras.layers.BatchNormalization()(features)
    pooled = keras.layers.MaxPooling2D()(features)
    flat = keras.layers.Flatten()(pooled)
    one = keras.layers.Dense(5)(flat)
    two = keras.layers.Dense(5, name="skip")(flat)
    return keras.Model(inputs, keras.layers.Add()([one, two]))


def test_a_sequential_model(keras):
    assert describe_model(mlp(keras)) == (
        "layer    output shape  parameters\n"
        "Dense 1  (None, 128)        7,808\n"
        "Dense 2  (None, 10)         1,290\n"
        "total                       9,098"
    )


def test_a_functional_model(keras):
    assert describe_model(branching(keras)) == (
        "layer                 output shape       parameters\n"
        "InputLayer            (None, 28, 28, 1)           0\n"
        "Conv2D                (None, 26, 26, 4)          40\n"
        "BatchNormalization    (None, 26, 26, 4)          16\n"
        "MaxPooling2D          (None, 13, 13, 4)           0\n"
        "Flatten               (None, 676)                 0\n"
        "Dense 1               (None, 5)               3,385\n"
        "skip (Dense)          (None, 5)               3,385\n"
        "Add                   (None, 5)                   0\n"
        "total                                         6,826\n"
        "of these not trained                              8"
    )


@pytest.mark.parametrize("make", [mlp, branching])
def test_it_does_not_depend_on_what_was_made_before(make, keras):
    assert describe_model(make(keras)) == describe_model(make(keras))


@pytest.mark.parametrize("make", [mlp, branching])
def test_the_numbers_are_those_of_keras(make, keras):
    model = make(keras)
    text = describe_model(model)
    total = re.search(r"^total +([\d,]+)$", text, re.M)[1]
    assert int(total.replace(",", "")) == model.count_params()
    counts = [line.split()[-1].replace(",", "") for line in text.splitlines()[1:]]
    assert [int(n) for n in counts[: len(model.layers)]] == [
        layer.count_params() for layer in model.layers
    ]


def test_plain_text_with_aligned_columns(keras):
    text = describe_model(branching(keras))
    assert text.isascii()
    assert "\x1b" not in text
    assert len({len(line) for line in text.splitlines()}) == 1


def test_a_model_that_does_not_know_its_inputs_yet(keras):
    model = keras.Sequential([keras.layers.Dense(3)])
    assert [line.split() for line in describe_model(model).splitlines()] == [
        ["layer", "output", "shape", "parameters"],
        ["Dense", "?", "?"],
        ["total", "?"],
    ]


def test_a_model_in_a_model_is_one_layer(keras):
    model = keras.Sequential([keras.Input((60,)), mlp(keras), keras.layers.Dense(2)])
    lines = describe_model(model).splitlines()
    assert lines[1].split() == ["Sequential", "(None,", "10)", "9,098"]


def test_a_model_that_is_compiled_and_trained_is_described_the_same(keras):
    model = mlp(keras)
    before = describe_model(model)
    model.compile("adam", "mse")
    model.optimizer.build(model.trainable_variables)
    assert describe_model(model) == before


def test_details_of_a_sequential_convnet(keras):
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(16, 3, activation="relu", padding="same"),
            layers.Conv2D(8, (3, 5), strides=2),
            layers.MaxPooling2D(),
            layers.GlobalMaxPooling2D(),
            layers.Dropout(0.25),
            layers.Dense(10, activation="softmax"),
        ]
    )
    assert describe_model(model, details=True) == (
        "layer               output shape        parameters  what it does     share\n"
        "Conv2D 1            (None, 28, 28, 16)         160  3x3, same, relu  # 7 %\n"
        "Conv2D 2            (None, 13, 12, 8)        1,928  3x5, every 2x2   "
        "########### 89 %\n"
        "MaxPooling2D        (None, 6, 6, 8)              0  2x2\n"
        "GlobalMaxPooling2D  (None, 8)                    0\n"
        "Dropout             (None, 8)                    0  drops 0.25\n"
        "Dense               (None, 10)                  90  softmax          # 4 %\n"
        "total                                        2,178"
    )


def test_details_say_where_a_branch_comes_from(keras):
    lines = describe_model(branching(keras), details=True).splitlines()
    said = {line.split("  ")[0]: line for line in lines}
    assert "from" not in said["Dense 1"]
    assert "from Flatten" in said["skip (Dense)"]
    assert "from Dense 1 and skip (Dense)" in said["Add"]


def test_details_of_a_model_that_is_not_built(keras):
    model = keras.Sequential([keras.layers.Dense(3, activation="relu")])
    assert describe_model(model, details=True).splitlines()[1].split() == [
        "Dense",
        "?",
        "?",
        "relu",
    ]
