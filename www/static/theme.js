// Before the first paint, so that a chosen theme does not flash. Without a choice, the system's holds.
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // A browser that keeps nothing for this page: the system's theme it is.
}
