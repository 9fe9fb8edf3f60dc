"""Code on pages in fewer elements: neighbours of one colour share a ``<span>``.

Nearly half of all elements of a page would be names, commas and blanks, each wrapped by itself,
though they look like the text around them. A phone lays out what is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pygments.filter import Filter
from pygments.lexers import PythonLexer
from pygments.styles import get_style_by_name
from pygments.token import Text, _TokenType

# What the theme colours code with, on light pages and on dark ones.
STYLES = ("a11y-high-contrast-light", "a11y-high-contrast-dark")


class CodeLexer(PythonLexer):
    """Python whose tokens are no finer than their colours.

    Examples
    --------
    >>> [text for kind, text in CodeLexer().get_tokens("f(x, 1)  # one")]
    ['f(x, ', '1', ')  ', '# one', '\\n']
    """

    def __init__(self, **options):
        super().__init__(**options)
        self.add_filter(_ByColour())
        self.add_filter("tokenmerge")


class _ByColour(Filter):
    def filter(self, lexer, stream) -> Iterator[tuple[_TokenType, str]]:
        for kind, text in stream:
            yield Text if text.isspace() else _by_look().get(looks(kind), kind), text


@cache
def looks(kind: _TokenType) -> tuple:
    """Return what a kind of token looks like in both styles: colour, weight, slant and so on."""
    styles = map(get_style_by_name, STYLES)
    return tuple(
        tuple(sorted((key, str(value)) for key, value in style.style_for_token(kind).items()))
        for style in styles
    )


@cache
def _by_look() -> dict[tuple, _TokenType]:
    """Return one kind of token for each look; for that of plain text, the kind without a class."""
    kinds = [kind for kind, _ in get_style_by_name(STYLES[0])]
    return {looks(kind): kind for kind in sorted(kinds, reverse=True)} | {looks(Text): Text}
