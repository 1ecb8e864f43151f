"""A desk at which lists are brought, approved and undone, as from the console, over a real store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.importing.folder import UploadFolder
from bot.importing.job import ImportJob
from bot.importing.lists import Office
from bot.importing.orders import ImportOrders
from bot.importing.queue import ImportQueue
from bot.importing.recognising import Recognised
from bot.store import Store
from programme.model.imports import ListImport

SARI, TARI = "demo:sari", "demo:tari"


@dataclass
class Desk:
    """Two people with one queue."""

    store: Store
    office: Office
    place: Path

    def __post_init__(self) -> None:
        self.orders, self.folder = ImportOrders(), UploadFolder(self.place)
        self.queue = ImportQueue(
            self.store, self.folder, ImportJob(self.store, self.folder, lambda _who: self.office).work
        )

    async def send(
        self, content: str | bytes, what: str = "roster", name: str = "lolos.csv", piece: int = 1 << 20
    ) -> int:
        """Send a file in pieces, as Sari, until it is recognised."""
        data = content if isinstance(content, bytes) else content.encode()
        async with self.store.writing() as tx:
            one = await self.orders.bring(tx, SARI, what, "lolos.csv", len(data))
        for at in range(0, len(data), piece):
            part = data[at : at + piece]
            self.orders.check_piece(SARI, await self.one(one.id), at, len(part))
            self.folder.append(one, at, part)
            async with self.store.writing() as tx:
                await self.orders.add(tx, one.id, at, len(part))
        await self.queue.work()
        return one.id

    async def compare(self, number: int, **places: int) -> ListImport:
        """Confirm the columns as recognised, but for those given, and look what would change."""
        one = await self.one(number)
        assert one.columns is not None, one
        said = {**Recognised.from_document(one.columns).places, **places}
        async with self.store.writing() as tx:
            await self.orders.confirm(tx, SARI, one, said)
        await self.queue.work()
        return await self.one(number)

    async def order(self, number: int) -> ListImport:
        """Ask for a second person."""
        async with self.store.writing() as tx:
            await self.orders.order(tx, SARI, await self.one(number))
        return await self.one(number)

    async def approve(self, looked: ListImport, who: str = TARI) -> None:
        """Approve it as somebody."""
        async with self.store.writing() as tx:
            await self.orders.approve(tx, who, looked)

    async def bring(self, content: str | bytes, what: str = "roster") -> ListImport:
        """Bring a list from beginning to end."""
        number = await self.send(content, what)
        await self.compare(number)
        await self.approve(await self.order(number))
        await self.queue.work()
        return await self.one(number)

    async def undo(self, number: int) -> ListImport:
        """Take an import back."""
        async with self.store.writing() as tx:
            await self.orders.undo(tx, SARI, await self.one(number))
        await self.queue.work()
        return await self.one(number)

    async def one(self, number: int) -> ListImport:
        """Return an import as it is now."""
        async with self.store.reading() as tx:
            found = await tx.imports.get(number)
        assert found is not None
        return found

    async def acts(self, number: int) -> list[str]:
        """Return what the records say of it, in order."""
        async with self.store.reading() as tx:
            return [entry.act for entry in reversed(await tx.staff.records(f"import/{number}"))]

    async def table(self, what: str = "roster") -> list[tuple[object, ...]]:
        """Return all lines of a list, in order."""
        async with self.store.reading() as tx:
            rows = await tx.connection.exec_driver_sql(f"SELECT * FROM {what} ORDER BY 1, 2")  # noqa: S608 - ours
            return [tuple(row) for row in rows]
