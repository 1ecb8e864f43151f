"""Pemahaman: what was not understood is shown masked, labelled, trained from, and put to use by a second person."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.app.model_following import ModelFollowing
from bot.console.learning import Learning, LearningResult
from bot.console.learning_words import masked
from bot.store import Store, open_store
from handlers.understanding import _in_use, understand, understand_by
from handlers.understanding.likeness import alike
from handlers.understanding.packing import PATH, shipped
from programme.model.clock import SetClock
from programme.model.learning import ModelState
from tests.console.conftest import MONDAY, OURS, STAFF, Staffed
from tests.toy_utterances import write_toy_utterances

SARI, BUDI, _WATI, TARI = STAFF
GOOD = {"top1": 0.9, "answered": 0.8, "right": 0.99, "understood": [], "lines": 0}
WORSE = {**GOOD, "top1": 0.7}


@pytest.fixture(autouse=True)
def shipped_again() -> Iterator[None]:
    yield
    understand_by(None)


@pytest.fixture
async def kept(sqlite_url: str) -> AsyncIterator[Store]:
    """A store by itself, where no page is looked at."""
    store = open_store(sqlite_url, SetClock(MONDAY))
    yield store
    await store.close()


async def missed(store: Store, *texts: str, name: str = "Siti") -> None:
    async with store.writing() as tx:
        person = (await tx.people.speaker("web", name, language="id", name=name)).participant
        for text in texts:
            await tx.misses.add(text, "deadline", 0.4, by=person.id)


async def trained(store: Store, after: dict[str, Any], base: str = "") -> int:
    """A model that Sari had trained; it measured so."""
    async with store.writing() as tx:
        number = await tx.models.begin(base or shipped(), 3, SARI.who)
        await tx.models.end(number, PATH.read_bytes(), {"before": GOOD, "after": after})
    return number


def test_names_and_numbers_are_masked() -> None:
    """Those of who said it, those that are given as names, figures, links."""
    assert masked("aku Siti, hp 081234567890", {"Siti Aminah"}) == "aku •••, hp …"
    assert masked("nama saya Budi Santoso kapan cair", set()) == "nama saya ••• kapan cair"
    assert masked("lihat https://x.example/a kak", set()) == "lihat ••• kak"


def test_what_is_alike_is_put_together() -> None:
    """Slips and other endings part nothing; another matter does."""
    texts = ["sertifikatnya dikirim ke rumah gak", "sertifikat dikirim kerumah ga ya", "kucing saya lucu"]
    assert alike(texts, date(2021, 10, 18)) == [[0, 1], [2]]


async def test_a_group_is_labelled_on_the_page(staffed: Staffed) -> None:
    """Shown without the name; all its lines get the intent, and the trail has it."""
    await missed(
        staffed.app.store,
        "Siti mau sertifikat dikirim ke rumah",
        "sertifikat dikirim ke rumah ga",
        "sertifikat ke rumah",
    )
    sari = await staffed.signed_in("sari")
    await sari.open("/konsol/pemahaman")
    await sari.should_see("••• mau sertifikat dikirim ke rumah")
    await sari.should_not_see("Siti mau")
    async with staffed.app.store.reading() as tx:
        group = (await Learning(staffed.app.store).learned(tx)).groups[0]
    first = group.misses[0].id
    sari.find(marker="Maksud").trigger("change", "certificate")
    sari.find(marker=f"label {first}").click()
    await sari.should_see("Semua sudah dilabeli")
    async with staffed.app.store.reading() as tx:
        labelled = await tx.misses.labelled()
        assert len(await Learning(staffed.app.store).lines(tx)) == 3
    assert {one.intent for one in labelled} == {"certificate"}
    assert await staffed.trail("understanding.") == [("demo:sari", "understanding.label", "certificate")]


async def test_a_label_is_taken_back_and_no_other_is_written_over(kept: Store) -> None:
    """Whoever comes second with the same group is told; what is no intent is none."""
    await missed(kept, "apa ini")
    learning = Learning(kept)
    async with kept.writing() as tx:
        assert await learning.label(tx, SARI, [1], "made_up") is LearningResult.NO_INTENT
        assert await learning.label(tx, SARI, [1], "help") is LearningResult.DONE
        assert await learning.label(tx, TARI, [1], "fraud") is LearningResult.OVERTAKEN
        assert await learning.unlabel(tx, TARI, "help") is LearningResult.DONE
        assert [one.intent for one in await tx.misses.grouped(9)] == [None]


async def test_a_second_person_puts_a_model_to_use_and_every_process_takes_it_up(kept: Store) -> None:
    """Not who had it trained, not a worse one, not one of another version; and back by one press."""
    learning, process = Learning(kept), ModelFollowing(kept)
    for after, base, came in ((WORSE, "", LearningResult.WORSE), (GOOD, "old", LearningResult.OUTDATED)):
        number = await trained(kept, after, base)
        async with kept.writing() as tx:
            assert await learning.put_to_use(tx, TARI, number) is came
    number = await trained(kept, GOOD)
    async with kept.writing() as tx:
        assert await learning.put_to_use(tx, SARI, number) is LearningResult.ONESELF
        assert await learning.put_to_use(tx, TARI, number) is LearningResult.DONE
        assert await learning.put_to_use(tx, TARI, number) is LearningResult.OVERTAKEN
    assert await process.look()
    assert _in_use.model is not None
    assert understand("kapan batas beli pelatihan", today=date(2021, 10, 18)).intent == "deadline"
    assert not await process.look()
    async with kept.writing() as tx:
        assert await learning.use_shipped(tx, SARI) is LearningResult.DONE
    assert await process.look()
    assert _in_use.model is None
    async with kept.reading() as tx:
        used = [entry.who for _number, entry in await tx.staff.trail(9, act="understanding.use")]
    assert used == ["demo:sari", "demo:tari"]


async def test_a_model_is_trained_in_a_process_of_its_own(kept: Store, tmp_path: Path) -> None:
    """From utterances and labelled lines, one at a time; what it measured is kept."""
    await missed(kept, "sertifikatku mana")
    learning = Learning(kept, write_toy_utterances(tmp_path))
    async with kept.writing() as tx:
        await learning.label(tx, SARI, [1], "certificate")
        begun = await learning.begin(tx, SARI)
        assert not isinstance(begun, LearningResult)
        assert await learning.begin(tx, SARI) is LearningResult.UNDER_WAY
    await learning.train(*begun)
    async with kept.reading() as tx:
        latest = await tx.models.latest()
    assert latest is not None
    assert latest.state is ModelState.TRAINED
    assert latest.figures is not None
    assert set(latest.figures) == {"before", "after"}
    assert latest.figures["after"]["top1"] == 0.75


async def test_labelled_lines_are_a_file_for_the_training(staffed: Staffed) -> None:
    """Where nothing trains, they can be added by hand: with intent and voice, without names."""
    await missed(staffed.app.store, "Siti tanya sertifikat")
    async with staffed.app.store.writing() as tx:
        await tx.misses.label_all([1], "certificate", SARI.who)
    budi, sari = [(await staffed.signed_in(who)).http_client for who in ("budi", "sari")]
    assert (await budi.post("/konsol/pemahaman/kalimat.tsv", headers=OURS)).status_code == 403
    answer = await sari.post("/konsol/pemahaman/kalimat.tsv", headers=OURS)
    assert answer.text == "certificate\tpeserta\ttanya sertifikat\n"
