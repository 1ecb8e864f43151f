// A list is sent in pieces: each is small, and what a lost connection left undone is sent again from where it stopped.
const impor = (() => {
  const wait = (seconds) => new Promise((done) => setTimeout(done, 1000 * seconds));
  const asked = async (address, how) => {
    const answer = await fetch(address, { credentials: "same-origin", ...how });
    const told = await answer.json().catch(() => ({}));
    return { status: answer.status, ...told };
  };
  const show = (zone, share) => {
    zone.querySelector("progress").value = share;
    zone.querySelector(".sent-share").textContent = `${zone.dataset.sending} ${Math.floor(share)}%`;
  };

  const piece = async (address, part) => {
    for (let tries = 0; ; tries += 1) {
      try {
        const answer = await asked(address, { method: "PUT", body: part });
        if (answer.status < 500 || answer.status === 507) return answer; // 507: the disk is full, and is so in a second too
      } catch { /* the connection is gone: once more */ }
      if (tries >= 4) return {};
      await wait(2 ** tries);
    }
  };

  const send = async (zone, file) => {
    const list = zone.closest(".drop-holder").querySelector("select").value;
    const query = new URLSearchParams({ daftar: list, nama: file.name, ukuran: file.size });
    const begun = await asked(`/konsol/impor/berkas?${query}`, { method: "POST" });
    if (!begun.number) throw new Error(begun.why);
    let at = 0;
    while (at < file.size) {
      const answer = await piece(`/konsol/impor/berkas/${begun.number}?dari=${at}`, file.slice(at, at + begun.piece));
      if (answer.size === undefined) throw new Error(answer.why);
      at = answer.size;
      show(zone, (100 * at) / file.size);
    }
    location.href = `/konsol/impor?nomor=${begun.number}`;
  };

  const take = async (zone, file) => {
    if (!file || zone.classList.contains("busy")) return;
    zone.classList.add("busy");
    show(zone, 0);
    try {
      await send(zone, file);
    } catch (error) {
      zone.classList.remove("busy");
      zone.querySelector("input").value = "";
      konsol.tell(error.message || zone.dataset.failed, true);
    }
  };

  const over = (event) => event.target.closest?.(".drop");
  document.addEventListener("change", (event) => {
    if (event.target.matches?.(".drop input")) take(over(event), event.target.files[0]);
    if (event.target.matches?.(".drop-holder select")) {
      event.target.closest(".drop-holder").querySelector("a").href = `/konsol/impor/contoh/${event.target.value}.csv`;
    }
  });
  for (const kind of ["dragenter", "dragover"]) {
    document.addEventListener(kind, (event) => {
      const zone = over(event);
      if (!zone) return;
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  document.addEventListener("dragleave", (event) => over(event)?.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    const zone = over(event);
    if (!zone) return;
    event.preventDefault();
    zone.classList.remove("over");
    take(zone, event.dataTransfer.files[0]);
  });
  return { take };
})();
