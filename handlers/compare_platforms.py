"""Which platform is the better one."""

from __future__ import annotations

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.priorities import NO_ANSWER
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.contact_buttons import in_words
from handlers.phrases.matches import matches
from handlers.phrases.next_step import with_next_step
from handlers.phrases.which_platform import named_platforms
from handlers.understanding.phrases import says
from locales import N_, Html, _, fill
from programme.model.messages import Open
from programme.platforms import Platform

NAME = "compare_platforms"
_NEAR = frozenset(("help", "recommend", "how_to_buy", "platform_contact", NO_ANSWER))
"""What the classifier takes the question for; a text that is surely about something else is not heard."""


def compares(spoken: Spoken) -> Recognised | None:
    """Hear whoever asks for the better platform, or which there are: *mending tokopedia apa bukalapak*."""
    understood = spoken.understood
    if understood.certain and understood.intent not in _NEAR:
        return None
    named = {entity.value for entity in understood.entities if entity.kind == "platform"}
    asked = (len(named) > 1 and says("how they differ", spoken.text)) or (
        says("which is better", spoken.text) and (bool(named) or says("a platform", spoken.text))
    )
    asked = asked or says("which platforms", spoken.text) or says("need it be there", spoken.text)
    return Recognised(Open(NAME, spoken.told)) if asked and not says("which training", spoken.text) else None


@conversation(
    NAME,
    about=N_("Pilih platform"),
    traits=Traits(
        listens={Stage.TOLD: compares},
        choice="how_to_buy",
        subject="platform pelatihan",
        after_any=frozenset({"need it be there"}),
        follow_ups={"which is better": Open(NAME), "whom to ask": Open("platform_contact")},
    ),
)
async def compare_platforms(turn: Turn) -> Reply:
    """No source ranks the platforms, so none is praised: what is known of each, and that the training comes first."""
    year = turn.today.year
    named = named_platforms(turn)
    reply = say(
        _(
            "🏬 Platform mana yang <b>lebih bagus</b> aku tidak tahu: tidak ada sumberku yang menilainya. Pilih "
            "<b>pelatihannya</b> dulu; kalau dijual di beberapa platform, bandingkan harganya dan beli di aplikasi "
            "yang sudah biasa kamu pakai."
        )
    )
    listed = named or turn.programme.sellers(year)
    turn.lists("platform", [one.id for one in listed])
    if matches(turn, "need it be there"):
        reply = reply.after(_("👍 <b>Tidak harus</b> di platform tertentu: bebas pilih."))
    if not named:
        names = ", ".join(one.name for one in listed)
        reply = reply.also(_("Yang menjual pelatihan Prakerja: {names}."), names=names)
    if named:
        reply = reply.also("{lines}", lines=Html("\n".join(_line(platform, turn) for platform in named)))
    return with_next_step(reply.button(_("🔎 Cari pelatihan"), "recommend"), turn)


def _line(platform: Platform, turn: Turn) -> str:
    """Say what is known of one platform: whether it sells, how to reach it, and whether its steps are known."""
    if not platform.sells_in(turn.today.year):
        return fill(_("• <b>{name}</b>: tidak ada di daftar penjual tahun ini."), name=platform.name)
    if not platform.contacts:
        return fill(_("• <b>{name}</b>: kontak layanannya tidak ada di catatanku."), name=platform.name)
    words = _("• <b>{name}</b>: hubungi lewat {ways}.")
    if platform.steps:
        words = _("• <b>{name}</b>: hubungi lewat {ways}; langkah belinya ada padaku.")
    return fill(words, name=platform.name, ways=in_words(platform.contacts))
