"""An edit of the programme: one proposes, another approves, and it is refused where what it stood on has changed."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.editing.in_force import programme_of
from bot.editing.refusals import EditRefused, Why
from bot.editing.service import Wish, approve, propose, reject, withdraw
from bot.store import Store
from programme.edits import EditState, Place
from tests.broadcast.crowd import AGENT, JOKO, RINA

pytestmark = pytest.mark.usefixtures("threads")

WISH = Wish(
    place=Place("waves.tsv", "21", "cutoff"),
    value="2021-10-25",
    source="@prakerja.go.id, 18 Oct 2021",
    as_of="2021-10-18",
)
GREETING = replace(WISH, place=Place("canned_replies.toml", "salam", "text"), value="Halo {nama}, aku {petugas}.")


async def proposed(store: Store, wish: Wish = WISH) -> int:
    async with store.writing() as tx:
        return await propose(tx, wish, RINA)


async def approved(store: Store, number: int) -> None:
    async with store.writing() as tx:
        await approve(tx, number, JOKO)


async def refused(store: Store, wish: Wish) -> Why:
    with pytest.raises(EditRefused) as why:
        await proposed(store, wish)
    return why.value.why


async def day(store: Store) -> str:
    return f"{(await programme_of(store)).waves[21].cutoff}"


async def test_it_holds_once_a_second_person_has_approved(store: Store) -> None:
    """Not before; who proposed it can't approve it; the history has both, and the version grows once."""
    number = await proposed(store)
    assert await day(store) == "2021-10-21"
    async with store.writing() as tx:
        with pytest.raises(EditRefused, match=Why.OWN):
            await approve(tx, number, replace(RINA, role=JOKO.role))
        assert (await tx.programme_edits.open(9))[0].id == number
    await approved(store, number)
    assert await day(store) == "2021-10-25"
    async with store.reading() as tx:
        [kept] = await tx.programme_edits.decided(9)
        acts = [entry.act for entry in await tx.staff.records(f"edit/{number}")]
    assert (kept.state, kept.before) == (EditState.APPROVED, "2021-10-21")
    assert (kept.proposed_by, kept.decided_by) == (RINA.who, JOKO.who)
    assert acts == ["programme.approved", "programme.propose"]


async def test_the_second_of_two_is_refused_by_what_it_stood_on(store: Store) -> None:
    """Also where the first was taken back to what the file says: somebody has decided in between."""
    first, second = await proposed(store), await proposed(store, replace(WISH, value="2021-10-28"))
    await approved(store, first)
    back = await proposed(store, replace(WISH, value="2021-10-21", over=first))
    await approved(store, back)
    with pytest.raises(EditRefused, match=Why.OVERTAKEN):
        await approved(store, second)
    assert await refused(store, replace(WISH, value="2021-10-30", over=first)) is Why.OVERTAKEN
    assert await day(store) == "2021-10-21"


async def test_of_two_that_are_approved_at_once_one_holds(store: Store) -> None:
    """Whoever is second waits for the first, and is refused by what that changed."""
    numbers = [await proposed(store), await proposed(store, replace(WISH, value="2021-10-28"))]
    done = await asyncio.gather(*(approved(store, number) for number in numbers), return_exceptions=True)
    [refusal] = [each for each in done if each is not None]
    assert isinstance(refusal, EditRefused)
    assert refusal.why is Why.OVERTAKEN
    assert await day(store) == ("2021-10-25" if done[0] is None else "2021-10-28")


async def test_what_was_decided_is_not_decided_again(store: Store) -> None:
    """Rejected or taken back, it stays in the history and never holds."""
    first, second = await proposed(store), await proposed(store)
    async with store.writing() as tx:
        await reject(tx, first, JOKO, "tunggu pengumuman resmi")
        with pytest.raises(EditRefused, match=Why.NOT_OWN):
            await withdraw(tx, second, JOKO)
        await withdraw(tx, second, RINA)
    for number in (first, second):
        with pytest.raises(EditRefused, match=Why.DECIDED):
            await approved(store, number)
    async with store.reading() as tx:
        states = [(each.state, each.reason) for each in await tx.programme_edits.decided(9)]
    assert states == [(EditState.WITHDRAWN, ""), (EditState.REJECTED, "tunggu pengumuman resmi")]
    assert await day(store) == "2021-10-21"


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        (replace(WISH, value="2021-10-21"), Why.SAME),
        (replace(WISH, value=" "), Why.NO_VALUE),
        (replace(WISH, source=""), Why.NO_SOURCE),
        (replace(WISH, as_of="2021-10-20"), Why.WRONG_DAY),
        (replace(WISH, as_of="2021"), Why.WRONG_DAY),
        (replace(WISH, value="25 Oktober"), Why.UNREADABLE),
        (replace(WISH, value="2021-09-20"), Why.ORDER),
        (replace(WISH, place=Place("waves.tsv", "21", "opens"), value="2021-09-01"), Why.CONTRADICTS),
        (replace(WISH, place=Place("waves.tsv", "21", "certainty")), Why.FIXED),
        (replace(WISH, place=Place("rules.toml", "semi_bansos", "days_to_buy.value"), value="15"), Why.FIXED),
        (replace(GREETING, value="Halo {bunda}"), Why.PLACES),
    ],
)
async def test_a_wrong_number_is_worse_than_a_refused_row(in_memory: None, store: Store, wish: Wish, why: Why) -> None:
    """What can't be read, contradicts the rest or has no source is refused before anybody is asked to approve it."""
    assert await refused(store, wish) is why


async def test_an_agent_may_not(in_memory: None, store: Store) -> None:
    """Neither propose nor approve nor reject."""
    number = await proposed(store)
    async with store.writing() as tx:
        for act in (propose(tx, WISH, AGENT), approve(tx, number, AGENT), reject(tx, number, AGENT)):
            with pytest.raises(EditRefused, match=Why.ROLE):
                await act


async def test_a_canned_reply_changes_where_the_staff_read_it(in_memory: None, store: Store) -> None:
    """It wins over the file as what supervisors write in the group does, and is refused if that came first."""
    first, second = (
        await proposed(store, GREETING),
        await proposed(store, replace(GREETING, value="Hai {nama}")),
    )
    await approved(store, first)
    async with store.reading() as tx:
        assert (await tx.agents.canned())["salam"].text == "Halo {nama}, aku {petugas}."
    with pytest.raises(EditRefused, match=Why.OVERTAKEN):
        await approved(store, second)


async def test_whoever_may_approve_is_asked_in_their_own_chat(in_memory: None, store: Store) -> None:
    """Not the one who proposed it, no agent, and nobody who never wrote to the bot."""
    async with store.writing() as tx:
        for member in (RINA, JOKO, AGENT, replace(JOKO, address="999")):
            await tx.staff.put(member)
        met = [await tx.people.at("telegram", one.address, language="id") for one in (JOKO, RINA, AGENT)]
        await propose(tx, replace(WISH, source="a & b <i>"), RINA)
        asked = await tx.outbox.log(9)
    assert [(one.participant, one.source) for one in asked] == [(met[0].id, "edit/1/approval")]
    assert asked[0].message is not None
    assert "Rina mengusulkan perubahan 1" in asked[0].message.text
    assert "<b>Gelombang 21 · Batas beli</b>\n21 Okt 2021 → <b>25 Okt 2021</b>" in asked[0].message.text
    assert "a &amp; b &lt;i&gt;" in asked[0].message.text
