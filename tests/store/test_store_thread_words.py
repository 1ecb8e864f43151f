"""Complaints are found by words of their whole thread, on either database, and not by what the desk notes of itself."""

from __future__ import annotations

import pytest

from bot.store import Store, open_store
from bot.store.repositories import inbox_list, often_words
from bot.store.repositories.inbox_list import Pile, Wanted
from programme.model.tickets import Author, Entry, Ticket, TicketState

SAID = (
    (Author.PERSON, "Halo kak, nomor pesanan TRX8812 belum masuk juga"),
    (Author.AGENT, "Baik, kami tanyakan ke Tokopedia; mohon tunggu 1x24 jam"),
    (Author.NOTE, "rekan: mitra bilang 100% refund"),
    (Author.DESK, "Diambil Budi rahasiameja"),
)


async def open_threads(store: Store) -> None:
    """One with all that was said, one of another who said something else, and the first again, closed."""
    async with store.writing() as tx:
        for number, state in ((1, TicketState.WAITING), (2, TicketState.WAITING), (3, TicketState.CLOSED)):
            person = (await tx.people.at("web", f"{number}", language="id")).id
            ticket = Ticket(
                id=0, participant=person, about="buying", complaint="Voucher gagal", opened_at=tx.now, queued_at=tx.now,
                state=state,
            )  # fmt: skip
            kept = await tx.tickets.open(ticket)
            for author, text in SAID if number != 2 else ((Author.PERSON, "Sertifikat belum muncul"),):
                await tx.ticket_entries.say(Entry(ticket=kept.id, at=tx.now, author=author, text=text))


FOUND: tuple[tuple[str, list[int]], ...] = (
    ("trx8812", [1]),
    ("TRX8812 Pesanan", [1]),
    ("pesanan masuk", [1]),  # both, whatever stands between
    ("masuk pesanan", [1]),
    ("tokoped", [1]),  # as one types
    ("refund", [1]),
    ("voucher", [1, 2]),  # of the complaint
    ("sertifikat", [2]),
    ("pesanan sertifikat", []),
    ("rahasiameja", []),
    ("100%", [1]),
    ("'; drop & | ! :*", []),
    ("%", []),
)


async def test_words_of_a_thread_find_its_complaint(store: Store) -> None:
    """All in one message, in any order, capital or small; what looks like a question to the database is words."""
    await open_threads(store)
    async with store.reading() as tx:
        for words, found in FOUND:
            for pile, wanted in ((Pile.OPEN, found), (Pile.CLOSED, [3] if 1 in found else [])):
                page, _further = await tx.inbox_list.page(Wanted(pile=pile, words=words), 40)
                assert sorted(one.id for one in page) == wanted, (words, pile)


async def test_words_of_all_days_are_looked_for_page_by_page(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where an index knows too many places, a page looks through some tickets, and the next one goes on after them."""
    monkeypatch.setattr(inbox_list, "LOOKED_THROUGH", 3)
    monkeypatch.setattr(often_words, "OFTEN", 0.4)
    store = open_store(postgres_url)
    async with store.writing() as tx:
        person = (await tx.people.at("web", "siti", language="id")).id
        for number in range(1, 9):
            kept = await tx.tickets.open(
                Ticket(
                    id=0, participant=person, about="buying", complaint="Saldo nol", opened_at=tx.now, queued_at=tx.now,
                    state=TicketState.CLOSED,
                )
            )  # fmt: skip
            said = f"Saldo sudah masuk kak, pesanan {'lama' if number <= 4 else 'baru'} TRX{number}000"
            await tx.ticket_entries.say(Entry(ticket=kept.id, at=tx.now, author=Author.PERSON, text=said))
    async with store.writing() as tx:
        await tx.connection.exec_driver_sql("ANALYZE ticket_entries")
        await tx.connection.exec_driver_sql("ANALYZE tickets")

    async def pages(words: str, pile: Pile = Pile.CLOSED) -> list[list[int]]:
        found, place, more = list[list[int]](), None, True
        while more:
            async with store.reading() as tx:
                page, place = await tx.inbox_list.page(Wanted(pile=pile, words=words), 2, place)
            found.append([one.id for one in page])
            more = place is not None
        return found

    assert await pages("saldo masuk") == [[8, 7], [6, 5], [4, 3], [2, 1]]
    assert await pages("saldo lama") == [[], [4, 3], [2, 1]]
    assert await pages("trx5000 saldo") == [[5]], "one rare word is enough"
    assert await pages("saldo masuk", Pile.OPEN) == [[]]
    await store.close()
