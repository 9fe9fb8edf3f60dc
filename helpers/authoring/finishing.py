"""What happens to a page after Sphinx has written it: less to load, nothing from elsewhere.

The theme brings scripts that this book does not use, among them half a megabyte of icons and a
service that runs code on a foreign server; each is taken out. Figures become lossless WebP, at
less than half of their size. What is left is named in a content-security-policy, with the hash of
each inline script, so that a browser refuses everything else.
"""

from __future__ import annotations

import base64
import hashlib
import html
import io
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import tinycss2
from docutils import nodes
from sphinx.application import Sphinx

from helpers.authoring.built_site import pages


def finish_site(app: Sphinx, error: Exception | None) -> None:
    """Finish every page of a site that was built without an error, and its icons."""
    if error or app.builder.format != "html":
        return
    site = Path(app.outdir)
    with ThreadPoolExecutor() as pool:  # most of the time goes into pictures, outside of Python
        list(pool.map(_store_as_webp, sorted(site.glob("_images/*.png"))))
        list(pool.map(_finish, pages(site)))  # looks up the sizes of the pictures
    _remove_unused_files(site / "_static")
    script = site / "_static/scripts/pydata-sphinx-theme.js"
    script.write_text(measuring_what_is_near(script.read_text(encoding="utf-8")), encoding="utf-8")
    _join_style_sheets(site)
    _subset_icons(site / "_static")


def _store_as_webp(picture: Path) -> None:
    picture.with_suffix(".webp").write_bytes(as_webp(picture.read_bytes()))
    picture.unlink()


def _finish(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    if _POLICY not in text:  # else it was finished by an earlier build, and has not changed
        page.write_text(finished(text, page), encoding="utf-8")


def finished(text: str, page: Path) -> str:
    """Return the text of a page as readers get it.

    Parameters
    ----------
    text : str
        HTML as Sphinx wrote it.
    page : Path
        Where it lies; its pictures are looked up from there.
    """
    for unused in _UNUSED:
        text = unused.sub("", text)
    if page.name != "search.html":
        text = _SEARCH.sub("", text)
    for old, new in _ACCESS:
        text = old.sub(new, text)
    text = _in_one_style_sheet(text)
    text = _without_waiting(text, page.parent)
    text = _EMBEDDED.sub(lambda found: f"data:image/webp;base64,{_webp(found[1])}", text)
    text = _PICTURE.sub(lambda found: _sized(found[0], page.parent), text)
    return text.replace(_CHARSET, f"{_CHARSET}\n    {_VIEWPORT}\n    {policy(text)}", 1)


_CHARSET = '<meta charset="utf-8" />'
_VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1" />'
# Each pattern is something that the theme or an extension puts on a page and the book never uses.
_UNUSED = [
    re.compile(pattern, re.DOTALL)
    for pattern in (
        r"\s*<script>const THEBE_JS_URL.*?</script>",
        r'\s*<script[^>]* src="[^"]*/sphinx-thebe\.js[^"]*"></script>',
        r"\s*<link [^>]*/sphinx-thebe\.css[^>]*>",
        r'\s*<script type="text/x-thebe-config">.*?</script>\s*<script>kernelName = .*?</script>',
        r"\s*<!-- So that users can add custom icons -->",
        r"\s*<script[^>]*fontawesome\.js[^>]*></script>",
        r'\s*<div class="sidebar-primary-item">\s*<div id="ethical-ad-placement".*?</div></div>',
        r'\s*<div id="jb-print-docs-body".*?</div>\s*</div>\s*</div>(?=\s*<div id="searchbox">)',
        r'\s*<meta name="docsearch:[^>]*>',
        r'\s*<meta name="viewport"[^>]*>',
    )
]
_SEARCH = re.compile(
    r'\s*<script[^>]* src="[^"]*(?:searchtools|language_data|searchindex)\.js[^"]*"></script>'
)
# What the theme leaves without a name for those who do not see the page.
_ACCESS = [
    (
        re.compile(r'<div id="pst-primary-sidebar"'),
        '<div id="pst-primary-sidebar" role="navigation" aria-label="Book"',
    ),
    # What is read out must hold what is written there.
    (re.compile(r' aria-label="Toggle hidden content"'), ""),
    # A list has list items; the role that docutils gives to a bibliography's entries is deprecated.
    (re.compile(r'role="doc-biblioentry"'), 'role="listitem"'),
]
_EMBEDDED = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=]+)")
_PICTURE = re.compile(r'<img [^>]*src="(?:[^"]*/)?_images/[^"]+"[^>]*>')


