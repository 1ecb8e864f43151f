// The list behind a WhatsApp button: opened over the phone that it belongs to, with the keyboard too.
const sheets = (() => {
  const of = (event) => event.target.closest("dialog");

  // A modal dialog stands on the whole page: it is put where the phone's screen is.
  const fit = (dialog) => {
    const { left, width, bottom, height } = document.querySelector(".screen").getBoundingClientRect();
    dialog.style.left = `${left}px`;
    dialog.style.width = `${width}px`;
    dialog.style.bottom = `${innerHeight - bottom}px`;
    dialog.style.maxHeight = `${height * 0.78}px`;
  };

  const show = (dialog, number) => {
    [...dialog.querySelectorAll(".page")].forEach((page, at) => page.classList.toggle("hidden", at !== number));
    dialog.scrollTop = 0;
    dialog.querySelector(".page:not(.hidden) button")?.focus();
  };

  const open = (event) => {
    const dialog = event.target.closest(".hanging").querySelector("dialog");
    fit(dialog);
    dialog.onclick = (click) => click.target === dialog && dialog.close(); // beside the list
    dialog.showModal();
    show(dialog, 0);
  };

  const turn = (event) => {
    const dialog = of(event);
    const pages = [...dialog.querySelectorAll(".page")];
    show(dialog, pages.indexOf(event.target.closest(".page")) + 1);
  };

  const close = (event) => of(event)?.close();
  const choose = (event, post, chosen, label) => {
    close(event);
    sobat.choose(post, chosen, label);
  };

  addEventListener("resize", () => {
    const dialog = document.querySelector("dialog.rows[open]");
    if (dialog) fit(dialog);
  });

  return { open, turn, close, choose };
})();
