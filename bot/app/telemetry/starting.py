"""Whether anything leaves this machine, and where to: off unless the environment names a place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from typing import Final

from bot.app.logs import hidden_in
from bot.app.settings import Settings, WrongSetting

_NEEDED: Final = {
    "otel_exporter_otlp_endpoint": "opentelemetry.exporter.otlp.proto.http",
    "sentry_dsn": "sentry_sdk",
}


@contextmanager
def telemetry(settings: Settings) -> Iterator[None]:
    """Send spans and errors in the block, where the settings name a place; nothing is loaded otherwise.

    Raises WrongSetting where a place is named and what sends there is not installed.
    """
    if missing := lacking(settings):
        raise WrongSetting(missing[0])
    spans = None
    if settings.otel_exporter_otlp_endpoint is not None:
        from bot.app.telemetry.spans import export_spans

        spans = export_spans(settings.otel_exporter_otlp_endpoint, settings.key)
    if settings.sentry_dsn is not None:
        from bot.app.telemetry.errors import send_errors

        send_errors(settings.sentry_dsn.get_secret_value(), version("sobat-prakerja"), hidden_in(dict(settings)))
    try:
        yield
    finally:
        if spans is not None:
            spans.close()


def lacking(settings: Settings) -> list[str]:
    """Say what is set and can't be done, since what does it is not installed."""
    return [
        f"{name.upper()}: install what sends there: pip install 'sobat-prakerja[telemetry]'"
        for name, module in _NEEDED.items()
        if getattr(settings, name) is not None and not _is_there(module)
    ]


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
