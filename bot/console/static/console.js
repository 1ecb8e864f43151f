// What only the browser can do: the toast, drafts in the field, keys, keeping to the newest words.
const konsol = (() => {
  let fading;
  const tell = (words, bad) => {
    const toast = document.querySelector(".toast");
    if (!toast) return;
    toast.textContent = words;
    toast.classList.toggle("bad", bad);
    toast.classList.add("up");
    clearTimeout(fading);
    fading = setTimeout(() => toast.classList.remove("up"), bad ? 9000 : 4000);
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
      offer();
      if (words) field().focus();
    });
  };
  const toEnd = () => setTimeout(() => {
    const talk = document.querySelector(".thread-talk");
    if (talk) talk.scrollTop = talk.scrollHeight;
  }, 30);
  const at = (address) => history.replaceState(null, "", address);

  document.addEventListener("input", (event) => { if (event.target === field()) offer(); });

  const rows = () => [...document.querySelectorAll(".row[data-ticket]")];
  const step = (by) => {
    const all = rows();
    const here = all.findIndex((row) => row.getAttribute("aria-current") === "true");
    const next = all[here < 0 ? 0 : Math.min(Math.max(here + by, 0), all.length - 1)];
    next?.click();
    next?.scrollIntoView({ block: "nearest" });
  };
  const help = () => {
    const english = document.documentElement.lang === "en";
    const keys = english
      ? { "J / K": "next, previous complaint", T: "take", R: "write an answer", "/": "canned replies", N: "save as a note", M: "ask for more", B: "give back to the bot", E: "close", O: "reopen", "Ctrl K": "search", "Ctrl Enter": "send", Esc: "leave the field" }
      : { "J / K": "aduan berikut, sebelumnya", T: "ambil", R: "tulis jawaban", "/": "balasan siap", N: "simpan sebagai catatan", M: "minta data", B: "kembalikan ke bot", E: "tutup", O: "buka lagi", "Ctrl K": "cari", "Ctrl Enter": "kirim", Esc: "keluar dari isian" };
    const shown = document.createElement("dialog");
    shown.className = "keys-help";
    shown.setAttribute("aria-label", english ? "Keys" : "Tombol");
    const list = document.createElement("dl");
    for (const [key, what] of Object.entries(keys)) {
      const name = document.createElement("dt"), told = document.createElement("dd");
      name.textContent = key;
      told.textContent = what;
      list.append(name, told);
    }
    const close = document.createElement("button");
    close.className = "secondary";
    close.textContent = english ? "Close" : "Tutup";
    close.onclick = () => shown.close();
    shown.onclose = () => shown.remove();
    shown.append(list, close);
    document.body.append(shown);
    shown.showModal();
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input, textarea, select");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      document.querySelector('input[type="search"]')?.focus();
      return;
    }
    if (typing) {
      if (event.key === "Escape") event.target.blur();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) document.querySelector(".composer .primary")?.click();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    if (key === "?") help();
    else if (key === "j") step(1);
    else if (key === "k") step(-1);
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

  return { tell, draft, toEnd, at, typing: 0 };
})();
