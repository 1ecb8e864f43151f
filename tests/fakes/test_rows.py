"""A table as one test says of every row that fails which one it is, and tries the others."""

from __future__ import annotations

import pytest

from tests.rows import of_each


def _failing(error: pytest.ExceptionInfo[BaseExceptionGroup]) -> list[tuple[type[BaseException], list[str]]]:
    return [(type(each), each.__notes__) for each in error.value.exceptions]


def test_every_row_is_tried_and_each_that_fails_is_told() -> None:
    tried: list[int] = []

    @of_each(("number", "least"), [(1, 2), (3, 2), (0, 2), (4, 2)])
    def table(number: int, least: int) -> None:
        tried.append(number)
        if number == 0:
            pytest.fail("nothing")
        assert number > least

    with pytest.raises(BaseExceptionGroup, match="2 of 4 rows") as error:
        table()
    assert tried == [1, 3, 0, 4]
    notes = ["of the row {'number': 1, 'least': 2}"], ["of the row {'number': 0, 'least': 2}"]
    assert _failing(error) == [(AssertionError, notes[0]), (pytest.fail.Exception, notes[1])]


def test_tables_are_crossed_and_fixtures_stay_asked_for() -> None:
    seen = []

    @of_each("word", ["a", "b"])
    @of_each("number", [1, 2])
    def table(number: int, word: str, found: str) -> None:
        seen.append((word, number, found))

    table(found="x")
    assert seen == [("a", 1, "x"), ("a", 2, "x"), ("b", 1, "x"), ("b", 2, "x")]


def test_a_table_without_a_row_proves_nothing() -> None:
    with pytest.raises(ValueError, match="without a row"):
        of_each("word", [])
