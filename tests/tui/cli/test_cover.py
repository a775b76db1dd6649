"""``deskwatch cover``: in words, for programs, and as a calendar."""

from __future__ import annotations

import json
import re
import shutil
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
from sqlalchemy import insert

from store.facts.cover import cover_change
from store.facts.engine import open_store
from store.policy.apply import apply_file
from tests.databases import SqliteFiles
from tests.tui.cli.test_json import keys, promised
from tests.tui.cli.typing_in import Shell

DESK = (Path(__file__).parents[2] / "desk.toml").read_text(encoding="utf-8")
BEST_EFFORT = DESK.replace("[roster]\n", '[roster]\nbest_effort = ["sat 00:00 - sun 00:00"]\n')
TUESDAY = ("--at", "2026-11-24 10:42")


class Covered:
    """A desk whose cover is asked about."""

    def __init__(self, shell: Shell, url: str) -> None:
        self.shell, self.url = shell, url

    def apply(self, text: str) -> None:
        """Apply a policy."""
        Path("config.toml").write_text(text, encoding="utf-8")
        assert self.shell("policy", "apply").status == 0

    def change(self, kind: str, starts: str, ends: str, who: str) -> None:
        """Let somebody change cover on a board."""
        with closing(open_store(self.url)) as store, store.writing() as writing:
            row = {"kind": kind, "starts": starts, "ends": ends, "who": who}
            made = {"id": writing.ids("cover"), "at": writing.now, "actor": "ana"}
            writing.connection.execute(insert(cover_change).values(row | made))

    def __call__(self, *words: str):
        """Ask."""
        return self.shell("cover", *words)

    def json(self, *words: str):
        """Ask for JSON."""
        ran = self("--json", *words)
        assert (ran.status, ran.err) == (0, "")
        return json.loads(ran.out)

    def events(self, *words: str) -> dict[str, icalendar.Event]:
        """Ask for a calendar, and read it as any program would."""
        ran = self("--ics", *words)
        assert (ran.status, ran.err) == (0, "")
        found = icalendar.Calendar.from_ical(ran.out).walk("VEVENT")
        events = {str(event["UID"]): event for event in found}
        assert len(events) == len(found)
        return events


@pytest.fixture(scope="module")
def applied(tmp_path_factory, sqlite_files: SqliteFiles) -> Path:
    """A database with the policy of the tests' desk."""
    folder = tmp_path_factory.mktemp("applied")
    (folder / "config.toml").write_text(DESK, encoding="utf-8")
    apply_file(folder / "config.toml", sqlite_files.new(folder))
    return folder / "deskwatch.db"


@pytest.fixture
def cover(tmp_path, applied: Path, monkeypatch, shell) -> Covered:
    """A desk with a roster of three who have a week each; nothing else knows where it is."""
    url = f"sqlite:///{shutil.copy(applied, tmp_path)}"
    monkeypatch.setenv("DESKWATCH_DATABASE", url)
    return Covered(shell, url)


def test_in_words(cover):
    """Now, next, the gaps and who is fairest to ask, and the days ahead by person."""
    cover.change("absent", "2026-11-25T18:00", "2026-11-25T22:00", "ana")
    assert cover(*TUESDAY, "--days", "3").out == (
        "Northgate IT, Tue 24 Nov 2026 10:42 (Europe/London)\n"
        "\n"
        "now     the desk is open until Tue 24 Nov 2026 16:30\n"
        "next    Ana Lovelace from Tue 24 Nov 2026 16:30, backup Ben Carter\n"
        "\n"
        "1 gap in the next 3 days:\n"
        "  ▲ nobody Wed 25 Nov 2026 18:00–22:00  4 h\n"
        "  fairest to ask: Ben Carter (6 h less than the fair share), "
        "Chi Nguyen (6 h less than the fair share)\n"
        "\n"
        "who           from                   until                     time  by\n"
        "Ana Lovelace  Tue 24 Nov 2026 16:30  Wed 25 Nov 2026 08:00  15 h 30  main\n"
        "Ana Lovelace  Wed 25 Nov 2026 16:30  Wed 25 Nov 2026 18:00   1 h 30  main\n"
        "Ana Lovelace  Wed 25 Nov 2026 22:00  Thu 26 Nov 2026 08:00     10 h  main\n"
        "Ana Lovelace  Thu 26 Nov 2026 16:30  Fri 27 Nov 2026 08:00  15 h 30  main\n"
    )


