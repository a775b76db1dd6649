"""The fields of a what-if case: looked up, checked, and named when they are wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from math import inf
from typing import Any, TypeVar

from store.rules.walltime import DAY

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ")
_LOCAL = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_MINUTE = timedelta(minutes=1)
#: Nobody rehearses a policy further from now, and stepping over millennia takes a while.
_YEARS = range(1970, 2200)

Value = TypeVar("Value")


class CaseError(ValueError):
    """A case is malformed; the message says where and how."""


class Fields:
    """An object of a case, and where in the case it stands."""

    def __init__(self, value: object, where: str) -> None:
        """Take ``value``, which has to be a JSON object."""
        if not isinstance(value, dict):
            raise CaseError(f"{where or 'the case'}: this has to be an object {{...}}")
        self._values: dict[str, Any] = value
        self._where = where

    def __contains__(self, key: str) -> bool:
        return self._values.get(key) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def where(self, key: str) -> str:
        """Return the name of a field as messages write it."""
        return f"{self._where}.{key}" if self._where else key

    def value(self, key: str) -> Any:
        """Return a field that has to be there."""
        if key not in self:
            raise CaseError(f'{self._where or "the case"}: "{key}" is missing')
        return self._values[key]

    def part(self, key: str) -> Fields:
        """Return a field that is an object."""
        return Fields(self.value(key), self.where(key))

    def parts(self, key: str) -> list[Fields]:
        """Return a field that is a list of objects."""
        return [Fields(each, where) for where, each in self._list(key)]

    def text(self, key: str) -> str:
        """Return a field that is a text with something in it."""
        value = self.value(key)
        if not isinstance(value, str) or not value:
            raise CaseError(f"{self.where(key)}: this has to be a text")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a field that is a list of texts with something in them."""
        return tuple(_text(each, where, least=1) for where, each in self._list(key))

    def number(self, key: str) -> int:
        """Return a field that is a whole number, 0 or more."""
        value = self.value(key)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise CaseError(f"{self.where(key)}: this has to be a whole number, 0 or more")
        return value

    def weight(self, key: str) -> float:
        """Return a field that is any number, 0 or more."""
        value = self.value(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < inf:
            raise CaseError(f"{self.where(key)}: this has to be a number, 0 or more")
        return float(value)

    def minutes(self, key: str) -> timedelta:
        """Return a field that is a number of whole minutes."""
        return self.number(key) * _MINUTE

    def instant(self, key: str) -> datetime:
        """Return a field that is an instant, to the minute, in UTC."""
        return self.checked(key, lambda: _instant(self.text(key)))

    def local(self, key: str) -> datetime:
        """Return a field that is a wall-clock time without a zone."""
        return self.checked(key, lambda: _local(self.text(key)))

    def day(self, key: str) -> date:
        """Return a field that is a date."""
        return self.checked(key, lambda: as_day(self.text(key)))

    def days(self, key: str) -> tuple[date, ...]:
        """Return a field that is a list of dates."""
        return self.checked(key, lambda: tuple(as_day(each) for each in self.texts(key)))

    def rows(self, key: str, length: int) -> tuple[tuple[str, ...], ...]:
        """Return a field that is a list of lists of ``length`` texts."""
        return tuple(_row(each, where, length) for where, each in self._list(key))

    def locals(self, key: str) -> tuple[tuple[datetime, datetime], ...]:
        """Return a field that is a list of [from, to], both wall-clock times."""
        rows = self.rows(key, 2)
        return self.checked(key, lambda: tuple((_local(a), _local(b)) for a, b in rows))

    def checked(self, key: str, make: Callable[[], Value]) -> Value:
        """Return what ``make`` makes of a field; what it refuses is wrong with that field."""
        try:
            return make()
        except CaseError:
            raise
        except (ValueError, OverflowError) as error:
            raise CaseError(f"{self.where(key)}: {error}") from None

    def _list(self, key: str) -> Iterator[tuple[str, Any]]:
        value = self.value(key)
        if not isinstance(value, list):
            raise CaseError(f"{self.where(key)}: this has to be a list [...]")
        for index, each in enumerate(value):
            yield f"{self.where(key)}[{index}]", each


def as_day(text: str) -> date:
    """Return the date written "2025-12-24"; raises ``ValueError`` if there is none."""
    if not _DATE.fullmatch(text):
        raise ValueError(f'"{text}" is not a date; write e.g. "2025-12-24"')
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f'"{text}" is not a day of the calendar') from None


def written(at: datetime) -> str:
    """Return an instant as cases write it; one within a minute is the next whole one."""
    beyond = timedelta(seconds=at.second, microseconds=at.microsecond)
    if beyond:
        at += _MINUTE - beyond
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def whole_minutes(length: timedelta) -> int:
    """Return a length of time in minutes."""
    return length // _MINUTE


def one_of(mapping: Mapping[str, Value], fields: Fields, key: str, what: str) -> Value:
    """Return what a field names; ``what`` says what there has to be by that name."""
    name = fields.text(key)
    if name not in mapping:
        raise CaseError(f'{fields.where(key)}: there is no {what} "{name}"')
    return mapping[name]


def _text(value: object, where: str, least: int = 0) -> str:
    if not isinstance(value, str) or len(value) < least:
        raise CaseError(f"{where}: this has to be a text")
    return value


def _row(value: object, where: str, length: int) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) != length:
        raise CaseError(f"{where}: this has to be a list of {length} texts")
    return tuple(_text(each, where) for each in value)


def _instant(text: str) -> datetime:
    if not _INSTANT.fullmatch(text):
        raise ValueError(f'"{text}" is not an instant; write e.g. "2025-06-13T20:30Z"')
    at = datetime.fromisoformat(text).astimezone(UTC)
    if at.year not in _YEARS:
        raise ValueError(f'"{text}" is too far out; years go from {_YEARS[0]} to {_YEARS[-1]}')
    return at


def _local(text: str) -> datetime:
    found = _LOCAL.fullmatch(text)
    if not found:
        raise ValueError(f'"{text}" is not a local time; write e.g. "2025-05-17T08:00"')
    day = datetime.combine(as_day(found[1]), datetime.min.time())
    if found[2] == "24:00":
        return day + DAY
    try:
        return datetime.combine(day, datetime.strptime(found[2], "%H:%M").time())  # noqa: DTZ007
    except ValueError:
        raise ValueError(f'"{text}" is not a time of day') from None
