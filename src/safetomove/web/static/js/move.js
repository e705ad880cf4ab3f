// A movement's page: let the drawing move or hold it still without loading the page again, and print.

function letDrawingsMove(root) {
  for (const toggle of root.querySelectorAll("[data-toggle]")) {
    const img = toggle.closest("figure").querySelector("img");
    toggle.setAttribute("role", "button");
    toggle.addEventListener("click", (event) => {
      event.preventDefault();
      const moves = img.getAttribute("src") === img.dataset.moving;
      img.src = moves ? img.dataset.still : img.dataset.moving;
      toggle.textContent = moves ? toggle.dataset.off : toggle.dataset.on;
      toggle.closest("figure").classList.toggle("pose--moves", !moves);
    });
    toggle.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      toggle.click();
    });
  }
}

function letPagePrint() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}

letDrawingsMove(document);
letPagePrint();

export { letDrawingsMove };
