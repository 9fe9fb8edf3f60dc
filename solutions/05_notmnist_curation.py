# ---
# jupyter:
#   first_layers:
#     builds: You open an archive that nobody has cleaned, turn it into arrays, and
#       find what is wrong with it before a model learns it.
#     data: letters from open fonts, built in, made like notMNIST_small; or the real
#       notMNIST_small
#     minutes:
#       core: 120
#       extensions: 90
#     objectives:
#     - read thousands of pictures from an archive without trusting a single one
#     - look at data, count it, split it and show that nothing was lost
#     - measure how much of one part occurs in another, exactly and nearly
#     - tell what copies do to an accuracy from what merely looks like it
#     prerequisites: numpy arrays and masks; unit 02 for training, validation and test
#       parts
#     real: notmnist
#     results:
#     - name: readable
#       text: readable images
#       tolerance: 0
#       unit: images
#       value: len(X)
#     - name: skipped
#       text: files that cannot be read
#       tolerance: 0
#       unit: files
#       value: len(skipped)
#     - name: different
#       text: different images
#       tolerance: 0
#       unit: images
#       value: len(times)
#     - name: copy_groups
#       text: groups of equal images
#       tolerance: 0
#       unit: groups
#       value: (times > 1).sum()
#     - name: copies
#       text: images in these groups
#       tolerance: 0
#       unit: images
#       value: times[times > 1].sum()
#     - name: largest_group
#       text: the largest group, solid squares labelled I
#       tolerance: 0
#       unit: images
#       value: times.max()
#     - name: conflicts
#       text: groups of equal images with several labels
#       tolerance: 0
#       unit: groups
#       value: (kinds > 1).sum()
#     - name: must_be_wrong
#       text: images that any model must get wrong
#       tolerance: 0
#       unit: images
#       value: len(X) - at_best
#     - name: valid_in_train
#       text: validation images that stand in the training part
#       tolerance: 0.8
#       unit: '%'
#       value: 100 * overlap(train[0], valid[0]).mean()
#     - name: test_in_train
#       text: test images that stand in the training part
#       tolerance: 0.8
#       unit: '%'
#       value: 100 * overlap(train[0], test[0]).mean()
#     - name: test_in_valid
#       text: test images that stand in the validation part
#       tolerance: 0.8
#       unit: '%'
#       value: 100 * overlap(valid[0], test[0]).mean()
#     - name: near_1
#       text: test images within distance 1 of a training image
#       tolerance: 1
#       unit: '%'
#       value: 100 * near(train[0], test[0], 1).mean()
#     - name: near_2
#       text: test images within distance 2 of a training image
#       tolerance: 1.5
#       unit: '%'
#       value: 100 * near(train[0], test[0], 2).mean()
#     - name: near_3
#       text: test images within distance 3 of a training image
#       tolerance: 2
#       unit: '%'
#       value: 100 * near(train[0], test[0], 3).mean()
#     - name: linear_1_50
#       text: logistic regression with C = 1, 50 images, validation
#       tolerance: 6
#       unit: '%'
#       value: curves[1][:, 0].mean()
#     - name: linear_1_100
#       text: logistic regression with C = 1, 100 images, validation
#       tolerance: 4
#       unit: '%'
#       value: curves[1][:, 1].mean()
#     - name: linear_1_1000
#       text: logistic regression with C = 1, 1,000 images, validation
#       tolerance: 1.5
#       unit: '%'
#       value: curves[1][:, 2].mean()
#     - name: linear_1_5000
#       text: logistic regression with C = 1, 5,000 images, validation
#       tolerance: 1.2
#       unit: '%'
#       value: curves[1][:, 3].mean()
#     - name: linear_1_all
#       text: logistic regression with C = 1, the whole training part, validation
#       tolerance: 1.2
#       unit: '%'
#       value: curves[1][:, 4].mean()
#     - name: linear_01_50
#       text: logistic regression with C = 0.01, 50 images, validation
#       tolerance: 6
#       unit: '%'
#       value: curves[0.01][:, 0].mean()
#     - name: linear_01_100
#       text: logistic regression with C = 0.01, 100 images, validation
#       tolerance: 4
#       unit: '%'
#       value: curves[0.01][:, 1].mean()
#     - name: linear_01_1000
#       text: logistic regression with C = 0.01, 1,000 images, validation
#       tolerance: 1.5
#       unit: '%'
#       value: curves[0.01][:, 2].mean()
#     - name: linear_01_5000
#       text: logistic regression with C = 0.01, 5,000 images, validation
#       tolerance: 1.2
#       unit: '%'
#       value: curves[0.01][:, 3].mean()
#     - name: linear_01_all
#       text: logistic regression with C = 0.01, the whole training part, validation
#       tolerance: 1.2
#       unit: '%'
#       value: curves[0.01][:, 4].mean()
#     - name: neighbour
#       text: nearest neighbour, all training images, test
#       tolerance: 0.8
#       unit: '%'
#       value: leaks["all"].mean()
#     - name: twins_gone
#       text: "\u2026 lost without the near copies in training"
#       tolerance: 0.3
#       unit: points
#       value: lost.mean()
#     - name: others_gone
#       text: "\u2026 lost without as many others"
#       tolerance: 0.3
#       unit: points
#       value: control.mean()
#     - name: test_cleaned
#       text: "\u2026 lost when the test part is cleaned instead"
#       tolerance: 0.6
#       unit: points
#       value: cleaned.mean()
#     - name: near_images
#       text: "\u2026 on the near images alone"
#       tolerance: 0.9
#       unit: '%'
#       value: leaks["near images"].mean()
#     - name: split_random
#       text: nearest neighbour, random split
#       tolerance: 0.9
#       unit: '%'
#       value: dealt["random"].mean()
#     - name: split_by_font
#       text: "\u2026 split by font"
#       tolerance: 1.5
#       unit: '%'
#       value: dealt["by font"].mean()
#     - name: split_by_family
#       text: "\u2026 split by family"
#       tolerance: 1.8
#       unit: '%'
#       value: dealt["by family"].mean()
#     - name: own_font
#       text: wrong neighbours that are of its own font
#       tolerance: 5
#       unit: '%'
#       value: 100 * own[wrong].mean()
#     - name: own_font_barred
#       text: gained when neighbours of its own font are barred
#       tolerance: 1.2
#       unit: points
#       value: barred[1] - barred[0]
#     - name: family_barred
#       text: "\u2026 and lost again when the family is barred"
#       tolerance: 0.8
#       unit: points
#       value: barred[1] - barred[2]
#     - name: believed
#       text: labels that cross-validated logistic regression chooses
#       tolerance: 0.5
#       unit: '%'
#       value: 100 * right.mean()
#     - name: tidied
#       text: "\u2026 gained by removing the 5 % most suspicious"
#       tolerance: 0.4
#       unit: points
#       value: 100 * (kept.mean() - right.mean())
#     - name: npz
#       text: all images and labels as one .npz file
#       tolerance: 0.1
#       unit: MB
#       value: size
#     tensorflow: not needed
#     title: 'Data curation: what is in it, and what is wrong with it'
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] tags=["header"]
# # Data curation: what is in it, and what is wrong with it: solved
#
# [![Open the exercises in Colab](../book/_static/open-in-colab.svg)](https://colab.research.google.com/github/first-layers/first-layers/blob/main/notebooks/05_notmnist_curation.ipynb)
#
# You open an archive that nobody has cleaned, turn it into arrays, and find what is wrong with it before a model learns it.
#
# **When you are done, you can**
#
# - read thousands of pictures from an archive without trusting a single one
# - look at data, count it, split it and show that nothing was lost
# - measure how much of one part occurs in another, exactly and nearly
# - tell what copies do to an accuracy from what merely looks like it
#
# **Before this:** numpy arrays and masks; unit 02 for training, validation and test parts. **Time:** 120 minutes, and 90 more for the extensions. **Data:** letters from open fonts, built in, made like notMNIST_small; or the real notMNIST_small. **TensorFlow:** not needed.
#
# This is the solved notebook, with every answer. To learn, do the [exercises](../notebooks/05_notmnist_curation.ipynb) first.

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
# Somebody hands you an archive of letters: no paper, no warranty. What do you need to know before a
# network learns from it?
#
# The archive is made like **notMNIST**, which Yaroslav Bulatov cut out of fonts in 2011: the letters A to J,
# 28 by 28 pixels, dirtier and harder than the digits of MNIST. What is built into this book was made in the
# same way from other, openly licensed fonts. With `source = "real"` above you work on notMNIST_small itself.
# Every sentence below holds for both, or says which it means.

# %%
from helpers.data import archive, describe

