"""Spans by OpenTelemetry: the steps of a message or a delivery, under the one id that the log has.

What a span tells is the step, the rows, the channel and what came of it. An error is told by its kind: its words may be
somebody's. Nothing is set for other libraries to find, so none of them adds spans of its own.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.id_generator import IdGenerator
from opentelemetry.trace import Status, StatusCode

from bot.store.trace import SpanNote, open_spans_by

GIVEN_UP_AFTER: Final = 3.0
"""Seconds that a collector may take: a stop waits for the last spans."""

_TRACE: ContextVar[int] = ContextVar("trace_of_what_is_in_hand", default=0)


class _OneTraceAMessage(IdGenerator):
    """Gives all steps of one message one trace, whichever process takes them."""

    def generate_span_id(self) -> int:
        """Return any id but 0."""
        return secrets.randbits(64) | 1

    def generate_trace_id(self) -> int:
        """Return the trace of what is in hand."""
        return _TRACE.get() or secrets.randbits(128) | 1


class Spans:
    """Opens spans, and hands them on by `processor`. `key` keeps the traces of two installations apart."""

    def __init__(self, processor: SpanProcessor, key: bytes) -> None:
        self._key = key[: hashlib.blake2b.MAX_KEY_SIZE]
        resource = Resource.create({} if _service_named() else {"service.name": "sobat"})
        self._provider = TracerProvider(resource=resource, id_generator=_OneTraceAMessage())
        self._provider.add_span_processor(processor)
        self._tracer = self._provider.get_tracer("sobat")

    @contextmanager
    def open(self, step: str, what: str) -> Iterator[SpanNote]:
        """Open the span of a step, over the rows in hand: `inbox/12 delivery/34`."""
        rows = dict(row.split("/", 1) for row in what.split())
        attributes = {f"sobat.{name}": row for name, row in rows.items()}
        token = _TRACE.set(self._trace_of(what.partition(" ")[0]))
        try:
            with self._tracer.start_as_current_span(
                step, attributes=attributes, record_exception=False, set_status_on_exception=False
            ) as span:
                try:
                    yield lambda name, word: span.set_attribute(f"sobat.{name}", word)
                except BaseException as error:
                    span.set_status(Status(StatusCode.ERROR, type(error).__name__))
                    raise
        finally:
            _TRACE.reset(token)

    def close(self) -> None:
        """Send what is left, and open no more."""
        open_spans_by(None)
        self._provider.shutdown()

    def _trace_of(self, row: str) -> int:
        return int.from_bytes(hashlib.blake2b(row.encode(), key=self._key, digest_size=16).digest(), "big")


def _service_named() -> bool:
    import os

    return "OTEL_SERVICE_NAME" in os.environ or "service.name=" in os.environ.get("OTEL_RESOURCE_ATTRIBUTES", "")


def export_spans(endpoint: str, key: bytes) -> Spans:
    """Have spans sent to a collector, by its base address as OTEL_EXPORTER_OTLP_ENDPOINT is meant."""
    exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces", timeout=GIVEN_UP_AFTER)
    spans = Spans(BatchSpanProcessor(exporter, export_timeout_millis=GIVEN_UP_AFTER * 1000), key)
    open_spans_by(spans.open)
    return spans
