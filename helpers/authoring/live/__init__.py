"""Live figures: pages of the site on which a reader moves something and sees what follows.

A figure NAME is a page ``book/live/NAME.md``, a script ``book/_static/live/NAME.js``, its data
``NAME.data.js`` and a still picture ``NAME.png``, both written by ``make live-data`` from the
module of that name in this folder. Nothing here imports more than what the site's environment
has; what the modules need is imported when they run.
"""

from __future__ import annotations

from pathlib import Path

import yaml
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

FOLDER = Path("book/live")
STATIC = Path("book/_static/live")


class LiveFigure(SphinxDirective):
    """``{live} NAME``: a figure that a script brings to life; without it, its still picture.

    Options: ``alt``, what the still picture shows. The content is the caption.
    """

    required_arguments = 1
    has_content = True
    option_spec = {"alt": directives.unchanged_required}  # noqa: RUF012

    def run(self) -> list[nodes.Node]:
        """Return the figure, and have its page load the scripts."""
        name = self.arguments[0]
        figure = nodes.figure(classes=["live"], ids=[f"live-{name}"])
        figure += nodes.image(
            uri=f"/{STATIC}/{name}.png", candidates={"?": ""}, alt=self.options["alt"]
        )
        caption = nodes.caption()
        text, messages = self.parse_inline(" ".join(self.content))
        caption.extend(text)
        figure += caption
        self.env.metadata[self.env.docname]["live"] = name
        return [figure, *messages]


def load_scripts(app: Sphinx, page: str, template: str, context: dict, doctree) -> None:
    """Load the scripts of a live figure on its page alone, as files, in order, without waiting."""
    name = (app.env.metadata.get(page) or {}).get("live")
    if name:
        for script in ("live", f"{name}.data", name):
            app.add_js_file(f"live/{script}.js", loading_method="defer")


def add_pointers(app: Sphinx, doctree: nodes.document) -> None:
    """After the section of a unit that a live figure belongs to, say that it is there.

    The front matter of a live figure's page names ``unit`` (a notebook's stem) and ``section``
    (the title of one of its sections).
    """
    tree, _, stem = app.env.docname.partition("/")
    if tree not in ("notebooks", "solutions"):
        return
    for path in sorted(Path(app.srcdir, FOLDER).glob("*.md")):
        about = front_matter(path)
        if about.get("unit") != stem:
            continue
        app.env.note_dependency(str(path))
        for section in doctree.findall(nodes.section):
            if section[0].astext() == about["section"]:
                # At its end: the figure shows what the section lets its readers guess.
                parts = section.first_child_matching_class(nodes.section) or len(section)
                section.insert(parts, _pointer(app, f"{FOLDER}/{path.stem}", about["pointer"]))


def _pointer(app: Sphinx, page: str, text: str) -> nodes.paragraph:
    address = app.builder.get_relative_uri(app.env.docname, page)
    pointer = nodes.paragraph(classes=["live-pointer"])
    pointer += nodes.Text("Live figure: ")
    pointer += nodes.reference("", text, refuri=address, internal=True)
    return pointer


def front_matter(path: Path) -> dict:
    """Return what a page says of itself between its first two lines of three hyphens."""
    _, front, _ = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(front)
