"""Sphinx extension of the course: formulas become MathML while the site is built.

The pages then need no script and no network for a formula, and a screen reader can read it.
"""

from __future__ import annotations

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.util import logging

_log = logging.getLogger(__name__)


def setup(app: Sphinx) -> dict:
    """Register the renderer under the name that ``html_math_renderer`` asks for."""
    app.add_html_math_renderer(
        "mathml", inline_renderers=(_inline, None), block_renderers=(_block, None)
    )
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


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
