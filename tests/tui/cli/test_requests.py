"""``deskwatch requests``: the queue as a plain list."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from store import commands, queries
from store.desk import Desk
from store.policy.apply import apply_file
from store.records import Address, Target
from store.words import Ending, Level, State
from tests.conftest import NOW
from tests.store.people import ANA, BEN, CHI, a_request, the
from tests.store.queries.test_rows import HOSTILE
from tui.board.cells import width
from tui.cli.requests import lines
from tui.cli.table import table

CONFIG = Path(__file__).parents[2] / "desk.toml"


@pytest.fixture
def queue(desk, clock):
    """A queue with a request of every sort."""
    a_request(desk, "Password", requester=Address("", "rao@office.northgate.example"))  # 1001
    a_request(desk, "プリンタで印刷できません", requester=Address("田中 由紀", "t@x.example"))
    a_request(desk, "Exam papers", impact=Level.HIGH, urgency=Level.HIGH)  # 1003
    a_request(desk, "VPN drops every hour, all year")
    a_request(desk, "Cable")  # 1005
    commands.claim(desk, CHI, the(1002))
    commands.emergency(desk, ANA, the(1003), "Nobody can print")
    commands.claim(desk, BEN, the(1004))
    commands.reply(desk, BEN, the(1004), "Since when?")
    commands.wait(desk, BEN, the(1004), State.WAITING_REQUESTER)
    commands.snooze(desk, CHI, the(1005), NOW + timedelta(days=2))
    commands.resolve(desk, ANA, the(1001), Ending.FIXED)
    clock.advance(timedelta(minutes=20))
    return desk


def test_the_list_reads_like_a_list(queue):
    """Words in line under their heads; no boxes, no colours, nothing that only the eye gets."""
    rows = queries.requests(queue, states=tuple(State))
    assert lines(queue, rows, queue.clock.now()) == [
        "number  pri  clock              has it  from              subject",
        "  1003  P1!  overdue 0:05       nobody  Grace Hopper      Exam papers",
        "  1002  P4   due Tue 10:42      Chi     田中 由紀         プリンタで印刷できません",
        "  1004  P4   paused 20 h        Ben     Grace Hopper      VPN drops every hour, all year",
        "  1005  P4   snoozed Wed 10:42  nobody  Grace Hopper      Cable",
        "  1001  P4   resolved           Ana     rao@office.nort…  Password",
    ]


def test_it_fits_a_terminal_of_80_columns(queue, monkeypatch):
    """Wide characters are counted as wide; the subject gives way."""
    monkeypatch.setattr("tui.cli.table.screen_width", lambda *_: 80)
    said = lines(queue, queries.requests(queue), queue.clock.now())
    assert [line for line in said if width(line) > 80] == []
    assert (
        said[2] == "  1002  P4   due Tue 10:42      Chi     田中 由紀     プリンタで印刷できません"
    )
    assert said[3].endswith("VPN drops every hour, all…")


def test_an_empty_list_says_so(desk):
    """Silence would look like a failure."""
    assert lines(desk, [], NOW) == ["No requests."]


def test_nothing_in_the_list_can_drive_a_terminal(desk):
    """Whatever a subject holds, it is one harmless line."""
    a_request(desk, HOSTILE, requester=Address(HOSTILE, HOSTILE))
    said = lines(desk, queries.requests(desk), NOW)
    assert len(said) == 2
    assert said[1].isprintable()


def test_a_table_is_as_wide_as_it_has_to_be():
    """Columns have a most; the last one takes what is left, and never less than a little."""
    rows = [["1", "aaaa", "the rest of it, which is long"], ["22", "b", "x"]]
    assert table(["n", "a", "rest"], rows, 28, right=frozenset([0]), most=[None, 3]) == [
        " n  a    rest",
        " 1  aa…  the rest of it, wh…",
        "22  b    x",
    ]
    assert table(["n", "a", "rest"], rows, 10)[1] == "1   aaaa  the rest of it,…"


@pytest.fixture
def database(database_url, monkeypatch) -> str:
    """The address of a store with the test policy and three requests, for Ben to look at."""
    apply_file(CONFIG, database_url)
    with closing(Desk.open(database_url)) as desk:
        for subject in ("Projector", "Printer", "Wifi"):
            a_request(desk, subject)
        commands.claim(desk, BEN, Target(1002))
    monkeypatch.setattr("store.facts.login.login_name", lambda _store: "ben")
    return database_url


def test_the_command_lists_what_is_asked_for(shell, database):
    """Mine, of a state, with a word, so many."""
    listings = {
        (): ["1001", "1002", "1003"],
        ("--mine",): ["1002"],
        ("--state", "new"): ["1001", "1003"],
        ("--state", "open,resolved"): ["1002"],
        ("--state", "all", "--search", "wi"): ["1003"],
        ("--search", "@me"): ["1002"],
        ("--limit", "2"): ["1001", "1002"],
        ("--limit", "0"): ["1001", "1002", "1003"],
    }
    found = {}
    for options in listings:
        ran = shell("requests", "--database", database, *options)
        found[options] = [line.split()[0] for line in ran.lines[1:]]
        assert ran.status == 0
    assert found == listings


def test_a_list_that_was_cut_says_so_beside_it(shell, database):
    """On standard error, so that it is not taken for a request."""
    ran = shell("requests", "--database", database, "--limit", "2")
    assert ran.err == "These are the first 2; --limit 0 lists all.\n"


def test_json_is_one_list_with_a_request_a_line(shell, database):
    """All of it, unless a limit is given; an empty list is a list."""
    ran = shell("requests", "--database", database, "--json")
    assert [item["number"] for item in json.loads(ran.out)] == [1001, 1002, 1003]
    assert len(ran.lines) == 5
    assert shell("requests", "--database", database, "--json", "--search", "zzz").out == "[]\n"


def test_mine_needs_somebody_who_is_on_the_desk(shell, database, monkeypatch):
    """Whoever is not known here is told so."""
    monkeypatch.setattr("store.facts.login.login_name", lambda _store: "guest")
    ran = shell("requests", "--database", database, "--mine")
    assert (ran.status, ran.err) == (
        1,
        "deskwatch: --mine: nobody on the desk has the login guest\n",
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--state", "lost"), "'lost' is no state; write live, all, or any of new,"),
        (("--state", ","), "no state is named"),
        (("--limit", "many"), "'many' is no number; write 0 for all"),
        (("--limit", "-1"), "'-1' is no number; write 0 for all"),
    ],
)
def test_wrong_use_is_explained(shell, capsys, options, said):
    """Exit status 2, and what to write instead."""
    with pytest.raises(SystemExit) as ended:
        shell("requests", *options)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
