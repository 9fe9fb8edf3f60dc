/* A kernel slides over a letter: unit 06's conv2d, one window at a time. */
"use strict";

(() => {
  const CELL = 10; // pixels on the page for one of the letter
  const TITLE = 22;
  const SIZE = 3; // rows and columns of the kernel

  /* As the unit's conv2d: x and k are lists of rows, the kernel is not turned round, and only
     windows that lie wholly inside count. */
  function conv2d(x, k) {
    const rows = x.length - k.length + 1;
    const columns = x[0].length - k[0].length + 1;
    return Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (_, j) =>
        products(x, k, i, j).flat().reduce((sum, one) => sum + one, 0),
      ),
    );
  }

  /* The numbers under the kernel at row i and column j, each times its own. */
  function products(x, k, i, j) {
    return k.map((row, a) => row.map((weight, b) => weight * x[i + a][j + b]));
  }

  live.conv2d = conv2d;

  const written = (number) => {
    const rounded = Math.round(number * 100) / 100;
    return String(Object.is(rounded, -0) ? 0 : rounded).replace("-", "−");
  };

  live.figure("kernel", (stage, data) => {
    const { element } = live;
    const side = data.side;
    const places = side - SIZE + 1;
    const letters = data.letters.map((packed) => {
      const bytes = Array.from(atob(packed), (sign) => sign.charCodeAt(0) / 255);
      return Array.from({ length: side }, (_, i) => bytes.slice(i * side, (i + 1) * side));
    });
    let letter = 0;
    let kernel = data.kernels[2][1];
    let [row, column] = [12, 6];
    let whole = false;
    let answers = conv2d(letters[letter], kernel);

    function tell() {
      const sum = written(answers[row][column]);
      const total = written(kernel.flat().reduce((all, one) => all + one, 0));
      stage.say(
        `Row ${row}, column ${column}: the nine products add up to ${sum}. ` +
          `The nine numbers of the kernel add up to ${total}.`,
      );
    }

    function compute() {
      answers = conv2d(letters[letter], kernel);
      work();
      tell();
    }

    /* Draws squares: what(i, j) is from -1 to 1; a stroke marks the negative ones. */
    function paint(pen, colours, rows, shift, what, positive) {
      const sharp = pen.getTransform().a;
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < rows; j++) {
          const value = what(i, j);
          if (!value) continue;
          const [x, y] = [(j + shift) * CELL, TITLE + (i + shift) * CELL];
          pen.globalAlpha = Math.min(1, Math.abs(value));
          pen.fillStyle = value < 0 ? colours.orange : positive;
          /* Whole pixels of the screen: no seams between neighbours. */
          const [left, top, right, bottom] = [x, y, x + CELL, y + CELL].map(
            (edge) => Math.round(edge * sharp) / sharp,
          );
          pen.fillRect(left, top, right - left, bottom - top);
          pen.globalAlpha = 1;
          pen.fillStyle = colours.paper;
          if (value < -0.1) pen.fillRect(x + 2, y + CELL / 2 - 1, CELL - 4, 2);
        }
      }
    }

    function frame(pen, colours, x, y, size) {
      for (const [colour, width] of [[colours.paper, 6], [colours.pink, 3]]) {
        pen.strokeStyle = colour;
        pen.lineWidth = width;
        pen.strokeRect(x * CELL, TITLE + y * CELL, size * CELL, size * CELL);
      }
    }

    function ground(pen, colours, title) {
      pen.clearRect(0, 0, side * CELL, TITLE + side * CELL);
      pen.fillStyle = colours.paper;
      pen.fillRect(0, TITLE, side * CELL, side * CELL);
      pen.fillStyle = colours.ink;
      pen.fillText(title, 0, 14, side * CELL);
      pen.lineWidth = 1;
      pen.strokeStyle = colours.line;
      pen.strokeRect(0.5, TITLE + 0.5, side * CELL - 1, side * CELL - 1);
    }

    const picture = stage.canvas(
      side * CELL,
      TITLE + side * CELL,
      (pen, colours) => {
        ground(pen, colours, `the letter, ${side} by ${side}`);
        paint(pen, colours, side, 0, (i, j) => letters[letter][i][j], colours.ink);
        frame(pen, colours, column, row, SIZE);
      },
      "The letter with the window on it. The arrow keys move the window.",
    );
    picture.setAttribute("role", "application");
    picture.tabIndex = 0;
    const output = stage.canvas(
      side * CELL,
      TITLE + side * CELL,
      (pen, colours) => {
        const flat = answers.flat();
        const largest = Math.max(...flat.map(Math.abs)) || 1;
        const range = `${written(Math.min(...flat))} to ${written(Math.max(...flat))}`;
        ground(pen, colours, `the answers, ${places} by ${places}, ${range}`);
        const isKnown = (i, j) => whole || i < row || (i === row && j <= column);
        paint(
          pen,
          colours,
          places,
          1,
          (i, j) => (isKnown(i, j) ? answers[i][j] / largest : 0),
          colours.blue,
        );
        frame(pen, colours, column + 1, row + 1, 1);
      },
      "The picture that the answers make: blue is positive, orange with a stroke negative.",
    );

    const working = element("div", { className: "live-working" });
    const table = (caption) => {
      const cells = Array.from({ length: SIZE }, () =>
        Array.from({ length: SIZE }, () => element("td")),
      );
      const rows = cells.map((line) => element("tr", {}, ...line));
      working.append(
        element("table", {}, element("caption", { textContent: caption }), element("tbody", {}, ...rows)),
      );
      return cells;
    };
    const sign = (text) => working.append(element("span", { textContent: text }));
    const shown = table("window");
    sign("×");
    const inputs = table("kernel").map((line, a) =>
      line.map((cell, b) => {
        const input = element("input", { type: "number", step: "any" });
        input.setAttribute("aria-label", `kernel, row ${a + 1}, column ${b + 1}`);
        input.addEventListener("input", () => {
          const changed = kernel.map((numbers) => [...numbers]);
          changed[a][b] = input.valueAsNumber || 0;
          kernel = changed;
          mark("own");
          compute();
          stage.redraw();
        });
        cell.append(input);
        return input;
      }),
    );
    sign("=");
    const multiplied = table("products");
    sign("sum");
    const sum = element("output");
    working.append(sum);
    stage.place.append(working);

    function work() {
      const window_ = kernel.map((line, a) => line.map((_, b) => letters[letter][row + a][column + b]));
      const times = products(letters[letter], kernel, row, column);
      for (let a = 0; a < SIZE; a++) {
        for (let b = 0; b < SIZE; b++) {
          shown[a][b].textContent = written(window_[a][b]);
          multiplied[a][b].textContent = written(times[a][b]);
        }
      }
      sum.textContent = written(answers[row][column]);
    }

    function take(numbers) {
      kernel = numbers;
      numbers.forEach((line, a) =>
        line.forEach((number, b) => {
          inputs[a][b].value = Number(number.toFixed(3));
        }),
      );
      compute();
    }

    stage.choice({
      label: "Letter",
      options: [...data.names].map((name, number) => [number, name]),
      value: letter,
      change: (number) => {
        letter = number;
        compute();
      },
    });
    const kernels = stage.choice({
      label: "Kernel",
      options: [...data.kernels.map(([name]) => [name, name]), ["own", "your own"]],
      value: data.kernels[2][0],
      change: (name) => {
        if (name !== "own") take(data.kernels.find(([known]) => known === name)[1]);
      },
    });
    const mark = (name) => {
      kernels.querySelector(`[value="${name}"]`).checked = true;
    };
    const moved = () => {
      work();
      tell();
    };
    const rows = stage.slider({
      label: "Row",
      min: 0,
      max: places - 1,
      value: row,
      change: (to) => {
        row = to;
        moved();
      },
    });
    const columns = stage.slider({
      label: "Column",
      min: 0,
      max: places - 1,
      value: column,
      change: (to) => {
        column = to;
        moved();
      },
    });
    const within = (number) => Math.min(Math.max(number, 0), places - 1);
    const go = (i, j) => {
      rows.move(within(i));
      columns.move(within(j));
    };
    const player = stage.player({
      label: "Slide",
      every: 40,
      step: () => {
        const next = (row * places + column + 1) % places ** 2;
        go(Math.floor(next / places), next % places);
        return next < places ** 2 - 1;
      },
    });
    stage.button({
      label: "Turn the kernel round",
      press: () => {
        mark("own");
        take([...kernel].reverse().map((line) => [...line].reverse()));
      },
    });
    stage.choice({
      label: "Show answers",
      options: [[false, "up to the window"], [true, "all"]],
      value: whole,
      change: (all) => {
        whole = all;
      },
    });

    const arrows = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    picture.addEventListener("keydown", (event) => {
      const step = arrows[event.key];
      if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      player.stop();
      go(row + step[0], column + step[1]);
    });
    for (const canvas of [picture, output]) {
      /* Sideways the window follows a finger; up and down the page scrolls. */
      canvas.style.touchAction = "pan-y";
      const follow = (event) => {
        const [x, y] = canvas.at(event);
        player.stop();
        go(Math.floor((y - TITLE) / CELL) - 1, Math.floor(x / CELL) - 1);
      };
      canvas.addEventListener("pointerdown", follow);
      canvas.addEventListener("pointermove", (event) => {
        if (event.buttons) follow(event);
      });
    }
    take(kernel);
  });
})();
