// What only the browser can do: theme, tabs, keeping to the newest message, Enter sends.
const sobat = (() => {
  const root = document.documentElement;
  const NEAR = 80;
  let pinned = true;

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

  const show = (tab) => {
    root.dataset.tab = tab;
    for (const key of document.querySelectorAll(".tab")) {
      const chosen = key.dataset.tab === tab;
      key.setAttribute("aria-selected", String(chosen));
      if (chosen && tab === "chat") key.querySelector(".unread").textContent = "";
    }
    if (tab === "chat") toEnd(false);
  };

  const talk = () => document.querySelector(".talk");
  const toEnd = (smooth = true) => {
    const log = talk();
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    log?.scrollTo({ top: log.scrollHeight, behavior: smooth && !calm ? "smooth" : "instant" });
  };

  const startOver = async () => {
    await fetch("/sobat/baru", { method: "POST" });
    location.assign("/");
  };

  const news = (changes) => {
    const posts = changes.flatMap((change) => [...change.addedNodes]).filter((node) => node.classList?.contains("post"));
    if (posts.some((post) => post.classList.contains("mine"))) pinned = true;
    const unread = document.querySelector('.tab[data-tab="chat"] .unread');
    if (root.dataset.tab === "jam" && unread && settled()) {
      const count = Number(unread.textContent || 0) + posts.filter((post) => post.classList.contains("theirs")).length;
      if (count) unread.textContent = count;
    }
    if (pinned) toEnd(settled());
  };

  const settled = () => "settled" in root.dataset; // what was said before the page was opened is drawn
  const begin = () => {
    const log = talk();
    if (!log) return requestAnimationFrame(begin);
    show("chat");
    if (location.search) history.replaceState(null, "", "/");
    let before = 0;
    log.addEventListener("scroll", () => {
      const near = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
      pinned = near || (pinned && log.scrollTop >= before); // only whoever scrolls up leaves the end
      before = log.scrollTop;
      log.parentElement.classList.toggle("away", !pinned);
    }, { passive: true });
    new MutationObserver(news).observe(log, { childList: true, subtree: true });
    new ResizeObserver(() => pinned && toEnd(false)).observe(log);
    setTimeout(() => { root.dataset.settled = ""; }, 600);
    toEnd(false);
  };

  document.addEventListener("keydown", (event) => {
    if (event.target.name === "words" && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
  });
  document.addEventListener("wheel", (event) => {
    const chips = event.target.closest?.(".chips");
    if (chips && !event.deltaX) chips.scrollLeft += event.deltaY;
  }, { passive: true });
  document.addEventListener("DOMContentLoaded", begin);
  wear(kept("sobat-theme"));
  root.dataset.tab = "chat";

  return { turnTheme, show, toEnd, startOver };
})();