def test_while_somebody_is_on_watch(cover):
    """With the backup; in local time, or an instant of anywhere."""
    for at in ("2026-11-24 20:00", "2026-11-24T20:00Z", "2026-11-24T15:00-05:00"):
        lines = cover("--at", at, "--days", "1").lines
        assert lines[2:7] == [
            "now     Ana Lovelace until Wed 25 Nov 2026 08:00",
            "backup  Ben Carter",
            "next    nobody before Wed 25 Nov 2026 20:00",
            "",
            "No gaps in the next 24 hours.",
        ]


def test_nobody_in_words(cover):
    """A gap, and a choice, are told apart; a choice in a calendar keeps nobody from anything."""
    cover.apply(BEST_EFFORT)
    cover.change("absent", "2026-11-28T00:00", "2026-11-30T08:00", "ana")
    saturday = cover("--at", "2026-11-28 12:00", "--days", "1").lines
    assert saturday[2] == ("now     nobody need be there (best effort) until Sun 29 Nov 2026 00:00")
    assert saturday[3] == "backup  Ben Carter"
    assert saturday[-2:] == [
        "Best effort: nobody need be there",
        "  Sat 28 Nov 2026 12:00–Sun 29 Nov 2026 00:00  12 h",
    ]
    sunday = cover("--at", "2026-11-29 12:00", "--days", "7").lines
    assert sunday[2] == "now     ▲ nobody until Mon 30 Nov 2026 08:00"
    choice = [
        each
        for each in cover.events(*TUESDAY).values()
        if str(each["SUMMARY"]) == "Best effort: nobody on watch"
    ]
    assert [each["TRANSP"] for each in choice] == ["TRANSPARENT"]


def test_hours_that_need_nobody(cover):
    """Closed and not required: nobody has to be there, and no end is in sight."""
    cover.apply(
        DESK.replace("[roster]\n", '[roster]\nrequired = "nights"\n')
        + '[calendars.nights]\nweekly.sun = "20:00-24:00"\n'
    )
    assert cover("--at", "2026-11-23 20:00", "--days", "2").lines[2] == (
        "now     nobody has to be on watch to Wed 25 Nov 2026 20:00 and beyond"
    )


def test_json(cover):
    """The shape that docs/json.md promises."""
    cover.change("absent", "2026-11-25T18:00", "2026-11-25T22:00", "ana")
    found = cover.json(*TUESDAY, "--days", "3")
    assert keys(found) == keys(promised("cover --json"))
    assert found["at"] == "2026-11-24T10:42:00+00:00"
    assert found["now"] == {
        "state": "staffed",
        "who": None,
        "backup": None,
        "until": "2026-11-24T16:30:00+00:00",
    }
    assert found["next"] == {"who": "ana", "at": "2026-11-24T16:30:00+00:00"}
    assert [each["state"] for each in found["stretches"]].count("covered") == 4
    assert found["stretches"][1] == {
        "start": "2026-11-24T16:30:00+00:00",
        "end": "2026-11-25T08:00:00+00:00",
        "state": "covered",
        "who": "ana",
        "source": "main",
        "backup": "ben",
    }
    gap = {
        "start": "2026-11-25T18:00:00+00:00",
        "end": "2026-11-25T22:00:00+00:00",
        "minutes": 240,
    }
    assert found["gaps"] == [gap]
    assert [each["login"] for each in found["burden"]] == ["ana", "ben", "chi"]
    assert {each["login"] for each in found["fairest"]} == {"ben", "chi"}


def test_json_without_gaps(cover):
    """Nobody is asked for nothing; what goes on has no end."""
    found = cover.json("--at", "2026-11-24 20:00", "--days", "1")
    assert (found["gaps"], found["fairest"], found["next"]) == ([], [], None)
    assert found["now"]["backup"] == "ben"


