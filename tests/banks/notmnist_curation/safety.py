"""Answers to which members may be unpacked, and to the checksum of a file."""

import copy
import gzip
import hashlib
import mmap
import ntpath
import os
import posixpath
import re
import tarfile
import zlib
from pathlib import Path, PurePosixPath, PureWindowsPath

from tests.banks import right, wrong


def stays_inside(name):
    name = name.replace("\\", "/")
    if name.startswith("/") or name[1:2] == ":":
        return False
    return posixpath.normpath(name).split("/")[0] != ".."


# safe_members


@right("safe_members")
def members_normpath(members):
    safe = []
    for member in members:
        name = member.name.replace("\\", "/")
        if not (member.isfile() or member.isdir()):
            continue
        if name.startswith("/") or (len(name) > 1 and name[1] == ":"):
            continue
        path = posixpath.normpath(name)
        if path == ".." or path.startswith("../"):
            continue
        safe.append(member)
    return safe


@right("safe_members")
def members_depth(members):
    def inside(name):
        depth = 0
        for part in PureWindowsPath(name).parts:
            depth += -1 if part == ".." else 1
            if depth < 0:
                return False
        path = PureWindowsPath(name)
        return not (path.drive or path.root)

    return [m for m in members if (m.isreg() or m.isdir()) and inside(m.name)]


@right("safe_members")
def members_resolved(members):
    folder = Path("/some/where/unpacked")

    def inside(name):
        if PureWindowsPath(name).drive or PurePosixPath(name).is_absolute():
            return False
        target = os.path.normpath(folder / name.replace("\\", "/"))
        return target == str(folder) or target.startswith(str(folder) + os.sep)

    return list(
        filter(lambda m: m.type in (tarfile.REGTYPE, tarfile.DIRTYPE) and inside(m.name), members)
    )


@right("safe_members")
def members_kinds_denied(members):
    return tuple(
        copy.copy(m)
        for m in members
        if not (m.issym() or m.islnk() or m.isdev()) and stays_inside(m.name)
    )


@wrong("safe_members", "dots_pass")
def members_slash_only(members):
    return [m for m in members if not m.name.startswith("/")]


@wrong("safe_members", "dots_pass")
def members_absolute_only(members):
    return [
        m
        for m in members
        if not m.name.startswith("/") and m.name[1:2] != ":" and (m.isfile() or m.isdir())
    ]


@wrong("safe_members", "dots_pass")
def members_dots_in_front_only(members):
    return [
        m
        for m in members
        if (m.isfile() or m.isdir())
        and not m.name.startswith(("/", "../", "..\\"))
        and m.name[1:2] != ":"
        and m.name != ".."
    ]


@wrong("safe_members", "backslashes_pass")
def members_posix_only(members):
    return [
        m
        for m in members
        if (m.isfile() or m.isdir())
        and not m.name.startswith("/")
        and m.name[1:2] != ":"
        and posixpath.normpath(m.name).split("/")[0] != ".."
    ]


@wrong("safe_members", "absolute_passes")
def members_no_absolute_test(members):
    return [
        m
        for m in members
        if (m.isfile() or m.isdir())
        and m.name[1:2] != ":"
        and posixpath.normpath(m.name.replace("\\", "/")).split("/")[0] != ".."
    ]


@wrong("safe_members", "drive_passes")
def members_only_drive_c_with_backslash(members):
    return [m for m in members_normpath_no_drive(members) if not m.name.startswith("C:\\")]


@wrong("safe_members", "drive_passes")
def members_only_drive_c(members):
    return [m for m in members_normpath_no_drive(members) if not m.name.startswith("C:")]


def members_normpath_no_drive(members):
    return [
        m
        for m in members
        if (m.isfile() or m.isdir())
        and not m.name.startswith("/")
        and posixpath.normpath(m.name.replace("\\", "/")).split("/")[0] != ".."
    ]


@wrong("safe_members", "links_pass")
def members_names_only(members):
    return [m for m in members if stays_inside(m.name)]


@wrong("safe_members", "links_pass")
def members_symbolic_links_only(members):
    return [m for m in members if stays_inside(m.name) and not m.issym() and not m.isdev()]


@wrong("safe_members", "links_pass")
def members_links_looked_at_by_target(members):
    return [
        m
        for m in members
        if stays_inside(m.name) and not m.isdev() and stays_inside(m.linkname or ".")
    ]


