"""`sobat whatsapp templates` as an operator meets it, against a shelf that refuses as Meta does."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from click.testing import CliRunner, Result

from bot.channels.whatsapp.templates import load_templates
from bot.store import open_store
from programme.model.clock import SystemClock
from tests.command_line import SOBAT
from tests.whatsapp.template_shelf import ACCOUNT, TOKEN, TemplateShelf, opened_shelf

COUNT = len(load_templates().all)


@dataclass
class Desk:
    """A terminal with the settings of WhatsApp."""

    shelf: TemplateShelf
    database: str
    settings: dict[str, str | None] = field(default_factory=dict)

    def run(self, *words: str, **more: str | None) -> Result:
        ours = {name: None for name in os.environ if name.startswith(("TELEGRAM", "DATABASE", "SOBAT", "WHATSAPP"))}
        environment = {**ours, **self.settings, **more, "COLUMNS": "250"}
        done = CliRunner().invoke(SOBAT, ("whatsapp", "templates", *words), env=environment)
        assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
        return done

    def status(self) -> Result:
        return self.run("status", "--database", self.database)

    def line(self, name: str) -> str:
        told = self.status()
        return next((line for line in told.stdout.splitlines() if f"{name} " in line), told.output)


@pytest.fixture
def desk(sqlite_url: str) -> Iterator[Desk]:
    with opened_shelf() as shelf:
        settings = {
            "WHATSAPP_TOKEN": TOKEN,
            "WHATSAPP_ACCOUNT_ID": ACCOUNT,
            "WHATSAPP_PHONE_NUMBER_ID": "106540352242922",
            "WHATSAPP_APP_SECRET": "an app's secret",
            "WHATSAPP_VERIFY_TOKEN": "a word of our own",
            "WHATSAPP_BASE_URL": shelf.base_url,
            "SOBAT_SECRET": "kf93jf02kd84hf02jfk3",
        }
        yield Desk(shelf, sqlite_url, dict(settings))


def test_the_data_is_looked_over_without_asking_meta(desk: Desk) -> None:
    done = desk.run("check", WHATSAPP_BASE_URL="http://127.0.0.1:1/v26.0")
    assert (done.exit_code, done.stdout.count("✓")) == (0, 1)
    assert f"{COUNT} templates of 13 families" in done.stdout


def test_what_is_missing_is_sent_in_and_nothing_twice(desk: Desk) -> None:
    """The shelf refuses same words under two names, so this is also the proof that every step differs."""
    done = desk.run("push")
    assert (done.exit_code, len(desk.shelf.kept)) == (0, COUNT), done.output
    assert desk.shelf.named("sobat_deadline_12h")["message_send_ttl_seconds"] == 43_200
    again = desk.run("push")
    assert (again.exit_code, len(desk.shelf.kept)) == (0, COUNT)
    assert "Meta has all of them" in again.stdout


def test_where_meta_wants_a_pause_the_next_run_goes_on(desk: Desk) -> None:
    desk.shelf.most = 100
    done = desk.run("push")
    assert (done.exit_code, len(desk.shelf.kept)) == (2, 100)
    assert "too many calls" in done.stderr
    assert "run it again" in done.stderr
    desk.shelf.most = 1000
    assert desk.run("push").exit_code == 0
    assert len(desk.shelf.kept) == COUNT


def test_what_differs_is_changed_when_asked_for_only(desk: Desk) -> None:
    desk.run("push")
    desk.shelf.approve_all()
    kept = desk.shelf.named("sobat_finish_12h")
    footer = next(part for part in kept["components"] if part["type"] == "FOOTER")
    footer["text"] = "Lain"
    done = desk.run("push")
    assert (done.exit_code, desk.shelf.edits) == (1, [])
    assert "sobat_finish_12h (id) differs, and is left as it is without --edit: footer" in done.stdout
    assert desk.run("push", "--edit").exit_code == 0
    assert desk.shelf.edits == [kept["id"]]
    assert "Meta has all of them" in desk.run("push").stdout


def test_status_says_of_each_what_to_do(desk: Desk) -> None:
    assert "not at Meta yet" in desk.line("sobat_deadline_12h")
    desk.run("push")
    assert "wait" in desk.line("sobat_deadline_12h")
    desk.shelf.approve_all()
    done = desk.status()
    assert done.exit_code == 0, done.output
    desk.shelf.named("sobat_deadline_12h")["quality_score"] = {"score": "UNKNOWN"}
    assert "new to Meta" in desk.line("sobat_deadline_12h")
    desk.shelf.named("sobat_deadline_3h").update(status="REJECTED", rejected_reason="INVALID_FORMAT")
    assert "is no longer sent" in desk.line("sobat_deadline_3h")
    assert "rejected (INVALID_FORMAT)" in desk.line("sobat_deadline_3h")
    desk.shelf.named("sobat_deadline_1h")["quality_score"] = {"score": "RED"}
    assert "quality RED" in desk.line("sobat_deadline_1h")
    desk.shelf.kept["9"] = {**desk.shelf.named("sobat_deadline_1h"), "id": "9", "name": "sobat_lottery_1h"}
    done = desk.status()
    assert done.exit_code == 1
    assert "sobat_lottery_1h (id) is at Meta and not here" in done.stdout


def usable(desk: Desk) -> frozenset[tuple[str, str]]:
    async def read() -> frozenset[tuple[str, str]]:
        store = open_store(desk.database, SystemClock())
        async with store.reading() as tx:
            found = await tx.templates.usable()
        await store.close()
        return found

    return asyncio.run(read())


def test_status_writes_down_what_it_learns(desk: Desk) -> None:
    """One that would wait for a phone for 30 days is not to be sent, though Meta calls it approved."""
    desk.run("push")
    desk.shelf.approve_all()
    desk.status()
    assert len(usable(desk)) == COUNT
    del desk.shelf.named("sobat_deadline_12h")["message_send_ttl_seconds"]
    desk.shelf.named("sobat_deadline_3h")["category"] = "MARKETING"
    done = desk.status()
    assert done.exit_code == 1
    assert "sobat_deadline_12h (id) is no longer sent: UNKNOWN (WRONG_TTL)" in done.stdout
    assert "sobat_deadline_3h (id) is no longer sent: MARKETING" in done.stdout
    assert "it would arrive too late" in desk.line("sobat_deadline_12h")
    gone = {("sobat_deadline_12h", "id"), ("sobat_deadline_3h", "id")}
    assert {(one.name, one.language) for one in load_templates().all} - usable(desk) == gone


def test_one_is_stopped_and_goes_on(desk: Desk) -> None:
    desk.run("push")
    desk.shelf.approve_all()
    desk.status()
    words = ("sobat_deadline_12h", "id", "--database", desk.database)
    assert desk.run("stop", *words).exit_code == 0
    assert ("sobat_deadline_12h", "id") not in usable(desk)
    assert "stopped here" in desk.line("sobat_deadline_12h")
    assert desk.run("go-on", *words).exit_code == 0
    assert ("sobat_deadline_12h", "id") in usable(desk)
    assert "nothing is known of" in desk.run("stop", "lottery", "id", "--database", desk.database).output


def test_what_an_operator_can_mend_is_told_in_one_sentence(desk: Desk) -> None:
    refused = desk.run("push", WHATSAPP_TOKEN="another")
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    assert "(190) Invalid OAuth access token" in refused.stderr
    away = desk.run("push", WHATSAPP_BASE_URL="http://127.0.0.1:1/v26.0")
    assert (away.exit_code, away.stderr.count("\n")) == (2, 1)
    assert "can't be reached" in away.stderr
    unset = desk.run("push", **dict.fromkeys(desk.settings))
    assert "WHATSAPP_TOKEN: needed" in unset.stderr


def test_an_operator_tries_every_text_on_their_own_phone(desk: Desk) -> None:
    """So none of the last evening is untried; each counts as used."""
    desk.run("push")
    desk.shelf.approve_all()
    desk.status()
    done = desk.run("try", "6281234567890", "--database", desk.database)
    assert done.exit_code == 0, done.output
    assert len({(name, language) for _to, name, language in desk.shelf.sent}) == COUNT
    assert {to for to, _name, _language in desk.shelf.sent} == {"6281234567890"}
    assert "digits" in desk.run("try", "0812", "--database", desk.database).output
