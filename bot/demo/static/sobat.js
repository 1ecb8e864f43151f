// What only the browser can do: tabs, keeping to the newest message, Enter sends.
const sobat = (() => {
  const root = document.documentElement;
  const NEAR = 80;
  const DRAFT = "sobat-draft";
  // Each tab has a draft of its own; one that is opened anew goes on with the latest.
  const draft = (words) => {
    try {
      if (words === undefined) return sessionStorage.getItem(DRAFT) ?? look.kept(DRAFT) ?? "";
      sessionStorage.setItem(DRAFT, words);
    } catch { /* then the tabs share one, or none is kept */ }
    return look.kept(DRAFT, words) ?? "";
  };
  let pinned = true;
  let reading; // the first message of what was said last

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

  const say = (words, shown) => outbox.add({ words, shown: shown || words });
  const press = (post, row, place, label) => outbox.add({ post, key: [row, place], shown: label });
  const choose = (post, chosen, label) => outbox.add({ post, chosen, title: label, shown: label });
  const keepPhone = (mode) => {
    document.cookie = `sobat-phone=${mode}; path=/; max-age=31536000; samesite=lax`;
  };
  const composer = () => document.querySelector(".composer textarea");
  const submit = (event) => {
    event.preventDefault();
    const words = composer().value;
    if (words.trim()) say(words);
    composer().value = draft("");
  };

  // Beside the composer, where it covers nothing: what the page can't do just now.
  const tell = (words, lasts = 8000) => {
    const note = document.querySelector(".net");
    if (!note) return;
    note.textContent = words;
    clearTimeout(tell.timer);
    if (words && lasts) tell.timer = setTimeout(connection, lasts);
  };
  const pictureFailed = () => tell(document.querySelector(".net").dataset.picture);
  const connection = () => {
    const lost = document.getElementById("popup")?.getAttribute("aria-hidden") === "false" || !navigator.onLine;
    tell(lost ? document.querySelector(".net").dataset.away : "", 0);
  };

  const startOver = async () => {
    outbox.clear();
    draft("");
    await fetch("/sobat/baru", { method: "POST" });
    location.assign("/");
  };

  const news = (changes) => {
    const posts = changes.flatMap((change) => [...change.addedNodes]).filter((node) => node.classList?.contains("post"));
    if (posts.some((post) => post.classList.contains("mine"))) {
      pinned = true;
      reading = undefined;
    }
    posts.filter((post) => post.closest(".posts")).forEach((post) => outbox.arrived(post.dataset.id));
    const unread = document.querySelector('.tab[data-tab="chat"] .unread');
    if (root.dataset.tab === "jam" && unread && settled()) {
      const count = Number(unread.textContent || 0) + posts.filter((post) => post.classList.contains("theirs")).length;
      if (count) unread.textContent = count;
    }
    if (pinned) follow(beginning(posts.filter((post) => post.classList.contains("theirs"))));
  };

  // Where the newest begins: the messages of one answer belong together, a reminder stands for itself.
  const beginning = (posts) => {
    let first = posts.length - 1;
    while (first > 0 && [first, first - 1].every((place) => posts[place].classList.contains("reply"))) first -= 1;
    return posts[first];
  };

  // Of what is taller than the view the beginning is shown: its end tells little without it.
  const follow = (first) => {
    const log = talk();
    const edge = log.getBoundingClientRect().top;
    const room = log.clientHeight - 12;
    if (first && settled()) reading = first;
    if (!reading?.isConnected || room < 0) return toEnd(settled());
    const begins = log.scrollTop + reading.getBoundingClientRect().top - edge;
    if (log.scrollHeight - begins <= room) return toEnd(settled());
    log.scrollTo({ top: begins - 12, behavior: "instant" });
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
    new ResizeObserver(() => pinned && follow()).observe(log);
    composer().value = draft();
    composer().addEventListener("input", () => draft(composer().value));
    const popup = document.getElementById("popup");
    if (popup) new MutationObserver(connection).observe(popup, { attributes: true });
    addEventListener("online", connection);
    addEventListener("offline", connection);
    connection();
    outbox.begin(root.dataset.chat);
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
  root.dataset.tab = "chat";

  return { show, toEnd, startOver, say, press, choose, keepPhone, submit, tell, pictureFailed };
})();
