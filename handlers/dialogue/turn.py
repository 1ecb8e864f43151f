"""One turn of a conversation: what it may know, ask and decide.

A conversation is replayed from its start at every turn. Each question looks into the answers told so
far; the first one missing stops the replay and is asked. Recording an event that changes nothing is no
event, so a replay decides nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from handlers.dialogue.by_place import as_listed
from handlers.dialogue.question import SKIPPED, Misread, Option, Question, Reader, Unanswered
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn_input import SharedNumber
from handlers.understanding import find_entities
from handlers.understanding.of_whom import is_all_of_another, names_its_writer
from handlers.understanding.relatives import as_relative, speaks_of_relative
from locales import _, fill, short_date
from programme.cutoffs import Cutoff
from programme.facts import Certainty
from programme.model.broadcasts import StaffOrder
from programme.model.controllers import DataController
from programme.model.events import Event, Forgotten
from programme.model.linking import LinkWish
from programme.model.messages import Incoming, Sort
from programme.model.milestones import Milestone
from programme.model.participants import Participant
from programme.model.ports import ReminderPlanner, StaffQueries
from programme.model.tickets import HelpdeskView, TicketWish
from programme.model.zones import Zone
from programme.programme import Programme

Day = date  # within the class, `date` is the verb that asks for one

SAID = "said"
"""The answer under which the words that opened a conversation are kept."""

MISSED = "missed"
"""The answer that tells that the person was not understood before."""


@dataclass(slots=True)
class Turn:
    """Everything that a conversation sees. It has no database, no channel and no clock of its own.

    `in_mind` is what was told of a trouble before, for a person who may be called; `talk` is what was named in the talk
    so far, by kind.
    """

    participant: Participant
    programme: Programme
    reminders: ReminderPlanner
    now: datetime
    incoming: Incoming
    answers: Mapping[str, str] = field(default_factory=dict)
    shared: SharedNumber | None = None
    staff: StaffQueries | None = None
    helpdesk: HelpdeskView | None = None
    in_mind: str | None = None
    talk: Mapping[str, str] = field(default_factory=dict)
    controller: DataController | None = None
    settled: dict[str, str] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    orders: list[StaffOrder] = field(default_factory=list)
    wishes: list[TicketWish] = field(default_factory=list)
    links: list[LinkWish] = field(default_factory=list)

    @property
    def today(self) -> Day:
        """The day it is where the person lives."""
        return self.now.astimezone(self.participant.local.tz).date()

    @property
    def place(self) -> Zone | None:
        """The zone of a place that was named just now, else the person's own, else that of one named before."""
        named = self.told("zone")
        if named in set(Zone):
            return Zone(named)
        before = self.talk.get("here")
        return self.participant.zone or (Zone(before) if before is not None else None)

    @property
    def cutoff(self) -> Cutoff | None:
        """The person's own first-purchase cutoff, where it may be told as certain."""
        found = self.programme.cutoff_of(self.participant)
        return found if found is not None and found.certainty is not Certainty.UNSURE else None

    def is_behind(self, step: Milestone) -> bool:
        """Whether a step is noted, or implied by a later one that the person told in this talk."""
        told = self.talk.get("furthest")
        return self.participant.has(step) or (told is not None and step.position <= Milestone(told).position)

    @property
    def too_late(self) -> bool:
        """Whether it is too late for whoever the words are about: the person, or a relative whose wave was told."""
        return self.has_missed_it and self.relatives_cutoff is None

    @property
    def has_missed_it(self) -> bool:
        """Whether the person's own cutoff has passed without a purchase that we know of."""
        missed = not self.participant.has(Milestone.BOUGHT)
        return missed and self.cutoff is not None and self.now > self.cutoff.at

    @property
    def relatives_cutoff(self) -> Cutoff | None:
        """The cutoff, still ahead, of somebody whose wave was told and whom the opening words are about; else None."""
        wave = self.talk.get("others_wave")
        relative = self.talk.get("relative")
        said = self.said or as_relative(self.incoming.text if self.incoming.sort is Sort.TEXT else "", relative)
        told_by_them = speaks_of_relative(said, relative) and not names_its_writer(
            said
        )  # *Rizky bilang kartunya gagal*
        if wave is None or not (told_by_them or is_all_of_another(said, known=True)):
            return None
        found = self.programme.cutoff(int(wave))
        sure = found is not None and found.certainty is not Certainty.UNSURE
        return found if found is not None and sure and self.now <= found.at else None

    def told(self, name: str) -> str | None:
        """Return an answer if it was given, without asking for it."""
        value = self.answers.get(name)
        return None if value == SKIPPED else value

    @property
    def said(self) -> str:
        """The words that opened the conversation; empty where a button or a command did."""
        return self.answers.get(SAID, "")

    def lists(self, kind: str, values: Sequence[str]) -> None:
        """Tell what the answer lists, in order, so that *yang kedua* finds it; `values` are ids, nobody's words."""
        self.settled |= as_listed(kind, values)

    def settle(self, name: str, value: str) -> None:
        """Tell what the words were taken to mean, so that whoever comes back to the matter need not say it again."""
        self.settled[name] = value

    def record(self, event: Event) -> None:
        """Decide something; it is applied when the turn is over, in the same transaction."""
        changed = self.participant.after(event)
        if changed != self.participant or isinstance(event, Forgotten):
            self.participant = changed
            self.events.append(event)

    def order(self, order: StaffOrder) -> None:
        """Decide something as a member of staff; carried out when the turn is over, in the same transaction.

        Should it be impossible by then, the person hears why instead of the script's answer.
        """
        self.orders.append(order)

    def wish(self, wish: TicketWish) -> None:
        """Ask the helpdesk for something; it is done when the turn is over, in the same transaction.

        Only where `helpdesk` is there. A replay may ask again: the same wish twice comes to the same.
        """
        self.wishes.append(wish)

    def connect(self, wish: LinkWish) -> None:
        """Link this place with another of the person's, or part them; done when the turn is over.

        The person hears what came of it in place of the script's answer.
        """
        self.links.append(wish)

    async def choose(
        self,
        name: str,
        words: str | Reply,
        options: Sequence[Option],
        *,
        skip: str | None = None,
        columns: int = 1,
        read: Reader | None = None,
        open_ended: bool = False,
    ) -> str | None:
        """Ask for one of `options` and return its value; None where the question was skipped.

        `read` understands free text that names none of the options. It also judges values that were told
        earlier, so it must accept what it returns. Where the answer is `open_ended`, whatever else the text
        speaks of belongs to the answer.
        """
        values = {option.value for option in options}
        reader = read or (lambda _text: None)

        def accepted(value: str) -> bool:
            return value in values or reader(value) == value

        return self._answer(Question(name, _reply(words), tuple(options), reader, skip, columns, open_ended), accepted)

    async def date(
        self,
        name: str,
        words: str | Reply,
        *,
        latest: Day,
        earliest: Day | None = None,
        offered: Sequence[Option] | None = None,
        skip: str | None = None,
    ) -> Day | None:
        """Ask for a day on the person's calendar, not after `latest` nor before `earliest`."""
        options = offered if offered is not None else self._recent_days(latest, earliest)

        def read(text: str) -> str | Misread | None:
            found = find_entities(text, today=self.today, kinds=("date",))
            return _within(date.fromisoformat(found[0].value), earliest, latest) if found else None

        def check(value: str) -> bool:
            return isinstance(_read_iso(value, earliest, latest), str)

        question = Question(name, _reply(words), tuple(options), read, skip, columns=2)
        value = self._answer(question, check)
        return date.fromisoformat(value) if value else None

    async def words(self, name: str, words: str | Reply, *, skip: str | None = None, at_most: int = 1000) -> str | None:
        """Ask for free text and return it, cut at `at_most` characters."""

        def read(text: str) -> str | None:
            return text.strip()[:at_most] or None

        return self._answer(Question(name, _reply(words), (), read, skip, open_ended=True), bool)

    def _answer(self, question: Question, check: Callable[[str], bool]) -> str | None:
        value = self.answers.get(question.name)
        if value == SKIPPED and question.skip is not None:
            return None
        if value is None or not check(value):
            raise Unanswered(question)
        return value

    def _recent_days(self, latest: Day, earliest: Day | None) -> list[Option]:
        days = [(self.today, _("Hari ini")), (self.today - timedelta(days=1), _("Kemarin"))]
        return [
            Option(day.isoformat(), f"{label}, {short_date(day)}", (label,))
            for day, label in days
            if day <= latest and (earliest is None or day >= earliest)
        ]


def _reply(words: str | Reply) -> Reply:
    return words if isinstance(words, Reply) else say(words)


def _within(day: date, earliest: date | None, latest: date) -> str | Misread:
    if day > latest:
        return Misread(fill(_("{day} masih di depan. Coba tulis tanggal yang sudah lewat ya."), day=day))
    if earliest is not None and day < earliest:
        words = _("{day} rasanya terlalu awal: paling awal {earliest}. Tanggal berapa yang benar?")
        return Misread(fill(words, day=day, earliest=earliest))
    return day.isoformat()


def _read_iso(value: str, earliest: date | None, latest: date) -> str | Misread | None:
    try:
        return _within(date.fromisoformat(value), earliest, latest)
    except ValueError:
        return None
