"""Small requests without end, so that the demo's day goes on: twenty of them, by many people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from importlib.resources import files
from itertools import count

from tui.cli.demo.mails import DESK_ADDRESS, Deed, ScriptedMail, script

#: Of the twelve, those who answer small things: a lead has other worries, and what Ben does is
#: done at the second board.
_AT_WORK = ("chi", "eli", "fay", "gus", "hana", "ines", "jo", "kit", "lou")
#: Of the departments; the desk's own people and strangers write from elsewhere.
_SCHOOL = ".northgate.example>"
#: Steps through senders that share no factor with their number, so that pairs differ for long.
_STRIDE = 7


def _sender(mail: ScriptedMail) -> str:
    return dict(mail.headers)["From"]


def small_mails() -> Iterator[ScriptedMail]:
    """Yield small requests for ever, each answered and resolved by somebody after a while."""
    text = files(__package__).joinpath("mails", "small.txt").read_text(encoding="utf-8")
    lines = [line.split(" | ") for line in text.splitlines()]
    senders = sorted({sender for mail in script("start") if _SCHOOL in (sender := _sender(mail))})
    for turn in count():
        subject, body, answer, ending = lines[turn % len(lines)]
        sender = senders[turn * _STRIDE % len(senders)]
        name = sender.partition(" ")[0]
        colleague = _AT_WORK[turn * 2 % len(_AT_WORK)]
        yield ScriptedMail(
            key=f"small-{turn}",
            ago=timedelta(0),
            box="",
            answers="",
            deeds=(
                Deed(timedelta(seconds=20), colleague, "claim", ""),
                Deed(timedelta(seconds=45), colleague, "reply", answer),
                Deed(timedelta(seconds=46), colleague, "resolve", ending),
            ),
            headers=(("From", sender), ("Subject", subject), ("To", DESK_ADDRESS)),
            body=f"{body}\n\n{name}\n",
            html=False,
        )
