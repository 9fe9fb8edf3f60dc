# %% [markdown] tags=["header"]
# # Start here
#
# [![Open the exercises in Colab](../book/_static/open-in-colab.svg)](https://colab.research.google.com/github/first-layers/first-layers/blob/main/notebooks/00_start_here.ipynb)
#
# You write one line, check it, and see what a check can say. After that you know how every notebook of this book works.
#
# **When you are done, you can**
#
# - fill in a blank, run its check and read the hint
# - go on past an exercise that you cannot do yet
# - note a guess before an experiment, and compare
#
# **Before this:** a little Python (functions, lists, `for`) and numpy arrays. **Time:** 10 minutes. **Data:** none. **TensorFlow:** not needed.
#
# Stuck for long? The [solved notebook](../solutions/00_start_here.ipynb) has every answer.

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
    from helpers.checks import start_here as check
except ImportError as error:
    other = getattr(find_spec("helpers"), "origin", None)
    message = f"Not this book's helpers, or too old: {other}."
    advice = "Rename or remove it, then restart the kernel."
    raise ImportError(f"{message} {advice}") from error
if "google.colab" in sys.modules:
    print("To keep your work: File > Save a copy in Drive.")

# %% tags=["parameters"]
fast = True  # False runs the long versions of the experiments
seed = 0  # where random numbers start
source = "embedded"  # data that comes with the book; "real" fetches the real sets

# %% [markdown]
# ## What is in a notebook?
#
# A notebook is a column of cells. Text cells tell; code cells run. Click on a code cell and press
# Shift+Enter: it runs, and the next cell is selected. Start with the two cells above: the first
# finds the book's helpers, the second sets three values that the rest of the notebook reads.
#
# Cells share one memory. A name that one cell sets is known in all cells that run later. So run
# them from top to bottom, and when something looks odd, restart: *Kernel > Restart and run all*
# (in Colab: *Runtime > Restart and run all*).

# %%
import numpy as np

x = np.array([1.0, 2.0, 3.0])
print(x + 10)

# %% [markdown]
# The cell above adds 10 to every entry of an array, without a loop. Nearly all code in this book
# works on whole arrays like that.
#
# ## What does an exercise look like?
#
# Like the next cell: a function with a blank, written `...`. Here you write one line, which returns
# twice what comes in. `x` may be a number or an array.


# %% exercise={"id": "double", "minutes": 3, "points": 1, "tier": "core"} tags=["exercise"]
def double(x):
    """Return twice x, a number or an array."""
    return ...


# %% [markdown]
# <details><summary>Hint</summary>
#
# Replace the three dots by an expression with `x` in it. Multiplication is written `*`.
#
# </details>
#
# Then run the check. It calls your function with a few inputs and looks at what comes back.

# %% tags=["check"]
double = check.double(double).or_ours()

# %% [markdown]
# ## What can a check say?
#
# As long as the blank is there, it says **not started yet** ○: nothing is wrong, there
# is only nothing to look at. The next cell shows it.


# %%
def blank(x):
    return ...


check.double(blank)

# %% [markdown]
# When the answer is wrong it says **not yet** ✗ and names the mistake. Read on until you know which
# line of `wrong` you would change.


# %%
def wrong(x):
    return x * x


check.double(wrong)

# %% [markdown]
# A function that stops with an error is caught, too. The check tells which error, and in which line,
# and the notebook goes on. Here the name `y` does not exist.


# %%
def crashing(x):
    return 2 * y


check.double(crashing)

# %% [markdown]
# And when all is well it says **passed** ✓, with what it has looked at. The signs differ in shape and
# words, not only in colour. There are many right answers: a check looks at what a function does, never
# at how it is written.


# %%
def other(x):
    return x + x


check.double(other)

# %% [markdown]
# ## What if you cannot do it yet?
#
# Go on. That is what `.or_ours()` is for: it hands back *your* function once it passes, and the book's
# until then. So later cells always have something to work with, and *Run all* reaches the end of
# every notebook even if no blank is filled in. You can come back at any time.
#
# One thing follows from that. Run a check twice without running your own cell in between, and it
# may say **this is the book's own answer** ■: the name stands for the book's function by then. Run the cell
# with your definition again, then the check.

# %%
print(double(x))

# %% [markdown]
# When the same mistake comes back, a check offers a smaller step. If you are stuck for long, the answer is one click
# away, at the top of the page, unless your course keeps the answers back. Looking is fine. Then close it and write
# the line yourself.
#
# ## Why guess first?
#
# Before most experiments you are asked for a guess. Write a number in place of the `...`, even a wild
# one. A guess that turns out wrong shows you what you had believed; nobody marks it.
#
# Take ten fair coins. How many will show heads? Guess, then run the next two cells.

# %% tags=["guess"]
from helpers import predict

guess = ...
heads = predict("Of ten fair coins, how many show heads?", guess)

# %% tags=["result"]
rng = np.random.default_rng(seed)
coins = rng.integers(0, 2, size=10)
print(coins)

# %% tags=["check"]
heads.compare(coins.sum())

# %% [markdown]
# The line with `default_rng` starts a generator of random numbers at `seed`. The same seed gives the same
# coins each time, so that your results can be compared with those in the text. Change the seed at the
# top of the notebook to see what is luck and what is not.
#
# ## What the figures look like
#
# Every axis has a name. Lines differ in their dashes as well as in colour, and later points in their
# shape: no meaning hangs on colour alone. The next cell throws ten coins with ten different seeds.

# %% mystnb={"figure": {"caption": "Heads among ten fair coins, for ten different seeds. The dashed line is the average to expect in the long run, 5."}, "image": {"alt": "Ten bars, one for each seed from 0 to 9, with the number of heads among ten coins. They scatter around a dashed line at 5."}} tags=["hide-input"]
import matplotlib.pyplot as plt

from helpers.figures import ORANGE, use_book_style

use_book_style()
counts = [np.random.default_rng(s).integers(0, 2, size=10).sum() for s in range(10)]
fig, ax = plt.subplots(figsize=(6, 2.6))
ax.bar(range(10), counts)
ax.axhline(5, linestyle="--", color=ORANGE)
ax.set(
    title="Ten coins, ten seeds",
    xlabel="seed",
    ylabel="heads",
    xticks=range(10),
    ylim=(0, 10),
)
plt.show()

# %% [markdown]
# One throw of ten coins says little about a coin, and one training run says little about a network.
# That is why this book repeats its experiments with several seeds and shows how far they scatter.
#
# ## What we saw
#
# - A blank is `...`. Fill it in, run its check, read the hint.
# - `.or_ours()` lets you go on: later cells use the book's answer until yours passes.
# - Guess before you run. A seed makes a run repeatable; several seeds show what is luck.
#
# <details><summary>Self-test: does an exercise that fails stop the rest of the notebook?</summary>
#
# No. The book's answer stands in for yours until it passes.
#
# </details>
#
# <details><summary>Self-test: you filled in a blank, and the check still says that this is the book's
# own answer. Why?</summary>
#
# The check handed you the book's function earlier, under the same name. Run the cell with your
# definition again, then the check.
#
# </details>
#
# Next: unit 01, in which a neuron learns, fails, and gets help.
