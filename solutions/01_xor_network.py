# ---
# jupyter:
#   first_layers:
#     builds: You teach a single neuron by gradient descent, find a problem that it
#       cannot learn, and build the smallest network that can. Every gradient is yours,
#       and checked.
#     data: none
#     minutes:
#       core: 90
#       extensions: 45
#     objectives:
#     - walk down a slope, and tell from the path that the learning rate is too large
#     - write the forward and the backward pass of a network with two layers
#     - prove a gradient right by small differences
#     - say why XOR needs a hidden layer, and why a good network can still fail to learn
#       it
#     prerequisites: unit 00; derivatives of simple functions; matrix products
#     tensorflow: not needed
#     title: From one neuron to a network that solves XOR
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] tags=["header"]
# # From one neuron to a network that solves XOR: solved
#
# [![Open the exercises in Colab](../book/_static/open-in-colab.svg)](https://colab.research.google.com/github/first-layers/first-layers/blob/main/notebooks/01_xor_network.ipynb)
#
# You teach a single neuron by gradient descent, find a problem that it cannot learn, and build the smallest network that can. Every gradient is yours, and checked.
#
# **When you are done, you can**
#
# - walk down a slope, and tell from the path that the learning rate is too large
# - write the forward and the backward pass of a network with two layers
# - prove a gradient right by small differences
# - say why XOR needs a hidden layer, and why a good network can still fail to learn it
#
# **Before this:** unit 00; derivatives of simple functions; matrix products. **Time:** 90 minutes, and 45 more for the extensions. **Data:** none. **TensorFlow:** not needed.
#
# This is the solved notebook, with every answer. To learn, do the [exercises](../notebooks/01_xor_network.ipynb) first.

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
    from helpers.checks import xor_network as check
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
source = "embedded"  # this unit needs no data

# %%
import numpy as np

# %% [markdown]
# ## Down a slope
#
# How does a network learn? It measures how wrong it is, with one number called the **loss**. Then it
# changes its weights a little so that the loss gets smaller. That is all.
#
# Take one weight $x$ and the loss $(x - 3)^2$. Its slope at $x$ is $2(x - 3)$. Where the slope is
# positive, the loss rises to the right, so you step to the left, and the other way round:
#
# $$x_\text{next} = x - \text{rate} \cdot \text{slope}(x)$$
#
# The **learning rate** says how long a step is. Write the walk, for any slope: `slope` is a function, and
# `slope(x)` is the slope at `x`. Return all positions, the start included, so `steps + 1` of them.


# %% tags=["exercise"] exercise={"id": "descend", "tier": "core", "minutes": 8, "points": 2}
def descend(slope, start, rate, steps):
    """Return the start and the positions after each of the steps down the slope."""
    path = [start]
    for _ in range(steps):
        following = path[-1] - rate * slope(path[-1])  # SOLUTION
        path.append(following)
    return path


# %% tags=["check"]
descend = check.descend(descend).or_ours()

# %% [markdown]
# <details><summary>Hint</summary>
#
# The last position so far is `path[-1]`. The slope has to be asked there, again in each step.
#
# </details>
#
# Now try three rates from the same start, 5. With the first the walk creeps. What do you expect when
# the rate is 1.05?

# %% tags=["guess"]
from helpers import predict

guess = "it jumps over the valley and back"  # SOLUTION
walk = predict("With rate 1.05, where is the walk after 8 steps from 5?", guess)


# %% tags=["result"]
def slope(x):
    return 2 * (x - 3)


rates = [0.1, 0.8, 1.05]
paths = [descend(slope, 5.0, rate, 8) for rate in rates]
for rate, path in zip(rates, paths):
    print(f"rate {rate:4}:", "  ".join(f"{x:5.2f}" for x in path))

# %% tags=["check"]
walk.compare(f"at {paths[-1][-1]:.2f}, and further away than at the start")

# %% tags=["hide-input"] mystnb={"figure": {"caption": "Eight steps from x = 5 on the loss (x - 3)\u00b2, with three learning rates. Small: it creeps. Larger: it jumps to and fro, and arrives. Too large: every jump is wider than the last."}, "image": {"alt": "Three panels with the same parabola. At rate 0.1 the points slide down one side. At rate 0.8 they jump from side to side, lower each time. At rate 1.05 they jump from side to side, higher each time."}}
import matplotlib.pyplot as plt

from helpers.figures import BLUE, ORANGE, ink, use_book_style

use_book_style()
side = np.linspace(-1, 7, 100)
fig, axes = plt.subplots(1, 3, figsize=(8.5, 2.8), sharey=True)
for ax, rate, path in zip(axes, rates, paths):
    ax.plot(side, (side - 3) ** 2, color="#888888", linewidth=1)
    ax.plot(
        path, (np.array(path) - 3) ** 2, "o-", color=BLUE, markersize=4, linewidth=1
    )
    ax.plot(path[0], 4, "s", color=ORANGE, markersize=8)
    ax.set(title=f"rate {rate}", xlabel="weight x", ylim=(-1, 17))
axes[0].set_ylabel("loss")
plt.show()

# %% [markdown]
# All three walks use the same loss and the same start, the orange square. Only the rate differs. When a
# loss grows from step to step, the first suspect is a learning rate that is too large.
#
# ## One neuron
#
# A neuron takes numbers in, multiplies each by a weight, adds a **bias**, and squeezes the sum into the
# range from 0 to 1. The squeezing is done by the **sigmoid**:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# It is 0.5 at $z = 0$, close to 1 for large $z$ and close to 0 for very negative $z$. It must answer at
# $z = 800$ and $z = -800$, too. Write it for arrays of any shape.


