// The clock of a session. The page is a plain form that works without this file: each press is
// sent and kept as it is made, and what comes back takes the place of what was shown, so that
// sound and screen stay awake from one movement to the next.

import { letDrawingsMove } from "./move.js";

const SOUND_KEY = "move-sound";
const SECOND = 1000;

// phase: ready (nothing started), rest, work, over; a pause keeps the phase and stops the clock.
const state = { phase: "ready", left: 0, spent: 0, running: false, at: "", movement: "" };
let player = null;
let ticking = null;
let audio = null;
let awake = null;

const part = (name) => player.querySelector(`[data-${name}]`);

function clock(seconds) {
  const whole = Math.max(Math.ceil(seconds), 0);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function soundWanted() {
  try {
    return localStorage.getItem(SOUND_KEY) !== "off";
  } catch {
    return true;
  }
}

function rememberSound(wanted) {
  try {
    localStorage.setItem(SOUND_KEY, wanted ? "on" : "off");
  } catch {
    // a browser that keeps nothing plays the sound each time
  }
}

// A soft bell, two notes up to begin and two down to rest.
function ring(notes) {
  if (!audio || !soundWanted()) return;
  notes.forEach((pitch, n) => {
    const tone = audio.createOscillator();
    const loud = audio.createGain();
    const from = audio.currentTime + n * 0.22;
    tone.frequency.value = pitch;
    loud.gain.setValueAtTime(0.0001, from);
    loud.gain.exponentialRampToValueAtTime(0.2, from + 0.03);
    loud.gain.exponentialRampToValueAtTime(0.0001, from + 0.5);
    tone.connect(loud).connect(audio.destination);
    tone.start(from);
    tone.stop(from + 0.55);
  });
}

async function stayAwake() {
  try {
    awake = (await navigator.wakeLock?.request("screen")) ?? null;
  } catch {
    awake = null; // a low battery may refuse
  }
}

function letSleep() {
  awake?.release();
  awake = null;
}

function letFigureMove(moves) {
  const img = player.querySelector(".pose__img");
  const wanted = moves && !matchMedia("(prefers-reduced-motion: reduce)").matches ? img?.dataset.moving : img?.dataset.still;
  if (img && img.getAttribute("src") !== wanted) img.src = wanted;
}

function show() {
  const says = { ready: player.dataset.ready, rest: player.dataset.resting, work: player.dataset.now, over: "" }[state.phase];
  const started = state.phase !== "ready";
  const line = started && !state.running ? player.dataset.paused : says;
  if (part("says").textContent !== line) part("says").textContent = line;
  part("left").textContent = clock(started ? state.left : Number(player.dataset.work));
  part("go").hidden = started;
  part("pause").hidden = !started;
  part("pause").textContent = part("pause").dataset[state.running ? "off" : "on"];
  part("skip-rest").hidden = state.phase !== "rest";
  part("clock").classList.toggle("clock--rest", state.phase === "rest");
  const toggle = player.querySelector("[data-toggle]");
  if (toggle) toggle.hidden = started; // from here on the drawing goes with the clock
  if (started) letFigureMove(state.running && state.phase === "work");
}

function begin(phase) {
  state.phase = phase;
  state.left = Number(phase === "rest" ? player.dataset.rest : player.dataset.work);
  state.spent = 0;
  ring(phase === "rest" ? [660, 495] : [495, 660]);
  show();
}

function tick(before) {
  const now = performance.now();
  if (state.running) {
    const passed = (now - before) / SECOND;
    state.left -= passed;
    if (state.phase === "work") state.spent += passed;
    if (state.left <= 0) next();
    else show();
  }
  ticking = setTimeout(() => tick(now), 200);
}

function next() {
  if (state.phase === "rest") return begin("work");
  if (state.phase !== "work") return undefined;
  state.phase = "over";
  return part("plain").closest("form").querySelector("[value=done]").click();
}

function run(running) {
  state.running = running;
  if (running) stayAwake();
  else letSleep();
  show();
}

function start() {
  audio ??= window.AudioContext ? new AudioContext() : null;
  audio?.resume();
  run(true);
  begin(Number(player.dataset.rest) > 0 ? "rest" : "work");
}

// Another movement begins afresh; an easier or harder level of this one keeps its clock.
function settle() {
  const same = state.at === player.dataset.at && state.movement === player.dataset.movement;
  const moved = state.at !== player.dataset.at;
  state.at = player.dataset.at;
  state.movement = player.dataset.movement;
  if (state.phase === "ready" || same) return show();
  if (moved && Number(player.dataset.rest) > 0) return begin("rest");
  return begin("work");
}

async function send(event) {
  const form = event.target;
  event.preventDefault();
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  const body = new FormData(form, event.submitter);
  if (state.phase !== "ready") body.set("seconds", String(Math.round(state.spent))); // by the clock
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const shown = page.querySelector("[data-player]");
    if (!shown) {
      location.assign(answer.url);
      return;
    }
    document.title = page.title;
    const same = player.dataset.at === shown.dataset.at;
    player.replaceWith(shown);
    set(shown);
    settle();
    const pressed = same && event.submitter && shown.querySelector(`[name=deed][value=${event.submitter.value}]`);
    (pressed || shown.querySelector("h1")).focus();
  } catch {
    delete form.dataset.sending;
    if (state.phase === "over") state.phase = "work";
    run(false);
    part("trouble").textContent = player.dataset.failed;
  }
}

// The next drawing is fetched while this one moves, so that it is there in the rest.
function fetchNext() {
  for (const address of player.dataset.next.split(" ").filter(Boolean)) new Image().src = address;
}

function set(element) {
  player = element;
  fetchNext();
  part("clock").hidden = false;
  part("plain").hidden = true;
  part("sound").checked = soundWanted();
  part("sound").addEventListener("change", (event) => rememberSound(event.target.checked));
  part("go").addEventListener("click", start);
  part("pause").addEventListener("click", () => run(!state.running));
  part("skip-rest").addEventListener("click", () => begin("work"));
  player.querySelector("form").addEventListener("submit", send);
  letDrawingsMove(player);
}

const first = document.querySelector("[data-player]");
if (first) {
  set(first);
  settle();
  tick(performance.now());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && state.running && !awake) stayAwake();
  });
  addEventListener("pagehide", () => clearTimeout(ticking));
}
