"""The port of a process: taken before anything else is opened, so that a busy one is told at once."""

from __future__ import annotations

import errno
import socket

from bot.app.settings import Settings, WrongSetting

BACKLOG = 1024

_MEANING = {
    errno.EADDRINUSE: "PORT: {port} is in use: stop what listens there (is Sobat running already?), or set another",
    errno.EACCES: "PORT: {port} may not be used by this account: set one above 1023",
    errno.EADDRNOTAVAIL: "HOST: {host} is not an address of this machine: set 127.0.0.1, or 0.0.0.0 for all",
}


def listen_at(settings: Settings) -> socket.socket:
    """Take HOST and PORT. Raises WrongSetting where they can't be had."""
    return _listen(settings.host, settings.port, "")


def listen_for_console(settings: Settings) -> socket.socket:
    """Take HOST and CONSOLE_PORT. Raises WrongSetting where they can't be had."""
    return _listen(settings.host, settings.console_port, "CONSOLE_")


def listen_for_metrics(settings: Settings) -> socket.socket | None:
    """Take METRICS_HOST and METRICS_PORT, if that is set. Raises WrongSetting where they can't be had."""
    if settings.metrics_port is None:
        return None
    return _listen(settings.metrics_host, settings.metrics_port, "METRICS_")


def _listen(host: str, port: int, prefix: str) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        if (error.errno or 0) < 0:  # of the resolver
            raise WrongSetting(
                f"{prefix}HOST: {host} is not known: set 127.0.0.1, or 0.0.0.0 for all addresses"
            ) from None
        if error.errno not in _MEANING:
            raise
        raise WrongSetting(prefix + _MEANING[error.errno].format(host=host, port=port)) from None
