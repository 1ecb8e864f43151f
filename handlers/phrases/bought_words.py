"""Why the first-purchase cutoff is behind somebody: by the record, by their dashboard, or by their own word."""

from __future__ import annotations

from handlers.dialogue.turn import Turn
from locales import _
from programme.model.milestones import Milestone, Source


def bought_words(turn: Turn) -> str:
    """Only the programme's own record makes anybody safe; a report is the person's word."""
    if not turn.participant.has(Milestone.BOUGHT):
        return _("Dari ceritamu kamu sudah lewat langkah beli, jadi batas ini tidak perlu kamu pikirkan lagi. 👍")
    if turn.participant.progress[Milestone.BOUGHT].source is Source.OFFICIAL:
        return _("Data resmi mencatat kamu sudah beli, jadi batas ini sudah aman. 👍")
    if turn.participant.progress[Milestone.BOUGHT].source is Source.SEEN:
        return _("Menurutmu pembelianmu sudah tampil di dashboard, jadi batas ini aman. 👍")
    return _("Menurut laporanmu, kamu sudah beli. 👍 Pastikan pembeliannya juga muncul di dashboard Prakerja ya.")
