"""A made-up town for the demonstration's console: people of two waves, what they told, and their complaints."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, update

from bot.demo.clock import START
from bot.inbound.intent_counts import NAME as INTENTS
from bot.store import RosterRow, Store, UnitOfWork
from bot.store.schema.people import addresses, history, participants, progress
from bot.store.schema.traffic import deliveries
from programme.model.messages import Kind
from programme.model.milestones import Milestone, Source, Step
from programme.model.staff import Role, StaffMember
from programme.model.tickets import Author, Entry, Ticket, TicketState
from programme.programme import Programme
from reminders.moved import replan
from reminders.policy import Policy

NOW = START.astimezone(UTC)
CUTOFF = datetime(2021, 10, 21, 16, 59, 59, tzinfo=UTC)
PEOPLE = {21: 260, 18: 120}
_NO_CHAT = {21: 140, 18: 25}
_PATH = (
    Milestone.BOUGHT,
    Milestone.COMPLETED,
    Milestone.CERTIFIED,
    Milestone.REVIEWED,
    Milestone.ACCOUNT_CONNECTED,
    Milestone.INCENTIVE_PAID,
)
_STAYS = {21: (0.56, 0.5, 0.8, 0.75, 0.7, 0.2), 18: (0.86, 0.93, 0.97, 0.95, 0.94, 0.92)}
_REMINDERS = (("H-14", 14), ("H-7", 7), ("H-3", 3))
_OBSTACLES = ("forgot_password", "dont_know_how", "dont_know_how", "balance_missing", "cant_choose", "purchase_fails")

_ASKED = {
    "deadline": 14,
    "how_to_buy": 11,
    "purchase_problem": 8,
    "incentive_problem": 6,
    "certificate": 5,
    "account_access": 4,
}

STAFF = (
    StaffMember(channel="demo", address="rina", role=Role.SUPERVISOR, name="Rina"),
    StaffMember(channel="demo", address="budi", role=Role.AGENT, name="Budi"),
    StaffMember(channel="demo", address="tari", role=Role.ADMIN, name="Tari"),
)

_COMPLAINTS: tuple[tuple[str, str | None, str, int, int | None], ...] = (
    ("buying", "tokopedia", "Sudah bayar di Tokopedia tapi statusnya belum masuk, takut keburu hangus.", 55, 1),
    ("buying", "bukalapak", "Vouchernya selalu gagal dipakai, muncul tulisan kode tidak ditemukan.", 130, None),
    ("account", None, "Email lama saya hilang, tidak bisa masuk dashboard sama sekali.", 190, None),
    ("buying", None, "Saldo pelatihan saya masih nol padahal lolos gelombang 21.", 240, 0),
    ("certificate", "tokopedia", "Sertifikat belum muncul di dashboard, sudah 5 hari.", 2900, 2),
    ("incentive", "ovo", "Insentif kedua gagal terus, katanya rekening ditutup.", 4300, None),
    ("other", None, "Apakah ganti nomor HP bikin kepesertaan saya hilang?", 5000, 0),
)


async def found_town(store: Store) -> None:
    """Put staff, people, their reminders and their complaints into a store that is empty but for the roster."""
    chance = random.Random(21)  # noqa: S311 - the same town every time
    async with store.writing() as tx:
        for member in STAFF:
            await tx.staff.put(member)
            await tx.agents.set(member.who, on_duty=True, team="pembelian" if member.address == "budi" else None)
        await _move_staff_in(tx)
        waiting = [await _settle(tx, wave, count, chance) for wave, count in PEOPLE.items()]
        await _complain(tx, waiting[0])
        await tx.tallies.add(INTENTS, dict(_asked(chance)))


async def plan_town(store: Store, programme: Programme, policy: Policy) -> None:
    """Plan everybody's next reminder, as it would be had they come to the bot one by one."""
    after: int | None = 0
    while after is not None:
        async with store.writing() as tx:
            after = (await replan(tx.reminders, None, programme, policy, after=after)).last


def _asked(chance: random.Random) -> Iterator[tuple[tuple[datetime, str], int]]:
    """What the town asked within the day before, fewer by night."""
    for back in range(1, 24):
        at = NOW.replace(minute=0) - timedelta(hours=back)
        awake = 1.0 if 0 <= at.hour < 15 else 0.2  # 7.00 to 22.00 in Jakarta
        for name, most in _ASKED.items():
            if count := round(awake * most * chance.random()):
                yield (at, name), count


async def _move_staff_in(tx: UnitOfWork) -> None:
    """Give each of the staff a chat of their own, in which they try what they write."""
    rows = [_person(90_000 + at, 0, NOW) | {"wave": None, "official": False} for at in range(len(STAFF))]
    await tx.connection.execute(insert(participants), rows)
    places = [
        {"participant": row["id"], "channel": one.channel, "address": one.address, "heard_at": NOW, "reachable": True}
        for row, one in zip(rows, STAFF, strict=True)
    ]
    await tx.connection.execute(insert(addresses), places)


