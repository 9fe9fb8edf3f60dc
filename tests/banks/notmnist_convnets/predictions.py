"""Right and wrong answers to a figure of pictures beside their predictions."""

import numpy as np

from tests.banks import right, wrong

LETTERS = list("ABCDEFGHIJ")


def asked(model, X):
    return np.asarray(model(X))


@right("show_predictions")
def predictions_as_the_unit(model, X, Y, rows):
    import matplotlib.pyplot as plt

    answers = asked(model, X[:rows])
    fig, axes = plt.subplots(rows, 2, figsize=(5, rows), squeeze=False, layout="constrained")
    for i in range(rows):
        picture, bars = axes[i]
        picture.imshow(X[i, :, :, 0], cmap="gray_r")
        picture.set_axis_off()
        drawn = bars.bar(LETTERS, answers[i], color="tab:blue")
        drawn[Y[i]].set(color="tab:orange", hatch="//", edgecolor="black")
        bars.set(ylim=(0, 1), yticks=[0, 1])
    return fig


@right("show_predictions")
def predictions_grouped(model, X, Y, rows):
    import matplotlib.pyplot as plt

    p = model.predict(X[:rows], verbose=0)
    fig = plt.figure(figsize=(8, 2 * rows))
    places = np.arange(10)
    for i in range(rows):
        ax = fig.add_subplot(rows, 2, 2 * i + 1)
        ax.imshow(X[i].squeeze(), cmap="gray")
        ax = fig.add_subplot(rows, 2, 2 * i + 2)
        ax.bar(places - 0.2, np.eye(10)[Y[i]], width=0.4, label="truth")
        ax.bar(places + 0.2, p[i], width=0.4, label="prediction")
        ax.set_xticks(places, LETTERS)
        ax.legend()
    return fig


@right("show_predictions")
def predictions_lying(model, X, Y, rows):
    from matplotlib import pyplot as plt

    fig, axes = plt.subplots(rows, 2)
    for i, (left, right_) in enumerate(np.reshape(axes, (rows, 2))):
        p = model.predict(X[i : i + 1], verbose=0)[0]
        left.imshow(X[i, ..., 0], cmap="Greys")
        left.set_title("true: " + "ABCDEFGHIJ"[Y[i]])
        right_.barh(range(10), p)
        right_.set_yticks(range(10), LETTERS)
        right_.invert_yaxis()
    return fig


@right("show_predictions", "In grey", "Nothing says which bar")
def predictions_one_by_one(model, X, Y, rows):
    import matplotlib.pyplot as plt

    fig, axes = plt.subplots(rows, 2, squeeze=False)
    for i in range(rows):
        p = asked(model, X[i][None])[0]
        axes[i, 0].imshow(X[i])
        for letter in range(10):
            colour = "green" if letter == Y[i] else "grey"
            axes[i, 1].bar(letter, p[letter], color=colour)
    return fig


@right("show_predictions", "Nothing says which bar")
def predictions_percent_with_a_triangle(model, X, Y, rows):
    import matplotlib.pyplot as plt

    answers = model.predict_on_batch(X[:rows])
    fig, axes = plt.subplots(rows, 2, squeeze=False, sharex="col")
    for row, picture, p, letter in zip(axes, X, answers, Y):
        row[0].imshow(255 * (1 - picture[:, :, 0]), cmap="gray", vmin=0, vmax=255)
        row[1].bar(range(10), 100 * p)
        row[1].plot(letter, 103, "kv")
        row[1].set_ylim(0, 108)
    return fig


@right("show_predictions", "Nothing says which bar", "The bars stand on the left")
def predictions_bars_left(model, X, Y, rows):
    import matplotlib.pyplot as plt

    p = asked(model, X[:rows])
    fig, axes = plt.subplots(rows, 2, squeeze=False)
    for i in range(rows):
        axes[i, 1].imshow(X[i, :, :, 0], cmap="binary")
        axes[i, 0].bar(range(10), p[i])
        axes[i, 0].bar(Y[i], p[i][Y[i]], color="red")
    fig.suptitle("red: the true letter")
    return fig


