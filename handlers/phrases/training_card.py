"""One training as people compare it: what it is, all platforms that sell it side by side, and where to buy."""

from __future__ import annotations

import re

from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from locales import Html, Rupiah, _, fill
from programme.facts import Certainty
from programme.model.messages import Link
from programme.trainings import Offer, Training


def card(training: Training, turn: Turn, *, at: str | None = None) -> Reply:
    """Show the training; practice data says that it is, first of all. `at` is the one platform that was asked for."""
    reply = say("{head}", head=_head(training)).also("{sellers}", sellers=_sellers(training, turn, at))
    if training.sample:
        reply = reply.also(_("⚠️ <b>Contoh data</b>: bukan penawaran resmi, judul dan harganya bisa berbeda."))
    elif training.certainty is Certainty.UNSURE:
        reply = reply.also(_("<i>Judul atau penjualnya belum pasti: cocokkan dulu di platform.</i>"))
    return reply


def with_dated_source(reply: Reply, training: Training) -> Reply:
    """Add as of when a real training was seen, and by whom; a sample has said what it is."""
    if training.sample:
        return reply
    return reply.also(
        _("<i>Tercatat {seen}, sumber: {source}. Harga bisa berubah.</i>"),
        seen="/".join(reversed(training.seen.split("-"))),
        source=_short_source(training.source),
    )


def with_buy_links(reply: Reply, training: Training, turn: Turn, *, at: str | None = None) -> Reply:
    """Add a button to each platform whose address is known; the others are reached from the dashboard."""
    links, elsewhere = [], not training.offers
    for offer in _asked_for(training, at):
        platform = turn.programme.platforms.get(offer.platform)
        if platform is not None and platform.url is not None:
            links.append(Link(fill(_("🛒 Beli di {platform}"), platform=platform.name), platform.url))
        else:
            elsewhere = True
    if elsewhere:
        links.append(Link(_("🛒 Beli lewat dashboard"), turn.programme.contacts["dashboard"].url))
    for start in range(0, len(links), 2):
        reply = reply.row(*links[start : start + 2])
    return reply


def _head(training: Training) -> Html:
    lines = [fill(_("🎓 <b>{title}</b>"), title=training.title)]
    if training.institution:
        lines.append(fill(_("🏫 {institution}"), institution=training.institution))
    else:
        lines.append(_("🏫 Lembaga: belum diketahui"))
    if training.profession:
        lines.append(fill(_("👤 Untuk: {profession}"), profession=training.profession))
    return Html("\n".join(lines))


def _asked_for(training: Training, at: str | None) -> tuple[Offer, ...]:
    """Return the offer of the platform that was asked for; all of them side by side where it sells none."""
    return tuple(offer for offer in training.offers if offer.platform == at) or training.offers


def _sellers(training: Training, turn: Turn, at: str | None) -> Html:
    if not training.offers:
        return Html(
            _("Penjualnya tidak disebut di sumberku: cari judul ini di Rekomendasi Pelatihan, di dashboard Prakerja.")
        )
    shown = _asked_for(training, at)
    others = len(training.offers) - len(shown)
    more = [fill(_("• dan {others} platform lain"), others=others)] if others else []
    return Html("\n".join([_("Dijual di:"), *(_line(offer, turn) for offer in shown), *more]))


def _line(offer: Offer, turn: Turn) -> str:
    known = turn.programme.platforms.get(offer.platform)
    name = known.name if known else offer.platform
    if offer.price is None:
        return fill(_("• {platform} · harga: lihat di platform"), platform=name)
    return fill(_("• {platform} · <b>{price}</b>"), platform=name, price=Rupiah(offer.price))


def _short_source(source: str) -> str:
    """Name a web page by its site, anything else without its article numbers."""
    site = re.match(r"https?://(?:www\.)?([^/]+)", source)
    return site[1] if site else re.split(r"[,;(]| \d", source)[0].strip()
