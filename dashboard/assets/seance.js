/* The keys of a séance: arrows, Page Up and Page Down from screen to screen, Home and End to the first and the last, Escape to leave.
   They press the buttons that are on the screen; never while somebody types or chooses in a list. */
(() => {
  "use strict";
  const press = (selector) => { const found = document.querySelector(selector); if (found) found.click(); };
  const numbers = () => [...document.querySelectorAll(".st-key-pied-seance [role=radio], .st-key-pied-seance [data-testid=stButtonGroup] button")];
  const keys = {
    ArrowRight: () => press(".st-key-ecran-suivant button:not(:disabled)"),
    PageDown: () => press(".st-key-ecran-suivant button:not(:disabled)"),
    ArrowLeft: () => press(".st-key-ecran-precedent button:not(:disabled)"),
    PageUp: () => press(".st-key-ecran-precedent button:not(:disabled)"),
    Home: () => numbers()[0]?.click(),
    End: () => numbers().at(-1)?.click(),
    Escape: () => press("a.quitter"),
  };
  addEventListener("keydown", (event) => {
    if (!document.querySelector(".mode-seance") || event.altKey || event.ctrlKey || event.metaKey || !keys[event.key]) return;
    if (event.target.closest("input, textarea, select, [contenteditable], [role=combobox], [role=listbox], [role=dialog]")) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  }, { capture: true });
})();
