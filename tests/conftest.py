"""The site and a browser, made once for all tests that open pages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from helpers.authoring.audit import chromium, find_chromium
from tests.building import build


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """Return the folder of a site that was built just now."""
    return build(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def browser():
    """Return a headless Chromium; skip without one, but fail where one was promised.

    It is closed after its module: while it is open, its event loop is in the way of kernels.
    """
    if not find_chromium() and os.environ.get("CI"):
        pytest.fail("No Chromium is installed; .ci/run installs it.")
    if not find_chromium():
        pytest.skip("No Chromium is installed (Debian: apt-get install chromium).")
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(browser):
    """Return an empty page without a network; the test fails if a script of it does."""
    context = browser.new_context(viewport={"width": 1366, "height": 900}, offline=True)
    errors = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: errors.append(error))
    yield opened
    context.close()
    assert not errors


@pytest.fixture
def without_scripts(browser):
    """Return an empty page without a network, in which no script runs."""
    context = browser.new_context(java_script_enabled=False, offline=True)
    yield context.new_page()
    context.close()
