# ---
# jupyter:
#   first_layers:
#     builds: You open an archive that nobody has cleaned, turn it into arrays, and find what is wrong with it before a model learns it.
#     data: letters from open fonts, built in, made like notMNIST_small; or the real notMNIST_small
#     minutes:
#       core: 75
#       extensions: 45
#     objectives:
#     - read thousands of pictures from an archive without trusting a single one
#     - look at data, count it, deal it into parts and show that nothing was lost
#     - measure how much of one part occurs in another, exactly and nearly
#     - tell what copies do to an accuracy from what merely looks like it
#     prerequisites: numpy arrays and masks; unit 02 for training, validation and test parts
#     tensorflow: not needed
#     title: "Data curation: what is in it, and what is wrong with it"
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] tags=["header"]
# # header

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
    from helpers.checks import notmnist_curation as check
except ImportError as error:
    other = getattr(find_spec("helpers"), "origin", None)
    message = f"Not this book's helpers, or too old: {other}."
    advice = "Rename or remove it, then restart the kernel."
    raise ImportError(f"{message} {advice}") from error
if "google.colab" in sys.modules:
    print("To keep your work: File > Save a copy in Drive.")


# %% tags=["parameters"]
fast = True  # False: all images in the slow experiments, and more repeats
seed = 0  # where random numbers start
source = "embedded"  # "real": notMNIST_small itself, 8 MB, fetched once

# %% [markdown]
# Somebody hands you an archive: "ten thousand letters, have fun". No paper, no warranty. What do you need
# to know before a network learns from it?
#
# The archive is made like **notMNIST**, which Yaroslav Bulatov cut out of fonts in 2011: the letters A to J,
# 28 by 28 pixels. What is built into this book was made in the same way from other, openly licensed fonts.
# With `source = "real"` above you work on notMNIST_small itself. Every sentence below holds for both, or
# says which it means.

# %%
from helpers.data import archive, describe

describe()

# %% [markdown]
# ## What is in the archive?
#
# Look before you unpack. A `.tar.gz` is a list of members, each with a name and a size. What do the names
# tell you, and is any size suspicious?

# %%
import tarfile

path = archive("notmnist", source)
with tarfile.open(path) as file:
    members = file.getmembers()
pictures = [member for member in members if member.name.endswith(".png")]
for member in pictures[:3]:
    print(member.size, "bytes", member.name)
print(
    len(pictures), "pictures, the smallest of", min(m.size for m in pictures), "bytes"
)

# %% [markdown]
# A folder for each letter, and under it long names. They look random, yet they are text: base64, a way to
# write any bytes with letters and digits.

# %%
import base64

name = pictures[0].name.split("/")[-1].removesuffix(".png")
print(base64.b64decode(name).decode())

# %% [markdown]
# So each file tells from which font it was cut. Keep that in mind: it will matter twice.
#
# And there are files of 0 bytes. How many of all the pictures will turn out to be unreadable?

# %% tags=["guess"]
from helpers import predict

guess = 2  # SOLUTION
bet = predict("How many members will not be readable?", guess)

# %% [markdown]
# **Exercise.** Write `letter_image`. It gets the bytes of one file and returns an array of 28 by 28 whole
# numbers of type uint8, in grey: a picture in colour is turned grey. A picture of any other size raises
# `ValueError`. Bytes that are no picture may raise what Pillow raises.

# %%
import io

import numpy as np
from PIL import Image


# %% tags=["exercise"] exercise={"id": "letter_image", "tier": "core", "minutes": 6, "points": 2}
def letter_image(data):
    """Return a uint8 array of shape (28, 28), or raise an error."""
    image = np.asarray(Image.open(io.BytesIO(data)).convert("L"))  # SOLUTION
    # BEGIN SOLUTION
    if image.shape != (28, 28):
        raise ValueError(f"{image.shape[0]} x {image.shape[1]} pixels")
    # END SOLUTION
    return image


# %% [markdown]
# <details><summary>Hint</summary>
#
# `Image.open` wants a file. `io.BytesIO(data)` is one, made of bytes. `convert("L")` gives grey, whatever
# came before. Then look at the shape and `raise ValueError(...)` where it is not the one you want.
#
# </details>