@right("show_predictions")
def predictions_shaded(model, X, Y, rows):
    import matplotlib.pyplot as plt

    p = asked(model, X[:rows])
    fig, axes = plt.subplots(rows, 2, squeeze=False)
    for i in range(rows):
        axes[i, 0].matshow(X[i, :, :, 0], cmap="binary")
        axes[i, 1].bar(LETTERS, p[i], width=0.5)
        axes[i, 1].axvspan(Y[i] - 0.5, Y[i] + 0.5, alpha=0.2)
    return fig


@right("show_predictions")
def predictions_subfigures(model, X, Y, rows):
    import matplotlib.pyplot as plt

    p = asked(model, X[:rows])
    fig = plt.figure(figsize=(6, 2 * rows))
    for i, part in enumerate(np.atleast_1d(fig.subfigures(rows, 1))):
        picture, bars = part.subplots(1, 2)
        picture.imshow(X[i, :, :, 0], cmap="binary")
        made = bars.bar(LETTERS, p[i], edgecolor="none")
        made.patches[Y[i]].set_edgecolor("black")
        made.patches[Y[i]].set_linewidth(3)
    return fig


@right("show_predictions")
def predictions_without_pyplot(model, X, Y, rows):
    from matplotlib.figure import Figure

    p = asked(model, X[:rows])
    fig = Figure(figsize=(5, 2 * rows))
    for i, (picture, bars) in enumerate(fig.subplots(rows, 2, squeeze=False)):
        picture.imshow(np.repeat(X[i], 3, axis=2))
        bars.bar(range(10), p[i])
        bars.set_xlabel(f"truth {LETTERS[Y[i]]}, answer {LETTERS[p[i].argmax()]}")
    return fig


@right("show_predictions")
def predictions_bold_tick(model, X, Y, rows):
    import matplotlib.pyplot as plt

    p = asked(model, X[:rows])
    fig, axes = plt.subplots(rows, 2, squeeze=False)
    for i in range(rows):
        axes[i, 0].imshow(X[i, :, :, 0], cmap="gray_r")
        axes[i, 1].bar(range(10), p[i])
        axes[i, 1].set_xticks(range(10), LETTERS)
        axes[i, 1].get_xticklabels()[Y[i]].set(weight="bold", color="red")
    plt.show()
    return fig


@right("show_predictions", "In grey")
def predictions_with_colour_scales(model, X, Y, rows):
    import matplotlib.pyplot as plt

    p = model.predict(X[:rows], verbose=0)
    fig, axes = plt.subplots(rows, 2, squeeze=False, figsize=(8, 3 * rows))
    for (picture, bars), x, row, letter in zip(axes, X, p, Y):
        fig.colorbar(picture.imshow(x[..., 0]), ax=picture)
        bars.bar(LETTERS, row, alpha=0.7, color=["C1" if k == letter else "C0" for k in range(10)])
        for k in range(10):
            bars.text(k, row[k], f"{row[k]:.2f}", ha="center")
        bars.set_title(f"it is {LETTERS[letter]}, the model says {LETTERS[row.argmax()]}")
    fig.tight_layout()
    return fig


@right("show_predictions", "Nothing says which bar")
def predictions_sure_bars_thinner(model, X, Y, rows):
    """The truth as a wide pale bar, the prediction as a thin one in front: both are seen."""
    import matplotlib.pyplot as plt

    p = np.asarray(model(X[:rows], training=False))
    fig, axes = plt.subplots(nrows=rows, ncols=2, squeeze=False)
    for i in range(rows):
        axes[i, 0].imshow(X[i, :, :, 0], cmap="gray_r")
        axes[i, 1].bar(range(10), np.eye(10)[Y[i]], width=0.9, color="lightgrey")
        axes[i, 1].bar(range(10), p[i], width=0.5, color="black")
    return fig


