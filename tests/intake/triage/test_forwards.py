"""What technicians forward to the desk: who asked whom, when, and in which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from intake.reading import read
from intake.reading.attributed import Attributed, attributed
from intake.triage import triage
from store.records import Address
from store.rules.hours import CalendarSpec, compile_hours
from store.rules.roster import Change, ChangeKind, Roster, Rotation
from store.words import Channel
from tests.intake.triage.forwards import LANGUAGES, PROGRAMS, written
from tests.intake.triage.letters import ANA, VOSS, letter
from tests.rulebook import a_rulebook

RULES = replace(a_rulebook(), timezone="UTC")
MORNING = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
HEAD = "From: {}\nSent: Monday, November 23, 2026 9:12 AM\nTo: {}\nSubject: {}\n\nIt is dead."


def _forward(sender: str, to: str = "ana@northgate.example", subject: str = "Projector", rest=""):
    text = f"Please take this.\n\n{HEAD.format(sender, to, subject)}\n\n{rest}"
    at = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
    return triage(letter(text, sender=ANA, subject="FW: Projector", date=at), RULES, "help")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("program", PROGRAMS)
def test_who_asked_when_and_in_which_words(program, language):
    """However it was forwarded; the technician's own words stay, too."""
    mail = read(written(program, language))
    found = triage(mail, RULES, "help")
    assert (found.channel, found.requester) == (Channel.FORWARDED, VOSS)
    assert (found.end_run_person, found.end_run_rule) == ("ana", "R1")
    assert found.end_run_certainty == "certain"
    assert found.asked_at == MORNING
    for said in ("please", "words"):
        assert LANGUAGES[language][said] in mail.reply


def test_a_colleagues_forward_is_followed_to_who_asked():
    """The end-run is to whom the mail was addressed first."""
    inner = HEAD.format("Ingrid Voss <voss@northgate.example>", "Ben <ben@northgate.example>", "x")
    found = _forward("Ben <ben@northgate.example>", subject="FW: Projector", rest=inner)
    assert (found.requester, found.end_run_person) == (VOSS, "ben")
    assert "R1: Ana Lovelace forwards a mail of voss@northgate.example to Ben Okafor" in " ".join(
        found.why
    )


def test_what_a_colleague_answered_is_no_end_run():
    """Only what was forwarded is followed."""
    inner = HEAD.format("Ingrid Voss <voss@northgate.example>", "Ben <ben@northgate.example>", "x")
    found = _forward("Ben <ben@northgate.example>", subject="RE: Projector", rest=inner)
    assert (found.requester, found.end_run_rule) == (ANA, "")


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("All staff <staff@northgate.example>", "it names nobody of the desk, so it came to Ana"),
        ("ana@northgate.example; help@northgate.example", "the desk itself got it too"),
    ],
)
def test_what_came_by_list_or_to_the_desk_too_is_not_counted(to, why):
    """Who asked is still the requester."""
    found = _forward("Ingrid Voss <voss@northgate.example>", to)
    assert (found.channel, found.requester, found.end_run_rule) == (Channel.FORWARDED, VOSS, "")
    assert any(why in line for line in found.why)


@pytest.mark.parametrize(
    "to",
    ["Ana", "Ana Lovelace; Staff", "a.lovelace@northgate.example", "", "Lovelace <al@x.example>"],
)
def test_names_and_old_addresses_of_a_technician_count(to):
    """A name alone may be anybody's."""
    assert _forward("Ingrid Voss <voss@northgate.example>", to).end_run_rule == "R1"


@pytest.mark.parametrize("name", ["Ben Okafor", "Okafor, Ben", "Okafor, Ben (IT)"])
def test_a_colleague_is_known_by_name(name):
    """Outlook writes no addresses of people in the same house."""
    assert _forward(name).requester == ANA


def test_somebody_of_whom_only_the_name_is_given():
    """The store may know the address."""
    found = _forward("Voss, Ingrid")
    assert (found.requester, found.end_run_rule) == (Address("Voss, Ingrid", ""), "R1")
    assert "R1: Ana Lovelace forwards a mail of Voss, Ingrid (no address is given)" in found.why


@pytest.mark.parametrize("subject", ["Automatic reply: Projector", "Automatische Antwort: Urlaub"])
def test_a_program_that_answers_asks_nothing(subject):
    """Though a person's address is above it."""
    found = _forward("Ingrid Voss <voss@northgate.example>", subject=subject)
    assert (found.requester, found.end_run_rule) == (ANA, "")


@pytest.mark.parametrize(
    "sender",
    [
        "Ingrid Voss <voss@northgate.example<mailto:voss@northgate.example>>",
        "Ingrid Voss <mailto:voss@northgate.example> <voss@northgate.example>",
        "Ingrid Voss <voss@northgate.example> on behalf of Science <science@northgate.example>",
    ],
)
def test_links_and_people_who_are_spoken_for_are_not_the_sender(sender):
    """Outlook writes both out."""
    assert _forward(sender).requester == VOSS


