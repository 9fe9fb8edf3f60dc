# %% [markdown] tags=["header"]
# # Convolution: from a kernel to a network that reads letters
#
# [![Open the exercises in Colab](../book/_static/open-in-colab.svg)](https://colab.research.google.com/github/first-layers/first-layers/blob/main/notebooks/06_notmnist_convnets.ipynb)
#
# You take convolution apart by hand, build networks that use it, and find out what they are better at, and what not.
#
# **When you are done, you can**
#
# - compute a convolution and a pool by hand, and count the weights of any such network
# - build a small convolutional network in Keras and look at what it says
# - compare networks fairly, in pairs, and say which cannot be told apart
# - explain what dropout and batch normalisation do in training and in use
#
# **Before this:** units 04 and 05 (training in Keras, the letters and their split). **Time:** 130 minutes, and 80 more for the extensions. **Data:** letters from open fonts, built in, made like notMNIST_small; or the real notMNIST_small. **TensorFlow:** needed (any Keras 3 backend will do).
#
# Stuck for long? The [solved notebook](../solutions/06_notmnist_convnets.ipynb) has every answer.

# %% tags=["bootstrap", "hide-input"]
# Finds the book's helpers, or installs the release that belongs to this notebook.
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

release = "https://github.com/first-layers/first-layers/archive/refs/tags/v0.1.0.zip"
clone = Path.cwd().parent
if (clone / "helpers/checks").is_dir():
    sys.path.insert(0, str(clone))
elif find_spec("helpers") is None:
    pip = [sys.executable, "-m", "pip", "install", "-q"]
    subprocess.run([*pip, release], check=True)
try:
    from helpers.checks import notmnist_convnets as check
except ImportError as error:
    other = getattr(find_spec("helpers"), "origin", None)
    message = f"Not this book's helpers, or too old: {other}."
    advice = "Rename or remove it, then restart the kernel."
    raise ImportError(f"{message} {advice}") from error
if "google.colab" in sys.modules:
    print("To keep your work: File > Save a copy in Drive.")

# %% tags=["parameters"]
fast = True  # False: all nine networks of the ladder, and more letters
seed = 0  # where random numbers start
source = "embedded"  # "real": notMNIST_small itself, 8 MB, fetched once

# %% [markdown]
# Unit 05 left you with letters in thousands of fonts, and a linear model that misses one in ten. Unit 04 noticed that a
# dense layer does not know which pixels are neighbours. Here that is repaired.
#
# ## What is an 'A'?
#
# Look at these. You read each of them at once.

# %%
import numpy as np

from helpers import data

letters, labels, *_ = data.notmnist(source)
print(letters.shape, letters.dtype, "from", letters.min(), "to", letters.max())

# %% mystnb={"figure": {"caption": "Twenty pictures that are labelled A. Ink is drawn dark."}, "image": {"alt": "Two rows of ten capital letters A: plain and ornamental, upright and slanted, thin and so bold that little paper is left."}}
import matplotlib.pyplot as plt

from helpers.figures import BLUE, ORANGE, PINK, use_book_style
from helpers.letters import draw_letters

use_book_style()
rng = np.random.default_rng(seed)
some = rng.choice(np.flatnonzero(labels == 0), 20, replace=False)
draw_letters(letters[some], title="All of these are an A")
plt.show()

# %% [markdown]
# And yet you could not write down what makes an A. Two slanted strokes and a bar? Some of these have no bar, some no
# strokes, and an H has both. Douglas Hofstadter, who thinks about thinking, said that to tell what an 'A' is, and
# an 'I', may be the hardest thing to ask of artificial intelligence. We do not tell: we show examples, and let a network find what they share.
#
# A random split first, 70, 15 and 15 percent as in unit 05. The test part then stays closed until the end: every choice
# below is made by looking at the validation part.


# %%
def pictures(images):
    """Return images as float32 from 0 to 1, with an axis for the channel."""
    return images[..., None].astype("float32") / 255


order = np.random.default_rng(seed).permutation(len(letters))
train, valid, test = np.split(
    order, [round(0.7 * len(order)), round(0.85 * len(order))]
)
X_train, y_train = pictures(letters[train]), labels[train]
X_valid, y_valid = pictures(letters[valid]), labels[valid]
print("training:", X_train.shape, "validation:", X_valid.shape)

# %% [markdown]
# The shape is (sample, row, column, channel). These pictures are grey, one **channel**; a colour photograph has three.
#
# ## Why not MNIST?
#
# Most courses begin with the digits of MNIST. The simplest method there is: find the three most similar pictures of
# the training part, and say what they are, **k nearest neighbours** with $k = 3$. Nothing is learned. Five
# thousand digits to compare with, or as many letters: how many percentage points are the digits ahead?

# %% tags=["guess"]
from helpers import predict

guess = ...
bet = predict("3 nearest neighbours: digits minus letters, in points?", guess)


# %%
def neighbours(A, a, B):
    """Return for each row of B what most of its 3 nearest rows of A are."""
    squares = (A**2).sum(axis=1) - 2 * B @ A.T
    votes = a[np.argpartition(squares, 3, axis=1)[:, :3]]
    return np.array([np.bincount(vote, minlength=10).argmax() for vote in votes])


# %% tags=["nbval-ignore-output", "result"]
(digits, which), (other_digits, truth) = data.mnist(source)
rows = pictures(digits).reshape(-1, 784)
others = pictures(other_digits[:1000]).reshape(-1, 784)
said = neighbours(rows[:5000], which[:5000], others)
on_digits = 100 * np.mean(said == truth[:1000])
A, B = X_train[:5000].reshape(-1, 784), X_valid[:1000].reshape(-1, 784)
on_letters = 100 * np.mean(neighbours(A, y_train[:5000], B) == y_valid[:1000])
print(f"digits {on_digits:.1f} %, letters {on_letters:.1f} % right")
if source == "real":
    said = neighbours(rows, which, others)
    on_all_digits = 100 * np.mean(said == truth[:1000])
    print(f"with all 60,000 digits {on_all_digits:.1f} %")

# %% tags=["result"]
print("digits are over 1 point ahead:", on_digits - on_letters > 1)

# %% tags=["check", "nbval-ignore-output"]
bet.compare(round(on_digits - on_letters, 1))

# %% [markdown]
# With all 60,000 digits this copying is right in more than 97 of 100, and with some straightening of the digits in 99.5.
# So on MNIST a clever method has nearly nothing to gain. Worse, what you learn there need not carry over: François
# Chollet warned that many good ideas, such as batch normalisation, do not work well on MNIST, and that bad ideas may work there and
# fail on real pictures. Letters in wild fonts leave more room.
#
# ## What is a convolution?
#
# A dense unit looks at all 784 pixels, with a weight of its own for each. A **convolution** looks at a small window, and
# uses the *same* few weights at every place. These weights are called the **kernel**. Here is a picture of 6 by 6, and a
# kernel of 3 by 3. Work out the first answer by hand: nine products, added up.

# %%
patch = np.array(
    [
        [0, 0, 0, 0, 0, 0],
        [0, 0, 9, 9, 9, 9],
        [0, 0, 9, 9, 9, 9],
        [0, 0, 9, 9, 0, 0],
        [0, 0, 9, 9, 0, 0],
        [0, 0, 9, 9, 0, 0],
    ]
)
upright = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])

# %% tags=["guess"]
guess = ...
bet = predict("The kernel on the upper left 3 by 3 of the patch: the sum?", guess)

# %% tags=["result"]
window = patch[0:3, 0:3]
print(window * upright)
print("sum:", (window * upright).sum())

# %% tags=["check"]
bet.compare(int((window * upright).sum()))

# %% [markdown]
# The right column counts positive, the left negative: the sum says how much more ink there is on the right. Now slide the window: each place
# gives one number.


# %% mystnb={"figure": {"caption": "The kernel at four places of the patch. The framed window is multiplied by the kernel, number by number, and the sum is the answer of that place."}, "image": {"alt": "Four copies of a 6 by 6 table of zeros and nines, with a frame of 3 by 3 at a different place in each. The answers below are 18, 18, 0 and -18."}} tags=["hide-input"]
def draw_window(ax, row, column):
    """Draw the patch with a frame around one window, and the kernel's answer there."""
    ax.imshow(patch, cmap="gray_r", vmax=30)
    for (i, j), value in np.ndenumerate(patch):
        ax.text(j, i, value, ha="center", va="center", fontsize=9)
    corner = (column - 0.5, row - 0.5)
    ax.add_patch(plt.Rectangle(corner, 3, 3, fill=False, edgecolor=ORANGE, lw=3))
    sum_there = (patch[row : row + 3, column : column + 3] * upright).sum()
    ax.set(xticks=[], yticks=[], xlabel=f"answer {sum_there}")
    ax.set_title(f"row {row}, column {column}")


fig, axes = plt.subplots(1, 4, figsize=(8, 2.4))
for ax, place in zip(axes, ((0, 0), (0, 1), (0, 2), (2, 3)), strict=True):
    draw_window(ax, *place)
plt.show()

# %% [markdown]
# A 3 by 3 window fits at four places in a row of six, so the answers are a picture of 4 by 4. Only where the window lies
# wholly inside: that is called **valid**. If the picture gets a frame of zeros first, so that the answer is as large as
# the picture, it is called **same**.
#
# **Exercise.** Write `conv2d(x, k)`: the answer of the kernel `k` at every valid place of `x`. Neither has to be
# square.


