"""Links as lines of the text, where WhatsApp makes them tappable: numbers, mail addresses, pages on the web."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import parse_qs, unquote, urlsplit

from bot.channels.whatsapp import limits
from programme.model.messages import Link

_WEB = frozenset({"http", "https"})
_SHARING = frozenset({"wa.me", "t.me"})


def is_button(link: Link) -> bool:
    """Tell whether a link can be a button: only a page on the web can."""
    parts = urlsplit(link.url)
    return parts.scheme in _WEB and bool(parts.hostname) and len(link.url) <= limits.URL


def with_lines(text: str, links: Iterable[Link]) -> str:
    """Return the HTML `text` with a line for each link below it, but for those that pass the text itself on.

    Whoever wants to pass a message on holds it down; the address of such a link is longer than the message. Where
    there are no words, the link is all there is, and stays.
    """
    lines = "\n".join(_line(link) for link in links if not (text and _passes_on(link.url)))
    return "\n\n".join(part for part in (text, lines) if part)


def _line(link: Link) -> str:
    target = _target(link.url)
    line = link.label if target in link.label else f"{link.label}: {target}"
    return escape(line, quote=False)


def _passes_on(url: str) -> bool:
    parts = urlsplit(url)
    return parts.hostname in _SHARING and "text" in parse_qs(parts.query)


def _target(url: str) -> str:
    """A number or mail address as people write it; anything else as it is."""
    parts = urlsplit(url)
    return (unquote(parts.path) or url) if parts.scheme in {"tel", "mailto"} else url
