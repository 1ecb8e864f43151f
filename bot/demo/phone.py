"""The phone: a chat with Sobat as a channel shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from html import escape
from json import dumps

from nicegui import ui
from nicegui.events import UploadEventArguments

from bot.channels.pictures import LARGEST
from bot.demo.bubbles import Presses, draw_post, image
from bot.demo.contact_dialog import ContactDialog
from bot.demo.parts import box, button, icon_button, markup, words
from bot.demo.phone_mode import PhoneMode
from bot.demo.visitor import Visitor
from bot.demo.whatsapp_bubbles import WhatsAppBubbles
from bot.demo.whatsapp_chat import WhatsAppChat
from bot.look.icons import LOGO, icon
from bot.store.repositories.chats import ChatMessage
from locales import _, long_date
from programme.model.messages import AskContact, Picture
from programme.model.phones import OwnNumber
from programme.model.zones import Zone
from programme.redaction.cutter import LONGEST as LONGEST_WORDS

NEWCOMER = 4
"""How many messages somebody sends before the suggestions make room."""

_PICK = "() => document.querySelector('.picker input[type=file]').click()"


@dataclass(slots=True, repr=False, eq=False)
class Phone:
    """One open chat: draws what was said, and what is said from now on."""

    visitor: Visitor
    mode: PhoneMode = PhoneMode.TELEGRAM
    whatsapp: WhatsAppChat = field(init=False)
    _posts: ui.element = field(init=False)
    _chips: ui.element = field(init=False)
    _viewer: ui.dialog = field(init=False)
    _viewed: ui.html = field(init=False)
    _contact: ContactDialog = field(init=False)
    _picker: ui.upload = field(init=False)
    _drawn: dict[str, ui.element] = field(default_factory=dict)
    _day: date | None = None
    _sent: int = 0

    def __post_init__(self) -> None:
        self.whatsapp = WhatsAppChat(self.visitor.app.programme)

    async def draw(self) -> None:
        """Put the chat on the page; it hears of new messages as long as the page is open."""
        channel, address = self.visitor.channel, self.visitor.address
        with box("chat"):
            self._draw_talk()
            self._draw_chips()
            self._draw_composer()
        self._draw_viewer()
        self._contact = ContactDialog(self._share)
        self._contact.draw()
        for post in await channel.opened(address):
            self._show(post)
        ui.context.client.on_delete(channel.listen(address, self._show, self._clear))

    async def turn(self, mode: PhoneMode) -> None:
        """Look like another app: all that was said is drawn anew."""
        self.mode = mode
        for post in await self.visitor.channel.opened(self.visitor.address):
            if (holder := self._drawn.get(post.id)) is not None:
                holder.clear()
                self._draw(post, holder)

    def _draw_talk(self) -> None:
        with box("talk", role="log", aria_live="polite", aria_label=_("Percakapan"), tabindex="0"):
            with box("hello"):
                markup(LOGO, "logo", "div")
                words(_("Halo, aku Sobat"), "title", "h1")
                words(_("Tanya apa saja soal Kartu Prakerja. Aku juga ingatkan sebelum batas belimu lewat."), tag="p")
                button(escape(_("Mulai")), "primary", _says("/start", _("Mulai")))
            self._posts = box("posts")
            box("pending", aria_live="polite")
            with box("typing", role="status"):
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
                button(escape(text), "chip", _says(text))

    def _draw_composer(self) -> None:
        words("", "net", "p").props.update({"role": "status", **_notices()})
        with box("composer", "form").on("submit", js_handler="(event) => sobat.submit(event)"):
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
        self._picker.on("failed", js_handler="() => sobat.pictureFailed()")

    async def _send_picture(self, upload: UploadEventArguments) -> None:
        self._picker.reset()
        data = await upload.file.read()
        await self.visitor.show(upload.file.name, data)

    def _draw_viewer(self) -> None:
        with ui.dialog().classes("viewer") as self._viewer, box("sheet wide"):
            self._viewed = markup("", "picture", "div")
            icon_button("close", _("Tutup"), self._viewer.close)

    def _show(self, post: ChatMessage) -> None:
        if post.id in self._drawn:
            holder = self._drawn[post.id]
            holder.clear()
        else:
            with self._posts:
                self._draw_day(post)
                special = f" {post.kind.value}" if post.kind else ""
                holder = self._drawn[post.id] = box(
                    f"post {'mine' if post.own else 'theirs'}{special}", data_id=post.id
                )
            self._count(post)
            self.whatsapp.hear(post)
        self._draw(post, holder)

    def _draw(self, post: ChatMessage, holder: ui.element) -> None:
        presses = Presses(self._ask_contact, self._view)
        with holder:
            if self.mode is PhoneMode.WHATSAPP:
                WhatsAppBubbles(self.whatsapp, presses).draw(post)
            else:
                draw_post(post, presses)

    def _clear(self) -> None:
        """Take away what was said, from the page and from what the server keeps of it."""
        self._posts.clear()
        self._drawn.clear()
        self._day = None
        self.whatsapp.clear()

    def _draw_day(self, post: ChatMessage) -> None:
        day = post.at.astimezone(Zone.WIB.tz).date()
        if day != self._day:
            self._day = day
            words(long_date(day), "day", "div").props["role"] = "separator"

    def _count(self, post: ChatMessage) -> None:
        self._sent += post.own
        self._chips.classes(add="hidden" if self._sent >= NEWCOMER else "")

    async def _share(self, number: OwnNumber) -> None:
        await self.visitor.share(number, shown=_("Ini nomorku: {phone}").format(phone=_masked(number.phone)))

    def _ask_contact(self, key: AskContact) -> None:
        self._contact.ask(key.label, self.mode.app_name)

    def _view(self, picture: Picture) -> None:
        self._viewed.set_content(image(picture))
        self._viewer.open()


def _says(text: str, shown: str = "") -> str:
    return f"() => sobat.say({dumps(text)}, {dumps(shown)})"


def _notices() -> dict[str, str]:
    """What only the browser can know, in words for it to show."""
    return {
        "data-away": _("Sambungan terputus. Tulis saja, nanti terkirim sendiri."),
        "data-waiting": _("menunggu sambungan"),
        "data-failed": _("belum terkirim"),
        "data-again": _("Kirim lagi"),
        "data-old": _("Tombol itu sudah lama. Pakai tombol di pesan terbaru ya."),
        "data-picture": _("🖼 Gambarnya belum terkirim. Cek sambunganmu, lalu pilih lagi."),
    }


def _masked(phone: str) -> str:
    return f"{phone[:6]}••••{phone[-3:]}"
