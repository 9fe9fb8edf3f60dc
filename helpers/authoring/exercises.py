"""What stands above each exercise on the site, and the map of all exercises.

Both are made from the metadata of the cells while the site is built, with no more installed than
what the site needs.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import nbformat
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective


def anchor(exercise: str) -> str:
    """Return the anchor of an exercise on the page of its unit.

    >>> anchor("output_delta")
    'exercise-output-delta'
    """
    return f"exercise-{exercise.replace('_', '-')}"


def exercises(notebook: nbformat.NotebookNode) -> list[dict]:
    """Return what the cells of a notebook say of their exercises, in reading order."""
    found = (cell.metadata.get("exercise") for cell in notebook.cells)
    return [about for about in found if about]


def add_heads(app: Sphinx, doctree: nodes.document) -> None:
    """Put tier, minutes and links above each exercise of a notebook."""
    tree, _, stem = app.env.docname.partition("/")
    if tree not in ("notebooks", "solutions"):
        return
    for cell in list(doctree.findall(nodes.container)):
        about = (cell.get("cell_metadata") or {}).get("exercise")
        if about:
            cell["ids"].append(anchor(about["id"]))
            place = cell.parent.index(cell)
            cell.parent.insert(place, _head(app, tree, stem, about))


def _head(app: Sphinx, tree: str, stem: str, about: dict) -> nodes.paragraph:
    head = nodes.paragraph(classes=["exercise-head"])
    head += nodes.strong(text=about["id"])
    head += nodes.Text(f": {about['tier']}, {_count(about['minutes'], 'minute')}, ")
    head += nodes.Text(f"{_count(about['points'], 'point')}. ")
    other = {"notebooks": "solutions", "solutions": "notebooks"}[tree]
    if f"{other}/{stem}" in app.env.found_docs:
        address = app.builder.get_relative_uri(f"{tree}/{stem}", f"{other}/{stem}")
        text = {"notebooks": "Solution", "solutions": "Exercise"}[tree]
        head += nodes.reference("", text, refuri=f"{address}#{anchor(about['id'])}", internal=True)
        head += nodes.Text(" · ")
    title = quote(f"Check of {about['id']} in unit {stem[:2]}")
    home = app.config.html_theme_options["repository_url"]
    head += nodes.reference("", "Is the check wrong?", refuri=f"{home}/issues/new?title={title}")
    return head


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


class ExerciseMap(SphinxDirective):
    """``{exercise-map}``: a table of the exercises of every unit, each a link."""

    def run(self) -> list[nodes.Node]:
        """Return the sections of all units."""
        solved = sorted(Path(self.env.srcdir, "solutions").glob("[0-9]*.ipynb"))
        for path in solved:
            self.env.note_dependency(str(path))
        lines = StringList("\n\n".join(map(_of_unit, solved)).splitlines(), "exercise-map")
        found = nodes.Element()
        self.state.nested_parse(lines, self.content_offset, found)
        return found.children


def _of_unit(path: Path) -> str:
    """Return a unit's paragraph and table, in Markdown."""
    notebook = nbformat.read(path, as_version=4)
    about = notebook.metadata["first_layers"]
    minutes = about["minutes"]
    time = f"{minutes['core']} minutes"
    if minutes.get("extensions"):
        time += f", extensions {minutes['extensions']}"
    rows = [
        f'| <a href="../notebooks/{path.stem}.html#{anchor(one["id"])}">'
        f"<code>{one['id']}</code></a> | {one['tier']} | {one['minutes']} | {one['points']} |"
        for one in exercises(notebook)
    ]
    head = "| exercise | tier | minutes | points |\n|---|---|---:|---:|"
    return (
        f"**[{path.stem[:2]} {about['title']}](../notebooks/{path.stem}.ipynb)** "
        f"Before it: {about['prerequisites']}. {time}.\n\n" + "\n".join([head, *rows])
    )
