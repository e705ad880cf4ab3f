// Lessons: answers at once, a rail that moves, a clock, a voice. Every page works without this file.

const all = (where, what) => [...where.querySelectorAll(what)];
const still = matchMedia("(prefers-reduced-motion: reduce)");
const SLIDE_MS = 420;

// --- What was chosen is answered at once, with the words that are in the page already -------

function answerAtOnce() {
  for (const form of all(document, "[data-reveal]")) {
    form.querySelector("[data-no-script]").hidden = true;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", (event) => {
      const group = event.target.closest("[data-group]");
      for (const told of all(group, "[data-told]"))
        told.hidden = ![event.target.value, "any"].includes(told.dataset.told);
    });
  }
}

// --- A number to guess ----------------------------------------------------------------------

const LINE = { from: 20, length: 320, nearest: 52, farthest: 308 };

function guesses() {
  for (const form of all(document, "[data-guesses]")) {
    const rows = all(form, "[data-guess]");
    for (const row of rows)
      row.querySelector("input").addEventListener("input", () => sayGuess(row));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      for (const row of rows) showGuess(row);
    });
  }
}

function sayGuess(row) {
  const said = row.querySelector("[data-said]");
  said.value = said.value.replace(/^[\d.,]+/, Number(row.querySelector("input").value).toLocaleString("en-GB"));
  if (!row.querySelector("[data-told]").hidden) showGuess(row);
}

function showGuess(row) {
  const { low, high } = row.dataset;
  const number = (text) => Number(text.replaceAll(",", ""));
  const share = (row.querySelector("input").value - number(low)) / (number(high) - number(low));
  const x = LINE.from + LINE.length * share;
  row.querySelector("[data-yours]").setAttribute("transform", `translate(${x} 38)`);
  row.querySelector("[data-yours-word]").setAttribute("x", Math.min(LINE.farthest, Math.max(LINE.nearest, x)));
  const words = row.querySelector("[data-words]");
  words.firstElementChild.textContent = words.dataset.words
    .replace("{guess}", row.querySelector("[data-said]").value)
    .replace("{truth}", words.dataset.truth);
  row.querySelector("[data-told]").hidden = false;
}

// --- The rail on the hill -------------------------------------------------------------------

function rails() {
  for (const hill of all(document, "[data-rail]")) new Rail(hill).begin();
}

class Rail {
  constructor(hill) {
    const number = (name) => Number(hill.dataset[name]);
    this.hill = hill;
    this.form = hill.querySelector("form");
    this.inputs = all(hill, "input[data-pull]");
    this.levels = hill.dataset.levels.split("|");
    this.heights = hill.dataset.heights.split(" ").map(Number);
    for (const name of ["usual", "lowest", "bitLow", "low", "edge"]) this[name] = number(name);
    this.at = this.place();
  }

