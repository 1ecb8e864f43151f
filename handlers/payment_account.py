"""The bank account or e-wallet into which the incentive goes."""

from __future__ import annotations

import re
from datetime import datetime

from handlers.dialogue.follow_up import ASKED, OF
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation, family_of
from handlers.dialogue.reply import Reply, button, say
from handlers.dialogue.turn import Turn
from handlers.phrases.asked_further import WHOSE_ACCOUNT
from handlers.phrases.aspects import IN_SHORT, in_short
from handlers.phrases.contact_buttons import in_words, with_contacts
from handlers.phrases.matches import matches
from handlers.phrases.next_step import with_next_step
from handlers.phrases.several_contacts import contacts_of_several, said_ids
from handlers.phrases.told_by import told_by
from handlers.phrases.which_rules import which_rules
from handlers.phrases.year_end import until, with_near_year_end, with_year_end, year_end
from handlers.understanding.phrases import says
from handlers.understanding.reports import Said, said_of
from handlers.understanding.spelling import spelt
from handlers.understanding.statements import names_somebody
from locales import N_, Html, _, fill, moment
from programme.calendars import YearEnd
from programme.model.events import MilestoneReached
from programme.model.messages import Open
from programme.model.milestones import Milestone
from programme.model.zones import Zone
from programme.partners import Partner, PartnerKind

_NIK_DIFFERS = {"shows": "failed", "why": "nik_differs"}
_AND_MORE = ("the payment failed", "the numbers differ", "the NIK differs")
"""What is told beside somebody's name and goes before it."""
_LATE = Open(IN_SHORT, {OF: "payment_account", ASKED: "what if it is missed"})
_NUMBERS_DIFFER = Open("incentive_problem", {"shows": "failed", "why": "phone_differs"})


def asks_whither(spoken: Spoken) -> Recognised | None:
    """Hear *insentifnya dikirim ke mana*, *OVO-ku atas nama bapak*: the account it goes to, whatever became of it."""
    wallet = spoken.understood.entity("partner") is not None or says("a bank account", spoken.text)
    of_money = spoken.matter is not None and family_of(spoken.matter.conversation) == "incentive_problem"
    asked = wallet and (of_money or says("asks leave to buy", spoken.text))
    if asked and says("an account of another", spoken.text) and not any(says(what, spoken.text) for what in _AND_MORE):
        return Recognised(Open("payment_account", {"ask": "another"}), "payment_account")
    money = says("about the incentive", spoken.text) or says("of a payout", spoken.text)
    if not money or not says("whither it is paid", spoken.text):
        return None
    return Recognised(Open("payment_account", spoken.told), "payment_account", spoken.understood.confidence)


def asks_until_when(spoken: Spoken) -> Recognised | None:
    """Hear *sambung rekening paling lambat tanggal berapa*: the last moment for linking, and no other."""
    if not says("until when it is linked", spoken.text):
        return None
    return Recognised(Open("payment_account", {"ask": "until"}), "payment_account", spoken.understood.confidence)


def wants_contact(spoken: Spoken) -> Recognised | None:
    """Hear whoever wants the number of a payment partner: *cs ovo brp*."""
    partner = spoken.understood.entity("partner")
    if partner is None or spoken.understood.certain or not says("a contact", spoken.text):
        return None
    if says("the numbers differ", spoken.text):
        return Recognised(_NUMBERS_DIFFER, "incentive_problem")
    return Recognised(Open("payment_account", spoken.told), "payment_account", spoken.understood.confidence)


def tells_it_is_connected(spoken: Spoken) -> Open | None:
    """Hear *udah tersambung dari dulu* where an account was spoken of; of anywhere, whether one will do for two."""
    of_two = names_somebody(spoken.text) and says("about the incentive", spoken.text)
    if of_two and says("one account for two", spoken.text):
        return Open("payment_account", {"ask": "another"})
    if spoken.matter is None or spoken.matter.conversation != "payment_account" or "?" in spoken.text:
        return None
    said = said_of(Milestone.ACCOUNT_CONNECTED, f"rekening {spoken.text}", today=spoken.today)
    return Open("payment_account", {"connected": "1"}) if said is Said.PLAINLY else None


