const root = document.documentElement;
root.classList.add("scripted");

// Browsers may forbid storage (private windows, files, policies): then nothing is remembered, and all else works.
const store = {
  get(key, otherwise) {
    try {
      return JSON.parse(localStorage.getItem(`quizgen:${key}`)) ?? otherwise;
    } catch {
      return otherwise;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(`quizgen:${key}`, JSON.stringify(value));
    } catch {}
  },
};

const byId = (id) => document.getElementById(id);

function showTheme(theme) {
  if (theme) root.dataset.theme = theme;
  const dark = (theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  byId("theme")?.setAttribute("aria-pressed", String(dark));
  return dark;
}

showTheme(store.get("theme", ""));
document.addEventListener("DOMContentLoaded", () => {
  let dark = showTheme(store.get("theme", ""));
  byId("theme").addEventListener("click", () => {
    const theme = dark ? "light" : "dark";
    dark = showTheme(theme);
    store.set("theme", theme);
  });
});
