"""What commands print as JSON is what docs/json.md promises."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from store import commands, queries
from store.mail_records import OutboxMail
from store.records import DESK, Address, AttachmentInfo
from store.rules.cover import Cover, OnWatch, Stretch
from store.words import (
    Channel,
    ClockStatus,
    Delivery,
    Direction,
    Ending,
    Happened,
    Kind,
    Level,
    Priority,
    Sends,
    State,
)
from tests.conftest import NOW
from tests.store.letters import letter
from tests.store.people import ANA, the
from tui.cli.request_json import listed, shown
from tui.cli.status import as_json
from tui.cli.watch_json import watch_json

STUCK = OutboxMail(
    id=188,
    kind=Sends.REPLY,
    number=1042,
    to=(Address("Grace", "hopper@maths.northgate.example"),),
    subject="Re: Projector",
    state=Delivery.FAILED,
    attempts=9,
    error="smtp.northgate.example refuses the recipient",
    created_at=NOW,
    next_try_at=NOW,
)
PAGE = (Path(__file__).parents[3] / "docs/json.md").read_text(encoding="utf-8")


def promised(command: str) -> Any:
    """Return the example that the page gives of a command's output."""
    found = re.search(rf"## `deskwatch {command}`.*?```json\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None, command
    return json.loads(found[1])


def keys(value: Any, at: str = "") -> set[str]:
    """Return the paths of all keys in a JSON value, those of a list's items as one."""
    if isinstance(value, dict):
        return {f"{at}.{key}" for key in value}.union(
            *(keys(inner, f"{at}.{key}") for key, inner in value.items())
        )
    if isinstance(value, list):
        return set().union(*(keys(item, f"{at}[]") for item in value))
    return set()


@pytest.fixture
def asked(desk):
    """A desk with a request of which there is something to say at every key."""
    mail = letter(1, NOW, attachments=(AttachmentInfo("photo.jpg", "image/jpeg", 9),))
    assert mail.triage is not None
    end_run = {"end_run_person": "ben", "end_run_rule": "R4", "end_run_certainty": "certain"}
    commands.take_in(desk, "help", 1, [replace(mail, triage=replace(mail.triage, **end_run))])
    commands.claim(desk, ANA, the(1001))
    commands.mailbox_seen(desk, "help", 1, 1)
    return desk


def test_requests_prints_what_is_promised(asked):
    """Each item of the list has exactly these keys."""
    row = queries.rows(asked, [1001])[1001]
    item = listed(row, queries.clocks(asked, [1001])[1001])
    assert keys([json.loads(json.dumps(item))]) == keys(promised("requests --json"))


def test_show_prints_what_is_promised(asked):
    """One request has exactly these keys."""
    found = json.loads(json.dumps(shown(queries.request(asked, 1001))))
    assert keys(found) == keys(promised("show N --json"))


def test_status_prints_what_is_promised(asked):
    """How things stand has exactly these keys."""
    status = as_json(
        queries.mailbox_health(asked),
        queries.outbox_counts(asked),
        queries.summary(asked, DESK),
        NOW,
        imported={},
        stuck=[STUCK],
    )
    night = Stretch(NOW, NOW + timedelta(hours=9), Cover.COVERED, "ben")
    hour = Stretch(NOW, NOW + timedelta(hours=1), Cover.GAP)
    rows = list(queries.rows(asked, [1001]).values())
    status |= watch_json(OnWatch(night, night, (hour,), "dee"), {"ana"}, rows)
    assert keys(json.loads(json.dumps(status))) == keys(promised("status --json"))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("state", State),
        ("kind", Kind),
        ("priority", Priority),
        ("channel", Channel),
        ("ending", Ending),
        ("direction", Direction),
        ("what", Happened),
    ],
)
def test_every_word_is_listed(name, words):
    """The page names every word that a key can have, and no other."""
    [row] = re.findall(rf"^\| `{name}` \| (.*) \|$", PAGE, re.MULTILINE)
    assert re.findall(r"`(\w+)`", row) == [word.value for word in words]


def test_every_status_and_level_is_listed():
    """Those rows have more to say in their first column."""
    [status] = re.findall(r"^\| `status` of a clock \| (.*) \|$", PAGE, re.MULTILINE)
    [level] = re.findall(r"^\| `impact`, `urgency` \| (.*) \|$", PAGE, re.MULTILINE)
    assert re.findall(r"`(\w+)`", status) == [word.value for word in ClockStatus]
    assert re.findall(r"`(\w+)`", level) == [word.value for word in Level]
