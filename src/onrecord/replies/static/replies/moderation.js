// One-key moderation: j and k move between cases, x ticks, a button's own key presses it. Without this file the buttons do.
// Keys are named by an attribute of their own: site.js presses the first button of a page that has a data-key.
"use strict";

(() => {
  const cases = [...document.querySelectorAll("[data-case]")];
  let at = -1;

  const go = (to) => {
    if (!cases.length) return;
    at = Math.max(0, Math.min(cases.length - 1, to));
    cases[at].focus();
    cases[at].scrollIntoView({ block: "nearest" });
  };

  const press = (key) => {
    const inCase = at >= 0 ? cases[at].querySelector(`[data-reply-key="${CSS.escape(key)}"]`) : null;
    const button = inCase || document.querySelector(`#undo [data-reply-key="${CSS.escape(key)}"]`);
    if (button) button.click();
  };

  document.addEventListener("focusin", (event) => {
    const found = cases.indexOf(event.target.closest("[data-case]"));
    if (found >= 0) at = found;
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    if (event.key === "j") go(at + 1);
    else if (event.key === "k") go(at - 1);
    else if (event.key === "x" && at >= 0) cases[at].querySelector("input[type=checkbox]").click();
    else if ("psrhu".includes(event.key)) press(event.key);
    else return;
    event.preventDefault();
  });

  if (cases.length) go(0);
})();
