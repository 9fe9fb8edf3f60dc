"""Can everything be read on light and dark pages, and told apart with fewer kinds of cones?"""

from __future__ import annotations

import ast
import base64
import io
import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import NamedTuple

import matplotlib as mpl
import numpy as np
import pytest
from PIL import Image

mpl.use("Agg")

import matplotlib.pyplot as plt
from matplotlib.colors import is_color_like, to_rgb

from helpers import figures, graph_canvas, learning_curves
from helpers.authoring.colours import (
    EYES,
    LARGE,
    TEXT,
    ciede2000,
    contrast,
    difference,
    lab,
    nearest,
    simulate,
)
from helpers.authoring.execution import ROOT
from helpers.checks.feedback import Feedback
from helpers.digits import draw_confusion

# The least difference of two colours of a palette; that of Okabe and Ito has 10.9.
APART = 10
# From here on colour alone is enough; what is nearer has another sign as well.
FAR = 20
WHITE = (1, 1, 1)
NAMES = ("BLUE", "ORANGE", "GREEN", "PINK", "YELLOW", "SKY")
BOOK = {name: getattr(figures, name) for name in NAMES}
# Pale on purpose: what it is for. All else that is drawn stands out from white.
QUIET = {
    "white": "paper, and rims that part a mark from what lies below it",
    "none": "no filling",
    "#FBE6D9": "filling of a box that has an orange rim",
    "#EFF5FA": "filling of an ellipse that has a dark rim",
    "#dddddd": "grid",
    "0.6": "lines between small pictures",
}
DIVERGING = {"PuOr"}
LIVE = ROOT / "book/_static/live"


class Cell(NamedTuple):
    unit: str
    source: str
    tree: ast.Module
    pictures: list[bytes]


@cache
def cells() -> list[Cell]:
    """Return the code cells of all solved notebooks with the pictures that are stored in them."""
    found = []
    for path in sorted((ROOT / "solutions").glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] != "code":
                continue
            pictures = []
            for output in cell["outputs"]:
                shown = output.get("data", {})
                html = "".join(shown.get("text/html", ""))
                pictures += re.findall(r'src="data:image/png;base64,([^"]+)"', html)
                pictures += ["".join(shown[kind]) for kind in ("image/png",) if kind in shown]
            decoded = [base64.b64decode(picture) for picture in pictures]
            source = "".join(cell["source"])
            found.append(Cell(path.name[:2], source, ast.parse(source), decoded))
    return found


@cache
def code() -> list[ast.AST]:
    """Return every node of the code that draws: the solved notebooks and the helpers."""
    folder = ROOT / "helpers"
    paths = [*folder.glob("*.py"), *folder.glob("checks/**/*.py"), *folder.glob("authoring/live/*")]
    texts = [path.read_text(encoding="utf-8") for path in paths if path.suffix == ".py"]
    trees = [*map(ast.parse, texts), *(cell.tree for cell in cells())]
    return [node for tree in trees for node in ast.walk(tree)]


def pictures() -> Iterator[tuple[str, str, np.ndarray]]:
    """Yield where each stored figure comes from, the code that drew it, and its pixels."""
    for number, cell in enumerate(cells()):
        for picture in cell.pictures:
            # A cell may show a picture from its data; only figures have a ground of their own.
            if "plt." in cell.source or "draw" in cell.source or "plot" in cell.source:
                yield f"{cell.unit}, cell {number}", cell.source, pixels(io.BytesIO(picture))
    for path in sorted((ROOT / "book/_static").rglob("*.png")):
        yield path.name, "", pixels(path)


def pixels(file) -> np.ndarray:
    return np.asarray(Image.open(file).convert("RGBA"))


def in_picture(picture: np.ndarray, least: int = 30) -> set[str]:
    """Return the names of the book's colours that so many pixels of a picture have exactly."""
    values = picture[..., :3].astype(int) @ (1 << 16, 1 << 8, 1)
    return {
        name
        for name, colour in BOOK.items()
        if np.count_nonzero(values == int(colour[1:], 16)) >= least
    }


def live_colours(theme: str) -> dict[str, str]:
    """Return the colours of live figures, read from their script."""
    pairs = re.findall(
        r'(\w+): dark \? "(#\w{6})" : "(#\w{6})"', (LIVE / "live.js").read_text("utf-8")
    )
    assert len(pairs) == 8
    return {name: dark if theme == "dark" else light for name, dark, light in pairs}


def rgb(colours) -> list[tuple]:
    return [to_rgb(colour) for colour in colours]


