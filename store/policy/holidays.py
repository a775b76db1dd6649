"""Public holidays of a country or one of its regions, to be proposed for a calendar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from store.policy.suggest import meant
from store.text import one_line


@dataclass(frozen=True, slots=True)
class Region:
    """A country ("GB"), or one of its regions ("GB", "ENG"), by ISO 3166."""

    country: str
    part: str = ""

    def __str__(self) -> str:
        """Return it as people write it: "GB-ENG"."""
        return f"{self.country}-{self.part}" if self.part else self.country


def region(text: str) -> Region:
    """Return the region that ``text`` names: "gb", "GB-ENG", "US-CA".

    Raises:
        ValueError: Its holidays are not known; says what is.
    """
    import holidays

    country, _, part = text.strip().upper().partition("-")
    known = {
        code: parts
        for code, parts in holidays.list_supported_countries().items()
        if len(code) == len("GB")
    }
    if country not in known:
        raise ValueError(f'"{one_line(country)}" is no country with known holidays; write e.g. GB')
    if part and part not in known[country]:
        raise ValueError(
            f'{country} has no region "{one_line(part)}"; {meant(part, known[country])}'
        )
    return Region(country, part)


def parts(country: str) -> tuple[str, ...]:
    """Return the regions of ``country`` whose holidays are known apart."""
    import holidays

    return tuple(sorted(holidays.list_supported_countries().get(country, ())))


def public_holidays(where: Region, years: Iterable[int]) -> list[tuple[date, str]]:
    """Return the public holidays of ``years``, in order, with their names."""
    import holidays

    found = holidays.country_holidays(
        where.country, subdiv=where.part or None, years=list(years), language="en_US"
    )
    return sorted((day, one_line(name)) for day, name in found.items())


def country_of(timezone: str) -> str:
    """Return the country (ISO 3166) of a time zone; "" where it belongs to none."""
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return next((row[0] for row in rows if row[2] == timezone), "")
