// A session in the room. Each tap is an event with a key of this device: it is shown at once,
// waits here while there is no network, and may be sent as often as it takes. The clock is
// the wall's, so sleep and reload cost nothing.

import * as bell from "./run_bell.js";
import { fold, where } from "./run_clock.js";
import { openQueue } from "./run_queue.js";
import { drawNotes, drawRoom, inCircuit, peopleNow, setText } from "./run_room.js";

const TICK = 250; // ms
const ASK_EVERY = 5000; // ms: how often a second screen asks what is new
const PATIENCE = 8000; // ms until a slow network counts as none
const SLOW = 2000; // ms until a tap that is under way is said to wait
const OLD = 12 * 60 * 60 * 1000; // ms: a kept page older than this shows nobody
const CACHE = "run"; // this one page, for with no network; gone at the end and at sign-out
const NAMES = "run-names";
const SKEW = "run-skew";

const root = document.querySelector("[data-run]");
const part = (name) => root.querySelector(`[data-${name}]`);
const read = (name) => JSON.parse(root.dataset[name]);
const words = { run: read("words"), how: read("howWords"), off: read("offWords"), phases: read("phaseWords") };
const queue = openQueue(`${root.dataset.session}-${root.dataset.staff}`);

let state = read("state");
let skew = savedSkew(); // to the server's clock, so that two devices agree
let shown = null; // index of the part on screen, to notice a change
let rang = null; // the part whose time was said to be up
let sending = false;
let failed = false; // the last try to send
let trouble = "";

const now = () => Date.now() + skew;
const run = () => fold([...state.events, ...queue.waiting]);
const newKey = () => (self.crypto.randomUUID ? crypto.randomUUID() : Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(""));

// This page may be a kept copy, so the time that it was made says nothing about now.
function savedSkew() {
  try {
    return Number(localStorage.getItem(SKEW)) || 0;
  } catch {
    return 0;
  }
}

function learnSkew(told) {
  skew = Date.parse(told) - Date.now();
  try {
    localStorage.setItem(SKEW, String(skew));
  } catch {
    // a browser that keeps nothing learns it anew
  }
}

// --- The clock --------------------------------------------------------------------------------

function minutesAndSeconds(left) {
  const whole = Math.max(0, Math.ceil(left));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

const hour = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: root.dataset.zone });

function heading(at) {
  if (at.part.phase === "stations") return words.run.left_station;
  return at.part.title;
}

function nextLine(at) {
  if (at.paused) return words.run.paused;
  if (at.left <= 0) return words.run.over;
  const line = at.part.phase === "stations" ? words.run.next_change : words.run.ends_at;
  return line.replace("{time}", hour.format(new Date(now() + at.left * 1000)));
}

function tick() {
  if (!part("net")) return; // an old page was dropped
  const going = run();
  const at = where(going, state.parts, now());
  drawClock(going, at);
  const index = at?.part.index ?? (going.ended ? "ended" : "before");
  if (index !== shown) change(at, index);
  if (at && at.left <= 0 && !at.paused && rang !== at.part.index) timeIsUp(at);
  drawNet();
}

function drawClock(going, at) {
  setText(part("left"), minutesAndSeconds(at ? at.left : going.ended ? 0 : 60 * state.parts[0].minutes));
  setText(part("left-heading"), at ? heading(at) : going.ended ? words.run.ended : words.run.not_begun);
  setText(part("next"), at ? nextLine(at) : going.ended ? "" : words.run.before);
  for (const bar of root.querySelectorAll("[data-phase]")) drawPhase(bar, going, at);
}

function drawPhase(bar, going, at) {
  const own = state.parts.filter((each) => each.phase === bar.dataset.phase);
  const here = at?.part.phase === bar.dataset.phase;
  const past = own.filter((each) => going.ended || (at && each.index < at.part.index)).reduce((sum, each) => sum + 60 * each.minutes, 0);
  const inside = here ? Math.min(60 * at.part.minutes, Math.max(0, 60 * at.part.minutes - at.left)) : 0;
  bar.querySelector("progress").value = past + inside;
  if (here) bar.setAttribute("aria-current", "step");
  else bar.removeAttribute("aria-current");
}

