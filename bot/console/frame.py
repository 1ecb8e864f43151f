"""The frame of every page: where one is, who one is, the ways to the other pages, light or dark, the way out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.console.access import NEEDS, Right
from bot.console.parts import box, drawing_of, drawn, words
from bot.console.sign_in import FRONT
from bot.console.still import still
from bot.console.words import role_name
from bot.look.icons import LOGO
from bot.store.repositories.console_doors import ConsoleSession
from locales import _, _n, current_language, languages

_ALL = 2
"""As many as there are on a page: English has a form of its own for that."""


@dataclass(frozen=True, slots=True)
class Way:
    """A page as the menu shows it."""

    path: str
    name: str
    sign: str
    right: Right


def ways() -> tuple[Way, ...]:
    """Return all pages, in the order of the menu."""
    return (
        Way(FRONT, _("Ringkasan"), "wave", Right.SEE_WAVE),
        Way("/konsol/aduan", _("Aduan"), "ticket", Right.SEE_TICKETS),
        Way("/konsol/siaran", _("Siaran"), "megaphone", Right.SEE_BROADCASTS),
        Way("/konsol/peserta", _n("Peserta", "Peserta", _ALL), "person", Right.SEE_PEOPLE),
        Way("/konsol/program", _("Program"), "book", Right.SEE_PROGRAMME),
        Way("/konsol/impor", _("Impor"), "list", Right.IMPORT),
        Way("/konsol/macet", _("Yang macet"), "stuck", Right.SEE_STUCK),
        Way("/konsol/pemahaman", _("Pemahaman"), "chat", Right.SEE_MISSES),
        Way("/konsol/staf", _("Staf"), "take", Right.SEE_STAFF),
        Way("/konsol/jejak", _("Jejak"), "trail", Right.SEE_TRAIL),
    )


@contextmanager
def frame(session: ConsoleSession, here: str) -> Iterator[None]:
    """Lay a page out; what is drawn within stands in its middle."""
    with box("console"):
        skip = words(_("Langsung ke isi"), "skip", "a")
        skip.props["href"] = "#isi"
        _draw_menu(session, here)
        with box("middle", id="isi", tabindex="-1"):
            yield
        box("toast", role="status", aria_live="polite")


def _draw_menu(session: ConsoleSession, here: str) -> None:
    with box("side"):
        with still():
            with box("brand", "a", href="/konsol", aria_label=_("Konsol Sobat")):
                drawing_of(LOGO, "logo")
                words(_("Konsol"), "name")
            with box("menu", "nav", aria_label=_("Halaman")):
                for way in ways():
                    if session.member.role.covers(NEEDS[way.right]):
                        _draw_way(way, here)
        with box("me"):
            with still():
                with box("who"):
                    words(session.member.name, "name", "div")
                    words(role_name(session.member.role), "quiet", "div")
                _draw_language()
            theme = box(
                "round", "button", type="button", aria_label=_("Terang atau gelap"), title=_("Terang atau gelap")
            )
            theme.on("click", js_handler="() => look.turnTheme()")
            with theme:
                drawn("theme")
            with (
                still(),
                box("", "form", method="post", action="/konsol/keluar"),
                box("round", "button", type="submit", aria_label=_("Keluar"), title=_("Keluar")),
            ):
                drawn("leave")


def _draw_way(way: Way, here: str) -> None:
    link = box("way", "a", href=way.path)
    if way.path == here or (way.path != FRONT and here.startswith(f"{way.path}/")):
        link.props["aria-current"] = "page"
    with link:
        drawn(way.sign)
        words(way.name)


def _draw_language() -> None:
    other = next(one for code, one in languages().items() if code != current_language().code)
    link = words(other.code.upper(), "round", "a")
    link.props.update({"href": f"/konsol/bahasa/{other.code}", "aria-label": other.name, "title": other.name})


def title(name: str, told: str) -> None:
    """Draw a page's heading and what it is for."""
    with box("title"):
        words(name, "name", "h1")
        if told:
            words(told, "quiet", "p")
