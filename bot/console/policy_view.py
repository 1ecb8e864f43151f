"""The reminder policy as a table: which reminder goes out when, to whom, and until when it is of use."""

from __future__ import annotations

from datetime import time, timedelta

from bot.console.parts import Column, table, words
from bot.console.words import lasting
from handlers.phrases.milestone_titles import titles as milestone_names
from locales import _, _n, fill
from programme.model.participants import ReminderLevel
from reminders.policy import Anchor, Policy, Rule, WhoseClock
from reminders.sources import path_source
from reminders.wording.titles import title_of


def draw_policy(policy: Policy) -> None:
    """Show every reminder, the quiet hours, and why they are not edited here."""
    columns = (_("Pengingat"), _("Kapan"), _("Jam"), _("Berguna sampai"), _("Untuk"))
    quiet = policy.quiet
    words(_("Pengingat"), "heading", "h2")
    told = _("Jam tenang di tempat peserta: {begins}–{ends}. Yang jatuh di dalamnya digeser.")
    words(fill(told, begins=_hour(quiet.begins), ends=_hour(quiet.ends)), "quiet", "p")
    table(_("Pengingat"), [Column(name) for name in columns], [_row(rule) for rule in policy.rules])
    source = _("Sumber: reminders/policy.toml. Kata, template di Meta, dan jamnya berubah bersama, lewat rilis.")
    words(source, "quiet", "p")


def _row(rule: Rule) -> list[str]:
    level = _("semua, juga yang minta sedikit") if rule.level is ReminderLevel.FEWER else _("yang mau semua pengingat")
    return [title_of(path_source(rule.key)), _when(rule), _at(rule), _ends(rule), level]


def _at(rule: Rule) -> str:
    clock = "WIB" if rule.clock is WhoseClock.WIB else _("jam peserta")
    told = _("{hour} {clock}, atau jam yang dipilih peserta") if rule.wished else "{hour} {clock}"
    return fill(told, hour=_hour(rule.time), clock=clock)


def _when(rule: Rule) -> str:
    days = abs(rule.day)
    from_day = (
        {
            Anchor.CUTOFF: _("batas beli"),
            Anchor.JOINED: _("kenal Sobat"),
            Anchor.PASSED: _("lolos"),
        }.get(rule.anchor)
        if isinstance(rule.anchor, Anchor)
        else milestone_names()[rule.anchor]
    )
    if rule.day == 0:
        return fill(_("hari {event}"), event=from_day)
    before = _n("{days} hari sebelum {event}", "{days} hari sebelum {event}", days)
    after = _n("{days} hari sesudah {event}", "{days} hari sesudah {event}", days)
    return fill(before if rule.day < 0 else after, days=days, event=from_day)


def _ends(rule: Rule) -> str:
    match rule.ends:
        case time() as hour:
            return fill(_("{hour} hari itu"), hour=_hour(hour))
        case timedelta() as good_for:
            return fill(_("{time} kemudian"), time=lasting(good_for))
        case _:
            return _("batas beli")


def _hour(at: time) -> str:
    return f"{at:%H.%M}"