def test_the_calendar_is_as_the_standard_wants_it(cover):
    """Lines end in CRLF and are folded, instants are in UTC, and it says what it is."""
    out = cover("--ics", *TUESDAY).out.encode()
    lines = out.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert b"\n" not in out.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert {b"VERSION:2.0", b"PRODID:-//Deskwatch//Cover//EN", b"METHOD:PUBLISH"} < set(lines)
    stamps = [
        line for line in lines if line.startswith((b"DTSTART", b"DTEND", b"DTSTAMP", b"LAST"))
    ]
    assert stamps
    assert all(re.fullmatch(rb"[A-Z-]+:[0-9]{8}T[0-9]{6}Z", line) for line in stamps)


def test_appointments_of_a_calendar(cover):
    """Each says who, from when to when, and is busy time; 92 days of them."""
    events = cover.events(*TUESDAY)
    first = next(iter(events.values()))
    assert str(first["SUMMARY"]) == "Ana Lovelace on watch"
    assert str(first["DESCRIPTION"]) == "Northgate IT\nBy: main\nBackup: Ben Carter"
    assert (first.start, first.end) == (
        datetime(2026, 11, 24, 16, 30, tzinfo=UTC),
        datetime(2026, 11, 25, 8, 0, tzinfo=UTC),
    )
    assert (first["TRANSP"], first["STATUS"], first["SEQUENCE"]) == ("OPAQUE", "CONFIRMED", 1)
    last = list(events.values())[-1]
    assert timedelta(days=90) < last.start - first.start < timedelta(days=92)


def test_a_changed_watch_moves_and_is_not_doubled(cover):
    """Somebody else, a half day, nobody: the same appointments, with a higher number."""
    before = cover.events(*TUESDAY)
    cover.change("swap", "2026-11-24T16:30", "2026-11-25T08:00", "ben")
    cover.change("absent", "2026-11-25T16:30", "2026-11-26T08:00", "ana")
    cover.apply(
        DESK.replace(
            "[services.network]", 'special = { 2026-11-26 = "08:00-12:00" }\n[services.network]'
        )
    )
    after = cover.events(*TUESDAY)
    assert list(after) == list(before)
    changed = [uid for uid in after if str(after[uid]["SUMMARY"]) != str(before[uid]["SUMMARY"])]
    assert [str(after[uid]["SUMMARY"]) for uid in changed] == [
        "Ben Carter on watch",
        "Gap: nobody on watch",
    ]
    assert after[changed[1]]["TRANSP"] == "TRANSPARENT"
    moved = [uid for uid in after if after[uid].start != before[uid].start]
    assert [after[uid].start for uid in moved] == [datetime(2026, 11, 26, 12, tzinfo=UTC)]
    for uid, event in after.items():
        assert event["SEQUENCE"] == before[uid]["SEQUENCE"] + 3
        assert event["LAST-MODIFIED"].dt >= before[uid]["LAST-MODIFIED"].dt


def test_names_are_text(cover):
    """Whatever a name holds, it is read back as it is, and starts nothing new."""
    odd = 'Ana; "X", BEGIN:VEVENT \\\\ n\\u00e9e Lovelace-Hopper-Ames-Ito-Okafor-Lindqvist-Moreau'
    cover.apply(DESK.replace("Ana Lovelace", odd.replace('"', '\\"')))
    events = cover.events(*TUESDAY)
    said = str(next(iter(events.values()))["SUMMARY"])
    assert said == odd.replace("\\\\", "\\").replace("\\u00e9", "é") + " on watch"
    assert max(map(len, cover("--ics", *TUESDAY).out.encode().split(b"\r\n"))) <= 75


def test_without_a_roster(cover):
    """A line says so, and how to have one."""
    cover.apply(DESK.partition("[roster]")[0])
    for form in ((), ("--json",), ("--ics",)):
        ran = cover(*form)
        assert (ran.status, ran.out) == (1, "")
        assert ran.err.startswith("deskwatch: the policy has no roster, so nobody is on watch")
        assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--at", "tonight"], '"tonight" is not a date and time; write e.g. "2026-11-24'),
        (["--at", "9999-12-31"], "is too far away; years go from 1970 to 2199"),
        (["--days", "0"], '"0" is not a number of days from 1 to 366'),
        (["--days", "many"], '"many" is not a number of days'),
        (["--json", "--ics"], "not allowed with"),
    ],
)
def test_wrong_use(shell, capsys, words, said):
    """It ends with 2 and says what is right."""
    with pytest.raises(SystemExit) as ended:
        shell("cover", *words)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
