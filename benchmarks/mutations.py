"""Webhooks and updates that are wrong by chance: whether reading them always ends, what it costs and what it keeps."""

from __future__ import annotations

import logging
import time
import tracemalloc

from benchmarks.process import resident
from benchmarks.result import Result, quantile
from bot.channels.buttons import ButtonSigner
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.receiving import Reader
from bot.channels.telegram.staff.reading import StaffReader
from bot.channels.whatsapp.items import Ignored
from bot.channels.whatsapp.reading import WhatsAppReader
from programme.model.clock import SystemClock
from programme.model.messages import Incoming
from programme.redaction.cutter import redact
from tests.telegram.wrong_updates import GROUP, wrong_updates
from tests.whatsapp.mutating import mutations
from tests.whatsapp.real import THERE
from tests.whatsapp.written import reader

COUNT, SLOWEST, GROWTH = 100_000, 60.0, 1.0  # webhooks, seconds, MB


class _Failures(logging.Handler):
    """Counts what the reader could not read by its own fault."""

    met = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.met += 1


def main(count: int = COUNT) -> list[Result]:
    return [_read(count), _kept(count), _of_telegram(count)]


def _read(count: int) -> Result:
    failures, ours, ignored, taken, early = _listening(), reader(), 0, list[float](), 0.0
    for payload in mutations(count):
        if len(taken) == count // 10:
            early = resident()
        before = time.perf_counter()
        items = ours.items(payload)
        taken.append(time.perf_counter() - before)
        ignored += sum(isinstance(item, Ignored) for item in items)
    values = {
        "s": sum(taken),
        "us p50": 1e6 * quantile(taken, 0.5),
        "ms at most": 1000 * max(taken),
        "ignored": ignored,
        "mistakes of ours": failures.met,
        "MB more since the first tenth": resident() - early,
    }
    source = "of the real ones" if THERE else "of a few written by hand: ../shared/whatsapp is not there"
    met = not failures.met and sum(taken) < SLOWEST
    return Result(f"{count:,} mutations {source}", values, f"none raises, < {SLOWEST:g} s", met)


def _kept(count: int) -> Result:
    """What stays of a tenth of them, measured after as many before, so that what is kept once is there."""
    ours, most = reader(), count // 10
    _all(ours, most, seed=3)
    tracemalloc.start()
    _all(ours, most // 2, seed=4)
    before = tracemalloc.get_traced_memory()[0]
    _all(ours, most, seed=5)
    grown = (tracemalloc.get_traced_memory()[0] - before) / 2**20
    tracemalloc.stop()
    return Result(f"memory kept of {most:,} more", {"MB": grown}, f"< {GROWTH:g} MB, flat", grown < GROWTH)


def _of_telegram(count: int) -> Result:
    """The same of Telegram's updates, by the door that polling and the webhook share."""
    signer, taken, heard, passed = ButtonSigner(b"a key for tests"), list[float](), 0, 0
    clock = SystemClock()
    logging.getLogger("bot.channels.telegram.intake").setLevel(logging.CRITICAL)  # what is passed over is counted
    parts = {"me": 7_000_000_001, "signer": signer, "redact": redact, "clock": clock}
    staff = StaffReader(rooms=(str(GROUP),), **parts)  # type: ignore[arg-type]
    intake = Intake(Reader(username="SobatPrakerjaBot", **parts), _nobody, lambda _: "", staff)  # type: ignore[arg-type]
    for update in wrong_updates(signer, count):
        before = time.perf_counter()
        read = intake.read(update)
        taken.append(time.perf_counter() - before)
        heard += read.incoming is not None
        passed += read.update is None
    values = {
        "s": sum(taken),
        "us p50": 1e6 * quantile(taken, 0.5),
        "ms at most": 1000 * max(taken),
        "heard": heard,
        "passed over": passed,
        "raised": 0,
    }
    met = sum(taken) < 2 * SLOWEST
    return Result(f"{count:,} mutated updates of Telegram", values, f"none raises, < {2 * SLOWEST:g} s", met)


async def _nobody(_incoming: Incoming) -> None:
    return


def _all(ours: WhatsAppReader, count: int, seed: int) -> None:
    for payload in mutations(count, seed):
        ours.items(payload)


def _listening() -> _Failures:
    """Let errors of the reader through to a counter: the benchmarks are silent."""
    failures, log = _Failures(logging.ERROR), logging.getLogger("bot.channels.whatsapp.reading")
    log.addHandler(failures)
    log.propagate = False
    return failures
