"""*Nomor Kartu Prakerja itu yang mana?*, *bisa diganti?*: the number that a training is paid with."""

from __future__ import annotations

from datetime import date
from typing import Final

from handlers.dialogue.in_talk import named_in_talk
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation, family_of
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import SAID, Turn
from handlers.phrases.ask_prakerja import with_prakerja
from handlers.phrases.cutoff_words import on_both_clocks
from handlers.phrases.next_step import with_next_step
from handlers.phrases.strange_hosts import strange_hosts
from handlers.understanding.corrections import denies_purchase
from handlers.understanding.fraud_told import given_away
from handlers.understanding.own_checkout import asks_if_safe_to_pay, was_paid
from handlers.understanding.phrases import says
from handlers.understanding.statements import names_somebody
from locales import _
from programme.model.messages import Open
from programme.model.milestones import Milestone

NAME: Final = "card_number"
_NEAR: Final = frozenset((NAME, "fraud", "purchase_problem", "how_to_buy"))


def asks_for_it(spoken: Spoken) -> Recognised | None:
    """Hear whoever doesn't know which number it is, where to find it, or whether to type it."""
    if (doubted := asks_if_it_is_safe(spoken)) is not None:
        return doubted
    if says("change the card number", spoken.text):
        return Recognised(Open(NAME, {"ask": "change"}), "account_access", spoken.understood.confidence)
    asked = says("where the card number is", spoken.text) and (_is_paying(spoken) or not says("a lure", spoken.text))
    return Recognised(Open(NAME), "how_to_buy", spoken.understood.confidence) if asked else None


def asks_if_it_is_safe(spoken: Spoken) -> Recognised | None:
    """Hear *Tokopedia minta nomor kartu 16 angka, aman?*: that is how a training is paid for, and no fraud."""
    where = spoken.understood.entity("platform")
    if where is None and _is_spoken_of(spoken):
        where = named_in_talk(spoken.matter).get("platform")
    at = "" if where is None else f" {where}"
    if (
        given_away(spoken.text)
        or strange_hosts(spoken.text)
        or not asks_if_safe_to_pay(spoken.text + at, today=spoken.today)
    ):
        return None
    told = {"ask": "safe", SAID: spoken.text, **({"platform": where} if where is not None else {})}
    return Recognised(Open(NAME, told), "how_to_buy", spoken.understood.confidence)


def is_of_a_checkout(text: str, today: date) -> bool:
    """Tell whether a text asks of an official shop's own checkout, and nothing in it smells of a fraud."""
    return asks_if_safe_to_pay(text, today=today) and not (given_away(text) or strange_hosts(text))


def tells_it_was_paid(spoken: Spoken) -> Open | None:
    """Hear *sudah kumasukin, dah bayar, udah muncul di dashboard* where the number was spoken of: it is bought."""
    if not _is_spoken_of(spoken) or spoken.incoming.forwarded or spoken.participant.has(Milestone.BOUGHT):
        return None
    text = spoken.text
    other = says("a question", text) or says("supposing", text) or names_somebody(text)
    if other or not was_paid(text) or denies_purchase(text, today=spoken.today):
        return None
    where = spoken.understood.entity("platform") or named_in_talk(spoken.matter).get("platform")
    return Open("report_bought", {"platform": where} if where is not None else {})


def _expected(spoken: Spoken) -> Open | None:
    """Hear both ahead of what goes on from a warning."""
    if (paid := tells_it_was_paid(spoken)) is not None:
        return paid
    doubted = asks_if_it_is_safe(spoken) if spoken.matter is not None else None
    return None if doubted is None else doubted.open


def _is_spoken_of(spoken: Spoken) -> bool:
    """Whether the number, a fraud or a trouble with paying was spoken of last."""
    return spoken.matter is not None and family_of(spoken.matter.conversation) in _NEAR


def _is_paying(spoken: Spoken) -> bool:
    """Whether it is a shop that wants the number, of who is about to pay there, and nobody else."""
    there = spoken.understood.entity("platform") is not None or says("about buying", spoken.text)
    return there and not says("of a stranger", spoken.text)


@conversation(NAME, traits=Traits(beside=True, listens={Stage.FIRST: asks_for_it}, expects=_expected))
async def card_number(turn: Turn) -> Reply:
    """Say what it is, where to look, and whom to ask; where exactly it stands, no source tells."""
    contacts = turn.programme.contacts
    if turn.told("ask") == "change":
        words = _(
            "💳 Apakah nomor Kartu Prakerja bisa diganti tidak ada di sumberku. Hanya Prakerja yang tahu: {phone} "
            "(bebas pulsa). Sudah terkirim ke orang lain? Sebutkan juga, dan jangan beri OTP-mu ke siapa pun."
        )
        return with_prakerja(say(words, phone=contacts["phone"].value), turn)
    if turn.told("ask") == "safe":
        return _safe(turn)
    reply = say(
        _(
            "💳 Lihat di dashboard-mu di <b>{site}</b>; di bagian mana persisnya tidak disebut sumberku. Yang dipakai "
            "<b>nomor Kartu Prakerja</b>, bukan nomor KTP atau kartu ATM. Tidak ketemu? Tanya Call Center {phone}.\n\n"
            "Ketik nomornya hanya waktu membayar di platform resmi, jangan di sini."
        ),
        site=contacts["dashboard"].value,
        phone=contacts["phone"].value,
    )
    reply = reply.link(_("🌐 Buka dashboard"), contacts["dashboard"].url)
    return with_next_step(reply, turn)


def _safe(turn: Turn) -> Reply:
    """Say yes, where it is typed and where never, and till when: whoever is frightened away misses the cutoff."""
    platform, cutoff = turn.programme.platform(turn.told("platform") or ""), turn.cutoff
    reply = say(
        _(
            "✅ Ya, aman: membayar di {platform} memang pakai <b>nomor Kartu Prakerja</b> dan OTP, asal halamannya "
            "kamu buka sendiri dari dashboard atau aplikasi resminya. Ketik di sana saja; ke orang di chat atau "
            "telepon <b>jangan</b>."
        ),
        platform=platform.name if platform is not None else _("platform resmi"),
    )
    if says("a number in wrong hands", turn.said):
        reply = reply.also(
            _(
                "Soal nomormu yang sudah di tangan orang lain: bisa disalahgunakan atau tidak, hanya Prakerja yang "
                "tahu, {phone} (bebas pulsa). Membeli di platform resmi tetap boleh."
            ),
            phone=turn.programme.contacts["phone"].value,
        )
    if cutoff is not None and not turn.too_late and not turn.is_behind(Milestone.BOUGHT):
        reply = reply.also(_("⏰ Selesaikan sebelum {when}"), when=on_both_clocks(cutoff, turn.place))
        reply = reply.button(_("✅ Sudah beli"), "report_bought")
    return reply.button(_("🆘 Gagal beli"), "purchase_problem")
