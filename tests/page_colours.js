/* What a browser shows on a page: for tests/test_colours.py, which loads this before the page. */
"use strict";

window.seen = (() => {
  /* Red, green, blue and opacity, from 0 to 1, of a colour as browsers write it. */
  function parts(colour) {
    const hex = /^#(..)(..)(..)$/.exec(colour);
    if (hex) return [...hex.slice(1).map((part) => parseInt(part, 16) / 255), 1];
    const [, kind, inside] = /^(rgba?|color)\((?:srgb )?(.*)\)$/.exec(colour);
    const [r, g, b, a = 1] = inside.split(/[ ,/]+/).map(Number);
    return [...[r, g, b].map((part) => (kind === "color" ? part : part / 255)), a];
  }

  const over = ([r, g, b, a], ground) => [r, g, b].map((x, i) => a * x + (1 - a) * ground[i]);

  function groundOf(element) {
    if (!element) return [1, 1, 1];
    const own = parts(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own.slice(0, 3) : over(own, groundOf(element.parentElement));
  }

  function opacityOf(element) {
    return element ? getComputedStyle(element).opacity * opacityOf(element.parentElement) : 1;
  }

  /* Each way in which visible text below a selector stands on its ground, with an example. */
  function texts(selector) {
    const found = new Map();
    for (const root of document.querySelectorAll(selector)) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const known = new Set();
      while (walker.nextNode()) {
        const text = walker.currentNode.data.trim();
        const element = walker.currentNode.parentElement;
        if (!text || known.has(element) || !element.checkVisibility({ visibilityProperty: true })) {
          continue;
        }
        known.add(element);
        const box = element.getBoundingClientRect();
        if (box.width < 2 || box.height < 2) continue;
        const style = getComputedStyle(element);
        const ground = groundOf(element);
        const [r, g, b, a] = parts(style.color);
        const ink = over([r, g, b, a * opacityOf(element)], ground);
        const size = parseFloat(style.fontSize);
        const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
        found.set(String([ink, ground, large]), { ink, ground, large, text: text.slice(0, 40) });
      }
    }
    return [...found.values()];
  }

  /* A colour of each element that a selector finds, and the ground around it. */
  function marks(selector, property) {
    return [...document.querySelectorAll(selector)].map((element) => {
      const ground = groundOf(element.parentElement);
      return { ink: over(parts(getComputedStyle(element)[property]), ground), ground };
    });
  }

  /* Text on a canvas: its colour, and the colour that most pixels below it had. */
  const drawn = [];
  const fillText = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...rest) {
    const size = this.measureText(text);
    const corners = [
      [x - size.actualBoundingBoxLeft, y - size.actualBoundingBoxAscent],
      [x + size.actualBoundingBoxRight, y + size.actualBoundingBoxDescent],
    ].map(([a, b]) => this.getTransform().transformPoint(new DOMPoint(a, b)));
    const [left, right] = corners.map((point) => point.x).sort((a, b) => a - b);
    const [top, bottom] = corners.map((point) => point.y).sort((a, b) => a - b);
    const [width, height] = [right - left, bottom - top].map((side) => Math.max(1, Math.ceil(side)));
    const values = new Uint32Array(this.getImageData(left, top, width, height).data.buffer);
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
    const [most] = [...counts].reduce((one, other) => (other[1] > one[1] ? other : one));
    const below = [0, 8, 16, 24].map((shift) => ((most >>> shift) & 255) / 255);
    const [r, g, b, a] = parts(this.fillStyle);
    drawn.push({ text, below, ink: [r, g, b, a * this.globalAlpha], canvas: this.canvas });
    fillText.call(this, text, x, y, ...rest);
  };

  function written() {
    return drawn.splice(0).map(({ text, below, ink, canvas }) => {
      const ground = over(below, groundOf(canvas));
      return { text, ground, ink: over(ink, ground), large: false };
    });
  }

  return { texts, marks, written, groundOf };
})();
