// Small comforts. Every page works without this file.

const YEAR = 60 * 60 * 24 * 365;

// The day is the person's own: tell the server which time zone they are in.
function rememberTimeZone() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone || document.cookie.split("; ").some((each) => each.startsWith("tz="))) return;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `tz=${encodeURIComponent(zone)}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
}

// Escape closes the menu and gives the focus back to its button.
function closeMenuOnEscape() {
  const menu = document.querySelector("[data-menu]");
  menu?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// A saved notice or a list of problems is where the reader should be.
function moveToNews() {
  document.querySelector("[data-focus]")?.focus();
}

// A scale tapped by mistake: tap the chosen step again to leave it blank.
function letTapsBeUndone() {
  let chosen = null;
  const step = (event) => event.target.closest(".steps label")?.querySelector("input");
  document.addEventListener("pointerdown", (event) => {
    const input = step(event);
    chosen = input?.checked ? input : null;
  });
  document.addEventListener("click", (event) => {
    if (event.target !== chosen) return;
    chosen.checked = false;
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
    chosen = null;
  });
}

rememberTimeZone();
closeMenuOnEscape();
moveToNews();
letTapsBeUndone();