describe(source)

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
smallest = min(member.size for member in pictures)
print(len(pictures), "pictures, the smallest of", smallest, "bytes")

# %% [markdown]
# A folder for each letter, and under it long names. They look random, yet they are text: base64, a way to
# write any bytes with letters and digits.

# %%
import base64

name = pictures[0].name.split("/")[-1].removesuffix(".png")
print(base64.b64decode(name).decode())

# %% [markdown]
# So each file tells from which font it was cut. Keep that in mind: it matters later.
#
# Look at one file as it lies in the archive, before any code of yours has touched it.

# %% mystnb={"figure": {"caption": "The first picture of the archive, enlarged six times: ink is white, paper black."}, "image": {"alt": "A capital A in white on a black square, enlarged so that its single pixels show."}}
import io

from PIL import Image

with tarfile.open(path) as file:
    data = file.extractfile(pictures[0]).read()
Image.open(io.BytesIO(data)).resize((168, 168), Image.Resampling.NEAREST)

# %% [markdown]
# Ink is white here, 255, and paper black, 0. The figures below draw ink dark, as on paper. (In the built-in archive all
# these files are equally long, since their pixels are stored uncompressed; the archive as a whole is compressed.)
#
# And the smallest file has 0 bytes. How many of all the pictures will turn out to be unreadable?

# %% tags=["guess"]
from helpers import predict

guess = 2  # SOLUTION
bet = predict("How many members will not be readable?", guess)

# %% [markdown]
# **Exercise.** Write `letter_image`. It gets the bytes of one file and returns an array of 28 by 28 whole
# numbers of type uint8, in grey: a picture in colour is turned grey. A picture of any other size raises
# `ValueError`. Bytes that are no picture may raise what Pillow raises.

# %%
import numpy as np


# %% tags=["exercise"] exercise={"id": "letter_image", "tier": "core", "minutes": 8, "points": 2}
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
# came before, and `np.asarray(...)` makes an array of it. Then look at the shape and `raise ValueError(...)` where it is
# not the one you want.
#
# </details>

# %% tags=["check"]
letter_image = check.letter_image(letter_image).or_ours()

# %% [markdown]
# Now all of them. The archive is read as a stream: no file is written, so no name in it can do harm.
#
# **Exercise.** Complete `read_letters` where the dots are. Rows stand in the order of the members. A label is a whole number:
# 0 for A, 9 for J. `names` holds file names without folders. A member that cannot be read is no row: its
# full name goes to `skipped`.


# %% tags=["exercise"] exercise={"id": "read_letters", "tier": "core", "minutes": 15, "points": 4}
def read_letters(archive):
    """Return X (n, 28, 28) uint8, y (n,), n file names, and the skipped members."""
    images, labels, names, skipped = [], [], [], []
    with tarfile.open(archive) as members:
        for member in members:
            if not member.name.endswith(".png"):
                continue
            letter, name = member.name.split("/")[-2:]
            data = members.extractfile(member).read()
            # BEGIN SOLUTION
            try:
                image = letter_image(data)
            except (OSError, ValueError):
                skipped.append(member.name)
                continue
            # END SOLUTION
            images.append(image)  # SOLUTION
            labels.append("ABCDEFGHIJ".index(letter))  # SOLUTION
            names.append(name)  # SOLUTION
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
# Two, in the built-in set as in the real one. They are reported and not filled with zeros: a sheet of
# blank paper with the label A would teach something false, and nobody would know.
#
# ## What does it look like?
#
# One picture tells little, ten thousand cannot be looked at. A **contact sheet** shows a random few of each
# class.
#
# **Exercise.** Write `contact_sheet`: one large picture of 10 rows of letters. Row r shows `columns`
# different images of class r, drawn with `rng`. (`np.hstack` lays images side by side, `np.vstack` strips one below
# the other.)


# %% tags=["exercise"] exercise={"id": "contact_sheet", "tier": "core", "minutes": 10, "points": 3}
def contact_sheet(X, y, columns, rng):
    """Return a uint8 picture of shape (10 * 28, columns * 28)."""
    rows = []
    for label in range(10):
        own = np.flatnonzero(y == label)  # SOLUTION
        which = rng.choice(own, columns, replace=False)  # SOLUTION
        rows.append(np.hstack(X[which]))  # SOLUTION
    return np.vstack(rows)


# %% tags=["check"]
contact_sheet = check.contact_sheet(contact_sheet).or_ours()

# %% mystnb={"figure": {"caption": "Eighteen random images of each class, A to J from top to bottom. Ink is drawn dark."}, "image": {"alt": "Ten rows of eighteen small pictures of letters in very different fonts. Some are plain, some ornamental, some I are solid black squares."}}
import matplotlib.pyplot as plt

from helpers.figures import BLUE, GREEN, ORANGE, PINK, use_book_style

use_book_style()
sheet = contact_sheet(X, y, 18, np.random.default_rng(seed))
fig, ax = plt.subplots(figsize=(9, 5.2))
ax.imshow(sheet, cmap="gray_r")
ax.hlines(28 * np.arange(1, 10) - 0.5, 0, sheet.shape[1] - 1, "0.6", lw=0.8)
ax.vlines(28 * np.arange(1, 18) - 0.5, 0, sheet.shape[0] - 1, "0.6", lw=0.8)
ax.set_yticks(14 + 28 * np.arange(10), list("ABCDEFGHIJ"))
ax.set(title="Random images of each class", xticks=[])
plt.show()

# %% [markdown]
# Look at the row of the I. An upright I without serifs is a bar, and each letter was stretched to fill its box:
# what is left is a solid square. Elsewhere stand pictures that no reader would take for a letter. Both carry a label,
# and both will count as errors or successes of a model.
#
# The mean of all images of a class shows whether the class has a common shape at all.

# %% mystnb={"figure": {"caption": "The mean image of each class: dark where most fonts have ink."}, "image": {"alt": "Ten blurred letters, A to J. Most are easy to recognise; the I is a grey square with a darker stroke in the middle."}}
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
# **Exercise.** Write `class_table(y, k)`. It returns an array with the counts of the labels 0 to k - 1, and the
# balance: the smallest count divided by the largest. A class without images counts 0.


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
# ## How do you split it?
#
# **Exercise.** Write `split`: all rows in a random order, then 70 percent for training, 15 for validation, 15
# for the test. Every row in exactly one part, every image with its own label.


# %% tags=["exercise"] exercise={"id": "split", "tier": "core", "minutes": 12, "points": 3}
def split(X, y, rng):
    """Return three pairs (X, y): for training, validation and test."""
    order = rng.permutation(len(X))  # SOLUTION
    cuts = [round(0.7 * len(X)), round(0.85 * len(X))]  # SOLUTION
    parts = np.split(order, cuts)  # SOLUTION
    return [(X[rows], y[rows]) for rows in parts]


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
# One colleague shuffles the images, and then the labels, each in a random order of its own. Shapes, counts and
# pictures look perfect. What percentage of new images will a model get right that learns from that?

# %% tags=["guess"]
guess = 10  # SOLUTION
bet = predict("Trained on labels shuffled separately: percent right?", guess)

# %% [markdown]
# The model is **logistic regression**, ready-made. It gives every pixel a weight for each letter, adds up, and turns
# the ten sums into probabilities with softmax: a network without a hidden layer. `C` says how large the weights may
# grow: a small `C` holds them small.


# %%
import warnings

from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

limits = threadpool_limits(1)  # more threads make these small matrices far slower
warnings.simplefilter("ignore", ConvergenceWarning)  # we stop after 100 steps


# %%
def flat(part):
    """Return the images of a part as rows of floats from 0 to 1, and its labels."""
    images, labels = part
    return images.reshape(len(images), -1).astype(np.float32) / 255, labels


def accuracy(part, of, size=1000):
    """Train on the first rows of one part; return the percent right of another."""
    rows, labels = flat(part)
    model = LogisticRegression(C=0.01).fit(rows[:size], labels[:size])
    return 100 * model.score(*flat(of))


# %% tags=["experiment", "nbval-ignore-output", "result"]
separate = train[0], np.random.default_rng(seed + 1).permutation(train[1])
guessing = round(accuracy(separate, valid))
print(f"shuffled together:   {accuracy(train, valid):.0f} %")
print(f"shuffled separately: {guessing} %")

# %% tags=["result"]
print("no better than guessing:", guessing < 25)
print("the pairs tell:", pairs(separate, valid, test) != pairs((X, y)))

# %% tags=["check", "nbval-ignore-output"]
bet.compare(guessing)

