// The clock of a running session, the same as core/course/run.py and run_clock.py: a fold of
// events in any order, and the wall clock. A test holds the two against each other.

const MORE = 60; // seconds
const CLOCK = ["step", "pause", "resume", "more", "end"];

const seconds = (one, two) => (Date.parse(two) - Date.parse(one)) / 1000;

export function inOrder(events) {
  const once = new Map();
  for (const each of events) if (!once.has(each.key) || before(each, once.get(each.key))) once.set(each.key, each);
  return [...once.values()].sort((one, two) => (before(one, two) ? -1 : 1));
}

function before(one, two) {
  const gap = Date.parse(one.at) - Date.parse(two.at);
  return gap < 0 || (gap === 0 && one.key < two.key);
}

export function fold(events) {
  const run = { began: null, ended: null, part: null, at: null, paused: null, pausedFor: 0, more: {}, order: [] };
  for (const each of inOrder(events)) if (CLOCK.includes(each.deed)) take(run, each);
  return run;
}

function take(run, { deed, at, to = 0, order = [] }) {
  if (deed === "step") {
    run.began ??= at;
    Object.assign(run, { part: to, at, ended: null, paused: null, pausedFor: 0 });
    if (run.order.length === 0) run.order = order;
  } else if (deed === "more") {
    run.more[to] = (run.more[to] ?? 0) + MORE;
  } else if (deed === "end" && run.part !== null) {
    run.ended = at;
  } else if (deed === "pause" && run.part !== null && run.paused === null) {
    run.paused = at;
  } else if (deed === "resume" && run.paused !== null) {
    run.pausedFor += seconds(run.paused, at);
    run.paused = null;
  }
}

// Where things are at `now` (milliseconds): null before the beginning and after the end.
export function where(run, parts, now) {
  if (run.part === null || run.ended !== null) return null;
  const until = run.paused === null ? now : Date.parse(run.paused);
  let gone = Math.max(0, (until - Date.parse(run.at)) / 1000 - run.pausedFor);
  let index = Math.min(run.part, parts.length - 1);
  const length = (at) => 60 * parts[at].minutes + (run.more[at] ?? 0);
  const turns = (at) => parts[at]?.phase === "stations" && parts[at + 1]?.phase === "stations";
  while (gone >= length(index) && turns(index)) {
    gone -= length(index);
    index += 1;
  }
  return { part: parts[index], left: length(index) - gone, paused: run.paused !== null };
}
