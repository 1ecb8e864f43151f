"""Under which keys a database keeps its hashes of numbers, and whether ours is one of them."""

from __future__ import annotations

import logging

from bot.app.secret import OperatorSecret, Secrets
from bot.app.settings import WrongSetting
from bot.store import Store, UnitOfWork
from programme.model.phones import NumberKeys

log = logging.getLogger(__name__)


class OtherSecret(WrongSetting):
    """The database was made with a secret that is not set: nobody's number would be known."""

    def __init__(self, theirs: str, ours: str) -> None:
        super().__init__(
            f"SOBAT_SECRET: this database was made with another secret (fingerprint {theirs}, yours is {ours}; without "
            "SOBAT_SECRET it comes from TELEGRAM_TOKEN), so nobody's number would be recognised. Put the earlier one "
            "back, or set it as SOBAT_SECRET_OLD beside the new one: README.md, Changing the secret"
        )


async def open_keys(store: Store, secrets: Secrets) -> NumberKeys:
    """Return the keys of this database, noting ours where it is new. Raises OtherSecret."""
    async with store.writing() as tx:
        keys = await _noted(tx, secrets)
        for place, left in (await lost(tx, secrets)).items():
            log.warning("%d numbers lie under key %d, and its secret is not in SOBAT_SECRET_OLD", left, place)
    return keys


async def look_up_keys(store: Store, secrets: Secrets) -> NumberKeys:
    """Return the keys of this database as `open_keys` would, noting nothing. Raises OtherSecret."""
    async with store.reading() as tx:
        if (wrong := await foreign(tx, secrets)) is not None:
            raise wrong
        known = await tx.number_keys.all()
    if not known:
        return secrets.fresh
    by_print = {secret.fingerprint: secret for secret in reversed(secrets.every)}
    newest = max(known)
    place = newest if known[newest] == secrets.current.fingerprint and newest else newest + 1
    former = [(at, by_print[known[at]]) for at in sorted(known, reverse=True) if at != place and known[at] in by_print]
    return NumberKeys(secrets.current.number_key(place), tuple(secret.number_key(at) for at, secret in former))


async def foreign(tx: UnitOfWork, secrets: Secrets) -> OtherSecret | None:
    """Return what is wrong where the database was made with a secret that is not set; change nothing."""
    known = await tx.number_keys.all()
    if not known or not await tx.number_keys.used():
        return None
    newest = known[max(known)]
    if newest in {secret.fingerprint for secret in secrets.every}:
        return None
    return OtherSecret(newest, secrets.current.fingerprint)


async def lost(tx: UnitOfWork, secrets: Secrets) -> dict[int, int]:
    """Count, by key, the numbers whose secret is not set any more."""
    accepted = {secret.fingerprint for secret in secrets.every}
    known = await tx.number_keys.all()
    counted = {place: await tx.number_keys.left(place) for place, name in known.items() if name not in accepted}
    return {place: left for place, left in counted.items() if left}


async def _noted(tx: UnitOfWork, secrets: Secrets) -> NumberKeys:
    """Bring the row of keys up to date: note a new one, strike those under which nothing lies any more."""
    if (wrong := await foreign(tx, secrets)) is not None:
        raise wrong
    if not await tx.number_keys.used():
        await tx.number_keys.begin_anew({1: secrets.current.fingerprint})
        return secrets.fresh
    known = await tx.number_keys.all()
    if not known:  # all that lies there was hashed by version 0.1
        known = {0: (secrets.former[0] if secrets.former else secrets.current).fingerprint}
        await tx.number_keys.begin_anew(known)
    newest = max(known)
    if newest == 0 or known[newest] != secrets.current.fingerprint:
        newest += 1
        known[newest] = secrets.current.fingerprint
        await tx.number_keys.add(newest, known[newest])
    by_print = {secret.fingerprint: secret for secret in reversed(secrets.every)}
    former: list[tuple[int, OperatorSecret]] = []
    for place in sorted(set(known) - {newest}, reverse=True):
        if not await tx.number_keys.left(place):
            await tx.number_keys.strike(place)
        elif (secret := by_print.get(known[place])) is not None:
            former.append((place, secret))
    return NumberKeys(secrets.current.number_key(newest), tuple(secret.number_key(place) for place, secret in former))