@wrong("safe_members", "devices_pass")
def members_devices_forgotten(members):
    return [m for m in members if stays_inside(m.name) and not m.issym() and not m.islnk()]


@wrong("safe_members", "devices_pass")
def members_fifo_forgotten(members):
    return [
        m
        for m in members
        if stays_inside(m.name) and not (m.issym() or m.islnk() or m.ischr() or m.isblk())
    ]


@wrong("safe_members", "dots_in_names_refused")
def members_any_two_dots(members):
    return [
        m for m in members if stays_inside(m.name) and ".." not in m.name and m.isreg() | m.isdir()
    ]


@wrong("safe_members", "dots_in_names_refused")
def members_startswith_after_normpath(members):
    return [
        m
        for m in members
        if (m.isfile() or m.isdir())
        and stays_inside(m.name)
        and not posixpath.normpath(m.name).startswith("..")
    ]


@wrong("safe_members", "detour_refused")
def members_any_dots_part(members):
    return [
        m
        for m in members
        if (m.isfile() or m.isdir())
        and stays_inside(m.name)
        and ".." not in m.name.replace("\\", "/").split("/")
    ]


@wrong("safe_members", "folders_lost")
def members_files_only(members):
    return [m for m in members if stays_inside(m.name) and m.isfile()]


@wrong("safe_members", "names_not_members")
def members_names_returned(members):
    return [m.name for m in members_normpath(members)]


@wrong("safe_members", "truth_values")
def members_truth_values(members):
    safe = members_normpath(members)
    return [m in safe for m in members]


@wrong("safe_members", "dangerous_ones")
def members_the_dangerous(members):
    safe = members_normpath(members)
    return [m for m in members if m not in safe]


@wrong("safe_members", "empty")
def members_none_left(members):
    return []


@wrong("safe_members", "all_pass")
def members_all(members):
    return list(members)


@wrong("safe_members", "other_order")
def members_sorted(members):
    return sorted(members_normpath(members), key=lambda m: m.name)


@wrong("safe_members", "other_order")
def members_folders_first(members):
    safe = members_normpath(members)
    return [m for m in safe if m.isdir()] + [m for m in safe if m.isfile()]


@wrong("safe_members", "not_a_list")
def members_generator(members):
    return (m for m in members_normpath(members))


@wrong("safe_members", "not_a_list")
def members_filter(members):
    return filter(lambda m: m.isfile() and stays_inside(m.name), members)


@wrong("safe_members", "changes_input")
def members_removed_in_the_loop(members):
    for member in members:
        if not stays_inside(member.name) or not (member.isfile() or member.isdir()):
            members.remove(member)
    return members


@wrong("safe_members", "changes_input")
def members_turned_round(members):
    safe = members_normpath(members)
    members.reverse()
    return safe


@wrong("safe_members", "changes_members")
def members_renamed(members):
    for member in members:
        member.name = member.name.lstrip("/").replace("../", "")
    return [m for m in members if m.isfile() or m.isdir()]


@wrong("safe_members", "raises")
def members_raises(members):
    for member in members:
        if not stays_inside(member.name):
            raise ValueError(member.name)
    return members


@wrong("safe_members", "twice")
def members_twice(members):
    safe = []
    for member in members:
        if member.isfile() and stays_inside(member.name):
            safe.append(member)
        if (member.isfile() or member.isdir()) and stays_inside(member.name):
            safe.append(member)
    return safe


@wrong("safe_members", "first_only")
def members_return_in_the_loop(members):
    safe = []
    for member in members:
        if member in members_normpath(members):
            safe.append(member)
            return safe
    return safe


@wrong("safe_members", "dots_pass")
def members_starts_with_folder(members):
    folder = os.getcwd()
    return [
        m
        for m in members
        if (m.isfile() or m.isdir())
        and not ntpath.splitdrive(m.name)[0]
        and os.path.abspath(os.path.join(folder, m.name.replace("\\", "/"))).startswith(folder)
    ]


@right("safe_members")
def members_regular_expression(members):
    outside = re.compile(r"[A-Za-z]:|/|\.\.(/|$)")
    safe = []
    for member in members:
        path = os.path.normpath(member.name.replace("\\", "/"))
        if member.type in (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.DIRTYPE):
            safe += [] if outside.match(path) else [member]
    return safe