def _in_one_style_sheet(text: str) -> str:
    """Ask for one style sheet in place of many, which a page would wait for one by one."""
    links = iter([f'\n  <link rel="stylesheet" href="{{}}_static/{_JOINED}" />'])
    return _SHEET.sub(lambda old: next(links, "").format(old[1]), text)


_SHEET = re.compile(r'\s*<link (?=[^>]*rel="stylesheet")[^>]*href="([./]*)_static/[^"]*"[^>]*>')
_JOINED = "styles/site.css"
# In the order in which the theme asks for them; the course's own rules come last.
_SHEETS = (
    "basic.css",
    "styles/pydata-sphinx-theme.css",
    "pygments.css",
    "styles/sphinx-book-theme.css",
    "togglebutton.css",
    "copybutton.css",
    "mystnb.*.css",
    "sphinx-design.min.css",
    "course.css",
)


def _join_style_sheets(site: Path) -> None:
    static = site / "_static"
    readers = [path for end in ("html", "js") for path in site.rglob(f"*.{end}")]
    words = set()
    for path in readers:
        if path.name not in ("searchindex.js",) and not path.name.endswith(".data.js"):
            words.update(re.findall(r"[\w-]+", path.read_text(encoding="utf-8")))
    parts = [next(static.glob(name)).read_text(encoding="utf-8") for name in _SHEETS]
    (static / _JOINED).write_text(in_use("\n".join(parts), words), encoding="utf-8")


def in_use(css: str, words: set[str]) -> str:
    """Return a style sheet without the rules for classes that nothing mentions.

    Parameters
    ----------
    css : str
        A style sheet.
    words : set of str
        Everything that could be a class, on pages or in scripts.

    Examples
    --------
    >>> in_use("p, .old { top: 0 } .new.old { left: 0 } @media print { .old {top: 0} }", {"new"})
    'p, .old { top: 0 }'
    """
    return "".join(_kept(tinycss2.parse_stylesheet(css, skip_comments=True), words)).strip()