# %% tags=["exercise"] exercise={"id": "sigmoid", "tier": "core", "minutes": 5, "points": 1}
def sigmoid(z):
    """Return 1 / (1 + exp(-z)) for every entry of z."""
    return 1 / (1 + np.exp(-z))  # SOLUTION


# %% tags=["check"]
sigmoid = check.sigmoid(sigmoid).or_ours()

# %% tags=["hide-input"] mystnb={"figure": {"caption": "The sigmoid and its slope. The slope is s(1 - s): at most 0.25, and almost 0 where the sigmoid is flat."}, "image": {"alt": "Two curves over z from -8 to 8. The sigmoid rises like an S from 0 to 1. Its slope is a bell with height 0.25 at z = 0."}}
z = np.linspace(-8, 8, 200)
s = sigmoid(z)
fig, ax = plt.subplots(figsize=(6, 2.6))
ax.plot(z, s)
ax.plot(z, s * (1 - s), "--")
ax.text(4.2, 0.86, "sigmoid s", color=ink(BLUE))
ax.text(1.8, 0.2, "slope s(1 - s)", color=ink(ORANGE))
ax.set(title="A sum of inputs is squeezed", xlabel="z, the sum", ylabel="value")
plt.show()

# %% [markdown]
# Remember the dashed curve. The slope of the sigmoid is $s(1 - s)$, where $s$ is its *value*. It will
# appear in every gradient of this unit.
#
# The neuron gets two inputs that are 0 or 1. To keep the bias out of the way, put a 1 in front of
# every sample: then the bias is one more weight, and always the first.

# %%
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
AND = np.array([0, 0, 0, 1], dtype=float)
XOR = np.array([0, 1, 1, 0], dtype=float)
X1 = np.column_stack([np.ones(4), X])
print(X1)

# %% [markdown]
# Each row is one sample: the constant 1, then the two inputs. AND asks whether both are on. XOR
# ("exclusive or") asks whether exactly one is.
#
# For weights $w$ the sums are $z = Xw$, one per row, and the neuron answers $o = \sigma(z)$. Its loss is
# the squared error, summed over the rows: $L = \sum_i (o_i - y_i)^2$.
#
# How does $L$ change when one weight changes a little? That slope is written $\partial L / \partial w$;
# the list of all of them is the **gradient**. The weight changes $z$, that changes $o$, and that changes
# $L$. The *chain rule* says: multiply the three slopes, one for each link of the chain. For row $i$, $L$
# changes with $o_i$ by $2(o_i - y_i)$, $o_i$ with $z_i$ by the dashed curve, and $z_i$ with $w$ by the input
# $x_i$:
#
# $$\frac{\partial L}{\partial w} = \sum_i 2(o_i - y_i) \cdot o_i(1 - o_i) \cdot x_i$$
#
# In words: twice the miss, times the slope, times the input, added up over the rows. Fill in the
# gradient; the step itself is there. `X` has its column of ones already. `gradient` must have one number
# per weight, so the shape of `w`.


# %% tags=["exercise"] exercise={"id": "neuron_step", "tier": "core", "minutes": 10, "points": 2}
def neuron_step(w, X, y, rate):
    """Return the weights after one step; w (k,), X (n, k), y (n,)."""
    o = sigmoid(X @ w)
    gradient = X.T @ (2 * (o - y) * o * (1 - o))  # SOLUTION
    return w - rate * gradient


# %% tags=["check"]
neuron_step = check.neuron_step(neuron_step).or_ours()

# %% [markdown]
# <details><summary>Hint</summary>
#
# `o - y`, `o * (1 - o)` and their product have one number per row, shape (n,). `X` has shape (n, k), so
# `v * X` does not fit. `X.T @ v` multiplies row $i$ of `X` by `v[i]` and adds up the rows: the sum in
# the formula.
#
# </details>
#
# Train the same neuron twice, from the same start: once on AND, once on XOR. What will its loss on XOR
# come to?

# %% tags=["guess"]
guess = 0.0  # SOLUTION
neuron_bet = predict(
    "After 2000 steps on XOR, what is the loss of one neuron?", guess
)


# %% tags=["result"]
def train_neuron(y, steps=2000, rate=0.5):
    w = np.random.default_rng(seed).normal(size=3)
    losses = []
    for _ in range(steps):
        losses.append(np.sum((sigmoid(X1 @ w) - y) ** 2))
        w = neuron_step(w, X1, y, rate)
    return w, losses


w_and, losses_and = train_neuron(AND)
w_xor, losses_xor = train_neuron(XOR)
print("AND:", sigmoid(X1 @ w_and).round(2), f"loss {losses_and[-1]:.2f}")
print("XOR:", sigmoid(X1 @ w_xor).round(2), f"loss {losses_xor[-1]:.2f}")

# %% tags=["check"]
neuron_bet.compare(round(losses_xor[-1], 2))

# %% tags=["hide-input"] mystnb={"figure": {"caption": "What one neuron answers on the plane after 2000 steps. On AND a straight line parts the classes. On XOR it answers 0.5 everywhere, so there is no line: no straight line parts them."}, "image": {"alt": "Two panels with the four points. For AND, a straight black line parts the triangle at (1, 1) from the three circles. For XOR, the whole plane has the colour of 0.5 and there is no line that parts triangles from circles."}}
from helpers.figures import plot_surface

fig, axes = plt.subplots(1, 2, figsize=(7.4, 3.2), layout="constrained")
for ax, w, y, name in [(axes[0], w_and, AND, "AND"), (axes[1], w_xor, XOR, "XOR")]:
    neuron = lambda A, w=w: sigmoid(w[0] + A @ w[1:])
    image = plot_surface(ax, neuron, X, y, f"{name}, one neuron")
    ax.set(xlabel="first input", ylabel="second input")
