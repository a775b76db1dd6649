"""What somebody types to log that they were asked directly (R7), taken apart.

    hopper: projector in B12, walk-up, 10m

Before the colon stands who asked, by any part of the name or the address; then what they asked
for. After commas at the end, in any order, and all of it may be left out:

    10m, 10, 1h30             how long it took; 5 minutes unless said
    walk-up, phone, chat      how they asked; a walk-up unless said
    done, fixed, guided, nothing      how it ended; done unless said
    queued                    it is still to be done
    !, emergency              an emergency: it is never done by being logged
    to ben                    whom they asked, if not the one who logs it
    at 9:40                   when they asked, if not just now
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import Any

from store.words import Channel, Ending

#: One line about all this, for a field's hint and for ``--help``.
HINT = "who: what, 10m, phone, queued, !"

USUAL_MINUTES = 5
#: More is not taken for minutes somebody was interrupted.
MOST_MINUTES = 24 * 60

_CHANNELS = {
    Channel.WALK_UP: ("w", "walk-up", "walk up", "walkup", "in person", "desk", "corridor"),
    Channel.PHONE: ("p", "phone", "call", "called", "telephone", "mobile", "voicemail"),
    Channel.CHAT: ("c", "chat", "teams", "slack", "message", "text", "whatsapp", "sms"),
    Channel.DIRECT_MAIL: ("mail", "e-mail", "email", "direct mail"),
}
_ENDINGS = {
    Ending.DONE: ("d", "done", "done for them"),
    Ending.FIXED: ("f", "fixed", "repaired"),
    Ending.GUIDED: ("g", "guided", "shown", "taught", "helped"),
    Ending.NOTHING: ("n", "nothing", "nothing needed"),
}
_QUEUED = ("q", "queue", "queued", "later", "to do", "todo", "open")
_EMERGENCY = ("!", "!!", "emergency")
#: Word to the field that it says, and what it says of it.
_WORDS: dict[str, tuple[str, Any]] = {
    **{word: ("channel", channel) for channel, words in _CHANNELS.items() for word in words},
    **{word: ("ending", ending) for ending, words in _ENDINGS.items() for word in words},
    **dict.fromkeys(_QUEUED, ("ending", None)),
    **dict.fromkeys(_EMERGENCY, ("emergency", True)),
}
_MINUTES = re.compile(r"(?P<minutes>\d{1,4}) ?(?:m|min|mins|minute|minutes)?")
_HOURS = re.compile(
    r"(?P<hours>\d{1,2}) ?(?:h|hr|hrs|hour|hours) ?(?:(?P<minutes>\d{1,2}) ?(?:m|min|mins)?)?"
)
_WHOM = re.compile(r"(?:to|asked|@) ?(?P<whom>\S.*)")
_WHEN = re.compile(r"(?:at )?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})")
#: A longer stretch before a colon is no name.
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Logged:
    """What was typed, understood."""

    who: str
    """Any part of the requester's name or address; "" if none was typed."""
    what: str
    channel: Channel = Channel.WALK_UP
    minutes: int = USUAL_MINUTES
    ending: Ending | None = Ending.DONE
    """How it ended; None: it is still to be done."""
    emergency: bool = False
    whom: str = ""
    """Any part of the name of who was asked; "" for the one who logs it."""
    asked: time | None = None
    """The local time at which they asked; None: just now."""


def logged(text: str) -> Logged:
    """Take apart what was typed; nothing can be wrong with it, though much may be missing."""
    who, what = _who(text)
    parts = [part for part in (" ".join(part.split()) for part in what.split(",")) if part]
    said: dict[str, Any] = {}
    while len(parts) > 1:
        meant = _meant(parts[-1])
        if meant is None or meant[0] in said:
            break
        said[meant[0]] = meant[1]
        parts.pop()
    if said.get("emergency"):
        said["ending"] = None  # it has to be dealt with, and everybody is to see it
    return Logged(who, ", ".join(parts), **said)


def _who(text: str) -> tuple[str, str]:
    who, colon, what = text.partition(":")
    if not colon or len(who.strip()) > _LONGEST_NAME or "," in who or who.strip().isdigit():
        return "", text
    return " ".join(who.split()), what


def _meant(part: str) -> tuple[str, Any] | None:
    """Return which field a part at the end says; None if it is more of what was asked for."""
    word = part.casefold()
    if word in _WORDS:
        return _WORDS[word]
    if (minutes := _minutes(word)) is not None:
        return "minutes", minutes
    if (when := _when(word)) is not None:
        return "asked", when
    whom = _WHOM.fullmatch(part)
    return ("whom", whom["whom"]) if whom else None


def _minutes(word: str) -> int | None:
    found = _HOURS.fullmatch(word) or _MINUTES.fullmatch(word)
    if found is None:
        return None
    parts = found.groupdict()
    total = int(parts.get("hours") or 0) * 60 + int(parts["minutes"] or 0)
    return total if total <= MOST_MINUTES else None


def _when(word: str) -> time | None:
    found = _WHEN.fullmatch(word)
    if found is None:
        return None
    try:
        return time(int(found["hour"]), int(found["minute"]))
    except ValueError:
        return None
