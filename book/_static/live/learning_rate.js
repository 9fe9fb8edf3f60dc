"use strict";

live.figure("learning_rate", (stage, data) => {
  let rate = data.rates[0];
  stage.canvas(600, 300, (pen, colours) => {
    pen.fillStyle = colours.ink;
    pen.fillText(`rate ${rate}`, 20, 40);
  }, "pilot");
  stage.choice({ label: "Rate", options: data.rates.map((r) => [r, String(r)]), value: rate, change: (r) => { rate = r; stage.say(`rate ${r}`); } });
});
