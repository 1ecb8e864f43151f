// What somebody says is kept in the browser until the server has taken it: shown at once, tried again, sent once.
const outbox = (() => {
  const KEPT = "sobat-outbox:"; // and the message's number: two tabs of one person keep what each of them says
  const TRIES = 3;
  const PAUSES = [1, 2, 4, 8, 15];
  let queue = [];
  let busy = false;
  let failures = 0;
  let timer;
  let chat;

  const notice = (name) => document.querySelector(".net")?.dataset[name] ?? "";
  const keep = (item) => {
    try {
      localStorage.setItem(KEPT + item.id, JSON.stringify(item));
    } catch { /* a browser that keeps nothing still sends */ }
  };
  const drop = (item) => {
    try {
      localStorage.removeItem(KEPT + item.id);
    } catch { /* nor has it anything to drop */ }
  };
  const kept = () => {
    try {
      const names = Object.keys(localStorage).filter((name) => name.startsWith(KEPT));
      return names.map((name) => JSON.parse(localStorage.getItem(name))).sort((one, other) => one.at - other.at);
    } catch {
      return [];
    }
  };
  const number = () =>
    crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");

  const drawn = (id) => document.querySelector(`.posts [data-id="${id}"]`);
  const bubble = (id) => document.querySelector(`.pending [data-id="${id}"]`);

  const element = (css, text = "", tag = "div") => {
    const made = document.createElement(tag);
    made.className = css;
    made.textContent = text;
    return made;
  };

  // A key is pressed where it stands: its word is shown only where it has to wait.
  const draw = (item) => {
    const waits = failures > 0 || !navigator.onLine;
    if (drawn(item.id) || (item.post && !waits)) return;
    let post = bubble(item.id);
    if (!post) {
      post = element("post mine");
      post.dataset.id = item.id;
      const words = element("bubble");
      words.append(element("words", item.shown));
      post.append(words, element("fate"));
      document.querySelector(".pending")?.append(post);
    }
    const fate = post.querySelector(".fate");
    fate.replaceChildren();
    if (!waits) return;
    const again = element("again", notice("again"), "button");
    again.type = "button";
    again.onclick = () => send();
    fate.append(element("why", navigator.onLine ? notice("failed") : notice("waiting"), "span"), again);
  };

  const forget = (item) => {
    queue = queue.filter((other) => other.id !== item.id);
    drop(item);
  };

  const show = () => {
    queue.forEach(draw);
    document.querySelector(".chat")?.classList.toggle("answering", busy && failures === 0);
  };

  const deliver = async (item) => {
    const { shown, at, failed, ...body } = item;
    const headers = { "Content-Type": "application/json", ...(chat ? { "X-Sobat-Chat": chat } : {}) };
    const answer = await fetch("/sobat/kirim", {
      method: "POST", headers, body: JSON.stringify(body), signal: AbortSignal.timeout(60000),
    });
    if (answer.status === 500 && (item.failed = (item.failed ?? 0) + 1) < TRIES) keep(item);
    else if (answer.status === 500) return answer; // it fails by itself: what comes after it goes on
    if (answer.status === 429 || answer.status >= 500) throw new Error(answer.status);
    return answer;
  };

  // What the server failed at again and again stays to be seen, and is not sent once more.
  const setAside = (item) => bubble(item.id)?.querySelector(".fate").replaceChildren(element("why", notice("failed"), "span"));

  // Taken: what the page draws takes the place of the bubble. Should its socket be away, the bubble stays.
  const taken = (item, answer) => {
    forget(item);
    if (answer.status === 500) setAside(item);
    else if (item.post || !answer.ok || drawn(item.id)) bubble(item.id)?.remove();
    if (answer.status === 410) sobat.tell(notice("old"));
  };

  const send = async () => {
    clearTimeout(timer);
    if (busy) return;
    busy = true;
    while (queue.length) {
      const [item] = queue;
      show();
      try {
        taken(item, await deliver(item));
        failures = 0;
      } catch {
        failures += 1;
        timer = setTimeout(send, 1000 * PAUSES[Math.min(failures, PAUSES.length) - 1]);
        break;
      }
    }
    busy = false;
    show();
  };

  const phone = () => (document.querySelector(".device.whatsapp") ? "whatsapp" : "telegram");
  const add = (item) => {
    const said = { id: number(), at: Date.now(), phone: phone(), ...item };
    queue.push(said);
    keep(said);
    show();
    send();
  };

  const begin = (address) => {
    chat = address;
    queue = kept();
    addEventListener("online", send);
    addEventListener("offline", show);
    show();
    send();
  };

  const clear = () => {
    [...queue, ...kept()].forEach(drop);
    queue = [];
    document.querySelector(".pending")?.replaceChildren();
  };

  const arrived = (id) => bubble(id)?.remove();

  return { add, begin, clear, arrived };
})();
