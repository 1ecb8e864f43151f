"""*Kenapa?* after an answer: the rule behind it, or plainly that no source gives a reason."""

from __future__ import annotations

from handlers.dialogue.follow_up import OF
from handlers.dialogue.register import Traits, conversation, family_of
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.ask_prakerja import ask_prakerja
from handlers.phrases.cutoff_words import on_both_clocks
from handlers.phrases.which_rules import Rules, which_rules
from locales import _
from programme.facts import Certainty

_OF_THE_CUTOFF = frozenset(("deadline", "in_time", "plan", "not_now", "revoked", "concerns_me"))


@conversation("why_so", traits=Traits(beside=True, slots=frozenset({"wave", "zone"}), after_any=frozenset({"why"})))
async def why_so(turn: Turn) -> Reply:
    """Tell the reason of what was said last."""
    rules, of = await which_rules(turn), turn.told(OF) or ""
    if of in _OF_THE_CUTOFF:
        return _of_the_cutoff(rules, turn)
    match of, family_of(of):
        case "balance", _:
            reply = say(_("Karena saldo itu dana untuk pelatihan, bukan bantuan tunai. Begitu aturan programnya."))
        case "second_training", _:
            reply = say(_("Karena pelatihan dibeli berurutan: yang pertama selesai dulu. Begitu aturan programnya."))
        case "certificate", _:
            reply = say(
                _("Karena sertifikat baru muncul setelah Prakerja menerima laporan penyelesaian dari platformmu.")
            )
        case "incentive_rules" | "survey", _:
            reply = say(_("Begitu aturan programnya. Alasan di balik besar dan syaratnya tidak disebut sumberku."))
        case "when_paid", _:
            reply = say(
                _(
                    "Karena insentif baru dijadwalkan setelah pelatihan selesai dan ulasan terisi, lalu dikirim ke "
                    "rekening atau e-wallet. Kenapa perlu selama itu tidak disebut sumberku."
                )
            )
        case _:
            reply = say(_("Alasannya tidak disebut sumberku, jadi tidak kutebak. Yang bisa menjelaskan: Prakerja."))
    return ask_prakerja(reply, turn)


def _of_the_cutoff(rules: Rules, turn: Turn) -> Reply:
    scheme, cutoff = rules.scheme, turn.programme.cutoff(rules.wave)
    if scheme.certainty("law") is Certainty.UNSURE:
        reply = say(_("Begitu aturannya: dibeli dalam <b>{days} hari</b> sejak lolos."), days=scheme.days_to_buy)
    else:
        reply = _by_the_law(rules)
    if cutoff is not None and cutoff.certainty is not Certainty.UNSURE:
        reply = reply.also(
            _(
                "Untuk gelombang {wave}: {when}\nJam yang berlaku WIB. WITA 1 jam dan WIT 2 jam lebih dulu, jadi "
                "jamnya di sana terlihat lain."
            ),
            wave=rules.wave,
            when=on_both_clocks(cutoff, turn.place),
        )
    return reply


def _by_the_law(rules: Rules) -> Reply:
    scheme = rules.scheme
    return say(
        _(
            "Karena menurut {law} pelatihan pertama harus dibeli dalam <b>{days} hari</b> sejak dinyatakan lolos, dan "
            "hari pengumuman dihitung hari pertama."
        ),
        law=scheme.law,
        days=scheme.days_to_buy,
    )
