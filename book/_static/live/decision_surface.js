/* What the 2-2-1 network answers on the plane, computed here from the weights of an epoch. */
"use strict";

live.figure("decision_surface", (stage, data) => {
  const SIDE = [-0.5, 1.5];
  const CELLS = 64;
  const POINTS = [
    [0, 0, 0],
    [0, 1, 1],
    [1, 0, 1],
    [1, 1, 0],
  ];
  const STYLES = [
    { colour: "green", dashes: [] },
    { colour: "pink", dashes: [6, 4] },
  ];

  let now = 0;
  const probe = [0.5, 0.5];

  const sigmoid = (z) => 1 / (1 + Math.exp(-z));

  /* The forward pass; the first row of a matrix holds the biases. */
  function answer([W1, W2], x, y) {
    const sums = W1[0].map((bias, j) => bias + x * W1[1][j] + y * W1[2][j]);
    return sigmoid(sums.reduce((z, sum, j) => z + sigmoid(sum) * W2[j + 1][0], W2[0][0]));
  }

  /* How far each point's answer is from what it should be. */
  const misses = (start) =>
    POINTS.map(([x, y, wanted]) => Math.abs(answer(start.weights[now], x, y) - wanted));
  const lossOf = (start) => misses(start).reduce((sum, miss) => sum + miss ** 2, 0);

  function tell() {
    const told = data.starts.map((start) => {
      const right = misses(start).filter((miss) => miss < 0.5).length;
      const loss = lossOf(start).toFixed(3);
      return `Seed ${start.seed} has loss ${loss} and ${right} of 4 points right.`;
    });
    const here = data.starts.map(
      (start) => `seed ${start.seed} answers ${answer(start.weights[now], ...probe).toFixed(6)}`,
    );
    const place = probe.map((own) => own.toFixed(2).replace("-", "−")).join(", ");
    stage.say(`Epoch ${data.epochs[now]}. ${told.join(" ")} At (${place}) ${here.join(", ")}.`);
  }

  /* Orange for 0, violet for 1, after ColorBrewer's PuOr; in the middle the colour of the page. */
  const RAMPS = {
    light: ["b35806", "f1a340", "fee0b6", "ffffff", "d8daeb", "998ec3", "542788"],
    dark: ["ffc98a", "cf7f2a", "6b431b", "121212", "37355c", "7a6dc0", "cfc6fa"],
  };

  function ramp(colours) {
    const stops = RAMPS[colours.dark ? "dark" : "light"].map((hex) =>
      [0, 2, 4].map((from) => parseInt(hex.slice(from, from + 2), 16)),
    );
    return (value) => {
      const place = value * (stops.length - 1);
      const k = Math.min(Math.floor(place), stops.length - 2);
      return stops[k].map((own, part) => own + (place - k) * (stops[k + 1][part] - own));
    };
  }

  /* The answers in the middle of each cell, and of a rim of cells around them. */
  function field(weights) {
    const middle = (k) => SIDE[0] + ((k - 0.5) / CELLS) * (SIDE[1] - SIDE[0]);
    const places = Array.from({ length: CELLS + 2 }, (_, k) => middle(k));
    return { places, answers: places.map((y) => places.map((x) => answer(weights, x, y))) };
  }

  function shade(pen, colours, answers, [left, top, width, height]) {
    const paint = ramp(colours);
    const cells = live.element("canvas", { width: CELLS, height: CELLS });
    const own = cells.getContext("2d");
    const pixels = own.createImageData(CELLS, CELLS);
    for (let row = 0; row < CELLS; row += 1) {
      for (let column = 0; column < CELLS; column += 1) {
        const value = answers[CELLS - row][column + 1];
        pixels.data.set([...paint(value), 255], 4 * (row * CELLS + column));
      }
    }
    own.putImageData(pixels, 0, 0);
    pen.drawImage(cells, left, top, width, height);
  }

  /* Marching squares: where an edge of a cell goes through 0.5, the line does. */
  function contour(pen, colours, { places, answers }, axes) {
    pen.strokeStyle = colours.ink;
    pen.lineWidth = 2;
    pen.beginPath();
    const corners = [
      [0, 0],
      [0, 1],
      [1, 1],
      [1, 0],
    ];
    for (let row = 0; row + 1 < places.length; row += 1) {
      for (let column = 0; column + 1 < places.length; column += 1) {
        const cell = corners.map(([up, right]) => ({
          x: places[column + right],
          y: places[row + up],
          over: answers[row + up][column + right] - 0.5,
        }));
        const ends = [];
        cell.forEach((a, k) => {
          const b = cell[(k + 1) % 4];
          if (a.over > 0 === b.over > 0) return;
          const part = a.over / (a.over - b.over);
          ends.push([axes.x(a.x + part * (b.x - a.x)), axes.y(a.y + part * (b.y - a.y))]);
        });
        for (let k = 0; k < ends.length; k += 2) {
          pen.moveTo(...ends[k]);
          pen.lineTo(...ends[k + 1]);
        }
      }
    }
    pen.stroke();
  }

  function shape(pen, colours, wanted, x, y, size) {
    pen.beginPath();
    if (wanted) {
      pen.moveTo(x, y - size);
      pen.lineTo(x + size, y + 0.8 * size);
      pen.lineTo(x - size, y + 0.8 * size);
      pen.closePath();
    } else pen.arc(x, y, 0.9 * size, 0, 7);
    pen.fillStyle = wanted ? colours.blue : colours.orange;
    pen.fill();
    pen.strokeStyle = colours.paper;
    pen.lineWidth = 2;
    pen.stroke();
  }

  /* A cross in a ring, dark on light, so that it is seen on every ground. */
  function cross(pen, colours, x, y) {
    for (const [colour, width] of [
      [colours.paper, 5],
      [colours.ink, 2],
    ]) {
      pen.strokeStyle = colour;
      pen.lineWidth = width;
      pen.beginPath();
      pen.arc(x, y, 6, 0, 7);
      for (const [dx, dy] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ]) {
        pen.moveTo(x + 4 * dx, y + 4 * dy);
        pen.lineTo(x + 11 * dx, y + 11 * dy);
      }
      pen.stroke();
    }
  }

  /* On a phone the two maps still stand side by side. */
  const room = stage.place.clientWidth;
  const wide = room >= 480 ? 235 : Math.max(120, Math.floor((room - 16) / 2));
  const box = [38, 26, wide - 42, wide - 42];

  data.starts.forEach((start) => {
    let axes = null;
    const map = stage.canvas(
      wide,
      wide + 28,
      (pen, colours) => {
        axes = live.axes(pen, colours, {
          box,
          x: SIDE,
          y: SIDE,
          xTicks: [0, 1],
          yTicks: [0, 1],
          xLabel: "first input",
          yLabel: "second input",
          title: `seed ${start.seed}`,
        });
        const answers = field(start.weights[now]);
        axes.inside(() => {
          shade(pen, colours, answers.answers, box);
          contour(pen, colours, answers, axes);
          for (const [x, y, wanted] of POINTS) shape(pen, colours, wanted, axes.x(x), axes.y(y), 9);
          cross(pen, colours, axes.x(probe[0]), axes.y(probe[1]));
        });
      },
      `What the network of seed ${start.seed} answers on the plane; a line where it is 0.5.`,
    );
    const take = (event) => {
      const [x, y] = map.at(event);
      sliders[0].move(axes.x.back(x));
      sliders[1].move(axes.y.back(y));
    };
    map.addEventListener("pointerdown", take);
    map.addEventListener("pointermove", (event) => {
      if (event.buttons) take(event);
    });
  });

  const chart = room >= 480 ? [235, 263] : [room, 180];
  stage.canvas(
    ...chart,
    (pen, colours) => {
      const axes = live.axes(pen, colours, {
        box: [32, 26, chart[0] - 52, chart[1] - 70],
        x: [0, data.epochs.at(-1)],
        y: [-0.3, 1.7],
        xTicks: [0, 500, 1000],
        yTicks: [0, 0.5, 1, 1.5],
        xLabel: "epoch",
        title: "loss",
      });
      /* The losses end at the epoch that is shown: what comes is for the reader to guess. */
      const epoch = data.epochs[now];
      const reached = data.starts.map(lossOf);
      data.starts.forEach((start, i) => {
        const [x, y] = [axes.x(epoch), axes.y(reached[i])];
        pen.strokeStyle = colours[STYLES[i].colour];
        pen.lineWidth = 2.5;
        pen.setLineDash(STYLES[i].dashes);
        pen.beginPath();
        start.losses.forEach((loss, k) => {
          if (k * data.every < epoch) pen.lineTo(axes.x(k * data.every), axes.y(loss));
        });
        pen.lineTo(x, y);
        pen.stroke();
        pen.setLineDash([]);
        pen.fillStyle = colours.ink;
        pen.beginPath();
        pen.arc(x, y, 4, 0, 7);
        pen.fill();
        const isUpper = reached[i] === Math.max(...reached);
        pen.textAlign = epoch < 700 ? "left" : "right";
        pen.fillText(`seed ${start.seed}`, x + (epoch < 700 ? 6 : 0), y + (isUpper ? -9 : 19));
      });
      pen.textAlign = "left";
    },
    "The loss of both starts, up to the epoch that is shown.",
  );

  stage.canvas(
    330,
    24,
    (pen, colours) => {
      const paint = ramp(colours);
      pen.fillStyle = colours.ink;
      pen.fillText("answer 0", 0, 16);
      const from = pen.measureText("answer 0").width + 8;
      for (let k = 0; k < 120; k += 1) {
        pen.fillStyle = `rgb(${paint(k / 119).map(Math.round).join(" ")})`;
        pen.fillRect(from + k, 4, 1.5, 16);
      }
      pen.strokeStyle = colours.ink;
      pen.lineWidth = 1;
      pen.strokeRect(from, 4, 121, 16);
      pen.lineWidth = 2;
      pen.beginPath();
      pen.moveTo(from + 166, 12);
      pen.lineTo(from + 192, 12);
      pen.stroke();
      pen.fillStyle = colours.ink;
      pen.fillText("1", from + 129, 16);
      pen.fillText("0.5", from + 199, 16);
    },
    "Legend: orange for the answer 0, over the colour of the page, to violet for 1; a line at 0.5.",
  );

  const epochs = stage.slider({
    label: "Epoch",
    min: 0,
    max: data.epochs.length - 1,
    value: now,
    text: (k) => String(data.epochs[k]),
    change: (k) => {
      now = k;
      tell();
    },
  });
  /* The slider moves too, so a hand that takes it goes on from what is seen. */
  const play = stage.player({
    every: 250,
    step: () => {
      epochs.move(now + 1 < data.epochs.length ? now + 1 : 0);
      return now + 1 < data.epochs.length;
    },
  });
  epochs.addEventListener("input", () => play.stop());
  const sliders = ["First input", "Second input"].map((label, i) =>
    stage.slider({
      label,
      min: SIDE[0],
      max: SIDE[1],
      step: 0.05,
      value: probe[i],
      text: (own) => own.toFixed(2),
      change: (own) => {
        probe[i] = own;
        tell();
      },
    }),
  );
  tell();
});
