"""Every page of the built site in a real browser: does it open, does it keep anybody out?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.authoring.audit import (
    LIMITS,
    VIEWS,
    findings,
    kind_of,
    page_names,
    served,
    visit,
    weigh,
    window,
)
from helpers.authoring.course import units
from helpers.authoring.finishing import measuring_what_is_near

SCRIPTS = 120_000  # bytes, compressed, beside the data of a live figure

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def address(site):
    with served(site) as home:
        yield home


@pytest.fixture(scope="module")
def loads(browser, site, address) -> dict[str, dict]:
    """What each page asks for, from a server that compresses."""
    return {name: weigh(browser, f"{address}/{name}.html") for name in page_names(site)}


def test_no_page_says_anything_on_the_console(loads):
    assert {name: got["errors"] for name, got in loads.items() if got["errors"]} == {}


def test_no_page_asks_for_anything_outside(loads, address):
    outside = {
        name: [url for url in got["requests"] if not url.startswith(address)]
        for name, got in loads.items()
    }
    assert not any(outside.values()), outside


def test_a_request_to_the_outside_would_be_seen(browser, tmp_path):
    (tmp_path / "page.html").write_text('<img src="http://127.0.0.1:9/x.png">', encoding="utf-8")
    with served(tmp_path) as home:
        got = weigh(browser, f"{home}/page.html")
    assert "http://127.0.0.1:9/x.png" in got["requests"]
    assert got["errors"]


def test_no_page_is_heavy(loads, site):
    heavy = {
        name: got["bytes"]
        for name, got in loads.items()
        if got["bytes"] > LIMITS[kind_of(site, name)]
    }
    assert not heavy
    assert all(got["bytes"] > 50_000 for got in loads.values()), "nothing was weighed"
    assert max(got["scripts"] for got in loads.values()) <= SCRIPTS


def test_every_page_opens_from_a_file_without_a_network(browser, site):
    context = browser.new_context(offline=True)
    said, failed = [], []
    page = context.new_page()
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda got: said.append(got.text) if got.type == "error" else None)
    page.on("requestfailed", lambda request: failed.append(request.url))
    for name in page_names(site):
        page.goto((site / f"{name}.html").as_uri())
        assert page.locator("h1").first.is_visible(), name
        assert not said and not failed, (name, said, failed)
    context.close()


@pytest.mark.parametrize(("width", "theme"), VIEWS)
def test_axe_finds_nothing(browser, site, width, theme):
    """`make audit` measures contrast on every page in each view; here one stands for its kind."""
    found = {}
    page = window(browser, width, theme)
    for name in page_names(site):
        visit(page, (site / f"{name}.html").as_uri())
        contrast = width == 1366 and (name.startswith("book/") or "/01_" in name)
        if problems := findings(page, contrast):
            found[name] = problems
    page.context.close()
    assert not found, json.dumps(found, indent=1)


def test_axe_would_find_something(browser, tmp_path):
    bare = tmp_path / "bare.html"
    bare.write_text("<html><title>x</title><img src='data:,'></html>", encoding="utf-8")
    page = window(browser, 1366, "light")
    visit(page, bare.as_uri())
    assert any(problem.startswith("image-alt") for problem in findings(page))
    page.context.close()


def test_no_page_scrolls_sideways_on_a_narrow_screen(browser, site):
    wide = {}
    page = window(browser, 320, "light")
    for name in page_names(site):
        visit(page, (site / f"{name}.html").as_uri())
        excess = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if excess > 0:
            wide[name] = excess
    page.context.close()
    assert not wide


def test_every_control_that_has_the_focus_shows_it(browser, site):
    page = window(browser, 1366, "light")
    for name in ("book/home", "notebooks/01_xor_network", "book/live/learning_rate"):
        visit(page, (site / f"{name}.html").as_uri())
        assert page.evaluate(_FOCUS_IS_SEEN) == [], name
    page.context.close()


# Focuses each control as a keyboard would, and compares its looks with those without focus.
_FOCUS_IS_SEEN = """() => {
  const looks = control => {
    const style = getComputedStyle(control);
    return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.borderColor,
            style.backgroundColor, style.textDecorationThickness].join();
  };
  const controls = [...document.querySelectorAll('a[href], button, input, select, summary')]
    .filter(control => control.checkVisibility() && !control.disabled);
  const without = [];
  for (const control of controls) {
    const before = looks(control);
    control.focus({focusVisible: true, preventScroll: true});
    if (document.activeElement === control && looks(control) === before)
      without.push(control.outerHTML.slice(0, 160));
    control.blur();
  }
  return without;
}"""


def test_blocks_that_scroll_are_reached_by_keyboard_and_others_are_not(browser, site):
    page = window(browser, 390, "light")
    page.goto((site / "notebooks" / "04_mnist_mlp.html").as_uri())
    for scrolls in (True, False):
        block = page.locator("pre:visible").nth(page.evaluate(_FIRST_BLOCK, scrolls))
        block.scroll_into_view_if_needed()
        index = "0" if scrolls else "-1"
        block.and_(page.locator(f"[tabindex='{index}']")).wait_for()
    page.context.close()


_FIRST_BLOCK = """scrolls => [...document.querySelectorAll('pre')]
  .filter(block => block.checkVisibility())
  .findIndex(block => (block.scrollWidth > block.clientWidth) === scrolls)"""


def test_another_script_of_the_theme_would_be_noticed(site):
    script = (site / "_static/scripts/pydata-sphinx-theme.js").read_text(encoding="utf-8")
    assert measuring_what_is_near(script) == script
    with pytest.raises(ValueError, match="in another way"):
        measuring_what_is_near("function a(){}")


def test_code_is_copied_by_a_button_with_a_name_and_a_single_element(browser, site):
    page = window(browser, 1366, "light")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto((site / "notebooks" / "01_xor_network.html").as_uri())
    block = page.locator("div.highlight:visible", has_text="import numpy as np").first
    button = block.get_by_role("button", name="Copy")
    assert button.evaluate("button => button.childElementCount") == 1
    block.hover()
    button.click()
    block.locator("button.success").wait_for()
    page.context.close()


def test_search_finds_a_word_of_each_unit(browser, site, address):
    words = (
        "seeds",
        "XOR",
        "minibatches",
        "placeholder",
        "whitened",
        "curation",
        "kernel",
        "abstain",
    )
    context = browser.new_context()
    page = context.new_page()
    for unit, word in zip(units(), words, strict=True):
        page.goto(f"{address}/search.html?q={word}")
        page.locator(f"#search-results a[href*='notebooks/{unit.stem}']").first.wait_for()
    context.close()


def test_the_policy_keeps_a_foreign_script_out(browser, site, tmp_path):
    page_text = (site / "book" / "home.html").read_text(encoding="utf-8")
    planted = site / "book" / "planted.html"
    planted.write_text(
        page_text.replace("</body>", "<script>document.title = 'planted'</script></body>"),
        encoding="utf-8",
    )
    try:
        context = browser.new_context()
        page = context.new_page()
        page.goto(planted.as_uri())
        assert page.title() != "planted"
        context.close()
    finally:
        planted.unlink()


def test_without_scripts_a_page_is_whole(without_scripts, site):
    without_scripts.goto((site / "notebooks" / "01_xor_network.html").as_uri())
    assert without_scripts.locator("article img").count() > 8
    assert without_scripts.locator("math").count() > 5


def test_the_site_can_be_printed(browser, site):
    context = browser.new_context()
    page = context.new_page()
    page.goto((site / "notebooks" / "01_xor_network.html").as_uri())
    page.emulate_media(media="print")
    for hidden in ("#pst-primary-sidebar", ".prev-next-footer"):
        assert not page.locator(hidden).first.is_visible()
    assert page.locator("h1").is_visible()
    context.close()


def test_pages_describe_themselves(site):
    for name in page_names(site):
        text = Path(site, f"{name}.html").read_text(encoding="utf-8")
        said = text.partition('<meta name="description" content="')[2].partition('"')[0]
        assert 40 <= len(said) <= 170, name
