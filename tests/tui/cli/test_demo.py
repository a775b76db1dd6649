"""``deskwatch demo``: the script of the school, and the whole world of it without a terminal."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from intake.reading import read
from store import queries
from store.clock import SetClock
from store.desk import Desk
from store.end_run_records import Period
from store.policy.compile import rulebook
from store.policy.load import load
from store.queries.integrity import problems
from store.records import Actor
from store.words import Attendance, Ending, Role
from tui.cli import main as cli
from tui.cli.demo.mails import duration, script
from tui.cli.demo.place import FOLDERS, ME, SECOND, Place, timezone
from tui.cli.demo.server import MailServer
from tui.cli.demo.small import small_mails
from tui.cli.demo.team import sit_at_boards
from tui.cli.demo.town import prepare

NOW = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)


@pytest.fixture
def rules(tmp_path):
    """Return the rulebook of the demo's desk."""
    place = Place(tmp_path)
    place.write_config(MailServer(1143, 1025, "secret"), NOW)
    return rulebook(load(place.config))


def test_the_school_is_believable(rules):
    """Twelve people, six departments, fourteen services, open right now."""
    assert (len(rules.people), len(rules.departments), len(rules.services)) == (12, 6, 14)
    assert rules.hours["desk"].is_open(NOW)


@pytest.mark.parametrize("days", [0, 4, 5, 31])
@pytest.mark.parametrize("hour", range(0, 24, 3))
def test_it_is_always_the_middle_of_a_school_day(tmp_path, days, hour):
    """Weekend, Christmas or midnight: the demo's desk is open, for at least an hour more."""
    now = datetime(2026, 11, 24, hour, 20, tzinfo=UTC) + timedelta(days=days)
    place = Place(tmp_path)
    place.write_config(MailServer(1143, 1025, "secret"), now)
    hours = rulebook(load(place.config)).hours["desk"]
    assert [hours.is_open(now), hours.is_open(now + timedelta(hours=1))] == [True, True]


def test_a_school_day_at_home_needs_no_other_town():
    """Somebody who tries it in office hours sees their own time of day."""
    midday = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert timezone("Europe/Berlin", midday) == "Europe/Berlin"
    assert time(9) < midday.astimezone(ZoneInfo(timezone("Asia/Tokyo", midday))).time() < time(13)


@pytest.mark.parametrize("name", ["start", "live"])
def test_every_mail_of_the_script_reads_as_written(name):
    """Senders, subjects and thread of each mail survive the way through a real mail."""
    for mail in script(name):
        headers = dict(mail.headers)
        seen = read(mail.as_bytes(NOW))
        assert seen.subject == headers["Subject"]
        assert seen.sender.address in headers["From"]
        assert seen.message_id == mail.message_id()
        assert bool(seen.in_reply_to) == bool(mail.answers)
        assert seen.text.strip()


def test_the_script_hangs_together(rules):
    """Answers answer a mail that is there, deeds are done by people of the desk."""
    mails = [*script("start"), *script("live")]
    keys = {mail.key for mail in mails}
    assert len(keys) == len(mails)
    assert {mail.answers for mail in mails} - keys == {""}
    assert {mail.box or "help" for mail in mails} <= FOLDERS.keys()
    assert {deed.login for mail in mails for deed in mail.deeds} <= rules.people.keys()
    assert len(script("start")) >= 60


def test_small_requests_never_end_and_never_repeat_soon(rules):
    """Two hundred of them: every mail its own, by many people, and somebody sees to each."""
    mails = list(islice(small_mails(), 200))
    assert len({mail.message_id() for mail in mails}) == 200
    assert len({(mail.headers[0], mail.headers[1]) for mail in mails}) >= 100
    assert {deed.login for mail in mails for deed in mail.deeds} <= rules.people.keys()
    assert {mail.deeds[-1].text for mail in mails} <= set(Ending)