# %% exercise={"id": "conv2d", "minutes": 15, "points": 4, "tier": "core"} tags=["exercise"]
def conv2d(x, k):
    """Return the sums of x times k, shape (h - kh + 1, w - kw + 1)."""
    (h, w), (kh, kw) = np.shape(x), np.shape(k)
    out = np.zeros((h - kh + 1, w - kw + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            window = ...
            out[i, j] = ...
    return out


# %% [markdown]
# <details><summary>Hint</summary>
#
# The window at place (i, j) has as many rows and columns as the kernel: `x[i : i + kh, j : j + kw]`. Multiply it by the
# kernel number by number, and add up.
#
# </details>

# %% tags=["check"]
conv2d = check.conv2d(conv2d).or_ours()

# %%
print(conv2d(patch, upright).astype(int))

# %% [markdown]
# Positive where ink begins on the way to the right, negative where it ends, 0 where nothing changes. Mathematicians would turn the kernel around
# first and call what we do *cross-correlation*. Every deep-learning library leaves it as it is and says convolution, and since
# kernels are learned, nobody notices the difference.
#
# ## What can a kernel see?
#
# People designed kernels long before networks learned them. Think of an even grey surface, far from every edge: what
# does `upright` answer there?

# %% tags=["guess"]
guess = ...
bet = predict("The answer of `upright` on an even grey surface?", guess)

# %% tags=["result"]
grey = np.full((5, 5), 0.5)
print(conv2d(grey, upright))

# %% tags=["check"]
bet.compare(float(conv2d(grey, upright)[0, 0]))

# %% mystnb={"figure": {"caption": "A letter and what five kernels answer to it. Purple is positive, orange negative, white 0; each picture has its own scale."}, "image": {"alt": "Six pictures of one capital A: the letter itself, a blurred one, one whose edges are brighter than its inside, one with only its upright edges, one with only its level edges, one with its whole outline."}}
zoo = {
    "blur": np.full((3, 3), 1 / 9),
    "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
    "upright edges": upright,
    "level edges": upright.T,
    "outline": np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]),
}
letter = X_valid[np.flatnonzero(y_valid == 0)[0], :, :, 0]
shown = [letter[1:-1, 1:-1], *(conv2d(letter, kernel) for kernel in zoo.values())]
scaled = [np.pad(answer / abs(answer).max(), 2) for answer in shown]
fig, ax = plt.subplots(figsize=(8, 1.8))
ax.imshow(np.hstack(scaled), cmap="PuOr", vmin=-1, vmax=1)
for number, name in enumerate(["the letter", *zoo]):
    ax.text(30 * number + 15, -2, name, ha="center")
ax.set_title("Five kernels on a letter", pad=18)
ax.set_axis_off()
plt.show()

# %% [markdown]
# A kernel whose numbers add up to 0 is blind to even surfaces and sees only change. One whose numbers add up to 1 keeps
# the brightness. Each answer is a picture again, a **feature map**: it says *where* something is.
#
# ## Does it matter where exactly?
#
# Whether a bar lies one pixel further up should not change the letter. **Max pooling** takes the largest of each block of
# 2 by 2: "is it somewhere here?" The picture gets half as wide and half as high, and the next kernel sees twice as far.
#
# **Exercise.** Write `maxpool(x)` for blocks of 2 by 2. A last row or column that fills no block is dropped.


# %% exercise={"id": "maxpool", "minutes": 8, "points": 2, "tier": "core"} tags=["exercise"]
def maxpool(x):
    """Return the largest number of each 2 by 2 block, shape (h // 2, w // 2)."""
    h, w = np.shape(x)
    even = ...
    blocks = ...
    return ...


# %% [markdown]
# <details><summary>Hint</summary>
#
# `x[::2, ::2]` holds the upper left number of each block, `x[1::2, ::2]` the lower left one, and so on. Of four such
# pictures, `np.maximum` takes the larger of two at a time. First cut off an odd last row or column.
#
# </details>

# %% tags=["check"]
maxpool = check.maxpool(maxpool).or_ours()

# %%
step = np.zeros((6, 6))
step[:, 2] = 1
print("pooled, bar in column 2:", maxpool(step)[0])
print("pooled, bar in column 3:", maxpool(np.roll(step, 1, axis=1))[0])
print("pooled, bar in column 4:", maxpool(np.roll(step, 2, axis=1))[0])

# %% [markdown]
# From column 2 to 3 nothing changes, from 3 to 4 it does. So pooling forgives a little, now and then; it does not make a network blind to
# shifts.
#
# ## How many weights is that?
#
# A convolution layer has many kernels, its **filters**. Each looks at *all* channels that come in: on a grey picture 3 by 3
# numbers and a bias, on 16 feature maps 3 by 3 by 16 and a bias. A layer of 32 filters of 3 by 3 follows one of 16
# filters. How many weights does it have, biases included?

# %% tags=["guess"]
guess = ...
bet = predict("32 filters of 3 by 3 on 16 channels: weights and biases?", guess)

# %% [markdown]
# Write a network as a list of layers, such as these three:

# %%
logistic = [("flatten",), ("dense", 10)]
one_layer = [("conv", 16, 3, "valid"), ("pool", 2), ("flatten",), ("dense", 10)]
classic = [
    ("conv", 16, 3, "valid"),
    ("conv", 16, 3, "valid"),
    ("pool", 2),
    ("conv", 32, 3, "valid"),
    ("conv", 32, 3, "valid"),
    ("pool", 2),
    ("flatten",),
    ("dense", 10),
]

# %% [markdown]
# `("conv", filters, size, padding)`, `("pool", size)`, `("flatten",)` makes one row of everything, `("dense", units)`. The
# last one is how convolutional networks have looked since the nineties: convolutions find edges, then corners and
# ends of strokes made of edges, then parts of letters, each layer from what the one below has found, and pooling lets the
# next layer see further. At the end a dense layer votes.
#
# **Exercise.** Write `conv_shape(layers, shape)`: the shape that comes out, and the number of weights of all
# layers, biases included. A pool drops what fills no block. Three more kinds, for later: `("dropout", rate)`
# changes neither; `("batchnorm",)` keeps the shape and has 4 weights a channel; `("globalmax",)` leaves one
# number of each channel, so the shape is `(channels,)`. (`for kind, *size in layers` puts what stands behind the kind
# into the list `size`.)


# %% exercise={"id": "conv_shape", "minutes": 15, "points": 4, "tier": "core"} tags=["exercise"]
def conv_shape(layers, shape):
    """Return (shape that comes out, number of weights)."""
    params = 0
    for kind, *size in layers:
        if kind == "conv":
            filters, side, padding = size
            lost = ...
            params = ...
            shape = ...
        elif kind == "pool":
            shape = ...
        elif kind == "flatten":
            shape = ...
        elif kind == "dense":
            params = ...
            shape = ...
        elif kind == "batchnorm":
            params = ...
        elif kind == "globalmax":
            shape = ...
    return shape, params


# %% [markdown]
# <details><summary>Hint</summary>
#
# Go through the layers and keep `shape` up to date; `shape[-1]` is the number of channels that come in. A kernel of 3 by 3
# has 9 weights for each of them, and one bias. On the list of the last example above the shapes are (26, 26, 16), (24, 24, 16), (12, 12, 16),
# (10, 10, 32), (8, 8, 32), (4, 4, 32), (512,), (10,).
#
# </details>

# %% tags=["check"]
conv_shape = check.conv_shape(conv_shape).or_ours()

# %% tags=["result"]
_, between = conv_shape([("conv", 32, 3, "valid")], (12, 12, 16))
print(f"(3 * 3 * 16 + 1) * 32 = {between:,}")
for name, layers in (
    ("logistic regression", logistic),
    ("one convolution", one_layer),
    ("classic", classic),
):
    out, count = conv_shape(layers, (28, 28, 1))
    print(f"{name:20} {count:7,} weights, gives {out}")

# %% tags=["check"]
bet.compare(between)

# %% [markdown]
# Five layers of the classic network have fewer weights than one convolution with a dense layer behind it. The kernels are cheap, since they are used at
# every place. What costs is the dense layer, which has a weight for every place.
#
# ## Build your own
#
# Load Keras. `helpers.convnets.keras_network` turns such a list into a model, and `describe_model` draws it. Does it agree with
# your count?

# %%
from helpers.backend import prepare_keras

prepare_keras()

# %%
import keras

keras.utils.set_random_seed(seed)

# %% tags=["table"]
from helpers.convnets import keras_network
from helpers.model_text import describe_model

print(describe_model(keras_network(classic), details=True))

# %% [markdown]
# Read from top to bottom: how the picture shrinks while its channels grow. `None` is the number of pictures, which is
# left open. And the agreement:

# %%
same_count = (
    conv_shape(classic, (28, 28, 1))[1] == keras_network(classic).count_params()
)
print("Keras counts as you do:", same_count)

# %% [markdown]
# **Exercise.** Write `build_convnet(shape)`: a network of your own with at most 30,000 weights. It begins with
# convolutions, bends behind them (`activation="relu"`), and ends in ten probabilities. Return the model; do not
# compile or train it. As in unit 04 it is a `keras.Sequential` of a list that begins with `keras.Input(shape)`. The layers:
# `keras.layers.Conv2D(16, 3, activation="relu")`, `keras.layers.MaxPooling2D()`,
# `keras.layers.Flatten()`, `keras.layers.Dense(...)`.


