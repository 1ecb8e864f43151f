"""How moments, names and documents lie in a column, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

import orjson
from sqlalchemy import BigInteger, Column, DateTime, Dialect, Integer, SmallInteger, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

E = TypeVar("E", bound=StrEnum)

RowId = BigInteger().with_variant(Integer(), "sqlite")
"""A growing number; SQLite counts by itself only on an INTEGER key."""


class Moment(TypeDecorator[datetime]):
    """A moment, aware and in UTC on both sides of the column; SQLite itself knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn any aware moment into UTC; a naive one is a mistake and raises ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Choice(TypeDecorator[E], Generic[E]):
    """One of a `StrEnum`'s members, kept as its value; `otherwise` stands for one of a newer version, if given."""

    impl = Text
    cache_ok = True

    def __init__(self, choices: type[E], otherwise: E | None = None) -> None:
        super().__init__()
        self.choices = choices
        self.otherwise = otherwise
        self._members = {member.value: member for member in choices}

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        """Keep the value as a plain string."""
        return None if value is None else str(self.choices(value).value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        """Give the member back."""
        if value is None:
            return None
        return self._members[value] if self.otherwise is None else self._members.get(value, self.otherwise)


class Ranked(TypeDecorator[E], Generic[E]):
    """One of a `StrEnum`'s members, kept as its place among them, so that it can be sorted by."""

    impl = SmallInteger
    cache_ok = True

    def __init__(self, choices: type[E]) -> None:
        super().__init__()
        self.choices = choices
        self._members = tuple(choices)
        self._places = {member: place for place, member in enumerate(self._members)}

    def process_bind_param(self, value: E | None, dialect: Dialect) -> int | None:
        """Keep the place."""
        return None if value is None else self._places[value]

    def process_result_value(self, value: int | None, dialect: Dialect) -> E | None:
        """Give the member back."""
        return None if value is None else self._members[value]


class JsonDocument(TypeDecorator[Any]):
    """JSON."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write the document."""
        return None if value is None else orjson.dumps(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read the document."""
        return None if value is None else orjson.loads(value)


class called(FunctionElement[str]):  # noqa: N801 - a function of SQL
    """How a name is looked for: in small letters, in the order of their codes, which an index has too."""

    type = Text()
    inherit_cache = True
    name = "called"


@compiles(called)
def _called(element: called, compiler: SQLCompiler, **options: Any) -> str:
    return f"lower({compiler.process(element.clauses, **options)})"


@compiles(called, "postgresql")
def _called_in_codes(element: called, compiler: SQLCompiler, **options: Any) -> str:
    return f'lower({compiler.process(element.clauses, **options)}) COLLATE "C"'


def personal(name: str, *parts: Any, **options: Any) -> Column[Any]:
    """Make a column that holds personal data, marked as such in the database."""
    return Column(name, *parts, comment="personal data", **options)
