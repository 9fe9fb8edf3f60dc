"""The live figure of a kernel on a letter: is it the unit's conv2d, and does it answer?"""

from __future__ import annotations

import base64

import numpy as np
import pytest

from helpers.authoring.execution import ROOT
from helpers.authoring.live import STATIC, kernel
from helpers.authoring.live.__main__ import script
from helpers.reference.notmnist_convnets import conv2d

ADDRESS = "book/live/kernel.html"
COMMITTED = ROOT / STATIC / "kernel.data.js"


def letter(number: int) -> np.ndarray:
    return kernel.unit_letters()[number] / 255


def test_the_committed_data_are_what_the_module_makes():
    assert COMMITTED.read_text("utf-8") == script("kernel", kernel.data())


def test_letters_come_back_from_their_bytes():
    packed = kernel.data()["letters"]
    found = [np.frombuffer(base64.b64decode(one), np.uint8).reshape(28, 28) for one in packed]
    assert np.array_equal(found, kernel.unit_letters())


def test_the_kernels_are_those_of_the_unit_s_page():
    """Is the zoo in the notebook the one of the figure?"""
    source = (ROOT / "solutions/06_notmnist_convnets.py").read_text("utf-8")
    upright = source[source.index("upright = ") :].partition("\n")[0]
    named = source[source.index("zoo = {") :].partition("\n}\n")[0] + "\n}"
    scope = {"np": np}
    exec(f"{upright}\n{named}", scope)
    assert list(scope["zoo"]) == list(kernel.zoo())
    for name, numbers in scope["zoo"].items():
        assert np.array_equal(numbers, kernel.zoo()[name])


@pytest.fixture
def figure(page, site):
    page.goto((site / ADDRESS).as_uri())
    page.wait_for_selector("#live-kernel[data-ready]")
    return page


def said(page, text):
    page.locator(".live-said").filter(has_text=text).wait_for()


def written(number: float) -> str:
    return f"{number + 0:.2f}".rstrip("0").rstrip(".").replace("-", "−")


@pytest.mark.slow
def test_the_answers_are_the_reference_s(figure):
    lopsided = np.arange(9.0).reshape(3, 3) - 2.5
    for number in range(10):
        for numbers in [*kernel.zoo().values(), lopsided]:
            x = letter(number)
            found = figure.evaluate(
                "([x, k]) => live.conv2d(x, k)", [x.tolist(), np.asarray(numbers).tolist()]
            )
            assert np.allclose(found, conv2d(x, numbers), rtol=0, atol=1e-12)


@pytest.mark.slow
def test_sliders_by_keyboard_move_the_window_and_tell_the_sum(figure):
    answers = conv2d(letter(0), kernel.zoo()["upright edges"])
    figure.get_by_role("slider", name="Column").focus()
    for column in (7, 8, 9):
        figure.keyboard.press("ArrowRight")
        said(
            figure,
            f"Row 12, column {column}: the nine products add up to {written(answers[12, column])}.",
        )
    figure.get_by_role("slider", name="Row").focus()
    figure.keyboard.press("End")
    said(figure, f"Row 25, column 9: the nine products add up to {written(answers[25, 9])}.")


@pytest.mark.slow
def test_arrows_and_pointer_move_it_as_well(figure):
    picture = figure.get_by_role("application")
    picture.focus()
    figure.keyboard.press("ArrowUp")
    said(figure, "Row 11, column 6:")
    picture.click(position={"x": 205, "y": 22 + 155})
    said(figure, "Row 14, column 19:")


@pytest.mark.slow
def test_a_number_of_one_s_own_counts(figure):
    field = figure.get_by_label("kernel, row 2, column 2")
    field.fill("2.5")
    assert figure.get_by_label("your own").is_checked()
    changed = kernel.zoo()["upright edges"].astype(float)
    changed[1, 1] = 2.5
    sum_there = written(conv2d(letter(0), changed)[12, 6])
    said(figure, f"add up to {sum_there}. The nine numbers of the kernel add up to 2.5.")
    field.fill("")
    said(figure, "The nine numbers of the kernel add up to 0.")


@pytest.mark.slow
def test_the_shown_products_are_those_of_window_and_kernel(figure):
    figure.get_by_label("sharpen").check()
    figure.get_by_role("radio", name="E", exact=True).check()
    numbers = kernel.zoo()["sharpen"]
    window = letter(4)[12:15, 6:9]
    tables = [
        [cell.inner_text() for cell in table.locator("td").all()]
        for table in figure.locator(".live-working table").all()
    ]
    assert tables[0] == [written(round(x * 100) / 100) for x in window.ravel()]
    assert tables[2] == [written(x) for x in (window * numbers).ravel()]
    assert figure.locator(".live-working output").inner_text() == written((window * numbers).sum())


@pytest.mark.slow
def test_answers_are_drawn_up_to_the_window_or_all(figure):
    """Is a pixel below the window empty until all answers are asked for?"""
    answers = conv2d(letter(0), kernel.zoo()["upright edges"])
    row, column = np.argwhere(answers > 2.9)[-1]
    assert row > 12
    colour = f"""() => {{
      const canvas = document.querySelectorAll("canvas.live-canvas")[1];
      const [x, y] = [{(column + 1) * 10 + 5}, {22 + (row + 1) * 10 + 5}];
      return [...canvas.getContext("2d").getImageData(x, y, 1, 1).data];
    }}"""
    assert figure.evaluate(colour) == [255, 255, 255, 255]
    figure.get_by_label("all", exact=True).check()
    red, _, blue, _ = figure.evaluate(colour)
    assert blue > red + 100  # positive


@pytest.mark.slow
def test_turned_round_an_upright_edge_changes_its_sign(figure):
    answers = conv2d(letter(0), kernel.zoo()["upright edges"])
    figure.get_by_role("button", name="Turn the kernel round").click()
    said(figure, f"add up to {written(-answers[12, 6])}.")


@pytest.mark.slow
def test_without_scripts_the_still_picture_is_there(without_scripts, site):
    without_scripts.goto((site / ADDRESS).as_uri())
    picture = without_scripts.locator("#live-kernel img")
    assert picture.is_visible()
    assert "letter A" in picture.get_attribute("alt")
    assert not without_scripts.locator("#live-kernel canvas").count()