fig.colorbar(image, ax=axes, label="output")
plt.show()

# %% [markdown]
# Look at the four answers on XOR: all are 0.5, and each misses by 0.5, so the loss is $4 \cdot 0.25 = 1$.
# More steps do not help. A neuron says 0.5 along a straight line, and no straight line has the two
# triangles on one side and the two circles on the other.
#
# ## The chain rule, as a table of numbers
#
# So you need more than one neuron, one after the other. How do you get the slope of a weight that
# sits *before* another neuron? Take the smallest chain: one input, one neuron, a second neuron after it,
# no biases. The first neuron is called *hidden*, because nobody sees its answer `h` from outside.
# `forward` computes from input to loss. `backward` walks the chain from its end: `d_o` is how the loss
# changes with `o`, `d_z2` with the sum before it, and so on.

# %%
x, w1, w2, target = 1.0, 0.8, -1.5, 1.0
h = sigmoid(w1 * x)
o = sigmoid(w2 * h)
print(f"forward:   h = {h:.4f}   o = {o:.4f}   loss = {(o - target) ** 2:.4f}")

d_o = 2 * (o - target)
d_z2 = d_o * o * (1 - o)
d_h = d_z2 * w2
d_z1 = d_h * h * (1 - h)
print(
    f"backward:  d_o = {d_o:.4f}  d_z2 = {d_z2:.4f}  d_h = {d_h:.4f}  d_z1 = {d_z1:.4f}"
)
print(f"slopes:    of w2 = {d_z2 * h:.5f}   of w1 = {d_z1 * x:.5f}")

# %% [markdown]
# Every line takes the number before it and multiplies it by one local slope: 2 times the miss, the
# sigmoid's slope, the weight, the next sigmoid's slope. The slope of a weight is then the number at
# its end times what came in. Is it true? Move each weight a little and measure.


# %%
def chain_loss(w1, w2):
    return (sigmoid(w2 * sigmoid(w1 * x)) - target) ** 2


e = 1e-5
print(f"of w2: {(chain_loss(w1, w2 + e) - chain_loss(w1, w2 - e)) / (2 * e):.5f}")
print(f"of w1: {(chain_loss(w1 + e, w2) - chain_loss(w1 - e, w2)) / (2 * e):.5f}")

# %% [markdown]
# The same two numbers. One walk back gave both slopes; moving weights one by one needs two more runs
# for each weight. With a million weights that is one walk against two million runs.
#
# ## Two layers
#
# Here is the network for the rest of the unit. Two inputs, two hidden units (a unit is a neuron in a
# network), one output. Squares are constant ones, and the dashed lines from them are biases. Count the
# lines: 9 weights.

# %% tags=["hide-input"] mystnb={"figure": {"caption": "The 2-2-1 network. Each line is a weight: six into the hidden layer (W1), three into the output (W2). Squares are the constant 1; the dashed lines that leave them are the biases."}, "image": {"alt": "A network in three columns: two inputs and a square marked 1, two hidden units and a square marked 1, one output. Six lines lead to the hidden units, three to the output."}}
from helpers.figures import plot_network

fig, ax = plt.subplots(figsize=(6, 3))
plot_network(ax, [2, 2, 1], ["inputs X", "hidden h", "output o"])
plt.show()

# %% [markdown]
# The weights live in two matrices. Column $j$ of $W_1$ holds the weights of hidden unit $j$, its bias
# first: shape (3, 2). $W_2$ has shape (3, 1). Before each layer, its input gets a column of ones.
#
# *(Extension.)* Write the small function that adds this column, as column 0.
#
# <details><summary>Hint</summary>
#
# `np.ones((len(X), 1))` is a column of ones. `np.hstack` and `np.column_stack` put arrays side by side.
#
# </details>


# %% tags=["exercise"] exercise={"id": "add_bias", "tier": "extension", "minutes": 4, "points": 1}
def add_bias(X):
    """Return X with a column of ones in front: (n, k) becomes (n, k + 1)."""
    return np.column_stack([np.ones(len(X)), X])  # SOLUTION


# %% tags=["check"]
add_bias = check.add_bias(add_bias).or_ours()

# %% [markdown]
# Now the forward pass. `h` is the hidden layer, *without* its ones; `o` is the output:
#
# $$h = \sigma([1, X]\, W_1) \qquad o = \sigma([1, h]\, W_2)$$
#
# $[1, X]$ is `add_bias(X)`. The 1 in front of $h$ is a constant, not one more unit. Return both, `h`
# first: the way back needs them.


# %% tags=["exercise"] exercise={"id": "forward", "tier": "core", "minutes": 12, "points": 3}
def forward(X, W1, W2):
    """Return h (n, m) and o (n, q); X (n, k), W1 (1 + k, m), W2 (1 + m, q)."""
    h = sigmoid(add_bias(X) @ W1)  # SOLUTION
    o = sigmoid(add_bias(h) @ W2)  # SOLUTION
    return h, o


# %% tags=["check"]
forward = check.forward(forward).or_ours()

# %% [markdown]
# <details><summary>Hint</summary>
#
# `add_bias` and `sigmoid` are there. One line per layer: add the ones, multiply, squeeze.
#
# </details>
#
# ## XOR with weights that you choose
#
# Can two layers do it at all? Find out without training: choose the 9 numbers yourself. One way: let
# the first hidden unit answer OR ("at least one is on") and the second AND ("both are on"). Then XOR
# is "OR but not AND". A unit with bias $-10$ and weights 20 and 20 answers OR: work out its sum for
# all four inputs.
#
# Row 0 of each matrix is the bias. Every output has to be within 0.2 of the right answer, so take
# weights that are large.


