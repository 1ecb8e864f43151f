"""Titles of the milestones, as participants read them."""

from __future__ import annotations

from locales import _
from programme.model.milestones import Milestone


def titles() -> dict[Milestone, str]:
    """Return what each milestone is called, in the language being spoken."""
    return {
        Milestone.PASSED: _("Lolos seleksi"),
        Milestone.INDUCTION_WATCHED: _("Tonton 3 video induksi"),
        Milestone.BALANCE_SEEN: _("Saldo pelatihan masuk di dashboard"),
        Milestone.BOUGHT: _("Beli pelatihan pertama"),
        Milestone.COMPLETED: _("Selesaikan pelatihan"),
        Milestone.CERTIFIED: _("Sertifikat muncul di dashboard"),
        Milestone.REVIEWED: _("Beri rating & ulasan"),
        Milestone.ACCOUNT_CONNECTED: _("Sambungkan rekening / e-wallet"),
        Milestone.INCENTIVE_PAID: _("Insentif cair"),
        Milestone.SURVEYED: _("Isi survei"),
    }