# %% tags=["check"]
letter_image = check.letter_image(letter_image).or_ours()

# %% [markdown]
# Now all of them. The archive is read as a stream: no file is written, so no name in it can do harm.
#
# **Exercise.** Complete `read_letters`. Rows stand in the order of the members. A label is a whole number:
# 0 for A, 9 for J. `names` holds file names without folders. A member that cannot be read is no row: its
# full name goes to `skipped`.


# %% tags=["exercise"] exercise={"id": "read_letters", "tier": "core", "minutes": 12, "points": 4}
def read_letters(archive):
    """Return X (n, 28, 28) uint8, y (n,), n file names, and the members that were skipped."""
    images, labels, names, skipped = [], [], [], []
    with tarfile.open(archive) as members:
        for member in members:
            if not member.name.endswith(".png"):
                continue
            letter, name = member.name.split("/")[-2:]
            data = members.extractfile(member).read()
            # BEGIN SOLUTION
            try:
                images.append(letter_image(data))
            except (OSError, ValueError):
                skipped.append(member.name)
                continue
            labels.append("ABCDEFGHIJ".index(letter))
            names.append(name)
            # END SOLUTION
    return np.stack(images), np.array(labels), names, skipped


# %% [markdown]
# <details><summary>Hint</summary>
#
# Put only the decoding into `try`, and catch only what an unreadable file raises: `OSError` and
# `ValueError`. A bare `except:` would also swallow your own typing mistakes. Append label and name after
# the picture was read, so that the lists stay equally long.
#
# </details>

# %% tags=["check"]
read_letters = check.read_letters(read_letters).or_ours()

# %% tags=["result"]
X, y, names, skipped = read_letters(path)
print("X:", X.shape, X.dtype, "from", X.min(), "to", X.max())
for member in skipped:
    print("skipped:", member)

# %% tags=["check"]
bet.compare(len(skipped))

# %% [markdown]
# Two, in the built-in set as in the real one. They are reported and not filled with zeros: a black square
# with the label A would teach something false, and nobody would know.
#
# ## What does it look like?
#
# One picture tells little, ten thousand cannot be looked at. A **contact sheet** shows a random few of each
# class.
#
# **Exercise.** Write `contact_sheet`: one large picture of 10 rows of letters. Row r shows `columns`
# different images of class r, drawn with `rng`.


# %% tags=["exercise"] exercise={"id": "contact_sheet", "tier": "core", "minutes": 8, "points": 3}
def contact_sheet(X, y, columns, rng):
    """Return a uint8 picture of shape (10 * 28, columns * 28)."""
    rows = []
    for label in range(10):
        which = rng.choice(
            np.flatnonzero(y == label), columns, replace=False
        )  # SOLUTION
        rows.append(np.hstack(X[which]))  # SOLUTION
    return np.vstack(rows)


# %% tags=["check"]
contact_sheet = check.contact_sheet(contact_sheet).or_ours()

# %% mystnb={"figure": {"caption": "Eighteen random images of each class, A to J from top to bottom. Ink is drawn dark."}, "image": {"alt": "Ten rows of eighteen small pictures of letters in very different fonts. Some are plain, some ornamental, some I are solid black squares."}}
import matplotlib.pyplot as plt

from helpers.figures import use_book_style

use_book_style()
sheet = contact_sheet(X, y, 18, np.random.default_rng(seed))
fig, ax = plt.subplots(figsize=(9, 5.2))
ax.imshow(sheet, cmap="gray_r")
ax.set_yticks(14 + 28 * np.arange(10), list("ABCDEFGHIJ"))
ax.set(title="Random images of each class", xticks=[])
plt.show()

# %% [markdown]
# Look at the row of the I. A sans-serif I has no serifs, and each letter was stretched to fill its box: what is
# left is a solid square. Elsewhere stands an ornament that no reader would take for a letter. Both carry a
# label, and both will count as errors or successes of a model.
#
# The mean of all images of a class shows whether the class has a common shape at all.

# %% mystnb={"figure": {"caption": "The mean image of each class: dark where most fonts have ink."}, "image": {"alt": "Ten blurred letters, A to J. Most are easy to recognise; the I is a dark bar that fills nearly the whole box."}}
from helpers.letters import draw_letters

