// Runs before the page is painted: a remembered theme must not flash.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const theme = localStorage.getItem("curriculum-logs-theme");
    if (theme === "dark" || theme === "light") root.dataset.theme = theme;
  } catch {
    // No storage here; the system's theme it is.
  }
})();