def figure(model, X, Y, rows, p=None, draw=None, mark=True, picture=None):
    """Draw as the unit does, with one thing exchanged."""
    import matplotlib.pyplot as plt

    p = asked(model, X[:rows]) if p is None else p
    fig, axes = plt.subplots(rows, 2, squeeze=False)
    for i in range(rows):
        axes[i, 0].imshow(X[i, :, :, 0] if picture is None else picture(X[i, :, :, 0]))
        if draw is not None:
            draw(axes[i, 1], p[i], Y[i])
            continue
        made = axes[i, 1].bar(LETTERS, p[i])
        if mark:
            made[Y[i]].set(color="orange")
    return fig


# ------------------------------------------------------------------- which pictures, how many


X_valid = np.random.default_rng(1).random((8, 28, 28, 1)).astype(np.float32)
y_valid = np.arange(8)


@wrong("show_predictions", "other_pictures")
def predictions_of_a_global(model, X, Y, rows):
    return figure(model, X_valid, y_valid, rows)


@wrong("show_predictions", "other_pictures")
def predictions_scaled_again(model, X, Y, rows):
    return figure(model, X, Y, rows, p=asked(model, X[:rows] / 255))


@wrong("show_predictions", "other_pictures_drawn")
def predictions_drawing_a_global(model, X, Y, rows):
    return figure(None, X_valid, Y, rows, p=asked(model, X[:rows]))


@wrong("show_predictions", "truth_not_marked")
def predictions_labels_of_a_global(model, X, Y, rows):
    return figure(model, X, y_valid, rows)


@wrong("show_predictions", "other_model")
def predictions_of_another_model(model, X, Y, rows):
    return figure(model, X, Y, rows, p=np.full((rows, 10), 0.1))


@wrong("show_predictions", "rows_ignored")
def predictions_always_eight(model, X, Y, rows):
    return figure(model, X, Y, 8)


@wrong("show_predictions", "rows_ignored")
def predictions_always_four(model, X, Y, rows):
    return figure(model, X, Y, 4)


@wrong("show_predictions", "rows_ignored")
def predictions_of_all_pictures(model, X, Y, rows):
    return figure(model, X, Y, len(X))


@wrong("show_predictions", "predicts_all")
def predictions_of_all_first(model, X, Y, rows):
    return figure(model, X, Y, rows, p=model.predict(X, verbose=0))


@wrong("show_predictions", "predicts_all")
def predictions_of_one_more(model, X, Y, rows):
    return figure(model, X, Y, rows, p=asked(model, X[: rows + 1]))


@wrong("show_predictions", "predicts_all")
def predictions_of_all_in_each_row(model, X, Y, rows):
    return figure(model, X, Y, rows, p=[asked(model, X)[i] for i in range(rows)])


@wrong("show_predictions", "not_the_first")
def predictions_at_random(model, X, Y, rows):
    chosen = np.random.choice(len(X), rows, replace=False)  # noqa: NPY002
    return figure(model, X[chosen], Y[chosen], rows)


@wrong("show_predictions", "not_the_first")
def predictions_from_one_on(model, X, Y, rows):
    return figure(model, X[1:], Y[1:], rows)


@wrong("show_predictions", "not_the_first")
def predictions_of_the_last(model, X, Y, rows):
    return figure(model, X[-rows:], Y[-rows:], rows)


@wrong("show_predictions", "other_order")
def predictions_from_below(model, X, Y, rows):
    return figure(model, X[:rows][::-1], Y[:rows][::-1], rows)


@wrong("show_predictions", "one_row")
def predictions_squeezed(model, X, Y, rows):
    import matplotlib.pyplot as plt

    answers = asked(model, X[:rows])
    fig, axes = plt.subplots(rows, 2)
    for i in range(rows):
        axes[i, 0].imshow(X[i, :, :, 0])
        axes[i, 1].bar(LETTERS, answers[i])[Y[i]].set(color="red")
    return fig


@wrong("show_predictions", "batch_axis_missing")
def predictions_without_batch_axis(model, X, Y, rows):
    return figure(model, X, Y, rows, p=[asked(model, X[i, :, :, 0]) for i in range(rows)])


# ---------------------------------------------------------------------------- which bars