means = np.stack([X[y == label].mean(axis=0) for label in range(10)])
fig = draw_letters(means, list("ABCDEFGHIJ"), title="Mean of each class")
plt.show()

# %% [markdown]
# ## Is every class there, and equally often?
#
# If nine of ten images were an A, then a model that always says "A" would be right nine times of ten. So count
# first.
#
# **Exercise.** Write `class_table(y, k)`. It returns the counts of the labels 0 to k - 1, and the balance: the
# smallest count divided by the largest. A class without images counts 0.


# %% tags=["exercise"] exercise={"id": "class_table", "tier": "core", "minutes": 5, "points": 2}
def class_table(y, k):
    """Return k counts, and smallest / largest."""
    counts = np.bincount(y, minlength=k)  # SOLUTION
    balance = counts.min() / counts.max()  # SOLUTION
    return counts, balance


# %% tags=["check"]
class_table = check.class_table(class_table).or_ours()

# %%
counts, balance = class_table(y, 10)
print("images of A to J:", counts)
print(f"smallest / largest: {balance:.3f}")

# %%
print("balanced to 1 percent:", balance > 0.99)

# %% [markdown]
# ## How much memory does it take?
#
# The classic way turned every pixel into a float32 and pickled it. How large is that for 220,000 images, in
# megabytes (a million bytes)?

# %% tags=["guess"]
guess = 700  # SOLUTION
bet = predict("220,000 images of 28 x 28 as float32: how many MB?", guess)

# %% tags=["result"]
pixels = 220_000 * 28 * 28
print(f"uint8: {pixels / 1e6:.0f} MB, float32: {4 * pixels / 1e6:.0f} MB")

# %% tags=["check"]
bet.compare(4 * pixels / 1e6)

# %% [markdown]
# A pixel of these pictures is one of 256 greys: one byte holds it. Three of the four bytes of a float32 are
# paid for nothing. Keep uint8, and turn a batch into floats when it is needed.

# %% [markdown]
# **Exercise (extension).** Write `normalise`: uint8 images in, float32 out, $(x - 127.5) / 255$, so between
# -0.5 and 0.5. The input stays as it is.


# %% tags=["exercise"] exercise={"id": "normalise", "tier": "extension", "minutes": 4, "points": 1}
def normalise(X):
    """Return float32 between -0.5 and 0.5."""
    return (X.astype(np.float32) - 127.5) / 255  # SOLUTION


# %% tags=["check"]
normalise = check.normalise(normalise).or_ours()

# %%
Z = normalise(X)
print(f"mean {Z.mean():.3f}, standard deviation {Z.std():.3f}")
per_class = [Z[y == label].mean() for label in range(10)]
print("mean of each class:", np.round(per_class, 2))

# %% [markdown]
# A source of this unit promises mean 0 and spread 0.5 "approximately". ... The means differ from class to
# class: an I is mostly ink, a J mostly paper.

# %% [markdown]
# ## How do you deal it into parts?
#
# **Exercise.** Write `split`: all rows in a random order, then 70 percent for training, 15 for validation, 15
# for the test. Every row in exactly one part, every image with its own label.


# %% tags=["exercise"] exercise={"id": "split", "tier": "core", "minutes": 10, "points": 3}
def split(X, y, rng):
    """Return (X_train, y_train), (X_valid, y_valid), (X_test, y_test)."""
    order = rng.permutation(len(X))  # SOLUTION
    first, second = round(0.7 * len(X)), round(0.85 * len(X))  # SOLUTION
    train, valid, test = np.split(order, [first, second])  # SOLUTION
    return (X[train], y[train]), (X[valid], y[valid]), (X[test], y[test])


# %% tags=["check"]
split = check.split(split).or_ours()

# %%
train, valid, test = split(X, y, np.random.default_rng(seed))
print([len(part[0]) for part in (train, valid, test)])

# %% [markdown]
# Is the data still good? "Looks fine" is no proof. What must not have changed is the collection of pairs,
# image and label, whatever their order.

# %%
from collections import Counter


