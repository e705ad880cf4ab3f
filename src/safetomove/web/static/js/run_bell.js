// A soft bell, rung twice, that can be turned off and is never the only sign.

const KEY = "run-bell";
let audio = null;

export function wanted() {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    return true;
  }
}

export function want(on) {
  try {
    localStorage.setItem(KEY, on ? "on" : "off");
  } catch {
    // a browser that keeps nothing rings each time
  }
}

// A browser lets a page sound only once somebody has pressed something.
export function ready() {
  audio ??= window.AudioContext ? new AudioContext() : null;
  audio?.resume();
}

export function ring() {
  if (!audio || !wanted()) return;
  [0, 1.1].forEach((wait) => tone(audio.currentTime + wait));
}

function tone(from) {
  const sound = audio.createOscillator();
  const loud = audio.createGain();
  sound.frequency.value = 523;
  loud.gain.setValueAtTime(0.0001, from);
  loud.gain.exponentialRampToValueAtTime(0.25, from + 0.04);
  loud.gain.exponentialRampToValueAtTime(0.0001, from + 0.9);
  sound.connect(loud).connect(audio.destination);
  sound.start(from);
  sound.stop(from + 1);
}
