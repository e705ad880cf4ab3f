// Read a relaxation aloud, slowly, with time between its lines. Only where the browser can speak.

const REST_MS = 3500; // at least so long between two lines
const RATE = 0.8;

const holder = document.querySelector("[data-listen]");
const button = holder?.querySelector("button");
const lines = [...document.querySelectorAll("[data-aloud] p")];
let reading = false;
let waiting = null;
const share = (Number(document.querySelector("[data-aloud]")?.dataset.minutes) * 60_000) / lines.length;

function stop() {
  reading = false;
  clearTimeout(waiting);
  speechSynthesis.cancel();
  button.textContent = button.dataset.off;
  lines.forEach((line) => line.removeAttribute("aria-current"));
}

function read(n) {
  if (!reading) return;
  lines.forEach((line, at) => (at === n ? line.setAttribute("aria-current", "true") : line.removeAttribute("aria-current")));
  if (n >= lines.length) {
    stop();
    return;
  }
  const said = new SpeechSynthesisUtterance(lines[n].textContent);
  said.lang = document.documentElement.lang;
  said.rate = RATE;
  const began = performance.now();
  const rest = () => Math.max(share - (performance.now() - began), REST_MS);
  said.onend = () => (waiting = setTimeout(() => read(n + 1), rest()));
  said.onerror = () => reading && stop();
  speechSynthesis.speak(said);
}

function start() {
  reading = true;
  button.textContent = button.dataset.on;
  read(0);
}

if (holder && "speechSynthesis" in window) {
  holder.hidden = false;
  button.addEventListener("click", () => (reading ? stop() : start()));
  addEventListener("pagehide", () => speechSynthesis.cancel());
}
