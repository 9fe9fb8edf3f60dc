/* What all live figures share: a place to draw, controls, and a voice for screen readers.

   A figure's script calls `live.figure(name, build)`. Until `build` has run without an error the
   still picture stays. `build(stage)` draws, and gets:

     stage.canvas(width, height, draw, label)  a canvas in CSS pixels; draw(pen, colours) is called
                                   at once, on stage.redraw(), and when theme or size change
     stage.slider({label, min, max, step, value, text, change})
     stage.choice({label, options: [[value, text], …], value, change})   radio buttons
     stage.button({label, press})
     stage.player({label, step, every})   a button that calls step() until it returns false
     stage.say(text)               shows a sentence below, and has it read out
     stage.redraw()

   `live.axes(pen, colours, {box, x, y, xTicks, yTicks, xLabel, yLabel, title})` draws axes, and
   returns their scales.

   Every control is a native one, so that a keyboard and a screen reader find what they know. */
"use strict";

window.live = (() => {
  const data = {};
  const quiet = matchMedia("(prefers-reduced-motion: reduce)");

  function element(tag, properties = {}, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  /* Ink, paper (the page's ground) and four colours for the theme that is on: near those of the
     book, but each can carry text too, and with fewer cones they stay apart (tests/test_colours.py). */
  function colours() {
    const dark = document.documentElement.dataset.theme === "dark";
    return {
      dark,
      ink: dark ? "#f0f0f0" : "#1a1a1a",
      faint: dark ? "#9aa0a6" : "#5f6368",
      line: dark ? "#5f6368" : "#c0c4c8",
      paper: dark ? "#121212" : "#ffffff",
      blue: dark ? "#46adee" : "#1074c1",
      orange: dark ? "#ff9f4a" : "#c84404",
      green: dark ? "#00d9a5" : "#1e7952",
      pink: dark ? "#edadd1" : "#ac428e",
    };
  }

  class Stage {
    constructor(figure) {
      this.place = element("div", { className: "live-stage" });
      this.controls = element("div", { className: "live-controls" });
      this.said = element("p", { className: "live-said" });
      this.said.setAttribute("role", "status");
      this.drawings = [];
      this.waiting = 0;
      this.figure = figure;
    }

    canvas(width, height, draw, label) {
      const canvas = element("canvas", { className: "live-canvas" });
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", label);
      this.place.append(canvas);
      const paint = () => {
        const shown = Math.max(1, Math.min(width, this.place.clientWidth || width));
        const sharp = (window.devicePixelRatio || 1) * (shown / width);
        canvas.style.width = `${shown}px`;
        canvas.width = Math.round(width * sharp);
        canvas.height = Math.round(height * sharp);
        const pen = canvas.getContext("2d");
        pen.setTransform(sharp, 0, 0, sharp, 0, 0);
        pen.font = `${Math.max(13, 13 * (width / shown))}px system-ui, sans-serif`;
        draw(pen, colours());
      };
      this.drawings.push(paint);
      /* Where in the drawing a pointer is. */
      canvas.at = (event) => {
        const box = canvas.getBoundingClientRect();
        const scale = width / box.width;
        return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
      };
      return canvas;
    }

    slider({ label, min, max, step = 1, value = min, text = String, change }) {
      const shown = element("output", { textContent: text(value) });
      const input = element("input", { type: "range", min, max, step, value });
      input.setAttribute("aria-label", label);
      const set = () => {
        shown.textContent = text(Number(input.value));
        input.setAttribute("aria-valuetext", shown.textContent);
      };
      input.addEventListener("input", () => {
        set();
        change(Number(input.value));
        this.redraw();
      });
      set();
      this.controls.append(element("label", {}, `${label} `, input, " ", shown));
      /* Move it from a script, as a reader would. */
      input.move = (to) => {
        input.value = to;
        set();
        change(Number(input.value));
        this.redraw();
      };
      return input;
    }

    choice({ label, options, value, change }) {
      const group = element("fieldset", {}, element("legend", { textContent: label }));
      const name = `live-${this.figure.id}-${this.controls.children.length}`;
      for (const [own, text] of options) {
        const input = element("input", { type: "radio", name, value: own, checked: own === value });
        input.addEventListener("change", () => {
          change(own);
          this.redraw();
        });
        group.append(element("label", {}, input, ` ${text}`));
      }
      this.controls.append(group);
      return group;
    }

    button({ label, press }) {
      const button = element("button", { type: "button", textContent: label });
      button.addEventListener("click", () => {
        press();
        this.redraw();
      });
      this.controls.append(button);
      return button;
    }

    player({ label = "Play", step, every = 400 }) {
      let clock = null;
      const stop = () => {
        clearInterval(clock);
        clock = null;
        button.textContent = label;
        this.said.removeAttribute("aria-live");
      };
      const button = this.button({
        label,
        press: () => {
          if (clock !== null) return stop();
          if (quiet.matches) {
            /* Who asked for less motion sees the end at once. */
            while (step() !== false);
            return;
          }
          button.textContent = "Pause";
          /* What is said on the way is there to read; only the end is read out. */
          this.said.setAttribute("aria-live", "off");
          clock = setInterval(() => {
            if (step() === false) stop();
            this.redraw();
          }, every);
        },
      });
      button.stop = stop;
      return button;
    }

    say(text) {
      clearTimeout(this.waiting);
      /* A reader who drags a slider should hear where it ends, not each step. */
      this.waiting = setTimeout(() => {
        if (this.said.textContent !== text) this.said.textContent = text;
      }, 150);
    }

    redraw() {
      for (const paint of this.drawings) paint();
    }
  }

  /* Axes in box [left, top, width, height]; x(value) and y(value) are places, x.back(place) a value.
     inside(draw) keeps what draw() draws within the box. */
  function axes(pen, colours, { box, x, y, xTicks = [], yTicks = [], yText = String, ...texts }) {
    const [left, top, width, height] = box;
    const scale = (from, to, begin, size) => {
      const place = (value) => begin + ((value - from) / (to - from)) * size;
      place.back = (at) => from + ((at - begin) / size) * (to - from);
      return place;
    };
    const across = scale(x[0], x[1], left, width);
    const up = scale(y[0], y[1], top + height, -height);
    pen.strokeStyle = colours.line;
    pen.lineWidth = 1;
    pen.fillStyle = colours.faint;
    pen.textAlign = "right";
    for (const tick of yTicks) {
      pen.beginPath();
      pen.moveTo(left, up(tick));
      pen.lineTo(left + width, up(tick));
      pen.stroke();
      pen.fillText(yText(tick), left - 6, up(tick) + 4);
    }
    pen.textAlign = "center";
    for (const tick of xTicks) pen.fillText(String(tick), across(tick), top + height + 17);
    pen.fillStyle = colours.ink;
    if (texts.xLabel) pen.fillText(texts.xLabel, left + width / 2, top + height + 35);
    if (texts.yLabel) {
      pen.save();
      pen.translate(left - 23, top + height / 2);
      pen.rotate(-Math.PI / 2);
      pen.fillText(texts.yLabel, 0, 0);
      pen.restore();
    }
    pen.textAlign = "left";
    if (texts.title) pen.fillText(texts.title, left, top - 9);
    const inside = (draw) => {
      pen.save();
      pen.beginPath();
      pen.rect(left, top, width, height);
      pen.clip();
      draw();
      pen.restore();
    };
    return { x: across, y: up, inside };
  }

  function start(name, build) {
    const figure = document.getElementById(`live-${name}`);
    if (!figure) return;
    const stage = new Stage(figure);
    const still = figure.querySelector("a.image-reference, img");
    still.before(stage.place, stage.controls, stage.said);
    try {
      build(stage, data[name]);
      stage.redraw();
    } catch (error) {
      for (const part of [stage.place, stage.controls, stage.said]) part.remove();
      throw error;
    }
    still.remove();
    figure.dataset.ready = "yes";
    stage.redraw();
    new MutationObserver(() => stage.redraw()).observe(document.documentElement, {
      attributeFilter: ["data-theme"],
    });
    let wide = stage.place.clientWidth;
    new ResizeObserver(() => {
      if (stage.place.clientWidth === wide) return;
      wide = stage.place.clientWidth;
      stage.redraw();
    }).observe(stage.place);
  }

  return { data, colours, element, axes, figure: start };
})();
