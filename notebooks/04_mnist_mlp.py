# %% [markdown] tags=["header"]
# # Training an MLP well
#
# [![Open the exercises in Colab](../book/_static/open-in-colab.svg)](https://colab.research.google.com/github/first-layers/first-layers/blob/main/notebooks/04_mnist_mlp.ipynb)
#
# You prepare handwritten digits, build a network in Keras and train it, and learn to see whether it learns or only remembers.
#
# **When you are done, you can**
#
# - prepare images for a network so that validation and test part have no say in it
# - write softmax and cross-entropy, and say what the loss of somebody who only guesses is
# - build, count, compile and train a network in Keras, and read its curves
# - tell overfitting from a mere gap, and report a test accuracy once, with its uncertainty
#
# **Before this:** unit 02 (mini-batches; training, validation and test parts), and numpy arrays. **Time:** 100 minutes, and 120 more for the extensions. **Data:** MNIST, 6,000 of its digits built in, or all 70,000. **TensorFlow:** needed (any Keras 3 backend will do).
#
# Stuck for long? The [solved notebook](../solutions/04_mnist_mlp.ipynb) has every answer.

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
    from helpers.checks import mnist_mlp as check
except ImportError as error:
    other = getattr(find_spec("helpers"), "origin", None)
    message = f"Not this book's helpers, or too old: {other}."
    advice = "Rename or remove it, then restart the kernel."
    raise ImportError(f"{message} {advice}") from error
if "google.colab" in sys.modules:
    print("To keep your work: File > Save a copy in Drive.")

# %% tags=["parameters"]
fast = True  # False: more starts and longer runs in the extensions
seed = 0  # where random numbers start
source = "embedded"  # "real": all of MNIST, 12 MB, fetched once

# %% [markdown]
# In unit 02 you wrote every line of a network yourself. From here on a library does the slopes, the batches and the
# steps. What is left to you is what decides whether the result is any good: what goes in, what the loss says, when to
# stop, and which number you may believe.
#
# An **MLP**, a multi-layer perceptron, is the kind of network you know: layers in which every unit sees everything
# that the layer before gives.
#
# ## What is in the box?
#
# **MNIST** is the classic set of handwritten digits, cut out, centred and scaled to 28 by 28 pixels. Its makers split
# it once and for all into a training and a test part, so that everybody's results can be compared. 5,000 + 1,000 of
# its digits are built in. With `source = "real"` above you get all of them, 60,000 + 10,000. Every sentence below
# holds for both, or says which it means.

# %%
from helpers import data

(x, y), (x_test, y_test) = data.mnist(source)
for name, values in (("x", x), ("y", y), ("x_test", x_test), ("y_test", y_test)):
    print(f"{name:6} {values.shape!s:15} {values.dtype}")
print("pixels from", x.min(), "(paper) to", x.max(), "(ink)")

# %% [markdown]
# `x` has three axes: which image, which row, which column. An array with three axes is also called a **3-tensor**;
# that is where TensorFlow has its name from. The test part is only counted here. What is in it stays unseen until the
# end.
#
# Is every digit there, and about equally often?

# %%
import numpy as np

counts = np.bincount(y, minlength=10)
print("images of 0 to 9:", counts)
print(f"each between {counts.min() / len(y):.1%} and {counts.max() / len(y):.1%}")

# %% mystnb={"figure": {"caption": "The first 20 digits with their labels."}, "image": {"alt": "Two rows of ten handwritten digits, each with its label above, in different hands: thick and thin, upright and slanted."}} tags=["hide-input"]
import matplotlib.pyplot as plt

from helpers.figures import BLUE, GREEN, ORANGE, PINK, ink, use_book_style
from helpers.letters import draw_letters

use_book_style()
draw_letters(x[:20], y[:20], title="The first 20 digits and their labels")
plt.show()

# %% [markdown]
# ## How does an image become a row?
#
# A dense layer multiplies rows by a matrix, so an image has to become one row of 784 numbers. And numbers up to 255
# are awkward: weights start small, for inputs of about the size 1. So divide by 255.


# %%
def flat(images):
    """Return images as float32 rows from 0 to 1."""
    return images.reshape(len(images), -1).astype(np.float32) / 255


rows = flat(x)
print(rows.shape, rows.dtype, "from", rows.min(), "to", rows.max())

# %% [markdown]
# The neighbourhood of the pixels is lost on the way: for a dense layer, pixel 29 is no nearer to pixel 1 than any
# other. Unit 06 repairs that.
#
# ## Which images may it learn from?
#
# The makers gave a training and a test part. That is not enough. You will make choices: how long to train, how many
# units, which rate. If you choose by the test part, you choose what happens to suit these images, and the test no
# longer tells how the network does on new ones. So a sixth of the training part is put aside for choosing: the
# **validation** part.
#
# **Exercise.** Write `split_validation`. It draws `round(share * n)` of the `n` samples at random for validation and
# leaves the others for training. Both parts are shuffled, no sample is lost or stands in both, and each image keeps
# its label. All randomness comes from `rng`.


# %% exercise={"id": "split_validation", "minutes": 15, "points": 3, "tier": "core"} tags=["exercise"]
def split_validation(x, y, share, rng):
    """Return (x_train, y_train), (x_valid, y_valid)."""
    order = ...
    size = ...
    valid = ...
    train = ...
    return (x[train], y[train]), (x[valid], y[valid])


# %% [markdown]
# <details><summary>Hint</summary>
#
# `rng.permutation(n)` gives the numbers below n in a random order. Cut that one list in two. Images and labels are
# then picked with the same numbers.
#
# </details>

# %% tags=["check"]
split_validation = check.split_validation(split_validation).or_ours()

# %%
rng = np.random.default_rng(seed)
(X_train, y_train), (X_valid, y_valid) = split_validation(rows, y, 1 / 6, rng)
print("training:  ", X_train.shape, y_train.shape)
print("validation:", X_valid.shape, y_valid.shape)

# %% [markdown]
# Keras can do that, too: `fit(..., validation_split=1/6)`. But it takes the **last** sixth as it lies there. On data sorted by class, that is a validation part of eights and nines.
#
# ## Could it be fewer numbers?
#
# 784 numbers an image, most of them paper. **PCA**, principal component analysis, finds the direction in which the
# images differ most, then the one in which they differ most of what is left, and so on. Where an image lies along
# these directions are its **scores**. The first few scores say most about it.
#
# How much, would you guess? Of all variance of the pixels, how many percent do 60 of the 784 directions keep?

# %% tags=["guess"]
from helpers import predict

guess = ...
bet = predict("How many percent of the variance do 60 of 784 directions keep?", guess)

# %% tags=["result"]
from sklearn.decomposition import PCA

every = PCA(svd_solver="covariance_eigh").fit(X_train)
kept = 100 * np.cumsum(every.explained_variance_ratio_)
for k in (5, 20, 60, 784):
    print(f"{k:3} directions keep {kept[k - 1]:5.1f} %")
kept_by_60 = float(kept[59])

# %% tags=["check"]
bet.compare(round(kept_by_60, 1))

# %% mystnb={"figure": {"caption": "Share of the variance that the first k principal components of the training part keep."}, "image": {"alt": "A curve that rises steeply from 10 percent at one component to about 85 percent at 60, then bends and creeps towards 100 percent at 784. Four points are marked: 5, 20, 60 and 784."}} tags=["hide-input", "result"]
fig, ax = plt.subplots(figsize=(6.5, 3.4))
ax.plot(range(1, 785), kept, color=BLUE)
for k in (5, 20, 60, 784):
    ax.plot(k, kept[k - 1], "o", color=ORANGE)
    side = "right" if k == 784 else "left"
    text = f"{k}: {kept[k - 1]:.0f} %"
    ax.annotate(text, (k, kept[k - 1]), (6, -12), textcoords="offset points", ha=side)
ax.set(xlabel="number of components", ylabel="variance kept (%)", ylim=(0, 104))
ax.set_title("Few directions say most")
plt.show()

# %% [markdown]
# Variance is not legibility. Put images together again from their first k scores, and see from where on you can read
# them. These are validation images: the directions were found without them.

# %% mystnb={"figure": {"caption": "Ten validation images, put together from 5, 20, 60 and all 784 components."}, "image": {"alt": "Four rows of the same ten digits. With 5 components they are blurred blobs, with 20 most can be guessed, with 60 all can be read in front of a slightly grey background, with 784 they are sharp."}} tags=["hide-input", "result"]
scores = every.transform(X_valid[:10])
again = []
for k in (5, 20, 60, 784):
    image = scores[:, :k] @ every.components_[:k] + every.mean_
    again.append(255 * image.clip(0, 1))
draw_letters(
    np.concatenate(again).reshape(-1, 28, 28),
    rows=["5", "20", "60", "784"],
    title="Digits from their first k scores",
)
plt.show()

# %% [markdown]
# 60 will do. A network with 60 inputs is smaller and quicker than one with 784, which was the point on an old laptop.
# On yours 784 would work as well; whether they are better is an experiment of the extensions.
#
# The directions and the mean image are **learned** from data, so they are learned from the training part alone.
# Validation and test images are only described by them. Otherwise the exam has a say in the preparation. With 60
# directions and thousands of images you would hardly notice. With few images, or many directions, you would be
# pleased by a number that is too good.

# %%
pca = PCA(60, random_state=seed).fit(X_train)
Z_train, Z_valid = pca.transform(X_train), pca.transform(X_valid)
print(Z_train.shape, Z_train.dtype, Z_valid.shape)
for k in (0, 59):
    print(f"score {k + 1:2}: standard deviation {Z_train[:, k].std():.2f}")

# %% [markdown]
# ## Should every column be equally loud?
#
# The first score varies several times as much as the last. In other data it can be a million times: kilometres in one column, millimetres in another. A network sees only numbers, and the slope of a weight is proportional to its input,
# so the loud column is learned first. The usual remedy is to **standardise**: subtract the mean of each column, and
# divide by its standard deviation.
#
# Columns that never change are a trap. How many of the 784 pixels have the same value in *all* training images?

# %% tags=["guess"]
guess = ...
bet = predict("How many of the 784 pixels never change in training?", guess)

# %% tags=["result"]
never = X_train.std(axis=0) == 0
print(never.sum(), "pixels never change, such as pixel", np.flatnonzero(never)[0])
surprises = (np.ptp(X_valid, axis=0) > 0) & never
print("of these, changing in the validation part:", surprises.sum())

# %% tags=["check"]
bet.compare(int(never.sum()))

# %% [markdown]
# **Exercise.** Write `standardise(train, test)`. Both are treated column by column with the mean and the standard
# deviation of `train`, because the other part must not have a say. A column that never changes in `train` is not
# divided by anything, so that in `train` it becomes 0 and not `nan`; in the other part its mean is subtracted and no more.


# %% exercise={"id": "standardise", "minutes": 8, "points": 2, "tier": "core"} tags=["exercise"]
def standardise(train, test):
    """Return both parts, standardised by what the training part says."""
    mean = ...
    spread = ...
    return (train - mean) / spread, (test - mean) / spread


# %% [markdown]
# <details><summary>Hint</summary>
#
# `axis=0` is the axis that disappears: one mean for each column is left. `np.where(condition, 1, spread)` takes 1
# where the condition holds, and `spread` elsewhere.
#
# </details>

# %% tags=["check"]
standardise = check.standardise(standardise).or_ours()

# %%
same_train, same_valid = standardise(Z_train, Z_valid)
for name, part in (("training", same_train), ("validation", same_valid)):
    low, high = part.std(axis=0).min(), part.std(axis=0).max()
    print(f"{name:10} spread of the scores: {low:.3f} to {high:.3f}")

# %% [markdown]
# Exactly 1 in the training part, near 1 in the validation part. If it were exactly 1 there, too, you would
# have divided by its own standard deviation.
#
# Is it a good idea here? All scores are measured in the same unit, and the last ones are small because they matter
# less. Standardised, they are as loud as the first. So the network below gets `Z_train` as it is; the extensions let
# both compete, and raw pixels with them.
#
# ## From sums to probabilities
#
# For each digit the last layer gives a sum, any number. **Softmax** turns ten sums into ten probabilities:
#
# $$p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}$$
#
# All are positive, they add up to 1, and the largest sum gets the largest probability. Only differences count: the
# same number added to all sums changes nothing. That is handy, since $e^{1000}$ is too large for a computer. Subtract
# the largest sum of the row first.
#
# **Exercise.** Write `softmax(z)` for a whole batch: each row on its own. Sums as large as 1000 must not harm it.


