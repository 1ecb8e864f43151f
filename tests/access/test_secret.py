"""The secret behind phone hashes and buttons: long enough, noticed where it changed, and possible to change."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.app.number_keys import OtherSecret, open_keys
from bot.app.secret import Secrets
from bot.app.settings import WrongSetting, read_settings
from bot.channels.buttons import ButtonSigner
from bot.cli.check import check_everything
from bot.cli.importing import import_file
from bot.store import RosterPayment, RosterRow, Store, open_store
from bot.store.engine import migrate
from bot.store.engine.engines import database, migrator
from programme.model.messages import Open
from programme.model.payments import Payment, PaymentStatus
from programme.model.phones import NumberHash, OwnNumber
from tests.databases import at

NOW = datetime(2021, 10, 18, 2, tzinfo=UTC)
SARI, BUDI = "+6281234567890", "+6281234567891"
FIRST, SECOND, THIRD = b"first " * 6, b"second " * 6, b"third " * 6
LONG = "dm8Qp2-xYb7_Kc4Tn1Rw"
PAID = Payment(1, 600_000, PaymentStatus.PAID)


def _by_0_1(phone: str, secret: bytes) -> str:
    """What version 0.1 kept of a number."""
    return hmac.new(secret, phone.encode(), hashlib.sha256).hexdigest()


async def _links(store: Store, address: str, phone: str, secrets: Secrets) -> bool:
    """Share a number as a turn does; tell whether the roster knew it."""
    number = OwnNumber(phone).hashed(await open_keys(store, secrets))
    async with at(store, NOW).writing() as tx:
        person = await tx.people.at("telegram", address, language=None)
        matched = await tx.roster.find(number)
        await tx.people.join(number, person.id)
    return matched is not None and matched.payments == (PAID,)


async def _on_the_roster(store: Store, number: NumberHash) -> None:
    async with store.writing() as tx:
        await tx.roster.rekey([number])
        await tx.roster.put([RosterRow(phone_hash=number.text, wave=21)])
        await tx.roster.put_payments([RosterPayment(number.text, PAID)])


async def _hashes(store: Store) -> set[str]:
    async with store.reading() as tx:
        found: set[str] = set()
        for table in ("participants", "roster", "roster_payments"):
            rows = await tx.connection.execute(text(f"SELECT phone_hash FROM {table}"))  # noqa: S608
            found |= set(rows.scalars())
    return found - {None}


@pytest.mark.parametrize("short", ["a", "12345678", "a" * 40, "                      ", "abcabcabcabcabcabc"])
def test_a_secret_that_is_guessed_is_refused(short: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOBAT_SECRET", short)
    with pytest.raises(WrongSetting, match=r"SOBAT_SECRET: too easy to guess: at least 16"):
        read_settings()


def test_each_purpose_has_a_key_of_its_own() -> None:
    """Numbers, buttons and the fingerprint: none tells of another, nor of the secret."""
    secret = Secrets.of(FIRST).current
    derived = {secret.buttons, secret.number_key(1).key, secret.value, bytes.fromhex(secret.fingerprint)}
    assert len(derived) == 4
    assert "first" not in repr(secret) + repr(Secrets.of(FIRST)) + repr(secret.number_key(1))


async def test_a_changed_secret_is_refused_and_changes_nothing(store: Store) -> None:
    """The sentence tells both fingerprints and what to do."""
    secrets = Secrets.of(FIRST)
    await _on_the_roster(store, (await open_keys(store, secrets)).kept(SARI))
    await open_keys(store, secrets)
    with pytest.raises(OtherSecret, match=secrets.current.fingerprint):
        await open_keys(store, Secrets.of(SECOND))
    assert await _links(store, "7", SARI, secrets)


async def test_a_database_without_numbers_takes_any_secret(store: Store) -> None:
    """Whoever tried Sobat before any secret was set isn't held to it."""
    for secret in (FIRST, SECOND, FIRST):
        assert (await open_keys(store, Secrets.of(secret))).current.place == 1


async def test_a_secret_is_changed_and_numbers_follow_as_they_are_shared_or_imported(store: Store) -> None:
    """One shares again, the other is imported again; then the old secret is no longer needed."""
    first, second = Secrets.of(FIRST), Secrets.of(SECOND, [FIRST])
    for phone, address in ((SARI, "7"), (BUDI, "8")):
        await _on_the_roster(store, (await open_keys(store, first)).kept(phone))
        assert await _links(store, address, phone, first)
    keys = await open_keys(store, second)
    assert (keys.current.place, [key.place for key in keys.former]) == (2, [1])
    assert await _links(store, "7", SARI, second)
    assert {written.partition(":")[0] for written in await _hashes(store)} == {"1", "2"}
    await _on_the_roster(store, keys.kept(BUDI))
    assert await _hashes(store) == {keys.kept(SARI).text, keys.kept(BUDI).text}
    alone = await open_keys(store, Secrets.of(SECOND))
    assert alone.former == ()
    async with store.reading() as tx:
        assert await tx.number_keys.all() == {2: second.current.fingerprint}
        assert len(await tx.roster.linked([alone.kept(BUDI).text])) == 1


