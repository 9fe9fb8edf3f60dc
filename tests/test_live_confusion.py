"""The live figure of the pictures behind a confusion matrix: do counts and pictures agree?"""

from __future__ import annotations

import base64
import json

import numpy as np
import pytest

from helpers.authoring.execution import ROOT
from helpers.authoring.live import STATIC, confusion
from helpers.reference import hasy_cnn as unit

ADDRESS = "book/live/confusion.html"


@pytest.fixture(scope="module")
def committed() -> dict:
    text = (ROOT / STATIC / "confusion.data.js").read_text("utf-8")
    return json.loads(text.partition(" = ")[2].rstrip(";\n"))


@pytest.fixture(scope="module")
def valid():
    return confusion.parts()[2]


def counts(data: dict) -> np.ndarray:
    return unit.confusion(np.array(data["truth"]), np.array(data["said"]), confusion.CLASSES)


def test_the_pictures_are_those_of_the_validation_part(committed, valid):
    X, y = valid
    shown = np.isin(y, committed["classes"])
    assert committed["truth"] == y[shown].tolist()
    assert committed["pictures"] == len(y)
    found = confusion.unpack(base64.b64decode(committed["sheet"]), shown.sum())
    assert np.array_equal(found, X[shown])


def test_each_class_shown_has_enough_mistakes(committed):
    table = counts(committed)
    missed = table.sum(axis=1) - np.diag(table)
    assert np.all(missed[committed["classes"]] >= confusion.MISSED)


def test_probabilities_fit_the_answers(committed):
    sure, true = np.array(committed["sure"]), np.array(committed["true"])
    right = np.array(committed["truth"]) == np.array(committed["said"])
    assert np.array_equal(sure[right], true[right])
    assert np.all(sure >= true)


def test_the_page_tells_the_numbers_of_the_data(committed):
    page = (ROOT / "book/live/confusion.md").read_text("utf-8")
    table, names = counts(committed), committed["names"]
    sigma, big_pi = names.index(r"\Sigma"), names.index(r"\Pi")
    taken = table[sigma, names.index(r"\sum")]
    mistakes = table - np.diag(np.diag(table))
    four = [names.index(name) for name in (r"\sum", r"\pi", r"\beta", r"\xi")]
    right = np.array(committed["truth"]) == np.array(committed["said"])
    sure = np.array(committed["sure"])
    for sentence in (
        f"has read the {committed['pictures']} symbols of unit 07's validation part and was "
        f"right on {committed['right']} of them, "
        f"{committed['right'] / committed['pictures']:.1%}".replace("%", " %"),
        f"A table of {len(committed['classes'])} rows",
        f"{taken} drawings of capital sigma",
        f"{table[big_pi, four[1]]} of capital pi",
        rf"Of {table[sigma].sum()} drawings of $\Sigma$, {taken} were called",
        f"Of {mistakes.sum()} mistakes, {mistakes[:, four].sum()} say",
        f"{sure[right].mean():.0f} % sure",
        f"{sure[~right].mean():.0f} % where it was wrong",
        f"the {len(committed['classes'])} classes",
        f"all their {len(committed['truth'])} pictures",
    ):
        assert " ".join(sentence.split()) in " ".join(page.split())


@pytest.mark.slow
def test_a_network_trained_anew_answers_alike(committed):
    """Another computer rounds otherwise; is it the same network up to that?"""
    again = confusion.data()
    assert again["right"] / again["pictures"] == pytest.approx(
        committed["right"] / committed["pictures"], abs=0.03
    )
    both = set(again["classes"]) & set(committed["classes"])
    assert len(both) > 0.7 * len(committed["classes"])


@pytest.mark.slow
def test_the_kept_weights_read_as_much_of_these_pictures_as_the_page_says(valid):
    from helpers.convnets import probabilities
    from helpers.trained_symbols import load_trained

    model = unit.small_cnn()
    model.set_weights(load_trained()[0])
    X, y = valid
    share = np.mean(probabilities(model, unit.prepare(X)).argmax(axis=1) == y)
    page = (ROOT / "book/live/confusion.md").read_text("utf-8")
    assert f"{100 * share:.1f} %" in page


@pytest.fixture
def figure(page, site):
    page.goto((site / ADDRESS).as_uri())
    page.wait_for_selector("#live-confusion[data-ready]")
    return page


def said(page, text):
    page.locator(".live-said").filter(has_text=text).wait_for()