def pairs(*parts):
    """Count each pair of an image and its label."""
    return Counter(
        (image.tobytes(), int(label))
        for images, labels in parts
        for image, label in zip(images, labels, strict=True)
    )


print("the same pairs as before:", pairs(train, valid, test) == pairs((X, y)))

# %% [markdown]
# One colleague shuffles images and labels one after the other, each with its own permutation. Shapes, counts
# and pictures look perfect. How accurate will a model be that learns from that, in percent?

# %% tags=["guess"]
guess = 10  # SOLUTION
bet = predict("Trained on labels shuffled apart: accuracy in percent?", guess)


# %% tags=["experiment", "nbval-ignore-output", "result"]
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits


def flat(part):
    """Return the images of a part as rows of floats from 0 to 1, and its labels."""
    images, labels = part
    return images.reshape(len(images), -1).astype(np.float32) / 255, labels


def accuracy(part, of, size=1000):
    """Train a linear model on the first rows of one part; return its percent right on another."""
    rows, labels = flat(part)
    with threadpool_limits(
        1
    ):  # with more threads these small matrices take far longer
        model = LogisticRegression(C=0.01).fit(rows[:size], labels[:size])
    return 100 * model.score(*flat(of))


apart = train[0], np.random.default_rng(seed + 1).permutation(train[1])
print(f"shuffled together: {accuracy(train, valid):.0f} %")
print(f"shuffled apart:    {accuracy(apart, valid):.0f} %")

# %% tags=["result"]
print("the same pairs as before:", pairs(apart, valid, test) == pairs((X, y)))

# %% tags=["check", "nbval-ignore-output"]
bet.compare(accuracy(apart, valid))

# %% [markdown]
# It guesses, one in ten. No shape and no count showed it; the collection of pairs does, at once. (The line above says
# False, and should.)
#
# Shuffling does not change a distribution. What it buys is that every piece of the list looks like the whole:
# before, the first thousand images were all of one class.
#
# ## How much of one part occurs in another?
#
# A test asks how a model does on images it has not seen. Has it not? Many fonts share letters, and a square is
# a square. How many percent of the test images stand, pixel for pixel, in the training part?

# %% tags=["guess"]
guess = 1  # SOLUTION
bet = predict(
    "Percent of the test images that also stand in the training part?", guess
)

# %% [markdown]
# **Exercise.** Write `overlap(A, B)`: for each image of `B`, True or False, whether the same image stands in `A`.


# %% tags=["exercise"] exercise={"id": "overlap", "tier": "core", "minutes": 8, "points": 3}
def overlap(A, B):
    """Return a boolean array of shape (len(B),)."""
    known = {image.tobytes() for image in A}  # SOLUTION
    return np.array([image.tobytes() in known for image in B])  # SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `image.tobytes()` is one value that is equal exactly where all pixels are equal. A Python `set` of such
# values answers "have I seen this?" without a search.
#
# </details>

# %% tags=["check"]
overlap = check.overlap(overlap).or_ours()

# %% tags=["result"]
parts = {"training": train[0], "validation": valid[0], "test": test[0]}
for one, other in (
    ("training", "validation"),
    ("training", "test"),
    ("validation", "test"),
):
    share = overlap(parts[one], parts[other]).mean()
    print(f"{100 * share:.1f} % of the {other} part stand in the {one} part")

# %% tags=["check"]
bet.compare(float(100 * overlap(train[0], test[0]).mean()))

# %% [markdown]
# Which images are these? Group all images that are equal, and look at the largest groups with their labels.

# %%
from helpers.duplicates import exact_groups

group = exact_groups(X)
sizes = np.bincount(group)
print(len(sizes), "different images of", len(X))
print((sizes > 1).sum(), "groups of copies hold", sizes[sizes > 1].sum(), "images")

# %% mystnb={"figure": {"caption": "The ten images that occur most often, with how often, and the labels that they carry."}, "image": {"alt": "Ten small pictures. The first is a solid square that stands for I many times; others are ornaments that stand for several letters."}}
largest = np.argsort(-sizes, kind="stable")[:10]
first = [np.flatnonzero(group == number)[0] for number in largest]
titles = []
for number in largest:
    labels = sorted(set(y[group == number]))
    titles.append(
        f"{sizes[number]} times\n" + "".join("ABCDEFGHIJ"[k] for k in labels)
    )
