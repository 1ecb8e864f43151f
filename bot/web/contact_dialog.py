"""Asks for a phone number, where a messenger would share the person's own with one touch."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from html import escape

from nicegui import ui

from bot.web.parts import SUBMIT, box, button, markup, words
from locales import _
from programme.phones import normal_phone


@dataclass(slots=True, repr=False, eq=False)
class ContactDialog:
    """A small form; `share` gets the number in its normal form."""

    share: Callable[[str], Awaitable[None]]
    _dialog: ui.dialog = field(init=False)
    _title: ui.html = field(init=False)
    _trouble: ui.html = field(init=False)

    def draw(self) -> None:
        """Put the dialog on the page, closed."""
        with ui.dialog().classes("contact") as self._dialog, box("sheet"):
            self._title = words("", "title", "h2")
            words(_("Di Telegram nomormu terkirim sekali sentuh. Di sini, ketik saja."), tag="p")
            with box("stack", "form").on("submit", lambda event: self._take(str(event.args)), js_handler=SUBMIT):
                box(
                    "input", "input", type="tel", name="phone", inputmode="tel", autocomplete="off",
                    placeholder="0812 3456 7890", aria_label=_("Nomor ponsel"),
                )  # fmt: skip
                self._trouble = words("", "trouble", "p")
                self._trouble.props["role"] = "alert"
                with box("choices"):
                    button(escape(_("Batal")), "secondary", self._dialog.close)
                    markup(escape(_("Bagikan")), "primary", "button").props["type"] = "submit"

    def ask(self, title: str) -> None:
        """Open the form; `title` is the label of the key that was touched."""
        self._title.set_content(escape(title))
        self._trouble.set_content("")
        self._dialog.open()

    async def _take(self, written: str) -> None:
        phone = normal_phone(written)
        if phone is None:
            self._trouble.set_content(escape(_("Itu belum seperti nomor ponsel, misalnya 0812 3456 7890.")))
            return
        self._dialog.close()
        await self.share(phone)
