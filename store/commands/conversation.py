"""What people of the desk write: replies to the requester, and notes for each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from store.commands.answering import (
    answer,
    must_fit,
    must_reach_somebody,
    sender,
)
from store.commands.change import Change, change
from store.commands.checks import must_be_live, must_say_something
from store.commands.messages import Said
from store.commands.promises import and_kept
from store.desk import Desk
from store.facts.engine import Writing
from store.facts.requests import Request
from store.mail_records import OutgoingFile
from store.records import Actor, Address, Done, Target
from store.rules.promised import NOTHING_PROMISED
from store.text import one_line
from store.words import Happened, Sends, State


def reply(
    desk: Desk, actor: Actor, target: Target, text: str, files: Sequence[OutgoingFile] = ()
) -> Done:
    """Answer the requester by mail; once it has gone out from the outbox, it is out.

    A new request is open from then on; a wait goes on, for a reply may be a reminder. What was
    promised is kept by it.
    """
    said = must_say_something(text, "A reply")
    attached = [_named(each) for each in files]
    must_fit(attached)

    def decide(request: Request, writing: Writing) -> Change:
        if request.state == State.MERGED:
            must_be_live(request)
        must_reach_somebody(desk, writing, request)
        mail = answer(desk, writing, request, Sends.REPLY, files=attached, quoting=True)
        opened = {"state": State.OPEN.value} if request.state == State.NEW else {}
        return Change(
            Happened.REPLIED,
            f"#{request.number} answered{and_kept(desk, request, writing.now)}",
            {**opened, **NOTHING_PROMISED},
            said=Said(sender(desk.rules, actor), said, mail),
        )

    return change(desk, actor, target, decide)


def note(desk: Desk, actor: Actor, target: Target, text: str) -> Done:
    """Write something for the colleagues; the requester never sees it."""
    said = must_say_something(text, "A note")

    def decide(request: Request, _writing: Writing) -> Change:
        if request.state == State.MERGED:
            must_be_live(request)
        return Change(
            Happened.NOTED,
            f"Note on #{request.number}",
            said=Said(Address(actor.name, ""), said),
        )

    return change(desk, actor, target, decide)


def _named(file: OutgoingFile) -> OutgoingFile:
    """Return ``file`` with a name that is one, without folders."""
    name = one_line(file.name).replace("\\", "/").rpartition("/")[2]
    return replace(file, name=name or "file", type=one_line(file.type))