# %% exercise={"id": "build_convnet", "minutes": 10, "points": 3, "tier": "core"} tags=["exercise"]
def build_convnet(shape=(28, 28, 1)):
    """Return a Keras model: pictures of this shape in, ten probabilities out."""
    layers = keras.layers
    return ...


# %% [markdown]
# <details><summary>Hint</summary>
#
# A convolution with ReLU, a pool, the same again with more filters, `Flatten`, then the output. If you have too many weights,
# look at the last dense layer: one more pool in front of it divides them by four.
#
# </details>

# %% tags=["check"]
build_convnet = check.build_convnet(build_convnet).or_ours()

# %% [markdown]
# ## The ladder
#
# From the linear model up to convolutions, step by step: does each step help? A fair comparison changes nothing but the
# network. The same pictures, the same number of epochs, the same optimiser with the same rate, which falls to 0 along half a
# cosine: long steps first, short ones to settle. And each network gets several starts, since one start is one
# throw of a die. (`probabilities(model, X)` returns what a network answers, and `restart(model, seed)` gives it new
# first weights.)

# %%
from helpers.convnets import probabilities, refresh_statistics, restart

count, epochs, starts = (750, 3, 2) if fast else (2500, 3, 3)
X_some, y_some = X_train[:count], y_train[:count]


def prepared(model, metrics=()):
    """Return the model, compiled for `epochs` epochs of `count` pictures."""
    steps = epochs * count // 25
    rate = keras.optimizers.schedules.CosineDecay(0.01 if fast else 0.004, steps)
    model.compile(
        optimizer=keras.optimizers.Adam(rate),
        loss="sparse_categorical_crossentropy",
        metrics=list(metrics),
    )
    return model


# %%
def accuracy(model, X, y):
    """Return the percent of pictures that the model reads right."""
    return 100 * np.mean(probabilities(model, X).argmax(axis=1) == y)


# %% [markdown]
# Watch the first training live, if you have livelossplot. (750 pictures with `fast = True`, so that all of this takes seconds.)
# What accuracy will your network reach on the validation part, in percent?

# %% tags=["guess"]
guess = ...
bet = predict("Your network on the validation part, in percent?", guess)

# %% tags=["nbval-ignore-output"]
import os

watched = os.environ.get("FIRST_LAYERS_PROGRESS") != "0"
live = []
try:
    from livelossplot import PlotLossesKeras

    live = [PlotLossesKeras()] if watched else []
except ImportError:
    print("livelossplot is not installed, so Keras reports in text as it trains.")
verbose = 2 if watched and not live else 0

# %% mystnb={"image": {"alt": "Loss and accuracy of training and validation, drawn anew after each epoch."}} tags=["nbval-ignore-output", "result"]
yours = prepared(build_convnet(), ["accuracy"])
restart(yours, 10 * seed)
history = yours.fit(
    X_some,
    y_some,
    epochs=epochs,
    batch_size=25,
    validation_data=(X_valid[:300], y_valid[:300]),
    validation_batch_size=300,
    callbacks=live,
    verbose=verbose,
).history

# %% mystnb={"figure": {"caption": "Your network while it learns: loss and accuracy after each epoch, solid for training, dashed for the validation part."}, "image": {"alt": "Two panels. Above, both losses fall, steeply at first. Below, both accuracies rise and flatten out."}} tags=["hide-input", "nbval-ignore-output", "result"]
from helpers.learning_curves import plot_history

plot_history({"yours": history}, title="A convolutional network learns letters")
plt.show()

# %% tags=["check", "nbval-ignore-output"]
first_accuracy = accuracy(yours, X_valid, y_valid)
bet.compare(round(first_accuracy, 1))

# %% [markdown]
# Now the rungs. With `fast = True` there are two, logistic regression and your network. With `fast = False` there are nine: the eight
# of a well-known course, and yours. *MLP* is a dense layer of 128 units before the output. *conv* is one convolution, *+ pool* has a
# pool behind it. *classic* you know. *+ dense* adds a dense layer of 64 units, with dropout. *+ batch norm* normalises between the
# convolutions. *fully conv* has no flattening. (The last three are explained below.)

# %% tags=["hide-input"]
block = []
for filters in (16, 32):
    block += [("conv", filters, 3, "valid"), ("batchnorm",)]
    block += [("conv", filters, 3, "valid"), ("pool", 2)]
end = [("dense", 64), ("dropout", 0.5), ("dense", 10)]
top = [("conv", 128, 3, "valid"), ("globalmax",), ("dropout", 0.5)]
top += [("dense", 128), ("dropout", 0.5), ("dense", 10)]
networks = {
    "logistic": logistic,
    "MLP": [("flatten",), ("dense", 128), ("dense", 10)],
    "conv": [("conv", 16, 3, "same"), ("flatten",), ("dense", 10)],
    "+ pool": one_layer,
    "classic": classic,
    "+ dense": [*classic[:-1], *end],
    "+ batch norm": [*block, ("flatten",), *end],
    "fully conv": [*block, *top],
}
climbed = ["logistic"] if fast else list(networks)

# %% [markdown]
# Two rungs or nine, each from several starts: how many percentage points lie between the best
# and logistic regression?

# %% tags=["guess"]
guess = ...
bet = predict("Best network minus logistic regression, in points?", guess)

# %% tags=["experiment"]
models = {}
for name in climbed:
    hidden = "tanh" if name == "MLP" else "relu"
    models[name] = prepared(keras_network(networks[name], hidden=hidden))
models["yours"] = yours


def trained(model, start, X=X_some, y=y_some):
    """Train the model from a new start; return the weights that it ends with."""
    restart(model, 10 * seed + start)
    model.fit(X, y, epochs=epochs, batch_size=25, verbose=0)
    refresh_statistics(model, X[:500])  # only batch normalisation has any, see below
    return model.get_weights()


# %% tags=["experiment", "nbval-ignore-output", "result"]
weights, answers = {}, {}
refresh_statistics(yours, X_some[:500])  # as for all others
first = yours.get_weights()  # its training above was the first start
for name, model in models.items():
    done = [first] if name == "yours" else []
    weights[name] = done + [trained(model, s) for s in range(len(done), starts)]
    answers[name] = []
    for w in weights[name]:
        model.set_weights(w)
        answers[name].append(probabilities(model, X_valid))
    each = [100 * np.mean(p.argmax(1) == y_valid) for p in answers[name]]
    print(f"{name:13} {model.count_params():7,} weights:", end=" ")
    print(", ".join(f"{value:.1f} %" for value in each))

# %% tags=["nbval-ignore-output", "result"]
right = {name: np.array(p).argmax(2) == y_valid for name, p in answers.items()}
reached = {name: 100 * r.mean() for name, r in right.items()}
best = max(reached, key=reached.get)
compared = ["logistic", "yours"] if fast else ["logistic", "yours", "MLP"]
print(f"best: {best}, {reached[best]:.1f} %")

# %% tags=["check", "nbval-ignore-output"]
bet.compare(round(reached[best] - reached["logistic"], 1))

# %% [markdown]
# Is the best one really the best? Compare in **pairs**: both networks were asked about the same pictures, and most are right with
# both or wrong with both. So take for each picture the difference, as a mean over the starts, and ask how far the mean of these
# differences lies from 0, measured in its standard error. Two things are demanded: more than two standard errors, and the same sign in
# each start. What does not meet both is not told apart.


# %%
def told_apart(one, other):
    """Return (mean difference in points, its standard error, whether it counts)."""
    each = 100 * (right[one].astype(float) - right[other])
    mean, error = each.mean(), each.mean(axis=0).std() / np.sqrt(each.shape[1])
    same_sign = abs(np.sign(each.mean(axis=1)).sum()) == len(each)
    return mean, error, bool(same_sign and abs(mean) > 2 * error)


# %% tags=["nbval-ignore-output", "result"]
from itertools import pairwise

names = sorted(reached, key=reached.get)
for lower, higher in pairwise(names):
    mean, error, counts = told_apart(higher, lower)
    verdict = "ahead" if counts else "not told apart"
    print(f"{higher} - {lower}: {mean:+.1f} +- {error:.1f}, {verdict}")
level = [name for name in names[:-1] if not told_apart(best, name)[2]]
print(f"not told apart from {best}:", ", ".join(level) or "none")

# %% mystnb={"figure": {"caption": "Accuracy on the validation part against the number of weights. Dots: single starts. Bars: two standard errors to each side of the mean of the starts, from the number of pictures."}, "image": {"alt": "Two columns of dots with bars over a logarithmic axis of weights. Logistic regression has fewer weights than your network, and its dots do not lie lower."}} tags=["hide-input", "nbval-ignore-output", "result"]
fig, ax = plt.subplots(figsize=(6.4, 3.4))
for number, name in enumerate(sorted(models, key=lambda n: models[n].count_params())):
    size, share = models[name].count_params(), reached[name] / 100
    error = 200 * np.sqrt(share * (1 - share) / len(y_valid))
    ax.errorbar(size, reached[name], error, color=BLUE, capsize=4, lw=1.2)
    ax.plot([size] * starts, 100 * right[name].mean(axis=1), "o", color=ORANGE, ms=4)
    side, va = (1, "bottom") if number % 2 else (-1, "top")
    style = {"textcoords": "offset points", "ha": "center", "va": va, "fontsize": 9}
    ax.annotate(name, (size, reached[name] + side * error), (0, 3 * side), **style)
