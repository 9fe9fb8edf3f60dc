/* A computation graph, forward and backward: unit 03's rules, one step at a press. */
"use strict";

(() => {
  /* A number with three digits that count, as a person would write it. */
  function written(number) {
    const rounded = Number(number.toPrecision(3)) + 0;
    return String(Math.abs(rounded) < 1e-6 ? 0 : rounded).replace("-", "−");
  }

  const factor = (number) => (written(number)[0] === "−" ? `(${written(number)})` : written(number));

  /* What an operation gives, what its slope for each input is, and how to say both. */
  const operations = {
    "*": {
      value: (a, b) => a * b,
      local: (y, a, b) => [b, a],
      formula: (inputs) => inputs.join(" · "),
      because: (which, inputs, x) => `the other factor, ${inputs[1 - which]} = ${written(x[1 - which])}`,
    },
    "+": {
      value: (...terms) => terms.reduce((sum, term) => sum + term, 0),
      local: (y, ...terms) => terms.map(() => 1),
      formula: (inputs) => inputs.join(" + "),
      because: () => "1, as for every sum",
    },
    sigmoid: {
      value: (a) => 1 / (1 + Math.exp(-a)),
      local: (y) => [y * (1 - y)],
      formula: (inputs) => `sigmoid(${inputs[0]})`,
      because: (which, inputs, x, name, y) =>
        `${name} · (1 − ${name}) = ${written(y)} · ${written(1 - y)} = ${written(y * (1 - y))}`,
    },
  };

  /* Values, slopes, and the steps by which they are found: each operation in turn, then each
     part of a slope that an operation passes to one of its inputs. */
  function passes(nodes, feed) {
    const values = { ...feed };
    const steps = [];
    for (const node of nodes.filter((one) => one.inputs.length)) {
      values[node.name] = operations[node.kind].value(...node.inputs.map((one) => values[one]));
      steps.push({ kind: "forward", node });
    }
    const last = nodes.at(-1);
    const parts = { [last.name]: [1] };
    const slope = (name) => (parts[name] || []).reduce((sum, part) => sum + part, 0);
    steps.push({ kind: "seed", node: last });
    for (const node of [...nodes].reverse()) {
      if (!node.inputs.length) continue;
      const inputs = node.inputs.map((one) => values[one]);
      const local = operations[node.kind].local(values[node.name], ...inputs);
      node.inputs.forEach((to, which) => {
        const part = slope(node.name) * local[which];
        (parts[to] ??= []).push(part);
        steps.push({ kind: "back", node, to, which, from: slope(node.name), local: local[which], part });
      });
    }
    const slopes = Object.fromEntries(nodes.map((node) => [node.name, slope(node.name)]));
    return { values, slopes, steps };
  }

  live.passes = passes;

  live.figure("graph_passes", (stage, data) => {
    let graph = data.graphs[0];
    let done = 0;
    const feeds = new Map(
      data.graphs.map((one) => [
        one,
        Object.fromEntries(one.nodes.filter((n) => !n.inputs.length).map((n) => [n.name, n.value])),
      ]),
    );
    const found = () => passes(graph.nodes, feeds.get(graph));

    /* What the reader sees of a slope so far: its parts, and whether more will come. */
    function seen(result) {
      const parts = {};
      const lines = new Map();
      const expected = {};
      result.steps.forEach((step, number) => {
        if (step.kind === "forward") return;
        const name = step.kind === "seed" ? step.node.name : step.to;
        expected[name] = (expected[name] || 0) + 1;
        if (number >= done) return;
        (parts[name] ??= []).push(step.kind === "seed" ? 1 : step.part);
        if (step.kind === "back") lines.set(`${step.node.name} ${step.which}`, step);
      });
      return { parts, lines, expected };
    }

    function sentence(result) {
      const { values, steps } = result;
      if (!done) return "The inputs have values. Press Step: the way forward begins.";
      const { kind, node, to, which, from, local, part } = steps[done - 1];
      const { formula, because } = operations[node.kind];
      const inputs = node.inputs.map((one) => values[one]);
      const made = `${node.name} = ${formula(node.inputs)}`;
      if (kind === "forward") {
        const filled = formula(inputs.map(node.kind === "sigmoid" ? written : factor));
        return `Forward: ${made} = ${filled} = ${written(values[node.name])}.`;
      }
      if (kind === "seed") return `Backward: the slope of ${node.name} with respect to itself is 1.`;
      const { parts, expected } = seen(result);
      const arrived = parts[to];
      const sum = arrived.map(factor).join(" + ");
      const total = written(arrived.reduce((all, one) => all + one, 0));
      const collected = arrived.length > 1 ? `${sum} = ${total}` : total;
      const missing = expected[to] - arrived.length;
      const state = missing
        ? `So far ${to} has ${collected}; ${missing} more to come.`
        : `The slope of ${to} is ${collected}.`;
      const place = node.inputs.indexOf(to) !== node.inputs.lastIndexOf(to) ? ["first ", "second "][which] : "";
      return (
        `Backward: ${made} passes a part to its ${place}input ${to}. The local derivative is ` +
        `${because(which, node.inputs, inputs, node.name, values[node.name])}. ` +
        `The slope of ${node.name} times it: ${factor(from)} · ${factor(local)} = ${written(part)}. ${state}` +
        (done === steps.length ? ` ${proof(result)}` : "")
      );
    }

    /* The oracle that knows no calculus. */
    function proof(result) {
      const last = graph.nodes.at(-1).name;
      const feed = feeds.get(graph);
      const said = Object.keys(feed).map((name) => {
        const moved = (by) => passes(graph.nodes, { ...feed, [name]: feed[name] + by }).values[last];
        return `${name} ${written((moved(1e-4) - moved(-1e-4)) / 2e-4)}`;
      });
      return `All slopes are there. Small differences say the same: ${said.join(", ")}.`;
    }

    const tell = () => stage.say(sentence(found()));

    function draw(pen, colours) {
      const result = found();
      pen.clearRect(0, 0, graph.width, graph.height);
      const { parts, lines, expected } = seen(result);
      const current = done ? result.steps[done - 1] : null;
      const known = new Set(Object.keys(feeds.get(graph)));
      for (const step of result.steps.slice(0, done)) known.add(step.node.name);
      const size = parseFloat(pen.font);
      for (const line of graph.lines) drawLine(pen, colours, line, size, known, lines, current);
      for (const node of graph.nodes) {
        const [x, y, w, h] = graph.boxes[node.name];
        const name = node.name;
        const isCurrent = current && (current.kind === "back" ? current.to : current.node.name) === name;
        const back = isCurrent && current.kind !== "forward";
        pen.lineWidth = isCurrent ? 4 : 1.5;
        pen.strokeStyle = isCurrent ? (back ? colours.orange : colours.blue) : colours.faint;
        pen.fillStyle = colours.paper;
        pen.setLineDash(back ? [8, 5] : []);
        pen.beginPath();
        pen.roundRect(x, y, w, h, node.inputs.length ? h / 3 : 0);
        pen.fill();
        pen.stroke();
        pen.setLineDash([]);
        const text = node.inputs.length
          ? `${name} = ${operations[node.kind].formula(node.inputs)}`
          : name;
        const write = (words, row, colour, weight = "") => {
          pen.font = `${weight} ${size}px system-ui, sans-serif`;
          pen.fillStyle = colour;
          pen.fillText(words, x + w / 2, y + h / 2 + row * (h / 3.4), w - 14);
        };
        pen.textAlign = "center";
        pen.textBaseline = "middle";
        write(text, -1, colours.ink, "bold");
        if (known.has(name)) write(`▼ ${written(result.values[name])}`, 0, colours.blue);
        if (parts[name]) {
          const total = written(parts[name].reduce((sum, part) => sum + part, 0));
          const waits = parts[name].length < expected[name];
          write(`▲ ${total}${waits ? " + …" : ""}`, 1, colours.orange);
        }
      }
    }

    function drawLine(pen, colours, line, size, known, lines, current) {
      const step = lines.get(`${line.user} ${line.which}`);
      const isCurrent = step && step === current;
      const way = step ? [...line.way].reverse() : line.way;
      pen.strokeStyle = step ? colours.orange : known.has(line.user) ? colours.blue : colours.faint;
      pen.fillStyle = pen.strokeStyle;
      pen.lineWidth = isCurrent ? 4 : 2;
      pen.setLineDash(step ? [8, 5] : []);
      pen.beginPath();
      way.forEach(([x, y], number) => (number ? pen.lineTo(x, y) : pen.moveTo(x, y)));
      pen.stroke();
      pen.setLineDash([]);
      const [[x0, y0], [x, y]] = way.slice(-2);
      const angle = Math.atan2(y - y0, x - x0);
      pen.beginPath();
      pen.moveTo(x, y);
      for (const turn of [-0.4, 0.4]) {
        pen.lineTo(x - 13 * Math.cos(angle + turn), y - 13 * Math.sin(angle + turn));
      }
      pen.fill();
      if (!step) return;
      const text = written(step.part);
      const middle = line.way.length / 2;
      const [a, b] = line.way.slice(middle - 1, middle + 1);
      pen.font = `${size}px system-ui, sans-serif`;
      const [w, h] = [pen.measureText(text).width + 8, size * 1.3];
      const [cx, cy] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
      pen.fillStyle = colours.paper;
      pen.lineWidth = 1.5;
      pen.beginPath();
      pen.rect(cx - w / 2, cy - h / 2, w, h);
      pen.fill();
      pen.stroke();
      pen.fillStyle = colours.orange;
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.fillText(text, cx, cy + 1);
    }

    const canvases = data.graphs.map((one) =>
      stage.canvas(
        one.width,
        one.height,
        (pen, colours) => one === graph && draw(pen, colours),
        `The graph of ${one.name}, with the values and slopes so far.`,
      ),
    );

    const go = (to) => {
      done = Math.min(Math.max(to, 0), found().steps.length);
      tell();
    };
    const press = (to) => () => {
      player.stop();
      go(to());
    };
    stage.choice({
      label: "Graph",
      options: data.graphs.map((one, number) => [number, one.name]),
      value: 0,
      change: (number) => {
        player.stop();
        graph = data.graphs[number];
        showChosen();
        go(0);
      },
    });
    stage.button({ label: "Step", press: press(() => done + 1) });
    stage.button({ label: "Back", press: press(() => done - 1) });
    const player = stage.player({
      label: "Play",
      every: 1500,
      step: () => {
        if (done === found().steps.length) go(0);
        else go(done + 1);
        return done < found().steps.length;
      },
    });
    stage.button({ label: "Start again", press: press(() => 0) });
    const inputs = data.graphs.map((one) => {
      const sliders = one.nodes
        .filter((node) => !node.inputs.length)
        .map((node) =>
          stage.slider({
            label: node.name,
            min: -node.reach,
            max: node.reach,
            step: 0.25,
            value: node.value,
            text: written,
            change: (value) => {
              feeds.get(one)[node.name] = value;
              tell();
            },
          }),
        );
      const labels = sliders.map((slider) => slider.parentElement);
      return live.element("div", { className: "live-controls" }, ...labels);
    });
    function showChosen() {
      data.graphs.forEach((one, number) => {
        for (const part of [canvases[number], inputs[number]]) {
          part.style.display = one === graph ? "" : "none";
        }
      });
    }
    showChosen();
    tell();
    /* Sentences of different length between the buttons and the drawing would move what is pressed. */
    stage.said.after(...inputs);
  });
})();
