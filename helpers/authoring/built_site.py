"""Which pages a built site has."""

from __future__ import annotations

from pathlib import Path


def pages(site: Path) -> list[Path]:
    """Return the pages of a site, sorted; what lies in its static folder is none."""
    found = sorted(site.rglob("*.html"))
    return [page for page in found if page.relative_to(site).parts[0] != "_static"]
