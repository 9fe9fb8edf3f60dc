"""What the site adds to its units: buttons in a unit's header, and the cards of the home page."""

from __future__ import annotations

import base64
import html
import io
import json
import re
from pathlib import Path

import nbformat
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from helpers.authoring.openings import Home

_COVER = 320, 140  # width and height of a card's picture, in pixels


def add_buttons(app: Sphinx, doctree: nodes.document) -> None:
    """Put beside the badge of a unit the other ways to work on it, and how long a run takes."""
    tree, _, stem = app.env.docname.partition("/")
    if tree not in ("notebooks", "solutions"):
        return
    badge = next(image for image in doctree.findall(nodes.image) if "colab" in image["uri"])
    row = badge.parent.parent
    row["classes"].append("unit-buttons")
    root = Path(app.srcdir)
    links = [
        ("Open in Binder", Home.read(root).binder(stem)),
        ("Download the notebook", f"../_sources/notebooks/{stem}.ipynb"),
    ]
    for text, address in links:
        save = " download" if "_sources" in address else ""
        anchor = f'<a class="unit-button" href="{html.escape(address)}"{save}>{text}</a>'
        row += nodes.raw("", anchor, format="html")
    results = root / "book" / "results.json"
    app.env.note_dependency(str(results))
    record = json.loads(results.read_text(encoding="utf-8")).get(stem)
    if record:
        place = row.parent.index(row)
        row.parent.insert(place + 1, _run_time(record))


def _run_time(record: dict) -> nodes.paragraph:
    seeds = len(record["seeds"])
    seconds = record["seconds"] / seeds
    text = f"A run at full size on the real data took {seconds:.0f} seconds, the mean of {seeds}."
    return nodes.paragraph("", text, classes=["run-time"])


class UnitCards(SphinxDirective):
    """``{unit-cards}``: a card for each unit, with a picture, its time and what comes before it.

    Each line of the content names a notebook and begins the caption of the figure that is shown:
    ``01_xor_network: What the network answers``.
    """

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the cards as one list."""
        cards = []
        for line in self.content:
            stem, _, caption = line.partition(": ")
            path = Path(self.env.srcdir, "solutions", f"{stem}.ipynb")
            self.env.note_dependency(str(path))
            cards.append(_card(stem, nbformat.read(path, as_version=4), caption))
        return [nodes.raw("", f'<ul class="unit-cards">{"".join(cards)}</ul>', format="html")]


def _card(stem: str, notebook: nbformat.NotebookNode, caption: str) -> str:
    about = notebook.metadata["first_layers"]
    minutes = about["minutes"]["core"]
    more = about["minutes"].get("extensions")
    time = f"{minutes} min" + (f" + {more}" if more else "")
    before = re.split(r"[;(]", about["prerequisites"])[0].strip()
    width, height = _COVER
    return (
        f'<li><a href="../notebooks/{stem}.html">'
        f'<img src="data:image/webp;base64,{_cover(notebook, caption)}" '
        f'alt="{html.escape(caption)}" width="{width}" height="{height}">'
        f"<strong>{stem[:2]} {html.escape(about['title'].partition(':')[0])}</strong></a>"
        f"<p>{time} · needs {html.escape(before)}</p></li>"
    )


def _cover(notebook: nbformat.NotebookNode, caption: str) -> str:
    """Return the figure whose caption begins so, made small, as WebP in base64."""
    from PIL import Image, ImageOps

    (png,) = (
        output["data"]["image/png"]
        for cell in notebook.cells
        if cell.metadata.get("mystnb", {}).get("figure", {}).get("caption", "").startswith(caption)
        for output in cell.outputs
        if "image/png" in output.get("data", {})
    )
    picture = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")
    made = io.BytesIO()
    ImageOps.fit(picture, _COVER, centering=(0.5, 0.3)).save(made, format="WEBP", quality=80)
    return base64.b64encode(made.getvalue()).decode()
