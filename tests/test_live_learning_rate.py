"""The live figure of steps down a valley."""

from __future__ import annotations

import pytest

ADDRESS = "book/live/learning_rate.html"


@pytest.mark.slow
def test_the_figure_answers_to_its_controls(page, site):
    page.goto((site / ADDRESS).as_uri())
    page.wait_for_selector("#live-learning_rate[data-ready]")
    page.get_by_label("0.4").check()
    page.get_by_text("rate 0.4").wait_for()
