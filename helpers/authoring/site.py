"""Sphinx extension of the course: formulas become MathML, terms links, and answers can be left out.

Formulas are converted while the site is built: the pages then need no script and no network for
them, and a screen reader can read them. A term of the glossary that stands in bold leads there. A
table of contents without the solved notebooks
(``make book SOLUTIONS=no``) makes a site that does not mention them.
"""

from __future__ import annotations

import gc
import os
import re
import zlib
from pathlib import Path

from docutils import nodes
from latex2mathml.converter import convert
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging

from helpers.authoring.code_blocks import CodeLexer
from helpers.authoring.exercises import ExerciseMap, add_heads
from helpers.authoring.finishing import describe, finish_site
from helpers.authoring.live import LiveFigure, add_pointers, load_scripts
from helpers.authoring.unit_pages import UnitCards, add_buttons

_log = logging.getLogger(__name__)


def setup(app: Sphinx) -> dict:
    """Register the renderer under the name that ``html_math_renderer`` asks for."""
    app.add_html_math_renderer(
        "mathml", inline_renderers=(_inline, None), block_renderers=(_block, None)
    )
    app.connect("builder-inited", _use_all_processors)
    # A build makes a million nodes and keeps them: looking for garbage among them takes a sixth
    # of its time, and not to look 60 MB.
    app.connect("builder-inited", lambda app: gc.disable())
    app.connect("build-finished", lambda app, error: gc.enable())
    app.connect("source-read", _leave_answers_out)
    app.connect("doctree-read", _link_terms)
    app.connect("doctree-read", add_buttons)
    app.connect("doctree-read", add_heads)
    app.connect("doctree-read", add_pointers)
    app.connect("html-page-context", load_scripts)
    app.connect("html-page-context", describe)
    app.connect("build-finished", finish_site, priority=900)  # the theme writes there, too
    app.add_lexer("ipython3", CodeLexer)  # what the code of notebooks is called
    app.add_lexer("python", CodeLexer)
    app.add_directive("exercise-map", ExerciseMap)
    app.add_directive("live", LiveFigure)
    app.add_directive("unit-cards", UnitCards)
    # Pages that an older version of these modules has read are read anew.
    sources = sorted(Path(__file__).parent.rglob("*.py"))
    version = zlib.crc32(b"".join(path.read_bytes() for path in sources))
    return {"env_version": version, "parallel_read_safe": True, "parallel_write_safe": True}


def _use_all_processors(app: Sphinx) -> None:
    """Read and write pages side by side; Jupyter Book's command has no option for it.

    In more parts than there are processors, since notebooks take longer than other pages.
    """
    app.parallel = 4 * (os.cpu_count() or 1)
    # These two do not say whether they can be read so. One numbers sections once all are read,
    # the other acts for LaTeX only.
    for name in ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex"):
        if name in app.extensions:
            app.extensions[name].parallel_read_safe = True


def _leave_answers_out(app: Sphinx, docname: str, content: list[str]) -> None:
    if not any(name.startswith("solutions/") for name in app.config.external_site_map):
        content[0] = without_solutions(content[0])


def without_solutions(text: str) -> str:
    """Return the text of a page for a site that has no solved notebooks.

    Parameters
    ----------
    text : str
        Markdown, or a notebook as JSON. What stands between the comments ``% answers`` and
        ``% end`` is left out, and so is the sentence with which a unit's header points to its
        solution; a link to a solved unit leads to the unit.

    Examples
    --------
    >>> without_solutions("See [unit 01](../solutions/01_xor_network.ipynb).")
    'See [unit 01](../notebooks/01_xor_network.ipynb).'
    """
    text = re.sub(r"^% answers\n.*?^% end\n", "", text, flags=re.DOTALL | re.MULTILINE)
    return _POINTER.sub("", text).replace("../solutions/", "../notebooks/")


_POINTER = re.compile(r"Stuck for long\? The \[solved notebook\]\([^)]*\) has every answer\.")


def _inline(translator, node: nodes.math) -> None:
    translator.body.append(_mathml(node, "inline"))
    raise nodes.SkipNode


def _block(translator, node: nodes.math_block) -> None:
    translator.body.append(f'<div class="math-block">{_mathml(node, "block")}</div>\n')
    raise nodes.SkipNode


def _mathml(node: nodes.Element, display: str) -> str:
    """Convert a formula; a formula that cannot be converted is a warning, which fails the build."""
    source = node.astext().strip()
    try:
        return convert(source, display=display)
    except Exception as error:
        _log.warning("this formula cannot be shown: %s (%s)", source, error, location=node)
        return f"<code>{source}</code>"


def _link_terms(app: Sphinx, doctree: nodes.document) -> None:
    """Make a link of each term in bold where it stands for the first time on its page."""
    source = Path(app.srcdir, f"{_GLOSSARY}.md")
    if app.env.docname == _GLOSSARY or not source.exists():
        return
    app.env.note_dependency(str(source))  # a new term changes every page that uses it
    known = {term.lower(): term for term in terms(source.read_text(encoding="utf-8"))}
    for bold in list(doctree.findall(nodes.strong)):
        said = bold.astext().lower()
        term = known.pop(said, None) or known.pop(said.removesuffix("s"), None)
        if term is None or isinstance(bold.parent, nodes.reference):
            continue
        link = addnodes.pending_xref(
            "",
            bold.deepcopy(),
            refdomain="std",
            reftype="term",
            reftarget=term,
            refdoc=app.env.docname,
            refexplicit=True,
            refwarn=True,
        )
        bold.replace_self(link)


_GLOSSARY = "book/glossary"


def terms(glossary: str) -> list[str]:
    """Return the terms that the text of a glossary explains.

    Examples
    --------
    >>> terms("# Words\\n```{glossary}\\nbias\\n  Is added.\\n\\nepoch\\n  A pass.\\n```")
    ['bias', 'epoch']
    """
    inside = glossary.partition("```{glossary}\n")[2].partition("```")[0]
    return [line for line in inside.splitlines() if line and not line.startswith(" ")]
