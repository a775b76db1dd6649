"""Small requests without end, so that the demo's day goes on: twenty of them, by many people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count

from tui.cli.demo.mails import DESK_ADDRESS, Deed, ScriptedMail, rows, script

#: Of the twelve, those who answer small things: a lead has other worries, what Ben does is done
#: at the second board, and some are not in.
_AT_WORK = ("chi", "eli", "fay", "gus", "jo", "lou")
#: Of the departments; the desk's own people and strangers write from elsewhere.
_SCHOOL = ".northgate.example>"
#: Steps through senders that share no factor with their number, so that pairs differ for long.
_STRIDE = 7


def _sender(mail: ScriptedMail) -> str:
    return dict(mail.headers)["From"]


def senders() -> list[str]:
    """Return everybody of the school who writes in the morning, in the order of their names."""
    everybody = (_sender(mail) for mail in script("start"))
    return sorted({sender for sender in everybody if _SCHOOL in sender})


def small_mails() -> Iterator[ScriptedMail]:
    """Yield small requests for ever, each answered and resolved by somebody after a while."""
    lines = rows("small")
    everybody = senders()
    for turn in count():
        subject, body, answer, ending = lines[turn % len(lines)]
        sender = everybody[turn * _STRIDE % len(everybody)]
        name = sender.partition(" ")[0]
        colleague = _AT_WORK[turn % len(_AT_WORK)]
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