fig = draw_letters(X[first], titles, title="The most frequent images")
plt.show()

# %% [markdown]
# The solid square leads by far: every I without serifs is the same image once it is stretched. Another image stands
# for several letters at once, a font that draws one ornament for all of them. No model can get all of those right.

# %%
kinds = np.array(
    [
        len(set(y[group == number]))
        for number in range(len(sizes))
        if sizes[number] > 1
    ]
)
print((kinds > 1).sum(), "groups of copies carry more than one label")

# %% [markdown]
# Is overlap bad? That depends on the use. If the model will meet the same images again, as a scanner for one known
# font does, then a test that contains them is fair. If it will meet new fonts, it is not.
#
# ## How near is too near?
#
# The bold and the regular of one font are not equal, and yet nearly the same. Measure how far two images are apart:
# the Euclidean distance of their pixels, with ink from 0 to 1. What does a distance of 1, 2, 3 look like?

# %%
from helpers.near_duplicates import near_pairs

i, j, distance = near_pairs(train[0], test[0], 3.0)
print(len(distance), "pairs within 3")

# %% mystnb={"figure": {"caption": "Pairs of a training image (above) and a test image (below), ordered by their distance, which stands above each pair."}, "image": {"alt": "Two rows of ten letters. On the left the two letters of a pair look equal; to the right they differ more and more in weight and outline."}}
order = np.argsort(distance, kind="stable")
apart = order[distance[order] > 0]
chosen = apart[np.linspace(0, len(apart) - 1, 10).astype(int)]
both = np.concatenate([train[0][i[chosen]], test[0][j[chosen]]])
titles = [f"{d:.1f}" for d in distance[chosen]] + [""] * 10
fig = draw_letters(both, titles, title="Training image above, test image below")
plt.show()

# %% [markdown]
# Up to 1 the eye hardly finds a difference. At 3 two letters are alike in kind, but no copies. A radius is a choice:
# say which one you used.

# %%
for radius in (0, 1, 2, 3):
    share = len(np.unique(j[distance <= radius])) / len(test[0])
    print(f"within {radius}: {100 * share:.1f} % of the test images")

# %% [markdown]
# **Exercise (extension).** Write `near(A, B, radius)` yourself: for each image of `B`, whether an image of `A` lies
# within the radius, the radius included. `A` and `B` are uint8; a full pixel of ink counts 1.


# %% tags=["exercise"] exercise={"id": "near", "tier": "extension", "minutes": 12, "points": 4}
def near(A, B, radius):
    """Return a boolean array of shape (len(B),)."""
    a = A.reshape(len(A), -1) / 255  # SOLUTION
    b = B.reshape(len(B), -1) / 255  # SOLUTION
    squares = (
        (a**2).sum(axis=1)[:, None] + (b**2).sum(axis=1) - 2 * a @ b.T
    )  # SOLUTION
    return np.sqrt(np.maximum(squares, 0)).min(axis=0) <= radius  # SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# $|a - b|^2 = |a|^2 + |b|^2 - 2\,a \cdot b$ turns all pairs into one matrix product. Rounding can leave a tiny negative
# number where 0 should stand: `np.maximum(..., 0)` before the root. And mind the type: in uint8, 200 - 250 is 206.
#
# </details>

# %% tags=["check"]
near = check.near(near).or_ours()

# %%
mine, ours = (
    near(train[0], test[0], 2),
    np.isin(np.arange(len(test[0])), j[distance <= 2]),
)
print("as many as before:", abs(int(mine.sum()) - int(ours.sum())) <= 2)

# %% [markdown]
# ## What can a model from the shelf do?
#
# It is always good to know that there is something to learn, and that it is not trivial. Logistic regression on raw
# pixels is one line. How does its accuracy grow with the number of training images?
#
# **Exercise.** Write `learning_curve`. For each size: draw as many rows of the training part at random, fit a new model,
# and score it on the whole validation part. `make_model()` gives a new model; it has `fit(X, y)` and `score(X, y)`.


