"""Which members of an archive were chosen for unpacking, and are those the right ones?"""

from __future__ import annotations

import tarfile
from collections.abc import Sequence

from helpers.checks.notmnist_curation.made_members import SAFE, Member
from helpers.checks.running import Wrong

# What must not pass, with its hint and what to say of it; the most common kind first.
_PASSED = {
    "absolute": (
        "absolute_passes",
        "An absolute path does not care where you unpack. Leave out names that begin with `/`.",
    ),
    "dots": (
        "dots_pass",
        "Its `..` lead out of the folder. They need not stand in front, and what follows may lead "
        "down again: `posixpath.normpath(name)` works the path out; see whether a `..` is left in "
        "front.",
    ),
    "link": (
        "links_pass",
        "It is a link, and a later member with the link in its path is written wherever the link "
        "points. Keep only members for which `isfile()` or `isdir()` holds.",
    ),
    "device": (
        "devices_pass",
        "It is a device or a pipe, which nobody sends in a data set. Ask for what may pass, "
        "`isfile()` or `isdir()`, and not for what may not.",
    ),
    "drive": (
        "drive_passes",
        "On Windows a letter and a colon in front name a drive, whichever letter and whatever "
        "follows. Look at `name[1:2]`, or ask `PureWindowsPath(name).drive`.",
    ),
    "backslashes": (
        "backslashes_pass",
        "On Windows a backslash separates like a slash. Replace `\\` by `/` in a copy of the name "
        "before you look at it.",
    ),
}
_LOST = {
    "dots_in_name": (
        "dots_in_names_refused",
        "Two dots within a name are harmless. Only a whole part `..` between slashes leads up.",
    ),
    "detour": (
        "detour_refused",
        "It goes one folder up and down again and stays inside. `posixpath.normpath(name)` works "
        "the path out first.",
    ),
    "backslashes_inside": (
        "backslashes_refused",
        "A backslash separates like a slash, and this path stays inside. Look at where a path "
        "leads, not at which characters stand in it.",
    ),
    "folder": ("folders_lost", "It is a folder inside: `member.isdir()`."),
    "file": ("files_lost", "It is a file that stays inside."),
}


def expect_chosen(came: object, members: list[Member]) -> None:
    """Expect the members that may be unpacked, as a list and in their order.

    Parameters
    ----------
    came : object
        What the answer returned; copies of members are as good as the members.
    members : list of Member
        All of the archive.
    """
    _expect_members(came, members)
    kinds = {member.info.name: member.kind for member in members}
    names, right = [member.name for member in came], [n for n, k in kinds.items() if k in SAFE]
    if names == right:
        return
    _expect_a_choice(names, kinds, right)
    chosen = set(names)
    for kind, (hint, sentence) in _PASSED.items():
        _refuse(hint, sentence, "passes", [n for n in names if kinds[n] == kind])
    if len(names) == 1 and names == right[:1]:
        raise Wrong(
            "first_only",
            f"Only the first safe member came back, of {len(right)}. Does `return` stand inside "
            "the loop?",
        )
    for kind, (hint, sentence) in _LOST.items():
        lost = [n for n in right if kinds[n] == kind and n not in chosen]
        _refuse(hint, sentence, "is left out", lost)
    raise Wrong(
        "other_order",
        "These are the right members, but in another order. A folder comes before its files, so "
        "keep the order of the archive.",
    )


def _refuse(hint: str, sentence: str, what: str, names: list[str]) -> None:
    if names:
        raise Wrong(hint, f"The member `{names[0]}` {what}. {sentence}")


def _expect_members(came: object, members: list[Member]) -> None:
    if not isinstance(came, list | tuple):
        raise Wrong(
            "not_a_list",
            "`safe_members` should return a list of members, but returned a value of type "
            f"`{type(came).__name__}`. `[member for member in members if ...]` makes a list.",
        )
    if any(isinstance(item, bool) for item in came):
        raise Wrong(
            "truth_values",
            "There came True and False for each member. Return the members themselves, those for "
            "which it is True.",
        )
    strange = [item for item in came if not isinstance(item, tarfile.TarInfo)]
    if strange:
        raise Wrong(
            "names_not_members",
            f"The list should hold members, but holds `{strange[0]!r:.60}`. Append `member`, not "
            "its name: unpacking needs the whole entry.",
        )
    known = {member.info.name for member in members}
    unknown = [item.name for item in came if item.name not in known]
    if unknown:
        raise Wrong(
            "unknown_member",
            f"There came a member `{unknown[0]}`, which this archive does not have. Leave hostile "
            "members out instead of renaming them, and begin with an empty list at every call.",
        )


def _expect_a_choice(names: Sequence[str], kinds: dict[str, str], right: list[str]) -> None:
    if not names:
        raise Wrong(
            "empty",
            f"No member is left, but {len(right)} of {len(kinds)} are files and folders that stay "
            f"inside, `{right[0]}` for one.",
        )
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise Wrong("twice", f"The member `{twice}` comes twice. Append each at one place only.")
    if len(names) == len(kinds):
        raise Wrong(
            "all_pass",
            f"All {len(kinds)} members pass, `{next(n for n in names if n not in right)}` among "
            "them. Look at each one's type and name.",
        )
    if set(names) == set(kinds) - set(right):
        raise Wrong(
            "dangerous_ones",
            "These are exactly the members that must not be unpacked. Turn the condition round.",
        )