async def test_of_two_rows_of_one_number_the_newer_stands(store: Store) -> None:
    """An import under the new key before anybody shared: the old row gives way, its other payments stay."""
    first = await open_keys(store, Secrets.of(FIRST))
    await _on_the_roster(store, first.kept(SARI))
    keys = await open_keys(store, Secrets.of(SECOND, [FIRST]))
    async with store.writing() as tx:
        await tx.roster.put([RosterRow(phone_hash=keys.kept(SARI).text, wave=22)])  # by somebody who knew no former key
        second = Payment(2, 600_000, PaymentStatus.SCHEDULED)
        await tx.roster.put_payments([RosterPayment(keys.kept(SARI).text, second)])
        found = await tx.roster.find(OwnNumber(SARI).hashed(keys))
    assert found is not None
    assert (found.wave, found.payments) == (22, (PAID, second))
    assert await _hashes(store) == {keys.kept(SARI).text}


async def test_the_secret_changes_twice_and_back(store: Store) -> None:
    """Hashes of three keys at once are all known, as long as the secrets are named."""
    await _on_the_roster(store, (await open_keys(store, Secrets.of(FIRST))).kept(SARI))
    await _on_the_roster(store, (await open_keys(store, Secrets.of(SECOND, [FIRST]))).kept(BUDI))
    third = Secrets.of(THIRD, [SECOND, FIRST])
    assert await _links(store, "7", SARI, third)
    assert await _links(store, "8", BUDI, third)
    back = await open_keys(store, Secrets.of(FIRST, [THIRD]))
    assert (back.current.place, [key.place for key in back.former]) == (4, [3])


async def _made_by_0_1(url: str, secret: bytes) -> None:
    """A database as version 0.1 left it: a person who shared a number, the roster, a payment."""
    await migrate.upgrade(database(url), "0010")
    engine = migrator(database(url))
    hashed = {"hash": _by_0_1(SARI, secret)}
    async with engine.begin() as connection:
        for statement in (
            "INSERT INTO roster (phone_hash, wave, progress) VALUES (:hash, 21, '[]')",
            "INSERT INTO roster_payments (phone_hash, number, amount, status) VALUES (:hash, 1, 600000, 'paid')",
            "INSERT INTO participants (id, language, official, joined_at, welcomed, reminder_level, phone_hash) "
            "VALUES (1000, 'id', true, '2021-10-18 02:00:00.000000', true, 'all', :hash)",
            "INSERT INTO addresses (participant, channel, address, heard_at, reachable) "
            "VALUES (1000, 'telegram', '7', '2021-10-18 02:00:00.000000', true)",
        ):
            wanted = hashed if ":hash" in statement else {}
            await connection.execute(text(statement), wanted)
    await engine.dispose()


async def test_hashes_of_version_0_1_are_still_matched(empty_url: str) -> None:
    """Whoever shares the number again is found on the old roster, and re-keyed by it; so does an import."""
    await _made_by_0_1(empty_url, FIRST)
    store = open_store(empty_url)
    await store.prepare()
    try:
        keys = await open_keys(store, Secrets.of(FIRST))
        assert [key.place for key in (keys.current, *keys.former)] == [1, 0]
        assert await _links(store, "9", SARI, Secrets.of(FIRST))
        assert await _hashes(store) == {keys.kept(SARI).text}
        async with store.reading() as tx:
            assert list((await tx.roster.linked([keys.kept(SARI).text])).values())
        with pytest.raises(OtherSecret):
            await open_keys(store, Secrets.of(SECOND))
    finally:
        await store.close()


async def test_a_short_secret_of_version_0_1_is_left_behind_with_the_upgrade(empty_url: str) -> None:
    """The new one is long; the old one, named beside it, still knows everybody."""
    await _made_by_0_1(empty_url, b"a")
    store = open_store(empty_url)
    await store.prepare()
    try:
        assert await _links(store, "9", SARI, Secrets.of(SECOND, [b"a"]))
    finally:
        await store.close()


def test_a_secret_may_take_the_place_of_one_that_came_from_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """The token is named as the old one; a text that only looks like one is tried as it stands, too."""
    monkeypatch.setenv("TELEGRAM_TOKEN", "123:abc")
    before = read_settings().key
    monkeypatch.setenv("SOBAT_SECRET", LONG)
    monkeypatch.setenv("SOBAT_SECRET_OLD", "another 123:abc")
    assert read_settings().former_keys == (b"another", before, b"123:abc")


def test_keyboards_of_before_are_still_read() -> None:
    """Signed by version 0.1, by an earlier secret, by the one in use; nobody else's."""
    secrets = Secrets.of(SECOND, [FIRST])
    signer = ButtonSigner(secrets.current.buttons, secrets.old_buttons)
    for key in (SECOND, FIRST, Secrets.of(FIRST).current.buttons, secrets.current.buttons):
        assert signer.read(ButtonSigner(key).write(Open("status"))) == Open("status")
    assert signer.read(ButtonSigner(THIRD).write(Open("status"))) is None


def test_import_and_check_refuse_a_changed_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The list is not touched; the check tells it as something wrong."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/sobat.db")
    monkeypatch.setenv("SOBAT_SECRET", LONG)
    roster = tmp_path / "passed.csv"
    roster.write_text("phone,wave\n081234567890,21\n")
    assert import_file("roster", roster, dry_run=False, database=None) == 0
    assert check_everything() == 0
    monkeypatch.setenv("SOBAT_SECRET", LONG[::-1])
    with pytest.raises(OtherSecret):
        import_file("roster", roster, dry_run=False, database=None)
    assert check_everything() == 1
    assert "made with another secret" in " ".join(capsys.readouterr().out.split())
