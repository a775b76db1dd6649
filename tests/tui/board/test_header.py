"""The head of every screen, in the words that fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from textual.content import Content

from store.mail_records import MailboxHealth
from store.records import Actor, Whereabouts
from store.words import Attendance, Outcome
from tests.rulebook import a_rulebook
from tests.store.people import ANA
from tests.tui.screens.samples import NOW
from tui.board.keymap import keymap
from tui.board.mail_words import Mail
from tui.board.widgets.bar import spread
from tui.board.widgets.header import Stale, Standing, _narrow, _wide
from tui.board.widgets.views import brief_views

RULES = a_rulebook()
MAIL = MailboxHealth("help", True, 0, dict.fromkeys(Outcome, 0), NOW, "", None)
TOLD = Standing(NOW, RULES, ANA, Mail((MAIL,)), views=brief_views(keymap({}), 42, 6))


def wide(told, cells):
    """Return the head of a wide screen."""
    return spread(cells, *_wide(told, RULES, cells)).plain


def narrow(told, cells):
    """Return the head of a narrow screen."""
    return spread(cells, *_narrow(told, RULES, cells)).plain


def test_a_wide_head_has_it_all():
    """Desk, day and time, opening hours, mail, who sits here."""
    for part in ("Northgate IT", "Mon 23 Nov 10:42 · open until 12:00", "mail ✓ 0 s", "Ana (lead)"):
        assert part in wide(TOLD, 120)


@pytest.mark.parametrize("watch", ["Ben has the watch", "▲ nobody on watch"])
def test_while_the_desk_is_closed_a_wide_head_says_who_has_the_watch(watch):
    """Mail gives way to it as far as it can; while the desk is open it is no matter."""
    night = replace(TOLD, now=NOW + timedelta(hours=10), watch=watch, mail=Mail(()))
    assert f"Mon 23 Nov 20:42 · closed until Tue 08:00 · {watch}  " in wide(night, 120)
    assert "mail: not read" in wide(night, 120)
    assert watch not in wide(replace(TOLD, watch=watch), 120)
    assert watch in wide(night, 100)
    assert watch not in wide(night, 80)


def test_who_has_the_watch_is_more_than_what_the_program_is_called():
    """With a name of the desk that fills the line beside both."""
    rules = replace(RULES, desk="Northgate School IT")
    night = replace(TOLD, now=NOW + timedelta(hours=10), watch="Ben has the watch")
    where = Whereabouts("ana", "Ana Lovelace", Attendance.IN, None, board=True)
    line = spread(120, *_wide(replace(night, rules=rules, where=where), rules, 120)).plain
    assert line.startswith(" Northgate School IT  ")
    assert "closed until Tue 08:00 · Ben has the watch" in line
    assert line.rstrip().endswith("Ana (lead) · in")


def test_a_narrow_head_has_the_views_too():
    """It is the only line above the list; where there is less room, letters stand for names."""
    begin = "Northgate IT 10:42 mail ✓ 0 s"
    for cells, views in (
        (130, "1 Queue 42 2 Mine 6 3 End-runs 4 Workload 5 Cover 6 Fairness 7 Intake"),
        (80, "1 Queue 42 2 Mine 6 3E 4W 5C 6F 7I"),
        (66, "1Q42 2M6 3E 4W 5C 6F 7I"),
        (60, "1Q 2M 3E 4W 5C 6F 7I"),
        (50, "7 Intake"),
    ):
        assert narrow(TOLD, cells).split() == f"{begin} {views} Ana".split()


def test_the_letter_of_a_view_stands_apart_from_a_longer_key():
    """A key of one letter needs no gap."""
    form = brief_views(keymap({"view_fairness": "f6"}), 42, 6)[1]
    assert form.plain == "1 Queue 42   2 Mine 6   3E 4W 5C f6 F 7I"


def test_the_way_to_intake_stays_on_a_narrow_head_whatever_is_wrong_with_mail():
    """That is when it is wanted; what is counted gives way to the words of the trouble."""
    told = replace(TOLD, mail=Mail((replace(MAIL, error="log-in refused, wrong password"),)))
    line = narrow(told, 80)
    assert ["log-in refused" in line, "7 Intake" in line, "2M6" in line] == [True, True, False]


@pytest.mark.parametrize("cells", [80, 100, 112, 120, 200])
@pytest.mark.parametrize("error", ["", "log-in refused", "no folder " + "x" * 200])
def test_every_head_fills_its_line_and_shows_the_time(cells, error):
    """Whatever is wrong with mail."""
    told = replace(TOLD, mail=Mail((replace(MAIL, error=error),)))
    lines = [narrow(told, cells), *([wide(told, cells)] if cells >= 100 else [])]
    assert {len(line) for line in lines} == {cells}
    assert {"10:42" in line for line in lines} == {True}


def test_stale_takes_the_place_of_mail():
    """What is shown may be old, mail included."""
    told = replace(TOLD, stale=Stale(NOW - timedelta(seconds=14), "gone"))
    assert ("Stale 14 s" in wide(told, 120), "mail" in wide(told, 120)) == (True, False)


@pytest.mark.parametrize(
    ("state", "minutes", "long", "short"),
    [
        (Attendance.IN, None, "Ana (lead) · in", "7I   Ana"),
        (Attendance.BREATHER, 8, "Ana (lead) · breather until 10:50", "Ana · breather 10:50"),
        (Attendance.AWAY, 138, "Ana (lead) · away until 13:00", "Ana · away 13:00"),
        (Attendance.OFF, 1278, "Ana (lead) · off until Tue 08:00", "Ana · off Tue 08:00"),
        (Attendance.OFF, None, "Ana (lead) · off", "Ana · off"),
        (Attendance.AWAY, 0, "Ana (lead) · in", "7I   Ana"),
    ],
)
def test_the_head_says_whether_i_am_in(state, minutes, long, short):
    """And until when not; what was counted before that moment counts no more after it."""
    until = None if minutes is None else NOW + timedelta(minutes=minutes)
    told = replace(TOLD, where=Whereabouts("ana", "Ana Lovelace", state, until, board=True))
    assert (wide(told, 120).rstrip().endswith(long), narrow(told, 80).rstrip().endswith(short)) == (
        True,
        True,
    )


def test_somebody_who_only_looks_is_told_so():
    """Whatever the role."""
    told = replace(TOLD, me=Actor("guest", "A Visitor", read_only=True))
    assert "A (read-only)" in wide(told, 120)


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (20, "left    mid    right"),
        (14, "left mid right"),
        (13, "left  m right"),
        (11, "left  right"),
        (9, "le… right"),
    ],
)
def test_a_line_gives_up_its_middle_then_its_left(cells, line):
    """What is at the right stays."""
    parts = Content("left"), Content("mid"), Content("right"), Content("m")
    assert spread(cells, *parts).plain == line


@pytest.mark.parametrize("desk", ["Northgate IT", "Northgate School IT Services and Support"])
@pytest.mark.parametrize("name", ["old", "shared-mailbox-of-the-whole-school"])
def test_a_silent_mailbox_shows_its_figure_on_a_narrow_screen(desk, name):
    """The desk's name gives way first, then the name of the mailbox; the time never."""
    silent = replace(MAIL, name=name, last_contact=NOW - timedelta(minutes=6))
    told = replace(TOLD, mail=Mail((MAIL, silent)))
    line = spread(80, *_narrow(told, replace(RULES, desk=desk), 80)).plain
    assert ["6 min" in line, "10:42" in line, len(line)] == [True, True, 80]


@pytest.mark.parametrize(("here", "shown"), [("view_mine", "2M"), ("view_workload", "4W")])
def test_in_a_narrow_head_the_view_that_is_shown_stands_out(here, shown):
    """Not by a colour alone; the queue is known by itself."""

    def standing_out(form):
        spans = (each for each in form.spans if "reverse" in str(each.style))
        return [form.plain[each.start : each.end] for each in spans]

    assert standing_out(brief_views(keymap({}), 42, 6, here)[2]) == [shown]
    assert standing_out(brief_views(keymap({}), 42, 6, "view_queue")[2]) == []
