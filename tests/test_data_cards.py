"""Do the three data cards say what can be measured, and is every licence where it belongs?"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from helpers.authoring.embedded import comparison
from helpers.data.folders import EMBEDDED

BOOK = Path(__file__).parent.parent / "book"
CARDS = {name: BOOK / f"data_{name}.md" for name in comparison.SETS}
STAND_INS = ("notmnist", "hasy")
needs_real_data = pytest.mark.skipif(
    not os.environ.get("FIRST_LAYERS_DATA"), reason="FIRST_LAYERS_DATA names no real data"
)


@pytest.fixture(params=CARDS)
def name(request):
    return request.param


def prose(path: Path) -> str:
    """A page with its line breaks as spaces."""
    return " ".join(path.read_text(encoding="utf-8").split())


# The numbers


def test_what_was_counted_is_on_the_card_as_it_is(name):
    measured = comparison.row_of(name, "embedded", learn=False)
    rows = comparison.printed(CARDS[name])[: len(measured)]
    assert [row[:2] for row in rows] == [(k, comparison.written(v)) for k, v in measured.items()]


@pytest.mark.slow
def test_what_was_learned_is_on_the_card_nearly_as_it_is(name):
    measured = comparison.row_of(name, "embedded")
    printed = {key: here for key, here, _ in comparison.printed(CARDS[name])}
    assert list(printed) == list(measured)
    # Another processor rounds otherwise, and training carries that on.
    wrong = {k: v for k, v in measured.items() if abs(number(printed[k]) - v) > 1}
    assert not wrong


@needs_real_data
@pytest.mark.slow
def test_what_was_counted_in_the_real_set_is_on_the_card_too(name):
    measured = comparison.row_of(name, "real", learn=False)
    rows = comparison.printed(CARDS[name])[: len(measured)]
    assert [(k, there) for k, _, there in rows] == [
        (k, comparison.written(v)) for k, v in measured.items()
    ]


@pytest.mark.parametrize("name", STAND_INS)
def test_a_stand_in_is_about_as_hard_as_the_real_set(name):
    compared = [
        (key, number(here), number(there))
        for key, here, there in comparison.printed(CARDS[name])
        if key.startswith(("linear", "network", "nearest", "always"))
    ]
    assert len(compared) >= 4
    assert not [key for key, here, there in compared if abs(here - there) > 3.5]


def number(cell: str) -> float:
    return float(cell.replace(",", ""))


# The words


@pytest.mark.parametrize(
    "heading",
    [
        "## How it was made",
        "## How it differs from the",
        "## Known vices",
        "## What it is not good for",
        "## Licence and credit",
    ],
)
def test_every_card_has_its_five_parts(name, heading):
    assert f"\n{heading}" in CARDS[name].read_text(encoding="utf-8")


CREDITS = {
    "mnist": ("Yann LeCun, Corinna Cortes and Christopher J.C. Burges", "licenses/by-sa/3.0/"),
    "notmnist": ("Yaroslav Bulatov", "helpers/data/embedded/licences/fonts.md"),
    "hasy": ("Martin Thoma", "ODbL", "helpers/data/embedded/HASYv2.md"),
}


def test_the_credits_name_every_set_its_authors_and_where_the_licences_are(name):
    page = prose(BOOK / "credits.md")
    for words in CREDITS[name]:
        assert words in page
        assert words in prose(CARDS[name])


def test_every_file_that_is_built_in_has_a_licence_in_the_table_beside_it():
    page = (EMBEDDED / "README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(.+?)` \|.*\| (.*(?:CC BY|ODbL).*?) \|$", page, re.M))
    data = [path for path in EMBEDDED.rglob("*") if path.is_file() and path.suffix != ".md"]
    assert len(data) == 7
    for path in data:
        assert any(path.match(pattern) for pattern in rows), path.name
    assert len(rows) == 4


def test_a_page_that_the_readme_refers_to_is_there():
    page = (EMBEDDED / "README.md").read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\((.+?)\)", page) if not link.startswith("http")]
    assert "HASYv2.md" in links
    assert all((EMBEDDED / link).exists() for link in links)
