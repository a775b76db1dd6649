"""The mails of the demo's school: written by hand in ``mails/*.txt``, dated when delivered.

A file holds mails separated by lines of ``=====``. Beside a mail's own headers it knows:

``Ago``
    how long before the demo's start it arrived: ``47m``, ``5h``, ``2d``
``Id`` and ``Reply``
    a name for it, and the name of the mail that it answers
``Reply-To-Subject``
    the subject of the mail that it answers, where that one needs no name
``Box``
    the drop folder it lies in; the desk's own mailbox if absent
``Html``
    the body is HTML
``Desk`` (any number)
    what a colleague does with it, and when: ``+12m ben reply On my way.``
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_string, policy
from email.message import EmailMessage
from email.utils import format_datetime
from importlib.resources import files

DESK_ADDRESS = "Northgate School IT <help@northgate.example>"
_SCRIPT_HEADERS = ("Ago", "Id", "Reply", "Reply-To-Subject", "Box", "Html", "Desk")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_DEED = re.compile(r"\+(?P<after>\d+[smhd]) (?P<login>\w+) (?P<verb>\w+) ?(?P<text>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Deed:
    """What a colleague does with a request, ``after`` its mail arrived."""

    after: timedelta
    login: str
    verb: str
    text: str


@dataclass(frozen=True, slots=True)
class ScriptedMail:
    """One mail of the script: where it goes, when, what it says and what is done about it."""

    key: str
    ago: timedelta
    box: str
    answers: str
    """Key of the mail it answers; "" for none."""
    deeds: tuple[Deed, ...]
    headers: tuple[tuple[str, str], ...]
    """The mail's own headers, without its date, Message-ID and thread."""
    body: str
    html: bool

    def message_id(self) -> str:
        """Return its Message-ID, without brackets."""
        return _message_id(self.key)

    def as_bytes(self, at: datetime) -> bytes:
        """Return the mail as it is delivered at ``at``."""
        mail = EmailMessage(policy=policy.SMTP)
        for name, value in self.headers:
            mail[name] = value
        mail["Date"] = format_datetime(at)
        mail["Message-ID"] = f"<{self.message_id()}>"
        if self.answers:
            mail["In-Reply-To"] = mail["References"] = f"<{_message_id(self.answers)}>"
        mail.set_content(self.body, subtype="html" if self.html else "plain")
        return mail.as_bytes()


def _message_id(key: str) -> str:
    return f"{key}@mail.northgate.example"


def script(name: str) -> tuple[ScriptedMail, ...]:
    """Return the mails of ``mails/NAME.txt``, in order."""
    blocks = re.split(r"^=====$", _written(name), flags=re.MULTILINE)
    return tuple(_mail(block.strip("\n"), f"{name}-{place}") for place, block in enumerate(blocks))


def rows(name: str) -> list[list[str]]:
    """Return the lines of ``mails/NAME.txt``, each in its parts: ``subject | what it says``."""
    return [line.split(" | ") for line in _written(name).splitlines()]


def _written(name: str) -> str:
    return files(__package__).joinpath("mails", f"{name}.txt").read_text(encoding="utf-8")


def _mail(block: str, key: str) -> ScriptedMail:
    written = message_from_string(block, EmailMessage, policy=policy.default)
    ago = duration(written.get("Ago", "0s"))
    answers = written.get("Reply", "") or _subject_key(written.get("Reply-To-Subject", ""))
    deeds = tuple(_deed(line) for line in written.get_all("Desk", []))
    named = written.get("Id", "")
    if not named and not answers:
        named = _subject_key(written["Subject"])
    headers = [(name, str(value)) for name, value in written.items() if name not in _SCRIPT_HEADERS]
    if "To" not in written:
        headers.append(("To", DESK_ADDRESS))
    return ScriptedMail(
        key=named or key,
        ago=ago,
        box=written.get("Box", ""),
        answers=answers,
        deeds=deeds,
        headers=tuple(headers),
        body=_unwrapped(str(written.get_payload()).strip()) + "\n",
        html="Html" in written,
    )


def _unwrapped(text: str) -> str:
    """Return ``text`` with paragraphs on one line each, as most mail programs send them."""
    return re.sub(r"^([^>\n].{69,})\n(?=[^>\s])", r"\1 ", text, flags=re.MULTILINE)


def _subject_key(subject: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", subject.lower()).strip("-")


def _deed(line: str) -> Deed:
    found = _DEED.fullmatch(line)
    if found is None:
        raise ValueError(f"not something a colleague does: {line!r}")
    return Deed(duration(found["after"]), found["login"], found["verb"], found["text"])


def duration(text: str) -> timedelta:
    """Return ``"47m"`` as a length of time; units s, m, h, d."""
    return timedelta(**{_UNITS[text[-1]]: int(text[:-1])})
