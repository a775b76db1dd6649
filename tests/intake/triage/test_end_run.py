"""Which door a mail came through."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.triage import triage
from store.records import Address
from store.words import Channel
from tests.intake.triage.letters import ANA, VOSS, letter
from tests.rulebook import a_rulebook

RULES = replace(a_rulebook(), drop_folders={"ana-direct": "ana"})
FORWARDED = (
    "Please take this.\n\nFrom: Ingrid Voss <voss@northgate.example>\n"
    "Sent: Monday, November 23, 2026 9:12 AM\nTo: Ana\nSubject: Projector\n\nThe projector is dead."
)


def test_the_front_door():
    """Mail to the desk is no end-run."""
    found = triage(letter("printer"), RULES, "help")
    assert (found.channel, found.requester, found.end_run_person) == (Channel.DESK_MAIL, VOSS, "")


def test_a_drop_folder_is_the_side_door():
    """R4: what somebody sent to a technician directly."""
    found = triage(letter("printer", to=(ANA,)), RULES, "ana-direct")
    assert (found.channel, found.requester) == (Channel.DIRECT_MAIL, VOSS)
    assert (found.end_run_person, found.end_run_rule, found.end_run_certainty) == (
        "ana",
        "R4",
        "certain",
    )
    assert "R4: it was sent to Ana Lovelace and not to the desk" in found.why


def test_technicians_own_mail_is_no_end_run():
    """They may write to each other."""
    found = triage(letter("printer", sender=ANA), RULES, "ana-direct")
    assert (found.channel, found.end_run_person) == (Channel.DIRECT_MAIL, "")


def test_a_forward_by_a_technician():
    """R1: the one who asked is the requester, and the technician was asked first."""
    found = triage(letter(FORWARDED, sender=ANA, subject="FW: Projector"), RULES, "help")
    assert (found.channel, found.requester) == (Channel.FORWARDED, VOSS)
    assert (found.end_run_person, found.end_run_rule, found.end_run_certainty) == (
        "ana",
        "R1",
        "certain",
    )
    assert found.service == "projector"


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        (VOSS, FORWARDED),
        (ANA, FORWARDED.replace("voss@northgate.example", "ben@northgate.example")),
        (ANA, FORWARDED.replace("voss@northgate.example", "help@northgate.example")),
        (ANA, "Please take this."),
    ],
)
def test_other_forwards_are_no_end_runs(sender, text):
    """Neither those of requesters, nor of the desk's own mail."""
    found = triage(letter(text, sender=sender, subject="FW: Projector"), RULES, "help")
    assert (found.channel, found.requester, found.end_run_rule) == (Channel.DESK_MAIL, sender, "")


@pytest.mark.parametrize(
    ("plus", "channel"),
    [("walkup", Channel.WALK_UP), ("phone", Channel.PHONE), ("chat", Channel.CHAT)],
)
def test_what_a_technician_took_down(plus, channel):
    """R6: a note to the desk's own address with a plus."""
    to = (Address("", f"Help+{plus}@northgate.example"),)
    found = triage(letter(sender=ANA, to=to), RULES, "help")
    assert (found.channel, found.end_run_person, found.end_run_rule) == (channel, "ana", "R6")
    assert triage(letter(to=to), RULES, "help").channel == Channel.DESK_MAIL


def test_machine_mail_is_never_an_end_run():
    """An automatic reply in a drop folder counts for nothing."""
    found = triage(letter(headers={"auto-submitted": "auto-replied"}), RULES, "ana-direct")
    assert (found.end_run_person, found.end_run_rule, found.end_run_certainty) == ("", "", "")


@pytest.mark.parametrize("sender", ["noreply@forms.example", "help@northgate.example"])
def test_a_form_speaks_for_who_filled_it_in(sender):
    """The requester is in Reply-To."""
    mail = letter(sender=Address("Forms", sender), reply_to=VOSS)
    assert triage(mail, RULES, "help").requester == VOSS


def test_a_persons_other_address_is_not_taken():
    """Reply-To of a person does not change who asked."""
    mail = letter(reply_to=Address("", "voss@home.example"))
    assert triage(mail, RULES, "help").requester == VOSS
