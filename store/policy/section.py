"""The base of every part of the config file: strict, frozen, and unknown keys refused."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A table of the config file.

    Every field has a ``description`` (it becomes docs/settings.md) and ``examples`` (the first
    is shown where a value is wrong).
    """

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        serialize_by_alias=True,
    )
