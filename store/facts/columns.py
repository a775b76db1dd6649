"""What every table shares: its base, and how an instant is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, cast

from sqlalchemy import BigInteger, Dialect, Index, Integer, MetaData, Table
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import SQLModel

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

#: Constraint and index names are the same on every database, so that migrations can name them.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


def microseconds(at: datetime) -> int:
    """Return an aware instant as microseconds since 1970-01-01T00:00Z, exactly."""
    return (at - EPOCH) // _MICROSECOND


def instant(value: int) -> datetime:
    """Return the instant, in UTC, of a count of microseconds since 1970-01-01T00:00Z."""
    return EPOCH + timedelta(microseconds=value)


#: Of a primary key whose values the program gives out itself.
GIVEN = {"autoincrement": False}


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept as whole microseconds since 1970 in UTC.

    An integer is exact, compact in an index, and the same on both databases; a naive
    datetime cannot be stored (subtracting the aware epoch from it raises TypeError).
    """

    impl = BigInteger
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], int | None]:
        """Return what turns a datetime into the stored integer."""
        del dialect
        return lambda value: None if value is None else (value - EPOCH) // _MICROSECOND

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[int | None], datetime | None]:
        """Return what turns the stored integer into a datetime in UTC."""
        del dialect, coltype
        return lambda value: None if value is None else EPOCH + timedelta(microseconds=value)

    def literal_processor(self, dialect: Dialect) -> Callable[[datetime], str]:
        """Return what writes a datetime into SQL text, for EXPLAIN and migrations."""
        del dialect
        return lambda value: str((value - EPOCH) // _MICROSECOND)


class BigId(TypeDecorator[int]):
    """A row id of 64 bits, given out by ``store.facts.engine`` and never used twice."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[int]:
        """Return INTEGER for SQLite, which gives only that type its fast row id."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())


class Row(SQLModel):
    """Base of the tables."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)


def table(model: type[Row]) -> Table:
    """Return the Core table of ``model``; commands and queries speak Core."""
    return cast("Table", cast("Any", model).__table__)


def partial_index(
    name: str, *columns: str, where: str, sqlite_where: str = "", unique: bool = False
) -> Index:
    """Return an index of only the rows ``where`` is true for.

    ``sqlite_where`` spells the condition where SQLAlchemy writes it differently for SQLite.
    The migrations make the index, and a test compares. As options of SQLAlchemy's own the
    conditions would import its whole PostgreSQL dialect into every board.
    """
    conditions = {"postgresql": where, "sqlite": sqlite_where or where}
    return Index(name, *columns, unique=unique, info={"where": conditions})
