"""Scores, tests and being marked absent: set by whoever gives the training."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.follow_up import AGAIN
from handlers.dialogue.listening import Spoken
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import SAID, Turn
from handlers.phrases.ask_prakerja import ask_prakerja
from handlers.phrases.asked_further import CONTACT_QUESTIONS
from handlers.phrases.contact_buttons import in_words, with_contacts
from handlers.phrases.which_platform import own_platform
from handlers.phrases.which_rules import which_rules
from handlers.understanding.phrases import says
from locales import N_, _
from programme.model.messages import Open
from programme.model.milestones import Milestone
from programme.platforms import Platform

_RETAKEN: Final = "retaken"
"""What is told of a test (`step`) that is to be taken again."""


def failed_a_test(spoken: Spoken) -> Open | None:
    """Hear *tesnya jelek 55, boleh ngulang?*: nothing is finished by it, and it is no question of a certificate."""
    text, matter = spoken.text, spoken.matter
    of_it = says("a test", text) or (matter is not None and matter.conversation == "assessment")
    if not of_it or not any(says(what, text) for what in ("did not pass the test", "may it be taken again")):
        return None
    told = {"platform": platform} if (platform := spoken.understood.entity("platform")) is not None else {}
    again = {AGAIN: "1"} if matter is not None and matter.told.get("step") == _RETAKEN else {}
    return Open("assessment", {SAID: text, **told, **again})


@conversation(
    "assessment",
    about=N_("Nilai & tes pelatihan"),
    traits=Traits(
        tells=True,
        trouble=True,
        expects=failed_a_test,
        slots=frozenset({"platform"}),
        follow_ups=CONTACT_QUESTIONS,
    ),
)
async def assessment(turn: Turn) -> Reply:
    """Say who decides, what the incentive asks for as far as it is known, and whom to ask."""
    scheme, platform = (await which_rules(turn)).scheme, own_platform(turn)
    if turn.told(AGAIN) is not None:
        return _with_what_is_noted(_only_they_know(platform), turn)
    if says("may it be taken again", turn.said):
        turn.settle("step", _RETAKEN)
        return _with_what_is_noted(ask_prakerja(_retaken(platform), turn), turn)
    reply = say(
        _(
            "📝 Nilai minimal, tes ulang, dan kehadiran (termasuk kamera) ditentukan <b>lembaga pelatihan dan "
            "platformnya</b>. Angkanya tidak ada di sumberku, jadi aku tidak menebak."
        )
    )
    if scheme.review_required:
        reply = reply.also(
            _("Untuk insentif yang kutahu: pelatihan <b>selesai</b> dan bersertifikat, lalu rating dan ulasan terisi.")
        )
    return _with_what_is_noted(ask_prakerja(_with_the_platform(reply, platform), turn), turn)


def _retaken(platform: Platform | None) -> Reply:
    words = _(
        "🔁 Tes ulang: boleh atau tidak, dan berapa kali, hanya <b>lembaga dan platformnya</b> yang tahu; tidak "
        "ada di sumberku."
    )
    return _with_the_platform(say(words), platform)


def _only_they_know(platform: Platform | None) -> Reply:
    words = _("🙏 Soal ulang tes aku memang tidak tahu, dan tidak mau mengarang: keputusannya di mereka.")
    return _with_the_platform(say(words), platform)


def _with_the_platform(reply: Reply, platform: Platform | None) -> Reply:
    if platform is not None and platform.contacts:
        words = _("Tanya dulu {name}: {ways}.")
        reply = reply.also(words, name=platform.name, ways=in_words(platform.contacts))
        return with_contacts(reply, platform.name, platform.contacts)
    reply = reply.also(_("Tanya dulu layanan platform tempat kamu beli."))
    return reply.button(_("🏬 Kontak platform"), "platform_contact")


def _with_what_is_noted(reply: Reply, turn: Turn) -> Reply:
    """Say that nothing is noted as finished, to whoever wants it so."""
    if says("let it not be noted", turn.said) and not turn.participant.has(Milestone.COMPLETED):
        return reply.after(_("🙏 Tenang, belum kucatat selesai."))
    return reply