@pytest.mark.parametrize(
    ("written_as", "name"),
    [
        ("'Ingrid Voss' <voss@northgate.example>", "Ingrid Voss"),
        ("'Voss, Ingrid (Maths)' <voss@northgate.example>", "Voss, Ingrid (Maths)"),
        ("Ingrid Voss (Maths) <voss@northgate.example>", "Ingrid Voss (Maths)"),
        ("'voss@northgate.example'", ""),
    ],
)
def test_a_name_is_without_the_marks_that_programs_put_around_it(written_as, name):
    """Apostrophes are Outlook's; brackets belong to the name."""
    assert _forward(written_as).requester == Address(name, "voss@northgate.example")


@pytest.mark.parametrize(
    "to",
    [
        "'ana@northgate.example'",
        "Ana <ANA+projects@northgate.example>",
        "Staff <staff@northgate.example>;\n Ana <ana@northgate.example>",
    ],
)
def test_a_technician_among_the_recipients_however_written(to):
    """In apostrophes, with a plus, or in a line that was wrapped."""
    assert _forward("Ingrid Voss <voss@northgate.example>", to).end_run_rule == "R1"


@pytest.mark.parametrize("to", ["Pour", "Per", "Odbiorca", "Destinatário", "Mottagare"])
def test_recipients_are_found_beside_copies_in_more_languages(to):
    """Those of copies alone would say that it came by list."""
    text = (
        "-------- Message transféré --------\nSujet : Projector\n"
        f"De : Ingrid Voss <voss@northgate.example>\n{to} : Ana <ana@northgate.example>\n"
        "Cc : Staff <staff@northgate.example>\n\nIl est en panne."
    )
    found = triage(letter(text, sender=ANA, subject="Tr: Projector"), RULES, "help")
    assert (found.requester, found.end_run_rule) == (VOSS, "R1")


def test_the_date_is_that_of_the_mail_at_the_bottom_also_where_it_stands_above_the_sender():
    """Thunderbird's head, right below that of a colleague's program."""
    inner = (
        "Subject: Projector\nDate: Mon, 23 Nov 2026 09:12:00 +0000\n"
        "From: Ingrid Voss <voss@northgate.example>\nTo: Ben <ben@northgate.example>\n\nDead."
    )
    head = HEAD.format("Ben <ben@northgate.example>", "Ana", "Fwd: Projector").rpartition("\n\n")[0]
    found = triage(
        letter(
            f"{head}\n\n-------- Forwarded Message --------\n{inner}",
            sender=ANA,
            subject="FW: Fwd: Projector",
            date=datetime(2026, 11, 23, 10, 30, tzinfo=UTC),
        ),
        RULES,
        "help",
    )
    assert (found.requester, found.end_run_person, found.asked_at) == (VOSS, "ben", MORNING)


def test_a_subject_in_brackets_says_that_a_mail_is_forwarded():
    """As SquirrelMail writes it."""
    text = f"---- Original Message ----\n{HEAD.format('voss@northgate.example', 'Ana', 'x')}"
    found = triage(letter(text, sender=ANA, subject="[Fwd: Projector]"), RULES, "help")
    assert (found.requester.address, found.end_run_rule) == (VOSS.address, "R1")


@pytest.mark.parametrize(
    ("line", "name", "sent"),
    [
        ("Op 23/11/2026 09:12 heeft Ana <a@b.example> geschreven:", "Ana", "Op 23/11/2026 09:12"),
        ("28/10/2026 12:46 időpontban Ana Lovelace (a@b.example) ezt írta:", "Ana Lovelace", "28/"),
        ("Ana Lovelace <a@b.example> kirjoitti 28/10/2026 12.46:", "Ana Lovelace", "kirjoitti 28/"),
        ("On Mon, Nov 23, 2026 at 9:12 AM Ana <a@b.example> wrote:", "Ana", "On Mon, Nov 23, 2026"),
        ("On 23/11/2026 09:12, <a@b.example> wrote:", "", "On 23/11/2026 09:12"),
    ],
)
def test_what_an_attribution_says(line, name, sent):
    """Words in between belong to the date, or to nothing."""
    found = attributed(line)
    assert found is not None
    assert found.sender == Address(name, "a@b.example")
    assert found.sent.startswith(sent)


def test_an_attribution_without_an_address_names_nobody():
    """A name alone is too little in a sentence."""
    assert attributed("On 23/11/2026 09:12, Ana wrote:") is None
    assert isinstance(attributed("a@b.example wrote:"), Attributed)


def test_who_took_over_the_watch_was_rightly_asked():
    """At night, by a change of cover; the one who was to have it was not."""
    hours = compile_hours(CalendarSpec("UTC", {"mon": (("09:30", "17:00"),)}, {}, frozenset(), ()))
    night = datetime(2026, 11, 23), datetime(2026, 11, 24)  # noqa: DTZ001 - a roster's own time
    roster = Roster(
        "UTC",
        hours,
        (Rotation("main", date(2026, 1, 5), "00:00", ("ben",)),),
        changes=(Change(ChangeKind.SWAP, *night, "ana", "ben"),),
    )
    rules = replace(RULES, roster=roster)
    mail = read(written("Outlook, plain", "English"))
    assert triage(mail, rules, "help").end_run_rule == ""
    to_ben = replace(mail, reply=mail.reply.replace("To: Ana Lovelace <ana@", "To: Ben <ben@"))
    assert triage(to_ben, rules, "help").end_run_person == "ben"
