// Half a minute on the page. Without this file the page says to use a clock, and works the same.

const SECONDS = 30;
const box = document.querySelector("[data-half-minute]");
const part = (name) => box.querySelector(`[data-${name}]`);
let ticking = null;

function say(words, left) {
  part("says").textContent = words.replace("{seconds}", left);
}

function tick(began) {
  const left = Math.max(SECONDS - Math.floor((performance.now() - began) / 1000), 0);
  part("left").textContent = left;
  if (left === SECONDS / 2 && box.dataset.at !== "half") {
    box.dataset.at = "half";
    say(box.dataset.half, left);
  }
  if (left === 0) over();
}

function over() {
  clearInterval(ticking);
  ticking = null;
  say(box.dataset.over, 0);
  part("start").textContent = box.dataset.again;
  part("start").disabled = false;
  if ("vibrate" in navigator) navigator.vibrate(300);
  document.getElementById("stands")?.focus();
}

function start() {
  if (ticking !== null) return;
  const began = performance.now();
  box.dataset.at = "go";
  part("start").disabled = true;
  part("left").textContent = SECONDS;
  say(box.dataset.go, SECONDS);
  ticking = setInterval(() => tick(began), 200);
}

if (box) {
  part("plain").hidden = true;
  part("live").hidden = false;
  part("start").addEventListener("click", start);
}