# %% [markdown]
# It guesses: about one in ten, more or less by chance. No shape and no count showed it; the collection of pairs does,
# at once.
#
# Shuffling does not change a distribution. What it buys is that every piece of the list looks like the whole:
# before, the first hundred images were all of one class.
#
# ## How much of one part occurs in another?
#
# A test asks how a model does on images it has not seen. Is that so here? Many fonts share letters, and a square
# is a square. What percentage of the test images stands, pixel for pixel, in the training part?

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
of = {"training": train[0], "validation": valid[0], "test": test[0]}
for one, other in (
    ("training", "validation"),
    ("training", "test"),
    ("validation", "test"),
):
    share = overlap(of[one], of[other]).mean()
    print(f"{100 * share:.1f} % of the {other} part stand in the {one} part")

# %% tags=["check"]
bet.compare(round(100 * overlap(train[0], test[0]).mean(), 1))

# %% [markdown]
# Which images are these? Group all images that are equal, and look at the largest groups with their labels.

# %%
from helpers.duplicates import exact_groups

group = exact_groups(X)
times = np.bincount(group)
print(len(times), "different images of", len(X))
print((times > 1).sum(), "groups of copies hold", times[times > 1].sum(), "images")

# %% mystnb={"figure": {"caption": "The ten images that occur most often, with how often, and the labels that they carry."}, "image": {"alt": "Ten small pictures in two rows. The first is a solid square that stands for I many times, the second an ornament that stands for several letters; the others are letters that occur two or three times."}}
often = np.argsort(-times, kind="stable")[:10]
first = [np.flatnonzero(group == number)[0] for number in often]
titles = []
for number in often:
    carried = "".join("ABCDEFGHIJ"[label] for label in np.unique(y[group == number]))
    titles.append(f"{times[number]} times\n{carried}")
fig = draw_letters(X[first], titles, columns=5, title="The most frequent images")
plt.show()

# %% [markdown]
# The solid square leads by far: every upright I without serifs is the same image once it is stretched. Another image
# stands for several letters at once, from a font that draws one ornament for all of them. No model can get all of those
# right.

# %%
copied = np.flatnonzero(times > 1)
kinds = np.array([len(np.unique(y[group == number])) for number in copied])
print((kinds > 1).sum(), "groups of copies carry more than one label")
again = test[0][overlap(train[0], test[0])]
squares = (again == 255).all(axis=(1, 2)).sum()
print(squares, "of the", len(again), "test images that recur are solid squares")

# %% [markdown]
# Is overlap bad? That depends on the use. If the model will meet the same images again, as a scanner for one known
# font does, then a test that contains them is fair. If it will meet new fonts, it is not.
#
# ## How near is too near?
#
# The medium and the regular weight of one font are not equal, and yet nearly the same. Measure how far two images are
# apart: the Euclidean distance of their pixels, with paper 0 and ink 1. A test image is near when some training image is
# within a **radius**, a distance that you choose. What do distances from 0.3 to 3 look like?

# %%
from helpers.near_duplicates import near_pairs

i, j, distance = near_pairs(train[0], test[0], 3.0)
print(len(distance), "pairs within 3")

# %% mystnb={"figure": {"caption": "Pairs of a training image (above) and a test image (below); the number above each pair is their distance."}, "image": {"alt": "Two rows of ten letters. The two letters of a pair look almost the same, even at the largest distance."}}
letter = test[1][j] != 8  # an I is often a square, and squares would fill the row
wanted = np.linspace(0.3, 3, 10)
shown = [np.abs(np.where(letter, distance, 99) - d).argmin() for d in wanted]
both = np.concatenate([train[0][i[shown]], test[0][j[shown]]])
titles = [f"{d:.1f}" for d in distance[shown]] + [""] * 10
fig = draw_letters(both, titles, title="Training above, test below, distance on top")
plt.show()

# %% [markdown]
# Even at 3 the two look alike at this size; what differs is the grey along the edges. So the eye sets no limit here. A
# radius is a choice: say which one you used.

# %%
for radius in (0, 1, 2, 3):
    share = len(np.unique(j[distance <= radius])) / len(test[0])
    print(f"within {radius}: {100 * share:.1f} % of the test images")

# %% [markdown]
# Nothing in the core depends on the exercise and the section that follow. You may jump to *What can a ready-made model
# do?*

# %% [markdown]
# **Exercise (extension).** Write `near(A, B, radius)` yourself: for each image of `B`, whether an image of `A` lies
# within the radius, the radius included. `A` and `B` are uint8; a full pixel of ink counts 1.


# %% tags=["exercise"] exercise={"id": "near", "tier": "extension", "minutes": 15, "points": 4}
def near(A, B, radius):
    """Return a boolean array of shape (len(B),)."""
    a = A.reshape(len(A), -1) / 255  # SOLUTION
    b = B.reshape(len(B), -1) / 255  # SOLUTION
    sums = (a**2).sum(axis=1)[:, None] + (b**2).sum(axis=1)  # SOLUTION
    squares = sums - 2 * a @ b.T  # SOLUTION
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
some = train[0][:2000]
mine = near(some, test[0], 2).sum()
ours = len(np.unique(near_pairs(some, test[0], 2.0)[1]))
print("as many as near_pairs finds, to within 2:", bool(abs(mine - ours) <= 2))

# %% [markdown]
# ## What if there are 200,000 images? (extension)
#
# Your `overlap` took a moment for a few thousand images. Data sets have millions. What counts then is less how
# long a search takes than how that **grows**: if you double the number of images $n$, does the time double, or
# does it become four times as long?
#
# To measure that you need many images, and you need to know which of them are copies. So you plant them:
# letters bent at random, each with its number written around it, and among them copies of which you keep a list.

# %% mystnb={"figure": {"caption": "Ten of the planted images. The bars on the edge spell a number, so that two letters that look alike are never copies by chance."}, "image": {"alt": "Ten small pictures of letters, turned and slanted. Along the edges of each stand short bars, different for each letter."}}
from helpers.planted_copies import planted

many = 10_000 if fast else 200_000
plan = planted(many, seed)
fig = draw_letters(plan.images[:10], title="Ten of the planted images")
plt.show()

# %% [markdown]
# Four ways to look for copies:
#
# - *each with each*: compare every image with all the others
# - `np.unique(axis=0)`: sort whole images, then equal ones are neighbours
# - `exact_groups`: turn each image into one number of 64 bits, sort the numbers, and compare only images whose
#   numbers are equal
# - `near_pairs`: all pairs within a radius, where no sorting of whole images helps
#
# All but the first find the copies among ten thousand images within a second or so. How many times as long as `exact_groups`
# does `np.unique` take there?

# %% tags=["guess"]
guess = 50  # SOLUTION
bet = predict("np.unique takes how many times as long as exact_groups?", guess)

# %% tags=["experiment"]
import time


def each_with_each(images):
    """Return for each image how many are equal to it, itself included."""
    return [np.count_nonzero((images == one).all(axis=(1, 2))) for one in images]


numbers = many // np.array([8, 4, 2, 1])  # only hundreds for the first way
searches = {
    "each with each": (each_with_each, np.array([100, 200, 400, 800])),
    "np.unique": (lambda A: np.unique(A.reshape(len(A), -1), axis=0), numbers),
    "exact_groups": (exact_groups, numbers),
    "near_pairs": (lambda A: near_pairs(A, None, 2.0), numbers[[0, 2, 3]]),
}

# %% tags=["experiment", "nbval-ignore-output", "timing", "result"]
seconds, power = {}, {}
for name, (search, ns) in searches.items():
    search(plan.images[: ns[0]])  # a first call is slower than the others
    seconds[name] = []
    for n in ns:
        found = None  # gives back the memory of the last answer before the clock runs
        started = time.process_time()
        found = search(plan.images[:n])
        seconds[name].append(time.process_time() - started)
    power[name] = np.polyfit(np.log(ns), np.log(seconds[name]), 1)[0]
    print(f"{name}: grows like n to the power {power[name]:.1f}")
ratio = seconds["np.unique"][-1] / seconds["exact_groups"][-1]
print(f"at {many} images np.unique takes {ratio:.0f} times as long as exact_groups")

# %% tags=["result", "nbval-ignore-output", "timing"] mystnb={"figure": {"caption": "Processor time against the number of images, both axes logarithmic. A straight line is a power of n, its steepness the exponent."}, "image": {"alt": "Four rising lines. The line of each with each is the steepest, although it ends at 800 images. The lines of np.unique and of exact_groups are nearly parallel, exact_groups far below. near_pairs begins above np.unique and rises more slowly."}}
fig, ax = plt.subplots(figsize=(6.8, 4))
looks = zip(searches, (ORANGE, PINK, BLUE, GREEN), "sD^o")
for name, colour, marker in looks:
    ns = searches[name][1]
    ax.loglog(ns, seconds[name], color=colour, marker=marker)
    end = 0 if name == "near_pairs" else -1  # its line and the next end together
    side = "right" if name in ("each with each", "near_pairs") else "left"
    above = "top" if name == "np.unique" else "bottom"
    ax.text(ns[end], seconds[name][end], f"  {name}  ", ha=side, va=above)