# %% tags=["exercise"] exercise={"id": "xor_by_hand", "tier": "core", "minutes": 12, "points": 3}
def xor_by_hand():
    """Return W1 (3, 2) and W2 (3, 1), chosen by hand, that answer XOR."""
    W1 = np.array([[-10, -30], [20, 20], [20, 20]])  # SOLUTION
    W2 = np.array([[-10], [20], [-20]])  # SOLUTION
    return W1, W2


# %% tags=["check"]
xor_by_hand = check.xor_by_hand(xor_by_hand).or_ours()

# %% [markdown]
# <details><summary>Hint: AND</summary>
#
# The sum should be positive only when both inputs are on. With weights 20 and 20 the sums without bias
# are 0, 20, 20 and 40. Which bias puts only the last one above zero?
#
# </details>
#
# <details><summary>Hint: the output</summary>
#
# Give the output a positive weight from OR and a negative one from AND. It should be on for (OR, AND) =
# (1, 0), and off for (0, 0) and (1, 1). Write down the three sums.
#
# </details>
#
# Look at where the four points go. On the left, the inputs. On the right, the same four points with the
# values of the two hidden units as their coordinates.

# %% tags=["hide-input"]
from helpers.figures import plot_points


def plot_hidden_space(ax, W1, W2, title):
    h, _ = forward(X, W1, W2)
    plot_points(ax, h, XOR, labels=False)
    v = np.linspace(-0.1, 1.1, 2)
    b, a1, a2 = np.ravel(W2)
    ax.plot(v, -(b + a1 * v) / a2, "--", color="black", linewidth=1)
    ax.set(title=title, xlabel="hidden unit 1", ylabel="hidden unit 2")
    ax.set(xlim=(-0.1, 1.1), ylim=(-0.1, 1.1), aspect="equal")


# %% tags=["hide-input"] mystnb={"figure": {"caption": "The four points before and after the hidden layer. On the left no straight line parts the classes; on the right one does. Two of the points have come to lie on top of each other."}, "image": {"alt": "Two panels. Left: circles at (0,0) and (1,1), triangles at (0,1) and (1,0); no line parts them. Right: in the plane of the two hidden units the two triangles lie on one spot, and a dashed straight line parts them from the circles."}}
fig, axes = plt.subplots(1, 2, figsize=(7.4, 3.4), layout="constrained")
plot_points(axes[0], X, XOR)
axes[0].set(
    title="inputs", xlabel="first input", ylabel="second input", aspect="equal"
)
axes[0].set(xlim=(-0.1, 1.1), ylim=(-0.1, 1.1))
axes[0].legend(loc="center")
plot_hidden_space(axes[1], *map(np.asarray, xor_by_hand()), "hidden units")
plt.show()

# %% [markdown]
# That is what a hidden layer is for: it moves the points to where a straight line suffices. The output
# neuron still draws a straight line, the dashed one. So XOR *can* be done. Can it be *learned*?
#
# ## Backpropagation, in three rungs
#
# You need the slope of the loss for all 9 weights. Walk back as in the table of numbers, now with one
# row per sample. A *delta* is how the loss changes with the sum that goes *into* a unit, before its
# sigmoid. `Y` holds the right answers as a column, so that it has the shape of `o`.
#
# **Rung 1: the output.** With $L = \sum (o - Y)^2$, the delta of the output is the miss times the
# slope of the sigmoid:
#
# $$\delta_\text{out} = 2(o - Y) \cdot o(1 - o)$$


# %% tags=["exercise"] exercise={"id": "output_delta", "tier": "core", "minutes": 7, "points": 2}
def output_delta(o, Y):
    """Return how the loss changes with the sum into the output; all (n, q)."""
    return 2 * (o - Y) * o * (1 - o)  # SOLUTION


# %% tags=["check"]
output_delta = check.output_delta(output_delta).or_ours()

# %% [markdown]
# **Rung 2: the hidden layer.** Hidden unit $j$ reaches the loss through every output $k$, with
# weight $W_2[1 + j, k]$. So its share is the sum over the outputs, delta times weight. Then comes its
# own slope:
#
# $$\delta_\text{hid} = \left(\delta_\text{out}\, W_2[1\!:]^\mathsf{T}\right) \cdot h(1 - h)$$
#
# Row 0 of $W_2$ belongs to the constant 1. Nothing leads further back from it, so it stays out.
#
# <details><summary>Hint</summary>
#
# Write the three shapes down: `d_out` is (n, q), `W2[1:]` is (m, q), and the result has the shape of `h`,
# (n, m). Which product of the first two gives that?
#
# </details>


# %% tags=["exercise"] exercise={"id": "hidden_delta", "tier": "core", "minutes": 9, "points": 3}
def hidden_delta(d_out, W2, h):
    """Return how the loss changes with the hidden sums; shaped like h (n, m)."""
    return (d_out @ W2[1:].T) * h * (1 - h)  # SOLUTION


# %% tags=["check"]
hidden_delta = check.hidden_delta(hidden_delta).or_ours()

# %% [markdown]
# **Rung 3: the gradients.** The slope of a weight is what came into it times the delta at its end,
# added up over the samples. As a product of matrices: the inputs, with their ones, transposed, times
# the deltas. `gW1` must have the shape of `W1`, and `gW2` that of `W2`.


# %% tags=["exercise"] exercise={"id": "backprop", "tier": "core", "minutes": 12, "points": 4}
def backprop(X, W1, W2, Y):
    """Return the gradients of the summed squared error, shaped like W1, W2."""
    h, o = forward(X, W1, W2)
    d_out = output_delta(o, Y)
    d_hid = hidden_delta(d_out, W2, h)
    gW1 = add_bias(X).T @ d_hid  # SOLUTION
    gW2 = add_bias(h).T @ d_out  # SOLUTION
    return gW1, gW2


