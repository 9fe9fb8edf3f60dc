/* A pad to draw on, and unit 07's trained network, which answers.

   `live.drawing.picture(strokes)` makes of drawn lines what HASYv2 has: 32 by 32 pixels, ink 1.
   `live.drawing.network(data)` returns the function that answers such a picture. */
"use strict";

live.drawing = (() => {
  const SIDE = 32;
  const RADIUS = 1.05; // half the width of a line in HASYv2, in pixels

  function bytes(text) {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  }

  /* The number that 16 bits stand for: 1 for the sign, 5 for the exponent, 10 for the fraction. */
  function half(bits) {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 31;
    const fraction = (bits & 1023) / 1024;
    return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction) : 2 ** -14 * fraction);
  }

  function unpackWeights(text, shapes) {
    const view = new DataView(bytes(text).buffer);
    let place = 0;
    return shapes.map((shape) => {
      const size = shape.reduce((product, length) => product * length, 1);
      const own = Float32Array.from({ length: size }, (_, i) => half(view.getUint16(2 * (place + i), true)));
      place += size;
      return own;
    });
  }

  /* The pixels of an example: a bit each, row by row. */
  function unpackPicture(text) {
    const packed = bytes(text);
    return Float32Array.from({ length: SIDE ** 2 }, (_, i) => (packed[i >> 3] >> (7 - (i & 7))) & 1);
  }

  /* Convolution with padding "same", then relu. An image is {side, depth, values}, the depth last;
     a kernel is size by size by input depth by output depth. */
  function convolution(image, kernel, bias, size, stride) {
    const depth = bias.length;
    const side = Math.ceil(image.side / stride);
    /* Where the padding is odd, Keras puts the smaller half before the image. */
    const before = Math.floor(Math.max((side - 1) * stride + size - image.side, 0) / 2);
    const values = new Float32Array(side * side * depth);
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const own = values.subarray((y * side + x) * depth, (y * side + x + 1) * depth);
        own.set(bias);
        for (let i = 0; i < size; i++) {
          const row = y * stride + i - before;
          if (row < 0 || row >= image.side) continue;
          for (let j = 0; j < size; j++) {
            const column = x * stride + j - before;
            if (column < 0 || column >= image.side) continue;
            const from = (row * image.side + column) * image.depth;
            for (let c = 0; c < image.depth; c++) {
              const value = image.values[from + c];
              if (value === 0) continue; // paper, and what relu has cut off
              const weights = ((i * size + j) * image.depth + c) * depth;
              for (let k = 0; k < depth; k++) own[k] += value * kernel[weights + k];
            }
          }
        }
        for (let k = 0; k < depth; k++) if (own[k] < 0) own[k] = 0;
      }
    }
    return { side, depth, values };
  }

  /* The largest of each two by two values. */
  function pooling({ side, depth, values }) {
    const half = side / 2;
    const pooled = new Float32Array(half * half * depth);
    for (let y = 0; y < half; y++) {
      for (let x = 0; x < half; x++) {
        for (let k = 0; k < depth; k++) {
          const at = (2 * y * side + 2 * x) * depth + k;
          const below = at + side * depth;
          pooled[(y * half + x) * depth + k] = Math.max(
            values[at], values[at + depth], values[below], values[below + depth]
          );
        }
      }
    }
    return { side: half, depth, values: pooled };
  }

  function dense(inputs, kernel, bias) {
    const outputs = Float32Array.from(bias);
    inputs.forEach((value, i) => {
      for (let k = 0; k < outputs.length; k++) outputs[k] += value * kernel[i * outputs.length + k];
    });
    return outputs;
  }

  function softmax(scores) {
    const top = Math.max(...scores);
    const powers = scores.map((score) => Math.exp(score - top));
    const sum = powers.reduce((total, power) => total + power, 0);
    return powers.map((power) => power / sum);
  }

  /* The function that takes a picture, and returns the feature maps of the first layer and the
     probabilities of the 100 symbols. */
  function network({ weights, shapes }) {
    const [k1, b1, k2, b2, k3, b3, k4, b4] = unpackWeights(weights, shapes);
    return (picture) => {
      const maps = convolution({ side: SIDE, depth: 1, values: picture }, k1, b1, 5, 2);
      const second = pooling(convolution(maps, k2, b2, 3, 1));
      const third = pooling(convolution(second, k3, b3, 3, 1));
      return { maps, probabilities: softmax(dense(third.values, k4, b4)) };
    };
  }

  /* HASYv2's pictures of strokes: the lines are moved and scaled until their longer side fills the
     picture, and drawn in black, two pixels wide. A stroke is a list of points [x, y]. */
  function picture(strokes) {
    const ink = new Float32Array(SIDE ** 2);
    const across = strokes.flat().map((point) => point[0]);
    const down = strokes.flat().map((point) => point[1]);
    const [left, right] = [Math.min(...across), Math.max(...across)];
    const [top, bottom] = [Math.min(...down), Math.max(...down)];
    const scale = (SIDE - 1) / (Math.max(right - left, bottom - top) || 1);
    const fit = ([x, y]) => [
      (x - (left + right) / 2) * scale + (SIDE - 1) / 2,
      (y - (top + bottom) / 2) * scale + (SIDE - 1) / 2,
    ];
    for (const stroke of strokes) {
      const points = stroke.map(fit);
      points.forEach((point, i) => trace(ink, points[Math.max(i - 1, 0)], point));
    }
    return ink;
  }

  /* Ink on every pixel that is near the line from one point to another. */
  function trace(ink, [x1, y1], [x2, y2]) {
    const [dx, dy] = [x2 - x1, y2 - y1];
    const length = dx * dx + dy * dy;
    const first = (a, b) => Math.max(Math.ceil(Math.min(a, b) - RADIUS), 0);
    const last = (a, b) => Math.min(Math.floor(Math.max(a, b) + RADIUS), SIDE - 1);
    for (let y = first(y1, y2); y <= last(y1, y2); y++) {
      for (let x = first(x1, x2); x <= last(x1, x2); x++) {
        const along = length ? ((x - x1) * dx + (y - y1) * dy) / length : 0;
        const nearest = Math.min(Math.max(along, 0), 1);
        const far = (x - x1 - nearest * dx) ** 2 + (y - y1 - nearest * dy) ** 2;
        if (far < RADIUS ** 2) ink[y * SIDE + x] = 1;
      }
    }
  }

  return { network, picture, unpackPicture };
})();