function change(at, index) {
  const first = shown === null;
  shown = index;
  drawButtons(at, index);
  drawPeople();
  const turn = at?.part.phase === "stations" ? at.part.number : 0;
  if (first || !at) return;
  const line = turn ? words.run.changed.replace("{turn}", turn).replace("{turns}", state.turns) : at.part.title;
  setText(part("say"), line);
  if (turn) bell.ring();
}

function timeIsUp(at) {
  const late = rang === null && at.left < -60; // opened long after: say nothing
  rang = at.part.index;
  if (late) return;
  setText(part("say"), words.run.up);
  bell.ring();
}

function drawButtons(at, index) {
  const step = root.querySelector(".run__ctl form [name=deed][value=step]")?.form;
  const next = at ? at.part.index + 1 : 0;
  if (step) {
    step.hidden = next >= state.parts.length;
    step.elements.to.value = String(next);
    setText(step.querySelector("button"), part("bell").dataset[at ? "change" : "begin"]);
  }
  for (const more of root.querySelectorAll(".run__ctl form")) if (more.elements.deed.value === "more") more.elements.to.value = String(at?.part.index ?? 0);
  for (const each of root.querySelectorAll("[data-step]")) each.hidden = Number(each.dataset.step) !== (index === "before" ? 0 : index);
  for (const each of root.querySelectorAll("[data-block]")) each.hidden = each.dataset.block !== at?.part.phase;
}

// --- The room ---------------------------------------------------------------------------------

function turnNow() {
  const at = where(run(), state.parts, now());
  if (!at || at.part.phase === "learn" || at.part.phase === "warm") return 1;
  return at.part.phase === "stations" ? at.part.number : state.turns;
}

function drawPeople() {
  const turn = turnNow();
  drawRoom(root, state, peopleNow(state, queue.waiting), turn, words);
  drawNotes(root, state, queue.waiting);
  const at = where(run(), state.parts, now());
  setText(part("turn"), words.run.turn.replace("{turn}", turn).replace("{turns}", state.turns));
  setText(part("turn-heading"), at?.part.phase === "stations" ? words.run.this_turn : words.run.first_turn);
  drawPause(at?.paused === true);
}

function drawPause(paused) {
  const form = [...root.querySelectorAll(".run__ctl form")].find((each) => ["pause", "resume"].includes(each.elements.deed.value));
  form.elements.deed.value = paused ? "resume" : "pause";
  setText(form.querySelector("button"), paused ? part("bell").dataset.goOn : part("bell").dataset.pause);
}

function drawNet() {
  const first = queue.waiting[0];
  const late = first && (failed || now() - Date.parse(first.at) > SLOW);
  const count = late ? queue.waiting.length : 0;
  const line = count === 1 ? words.run.unsent_one : words.run.unsent_many.replace("{count}", count);
  const said = [count ? line : "", trouble].filter(Boolean).join(" ");
  if (part("net").textContent && !said) setText(part("net"), words.run.sent);
  else if (said || part("net").textContent !== words.run.sent) setText(part("net"), said);
  part("net").classList.toggle("run__net--waits", count > 0);
}

// --- Taps -------------------------------------------------------------------------------------

const WORDS = ["deed", "member", "value", "movement", "text"];

function eventOf(form, button) {
  const typed = new FormData(form, button);
  const event = { key: newKey(), at: new Date(now()).toISOString() };
  for (const name of WORDS) if (typed.get(name)) event[name] = typed.get(name);
  if (typed.has("to")) event.to = Number(typed.get("to"));
  if (event.deed === "step" && state.parts[event.to]?.phase === "stations") event.order = order();
  return event;
}

function order() {
  return peopleNow(state, queue.waiting).filter(inCircuit).map((each) => each.id);
}

async function tapped(submit) {
  const form = submit.target;
  if (!form.matches("[data-tap]")) return;
  submit.preventDefault();
  bell.ready();
  if (form.matches("[data-note]") && !form.elements.text.value.trim()) return;
  const event = eventOf(form, submit.submitter);
  await queue.add(event);
  if (form.matches("[data-note]")) form.reset();
  if (event.deed === "step") rang = null;
  drawAll();
  await send();
}

function drawAll() {
  tick();
  drawPeople();
}

// --- The network ------------------------------------------------------------------------------

async function send() {
  if (sending || !part("net")) return;
  sending = true;
  try {
    do await exchange([...queue.waiting].slice(0, 200));
    while (queue.waiting.length > 0 && !trouble);
    failed = false;
  } catch {
    failed = true; // what waits stays, and the next try comes by itself
  }
  sending = false;
  drawNet();
}