def test_nobody_works_under_the_name_of_who_sits_at_a_board():
    """What ``u`` takes back there is what was done there."""
    small = {deed.login for mail in islice(small_mails(), 200) for deed in mail.deeds}
    live = {deed.login for mail in script("live") for deed in mail.deeds}
    assert (small & {ME, SECOND}, live & {ME}) == (set(), set())


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """Return the demo's desk before its morning, with the weeks before, and its lead."""
    place = Place(tmp_path_factory.mktemp("school"))
    place.write_config(MailServer(1143, 1025, "secret"), NOW)
    prepare(place, NOW)
    with closing(Desk.open(place.database, SetClock(NOW))) as desk:
        sit_at_boards(desk)
        yield desk, Actor(ME, "Ana Lovelace", Role.LEAD)


def test_the_weeks_before_tell_of_end_runs(school):
    """Several people, doors and emergencies in twelve weeks, enough answers to compare."""
    desk, lead = school
    seen = queries.end_runs(desk, lead, Period.TWELVE_WEEKS)
    assert (len(seen.weeks), min(week.count for week in seen.weeks[:-1]) > 0) == (12, True)
    assert {tally.key for tally in seen.channels} >= {"walk_up", "phone", "forwarded"}
    assert "direct_mail" in {tally.key for tally in seen.channels}
    assert len(seen.people) > 5
    assert seen.team.minutes > 300
    assert seen.team.emergencies == 4
    assert queries.end_run_doors(desk, Period.TWELVE_WEEKS).comparable
    assert queries.end_run_converted(desk, Period.TWELVE_WEEKS).share is not None


def test_the_weeks_before_tell_how_requests_end(school):
    """Enough of them for shares, by service too; some came back, some said thanks."""
    desk, lead = school
    seen = queries.endings(desk, lead)
    assert seen.all_together.helped is not None
    assert seen.many is not None
    assert sum(one.resolved >= 6 for one in seen.services) >= 8
    assert any(one.is_alone for one in seen.rests)
    assert queries.claims(desk, lead).team.share is not None
    assert seen.reopened.thanks > 5
    assert seen.reopened.reopened


def test_the_weeks_before_leave_little_behind(school):
    """What is left of them is of this morning; nothing waits to be sent; the store is sound."""
    desk, _ = school
    assert len(queries.requests(desk)) <= 2
    assert queries.outbox_counts(desk).waiting == 0
    assert list(problems(desk)) == []


def test_people_are_where_people_are(school):
    """Most at their boards, one on a breather, one away, one off."""
    desk, _ = school
    there = queries.whereabouts(desk)
    assert {one.attendance for one in there.values()} == set(Attendance)
    assert len(queries.present(desk)) == 8


@pytest.mark.parametrize(("text", "seconds"), [("25s", 25), ("47m", 2820), ("2d", 172_800)])
def test_lengths_of_time_in_the_script(text, seconds):
    """A number and a unit."""
    assert duration(text) == timedelta(seconds=seconds)


def test_the_whole_world_runs_without_a_terminal(tmp_path):
    """Mail server, poller and colleagues: every mail is in the ledger, and all is gone after."""
    done = subprocess.run(
        [sys.executable, "-m", "tui.cli.main", "demo", "--headless", "--seconds", "7"],
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "TMPDIR": str(tmp_path)},
    )
    assert (done.stderr, done.returncode) == ("", 0)
    said = dict(line.rsplit(" ", 1) for line in done.stdout.splitlines()[1:])
    assert (
        int(said["mails on the server"]) == int(said["mails in the ledger"]) > len(script("start"))
    )
    assert int(said["quarantined"]) == 0
    assert int(said["mails sent"]) > 20
    assert int(said["requests"]) > int(said["live"]) > int(said["claimed"]) > 10
    assert list(tmp_path.glob("deskwatch-demo-*")) == []


@pytest.mark.parametrize("seconds", ["-1", "soon", "nan"])
def test_a_length_that_is_none_is_wrong_use(seconds, capsys):
    """Exit status 2, and the line says what was expected."""
    with pytest.raises(SystemExit) as left:
        cli.main(["demo", "--headless", "--seconds", seconds])
    assert left.value.code == 2
    assert "is not a number of seconds" in capsys.readouterr().err
