/* The pictures behind a confusion matrix: unit 07's network and the embedded symbols. */
"use strict";

(() => {
  const SHARP = 4; // pixels of the screen for one of a picture
  const OTHERS = -1; // the column of all answers that have none of their own

  live.figure("confusion", (stage, data) => {
    const { element } = live;
    const isShown = new Set(data.classes);
    const columnOf = (said) => (isShown.has(said) ? said : OTHERS);
    const cells = new Map();
    data.truth.forEach((truth, number) => {
      const key = `${truth} ${columnOf(data.said[number])}`;
      cells.set(key, [...(cells.get(key) || []), number]);
    });
    const inCell = (truth, said) => cells.get(`${truth} ${said}`) || [];
    const sizes = new Map();
    for (const truth of data.truth) sizes.set(truth, (sizes.get(truth) || 0) + 1);
    const found = (label) => inCell(label, label).length;
    const recall = (label) => found(label) / sizes.get(label);
    const isPlain = (label) => data.names[label] === data.signs[label];
    const named = (label) =>
      isPlain(label) ? data.names[label] : `${data.signs[label]} (${data.names[label]})`;
    const percent = (share) => `${Math.round(100 * share)} %`;

    let order = [...data.classes];
    let diagonal = true;
    const fullest = [...cells].reduce((best, [key, own]) => {
      const [truth, said] = key.split(" ").map(Number);
      return truth !== said && said !== OTHERS && own.length > best.size
        ? { size: own.length, truth, said }
        : best;
    }, { size: 0 });
    let { truth, said } = fullest;

    const sheet = new Image();
    const pictures = element("div", { className: "live-pictures" });
    pictures.setAttribute("role", "list");
    const table = element("table", { className: "live-confusion" });
    table.setAttribute("role", "grid");
    table.setAttribute("aria-label", "Rows: true class. Columns: what was said.");
    const scroller = element("div", { className: "live-scroller" }, table);
    const isHidden = (a, b) => a === b && !diagonal;

    function tell() {
      const own = inCell(truth, said);
      const plural = (n) => (n === 1 ? "1 picture" : `${n} pictures`);
      if (isHidden(truth, said)) return stage.say("The diagonal is hidden.");
      if (truth === said) {
        return stage.say(
          `Right: ${own.length} of ${plural(sizes.get(truth))} of ${named(truth)} were called so, ` +
            `a recall of ${percent(recall(truth))}.`,
        );
      }
      const called = said === OTHERS ? "something without a column here" : named(said);
      const was = own.length === 1 ? "was" : "were";
      const mean = own.reduce((sum, number) => sum + data.sure[number], 0) / own.length;
      const sure = own.length ? `; the network was ${Math.round(mean)} % sure on average` : "";
      stage.say(
        `${own.length ? plural(own.length) : "No pictures"} of ${named(truth)} ${was} called ${called}${sure}.`,
      );
    }

    function paintPictures() {
      const colours = live.colours();
      for (const canvas of pictures.querySelectorAll("canvas")) {
        const number = Number(canvas.dataset.number);
        const [x, y] = [number % data.across, Math.floor(number / data.across)];
        canvas.width = canvas.height = SHARP * data.side;
        const pen = canvas.getContext("2d");
        pen.imageSmoothingEnabled = false;
        const { side } = data;
        pen.drawImage(sheet, x * side, y * side, side, side, 0, 0, canvas.width, canvas.height);
        /* Whatever has ink gets the ink of the theme. */
        pen.globalCompositeOperation = "source-in";
        pen.fillStyle = colours.ink;
        pen.fillRect(0, 0, canvas.width, canvas.height);
      }
    }

    function showPictures() {
      const own = isHidden(truth, said) ? [] : inCell(truth, said);
      const sorted = [...own].sort((a, b) => data.sure[b] - data.sure[a]);
      pictures.replaceChildren(
        ...sorted.map((number) => {
          const answer = data.said[number];
          const isRight = answer === truth;
          const canvas = element("canvas");
          canvas.dataset.number = number;
          canvas.setAttribute("role", "img");
          canvas.setAttribute("aria-label", `A drawing of ${named(truth)}:`);
          const lines = [element("span", { textContent: `${data.signs[answer]} ${data.sure[number]} %` })];
          if (!isRight) {
            const share = `${data.signs[truth]} ${data.true[number]} %`;
            lines.push(element("span", { className: "live-aside", textContent: share }));
          }
          const item = element("div", {}, canvas, ...lines);
          item.setAttribute("role", "listitem");
          return item;
        }),
      );
      paintPictures();
    }

    function cell(a, b) {
      const count = inCell(a, b).length;
      const made = element("td", { textContent: isHidden(a, b) ? "·" : count || "" });
      const called = b === OTHERS ? "something else" : named(b);
      made.setAttribute("role", "gridcell");
      made.setAttribute("aria-label", isHidden(a, b) ? "hidden" : `${count}: ${named(a)} called ${called}`);
      made.dataset.truth = a;
      made.dataset.said = b;
      if (a === b) made.className = "live-diagonal";
      made.addEventListener("focus", () => choose(a, b));
      made.addEventListener("click", () => made.focus());
      return made;
    }

    function build() {
      const heads = order.map((label) => head("col", data.signs[label], named(label)));
      const top = element("tr", {}, element("td"), ...heads, head("col", "else", "something else"), head("col", "recall", "recall"));
      const rows = order.map((label) => {
        const right = element("td", { className: "live-recall", textContent: `${found(label)} of ${sizes.get(label)}` });
        right.setAttribute("role", "gridcell");
        return element(
          "tr",
          {},
          head("row", data.signs[label], named(label), isPlain(label) ? "" : data.names[label]),
          ...[...order, OTHERS].map((other) => cell(label, other)),
          right,
        );
      });
      table.replaceChildren(element("thead", {}, top), element("tbody", {}, ...rows));
      mark();
      paintCells();
    }

    function head(scope, text, label, name = "") {
      const made = element("th", { scope, title: label }, element("small", { textContent: name }), ` ${text}`);
      made.setAttribute("aria-label", label);
      return made;
    }

    const cellOf = (a, b) => table.querySelector(`[data-truth="${a}"][data-said="${b}"]`);

    /* Of all cells only the chosen one is a stop of the Tab key; arrows go to the others. */
    function mark() {
      for (const one of table.querySelectorAll("[data-truth]")) {
        const isChosen = one === cellOf(truth, said);
        one.tabIndex = isChosen ? 0 : -1;
        one.setAttribute("aria-selected", String(isChosen));
      }
    }

    function paintCells() {
      const colours = live.colours();
      const most = (isRight) =>
        Math.max(
          ...[...cells].map(([key, own]) => {
            const [a, b] = key.split(" ");
            return (a === b) === isRight ? own.length : 0;
          }),
        );
      const [right, wrong] = [most(true), most(false)];
      for (const one of table.querySelectorAll("[data-truth]")) {
        const [a, b] = [Number(one.dataset.truth), Number(one.dataset.said)];
        const count = isHidden(a, b) ? 0 : inCell(a, b).length;
        const depth = Math.round(45 * Math.sqrt(count / (a === b ? right : wrong)));
        const colour = a === b ? colours.blue : colours.orange;
        one.style.backgroundColor = count ? `color-mix(in srgb, ${colour} ${depth}%, transparent)` : "";
        one.style.color = colours.ink;
      }
    }

    function choose(a, b) {
      [truth, said] = [a, b];
      mark();
      showPictures();
      tell();
    }

    table.addEventListener("keydown", (event) => {
      const columns = [...order, OTHERS];
      const [i, j] = [order.indexOf(truth), columns.indexOf(said)];
      const [down, right] = [order.length - 1, columns.length - 1];
      const to = {
        ArrowUp: [Math.max(i - 1, 0), j],
        ArrowDown: [Math.min(i + 1, down), j],
        ArrowLeft: [i, Math.max(j - 1, 0)],
        ArrowRight: [i, Math.min(j + 1, right)],
        Home: [i, 0],
        End: [i, right],
      }[event.key];
      if (!to || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      cellOf(order[to[0]], columns[to[1]]).focus();
    });

    stage.choice({
      label: "Rows",
      options: [["class", "by class"], ["recall", "by recall, lowest first"]],
      value: "class",
      change: (by) => {
        order = [...data.classes];
        if (by === "recall") order.sort((a, b) => recall(a) - recall(b));
        build();
        stage.say(`Sorted ${by === "recall" ? `by recall: ${named(order[0])} is found least` : "by class"}.`);
      },
    });
    stage.choice({
      label: "Diagonal",
      options: [[true, "shown"], [false, "hidden"]],
      value: true,
      change: (show) => {
        diagonal = show;
        build();
        showPictures();
        stage.say(show ? "The diagonal is shown." : "The diagonal is hidden: only mistakes are left.");
      },
    });
    stage.place.append(scroller);
    stage.drawings.push(paintCells, paintPictures);
    build();
    showPictures();
    tell();
    sheet.addEventListener("load", paintPictures);
    sheet.src = `data:image/png;base64,${data.sheet}`;
    /* What sorts a large table stands above it, what belongs to a cell below. */
    stage.place.before(stage.controls);
    stage.said.after(pictures);
  });
})();
