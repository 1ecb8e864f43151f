"""Options that several commands share, and how moments are written."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

Database = Annotated[
    str | None,
    typer.Option("--database", help="sqlite:///FILE or postgresql://...; else DATABASE_URL, else sobat.db here."),
]

_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def as_moment(text: str) -> datetime:
    """Read a moment with its time zone. Raises typer.BadParameter."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no moment such as 2021-10-18T09:00:00+07:00") from None
    if moment.tzinfo is None:
        raise typer.BadParameter(f"{text!r} lacks its time zone, such as +07:00")
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise typer.BadParameter(f"{text!r} is out of range: a year from {_FIRST_YEAR} to {_LAST_YEAR}")
    return moment


def maybe_moment(text: str | None) -> datetime | None:
    """Read a moment where one is given. Raises typer.BadParameter."""
    return None if text is None else as_moment(text)
