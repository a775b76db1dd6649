"""``deskwatch show``: one request as text."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from store import commands, queries
from store.desk import Desk
from store.policy.apply import apply_file
from store.records import AttachmentInfo
from store.words import Ending
from tests.conftest import NOW
from tests.store.letters import letter
from tests.store.outages import DARK, about_it
from tests.store.people import ANA, BEN, a_request, the
from tests.store.queries.test_rows import HOSTILE
from tui.cli.request_text import lines

CONFIG = Path(__file__).parents[2] / "desk.toml"


def test_a_request_reads_from_top_to_bottom(desk, clock):
    """What it is, how it stands, its clocks, what was said, what happened and why."""
    photo = AttachmentInfo("a.jpg", "image/jpeg", 14000)
    mail = letter(1, NOW, text="It is dark.", attachments=(photo,))
    assert mail.mail is not None
    mail = replace(mail, mail=replace(mail.mail, quoted="> before\n> that"))
    commands.take_in(desk, "help", 1, [mail])
    clock.advance(timedelta(minutes=5))
    commands.claim(desk, BEN, the(1001))
    commands.undo(desk, BEN)
    commands.note(desk, ANA, the(1001), "The bulb")
    commands.resolve(desk, ANA, the(1001), Ending.FIXED)
    view = queries.request(desk, 1001)
    assert lines(view, desk.rules, clock.now()) == [
        "#1001 Projector dead",
        "P3, resolved, Ana Lovelace",
        "Grace Hopper, Mathematics",
        "",
        "service         Projectors",
        "kind            incident: something broke",
        "impact          one room or team",
        "urgency         work is slowed",
        "came by         mail to the desk, 10:42",
        "address         hopper@maths.northgate.example",
        "ending          fixed",
        "resolved        10:47",
        "",
        "Clocks",
        "  first response  met 10:47, 5 min of 4 h",
        "  resolution      met 10:47, 5 min of 24 h",
        "",
        "Grace Hopper wrote, 10:42",
        "  It is dark.",
        "  (2 quoted lines)",
        "  attached: a.jpg, 14 kB, image/jpeg",
        "",
        "Ana Lovelace noted, for the desk only, 10:47",
        "  The bulb",
        "",
        "History",
        "  10:42  Grace Hopper asked by mail: P3",
        "         because it belongs to no request we know",
        "         because service projector: the word projector",
        "  10:47  Ben claimed it (undone)",
        "  10:47  Ben took back the claim",
        "  10:47  Ana wrote a note",
        "  10:47  Ana resolved it: fixed",
    ]


def test_nothing_in_a_request_can_drive_a_terminal(desk):
    """Neither subject nor text nor the name of a file."""
    bad = AttachmentInfo(HOSTILE, HOSTILE, 1)
    commands.take_in(desk, "help", 1, [letter(1, NOW, HOSTILE, text=HOSTILE, attachments=(bad,))])
    said = lines(queries.request(desk, 1001), desk.rules, NOW)
    assert [line for line in said if not line.isprintable()] == []


@pytest.fixture
def database(database_url) -> str:
    """The address of a store with the test policy and a request."""
    apply_file(CONFIG, database_url)
    with closing(Desk.open(database_url)) as desk:
        a_request(desk, "Projector")
    return database_url


@pytest.mark.parametrize("number", ["1001", "#1001"])
def test_the_command_shows_the_request(shell, database, number):
    """With or without its sign."""
    ran = shell("show", number, "--database", database)
    assert (ran.status, ran.lines[0]) == (0, "#1001 Projector")
    as_json = shell("show", number, "--database", database, "--json")
    assert json.loads(as_json.out)["number"] == 1001


def test_a_number_that_is_not_there_is_a_problem_of_one_line(shell, database):
    """Exit status 1."""
    ran = shell("show", "9", "--database", database)
    assert (ran.status, ran.out, ran.err) == (1, "", "deskwatch: There is no request #9\n")


@pytest.mark.parametrize("number", ["x", "", "-1", "١٠٠١", "9" * 19])
def test_what_is_no_number_is_wrong_use(shell, number):
    """Exit status 2."""
    with pytest.raises(SystemExit) as ended:
        shell("show", number)
    assert ended.value.code == 2


def test_an_outage_is_told_of_its_parent_and_of_what_may_be_about_it(desk, clock):
    """Until that is decided; of what was joined to it, where it went."""
    commands.take_in(desk, "help", 1, [about_it(1)])
    commands.declare_outage(desk, ANA, the(1001), DARK)
    commands.take_in(desk, "help", 1, [about_it(2)])

    def told(number: int) -> list[str]:
        shown = lines(queries.request(desk, number), desk.rules, clock.now())
        return [each for each in shown if each.startswith(("outage ", "merged "))]

    parent, doubt = told(1001), told(1002)
    assert parent[0].startswith("outage          Projectors since 10:42")
    assert parent[0].endswith("asks first · 1 to decide")
    assert doubt == ["outage          may be about #1001: Projectors since 10:42"]
    commands.join_outage(desk, ANA, the(1002))
    assert told(1002) == ["merged          into #1001"]
