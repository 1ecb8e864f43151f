"""Draws one message of a chat as WhatsApp would show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from json import dumps
from typing import Final

from bot.demo.bubbles import Presses, image, stamp
from bot.demo.parts import box, button, icon_button, markup, words
from bot.demo.whatsapp_chat import MORE, WhatsAppChat, files_of
from bot.look.icons import icon
from bot.look.markup import safe_html
from bot.look.whatsapp_bubble import Bubble, Choice
from bot.look.whatsapp_markup import html_of
from bot.store.repositories.chats import ChatMessage
from locales import _
from programme.model.messages import AskContact, Link

_TICKS: Final = (
    '<svg class="ticks" viewBox="0 0 20 12" aria-hidden="true"><path d="M1 6.5 4.8 10.5 11.5 2"/>'
    '<path d="M8 9 9.3 10.5 16 2"/></svg>'
)


@dataclass(frozen=True, slots=True)
class WhatsAppBubbles:
    """Draws the messages of one chat."""

    chat: WhatsAppChat
    presses: Presses

    def draw(self, post: ChatMessage) -> None:
        """Draw what one post would be: one bubble or several."""
        if post.own:
            self._draw_own(post)
            return
        outgoing = self.chat.outgoing(post)
        for link in files_of(post.message) if outgoing.bubbles else ():
            _draw_file(link, post)
        for bubble in outgoing.bubbles:
            self._draw_bubble(post, bubble)
        if not outgoing.bubbles:
            self._draw_unsent(post)

    def _draw_own(self, post: ChatMessage) -> None:
        with box("bubble", "article"):
            if (picture := post.message.picture) is not None:
                button(image(picture), "picture", lambda: self.presses.picture(picture), label=_("Perbesar gambar"))
            markup(f"{safe_html(post.message.text)}{stamp(post, _TICKS)}", "words", "div")

    def _draw_bubble(self, post: ChatMessage, bubble: Bubble) -> None:
        with box("bubble", "article"):
            if (picture := bubble.picture) is not None:
                button(image(picture), "picture", lambda: self.presses.picture(picture), label=_("Perbesar gambar"))
            footer = f'<span class="footer">{html_of(bubble.footer)}</span>' if bubble.footer else ""
            markup(f"{html_of(bubble.words)}{footer}{stamp(post)}", "words", "div")
            self._draw_hanging(post, bubble)
        if bubble.template:
            words(f"template: {bubble.template} · {self.chat.category(post.kind, post.at)}", "label", "p")

    def _draw_hanging(self, post: ChatMessage, bubble: Bubble) -> None:
        if bubble.replies:
            with box("hanging", role="group", aria_label=_("Pilihan")):
                for choice in bubble.replies:
                    html = f"{icon('reply')}<span>{escape(choice.title)}</span>"
                    button(html, "hung", _pressing(post, choice))
        elif bubble.rows:
            with box("hanging"):
                html = f"{icon('list')}<span>{escape(bubble.opens)}</span>"
                opens = button(html, "hung", "(event) => sheets.open(event)")
                opens.props["aria-haspopup"] = "dialog"
                self._draw_sheet(post, bubble)
        elif bubble.link is not None:
            with box("hanging"):
                html = f"{icon('out')}<span>{escape(bubble.link.label)}</span>"
                link = markup(html, "hung", "a")
                link.props.update({"href": bubble.link.url, "target": "_blank", "rel": "noopener noreferrer"})
        elif bubble.asks:
            with box("hanging"):
                html = f"{icon('person')}<span>{escape(_('Bagikan nomor telepon'))}</span>"
                button(html, "hung", lambda: self.presses.contact(AskContact(_("Bagikan nomor telepon"))))

    def _draw_sheet(self, post: ChatMessage, bubble: Bubble) -> None:
        """Draw the list behind a button, in its pages; the browser opens it over the phone."""
        pages = self._pages(post, bubble.rows)
        with box("rows", "dialog", aria_label=bubble.opens):
            with box("bar"):
                icon_button("close", _("Tutup"), "(event) => sheets.close(event)")
                words(bubble.opens, "title", "h2")
            for number, rows in enumerate(pages):
                with box("page" if number == 0 else "page hidden", "ul"):
                    for choice in rows:
                        with box("", "li"):
                            _draw_row(post, choice)

    def _pages(self, post: ChatMessage, rows: Sequence[Choice]) -> list[Sequence[Choice]]:
        pages = [rows]
        while pages[-1][-1].id == f"{MORE}{len(pages)}":
            [later] = self.chat.outgoing(post, len(pages)).bubbles
            pages.append(later.rows or later.replies)
        return pages

    def _draw_unsent(self, post: ChatMessage) -> None:
        told = _("Tidak terkirim di WhatsApp: lewat 24 jam sejak pesan terakhirmu, dan tidak ada template yang pas.")
        with box("bubble unsent", "article"):
            markup(f"{escape(told)}{stamp(post)}", "words", "div")


def _draw_row(post: ChatMessage, choice: Choice) -> None:
    below = f"<small>{escape(choice.description)}</small>" if choice.description else ""
    html = f"<b>{escape(choice.title)}</b>{below}"
    if choice.id.startswith(MORE):
        button(html, "row", "(event) => sheets.turn(event)")
    else:
        button(html, "row", _pressing(post, choice))


def _pressing(post: ChatMessage, choice: Choice) -> str:
    told = (post.id, choice.id, choice.description or choice.title)
    return f"(event) => sheets.choose(event, {', '.join(map(dumps, told))})"


def _draw_file(link: Link, post: ChatMessage) -> None:
    with box("bubble", "article"):
        file = markup(f"{icon('file')}<span>{escape(link.label.removeprefix('📎').strip())}</span>", "file", "a")
        file.props.update({"href": link.url, "target": "_blank", "rel": "noopener noreferrer"})
        markup(stamp(post), "words", "div")
