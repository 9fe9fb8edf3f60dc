"""The live figure of a graph's two passes: is it the unit's arithmetic, and does it answer?"""

from __future__ import annotations

import pytest

from helpers.authoring.execution import ROOT
from helpers.authoring.live import STATIC, graph_passes
from helpers.authoring.live.__main__ import script

ADDRESS = "book/live/graph_passes.html"
FEEDS = [
    {"a": -0.5},
    {"a": 4.0},
    {"x₁": 1, "w₁": 0.5, "x₂": 2, "w₂": -0.5, "b": 0.5},
    {"x₁": -2.75, "w₁": 1.5, "x₂": 0, "w₂": 2, "b": 3},
]


def graph_of(feed):
    graphs = graph_passes.data()["graphs"]
    return graphs[0] if "a" in feed else graphs[1]


def test_the_committed_data_are_what_the_module_makes():
    committed = ROOT / STATIC / "graph_passes.data.js"
    assert committed.read_text("utf-8") == script("graph_passes", graph_passes.data())


def test_the_first_graph_has_the_unit_s_slopes():
    values, slopes = graph_passes.walk(graph_of({"a": 3})["nodes"], {"a": 3})
    assert values == {"a": 3, "s": 9, "z": 12}
    assert slopes == {"a": 7, "s": 1, "z": 1}


def test_one_unit_has_the_slopes_of_the_first_column_of_the_unit_s_layer():
    _, slopes = graph_passes.walk(graph_of(FEEDS[2])["nodes"], FEEDS[2])
    assert {name: slopes[name] for name in ("w₁", "w₂", "b")} == {"w₁": 0.25, "w₂": 0.5, "b": 0.25}


def test_a_line_begins_and_ends_at_its_nodes():
    for graph in graph_passes.data()["graphs"]:
        inputs = {node["name"]: node["inputs"] for node in graph["nodes"]}
        assert len(graph["lines"]) == sum(map(len, inputs.values()))
        for line in graph["lines"]:
            source = inputs[line["user"]][line["which"]]
            for (x, y), name, at in (
                (line["way"][0], source, 1),
                (line["way"][-1], line["user"], 0),
            ):
                left, top, width, height = graph["boxes"][name]
                assert left <= x <= left + width
                assert y == pytest.approx(top + at * height)


@pytest.fixture
def figure(page, site):
    page.goto((site / ADDRESS).as_uri())
    page.wait_for_selector("#live-graph_passes[data-ready]")
    return page


def said(page, text):
    page.locator(".live-said").filter(has_text=text).wait_for()


@pytest.mark.slow
@pytest.mark.parametrize("feed", FEEDS)
def test_values_and_slopes_are_the_reference_s(figure, feed):
    nodes = graph_of(feed)["nodes"]
    found = figure.evaluate("([nodes, feed]) => live.passes(nodes, feed)", [nodes, feed])
    values, slopes = graph_passes.walk(nodes, feed)
    assert found["values"] == pytest.approx(values, abs=1e-12)
    assert found["slopes"] == pytest.approx(slopes, abs=1e-12)


@pytest.mark.slow
def test_steps_by_keyboard_tell_each_value_and_each_part(figure):
    figure.get_by_role("button", name="Step", exact=True).focus()
    for sentence in (
        "Forward: s = a · a = 3 · 3 = 9.",
        "Forward: z = s + a = 9 + 3 = 12.",
        "the slope of z with respect to itself is 1",
        "The slope of s is 1.",
        "So far a has 1; 2 more to come.",
        "1 · 3 = 3. So far a has 1 + 3 = 4; 1 more to come.",
        "The slope of a is 1 + 3 + 3 = 7. All slopes are there. Small differences say",
    ):
        figure.keyboard.press("Enter")
        said(figure, sentence)
    figure.get_by_role("button", name="Back").click()
    said(figure, "1 more to come")


@pytest.mark.slow
def test_a_slider_changes_what_is_said_and_drawn(figure):
    for _ in range(7):
        figure.get_by_role("button", name="Step", exact=True).click()
    picture = figure.locator("canvas").first
    before = picture.screenshot()
    figure.get_by_role("slider", name="a").focus()
    figure.keyboard.press("ArrowLeft")
    said(figure, "The slope of a is 1 + 2.75 + 2.75 = 6.5.")
    assert picture.screenshot() != before


@pytest.mark.slow
def test_who_asked_for_less_motion_sees_the_end_at_once(figure):
    figure.emulate_media(reduced_motion="reduce")
    figure.get_by_role("radio", name="one unit of a layer").check()
    figure.get_by_role("button", name="Play").click()
    said(figure, "Small differences say the same: x₁ 0.125, w₁ 0.25, x₂ −0.125, w₂ 0.5, b 0.25.")


@pytest.mark.slow
def test_without_scripts_the_still_picture_is_there(without_scripts, site):
    without_scripts.goto((site / ADDRESS).as_uri())
    picture = without_scripts.locator("#live-graph_passes img")
    assert picture.is_visible()
    assert "a part of 3" in picture.get_attribute("alt")
    assert not without_scripts.locator("#live-graph_passes canvas").count()
