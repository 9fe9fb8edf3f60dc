"""The whole site as one file: an archive to read offline, and a PDF to print.

``python -m helpers.authoring.take_away archive`` and ``... pdf``; both take what `make book` built.
"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import yaml

from helpers import __version__
from helpers.authoring.audit import chromium
from helpers.authoring.execution import ROOT

# A fixed time in the archive: the same site gives the same bytes.
_TIME = (1980, 1, 1, 0, 0, 0)


def archive(site: Path, folder: Path) -> Path:
    """Write the site as a zip; its start is ``first-layers/index.html``.

    Parameters
    ----------
    site : Path
        A built site.
    folder : Path
        Where the archive goes.

    Returns
    -------
    Path
        The archive.
    """
    path = folder / f"first-layers-{__version__}-site.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(site.rglob("*")):
            if file.is_file() and file.name != ".buildinfo":
                entry = zipfile.ZipInfo(f"first-layers/{file.relative_to(site)}", _TIME)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                packed.writestr(entry, file.read_bytes())
    return path


def reading_order(toc: Path) -> list[str]:
    """Return the pages that a table of contents names, from first to last."""
    contents = yaml.safe_load(toc.read_text(encoding="utf-8"))
    chapters = [chapter["file"] for part in contents["parts"] for chapter in part["chapters"]]
    return [contents["root"], *chapters]


def pdf(site: Path, folder: Path, toc: Path = ROOT / "_toc.yml") -> Path:
    """Print every page of the site into one PDF with an outline; return its path.

    Links within the site become plain text: they would lead to files of this machine.
    """
    from playwright.sync_api import sync_playwright
    from pypdf import PdfReader, PdfWriter

    book = PdfWriter()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_context(color_scheme="light", offline=True).new_page()
        for name in reading_order(toc):
            page.goto((site / f"{name}.html").as_uri())
            title = page.evaluate(_PREPARE)
            first = len(book.pages)
            for sheet in PdfReader(io.BytesIO(page.pdf(format="A4", margin=_MARGIN))).pages:
                book.add_page(sheet)
            book.add_outline_item(title, first)
        browser.close()
    book.add_metadata({"/Title": "First Layers", "/Author": "The First Layers authors"})
    book.compress_identical_objects()
    path = folder / f"first-layers-{__version__}.pdf"
    book.write(path)
    return path


_MARGIN = {"top": "15mm", "bottom": "15mm", "left": "15mm", "right": "15mm"}
# What is folded is opened, pictures are fetched now, and links to files lose their target.
_PREPARE = """async () => {
  document.querySelectorAll('details').forEach(part => part.open = true);
  for (const link of document.querySelectorAll('a[href]'))
    if (link.protocol === 'file:' && !link.getAttribute('href').startsWith('#'))
      link.removeAttribute('href');
  const pictures = [...document.images];
  pictures.forEach(picture => picture.loading = 'eager');
  await Promise.all(pictures.map(picture => picture.decode().catch(() => null)));
  return document.querySelector('h1').firstChild.textContent;
}"""


if __name__ == "__main__":
    make = {"archive": archive, "pdf": pdf}[sys.argv[1]]
    print("wrote", make(ROOT / "_build" / "html", ROOT / "_build").relative_to(ROOT))