@wrong("show_predictions", "bars_overlaid")
def predictions_truth_behind(model, X, Y, rows):
    def draw(ax, p, letter):
        ax.bar(range(10), np.eye(10)[letter], color="red")
        ax.bar(range(10), p, color="blue")

    return figure(model, X, Y, rows, draw=draw)


@wrong("show_predictions", "bars_overlaid")
def predictions_truth_in_front(model, X, Y, rows):
    def draw(ax, p, letter):
        ax.bar(LETTERS, p, label="prediction")
        ax.bar(LETTERS, np.arange(10) == letter, label="truth")

    return figure(model, X, Y, rows, draw=draw)


@wrong("show_predictions", "bars_overlaid")
def predictions_truth_lying_in_front(model, X, Y, rows):
    def draw(ax, p, letter):
        ax.barh(range(10), p)
        ax.barh([letter], [1])

    return figure(model, X, Y, rows, draw=draw)


@wrong("show_predictions", "truth_not_marked")
def predictions_without_truth(model, X, Y, rows):
    return figure(model, X, Y, rows, mark=False)


@wrong("show_predictions", "truth_not_marked")
def predictions_largest_marked(model, X, Y, rows):
    answers = asked(model, X[:rows])
    return figure(model, X, answers.argmax(axis=1), rows, p=answers)


@wrong("show_predictions", "same_truth")
def predictions_first_truth(model, X, Y, rows):
    return figure(model, X, np.repeat(Y[0], rows), rows)


@wrong("show_predictions", "same_truth")
def predictions_second_truth(model, X, Y, rows):
    return figure(model, X, np.repeat(Y[:2][-1], rows), rows)


@wrong("show_predictions", "other_letter_marked")
def predictions_next_letter(model, X, Y, rows):
    return figure(model, X, (Y + 1) % 10, rows)


@wrong("show_predictions", "other_letter_marked")
def predictions_next_letter_named(model, X, Y, rows):
    def draw(ax, p, letter):
        ax.bar(LETTERS, p)
        ax.set_title(f"true letter: {'ABCDEFGHIJ'[letter - 1]}")

    return figure(model, X, Y, rows, draw=draw)


@wrong("show_predictions", "same_bars")
def predictions_first_in_each_row(model, X, Y, rows):
    return figure(model, X, Y, rows, p=np.repeat(asked(model, X[:1]), rows, axis=0))


@wrong("show_predictions", "bars_of_other_rows")
def predictions_reversed_answers(model, X, Y, rows):
    return figure(model, X, Y, rows, p=asked(model, X[:rows])[::-1])


@wrong("show_predictions", "bars_sorted")
def predictions_sorted(model, X, Y, rows):
    return figure(model, X, Y, rows, p=np.sort(asked(model, X[:rows])))


@wrong("show_predictions", "only_the_largest")
def predictions_winner_only(model, X, Y, rows):
    def draw(ax, p, letter):
        ax.bar([p.argmax()], [p.max()], color="green" if p.argmax() == letter else "red")

    return figure(model, X, Y, rows, draw=draw)


@wrong("show_predictions", "only_the_largest")
def predictions_rounded(model, X, Y, rows):
    def draw(ax, p, letter):
        ax.bar(range(10), p == p.max())[letter].set(color="red")

    return figure(model, X, Y, rows, draw=draw)


@wrong("show_predictions", "truth_only")
def predictions_truth_alone(model, X, Y, rows):
    asked(model, X[:rows])
    return figure(model, X, Y, rows, p=np.eye(10)[Y[:rows]])


@wrong("show_predictions", "histogram")
def predictions_histogram(model, X, Y, rows):
    def draw(ax, p, letter):
        ax.hist(p, bins=10)
        ax.set_title(letter)

    return figure(model, X, Y, rows, draw=draw)


@wrong("show_predictions", "no_bars")
def predictions_line(model, X, Y, rows):
    def draw(ax, p, letter):
        ax.plot(p)
        ax.axvline(letter)

    return figure(model, X, Y, rows, draw=draw)