async def _settle(tx: UnitOfWork, wave: int, count: int, chance: random.Random) -> list[int]:
    first = 100_000 + wave * 1_000
    passed = NOW - timedelta(days=26 if wave == 21 else 55)
    rows = [_person(first + each, wave, passed + timedelta(days=chance.random() * 20)) for each in range(count)]
    await tx.connection.execute(insert(participants), rows)
    places = [
        {"participant": row["id"], "channel": "demo", "address": f"kota-{row['id']}", "heard_at": NOW}
        | {"reachable": chance.random() > 0.07}
        for row in rows
    ]
    await tx.connection.execute(insert(addresses), places)
    steps = [step for row in rows for step in _steps(row["id"], wave, passed, chance)]
    await tx.connection.execute(insert(progress), steps)
    done = {step["participant"] for step in steps if step["milestone"] is Milestone.BOUGHT}
    bought_it = (Step(Milestone.BOUGHT, source=Source.OFFICIAL),)
    roster = [
        RosterRow(phone_hash=f"kota-{number}", wave=wave, progress=bought_it if number in done else ())
        for number in range(first, first + count + _NO_CHAT[wave])
    ]
    await tx.roster.put(roster)
    if wave == 21:
        bought = {step["participant"]: step["noted_at"] for step in steps if step["milestone"] is Milestone.BOUGHT}
        sent = list(_sent([row["id"] for row in rows], bought))
        await tx.connection.execute(insert(deliveries), sent)
        heard = participants.c.id.in_({each["participant"] for each in sent})
        await tx.connection.execute(update(participants).where(heard).values(told_cutoff=CUTOFF))
        await tx.connection.execute(insert(history), list(_reasons([row["id"] for row in rows], bought, chance)))
    return [row["id"] for row in rows if row["id"] not in done]


def _person(number: int, wave: int, joined: datetime) -> dict[str, Any]:
    known = {"language": "id", "zone": "WIB", "wave": wave, "official": True, "welcomed": True, "reminder_level": "all"}
    names = ("Sri", "Agus", "Dewi", "Yohanes", "Rahmat", "Maria", "Andi", "Putri")
    return {"id": number, "name": names[number % len(names)], "joined_at": joined, **known}


def _steps(person: int, wave: int, passed: datetime, chance: random.Random) -> Iterator[dict[str, Any]]:
    at = passed
    for milestone, stays in zip(_PATH, _STAYS[wave], strict=True):
        at += timedelta(hours=30 + 200 * chance.random() ** 2)
        if milestone is Milestone.BOUGHT and wave == 21 and chance.random() < 0.7:
            at = CUTOFF - timedelta(days=chance.choice((14, 7)), hours=15 - 30 * chance.random() ** 2)
        if chance.random() > stays or at > NOW:
            return
        yield {"participant": person, "milestone": milestone, "source": Source.OFFICIAL, "noted_at": at}


def _sent(people: list[int], bought: dict[int, datetime]) -> Iterator[dict[str, Any]]:
    for key, days in _REMINDERS:
        at = CUTOFF - timedelta(days=days, hours=15)
        for person in people:
            if bought.get(person, NOW) >= at and at <= NOW:
                yield {
                    "participant": person, "source": f"reminder/21/2021-10-21/{key}", "kind": Kind.REMINDER,
                    "due_at": at, "state": "sent", "attempt": 1, "failures": 0, "closed_at": at,
                    "via_channel": "demo",
                }  # fmt: skip


def _reasons(people: list[int], bought: dict[int, datetime], chance: random.Random) -> Iterator[dict[str, Any]]:
    for person in people:
        if person not in bought and chance.random() < 0.6:
            fields = {"obstacle": chance.choice(_OBSTACLES)}
            at = NOW - timedelta(hours=chance.random() * 24 * 12)
            yield {"participant": person, "at": at, "event": "ObstacleNamed", "fields": fields}


async def _complain(tx: UnitOfWork, waiting: list[int]) -> None:
    for place, (about, concerned, complaint, minutes, staff) in enumerate(_COMPLAINTS):
        at = NOW - timedelta(minutes=minutes)
        late = about in {"certificate", "incentive"}
        held = staff is not None and place != len(_COMPLAINTS) - 1
        ticket = Ticket(
            id=0, participant=118_000 + place if late else waiting[place], about=about, concerned=concerned,
            complaint=complaint, summary=complaint, heard="Coba dulu langkah di menu kendala pembelian.",
            opened_at=at, queued_at=at, waits_since=at, cutoff=None if late else CUTOFF,
            state=TicketState.HELD if held else TicketState.WAITING,
            owner=STAFF[staff].who if held and staff is not None else None,
        )  # fmt: skip
        kept = await tx.tickets.open(ticket)
        said = Entry(ticket=kept.id, at=at, author=Author.PERSON, text=complaint)
        await tx.ticket_entries.say(said)
        if held and staff is not None:
            words = "Halo kak, aku cek dulu ya. Boleh kirim tangkapan layar riwayat pembeliannya?"
            later = at + timedelta(minutes=12)
            mine = Entry(ticket=kept.id, at=later, author=Author.AGENT, who=STAFF[staff].who, text=words)
            await tx.ticket_entries.say(mine)
