/* What is wider than its frame slides inside it: a table, a query, a chart on a narrow screen. The keyboard must reach it and a screen
   reader name it, but only while it slides: elsewhere it would be one stop of the keyboard more, for nothing. */
(() => {
  "use strict";
  const FRAMES = ".tableau, pre.code, [data-testid=stElementContainer]:has([data-testid=stPlotlyChart])";
  const watched = new WeakSet();
  const named = (frame) => {
    const caption = frame.querySelector("caption");
    if (caption) return `Tableau à faire défiler\u00a0: ${caption.textContent}`;
    return frame.matches("pre") ? "Texte à faire défiler" : "Graphique à faire défiler";
  };
  const mark = (frame) => {
    const slides = frame.scrollWidth > frame.clientWidth + 1 || frame.scrollHeight > frame.clientHeight + 1;
    if (slides === (frame.tabIndex === 0)) return;
    const given = { tabindex: "0", role: "group", "aria-label": named(frame) };
    for (const key of Object.keys(given)) slides ? frame.setAttribute(key, given[key]) : frame.removeAttribute(key);
  };
  const sizes = new ResizeObserver((entries) => entries.forEach((entry) => mark(entry.target)));
  let asked = false;
  const look = () => {
    asked = false;
    for (const frame of document.querySelectorAll(FRAMES)) {
      if (!watched.has(frame)) sizes.observe(frame);
      watched.add(frame);
      mark(frame);
    }
  };
  const ask = () => { if (!asked) { asked = true; setTimeout(look, 100); } };
  new MutationObserver(ask).observe(document.documentElement, { subtree: true, childList: true });
})();
