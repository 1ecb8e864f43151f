"""`sobat broadcast` and `sobat staff`, as an operator types them."""

from __future__ import annotations

import asyncio
import csv
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from bot.store import open_store
from programme.model.deliveries import Outcome
from programme.model.messages import Kind
from programme.model.milestones import Milestone
from tests.broadcast.crowd import MONDAY, Bureau, settle_in
from tests.command_line import SOBAT

CLOCK = ("--clock", MONDAY.isoformat())
Type = Callable[..., Result]


@pytest.fixture
def database(sqlite_url: str) -> str:
    """Three people who have not bought, one who has, one in another wave."""

    async def people(bureau: Bureau) -> None:
        async with bureau.store.writing() as tx:
            await settle_in(tx, range(1, 4))
            await settle_in(tx, range(4, 5), reached=Milestone.BOUGHT)
            await settle_in(tx, range(5, 6), wave=20)

    _work(sqlite_url, people)
    return sqlite_url


@pytest.fixture
def sobat(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Type:
    """Type a command and return what comes out; `news.txt` lies at hand, and one with a deadline that was typed."""
    monkeypatch.chdir(tmp_path)
    Path("news.txt").write_text("Halo <b>semua</b>", encoding="utf-8")
    Path("typed.txt").write_text("Beli sebelum 21 Oktober ya", encoding="utf-8")

    def typed(*words: str) -> Result:
        return CliRunner().invoke(SOBAT, [*words, "--database", database])

    return typed


def _work(database: str, work: Callable[[Bureau], Awaitable[None]]) -> None:
    async def run() -> None:
        store = open_store(database)
        try:
            await work(Bureau(store))
        finally:
            await store.close()

    asyncio.run(run())


def _announce(sobat: Type, *more: str) -> Result:
    return sobat("broadcast", "--wave", "21", "--not-bought", "--text-file", "news.txt", *CLOCK, *more)


def test_a_dry_run_tells_everything_and_orders_nothing(sobat: Type) -> None:
    """People, who is left out, time, cost, the latest start, and the words."""
    shown = _announce(sobat, "--dry-run", "--button", "Cara beli -> how_to_buy")
    assert shown.exit_code == 0
    for part in ("people      3", "1 in other waves", "1 by milestone", "takes       1 s", "costs       nothing"):
        assert part in shown.output
    assert "starts by 2021-10-21 23:59:58 WIB" in shown.output
    assert "Halo semua" in shown.output
    assert "[Cara beli]" in shown.output
    assert "no announcements yet" in sobat("broadcast", "status").output


def test_what_is_paid_for_is_told_in_stars(sobat: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only where the operator has set it."""
    monkeypatch.setenv("TELEGRAM_PAID_BROADCAST", "true")
    monkeypatch.setenv("TELEGRAM_RATE", "500")
    assert "costs       1 Stars" in _announce(sobat, "--dry-run").output


def test_without_a_yes_and_nobody_to_ask_nothing_is_ordered(sobat: Type) -> None:
    """A script has to say it."""
    assert "--yes" in _announce(sobat).output
    assert "no announcements yet" in sobat("broadcast", "status").output


def test_from_order_to_results(sobat: Type, database: str) -> None:
    """Ordered, sent, shown, and what became of each person's message, without a phone or an address."""
    assert "number 1" in _announce(sobat, "--yes").output

    async def send(bureau: Bureau) -> None:
        await bureau.rounds.run()
        await bureau.sends(limit=2)
        await bureau.sends(limit=1, outcome=Outcome.FAILED)
        await bureau.rounds.run()

    _work(database, send)
    shown = sobat("broadcast", "status", "1").output
    assert "state       done" in shown
    assert "sent        2" in shown
    assert sobat("broadcast", "results", "1", "--file", "results.csv").exit_code == 0
    rows = list(csv.DictReader(Path("results.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["state"] for row in rows] == ["sent", "sent", "failed"]
    assert rows[0] == {
        "participant": "1",
        "channel": "telegram",
        "state": "sent",
        "at": "2021-10-18T09:00:00+07:00",
        "reason": "",
    }
    assert "1001" not in Path("results.csv").read_text(encoding="utf-8")
    assert "running now" in sobat("broadcast", "retry", "1", *CLOCK).output


def test_pause_resume_and_cancel(sobat: Type, database: str) -> None:
    """Each says in which state it is now; what makes no sense is refused in a sentence."""
    _announce(sobat, "--yes")

    async def begin(bureau: Bureau) -> None:
        await bureau.rounds.run()

    assert "paused now" in sobat("broadcast", "pause", "1").output
    assert "scheduled now" in sobat("broadcast", "resume", "1", *CLOCK).output
    _work(database, begin)
    assert "paused now" in sobat("broadcast", "pause", "1").output
    assert "running now" in sobat("broadcast", "resume", "1", *CLOCK).output
    assert "cancelled now" in sobat("broadcast", "cancel", "1").output
    again = sobat("broadcast", "cancel", "1")
    assert (again.exit_code, "can't cancel it: it is cancelled" in again.output) == (2, True)
    assert "no broadcast 9" in sobat("broadcast", "cancel", "9").output


def test_a_mistaken_one_is_taken_back_and_corrected(sobat: Type, database: str) -> None:
    """Whom it reached have it taken from them; the correction goes to exactly these; status tells what became of it."""
    _announce(sobat, "--yes")

    async def reach(bureau: Bureau) -> None:
        await bureau.rounds.run()
        assert len(await bureau.sends(limit=3)) == 3

    async def take_back(bureau: Bureau) -> None:
        await bureau.rounds.run()
        assert len(await bureau.sends()) == 3

    _work(database, reach)
    Path("right.txt").write_text("Ralat: {sisa_hari} hari lagi")
    assert "new words in their place" in sobat("broadcast", "edit", "1", "--text-file", "right.txt").output
    assert "cancelled, and taken back" in sobat("broadcast", "withdraw", "1").output
    _work(database, take_back)
    status = sobat("broadcast", "status", "1").output
    assert "3 done" in status
    shown = sobat("broadcast", "correct", "1", "--text-file", "right.txt", "--dry-run", *CLOCK).output
    assert re.search(r"people +3\b", shown)
    assert "paused: none" in sobat("broadcast", "stop-all").output


def test_what_would_end_too_late_tells_the_latest_start(sobat: Type) -> None:
    """In one sentence, with exit code 2."""
    late = _announce(sobat, "--yes", "--at", "2021-10-21T23:59:59+07:00")
    assert late.exit_code == 2
    assert "start it by 2021-10-21 23:59:58 WIB" in late.output
    past = sobat("broadcast", "--wave", "21", "--not-bought", "--text-file", "news.txt", "--yes")
    assert "too late even now" in past.output


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--wave", "21"), "--text-file"),
        (("--text-file", "news.txt"), "--wave NUMBER"),
        (("--wave", "21", "--text-file", "none.txt"), "no such file: none.txt"),
        (("--wave", "21", "--text-file", "news.txt", "--at", "tomorrow"), "is no moment such as"),
        (("--wave", "21", "--text-file", "news.txt", "--at", "2021-10-19T09:00:00"), "lacks its time zone"),
        (("--wave", "21", "--text-file", "news.txt", "--button", "Beli"), "is no button"),
        (("--wave", "21", "--text-file", "news.txt", "--picture", "news.txt"), "no picture"),
        (("--wave", "21", "--text-file", "typed.txt"), "write '21 Oktober' as {batas}"),
        (("--wave", "21", "--text-file", "news.txt", "--as", "77", "--dry-run"), "nobody on the staff"),
    ],
)
def test_a_wrong_option_gets_one_clear_sentence(sobat: Type, options: tuple[str, ...], sentence: str) -> None:
    """And exit code 2."""
    wrong = sobat("broadcast", *options)
    assert wrong.exit_code == 2
    assert sentence in " ".join(wrong.output.split())


@pytest.mark.parametrize("written", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_words_are_read_as_editors_save_them(sobat: Type, written: str) -> None:
    Path("saved.txt").write_text("Halo kak, sudah é", encoding=written)
    shown = sobat("broadcast", "--wave", "21", "--text-file", "saved.txt", "--dry-run")
    assert "Halo kak, sudah é" in shown.output
    assert "\ufeff" not in shown.output


@pytest.mark.parametrize("written", [b"Halo caf\xe9", b"Halo\0kak", b"\xff\xfeH"])
def test_words_that_would_go_out_garbled_are_refused(sobat: Type, written: bytes) -> None:
    Path("saved.txt").write_bytes(written)
    wrong = sobat("broadcast", "--wave", "21", "--text-file", "saved.txt", "--dry-run")
    assert "saved.txt is no text in UTF-8: save it as UTF-8" in " ".join(wrong.output.split())


def test_an_unknown_place_is_refused(sobat: Type) -> None:
    """With those that there are."""
    Path("news.txt").write_text("Halo {namaku}", encoding="utf-8")
    assert "{namaku} is no placeholder; there are {nama}" in _announce(sobat, "--dry-run").output


def test_a_preview_goes_to_its_author_alone(sobat: Type, database: str) -> None:
    """Filled with their own data, with the picture."""
    Path("news.txt").write_text("Halo {nama}", encoding="utf-8")
    png = BytesIO()
    Image.new("RGB", (20, 20), "navy").save(png, "PNG")
    Path("news.png").write_bytes(png.getvalue())
    sobat("staff", "add", "--telegram", "1001", "--role", "supervisor", "--name", "Rina")
    assert "on its way to Rina" in _announce(sobat, "--preview", "--as", "1001", "--picture", "news.png").output

    async def look(bureau: Bureau) -> None:
        bureau.clock.set(MONDAY + timedelta(days=10_000))
        async with bureau.store.reading() as tx:
            [entry] = await tx.outbox.log(10)
        assert (entry.participant, entry.kind) == (1, Kind.STAFF)
        assert entry.message is not None
        assert entry.message.text == "Halo Sobat"
        assert entry.message.picture is not None

    _work(database, look)


def test_a_name_typed_here_is_no_second_person(sobat: Type, database: str) -> None:
    """Whoever is to approve is asked in their own chat; nothing goes out before they press there."""

    async def crowd(bureau: Bureau) -> None:
        async with bureau.store.writing() as tx:
            await settle_in(tx, range(100, 10_200))

    _work(database, crowd)
    for number, role in ((1001, "supervisor"), (1002, "supervisor"), (1003, "agent"), (9, "admin")):
        sobat("staff", "add", "--telegram", str(number), "--role", role, "--name", f"N{number}")
    assert "somebody else approves it" in _announce(sobat, "--yes", "--as", "1001").output

    def approve(*who: str) -> str:
        return " ".join(sobat("broadcast", "approve", "1", *who, *CLOCK).output.split())

    assert "in their own chat" in approve()
    assert "somebody else has to approve it" in approve("--as", "1001")
    assert "only a supervisor" in approve("--as", "1003")
    assert "N9 has never written to the bot" in approve("--as", "9")
    assert "N1002 is asked in Telegram" in approve("--as", "1002")
    assert "waiting approval" in sobat("broadcast", "status", "1").output

    async def look(bureau: Bureau) -> None:
        async with bureau.store.reading() as tx:
            asked = [entry for entry in await tx.outbox.log(10) if "/approval" in entry.source]
            [typed] = [entry for entry in await tx.staff.records("broadcast/1") if entry.act == "typed"]
        assert {entry.participant for entry in asked} == {2}
        assert len(asked) == 2, "when it was ordered, and now"
        assert (typed.who.startswith("terminal:"), typed.details) == (True, {"name": "telegram:1001"})

    _work(database, look)


def test_the_staff_comes_and_goes(sobat: Type) -> None:
    """What they did stays in the records."""
    assert "nobody yet" in sobat("staff", "list").output
    assert "Rina is admin now" in sobat("staff", "add", "--telegram", "5", "--role", "admin", "--name", "Rina").output
    assert "telegram:5" in sobat("staff", "list").output
    assert "removed" in sobat("staff", "remove", "--telegram", "5").output
    assert sobat("staff", "remove", "--telegram", "5").exit_code == 2
    assert sobat("staff", "add", "--role", "admin", "--name", "Rina").exit_code == 2
    records = sobat("staff", "records", "telegram:5").output
    assert "staff remove" in records
    assert "staff add" in records