ax.set(xscale="log", xlabel="weights", ylabel="accuracy (%)")
ax.set_xlim(1e3, 5e4 if fast else 2.5e5)
ticks = [1_000, 3_000, 10_000, 30_000] + [100_000] * (not fast)
ax.set_xticks(ticks, [f"{n:,}" for n in ticks])
ax.minorticks_off()
ax.set_title("Accuracy against the number of weights")
ax.margins(y=0.2)
plt.show()

# %% tags=["result"]
print("no network is below 75 %:", min(reached.values()) > 75)
spread = max(r.mean(axis=1).std(ddof=1) for r in right.values())
print("starts of one network differ by less than 4 points:", 100 * spread < 4)

# %% [markdown]
# Read what the comparison says, not what you hoped for. 750 letters and three epochs are little for a convolutional network: on the
# built-in letters logistic regression is ahead of ours, and other small networks are about level with it; look at your own line. On 2,500 real letters (`fast = False`, `source = "real"`) it was not: the networks with one convolution
# were ahead of it, by nearly two points. The deep ones at the end of the ladder had not got that far in three hundred steps, least of all
# those with dropout, and many neighbours were not told apart. With six times as many letters and ten epochs, all networks with
# convolutions came to 92 to 93 %, the MLP to 91 and the linear one to 88. Of the last four none was ahead for sure, at a standard error
# of 0.4. The classic course climbs the ladder as if every step helped.
#
# Look at the numbers of weights, too. One convolution with a pool holds its own against the MLP, with a quarter of its weights. And
# letters that are neat and centred are not all that one may ask about: the section on moved letters asks for more.
#
# ## What does it say to single letters?
#
# A share of right answers hides what the answers look like. A figure of single pictures with the ten probabilities shows it.
#
# **Exercise.** Write `show_predictions(model, X, Y, rows)`: a figure with `rows` rows and two columns. On the left picture
# i of `X`, on the right its ten probabilities as bars, with the true letter marked in some way. Ask the model only about the
# first `rows` pictures, and return the figure.


# %% exercise={"id": "show_predictions", "minutes": 15, "points": 4, "tier": "core"} tags=["exercise"]
def show_predictions(model, X, Y, rows):
    """Return a figure: pictures beside the probabilities of the ten letters."""
    answers = ...
    size = (5, 1.2 * rows)
    fig, axes = plt.subplots(rows, 2, figsize=size, squeeze=False)
    fig.subplots_adjust(hspace=0.5)
    for i in range(rows):
        picture, bars = axes[i]
    return fig


# %% [markdown]
# <details><summary>Hint</summary>
#
# `imshow` takes a picture without its channel, and with `cmap="gray_r"` it draws ink dark. `bars.bar(names, heights)` returns ten bars;
# the one with the number `Y[i]` can get another colour, and a pattern for those who do not see the colour.
#
# </details>

# %% tags=["check"]
show_predictions = check.show_predictions(show_predictions).or_ours()

# %% mystnb={"figure": {"caption": "Three letters of the validation part and what the network says. The true letter's bar is marked."}, "image": {"alt": "Three rows: a letter on the left, ten bars for A to J on the right. In most rows one bar, that of the true letter, is nearly as high as the panel."}} tags=["nbval-ignore-output", "result"]
fig = show_predictions(yours, X_valid[:40], y_valid[:40], 3)
fig.suptitle("Letters and probabilities (marked: the true letter)")
plt.show()

# %% [markdown]
# A function should use what it is given. A well-known version of this one takes `X`, `Y` and `rows` and then draws eight random
# pictures of a variable of the notebook, whatever you ask for; and truth and answer are bars on top of each other, so that one hides the
# other.
#
# ## What does dropout do?
#
# **Dropout** sets a random half of the numbers to 0 in each training step (with rate .5), and doubles the others, so that their sum
# stays as large on average. A unit then cannot rely on a certain partner being there. In use nothing is dropped.

# %%
half = keras.layers.Dropout(0.5, seed=seed)
ones = np.ones((1, 10), "float32")
print("in training:", keras.ops.convert_to_numpy(half(ones, training=True))[0])
print("in use:     ", keras.ops.convert_to_numpy(half(ones, training=False))[0])

# %% [markdown]
# Put dropout in front of the last layer of your trained network, and ask about one picture 200 times with dropout on. In use the network gives its first
# answer a probability near .6. How wide is the middle half of the 200 probabilities?

# %% tags=["guess"]
guess = ...
bet = predict("Width of the middle half of 200 answers to one picture?", guess)

# %% tags=["nbval-ignore-output", "result"]
yours.set_weights(weights["yours"][0])
last = yours.layers[-1]
body = keras.Model(yours.inputs[0], last.input)  # all layers but the last
sure = answers["yours"][0].max(axis=1)
doubtful = abs(sure - 0.6).argmin()  # a picture of which the network is not sure
features = probabilities(body, X_valid[doubtful : doubtful + 1])
dropped = half(np.repeat(features, 200, axis=0), training=True)
p_dropped = keras.ops.convert_to_numpy(last(dropped))
p_dropped = p_dropped[:, answers["yours"][0][doubtful].argmax()]
low, high = np.quantile(p_dropped, [0.25, 0.75])
print(
    f"in use {sure[doubtful]:.2f}; middle half with dropout {low:.2f} to {high:.2f}"
)

# %% mystnb={"figure": {"caption": "The same picture asked about 200 times with dropout on: how often which probability. The dashed line is the answer in use, with dropout off."}, "image": {"alt": "A histogram that spreads over most of the range from 0 to 1, with a vertical line near 0.6."}} tags=["hide-input", "nbval-ignore-output", "result"]
fig, ax = plt.subplots(figsize=(5, 2))
ax.hist(p_dropped, bins=np.linspace(0, 1, 21), color=BLUE)
ax.axvline(sure[doubtful], color=ORANGE, ls="--")
ax.set(xlabel="probability of the same letter", ylabel="answers")
ax.set_title("One picture, 200 half networks")
plt.show()

# %% tags=["result"]
print("the middle half is over .1 wide:", high - low > 0.1)

# %% tags=["check", "nbval-ignore-output"]
bet.compare(round(high - low, 2))

# %% [markdown]
# Every step trains another half of the network, and in use all halves vote together. Dropout is a remedy against overfitting.
# Where training and validation are not far apart it has nothing to cure, and it makes training slower: perhaps that is
# why *+ dense* on the ladder is not ahead of *classic*. (Dropout belongs behind batch normalisation, not before it: the scale that it adds in
# training would spoil the stored variances.)
#
# ## Why does batch normalisation lag?
#
# **Batch normalisation** makes each channel's mean 0 and its variance 1 over the pictures of a *batch*, then gives it a scale and an offset that
# are learned. Deep networks then train faster and bear higher rates. But in use there may be a single picture, and no
# batch. So the layer keeps a running mean and variance from training: each step keeps 99 percent of the old and adds one percent of the new.
#
# After how many steps is half of the value from which it started gone?

# %% tags=["guess"]
guess = ...
bet = predict("After how many steps is .99 ** steps below a half?", guess)

# %% tags=["result"]
halved = int(np.ceil(np.log(0.5) / np.log(0.99)))
per_epoch = count // 25
print(f"half after {halved} steps; an epoch here has {per_epoch}")
for epoch in range(1, epochs + 1):
    left = 100 * 0.99 ** (epoch * per_epoch)
    print(f"after epoch {epoch}: {left:.0f} % of the start value are left")

# %% tags=["check"]
bet.compare(halved)

# %% [markdown]
# In training the layer uses its batch; in use it takes the stored values, and these lag behind. To see that alone, take your trained network, whose weights no longer
# change. Put a batch normalisation in front of its last layer whose scale and offset are such that, with the right means and variances, it does *nothing*. It starts,
# as each new one does, with mean 0 and variance 1 in its notes, and then sees batches of 30 training pictures. (The last two lines of the loop are its rule.)

# %% tags=["nbval-ignore-output", "result"]
seen_train, seen_valid = probabilities(body, X_some), probabilities(body, X_valid)
normalise = keras.layers.BatchNormalization()
normalise.build(seen_train.shape)
scale = np.sqrt(seen_train.var(axis=0) + normalise.epsilon)
mean, variance = 0 * scale, 0 * scale + 1
batches, stored = [0, 10, 30, 60, 100, 200, 400], []
for step in range(batches[-1] + 1):
    if step in batches:
        normalise.set_weights([scale, seen_train.mean(axis=0), mean, variance])
        p = keras.ops.convert_to_numpy(last(normalise(seen_valid)))
        stored.append(100 * np.mean(p.argmax(axis=1) == y_valid))
        print(f"after {step:3} batches: {stored[-1]:.1f} % right")
    batch = seen_train[rng.choice(count, 30, replace=False)]
    mean = 0.99 * mean + 0.01 * batch.mean(axis=0)
    variance = 0.99 * variance + 0.01 * batch.var(axis=0)
print(f"without the layer: {100 * right['yours'][0].mean():.1f} %")

