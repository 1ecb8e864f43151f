"""The training balance: how much, until when, not there yet, and that it is not cash."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.by_place import MATTERS
from handlers.dialogue.follow_up import ASKED
from handlers.dialogue.in_talk import FAR, is_past_buying
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.odds import is_only_of_a_clause, may_be_fraud
from handlers.dialogue.priorities import NO_ANSWER
from handlers.dialogue.register import Traits, conversation, family_of, heard_at
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.aspects import in_short
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.contact_buttons import with_platform
from handlers.phrases.matches import matches, typed
from handlers.phrases.next_step import with_next_step
from handlers.phrases.told_by import told_by
from handlers.phrases.what_is_left import what_is_left
from handlers.phrases.which_platform import platform_in_talk
from handlers.phrases.which_rules import Rules, which_rules, with_assumption
from handlers.phrases.year_end import with_year_end, year_end
from handlers.recommend import SHOWN
from handlers.understanding.phrases import says, without
from handlers.understanding.reports import claims
from locales import N_, Rupiah, _
from programme.calendars import YearEnd
from programme.model.events import ObstacleNamed
from programme.model.messages import Open
from programme.model.milestones import Milestone

_INCENTIVE: Final = "incentive_problem"
_NEAR: Final = frozenset(("balance", "second_training", "how_to_buy", "eligibility", NO_ANSWER))
"""What words about the balance may sound like; anything else is asked beside it."""


def asks_of_its_use(spoken: Spoken) -> Recognised | None:
    """Hear *duit pelatihan dipake buat apa*, and whoever wants to use it otherwise."""
    reported = claims(Milestone.BOUGHT, spoken.text, today=spoken.today) or spoken.understood.certain
    if says("what the balance is for", spoken.text) and not reported:
        return Recognised(Open("balance", spoken.told), "balance", spoken.understood.confidence)
    return wants_it_otherwise(spoken)


def wants_it_checked(spoken: Spoken) -> Recognised | None:
    """Hear *ini no kartu saya, tolong cek saldonya sudah masuk belum*: nobody here can look, the person can."""
    if not says("asks to have the balance checked", spoken.text):
        return None
    return Recognised(Open("balance", {"ask": "check"}), "balance", spoken.understood.confidence)


def misses_it(spoken: Spoken) -> Recognised | None:
    """Hear *duitnya nggak keluar di dashboard* of somebody who has still to buy: no incentive is meant, nor a login."""
    text, understood = spoken.text, spoken.understood
    of_incentive = _INCENTIVE in {family_of(matter.conversation) for matter in spoken.matters}
    misread = spoken.participant.wave is not None and family_of(understood.intent) == _INCENTIVE  # of money at large
    sure = understood.certain and not misread
    if not says("the money is not shown", text) or is_past_buying(spoken) or says("about the incentive", text):
        return None
    if of_incentive or sure or says("about buying", text) or claims(Milestone.BOUGHT, text, today=spoken.today):
        return None
    return Recognised(Open("balance", {**spoken.told, "ask": "missing"}), "balance", understood.confidence)


def asks_of_it(spoken: Spoken) -> Recognised | None:
    """Hear that it is not there, or what it is wanted for."""
    return misses_it(spoken) or asks_of_its_use(spoken)


def asks_whether_it_was_taken(spoken: Spoken) -> Open | None:
    """Hear *gagal terus, saldonya kepotong nggak ya?*: where a payment failed, that is no balance that never came."""
    taken = says("was the balance taken", spoken.text) and heard_at(Stage.ALARM, spoken) is None
    return Open("balance", {**spoken.told, "ask": "taken"}) if taken else None


def wants_it_otherwise(spoken: Spoken) -> Recognised | None:
    """Hear whoever asks to use the balance for anything but trainings: *saldonya boleh buat bayar kontrakan dulu?*."""
    if says("adding one's own money", spoken.text):
        return Recognised(Open("balance", {"ask": "own_money"}), "balance", spoken.understood.confidence)
    if says("the money without the training", spoken.text):
        return Recognised(Open("balance", {**spoken.told, "ask": "cash"}), "balance", spoken.understood.confidence)
    asked = any(says(what, spoken.text) for what in ("a question", "asks leave for it"))
    understood = spoken.understood
    others = {understood.intent, *understood.also} - _NEAR
    beside = any(not is_only_of_a_clause(one, understood) for one in others)
    if not asked or beside or may_be_fraud(understood) or not says("the balance for something else", spoken.text):
        return None
    return Recognised(Open("balance", {**spoken.told, "ask": "cash"}), "balance", understood.confidence)


@conversation(
    "balance",
    about=N_("Saldo pelatihan"),
    commands=("saldo",),
    traits=Traits(
        tells=True,
        trouble=True,
        expects=asks_whether_it_was_taken,
        listens={Stage.TOLD: asks_of_it, Stage.WISH: wants_it_checked},
        part_of="purchase_problem",
        follow_ups={
            "paid for the second": Open("second_training"),
            "what is left over": Open("balance"),
            "does it lapse": Open("balance", {ASKED: "what is left over"}),
            "which comes first": Open("second_training", {ASKED: "not finished"}),
            "when it comes": Open("balance", {"ask": "missing"}),
            "so it may wait": Open("balance", {"ask": "wait"}),
            "when it is": Open("balance"),
            "until which day": Open("balance"),
            "still in time now": Open("balance", {ASKED: "until which day"}),
            "what comes next": Open("how_to_buy"),
            "it is stuck": Open("induction", {"trouble": "stuck"}),
            "videos are watched": Open("balance", {"ask": "missing", "why": "watched"}),
            **in_short("balance"),
            **dict.fromkeys(("if it fails", "tried already"), Open("balance", {"ask": "missing"})),
            "how to do it": Open("how_to_buy"),
            "is it gone": Open("balance", {ASKED: "what is left over"}),
        },
    ),
)
async def balance(turn: Turn) -> Reply | Open:
    """Answer what was asked of the balance: its sum and last day, its absence, or cashing it out."""
    if turn.told("ask") is None and matches(turn, "bought but not shown"):
        return Open("purchase_problem", {"what": "not_shown"})
    if turn.told("ask") is None and matches(turn, "the balance is there") and matches(turn, "what then"):
        return Open("how_to_buy", {FAR: "1"})
    lapses = matches(turn, "does the rest lapse")
    lacking = not lapses and (matches(turn, "the balance is missing") or matches(turn, "when it comes"))
    if turn.told("ask") == "check":
        return _missing(turn).after(_("👀 Saldomu tidak bisa kulihat dari sini: hanya kamu, di dashboard-mu sendiri."))
    if turn.told("ask") == "missing" or (turn.told("ask") is None and lacking):
        turn.settle("ask", "missing")
        return _missing(turn)
    if turn.told("ask") == "taken":
        return _taken(turn)
    rules = await which_rules(turn)
    if turn.told("ask") == "wait":
        return _not_to_wait(turn) if _must_still_buy(turn) else _left_over(turn)
    if turn.told("ask") == "own_money":
        return _own_money(rules, turn)
    until = any(matches(turn, what) for what in ("until when the balance", "until which day", "on which day"))
    wanted = says("the balance as cash", without("no cash wanted", typed(turn)))
    if wanted or (turn.told("ask") == "cash" and not until):
        turn.settle("ask", "cash")
        return _not_cash(rules, turn)
    if until or turn.told(ASKED) in {"when it is", "until which day"}:
        return _until(rules, turn)
    known = what_is_left(rules.scheme.balance, turn.programme.catalogue.trainings.get(turn.told(SHOWN) or ""), turn)
    if turn.told(ASKED) == "what is left over" or lapses or matches(turn, "what is left over"):
        reply = _left_over(turn)
        return reply if known is None else reply.after(known.messages[0].text)
    if known is not None and matches(turn, "is the balance enough"):
        return with_next_step(with_cutoff(known, turn), turn)
    return _sum(rules, turn)


def _sum(rules: Rules, turn: Turn) -> Reply:
    reply = say(
        _(
            "💳 Saldo pelatihan gelombang {wave}: <b>{sum}</b>, hanya untuk beli pelatihan di platform resmi. {source}"
            "\n\nBukan uang tunai: tidak bisa dicairkan, ditransfer, atau ditukar. Yang menawarkan itu penipuan. "
            "Sisanya terlihat di dashboard."
        ),
        wave=rules.wave,
        sum=Rupiah(rules.scheme.balance),
        source=told_by(rules.scheme.facts["balance"], turn.now),
    )
    if matches(turn, "about the incentive"):
        turn.lists(MATTERS, ["balance", "incentive_rules"])
        reply = _beside_the_incentive(reply, rules)
    reply = with_cutoff(with_year_end(reply, YearEnd.BALANCE, turn), turn)
    reply = with_assumption(reply, rules, "balance")
    reply = reply.button(_("😕 Saldoku belum ada"), "balance", ask="missing")
    return with_next_step(reply.button(_("🔎 Cari pelatihan"), "recommend"), turn)


def _taken(turn: Turn) -> Reply:
    """Whether a payment that failed took anything, the dashboard shows."""
    reply = say(
        _(
            "💳 Lihat saldo di dashboard {site}. Masih <b>utuh</b>: tidak ada yang terpotong, aman dicoba lagi. "
            "<b>Berkurang</b>: jangan bayar lagi dulu, bisa jadi sudah terbeli. Cek pesananmu di platform; belum ada "
            "juga, tanya layanannya, lalu Prakerja {phone} (bebas pulsa)."
        ),
        site=turn.programme.contacts["dashboard"].value,
        phone=turn.programme.contacts["phone"].value,
    )
    reply = with_platform(with_cutoff(reply, turn), platform_in_talk(turn))
    return reply.link(_("🌐 Buka dashboard"), turn.programme.contacts["dashboard"].url)


def _must_still_buy(turn: Turn) -> bool:
    return turn.cutoff is not None and not turn.too_late and not turn.is_behind(Milestone.BOUGHT)


def _not_to_wait(turn: Turn) -> Reply:
    """The day of the balance is not that of the first purchase: *berarti belinya nanti November aja ya*."""
    words = _("❌ Jangan: itu batas memakai saldonya. Pelatihan <b>pertama</b> punya batas sendiri, lebih cepat.")
    return with_next_step(with_cutoff(say(words), turn), turn)


def _own_money(rules: Rules, turn: Turn) -> Reply:
    reply = say(
        _(
            "💳 Harga pelatihan harus cukup dengan saldomu ({sum}). Menambah dengan uang sendiri tidak disebut di "
            "sumberku, jadi jangan transfer ke siapa pun: pilih yang harganya cukup."
        ),
        sum=Rupiah(rules.scheme.balance),
    )
    return with_next_step(with_cutoff(reply, turn).button(_("🔎 Cari pelatihan"), "recommend"), turn)


def _until(rules: Rules, turn: Turn) -> Reply:
    """Tell the last day of the balance; where no source has told it yet, say so."""
    if year_end(YearEnd.BALANCE, turn) is not None:
        words = _("💳 Saldo pelatihan.") if rules.assumed else _("💳 Saldo gelombang {wave}.")
        return with_next_step(with_year_end(say(words, wave=rules.wave), YearEnd.BALANCE, turn), turn)
    reply = say(
        _(
            "📆 Sampai kapan saldo gelombang {wave} bisa dipakai belum ada di sumberku, jadi tidak kutebak. Lihat "
            "dashboard-mu. Pelatihan pertama punya batas belinya sendiri."
        ),
        wave=rules.wave,
    )
    return with_next_step(with_cutoff(reply, turn).button(_("⏰ Cek batas beliku"), "deadline"), turn)


def _left_over(turn: Turn) -> Reply:
    """Say what the rest of a balance is good for, and what becomes of it."""
    reply = say(
        _(
            "💳 Sisa saldo bisa dipakai untuk <b>pelatihan berikutnya</b>, selama cukup dan yang pertama sudah "
            "selesai. Tidak bisa dicairkan. Kalau kepesertaan dicabut karena tidak beli sampai batas, saldonya kembali "
            "ke program."
        )
    )
    reply = with_cutoff(with_year_end(reply, YearEnd.BALANCE, turn), turn)
    return with_next_step(reply.button(_("🔁 Pelatihan kedua"), "second_training"), turn)


def _beside_the_incentive(reply: Reply, rules: Rules) -> Reply:
    return reply.also(
        _(
            "Yang masuk ke rekeningmu adalah <b>insentif</b>, seluruhnya {in_all}: setelah pelatihan selesai dan "
            "ulasan terisi."
        ),
        in_all=Rupiah(rules.scheme.incentive * rules.scheme.incentive_times),
    )


def _not_cash(rules: Rules, turn: Turn) -> Reply:
    reply = say(
        _(
            "🚫 Saldo pelatihan ({sum}) <b>bukan uang tunai</b>: tidak bisa dicairkan, ditarik, atau ditransfer, "
            "sebagian pun tidak. Jasa “pencairan saldo” atau joki itu penipuan: kamu bisa kehilangan uang dan "
            "datamu.\n\nUang yang masuk ke rekeningmu adalah <b>insentif</b>, setelah pelatihan selesai dan "
            "ulasan terisi."
        ),
        sum=Rupiah(rules.scheme.balance),
    )
    reply = reply.button(_("💰 Soal insentif"), "incentive_rules").button(_("🚨 Ada yang menawariku"), "fraud")
    return with_next_step(reply, turn)


def _missing(turn: Turn) -> Reply:
    if not turn.participant.has(Milestone.BOUGHT):
        turn.record(ObstacleNamed("balance_missing"))
    if turn.told(ASKED) == "when it comes" or matches(turn, "when it comes"):
        words = _(
            "⏳ Berapa lama sampai saldo masuk tidak ada di sumberku. Yang pasti: tonton <b>ketiga video induksi</b> "
            "di dashboard {site} sampai habis, keluar, lalu masuk lagi; saldonya tampil di situ. Masih kosong? Telepon "
            "Call Center {phone} (bebas pulsa)."
        )
    elif turn.told("why") == "watched" or matches(turn, "videos are watched"):
        words = _(
            "😕 <b>Ketiga</b> videonya sudah? Keluar dulu dari akunmu di {site}, masuk lagi, lihat saldonya. Masih "
            "kosong? Telepon Call Center {phone} (bebas pulsa), simpan tangkapan layarnya."
        )
    else:
        words = _(
            "😕 Saldo belum terlihat? Coba urut:\n"
            "1. Masuk ke dashboard {site} dan tonton <b>ketiga video induksi</b> sampai habis.\n"
            "2. Keluar, masuk lagi, lihat saldonya.\n"
            "3. Masih kosong? Telepon Call Center {phone} (bebas pulsa), simpan tangkapan layarnya.\n\n"
            "Sudah pernah beli? Saldonya berkurang sebesar harga pelatihan."
        )
    reply = say(
        words,
        site=turn.programme.contacts["dashboard"].value,
        phone=turn.programme.contacts["phone"].value,
    )
    reply = with_cutoff(reply, turn).link(_("🌐 Buka dashboard"), turn.programme.contacts["dashboard"].url)
    reply = reply.link(_("☎️ Telepon Prakerja"), turn.programme.contacts["phone"].url)
    reply = reply.button(_("💬 Bicara dengan petugas"), "handoff")
    return with_next_step(reply, turn)