# %% exercise={"id": "softmax", "minutes": 8, "points": 2, "tier": "core"} tags=["exercise"]
def softmax(z):
    """Return probabilities, shape (n, k), for sums of shape (n, k)."""
    power = ...
    return ...


# %% [markdown]
# <details><summary>Hint</summary>
#
# `z.max(axis=1, keepdims=True)` has shape (n, 1): one number a row, ready to be subtracted from it. Without
# `keepdims` its shape is (n,), and numpy would line it up with the columns.
#
# </details>

# %% tags=["check"]
softmax = check.softmax(softmax).or_ours()

# %%
z = np.array([[1.0, 2.0, 4.0], [1001.0, 1002.0, 1004.0], [0.0, 0.0, 0.0]])
print(softmax(z).round(3))

# %% [markdown]
# ## What should a loss say?
#
# Probabilities of ten digits, and one digit that is true. A good loss asks only: how probable did you think what
# really is? If that is 1, there is nothing to complain of: loss 0. The nearer to 0, the worse, without limit.
# **Cross-entropy** is $-\ln p_{\text{true}}$, as a mean over the batch.
#
# Somebody who knows nothing says 1/10 for every digit. What is the cross-entropy of this guesser?

# %% tags=["guess"]
guess = ...
bet = predict("Cross-entropy of a guesser who says 1/10 each time?", guess)

# %% [markdown]
# **Exercise.** Write `cross_entropy(p, y)`: `p` has a row of probabilities for each sample, `y` holds whole numbers,
# the true classes. Where a probability is exactly 0, the logarithm would be infinite. Make it large and finite: lift
# the probability to a tiny number first.


# %% exercise={"id": "cross_entropy", "minutes": 8, "points": 2, "tier": "core"} tags=["exercise"]
def cross_entropy(p, y):
    """Return the mean of -ln p[true class], for p of shape (n, k) and n classes y."""
    true = ...
    return ...


# %% [markdown]
# <details><summary>Hint</summary>
#
# `p[[0, 1, 2], [5, 0, 4]]` picks three numbers: from row 0 the one at place 5, from row 1 that at place 0, from row 2
# that at place 4. `np.arange(n)` gives the row numbers.
#
# </details>

# %% tags=["check"]
cross_entropy = check.cross_entropy(cross_entropy).or_ours()

# %% tags=["result"]
guesser = np.full((len(y_valid), 10), 0.1)
ignorance = cross_entropy(guesser, y_valid)
print(f"guesser: {ignorance:.3f}, and ln 10 is {np.log(10):.3f}")

# %% tags=["check"]
bet.compare(ignorance)

# %% [markdown]
# Remember 2.3: a network for ten digits that stands there has learned nothing. Of two digits the guesser would have
# $\ln 2 = 0.69$. And a loss *above* 2.3 is worse than knowing nothing: wrong, and sure of it.
#
# ### Whole numbers or ones and zeros?
#
# Many programs turn labels into **one-hot** rows first: a 1 at the place of the digit, 0 elsewhere. The loss then is
# $-\sum_k y_k \ln p_k$, in which the zeros remove all terms but one.
#
# **Exercise (extension).** Write `one_hot(y, k)`. `k` is the number of classes, whether all of them occur in `y` or not.