@conversation(
    "payment_account",
    about=N_("Rekening / e-wallet"),
    commands=("rekening",),
    traits=Traits(
        tells=True,
        expects=tells_it_is_connected,
        listens={Stage.TOLD: wants_contact, Stage.STATEMENT: asks_whither, Stage.WISH: asks_until_when},
        trouble=True,
        part_of="incentive_problem",
        slots=frozenset({"partner"}),
        contact_of="partner",
        follow_ups={
            "when it is paid": Open("when_paid"),
            "how long": Open("payment_account", {"ask": "code"}),
            "when it is": Open("payment_account", {"ask": "until"}),
            **in_short("payment_account", is_it_gone=_LATE),
            "if it fails": Open("call_center"),
            "the number first": Open("account_access", {"trouble": "phone"}),
            "does it cost": Open("call_cost"),
            "still in time now": Open("payment_account", {"ask": "until"}),
            "in whose time": Open("payment_account", {"clocks": "1"}),
            "where to upgrade": Open("payment_account", {"ask": "upgrade"}),
            "an account of another": WHOSE_ACCOUNT["an account of another"],
            "tried so often": Open("payment_account", {"ask": "code"}),
            "a bank that is no partner": Open("payment_account"),
        },
    ),
)
async def payment_account(turn: Turn) -> Reply | Open:
    """Tell what an account must fulfil; of a partner that was named, its contact and its own hurdle."""
    if turn.told("connected") is not None:
        return _connected(turn)
    if said_of(Milestone.ACCOUNT_CONNECTED, turn.said, today=turn.today) is Said.PLAINLY:
        return Open("payment_account", {"connected": "1"})
    if (asked := _asked_of_ones_own(turn) or _another_trouble(turn)) is not None:
        return asked
    await which_rules(turn)
    end = year_end(YearEnd.LINKING, turn)
    if turn.told("clocks") is not None and end is not None:
        return _on_all_clocks(end.at)
    if (short := _in_short(turn)) is not None:
        return short
    if (names_somebody(turn.said) and not turn.told("partner")) or matches(turn, "an account of another"):
        return _of_another(turn)
    several = _several(turn)
    if len(several) > 1:
        turn.lists("partner", [one.id for one in several])
        reply = contacts_of_several(_("💳 <b>Kontak mitra pembayaran</b>"), several, turn)
        if not matches(turn, "a contact"):
            reply = reply.after(_any_will_do(several))
        reply = with_near_year_end(reply, YearEnd.LINKING, turn)
        return reply.also(_("Jangan berikan OTP, PIN, atau kata sandi ke siapa pun."))
    partner = turn.programme.partner(_wanted(turn) or "")
    reply = _but_no_partner(_of(partner, turn) if partner else _in_general(turn), turn)
    if partner is not None and (turn.told("step") == "change" or matches(turn, "change the account")):
        words = _("✅ Boleh ganti ke <b>{name}</b>: putuskan dulu sambungan yang lama di dashboard, baru sambungkan.")
        return reply.after(fill(words, name=partner.name))  # which says that it can be
    if partner is not None and matches(turn, "can it be"):
        words = _("✅ Bisa: insentif bisa masuk ke <b>{name}</b>. Pelatihannya sendiri dibayar dari saldo Prakerja.")
        reply = reply.after(fill(words, name=partner.name))
    return _code(turn).then(reply) if matches(turn, "the code does not come") else _yes_it_matters(reply, turn)


def _yes_it_matters(reply: Reply, turn: Turn) -> Reply:
    """Say yes first where somebody asks whether it matters that their e-wallet is not upgraded."""
    if not (matches(turn, "not upgraded yet") and matches(turn, "does it matter")):
        return reply
    return reply.after(_("✅ Ya, berpengaruh: selama belum di-upgrade (premium/KYC), insentif bisa gagal masuk."))


def _in_short(turn: Turn) -> Reply | None:
    """Answer the one thing that was asked of it."""
    match turn.told("ask"):
        case "code":
            return _code(turn)
        case "until":
            end = year_end(YearEnd.LINKING, turn)
            return _no_last_moment() if end is None else say("{until}", until=until(YearEnd.LINKING, end, turn))
        case "upgrade":
            return _upgrade(turn)
        case "another":
            return _of_another(turn)
        case _:
            return None


def _another_trouble(turn: Turn) -> Open | None:
    """Hear that what differs is the number or the NIK, where nothing else was asked."""
    if turn.told("ask") is not None:
        return None
    if matches(turn, "the numbers differ"):
        return _NUMBERS_DIFFER
    if matches(turn, "the NIK differs"):
        whose = {"partner": turn.answers["partner"]} if turn.told("partner") is not None else {}
        return Open("incentive_problem", {**_NIK_DIFFERS, **whose})
    changed = "the phone has changed" if turn.told("partner") is None else "a number is changed"
    return Open("account_access", {"trouble": "phone"}) if matches(turn, changed) else None