# %% mystnb={"figure": {"caption": "Validation accuracy of one and the same network, while its batch normalisation takes notes. No weight changes. Dotted: without the layer."}, "image": {"alt": "A line that starts far below the dotted one, climbs for some hundred batches, and reaches it."}} tags=["hide-input", "nbval-ignore-output", "result"]
fig, ax = plt.subplots(figsize=(5, 2.4))
ax.plot(batches, stored, "o-", color=BLUE)
ax.axhline(100 * right["yours"][0].mean(), color="black", ls=":")
ax.set(xlabel="batches seen", ylabel="accuracy (%)")
ax.set_title("The same weights, newer notes")
plt.show()

# %% tags=["result"]
print("at first over 5 points lower:", stored[0] < 100 * right["yours"][0].mean() - 5)
caught_up = abs(stored[-1] - 100 * right["yours"][0].mean()) < 1.5
print("after 400 batches the same to 1.5 points:", bool(caught_up))

# %% [markdown]
# Now a network that trains with it. With `fast = False` the rung *+ batch norm* is trained once more, and measured after each epoch twice: as it is, and with the notes **refreshed** from
# 500 *training* pictures while all weights are frozen. (Validation pictures with the mean of their own batch would be no fair test: they would influence one
# another.)

# %% tags=["experiment", "nbval-ignore-output", "result"]
lag = []
if not fast:
    normalised = models["+ batch norm"]
    restart(normalised, 10 * seed)
    for epoch in range(1, epochs + 1):
        normalised.fit(X_some, y_some, batch_size=25, verbose=0)
        as_trained = normalised.get_weights()
        as_stored = accuracy(normalised, X_valid, y_valid)
        refresh_statistics(normalised, X_some[:500])
        refreshed = accuracy(normalised, X_valid, y_valid)
        normalised.set_weights(as_trained)
        lag.append((as_stored, refreshed))
        print(f"epoch {epoch}: stored {as_stored:.1f} %, refreshed {refreshed:.1f} %")

# %% [markdown]
# So when a network with batch normalisation reads a third of the validation letters after its first epoch, and 80 percent of the training letters, that need not be overfitting, nor a bug in
# the data. The weights may be fine, and only the notes are old: refresh them, and you know. (On 15,000 real letters in batches of 128 an epoch has 117 steps, after which 31 percent of the start
# are left; such a network read 31 to 35 percent then, and 91 to 93 at the end.) More steps cure it, or a lower `momentum` of the layer. Unit 07 meets it again.
#
# ## What has it learned to see?
#
# The first layer's kernels are small pictures. Nobody designed them.

# %% mystnb={"figure": {"caption": "Eight learned kernels of the first layer (above, dark negative, bright positive, each with the same scale), and their feature maps of one letter after ReLU, without the bias (below)."}, "image": {"alt": "Eight tiny grey squares of 3 by 3, and below each a picture of the letter: some show only left edges, some only level strokes, some all ink, some all paper."}} tags=["hide-input", "nbval-ignore-output", "result"]
kernels = next(w for w in yours.get_weights() if w.ndim == 4)[:, :, 0, :8]
reach, columns = abs(kernels).max(), []
for kernel in np.moveaxis(kernels, -1, 0):
    answer = np.maximum(conv2d(letter, kernel), 0)
    enlarged = np.kron(0.5 + kernel / reach / 2, np.ones((8, 8)))
    paper = 1 - answer / max(answer.max(), 1e-6)
    both = [np.pad(part, 2, constant_values=1) for part in (enlarged, paper)]
    width = max(part.shape[1] for part in both)
    filled = [
        np.pad(b, ((0, 0), (0, width - b.shape[1])), constant_values=1) for b in both
    ]
    columns.append(np.vstack(filled))
fig, ax = plt.subplots(figsize=(8, 2.1))
ax.imshow(np.hstack(columns), cmap="gray", vmin=0, vmax=1)
ax.set_title("Learned kernels, and what they answer")
ax.set_axis_off()
plt.show()

# %% [markdown]
# Some are edges and strokes in one direction, as in the zoo; some are hard to name. Later layers look at many maps at once, and there a
# kernel is no picture any more: the pages under *Read on* show how to find out what such a unit answers to.

# %% [markdown]
# The core goes on with *The test part, once*. The sections before it are extensions.

# %% [markdown]
# ## Can you design a kernel? (extension)
#
# The bar of an A, of an H, of an E lies level. Which kernel finds level bars and no upright ones, and is blind to even grey?
#
# **Exercise (extension).** Write `design_kernel()`: an array of any size from 2 by 2 to 7 by 7. The squares of its
# answers to a level bar, added up, have to be at least three times those to the same bar set upright. An even surface
# gives about 0.


# %% exercise={"id": "design_kernel", "minutes": 8, "points": 3, "tier": "extension"} tags=["exercise"]
def design_kernel():
    """Return a kernel that finds level bars."""
    return ...


# %% [markdown]
# <details><summary>Hint</summary>
#
# For an even surface the numbers have to add up to 0. Look at `upright`, which finds upright edges. What would be its
# like for level ones?
#
# </details>

# %% tags=["check"]
design_kernel = check.design_kernel(design_kernel).or_ours()

# %% [markdown]
# Now on real shapes. Of E, F, H and I, which has most of what your kernel answers to, as the mean of the squares over eight letters of
# each kind?

# %% tags=["guess"]
guess = ...
bet = predict("E, F, H or I: which does the kernel answer to most?", guess)

# %% tags=["nbval-ignore-output", "result"]
level_kernel, bar_answers = design_kernel(), {}
for name in "EFHI":
    chosen = X_train[y_train == "ABCDEFGHIJ".index(name)][:8, :, :, 0]
    level_sum, turned = [
        np.mean([(conv2d(x, k) ** 2).mean() for x in chosen])
        for k in (level_kernel, level_kernel.T)
    ]
    bar_answers[name] = level_sum
    print(f"{name}: level {level_sum:.2f}, with the kernel turned {turned:.2f}")

# %% tags=["result"]
print("E more than I:", bar_answers["E"] > bar_answers["I"])

# %% tags=["check", "nbval-ignore-output"]
bet.compare(max(bar_answers, key=bar_answers.get))

# %% [markdown]
# One kernel already sorts letters a little: an E has three level bars, and an I in a plain font none. But H, with a single bar, may come
# before F: thick strokes and serifs answer, too. A network finds such kernels by itself, from nothing but labels, sixteen or more together.

# %% [markdown]
# ## How many weights have all eight? (extension)
#
# The eight networks of the ladder come from a course of 2018. Before you run the next cell: which of them has most weights?

# %% tags=["guess"]
guess = ...
bet = predict("Which of the eight networks has most weights?", guess)

# %% tags=["result"]
counted = {}
for name, layers in networks.items():
    shape_out, counted[name] = conv_shape(layers, (28, 28, 1))
    print(f"{name:13} {counted[name]:8,} weights")

# %% tags=["check"]
bet.compare(max(counted, key=counted.get))

# %% [markdown]
# The single convolution, by far: `same` keeps 28 by 28 places, 16 maps of them, and the dense layer behind has a weight for each of the
# 12,544 numbers and each letter. A pool in front of it takes three quarters away. The dense layer of 64 units more than doubles *classic*. And does Keras
# agree? (With `fast = True` it is asked about the first four, else about all eight.)

# %%
asked = list(networks)[: 4 if fast else 8]
agree = [
    keras_network(networks[name]).count_params() == counted[name] for name in asked
]
print("Keras counts the same:", sum(agree), "of", len(agree))

# %% [markdown]
# ## Can it read a picture of any size? (extension)
#
# A dense layer behind `Flatten` has a weight for each place, so that the picture's size is built in. A convolution does not care how
# often it is used. If the last map is reduced to its largest number in each channel, **global max pooling**, then nothing in the network
# knows the size: it is **fully convolutional**.
#
# Often one reads that such a network does not mind where a letter lies, and takes pictures of any size. It does take them. Whether it reads
# them is a matter of what it was shown.

# %% tags=["table", "experiment"]
import keras