@right("safe_members")
def members_parts_on_a_stack(members):
    def climbs_out(name):
        stack = []
        for part in name.replace("\\", "/").split("/"):
            if part == ".." and not stack:
                return True
            if part == "..":
                stack.pop()
            elif part not in ("", "."):
                stack.append(part)
        return False

    return [
        m
        for m in members
        if (m.isdir() or m.isreg())
        and m.name[0] not in "/\\"
        and not ntpath.splitdrive(m.name)[0]
        and not climbs_out(m.name)
    ]


@wrong("safe_members", "absolute_passes")
def members_filter_of_tarfile(members):
    safe = []
    for member in members:
        try:
            tarfile.data_filter(member, os.getcwd())
        except tarfile.FilterError:
            continue
        safe.append(member)
    return safe


@wrong("safe_members", "drive_passes")
def members_resolved_by_pathlib(members):
    here = Path.cwd().resolve()
    return [
        m
        for m in members
        if (m.isfile() or m.isdir()) and (here / m.name).resolve().is_relative_to(here)
    ]


@wrong("safe_members", "dots_pass")
def members_dots_followed_by_slash(members):
    return [
        m
        for m in members
        if (m.isfile() or m.isdir())
        and m.name[0] not in "/\\"
        and m.name[1:2] != ":"
        and not posixpath.normpath(m.name.replace("\\", "/")).startswith("../")
    ]


@wrong("safe_members", "dots_pass")
def members_depth_at_the_end(members):
    def depth(name):
        parts = name.replace("\\", "/").split("/")
        return sum(-1 if part == ".." else 1 for part in parts)

    return [
        m
        for m in members
        if (m.isfile() or m.isdir())
        and m.name[0] not in "/\\"
        and m.name[1:2] != ":"
        and depth(m.name) >= 0
    ]


@wrong("safe_members", "files_lost")
def members_pictures_only(members):
    return [m for m in members_normpath(members) if m.name.endswith(".png") or m.isdir()]


@wrong("safe_members", "files_lost")
def members_dot_in_front_refused(members):
    return [m for m in members_normpath(members) if not m.name.startswith("./")]


@wrong("safe_members", "not_a_list")
def members_dictionary(members):
    return {m.name: m for m in members_normpath(members)}


@wrong("safe_members", "unknown_member")
def members_repaired_copies(members):
    return [
        m.replace(name=posixpath.basename(m.name), deep=False)
        for m in members
        if m.isfile() or m.isdir()
    ]


@wrong("safe_members", "unknown_member")
def members_kept_between_calls(members, safe=[]):  # noqa: B006
    safe.extend(members_normpath(members))
    return safe


@wrong("safe_members", "raises")
def members_subscripted(members):
    return [m for m in members if not m["name"].startswith("/")]


@wrong("safe_members", "returns_none")
def members_nothing_for_nothing(members):
    if members:
        return members_normpath(members)


_NAMES = {}


@wrong("safe_members", "files_lost")
def members_remembered_by_name(members):
    for member in members:
        _NAMES.setdefault(member.name, bool(members_normpath([member])))
    return [m for m in members if _NAMES[m.name]]


# sha256_of


