"""Rows of a table as one test: as an item of its own, each would cost more than what is asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from inspect import signature
from typing import Any

import pytest

Test = Callable[..., None]


def of_each(names: str | tuple[str, ...], rows: Iterable[Any]) -> Callable[[Test], Test]:
    """As `pytest.mark.parametrize`; every row is tried, and those that fail are told together, each with its values.

    For tests that wait for nothing, and whose rows may share what fixtures they ask for.
    """
    named = tuple(name.strip() for name in names.split(",")) if isinstance(names, str) else names
    given = [dict(zip(named, _values(row, len(named)), strict=True)) for row in rows]
    if not given:
        raise ValueError("a table without a row proves nothing")

    def of_all(test: Test) -> Test:
        @wraps(test)
        def all_rows(**shared: Any) -> None:
            failed = [error for row in given if (error := _failure(test, row, shared)) is not None]
            if failed:
                raise BaseExceptionGroup(f"{len(failed)} of {len(given)} rows", failed)

        asked = signature(test)
        left = [each for name, each in asked.parameters.items() if name not in named]
        all_rows.__signature__ = asked.replace(parameters=left)  # type: ignore[attr-defined]
        return all_rows

    return of_all


def _values(row: Any, count: int) -> tuple[Any, ...]:
    return tuple(row) if count > 1 else (row,)


def _failure(test: Test, row: dict[str, Any], shared: dict[str, Any]) -> BaseException | None:
    try:
        test(**row, **shared)
    except (Exception, pytest.fail.Exception) as error:  # whatever it is, the other rows are tried
        error.add_note(f"of the row {row!r}")
        return error
    return None
