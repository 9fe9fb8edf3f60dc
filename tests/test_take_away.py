"""The site as an archive and as a PDF, and the page on what a change does to it."""

from __future__ import annotations

import zipfile

import pytest

from helpers.authoring.changes import changes
from helpers.authoring.execution import ROOT
from helpers.authoring.take_away import archive, pdf, reading_order


def write(site, pages: dict[str, str]):
    for name, article in pages.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"<html><title>t</title><h1>{name}</h1><article>{article}</article></html>",
            encoding="utf-8",
        )
    return site


def test_an_archive_holds_the_site_and_nothing_of_the_machine(tmp_path):
    site = write(tmp_path / "site", {"index.html": "<p>a</p>", "book/home.html": "<p>b</p>"})
    (site / ".buildinfo").write_text("x")
    first = archive(site, tmp_path).read_bytes()
    with zipfile.ZipFile(tmp_path / archive(site, tmp_path).name) as packed:
        names = packed.namelist()
        assert names == ["first-layers/book/home.html", "first-layers/index.html"]
        assert packed.read(names[0]) == (site / "book/home.html").read_bytes()
    assert archive(site, tmp_path).read_bytes() == first


def test_the_reading_order_is_that_of_the_table_of_contents():
    names = reading_order(ROOT / "_toc.yml")
    assert names[0] == "book/home"
    assert names.index("notebooks/01_xor_network") < names.index("solutions/01_xor_network")
    assert len(names) == len(set(names))


def test_the_page_of_changes_names_pages_text_and_figures(tmp_path):
    old = {"a.html": "<p>one</p><p>two</p>", "b.html": "<p>same</p>", "gone.html": ""}
    new = {"a.html": "<p>one</p><p>three</p>", "b.html": "<p>same</p>", "new.html": ""}
    before, after = write(tmp_path / "before", old), write(tmp_path / "after", new)
    said = changes(before, after)
    assert "- new: new.html" in said and "- gone: gone.html" in said
    assert "changed: a.html" in said and "-two" in said and "+three" in said
    assert "b.html" not in said


def test_a_figure_that_is_redrawn_counts_and_one_that_moves_does_not(tmp_path):
    article = "<img src='x.webp'><figcaption>Fig. {} Title</figcaption>"
    before = write(tmp_path / "before", {"a.html": article.format(3)})
    after = write(tmp_path / "after", {"a.html": article.format(7)})
    for site in (before, after):
        (site / "x.webp").write_bytes(b"1")
    assert "Nothing." in changes(before, after)
    (after / "x.webp").write_bytes(b"2")
    assert "new or redrawn: 1" in changes(before, after)


def test_a_picture_that_stands_in_the_page_itself_is_compared_like_any_other(tmp_path):
    article = "<img src='data:image/webp;base64,{}'>"
    sites = [
        write(tmp_path / name, {"a.html": article.format(2000 * letter)})
        for name, letter in (("before", "A"), ("same", "A"), ("after", "B"))
    ]
    assert "Nothing." in changes(sites[0], sites[1])
    assert "new or redrawn: 1" in changes(sites[0], sites[2])


@pytest.mark.slow
def test_a_pdf_has_an_outline_and_no_link_into_this_machine(browser, tmp_path):
    pypdf = pytest.importorskip("pypdf")
    link = "<p><a href='b.html'>b</a> <a href='https://example.org'>out</a></p>"
    site = write(tmp_path / "site", {"a.html": link, "b.html": "<p>end</p>"})
    toc = tmp_path / "toc.yml"
    toc.write_text("root: a\nparts:\n  - chapters:\n      - file: b\n", encoding="utf-8")
    read = pypdf.PdfReader(pdf(site, tmp_path, toc, browser))
    assert [item.title for item in read.outline] == ["a.html", "b.html"]
    links = [
        note.get_object().get("/A", {}).get("/URI")
        for sheet in read.pages
        for note in sheet.get("/Annots", [])
    ]
    assert links == ["https://example.org/"]
