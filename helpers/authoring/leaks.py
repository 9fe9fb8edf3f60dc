"""Look for answers where a student could find them.

A file is read as a student sees it: the strings of a notebook with their escapes undone, as HTML
shows them, without comments and spaces. Whole statements are compared, however they were wrapped.
"""

from __future__ import annotations

import ast
import html
import io
import json
import re
import tokenize
import warnings
from collections.abc import Iterator
from pathlib import Path

from helpers.authoring.markers import without_magics

# Lines that say nothing of an answer and stand in given code as well.
_TRIVIAL = re.compile(
    r"(return( \w+(, \w+)*)?|pass|break|continue|else:|try:|finally:|except.*:|while True:"
    r"|(async )?(for|with|def) .*:|\W*\w*\W*)$"
)
# From this length on a line is looked for inside others too, e.g. in an output.
_LONG = 12


def find_leaks(text: str, answers: list[str]) -> list[str]:
    """Return the markers and answer lines that stand in `text`.

    Spaces and the escapes of JSON make no difference.

    Parameters
    ----------
    text : str
        A student's file: source, outputs, metadata and attachments as they lie on disk.
    answers : list of str
        The lines that were taken out.

    Returns
    -------
    list of str
        Empty when nothing leaked.

    Examples
    --------
    >>> find_leaks("h = sigmoid( X@W1 )", ["h = sigmoid(X @ W1)"])
    ['h = sigmoid(X @ W1)']
    """
    marker = re.search(r"#\s*(BEGIN |END )?SOLUTION\b", text)
    found = [marker.group()] if marker else []
    forms = [form for string in _strings(text) for form in _forms(string)]
    lines = {_core(line) for form in forms for line in form.splitlines()}
    whole = "\n".join(map(_squeeze, forms))
    for answer in answers:
        short = _core(answer)
        if short in lines or (len(short) >= _LONG and short in whole):
            found.append(answer)
    return found


def _strings(text: str) -> Iterator[str]:
    """Yield every string of a JSON file, keys too, with the pieces of a list joined; else all."""
    try:
        pending = [json.loads(text)]
    except ValueError:
        yield text
        return
    while pending:
        value = pending.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            pending += [*value, *value.values()]
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            yield "\n".join(value)
        elif isinstance(value, list):
            pending += value


def _forms(string: str) -> set[str]:
    """Return a string as it is, as HTML shows it, and as ``repr`` had it before."""
    return {
        string,
        html.unescape(re.sub(r"</?\w[^>]*>", "", string)),
        string.replace("\\n", "\n").replace('\\"', '"').replace("\\'", "'"),
    }


def _core(line: str) -> str:
    """Return a line without comment, marks of prose, spaces and kinds of quotes."""
    return _squeeze(line.split("  #")[0]).strip("#\"',`-*")


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("'", '"')


def telling_statements(lines: list[str]) -> list[str]:
    """Return the statements in lines of code, each on one line, that may say something."""
    found = []
    for line in _logical_lines(lines):
        found.append(line)
        try:  # brackets that only serve to wrap a statement may be gone where it leaked
            with warnings.catch_warnings():
                # Joined lines of a string may make an escape that is none: a backslash and a space.
                warnings.simplefilter("ignore")
                found.append(ast.unparse(ast.parse(line)))
        except SyntaxError:  # the head of a compound statement, or a `return`
            continue
    return [line for line in dict.fromkeys(found) if line and not _TRIVIAL.match(line)]


def _logical_lines(lines: list[str]) -> list[str]:
    """Join the lines of each wrapped statement; comments and markers go away."""
    bare, joined, first = [line.strip() for line in lines], [], 0
    reader = io.StringIO(without_magics("\n".join(bare)) + "\n").readline
    for token in tokenize.generate_tokens(reader):
        row = token.start[0] - 1
        if token.type == tokenize.COMMENT:
            bare[row] = bare[row][: token.start[1]].rstrip()
        elif token.type == tokenize.NEWLINE:
            joined.append(" ".join(filter(None, bare[first : row + 1])))
            first = row + 1
    return joined


def telling_sentences(prose: str) -> list[str]:
    """Return the lines of prose that are long enough to be known again; tags are no prose."""
    lines = [re.sub(r"</?\w[^>]*>", "", line).strip() for line in prose.splitlines()]
    return [line for line in lines if len(_core(line)) >= 2 * _LONG]


def scan_folder(folder: Path, answers: list[str]) -> dict[Path, list[str]]:
    """Scan every file below `folder`, checkpoints included, for markers and answer lines."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    found = {
        path: find_leaks(path.read_text(encoding="utf-8", errors="replace"), answers)
        for path in files
    }
    return {path: leaks for path, leaks in found.items() if leaks}
