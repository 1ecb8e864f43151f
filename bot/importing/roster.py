"""The roster: who passed, by phone number, of which only a keyed hash is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.importing.columns import Column, maybe_choice, maybe_day, maybe_platform, phone, whole
from bot.importing.lists import Office
from bot.importing.sheets import Row
from bot.store import RosterRow, Transaction
from programme.milestones import Milestone, Source, Step
from programme.zones import Zone
from reminders.schedule import reschedule

_STEPS = {
    "bought_on": Milestone.BOUGHT,
    "completed_on": Milestone.COMPLETED,
    "reviewed_on": Milestone.REVIEWED,
    "account_connected_on": Milestone.ACCOUNT_CONNECTED,
}


class RosterList:
    """One row a person."""

    columns = (
        Column("phone", "mobile number registered with Prakerja", "081234567890", required=True),
        Column("wave", "number of the wave in which the person passed", "21", required=True),
        Column("passed_on", "day of passing, WIB", "2021-09-22"),
        Column("zone", "WIB, WITA or WIT", "WITA"),
        Column("bought_on", "day of the first purchase, empty if none", "2021-10-19"),
        Column("platform", "where it was bought", "Tokopedia"),
        Column("completed_on", "day of finishing the training"),
        Column("reviewed_on", "day of rating and review"),
        Column("account_connected_on", "day on which bank account or e-wallet was connected"),
    )

    def read(self, row: Row, office: Office) -> RosterRow:
        """Return the person behind a row. Raises BadRow."""
        platform = maybe_platform(row, "platform", office.programme)
        number = office.numbers.kept(phone(row))
        return RosterRow(
            phone_hash=number.text,
            former=number.former,
            wave=whole(row, "wave", least=1, most=200),
            passed_on=maybe_day(row, "passed_on"),
            zone=maybe_choice(row, "zone", Zone),
            progress=tuple(
                Step(
                    milestone,
                    on=day,
                    platform=platform.id if platform and milestone is Milestone.BOUGHT else None,
                    source=Source.OFFICIAL,
                )
                for column, milestone in _STEPS.items()
                if (day := maybe_day(row, column)) is not None
            ),
        )

    async def put(self, items: Sequence[RosterRow], tx: Transaction, office: Office) -> int:
        """Keep the rows; people who shared their number before become official at once."""
        changed = await tx.roster.put(items)
        if changed:
            await follow([item.phone_hash for item in items], tx, office)
        return changed


async def follow(phone_hashes: Iterable[str], tx: Transaction, office: Office) -> None:
    """Bring people whose number is linked already up to what the roster says, with the one reminder due."""
    for own, number in (await tx.roster.linked(phone_hashes)).items():
        person, matched = await tx.people.get(number), await tx.roster.find(own)
        if person is None or matched is None or (official := person.after(matched)) == person:
            continue
        await tx.people.save(official, [matched], office.now)
        await reschedule(tx.reminders, official, office.programme, office.policy, office.now, catch_up=True)