# %% tags=["check"]
backprop = check.backprop(backprop).or_ours()

# %% [markdown]
# <details><summary>Hint</summary>
#
# What came into `W2` is `add_bias(h)`, shape (n, m + 1). The deltas have shape (n, q). Which product of
# the two has shape (m + 1, q)?
#
# </details>
#
# ## Is the gradient right?
#
# *(Extension.)* A gradient can be wrong and still lower the loss for a while, so it pays to prove it.
# Move one weight by $\pm\varepsilon$ and measure, as you did with the chain:
#
# $$\text{numeric} = \frac{L(W + \varepsilon) - L(W - \varepsilon)}{2\varepsilon}$$
#
# Do that for every entry of `W`, one at a time. Then return one number, the relative error
# $\lVert \text{numeric} - \text{grad} \rVert / (\lVert \text{numeric} \rVert + \lVert \text{grad} \rVert)$,
# where $\lVert\cdot\rVert$ is the root of the summed squares (`np.linalg.norm`). `loss` is a function
# of `W`. Afterwards `W` must be as it was.
#
# <details><summary>Hint</summary>
#
# `step` is zero but for one entry, so `W + step` and `W - step` are new arrays, and `W` stays as it is.
# Mind the brackets: the whole difference is divided by the whole of $2\varepsilon$.
#
# </details>


# %% tags=["exercise"] exercise={"id": "gradient_check", "tier": "extension", "minutes": 12, "points": 3}
def gradient_check(loss, W, grad, eps):
    """Return the relative error between grad and central differences."""
    numeric = np.zeros(W.shape)
    for i in np.ndindex(W.shape):
        step = np.zeros(W.shape)
        step[i] = eps
        numeric[i] = (loss(W + step) - loss(W - step)) / (2 * eps)  # SOLUTION
    error = np.linalg.norm(numeric - grad)
    return error / (np.linalg.norm(numeric) + np.linalg.norm(grad))


# %% tags=["check"]
gradient_check = check.gradient_check(gradient_check).or_ours()

# %% [markdown]
# How small should $\varepsilon$ be? Guess whether smaller is always better, then look at the error of
# your own `backprop` for many steps. The second curve moves to one side only.

# %% tags=["guess"]
guess = "yes"  # SOLUTION
eps_bet = predict("Is a smaller step always better? (yes or no)", guess)

# %%
Y = XOR.reshape(-1, 1)
rng = np.random.default_rng(seed)
W1, W2 = rng.normal(size=(3, 2)), rng.normal(size=(3, 1))
g1, _ = backprop(X, W1, W2, Y)


def loss_of_W1(W):
    return np.sum((forward(X, W, W2)[1] - Y) ** 2)


def one_sided(eps):
    numeric = np.zeros(W1.shape)
    for i in np.ndindex(W1.shape):
        step = np.zeros(W1.shape)
        step[i] = eps
        numeric[i] = (loss_of_W1(W1 + step) - loss_of_W1(W1)) / eps
    return np.linalg.norm(numeric - g1) / (
        np.linalg.norm(numeric) + np.linalg.norm(g1)
    )


# %% tags=["hide-input"] mystnb={"figure": {"caption": "Relative error of the gradient check against its step, both axes logarithmic. From the right, errors shrink with the step: as its square on two sides, in proportion on one side. From the left, rounding takes over."}, "image": {"alt": "Two V-shaped curves on logarithmic axes. The two-sided error falls steeply to below 1e-9 at a step near 1e-5, the one-sided one to about 1e-8 near 3e-7. Towards smaller steps both rise."}}
steps = 10.0 ** np.arange(-13, 0.5, 0.5)
two = [gradient_check(loss_of_W1, W1, g1, eps) for eps in steps]
one = [one_sided(eps) for eps in steps]
fig, ax = plt.subplots(figsize=(6.5, 3.4))
ax.loglog(steps, one, "^--", color=ORANGE, markersize=5)
ax.loglog(steps, two, "o-", color=BLUE, markersize=5)
ax.text(2e-3, 3e-3, "one side", color=ink(ORANGE), ha="right")
ax.text(2e-2, 1e-7, "two sides", color=ink(BLUE), ha="left")
ax.set(title="Neither too large nor too small")
ax.set(xlabel="step (eps)", ylabel="relative error")
plt.show()

# %% tags=["check"]
# Between half powers rounding decides, and not every processor rounds alike.
powers, errors = steps[::2], two[::2]
best = powers[np.argmin(errors)]
eps_bet.compare(f"no: of the powers of ten, {best:.0e} has the smallest error")

# %% [markdown]
# Both curves are a V. On its right arm the formula errs, because a loss is not a straight line. On its
# left arm the computer errs: two nearly equal losses are subtracted and only their last digits are left.
# With a step of about $10^{-5}$ on two sides, a right gradient has an error far below $10^{-7}$. If yours
# has $10^{-2}$, look for the mistake.
#
# ## Let it learn
#
# Training is now three lines: a start, then steps against the gradient. `random_start` draws the weights
# for a seed. `train` takes its steps with all four samples together, the *full batch*. One pass over
# all samples is an **epoch**, so here a step is an epoch.


