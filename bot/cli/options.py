"""Options that several commands share, and how moments are written."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

Database = Annotated[
    str | None,
    typer.Option("--database", help="sqlite:///FILE or postgresql://...; else DATABASE_URL, else sobat.db here."),
]


def read_moment(text: str | None) -> datetime | None:
    """Read a moment with its time zone. Raises typer.BadParameter."""
    if text is None:
        return None
    example = "2021-10-18T09:00:00+07:00"
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no moment such as {example}") from None
    if moment.tzinfo is None:
        raise typer.BadParameter(f"{text!r} lacks its time zone, such as +07:00")
    return moment