def _asked_of_ones_own(turn: Turn) -> Open | None:
    """Hear how one's own account takes the place of another's: whose the old one was does not matter any more."""
    if turn.told("ask") not in {None, "another"}:
        return None
    named = matches(turn, "an account of one's own") and not matches(turn, "has none of one's own")
    own = named and matches(turn, "how it is done")
    leaves = matches(turn, "to disconnect")
    asked = "the steps" if own or matches(turn, "the steps") else "to disconnect"
    return Open(IN_SHORT, {OF: "payment_account", ASKED: asked}) if own or leaves else None


def _no_last_moment() -> Reply:
    reply = say(
        _(
            "📆 Batas menyambungkan rekening atau e-wallet belum ada di sumberku, jadi tidak kutebak. Sebelum "
            "tersambung insentif tidak bisa masuk, jadi sebaiknya sekarang saja."
        )
    )
    return reply.button(_("💳 Syarat & mitra lain"), "payment_account")


def _upgrade(turn: Turn) -> Reply:
    """Say where an e-wallet becomes a full one: never at Prakerja."""
    partner = turn.programme.partner(turn.told("partner") or "")
    name = partner.name if partner is not None else _("e-wallet-mu")
    reply = say(
        _(
            "⬆️ Upgrade (premium/KYC) dilakukan <b>di aplikasi {name}</b>, bukan di situs Prakerja. Pakai NIK sendiri "
            "dan nomor HP yang sama dengan Prakerja. Sebelum upgrade, insentif bisa gagal masuk."
        ),
        name=name,
    )
    if partner is not None:
        reply = with_contacts(reply, partner.name, partner.contacts)
    reply = with_near_year_end(reply, YearEnd.LINKING, turn)
    return reply.button(_("💳 Syarat & mitra lain"), "payment_account")


def _of_another(turn: Turn) -> Reply:
    wallets = [one.name for one in turn.programme.partners.values() if one.kind is PartnerKind.EWALLET]
    reply = say(
        _(
            "❌ Tidak bisa: NIK di rekening atau e-wallet harus <b>sama</b> dengan NIK-mu di Prakerja. Akun suami, "
            "istri, anak, atau teman tidak bisa dipakai. Bikin akun atas namamu sendiri, lalu sambungkan. Tidak punya "
            "rekening? E-wallet juga bisa: {wallets}, asal sudah upgrade (premium/KYC)."
        ),
        wallets=wallets,
    )
    reply = with_near_year_end(reply, YearEnd.LINKING, turn)
    return reply.button(_("💳 Syarat & mitra lain"), "payment_account")


def _code(turn: Turn) -> Reply:
    limit = turn.programme.limits["linking"]
    return say(
        _(
            "🔢 OTP penyambungan salah lebih dari {tries} kali: <b>tunggu {hours} jam</b>, lalu coba sekali lagi "
            "dengan kode yang paling baru. Kodenya jangan dikirim ke siapa pun. {source}"
        ),
        tries=limit.tries,
        hours=limit.wait_hours,
        source=told_by(limit, turn.now),
    )


def _several(turn: Turn) -> list[Partner]:
    """Return the partners whose contacts are asked for in one breath, or which of them is better."""
    asked = matches(turn, "a contact") or matches(turn, "which is better")
    if not asked or matches(turn, "change the account"):
        return []
    return [one for named in said_ids("partner", turn) if (one := turn.programme.partner(named)) is not None]


def _any_will_do(named: list[Partner]) -> str:
    """No source ranks the partners: what counts is the same of each."""
    words = _(
        "👍 <b>{names}</b> bisa semua, dan tidak ada sumberku yang menyebut salah satunya lebih cepat. Pilih yang "
        "sudah upgrade (premium/KYC) atas NIK-mu dan nomor HP-nya sama dengan di Prakerja. Nanti boleh diganti: "
        "putuskan dulu, baru sambungkan yang lain."
    )
    return fill(words, names=[one.name for one in named])


def _wanted(turn: Turn) -> str | None:
    """Return the partner that was named; of *from BNI to GoPay* the one that it goes to, not that of *ga jadi DANA*."""
    meant = " ".join(token.word for token in spelt(turn.said))
    goals = re.findall(
        r"(?<!tidak )\b(?:ke|ka|maring|to|jadi|menjadi|ganti|pindah)\s+(?:(?:ke|ka|maring)\s+)?(\w+)", meant
    )
    return next((goal for goal in reversed(goals) if turn.programme.partner(goal)), turn.told("partner"))


