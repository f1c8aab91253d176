// Light, dark, or as the system says. This runs before the page is painted, so that it never
// flashes in the wrong colours; the admin keeps its own choice under the same name.
"use strict";

(() => {
  const NAMES = { auto: "Theme: auto", light: "Theme: light", dark: "Theme: dark" };
  const root = document.documentElement;

  function stored() {
    try {
      const theme = localStorage.getItem("theme");
      return theme in NAMES ? theme : "auto";
    } catch {
      return "auto"; // storage is forbidden here
    }
  }

  function choose(theme) {
    root.dataset.theme = theme;
    try {
      localStorage.setItem("theme", theme);
    } catch {
      // The choice then lasts as long as the page.
    }
  }

  root.dataset.theme = stored();

  document.addEventListener("DOMContentLoaded", () => {
    const themes = Object.keys(NAMES);
    for (const button of document.querySelectorAll("[data-theme-toggle]")) {
      const show = () => {
        button.textContent = NAMES[root.dataset.theme];
      };
      button.hidden = false;
      show();
      button.addEventListener("click", () => {
        choose(themes[(themes.indexOf(root.dataset.theme) + 1) % themes.length]);
        show();
      });
    }
  });
})();