ax.set_xlim(80, many * 6)
ax.set(xlabel="number of images", ylabel="processor time (s)")
ax.set_title("How the search for copies grows")
plt.show()

# %% tags=["result", "nbval-ignore-output", "timing"]
print("each with each grows faster than n ** 1.5:", power["each with each"] > 1.5)
print("the other ways grow slower than that:", max(list(power.values())[1:]) < 1.5)
print("np.unique takes over 10 times as long as exact_groups:", ratio > 10)

# %% [markdown]
# Speed is worth nothing if the answer is wrong. You know what was planted:

# %%
# The last search was near_pairs, among all images.
print("near ones as planted:", np.array_equal(found[:2], plan.pairs(2.0)[:2]))
equal = exact_groups(plan.images)
print("equal ones as planted:", np.array_equal(equal, plan.groups()))

# %% tags=["check", "nbval-ignore-output", "timing"]
bet.compare(round(ratio))

# %% [markdown]
# *Each with each* makes $n^2$ comparisons: twice the images, four times the work. Sorting takes about
# $n \log n$ steps, hardly more than twice. So the two ways that sort run nearly in parallel, fixed
# costs at small n aside, and what lies between
# them is the price of one step: `np.unique` compares two whole images to put them in order, `exact_groups` two numbers.
#
# Two different images can have the same number by chance. That is why images with equal numbers are compared byte by
# byte before anybody calls them copies: the number finds candidates, it decides nothing.
#
# Near copies cannot be sorted next to each other. `near_pairs` first looks at a short summary of each image that never
# makes a distance longer: what is too far apart there is too far apart. Only the few pairs that are left get measured
# in full.
#
# To work out how to summarise takes the same time for few images as for many, so the line rises slowly at first. The
# worst case stays $n^2$, where everything is close to everything; on letters most pairs are discarded unseen.

# %% [markdown]
# ## What can a ready-made model do?
#
# Before you build a network, see what one line of logistic regression on raw pixels can do. How does its accuracy grow
# with the number of training images?
#
# **Exercise.** Write `learning_curve`. For each size: draw as many different rows of the training part at random, fit a
# new model, and score it on the whole validation part. `make_model()` gives a new model. It has `fit(X, y)`, and
# `score(X, y)`, the share of right answers, from 0 to 1. Return these shares in a dictionary.


# %% tags=["exercise"] exercise={"id": "learning_curve", "tier": "core", "minutes": 15, "points": 4}
def learning_curve(make_model, train, valid, sizes, rng):
    """Return {size: share right on valid} of models trained on `size` rows."""
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
from functools import partial

sizes = [50, 100, 1000, 5000] + ([] if fast else [len(train[0])])
steps = 40 if fast else 100  # fast mode stops the training early
curves = {}
for C in (1, 0.01):
    make_model = partial(LogisticRegression, C=C, max_iter=steps)
    draws = []
    for number in range(3):
        rng = np.random.default_rng([seed, number])
        draws.append(learning_curve(make_model, flat(train), flat(valid), sizes, rng))
    curves[C] = 100 * np.array([[draw[size] for size in sizes] for draw in draws])
    means = curves[C].mean(axis=0)
    print(f"C={C}:", ", ".join(f"{s}: {m:.1f} %" for s, m in zip(sizes, means)))

# %% tags=["result"] mystnb={"figure": {"caption": "Accuracy on the validation part against the number of training images, mean of three draws with the lowest and the highest."}, "image": {"alt": "Two rising lines over a logarithmic axis. With C=1 the line is ahead for few images and nearly flat from 1,000 on; with C=0.01 it starts lower and ends higher."}} real_figure={"name": "learning_curve", "caption": "Accuracy on the validation part of the real set against the number of training images, mean of three draws with the lowest and the highest.", "alt": "Two rising lines over a logarithmic axis, from 50 to 13,107 images. With C=1 the line is ahead for few images and hardly rises from 1,000 to 5,000; with C=0.01 it starts lower and is ahead from 1,000 on."}
fig, ax = plt.subplots(figsize=(6.5, 3.8))
for C, colour, marker in ((1, BLUE, "o"), (0.01, ORANGE, "s")):
    mean = curves[C].mean(axis=0)
    reach = np.abs([curves[C].min(axis=0) - mean, curves[C].max(axis=0) - mean])
    ax.errorbar(sizes, mean, reach, color=colour, marker=marker, capsize=3)
    place = "top" if C == 1 else "bottom"
    ax.text(sizes[-1] * 1.1, mean[-1], f"C = {C}", va=place)
ax.set(xscale="log", xlabel="training images", ylabel="accuracy (%)")
ax.set_xlim(40, sizes[-1] * 2.2)
ax.set(title="Logistic regression on raw pixels")
plt.show()

# %% tags=["result"]
gain = curves[1][:, 3] - curves[1][:, 2]
print("C=1 gains less than 3 points:", abs(gain.mean()) < 3)
ahead = (curves[0.01] - curves[1]).mean(axis=0)
print("C=0.01 is behind with 50 and with 100 images:", (ahead[:2] < 0).all())
print("from 5,000 on it is level or ahead:", (ahead[3:] > -1).all())

# %% tags=["check", "nbval-ignore-output"]
bet.compare(round(gain.mean(), 1))

# %% [markdown]
# Why so little? Train both models once more on 1,000 images, and ask them about these very images.

# %% tags=["nbval-ignore-output"]
seen = [part[:1000] for part in flat(train)]
by_heart = {C: LogisticRegression(C=C).fit(*seen).score(*seen) for C in (1, 0.01)}
for C, share in by_heart.items():
    print(f"C={C}: {100 * share:.1f} % right on its own 1,000 images")

# %%
print("C=1 knows them nearly by heart:", by_heart[1] > 0.99)
print("C=0.01 does not:", by_heart[0.01] < 0.95)

# %% [markdown]
# With `C=1` the model has 7,850 numbers, free to grow, and learns its images nearly by heart. `C=0.01` holds the numbers
# small. It loses with few images. With many it draws level or ahead, here by up to two points at 5,000, depending on how
# the letters are split, and on the real letters by 2.4. A learning curve of one setting says as much about the setting as
# about the data.
#
# A plain model gets far beyond guessing and still misses one in ten. `fast = False` trains for 100 steps instead of 40,
# and adds the whole training part, which matters for the real set.
#
# ## What do copies do to an accuracy?
#
# The nearest neighbour is the model that copies help most: it answers with the label of the most similar training
# image. Many people clean the **test** part and watch the accuracy fall. Does that show how much was leaked?
#
# A cleaner experiment changes the cause only. Keep the test part. Remove the near copies from the **training** part,
# and, as a control, as many other rows at random.
#
# **Exercise.** Write `leakage`. `train` and `test` are pairs of images and labels. `twins` is a mask of the training rows
# that have a near copy in the test part. `score(train, test)` trains on one pair and returns the accuracy on the other.
# Score three training parts on the same test part:
#
# - all rows
# - all rows but the twins
# - as a control, all rows but as many others: draw these among the rows that are no twins


# %% tags=["exercise"] exercise={"id": "leakage", "tier": "core", "minutes": 12, "points": 3}
def leakage(score, train, test, twins, rng):
    """Return the accuracies "all", "without twins" and "without others"."""
    X, y = train
    others = np.flatnonzero(~twins)  # SOLUTION
    drop = rng.choice(others, twins.sum(), replace=False)  # SOLUTION
    keep = np.delete(np.arange(len(X)), drop)  # SOLUTION
    found = {"all": score(train, test)}
    found["without twins"] = score((X[~twins], y[~twins]), test)  # SOLUTION
    found["without others"] = score((X[keep], y[keep]), test)  # SOLUTION
    return found


# %% [markdown]
# <details><summary>Hint</summary>
#
# `score` takes two pairs: `score((X[rows], y[rows]), test)`. `np.flatnonzero(~twins)` are the numbers of the rows that may
# be dropped as a control; `np.delete(np.arange(len(X)), drop)` leaves the numbers of those that stay.
#
# </details>

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
for number in range(3 if fast else 5):
    rng = np.random.default_rng([seed, number])
    some, _, held = split(X, y, rng)
    ours, theirs, _ = near_pairs(some[0], held[0], 2.0)
    twins = np.isin(np.arange(len(some[0])), ours)
    close = np.isin(np.arange(len(held[0])), theirs)
    A, B = flat(some), flat(held)
    row = leakage(neighbour, A, B, twins, rng)
    row["test cleaned"] = neighbour(A, (B[0][~close], B[1][~close]))
    near_part = B[0][close], B[1][close]
    row["near images"] = neighbour(A, near_part)
    row["near, no twins"] = neighbour((A[0][~twins], A[1][~twins]), near_part)
    rows.append(row)
    print(", ".join(f"{name} {value:.1f}" for name, value in row.items()))