def _in_general(turn: Turn) -> Reply:
    partners = turn.programme.partners.values()
    turn.lists("partner", [one.id for one in partners])
    reply = say(
        _(
            "💳 Insentif bisa masuk ke {partners}. Sambungkan lewat dashboard Prakerja. Supaya tidak gagal:\n"
            "• akunmu sendiri, <b>NIK sama</b> dengan Prakerja, bukan milik suami, istri, atau teman\n"
            "• <b>nomor HP sama</b> di Prakerja dan e-wallet\n"
            "• e-wallet sudah <b>upgrade (premium/KYC)</b>\n"
            "• mau ganti? <b>putuskan dulu</b>, baru sambungkan yang lain\n\n"
            "OTP penyambungan salah lebih dari {tries} kali: tunggu {hours} jam."
        ),
        partners=[one.name for one in partners],
        tries=turn.programme.limits["linking"].tries,
        hours=turn.programme.limits["linking"].wait_hours,
    )
    reply = with_year_end(reply, YearEnd.LINKING, turn)
    buttons = [button(one.name, "payment_account", partner=one.id) for one in partners]
    for start in range(0, len(buttons), 3):
        reply = reply.row(*buttons[start : start + 3])
    reply = reply.button(_("😕 Insentif gagal cair"), "incentive_problem")
    if turn.participant.has(Milestone.ACCOUNT_CONNECTED):
        return with_next_step(reply, turn)
    return reply.button(_("✅ Sudah tersambung"), "payment_account", connected="1")


def _on_all_clocks(until: datetime) -> Reply:
    """Tell the last moment for linking on the clocks of all zones."""
    clocks = Html("\n".join(fill("• {when}", when=moment(until, zone.tz, zone.value)) for zone in Zone))
    return say(
        _("🕛 Penyambungan rekening / e-wallet ditutup dengan jam WIB. Saat yang sama:\n{clocks}"), clocks=clocks
    )


def _of(partner: Partner, turn: Turn) -> Reply:
    reply = say(
        _("💳 <b>{name}</b>: {ways}. {source}"),
        name=partner.name,
        ways=in_words(partner.contacts),
        source=told_by(partner, turn.now),
    )
    if partner.kind is PartnerKind.EWALLET:
        reply = reply.also(_before_linking(turn), name=partner.name)
    else:
        reply = reply.also(
            _("Rekeningnya harus atas namamu, dengan NIK yang sama. Pastikan masih aktif; kalau ragu hubungi {name}."),
            name=partner.name,
        )
    reply = with_near_year_end(reply, YearEnd.LINKING, turn)
    reply = reply.also(_("Jangan berikan OTP, PIN, atau kata sandi ke siapa pun."))
    reply = with_contacts(reply, partner.name, partner.contacts)
    reply = reply.button(_("💳 Syarat & mitra lain"), "payment_account")
    reply = reply.button(_("✅ Sudah tersambung"), "payment_account", connected="1")
    return reply.button(_("😕 Insentif gagal cair"), "incentive_problem", partner=partner.id)


def _but_no_partner(reply: Reply, turn: Turn) -> Reply:
    """Say first of a bank that is named, and is none of the partners, that no source knows of it."""
    if not matches(turn, "a bank that is no partner"):
        return reply
    words = _("🏦 Bank yang kamu sebut tidak ada di daftar mitra yang kutahu: {partners}. Pilih salah satunya saja.")
    return reply.after(fill(words, partners=[one.name for one in turn.programme.partners.values()]))


def _before_linking(turn: Turn) -> str:
    """Say what an e-wallet must fulfil; whoever told that theirs is upgraded is not told to do it."""
    if matches(turn, "it is premium already"):
        return _(
            "Sudah premium? Tinggal pastikan NIK-nya milikmu sendiri dan nomor HP-nya sama dengan Prakerja. Kena batas "
            "bulanan? Hubungi {name}."
        )
    return _(
        "Sebelum menyambungkan: upgrade akunmu (premium/KYC) di aplikasi {name}, pakai NIK sendiri, dan nomor "
        "HP yang sama dengan Prakerja. Upgrade ditolak atau kena batas bulanan? Hubungi {name}."
    )


def _connected(turn: Turn) -> Reply:
    if not turn.participant.has(Milestone.ACCOUNT_CONNECTED):
        turn.record(MilestoneReached(Milestone.ACCOUNT_CONNECTED, on=turn.today))
    reply = say(_("✅ Tercatat: rekening atau e-wallet tersambung. Jangan ganti nomor HP sampai insentif cair ya."))
    reply = with_next_step(reply, turn)
    return reply.button(_("↩️ Batalkan, belum"), "undo", milestone=Milestone.ACCOUNT_CONNECTED.value)
