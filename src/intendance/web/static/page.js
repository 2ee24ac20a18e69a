// What pages do beyond HTML: charts that answer to the pointer, and a passage picked with the mouse.
"use strict";

(() => {
  const options = {
    actions: false,
    ast: true,
    defaultStyle: false,
    renderer: "svg",
    tooltip: { disableDefaultStyle: true },
    loader: { load: () => Promise.reject(new Error("charts load nothing")) },
  };

  async function draw(figure) {
    const source = figure.querySelector("script[type='application/json']");
    const place = figure.querySelector(".live");
    if (!window.vegaEmbed || !source || !place) return;
    try {
      await window.vegaEmbed(place, JSON.parse(source.textContent), options);
      figure.classList.add("on");
    } catch (fault) {
      console.warn("the drawn chart stays", fault);
    }
  }

  function charts() {
    const watch = new IntersectionObserver((seen) => {
      for (const each of seen) {
        if (!each.isIntersecting) continue;
        watch.unobserve(each.target);
        draw(each.target);
      }
    });
    for (const figure of document.querySelectorAll("figure.chart")) watch.observe(figure);
  }

  // A passage selected in a report goes into the form's field for the quote.
  function passages() {
    const text = document.querySelector("[data-passage]");
    if (!text) return;
    const field = document.getElementById(text.dataset.passage);
    document.addEventListener("selectionchange", () => {
      const picked = document.getSelection();
      if (!picked || picked.isCollapsed || !text.contains(picked.anchorNode)) return;
      if (!text.contains(picked.focusNode)) return;
      field.value = picked.toString().trim();
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.documentElement.classList.add("scripted");
    charts();
    passages();
  });
  document.addEventListener("htmx:afterSettle", charts);
})();