# %% tags=["exercise"] exercise={"id": "learning_curve", "tier": "core", "minutes": 15, "points": 4}
def learning_curve(make_model, train, valid, sizes, rng):
    """Return {size: accuracy on valid} of models trained on `size` random rows of train."""
    (X, y), (X_valid, y_valid) = train, valid
    found = {}
    for size in sizes:
        which = rng.choice(len(X), size, replace=False)  # SOLUTION
        model = make_model().fit(X[which], y[which])  # SOLUTION
        found[size] = model.score(X_valid, y_valid)  # SOLUTION
    return found


# %% [markdown]
# <details><summary>Hint</summary>
#
# Draw row numbers once for each size, and use the same numbers for images and labels. `fit` returns the model.
#
# </details>

# %% tags=["check"]
learning_curve = check.learning_curve(learning_curve).or_ours()

# %% [markdown]
# Five times as many images, 5,000 instead of 1,000: by how many points does the accuracy of the model with `C=1` rise?

# %% tags=["guess"]
guess = 5  # SOLUTION
bet = predict("From 1,000 to 5,000 images, C=1: how many points more?", guess)

# %% tags=["experiment", "nbval-ignore-output", "result"]
import warnings

from sklearn.exceptions import ConvergenceWarning

sizes = [50, 100, 1000, 5000, len(train[0])]
curves = {}
for C in (1, 0.01):
    draws = []
    for number in range(3):
        rng = np.random.default_rng(number)
        with threadpool_limits(1), warnings.catch_warnings():
            warnings.simplefilter(
                "ignore", ConvergenceWarning
            )  # 100 steps are enough here
            model = lambda C=C: LogisticRegression(C=C)
            draws.append(learning_curve(model, flat(train), flat(valid), sizes, rng))
    curves[C] = 100 * np.array([[draw[size] for size in sizes] for draw in draws])
    means = curves[C].mean(axis=0)
    print(f"C={C}:", ", ".join(f"{s}: {m:.1f} %" for s, m in zip(sizes, means)))

# %% tags=["result"] mystnb={"figure": {"caption": "Accuracy on the validation part against the number of training images, mean of three draws with the lowest and the highest. The last size is the whole training part."}, "image": {"alt": "Two rising lines over a logarithmic axis. With C=1 the line is ahead for few images and flat from 1,000 on; with C=0.01 it starts lower and ends higher."}}
from helpers.figures import BLUE, ORANGE

fig, ax = plt.subplots(figsize=(6.5, 3.8))
for C, colour, marker in ((1, BLUE, "o"), (0.01, ORANGE, "s")):
    mean = curves[C].mean(axis=0)
    reach = [mean - curves[C].min(axis=0), curves[C].max(axis=0) - mean]
    ax.errorbar(sizes, mean, reach, color=colour, marker=marker, capsize=3)
    ax.text(sizes[-1] * 1.1, mean[-1], f"C = {C}", color=colour, va="center")
ax.set(xscale="log", xlabel="training images", ylabel="accuracy (%)")
ax.set_xlim(40, sizes[-1] * 2.2)
ax.set(title="Logistic regression on raw pixels")
plt.show()

# %% tags=["result"]
gain = curves[1][:, 3] - curves[1][:, 2]
print("C=1 gains less than 3 points:", abs(gain.mean()) < 3)
print(
    "with all images C=0.01 is ahead in every draw:",
    (curves[0.01] > curves[1])[:, -1].all(),
)

# %% tags=["check", "nbval-ignore-output"]
bet.compare(float(gain.mean()))

# %% [markdown]
# With `C=1` the model fits a thousand images without a mistake and has 7,850 numbers to do so: more data hardly help it.
# `C=0.01` holds the weights small. It loses with few images and wins with many. A learning curve of one setting says as
# much about the setting as about the data.
#
# ## What do copies do to an accuracy?
#
# The nearest neighbour is the model that copies help most: it answers with the label of the most similar training
# image. Many people clean the **test** part and watch the accuracy fall. Does that show how much was leaked?
#
# A cleaner experiment changes the cause only. Keep the test part. Remove the near copies from the **training** part,
# and, as a control, as many other rows at random.
#
# **Exercise.** Write `leakage`. `twins` marks the training rows that have a near copy in the test part.
# `score(train, test)` trains on the first and returns the accuracy on the second.


