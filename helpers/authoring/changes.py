"""What a change does to the site: ``python -m helpers.authoring.changes BEFORE AFTER``.

Compares two built sites and prints a page in Markdown: which pages are new, gone or changed, what
changed in their text, and how many of their figures.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

from helpers.authoring.built_site import pages

_BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "tr", "pre", "figcaption", "summary", "dt", "dd"}


class _Article(HTMLParser):
    """The text of a page's article, a line for each block, and the addresses of its pictures."""

    def __init__(self, text: str):
        super().__init__()
        self.lines, self.pictures, self.quiet = [""], [], False
        _, _, article = text.partition("<article")
        self.feed(article.partition("</article>")[0])

    def handle_starttag(self, tag, attributes):
        if tag == "img":
            self.pictures.append(dict(attributes).get("src", ""))
        if tag in _BLOCKS:
            self.lines.append("")
        self.quiet = tag in ("script", "style")

    def handle_endtag(self, tag):
        self.quiet = False

    def handle_data(self, data):
        if not self.quiet:
            self.lines[-1] += data


def _read(page: Path) -> tuple[list[str], set[str]]:
    """Return a page's lines of text, and a digest of each of its pictures."""
    article = _Article(page.read_text(encoding="utf-8"))
    lines = [" ".join(line.split()) for line in article.lines]
    digests = set()
    for source in article.pictures:
        # The pictures of a stepper stand in the page itself, as data.
        data = source.encode() if ":" in source else (page.parent / source).read_bytes()
        digests.add(hashlib.sha256(data).hexdigest())
    # A figure's number moves with every figure before it, on all pages.
    return [re.sub(r"^Fig\. \d+ ", "", line) for line in lines if line], digests


def changes(before: Path, after: Path) -> str:
    """Return the page on what differs between two built sites.

    Parameters
    ----------
    before, after : Path
        The folders of both sites.
    """
    old, new = ({p.relative_to(site) for p in pages(site)} for site in (before, after))
    parts = [f"- new: {path}" for path in sorted(new - old)]
    parts += [f"- gone: {path}" for path in sorted(old - new)]
    for path in sorted(old & new):
        (lines, pictures), (new_lines, new_pictures) = _read(before / path), _read(after / path)
        if lines == new_lines and pictures == new_pictures:
            continue
        figures = len(new_pictures - pictures)
        parts.append(f"- changed: {path}, figures that are new or redrawn: {figures}")
        difference = list(difflib.unified_diff(lines, new_lines, lineterm="", n=0))[2:]
        if difference:
            shown = "\n".join(line[:400] for line in difference[:_SHOWN])
            more = len(difference) - _SHOWN
            rest = f"\n… and {more} more lines" if more > 0 else ""
            parts.append(f"\n```diff\n{shown}{rest}\n```\n")
    return "# What changes on the site\n\n" + ("\n".join(parts) or "Nothing.") + "\n"


_SHOWN = 60


if __name__ == "__main__":
    print(changes(Path(sys.argv[1]), Path(sys.argv[2])), end="")
