"""Does each row read from an archive have the label and the name of its picture?"""

from __future__ import annotations

import numpy as np

from helpers.checks.notmnist_curation.made_archives import LETTERS, MadeArchive
from helpers.checks.notmnist_curation.pictures import differs
from helpers.checks.running import Wrong


def expect_labels_and_names(
    X: np.ndarray, y: np.ndarray, names: list[str], archive: MadeArchive
) -> None:
    """Expect each row's label and name; `X` tells whether all three were reordered alike."""
    labels = np.array(archive.labels)
    if names != archive.names or not np.array_equal(y, labels):
        places = _places(X, names, archive)
        moved = sorted(places) == list(range(len(labels))) != places
        if moved:
            wrong = next(i for i, place in enumerate(places) if place != i)
            raise Wrong(
                "other_order",
                "The rows come in another order than the members of the archive: the picture that "
                f"is number {wrong} there stands in row {places.index(wrong)}. Keep their order.",
            )
    _expect_file_names(names, archive)
    _expect_labels(y, labels, archive)


def _places(X: np.ndarray, names: list[str], archive: MadeArchive) -> list[int]:
    """Return which picture of the archive each row is, with its name, -1 for none."""

    def place(row: np.ndarray, name: str) -> int:
        known = zip(archive.images, archive.names, strict=True)
        same = (name == own and not differs(row, image).any() for image, own in known)
        return next((i for i, found in enumerate(same) if found), -1)

    return [place(row, name) for row, name in zip(X, names, strict=True)]


def _expect_file_names(names: list[str], archive: MadeArchive) -> None:
    if names == archive.names:
        return
    if all(name.endswith("/" + own) for name, own in zip(names, archive.names, strict=True)):
        raise Wrong(
            "names_with_folders",
            f"`names[0]` should be `{archive.names[0]}`, but is `{names[0]}`: leave out the "
            "folders, `name.split('/')[-1]`.",
        )
    if sorted(names) == sorted(archive.names):
        raise Wrong(
            "rows_apart",
            "`names` stands in another order than `X`: row i of all three must be one picture.",
        )
    i = next(i for i, name in enumerate(names) if name != archive.names[i])
    cut = archive.names[i].startswith(names[i]) and names[i]
    raise Wrong(
        "names_cut" if cut else "wrong_names",
        f"`names[{i}]` should be `{archive.names[i]}`, but is `{names[i]}`. Keep the whole file "
        "name, with `.png`.",
    )


def _expect_labels(y: np.ndarray, labels: np.ndarray, archive: MadeArchive) -> None:
    if np.array_equal(y, labels):
        if y.dtype.kind not in "iu":
            raise Wrong(
                "not_whole_numbers",
                f"The labels are right, but of type {y.dtype}. They serve as indices: use int.",
            )
        return
    for hint, known, sentence in _label_mistakes(labels, archive):
        if np.array_equal(y, known):
            raise Wrong(hint, sentence)
    if np.array_equal(np.sort(y), np.sort(labels)):
        raise Wrong(
            "rows_apart",
            "`y` stands in another order than `X`: row i of both must be one picture.",
        )
    i = int(np.argwhere(y != labels)[0, 0])
    raise Wrong(
        "wrong_value",
        f"`y[{i}]` should be {labels[i]}, for `{archive.names[i]}` in the folder "
        f"`{LETTERS[labels[i]]}`, but is {y[i]}.",
    )


def _label_mistakes(labels: np.ndarray, archive: MadeArchive) -> list[tuple]:
    seen = list(dict.fromkeys(labels.tolist()))
    path = (
        "The label comes from the first character of the path or of the file's name. The letter is "
        "the folder in which the file lies: `member.name.split('/')[-2]`."
    )
    numbered = (
        "The letters are numbered as they occur in this archive. Then J gets another number in "
        "every archive: A is always 0, J always 9."
    )
    return [
        (
            "ord_not_shifted",
            labels + 65,
            "`ord('A')` is 65, so all labels are 65 too high. Subtract `ord('A')`.",
        ),
        (
            "label_not_found",
            np.full(len(labels), -1),
            "All labels are -1: `find` gives that where it finds nothing. What is looked up should "
            "be the letter, the folder in which the file lies.",
        ),
        ("one_based", labels + 1, "All labels are one too high: A is 0 and J is 9."),
        ("letter_of_the_path", np.full(len(labels), ord(archive.top[0]) - 65), path),
        ("letter_of_the_path", np.array([ord(name[0]) - 65 for name in archive.names]), path),
        ("order_of_appearance", np.array([seen.index(label) for label in labels]), numbered),
        ("order_of_appearance", np.unique(labels, return_inverse=True)[1], numbered),
    ]