fixed = keras.Sequential(
    [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(16, 4, strides=2, activation="relu"),
        keras.layers.Conv2D(32, 4, strides=2, activation="relu"),
        keras.layers.Conv2D(64, 5, activation="relu"),
        keras.layers.GlobalMaxPooling2D(),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
print(describe_model(fixed))

# %% [markdown]
# (A **stride** of 2 moves the window by two pixels instead of one: another way to make the maps smaller, and quicker than a pool. On 28 by 28
# the third convolution fits at one place only, and is a dense layer in all but name.)
#
# **Exercise (extension).** Write `make_any_size(model)`. The model takes 28 by 28; it consists of convolutions and pools, then
# `GlobalMaxPooling2D`, then dense layers, one after the other. Return a model with the same weights that takes any size: its input is
# `(None, None, 1)`.


# %% exercise={"id": "make_any_size", "minutes": 10, "points": 3, "tier": "extension"} tags=["exercise"]
def make_any_size(model):
    """Return a model with the same weights for pictures of any size."""
    inputs = keras.Input((None, None, 1))
    outputs = ...
    return keras.Model(inputs, outputs)


# %% [markdown]
# <details><summary>Hint</summary>
#
# A layer can be called again, with another input: it keeps its weights. Go through `model.layers` and call each on what the one before gave, as in
# the Functional API. (A Functional model's first layer is its input; leave that one out.)
#
# </details>

# %% tags=["check"]
make_any_size = check.make_any_size(make_any_size).or_ours()

# %% [markdown]
# Train it on letters that fill their 28 by 28 pixels, as they come: *centred*. Then let it read letters in the middle of pictures of 28 to
# 80 pixels. With `fast = False` the training then goes on, with the same letters *placed* somewhere in an empty picture of 40 by 40, and
# the network is asked again.
#
# Centred training, 60 pixels: how many percent of the letters will be read right?

# %% tags=["guess"]
guess = ...
bet = predict("Trained on 28 by 28, read in the middle of 60 by 60: percent?", guess)


# %% tags=["experiment"]
def placed(X, size, rng=None):
    """Return the pictures in empty ones of this size: in the middle, or anywhere."""
    room = size - 28
    out = np.zeros((len(X), size, size, 1), "float32")
    for image, empty in zip(X, out, strict=True):
        top, left = (room // 2,) * 2 if rng is None else rng.integers(0, room + 1, 2)
        empty[top : top + 28, left : left + 28] = image
    return out


# %% tags=["experiment", "nbval-ignore-output", "result"]
any_size = prepared(make_any_size(fixed))
sizes, few_valid = [28, 36, 44, 60, 80], slice(0, 100 if fast else 500)
inputs = {"centred": X_some}
if not fast:
    inputs["placed"] = placed(X_some, 40, np.random.default_rng(seed))
size_curves, size_weights = {}, {}
for name, X_in in inputs.items():
    any_size.optimizer.iterations.assign(0)  # the rate begins anew
    any_size.fit(X_in, y_some, epochs=epochs, batch_size=25, verbose=0)
    size_weights[name], size_curves[name] = any_size.get_weights(), []
    for size in sizes:
        p = probabilities(any_size, placed(X_valid[few_valid], size))
        size_curves[name].append(100 * np.mean(p.argmax(1) == y_valid[few_valid]))
    numbers = ", ".join(f"{value:.0f}" for value in size_curves[name])
    print(f"{name}: {numbers} % at {sizes} pixels")

# %% mystnb={"figure": {"caption": "Accuracy of a fully convolutional network on letters in the middle of larger and larger pictures, after training on letters that fill the picture. (With `fast = False` a second line: after more training, on letters anywhere in 40 by 40.)"}, "image": {"alt": "A line over picture sizes from 28 to 80. It falls steeply as soon as there is empty space, to about ten percent."}} tags=["hide-input", "nbval-ignore-output", "result"]
from helpers.line_labels import LineEnd, label_ends

fig, ax = plt.subplots(figsize=(5.2, 2.8))
looks = zip(size_curves.items(), (ORANGE, BLUE), "s^", strict=False)
ends = []
for (name, values), colour, marker in looks:
    ax.plot(sizes, values, color=colour, marker=marker)
    ends.append(LineEnd(name, colour, sizes[-1], values[-1]))
ax.set(xlabel="picture size (pixels)", ylabel="accuracy (%)", ylim=(0, 100))
ax.set_title("What it was shown, it can do")
label_ends(ax, ends)
plt.show()

# %% tags=["result"]
lost = {name: values[0] - values[3] for name, values in size_curves.items()}
print("centred loses over 15 points from 28 to 60:", lost["centred"] > 15)
if not fast:
    print("placed loses less than that:", lost["placed"] < lost["centred"])

# %% tags=["check", "nbval-ignore-output"]
bet.compare(round(size_curves["centred"][3]))

# %% [markdown]
# The architecture *permits* any size. But a network that has never seen the outer edge of a letter against paper takes it for strokes:
# what it knows ends at the frame of the picture. After 15,000 real letters it read 92 percent at 28 pixels and 51 at 60. Then it was
# shown letters in empty space, of 40 pixels, and read 91 percent at 28, at 60 and even at 80. **Architecture permits, data teach.**
#
# **Two letters in one picture.** A picture of 28 by 56 holds two letters. The network answers with one list of ten probabilities. In how many percent of pictures is its first
# answer one of the two letters, and in how many are both its first two answers right?

# %% tags=["guess"]
guess = ...
bet = predict("Both letters among its first two answers: percent?", guess)

# %% tags=["nbval-ignore-output", "result"]
any_size.set_weights(size_weights["centred"])
left, right_half = X_valid[:200], X_valid[200:400]
y_left, y_right = y_valid[:200], y_valid[200:400]
differ = y_left != y_right
pairs = np.concatenate([left, right_half], axis=2)[differ]
top_two = np.argsort(-probabilities(any_size, pairs), axis=1)[:, :2]
both = np.stack([y_left, y_right], axis=1)[differ]
one_of = 100 * np.mean((top_two[:, :1] == both).any(axis=1))
both_found = 100 * np.mean((np.sort(top_two) == np.sort(both)).all(axis=1))
print(f"first answer one of the two {one_of:.0f} %, both found {both_found:.0f} %")

# %% mystnb={"figure": {"caption": "Four pictures with two letters each, as the network gets them."}, "image": {"alt": "Four wide pictures, each with two capital letters side by side."}}
draw_letters(255 * pairs[:4, :, :, 0], columns=4, title="Two letters, one answer")
plt.show()

# %% tags=["check", "nbval-ignore-output"]
bet.compare(round(both_found))

# %% [markdown]
# Global max pooling keeps the strongest of everything, wherever it is, so parts of both letters end up in one list and compete. Softmax
# demands that they share one probability. Nobody told it that there could be two. To find *where* which letter is, ask the
# network at every place, and leave out the pooling at the end: that is how detection begins.

# %% [markdown]
# ## What if the letter is moved? (extension)
#
# All letters are centred. A reader does not mind if one lies some pixels further right. Does a network?
#
# **Exercise (extension).** Write `shift_accuracy(model, X, y, dx)`: the share of right answers when each picture is moved by `dx` pixels to the right,
# or to the left if `dx` is negative. What comes in is empty: 0. `X` stays as it is.


# %% exercise={"id": "shift_accuracy", "minutes": 8, "points": 3, "tier": "extension"} tags=["exercise"]
def shift_accuracy(model, X, y, dx):
    """Return the accuracy, 0 to 1, on pictures moved by dx pixels to the right."""
    moved = ...
    answers = keras.ops.convert_to_numpy(model(moved))
    return float(np.mean(answers.argmax(axis=1) == y))


# %% [markdown]
# <details><summary>Hint</summary>
#
# Columns are axis 2. To the right by 3: columns 3 to the end of the new picture are the old columns 0 to the end minus 3. `np.roll` would bring
# in on the left what falls out on the right.
#
# </details>

# %% tags=["check"]
shift_accuracy = check.shift_accuracy(shift_accuracy).or_ours()

# %% [markdown]
# Logistic regression and your network, moved by 4 of 28 pixels. By how many points is yours ahead then?

# %% tags=["guess"]
guess = ...
bet = predict("Moved by 4 pixels: yours minus logistic regression, in points?", guess)

# %% tags=["nbval-ignore-output", "result"]
shifts, shifted = [-4, -2, 0, 2, 4], {}
X_moved, y_moved = X_valid[:250], y_valid[:250]
for name in compared:
    shifted[name] = []
    for w in weights[name]:
        models[name].set_weights(w)
        row = [shift_accuracy(models[name], X_moved, y_moved, dx) for dx in shifts]
        shifted[name].append(100 * np.array(row))
    numbers = ", ".join(f"{value:.0f}" for value in np.mean(shifted[name], axis=0))
    print(f"{name:8} {numbers} % right, moved by {shifts} pixels")

# %% mystnb={"figure": {"caption": "Accuracy when the letters are moved to the right or (negative) to the left. Thin: single starts; thick: their mean."}, "image": {"alt": "Two hills with their top at 0. At 4 pixels to either side that of your network is the higher one."}} tags=["hide-input", "nbval-ignore-output", "result"]
from helpers.line_labels import LineEnd, label_ends

fig, ax = plt.subplots(figsize=(5.2, 3))
ends = []
looks = zip(shifted.items(), (PINK, BLUE, ORANGE), "o^s", strict=False)
for (name, values), colour, marker in looks:
    ax.plot(shifts, np.transpose(values), color=colour, lw=0.7)
    ax.plot(shifts, np.mean(values, axis=0), color=colour, marker=marker)
    ends.append(LineEnd(name, colour, 4, np.mean(values, axis=0)[-1]))
ax.set(xlabel="moved to the right (pixels)", ylabel="accuracy (%)", xticks=shifts)
ax.set_title("Moved letters")
label_ends(ax, ends)
plt.show()

# %% tags=["result"]
lead = np.subtract(shifted["yours"], shifted["logistic"])
print("moved by 4 pixels, yours is ahead:", lead[:, [0, -1]].mean() > 0)

# %% tags=["check", "nbval-ignore-output"]
bet.compare(round(lead[:, -1].mean()))

# %% [markdown]
# Here the networks differ, whatever their accuracy on centred letters. Kernels are used everywhere, and pools forgive a pixel or two. With
# larger shifts the dense layer at the end, which has a weight for each place, no longer finds what it looks for. Your network is not
# invariant. It only loses less at four pixels.

# %% [markdown]
# ## Where does it look? (extension)
#
# Cover a part of the picture with a grey square, and see how far the probability of the letter falls. Do that at every place: where it falls most,
# there lies what the network reads by. That is an **occlusion map**.
#
# What tells an E from an F? Take the E of which the network is surest. In which quarter of the picture does covering cost most?

# %% tags=["guess"]
guess = ...
bet = predict("Covering which quarter of an E costs most?", guess)

# %% tags=["nbval-ignore-output", "result"]
yours.set_weights(weights["yours"][0])
p_letters = answers["yours"][0]
known = int(np.argmax(np.where(y_valid == 4, p_letters[:, 4], 0)))
places = range(0, 24, 2)
covered = np.repeat(X_valid[known : known + 1], len(places) ** 2, axis=0)
for number, image in enumerate(covered):
    top, left = (places[i] for i in divmod(number, len(places)))
    image[top : top + 6, left : left + 6] = 0.5
p_covered = probabilities(yours, covered)[:, 4].reshape(len(places), -1)
fall = p_letters[known, 4] - p_covered
middle = len(places) // 2
quarters = {
    "upper left": fall[:middle, :middle].mean(),
    "upper right": fall[:middle, middle:].mean(),
    "lower left": fall[middle:, :middle].mean(),
    "lower right": fall[middle:, middle:].mean(),
}
for name, value in quarters.items():
    print(f"{name:11} covered: {100 * value:.1f} points lost on average")

# %% mystnb={"figure": {"caption": "An E, and how far its probability falls when a grey square of 6 by 6 pixels has its middle at that place."}, "image": {"alt": "On the left an E. On the right a map of the same size, with a bright spot where covering costs most and dark where it costs nothing."}} tags=["hide-input", "nbval-ignore-output", "result"]
fig, axes = plt.subplots(1, 2, figsize=(5, 2.4), layout="constrained")
axes[0].imshow(X_valid[known, :, :, 0], cmap="gray_r")
axes[0].set_title("the letter")
drawn = axes[1].imshow(fall, extent=(2, 26, 26, 2), cmap="viridis")
axes[1].set(title="loss of probability", xlim=(-0.5, 27.5), ylim=(27.5, -0.5))
fig.colorbar(drawn, ax=axes[1])
for ax in axes:
    ax.set(xticks=[], yticks=[])
plt.show()

# %% tags=["check", "nbval-ignore-output"]
bet.compare(max(quarters, key=quarters.get))

# %% [markdown]
# One letter is one letter: try others, by changing `known`. And a grey square is a thing that the network has never seen. The map shows what
# this square does, which is mostly, not always, what the covered part had done.

# %% [markdown]
# ## Does it know what it knows? (extension)
#
# A network says "E, with .9". If you collect all answers with a confidence near .9, are 90 percent of them right? Then it is **calibrated**.
#
# Is your network's mean confidence on the validation part above or below its accuracy? By how many points?

# %% tags=["guess"]
guess = ...
bet = predict("Yours: mean confidence minus accuracy, in points?", guess)


# %% tags=["nbval-ignore-output", "result"]
def reliability(p, truth):
    """Return mean confidence, accuracy and count for ten equal bins of confidence."""
    confidence, ok = p.max(axis=1), p.argmax(axis=1) == truth
    number = np.clip(np.ceil(10 * confidence).astype(int) - 1, 0, 9)
    filled = [number == b for b in range(10) if np.any(number == b)]
    return np.array([[confidence[b].mean(), ok[b].mean(), b.sum()] for b in filled])


bins, excess, expected_error = {}, {}, {}
for name in answers:
    tables = [reliability(p, y_valid) for p in answers[name]]
    bins[name] = tables[0]
    differences = [t[:, 2] @ (t[:, 0] - t[:, 1]) / t[:, 2].sum() for t in tables]
    excess[name] = 100 * np.array(differences)
    absolute = [t[:, 2] @ abs(t[:, 0] - t[:, 1]) / t[:, 2].sum() for t in tables]
    expected_error[name] = 100 * np.mean(absolute)
    signs = ", ".join(f"{value:+.1f}" for value in excess[name])
    print(f"{name:13} confidence - accuracy {signs}; ECE {expected_error[name]:.1f}")

# %% mystnb={"figure": {"caption": "Accuracy of the answers of a confidence against that confidence, in ten bins, first start of each network. On the diagonal a network is calibrated. Bins with fewer than 20 answers are left out."}, "image": {"alt": "Lines near the diagonal from the lower left to the upper right. They stray by ten points and more where there are few answers."}} tags=["hide-input", "nbval-ignore-output", "result"]
fig, ax = plt.subplots(figsize=(4.6, 3.4))
ax.plot([20, 100], [20, 100], color="0.5", ls=":")
looks = zip(compared, (PINK, BLUE, ORANGE), "o^s", strict=False)
for name, colour, marker in looks:
    enough = bins[name][bins[name][:, 2] >= 20]
    ax.plot(*100 * enough[:, :2].T, color=colour, marker=marker, label=name)
ax.set(xlabel="confidence (%)", ylabel="right (%)", title="Sure and right")
ax.legend()
plt.show()

# %% tags=["result"]
drawn_errors = [expected_error[name] for name in compared]
print("these calibration errors are below 12 points:", max(drawn_errors) < 12)

# %% tags=["check", "nbval-ignore-output"]
bet.compare(round(excess["yours"].mean(), 1))

# %% [markdown]
# The **expected calibration error**, ECE, is the mean distance from the diagonal, bins weighted by their answers. After few epochs a network is often rather too modest.
# One that has seen its pictures often becomes too sure: after twenty epochs on 15,000 real letters the MLP was .94 sure on average, and .92 right. The classic course's logistic regression,
# trained by plain gradient descent for too few steps, said .80 where .88 were right; with Adam it was calibrated to three points. So this tells more of the training than of the kind of model.
# Unit 07 uses confidence to abstain.

# %% [markdown]
# ## Do copies help it? (extension)
#
# Unit 05 found letters of the test part that have a near copy in the training part, and asked what these add to the accuracy of the
# nearest neighbour. What do they add to that of a network?
#
# First look at the letters of the validation part that have a near copy in the training part. By how many points is the network better on
# these than on the others?

# %% tags=["guess"]
guess = ...
bet = predict("Letters with a near copy minus the others, in points?", guess)

# %% tags=["nbval-ignore-output", "result"]
from helpers.near_duplicates import near_pairs

i, j, _ = near_pairs(X_valid[..., 0], X_some[..., 0], 2.0)
close_valid = np.isin(np.arange(len(X_valid)), i)
twins = np.isin(np.arange(count), j)
with_copy = 100 * right["yours"][:, close_valid].mean()
without_copy = 100 * right["yours"][:, ~close_valid].mean()
print(f"{close_valid.sum()} of {len(X_valid)} have a near copy among the {count}")
print(f"right: {with_copy:.1f} % of these, {without_copy:.1f} % of the others")

# %% tags=["result"]
print("letters with a near copy are easier:", with_copy > without_copy)

# %% tags=["check", "nbval-ignore-output"]
bet.compare(round(with_copy - without_copy, 1))

# %% [markdown]
# Does the network know them because it has seen their copies? With `fast = False` it is trained again, without the copies, and as a
# control without as many other pictures.

# %% tags=["experiment", "nbval-ignore-output", "result"]
rng, copies_lost = np.random.default_rng(seed), {}
control = np.ones(count, bool)
control[rng.choice(np.flatnonzero(~twins), twins.sum(), replace=False)] = False
for name, keep in (("without copies", ~twins), ("without others", control)):
    if fast:
        break
    rows = np.resize(np.flatnonzero(keep), count)  # as many steps as before
    scores = []
    for start in range(starts):
        trained(yours, start, X_some[rows], y_some[rows])
        scores.append(accuracy(yours, X_valid, y_valid))
    copies_lost[name] = 100 * right["yours"].mean(axis=1) - scores
    numbers = ", ".join(f"{value:+.1f}" for value in copies_lost[name])
    print(f"{name}: lost {numbers} points, start by start")

# %% [markdown]
# On 2,500 real letters it was right on 96.9 % of the letters with a near copy, and on 87.4 % of the others. Without the copies the three
# starts lost 0.5, 0.6 and -0.2 points; without as many other pictures 0.2, 0.4 and -0.5. That is nothing to tell apart. So it is as in
# unit 05: letters with a near copy are easy ones, with or without it. Whoever takes them out of the validation part reports a lower
# accuracy, and has learned little about leakage.

# %% [markdown]
# ## How good can it get? (extension)
#
# The maker of notMNIST wrote that coming near an error of half a percent on these letters would be very impressive. Is that possible? Look at what your network gets
# wrong *and* is very sure of.
#
# Of its errors on the validation part, how many percent have a confidence above .9?

# %% tags=["guess"]
guess = ...
bet = predict("Errors with a confidence above .9: percent of all errors?", guess)

# %% tags=["nbval-ignore-output", "result"]
p_all = np.mean(answers["yours"], axis=0)  # the starts together
said_letter, surest = p_all.argmax(axis=1), p_all.max(axis=1)
mistaken = np.flatnonzero(said_letter != y_valid)
confident = mistaken[surest[mistaken] > 0.9]
confident_share = 100 * len(confident) / len(mistaken)
print(f"{len(mistaken)} errors, {len(confident)} of them above .9", end=" ")
print(f"({100 * len(confident) / len(y_valid):.1f} % of all pictures)")

# %% mystnb={"figure": {"caption": "The ten errors of which the network is surest: label and answer."}, "image": {"alt": "Ten pictures in two rows of five, with the label and the network's answer above each. In some the answer looks more like the picture than the label; some show no letter."}} tags=["hide-input", "nbval-ignore-output", "result"]
abc = "ABCDEFGHIJ"
surest_errors = mistaken[np.argsort(-surest[mistaken])][:10]
titles = [f"{abc[y_valid[i]]}, said {abc[said_letter[i]]}" for i in surest_errors]
draw_letters(
    255 * X_valid[surest_errors, :, :, 0], titles, columns=5, title="Sure and wrong"
)
plt.show()

# %% tags=["check", "nbval-ignore-output"]
bet.compare(round(confident_share))

# %% [markdown]
# Decide for each: could *you* have known the label? Count how many you could not. There are also pictures for which nobody needs to look: unit 05
# found groups of equal pictures with several labels, of which at most one label can be right.

# %% tags=["nbval-ignore-output", "result"]
from helpers.duplicates import exact_groups

same = exact_groups(letters)
votes = np.zeros((same.max() + 1, 10), int)
np.add.at(votes, (same, labels), 1)
impossible = len(letters) - votes.max(axis=1).sum()
print(f"{impossible} of {len(letters)} pictures must be wrong:", end=" ")
print(f"{100 * impossible / len(letters):.2f} %")

# %% [markdown]
# In the built-in set every label is right, so these errors are the network's own. In the real set a part of them is not. There the 3,745
# validation letters of a longer training had 260 errors, 31 of them with a confidence above .9, which is .8 percent of all pictures: wrong labels, logos instead of letters, an I that is a solid
# square, a J that nobody could tell from it. Equal pictures with several labels alone would allow an error
# of half a percent; with these it is hardly in reach. Whoever has only the picture cannot guess a wrong label, except by chance. So near half
# a percent a lower error is no longer better reading: it would be knowing the mistakes of the labels.

# %% [markdown]
# ## The test part, once
#
# All choices are made. The network is yours, as its first start ended. Will the accuracy on the test part be within two standard errors of the one on
# the validation part?

# %% tags=["guess"]
guess = ...
bet = predict("Test within two standard errors of validation: yes or no?", guess)

# %% tags=["nbval-ignore-output", "result"]
X_test, y_test = pictures(letters[test]), labels[test]
yours.set_weights(weights["yours"][0])
share = np.mean(probabilities(yours, X_test).argmax(1) == y_test)
shares = np.array([share, right["yours"][0].mean()])
errors = 100 * np.sqrt(shares * (1 - shares) / [len(y_test), len(y_valid)])
test_accuracy, valid_accuracy = 100 * shares
print(f"test       {test_accuracy:.1f} %, standard error {errors[0]:.1f}")
print(f"validation {valid_accuracy:.1f} %, standard error {errors[1]:.1f}")

# %% tags=["check", "nbval-ignore-output"]
near_enough = abs(test_accuracy - valid_accuracy) < 2 * np.hypot(*errors)
bet.compare("yes" if near_enough else "no")

# %% [markdown]
# The difference of two shares has the standard error $\sqrt{s_1^2 + s_2^2}$. Had you picked the best of nine networks by the validation part, its validation
# accuracy would be a little flattering, and the test part would tell.
#
# ## What we saw
#
# - A convolution looks at small windows with the same few weights at each place; a pool forgives a shift of a pixel or so.
# - Weights are counted by hand: a kernel sees all channels that come in. The dense layer behind costs most.
# - A fair ladder changes one thing at a time, and its differences are paired. More weights did not mean more accuracy.
# - Dropout trains a different half of the network in each step. In use nothing is dropped.
# - Batch normalisation is judged by stored means that lag behind. Refreshed on training pictures, they show what the
#   weights can do.
# - What an architecture permits, the data have to teach: any size, any place. (extension)
# - A few confident errors are labels that nobody could get right, and they bound what can be reached. (extension)
#
# ## Test yourself
#
# <details><summary>1. A layer of 64 filters of 5 by 5 follows one of 32 filters. How many weights does it have?</summary>
#
# $(5 \cdot 5 \cdot 32 + 1) \cdot 64 = 51{,}264$. Whoever forgets the 32 channels gets 1,664.
#
# </details>
#
# <details><summary>2. A picture of 28 by 28 goes through two valid 3 by 3 convolutions, a pool, and two more such convolutions. Which shape comes out?</summary>
#
# 28, 26, 24, pooled 12, 10, 8: 8 by 8, with as many channels as the last layer has filters.
#
# </details>
#
# <details><summary>3. Somebody shuffles the 784 pixels of all pictures in the same way. Which of the networks will suffer?</summary>
#
# Logistic regression and the MLP not at all: no pixel has a neighbour for them. Convolutions will: their windows now hold pixels that have nothing to
# do with each other.
#
# </details>
#
# <details><summary>4. Validation accuracy after epoch 1 is 30 %, training accuracy 80 %. The network has batch normalisation. Do you add dropout?</summary>
#
# No. First refresh the stored statistics on training pictures, or wait some hundred steps. If the gap closes, it was the lag. Overfitting would be a gap that grows while
# the training loss falls.
#
# </details>
#
# <details><summary>5. Network A has 92.9 %, network B 93.3 %, on the same 3,745 pictures. Is B better?</summary>
#
# It takes more than the two numbers. One standard error of each is 0.4 points, but the networks were asked about the same pictures: compare picture by
# picture, and over several starts.
#
# </details>
#
# ## Bug hunt
#
# A colleague compares two networks and is sure of the winner. The code runs without an error. Find the mistakes: there are at least six.


# %%
def careless(X, y, X_test, y_test):
    linear, deep = models["logistic"], models["yours"]
    restart(linear, 1)
    linear.fit(X, y, batch_size=25, verbose=0)
    first = accuracy(linear, X_test, y_test)
    second = []
    for w in weights["yours"]:
        deep.set_weights(w)
        second.append(accuracy(deep, X_test, y_test))
    print(f"linear {first:.1f} %, deep {max(second):.1f} %, the best of all starts")
    print("and it is fully shift-invariant, for pictures of any size!")
    return first, max(second)


def show(model, X, Y, rows=8):
    rows, X = 3, X_valid
    answers = probabilities(model, X_valid)
    for i in rng.integers(len(X), size=rows):
        print("ABCDEFGHIJ"[y_valid[i]], answers[i].max().round(2))


# %% tags=["nbval-ignore-output"]
linear_score, deep_score = careless(
    X_some[:150], y_some[:150], X_valid[:300], y_valid[:300]
)
show(yours, X_some, y_some, rows=2)

# %%
print("the deep one is ahead by over 5 points:", bool(deep_score - linear_score > 5))

# %% [markdown]
# <details><summary>What to find</summary>
#
# 1. **More than the network differs**: the linear model is trained for six steps, the deep one for three
#    epochs of many more. It is simply trained too little.
# 2. **The pictures differ, too**: the linear one gets the first 150 only.
# 3. **The test part chooses**: the best start is picked on the pictures on which it is reported.
# 4. **The best of several is compared with one**, and no standard error is given.
# 5. **"Linear" against "deep"** rests on two shares that are not even paired, though the pictures are the same.
# 6. **"Fully shift-invariant, any size"** was never tested. A pool forgives a pixel, `Flatten` none, and the size of the input is fixed.
# 7. **`show` ignores its arguments**: `X`, `Y` and `rows` are replaced by variables of the notebook, and all pictures are predicted where three
#    are shown.
#
# Three more, found in the course from which these mistakes come: another optimiser for the linear model (`sgd`, the others `adam`); `Y` and `y` in one program, names that differ by a capital letter
# only; and a network with batch normalisation that is compiled and never trained, as if that were a result.
#
# </details>
#
# ## On the real data
#
# Set `source = "real"` and `fast = False` in the cell near the top and run the notebook again. The page [On the real
# data](../book/results.md) holds what we measured.
#
# ## Read on
#
# - Douglas Hofstadter, *Metamagical Themas* (1985), and "On Seeing A's and Seeing As", Stanford Humanities Review (1995): what a letter is.
# - Victor Powell, "Image Kernels Explained Visually", setosa.io: kernels to play with.
# - Yann LeCun and others, "Gradient-Based Learning Applied to Document Recognition" (1998): the network that all this
#   comes from.
# - The notes of Stanford's course CS231n on convolutional networks, cs231n.github.io.
# - Geoffrey Hinton and others, ["Improving neural networks by preventing co-adaptation of feature
#   detectors"](https://arxiv.org/abs/1207.0580) (2012): dropout.
# - Sergey Ioffe and Christian Szegedy, ["Batch Normalization"](https://arxiv.org/abs/1502.03167) (2015); Alex Irpan, "On The Perils of Batch Norm"
#   (2017), on his blog.
# - Chris Olah and others, ["Feature Visualization"](https://distill.pub/2017/feature-visualization/) (2017) and ["The Building Blocks of
#   Interpretability"](https://distill.pub/2018/building-blocks/) (2018), at Distill; François Chollet, "How convolutional neural networks see the world", on the
#   Keras blog.
# - Gabriel Goh, ["Why Momentum Really Works"](https://distill.pub/2017/momentum/) (2017), and Sebastian Ruder, "An overview of gradient descent optimization
#   algorithms": from `sgd` to `adam`.
# - Piotr Migdał, "Learning Deep Learning with Keras" (2017), and his notebook on these letters, from which this unit's ladder comes.
#
# Next: unit 07, a project of your own on handwritten symbols.
