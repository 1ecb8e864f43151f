"""A message in WhatsApp's form: as few messages as it can be, since each costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape

from bot.channels.buttons import ButtonSigner
from bot.channels.plain import plain
from bot.channels.splitting import units
from bot.channels.whatsapp import limits
from bot.channels.whatsapp.choices import Choice, choices_of, chunks_of, page_of
from bot.channels.whatsapp.hanging import Hanging, asking, choosing, leading
from bot.channels.whatsapp.link_lines import is_button, with_lines
from bot.channels.whatsapp.markup import parts, written
from bot.channels.whatsapp.posts import Post, text_post
from bot.channels.whatsapp.showing import Showing, shown_in
from locales import _
from programme.model.messages import AskContact, Button, Key, Link, Message

__all__ = ["Post", "render"]


def render(
    message: Message, signer: ButtonSigner, *, page: int = 0, more: Callable[[int], str] | None = None
) -> list[Post]:
    """Return the posts that make up `message`, in order; at least one. Raises ButtonTooLong.

    Up to three buttons hang on the message; more are a list, and so are fewer whose labels or text have room only
    there. Of more than ten, `page` is shown, and a row whose id is `more(page + 1)` leads on; without `more` they are
    several lists. A later page comes without words and pictures. Keys hang on the last part of a long text.

    WhatsApp takes one sort of keys a message. So links beside others become lines of the text; a lone one is a
    button. The question for one's number is a message of its own, with a button that the app words itself: it hangs
    on the text where there are no buttons, else follows with its label for words.

    A file stands above the words where that makes one message, else before them; so does a picture, but above a list
    there is no room: there it is left out, for the words say the same, and a second message costs as much as the
    first. `Pilih` and `Lainnya` are in the language that is spoken now.
    """
    keys = [key for row in message.keys for key in row]
    choices = choices_of((key for key in keys if isinstance(key, Button)), signer)
    if len(choices) > limits.BUTTONS:
        message = replace(message, picture=None)
    if choices and more and page > 0:
        return [_later(page_of(choices, page, more))]
    first, *later = [page_of(choices, 0, more)] if choices and more else chunks_of(choices) or [()]
    shows = shown_in(message)
    posts = [each.described() for each in shows[:-1]]
    posts += _with_words(message.text, shows[-1] if shows else None, keys, first)
    return [*posts, *(_later(chunk) for chunk in later)]


def _with_words(text: str, shown: Showing | None, keys: Sequence[Key], choices: Sequence[Choice]) -> list[Post]:
    links = [key for key in keys if isinstance(key, Link)]
    ask = next((key for key in keys if isinstance(key, AskContact)), None)
    lone = None if choices or ask else _lone(text, links)
    *texts, last = _parts(with_lines(text, [link for link in links if link is not lone]), choices, lone or ask)
    width = units(last)
    if choices:
        above = bool(shown and shown.takes_words and not texts)
        posts = _above(shown, texts, last, choosing(choices, width, is_below=above))
    elif ask and width <= limits.BODY:
        return _above(shown, texts, last, asking())
    else:
        posts = _above(shown, texts, last, leading(lone) if lone else None)
    return [*posts, asking().post(_words(ask.label))] if ask else posts


def _above(shown: Showing | None, texts: Sequence[str], last: str, hanging: Hanging | None) -> list[Post]:
    """What is shown, in the same message as the words where that is possible; else before them."""
    if shown and not texts and shown.takes_words and units(last) <= limits.CAPTION:
        if hanging is None:
            return [shown.post(last) if last.strip() else shown.described()]
        if hanging.takes_header:
            return [hanging.post(last, shown)]
    before = [shown.described()] if shown else []
    if shown and hanging is None and not last.strip():
        return before
    return [*before, *map(text_post, texts), hanging.post(last) if hanging else text_post(last)]


def _lone(text: str, links: Sequence[Link]) -> Link | None:
    """The one page on the web that a message leads to, where it can be a button below all of the text."""
    web = [link for link in links if is_button(link)]
    if len(web) != 1:
        return None
    rest = with_lines(text, [link for link in links if link is not web[0]])
    return web[0] if units(written(rest)) <= limits.BODY else None


def _parts(html: str, choices: Sequence[Choice], key: Link | AskContact | None) -> list[str]:
    """The words of a message; whatever hangs on it needs some."""
    if plain(html).strip():
        return parts(html, limits.TEXT)
    if choices:
        return [_("Pilih salah satu:")]
    return [_words(key.label) if key else ""]


def _words(label: str) -> str:
    return parts(escape(label, quote=False), limits.BODY)[0].strip() or "…"


def _later(choices: Sequence[Choice]) -> Post:
    words = _("Pilihan lainnya:")
    return choosing(choices, units(words)).post(words)
