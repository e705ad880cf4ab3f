// Draw who is where: the chips at the stations, the register's buttons, the notes.

const AWAY = "absent";

// What the server knows of each person, with the taps that it has not heard of yet.
export function peopleNow(state, waiting) {
  const people = new Map(state.people.map((each) => [each.id, structuredClone(each)]));
  for (const each of waiting) {
    const person = people.get(each.member);
    if (person) apply(person, each);
  }
  return [...people.values()];
}

function apply(person, { deed, value = "", to = 0, movement = "" }) {
  if (deed === "came") person.mark = value;
  else if (deed === "stop") person.may = "stopped";
  else if (deed === "new") {
    person.asked = value;
    if (value === "yes") person.may = "stopped"; // a later "no" takes nothing back
  } else if (deed === "level") setLevel(person, movement, to);
  else if (deed === "swap") person.stands.filter((each) => each.station === to && each.swap).forEach((each) => { each.swapped = value === "swap"; });
}

function setLevel(person, movement, level) {
  for (const stand of person.stands)
    for (const offer of [stand.plan, stand.swap])
      if (offer?.movement === movement) offer.level = Math.min(Math.max(level, offer.low), offer.high);
}

export const inCircuit = (person) => person.may === "ready" && person.asked === "no" && person.mark !== AWAY;

export function drawRoom(root, state, people, turn, words) {
  for (const person of people) {
    drawChip(root, state, person, turn, words);
    drawLine(root, person, turn, words);
  }
  const here = people.filter((each) => each.mark && each.mark !== AWAY).length;
  const count = root.querySelector("[data-count]");
  const said = count.textContent.replace(/\d+/g, "#").split("#");
  setText(count, said.length === 3 ? `${said[0]}${here}${said[1]}${people.length}${said[2]}` : `${here} / ${people.length}`);
}

function drawChip(root, state, person, turn, words) {
  const chip = root.querySelector(`[data-chip="${person.id}"]`);
  if (!chip) return;
  const stand = inCircuit(person) ? person.stands.find((each) => each.turn === turn) : undefined;
  const home = stand ? root.querySelector(`[data-station="${stand.station}"] .st__who`) : root.querySelector("[data-pool]");
  if (chip.parentElement !== home) {
    chip.querySelector("details").open = false;
    home.append(chip);
  }
  if (stand) fill(chip, state, stand, words);
}

function fill(chip, state, stand, words) {
  const offer = stand.swapped && stand.swap ? stand.swap : stand.plan;
  const named = offer && state.movements[offer.movement];
  const level = named?.levels[offer.level - 1] ?? "";
  const swapped = offer && stand.how !== "as_planned" && stand.how !== "ask_first" ? true : stand.swapped;
  setText(chip.querySelector("[data-does]"), offer ? (swapped ? `${named.title}: ${level}` : level) : words.how.clinician_chooses);
  setText(chip.querySelector("[data-how]"), stand.how === "as_planned" ? "" : words.how[stand.how]);
  const [easier, harder] = [chip.querySelector("[data-easier]"), chip.querySelector("[data-harder]")];
  easier.disabled = !offer || offer.level <= offer.low;
  harder.disabled = !offer || offer.level >= offer.high;
  easier.value = String((offer?.level ?? 1) - 1);
  harder.value = String((offer?.level ?? 1) + 1);
  chip.querySelector("[data-level] [name=movement]").value = offer?.movement ?? "";
  const swap = chip.querySelector("[data-swap]");
  swap.hidden = !stand.swap;
  swap.elements.to.value = String(stand.station);
  swap.elements.value.value = stand.swapped ? "plan" : "swap";
  swap.querySelector("button").setAttribute("aria-pressed", String(stand.swapped));
}

function drawLine(root, person, turn, words) {
  const line = root.querySelector(`[data-person="${person.id}"]`);
  if (!line) return;
  for (const form of line.querySelectorAll("form[data-tap]")) {
    const now = form.elements.deed.value === "came" ? person.mark : person.asked;
    const on = now === form.elements.value.value;
    form.querySelector("button").setAttribute("aria-pressed", String(on));
  }
  line.classList.toggle("run__off", person.may === "stopped");
  setText(line.querySelector("[data-why]"), why(person, turn, words));
}

function why(person, turn, words) {
  if (person.mark === AWAY) return words.off.absent;
  if (person.may === "stopped") return words.off.stopped;
  if (person.may === "ask") return words.off.ask;
  if (person.asked !== "no") return words.off.new;
  return person.stands.some((each) => each.turn === turn) ? "" : words.off.joins;
}

export function drawNotes(root, state, waiting) {
  const list = root.querySelector("[data-notes]");
  const every = [...state.notes, ...waiting.filter((each) => each.deed === "note")];
  const there = new Set([...list.children].map((each) => each.dataset.key));
  for (const note of every) if (!there.has(note.key)) list.append(noteLine(root, note));
}

function noteLine(root, note) {
  const line = document.createElement("li");
  line.dataset.key = note.key;
  const name = root.querySelector(`[data-chip="${note.member}"] [data-name]`)?.textContent;
  if (name) {
    const who = document.createElement("strong");
    who.textContent = `${name}: `;
    line.append(who);
  }
  const text = document.createElement("span");
  text.className = "as-typed";
  text.textContent = note.text;
  line.append(text);
  return line;
}

export function setText(place, text) {
  if (place && place.textContent !== text) place.textContent = text;
}