# %% tags=["reference"]
def random_start(seed, hidden=2):
    """Return W1 (3, hidden) and W2 (hidden + 1, 1), drawn from a standard normal."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(3, hidden)), rng.normal(size=(hidden + 1, 1))


XOR_X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
XOR_Y = np.array([[0], [1], [1], [0]], dtype=float)


def train(W1, W2, epochs=1000, rate=0.5):
    """Return the weights after full-batch gradient descent on XOR."""
    for _ in range(epochs):
        gW1, gW2 = backprop(XOR_X, W1, W2, XOR_Y)
        W1, W2 = W1 - rate * gW1, W2 - rate * gW2
    return W1, W2


# %% [markdown]
# Two starts, seeds 0 and 8, get the same 1000 epochs. Look at the four outputs of each.

# %%
for start in [0, 8]:
    _, o = forward(XOR_X, *train(*random_start(start)))
    loss = np.sum((o - XOR_Y) ** 2)
    print(f"seed {start}: outputs {o.ravel().round(2)}   loss {loss:.2f}")

# %% [markdown]
# One start has learned XOR, the other answers 0.5 to half of the samples. Same network, same data, same
# rule: only the nine random numbers at the start differ. Here is how they got there.

# %%
milestones = [0, 50, 100, 200, 400, 1000]


def snapshots(start):
    """Return the weights of one start at every milestone."""
    weights = [random_start(start)]
    for k in range(1, len(milestones)):
        epochs = milestones[k] - milestones[k - 1]
        weights.append(train(*weights[-1], epochs=epochs))
    return weights


solved, stuck = snapshots(0), snapshots(8)

# %% tags=["hide-input"] mystnb={"figure": {"caption": "What the network answers on the plane, from the start to epoch 1000. Top: seed 0 learns XOR. Bottom: seed 8 gets stuck. The black line is where the output is 0.5."}, "image": {"alt": "Two rows of six small maps. In the top row a band forms along the diagonal that holds both circles and leaves both triangles outside. In the bottom row one circle is parted from one triangle, and the 0.5 line runs through the other two points."}}
fig, axes = plt.subplots(2, 6, figsize=(9, 3.4), layout="constrained")
for row, weights, name in [(axes[0], solved, "seed 0"), (axes[1], stuck, "seed 8")]:
    for ax, (W1, W2), epoch in zip(row, weights, milestones):
        net = lambda A, W1=W1, W2=W2: forward(A, W1, W2)[1]
        image = plot_surface(ax, net, X, XOR, f"{epoch}")
        ax.tick_params(labelbottom=False, labelleft=False)
    row[0].set_ylabel(name)
fig.suptitle("epoch", fontsize=11)
fig.colorbar(image, ax=axes, label="output")
plt.show()

# %% [markdown]
# In the top row a second line comes in beside the first, and between the two lies a band that holds
# both circles. In the bottom row the two points on the left are told apart; through the other two the
# line runs to the end. Step through it, with the loss beside the two maps: choose an epoch with the
# mouse, or with the arrow keys.


# %%
def losses_along(start, epochs):
    W1, W2 = random_start(start)
    losses = []
    for _ in range(epochs + 1):
        losses.append(np.sum((forward(XOR_X, W1, W2)[1] - XOR_Y) ** 2))
        W1, W2 = train(W1, W2, epochs=1)
    return losses


curves = {
    "seed 0, solved": losses_along(0, 1000),
    "seed 8, stuck": losses_along(8, 1000),
}


# %% tags=["hide-input"]
def draw_step(k):
    fig, axes = plt.subplots(1, 3, figsize=(9, 3), layout="constrained")
    for ax, weights, title in zip(axes, [solved, stuck], curves):
        plot_surface(ax, lambda A, w=weights[k]: forward(A, *w)[1], X, XOR, title)
    for (name, losses), style in zip(curves.items(), ["-", "--"]):
        axes[2].plot(losses, style, linewidth=1.5)
        axes[2].plot(milestones[k], losses[milestones[k]], "ko", markersize=5)
        axes[2].text(1000, losses[-1] + 0.04, name, ha="right")
    axes[2].set(title=f"loss at epoch {milestones[k]}", xlabel="epoch", ylim=(0, 1.6))
    return fig


# %% tags=["nbval-ignore-output"]
from helpers.figures import Stepper

stepper = Stepper("What two starts answer, at epoch")
for k, epoch in enumerate(milestones):
    a, b = (losses[epoch] for losses in curves.values())
    alt = f"Epoch {epoch}: both maps; loss {a:.2f} from seed 0, {b:.2f} from 8."
    stepper.add(draw_step(k), str(epoch), alt)
stepper

# %% [markdown]
# Where does the stuck one end? Its loss lies on a *plateau*: a stretch so flat that a thousand steps lead
# almost nowhere. Whether a deeper valley lies beyond cannot be told from here. Give it ten times the
# epochs and see.

# %%
_, later = forward(XOR_X, *train(*random_start(8), epochs=10_000))
print("seed 8 after 10,000 epochs:", later.ravel().round(2))

# %% [markdown]
# Two of the four samples still get the same answer, halfway between right and wrong. To this network they
# are one and the same point. Compare the two starts in the plane of their hidden units.

# %% tags=["hide-input"] mystnb={"figure": {"caption": "The four points in the plane of the two hidden units after 1000 epochs. Seed 0 has moved the two circles together and away from the triangles. Seed 8 has laid a triangle onto a circle, and no line parts what lies on one spot."}, "image": {"alt": "Two panels. Left, seed 0: the two circles lie on one spot, and a dashed line parts them from the two triangles. Right, seed 8: one triangle and one circle lie on the same spot, on the dashed line."}}
fig, axes = plt.subplots(1, 2, figsize=(7.4, 3.4), layout="constrained")
plot_hidden_space(axes[0], *solved[-1], "seed 0, solved")
plot_hidden_space(axes[1], *stuck[-1], "seed 8, stuck")
plt.show()

# %% [markdown]
# ## How often does it work?
#
# *(Extension.)* Two starts are two stories. For a number, run many. A start counts as a success when
# all four outputs are on the right side of 0.5 after `train` with its default settings. Return the share
# of `seeds` that succeed, between 0 and 1, for a network with `hidden` hidden units.
#
# <details><summary>Hint</summary>
#
# `o` and `XOR_Y` both have shape (4, 1). Which side of 0.5 a number is on, `> 0.5` tells. A start counts
# when that is the same for all four: `np.all`.
#
# </details>


# %% tags=["exercise"] exercise={"id": "xor_success", "tier": "extension", "minutes": 12, "points": 3}
def xor_success(seeds, hidden):
    """Return the share of random starts, one per seed, that learn XOR."""
    successes = 0
    for seed in seeds:
        W1, W2 = train(*random_start(seed, hidden))
        _, o = forward(XOR_X, W1, W2)
        is_learned = np.all((o > 0.5) == (XOR_Y > 0.5))  # SOLUTION
        successes += bool(is_learned)
    return successes / len(seeds)


# %% tags=["check"]
xor_success = check.xor_success(xor_success).or_ours()

# %% [markdown]
# Before you run it: of 10 starts with 2 hidden units, how many succeed? And with 4?

# %% tags=["guess"]
guess = "10 with 2 hidden units, 10 with 4"  # SOLUTION
share_bet = predict(
    "Of 10 starts, how many learn XOR with 2 hidden units? With 4?", guess
)

# %% tags=["result", "nbval-ignore-output"]
import time

begun = time.perf_counter()
shares = [xor_success(range(10), hidden) for hidden in (2, 4)]
loop_seconds = (time.perf_counter() - begun) / 20
print(f"2 hidden: {shares[0]:.0%}, 4 hidden: {shares[1]:.0%}")
print(f"{1000 * loop_seconds:.0f} ms per start")

# %% tags=["check"]
share_bet.compare(f"{10 * shares[0]:.0f} with 2, {10 * shares[1]:.0f} with 4")

# %% [markdown]
# Ten starts are few: at a true share of two thirds, nine or ten of ten come up once in eight times. Five
# hundred in a loop would take a while, because numpy spends most of its time
# on being called, not on four samples. So put all starts into *one* array: `W1` gets the shape (starts,
# 3, hidden), and one call trains all of them.


# %% tags=["reference"]
def with_ones(A):
    return np.concatenate([np.ones((*A.shape[:-1], 1)), A], axis=-1)


def train_many(seeds, hidden, epochs=1000, rate=0.5):
    """Train all starts at once; return the four outputs of each, (starts, 4)."""
    W1, W2 = (
        np.stack(part) for part in zip(*[random_start(s, hidden) for s in seeds])
    )
    for _ in range(epochs):
        h = sigmoid(with_ones(XOR_X) @ W1)
        o = sigmoid(with_ones(h) @ W2)
        d_out = 2 * (o - XOR_Y) * o * (1 - o)
        d_hid = (d_out @ W2[:, 1:].transpose(0, 2, 1)) * h * (1 - h)
        W1 = W1 - rate * with_ones(XOR_X).T @ d_hid
        W2 = W2 - rate * with_ones(h).transpose(0, 2, 1) @ d_out
    return o[..., 0]


# %% tags=["nbval-ignore-output"]
def learned(outputs):
    return np.all((outputs > 0.5) == (XOR > 0.5), axis=1)


starts = range(500)
sizes = [2, 3, 4, 8]
begun = time.perf_counter()
success = [learned(train_many(starts, hidden)) for hidden in sizes]
batch_seconds = (time.perf_counter() - begun) / (len(sizes) * len(starts))
print(f"one by one: {1000 * loop_seconds:.1f} ms per start")
print(f"in one array: {1000 * batch_seconds:.2f} ms per start")
print(f"ratio: {loop_seconds / batch_seconds:.0f}")

# %% tags=["nbval-ignore-output"]
for hidden, solved_it in zip(sizes, success):
    print(f"{hidden} hidden: {solved_it.sum()} of {len(starts)} starts learn XOR")

# %%
share = [float(solved_it.mean()) for solved_it in success]
print("2 hidden, between 60 and 80 %:", 0.6 < share[0] < 0.8)
print("3 hidden, more than 90 %:", share[1] > 0.9)
print("4 and 8 hidden, more than 98 %:", min(share[2:]) > 0.98)


# %% tags=["hide-input"] mystnb={"figure": {"caption": "Share of 500 random starts that learn XOR within 1000 epochs, by the number of hidden units, with 95 % intervals."}, "image": {"alt": "Four bars with intervals. About two thirds of the starts succeed with 2 hidden units, more than nine in ten with 3, nearly all with 4, and all with 8."}}
def interval(successes, n):
    """Return the 95 % interval of a share (Wilson)."""
    p, q = successes / n, 1.96**2 / n
    middle, half = p + q / 2, 1.96 * np.sqrt(p * (1 - p) / n + q / (4 * n))
    return (middle - half) / (1 + q), (middle + half) / (1 + q)


fig, ax = plt.subplots(figsize=(6, 3))
for place, solved_it in enumerate(success):
    low, high = interval(solved_it.sum(), len(starts))
    ax.bar(place, solved_it.mean(), color=BLUE, width=0.6)
    ax.plot([place, place], [low, high], color="black")
    ax.text(place, 1.03, f"{solved_it.sum()} of 500", ha="center")
ax.set(title="Two hidden units can, more can more often", ylabel="share of starts")
ax.set_ylim(0, 1.15)
ax.set_xticks(range(len(sizes)), [f"{hidden} hidden" for hidden in sizes])
plt.show()

# %% [markdown]
# Two hidden units *can* solve XOR, as your weights by hand proved, yet about a third of the starts do not
# find out how. Three are nearly safe. Networks are usually built larger than the task needs, and that is one
# of the reasons: a start has more ways to succeed.
#
# What do the starts that failed with 2 hidden units answer?

# %% tags=["nbval-ignore-output"]
outputs = train_many(range(500), 2, epochs=1000 if fast else 10_000)
failed = outputs[~learned(outputs)]
merged = np.sort(np.abs(failed - 0.5), axis=1)[:, 1] < 0.1
print(f"{len(failed)} of 500 failed; {merged.sum()} of them say 0.5 to two samples")

# %%
print("most failures say about 0.5 twice:", merged.mean() > 0.7)

# %% [markdown]
# Most failures look like seed 8: two points merged. With `fast = False` at the top, the same cell
# gives them ten times the epochs; most are still there.
#
# ## What if all weights start equal?
#
# *(Extension.)* Why draw them at random at all? Set every weight to 0.5 and train. What will the two hidden
# units have learned, compared with each other?

# %% tags=["guess"]
guess = "one learns OR, the other AND"  # SOLUTION
equal_bet = predict("From equal weights, what do the two hidden units learn?", guess)

# %% tags=["result"]
W1, W2 = train(np.full((3, 2), 0.5), np.full((3, 1), 0.5))
print("W1, one column per hidden unit:")
print(W1.round(2))
print("outputs:", forward(XOR_X, W1, W2)[1].ravel().round(2))

# %% tags=["check"]
equal_bet.compare("the same: their columns stay equal")

# %% [markdown]
# Both columns are the same, number for number. Equal units get equal deltas, so they take equal steps for
# ever: two units do the work of one, and one cannot do XOR. Random starts are there to make units
# different.
#
# ## Bug hunt
#
# This training loop runs without an error and does not learn. It holds four mistakes, all of them
# common. Find them before you open the answer. (Change it and run it as often as you like.)


# %%
def train_badly(X, y, hidden=2, rate=0.5, epochs=2000):
    rng = np.random.default_rng(3)
    X = np.column_stack([np.ones(len(X)), X])
    A, B = rng.normal(size=(3, hidden)), rng.normal(size=(hidden, 1))
    for _ in range(epochs):
        hid = sigmoid(X @ A)
        out = sigmoid(hid @ B)
        delta = 2 * (out - y) * out * (1 - out)
        B -= rate * hid.T @ delta
        back = delta @ B.T * hid * (1 - out)
        A += rate * X.T @ back
    return out


print(train_badly(X, XOR.reshape(-1, 1)).ravel().round(2))

# %% [markdown]
# <details><summary>Answer</summary>
#
# 1. The hidden layer gets no column of ones, so the output has no bias. `B` needs `hidden + 1` rows, and
#    the way back then has to leave row 0 out.
# 2. `B` is updated before the hidden layer's share is computed, so that share uses new weights. Compute
#    both gradients first, then update.
# 3. The slope of the hidden layer is `hid * (1 - hid)`; here it says `1 - out`.
# 4. `A` is *increased* along its gradient: it climbs. Subtract.
#
# Which of them does a gradient check find? The third, for certain. The second, if the check sees what
# the loop computes: its error is plain at this rate, and hardly to be seen at rate 0.01. Not the
# first: the gradient is right, but of a poorer network. Not the fourth: the gradient is right and the
# step is wrong. The rising loss gives that one away.
#
# </details>
#
# ## What we saw
#
# - Gradient descent steps against the slope. Too large a rate makes the loss grow.
# - One neuron parts the plane by a straight line. XOR cannot be parted by one.
# - A hidden layer moves the points to where a line suffices. Nine numbers chosen by hand are enough.
# - Backpropagation is the chain rule, walked once from the end to the start. Small differences prove it.
# - Whether training succeeds depends on the start. Of 500 starts of the 2-2-1 network about two thirds
#   learn XOR in 1000 epochs; with 4 hidden units nearly all do.
#
# ## Self-test
#
# <details><summary>1. The loss rises with every step. What do you try first?</summary>
#
# A smaller learning rate. Then the sign of the update.
#
# </details>
#
# <details><summary>2. Why does a network of two layers without any sigmoid not solve XOR?</summary>
#
# Two linear maps, one after the other, are one linear map. It parts the plane by one straight line, like a
# single neuron.
#
# </details>
#
# <details><summary>3. A neuron's output is 0.999. Why does it learn slowly, even if it is wrong?</summary>
#
# Its slope is 0.999 times 0.001, about 0.001. The delta is multiplied by it and almost vanishes.
#
# </details>
#
# <details><summary>4. Why does row 0 of W2 stay out of the hidden delta?</summary>
#
# It multiplies the constant 1. A constant has no input that could change, so nothing leads further back.
#
# </details>
#
# <details><summary>5. Your gradient check gives 0.01 with eps = 1e-13. Is the gradient wrong?</summary>
#
# You cannot tell: at that step rounding alone gives errors of this size, as the figure showed. Try again
# with 1e-5.
#
# </details>
#
# ## Further reading
#
# - D. E. Rumelhart, G. E. Hinton, R. J. Williams, *Learning representations by back-propagating errors*,
#   Nature 323, 1986: four pages, and still clear.
# - M. Nielsen, *Neural Networks and Deep Learning*, chapters 1 and 2: the same path, slower, with proofs.
# - Y. LeCun, L. Bottou, G. Orr, K.-R. Müller, *Efficient BackProp*, 1998: why starts and rates matter.
#
# This unit grew out of the first half of the deep-learning notebook in the *cvml* tutorials; the page of
# credits tells more. Next: unit 02, any number of layers, and real digits.
