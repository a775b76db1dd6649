"""Mail that no person wrote never opens a request."""

from __future__ import annotations

import pytest

from intake.triage import triage
from store.records import Address
from tests.intake.triage.letters import DESK, VOSS, letter
from tests.rulebook import a_rulebook

RULES = a_rulebook()
DAEMON = Address("Mail Delivery System", "MAILER-DAEMON@mx.example")
IGNORED = {
    "automatic reply": (letter(headers={"auto-submitted": "auto-replied"}), "an automatic reply"),
    "automatic reply of a vacation": (
        letter(headers={"auto-submitted": "auto-replied (vacation)"}),
        "an automatic reply",
    ),
    "vendor's header": (letter(headers={"x-autoreply": "yes"}), "an automatic reply"),
    "precedence": (letter(headers={"precedence": "auto_reply"}), "an automatic reply"),
    "Exchange": (letter(subject="Automatic reply: printer"), "an automatic reply"),
    "Exchange in German": (letter(subject="Automatische Antwort: Drucker"), "an automatic reply"),
    "Exchange in Japanese": (letter(subject="自動応答： プリンタ"), "an automatic reply"),
    "Exchange in Hebrew": (letter(subject="תשובה אוטומטית: מדפסת"), "an automatic reply"),
    "a reply from nobody": (
        letter(headers={"return-path": "<>"}, in_reply_to=("x@y",)),
        "an automatic reply",
    ),
    "delivery report": (
        letter(
            headers={"content-type": 'multipart/report; report-type="delivery-status"; boundary=b'}
        ),
        "a delivery report",
    ),
    "an old bounce": (letter(sender=DAEMON, headers={"return-path": "<>"}), "a delivery report"),
    "receipt": (
        letter(
            headers={
                "content-type": "multipart/report; boundary=b; report-type=disposition-notification"
            }
        ),
        "a read receipt",
    ),
    "our own, by its header": (
        letter(sender=DESK, headers={"x-deskwatch": "help@northgate.example"}),
        "our own mail coming back",
    ),
    "our own, by its Message-ID": (
        letter(message_id=f"deskwatch.12.{'ab' * 10}@northgate.example"),
        "our own mail coming back",
    ),
}
KEPT = {
    "a person": letter("printer jams"),
    "a person who says no": letter(headers={"auto-submitted": "no"}),
    "a web form": letter(
        sender=Address("Forms", "noreply@forms.example"),
        reply_to=VOSS,
        headers={"auto-submitted": "auto-generated"},
    ),
    "a list": letter(headers={"list-id": "<staff.northgate.example>", "precedence": "list"}),
    "a person who asks about such mail": letter(subject="Out of office does not work"),
    "another desk": letter(headers={"x-deskwatch": "help@elsewhere.example"}),
    "a person at the postmaster's": letter(sender=Address("Pat", "postmaster@isp.example")),
    "an answer to our mail": letter(in_reply_to=("abc@deskwatch.northgate.example",)),
    "no reply wanted": letter(headers={"x-auto-response-suppress": "All"}),
}


@pytest.mark.parametrize("name", IGNORED)
def test_machine_mail_is_ignored_with_its_reason(name):
    """The ledger says what it was and by which sign."""
    mail, reason = IGNORED[name]
    assert triage(mail, RULES, "help").ignore.startswith(reason + " (")


@pytest.mark.parametrize("name", KEPT)
def test_mail_of_people_is_not(name):
    """Whatever their programs and lists put into the headers."""
    assert triage(KEPT[name], RULES, "help").ignore == ""
