"""The phone: a chat with Sobat as a messenger shows it."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from html import escape

from nicegui import ui
from nicegui.events import UploadEventArguments

from bot.channels.pictures import LARGEST
from bot.store.chats import Post
from bot.web.bubbles import Presses, draw_post, image
from bot.web.contact_dialog import ContactDialog
from bot.web.icons import LOGO, icon
from bot.web.parts import box, button, icon_button, markup, words
from bot.web.visitor import Visitor
from locales import _, long_date
from programme.messages import AskContact, Button, Picture
from programme.phones import OwnNumber
from programme.privacy import LONGEST as LONGEST_WORDS
from programme.zones import Zone

NEWCOMER = 4
"""How many messages somebody sends before the suggestions make room."""

_SUBMIT = """(event) => {
  event.preventDefault();
  const box = event.target.elements.words;
  if (box.value.trim()) emit(box.value);
  box.value = "";
}"""

_PICK = "() => document.querySelector('.picker input[type=file]').click()"


@dataclass(slots=True, repr=False, eq=False)
class Phone:
    """One open chat: draws what was said, and what is said from now on."""

    visitor: Visitor
    _posts: ui.element = field(init=False)
    _typing: ui.element = field(init=False)
    _chips: ui.element = field(init=False)
    _viewer: ui.dialog = field(init=False)
    _viewed: ui.html = field(init=False)
    _contact: ContactDialog = field(init=False)
    _picker: ui.upload = field(init=False)
    _drawn: dict[str, ui.element] = field(default_factory=dict)
    _day: date | None = None
    _sent: int = 0
    _waiting: int = 0

    def draw(self) -> None:
        """Put the chat on the page; it hears of new messages as long as the page is open."""
        channel, address = self.visitor.channel, self.visitor.address
        with box("chat"):
            self._draw_talk()
            self._draw_chips()
            self._draw_composer()
        self._draw_viewer()
        self._contact = ContactDialog(self._share)
        self._contact.draw()
        for post in channel.history(address):
            self._show(post)
        ui.context.client.on_delete(channel.listen(address, self._show, self._clear))

    def _draw_talk(self) -> None:
        with box("talk", role="log", aria_live="polite", aria_label=_("Percakapan"), tabindex="0"):
            with box("hello"):
                markup(LOGO, "logo", "div")
                words(_("Halo, aku Sobat"), "title", "h1")
                words(_("Tanya apa saja soal Kartu Prakerja. Aku juga ingatkan sebelum batas belimu lewat."), tag="p")
                button(escape(_("Mulai")), "primary", lambda: self._say("/start", _("Mulai")))
            self._posts = box("posts")
            with box("typing hidden", role="status") as self._typing:
                markup("<i></i><i></i><i></i>", "dots", "div").props["aria-label"] = _("Sobat sedang mengetik")
        icon_button("down", _("Ke pesan terbaru"), "() => sobat.toEnd()", "to-end")

    def _draw_chips(self) -> None:
        with box("chips", role="group", aria_label=_("Usulan pertanyaan")) as self._chips:
            for text in (
                _("Batas belinya kapan?"),
                _("Sudah beli?"),
                _("Insentif belum cair"),
                _("Menu"),
            ):
                button(escape(text), "chip", partial(self._say, text))

    def _draw_composer(self) -> None:
        with box("composer", "form").on("submit", lambda event: self._say(str(event.args)), js_handler=_SUBMIT):
            if self.visitor.shows_pictures:
                self._draw_picker()
            with box("field"):
                box(
                    "", "textarea", name="words", rows="1", maxlength=str(LONGEST_WORDS), autocomplete="off",
                    placeholder=_("Tulis pesan"), aria_label=_("Tulis pesan"), enterkeyhint="send",
                )  # fmt: skip
            send = markup(icon("send"), "send", "button")
            send.props.update({"type": "submit", "aria-label": _("Kirim"), "title": _("Kirim")})

    def _draw_picker(self) -> None:
        icon_button("picture", _("Kirim gambar"), _PICK, "attach")
        refuse = self.visitor.refuse_picture
        self._picker = ui.upload(
            on_upload=self._send_picture, on_rejected=refuse, max_file_size=LARGEST, auto_upload=True
        ).classes("picker")
        self._picker.props["accept"] = "image/*"

    async def _send_picture(self, upload: UploadEventArguments) -> None:
        self._picker.reset()
        data = await upload.file.read()
        await self._while_typing(self.visitor.show(upload.file.name, data))

    def _draw_viewer(self) -> None:
        with ui.dialog().classes("viewer") as self._viewer, box("sheet wide"):
            self._viewed = markup("", "picture", "div")
            icon_button("close", _("Tutup"), self._viewer.close)

    def _show(self, post: Post) -> None:
        if post.id in self._drawn:
            holder = self._drawn[post.id]
            holder.clear()
        else:
            with self._posts:
                self._draw_day(post)
                special = f" {post.kind.value}" if post.kind else ""
                holder = self._drawn[post.id] = box(f"post {'mine' if post.own else 'theirs'}{special}")
            self._count(post)
        with holder:
            draw_post(post, Presses(self._press, self._ask_contact, self._view))

    def _clear(self) -> None:
        """Take away what was said, from the page and from what the server keeps of it."""
        self._posts.clear()
        self._drawn.clear()
        self._day = None

    def _draw_day(self, post: Post) -> None:
        day = post.at.astimezone(Zone.WIB.tz).date()
        if day != self._day:
            self._day = day
            words(long_date(day), "day", "div").props["role"] = "separator"

    def _count(self, post: Post) -> None:
        self._sent += post.own
        self._chips.classes(add="hidden" if self._sent >= NEWCOMER else "")

    async def _say(self, text: str, shown: str | None = None) -> None:
        await self._while_typing(self.visitor.say(text, shown=shown))

    async def _press(self, key: Button, post: str) -> None:
        await self._while_typing(self.visitor.press(key, post))

    async def _share(self, number: OwnNumber) -> None:
        await self._while_typing(
            self.visitor.share(number, shown=_("Ini nomorku: {phone}").format(phone=_masked(number.phone)))
        )

    async def _while_typing(self, answering: Awaitable[None]) -> None:
        self._waiting += 1
        self._typing.classes(remove="hidden")
        try:
            await answering
        finally:
            self._waiting -= 1
            if self._waiting == 0:
                self._typing.classes(add="hidden")

    def _ask_contact(self, key: AskContact) -> None:
        self._contact.ask(key.label)

    def _view(self, picture: Picture) -> None:
        self._viewed.set_content(image(picture))
        self._viewer.open()


def _masked(phone: str) -> str:
    return f"{phone[:6]}••••{phone[-3:]}"
