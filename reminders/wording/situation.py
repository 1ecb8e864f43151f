"""Context of a reminder at the moment of sending, and the phrases that all reminders share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from locales import Rupiah, _, fill, moment
from programme.cutoffs import Cutoff
from programme.facts import Certainty
from programme.model.milestones import Milestone
from programme.model.participants import Participant
from programme.model.zones import Zone
from programme.programme import Programme
from programme.rules import Scheme
from reminders.policy import Policy
from reminders.timetable import certain_cutoff


@dataclass(frozen=True)
class ReminderSituation:
    """Who is reminded, of what, and when. Phrases are in the language being spoken."""

    person: Participant
    programme: Programme
    policy: Policy
    now: datetime

    @cached_property
    def cutoff(self) -> Cutoff | None:
        """The cutoff, if it may be told."""
        return certain_cutoff(self.person, self.programme)

    @cached_property
    def scheme(self) -> Scheme | None:
        """The rules that hold for the person's wave, as far as it is known."""
        wave = self.person.wave
        covered = any(scheme.covers(wave) for scheme in self.programme.schemes) if wave else False
        return self.programme.scheme(wave) if wave and covered else None

    @property
    def wave(self) -> str:
        """Name the wave: *gelombang 21*, or *gelombangmu* where it is not known."""
        return fill(_("gelombang {wave}"), wave=self.person.wave) if self.person.wave else _("gelombangmu")

    @property
    def incentive(self) -> str:
        """Name the whole incentive, all payments together: *insentif Rp2.400.000*; no sum where unknown."""
        if self.scheme is None:
            return _("insentif")
        return fill(_("insentif {sum}"), sum=Rupiah(self.scheme.incentive * self.scheme.incentive_times))

    @property
    def reported(self) -> bool:
        """Whether the person says that the first training is bought, so that nothing may sound as if they had not."""
        return self.policy.reached(self.person, Milestone.BOUGHT)

    @property
    def shut_out(self) -> bool:
        """Whether it is certain that a revoked participant can join no later wave."""
        scheme = self.scheme
        if scheme is None or scheme.certainty("rejoin_after_revoked") is Certainty.UNSURE:
            return False
        return scheme.rejoin_after_revoked is False

    def days_left(self, cutoff: Cutoff) -> int:
        """Count the whole days that are left, 0 on the last: so many in every zone."""
        return max(0, (cutoff.at - self.now).days)

    def left(self, cutoff: Cutoff) -> str:
        """Write what is left: *3 hari 14 jam lagi*, or on the last day *Hari ini! Tinggal 2 jam 59 menit*.

        East of WIB the cutoff's date is the next day, so the last day is *malam ini* there.
        """
        left = cutoff.at - self.now
        if self.days_left(cutoff):
            return fill(_("{left} lagi"), left=left)
        match self.person.zone:
            case Zone.WIB:
                return fill(_("Hari ini! Tinggal {left}"), left=left)
            case None:
                return fill(_("Malam ini! Tinggal {left}"), left=left)
            case zone:
                hour = f"{cutoff.at.astimezone(zone.tz):%H.%M}"
                words = _("Malam ini, sebelum {hour} {zone}! Tinggal {left}")
                return fill(words, hour=hour, zone=zone, left=left)

    def date_lines(self, cutoff: Cutoff) -> str:
        """Write until when, on the programme's clock and the person's own, and what is left."""
        official = f"📅 <b>{moment(cutoff.at, Zone.WIB.tz, Zone.WIB)}</b>"
        left = f"⏳ <b>{self.left(cutoff)}</b>"
        return "\n".join(filter(None, (official, self._own_line(cutoff), left)))

    def own_moment(self, cutoff: Cutoff) -> str | None:
        """Write the cutoff on the person's clock where that is not the programme's."""
        zone = self.person.local
        return None if zone is Zone.WIB else moment(cutoff.at, zone.tz, zone)

    def _own_line(self, cutoff: Cutoff) -> str | None:
        if self.person.zone is None:
            return _("🕐 Di WITA 00.59, di WIT 01.59 hari berikutnya")
        own = self.own_moment(cutoff)
        return fill(_("🕐 Di tempatmu {moment}"), moment=own) if own else None