def _kept(rules: list, words: set[str]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            if any(classes <= words for classes in _classes(rule.prelude)):
                yield rule.serialize()
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            inner = "".join(
                _kept(tinycss2.parse_rule_list(rule.content, skip_comments=True), words)
            )
            if inner.strip():
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"
        else:
            yield rule.serialize()


def _classes(prelude: list) -> list[set[str]]:
    """Return the classes that each of a rule's selectors asks for, outside of brackets."""
    selectors, after_dot = [set()], False
    for token in prelude:
        if token == ",":
            selectors.append(set())
        elif token.type == "ident" and after_dot:
            selectors[-1].add(token.value)
        after_dot = token == "."
    return selectors


def _without_waiting(text: str, folder: Path) -> str:
    """Let scripts run once the page is there; the one that others need at once stands in it."""

    def inline(found: re.Match) -> str:
        return f"<script>{(folder / found[1]).read_text(encoding='utf-8')}</script>"

    text = _OPTIONS.sub(inline, text)
    return re.sub(r"<script(?![^>]* (?:defer|async)\b)(?=[^>]* src=)", "<script defer", text)


_OPTIONS = re.compile(r'<script src="([^"?]*documentation_options\.js)[^"]*"></script>')


def measuring_what_is_near(script: str) -> str:
    """Return the theme's script, with which a page opens a second earlier on a phone.

    It makes a block reachable by keyboard if it can be scrolled, and so measures one block after
    the other, each time with a new layout, also those that are not drawn before a reader comes
    near. Here a block is measured once it is drawn.

    Parameters
    ----------
    script : str
        The script of pydata-sphinx-theme.

    Raises
    ------
    ValueError
        When the script has another form than the one that is known.
    """
    if _OBSERVER in script:
        return script
    script, begun = _MEASURING.subn(lambda old: f"{old[1]}{_OBSERVER}{old[2]}", script)
    if (begun, script.count(_MEASURED)) != (1, 1):
        raise ValueError(
            "The theme's script makes blocks reachable in another way than before: "
            "see helpers/authoring/finishing.py, measuring_what_is_near."
        )
    return script.replace(_MEASURED, "near.unobserve(e),near.observe(e)")


_MEASURING = re.compile(
    r'(function \w+\(\)\{)(const \w+=\(\)=>\{document\.querySelectorAll\(\["pre")'
)
_MEASURED = "e.tabIndex=e.scrollWidth>e.clientWidth||e.scrollHeight>e.clientHeight?0:-1"
# All are measured before the first is changed: that takes one layout.
_OBSERVER = """const near = new IntersectionObserver(all => all
  .filter(one => one.isIntersecting)
  .map(({target}) => [
    target, target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight
  ])
  .forEach(([target, scrolls]) => { target.tabIndex = scrolls ? 0 : -1 }),
  {rootMargin: "99999px"}
);
"""


@cache
def _webp(encoded: str) -> str:
    return base64.b64encode(as_webp(base64.b64decode(encoded))).decode()


def as_webp(png: bytes) -> bytes:
    """Return a picture as WebP, every pixel as it was."""
    from PIL import Image

    made = io.BytesIO()
    picture = Image.open(io.BytesIO(png))
    if picture.mode not in ("RGB", "RGBA"):
        picture = picture.convert("RGBA")
    picture.save(made, format="WEBP", lossless=True, method=2, exact=True)
    return made.getvalue()


def _sized(tag: str, folder: Path) -> str:
    """Return an ``<img>`` that names its WebP and its size, so that text does not jump."""
    from PIL import Image

    source = re.search(r'src="([^"]+)"', tag)[1]
    path = folder / source
    if path.suffix == ".png":
        path = path.with_suffix(".webp")
        tag = tag.replace(source, source.removesuffix(".png") + ".webp")
    if path.suffix == ".svg":
        width, height = re.findall(r'(?:width|height)="(\d+)"', path.read_text(encoding="utf-8"))[
            :2
        ]
    else:
        with Image.open(path) as picture:
            width, height = picture.size
    size = "" if " width=" in tag else f' width="{width}" height="{height}"'
    return tag.replace("<img ", f'<img loading="lazy" decoding="async"{size} ', 1)


_POLICY = '<meta http-equiv="Content-Security-Policy"'


def policy(text: str) -> str:
    """Return the content-security-policy of a page, as a ``<meta>``.

    Scripts come as files of the site; each inline one is named by its hash. Styles may stand in
    the page: tables and figures that notebooks print carry them.

    Examples
    --------
    >>> "script-src 'self' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='" in policy(
    ...     "<script>alert(1)</script>"
    ... )
    True
    """
    inline = re.findall(r"<script(?![^>]* src=)[^>]*>(.*?)</script>", text, re.DOTALL)
    digests = (hashlib.sha256(script.encode()).digest() for script in inline)
    hashes = sorted({f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests})
    rules = (
        "default-src 'none'",
        " ".join(["script-src 'self'", *hashes]),
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    )
    return f'{_POLICY} content="{html.escape("; ".join(rules), quote=False)}">'


def describe(app: Sphinx, page: str, template: str, context: dict, doctree) -> None:
    """Give each page the description that search engines and previews show."""
    tag = f'<meta name="description" content="{html.escape(_said(doctree))}" />'
    context["metatags"] = context.get("metatags", "") + tag


def _said(doctree: nodes.document | None) -> str:
    """Return the first paragraph that is text, cut after a sentence within 160 characters."""
    paragraphs = doctree.findall(nodes.paragraph) if doctree else ()
    for paragraph in paragraphs:
        text = " ".join(paragraph.astext().split())
        if len(text) >= 40:
            whole = re.match(r".{40,159}[.?!](?= |$)", text)
            return whole[0] if whole else f"{text[:157].rsplit(' ', 1)[0]} …"
    return "First Layers, a first course in deep learning that checks itself."


def _remove_unused_files(static: Path) -> None:
    for unneeded in ("fontawesome.js", "*.map", "*.ttf", "sphinx-thebe.*"):
        for path in static.rglob(unneeded):
            path.unlink()


def _subset_icons(static: Path) -> None:
    """Keep of the icon fonts the glyphs, of private code points, that the style sheet names."""
    css = (static / _JOINED).read_text(encoding="utf-8")
    glyphs = {ord(character) for character in css if "\ue000" <= character <= "\uf8ff"}
    for font in static.rglob("fa-*.woff2"):
        _subset(font, glyphs)


def _subset(font: Path, glyphs: set[int]) -> None:
    from fontTools.subset import Options, Subsetter, load_font, save_font

    options = Options(flavor="woff2", layout_features=[], notdef_outline=True)
    opened = load_font(str(font), options)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=glyphs)
    subsetter.subset(opened)
    save_font(opened, str(font), options)
