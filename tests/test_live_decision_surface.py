"""The live figure of what two starts answer on the plane: its data, and what the browser makes."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

import helpers.authoring.live as live
from helpers.authoring.execution import ROOT
from helpers.authoring.live.decision_surface import MILESTONES, data, history, loss
from helpers.reference.xor_network import XOR_X, XOR_Y, forward, random_start, train

ADDRESS = "book/live/decision_surface.html"


@pytest.fixture(scope="module")
def committed() -> dict:
    text = (ROOT / live.STATIC / "decision_surface.data.js").read_text(encoding="utf-8")
    return json.loads(text.removeprefix("live.data.decision_surface = ").rstrip(";\n"))


def test_the_committed_data_are_what_the_module_makes(committed):
    made = data()
    assert made["epochs"] == committed["epochs"] and made["every"] == committed["every"]
    for one, other in zip(made["starts"], committed["starts"], strict=True):
        assert one["seed"] == other["seed"]
        assert one["losses"] == pytest.approx(other["losses"], abs=2e-4)
        for weights, stored in zip(one["weights"], other["weights"], strict=True):
            for W, S in zip(weights, stored, strict=True):
                np.testing.assert_allclose(W, S, atol=1e-7)


def test_the_weights_are_those_of_the_unit(committed):
    assert set(MILESTONES) <= set(committed["epochs"])
    for start in committed["starts"]:
        for epoch in (0, 7, 400):
            stored = start["weights"][committed["epochs"].index(epoch)]
            for W, S in zip(train(*random_start(start["seed"]), epochs=epoch), stored, strict=True):
                np.testing.assert_allclose(S, W, atol=1e-8)


def test_the_page_is_right_about_both_starts():
    solved, stuck = history(0), history(8)
    losses = np.array([[loss(*weights) for weights in past] for past in (solved, stuck)])
    assert np.all(losses[1, 92:403] < losses[0, 92:403])
    assert losses[1, 91] > losses[0, 91] and losses[1, 403] > losses[0, 403]
    assert losses[:, 323] == pytest.approx([0.93, 0.71], abs=0.005)
    assert losses[:, 1000] == pytest.approx([0.012, 0.513], abs=0.0005)
    right = [np.all((forward(XOR_X, *weights)[1] > 0.5) == XOR_Y) for weights in solved]
    assert not right[402] and all(right[403:])
    middle = [forward(np.array([[0.5, 0.5]]), *past[-1])[1].item() for past in (solved, stuck)]
    assert middle == pytest.approx([0.05, 0.51], abs=0.005)


@pytest.fixture
def figure(page, site):
    page.goto((site / ADDRESS).as_uri())
    page.wait_for_selector("#live-decision_surface[data-ready]")
    return page


def says(page, words: str | re.Pattern) -> str:
    """Wait until the figure says these words; return all that it says."""
    said = page.locator(".live-said", has_text=words)
    said.wait_for(timeout=5000)
    return said.text_content()


def slider(page, name: str):
    return page.get_by_role("slider", name=name)


@pytest.mark.slow
@pytest.mark.parametrize("epoch", [0, 323, 1000])
@pytest.mark.parametrize("place", [(0.0, 1.0), (0.5, 0.5), (1.35, -0.4)])
def test_the_browser_answers_what_the_reference_does(figure, committed, epoch, place):
    slider(figure, "Epoch").fill(str(committed["epochs"].index(epoch)))
    slider(figure, "First input").fill(str(place[0]))
    slider(figure, "Second input").fill(str(place[1]))
    where = ", ".join(f"{own:.2f}" for own in place).replace("-", "−")
    says(figure, f"Epoch {epoch}. ")
    said = says(figure, f"At ({where})")
    answers = [float(number) for number in re.findall(r"seed \d answers ([\d.]+\d)", said)]
    for seed, answer in zip((0, 8), answers, strict=True):
        weights = train(*random_start(seed), epochs=epoch)
        assert answer == pytest.approx(forward(np.array([place]), *weights)[1].item(), abs=1e-6)
        assert f"Seed {seed} has loss {loss(*weights):.3f}" in said


@pytest.mark.slow
def test_what_is_drawn_is_what_the_network_answers(figure, committed):
    """Orange, so more red than blue, where seed 0 answers 0 in the end; violet where it says 1."""
    slider(figure, "Epoch").press("End")
    says(figure, "Epoch 1000. Seed 0 has loss 0.012 and 4 of 4 points right.")
    assert "Seed 8 has loss 0.513 and 2 of 4 points right." in says(figure, "Epoch 1000")
    colour = """(canvas, [x, y]) => {
      const scale = canvas.width / 235;
      const at = [38 + (x + 0.5) / 2 * 193, 26 + (1.5 - y) / 2 * 193];
      const [column, row] = at.map((place) => Math.round(place * scale));
      return [...canvas.getContext("2d").getImageData(column, row, 1, 1).data];
    }"""
    for theme in ("light", "dark"):
        figure.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
        figure.wait_for_timeout(100)
        canvas = figure.locator("canvas").first
        inside, outside = (canvas.evaluate(colour, place) for place in ([0.7, 0.7], [0, 1.4]))
        assert inside[0] > inside[2] + 50, theme
        assert outside[2] > outside[0] + 10, theme


@pytest.mark.slow
def test_keyboard_press_and_theme_change_the_picture(figure):
    canvas = figure.locator("canvas").first
    seen = [canvas.evaluate("canvas => canvas.toDataURL()")]

    def changed() -> bool:
        seen.append(canvas.evaluate("canvas => canvas.toDataURL()"))
        return seen[-1] != seen[-2]

    slider(figure, "Epoch").press("ArrowRight")
    says(figure, "Epoch 1.")
    assert changed()
    slider(figure, "Second input").press("ArrowUp")
    says(figure, "At (0.50, 0.55)")
    assert changed()
    canvas.click(position={"x": 38 + 193 / 4, "y": 26 + 193 / 4})
    says(figure, "At (0.00, 1.00)")
    assert changed()
    assert slider(figure, "Second input").input_value() == "1"


@pytest.mark.slow
def test_play_runs_to_the_end_and_starts_again(figure, committed):
    slider(figure, "Epoch").fill(str(len(committed["epochs"]) - 3))
    play = figure.get_by_role("button", name="Play")
    play.press("Enter")
    says(figure, "Epoch 1000.")
    play.wait_for()
    play.press("Enter")
    says(figure, re.compile(r"^Epoch \d\."))
    figure.get_by_role("button", name="Pause").click()


@pytest.mark.slow
def test_without_scripts_the_still_picture_is_there(without_scripts, site):
    without_scripts.goto((site / ADDRESS).as_uri())
    still = without_scripts.locator("#live-decision_surface img")
    assert still.is_visible() and still.evaluate("img => img.naturalWidth") > 600
    assert without_scripts.locator("canvas").count() == 0
