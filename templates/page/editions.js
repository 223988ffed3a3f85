// One language at a time: the one chosen before, or the browser's, or the first.
document.addEventListener("DOMContentLoaded", () => {
  const editions = [...document.querySelectorAll(".edition")];
  const known = (lang) => editions.some((edition) => edition.dataset.edition === lang);
  const wanted = [store.get("language", ""), ...navigator.languages.map((tag) => tag.split("-")[0])];

  function show(lang) {
    for (const edition of editions) {
      edition.hidden = edition.dataset.edition !== lang;
      if (edition.hidden) continue;
      root.lang = edition.lang;
      byId("theme").setAttribute("aria-label", edition.dataset.dark);
    }
    for (const button of document.querySelectorAll("[data-language]")) {
      button.setAttribute("aria-pressed", String(button.dataset.language === lang));
    }
  }

  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => {
      store.set("language", button.dataset.language);
      show(button.dataset.language);
    });
  }
  show(wanted.find(known) ?? editions[0].dataset.edition);
});
