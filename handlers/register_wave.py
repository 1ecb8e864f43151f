"""When the next wave opens, as far as it is known, and how to register."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from handlers.dialogue.listening import Spoken
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.matches import matches, typed
from handlers.phrases.next_step import with_next_step
from handlers.phrases.of_another import is_of_another
from handlers.phrases.told_by import with_source
from handlers.phrases.wave_number import wave_number
from handlers.understanding.phrases import says
from locales import N_, _, moment
from programme.model.messages import Open
from programme.model.milestones import Milestone
from programme.model.zones import Zone
from programme.waves import Wave

_WHOSE: Final = "registrant"
"""The answer that tells that somebody else would register."""


def asks_for_another(spoken: Spoken) -> Open | None:
    """Hear *suami saya boleh daftar kan, atau kena juga krn satu KK?*: one person's place is not another's."""
    of_else = any(says(what, spoken.text) for what in ("about buying", "not bought", "the place is lost"))
    if of_else or not says("another may register", spoken.text):
        return None
    wave = spoken.understood.entity("wave")
    return Open("register_wave", {_WHOSE: "other", **({"wave": wave} if wave is not None else {})})


@conversation(
    "register_wave",
    about=N_("Pendaftaran gelombang"),
    commands=("daftar",),
    traits=Traits(
        tells=True,
        slots=frozenset({"wave"}),
        expects=asks_for_another,
        follow_ups={
            "a doubt": Open("register_wave"),
            "of age": Open("eligibility"),
            "take part once more": Open("register_wave"),
            "whom to ask": Open("call_center"),
        },
    ),
)
async def register_wave(turn: Turn) -> Reply:
    """Tell of the wave that is open now; of one to come only what has been announced, never a guess."""
    if turn.told(_WHOSE) is not None or (turn.too_late and is_of_another(turn)):
        return _of_another(turn)
    if (barred := _barred(turn)) is not None:
        return barred
    if _asks_once_more(turn):
        return _once_more(turn)
    named = wave_number(turn.told("wave"))
    known = turn.programme.wave(named, turn.now) if named else None
    is_open = turn.programme.open_wave(turn.now)
    if is_open is not None and named in {None, is_open.number}:
        reply = _open_now(is_open)
    elif named is not None and known is not None:
        reply = _earlier(known, turn)
    else:
        reply = _not_announced(named, turn)
    reply = _closed_for_the_year(_how(reply, turn), turn)
    reply = reply.link(_("🌐 Buka Prakerja"), turn.programme.contacts["dashboard"].url)
    return with_next_step(_for_participants(reply, turn), turn)


def _of_another(turn: Turn) -> Reply:
    """What becomes of one's own place says nothing of a relative's; what a shared KK does is told by no source."""
    reply = say(
        _(
            "👤 Boleh mencoba: pencabutan mengenai kepesertaan <b>orang itu sendiri</b>. Yang belum pernah ikut "
            "mendaftar dengan NIK dan akunnya sendiri; apakah satu KK berpengaruh tidak ada di sumberku, yang "
            "bisa memastikan Prakerja: {phone} (bebas pulsa)."
        ),
        phone=turn.programme.contacts["phone"].value,
    )
    named = wave_number(turn.told("wave"))
    if named is not None and turn.programme.open_wave(turn.now) is None:
        reply = reply.also(_not_announced_words(), number=named)
    reply = _closed_for_the_year(_how(reply, turn), turn)
    return reply.link(_("🌐 Buka Prakerja"), turn.programme.contacts["dashboard"].url)


def _asks_once_more(turn: Turn) -> bool:
    """Whether somebody who has had a place asks if they may have another, and not when."""
    words = typed(turn) or turn.said
    had = turn.participant.wave is not None or says("had a place before", words)
    return had and says("take part once more", words)


def _once_more(turn: Turn) -> Reply:
    """Only of a place that was taken away is it told that there is none after it."""
    reply = say(
        _(
            "🤷 Apakah yang sudah pernah jadi peserta <b>boleh ikut sekali lagi</b> tidak ada di sumberku, jadi tidak "
            "kutebak. Yang pasti cuma: kalau kepesertaan dicabut, tidak bisa ikut gelombang mana pun lagi. Tanya "
            "Prakerja: {phone} (bebas pulsa)."
        ),
        phone=turn.programme.contacts["phone"].value,
    )
    if matches(turn, "where to register"):
        reply = _how(reply, turn)
    return with_next_step(reply.link(_("☎️ Telepon Prakerja"), turn.programme.contacts["phone"].url), turn)


def _barred(turn: Turn) -> Reply | None:
    """Whoever lost the place can't have another: said first, and without a guide to what is no use to them."""
    wave = turn.participant.wave or wave_number(turn.told("wave"))
    if wave is None or not (turn.too_late or matches(turn, "the place is lost")):
        return None
    scheme = turn.programme.scheme(wave)
    if scheme.rejoin_after_revoked is not False:
        return None
    reply = say(
        _(
            "🚫 <b>Tidak bisa</b>: kalau kepesertaan sudah dicabut karena pelatihan pertama belum dibeli sampai "
            "batasnya, kamu tidak bisa ikut gelombang mana pun lagi. Kalau ada yang menjanjikan bisa, itu penipuan."
        )
    )
    if matches(turn, "with another's papers"):
        words = _(
            "👤 KTP, NIK, dan akun orang lain juga jangan dipakai untukmu: itu hanya untuk dirinya sendiri. Kalau ia "
            "belum pernah ikut, ia boleh mencoba mendaftar atas namanya sendiri."
        )
        reply = reply.also(words)
    if turn.too_late and turn.cutoff is not None:
        words = _("Batas beli gelombang {wave} sudah lewat: {day} pukul 23.59 WIB.")
        reply = reply.also(words, wave=turn.participant.wave, day=turn.cutoff.day)
    reply = with_source(reply, scheme.facts["rejoin_after_revoked"], turn.now)
    reply = reply.button(_("Sudah beli sebelum itu"), "revoked", bought="yes")
    return with_next_step(reply.button(_("💬 Bicara dengan petugas"), "handoff", about="revoked", tried="1"), turn)


