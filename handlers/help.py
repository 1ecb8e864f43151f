"""The menu: what Sobat can do, the most needed first."""

from __future__ import annotations

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.named_button import named_button
from handlers.dialogue.register import Purpose, Traits, conversation
from handlers.dialogue.reply import Reply, button, say
from handlers.dialogue.turn import Turn
from handlers.phrases.next_step import next_step
from locales import N_, _
from programme.model.messages import Button, Open


def name_of_a_key(spoken: Spoken) -> Recognised | None:
    """Hear *statusku*: a key of the menu, which people know by its name, offered just now or not."""
    action = named_button(spoken.text, (key for row in _rows() for key in row))
    return Recognised(action, action.conversation, 1.0) if isinstance(action, Open) else None


@conversation(
    "help",
    about=N_("Lihat menu"),
    commands=("menu", "help", "bantuan"),
    traits=Traits(purpose=Purpose.MENU, beside=True, listens={Stage.WISH: name_of_a_key}),
)
async def menu(turn: Turn) -> Reply:
    """Show what can be asked; free text works as well."""
    reply = say(
        _(
            "📋 <b>Menu Sobat</b>\nPilih tombolnya, atau tulis saja dengan bahasamu, misalnya "
            "<i>“gel 21 terakhir kapan?”</i> atau <i>“insentif blm cair”</i>."
        )
    )
    rows = _rows()
    first = next_step(turn)
    if all(key.action != first.action for row in rows for key in row):
        reply = reply.row(first)
    for row in rows:
        reply = reply.row(*row)
    return reply


def _rows() -> tuple[tuple[Button, ...], ...]:
    return (
        (button(_("⏰ Batas beli"), "deadline"), button(_("📍 Statusku"), "status")),
        (button(_("🔎 Cari pelatihan"), "recommend"), button(_("🛒 Cara beli"), "how_to_buy")),
        (button(_("💰 Insentif"), "incentive_history"), button(_("🎓 Sertifikat"), "certificate")),
        (button(_("🆘 Ada kendala"), "obstacle"), button(_("🔔 Pengingat"), "reminder_settings")),
        (button(_("☎️ Kontak & bantuan"), "handoff"), button(_("🌐 Bahasa"), "language")),
    )