# %% tags=["result"]
leaks = {name: np.array([row[name] for row in rows]) for name in rows[0]}
lost = leaks["all"] - leaks["without twins"]
control = leaks["all"] - leaks["without others"]
cleaned = leaks["all"] - leaks["test cleaned"]
typical = {name: np.median(values) for name, values in leaks.items()}
print("removing copies typically costs less than 1 point:", np.median(lost) < 1)
print("cleaning the test costs more in most splits:", np.mean(cleaned > lost) > 0.5)
print("near images are easy, over 95 %:", typical["near images"] > 95)
print("and typically without their twins:", typical["near, no twins"] > 95)

# %% tags=["check", "nbval-ignore-output"]
bet.compare(round(np.median(lost), 1))

# %% tags=["hide-input", "result"] mystnb={"figure": {"caption": "Accuracy of the nearest neighbour in several splits; each line joins what was measured in one split."}, "image": {"alt": "Lines over four places, one for each split. They run nearly level over all training images, without as many others, and without twins, and fall by about two points where the test part was cleaned."}} real_figure={"name": "leakage", "caption": "Accuracy of the nearest neighbour in five splits of the real set; each line joins what was measured in one split.", "alt": "Lines over four places, one for each split. They run nearly level over all training images, without as many others, and without twins, and fall by about two points where the test part was cleaned."}
shown = ["all", "without others", "without twins", "test cleaned"]
fig, ax = plt.subplots(figsize=(6.5, 3.6))
for row in rows:
    ax.plot(range(4), [row[name] for name in shown], color=BLUE, lw=1, marker="o")
ax.set_xticks(range(4), [name.replace(" ", "\n") for name in shown])
ax.set(
    xlim=(-0.4, 3.4), ylabel="accuracy (%)", title="Nearest neighbour, split by split"
)
plt.show()

# %% [markdown]
# Read the differences split by split, and then the last two numbers of each line. What do they tell?
#
# **Exercise.** Choose a letter for each question, such as `test = "a"`.
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
# *advice*: you have two numbers, one on the whole test part and one on the cleaned part. What do you report?
#
# - (a) Only the higher number.
# - (b) Only the lower number.
# - (c) Both, and how the parts overlap; which one fits depends on whether known images come back in use.


# %% tags=["exercise"] exercise={"id": "conclusion", "tier": "core", "minutes": 4, "points": 1}
def conclusion():
    """Return the letter of an answer to each question above."""
    test = "b"  # SOLUTION
    training = "a"  # SOLUTION
    advice = "c"  # SOLUTION
    return {"test": test, "training": training, "advice": advice}


# %% tags=["check"]
conclusion = check.conclusion(conclusion).or_ours()

# %% [markdown]
# Cleaning the test part costs about two points. Taking the copies from the training part moves the accuracy by a few
# tenths, and so does taking as many others. The near images are easy with their twins and without.
#
# Not always, though. Of twenty splits of the built-in set one stands out: there the twins are worth 3 points. (It is the
# last of the five with `seed = 0` and `fast = False`.) All solid squares are twins of each other, so they leave the training
# part together. As a rule some nearly solid I stays and answers for them; in that split none does. Copies matter where
# they are all that a class has to show. So look at single splits before you trust a mean.
#
# The core goes on with *What do you tell the next person?* The four sections before it are extensions: fonts, wrong labels,
# unpacking, keeping.

# %% [markdown]
# ## What is new: an image or a font? (extension)
#
# `split` draws images. But ten letters of one font come from one hand. If you split images at random, what has the model
# seen of the font of a test image?

# %%
import re

from helpers.data.notmnist import font_name

fonts = np.array([font_name(name) for name in names])
families = np.array([re.split("[-. _]", font)[0] for font in fonts])
print(len(np.unique(fonts)), "fonts in", len(np.unique(families)), "families")
print("at most", np.unique(fonts, return_counts=True)[1].max(), "letters of one font")

# %% mystnb={"figure": {"caption": "All letters of one font."}, "image": {"alt": "The letters of one font side by side, each once, with strokes of the same weight and the same endings."}}
one = fonts == fonts[0]
titles = ["ABCDEFGHIJ"[label] for label in y[one]]
fig = draw_letters(X[one], titles, title=fonts[0])
plt.show()

# %% [markdown]
# A font is one file, such as a bold italic; a family is what the name begins with, up to a dash, a dot or a space: a guess, but a
# useful one.
#
# Split at random, nearly every test image has left most other letters of its font in the training part. If in use only
# new fonts will come, this is not what you want to know. Then whole fonts should be held out.
#
# **Exercise (extension).** Write `split_by_group(groups, share, rng)`. `groups` names the group of each row. Draw this
# share of the different groups, at least one, and return a mask: True where a row's group is held out. All rows of a group
# go to one side.


# %% tags=["exercise"] exercise={"id": "split_by_group", "tier": "extension", "minutes": 8, "points": 3}
def split_by_group(groups, share, rng):
    """Return a boolean array of shape (len(groups),): True for rows that are held out."""
    different = np.unique(groups)
    count = max(1, round(share * len(different)))  # SOLUTION
    held = rng.choice(different, count, replace=False)  # SOLUTION
    return np.isin(groups, held)  # SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Draw names, not rows: `rng.choice` with `replace=False`. `np.isin(groups, held)` asks of each row whether its group is
# among them.
#
# </details>

# %% tags=["check"]
split_by_group = check.split_by_group(split_by_group).or_ours()

# %% [markdown]
# The nearest neighbour again, tested in three ways: images held out at random, whole fonts, whole families. Everybody
# warns of leaks that flatter. How many points higher is the accuracy by font than at random? A minus sign says lower.

# %% tags=["guess"]
guess = -3  # SOLUTION
bet = predict("Accuracy by font minus accuracy at random, in points?", guess)

# %%
some = np.random.default_rng(seed).permutation(np.unique(fonts))
inside = np.isin(fonts, some[: 720 if fast else None])
images, labels = X[inside], y[inside]
font, family = fonts[inside], families[inside]
ways = {"random": np.arange(len(labels)), "by font": font, "by family": family}


# %% tags=["experiment", "nbval-ignore-output", "result"]
def two_sides(held):
    """Return the rows that stay and those that are held out, for `neighbour`."""
    return [flat((images[rows], labels[rows])) for rows in (~held, held)]


rows = []
for number in range(3 if fast else 5):
    row = {}
    for way, groups in ways.items():
        held = split_by_group(groups, 0.2, np.random.default_rng([seed, number]))
        row[way] = neighbour(*two_sides(held))
    rows.append(row)
    print(", ".join(f"{way} {value:.1f} %" for way, value in row.items()))

# %% tags=["result"]
dealt = {way: np.array([row[way] for row in rows]) for way in ways}
by_font = dealt["by font"] - dealt["random"]
by_family = dealt["by family"] - dealt["random"]
print("by font ahead of random in every draw:", (by_font > 0).all())
print("by family ahead, too, on average:", by_family.mean() > 0)

# %% tags=["check", "nbval-ignore-output"]
bet.compare(round(by_font.mean(), 1))

# %% [markdown]
# The other way round: with fonts that it has never seen the nearest neighbour does *better*. The random split was
# pessimistic. How can knowing a font do harm? Look at the mistakes of one random split: a test letter and the neighbour
# that it was taken for.

# %% tags=["nbval-ignore-output", "result"]
held = split_by_group(ways["random"], 0.2, np.random.default_rng(seed))
(A, known), (B, true) = two_sides(held)
far = (A**2).sum(axis=1) - 2 * B @ A.T  # in each row in the order of the distances
nearest = far.argmin(axis=1)
wrong = known[nearest] != true
own = font[~held][nearest] == font[held]
print(f"neighbour of its own font: {100 * own[wrong].mean():.0f} % of the wrong ones")
print(f"and {100 * own[~wrong].mean():.0f} % of the right ones")

