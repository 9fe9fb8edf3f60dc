"""Weigh every page of the built site and look for what keeps readers out: ``make audit``.

The site is served compressed, as a host would, and opened in headless Chromium. Lighthouse runs
through ``npx`` when Node.js is there.
"""

from __future__ import annotations

import contextlib
import gzip
import http.server
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path

from helpers.authoring.built_site import pages
from helpers.authoring.execution import ROOT

# Compressed transfer, in bytes: a page with pictures weighs more than one of text.
LIMITS = {"text": 350_000, "figures": 600_000, "live": 900_000}
LIGHTHOUSE = "lighthouse@12.8.2"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
JUDGED = ("book/home", "notebooks/04_mnist_mlp", "solutions/04_mnist_mlp")
VIEWS = [(width, theme) for width in (1366, 390) for theme in ("light", "dark")]


class _Compressing(http.server.SimpleHTTPRequestHandler):
    """Serves a folder; text goes out compressed."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        kind = self.guess_type(str(path))
        compress = kind.startswith("text/") or kind in ("application/javascript", "image/svg+xml")
        body = _compressed(path) if compress else path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if compress:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Stay silent: a browser that leaves a page drops its connections."""


@cache
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 9)


@contextlib.contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder on this machine alone; give its address."""
    handler = partial(_Compressing, directory=str(site))
    with _Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def page_names(site: Path) -> list[str]:
    """Return the pages of a site, as paths without their ending; its start only leads to one."""
    names = (str(page.relative_to(site).with_suffix("")) for page in pages(site))
    return [name for name in names if name != "index"]


def weigh(browser, address: str) -> dict:
    """Load a page to its end and return what came over the wire.

    Parameters
    ----------
    browser : playwright Browser
        Where the page is opened, in a context of its own: nothing is cached.
    address : str
        Of the page, from a server that compresses.

    Returns
    -------
    dict
        ``bytes``, ``scripts`` (bytes of scripts), ``requests`` (their addresses) and ``errors``
        (what the console said).
    """
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    page = context.new_page()
    errors, kinds, got = [], {}, {"bytes": 0, "scripts": 0, "requests": [], "data": 0}
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")

    def begin(event: dict) -> None:
        kinds[event["requestId"]] = event.get("type"), event["request"]["url"]
        if not event["request"]["url"].startswith("data:"):
            got["requests"].append(event["request"]["url"])

    def end(event: dict) -> None:
        kind, url = kinds.get(event["requestId"], (None, ""))
        got["bytes"] += event["encodedDataLength"]
        if kind == "Script":
            got["data" if ".data.js" in url else "scripts"] += event["encodedDataLength"]

    wire.on("Network.requestWillBeSent", begin)
    wire.on("Network.loadingFinished", end)
    page.goto(address, wait_until="load")
    # Pictures are fetched when a reader comes near: a whole page counts all of them.
    page.evaluate("document.querySelectorAll('img').forEach(i => i.loading = 'eager')")
    page.wait_for_load_state("networkidle")
    context.close()
    return {**got, "errors": errors}


@cache
def _axe() -> str:
    import axe_playwright_python

    return Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")


def findings(page, contrast: bool = True) -> list[str]:
    """Return what axe-core finds on an open page, each with the first element that it means.

    Parameters
    ----------
    page : playwright Page
        An open page.
    contrast : bool, optional
        Whether to measure the contrast of text, which takes longer than all other rules together.
    """
    page.evaluate(_axe())
    found = page.evaluate(
        "contrast => axe.run({resultTypes: ['violations'],"
        " rules: {'color-contrast': {enabled: contrast}}}).then(result => result.violations)",
        contrast,
    )
    return [f"{one['id']} ({one['impact']}): {one['nodes'][0]['html'][:160]}" for one in found]


def window(browser, width: int, theme: str):
    """Return an empty page of a width, in a theme, without motion; one serves many visits."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=theme, reduced_motion="reduce"
    )
    return context.new_page()


def visit(page, address: str) -> None:
    """Open an address in a page, and have all of it laid out, so that all of it can be judged."""
    page.goto(address)
    page.add_style_tag(content=".cell { content-visibility: visible !important }")
    # Blocks become reachable by keyboard once they are laid out.
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))")


def lighthouse(address: str, runs: int = 3) -> dict[str, float]:
    """Return the median of each category of Lighthouse's mobile scores, from 0 to 100."""
    scores = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(runs):
            path = Path(folder, f"{number}.json")
            command = ["npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json"]
            command += [f"--output-path={path}", "--chrome-flags=--headless=new --no-sandbox"]
            subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": chromium_path()})
            report = json.loads(path.read_text(encoding="utf-8"))["categories"]
            scores.append({name: 100 * report[name]["score"] for name in CATEGORIES})
    return {name: statistics.median(score[name] for score in scores) for name in CATEGORIES}


def find_chromium() -> str | None:
    """Return the path of the Chromium that is installed, or None."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def chromium_path() -> str:
    """Return the path of the Chromium that is installed, or end the program with advice."""
    return find_chromium() or sys.exit("This needs Chromium (Debian: apt-get install chromium).")


@contextlib.contextmanager
def chromium() -> Iterator:
    """Open the system's Chromium without a window; give it as Playwright's browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


def kind_of(site: Path, name: str) -> str:
    """Return which limit of weight a page has: text, figures or live."""
    text = (site / f"{name}.html").read_text(encoding="utf-8")
    if "/live.js" in text:
        return "live"
    return "figures" if "_images/" in text else "text"


def audit(site: Path) -> str:
    """Return the table of all pages, in Markdown; print each finding as it comes."""
    judged = JUDGED if shutil.which("npx") else ()
    names = page_names(site)
    found: dict[str, set[str]] = {name: set() for name in names}
    lines = ["| page | kind | kB | scripts kB | requests | console | axe | Lighthouse |"]
    lines += ["|---|---|---:|---:|---:|---:|---:|---|"]
    with served(site) as home, chromium() as browser:
        for view in VIEWS:
            page = window(browser, *view)
            for name in names:
                visit(page, f"{home}/{name}.html")
                found[name].update(findings(page))
            page.context.close()
        for name in names:
            address = f"{home}/{name}.html"
            got = weigh(browser, address)
            for one in sorted(found[name]) + got["errors"]:
                print(f"{name}: {one}", file=sys.stderr)
            scores = lighthouse(address) if name in judged else {}
            judgement = ", ".join(f"{score:.0f}" for score in scores.values())
            lines.append(
                f"| {name} | {kind_of(site, name)} | {got['bytes'] / 1000:.0f} "
                f"| {got['scripts'] / 1000:.0f} | {len(got['requests'])} | {len(got['errors'])} "
                f"| {len({one.split(' ')[0] for one in found[name]})} | {judgement} |"
            )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(audit(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "_build" / "html"), end="")