def _open_now(wave: Wave) -> Reply:
    assert wave.closes is not None  # noqa: S101 - an open wave has an end
    return say(
        _("🟢 Pendaftaran <b>gelombang {number}</b> sedang dibuka, ditutup {closes}."),
        number=wave.number,
        closes=_wib(wave.closes),
    )


def _earlier(wave: Wave, turn: Turn) -> Reply:
    if wave.closes is not None and wave.closes < turn.now:
        return say(
            _("Pendaftaran gelombang {number} <b>sudah ditutup</b> {closes}."),
            number=wave.number,
            closes=_wib(wave.closes),
        )
    if wave.announced_at is not None:
        return say(
            _("Gelombang {number} <b>sudah diumumkan</b>, jadi pendaftarannya sudah ditutup."), number=wave.number
        )
    return say(
        _("Gelombang {number} sudah dibuka; sampai kapan belum bisa kupastikan, jadi daftar secepatnya."),
        number=wave.number,
    )


def _not_announced(named: int | None, turn: Turn) -> Reply:
    latest = turn.programme.latest_wave(turn.now)
    if named is None:
        reply = say(_("Jadwal gelombang berikutnya <b>belum diumumkan</b>, dan aku tidak mau menebak tanggalnya."))
    elif latest is not None and named < latest.number:
        return say(_("Jadwal pendaftaran gelombang {number} tidak ada di catatanku; itu sudah lewat."), number=named)
    else:
        reply = say(_not_announced_words(), number=named)
    if latest is not None:
        reply = reply.also(_("Yang terakhir kuketahui: gelombang {number}."), number=latest.number)
    return reply


def _not_announced_words() -> str:
    return _("Jadwal gelombang {number} <b>belum diumumkan</b>, dan aku tidak mau menebak tanggalnya.")


def _how(reply: Reply, turn: Turn) -> Reply:
    return reply.also(
        _(
            "Cara daftar: buat akun atau masuk di <b>{site}</b>, lengkapi datanya, lalu gabung begitu gelombang dibuka."
            " Syarat dan pengumumannya ada di situs itu dan di Instagram @prakerja.go.id. Jangan lewat calo, jangan "
            "bagikan OTP."
        ),
        site=turn.programme.contacts["dashboard"].value,
    )


def _closed_for_the_year(reply: Reply, turn: Turn) -> Reply:
    """Registration ends with the linking of accounts; after it nothing opens in that programme year."""
    year = turn.programme.calendar_of(turn.now.astimezone(Zone.WIB.tz).year, turn.now)
    until = year.account_linking_until if year else None
    if until is None:
        return reply
    if turn.now > until:
        return reply.also(_("⚠️ Pendaftaran tahun ini sudah ditutup {until}."), until=_wib(until))
    return reply.also(_("⏰ Pendaftaran tahun ini ditutup {until}."), until=_wib(until))


def _for_participants(reply: Reply, turn: Turn) -> Reply:
    """Whoever has passed needs no new wave."""
    wave = turn.participant.wave
    if wave is None or turn.too_late:
        return reply
    reply = reply.also(
        _("Kamu sudah lolos gelombang {wave}, jadi <b>tidak perlu daftar lagi</b>: lanjutkan dari langkahmu sekarang."),
        wave=wave,
    )
    if turn.participant.has(Milestone.BOUGHT) or turn.programme.scheme(wave).rejoin_after_revoked is not False:
        return reply
    return reply.also(
        _("⚠️ Kalau tidak beli sampai batasnya, kepesertaanmu dicabut dan kamu tidak bisa ikut gelombang mana pun lagi.")
    )


def _wib(at: datetime) -> str:
    return moment(at, Zone.WIB.tz, Zone.WIB.value)
