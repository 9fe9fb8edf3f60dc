"""Is the site whole, does it ask nothing of the network, and does every link lead somewhere?"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest
from fontTools.ttLib import TTFont

from helpers.authoring.course import units
from helpers.authoring.execution import ROOT
from helpers.authoring.exercises import anchor
from helpers.authoring.live import front_matter
from helpers.authoring.openings import Home
from helpers.authoring.site import terms
from tests.building import build, tool

# What a page loads by itself, as opposed to where a reader may go.
LOADS = {
    ("script", "src"),
    ("img", "src"),
    ("link", "href"),
    ("iframe", "src"),
    ("source", "src"),
    ("video", "src"),
    ("object", "data"),
}


class Page(HTMLParser):
    """What a page links to, loads, and can be linked to."""

    def __init__(self, path: Path):
        super().__init__()
        self.links, self.loads, self.anchors, self.images = [], [], set(), []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.anchors.update(filter(None, (given.get("id"), given.get("name"))))
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if tag == "img":
            self.images.append(given)
        for name, value in given.items():
            if (tag, name) in LOADS and value and given.get("rel") not in ("canonical", "next"):
                self.loads.append(value)


@pytest.fixture(scope="session")
def site_without_solutions(tmp_path_factory) -> Path:
    toc = "_build/toc_without_solutions.yml"
    subprocess.run(["make", "--silent", "SOLUTIONS=no", toc], cwd=ROOT, check=True)
    return build(tmp_path_factory.mktemp("course"), "--toc", str(ROOT / toc))


@pytest.fixture(scope="session")
def pages(site) -> dict[Path, Page]:
    made = (path for path in sorted(site.rglob("*.html")) if "_static" not in path.parts)
    return {path: Page(path) for path in made}


def test_every_notebook_of_both_trees_is_a_page(pages, site):
    for unit in units():
        assert site / "notebooks" / f"{unit.stem}.html" in pages
        assert site / "solutions" / f"{unit.stem}.html" in pages


@pytest.mark.slow
def test_a_site_without_solutions_shows_and_promises_none(site_without_solutions):
    folder = site_without_solutions
    assert not (folder / "solutions").exists()
    assert not (folder / "_sources" / "solutions").exists()
    for unit in units():
        page = folder / "notebooks" / f"{unit.stem}.html"
        assert page.exists()
        assert not any("solutions/" in link for link in Page(page).links)
        assert "solved notebook" not in page.read_text(encoding="utf-8")
    for page in (folder / "book").glob("*.html"):
        for link in Page(page).links:
            assert "solutions/" not in link or urlparse(link).scheme, (page.name, link)
    assert "solved notebook" not in (folder / "book/how_to_use.html").read_text(encoding="utf-8")


def test_no_page_loads_anything_from_elsewhere(pages):
    outside = [
        (path.name, address)
        for path, page in pages.items()
        for address in page.loads
        if urlparse(address).scheme not in ("", "data") or address.startswith("//")
    ]
    assert not outside


def test_no_style_sheet_loads_anything_from_elsewhere(site):
    for path in site.rglob("*.css"):
        css = path.read_text(encoding="utf-8", errors="replace")
        assert not re.search(r"(@import|url\()\s*['\"]?(https?:)?//", css), path


def test_every_icon_that_a_style_names_is_in_a_font(site):
    css = (site / "_static/styles/site.css").read_text(encoding="utf-8")
    fonts = [TTFont(path).getBestCmap() for path in site.rglob("fa-*.woff2")]
    icons = set(re.findall("[\ue000-\uf8ff]", css))
    assert len(icons) > 10
    assert not [icon for icon in icons if not any(ord(icon) in font for font in fonts)]


def test_every_internal_link_and_anchor_leads_somewhere(pages, site):
    broken = []
    for path, page in pages.items():
        for link in page.links + page.loads:
            address = urlparse(link)
            if address.scheme or link.startswith("//"):
                continue
            target = (path.parent / unquote(address.path)).resolve() if address.path else path
            anchor = unquote(address.fragment)
            lost = anchor and target in pages and anchor not in pages[target].anchors
            if lost or not target.exists():
                broken.append((path.relative_to(site), link))
    assert not broken


def test_every_badge_opens_the_students_notebook_of_its_page(pages, site):
    home = Home.read(ROOT)
    for unit in units():
        for tree in ("notebooks", "solutions"):
            links = pages[site / tree / f"{unit.stem}.html"].links
            colab = {link for link in links if "colab.research" in link}
            assert colab == {home.colab(unit.stem)}
            assert (ROOT / home.colab(unit.stem).partition(f"/{home.branch}/")[2]).exists()


def test_binder_and_the_download_lead_to_the_students_notebook(pages, site):
    for unit in units():
        student = (ROOT / "notebooks" / f"{unit.stem}.ipynb").read_bytes()
        for tree in ("notebooks", "solutions"):
            links = pages[site / tree / f"{unit.stem}.html"].links
            (binder,) = (link for link in links if "mybinder.org" in link)
            assert binder == Home.read(ROOT).binder(unit.stem)
            path = unquote(binder.partition("labpath=")[2])
            assert (ROOT / path).read_bytes() == student
            (download,) = (link for link in links if "_sources/" in link)
            assert (site / tree / download).read_bytes() == student


def test_the_home_page_has_a_card_for_each_unit(site):
    text = (site / "book" / "home.html").read_text(encoding="utf-8")
    cards = re.findall(r"<li><a href=\"\.\./(notebooks/\w+\.html)\">.*?</li>", text, re.DOTALL)
    assert cards == [f"notebooks/{unit.stem}.html" for unit in units()]
    for unit in units():
        minutes = json.loads(unit.solution.read_text(encoding="utf-8"))["metadata"]
        assert f"<p>{minutes['first_layers']['minutes']['core']} min" in text


def test_each_live_figure_is_named_by_its_unit(pages, site):
    figures = sorted(path.stem for path in (ROOT / "book" / "live").glob("*.md"))
    assert len(figures) >= 6
    for name in figures:
        about = front_matter(ROOT / "book" / "live" / f"{name}.md")
        for tree in ("notebooks", "solutions"):
            links = pages[site / tree / f"{about['unit']}.html"].links
            assert f"../book/live/{name}.html" in links, (name, about["section"])


def test_a_live_figure_weighs_little():
    folder = ROOT / "book" / "_static" / "live"
    for page in (ROOT / "book" / "live").glob("*.md"):
        files = [folder / f"{page.stem}{end}" for end in (".js", ".data.js", ".png")]
        # The pad's data are the weights of a network: 95,828 numbers.
        limit = 400_000 if page.stem == "drawing" else 120_000
        assert sum(file.stat().st_size for file in files) <= limit, page.stem


def test_each_exercise_leads_to_its_solution_and_back_and_to_a_report(pages, site):
    on_map = pages[site / "book/map.html"].links
    for unit in units():
        for exercise in exercises(unit):
            for tree, other in (("notebooks", "solutions"), ("solutions", "notebooks")):
                page = pages[site / tree / f"{unit.stem}.html"]
                assert anchor(exercise) in page.anchors
                assert f"../{other}/{unit.stem}.html#{anchor(exercise)}" in page.links
                reports = [link for link in page.links if "/issues/new?title=" in link]
                assert any(f"%20{exercise}%20" in link for link in reports)
            assert f"../notebooks/{unit.stem}.html#{anchor(exercise)}" in on_map


def exercises(unit) -> list[str]:
    cells = json.loads(unit.solution.read_text(encoding="utf-8"))["cells"]
    found = (cell["metadata"].get("exercise") for cell in cells)
    return [about["id"] for about in found if about]


def test_terms_in_bold_lead_to_the_glossary(pages, site):
    for stem, least in (("02_digits_network", 8), ("04_mnist_mlp", 15), ("07_hasy_cnn", 10)):
        for tree in ("notebooks", "solutions"):
            links = pages[site / tree / f"{stem}.html"].links
            leading = [link for link in links if "book/glossary.html#term-" in link]
            assert len(leading) >= least
            assert len(leading) == len(set(leading)), "only the first place of a page is a link"


def test_each_term_is_used_in_the_unit_that_its_entry_names():
    glossary = (ROOT / "book/glossary.md").read_text(encoding="utf-8")
    entries = re.findall(r"^(\S.*)\n((?:  .*\n)+)", glossary.partition("{glossary}")[2], re.M)
    assert [term for term, _ in entries] == terms(glossary)
    assert [term.lower() for term, _ in entries] == sorted(term.lower() for term, _ in entries)
    for term, entry in entries:
        (stem,) = re.findall(r"notebooks/(\w+)\.ipynb", entry)
        text = (ROOT / "notebooks" / f"{stem}.py").read_text(encoding="utf-8")
        words = " ".join(re.sub(r"\n#? ?", " ", text).replace("*", "").lower().split())
        assert term.lower().removesuffix(" set") in words, (term, stem)


def test_exercises_and_solutions_link_to_each_other(pages, site):
    for unit in units():
        student = pages[site / "notebooks" / f"{unit.stem}.html"]
        solution = pages[site / "solutions" / f"{unit.stem}.html"]
        assert any(f"solutions/{unit.stem}.html" in link for link in student.links)
        assert any(f"notebooks/{unit.stem}.html" in link for link in solution.links)


def test_every_picture_says_what_it_shows(pages):
    for path, page in pages.items():
        for image in page.images:
            alt = image.get("alt")
            assert alt, f"{path.name}: {image.get('src', '')[:80]}"
            assert not re.search(r"[0-9a-f]{16}|\.(png|svg)$", alt), alt


def test_formulas_are_built_in(pages, site):
    text = (site / "solutions" / "01_xor_network.html").read_text(encoding="utf-8")
    assert "<math" in text
    assert "mathjax" not in text.lower()


def test_the_site_needs_no_more_than_its_own_environment():
    """`make book` installs the extra "book" alone: what tests and authors need is not there."""
    absent = "jupytext", "nbclient", "papermill", "playwright", "pypdf", "pytest", "tensorflow"
    blocked = f"import sys; sys.modules.update(dict.fromkeys({absent}))"
    done = subprocess.run(
        [sys.executable, "-c", f"{blocked}; import helpers.authoring.site"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_the_site_builds_with_sphinx_alone(tmp_path):
    """The way out of Jupyter Book 1: its configuration as plain Sphinx."""
    copy = tmp_path / "book"
    ignored = shutil.ignore_patterns(".venv", ".git", "_build", "my", "tests", "__pycache__")
    shutil.copytree(ROOT, copy, ignore=ignored)
    subprocess.run([tool("jupyter-book"), "config", "sphinx", "."], cwd=copy, check=True)
    done = subprocess.run(
        [tool("sphinx-build"), "-b", "html", "-W", "-n", "--keep-going", "-q", ".", "_build/html"],
        cwd=copy,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert (copy / "_build" / "html" / "solutions" / "01_xor_network.html").exists()
