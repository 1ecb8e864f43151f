"""An operator hears within minutes that WhatsApp tells of nothing, and days before that its texts are untried."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import event, insert

from bot.app.health import complaints
from bot.app.whatsapp_health import FAMILIES, template_complaints
from bot.cli.check_service import check_live
from bot.store import Store, UnitOfWork, open_store
from bot.store.repositories.channel_accounts import TemplateRow
from bot.store.schema.traffic import templates
from programme.model.deliveries import Outcome
from programme.programme import load_programme
from tests.databases import at
from tests.store.samples import MINUTE, MONDAY, claim, meet, owed, settled

PROGRAMME = load_programme()


async def _accepted(tx: UnitOfWork, moment: datetime = MONDAY) -> None:
    person = await meet(tx, channel="whatsapp")
    await tx.outbox.put([owed(person)])
    [held] = await claim(tx, moment)
    await tx.outbox.settle([settled(held, Outcome.SENT, moment, provider_id="wamid.1")])


async def _complaints(store: Store, moment: datetime, tier: int | None = None) -> str:
    async with at(store, moment).reading() as tx:
        return " ".join(complaints(await tx.queue_stats(), tier))


async def test_receipts_that_stop_coming_are_told_of_within_five_minutes(store: Store) -> None:
    """Two minutes are given; a receipt of whatever came since makes it good."""
    async with store.writing() as tx:
        await tx.accounts.learn("whatsapp", {"status": "CONNECTED", "quality": "GREEN"})
        await _accepted(tx)
    assert await _complaints(store, MONDAY + MINUTE) == ""
    said = await _complaints(store, MONDAY + 4 * MINUTE)
    assert "WhatsApp accepted 1 messages, the first 4 min ago, and has told of none since" in said
    async with at(store, MONDAY + 4 * MINUTE).writing() as tx:
        await tx.accounts.learn("whatsapp", {"receipt_at": "came"})
    assert await _complaints(store, MONDAY + 5 * MINUTE) == ""


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"quality": "RED"}, "quality RED"),
        ({"quality": "GREEN"}, ""),
        ({"status": "FLAGGED"}, "status FLAGGED"),
        ({"health": "LIMITED"}, "health LIMITED"),
        ({"tier": "10"}, "9 of the 10 people"),
        ({"tier": "11"}, ""),
        ({"tier": "-1"}, ""),
    ],
)
async def test_what_meta_says_of_the_number_is_told(tx: UnitOfWork, facts: dict[str, str], told: str) -> None:
    """Its quality, whether it may send, and a day's measure of people that is nearly full."""
    people = [await meet(tx, f"person {number}", "whatsapp") for number in range(9)]
    await tx.accounts.learn("whatsapp", {"name_status": "APPROVED", **facts})
    await tx.accounts.approach("whatsapp", people)
    said = " ".join(complaints(await tx.queue_stats(), None if "tier" in facts else -1))
    assert told in said
    assert bool(told) == bool(said)


async def test_without_whatsapp_one_look_is_all_it_costs(store: Store) -> None:
    """Nobody pays for a channel that is not there."""
    asked: list[str] = []
    async with store.reading() as tx:
        engine = tx.connection.sync_connection
        assert engine is not None
        event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
        await tx.queue_stats()
    whatsapps = [each for each in asked if "channel_facts" in each and "restored" not in each]
    assert len(whatsapps) <= 2, "one for WhatsApp, one that asks whether the database was restored"
    assert not any("approached" in each or "via_channel" in each for each in asked)


def _rows(**changed: object) -> list[TemplateRow]:
    well = {"language": "id", "state": "APPROVED", "quality": "GREEN", "used_at": MONDAY, "stopped_at": None}
    rows = [TemplateRow(name=f"sobat_{family}_12h", **well) for family in FAMILIES]  # type: ignore[arg-type]
    return [rows[0]._replace(**changed), *rows[1:]]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, ""),
        ({"state": "PAUSED"}, "are not approved: sobat_last_day_12h (id)"),
        ({"quality": "YELLOW"}, "are not GREEN"),
        ({"used_at": MONDAY - timedelta(days=8)}, "were not used in the last 7 days"),
        ({"used_at": None}, "were not used"),
        ({"stopped_at": MONDAY}, "were stopped by us"),
        ({"name": "sobat_finish_12h"}, "are not known: sobat whatsapp templates: last_day"),
    ],
)
def test_texts_of_the_last_evening_must_be_tried_before(changed: dict[str, object], told: str) -> None:
    """Within a week before a cutoff; on Monday that of wave 21 is three days away."""
    said = " ".join(template_complaints(_rows(**changed), PROGRAMME, MONDAY))
    assert told in said
    assert bool(told) == bool(said)
    assert not said or "wave 21 is in 3 days" in said
    assert list(template_complaints(_rows(**changed), PROGRAMME, MONDAY + timedelta(days=3650))) == []


async def test_sobat_check_live_says_which(
    url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only where there is WhatsApp; by the table alone."""
    monkeypatch.setattr("bot.app.whatsapp_health.WEEK", timedelta(days=0))
    store = open_store(url)
    async with store.writing() as tx:
        await tx.connection.execute(
            insert(templates).values(name="sobat_deadline_1h", language="id", state="PAUSED", reason="", told_at=MONDAY)
        )
        await tx.accounts.learn("whatsapp", {"status": "BANNED"})
    await store.close()
    assert await check_live(url) == 1
    assert "status BANNED" in capsys.readouterr().out
