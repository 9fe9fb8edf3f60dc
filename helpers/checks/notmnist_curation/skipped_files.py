"""Which files of an archive were skipped, and are those the right ones?"""

from __future__ import annotations

import numpy as np

from helpers.checks.notmnist_curation.made_archives import MadeArchive
from helpers.checks.running import Wrong


def are_strings(value: object) -> bool:
    """Tell whether `value` is a list, tuple or array of strings only."""
    return isinstance(value, list | tuple | np.ndarray) and all(
        isinstance(item, str) for item in value
    )


def expect_names(value: object, what: str) -> None:
    """Expect a list of strings, called `what` in the message."""
    if isinstance(value, int | np.integer):
        raise Wrong(
            f"{what}_counted",
            f"`{what}` is the number {value}. Keep a list of the names: you will want to look at "
            "the files.",
        )
    if not are_strings(value):
        inside = f" of `{type(value[0]).__name__}`" if isinstance(value, list | tuple) else ""
        raise Wrong(
            "not_names",
            f"`{what}` should be a list of names, each a string, but is a "
            f"`{type(value).__name__}`{inside}.",
        )


def expect_skipped(came: list[str], archive: MadeArchive) -> None:
    """Expect in `came` the members of an archive that cannot be read, in any order."""
    if sorted(came) == sorted(archive.skipped):
        return
    folders = {name for name, data in archive.members if data is None}
    good = set(archive.readable)
    if good <= set(came):
        raise Wrong(
            "hidden_mistake",
            "All pictures stand in `skipped`, the good ones too. So something in your `try` fails "
            "for each, and `except` hides what. Catch `(OSError, ValueError)` only, or take "
            "`try` away for one run and read the error.",
        )
    extra = set(came) - set(archive.skipped)
    if extra & folders:
        raise Wrong(
            "folders_skipped",
            f"`skipped` holds the folder `{min(extra & folders)}`. Folders are members of an "
            "archive too; leave them out before you try to read: `member.isfile()`.",
        )
    if came and sorted(came) == sorted(name.split("/")[-1] for name in archive.skipped):
        raise Wrong(
            "skipped_without_folder",
            "`skipped` should hold the members' full names, `member.name`: a file name can occur "
            "under several letters.",
        )
    if extra & good and all(archive.readable[name].ndim == 3 for name in extra & good):
        raise Wrong(
            "colour_skipped",
            f"`{min(extra & good)}` stands in `skipped`, but it is a coloured picture of "
            "28 x 28, and readable. Turn it grey before you look at its shape.",
        )
    _name_other_skipped(came, extra, good, archive)


def _name_other_skipped(came: list[str], extra: set, good: set, archive: MadeArchive) -> None:
    if extra & good:
        raise Wrong(
            "good_skipped",
            f"`{min(extra & good)}` stands in `skipped`, but can be read. Does anything but the "
            "reading fail in your `try`, or is your own test too strict?",
        )
    if came and all(len(name) == 1 for name in came):
        raise Wrong(
            "names_in_letters",
            f"`skipped` holds single letters, {came[:3]} and so on: `+=` adds every letter of a "
            "name for itself. `skipped.append(member.name)` adds the name.",
        )
    if extra - {name for name, _ in archive.members}:
        raise Wrong(
            "unknown_names",
            f"`skipped` holds `{min(extra)}`, which is no member of this archive. Take "
            "`member.name` as it is, and begin with empty lists at every call.",
        )
    if extra:
        raise Wrong(
            "others_skipped",
            f"`skipped` holds `{min(extra)}`. Only files that are called `.png` and cannot be "
            "read belong there; others are no loss.",
        )
    missing = [name for name in archive.skipped if name not in came]
    if missing:
        raise Wrong(
            "skipped_incomplete",
            f"`skipped` should hold {len(archive.skipped)} names, but holds {len(came)}: "
            f"`{missing[0]}` is missing. Empty, damaged, no picture, or not 28 x 28: all of these "
            "are skipped, and named.",
        )
    raise Wrong("skipped_twice", "`skipped` holds a name more than once.")