# %% tags=["result", "nbval-ignore-output"] mystnb={"figure": {"caption": "Ten test letters (above) and their nearest training images (below), which are other letters of the same font."}, "image": {"alt": "Ten pairs of letters. The two of a pair are different letters of one style: the same curls, the same outline, the same stroke, or two signs that are no letters."}}
pick = np.flatnonzero(wrong & own)
pick = pick[np.linspace(0, len(pick) - 1, 10).astype(int)]
both = np.concatenate([images[held][pick], images[~held][nearest[pick]]])
titles = ["ABCDEFGHIJ"[label] for label in (*true[pick], *known[nearest[pick]])]
fig = draw_letters(both, titles, title="Test letter above, its neighbour below")
plt.show()

# %% [markdown]
# In a font with an outline, a shadow or a strong style, all letters look alike, and the style outweighs the letter. And a
# font has each letter once. So a training image of the *same* font always bears *another* letter: as a neighbour it is
# never right. That is why the second number is 0.
#
# Is this the cause? Keep the training part and the test part, and forbid only neighbours of the letter's own font. Then
# forbid the rest of the family as well.

# %% tags=["result", "nbval-ignore-output"]
barred = [100 * np.mean(~wrong)]
for groups in (font, family):
    far[groups[held][:, None] == groups[~held]] = np.inf
    barred.append(100 * np.mean(known[far.argmin(axis=1)] == true))
for what, percent in zip(("nothing", "its own font", "its family"), barred):
    print(f"{what} forbidden: {percent:.1f} % right")

# %% tags=["result"]
print("without its own font more are right:", barred[1] - barred[0] > 2)
print("without its family fewer again:", barred[2] < barred[1])
print("the first step is the larger:", barred[1] - barred[0] > barred[1] - barred[2])

# %% [markdown]
# It is. The same images, one cause changed, and several points more are right. The rest of the family helps a little, for
# there the same letter stands in a sister font. (Three draws of different test fonts could not have told that: by font and
# by family came out in no fixed order above.)
#
# So letters of the same font in the training part mislead, sister fonts flatter, and here the first is stronger. With
# another model or other data it may be the second. Nobody can tell the sign by thinking: **measure it**. And choose the
# split that is like the use: new images of known fonts, or new fonts.

# %% [markdown]
# ## Which labels are wrong? (extension)
#
# You have met one ornament that stands for several letters. Equal pixels, different labels: no model can get all of
# those right, however good it is. How many images of the whole set must any model get wrong for this reason?

# %% tags=["guess"]
guess = 50  # SOLUTION
bet = predict("How many images must any model get wrong?", guess)

# %% [markdown]
# In each group of equal images, a model gives one answer to all. At best it is the label that occurs most often there.

# %% tags=["result"]
votes = np.zeros((len(np.unique(group)), 10), int)
np.add.at(votes, (group, y), 1)  # one vote for each image: its group, its label
at_best = votes.max(axis=1).sum()
print(len(X) - at_best, "of", len(X), "must be wrong")
print(f"no model can be right on more than {100 * at_best / len(X):.2f} %")

# %% tags=["check"]
bet.compare(int(len(X) - at_best))

# %% [markdown]
# That is a proof, but a weak one: it sees only wrong labels that have an equal twin. The others stand alone among
# thousands. How do you find them without looking at every image?
#
# Ask a model which labels it does not believe. But a model believes what it was trained on. So no model
# may judge an image that it has learned from: **cross-validation** cuts the rows into three parts, trains on two of them,
# lets this model judge the third, and takes turns.

# %% tags=["experiment", "nbval-ignore-output"]
from sklearn.model_selection import cross_val_predict

chosen = np.random.default_rng(seed).permutation(len(X))[: 2000 if fast else None]
pixels, given = flat((X[chosen], y[chosen]))
model = LogisticRegression(C=0.01)
P = cross_val_predict(model, pixels, given, cv=3, method="predict_proba")
right = P.argmax(axis=1) == given
print(
    f"P: {P.shape}, the label is the model's first choice in {100 * right.mean():.1f} %"
)

# %% [markdown]
# Row i of `P` holds ten probabilities for image i, one for each letter. One of them belongs to the label that came with
# the image. The smaller it is, the more suspicious the label.
#
# **Exercise (extension).** Write `suspects(P, y, k)`: the row numbers of the `k` images whose given label the model finds
# least probable, the least probable first.


# %% tags=["exercise"] exercise={"id": "suspects", "tier": "extension", "minutes": 5, "points": 2}
def suspects(P, y, k):
    """Return k row numbers."""
    believed = P[np.arange(len(y)), y]  # SOLUTION
    return np.argsort(believed)[:k]  # SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Two arrays of whole numbers as index pick one entry for each pair: `P[[0, 1], [4, 7]]` is `P[0, 4]` and `P[1, 7]`. You
# want one entry of every row. `np.argsort` gives row numbers, the smallest value first.
#
# </details>

# %% tags=["check"]
suspects = check.suspects(suspects).or_ours()

# %% [markdown]
# Here are the twenty most suspicious labels of all; above each stands the given label, then the letter that the model
# would choose. How many of the twenty would *you* call wrong? Count while you look.

# %% tags=["nbval-ignore-output"] mystnb={"figure": {"caption": "The twenty letters whose label the model believes least. Above each: the given label, then the letter that the model would choose."}, "image": {"alt": "Twenty small pictures in four rows: ornate scripts, outlines, heavy shapes and bars. Above each stand two letters with a question mark, such as I or G?"}}
top = suspects(P, given, 20)
answers = P[top].argmax(axis=1)
titles = [
    f"{'ABCDEFGHIJ'[a]} or {'ABCDEFGHIJ'[b]}?" for a, b in zip(given[top], answers)
]
fig = draw_letters(X[chosen[top]], titles, 5, title="Given label, or the model's?")
plt.show()

# %% [markdown]
# Two kinds stand there side by side. Many you read without effort, and the label is right: the model has hardly ever
# seen an outline, a swash, a heavy shadow. The others no reader would call by their label, about a third of the twenty
# when we counted. So a suspicious label is a question to a person, not a verdict.
#
# Now a temptation. The model is right more often if the images that it finds suspicious leave the test. By how many
# points does its accuracy rise when the most suspicious 5 percent are removed?

# %% tags=["guess"]
guess = 2  # SOLUTION
bet = predict("The most suspicious 5 % removed: how many points more?", guess)

