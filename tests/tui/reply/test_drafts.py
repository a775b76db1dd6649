"""Drafts outlive the board: kept on this machine, for this desk and person, for nobody else."""

from __future__ import annotations

import stat

import pytest

from store.mail_records import OutgoingFile
from tui.board.reply.draft import Draft
from tui.board.reply.drafts import Drafts, Found

PLACE = "postgresql://desk@db/deskwatch"
PDF = OutgoingFile("plan.pdf", "application/pdf", b"%PDF")


@pytest.fixture
def opened(tmp_path):
    """Opens the drafts of a person on a desk, as a board that starts does."""

    def open_(desk=PLACE, login="ana"):
        drafts = Drafts()
        return drafts, drafts.keep(desk, login, {"XDG_STATE_HOME": str(tmp_path)})

    return open_


def files(tmp_path):
    """Return every file there is."""
    return [each for each in tmp_path.rglob("*") if each.is_file()]


def test_what_was_written_is_there_after_the_board_has_ended(opened, tmp_path):
    """However it ended; only its writer can read it."""
    drafts, found = opened()
    assert found == Found(())
    drafts[1042] = Draft("Dear Grace,\n\nthe lämp")
    drafts[1043] = Draft("Hi")
    (first, second) = files(tmp_path)
    assert {stat.S_IMODE(each.stat().st_mode) for each in (first, second)} == {0o600}
    assert stat.S_IMODE(first.parent.stat().st_mode) == 0o700
    again, found = opened()
    assert again == drafts
    assert str(found) == "Kept from last time: the drafts for #1042, #1043"


def test_what_is_sent_or_thrown_away_is_gone(opened, tmp_path):
    """And so is a text that was emptied."""
    drafts, _ = opened()
    drafts[1042], drafts[1043] = Draft("Hi"), Draft("Ho")
    del drafts[1042]
    drafts[1043] = Draft("  ")
    assert (drafts.pop(1044, None), files(tmp_path)) == (None, [])


def test_other_people_and_other_desks_have_their_own(opened):
    """Numbers are the same on every desk."""
    drafts, _ = opened()
    drafts[1042] = Draft("Hi")
    assert opened(login="ben")[1] == opened(desk="sqlite:////other.db")[1] == Found(())


def test_attached_files_are_not_kept_and_that_is_said(opened):
    """When the board is left, and when it comes again."""
    drafts, _ = opened()
    drafts[1042] = Draft("Hi")
    assert drafts.fate == "It is kept for next time."
    drafts[1042] = Draft("Hi", (PDF,))
    assert drafts.fate == "What is written is kept for next time, attached files are not."
    again, found = opened()
    assert again == {1042: Draft("Hi")}
    assert str(found).endswith("the draft for #1042; files are to be attached again")


def test_a_machine_that_keeps_nothing_is_told_of(tmp_path):
    """The draft is there as long as the board is."""
    (tmp_path / "deskwatch").write_text("in the way")
    drafts = Drafts()
    assert drafts.keep(PLACE, "ana", {"XDG_STATE_HOME": str(tmp_path)}) == Found(())
    drafts[1042] = Draft("Hi")
    assert (drafts[1042].text, drafts.fate) == ("Hi", "This machine cannot keep what is written.")
    del drafts[1042]
    assert drafts == {}


@pytest.mark.parametrize("damaged", [b"", b"{", b"[]", b'{"text": 1}', b"\xff", b"[" * 9999])
def test_a_damaged_file_stops_no_board(opened, tmp_path, damaged):
    """The others are read."""
    drafts, _ = opened()
    drafts[1042], drafts[1043] = Draft("Hi"), Draft("Ho")
    (damaged_file,) = [each for each in files(tmp_path) if each.stem == "1042"]
    damaged_file.write_bytes(damaged)
    (damaged_file.parent / "notes.json").write_text("mine")
    assert opened()[0] == {1043: Draft("Ho")}