live.figure("drawing", (stage, data) => {
  const SIZE = 320; // of the pad
  const STEP = 10; // of the pen that arrow keys move
  const KEYS = {
    ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
    Home: [-1, -1], PageUp: [1, -1], End: [-1, 1], PageDown: [1, 1],
  };
  const { network, picture, unpackPicture } = live.drawing;
  const read = network(data);

  let strokes = [];
  let line = null; // the stroke that is being drawn
  let example = null; // the place of the example that is read instead
  let seen = null; // the picture that the network got, and its answer
  let answer = null;
  let frame = null; // the next one of the screen, if it waits for a look
  const cursor = [SIZE / 2, SIZE / 2];

  function name(place) {
    const [glyph, latex] = [data.glyphs[place], data.names[place]];
    return glyph === latex ? latex : `${glyph} (${latex})`;
  }

  function percent(share) {
    if (share > 0.999) return "over 99.9\u00a0%";
    if (share < 0.001) return "under 0.1\u00a0%";
    return `${(100 * share).toFixed(1)}\u00a0%`;
  }

  function likeliest() {
    const places = Array.from(data.names.keys());
    return places.sort((a, b) => answer.probabilities[b] - answer.probabilities[a]).slice(0, 3);
  }

  function look() {
    const drawn = line ? [...strokes, line] : strokes;
    seen = null;
    if (example !== null) seen = unpackPicture(data.examples[example][1]);
    else if (drawn.length) seen = picture(drawn);
    answer = seen && read(seen);
    stage.redraw();
  }

  /* A pointer may move several times before the screen shows anything new. */
  function lookSoon() {
    frame ??= requestAnimationFrame(() => {
      frame = null;
      look();
    });
  }

  function tell() {
    if (!answer) return stage.say("The pad is empty.");
    const [first, second, third] = likeliest().map(
      (place) => `${name(place)}, ${percent(answer.probabilities[place])}`
    );
    const truth = example === null ? "" : ` The picture shows ${name(data.examples[example][0])}.`;
    stage.say(`The network says ${first}; then ${second}; then ${third}.${truth}`);
  }

  function forgetExample() {
    example = null;
    for (const input of examples.querySelectorAll("input")) input.checked = false;
  }

  function begin(point) {
    forgetExample();
    line = [point];
    look();
  }

  function end() {
    if (!line) return;
    strokes.push(line);
    line = null;
    look();
    tell();
  }

  function pixels(pen, values, side, depth, channel, top, x, y, size, colour) {
    const small = live.element("canvas", { width: side, height: side });
    const brush = small.getContext("2d");
    const image = brush.createImageData(side, side);
    const rgb = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
    for (let i = 0; i < side * side; i++) {
      image.data.set([...rgb, (255 * values[i * depth + channel]) / top], 4 * i);
    }
    brush.putImageData(image, 0, 0);
    pen.imageSmoothingEnabled = false;
    pen.drawImage(small, x, y, size, size);
  }

  function outline(pen, x, y, size, colour) {
    pen.strokeStyle = colour;
    pen.lineWidth = 1;
    pen.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
  }

  const pad = stage.canvas(SIZE, SIZE, (pen, colours) => {
    pen.fillStyle = colours.paper;
    pen.fillRect(0, 0, SIZE, SIZE);
    outline(pen, 0, 0, SIZE, colours.faint);
    if (example !== null) pixels(pen, seen, 32, 1, 0, 1, 0, 0, SIZE, colours.ink);
    if (!seen) {
      pen.fillStyle = colours.faint;
      pen.textAlign = "center";
      pen.fillText("Draw one symbol here.", SIZE / 2, SIZE / 2 - 24);
    }
    pen.strokeStyle = colours.ink;
    pen.lineWidth = 10;
    pen.lineCap = pen.lineJoin = "round";
    for (const stroke of line ? [...strokes, line] : strokes) {
      pen.beginPath();
      pen.moveTo(...stroke[0]);
      for (const point of stroke) pen.lineTo(...point);
      pen.stroke();
    }
    if (document.activeElement === pad && pad.matches(":focus-visible")) {
      pen.strokeStyle = colours.orange;
      pen.fillStyle = colours.orange;
      pen.lineWidth = 2;
      pen.beginPath();
      pen.arc(...cursor, 9, 0, 2 * Math.PI);
      pen.stroke();
      if (line) pen.fill();
    }
  }, "Pad to draw on: arrow keys move the pen, Space puts it down and lifts it.");
  pad.setAttribute("role", "application");
  pad.tabIndex = 0;
  pad.style.touchAction = "none";

  function place(event) {
    return pad.at(event).map((where) => Math.min(Math.max(where, 0), SIZE));
  }

  pad.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    end();
    pad.setPointerCapture(event.pointerId);
    begin(place(event));
  });
  pad.addEventListener("pointermove", (event) => {
    if (!line || !pad.hasPointerCapture(event.pointerId)) return;
    /* One event may stand for several places since the last frame. */
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length ? events : [event]) line.push(place(each));
    lookSoon();
  });
  pad.addEventListener("pointerup", (event) => {
    if (!line || !pad.hasPointerCapture(event.pointerId)) return;
    line.push(place(event));
    end();
  });
  pad.addEventListener("pointercancel", end);

  pad.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === " ") {
      event.preventDefault();
      if (event.repeat) return;
      if (line) return end();
      begin([...cursor]);
      stage.say("The pen is down.");
    } else if (event.key in KEYS) {
      event.preventDefault();
      const far = event.shiftKey ? STEP / 5 : STEP;
      KEYS[event.key].forEach((way, axis) => {
        cursor[axis] = Math.min(Math.max(cursor[axis] + far * way, 0), SIZE);
      });
      if (line) line.push([...cursor]);
      look();
    }
  });
  pad.addEventListener("focus", () => stage.redraw());
  pad.addEventListener("blur", () => {
    end();
    stage.redraw();
  });

  stage.canvas(SIZE, 304, (pen, colours) => {
    const small = pen.font;
    const large = small.replace(/^[\d.]+/, "20");
    pen.textBaseline = "middle";
    if (!answer) {
      pen.fillStyle = colours.faint;
      pen.fillText("The three likeliest symbols:", 0, 17);
    }
    (answer ? likeliest() : []).forEach((place, row) => {
      const y = 34 * row + 17;
      const share = answer.probabilities[place];
      const [glyph, latex] = [data.glyphs[place], data.names[place]];
      pen.fillStyle = colours.ink;
      pen.font = large;
      pen.fillText(glyph, 0, y);
      pen.font = small;
      if (glyph !== latex) pen.fillText(latex, 28, y, 82);
      pen.fillText(percent(share), 240, y, 80);
      pen.fillStyle = colours.line;
      pen.fillRect(112, y + 8, 120, 1);
      pen.fillStyle = colours.blue;
      pen.fillRect(112, y - 9, Math.max(120 * share, 1), 18);
    });

    pen.font = small;
    pen.fillStyle = colours.ink;
    pen.fillText("The network's input", 0, 128, 150);
    pen.fillText("Its first layer: 16 maps", 160, 128, 160);
    if (seen) pixels(pen, seen, 32, 1, 0, 1, 0, 144, 128, colours.ink);
    outline(pen, 0, 144, 128, colours.line);
    const top = answer ? Math.max(...answer.maps.values) || 1 : 1;
    for (let k = 0; k < 16; k++) {
      const [x, y] = [160 + 40 * (k % 4), 144 + 40 * Math.floor(k / 4)];
      if (answer) pixels(pen, answer.maps.values, 16, 16, k, top, x, y, 36, colours.ink);
      outline(pen, x, y, 36, colours.line);
    }
  }, "The three likeliest symbols as bars, the picture that the network sees, and the 16 feature maps of its first layer. The sentence below says the answer.");

  stage.button({
    label: "Undo",
    press: () => {
      if (example === null) strokes.pop();
      forgetExample();
      look();
      tell();
    },
  });
  stage.button({
    label: "Clear",
    press: () => {
      strokes = [];
      forgetExample();
      look();
      tell();
    },
  });
  const examples = stage.choice({
    label: "Or let it read one of these:",
    options: data.examples.map(([label], number) => [number, data.glyphs[label]]),
    value: null,
    change: (number) => {
      strokes = [];
      example = number;
      look();
      tell();
    },
  });

  for (const note of document.querySelectorAll(".live-without")) note.remove();
});
