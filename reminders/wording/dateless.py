"""What is said where no date may be told: the rule, where to see the date, and to buy now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from locales import _, fill, short_date
from programme.model.messages import Link, Message
from reminders.wording.buttons import button, plan_rows
from reminders.wording.situation import ReminderSituation

Words = Callable[[ReminderSituation], Message]


def plan_without_date(situation: ReminderSituation) -> Message:
    """Remind of a plan where no date may be told."""
    text = _("Ini pengingat yang kamu minta 😊\n\nYuk, beli pelatihan pertamamu sebelum batasnya lewat. Sudah siap?")
    return Message(text, (*plan_rows(situation, picks=True), (button(_("Kapan batasku?"), "deadline"),)))


def _look_up(situation: ReminderSituation) -> Message:
    asks = _("Buka dashboard-mu, tanggal pastinya ada di sana. Supaya aman, beli sekarang. Atau kapan kamu mau beli?")
    return _nudge(situation, _("Batas beli pelatihan pertamamu jangan sampai terlewat ya."), asks)


def _look_up_again(situation: ReminderSituation) -> Message:
    asks = _("Kalau belum, jangan tunggu lagi: cek tanggalnya di dashboard, lalu beli hari ini juga.")
    return _nudge(situation, _("Sudah beli pelatihan pertama? Kabari aku, biar aku tenang 😊"), asks)


def _nudge(situation: ReminderSituation, opening: str, asks: str) -> Message:
    lost = fill(_("Kalau terlewat, kepesertaanmu dicabut dan {incentive} hangus."), incentive=situation.incentive)
    text = "\n\n".join((opening, f"{_rule(situation)} {lost}".strip(), asks))
    dashboard = Link(_("🌐 Buka dashboard"), situation.programme.contacts["dashboard"].url)
    return Message(text, (*plan_rows(situation, picks=False), (dashboard,)))


def _rule(situation: ReminderSituation) -> str:
    scheme, passed = situation.scheme, situation.person.passed_on
    if scheme is None:
        return ""
    if passed is None:
        return fill(_("Aturannya <b>{days} hari</b> sejak kamu dinyatakan lolos."), days=scheme.days_to_buy)
    words = _("Aturannya <b>{days} hari</b> sejak kamu lolos ({passed}).")
    return fill(words, days=scheme.days_to_buy, passed=short_date(passed))


DATELESS_WORDS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "look_up": _look_up,
        "look_up_again": _look_up_again,
    }
)
