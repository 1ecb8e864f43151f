"""Spans and errors leave the machine only where the environment names a place, and tell nothing about anybody."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest
import sentry_sdk
from aiohttp import web
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from bot.app.settings import Settings, WrongSetting
from bot.app.telemetry.errors import SentryHandler, send_errors
from bot.app.telemetry.spans import Spans, export_spans
from bot.app.telemetry.starting import telemetry
from bot.store.trace import open_spans_by, tracing
from tests.operations.test_logs import MARKED, NUMBER, WORDS, everything
from tests.operations.watched import watched

DSN = "https://key@sentry.invalid/1"


class Envelopes(Transport):
    """What would have gone to Sentry, as bytes."""

    kept: list[bytes]

    def __init__(self, options: object = None) -> None:
        super().__init__(options)  # type: ignore[arg-type]
        Envelopes.kept = []

    def capture_envelope(self, envelope: Envelope) -> None:
        Envelopes.kept.append(envelope.serialize())


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exported = InMemorySpanExporter()
    opened = Spans(SimpleSpanProcessor(exported), b"a key of this installation")
    open_spans_by(opened.open)
    yield exported
    opened.close()


@pytest.fixture
def sent_errors() -> Iterator[None]:
    before = list(logging.getLogger().handlers)
    send_errors(DSN, "1", ["hunter2hunter2"], Envelopes)
    yield
    logging.getLogger().handlers[:] = before
    sentry_sdk.get_global_scope().set_client(None)  # `init` by itself would hook into whatever later tests log or send


def _marks(told: str) -> list[str]:
    return [mark for mark in MARKED if mark.casefold() in told.casefold()]


async def test_the_steps_of_one_message_are_one_trace_under_the_id_of_the_log(spans: InMemorySpanExporter) -> None:
    async with watched() as bot:
        await bot.says("batas")
        await bot.says("menu")
    steps = {(span.name, span.attributes["sobat.inbox"]): span for span in spans.get_finished_spans()}  # type: ignore[index]
    decided, sent = steps["decide", "1"], steps["send", "1"]
    assert decided.context.trace_id == sent.context.trace_id
    assert decided.context.trace_id != steps["decide", "2"].context.trace_id
    assert {"sobat.delivery", "sobat.channel", "sobat.kind", "sobat.outcome"} <= set(sent.attributes or ())
    assert sent.attributes["sobat.outcome"] == "sent"  # type: ignore[index]


def test_an_error_in_a_step_is_told_by_its_kind(spans: InMemorySpanExporter) -> None:
    with pytest.raises(ValueError, match="kucing"), tracing("inbox/7", "decide"):
        int(f"{NUMBER} {WORDS}")
    [step] = spans.get_finished_spans()
    assert step.status.description == "ValueError"
    assert _marks(step.to_json()) == []


async def test_nothing_personal_is_in_spans_or_errors(spans: InMemorySpanExporter, sent_errors: None) -> None:
    async with watched() as bot:
        await everything(bot)
    told = "\n".join(span.to_json() for span in spans.get_finished_spans())
    assert "send" in told
    assert _marks(told) == []
    errors = b"\n".join(Envelopes.kept).decode()
    assert "error" in errors
    assert _marks(errors) == []


def test_an_error_goes_to_sentry_as_the_log_has_it_and_without_secrets(sent_errors: None) -> None:
    with tracing("inbox/7"):
        try:
            int(f"{NUMBER} {WORDS}")
        except ValueError:
            logging.getLogger("bot").exception("could not reach /bothunter2hunter2/getMe for %s", "inbox/7")
    [told] = [envelope.decode() for envelope in Envelopes.kept]
    assert "could not reach /bot[secret]/getMe for inbox/7" in told
    assert "test_telemetry.py" in told
    assert '"about":"inbox/7"' in told
    assert _marks(told) == []


async def test_spans_arrive_at_a_collector_named_by_its_base_address() -> None:
    arrived: list[tuple[str, bytes]] = []

    async def take(request: web.Request) -> web.Response:
        arrived.append((request.path, await request.read()))
        return web.Response()

    server = web.Server(take)  # type: ignore[arg-type]
    listening = await asyncio.get_running_loop().create_server(server, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    spans = export_spans(f"http://127.0.0.1:{port}/", b"key")
    with tracing("delivery/34", "send"):
        pass
    await asyncio.to_thread(spans.close)
    listening.close()
    [(path, body)] = arrived
    assert path == "/v1/traces"
    assert b"sobat.delivery" in body


def test_a_collector_that_is_away_holds_no_stop_up() -> None:
    spans = export_spans("http://127.0.0.1:9", b"key")
    with tracing("delivery/34", "send"):
        pass
    spans.close()


def test_nothing_of_it_is_loaded_where_nothing_is_set() -> None:
    script = (
        "import sys\n"
        "import bot.app.telemetry.starting as starting\n"
        "from bot.app.settings import Settings\n"
        "with starting.telemetry(Settings()): pass\n"
        "print(sorted(name for name in sys.modules if name.startswith(('opentelemetry.sdk', 'sentry_sdk'))))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr


def test_what_is_set_and_not_installed_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    monkeypatch.setenv("SENTRY_DSN", DSN)
    with pytest.raises(WrongSetting, match=r"SENTRY_DSN: install .*sobat-prakerja\[telemetry\]"), telemetry(Settings()):
        pass


def test_the_handler_tells_sentry_nothing_of_sentry_itself(sent_errors: None) -> None:
    handler = SentryHandler(())
    handler.handle(logging.LogRecord("urllib3.connectionpool", logging.ERROR, "", 0, "no way", (), None))
    assert Envelopes.kept == []