def test_the_difference_of_colours_is_that_of_its_published_test_data():
    """From the table of Sharma, Wu and Dalal (2005)."""
    known = [
        ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.49, -0.001), (50, -2.49, 0.0009), 7.1792),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
    ]
    for one, other, expected in known:
        assert ciede2000(one, other) == pytest.approx(expected, abs=5e-5)
        assert ciede2000(other, one) == pytest.approx(expected, abs=5e-5)


def test_contrast_is_that_of_wcag():
    assert contrast(to_rgb("#767676"), WHITE) == pytest.approx(4.54, abs=0.005)
    assert contrast(to_rgb("#777777"), WHITE) < TEXT


@pytest.mark.parametrize("eyes", EYES)
def test_greys_look_the_same_to_all_eyes(eyes):
    greys = np.repeat(np.linspace(0, 1, 9)[:, None], 3, axis=1)
    assert np.allclose(simulate(greys, eyes), greys, atol=1e-4)


def test_colours_that_are_known_to_be_mixed_up_are_found():
    assert nearest(rgb(["tab:green", "tab:red"])) < APART
    assert nearest(rgb(["tab:blue", "tab:orange"])) > FAR


def test_the_books_colours_stay_apart_for_all_eyes():
    assert nearest(rgb([*BOOK.values(), "black"])) >= APART
    assert nearest(rgb([figures.BLUE, figures.ORANGE, "black"])) >= FAR


def test_the_colours_of_a_graph_stay_apart_for_all_eyes_and_stand_out():
    lines = [figures.BLUE, figures.ORANGE, graph_canvas.INK, graph_canvas.QUIET]
    assert nearest(rgb(lines)) >= APART
    for line in lines:
        assert contrast(to_rgb(line), WHITE) >= LARGE
    for ground in (graph_canvas.PALE, graph_canvas.TINT, "white"):
        assert contrast(to_rgb(graph_canvas.INK), to_rgb(ground)) >= TEXT
    for filling, rim in (
        (graph_canvas.PALE, graph_canvas.INK),
        (graph_canvas.TINT, figures.ORANGE),
    ):
        assert contrast(to_rgb(rim), to_rgb(filling)) >= LARGE


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_colours_of_live_figures_can_carry_text_and_stay_apart(theme):
    colours = live_colours(theme)
    paper, _ = colours.pop("paper"), colours.pop("line")
    for name, colour in colours.items():
        assert contrast(to_rgb(colour), to_rgb(paper)) >= TEXT, name
    assert nearest(rgb(colours.values())) >= APART
    main = [colours[name] for name in ("ink", "blue", "orange")]
    assert nearest(rgb(main)) >= FAR
    assert nearest(rgb([colours["faint"], colours["orange"]])) >= FAR


def test_ramps_of_live_figures_darken_or_lighten_to_both_sides_for_all_eyes():
    """A list of many colours in a live figure's script is a ramp with a middle."""
    for path in LIVE.glob("*.js"):
        text = "" if path.name.endswith(".data.js") else path.read_text(encoding="utf-8")
        for found in re.findall(r'\[((?:"#?[0-9a-f]{6}",?\s*){5,})\]', text):
            ramp = rgb(f"#{one}" for one in re.findall(r"[0-9a-f]{6}", found))
            assert rises_from_the_middle(np.array(ramp)), path.name


def test_every_stored_figure_has_a_white_ground_of_its_own():
    """On a dark page a transparent figure would lose its axes and words."""
    for name, _, picture in pictures():
        assert (picture[..., 3] == 255).all(), name
        assert (picture[[0, 0, -1, -1], [0, -1, 0, -1]] == 255).all(), name


def test_colours_in_stored_figures_stand_out_from_white():
    seen = set().union(*(in_picture(picture) for _, _, picture in pictures()))
    assert {"BLUE", "ORANGE", "GREEN", "PINK"} <= seen
    for name in seen:
        assert contrast(to_rgb(BOOK[name]), WHITE) >= LARGE, name


def test_the_pale_colours_come_last():
    for order in (list(BOOK.values()), learning_curves._COLOURS):
        pale = [contrast(to_rgb(colour), WHITE) < LARGE for colour in order]
        assert pale == sorted(pale)
        assert sum(pale) == 2


