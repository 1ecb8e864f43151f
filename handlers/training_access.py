"""The training is bought, but can't be opened: that is for the platform to mend."""

from __future__ import annotations

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.priorities import NO_ANSWER
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.ask_prakerja import with_prakerja
from handlers.phrases.asked_further import CONTACT_QUESTIONS
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.contact_buttons import with_platform
from handlers.phrases.which_platform import own_platform
from handlers.understanding.phrases import says
from locales import N_, _
from programme.model.messages import Open


def voucher_is_refused(spoken: Spoken) -> Recognised | None:
    """Hear *kode vouchernya ga bisa, gimana caranya*: that is a trouble, and no question of how to buy."""
    foreign = spoken.understood.certain and spoken.understood.intent == NO_ANSWER
    if foreign or not says("a voucher is refused", spoken.text):
        return None
    return Recognised(Open("training_access", spoken.told), "training_access", spoken.understood.confidence)


@conversation(
    "training_access",
    about=N_("Kelas / voucher tidak bisa dibuka"),
    traits=Traits(
        tells=True,
        trouble=True,
        part_of="purchase_problem",
        listens={Stage.TOLD: voucher_is_refused},
        slots=frozenset({"platform"}),
        follow_ups=CONTACT_QUESTIONS,
    ),
)
async def training_access(turn: Turn) -> Reply:
    """Say what may be tried, whom to ask and with which words; the meaning of a message nobody told is not guessed."""
    platform = own_platform(turn)
    reply = say(
        _(
            "🔓 Kelas, kode voucher, atau tautannya tidak bisa dibuka? Arti pesan itu tidak ada di sumberku, jadi aku "
            "tidak menebak. Coba dulu:\n1. Masuk di platformnya dengan akun yang dipakai membeli.\n"
            "2. Salin kodenya utuh, tanpa spasi.\n3. Muat ulang, atau pakai browser lain."
        )
    )
    asked = _(
        "Masih gagal? Yang memperbaiki platform penjualnya. Kirim ini: <i>“Pelatihan saya sudah dibeli tetapi tidak "
        "bisa dibuka, pesannya: …”</i> dengan tangkapan layar, tanpa nomor kartu."
    )
    reply = reply.also(asked)
    reply = with_platform(reply, platform)
    return with_cutoff(with_prakerja(reply, turn), turn)
