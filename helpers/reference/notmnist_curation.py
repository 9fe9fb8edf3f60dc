"""The book's own answers. Derived from solutions/05_notmnist_curation.py by `make notebooks`; never edited."""

from PIL import Image
from helpers.data import archive
import hashlib
import io
import numpy as np
import posixpath
import tarfile


def letter_image(data):
    """Return a uint8 array of shape (28, 28), or raise an error."""
    image = np.asarray(Image.open(io.BytesIO(data)).convert("L"))
    if image.shape != (28, 28):
        raise ValueError(f"{image.shape[0]} x {image.shape[1]} pixels")
    return image


def read_letters(archive):
    """Return X (n, 28, 28) uint8, y (n,), n file names, and the skipped members."""
    images, labels, names, skipped = [], [], [], []
    with tarfile.open(archive) as members:
        for member in members:
            if not member.name.endswith(".png"):
                continue
            letter, name = member.name.split("/")[-2:]
            data = members.extractfile(member).read()
            try:
                image = letter_image(data)
            except (OSError, ValueError):
                skipped.append(member.name)
                continue
            images.append(image)
            labels.append("ABCDEFGHIJ".index(letter))
            names.append(name)
    return np.stack(images), np.array(labels), names, skipped


def contact_sheet(X, y, columns, rng):
    """Return a uint8 picture of shape (10 * 28, columns * 28)."""
    rows = []
    for label in range(10):
        own = np.flatnonzero(y == label)
        which = rng.choice(own, columns, replace=False)
        rows.append(np.hstack(X[which]))
    return np.vstack(rows)


def class_table(y, k):
    """Return k counts, and smallest / largest."""
    counts = np.bincount(y, minlength=k)
    balance = counts.min() / counts.max()
    return counts, balance


def split(X, y, rng):
    """Return three pairs (X, y): for training, validation and test."""
    order = rng.permutation(len(X))
    cuts = [round(0.7 * len(X)), round(0.85 * len(X))]
    parts = np.split(order, cuts)
    return [(X[rows], y[rows]) for rows in parts]


def overlap(A, B):
    """Return a boolean array of shape (len(B),)."""
    known = {image.tobytes() for image in A}
    return np.array([image.tobytes() in known for image in B])


def near(A, B, radius):
    """Return a boolean array of shape (len(B),)."""
    a = A.reshape(len(A), -1) / 255
    b = B.reshape(len(B), -1) / 255
    sums = (a**2).sum(axis=1)[:, None] + (b**2).sum(axis=1)
    squares = sums - 2 * a @ b.T
    return np.sqrt(np.maximum(squares, 0)).min(axis=0) <= radius


def learning_curve(make_model, train, valid, sizes, rng):
    """Return {size: share right on valid} of models trained on `size` rows."""
    (X, y), (X_valid, y_valid) = train, valid
    found = {}
    for size in sizes:
        which = rng.choice(len(X), size, replace=False)
        model = make_model().fit(X[which], y[which])
        found[size] = model.score(X_valid, y_valid)
    return found


def leakage(score, train, test, twins, rng):
    """Return the accuracies "all", "without twins" and "without others"."""
    X, y = train
    others = np.flatnonzero(~twins)
    drop = rng.choice(others, twins.sum(), replace=False)
    keep = np.delete(np.arange(len(X)), drop)
    found = {"all": score(train, test)}
    found["without twins"] = score((X[~twins], y[~twins]), test)
    found["without others"] = score((X[keep], y[keep]), test)
    return found


def conclusion():
    """Return the letter of an answer to each question above."""
    test = "b"
    training = "a"
    advice = "c"
    return {"test": test, "training": training, "advice": advice}


def split_by_group(groups, share, rng):
    """Return a boolean array of shape (len(groups),): True for rows that are held out."""
    different = np.unique(groups)
    count = max(1, round(share * len(different)))
    held = rng.choice(different, count, replace=False)
    return np.isin(groups, held)


def suspects(P, y, k):
    """Return k row numbers."""
    believed = P[np.arange(len(y)), y]
    return np.argsort(believed)[:k]


def sha256_of(path):
    """Return the SHA-256 of a file as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(1 << 16):
            digest.update(piece)
    return digest.hexdigest()


def safe_members(members):
    """Return the members that may be unpacked, as a list."""
    safe = []
    for member in members:
        name = member.name.replace("\\", "/")
        absolute = name.startswith("/") or name[1:2] == ":"
        outside = posixpath.normpath(name).split("/")[0] == ".."
        if (member.isfile() or member.isdir()) and not (absolute or outside):
            safe.append(member)
    return safe


def normalise(X):
    """Return the pixels as float32 between -0.5 and 0.5."""
    return (X.astype(np.float32) - 127.5) / 255


def save_letters(path, X, y):
    """Write X and y into one compressed .npz file."""
    np.savez_compressed(path, X=X, y=y)
