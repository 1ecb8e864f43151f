"""`python -m bot.cli.ready`: exit code 0 where the process beside it is ready, for the health check of a container.

It is asked every few seconds, so it loads nothing but what it needs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException

WITHIN = 4.0
"""Seconds."""


def ready(environment: Mapping[str, str]) -> bool:
    """Ask METRICS_PORT of this machine, or PORT where that is not set; say what is lacking."""
    asked = int(environment.get("METRICS_PORT") or environment.get("PORT") or 8080)
    connection = HTTPConnection("127.0.0.1", asked, timeout=WITHIN)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        said = answer.read().decode()
    except (OSError, HTTPException) as error:
        said, status = f"port {asked} does not answer: {error}", 503
    else:
        status = answer.status
    print(said, file=sys.stderr)  # noqa: T201 - Docker shows it in `docker inspect`
    return status == 200


if __name__ == "__main__":
    sys.exit(0 if ready(os.environ) else 1)
