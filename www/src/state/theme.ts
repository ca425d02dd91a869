import { effect, signal } from "@preact/signals";

export type Theme = "light" | "dark" | "system";

/** The key that `static/theme.js` reads before the first paint. */
const KEY = "theme";

function stored(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "light" || chosen === "dark" ? chosen : "system";
}

export const theme = signal<Theme>(stored());

effect(() => {
  const { value } = theme;
  if (value === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = value;
  try {
    if (value === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, value);
  } catch {
    // A browser that keeps nothing for this page: the choice lasts as long as the page.
  }
});