# %% exercise={"id": "one_hot", "minutes": 4, "points": 1, "tier": "extension"} tags=["exercise"]
def one_hot(y, k):
    """Return an array of shape (n, k): row i has its 1 at place y[i]."""
    return ...


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.eye(k)` is a table whose row i has its 1 at place i. Or start from `np.zeros((n, k))`.
#
# </details>

# %% tags=["check"]
one_hot = check.one_hot(one_hot).or_ours()

# %%
print(y_train[:3])
print(one_hot(y_train[:3], 10).astype(int))

# %% [markdown]
# Keras has a loss for each kind. `sparse_categorical_crossentropy` takes whole numbers, `categorical_crossentropy`
# one-hot rows. They compute the same. Mix them up, and you get an error, or a wrong number. This book stays with
# whole numbers: less memory, and nothing to convert.
#
# Now load Keras. It needs a **backend** that does the computing: TensorFlow, JAX or PyTorch. Nothing below cares
# which.

# %%
from helpers.backend import prepare_keras

prepare_keras()

# %%
import keras

keras.utils.set_random_seed(seed)

# %%
p = softmax(np.random.default_rng(seed).normal(size=(4, 10)))
true = np.array([3, 0, 9, 3])
sparse = keras.losses.SparseCategoricalCrossentropy()(true, p)
dense = keras.losses.CategoricalCrossentropy()(one_hot(true, 10), p)
print("whole numbers agree with yours:", np.isclose(sparse, cross_entropy(p, true)))
print("one-hot rows agree with yours: ", np.isclose(dense, cross_entropy(p, true)))

# %% [markdown]
# ## What is a network in Keras?
#
# A list of layers. This one has 60 inputs, 128 hidden units and ten outputs. The shape of one sample comes first;
# from it Keras works out all others.

# %%
net = keras.Sequential(
    [
        keras.Input((60,)),
        keras.layers.Dense(128),
        keras.layers.Activation("relu"),
        keras.layers.Dense(10),
        keras.layers.Activation("softmax"),
    ]
)

# %% [markdown]
# `Dense` is linear: it multiplies by weights and adds biases, no more. What bends is the activation after it.
# **ReLU** is $\max(0, z)$: negative sums become 0, positive ones stay. Without it two dense layers would be no more
# than one.
#
# How many numbers can this network learn? Every unit has one weight for each value that comes in, and one bias. Work
# it out on paper.

# %% tags=["guess"]
guess = ...
bet = predict("How many weights and biases does 60-128-10 have?", guess)

# %% [markdown]
# **Exercise (extension).** Write `param_count(sizes)` for any list of sizes.


# %% exercise={"id": "param_count", "minutes": 5, "points": 1, "tier": "extension"} tags=["exercise"]
def param_count(sizes):
    """Return the number of weights and biases of dense layers of these sizes."""
    total = 0
    for level in range(len(sizes) - 1):
        total = ...
    return total


# %% [markdown]
# <details><summary>Hint</summary>
#
# In each turn, `sizes[level]` values come in and `sizes[level + 1]` units take them all. Inputs have no bias.
#
# </details>

# %% tags=["check"]
param_count = check.param_count(param_count).or_ours()

# %% tags=["table", "result"]
from helpers.model_text import describe_model

print(describe_model(net))
parameters = param_count([60, 128, 10])
print(f"60 * 128 + 128 + 128 * 10 + 10 = {parameters:,}")

# %% tags=["check"]
bet.compare(parameters)

# %% [markdown]
# Read it from top to bottom: what a layer is, the shape of what it gives, how many numbers it learns. Activations
# learn nothing. The `None` in front is the **batch dimension**: how many samples come at once is left open. The same
# network takes one image or a thousand, and each sample keeps its own row.
#
# There is a second way to write it. In the **Functional API** each layer is called with what goes in, as in unit 03's
# graphs. It is longer here, and can do what a list cannot: branches, several inputs, shortcuts. An activation can be
# given to `Dense` as an argument.

# %%
inputs = keras.Input((60,))
hidden = keras.layers.Dense(128, activation="relu")(inputs)
outputs = keras.layers.Dense(10, activation="softmax")(hidden)
twin = keras.Model(inputs, outputs)

twin.set_weights(net.get_weights())
one, other = (keras.ops.convert_to_numpy(m(Z_valid[:5])) for m in (net, twin))
print("the same five answers:", np.allclose(one, other, atol=1e-6))

# %% [markdown]
# **Exercise.** Write `build_mlp`, for any number of hidden layers. `hidden` is a list of sizes: `[128]`, or `[32,
# 16]`. Each hidden layer has the given activation, the last layer softmax. Return the model; do not compile or train
# it.


# %% exercise={"id": "build_mlp", "minutes": 10, "points": 3, "tier": "core"} tags=["exercise"]
def build_mlp(n_in, hidden, n_out, activation):
    """Return a Keras model: n_in inputs, hidden layers, n_out probabilities."""
    model = keras.Sequential([keras.Input((n_in,))])
    for size in hidden:
        ...
    ...
    return model


# %% [markdown]
# <details><summary>Hint</summary>
#
# `model.add(layer)` puts a layer at the end. Each turn of the loop adds one hidden layer; the last layer comes after it.
#
# </details>

# %% tags=["check"]
build_mlp = check.build_mlp(build_mlp).or_ours()

# %% [markdown]
# A new network already has weights: small random ones, by Glorot's recipe, and biases 0. So it already gives
# probabilities. What is its cross-entropy on the validation part, before it has learned anything?

# %% tags=["guess"]
guess = ...
bet = predict("Cross-entropy of the untrained network on the validation part?", guess)

# %% tags=["nbval-ignore-output", "result"]
keras.utils.set_random_seed(seed)
net = build_mlp(60, [128], 10, "relu")
p_valid = keras.ops.convert_to_numpy(net(Z_valid))
untrained = cross_entropy(p_valid, y_valid)
print(f"untrained: {untrained:.2f}, a guesser has {np.log(10):.2f}")

# %% tags=["result"]
print("near the guesser, between 2 and 3.5:", 2 < untrained < 3.5)
print("each row adds up to 1:", np.allclose(p_valid.sum(axis=1), 1, atol=1e-5))

# %% tags=["check", "nbval-ignore-output"]
bet.compare(round(untrained, 2))

# %% [markdown]
# About as bad as the guesser, usually a little worse: random weights have random opinions. **Always look at this
# number before you train.** A loss of 10 at the start means that the inputs are too large.
#
# ## What else does training need?
#
# A network gives answers. To learn, it needs three things more, and `compile` puts them together:
#
# - the **loss** says how bad an answer is. Its slopes are followed, so it must be smooth;
# - the **optimiser** says how to use the slopes. *Adam* is gradient descent that chooses the length of its steps for
#   each weight, from what that weight's slopes have been like;
# - **metrics** are reported and not followed. Accuracy has no slope, but you can read it.

# %%
net.compile(
    optimizer="adam",
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
    steps_per_execution=16,
)

# %% [markdown]
# `steps_per_execution=16` changes no result. It lets the backend do 16 steps before it comes back to Python, which is
# where a small network spends most of its time.
#
# Five epochs in batches of 32. What will be the accuracy on the validation part, in percent?

# %% tags=["guess"]
guess = ...
bet = predict("Validation accuracy after 5 epochs, in percent?", guess)

# %% [markdown]
# While it trains, **livelossplot** can draw the curves live, epoch by epoch. It is an extra package and counts
# epochs from 0; without it the curves come at the end.

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
history = net.fit(
    Z_train,
    y_train,
    epochs=5,
    batch_size=32,
    validation_data=(Z_valid, y_valid),
    validation_batch_size=1000,
    callbacks=live,
    verbose=verbose,
).history

# %% tags=["nbval-ignore-output", "result"]
after_five = net.get_weights()
for name, values in history.items():
    print(f"{name:12}", " ".join(f"{value:.3f}" for value in values))
valid_accuracy = 100 * history["val_accuracy"][-1]
print(f"validation accuracy {valid_accuracy:.1f} %")

# %% tags=["result"]
lowest = 96.5 if source == "real" else 88
print(f"above {lowest} %:", valid_accuracy > lowest)
falls = np.diff(history["val_loss"]) < 0
print("validation loss lower after each epoch:", falls.all())

# %% tags=["check", "nbval-ignore-output"]
bet.compare(round(valid_accuracy, 1))

# %% mystnb={"figure": {"caption": "The network 60-128-10 while it learns: loss and accuracy after each epoch, solid for training, dashed for validation."}, "image": {"alt": "Two panels over five epochs. Above, the losses fall, steeply at first; the training loss starts above the validation loss. Below, the accuracies rise and flatten out."}} tags=["hide-input", "nbval-ignore-output", "result"]
from helpers.learning_curves import plot_history

plot_history({"60-128-10": history}, title="Five epochs, batches of 32")
plt.show()

# %% [markdown]
# Two panels, because loss and accuracy have different scales. Solid is training, dashed validation. Why is the
# *training* loss worse in the first epoch? It is the mean over that epoch, from the first clumsy step on. The
# validation loss is measured at its end.
#
# On this page `fit` took seconds. With networks that are a thousand times larger people use graphics processors
# (GPUs), which do many multiplications at once; for one of this size they bring little.
#
# Now call `fit` again, for two more epochs. Will the training loss of its first epoch be nearer to that of the very
# first epoch, or to that of the fifth?

# %% tags=["guess"]
guess = ...
bet = predict("A second fit begins with a loss near the first or the fifth?", guess)

# %% tags=["nbval-ignore-output", "result"]
more = net.fit(
    Z_train,
    y_train,
    epochs=2,
    batch_size=32,
    validation_data=(Z_valid, y_valid),
    validation_batch_size=1000,
    verbose=verbose,
).history
before = history["loss"]
print(f"first {before[0]:.3f}, fifth {before[-1]:.3f}, then {more['loss'][0]:.3f}")

# %% tags=["check"]
middle = (before[0] + before[-1]) / 2
bet.compare("fifth" if more["loss"][0] < middle else "first")

# %% [markdown]
# A model keeps its weights: the second `fit` goes on where the first ended, so that it has now trained for seven
# epochs, not two. That is handy, and a trap: run a cell twice, and you have trained twice. To start anew, build anew.
#
# It also means that whatever it has seen, it has seen. If the second `fit` came with *another* validation part, the
# network would be asked about images from which it has learned. The bug hunt below does that.
#
# The plan was five epochs, so put the weights of the fifth back. Weights are just arrays.

# %%
net.set_weights(after_five)

# %% [markdown]
# ## Does it learn, or remember?
#
# Let the network have only 300 of its training images. So that an epoch is no shorter than usual, each image is shown
# ten times in it: 3,000 images an epoch, ten epochs. What will the validation loss do? In which of the ten epochs is
# it lowest?

# %% tags=["guess"]
guess = ...
bet = predict("300 images: which of 10 epochs has the lowest validation loss?", guess)

# %% [markdown]
# The optimiser is plain gradient descent, `SGD`, with rate 0.5. It keeps nothing from step to step, so that putting
# back the first weights is a true new start.


# %% tags=["experiment"]
small = build_mlp(60, [128], 10, "relu")
small.compile(
    optimizer=keras.optimizers.SGD(0.5),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
    steps_per_execution=30,
)
first_weights = small.get_weights()


def train_on(images):
    """Train from the first weights, 3,000 images an epoch; return the history."""
    small.set_weights(first_weights)
    which = np.resize(np.arange(images), 3000)  # repeated to that length
    Z, y, held_out = Z_train[which], y_train[which], (Z_valid[:2000], y_valid[:2000])
    options = {"epochs": 10, "batch_size": 50, "validation_batch_size": 1000}
    return small.fit(Z, y, validation_data=held_out, verbose=0, **options).history


# %% tags=["experiment", "nbval-ignore-output", "result"]
few = train_on(300)
for name in ("loss", "val_loss", "val_accuracy"):
    print(f"{name:12}", " ".join(f"{value:.3f}" for value in few[name]))

# %% tags=["check", "nbval-ignore-output"]
bet.compare(int(np.argmin(few["val_loss"])) + 1)

# %% [markdown]
# The training loss goes to 0: all 300 are known by heart. The validation loss came down at first, has its lowest value after ten passes through the images or twenty, and from there on it *rises* while the training loss
# still falls. That is **overfitting**: what is learned now is true of these 300 images only.
#
# Careful with the word. That training looks better than validation is a **gap**, and a gap is normal. And when both
# losses rise, the steps are too long; that is no overfitting either.
#
# **Exercise.** Write `overfitting(history)`. It returns two things: the epoch in which `val_loss` is lowest, counted
# from 1 (the first such one), and True or False, whether it overfits: at the end `val_loss` is more than 10 percent
# above its lowest value, **and** `loss` is lower than it was in that best epoch.


# %% exercise={"id": "overfitting", "minutes": 12, "points": 3, "tier": "core"} tags=["exercise"]
def overfitting(history):
    """Return the best epoch, and whether it overfits, for a history of Keras."""
    loss, val_loss = history["loss"], history["val_loss"]
    best = ...
    rises = ...
    learns = ...
    return best + 1, bool(rises and learns)


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.argmin(values)` gives the place of the smallest value, counted from 0, and the first place if there are several.
# Python's lists count from 0, too; only what you return counts from 1.
#
# </details>

# %% tags=["check"]
overfitting = check.overfitting(overfitting).or_ours()

# %% tags=["result"]
best_epoch, overfits = overfitting(few)
print("300 images: best in the first three epochs:", best_epoch <= 3)
print("300 images: overfits, by the rule:", "yes" if overfits else "no")
rise = few["val_loss"][-1] / few["val_loss"][best_epoch - 1] - 1
print("300 images: ends more than 5 % above its lowest loss:", rise > 0.05)
print("all images, five epochs: no overfitting:", not overfitting(history)[1])
at_best, at_end = few["val_accuracy"][best_epoch - 1], few["val_accuracy"][-1]
print("300 images: accuracy the same to 1.5 points:", abs(at_end - at_best) < 0.015)

# %% [markdown]
# What helps? More data, first of all. Ten times as many images, everything else the same: first weights, rate, number
# of steps, time. Every image is now shown once an epoch instead of ten times. By how many percent is the lowest
# validation loss below that with 300 images?

# %% tags=["guess"]
guess = ...
bet = predict("3,000 images: by how many percent is the lowest loss lower?", guess)

# %% tags=["experiment", "nbval-ignore-output", "result"]
many = train_on(3000)
lower_by = 100 * (1 - min(many["val_loss"]) / min(few["val_loss"]))
print(f"lowest with 300: {min(few['val_loss']):.2f}, with 3,000:", end=" ")
print(f"{min(many['val_loss']):.2f}, that is {lower_by:.0f} % lower")

# %% tags=["result"]
print("lower by more than a third:", lower_by > 33)
print("3,000 images: no overfitting:", not overfitting(many)[1])

# %% tags=["check", "nbval-ignore-output"]
bet.compare(round(lower_by))

# %% mystnb={"figure": {"caption": "The same network, the same number of steps: 300 images shown ten times an epoch, or 3,000 images shown once. Solid training, dashed validation."}, "image": {"alt": "Two panels. Above, losses: with 300 images the training loss falls to 0 at once and the validation loss rises slowly from about a half; with 3,000 images both fall and stay low. Below, accuracies: both reach 100 percent in training; in validation 3,000 images give about 93 percent, and 300 about ten points less, nearly level."}} tags=["hide-input", "nbval-ignore-output", "result"]
plot_history(
    {"300 images": few, "3,000 images": many}, title="Fewer images, more remembered"
)
plt.show()

# %% [markdown]
# Look at the dashed lines of the 300 in both panels. The loss gets worse, the accuracy does not. So the network makes
# no more mistakes than before; it becomes surer of those that it makes, and cross-entropy makes you pay for that. Had
# you plotted accuracy alone, you would have seen nothing.
#
# Other remedies: stop when the validation loss no longer falls, which the extensions do with `EarlyStopping`. Add
# noise, as in unit 06's dropout. A smaller network is the usual advice as well. It is no law: try `small = build_mlp(60, [12], 10, "relu")` above, and put 128 back afterwards. Here it starts to overfit just as soon, and ends worse.
#
# ## How well does it read what it has never seen?
#
# All choices are made: 60 scores, 128 units, Adam, five epochs. Now the test part, once. It is prepared by what the
# *training* part has taught: divided by the same 255, described by the same directions.

# %%
X_test = flat(x_test)
Z_test = pca.transform(X_test)
print(Z_test.shape, Z_test.dtype)

# %% tags=["guess"]
guess = ...
bet = predict("Test accuracy of the network after five epochs, in percent?", guess)

# %% tags=["nbval-ignore-output", "result"]
test_loss, share = net.evaluate(Z_test, y_test, batch_size=1000, verbose=0)
test_accuracy = 100 * share
test_error = 100 * np.sqrt(share * (1 - share) / len(y_test))
valid_share = valid_accuracy / 100
valid_error = 100 * np.sqrt(valid_share * (1 - valid_share) / len(y_valid))
print(f"test loss {test_loss:.3f}")
print(f"test       {test_accuracy:.1f} %, standard error {test_error:.2f} points")
print(f"validation {valid_accuracy:.1f} %, standard error {valid_error:.2f} points")

# %% tags=["result"]
print(f"test accuracy above {lowest} %:", test_accuracy > lowest)
most = 0.2 if source == "real" else 1.2
print(f"standard error below {most} points:", test_error < most)

# %% tags=["check", "nbval-ignore-output"]
bet.compare(round(test_accuracy, 1))

# %% [markdown]
# The **standard error**, $\sqrt{p(1 - p)/n}$, tells how far such a share strays by the luck of which $n$ images are
# drawn. Test and validation have each their own, and a difference of one or two of them says nothing. Many test
# images make it small: it takes four times as many to halve it.
#
# What it does not contain: another seed would give another network. One run is one draw of that, too; the extensions
# use several.
#
# Look at what went wrong. Which of these would *you* have read?

# %% mystnb={"figure": {"caption": "The first 20 test images that the network reads wrongly, with the true digit and what the network said."}, "image": {"alt": "Two rows of ten digits. Above each stands the true digit and what the network said, such as: true 4, said 9. Some are hard to read for people as well."}} tags=["hide-input", "nbval-ignore-output", "result"]
p_test = keras.ops.convert_to_numpy(net(Z_test))
said = p_test.argmax(axis=1)
wrong = np.flatnonzero(said != y_test)
titles = [f"true {y_test[i]}\nsaid {said[i]}" for i in wrong[:20]]
draw_letters(x_test[wrong[:20]], titles, title="Mistakes on the test part")
plt.show()

# %% tags=["nbval-ignore-output", "result"]
sure = p_test.max(axis=1)
right = said == y_test
print(f"{len(wrong)} mistakes on {len(y_test):,} test images")
print(f"mean of the largest probability, right answers: {sure[right].mean():.2f}")
print(f"mean of the largest probability, mistakes:      {sure[~right].mean():.2f}")

# %% tags=["result"]
print("surer where it is right:", sure[right].mean() > sure[~right].mean() + 0.1)

# %% [markdown]
# The probabilities are good for something: where the network is not sure, let a person look. Now that the test part
# has been opened, every further choice made by looking at it would spoil it. The extensions go back to the validation
# part.

# %% [markdown]
# ## Why did a network once freeze at 15.76? (extension)
#
# In 2017 somebody trained a network without hidden layers on handwritten symbols, 101 classes of them. After three
# epochs the training losses were 15.7673, 15.7648 and 15.7648, the accuracy was 2.19 %, and there it stayed. Unit 07 takes
# up these symbols. The reason for the freezing can be shown here.
#
# The loss was computed from probabilities, and a probability of 0 has no logarithm. So it was lifted to $10^{-7}$
# first, as your `cross_entropy` lifts it to some tiny number. What can such a loss cost at most, and what do the two numbers tell about the 36,912
# training images?

# %%
most = -np.log(1e-7)
right_once = 36_912 * (1 - 15.7648 / most)
print(f"the most that an answer can cost: {most:.4f}")
print(f"right answers, if all others cost that: {right_once:.0f}")
print(f"accuracy then: {right_once / 36_912:.4f}")

# %% [markdown]
# 809 of 36,912 is .0219, the accuracy that was printed. So it is proven: 809 answers were right, at no cost, and all others
# were as wrong as this loss can say. A likely reason is that *every* picture got the same answer, and 809 of them
# happened to be of that class; the symbol λ has about that many. This part is inferred.
#
# But why did it not get better? Let the true class have the sum $z$ and the only other class the sum 0. At $z = -30$,
# what is the slope of the clipped loss with respect to $z$?

# %% tags=["guess"]
guess = ...
bet = predict("Slope of the clipped loss where the true sum is 30 too low?", guess)


# %% tags=["result"]
def clipped(z):
    """Return the loss of one sample with sums z and 0, from its lifted probability."""
    p = softmax(np.array([[z, 0.0]]))
    return -np.log(max(p[0, 0], 1e-7))


slope_of_clipped = (clipped(-29.999) - clipped(-30.001)) / 0.002
print(f"loss {clipped(-30.0):.3f}, slope {abs(slope_of_clipped):.3f}")

# %% tags=["check"]
bet.compare(abs(slope_of_clipped))

# %% mystnb={"figure": {"caption": "Loss of one sample against the sum of its true class; the other class has the sum 0. Clipped at a probability of 1e-7, and from the sums themselves."}, "image": {"alt": "Two curves that fall together to 0 on the right. To the left of minus 16 they part: the one from the sums goes on rising as a straight line, the clipped one is level at 16.1."}} tags=["hide-input"]
z = np.linspace(-40, 10, 201)
fig, ax = plt.subplots(figsize=(5.4, 3.2))
ax.plot(z, np.logaddexp(0, -z), color=BLUE)
ax.plot(z, [clipped(value) for value in z], "--", color=ORANGE)
ax.text(-29, 31, "from the sums", color=ink(BLUE))
ax.text(-39, 12.5, "clipped: 16.118, level", color=ink(ORANGE))
ax.set(xlabel="sum of the true class", ylabel="loss", ylim=(-1, 42))
ax.set_title("Clipped: the wronger, the less to learn from")
plt.show()

# %% [markdown]
# Level ground. The loss is as bad as can be, and no direction is better than another. The most wrong answers teach
# nothing.
#
# The way out is never to compute the probability. The logarithm of softmax can be had from the sums directly:
# $-\ln p_{\text{true}} = \ln \sum_j e^{z_j} - z_{\text{true}}$. Subtract the largest sum of a row from the row first; that changes
# nothing, and no power overflows. The sums are called **logits**. The slope is simple:
#
# $$\frac{\partial\, \text{loss}}{\partial z} = \frac{p - \text{one-hot}}{n}$$
#
# **Exercise (extension).** Write `cross_entropy_from_logits(z, y)`. It returns the mean loss and this slope, an array
# shaped like `z`. Nothing is clipped, and sums of ±1000 do no harm.


# %% exercise={"id": "cross_entropy_from_logits", "minutes": 10, "points": 3, "tier": "extension"} tags=["exercise"]
def cross_entropy_from_logits(z, y):
    """Return (mean loss, its slope), for sums z of shape (n, k) and n classes y."""
    rows = np.arange(len(y))
    loss = ...
    return ...


# %% [markdown]
# <details><summary>Hint</summary>
#
# First subtract the largest sum of each row, then the logarithm of the sum of `np.exp` over the row: that is the logarithm of every
# probability. e to the power of it, `np.exp`, is the probability. Take 1 from those of the true classes, and divide everything by the number of samples.
#
# </details>

# %% tags=["check"]
cross_entropy_from_logits = check.cross_entropy_from_logits(
    cross_entropy_from_logits
).or_ours()

# %% [markdown]
# Does Keras agree? With `from_logits=True` it takes sums, and the network needs no softmax at its end.

# %% tags=["result"]
import keras

z, true = np.array([[-30.0, 0.0], [2.0, 1.0]]), np.array([0, 1])
sums = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
probabilities = keras.losses.SparseCategoricalCrossentropy()
ours, slope = cross_entropy_from_logits(z, true)
print("from the sums it agrees:", np.isclose(float(sums(true, z)), ours))
limit = float(probabilities(true[:1], np.array([[0.0, 1.0]])))
print(f"from the probability 0 Keras says {limit:.3f}")
print("slopes where the answer is 30 too low:", slope[0].round(3))

# %% [markdown]
# (At a loss that is not clipped the slope there is -1, divided by two samples.) Now freeze a network. A single layer gets pixels from 0 to 255, and paper is 255, as it was in 2017. The same network
# learns in two ways that differ in one line: where the probability of the true class lies beyond the clip, the slope
# becomes 0.


# %% tags=["experiment"]
def train_one_layer(images, y, clip, number, epochs=3):
    """Train with Adam; return the loss at each step, and the weights."""
    rng = np.random.default_rng(number)
    W = rng.normal(scale=0.05, size=(images.shape[1], 10))
    m, v, losses = np.zeros_like(W), np.zeros_like(W), []
    for step in range(1, epochs * 30 + 1):
        rows = rng.integers(0, len(y), 100)
        z, true = images[rows] @ W, y[rows]
        loss, slope = cross_entropy_from_logits(z, true)
        if clip:
            p = softmax(z)[np.arange(100), true]
            slope = slope * ((p > 1e-7) & (p < 1 - 1e-7))[:, None]
            loss = -np.log(np.maximum(p, 1e-7)).mean()
        losses.append(loss)
        g = images[rows].T @ slope
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        length = 0.001 * np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
        W = W - length * m / (np.sqrt(v) + 1e-7)
    return losses, W


# %% [markdown]
# The middle lines are Adam's rule; another section of the extensions explains them. How many percent of 3,000 images will the
# clipped network read correctly after 90 steps?

# %% tags=["guess"]
guess = ...
bet = predict("Accuracy with the clipped loss, in percent?", guess)

# %% tags=["experiment", "nbval-ignore-output", "result"]
dark_on_white = 255 - 255 * X_train[:3000].astype(float)
freezing = {}
for name, clip in (("clipped", True), ("from the sums", False)):
    for number in range(3):
        start = 10 * seed + number
        losses, W = train_one_layer(dark_on_white, y_train[:3000], clip, start)
        answers = (dark_on_white @ W).argmax(axis=1)
        freezing[name, number] = losses, answers
        percent = 100 * np.mean(answers == y_train[:3000])
        print(f"{name}, start {number}: {percent:.1f} %;", end=" ")
        print("different answers:", len(set(answers)))

# %% tags=["result"]
y_thin = y_train[:3000]
reached = {key: np.mean(own == y_thin) for key, (_, own) in freezing.items()}
stuck = [reached["clipped", number] for number in range(3)]
learned = [reached["from the sums", number] for number in range(3)]
print("clipped, below 25 % right in each start:", max(stuck) < 0.25)
print("from the sums, over 40 % right in each start:", min(learned) > 0.4)

# %% tags=["check", "nbval-ignore-output"]
frozen_accuracy = 100 * stuck[0]
bet.compare(round(frozen_accuracy, 1))

# %% mystnb={"figure": {"caption": "Loss of each batch in three starts, on a logarithmic axis. The dotted line, -ln(1e-7) times nine tenths, is what one answer for all ten digits costs."}, "image": {"alt": "Three lines, from the sums, fall from about 500 and are still falling near 30. Three others, clipped, lie on a dotted line at 14.5 from the start to the end, with the jitter of their batches."}} tags=["hide-input", "nbval-ignore-output", "result"]
fig, ax = plt.subplots(figsize=(5.8, 3.4))
for (name, number), (losses, _) in freezing.items():
    colour, style = (ORANGE, "--") if name == "clipped" else (BLUE, "-")
    ax.semilogy(losses, style, color=colour, linewidth=1)
    if number == 0:
        side = "right" if name == "clipped" else "left"
        ax.text(91, 1.1 * losses[-1], name, color=ink(colour), ha=side, va="bottom")
ax.axhline(-0.9 * np.log(1e-7), color="black", linestyle=":", linewidth=1)
ax.set(xlabel="step", ylabel="loss of the batch", xlim=(0, 118), ylim=(11, 800))
ax.set_yticks([15, 50, 150, 500], ["15", "50", "150", "500"], minor=False)
ax.minorticks_off()
ax.set_title("The clipped loss stands, the other falls")
plt.show()

# %% [markdown]
# The clipped network stands at 16.118 times the share of wrong answers, and calls every image the same digit: the story
# of 2017 in small. Its loss even looks *better* than the other, which counts how far off the answers are. Compare losses
# only if they are computed in the same way.
#
# Two things had to come together: inputs so large that all sums are extreme, and a loss that goes level there. Scaled
# inputs alone would have prevented it. Today's Keras, with TensorFlow, looks behind a last softmax layer and takes
# the sums, so the classic program no longer freezes. A last `Dense` without softmax and `from_logits=True` says openly what
# is meant, with every backend.

# %% [markdown]
# ## Which scaling wins? (extension)
#
# The same digits can be given to the network in several ways. Which does best after the same few epochs?
#
# - *unscaled*: 60 scores of pixels from 0 to 255
# - */255*: the scores that you have used
# - *whitened*: each score standardised, so that all are equally loud
# - *raw 784*: the pixels themselves, divided by 255
# - *raw unscaled*: pixels from 0 to 255 (only with `fast = False`)

# %% tags=["guess"]
guess = ...
bet = predict("unscaled, /255, whitened or raw 784: which is best?", guess)

# %% [markdown]
# One run of each would compare luck. So each way gets several starts. A new Keras model costs a second before its first step, and here
# come many. `helpers.stacked_networks` trains networks of one shape at a time in numpy: each from its own start and, if you like, on its own
# version of the inputs; all see the same images in the same order. `adam` is the rule that Keras calls by that name.

# %% tags=["experiment"]
from helpers.stacked_networks import adam, descend, score, stacked_weights

starts, images, epochs, hidden = (3, 2400, 3, 64) if fast else (5, 4800, 5, 128)
first_seeds = [10 * seed + number for number in range(starts)]
whitened = standardise(Z_train[:images], Z_valid[:4000])
ways = {
    "unscaled": (255 * Z_train[:images], 255 * Z_valid[:4000]),
    "/255": (Z_train[:images], Z_valid[:4000]),
    "whitened": whitened,
    "raw 784": (X_train[:images], X_valid[:4000]),
}
if not fast:
    ways["raw unscaled"] = 255 * X_train[:images], 255 * X_valid[:4000]


# %% tags=["experiment"]
def train_each_start(inputs, held_out):
    """Return validation accuracies in percent, shape (epochs, starts)."""
    W = stacked_weights([inputs.shape[1], hidden, 10], first_seeds)
    rng, memories, curve = np.random.default_rng(seed), [{} for _ in W], []
    for _ in range(epochs):
        options = {"rate": 0.001, "size": 50, "rng": rng, "memories": memories}
        descend(W, inputs, y_train[:images], "relu", rule=adam, **options)
        curve.append(100 * score(W, held_out, y_valid[:4000], "relu")[1])
    return np.array(curve)


# %% tags=["experiment", "nbval-ignore-output", "result"]
scaling_curves = {name: train_each_start(*parts) for name, parts in ways.items()}
scaling_scores = {name: curve[-1] for name, curve in scaling_curves.items()}
for name, ends in scaling_scores.items():
    print(f"{name:12}", "  ".join(f"{end:.1f} %" for end in ends))

# %% mystnb={"figure": {"caption": "Validation accuracy after each epoch, a panel for each way to give the digits, all with the same axes. Thin lines: single starts; thick: their mean, which is written at its end."}, "image": {"alt": "Four panels with rising lines. Those of raw 784 end highest, those of /255 next; whitened and unscaled end lower."}} tags=["hide-input", "nbval-ignore-output", "result"]
columns = 2 if fast else 3
shape = {"figsize": (2.8 * columns, 4.6), "sharex": True, "sharey": True}
fig, axes = plt.subplots(2, columns, **shape)
fig.subplots_adjust(wspace=0.1, hspace=0.25)
axes.flat[-1].set_visible(len(scaling_curves) == axes.size)
for ax, (name, curves) in zip(axes.flat, scaling_curves.items(), strict=False):
    ax.plot(range(1, epochs + 1), curves, color=BLUE, linewidth=0.8)
    mean = curves.mean(axis=1)
    ax.plot(range(1, epochs + 1), mean, color=BLUE, linewidth=2.5, marker="o")
    below = {"xytext": (0, -22), "textcoords": "offset points", "ha": "right"}
    ax.annotate(f"{mean[-1]:.1f}", (epochs, mean[-1]), **below)
    ax.set(title=name, xticks=range(1, epochs + 1))
fig.supxlabel("epoch")
fig.supylabel("validation accuracy (%)")
plt.show()

# %% [markdown]
# Which of these differences would you bet on? Compare start by start: what the first weights and the batches have in common
# cancels. (With raw 784 only the batches are in common: its first layer has another shape.) If the mean of these differences is more than twice its standard error, luck hardly explains it. What cannot be
# told apart is not ranked.
#
# **Exercise (extension).** Write `rank_scalings(scores)`. `scores` maps each name to an array of accuracies, one for each
# start, in the same order. Return the set of all pairs `(better, worse)` for which the mean of the paired differences is
# above 0 and more than twice its standard error, which is the standard deviation (with `ddof=1`) divided by $\sqrt n$.


# %% exercise={"id": "rank_scalings", "minutes": 10, "points": 3, "tier": "extension"} tags=["exercise"]
def rank_scalings(scores):
    """Return the set of pairs (better, worse) of names that the runs tell apart."""
    pairs = set()
    for better in scores:
        for worse in scores:
            ...
    return pairs


# %% [markdown]
# <details><summary>Hint</summary>
#
# Subtract the two arrays: one difference for each start. `gains.std(ddof=1) / np.sqrt(len(gains))` is the standard error
# of their mean. A name compared with itself gives differences of 0, which are not above 0.
#
# </details>

# %% tags=["check"]
rank_scalings = check.rank_scalings(rank_scalings).or_ours()

# %% tags=["nbval-ignore-output", "result"]
ranking = rank_scalings(scaling_scores)
for name in scaling_scores:
    worse = sorted(other for better, other in ranking if better == name)
    print(f"{name} beats {', '.join(worse) if worse else 'none for sure'}")
gains = scaling_scores["/255"] - scaling_scores["unscaled"]
print(f"/255 minus unscaled: {gains.mean():.1f} points, from {gains.min():.1f} on")

# %% tags=["result"]
print("/255 beats unscaled:", ("/255", "unscaled") in ranking)
print("raw 784 beats unscaled scores:", ("raw 784", "unscaled") in ranking)
best_way = max(scaling_scores, key=lambda name: scaling_scores[name].mean())
print("the best is a scaled one:", best_way in ("/255", "whitened", "raw 784"))

# %% tags=["check", "nbval-ignore-output"]
bet.compare(best_way)

# %% [markdown]
# Divided by 255, the network is ahead of the unscaled one in every start. Unscaled inputs make the first sums huge: every answer is given with full
# certainty, most of them wrongly, and the first steps are spent on taking that back.
#
# The other places belong to this run, after these few epochs: ask `rank_scalings`. Whitening is the textbook's advice, but here the last
# scores are small because they matter less, and whitened they are as loud as the first. And raw pixels lose nothing: PCA made
# the network smaller, not better. Given all 60,000 images and five longer epochs, single runs of /255, whitened and raw 784 ended
# between 97.4 and 97.7 %: what is left of the order then, three or more starts would have to show.

# %% [markdown]
# ## Who saw the validation images? (extension)
#
# A tutorial trains on all images first. Then it goes on, in a second `fit`, with the last sixth as validation
# part. These images are no longer trained on. Does their loss tell how the network does on new ones?
#
# Two histories for the same starts, with unscaled scores as in that tutorial:
#
# - *contaminated*: half of the epochs on all images, then the other half without the validation part
# - *clean*: all epochs without the validation part
#
# The test images are new to both. (We look at them here, but choose nothing by them.) How does the validation loss compare with the test loss where the network has seen the
# validation images: lower, equal or higher?

# %% tags=["guess"]
guess = ...
bet = predict("Contaminated: is the validation loss lower, equal or higher?", guess)

# %% tags=["experiment"]
from helpers.stacked_networks import adam, descend, score, stacked_weights

half, count, hidden = (2, 4000, 64) if fast else (5, 12_000, 128)
X_first, y_first = 255 * Z_train[:count], y_train[:count]
X_seen, y_seen = 255 * Z_valid[: count // 5], y_valid[: count // 5]
X_both, y_both = np.concatenate([X_first, X_seen]), np.concatenate([y_first, y_seen])


def two_halves(inputs, labels):
    """Train, the first half of the epochs on these; return both losses of the second."""
    W = stacked_weights([60, hidden, 10], [10 * seed + i for i in range(3)])
    rng, memories, losses = np.random.default_rng(seed), [{} for _ in W], []
    options = {"rate": 0.001, "size": 50, "rng": rng, "rule": adam}
    for _ in range(half):
        descend(W, inputs, labels, "relu", memories=memories, **options)
    for _ in range(half):
        descend(W, X_first, y_first, "relu", memories=memories, **options)
        looks = (X_seen, y_seen), (255 * Z_test, y_test)
        losses.append([score(W, *part, "relu")[0] for part in looks])
    return np.swapaxes(losses, 0, 1)


# %% tags=["experiment", "nbval-ignore-output", "result"]
leak_losses = {
    "contaminated": two_halves(X_both, y_both),
    "clean": two_halves(X_first, y_first),
}
leak_gaps = {name: (v - t)[-1] for name, (v, t) in leak_losses.items()}
for name, gap in leak_gaps.items():
    numbers = ", ".join(f"{value:+.2f}" for value in gap)
    print(f"{name}: validation loss minus test loss {numbers}")

# %% mystnb={"figure": {"caption": "Validation loss minus test loss after each epoch of the second half. Each of the three starts has its own mark. Solid: the validation part was trained on before; dashed: it never was."}, "image": {"alt": "Six lines in two bundles of three. The solid ones, contaminated, lie clearly below zero. The dashed ones, clean, lie near zero or above. Each mark's solid line is below its dashed one."}} tags=["hide-input", "nbval-ignore-output", "result"]
from helpers.line_labels import LineEnd, label_ends

fig, ax = plt.subplots(figsize=(5.6, 3.2))
numbers, ends = np.arange(half + 1, 2 * half + 1), []
looks = zip(leak_losses.items(), ((ORANGE, "-"), (BLUE, "--")), strict=True)
for (name, (on_valid, on_test)), (colour, style) in looks:
    gaps = (on_valid - on_test).T
    for gap, marker in zip(gaps, "o^s", strict=True):
        ax.plot(numbers, gap, marker + style, color=colour, linewidth=1)
    ends.append(LineEnd(name, colour, numbers[-1], gaps[:, -1].mean()))
ax.axhline(0, color="black", linestyle=":", linewidth=1)
ax.set(xlabel="epoch", ylabel="validation loss - test loss", xticks=numbers)
ax.set_title("Lower than it deserves, in every start")
label_ends(ax, ends)
plt.show()

# %% tags=["nbval-ignore-output", "result"]
paired = leak_gaps["contaminated"] - leak_gaps["clean"]
print("the gap is lower by", ", ".join(f"{-value:.2f}" for value in paired))

# %% tags=["result"]
print("contaminated below clean in every start:", (paired < 0).all())

# %% tags=["check", "nbval-ignore-output"]
bet.compare("lower" if leak_gaps["contaminated"].mean() < 0 else "higher")

# %% [markdown]
# Set beside the clean run, it is lower in every start. The network remembers images of which it has learned, long after they were taken out. The clean gap is not
# exactly 0 either: two parts are never equally hard, and on the built-in digits, with parts of some hundred images, it can be half as large as the effect. That is why the two gaps are compared start by start.
#
# Accuracies show it less clearly: on all of MNIST, in other runs, their gap was a fraction of a point, within the luck of one run. Look at the loss. And the loss here is enormous for such accuracies, since unscaled inputs make a network
# very sure of everything, its mistakes included.

# %% [markdown]
# ## How long a step? (extension)
#
# Plain gradient descent, `SGD`, has one number to choose: the learning rate. Six rates from .001 to 10, three starts of
# each, on the scores /255. Which is best after a few epochs?

# %% tags=["guess"]
guess = ...
bet = predict("Best of the rates .001, .01, .1, .5, 2, 10?", guess)

# %% [markdown]
# Eighteen networks at a time, each with its own rate. The three of a rate follow each other. (`helpers.stacked_networks` trains many small
# networks in numpy; the rule is plain gradient descent.)

# %% tags=["experiment", "nbval-ignore-output", "result"]
from helpers.stacked_networks import descend, score, stacked_weights

tried_rates = [0.001, 0.01, 0.1, 0.5, 2, 10]
rate_epochs, count = (3, 2400) if fast else (5, 9600)
W = stacked_weights([60, 32, 10], [10 * seed + i for i in range(3)] * 6)
options = {"rate": np.repeat(tried_rates, 3), "size": 50}
options["rng"], rate_losses = np.random.default_rng(seed), []
for _ in range(rate_epochs):
    descend(W, Z_train[:count], y_train[:count], "relu", **options)
    losses, _ = score(W, Z_valid[:2000], y_valid[:2000], "relu")
    rate_losses.append(losses.reshape(6, 3))
rate_losses = np.array(rate_losses)
for rate, losses in zip(tried_rates, rate_losses[-1], strict=True):
    print(f"rate {rate:5}: validation loss", " ".join(f"{x:.2f}" for x in losses))

# %% mystnb={"figure": {"caption": "Validation loss after each epoch for five rates of SGD. Thin: single starts; thick: their mean. Rate 10 diverges, so that there is nothing to draw."}, "image": {"alt": "Five lines. Rate .001 hardly falls from a guesser's 2.3, .01 falls slowly, .1 faster; .5 and 2 are low after the first epoch."}} tags=["hide-input", "nbval-ignore-output", "result"]
from helpers.learning_curves import plot_starts

by_rate = zip(tried_rates, rate_losses.transpose(1, 0, 2), strict=True)
drawn = {f"rate {rate}": {"val_loss": losses} for rate, losses in by_rate}
title = "Too short, right, too long"
plot_starts(drawn, ("val_loss",), title, limits={"val_loss": (0, 2.9)})
plt.show()

# %% tags=["result"]
rate_ends = dict(zip(tried_rates, rate_losses[-1], strict=True))
means = {rate: losses.mean() for rate, losses in rate_ends.items()}
best_rate = min(means, key=lambda rate: np.nan_to_num(means[rate], nan=np.inf))
print("best rate between .1 and 2:", best_rate in (0.1, 0.5, 2))
print("rate 10 diverges in every start:", not np.isfinite(rate_ends[10]).any())
print("rate .001 still above 1.5 in every start:", rate_ends[0.001].min() > 1.5)
rising = rate_ends[0.01] < rate_ends[0.001], rate_ends[0.1] < rate_ends[0.01]
print("up to .1 each rate beats the next smaller one:", np.all(rising))

# %% tags=["check", "nbval-ignore-output"]
bet.compare(best_rate)

# %% [markdown]
# Below the best rate everything works, only slower: too short a step costs time. Above it (rate 2) the end is clearly worse and differs from start to start, and then comes a cliff. A step that is too long
# lands higher than it began, the slope there is steeper, the next step longer still, until the numbers overflow to `nan`.
#
# So begin high, at the edge of the cliff, and go down by factors of three. And do not believe in the second digit of a best rate:
# it shifts with batch size, inputs and epochs.

# %% [markdown]
# ## Does the optimiser matter? (extension)
#
# An **optimiser** turns slopes into steps. Here are four of them. Each gets the slope `g`, a `memory` of its own, and a rate, and
# returns what is to be *subtracted* from the weight.
#
# - **SGD**: straight down, in proportion to the slope
# - **momentum**: a heavy ball; nine tenths of the last step live on
# - **RMSprop**: the slope divided by its own usual size, so that flat and steep directions go equally fast
# - **Adam**: both, with a correction for the first steps, when the averages have hardly begun


# %%
def sgd(g, memory, rate):
    return rate * g


def momentum(g, memory, rate):
    memory["m"] = 0.9 * memory.get("m", 0) + rate * g
    return memory["m"]


def rmsprop(g, memory, rate):
    memory["v"] = 0.9 * memory.get("v", 0) + 0.1 * g**2
    return rate * g / np.sqrt(memory["v"] + 1e-7)


def adam(g, memory, rate):
    t = memory["t"] = memory.get("t", 0) + 1
    m = memory["m"] = 0.9 * memory.get("m", 0) + 0.1 * g
    v = memory["v"] = 0.999 * memory.get("v", 0) + 0.001 * g**2
    return rate * m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-7)


# %% [markdown]
# Are these Keras's own? Give both the same ten slopes, and compare where a small variable ends.

# %% tags=["result"]
import keras

rules = {"SGD": sgd, "momentum": momentum, "RMSprop": rmsprop, "Adam": adam}
keras_rules = {
    "SGD": keras.optimizers.SGD(0.01),
    "momentum": keras.optimizers.SGD(0.01, momentum=0.9),
    "RMSprop": keras.optimizers.RMSprop(0.01),
    "Adam": keras.optimizers.Adam(0.01),
}
ten_slopes = np.random.default_rng(seed).normal(size=(10, 3)).astype("float32")
for name, rule in rules.items():
    variable, w, memory = keras.Variable(np.ones(3, "float32")), np.ones(3), {}
    for g in ten_slopes:
        keras_rules[name].apply([keras.ops.convert_to_tensor(g)], [variable])
        w = w - rule(g, memory, 0.01)
    same = np.allclose(w, keras.ops.convert_to_numpy(variable), atol=1e-4)
    print(f"{name} is Keras's own:", same)

# %% [markdown]
# Now watch them walk. The loss is a narrow valley, $(a^2 + 25\, b^2)/2$: across it is 25 times as steep as along it. All start at
# the same place with forty steps to go, each with a rate that suits it. Which comes nearest to the bottom?

# %% tags=["guess"]
guess = ...
bet = predict("SGD, momentum, RMSprop or Adam: nearest after 40 steps?", guess)

# %% tags=["result"]
walking_rates = {"SGD": 0.07, "momentum": 0.02, "RMSprop": 0.1, "Adam": 0.3}
paths = {}
for name, rule in rules.items():
    place, memory = np.array([-4.0, 1.2]), {}
    paths[name] = [place]
    for _ in range(40):
        place = place - rule(place * [1, 25], memory, walking_rates[name])
        paths[name].append(place)
    print(f"{name:8} ends {np.hypot(*place):.2f} from the bottom")

# %% tags=["check"]
bet.compare(min(paths, key=lambda name: np.hypot(*paths[name][-1])))

# %% mystnb={"figure": {"caption": "Forty steps of four optimisers in the same narrow valley, from the dot at the left. The cross is the bottom; lines join places of equal loss."}, "image": {"alt": "Four panels with flat ellipses. SGD zigzags across the valley and then creeps along it. Momentum swings past the bottom in wide curves. RMSprop goes down across at once and then along the valley in even steps. Adam takes a smooth curve that overshoots a little."}} tags=["hide-input"]
fig, axes = plt.subplots(2, 2, figsize=(7, 4.2), sharex=True, sharey=True)
a, b = np.meshgrid(np.linspace(-4.6, 2.6, 100), np.linspace(-1.6, 1.6, 80))
valley = (a**2 + 25 * b**2) / 2
for ax, (name, path) in zip(axes.flat, paths.items(), strict=True):
    ax.contour(a, b, valley, [0.5, 2, 5, 10, 20, 40], colors="#888888")
    ax.plot(*np.transpose(path), "-", color=BLUE, linewidth=1)
    ax.plot(*np.transpose(path), ".", color=BLUE, markersize=4)
    ax.plot(*path[0], "o", color=ORANGE)
    ax.plot(0, 0, "x", color="black", markersize=9)
    ax.set_title(f"{name}, rate {walking_rates[name]}")
for ax in axes[1]:
    ax.set_xlabel("a (along the valley)")
for ax in axes[:, 0]:
    ax.set_ylabel("b (across)")
fig.subplots_adjust(hspace=0.3, wspace=0.1)
plt.show()

# %% [markdown]
# SGD must keep its rate low because of the steep walls, and then creeps along the floor. Momentum adds up what points the same way
# again and again, and what goes to and fro cancels. RMSprop and Adam measure each direction by its own slopes, so that the valley is no steeper in one direction than in the other for them. (RMSprop's steps keep their length, though, and near the bottom it goes to and fro.) A valley is a picture, though; which of them wins in it depends on its shape and the rates.
#
# Back to the digits. Keras's own rates are .01 for SGD and .001 for Adam and RMSprop. By how much is the validation loss lower after three epochs with
# Adam than with SGD, each at that rate? And if each has the best of six rates? Guess for the second.

# %% tags=["guess"]
guess = ...
bet = predict("Each at its best rate: SGD's loss minus Adam's?", guess)

# %% tags=["experiment"]
from helpers.stacked_networks import descend, score, stacked_weights

rate_grid = {
    "SGD": [0.01, 0.03, 0.1, 0.3, 1.0, 3.0],
    "momentum": [0.003, 0.01, 0.03, 0.1, 0.3, 1.0],
    "RMSprop": [0.001, 0.003, 0.01, 0.03, 0.1, 0.3],
    "Adam": [0.001, 0.003, 0.01, 0.03, 0.1, 0.3],
}
own_starts = [10 * seed + number for number in range(3 if fast else 5)]


# %% tags=["experiment"]
def race(rule, rates, epochs=3, count=2500 if fast else 10_000):
    """Train, all rates and starts together; return losses (rates, starts)."""
    W = stacked_weights([60, 32, 10], own_starts * len(rates))
    options = {"rate": np.repeat(rates, len(own_starts)), "size": 50, "rule": rule}
    options |= {"rng": np.random.default_rng(seed), "memories": [{} for _ in W]}
    for _ in range(epochs):
        descend(W, Z_train[:count], y_train[:count], "relu", **options)
    losses, _ = score(W, Z_valid[:2000], y_valid[:2000], "relu")
    return losses.reshape(len(rates), -1)


# %% [markdown]
# `helpers.stacked_networks` computes the slopes, in numpy, for networks from several starts at once. The rest is the four rules above.

# %% tags=["experiment", "nbval-ignore-output", "result"]
raced = {name: race(rule, rate_grid[name]) for name, rule in rules.items()}
tuned, tuned_rate = {}, {}
for name, losses in raced.items():
    best = int(np.nan_to_num(losses.mean(axis=1), nan=np.inf).argmin())
    tuned[name], tuned_rate[name] = losses[best], rate_grid[name][best]
    print(f"{name:8} best rate {tuned_rate[name]:5}: {tuned[name].mean():.3f}")
untuned_gain = raced["SGD"][0] - raced["Adam"][0]
tuned_gain = tuned["SGD"] - tuned["Adam"]
for name, gain in (("Keras's own rates", untuned_gain), ("best rates", tuned_gain)):
    error = gain.std(ddof=1) / np.sqrt(len(gain))
    print(f"SGD minus Adam, {name}: {gain.mean():.3f} +- {error:.3f}")

# %% mystnb={"figure": {"caption": "Validation loss after three epochs against the learning rate (logarithmic axis): the mean of the starts for each of four optimisers. A missing point has diverged or lies higher."}, "image": {"alt": "Four curves, each a valley: RMSprop and Adam have their lowest point at a rate near .01, momentum near .03 to .1, SGD near .3 to 1. The four lowest points are at nearly the same height."}} tags=["hide-input", "nbval-ignore-output", "result"]
from helpers.figures import GREEN, PINK
from helpers.line_labels import LineEnd, label_ends

fig, ax = plt.subplots(figsize=(5.6, 3.6))
looks, ends = zip(raced, (BLUE, ORANGE, GREEN, PINK), "o^sD", strict=True), []
for name, colour, marker in looks:
    means = raced[name].mean(axis=1)
    ax.semilogx(rate_grid[name], means, color=colour, marker=marker)
    last = np.flatnonzero(np.isfinite(means))[-1]
    ends.append(LineEnd(name, colour, rate_grid[name][last], means[last]))
ax.set(xlabel="learning rate", ylabel="validation loss", ylim=(0, 2))
ax.set_title("Each at its own rate: nearly the same height")
label_ends(ax, ends)
plt.show()

# %% tags=["result"]
print("at Keras's own rates Adam is ahead in every start:", untuned_gain.min() > 0)
smaller = abs(tuned_gain.mean()) < untuned_gain.mean() / 3
print("with the best rates the difference is less than a third:", smaller)
best_three = sorted(losses.mean() for losses in tuned.values())
print("all four within .15 of the best:", best_three[-1] - best_three[0] < 0.15)

# %% tags=["check", "nbval-ignore-output"]
bet.compare(round(float(tuned_gain.mean()), 3))

# %% [markdown]
# A comparison at the rates that happen to be set compares the rates. Tuned, SGD's distance to Adam shrinks from half a unit to a few hundredths. Read it with its standard error before you name a winner; and each best rate was chosen on these same validation images. Which of Adam and RMSprop is ahead changes with the seed.
#
# What *is* seen: for each of them a rate that is ten times off costs far more than the choice among the four. Adam and RMSprop divide by the size of the slopes, so
# that their good rates depend less on how large inputs and slopes are. That makes Adam a good first choice: its usual rates suit many networks. Here even its default of .001 is far from its best after three epochs. On a shallow network with scaled inputs a tuned SGD comes close. Deep or badly scaled ones were not tried here.

# %% [markdown]
# ## Where does the gradient go? (extension)
#
# "Take ReLU: sigmoids make the gradient vanish." One hears it often. Measure it. The blame travels from the output backwards, and at every
# layer it is multiplied by the slope of the activation. A sigmoid's slope is at most .25.
#
# Take networks with 2, 5 and 8 hidden layers of 32 units on the small digits of unit 02, before any training. How large is the gradient of the
# first layer's weights, compared with that of the last? With 8 layers of sigmoids: 1 to how many?

# %% tags=["guess"]
guess = ...
bet = predict("8 layers of sigmoids: last gradient over first?", guess)

# %%
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

little = load_digits()
pixels, kept_back, digit, digit_back = train_test_split(
    little.data.astype("float32") / 16, little.target, test_size=0.25, random_state=13
)
pixels, pixels_valid, digit, digit_valid = train_test_split(
    pixels, digit, test_size=247, stratify=digit, random_state=13
)

# %% [markdown]
# The parts are those of unit 02; its test part stays closed. Sigmoid and tanh start with Glorot's weights, as Keras does, ReLU with He's, which are a little larger, since
# ReLU throws half of the signal away. Twenty starts of each.

# %% tags=["nbval-ignore-output", "result"]
from helpers.stacked_networks import descend, score, slopes, stacked_weights

depths, recipes = (2, 5, 8), {"sigmoid": "glorot", "tanh": "glorot", "relu": "he"}
first_to_last = {}
for name, start in recipes.items():
    for depth in depths:
        shape = [64] + [32] * depth + [10]
        W = stacked_weights(shape, range(20 * seed, 20 * seed + 20), start)
        G = slopes(W, pixels[:500], digit[:500], name)
        first, last = (np.linalg.norm(g[:, 1:], axis=(1, 2)) for g in (G[0], G[-1]))
        first_to_last[name, depth] = first / last
        print(f"{name:7} {depth} layers: {np.median(first / last):.2g}")

# %% tags=["check", "nbval-ignore-output"]
bet.compare(int(round(1 / np.median(first_to_last["sigmoid", 8]), -3)))

# %% mystnb={"figure": {"caption": "Length of the gradient of the first layer's weights, divided by that of the last layer's, before training. Small marks: 20 starts; lines: medians. The vertical axis is logarithmic."}, "image": {"alt": "Three lines over 2, 5 and 8 hidden layers. Those of tanh and ReLU are level near 2. That of the sigmoid falls steeply, from a tenth over a thousandth to about a hundred-thousandth."}} tags=["hide-input", "nbval-ignore-output", "result"]
from helpers.figures import GREEN

fig, ax = plt.subplots(figsize=(5.8, 3.4))
looks = zip(recipes, (ORANGE, BLUE, GREEN), "so^", (0, -0.18, 0.18), strict=True)
for name, colour, marker, shift in looks:
    cloud = np.array([first_to_last[name, depth] for depth in depths])
    for depth, values in zip(depths, cloud, strict=True):
        at = np.full(20, depth + shift)
        ax.plot(at, values, marker, color=colour, markersize=3)
    ax.semilogy(depths, np.median(cloud, axis=1), color=colour)
    above = {"tanh": 0.6, "relu": 1.8, "sigmoid": 1}[name]
    ax.text(8.4, above * np.median(cloud[-1]), name, color=ink(colour), va="center")
ax.set(xlabel="hidden layers", ylabel="first gradient / last", xticks=depths)
ax.set(xlim=(1.5, 9.6), title="Blame that reaches the first layer")
plt.show()

# %% tags=["result"]
typical = {key: np.median(values) for key, values in first_to_last.items()}
print("8 layers of sigmoids, below 1 in 10,000:", typical["sigmoid", 8] < 1e-4)
others = [typical[name, depth] for name in ("tanh", "relu") for depth in depths]
level = 1 < min(others) < max(others) < 3
print("tanh and ReLU between 1 and 3 at every depth:", level)

# %% [markdown]
# Sigmoids lose a factor of four to five with each further layer, as a slope of at most .25 foretells. ReLU keeps the gradient, and so does tanh.
#
# A small gradient need not mean bad training. So train: five hidden layers, plain gradient descent with rate .1, several starts. Which activations will
# get anywhere?

# %% tags=["guess"]
guess = ...
bet = predict("5 layers, which train: sigmoid, tanh, relu, or several?", guess)

# %% tags=["experiment", "nbval-ignore-output", "result"]
deep_epochs, deep_starts = (8, 5) if fast else (30, 12)
deep_curves = {}
for name, start in recipes.items():
    own = range(20 * seed, 20 * seed + deep_starts)
    W = stacked_weights([64] + [32] * 5 + [10], own, start)
    rng, curve = np.random.default_rng(seed), []
    for _ in range(deep_epochs):
        descend(W, pixels, digit, name, rate=0.1, size=25, rng=rng)
        curve.append(100 * score(W, pixels_valid, digit_valid, name)[1])
    deep_curves[name] = np.array(curve)
    low, high = curve[-1].min(), curve[-1].max()
    print(f"{name:7} after {deep_epochs} epochs: from {low:.1f} to {high:.1f} %")

# %% mystnb={"figure": {"caption": "Five hidden layers on the small digits: validation accuracy after each epoch. Thin: single starts; thick: their mean. All panels have the same axes."}, "image": {"alt": "Three panels. Sigmoid stays near 10 percent in every start. tanh rises fast and narrowly to over 90 percent. ReLU rises as well, with its starts further apart in the first epochs."}} tags=["hide-input", "nbval-ignore-output", "result"]
fig, axes = plt.subplots(1, 3, figsize=(8, 2.8), sharey=True)
fig.subplots_adjust(wspace=0.1)
for ax, (name, curves) in zip(axes, deep_curves.items(), strict=True):
    numbers = range(1, deep_epochs + 1)
    ax.plot(numbers, curves, color=BLUE, linewidth=0.7)
    ax.plot(numbers, curves.mean(axis=1), color=BLUE, linewidth=2.5)
    mean = curves[-1].mean()
    place = (deep_epochs, mean - 6 if mean > 50 else mean + 5)
    va = "top" if mean > 50 else "bottom"
    ax.text(*place, f"{mean:.0f} %", ha="right", va=va)
    ax.set(title=name, xlabel="epoch", ylim=(0, 100))
axes[0].set_ylabel("validation accuracy (%)")
plt.show()

# %% tags=["result"]
deep_final = {name: curves[-1] for name, curves in deep_curves.items()}
print("sigmoid below 20 % in every start:", deep_final["sigmoid"].max() < 20)
print("most tanh starts above 90, most ReLU starts above 80 %:", end=" ")
print(np.median(deep_final["tanh"]) > 90 and np.median(deep_final["relu"]) > 80)
apart = {name: curves[2:6].std(axis=1).mean() for name, curves in deep_curves.items()}
wider = apart["relu"] > apart["tanh"]
print("ReLU's starts lie further apart in epochs 3 to 6:", wider)

# %% tags=["check", "nbval-ignore-output"]
bet.compare("tanh and relu" if deep_final["tanh"].mean() > 50 else "relu")

# %% [markdown]
# So what is really so about ReLU? Deep **sigmoids** fail here; ReLU is one way out, and tanh with a fitting start is another. ReLU even varies more: a unit
# whose sum is negative for all images gets no blame, and at a higher rate many units die in that way. (Try `rate=0.3`.) What speaks for
# ReLU is that it costs next to nothing to compute, that its slope does not shrink for large sums, and that it trains very deep networks when the start fits.
# "Better" would have to be measured, on your network.

# %% [markdown]
# ## When to stop? (extension)
#
# With few images the validation loss rises again. Why go on, then? `EarlyStopping` is a **callback**: Keras asks it after each epoch. It
# watches the validation loss, waits for `patience` epochs without a new best, stops, and puts the best weights back.
#
# In the core, 300 images were trained on for ten epochs, and each epoch showed every image ten times; `few` is that run. Now the same
# network starts from the same first weights, and an epoch shows each image only five times, so that Keras looks more often.
#
# With a patience of 3, after how many epochs will it stop?

# %% tags=["guess"]
guess = ...
bet = predict("With a patience of 3, after how many epochs does it stop?", guess)


# %% tags=["experiment"]
import keras


def train_until_it_stops(weights, patience=3):
    """Train `small` from these weights; return the history and the loss afterwards."""
    small.set_weights(weights)
    stopper = keras.callbacks.EarlyStopping(
        monitor="val_loss", patience=patience, restore_best_weights=True
    )
    held = Z_valid[:2000], y_valid[:2000]
    which = np.resize(np.arange(300), 1500)  # 30 batches: one call of `small`
    options = {"epochs": 30, "batch_size": 50, "validation_batch_size": 1000}
    options |= {"validation_data": held, "callbacks": [stopper], "verbose": 0}
    history = small.fit(Z_train[which], y_train[which], **options).history
    loss, _ = small.evaluate(*held, batch_size=1000, verbose=0)
    return history, loss


# %% tags=["experiment", "nbval-ignore-output", "result"]
keras.utils.set_random_seed(seed)
stopped = [train_until_it_stops(first_weights)]
for _ in range(0 if fast else 2):
    others = build_mlp(60, [128], 10, "relu").get_weights()
    stopped.append(train_until_it_stops(others))
for run, loss in stopped:
    print(f"best epoch {overfitting(run)[0]} of {len(run['loss'])}", end="; ")
    print(f"loss then {min(run['val_loss']):.3f}, with its weights {loss:.3f}")
showings = 10 * overfitting(few)[0]
print(f"core: best after {showings} showings, {min(few['val_loss']):.3f}")

# %% mystnb={"figure": {"caption": "300 images: validation loss against the number of times that each image was shown, in the ten epochs of the core and in the run that was stopped. The ring marks the epoch whose weights were put back."}, "image": {"alt": "A line with ten marks that rises from the first or second of them to the end. A second line with a mark every five showings has its lowest point, which carries a ring, within its first three marks, and ends three marks later."}} tags=["hide-input", "nbval-ignore-output", "result"]
values = stopped[0][0]["val_loss"]
at = int(np.argmin(values))
shown = {"the core's ten": (10 * np.arange(1, 11), few["val_loss"], BLUE, "o-")}
shown["stopped"] = 5 * np.arange(1, len(values) + 1), values, ORANGE, "^--"
fig, ax = plt.subplots(figsize=(6, 3.4))
for name, (times, losses, colour, style) in shown.items():
    ax.plot(times, losses, style, color=colour, markersize=5)
    place, shift = (times[-1], losses[-1]), (8, -8 if name == "stopped" else 0)
    ax.annotate(name, place, shift, textcoords="offset points", color=ink(colour))
ring = {"markersize": 14, "markerfacecolor": "none", "markeredgecolor": "black"}
ax.plot(5 * (at + 1), values[at], "o", **ring)
ax.set(xlabel="times that each image was shown", ylabel="validation loss")
ax.set(xlim=(0, 125), ylim=(0.9 * min(values), 1.2 * max(few["val_loss"])))
ax.set_title("Stopped three epochs after the best")
plt.show()

# %% tags=["result"]
bests = [overfitting(run)[0] for run, _ in stopped]
lengths = [len(run["loss"]) for run, _ in stopped]
waited = np.subtract(lengths, bests)
print("each stopped three epochs after its best:", (waited == 3).all())
restored = [np.isclose(loss, min(h["val_loss"]), rtol=1e-3) for h, loss in stopped]
print("each has the weights of its best epoch:", all(restored))
print("each stopped before the core's run was half through:", 5 * max(lengths) < 50)

# %% tags=["check", "nbval-ignore-output"]
bet.compare(lengths[0])

# %% [markdown]
# Without `restore_best_weights=True` you would keep weights that are three epochs too old. `patience` is there because a validation loss wobbles: with 1, a
# single unlucky epoch ends the training, and even with 3 it can stop in a dip that is not the lowest. It pays to look often: in the core the best
# moment had passed by the end of the first or second epoch.
#
# Stopping is a choice, made by looking at the validation part. So the best validation loss is a little flattering, like every number that something was
# chosen by; the test part is there for the report. What is gained is time, and a loss that is better than at the end of the core's run, though hardly better than at its best. The accuracy hardly moves, as the 300 images of the core have
# shown.

# %% [markdown]
# ## Sigmoid or ReLU on the small digits, and why does Keras take so long? (extension)
#
# A well-known exercise trains 64-32-16-10 on the small digits of unit 02 for 300 epochs, in Keras, in batches of 10, and people
# fetch a coffee meanwhile. In numpy, unit 02 did not take long for as many epochs. Is one of them doing less?

# %%
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

eight = load_digits()
A_train, A_test, b_train, b_test = train_test_split(
    eight.data.astype("float32") / 16, eight.target, test_size=0.25, random_state=13
)
A_train, A_valid, b_train, b_valid = train_test_split(
    A_train, b_train, test_size=247, stratify=b_train, random_state=13
)
print(len(A_train), "training images, 110 batches of 10 in an epoch")

# %% [markdown]
# Give both the same first weights and the same batches, without shuffling, and compare after one epoch. Unit 02's arrays have the
# biases in row 0; Keras keeps them apart.

# %%
import keras

from helpers.digits import epoch_in_batches
from helpers.stacked_networks import descend, score, stacked_weights


def keras_twin(W, activation):
    """Return a Keras model with the weights W, compiled for gradient descent."""
    twin = build_mlp(64, [32, 16], 10, activation)
    twin.set_weights([part for w in W for part in (w[1:], w[0])])
    twin.compile(keras.optimizers.SGD(0.01), "sparse_categorical_crossentropy")
    return twin


# %% tags=["result"]
W = [w[0] for w in stacked_weights([64, 32, 16, 10], [seed])]
twin = keras_twin(W, "tanh")
twin.fit(A_train, b_train, epochs=1, batch_size=10, shuffle=False, verbose=0)
in_order, targets = np.arange(len(A_train)), np.eye(10, dtype="float32")[b_train]
epoch_in_batches(W, A_train, targets, in_order, 0.01, 10, "softmax")
kernels = twin.get_weights()[::2]
agree = [np.allclose(w[1:], v, atol=1e-4) for w, v in zip(W, kernels, strict=True)]
print("the same weights after an epoch:", all(agree))

# %% [markdown]
# Not less: the same, to the last steps of rounding. So how many times as long does Keras take?

# %% tags=["guess"]
guess = ...
bet = predict("One epoch of 110 steps: Keras takes how many times as long?", guess)

# %% tags=["experiment"]
import time


def quickest(train, repeats):
    """Return the seconds of the quickest call."""
    seconds = []
    for _ in range(repeats):
        started = time.perf_counter()
        train()
        seconds.append(time.perf_counter() - started)
    return min(seconds)


def keras_epoch(size):
    twin.fit(A_train, b_train, epochs=1, batch_size=size, shuffle=False, verbose=0)


# %% tags=["experiment", "nbval-ignore-output", "timing", "result"]
repeats = 1 if fast else 3
in_numpy = quickest(
    lambda: epoch_in_batches(W, A_train, targets, in_order, 0.01, 10, "softmax"), 5
)
seconds = {"batches of 10": quickest(lambda: keras_epoch(10), repeats)}
seconds["batches of 110"] = quickest(lambda: keras_epoch(110), 1 + repeats)
twin.compile("sgd", "sparse_categorical_crossentropy", steps_per_execution=11)
keras_epoch(10)  # the first call prepares, and does not count
seconds["10, but 11 steps a call"] = quickest(lambda: keras_epoch(10), repeats)
keras_times = {name: value / in_numpy for name, value in seconds.items()}
for name, times in keras_times.items():
    print(f"Keras, {name}: {times:.0f} times as long as numpy with batches of 10")
minute = 300 * seconds["batches of 10"]
print(f"300 epochs: {minute:.0f} s in Keras, {300 * in_numpy:.1f} s in numpy")

# %% tags=["result", "nbval-ignore-output", "timing"]
print("Keras takes over 5 times as long:", keras_times["batches of 10"] > 5)
quicker = keras_times["batches of 110"] < keras_times["batches of 10"]
print("with batches of 110 it is quicker:", quicker)

# %% tags=["check", "nbval-ignore-output", "timing"]
bet.compare(round(keras_times["batches of 10"]))

# %% [markdown]
# A step here is less than a hundred thousand multiplications: some tens or hundreds of microseconds in numpy. Before and after each, Keras hands over a batch, calls the
# backend and keeps its books, for a millisecond or more. For a network that is ten thousand times larger, nobody would notice. So there are two remedies: larger
# batches, with more work in a step, and `steps_per_execution`, with more steps in a call. (With JAX, whose calls cost something else, the second may not help.)
#
# Larger batches at the same rate take fewer steps, and so go less far. If the rate grows with the batch, the path stays about the same: batches of 10 with
# rate .01, or 110 with .11? Eleven times fewer steps.

# %% tags=["nbval-ignore-output", "result"]
path_scores = {}
for size, rate in ((10, 0.01), (110, 0.11), (110, 0.01)):
    V = stacked_weights([64, 32, 16, 10], [seed], "he")
    rng = np.random.default_rng(seed)
    for _ in range(5):
        descend(V, A_train, b_train, "relu", rate, size, rng)
    path_scores[size, rate] = float(score(V, A_valid, b_valid, "relu")[0][0])
    print(f"batches of {size:3}, rate {rate:4}: loss {path_scores[size, rate]:.2f}")

# %% tags=["result"]
small_steps, long_steps, few_steps = path_scores.values()
print("eleven times the batch and the rate, the same to .1:", end=" ")
print(abs(small_steps - long_steps) < 0.1)
print("at the old rate it is more than .3 behind:", few_steps > small_steps + 0.3)

# %% [markdown]
# So the rate grows with the batch. With batches of 110 and rate .11, compare the two activations of the exercise: **sigmoid** and **ReLU**. "Always try ReLU over
# sigmoid", it says. How many percentage points is ReLU ahead on the validation part after 30 epochs?

# %% tags=["guess"]
guess = ...
bet = predict("After 30 epochs: ReLU minus sigmoid, in points?", guess)

# %% tags=["experiment", "nbval-ignore-output", "result"]
long_epochs, kinds = 60 if fast else 300, {"sigmoid": "glorot", "relu": "he"}
small_curves = {}
for name, start in kinds.items():
    own = range(10 * seed, 10 * seed + (3 if fast else 5))
    V = stacked_weights([64, 32, 16, 10], own, start)
    rng, small_curves[name] = np.random.default_rng(seed), []
    for _ in range(long_epochs):
        descend(V, A_train, b_train, name, rate=0.11, size=110, rng=rng)
        small_curves[name].append(score(V, A_valid, b_valid, name))
small_curves = {name: np.array(rows) for name, rows in small_curves.items()}
relu_lead = 100 * (small_curves["relu"] - small_curves["sigmoid"])[:, 1]
for epoch in (30, long_epochs):
    numbers = ", ".join(f"{lead:.1f}" for lead in relu_lead[epoch - 1])
    print(f"ReLU minus sigmoid after {epoch} epochs, start by start: {numbers}")

# %% mystnb={"figure": {"caption": "64-32-16-10 on the small digits: validation loss and accuracy. Thin: single starts; thick: their mean."}, "image": {"alt": "Two panels. Above, the loss of ReLU falls at once and is nearly level from epoch 30 on; that of the sigmoid stays near 2.3 for some twenty epochs and falls slowly. Below, the accuracy of ReLU is over 90 percent after some twenty epochs; that of the sigmoid climbs all the time and is still near 55 percent in epoch 60."}} tags=["hide-input", "nbval-ignore-output", "result"]
from helpers.learning_curves import plot_starts

metrics = ("val_loss", "val_accuracy")
drawn = {
    name: dict(zip(metrics, rows.transpose(1, 0, 2), strict=True))
    for name, rows in small_curves.items()
}
limits = {"val_loss": (0, 2.6), "val_accuracy": (0, 1)}
plot_starts(drawn, metrics, "64-32-16-10 on the small digits", limits)
plt.show()

# %% tags=["result"]
print("after 30 epochs ReLU is over 15 points ahead in every start:", end=" ")
print(relu_lead[29].min() > 15)
shrinks = relu_lead[-1] < relu_lead[29]
print("at the end the lead is smaller in every start:", shrinks.all())

# %% tags=["check", "nbval-ignore-output"]
bet.compare(round(float(relu_lead[29].mean()), 1))

# %% [markdown]
# ReLU is far sooner here, with the same small rate for both. The sigmoid network begins on a plateau: near 0 its units all say about .5, and little blame comes through two such layers. But it climbs all the time. After 300 epochs (`fast = False`) most of the lead has melted: about three points are left, on 247 images. Its
# rate suits it badly, too: unit 02 trained sigmoids to over 90 % in 60 epochs, with rate 1, another loss and another start. "Sooner at this rate" is what was measured;
# "better" was not.
#
# Two notes on the original. It draws its curves from the *test* part; here they are from the validation part. And it puts loss and accuracy on
# one axis, though one is a number of any size and the other a share.

# %% [markdown]
# ## What we saw
#
# - Whatever is learned from data, also a mean or a direction, is learned from the training part alone.
# - Softmax makes probabilities of sums; cross-entropy asks how probable the truth was. A guesser among ten has 2.3.
# - A network is layers; `compile` adds a loss to follow, an optimiser to follow it with, and metrics to read.
# - A model keeps its weights, and with them everything it has seen. A new start needs a new model.
# - Overfitting is a validation loss that rises while the training loss falls. A gap alone is no overfitting. More data helps
#   most.
# - The test part is opened once, and its number has a standard error.
#
# ## Test yourself
#
# <details><summary>1. Your network for ten digits begins with a loss of 2.4 and stands at 2.30 after ten epochs. What do you know?</summary>
#
# It has learned to say 1/10 for every digit, as a guesser does, and nothing about the images. Nothing useful gets
# from the inputs to the loss: look at whether images and labels still belong together, at the scale of the inputs,
# and at the learning rate.
#
# </details>
#
# <details><summary>2. How many parameters has 784-128-10, and where do they sit?</summary>
#
# $784 \cdot 128 + 128 + 128 \cdot 10 + 10 = 101{,}770$. Nearly all, 100,480, sit in the first layer. With 60 scores
# instead of 784 pixels the whole network has 9,098.
#
# </details>
#
# <details><summary>3. Training accuracy is 99 %, validation accuracy 96 %, and both losses still fall. Does it overfit?</summary>
#
# There is a gap, and no sign of overfitting: what it learns still helps with new images. Go on training, and watch
# the validation loss.
#
# </details>
#
# <details><summary>4. Somebody standardises all images, then splits them. What is wrong, and would you notice?</summary>
#
# Means and spreads have been learned from validation and test images as well, so these are no longer quite unseen.
# With many images the numbers hardly move, and nobody notices. With few images, or where more is learned (which
# columns to keep, which directions to use), the result can be far too good. The order is: split, then learn.
#
# </details>
#
# <details><summary>5. The validation accuracy is 97.6 %, the test accuracy 97.4 %, on 10,000 images each. Was the test part harder?</summary>
#
# You cannot say. Each has a standard error of about 0.16 points, their difference one of about 0.22. A difference of
# 0.2 points is what luck does every day.
#
# </details>
#
# ## Bug hunt
#
# A colleague has trained a network on digits and is pleased: a thousand images, and a validation accuracy above that of the network with 300. It runs without an error. Find the mistakes: there are at least five.


# %%
def careless(x, y, x_test, y_test):
    keras.utils.set_random_seed(1)
    images = np.concatenate([x, x_test]).reshape(-1, 784)
    Z = PCA(60, random_state=1).fit_transform(images)
    Z, Z_test = Z[: len(x)], Z[len(x) :]
    model = keras.Sequential([keras.Input((60,))])
    model.add(keras.layers.Dense(128))  # 32 hidden units
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(Z, y, epochs=4, batch_size=50, verbose=0)
    # Let us also see how it does on images that it does not learn from.
    options = {"batch_size": 50, "validation_split": 1 / 6, "verbose": 0}
    seen = model.fit(Z, y, epochs=4, **options).history
    pleased = 100 * max(seen["val_accuracy"])
    print(f"best validation accuracy {pleased:.1f} %")
    loss, accuracy = model.evaluate(Z_test, y_test, batch_size=50, verbose=0)
    print(f"test accuracy {100 * accuracy:.1f} %, loss {loss:.1f}")
    return pleased, 100 * accuracy, loss


# %% tags=["nbval-ignore-output"]
few_images = x[:1000], y[:1000], x_test[:1000], y_test[:1000]
pleased, sobered, its_loss = careless(*few_images)

# %%
print("validation better than test by over 4 points:", pleased - sobered > 4)
print("the test loss is worse than a guesser's:", its_loss > np.log(10))

# %% [markdown]
# <details><summary>What to find</summary>
#
# 1. **The validation images were trained on.** The first `fit` learned from all of them, and the second goes on with
#    these weights. Its validation accuracy tells how well the network remembers. The test accuracy gives it away.
# 2. **PCA was fitted on all images**, test images included.
# 3. **The pixels are not scaled**: they go up to 255, and the scores into the thousands. The first steps are wild,
#    and the sums so large that every answer is given with full certainty. That is why a loss above a guesser's goes
#    together with a fair accuracy: where the network is wrong, it is sure of it.
# 4. **There is no activation** between the two dense layers, and two linear layers in a row are one linear layer.
# 5. **The best of four epochs** is reported, not the last, nor one that was chosen beforehand.
# 6. **The comment says 32**, the code says 128. Nobody will know which was meant.
#
# And two that do no harm here: `validation_split` takes the last sixth as it lies there, which goes well because
# these images are in no order; and the seed is fixed, so that this result is one draw and looks like a fact.
#
# </details>
#
# ## Read on
#
# - Michael Nielsen, *Neural Networks and Deep Learning* (2015), chapter 3: cross-entropy, softmax and overfitting, on
#   the same digits. Free online.
# - Ian Goodfellow, Yoshua Bengio and Aaron Courville, *Deep Learning* (2016), chapters 5, 7 and 8: what
#   generalisation means, and what optimisers do. Free online.
# - François Chollet, *Deep Learning with Python*: Keras, by the one who began it.
# - Diederik Kingma and Jimmy Ba, "Adam: A Method for Stochastic Optimization" (2015).
# - Yann LeCun, Corinna Cortes and Christopher Burges, "The MNIST database of handwritten digits": where the digits
#   come from, and what was reached on them year by year.
# - The Keras guides on the Sequential model, the Functional API, and training with built-in methods, at keras.io.
#
# Next: unit 05, in which nobody has cleaned the data.
