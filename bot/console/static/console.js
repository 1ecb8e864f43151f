// What only the browser can do: the toast, drafts in the field, keys, keeping to the newest words.
const konsol = (() => {
  let fading;
  const tell = (words, bad) => {
    const toast = document.querySelector(".toast");
    if (!toast) return;
    clearInterval(counting);
    toast.textContent = words;
    toast.classList.toggle("bad", bad);
    toast.classList.add("up");
    clearTimeout(fading);
    fading = setTimeout(() => toast.classList.remove("up"), bad ? 9000 : 4000);
  };

  // What was done and may be taken back: words, a button, and the seconds that are left.
  let counting;
  const undo = (press, words, label, seconds) => {
    const toast = document.querySelector(".toast");
    if (!toast || seconds < 1) return tell(words, false);
    clearTimeout(fading);
    clearInterval(counting);
    let left = Math.floor(seconds);
    const told = document.createElement("span"), back = document.createElement("button");
    told.textContent = words;
    back.type = "button";
    back.className = "undo";
    back.textContent = `${label} (${left})`;
    back.setAttribute("aria-keyshortcuts", "z");
    const end = () => { clearInterval(counting); toast.classList.remove("up"); back.remove(); };
    back.onclick = () => { end(); emitEvent("urungkan", press); };
    counting = setInterval(() => { left -= 1; back.textContent = `${label} (${left})`; if (left < 1) end(); }, 1000);
    toast.replaceChildren(told, back);
    toast.classList.remove("bad");
    toast.classList.add("up");
  };

  const sheet = (id) => setTimeout(() => {
    shutSheets();
    const shown = document.getElementById(id);
    shown?.showModal();
    shown?.addEventListener("click", (event) => { if (event.target === shown) shown.close(); });
  }, 20);
  const shutSheets = () => document.querySelectorAll("dialog.sheet[open]").forEach((one) => one.close());
  const menu = (button, id) => {
    const shown = document.getElementById(id);
    if (!shown) return;
    shown.showPopover();
    const at = button.getBoundingClientRect();
    shown.style.top = `${Math.max(8, Math.min(at.bottom + 6, innerHeight - shown.offsetHeight - 8))}px`;
    shown.style.left = `${Math.max(8, Math.min(at.right - shown.offsetWidth, innerWidth - shown.offsetWidth - 8))}px`;
    shown.addEventListener("click", () => shown.hidePopover(), { once: true });
    shown.querySelector("button, a")?.focus();
  };
  const tickAll = (ticked) => document.querySelectorAll(".tick-box").forEach((one) => { one.checked = ticked; });
  const copy = (id) => {
    const from = document.getElementById(id);
    from.select();
    if (navigator.clipboard) navigator.clipboard.writeText(from.value); else document.execCommand("copy");
    tell(konsolWords.copied, false);
  };

  const field = () => document.querySelector(".composer textarea");
  const canned = () => document.querySelector(".canned");
  const offer = () => {
    const list = canned();
    if (!list || !field()) return;
    const asked = field().value.startsWith("/") ? field().value.slice(1).toLowerCase() : null;
    let some = false;
    for (const one of list.children) {
      one.hidden = asked === null || !one.textContent.toLowerCase().includes(asked);
      some ||= !one.hidden;
    }
    list.hidden = !some;
  };
  const draft = (words) => {
    setTimeout(() => {
      if (!field()) return;
      field().value = words;
      field().dispatchEvent(new Event("input", { bubbles: true }));
      if (!words) clearTimeout(konsol.typing); // what was sent is no draft any more, and what is undone is one again
      offer();
      if (words) field().focus();
    });
  };
  const toEnd = () => setTimeout(() => {
    const talk = document.querySelector(".thread-talk");
    if (talk) talk.scrollTop = talk.scrollHeight;
  }, 30);
  const insert = (words) => {
    const into = document.querySelector(".places + textarea, .places ~ textarea");
    if (!into) return;
    into.setRangeText(words, into.selectionStart, into.selectionEnd, "end");
    into.dispatchEvent(new Event("input", { bubbles: true }));
    into.focus();
  };
  const ask = (button) => button.nextElementSibling.showModal();
  const fetchFile = (address) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = address;
    document.body.append(form);
    form.submit();
    form.remove();
  };
  const toBegin = () => setTimeout(() => document.querySelector(".thread-talk")?.scrollTo(0, 0), 60);
  const at = (address) => history.replaceState(null, "", address);

  document.addEventListener("input", (event) => { if (event.target === field()) offer(); });

  // Replies kept ready by keys: Enter takes the first that fits, arrows go through them, Escape leads back to the field.
  const choose = (event) => {
    const list = canned(), here = event.target;
    if (!list || list.hidden || (here !== field() && !list.contains(here))) return false;
    const shown = [...list.children].filter((one) => !one.hidden), at = shown.indexOf(here.closest?.(".canned-reply"));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) (shown[at + step] ?? field()).focus();
    else if (event.key === "Enter" && at < 0 && !event.ctrlKey && !event.metaKey) shown[0].click();
    else if (event.key === "Escape" && at >= 0) field().focus();
    else return false;
    event.preventDefault();
    return true;
  };

  // Who leaves for another page says so: a page is kept for a while only for who was lost.
  addEventListener("pagehide", (event) => { if (!event.persisted && typeof emitEvent === "function") emitEvent("pergi"); });

  // On a phone the menu is wider than the screen: begin where one is.
  new MutationObserver((_changes, looking) => {
    const here = document.querySelector('.way[aria-current="page"]');
    if (!here) return;
    looking.disconnect();
    here.scrollIntoView({ block: "nearest", inline: "center" });
  }).observe(document, { childList: true, subtree: true });

  const rows = () => [...document.querySelectorAll(".row[data-ticket]")];
  const step = (by) => {
    const all = rows();
    const here = all.findIndex((row) => row.getAttribute("aria-current") === "true");
    const next = all[here < 0 ? 0 : Math.min(Math.max(here + by, 0), all.length - 1)];
    next?.click();
    next?.scrollIntoView({ block: "nearest" });
  };
  const help = () => {
    const shown = document.createElement("dialog");
    shown.className = "keys-help";
    shown.setAttribute("aria-label", konsolWords.keysTitle);
    const list = document.createElement("dl");
    for (const [key, what] of konsolWords.keys) {
      const name = document.createElement("dt"), told = document.createElement("dd");
      name.textContent = key;
      told.textContent = what;
      list.append(name, told);
    }
    const close = document.createElement("button");
    close.className = "secondary";
    close.textContent = konsolWords.close;
    close.onclick = () => shown.close();
    shown.onclose = () => shown.remove();
    shown.append(list, close);
    document.body.append(shown);
    shown.showModal();
  };

  // Ctrl-K: complaints from the store, pages from the menu, acts from what is on the page.
  let asking, asked = 0;
  const folded = (words) => words.trim().toLowerCase();
  const choices = (typed) => {
    const fits = (one) => folded(one.name).includes(folded(typed));
    const pages = [...document.querySelectorAll(".menu .way")].map((way) => ({ name: way.textContent, go: () => way.click() }));
    const acts = [...document.querySelectorAll(".thread-side [data-key]")].map((button) => ({
      name: button.textContent, key: button.dataset.key, go: () => button.click(),
    }));
    return [...acts.filter(fits), ...pages.filter(fits)];
  };
  const find = () => {
    if (document.querySelector("dialog[open]")) return;
    const shown = document.createElement("dialog"), typed = document.createElement("input"), list = document.createElement("ul");
    shown.className = "finder";
    shown.setAttribute("aria-label", konsolWords.find);
    typed.className = "input";
    typed.type = "search";
    typed.placeholder = konsolWords.findWhat;
    typed.setAttribute("aria-label", typed.placeholder);
    list.setAttribute("aria-label", konsolWords.found);
    const put = (found) => {
      list.replaceChildren(...found.map((one) => {
        const item = document.createElement("li"), go = document.createElement("button"), name = document.createElement("span");
        name.className = "name";
        name.textContent = one.name;
        go.type = "button";
        go.append(name);
        if (one.told || one.key) {
          const told = document.createElement("span");
          told.className = "quiet";
          told.textContent = one.told || one.key.toUpperCase();
          go.append(told);
        }
        go.onclick = () => { shown.close(); one.go(); };
        item.append(go);
        return item;
      }));
      if (!found.length) {
        const none = document.createElement("li");
        none.className = "quiet none";
        none.textContent = konsolWords.nothing;
        list.append(none);
      }
    };
    const look = async (mine) => {
      const answer = await fetch("/konsol/cari", { method: "POST", body: typed.value });
      if (!answer.ok || mine !== asked) return;
      const found = (await answer.json()).map((one) => ({ ...one, go: () => location.assign(one.to) }));
      put([...found, ...choices(typed.value)]);
    };
    typed.oninput = () => {
      put(choices(typed.value));
      clearTimeout(asking);
      const mine = ++asked;
      if (typed.value.trim()) asking = setTimeout(() => look(mine), 180);
    };
    shown.onkeydown = (event) => {
      const all = [...list.querySelectorAll("button")], here = all.indexOf(document.activeElement);
      if (event.key === "Enter" && event.target === typed) { event.preventDefault(); all[0]?.click(); }
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      (all[here + (event.key === "ArrowDown" ? 1 : -1)] ?? typed).focus();
    };
    shown.onclick = (event) => { if (event.target === shown) shown.close(); };
    shown.onclose = () => shown.remove();
    shown.append(typed, list);
    document.body.append(shown);
    put(choices(""));
    shown.showModal();
    typed.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (choose(event)) return;
    const typing = event.target.matches?.("input, textarea, select");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      find();
      return;
    }
    if (typing) {
      if (event.key === "Escape") event.target.blur();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target === field()) {
        document.querySelector(".composer .primary")?.click();
        field().blur(); // the keys are keys again: J goes on, Z takes it back
      }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    if (key === "?") help();
    else if (key === "j") step(1);
    else if (key === "k") step(-1);
    else if (key === "z" && document.querySelector(".toast.up .undo")) document.querySelector(".toast .undo").click();
    else if (key === "r" || (key === "/" && field())) {
      if (!field()) return;
      event.preventDefault();
      field().focus();
      if (key === "/" && !field().value) draft("/");
    } else if (/^[a-z]$/.test(key)) {
      const pressed = document.querySelector(`.thread-side [data-key="${key}"]`);
      if (pressed) { event.preventDefault(); pressed.click(); }
    }
  });

  return { tell, fetchFile, draft, toEnd, toBegin, at, undo, sheet, shutSheets, menu, tickAll, copy, find, ask, insert, typing: 0, wrote: 0 };
})();