@wrong("show_predictions", "no_bars")
def predictions_empty_right_side(model, X, Y, rows):
    return figure(model, X, Y, rows, draw=lambda ax, p, letter: None)


@wrong("show_predictions", "other_bars")
def predictions_logarithms(model, X, Y, rows):
    return figure(model, X, Y, rows, p=np.log(asked(model, X[:rows])))


@wrong("show_predictions", "other_bars")
def predictions_softmax_again(model, X, Y, rows):
    e = np.exp(asked(model, X[:rows]))
    return figure(model, X, Y, rows, p=e / e.sum(axis=1, keepdims=True))


# ------------------------------------------------------------------------- which pictures


@wrong("show_predictions", "picture_turned")
def predictions_transposed(model, X, Y, rows):
    return figure(model, X, Y, rows, picture=np.transpose)


@wrong("show_predictions", "picture_turned")
def predictions_upside_down(model, X, Y, rows):
    return figure(model, X, Y, rows, picture=np.flipud)


@wrong("show_predictions", "picture_turned")
def predictions_origin_below(model, X, Y, rows):
    fig = figure(model, X, Y, rows)
    for ax in fig.axes[::2]:
        ax.invert_yaxis()
    return fig


@wrong("show_predictions", "same_picture")
def predictions_first_picture_always(model, X, Y, rows):
    return figure(None, np.repeat(X[:1], rows, axis=0), Y, rows, p=asked(model, X[:rows]))


@wrong("show_predictions", "no_pictures")
def predictions_bars_only(model, X, Y, rows):
    import matplotlib.pyplot as plt

    p = asked(model, X[:rows])
    fig, axes = plt.subplots(rows, 2, squeeze=False)
    for i in range(rows):
        axes[i, 1].bar(range(10), p[i])[Y[i]].set(color="red")
    return fig


@wrong("show_predictions", "all_in_one")
def predictions_over_each_other(model, X, Y, rows):
    import matplotlib.pyplot as plt

    p = asked(model, X[:rows])
    fig, (left, right_) = plt.subplots(1, 2)
    for i in range(rows):
        left.imshow(X[i, :, :, 0])
        right_.bar(range(10), p[i])[Y[i]].set(color="red")
    return fig


@wrong("show_predictions", "rows_columns_exchanged")
def predictions_side_by_side(model, X, Y, rows):
    import matplotlib.pyplot as plt

    p = asked(model, X[:rows])
    fig, axes = plt.subplots(2, rows, squeeze=False)
    for i in range(rows):
        axes[0, i].imshow(X[i, :, :, 0])
        axes[1, i].bar(range(10), p[i])[Y[i]].set(color="red")
    return fig


# ------------------------------------------------------------------------- what is returned


@wrong("show_predictions", "returns_none")
def predictions_shown_only(model, X, Y, rows):
    import matplotlib.pyplot as plt

    figure(model, X, Y, rows)
    plt.show()


@wrong("show_predictions", "last_figure_only")
def predictions_a_figure_each(model, X, Y, rows):
    for i in range(rows):
        fig = figure(model, X[i : i + 1], Y[i : i + 1], 1)
    return fig


@wrong("show_predictions", "fig_and_axes")
def predictions_both(model, X, Y, rows):
    fig = figure(model, X, Y, rows)
    return fig, np.reshape(fig.axes, (rows, 2))


@wrong("show_predictions", "axes_returned")
def predictions_axes(model, X, Y, rows):
    return np.reshape(figure(model, X, Y, rows).axes, (rows, 2))


@wrong("show_predictions", "axes_returned")
def predictions_last_axes(model, X, Y, rows):
    return figure(model, X, Y, rows).axes[-1]


@wrong("show_predictions", "pyplot_returned")
def predictions_pyplot(model, X, Y, rows):
    import matplotlib.pyplot as plt

    figure(model, X, Y, rows)
    return plt


@wrong("show_predictions", "not_a_figure")
def predictions_array(model, X, Y, rows):
    figure(model, X, Y, rows)
    return model.predict(X[:rows], verbose=0)
