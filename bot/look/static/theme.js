// Light or dark: what somebody chose is kept by their browser, for the phone and the console alike.
const look = (() => {
  const root = document.documentElement;
  const kept = (name, value) => {
    try {
      if (value === undefined) return localStorage.getItem(name);
      localStorage.setItem(name, value);
    } catch { /* a browser that keeps nothing still works */ }
    return value;
  };
  const wear = (theme) => { if (theme) root.dataset.theme = theme; };
  const isDark = () =>
    (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const turnTheme = () => wear(kept("sobat-theme", isDark() ? "light" : "dark"));
  wear(kept("sobat-theme"));

  return { kept, turnTheme };
})();