# %% tags=["exercise"] exercise={"id": "leakage", "tier": "core", "minutes": 7, "points": 3}
def leakage(score, train, test, twins, rng):
    """Return the accuracies "all", "without twins" and "without others"."""
    (X, y), others = train, np.flatnonzero(~twins)
    drop = rng.choice(others, twins.sum(), replace=False)  # SOLUTION
    keep = np.delete(np.arange(len(X)), drop)  # SOLUTION
    return {
        "all": score(train, test),
        "without twins": score((X[~twins], y[~twins]), test),  # SOLUTION
        "without others": score((X[keep], y[keep]), test),  # SOLUTION
    }


# %% tags=["check"]
leakage = check.leakage(leakage).or_ours()


# %%
def neighbour(part, of):
    """Return the percent of `of` whose nearest image in `part` has the right label."""
    (A, labels), (B, truth) = part, of
    squares = (A**2).sum(axis=1) - 2 * B @ A.T
    return 100 * np.mean(labels[squares.argmin(axis=1)] == truth)


# %% [markdown]
# By how many points does the nearest neighbour fall when the near copies are gone from its training part?

# %% tags=["guess"]
guess = 2  # SOLUTION
bet = predict("Near copies removed from training: how many points lost?", guess)

# %% tags=["experiment", "nbval-ignore-output", "result"]
rows = []
for number in range(5):
    rng = np.random.default_rng(number)
    some, _, held = split(X, y, rng)
    i, j, _ = near_pairs(some[0], held[0], 2.0)
    twins, close = np.zeros(len(some[0]), bool), np.zeros(len(held[0]), bool)
    twins[i], close[j] = True, True
    A, B = flat(some), flat(held)
    row = leakage(neighbour, A, B, twins, rng)
    row["test cleaned"] = neighbour(A, (B[0][~close], B[1][~close]))
    row["near images"] = neighbour(A, (B[0][close], B[1][close]))
    rows.append(row)
    print(", ".join(f"{name} {value:.1f}" for name, value in row.items()))

# %% tags=["result"]
table = {name: np.array([row[name] for row in rows]) for name in rows[0]}
lost = table["all"] - table["without twins"]
control = table["all"] - table["without others"]
cleaned = table["all"] - table["test cleaned"]
print("removing copies costs less than 1 point:", lost.mean() < 1)
print("cleaning the test costs more in every split:", (cleaned > lost).all())
print("near images are easy, over 95 %:", table["near images"].mean() > 95)

# %% tags=["check", "nbval-ignore-output"]
bet.compare(float(lost.mean()))

# %% [markdown]
# Read the differences split by split. Cleaning the test part costs about two points; taking the copies from the training
# part costs a few tenths, hardly more than taking as many others. The near images were easy with and without their twins.
#
# **Exercise.** Choose a letter for each.
#
# *test*: removing the near copies from the test part lowers the accuracy. Why?
#
# - (a) The model had memorised them, so the drop shows how much was leaked.
# - (b) Near copies are easier images than the rest. Leakage may add to it; this alone cannot tell.
# - (c) A smaller test part always gives a lower accuracy.
#
# *training*: the test part stays. What does the difference to removing as many others measure?
#
# - (a) What the copies themselves added.
# - (b) How hard the copies are.
# - (c) Nothing, since fewer rows always cost accuracy.
#
# *advice*: what do you report?
#
# - (a) Only the higher number.
# - (b) Only the lower number.
# - (c) Both, and how the parts overlap; which one fits depends on whether known images come back in use.


# %% tags=["exercise"] exercise={"id": "conclusion", "tier": "core", "minutes": 3, "points": 1}
def conclusion():
    """Return a letter for each question above."""
    # BEGIN SOLUTION
    return {"test": "b", "training": "a", "advice": "c"}
    # END SOLUTION


# %% tags=["check"]
conclusion = check.conclusion(conclusion).or_ours()

# %% TODO fonts, label noise, safe_members, sha256_of, save_letters, growth with n, data sheet, summary, self-test, bug hunt, read on
