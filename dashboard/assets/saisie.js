/* A text of several lines reaches the server when its field is left, or by Ctrl+Enter: a page loaded again meanwhile would lose what is
   under the cursor. After a pause in typing, the same keys are pressed for the visitor; the cursor stays where it is. */
(() => {
  "use strict";
  const PAUSE = 800; // milliseconds
  const waiting = new WeakMap();
  const send = (field) => {
    waiting.delete(field);
    if (!field.isConnected) return;
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", ctrlKey: true, bubbles: true, cancelable: true }));
  };
  addEventListener("input", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLTextAreaElement) || field.closest("form") || event.isComposing) return;
    clearTimeout(waiting.get(field));
    waiting.set(field, setTimeout(send, PAUSE, field));
  }, { capture: true, passive: true });
})();
