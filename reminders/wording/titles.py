"""A short name for each reminder, by its key and its day in the policy."""

from __future__ import annotations

from locales import N_, _, _n
from reminders.policy import Anchor, Policy
from reminders.sources import is_moved, is_plan, key_of

_NAMES = {
    "joined": N_("Ajakan menyusun rencana"),
    "passed": N_("Cek batasnya di dashboard"),
    "H-0-18-shown": N_("Sudah tampil di dashboard?"),
    "H-1": N_("Besok batasnya"),
    "H+1": N_("Pagi sesudah batas"),
    "finish": N_("Selesaikan pelatihan"),
    "review": N_("Beri rating dan ulasan"),
    "connect": N_("Sambungkan rekening atau e-wallet"),
    "survey": N_("Isi survei"),
}

_ON_THE_LAST_DAY = {
    "H-0-09": N_("Hari terakhir, pagi"),
    "H-0-18": N_("Hari terakhir, sore"),
    "H-0-21": N_("Hari terakhir, malam"),
}


def title_of(source: str, policy: Policy) -> str:
    """Name the reminder with this source as the policy has it; an unknown one goes by its key."""
    key = key_of(source)
    if is_plan(source):
        return _("Sesuai rencanamu")
    if is_moved(source):
        return _("Batas beli bergeser")
    if name := _NAMES.get(key) or _NAMES.get(key.partition("-")[0]):
        return _(name)
    rule = policy.rule(key)
    if rule is None or rule.anchor is not Anchor.CUTOFF:
        return key
    if rule.day == 0:
        return _("Hari terakhir, {hour}").format(hour=f"{rule.time:%H.%M}")
    return _n("{days} hari lagi", "{days} hari lagi", -rule.day).format(days=-rule.day)


def rule_name(key: str) -> str:
    """Name a rule of the policy whatever its day and hour are: for who changes them."""
    if name := _NAMES.get(key) or _ON_THE_LAST_DAY.get(key):
        return _(name)
    path = _NAMES.get(key.partition("-")[0])
    return f"{_(path)} ({key})" if path else _("Pengingat {key}").format(key=key)
