"""Code on pages: in fewer elements, and coloured as before."""

import configparser
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import nbformat
import pytest
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from helpers.authoring.code_blocks import STYLES, CodeLexer, looks

ROOT = Path(__file__).parent.parent


@cache
def cells() -> list[str]:
    paths = sorted((ROOT / "solutions").glob("*.ipynb"))
    notebooks = [nbformat.read(path, as_version=4) for path in paths]
    return [cell.source for book in notebooks for cell in book.cells if cell.cell_type == "code"]


def painted(lexer, source: str) -> list[tuple]:
    tokens = lexer.get_tokens(source)
    return [(letter, looks(kind)) for kind, text in tokens for letter in text if letter.strip()]


def test_each_letter_has_the_look_that_it_would_have_alone():
    few, all_kinds = CodeLexer(), PythonLexer()
    sources = cells()
    assert len(sources) > 800
    for source in sources:
        assert painted(few, source) == painted(all_kinds, source)
    assert len({look for _, look in painted(few, "\n".join(sources))}) >= 5


def test_a_cell_takes_less_than_half_of_the_elements():
    made = "".join(highlight(source, CodeLexer(), HtmlFormatter()) for source in cells())
    before = "".join(highlight(source, PythonLexer(), HtmlFormatter()) for source in cells())
    assert made.count("<span") < 0.45 * before.count("<span")


def test_the_styles_are_those_of_the_theme():
    spec = find_spec("pydata_sphinx_theme")
    if spec is None:
        pytest.skip("The theme is not installed.")
    name = Path(spec.origin).parent / "theme/pydata_sphinx_theme/theme.conf"
    theme = configparser.ConfigParser(interpolation=None)
    theme.read(name, encoding="utf-8")
    found = (theme["options"]["pygments_light_style"], theme["options"]["pygments_dark_style"])
    assert found == STYLES
    assert "pygments" not in (ROOT / "_config.yml").read_text(encoding="utf-8")
