"""The book's own answers. Derived from solutions/03_computation_graphs.py by `make notebooks`; never edited."""


def evaluate(graph, feed):
    """Return the value of every node of the graph, and of what was fed, by name."""
    values = dict(feed)

    def value_of(name):
        if name not in values:
            function, *inputs = graph[name]
            values[name] = function(*[value_of(source) for source in inputs])
        return values[name]

    for name in graph:
        value_of(name)
    return values


def matmul_rule(g, a, b):
    """Return the slopes for a and for b, given the slope g at a @ b."""
    return g @ b.T, a.T @ g


def sigmoid_rule(g, y):
    """Return (slope,), given the slope g at y, where y is what the sigmoid gave."""
    return (g * y * (1 - y),)


def unbroadcast(g, shape):
    """Return g summed over all axes along which broadcasting had repeated `shape`."""
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            g = g.sum(axis=axis, keepdims=True)
    return g


def backward(order, local):
    """Return slopes of the last node of `order` with respect to every node in it."""
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    # Then from the end back to the beginning:
    for node in reversed(order):
        for source, slope in local[node](slopes[node]):
            slopes[source] = slopes[source] + slope
    return slopes


def tape_gradient(x, W, b):
    """Return the slopes of sum(sigmoid(x @ W + b)) for W and b, by TensorFlow."""
    import tensorflow as tf
    W = tf.Variable(W)
    b = tf.Variable(b)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient(total, [W, b])