def test_colours_that_come_near_each_other_differ_in_their_markers():
    """Where two such colours stand in a figure, its code deals out markers beside the colours.

    Learning curves do this for every caller (tests/test_learning_curves.py). The figures on real
    data are drawn by the same cells.
    """
    met = 0
    for name, source, picture in pictures():
        near = near_pairs(in_picture(picture))
        if not near or not source:
            continue
        met += 1
        if "plot_history(" in source or "plot_starts(" in source:
            continue
        dealt = dict(marked(ast.parse(source)))
        for pair in near:
            assert all(colour in dealt for colour in pair), (name, pair)
            assert dealt[pair[0]] != dealt[pair[1]], (name, pair)
    assert met >= 4


def near_pairs(names: set[str]) -> list[tuple[str, str]]:
    return [
        pair
        for pair in combinations(sorted(names), 2)
        if difference(*rgb(BOOK[name] for name in pair)) < FAR
    ]


def marked(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield each colour's name with the marker that stands at its place in the same zip."""
    for call in ast.walk(tree):
        if not (isinstance(call, ast.Call) and getattr(call.func, "id", "") == "zip"):
            continue
        names = [colour_names(one) for one in call.args if isinstance(one, ast.Tuple)]
        markers = [one.value for one in call.args if isinstance(one, ast.Constant)]
        if names and markers:
            yield from zip(names[0], markers[0], strict=True)


def colour_names(tree: ast.AST) -> list[str]:
    return [node.id for node in ast.walk(tree) if getattr(node, "id", "") in BOOK]


def test_points_of_two_classes_are_seen_on_the_surface_below():
    """A white rim parts each mark from a black rim; one of the two stands out on any shade."""
    shades = mpl.colormaps["PuOr"](np.linspace(0, 1, 101))[:, :3]
    fig, ax = plt.subplots()
    figures.plot_points(ax, np.array([[0, 0], [1, 1]]), np.array([0, 1]))
    assert len(ax.collections) == 2
    for points in ax.collections:
        mark, rim = points.get_facecolor()[0, :3], points.get_edgecolor()[0, :3]
        (effect,) = points.get_path_effects()
        outer = to_rgb(effect._gc["foreground"])
        assert effect._gc["linewidth"] >= points.get_linewidth()[0] + 1
        assert min(contrast(rim, mark), contrast(rim, outer)) >= LARGE
        assert np.maximum(contrast(rim, shades), contrast(outer, shades)).min() >= TEXT
    plt.close(fig)


def test_what_is_drawn_in_a_colour_of_its_own_stands_out_from_white():
    written = written_colours(code())
    written -= {figures.YELLOW, figures.SKY}  # seen in no figure, as tested above
    assert set(QUIET) <= written
    for colour in written - set(QUIET):
        assert contrast(to_rgb(colour), WHITE) >= LARGE, colour


def written_colours(nodes: list[ast.AST]) -> set[str]:
    """Return colours in code: hexadecimal ones, shades of grey, and words given as a colour."""
    found = set()
    for node in nodes:
        given = []
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= set(re.findall(r"^(?:#[0-9A-Fa-f]{6}|0\.\d+)$", node.value))
        if isinstance(node, ast.Call):
            given = [(key.arg or "", key.value) for key in node.keywords]
        if isinstance(node, ast.Dict):
            given = [
                (str(getattr(key, "value", "")), value)
                for key, value in zip(node.keys, node.values, strict=True)
            ]
        for key, value in given:
            if re.fullmatch(r"(edge|face|markeredge|markerface)?colors?", key):
                words = {getattr(part, "value", None) for part in ast.walk(value)}
                found |= {w for w in words if isinstance(w, str) and is_color_like(w)}
    return found


def test_text_in_colour_can_be_read_on_white():
    """Names in the colour of their line go through `ink`, or are dark enough without."""
    met = 0
    for cell in cells():
        for call in ast.walk(cell.tree):
            if getattr(getattr(call, "func", None), "attr", "") not in ("text", "annotate"):
                continue
            for key in call.keywords:
                if key.arg != "color":
                    continue
                # A variable may hold each colour that its cell names.
                words = {node.id for node in ast.walk(key.value) if isinstance(node, ast.Name)}
                for name in words & set(BOOK) or set(colour_names(cell.tree)):
                    colour = figures.ink(BOOK[name]) if "ink" in words else to_rgb(BOOK[name])
                    assert contrast(colour, WHITE) >= TEXT, (cell.unit, name)
                    met += 1
    assert met >= 9


def test_numbers_on_the_shades_of_a_confusion_matrix_can_be_read():
    counts = np.diag(np.arange(1, 41))
    counts[:-1, -1] = 40 - np.arange(1, 40)
    ax = draw_confusion(counts, "title").axes[0]
    assert len(ax.texts) == 79
    shares = ax.images[0].get_array()
    shades = ax.images[0].to_rgba(shares)[..., :3]
    for text in ax.texts:
        column, row = text.get_position()
        assert contrast(to_rgb(text.get_color()), shades[row, column]) >= TEXT
    plt.close("all")


def test_numbers_on_shaded_cells_of_the_notebooks_can_be_read():
    text = "\n".join(cell.source for cell in cells())
    (dark,) = re.findall(r'"white" if value > (\d+) else "black"', text)
    for value in range(17):
        ink = WHITE if value > int(dark) else (0, 0, 0)
        assert contrast(ink, mpl.colormaps["gray_r"](value / 16)[:3]) >= TEXT
    (room,) = re.findall(r'cmap="Blues", vmax=np.sqrt\(block.max\(\)\) \* ([\d.]+)', text)
    assert contrast((0, 0, 0), mpl.colormaps["Blues"](1 / float(room))[:3]) >= TEXT
    (most,) = re.findall(r'imshow\(patch, cmap="gray_r", vmax=(\d+)', text)
    assert contrast((0, 0, 0), mpl.colormaps["gray_r"](9 / int(most))[:3]) >= TEXT


def maps_in_use() -> set[str]:
    words = {node.value for node in code() if isinstance(node, ast.Constant)}
    return {word for word in words if isinstance(word, str) and word in mpl.colormaps}


def rises_from_the_middle(colours: np.ndarray) -> bool:
    """Tell whether lightness rises, or falls, from the middle to both ends, for all eyes."""
    half = len(colours) // 2
    return all(is_monotone(side) for side in (colours[half:], colours[-1 - half :: -1]))


def is_monotone(colours: np.ndarray) -> bool:
    steps = [np.diff(lab(simulate(colours, eyes))[:, 0]) for eyes in EYES]
    return all((one >= 0).all() or (one <= 0).all() for one in steps)


def test_maps_lead_from_dark_to_light_for_all_eyes():
    """A map with a middle does so on each side of it, from the dark ends to the light middle."""
    used = maps_in_use()
    assert {"viridis", "PuOr", "Blues"} <= used
    for name in used:
        colours = mpl.colormaps[name](np.linspace(0, 1, 65))[:, :3]
        assert rises_from_the_middle(colours) if name in DIVERGING else is_monotone(colours), name


def test_no_stored_output_brings_colours_of_a_terminal():
    """Model summaries and all else that is printed take the colour of the page."""
    for path in (ROOT / "solutions").glob("*.ipynb"):
        assert "\\u001b[" not in path.read_text(encoding="utf-8"), path.name


# Of each kind of page one, and all live figures.
PAGES = [
    "book/home",
    "book/how_to_use",
    "book/map",
    "book/results",
    "book/references",
    "notebooks/01_xor_network",
    "solutions/01_xor_network",
    "solutions/04_mnist_mlp",
    "solutions/05_notmnist_curation",
    "search",
    *sorted(f"book/live/{path.stem}" for path in (ROOT / "book/live").glob("*.md")),
]
# What is more than decoration: whether a check passed, where something can be pressed.
MARKS = {
    ".first-layers-feedback": "borderLeftColor",
    ".exercise-head": "borderLeftColor",
    ".live-controls button": "borderTopColor",
    ".unit-button": "borderTopColor",
}
STATES = ("passed", "failed", "not started", "book's")


def opened(page, site, name: str):
    """Open a page with what measures it, still, and with all that is folded unfolded."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.add_init_script(path=ROOT / "tests" / "page_colours.js")
    page.goto((site / f"{name}.html").as_uri())
    page.add_style_tag(content="* { transition: none !important; animation: none !important }")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    return page


def in_themes(page) -> Iterator[str]:
    for theme in ("light", "dark"):
        page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
        yield theme


def too_faint(found: list[dict], least: float = TEXT) -> list[tuple]:
    return [
        (round(float(contrast(one["ink"], one["ground"])), 2), one.get("text"))
        for one in found
        if contrast(one["ink"], one["ground"]) < (LARGE if one.get("large") else least)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_text_and_marks_of_a_page_stand_out_in_both_themes(page, site, name):
    opened(page, site, name)
    for theme in in_themes(page):
        texts = page.evaluate("seen.texts('body')")
        assert len(texts) > 4
        assert not too_faint(texts), theme
        for selector, side in MARKS.items():
            found = page.evaluate(
                "([selector, side]) => seen.marks(selector, side)", [selector, side]
            )
            assert not too_faint(found, LARGE), (theme, selector)


@pytest.mark.slow
def test_marks_are_called_on_the_pages_what_they_are_called_here(site):
    made = [(site / f"{name}.html").read_text(encoding="utf-8") for name in PAGES]
    text = "\n".join([*made, (LIVE / "live.js").read_text(encoding="utf-8")])
    for selector in MARKS:
        assert selector.split()[0].removeprefix(".") in text


@pytest.mark.slow
def test_links_in_text_are_underlined(page, site):
    opened(page, site, "book/how_to_use")
    lines = page.eval_on_selector_all(
        "article p a", "links => links.map(link => getComputedStyle(link).textDecorationLine)"
    )
    assert lines
    assert set(lines) == {"underline"}


@pytest.mark.slow
def test_feedback_of_every_kind_stands_out_in_both_themes(page, site):
    opened(page, site, "solutions/01_xor_network")
    said = [Feedback("add", "sums", state, "See `x`.", table="1  2") for state in STATES]
    page.eval_on_selector(
        ".first-layers-feedback",
        "(one, html) => one.outerHTML = html",
        "".join(one._repr_html_() for one in said),
    )
    for theme in in_themes(page):
        marks = page.evaluate("seen.marks('[role=status]', 'borderLeftColor')")
        assert len({tuple(mark["ink"]) for mark in marks}) >= 3
        assert not too_faint(marks, LARGE), theme
        assert not too_faint(page.evaluate("seen.texts('.first-layers-feedback')")), theme


@pytest.mark.slow
def test_model_summaries_can_be_read_in_both_themes(page, site):
    opened(page, site, "solutions/04_mnist_mlp")
    page.eval_on_selector_all(
        ".cell_output pre",
        "all => all.filter(pre => pre.textContent.includes('output shape'))"
        ".forEach(pre => pre.classList.add('summary'))",
    )
    grounds = set()
    for theme in in_themes(page):
        (text,) = page.evaluate("seen.texts('pre.summary')")
        assert not too_faint([text]), theme
        grounds.add(tuple(text["ground"]))
    assert len(grounds) == 2


@pytest.mark.slow
def test_figures_on_dark_pages_stand_out_from_their_ground_and_stay_apart(page, site):
    """There the theme dims pictures."""
    opened(page, site, "solutions/01_xor_network")
    *_, theme = in_themes(page)
    filters = page.eval_on_selector_all(
        ".bd-content img", "all => all.map(img => getComputedStyle(img).filter)"
    )
    assert theme == "dark"
    (dimming,) = set(filters)
    seen = {name: dimmed(to_rgb(colour), dimming) for name, colour in BOOK.items()}
    ground = dimmed(WHITE, dimming)
    for name in ("BLUE", "ORANGE", "GREEN", "PINK"):
        assert contrast(seen[name], ground) >= LARGE
    assert contrast(dimmed(to_rgb(graph_canvas.QUIET), dimming), ground) >= TEXT
    assert nearest([*seen.values(), dimmed((0, 0, 0), dimming)]) >= APART


def dimmed(colour, filters: str) -> np.ndarray:
    """Return a colour after the filters of CSS that the theme uses."""
    colour = np.array(colour)
    for kind, amount in re.findall(r"(\w+)\(([\d.]+)\)", filters):
        share = float(amount)
        assert kind in ("brightness", "contrast")
        colour = colour * share if kind == "brightness" else (colour - 0.5) * share + 0.5
        colour = np.clip(colour, 0, 1)
    return colour


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in PAGES if "/live/" in name])
def test_text_in_live_figures_can_be_read_in_both_themes(page, site, name):
    opened(page, site, name)
    page.wait_for_selector("figure.live[data-ready]")
    for theme in in_themes(page):
        for control in page.locator(".live-controls :is(button, input[type=radio])").all():
            control.evaluate("one => one.click()")
        texts = page.evaluate("seen.written()")
        assert texts or "fillText" not in (LIVE / f"{name.rpartition('/')[2]}.js").read_text(
            "utf-8"
        )
        assert not too_faint(texts), theme
        colours = page.evaluate("live.colours()")
        assert colours.pop("dark") == (theme == "dark")
        assert colours == live_colours(theme)
        ground = page.evaluate("seen.groundOf(document.querySelector('.live-stage'))")
        assert to_rgb(colours["paper"]) == pytest.approx(ground, abs=1e-3)