async function exchange(events, again = true) {
  const answer = await ask(events);
  if (answer.status === 403 && again) {
    await newToken();
    return exchange(events, false);
  }
  if (answer.redirected || !answer.headers.get("Content-Type")?.includes("json")) {
    trouble = answer.redirected ? words.run.sign_in : "";
    throw new Error(`no answer: ${answer.status}`);
  }
  const told = await answer.json();
  if (!answer.ok) {
    trouble = words.run.refused.replace("{why}", told.wrong);
    return undefined;
  }
  await heard(told, events);
  return undefined;
}

async function heard(told, events) {
  const refused = told.refused ?? [];
  trouble = refused.length ? words.run.refused.replace("{why}", refused.map((each) => each.why).join("; ")) : "";
  state = told;
  learnSkew(told.now);
  await queue.drop(events.map((each) => each.key));
  drawAll();
  await keepState(told).catch(() => {});
}

function ask(events) {
  const signal = AbortSignal.timeout(PATIENCE);
  if (events.length === 0) return fetch(root.dataset.taps, { cache: "no-store", signal });
  const token = root.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  return fetch(root.dataset.taps, { method: "POST", headers, body: JSON.stringify({ events }), signal });
}

// After a new sign-in the page's own token is stale: take a fresh one.
async function newToken() {
  const page = await (await fetch(location.pathname, { cache: "no-store" })).text();
  const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("[name=csrfmiddlewaretoken]");
  if (!fresh) return;
  for (const each of root.querySelectorAll("[name=csrfmiddlewaretoken]")) each.value = fresh.value;
}

// Keep this page for a reload with no network, and no other session's.
async function keepPage() {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  await caches.delete(CACHE);
  if (run().ended) return;
  await navigator.serviceWorker.register("/sw.js");
  const cache = await caches.open(CACHE);
  const files = performance.getEntriesByType("resource").map((each) => each.name).filter((name) => new URL(name).pathname.startsWith("/static/"));
  await cache.addAll([location.pathname, ...new Set(files)]);
}

// What was heard since the page was kept goes beside it; at the end both go.
async function keepState(told) {
  if (!("caches" in window) || !(await caches.has(CACHE))) return;
  if (run().ended) await caches.delete(CACHE);
  else await (await caches.open(CACHE)).put(root.dataset.taps, new Response(JSON.stringify(told)));
}

async function takeKeptState() {
  if (!("caches" in window) || !(await caches.has(CACHE))) return;
  const kept = await (await (await caches.open(CACHE)).match(root.dataset.taps))?.json();
  if (kept && Date.parse(kept.now) > Date.parse(state.now)) state = kept;
}

// Only a page that nobody answers can be too old: one that was heard has been brought up to date.
async function dropIfOld() {
  if (!failed || Math.abs(Date.now() - Date.parse(state.now)) < OLD) return;
  await caches?.delete(CACHE);
  root.replaceChildren(document.createTextNode(words.run.old));
}

// --- Small comforts ---------------------------------------------------------------------------

function letNamesHide() {
  const button = part("hide");
  button.hidden = false;
  const set = (hidden) => {
    root.classList.toggle("run--nameless", hidden);
    setText(button, hidden ? words.run.show : words.run.hide);
  };
  button.addEventListener("click", () => {
    const hidden = !root.classList.contains("run--nameless");
    sessionStorage.setItem(NAMES, hidden ? "hidden" : "");
    set(hidden);
  });
  set(sessionStorage.getItem(NAMES) === "hidden");
}

function letBellRest() {
  const box = part("bell").querySelector("input");
  part("bell").hidden = false;
  box.checked = bell.wanted();
  box.addEventListener("change", () => { bell.want(box.checked); bell.ready(); });
}

async function begin() {
  await takeKeptState().catch(() => {});
  root.addEventListener("submit", tapped);
  letNamesHide();
  letBellRest();
  await queue.load();
  drawAll();
  setInterval(tick, TICK);
  setInterval(() => { if (navigator.onLine && !document.hidden && (!run().ended || queue.waiting.length)) send(); }, ASK_EVERY);
  addEventListener("online", send);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { tick(); send(); } });
  navigator.wakeLock?.request("screen").catch(() => {});
  await send();
  if (failed) await dropIfOld();
  else await keepPage().catch(() => {});
}

begin();
