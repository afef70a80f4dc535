
"use strict";
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  const sections = [...document.querySelectorAll("section")].map((section) => [
    section,
    [...section.querySelectorAll("article")].map((article) => [article, article.textContent.toLowerCase()]),
  ]);
  const output = form.querySelector("output");
  const total = sections.reduce((sum, [, articles]) => sum + articles.length, 0);
  const show = () => {
    const severity = form.elements.severity.value;
    const rule = form.elements.rule.value;
    const file = form.elements.file.value;
    const text = form.elements.text.value.trim().toLowerCase();
    let shown = 0;
    for (const [section, articles] of sections) {
      let here = 0;
      for (const [article, words] of articles) {
        const fits = (!severity || article.dataset.severity === severity) && (!rule || article.dataset.rule === rule)
          && (!file || section.dataset.file === file) && words.includes(text);
        article.hidden = !fits;
        here += fits;
      }
      section.hidden = !here;
      shown += here;
    }
    const told = shown === total ? output.dataset.all : output.dataset.some;
    output.value = told.replace("{shown}", shown).replace("{total}", total);
  };
  const open = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.tagName === "DETAILS") target.open = true;
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", open);
  form.hidden = false;
  show();
  open();
})();
