"""Bytes of a mail to a ``ReadMail``. A pure function: no network, no clock, no files."""

from intake.reading.limits import LIMITS, Limits
from intake.reading.reader import UnreadableMail, read

__all__ = ["LIMITS", "Limits", "UnreadableMail", "read"]