  begin() {
    this.hill.querySelector("[data-no-script]").hidden = true;
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("input", () => this.follow());
    for (const link of all(this.hill, "[data-preset]"))
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.set(new URLSearchParams(link.dataset.preset));
      });
    this.follow();
  }

  set(levels) {
    for (const input of this.inputs) input.value = levels.get(input.name);
    this.follow();
  }

  // The same sum as on the server.
  place() {
    const steps = this.levels.length - 1;
    const moved = this.inputs.reduce((sum, each) => sum + (each.dataset.pull * each.value) / steps, 0);
    return Math.min(this.usual, Math.max(this.lowest, this.usual + moved));
  }

  zone(at) {
    const any = (test) => this.inputs.some((each) => test(each.dataset.pull) && Number(each.value));
    const [pulled, helped] = [any((pull) => pull < 0), any((pull) => pull > 0)];
    if (at >= this.bitLow && !pulled) return "usual";
    if (at < this.low) return "low";
    return helped ? "regained" : "bit_low";
  }

  follow() {
    for (const input of this.inputs) {
      const word = this.levels[input.value];
      input.setAttribute("aria-valuetext", word);
      input.previousElementSibling.value = word;
    }
    const zone = this.zone(this.place());
    for (const each of all(this.hill, "[data-zone]"))
      if (each.hidden !== (each.dataset.zone !== zone)) each.hidden = !each.hidden;
    this.slide(this.at, this.place());
  }

  slide(from, to) {
    cancelAnimationFrame(this.frame);
    const began = performance.now();
    const step = (now) => {
      const t = still.matches ? 1 : Math.min(1, Math.max(0, (now - began) / SLIDE_MS));
      this.draw(from + (to - from) * (1 - (1 - t) ** 3));
      if (t < 1) this.frame = requestAnimationFrame(step);
    };
    step(began);
  }

  draw(at) {
    this.at = at;
    const put = (what, x) =>
      this.hill.querySelector(what).setAttribute("transform", `translate(${x.toFixed(1)} ${this.ground(x).toFixed(1)})`);
    put("[data-rail-post]", at * this.edge);
    put("[data-rail-man]", at * this.edge - 34);
    const steps = this.heights.length - 1;
    const points = this.heights.map((_, n) => {
      const x = at * this.edge + ((1 - at) * this.edge * n) / steps;
      return `${x.toFixed(1)} ${this.ground(x).toFixed(1)}`;
    });
    this.hill.querySelector("[data-room]").setAttribute("d", `M${points.join("L")}`);
  }

  ground(x) {
    const place = Math.max(0, (x / this.edge) * (this.heights.length - 1));
    const left = Math.min(this.heights.length - 2, Math.floor(place));
    return this.heights[left] + (this.heights[left + 1] - this.heights[left]) * (place - left);
  }
}

// --- A clock for what is held ---------------------------------------------------------------

function clocks() {
  for (const clock of all(document, "[data-clock]")) {
    clock.hidden = false;
    const [shown, spoken] = [clock.querySelector(".clock__left"), clock.querySelector("[role=status]")];
    let ticking;
    clock.querySelector("button").addEventListener("click", () => {
      clearInterval(ticking);
      const ends = performance.now() + clock.dataset.clock * 1000;
      const say = () => {
        const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
        shown.textContent = left ? clock.dataset.left.replace("{count}", left) : clock.dataset.done;
        if (!left || left === Number(clock.dataset.clock)) spoken.textContent = shown.textContent;
        if (!left) clearInterval(ticking);
      };
      say();
      ticking = setInterval(say, 200);
    });
  }
}

// --- A voice that reads the lesson ----------------------------------------------------------

function readAloud() {
  const box = document.querySelector("[data-aloud]");
  if (!box || !("speechSynthesis" in window)) return;
  const voice = window.speechSynthesis;
  const [start, pause, stop] = ["start", "pause", "stop"].map((each) => box.querySelector(`[data-aloud-${each}]`));
  const names = [pause.textContent, pause.dataset.goOn];
  let run = 0;

  const show = (speaking) => {
    [start.hidden, pause.hidden, stop.hidden] = [speaking, !speaking, !speaking];
    pause.textContent = names[0];
  };
  const end = () => {
    run += 1;
    voice.cancel();
    show(false);
  };

  start.addEventListener("click", () => {
    end();
    const mine = run;
    const texts = all(document, "[data-speak]").map((each) => each.textContent.trim());
    texts.forEach((text, number) => {
      const said = new SpeechSynthesisUtterance(text);
      said.lang = document.querySelector("[data-lesson]").lang || document.documentElement.lang;
      if (said.lang === "en") said.lang = "en-GB";
      if (number === texts.length - 1) said.addEventListener("end", () => mine === run && end());
      voice.speak(said);
    });
    show(true);
    pause.focus();
  });
  pause.addEventListener("click", () => {
    const paused = pause.textContent === names[0];
    if (paused) voice.pause();
    else voice.resume();
    pause.textContent = names[Number(paused)];
  });
  stop.addEventListener("click", () => {
    end();
    start.focus();
  });
  addEventListener("pagehide", end);
  box.hidden = false;
}

function printing() {
  for (const button of all(document, "[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

answerAtOnce();
guesses();
rails();
clocks();
readAloud();
printing();