# %% tags=["result", "nbval-ignore-output"]
worst = suspects(P, given, len(given) // 20)
kept = np.delete(right, worst)
print(f"all images: {100 * right.mean():.1f} %")
print(f"without the most suspicious: {100 * kept.mean():.1f} %")

# %% tags=["result"]
print("none of those removed was right:", not right[worst].any())
print("more than 3 points gained:", kept.mean() - right.mean() > 0.03)

# %% tags=["check", "nbval-ignore-output"]
bet.compare(round(100 * (kept.mean() - right.mean()), 1))

# %% [markdown]
# Four to five points, and the model has learned nothing: you threw away its mistakes. So:
#
# - Never let a model choose its own test. A few wrong labels usually cost every model about the same; where two models
#   are close, they can change the order.
# - Correct a label only after a person has looked, by a rule written down beforehand, and publish both versions.
# - In the training part you may be bolder: there the validation part tells whether it helped.

# %% [markdown]
# ## Would you unpack it? (extension)
#
# You have read the archive and unpacked nothing. Many programs unpack first, and for them two questions come before
# all others. Is this the file that was published? And would everything land in one folder?
#
# A **checksum** answers the first. SHA-256 turns any file into 256 bits, written as 64 hexadecimal digits.
# Flip one bit of the file: how many of the 64 digits change?

# %% tags=["guess"]
guess = 1  # SOLUTION
bet = predict("One bit of the archive flipped: how many of 64 digits change?", guess)

# %% [markdown]
# **Exercise (extension).** Write `sha256_of(path)`: the SHA-256 of a file's bytes as 64 lower-case digits. Read
# it in pieces, so that the whole file is never in memory: some data sets would not fit. `path` is a string or a
# `Path`.

# %%
import hashlib


# %% tags=["exercise"] exercise={"id": "sha256_of", "tier": "extension", "minutes": 6, "points": 2}
def sha256_of(path):
    """Return the SHA-256 of a file as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    # BEGIN SOLUTION
    with open(path, "rb") as file:
        while piece := file.read(1 << 16):
            digest.update(piece)
    # END SOLUTION
    return digest.hexdigest()  # SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Open the file with `"rb"`: bytes, not text. `file.read(65536)` gives the next piece, and `b""` at the end. Give
# each piece to `digest.update`. After the last one ask for `digest.hexdigest()`.
#
# </details>

# %% tags=["check"]
sha256_of = check.sha256_of(sha256_of).or_ours()

# %% [markdown]
# Now the bet. A copy stands in a temporary folder, and one bit of it is flipped.

# %% tags=["result"]
from tempfile import TemporaryDirectory

data = bytearray(path.read_bytes())
data[len(data) // 2] ^= 1
with TemporaryDirectory() as folder:
    copy = Path(folder, "copy.tar.gz")
    copy.write_bytes(data)
    before, after = sha256_of(path), sha256_of(copy)
print("the archive:", before[:32], "...")
print("its copy:   ", after[:32], "...")

# %% tags=["check"]
bet.compare(sum(a != b for a, b in zip(before, after, strict=True)))

# %% [markdown]
# Nearly all of them, as if the digits had been drawn anew. So equal checksums mean equal files: nobody has found
# two with the same SHA-256.
#
# What does that prove? That you have the very file for which somebody wrote the number down. It does not prove
# that its labels are right, or that it is harmless.
#
# A number from the same page as the file could have been exchanged with it. And the only checksum that we found for
# notMNIST is an MD5: it finds a broken download, but two files with one MD5 can be made on a laptop.

# %% [markdown]
# The second question is about names. Here is an archive that somebody built with bad intentions. It exists in
# memory only.


# %%
def hostile_archive():
    """Return a small tar archive; some of its members want to leave the folder."""
    rows = [
        ("letters/A/Bold.png", ""),
        ("letters/A/v1..2.png", ""),
        ("letters/A/../B/Thin.png", ""),
        ("/etc/startup.sh", ""),
        ("letters/../../startup.sh", ""),
        ("letters\\..\\..\\startup.bat", ""),
        ("C:/Windows/startup.bat", ""),
        ("letters/C", "/etc"),
    ]
    memory = io.BytesIO()
    with tarfile.open(fileobj=memory, mode="w") as file:
        for name, link in rows:
            member = tarfile.TarInfo(name)
            member.type = tarfile.SYMTYPE if link else tarfile.REGTYPE
            member.linkname = link
            file.addfile(member)
    return memory.getvalue()


# %%
def show_members(members):
    """Print the kind and the name of each member."""
    for member in members:
        target = f" -> {member.linkname}" if member.issym() else ""
        print("link" if target else "file", member.name + target)


with tarfile.open(fileobj=io.BytesIO(hostile_archive())) as file:
    hostile = file.getmembers()
show_members(hostile)

# %% [markdown]
# Imagine that you unpack it into `data/unpacked`. Which of the eight could write a file outside, on Linux or on Windows,
# and which may be unpacked?

# %% tags=["guess"]
guess = 2  # SOLUTION
bet = predict("How many of the 8 members may be unpacked?", guess)

# %% [markdown]
# **Exercise (extension).** Write `safe_members(members)`. It returns a list of those that may be unpacked, in
# their order and unchanged: files and folders whose path stays inside. What has to go:
#
# - links and devices, wherever they are
# - absolute paths, which begin with `/`
# - paths that `..` leads out of the folder; a detour that stays inside is fine
# - the same in the manner of Windows, where `\` separates like `/` and a drive such as `C:` makes a path absolute

# %%
import posixpath

print(posixpath.normpath("letters/A/../B/Thin.png"))
print(posixpath.normpath("letters/../../startup.sh"))


# %% tags=["exercise"] exercise={"id": "safe_members", "tier": "extension", "minutes": 12, "points": 4}
def safe_members(members):
    """Return the members that may be unpacked, as a list."""
    safe = []
    for member in members:
        # BEGIN SOLUTION
        name = member.name.replace("\\", "/")
        absolute = name.startswith("/") or name[1:2] == ":"
        outside = posixpath.normpath(name).split("/")[0] == ".."
        if (member.isfile() or member.isdir()) and not (absolute or outside):
            safe.append(member)
        # END SOLUTION
    return safe


# %% [markdown]
# <details><summary>Hint</summary>
#
# Ask for what may pass: `member.isfile() or member.isdir()`. Keep a copy of the name in which every `\` is a `/`.
# `posixpath.normpath` works a path out; if it leads outside, a whole part `..` is left in front. Two dots within
# a name, as in `v1..2.png`, lead nowhere.
#
# </details>

# %% tags=["check"]
safe_members = check.safe_members(safe_members).or_ours()

# %% tags=["result"]
show_members(safe_members(hostile))

# %% tags=["check"]
bet.compare(len(safe_members(hostile)))

# %% [markdown]
# The link looks harmless. But a second member could be called `letters/C/startup.sh`: a name that stays inside,
# and yet the file would be written where the link points.
#
# How does our own archive do?

# %%
print(len(members), "members,", len(safe_members(members)), "may be unpacked")

# %% [markdown]
# `read_letters` never needed this. It reads members as a stream: a name chooses a label, but never a place on your
# disk. What is not written cannot be written to the wrong place.
#
# When you do have to unpack, `extractall(folder, filter="data")` refuses or defuses most of what you have just met,
# since Python 3.12 and late 3.11.

# %% [markdown]
# ## How do you keep it? (extension)
#
# A network wants small numbers around zero, a disk wants few bytes. Which of the two do you save?
#
# **Exercise (extension).** Write `normalise(X)`: uint8 images in, float32 of the same shape out,
# $(x - 127.5) / 255$. The input stays as it is.


# %% tags=["exercise"] exercise={"id": "normalise", "tier": "extension", "minutes": 4, "points": 1}
def normalise(X):
    """Return the pixels as float32 between -0.5 and 0.5."""
    return (X.astype(np.float32) - 127.5) / 255  # SOLUTION


# %% tags=["check"]
normalise = check.normalise(normalise).or_ours()

# %%
Z = normalise(X)
per_class = [Z[y == label].mean() for label in range(10)]
print(f"from {Z.min()} to {Z.max()}, mean {Z.mean():.2f}, spread {Z.std():.2f}")
print("mean of A to J:", np.round(per_class, 2))
print("most ink:", "ABCDEFGHIJ"[np.argmax(per_class)])

# %% [markdown]
# The same two numbers, 127.5 and 255, serve every image, today and next year. The mean of these very images
# would not: take other images, and the same grey becomes another number. The classes keep their own means all
# the same: a letter that fills its box has more ink than one that leaves half of it free.
#
# The classic version of this data set kept 220,000 images in pickles: every pixel as float32, every label as
# int32. How many megabytes, a million bytes each, is that?

# %% tags=["guess"]
guess = 200  # SOLUTION
bet = predict("220,000 images, float32, with labels: how many MB?", guess)

# %% tags=["result"]
images, pixels = 220_000, 28 * 28
as_float32 = images * (4 * pixels + 4) / 1e6
as_uint8 = images * pixels / 1e6
print(f"pixels as float32, labels as int32: {as_float32:.1f} MB")
print(f"pixels as uint8: {as_uint8:.0f} MB")

# %% tags=["check"]
bet.compare(round(as_float32, 1))

# %% [markdown]
# A pixel is one of 256 greys, and one byte holds it. Three of the four bytes of a float32 tell nothing new. So
# keep uint8, and call `normalise` on a batch when a network asks for it.
#
# **Exercise (extension).** Write `save_letters(path, X, y)`: one compressed file that `np.load` opens and that
# holds the arrays `X` and `y`, bit for bit. `path`, a string or a `Path`, ends in `.npz`. An old file there is
# replaced.


# %% tags=["exercise"] exercise={"id": "save_letters", "tier": "extension", "minutes": 4, "points": 1}
def save_letters(path, X, y):
    """Write X and y into one compressed .npz file."""
    np.savez_compressed(path, X=X, y=y)  # SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.savez_compressed` takes a path, and each array after the name that it should have in the file: `name=array`.
#
# </details>

# %% tags=["check"]
save_letters = check.save_letters(save_letters).or_ours()

# %% [markdown]
# A letter is mostly plain paper and plain ink. How many megabytes will be left of our images?

# %% tags=["guess"]
guess = 3  # SOLUTION
bet = predict(f"{X.nbytes / 1e6:.1f} MB of pixels: how many MB as .npz?", guess)

# %% tags=["result", "nbval-ignore-output"]
from tempfile import TemporaryDirectory

with TemporaryDirectory() as folder:
    file = Path(folder, "letters.npz")
    save_letters(file, X, y)
    size = file.stat().st_size / 1e6
    with np.load(file, allow_pickle=False) as saved:
        X_again, y_again = saved["X"], saved["y"]
print(f"float32 {Z.nbytes / 1e6:.1f} MB, uint8 {X.nbytes / 1e6:.1f} MB")
print(f"the .npz file: {size:.1f} MB")

# %% tags=["check", "nbval-ignore-output"]
bet.compare(round(size, 1))

# %% [markdown]
# Does every bit come back?

# %%
print("images equal:", X_again.dtype == X.dtype and np.array_equal(X_again, X))
print("labels equal:", y_again.dtype == y.dtype and np.array_equal(y_again, y))
print("smaller than the pixels:", size < X.nbytes / 1e6)

# %% [markdown]
# And why no pickle? What does loading one do? This class asks for something harmless.

# %%
import pickle


class Surprise:
    """An object whose pickle calls a function when it is loaded."""

    def __reduce__(self):
        return print, ("This line was printed by loading a file.",)


looks_like_data = pickle.dumps(Surprise())
print(len(looks_like_data), "bytes")

# %% [markdown]
# Only bytes so far, as you would get them from anybody. Now load them.

# %%
pickle.loads(looks_like_data)

# %% [markdown]
# A pickle is a small program, and loading runs it. Here it called `print`. It could have called anything that
# Python can call, with your rights. So load a pickle only from yourself. An `.npz` file of plain arrays holds
# numbers and nothing else; `allow_pickle=False`, which is the default, makes numpy refuse the rest. And programs
# other than Python can read it.

# %% [markdown]
# ## What do you tell the next person?
#
# Whoever gets your arrays has the question you began with: what is in it, and what is wrong with it? A **data sheet**
# answers it on one page. Half of the answers are numbers, and you have measured them.

# %% tags=["nbval-ignore-output"]
facts = {
    "images": f"{len(X):,} of 28 x 28, grey, one byte a pixel",
    "unreadable": f"{len(skipped)}, left out",
    "balance": f"{balance:.3f} (smallest class / largest)",
    "equal images": f"{times[times > 1].sum()} in {(times > 1).sum()} groups",
    "conflicts": f"{(kinds > 1).sum()} of these groups carry several labels",
    "recurring": f"{100 * overlap(train[0], test[0]).mean():.1f} % of the test part",
    "linear model": f"{curves[0.01][:, 3].mean():.1f} % with 5,000 images",
}
for name, fact in facts.items():
    print(f"{name:12} {fact}")

# %% [markdown]
# The other half cannot be computed. Write your answers into this cell before you open the ones below.
#
# 1. Who made it, when, how, and for which purpose?
# 2. Whom or what does it leave out?
# 3. May you pass it on?
# 4. For which use is it unfit?
#
# <details><summary>How we answer them</summary>
#
# 1. The real set: Yaroslav Bulatov, 2011, from fonts that were free to download, as a harder MNIST. The built-in one: the
#    authors of this book, from open fonts, so that nothing needs to be fetched.
# 2. All but ten letters, small letters, accents, handwriting, noise, paper. Proportions too: each letter was stretched.
# 3. The real set has no licence, so no. The built-in one, yes, with credit: its fonts are open.
# 4. To claim anything about reading scanned text; to compare letters by size or shape; to test a model on fonts that nobody
#    has seen, as long as the parts share fonts.
#
# </details>
#
# ## What we saw
#
# - Look first: names, sizes and a contact sheet showed what no program had complained about.
# - Skip what cannot be read, and say so. Blank paper with a label would have been a lie.
# - A shuffle is right when the pairs of image and label are the same as before.
# - A few percent of the test part stand in the training part; within a distance of 2 it is more than a tenth.
# - Near copies are easy images. What they add is measured by changing the training part: little in most splits.
# - A random split can be too strict as well as too kind: the split by fonts gave a higher accuracy. (extension)
# - A few labels cannot be right, and that bounds every accuracy. (extension)
#
# ## Test yourself
#
# <details><summary>1. A colleague fills unreadable images with zeros "to keep the shape". What goes wrong?</summary>
#
# The model gets blank paper labelled A and F, and the class counts include it. Nothing fails, so nobody learns of it.
# Leave the row out and list the file.
#
# </details>
#
# <details><summary>2. You compare the sums of all pixels to find equal images. Which error can that make?</summary>
#
# Different images with the same sum count as equal. It never misses a true copy. Compare all bytes, or a hash of them.
#
# </details>
#
# <details><summary>3. In uint8, what is 200 - 250, and how does that hurt a search for near copies?</summary>
#
# 206: the result wraps around at 256. A small difference looks like a large one, so near copies are missed. Convert to
# float, or to a wider integer, before you subtract.
#
# </details>
#
# <details><summary>4. The accuracy falls by two points on a test part without near copies. How much was leaked?</summary>
#
# It does not say. The near copies may be easier images. Keep the test part, remove their twins from the training part, and
# compare with removing as many others.
#
# </details>
#
# <details><summary>5. With C=1, 5,000 images are hardly better than 1,000. Do you need more data?</summary>
#
# First change the setting. On the real letters C=0.01 gets 2.4 points more from the same 5,000 images. A flat curve belongs to the model and its
# setting as much as to the data.
#
# </details>
#
# ## Bug hunt
#
# The program below curates the same archive in the careless way. It runs without an error and reports many copies and a
# decent accuracy. Find the mistakes: there are at least six. (To save time it takes every second member; that is none.)


# %%
def careless(path):
    with tarfile.open(path) as file:
        members = [m for m in file.getmembers() if m.name.endswith(".png")][::2]
        X = np.zeros((len(members), 28, 28), np.uint8)
        for row, member in enumerate(members):
            try:
                X[row] = letter_image(file.extractfile(member).read())
            except:
                print("it's ok, skipping", member.name)
    y = np.array(["ABCDEFGHIJ".index(m.name.split("/")[-2]) for m in members])
    A, B, a, b = X[::2], X[1::2], y[::2], y[1::2]
    means = {round(image.mean(), 2) for image in A}
    copies = np.array([round(image.mean(), 2) in means for image in B])
    print(f"{len(X):,} images, {copies.sum():,} of the test part are copies: removed")
    A, B, b = A.reshape(-1, 784) / 255, B[~copies].reshape(-1, 784) / 255, b[~copies]
    some = np.random.default_rng(0).choice(len(A), 500, replace=False)
    models = [LogisticRegression(C=C).fit(A[some], a[some]) for C in (0.1, 0.01)]
    return copies.mean(), 100 * max(model.score(B, b) for model in models)


# %% tags=["nbval-ignore-output"]
share, best = careless(path)
print(f"accuracy {best:.1f} %")

# %%
truly = overlap(X[::4], X[2::4]).mean()  # as many images, all readable
print("more than twice as many copies as there are:", bool(share > 2 * truly))

# %% [markdown]
# <details><summary>What to find</summary>
#
# 1. `np.zeros` and `skipping`: the unreadable files are not skipped. Each stays as blank paper with a label, and is
#    counted as an image.
# 2. `except:` alone also swallows the stop button and a typing mistake in `letter_image`: then every image is
#    "ok, skipping", and all are blank.
# 3. `X[::2]`: every second row is no random part. The members lie in the order of the file names, so of two neighbours,
#    often two weights of one font, one goes to each side.
# 4. `round(image.mean(), 2)`: images with the same mean are not the same image. Most of the "copies" are none, and good test
#    images are thrown away.
# 5. Copies are removed from the **test** part, and the accuracy of what is left is reported as if nothing had happened. What
#    copies do is seen by changing the training part; and how many were removed belongs beside the result.
# 6. `max(...)`: the setting is chosen on the test part, and its best result reported. That is what the validation part is for.
#
# A smaller one: the accuracy is from one draw of 500 images. Three draws would show how far it moves.
#
# </details>
#
# ## On the real data
#
# Set `source = "real"` in the cell near the top and run the notebook again. It fetches 8 MB once, checks them, and keeps
# them. The page [On the real data](../book/results.md) holds what we measured there at full size.
#
# ## Read on
#
# - Timnit Gebru and others, ["Datasheets for Datasets"](https://doi.org/10.1145/3458723) (2021): the questions that a data
#   sheet answers, and why.
# - Yaroslav Bulatov, "notMNIST dataset" (2011), on his blog: how the letters were made.
# - Björn Barz and Joachim Denzler, ["Do We Train on Test Data? Purging CIFAR of
#   Near-Duplicates"](https://doi.org/10.3390/jimaging6060041) (2020): the same search in
#   a set that everybody uses.
# - Curtis Northcutt, Anish Athalye and Jonas Mueller, ["Pervasive Label Errors in Test Sets Destabilize Machine Learning
#   Benchmarks"](https://arxiv.org/abs/2103.14749) (2021): wrong labels in ten well-known test sets, and what they do to
#   rankings.
# - Shachar Kaufman and others, ["Leakage in Data Mining: Formulation, Detection, and
#   Avoidance"](https://doi.org/10.1145/2382577.2382579) (2012): how a model comes to know what it should not.
#
# Next: unit 06, in which convolution reads these letters.
