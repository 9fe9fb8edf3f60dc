/* Steps down a slope: x_next = x - rate * slope(x), in one direction or in two at once. */
"use strict";

live.figure("learning_rate", (stage, data) => {
  const SIDE = [-1, 7];
  const MOST = 80;
  const FAR = 1e5;

  let losses = data.losses.one;
  let rate = data.rates[0];
  let steps = data.steps;
  const start = [...data.start];
  let paths = [];

  const value = (polynomial, x) => polynomial.reduceRight((sum, c) => sum * x + c, 0);
  const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
  const loss = (k) => sum(losses.map((one, i) => value(one.loss, paths[i][k])));
  const last = () => paths[0].length - 1;

  function walk() {
    paths = losses.map((_, i) => [start[i]]);
    while (last() < steps && paths.every((path) => Math.abs(path.at(-1)) < FAR)) {
      losses.forEach(({ slope }, i) => {
        const x = paths[i].at(-1);
        paths[i].push(x - rate * value(slope, x));
      });
    }
    tell();
  }

  /* What the walk does, told from its own numbers. */

  const number = (x) => {
    const size = Math.abs(x) < FAR ? Math.abs(x).toFixed(2) : Math.abs(x).toExponential(1);
    return `${x < 0 && Number(size) !== 0 ? "−" : ""}${size}`;
  };

  const valley = (one, x) => one.hills.filter((hill) => hill < x).length;

  function conduct(one, path) {
    const [x, before, earlier] = [path.at(-1), path.at(-2), path.at(-3)];
    const [low] = one.minima[valley(one, x)];
    const [here, there] = [x - low, before - low];
    const near = (place) => Math.abs(place - low) < 0.005;
    if (path.every(near)) return ["rests", "stays at the minimum, where the slope is 0"];
    if (near(x) && near(before)) {
      const crossed = path.some((place, k) => k > 0 && (place - low) * (path[k - 1] - low) < -1e-9);
      return ["arrives", `${crossed ? "overshoots and arrives" : "arrives"} at ${number(low)}`];
    }
    if (Math.abs(x - before) < 1e-6) return ["rests", "does not move, because the slope is 0"];
    /* A parabola looks the same at every distance, so what grows once will grow for ever. */
    const lost = one.loss.length === 3 || x < SIDE[0] || x > SIDE[1];
    if (lost && Math.abs(here) > Math.abs(there) + 1e-9) {
      return ["diverges", "diverges: each jump is wider than the one before"];
    }
    /* To and fro between two places; two jumps of one length may still differ a little. */
    if (Math.abs(x - earlier) < 0.005 * Math.abs(x - before)) {
      const [a, b] = [x, before].sort((p, q) => p - q).map(number);
      return ["oscillates", `oscillates between ${a} and ${b}, and comes no closer`];
    }
    if (valley(one, x) !== valley(one, before)) return ["hops", "hops into the other valley"];
    const away = `${number(Math.abs(here))} from the minimum`;
    if (here * there < 0) {
      if (Math.abs(here) < Math.abs(there)) {
        return ["overshoots", `overshoots and comes closer, to ${away}`];
      }
      return ["overshoots", "overshoots, and lands no closer than it was"];
    }
    if (here / there > 0.5) return ["creeps", `creeps, and is still ${away}`];
    return ["strides", `comes down on one side, to ${away}`];
  }

  const names = ["x", "y"];
  const and = (parts) => parts.join(" and ");

  function tell() {
    const k = last();
    const place = and(paths.map((path, i) => `${names[i]} = ${number(path[k])}`));
    if (k === 0) {
      const slopes = losses.map(({ slope }, i) => value(slope, start[i]));
      const moves = slopes.map((slope, i) => `${names[i]} by ${number(-rate * slope)}`);
      stage.say(
        `At the start, ${place}, the loss is ${number(loss(0))}. The slope there is ` +
          `${and(slopes.map(number))}: a step moves ${and(moves)}.`,
      );
      return;
    }
    const [kinds, told] = [0, 1].map((part) =>
      losses.map((one, i) => conduct(one, paths[i])[part]),
    );
    const walks =
      losses.length > 1
        ? `In x the walk ${told[0]}. In y it ${told[1]}.`
        : `The walk ${left(kinds[0]) ? "has left the valley where it began. It " : ""}${told[0]}.`;
    stage.say(
      `After ${k} ${k === 1 ? "step" : "steps"}, ${place}, loss ${number(loss(k))}. ` +
        `${walks} ${why(kinds)}`,
    );
  }

  const left = (kind) =>
    !/hops|rests/.test(kind) && valley(losses[0], start[0]) !== valley(losses[0], paths[0].at(-1));

  function why(kinds) {
    const hilly = losses[0].hills.length > 0;
    if (kinds.every((kind) => kind === "rests" || (hilly && kind === "diverges"))) return "";
    const factors = losses.map((one, i) => {
      const [, curvature] = one.minima[valley(one, paths[i].at(-1))];
      const factor = `1 − ${curvature} × ${rate} = ${number(1 - curvature * rate)}`;
      return losses.length > 1 ? `${factor} in ${names[i]}` : factor;
    });
    return (
      (hilly ? "Close to this minimum a step multiplies" : "Each step multiplies") +
      ` the distance by ${hilly ? "about " : ""}${and(factors)}.`
    );
  }

  const ended = () =>
    last() > 0 &&
    (losses.some((one, i) => conduct(one, paths[i])[0] === "diverges") ||
      losses.every((one, i) => /rests|arrives|oscillates/.test(conduct(one, paths[i])[0])));

  /* The walk in the picture of the loss. */

  function mark(pen, colours, at, k) {
    const [x, y] = at(k);
    pen.fillStyle = k === 0 ? colours.orange : colours.blue;
    pen.beginPath();
    if (k === 0) pen.rect(x - 6, y - 6, 12, 12);
    else pen.arc(x, y, k === last() ? 6 : 3.5, 0, 7);
    pen.fill();
    if (k === last()) {
      pen.strokeStyle = colours.ink;
      pen.lineWidth = 2;
      pen.stroke();
    }
  }

  function trace(pen, colours, at) {
    pen.strokeStyle = colours.blue;
    pen.lineWidth = 1.5;
    pen.beginPath();
    for (let k = 0; k <= last(); k += 1) pen.lineTo(...at(k));
    pen.stroke();
    for (let k = last(); k >= 0; k -= 1) mark(pen, colours, at, k);
  }

  function curve(pen, colours, axes) {
    pen.strokeStyle = colours.faint;
    pen.lineWidth = 2;
    pen.beginPath();
    for (let x = SIDE[0]; x <= SIDE[1]; x += 0.05) {
      pen.lineTo(axes.x(x), axes.y(value(losses[0].loss, x)));
    }
    pen.stroke();
  }

  /* Lines of equal loss of a ravine are ellipses. */
  function ellipses(pen, colours, axes) {
    const [[x, a], [y, b]] = losses.map((one) => one.minima[0]);
    pen.strokeStyle = colours.faint;
    pen.lineWidth = 1;
    for (const level of [0.05, 0.25, 1, 2.25, 4, 6.25, 9, 12.25, 16]) {
      const radii = [Math.sqrt((2 * level) / a), Math.sqrt((2 * level) / b)];
      pen.beginPath();
      pen.ellipse(
        axes.x(x),
        axes.y(y),
        axes.x(radii[0]) - axes.x(0),
        axes.y(0) - axes.y(radii[1]),
        0,
        0,
        7,
      );
      pen.stroke();
    }
    pen.fillStyle = colours.ink;
    pen.fillText("+", axes.x(x) - 4, axes.y(y) + 4);
  }

  let ground = null;
  const picture = stage.canvas(
    400,
    330,
    (pen, colours) => {
      const flat = losses.length > 1;
      const ticks = [0, 2, 4, 6];
      ground = live.axes(pen, colours, {
        box: [36, 26, 356, 262],
        x: SIDE,
        y: flat ? SIDE : [-1, 17],
        xTicks: ticks,
        yTicks: flat ? ticks : [0, 4, 8, 12, 16],
        xLabel: "weight x",
        title: flat ? "weight y (equal loss along each line)" : "loss",
      });
      const at = (k) => [
        ground.x(paths[0][k]),
        ground.y(flat ? paths[1][k] : value(losses[0].loss, paths[0][k])),
      ];
      ground.inside(() => {
        (flat ? ellipses : curve)(pen, colours, ground);
        trace(pen, colours, at);
      });
      const x = paths[0].at(-1);
      if (x < SIDE[0] || x > SIDE[1]) {
        pen.fillStyle = colours.ink;
        pen.textAlign = x < 0 ? "left" : "right";
        pen.fillText(x < 0 ? `◀ x = ${number(x)}` : `x = ${number(x)} ▶`, x < 0 ? 42 : 386, 44);
        pen.textAlign = "left";
      }
    },
    "The loss, and on it the walk, from a square to the point that is circled last.",
  );

  /* A press on the picture is a new start. */
  picture.addEventListener("click", (event) => {
    const [x, y] = picture.at(event);
    sliders[0].move(ground.x.back(x));
    if (losses.length > 1) sliders[1].move(ground.y.back(y));
  });

  stage.canvas(
    290,
    330,
    (pen, colours) => {
      const power = (size) => Math.log10(Math.max(size, 1e-12));
      const end = [10, 20, 40, MOST].find((most) => most >= last());
      const axes = live.axes(pen, colours, {
        box: [60, 26, 222, 262],
        x: [-0.04 * end, 1.04 * end],
        y: [-4.5, 4.5],
        xTicks: [0, end / 2, end],
        yTicks: [-4, -2, 0, 2, 4],
        yText: (tick) => (tick === 4 ? "10,000" : String(Number((10 ** tick).toFixed(4)))),
        xLabel: "step",
        title: "loss, from line to line × 100",
      });
      axes.inside(() => trace(pen, colours, (k) => [axes.x(k), axes.y(power(loss(k)))]));
    },
    "The loss after each step, on a logarithmic axis.",
  );

  /* Whatever a reader does stops the walk, so that it does not go on under the hand. */
  const changed = (act) => (to) => {
    play.stop();
    act(to);
    walk();
  };

  stage.choice({
    label: "Loss",
    options: [
      ["one", "one valley"],
      ["two", "two valleys"],
      ["ravine", "a ravine"],
    ],
    value: "one",
    change: changed((name) => {
      losses = data.losses[name];
      sliders[1].closest("label").style.display = losses.length > 1 ? "" : "none";
    }),
  });
  stage.slider({
    label: "Learning rate",
    min: 0.01,
    max: 1.2,
    step: 0.01,
    value: rate,
    text: (own) => own.toFixed(2),
    change: changed((own) => {
      rate = own;
    }),
  });
  const sliders = names.map((name, i) =>
    stage.slider({
      label: `Start ${name}`,
      min: SIDE[0],
      max: SIDE[1],
      step: 0.1,
      value: start[i],
      text: (own) => own.toFixed(1),
      change: changed((own) => {
        start[i] = own;
      }),
    }),
  );
  sliders[1].closest("label").style.display = "none";
  stage.button({
    label: "Step",
    press: changed(() => {
      steps = Math.min(MOST, last() + 1);
    }),
  });
  const play = stage.player({
    every: 250,
    step: () => {
      steps = ended() || last() >= MOST ? 0 : last() + 1;
      walk();
      return !ended() && last() < MOST;
    },
  });
  stage.button({
    label: "Back to the start",
    press: changed(() => {
      steps = 0;
    }),
  });
  walk();
});
