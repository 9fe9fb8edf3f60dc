"""The live figure of steps down a slope: its data, and what it tells of a walk."""

from __future__ import annotations

import re

import numpy as np
import pytest
from numpy.polynomial import Polynomial

import helpers.authoring.live as live
from helpers.authoring.execution import ROOT
from helpers.authoring.live.__main__ import script
from helpers.authoring.live.learning_rate import data
from helpers.reference.xor_network import descend

ADDRESS = "book/live/learning_rate.html"


def test_the_committed_data_are_what_the_module_makes():
    file = ROOT / live.STATIC / "learning_rate.data.js"
    assert numbers(file.read_text(encoding="utf-8")) == pytest.approx(
        numbers(script("learning_rate", data())), abs=1e-9
    )


def numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", text)]


def test_the_first_loss_is_the_units():
    (one,) = data()["losses"]["one"]
    x = np.linspace(-1, 7, 9)
    np.testing.assert_allclose(Polynomial(one["loss"])(x), (x - 3) ** 2, atol=1e-12)
    np.testing.assert_allclose(Polynomial(one["slope"])(x), 2 * (x - 3), atol=1e-12)


@pytest.mark.parametrize("name", ["one", "two", "ravine"])
def test_slopes_belong_to_losses_and_minima_are_minima(name):
    for one in data()["losses"][name]:
        loss, slope = Polynomial(one["loss"]), Polynomial(one["slope"])
        x = np.linspace(-1, 7, 17)
        measured = (loss(x + 1e-5) - loss(x - 1e-5)) / 2e-5
        np.testing.assert_allclose(slope(x), measured, atol=1e-6)
        for place, curvature in one["minima"]:
            assert slope(place) == pytest.approx(0, abs=1e-9)
            assert loss(place + 1e-3) - loss(place) == pytest.approx(curvature / 2e6, rel=1e-2)
        assert min(loss(place) for place, _ in one["minima"]) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("start", "rate", "ends"), [(6, 0.4, 5), (6, 0.52, None), (6, 0.57, None), (6, 0.7, 0.5)]
)
def test_the_page_is_right_about_two_valleys(start, rate, ends):
    slope = Polynomial(data()["losses"]["two"][0]["slope"])
    *_, before, last = descend(slope, start, rate, 80)
    if ends is None:
        assert abs(last - before) > 0.3 and abs(slope(last)) > 0.3 and 2 < last < 7
    else:
        assert last == pytest.approx(ends, abs=1e-3)


def test_the_page_is_right_about_the_rim_and_the_ravine():
    slope = Polynomial(data()["losses"]["two"][0]["slope"])
    assert abs(descend(slope, 6.5, 0.7, 4)[-1]) > 1e5
    factors = [1 - 0.95 * one["minima"][0][1] for one in data()["losses"]["ravine"]]
    assert factors == pytest.approx([-0.9, 0.905])


@pytest.fixture
def figure(page, site):
    page.goto((site / ADDRESS).as_uri())
    page.wait_for_selector("#live-learning_rate[data-ready]")
    return page


def says(page, words: str) -> str:
    """Wait until the figure says these words; return all that it says."""
    said = page.locator(".live-said", has_text=words)
    said.wait_for(timeout=5000)
    return said.text_content()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (0.1, "creeps"),
        (0.4, "arrives"),
        (0.8, "overshoots and comes closer"),
        (1, "oscillates between 1.00 and 5.00"),
        (1.05, "diverges"),
    ],
)
def test_the_walk_is_the_units_and_is_told(figure, rate, words):
    figure.get_by_label("Learning rate").fill(str(rate))
    last = descend(lambda x: 2 * (x - 3), 5.0, rate, 8)[-1]
    assert f"After 8 steps, x = {last:.2f}," in says(figure, f"walk {words}")


@pytest.mark.slow
def test_step_back_and_play(figure):
    figure.get_by_label("Learning rate").fill("0.8")
    figure.get_by_role("button", name="Back to the start").click()
    says(figure, "At the start, x = 5.00, the loss is 4.00.")
    figure.get_by_role("button", name="Step").press("Enter")
    says(figure, "After 1 step, x = 1.80")
    figure.get_by_role("button", name="Play").press("Space")
    says(figure, "overshoots and arrives at 3.00")
    figure.get_by_role("button", name="Play").wait_for()


@pytest.mark.slow
def test_the_keyboard_moves_rate_and_start_and_the_picture_follows(figure):
    canvas = figure.locator("canvas").first
    seen = canvas.evaluate("canvas => canvas.toDataURL()")
    figure.get_by_label("Learning rate").press("End")
    says(figure, "1 − 2 × 1.2 = −1.40")
    moved = canvas.evaluate("canvas => canvas.toDataURL()")
    assert moved != seen
    figure.get_by_label("Start x").press("Home")
    says(figure, f"x = {3 - 4 * 1.4**8:.2f}".replace("-", "−"))
    assert canvas.evaluate("canvas => canvas.toDataURL()") != moved


@pytest.mark.slow
def test_a_press_on_the_picture_is_a_new_start(figure):
    figure.get_by_role("button", name="Back to the start").click()
    figure.locator("canvas").first.click(position={"x": 36 + 356 / 2, "y": 100})
    says(figure, "At the start, x = 3.00, the loss is 0.00.")


@pytest.mark.slow
def test_a_walk_leaves_the_narrow_valley_at_a_rate_over_its_bound(figure):
    figure.get_by_label("two valleys").check()
    figure.get_by_label("Start x").fill("6")
    figure.get_by_label("Learning rate").fill("0.7")
    says(figure, "has left the valley where it began. It overshoots and arrives at 0.50.")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("loss", "start", "rate", "words"),
    [
        ("two valleys", 6, 0.52, "oscillates between"),
        ("two valleys", 6, 0.57, "oscillates between"),
        ("one valley", 5, 0.97, "overshoots and comes closer"),
        ("one valley", 5, 0.99, "overshoots and comes closer"),
    ],
)
def test_what_goes_to_and_fro_is_told_from_what_comes_closer(figure, loss, start, rate, words):
    figure.get_by_label(loss).check()
    figure.get_by_label("Start x").fill(str(start))
    figure.get_by_label("Learning rate").fill(str(rate))
    for _ in range(72):
        figure.get_by_role("button", name="Step").press("Enter")
    assert words in says(figure, "After 80 steps")


@pytest.mark.slow
def test_one_rate_serves_two_directions(figure):
    assert not figure.get_by_label("Start y").is_visible()
    figure.get_by_label("a ravine").check()
    assert figure.get_by_label("Start y").is_visible()
    figure.get_by_label("Learning rate").fill("1.1")
    said = says(figure, "In x the walk diverges")
    assert "In y it creeps" in said


@pytest.mark.slow
def test_without_scripts_the_still_picture_is_there(without_scripts, site):
    without_scripts.goto((site / ADDRESS).as_uri())
    still = without_scripts.locator("#live-learning_rate img")
    assert still.is_visible() and still.evaluate("img => img.naturalWidth") > 600
    assert without_scripts.locator("canvas").count() == 0
