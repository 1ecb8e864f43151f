"""The one next step of a person on the path, as a button below an answer."""

from __future__ import annotations

from handlers.dialogue.reply import Reply, button
from handlers.dialogue.turn import Turn
from locales import _
from programme.model.messages import Button
from programme.model.milestones import Milestone
from programme.model.payments import PaymentStatus


def next_milestone(turn: Turn) -> Milestone | None:
    """Return the first milestone still open among those that the person reaches by acting."""
    acted = (
        Milestone.BOUGHT,
        Milestone.COMPLETED,
        Milestone.REVIEWED,
        Milestone.ACCOUNT_CONNECTED,
        Milestone.INCENTIVE_PAID,
        Milestone.SURVEYED,
    )
    return next((milestone for milestone in acted if not turn.is_behind(milestone)), None)


def next_step(turn: Turn) -> Button:
    """Return the button that leads to the person's next step."""
    if turn.participant.wave is None and not turn.is_behind(Milestone.COMPLETED):
        return button(_("⏰ Cek batas beliku"), "deadline")
    if turn.too_late and not turn.is_behind(Milestone.BOUGHT):
        return button(_("Apa yang masih bisa kulakukan?"), "revoked")
    if any(payment.status is PaymentStatus.FAILED for payment in turn.participant.payments):
        return button(_("❗ Ada insentif yang gagal"), "incentive_history")
    match next_milestone(turn):
        case Milestone.BOUGHT:
            return button(_("🛒 Cara beli pelatihan"), "how_to_buy")
        case Milestone.COMPLETED:
            return button(_("🎓 Pelatihanku sudah selesai"), "report_completed")
        case Milestone.REVIEWED:
            return button(_("⭐ Cara beri rating & ulasan"), "rating_review")
        case Milestone.ACCOUNT_CONNECTED:
            return button(_("💳 Sambungkan rekening/e-wallet"), "payment_account")
        case Milestone.INCENTIVE_PAID:
            return button(_("💰 Lihat insentifku"), "incentive_history")
        case Milestone.SURVEYED:
            return button(_("📝 Soal survei"), "survey")
        case _:
            return button(_("📋 Menu"), "help")


def with_next_step(reply: Reply, turn: Turn) -> Reply:
    """End `reply` in the person's next step, unless it already leads there."""
    step = next_step(turn)
    present = [other.action for row in reply.messages[-1].keys for other in row if isinstance(other, Button)]
    return reply if step.action in present else reply.row(step)