@right("sha256_of")
def sha_as_in_the_book(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(1 << 16):
            digest.update(piece)
    return digest.hexdigest()


@right("sha256_of")
def sha_file_digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@right("sha256_of")
def sha_iter(path):
    digest = hashlib.new("sha256")
    with Path(path).open("rb", buffering=0) as file:
        for piece in iter(lambda: file.read(4_000_000), b""):
            digest.update(piece)
    return digest.digest().hex()


@right("sha256_of")
def sha_lines(path):
    digest = hashlib.sha256()
    for line in open(path, "rb"):
        digest.update(line)
    return digest.hexdigest()


@right("sha256_of")
def sha_mmap(path):
    if os.path.getsize(path) == 0:
        return hashlib.sha256(b"").hexdigest()
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return hashlib.sha256(data).hexdigest()


@wrong("sha256_of", "whole_file")
def sha_whole_file(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


@wrong("sha256_of", "whole_file")
def sha_pieces_of_a_whole(path):
    digest = hashlib.sha256()
    data = open(path, "rb").read()
    for start in range(0, len(data), 1000):
        digest.update(data[start : start + 1000])
    return digest.hexdigest()


@wrong("sha256_of", "bytes_not_hex")
def sha_bytes(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(1 << 16):
            digest.update(piece)
    return digest.digest()


@wrong("sha256_of", "hash_object")
def sha_object(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256")


@wrong("sha256_of", "text_mode")
def sha_text(path):
    with open(path) as file:
        return hashlib.sha256(file.read().encode()).hexdigest()


@wrong("sha256_of", "text_mode")
def sha_text_not_encoded(path):
    with open(path) as file:
        return hashlib.sha256(file.read()).hexdigest()


@wrong("sha256_of", "text_mode")
def sha_latin(path):
    with open(path, encoding="latin-1") as file:
        return hashlib.sha256(file.read().encode("latin-1")).hexdigest()


@wrong("sha256_of", "text_mode")
def sha_errors_ignored(path):
    with open(path, encoding="utf-8", errors="ignore") as file:
        return hashlib.sha256(file.read().encode()).hexdigest()


@wrong("sha256_of", "name_hashed")
def sha_of_the_path(path):
    return hashlib.sha256(str(path).encode()).hexdigest()


@wrong("sha256_of", "name_hashed")
def sha_of_the_name(path):
    return hashlib.sha256(path.name.encode()).hexdigest()


@wrong("sha256_of", "other_algorithm")
def sha_md5(path):
    return hashlib.md5(Path(path).read_bytes()).hexdigest()


@wrong("sha256_of", "other_algorithm")
def sha_512(path):
    return hashlib.sha512(Path(path).read_bytes()).hexdigest()


@wrong("sha256_of", "first_piece_only")
def sha_first_piece(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read(1 << 16)).hexdigest()


@wrong("sha256_of", "first_piece_only")
def sha_first_odd_piece(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read(70_001)).hexdigest()


@wrong("sha256_of", "last_piece_only")
def sha_last_piece(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(4096):
            digest = hashlib.sha256(piece)
    return digest.hexdigest()


@wrong("sha256_of", "pieces_lost")
def sha_short_piece_lost(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while len(piece := file.read(4096)) == 4096:
            digest.update(piece)
    return digest.hexdigest()


@wrong("sha256_of", "first_piece_only")
def sha_first_line(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.readline()).hexdigest()


@wrong("sha256_of", "not_bytes")
def sha_of_list(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        digest.update(file.readlines())
    return digest.hexdigest()


@wrong("sha256_of", "upper_case")
def sha_upper_case(path):
    return sha_as_in_the_book(path).upper()


@wrong("sha256_of", "more_than_the_digest")
def sha_with_prefix(path):
    return "sha256:" + sha_as_in_the_book(path)


@wrong("sha256_of", "wrong_value")
def sha_of_hex(path):
    return hashlib.sha256(sha_as_in_the_book(path).encode()).hexdigest()


@wrong("sha256_of", "not_a_digest")
def sha_builtin_hash(path):
    return str(hash(Path(path).read_bytes()))


@wrong("sha256_of", "not_a_digest")
def sha_number(path):
    return int(sha_as_in_the_book(path), 16)


_DIGEST = hashlib.sha256()


@wrong("sha256_of", "one_hash_for_all")
def sha_one_for_all(path):
    with open(path, "rb") as file:
        while piece := file.read(1 << 16):
            _DIGEST.update(piece)
    return _DIGEST.hexdigest()


@wrong("sha256_of", "never_returns")
def sha_never_at_the_end(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while True:
            digest.update(file.read(1000))
    return digest.hexdigest()


@right("sha256_of")
def sha_into_one_buffer(path):
    digest, buffer = hashlib.sha256(), bytearray(1 << 18)
    with open(path, "rb", buffering=0) as file:
        while size := file.readinto(buffer):
            digest.update(memoryview(buffer)[:size])
    return digest.hexdigest()


@right("sha256_of")
def sha_loop_with_break(path):
    digest = hashlib.sha256()
    file = open(str(path), mode="br")
    while True:
        piece = file.read(1024 * 1024)
        if len(piece) == 0:
            break
        digest.update(piece)
    file.close()
    return str(digest.hexdigest())


@wrong("sha256_of", "opened_for_writing")
def sha_opened_for_writing(path):
    with open(path, "wb") as file:
        return hashlib.sha256(file.read()).hexdigest()


@wrong("sha256_of", "changes_file")
def sha_emptied_afterwards(path):
    digest = sha_as_in_the_book(path)
    open(path, "w").close()
    return digest


@wrong("sha256_of", "line_ends_lost")
def sha_lines_stripped(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for line in file:
            digest.update(line.strip())
    return digest.hexdigest()


@wrong("sha256_of", "line_ends_lost")
def sha_split_lines(path):
    return hashlib.sha256(b"".join(Path(path).read_bytes().split(b"\n"))).hexdigest()


@wrong("sha256_of", "first_piece_only")
def sha_return_in_the_loop(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(8192):
            digest.update(piece)
            return digest.hexdigest()


@wrong("sha256_of", "first_piece_only")
def sha_of_nothing(path):
    with open(path, "rb"):
        return hashlib.sha256().hexdigest()


@wrong("sha256_of", "not_a_digest")
def sha_of_each_piece(path):
    digests = []
    with open(path, "rb") as file:
        while piece := file.read(1 << 16):
            digests.append(hashlib.sha256(piece).hexdigest())
    return "".join(digests)


@wrong("sha256_of", "not_a_digest")
def sha_checksum_of_zip(path):
    return zlib.crc32(Path(path).read_bytes())


@wrong("sha256_of", "raises")
def sha_unpacked_first(path):
    with gzip.open(path) as file:
        return hashlib.sha256(file.read()).hexdigest()


@wrong("sha256_of", "path_type")
def sha_with_paths_only(path):
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


@wrong("sha256_of", "returns_none")
def sha_nothing_for_an_empty_file(path):
    if os.path.getsize(path):
        return sha_as_in_the_book(path)


@wrong("sha256_of", "whole_file")
def sha_pieces_collected(path):
    with open(path, "rb") as file:
        pieces = list(iter(lambda: file.read(1 << 16), b""))
    return hashlib.sha256(b"".join(pieces)).hexdigest()


_KNOWN = {}


@wrong("sha256_of", "old_digest")
def sha_remembered_by_name(path):
    if path not in _KNOWN:
        _KNOWN[path] = sha_as_in_the_book(path)
    return _KNOWN[path]


@right("sha256_of")
def sha_in_large_pieces(path, size=1 << 24):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(size):
            digest.update(piece)
    return digest.hexdigest()


@right("sha256_of")
def sha_in_small_pieces(path: str | Path) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        piece = file.read(256)
        while piece:
            digest.update(piece)
            piece = file.read(256)
    return digest.hexdigest()


@wrong("sha256_of", "first_piece_only")
def sha_a_hundred_pieces(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for _ in range(100):
            digest.update(file.read(50_000))
    return digest.hexdigest()


@wrong("sha256_of", "whole_file")
def sha_pieces_put_together(path):
    data = b""
    with open(path, "rb") as file:
        while piece := file.read(1 << 16):
            data += piece
    return hashlib.sha256(data).hexdigest()


@wrong("sha256_of", "pieces_lost")
def sha_ten_pieces(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for _ in range(10):
            digest.update(file.read(1_000_000))
    return digest.hexdigest()


@wrong("sha256_of", "first_piece_lost")
def sha_reads_on_before_the_update(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        piece = file.read(1 << 16)
        while piece:
            piece = file.read(1 << 16)
            digest.update(piece)
    return digest.hexdigest()


@wrong("safe_members", "drive_passes")
def members_drive_with_a_root_only(members):
    return [
        m
        for m in members_normpath_no_drive(members)
        if not PureWindowsPath(m.name).is_absolute() and not m.name.startswith("\\")
    ]


@wrong("safe_members", "drive_passes")
def members_two_drives(members):
    safe = []
    for member in members_normpath_no_drive(members):
        if not member.name.upper().startswith(("C:", "D:")):
            safe.append(member)
    return safe


@wrong("safe_members", "drive_passes")
def members_drive_as_a_whole_part(members):
    return [
        m
        for m in members_normpath_no_drive(members)
        if not m.name.replace("\\", "/").split("/")[0].endswith(":")
    ]


@wrong("safe_members", "backslashes_refused")
def members_no_backslash_at_all(members):
    return [m for m in members_normpath(members) if "\\" not in m.name]