@pytest.mark.slow
def test_each_cell_opens_as_many_pictures_as_it_counts(figure, committed):
    table = counts(committed)
    classes = committed["classes"]
    found = figure.evaluate("""() => [...document.querySelectorAll("[data-truth]")].map((cell) => {
      cell.focus();
      const opened = document.querySelectorAll(".live-pictures canvas").length;
      const { truth, said } = cell.dataset;
      return [truth, said, cell.textContent, opened].map(Number);
    })""")
    assert len(found) == len(classes) * (len(classes) + 1)
    for truth, answer, count, opened in found:
        others = table[truth].sum() - table[truth, classes].sum()
        expected = others if answer < 0 else table[truth, answer]
        assert count == opened == expected


@pytest.mark.slow
def test_arrows_choose_a_cell_and_it_is_told(figure, committed):
    table, names = counts(committed), committed["names"]
    figure.locator("[data-truth][tabindex='0']").focus()
    said(figure, r"30 pictures of Σ (\Sigma) were called ∑ (\sum)")
    for _ in range(2):
        figure.keyboard.press("ArrowUp")
    found, own = (
        table[names.index(r"\sum"), names.index(r"\sum")],
        table[names.index(r"\sum")].sum(),
    )
    said(figure, rf"Right: {found} of {own} pictures of ∑ (\sum) were called so")
    figure.keyboard.press("End")
    said(figure, r"of ∑ (\sum) was called something without a column here")
    assert figure.locator("[data-truth][tabindex='0']").count() == 1


@pytest.mark.slow
def test_a_click_shows_pictures_with_answer_and_probability(figure, committed):
    names = committed["names"]
    zeta, xi = names.index(r"\zeta"), names.index(r"\xi")
    figure.locator(f"[data-truth='{zeta}'][data-said='{xi}']").click()
    rows = [
        i
        for i, (t, p) in enumerate(zip(committed["truth"], committed["said"], strict=True))
        if (t, p) == (zeta, xi)
    ]
    rows.sort(key=lambda i: -committed["sure"][i])
    shown = figure.locator(".live-pictures > div").all_inner_texts()
    assert [" ".join(text.split()) for text in shown] == [
        f"ξ {committed['sure'][i]} % ζ {committed['true'][i]} %" for i in rows
    ]


@pytest.mark.slow
def test_a_picture_has_the_ink_of_its_drawing(figure, committed, valid):
    X, y = valid
    pictures = X[np.isin(y, committed["classes"])]
    number, ink = figure.evaluate("""() => {
      const canvas = document.querySelector(".live-pictures canvas");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return [Number(canvas.dataset.number), [...data].filter((_, i) => i % 4 === 3)];
    }""")
    side = round(len(ink) ** 0.5)
    every = side // 32
    drawn = np.array(ink).reshape(side, side)[every // 2 :: every, every // 2 :: every]
    assert np.array_equal(drawn > 127, pictures[number] == 0)


@pytest.mark.slow
def test_rows_are_sorted_by_recall_and_the_diagonal_is_hidden(figure, committed):
    table, classes = counts(committed), np.array(committed["classes"])
    figure.get_by_label("by recall, lowest first").check()
    shown = figure.evaluate(
        "[...document.querySelectorAll('.live-diagonal')].map((cell) => Number(cell.dataset.said))"
    )
    recall = np.diag(table) / np.maximum(table.sum(axis=1), 1)
    assert shown == classes[np.argsort(recall[classes], kind="stable")].tolist()
    said(figure, r"κ (\kappa) is found least")
    figure.get_by_label("hidden", exact=True).check()
    assert set(figure.locator(".live-diagonal").all_inner_texts()) == {"·"}
    said(figure, "only mistakes are left")


@pytest.mark.slow
def test_on_a_phone_the_table_scrolls_and_the_page_does_not(figure):
    figure.set_viewport_size({"width": 320, "height": 700})
    assert figure.evaluate("document.documentElement.scrollWidth") <= 320
    assert figure.evaluate(
        "(() => { const box = document.querySelector('.live-scroller');"
        " return box.scrollWidth > box.clientWidth; })()"
    )


@pytest.mark.slow
def test_without_scripts_the_still_picture_is_there(without_scripts, site):
    without_scripts.goto((site / ADDRESS).as_uri())
    picture = without_scripts.locator("#live-confusion img")
    assert picture.is_visible()
    assert "23 rows" in picture.get_attribute("alt")
    assert not without_scripts.locator("#live-confusion canvas").count()
