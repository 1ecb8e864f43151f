"""Asks for a made-up number in the demonstration, where a channel would share the person's own with one touch."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from html import escape
from typing import Final

from nicegui import ui

from bot.demo.parts import SUBMIT, box, button, markup, words
from bot.demo.people import made_up
from locales import _
from programme.model.phones import OwnNumber, normal_phone

_MADE_UP: Final = "0812 0000 0021 / 0812 0000 0018"


@dataclass(slots=True, repr=False, eq=False)
class ContactDialog:
    """A small form; `share` gets a number of the made-up people, and no other."""

    share: Callable[[OwnNumber], Awaitable[None]]
    _dialog: ui.dialog = field(init=False)
    _title: ui.html = field(init=False)
    _why: ui.html = field(init=False)
    _trouble: ui.html = field(init=False)

    def draw(self) -> None:
        """Put the dialog on the page, closed."""
        with ui.dialog().classes("contact") as self._dialog, box("sheet"):
            self._title = words("", "title", "h2")
            self._why = words("", tag="p")
            with box("stack", "form").on("submit", lambda event: self._take(str(event.args)), js_handler=SUBMIT):
                box(
                    "input", "input", type="tel", name="phone", inputmode="tel", autocomplete="off",
                    placeholder="0812 0000 0021", aria_label=_("Nomor ponsel"),
                )  # fmt: skip
                self._trouble = words("", "trouble", "p")
                self._trouble.props["role"] = "alert"
                with box("choices"):
                    button(escape(_("Batal")), "secondary", self._dialog.close)
                    markup(escape(_("Bagikan")), "primary", "button").props["type"] = "submit"

    def ask(self, title: str, app_name: str) -> None:
        """Open the form; `title` is the label of the key that was touched, `app_name` of what the phone shows."""
        self._title.set_content(escape(title))
        why = _("Di {app} nomormu terkirim sekali sentuh. Di sini, ketik {numbers}.")
        self._why.set_content(escape(why.format(app=app_name, numbers=_MADE_UP)))
        self._trouble.set_content("")
        self._dialog.open()

    async def _take(self, written: str) -> None:
        phone = normal_phone(written)
        if phone is None:
            self._trouble.set_content(escape(_("Itu belum seperti nomor ponsel, misalnya 0812 3456 7890.")))
            return
        number = made_up(phone)
        if number is None:
            self._trouble.set_content(
                escape(_("Demo ini hanya kenal nomor contoh {numbers}.").format(numbers=_MADE_UP))
            )
            return
        self._dialog.close()
        await self.share(number)
