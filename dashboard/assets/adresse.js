/* One choice, one press of Back. A page writes its codes in the address by itself when it opens, and a choice may change a second one:
   those complete the entry of the history that the visitor made, instead of adding others that Back would have to cross. */
(() => {
  "use strict";
  const push = history.pushState.bind(history);
  let touched = false; // whether the visitor did something since the present entry was made
  const touch = (event) => { touched = touched || event.isTrusted; };
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, touch, { capture: true, passive: true });
  addEventListener("popstate", () => { touched = false; }, { capture: true });
  history.pushState = (state, unused, url) => {
    const samePage = url != null && new URL(url, location.href).pathname === location.pathname;
    if (samePage && !touched) return history.replaceState(state, unused, url);
    touched = false;
    return push(state, unused, url);
  };
})();
