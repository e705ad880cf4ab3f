// The breathing circle, at a pace of your own. Without this file a tick box moves a simpler one.

const pacer = document.querySelector("[data-pacer]");
const part = (name) => pacer.querySelector(`[data-${name}]`);
let timer = null;
let breaths = 0;

const pace = () => pacer.querySelector("[name=pace]:checked").value.split("-").map(Number);

function breathe(inward) {
  const [seconds_in, seconds_out] = pace();
  const seconds = inward ? seconds_in : seconds_out;
  const ring = pacer.querySelector(".pacer__grow");
  ring.style.setProperty("--breath-takes", `${seconds}s`);
  pacer.classList.toggle("pacer--in", inward);
  part("says").textContent = inward ? pacer.dataset.in : pacer.dataset.out;
  timer = setTimeout(() => {
    if (!inward) counted();
    breathe(!inward);
  }, seconds * 1000);
}

function counted() {
  breaths += 1;
  if (breaths % 5 === 0) part("counted").textContent = pacer.dataset.count.replace("{count}", breaths);
}

function stop() {
  clearTimeout(timer);
  timer = null;
  pacer.classList.remove("pacer--in");
  part("go").textContent = part("go").dataset.off;
}

function start() {
  breaths = 0;
  part("counted").textContent = "";
  part("go").textContent = part("go").dataset.on;
  breathe(true);
}

if (pacer) {
  part("plain").hidden = true;
  part("live").hidden = false;
  part("go").addEventListener("click", () => (timer === null ? start() : stop()));
}
