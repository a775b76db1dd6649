"""Delivery reports that are written for people."""

from __future__ import annotations

import pytest

from intake.reading.bounces import wording
from intake.reading.reader import read_strictly as read
from store.mail_records import Bounce
from tests.intake.reading.bounces.reports import IN_WORDS, notice
from tests.intake.reading.builders import mail, multipart, part


@pytest.mark.parametrize("name", IN_WORDS)
def test_what_a_report_says_in_words(name):
    """Whom it did not reach, with what status, whether for good, and which mail it was."""
    raw, recipient, status, permanent, named = IN_WORDS[name]
    original = "orig@deskwatch.northgate.example" if named else ""
    assert read(raw).bounce == Bounce(recipient, status, permanent, original)


@pytest.mark.parametrize(
    "subject",
    [
        *("Undelivered Mail Returned to Sender", "Unzustellbar: Drucker", "Non remis : imprimante"),
        *(
            "No se puede entregar: impresora",
            "Non recapitabile: stampante",
            "Onbestelbaar: printer",
        ),
        *(
            "Não é possível entregar: impressora",
            "Niedostarczone: drukarka",
            "退信",
            "未传递: 打印机",
        ),
        *("Det gick inte att leverera: skrivare", "未送達: プリンタ", "לא ניתן למסירה: מדפסת"),
        *("Не удается доставить: принтер", "배달되지 않음: 프린터", "Nedoručitelné: tiskárna"),
    ],
)
def test_subjects_in_many_languages(subject):
    """As Exchange and others translate them; the system's address makes it a report."""
    raw = notice("bob@x.example", Subject=subject, Content_Type="text/plain; charset=utf-8")
    found = read(raw).bounce
    assert found is not None
    assert found.recipient == "bob@x.example"


def test_a_report_by_its_first_words():
    """Where the subject says nothing."""
    raw = notice("Your mail could not be delivered to bob@x.example.", Subject="Notice")
    assert read(raw).bounce == Bounce("bob@x.example", "", True, "")


def test_a_form_that_raises_is_not_logged(monkeypatch, caplog):
    """The library of forms logs a traceback for it; whoever runs the poller can do nothing."""
    import flufl.bounce._scan as forms

    class Raises:
        def process(self, _mail):
            raise ValueError

    monkeypatch.setattr(forms, "_DETECTORS", (Raises,))
    assert read(notice("bob@x.example is unknown")).bounce is not None
    assert not caplog.records


def test_our_own_address_is_not_the_one_that_failed():
    """Reports begin with whom they are for."""
    raw = notice("Dear help@northgate.example,\nbob@x.example is unknown here.")
    assert read(raw).bounce == Bounce("bob@x.example", "", True, "")


def test_the_mail_that_came_back_tells_whom_it_was_for():
    """If the words name nobody, and it was for one."""
    raw = multipart(
        "mixed",
        part("The message is returned."),
        part(
            mail(To="Bob <bob@x.example>", Message_ID="<2@x.example>"),
            Content_Type="message/rfc822",
        ),
        From="MAILER-DAEMON@mx.example",
        Subject="Undeliverable mail",
    )
    assert read(raw).bounce == Bounce("bob@x.example", "", True, "2@x.example")


def test_the_copy_in_the_words_tells_whom_it_was_for():
    """If nothing above it does."""
    raw = notice(
        "Mail could not be delivered.\n\n----- Returned message -----\n"
        "From: help@northgate.example\nTo: Bob <bob@x.example>\nSubject: The printer\n"
    )
    assert read(raw).bounce == Bounce("bob@x.example", "", True, "")


PEOPLE = {
    "somebody asks about one": mail("It says: could not be delivered", Subject="Undeliverable?"),
    "somebody forwards one": mail(
        "---------- Forwarded message ----------\nFrom: MAILER-DAEMON@mx.example\n"
        "Subject: failure notice\n\n<bob@x.example>: unknown",
        Subject="Fwd: failure notice",
    ),
    "out of office": mail("I am away.", Subject="Automatic reply: The printer", Return_Path="<>"),
    "a postmaster who writes": mail("About our DNS.", From="postmaster@x.example", Subject="DNS"),
}


@pytest.mark.parametrize("name", PEOPLE)
def test_people_send_no_reports(name):
    """Whatever they quote."""
    assert read(PEOPLE[name]).bounce is None


def test_every_phrase_is_found_by_its_table():
    """Also over a line end, and with the other apostrophe."""
    for table in (wording.FAILED, wording.DELAYED, wording.OPENINGS):
        found = wording.pattern(table)
        for phrase in table:
            assert found.search(f"x {phrase.upper().replace(' ', chr(10))} x"), phrase
            assert found.search(phrase.replace("'", "’")), phrase


def test_phrases_say_enough():
    """None is so short that it stands in any text."""
    for phrase in (*wording.FAILED, *wording.DELAYED, *wording.OPENINGS):
        assert len(phrase) > 5 or not phrase.isascii(), phrase
