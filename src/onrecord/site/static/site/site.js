// Small comforts. Every page works without this file.
"use strict";

// Copy buttons appear only where copying can work.
function prepareCopyButtons(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      const said = button.textContent;
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = said; }, 2000);
    });
  }
}

// In an article, pointing at a margin note lights its words, and the other way round.
function prepareMargin(root) {
  for (const note of root.querySelectorAll(".notes li[id]")) {
    const reference = document.getElementById(note.id.replace("note-", "ref-"));
    const mark = reference?.closest("sup")?.nextElementSibling;
    if (!mark) continue;
    const light = (on) => mark.classList.toggle("lit", on);
    note.addEventListener("mouseenter", () => light(true));
    note.addEventListener("mouseleave", () => light(false));
    note.addEventListener("focusin", () => light(true));
    note.addEventListener("focusout", () => light(false));
  }
}

// The timeline zooms in place: links into #over-time replace that part only.
function prepareZoom(root) {
  const region = root.id === "over-time" ? root : root.querySelector("#over-time");
  if (!region || !window.htmx) return;
  for (const link of region.querySelectorAll('a[href$="#over-time"], .pager a')) {
    link.setAttribute("hx-get", link.getAttribute("href").replace("#over-time", ""));
    link.setAttribute("hx-target", "#over-time");
    link.setAttribute("hx-select", "#over-time");
    link.setAttribute("hx-swap", "outerHTML");
    link.setAttribute("hx-push-url", "true");
  }
  window.htmx.process(region);
}

// One-key review: the key that a button shows presses it, unless the reader is typing.
function prepareKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}

// On a narrow screen a long timeline opens at its newest end.
function prepareCharts(root) {
  for (const chart of root.querySelectorAll(".chart-scroll")) chart.scrollLeft = chart.scrollWidth;
}

function prepare(root) {
  prepareCharts(root);
  prepareCopyButtons(root);
  prepareMargin(root);
  prepareZoom(root);
}

document.addEventListener("DOMContentLoaded", () => {
  prepare(document);
  prepareKeys();
});
document.addEventListener("htmx:afterSwap", () => prepare(document));
