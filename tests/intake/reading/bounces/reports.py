"""Delivery reports as mail systems write them, rebuilt from what they have in common."""

from __future__ import annotations

from tests.intake.reading.builders import mail, multipart, part

DAEMON = "Mail Delivery System <MAILER-DAEMON@mx.example>"
#: The mail that came back: one of ours.
RETURNED = mail(
    "hello",
    From="help@northgate.example",
    To="bob@x.example",
    Subject="Re: [#1042] The printer jams",
    Message_ID="<orig@deskwatch.northgate.example>",
)
RETURNED_HEADERS = RETURNED.partition(b"\r\n\r\n")[0] + b"\r\n"


def report(
    status: str,
    returned: bytes | None = RETURNED,
    returned_type: str = "message/rfc822",
    **headers: str,
) -> bytes:
    """Return a report of RFC 3464 with these fields for machines."""
    parts = [
        part("It could not be delivered."),
        part(status, Content_Type="message/delivery-status"),
    ]
    if returned is not None:
        parts.append(part(returned, Content_Type=returned_type))
    usual = {"From": DAEMON, "Subject": "Undelivered Mail Returned to Sender", "Return_Path": "<>"}
    return multipart("report; report-type=delivery-status", *parts, **(usual | headers))


def notice(text: str, **headers: str) -> bytes:
    """Return a report in words, from a mail system."""
    usual = {"From": DAEMON, "Subject": "Returned mail", "Return_Path": "<>"}
    return mail(text, **(usual | headers))


COPY = (
    "\nReturn-path: <help@northgate.example>\nMessage-ID: <orig@deskwatch.northgate.example>\n"
    "From: Help <help@northgate.example>\nTo: Bob <bob@x.example>\n"
    "Subject: Re: [#1042] The printer jams\n\nhello\n"
)
#: By program: the mail, then recipient, status, whether for good, and whether the mail that
#: came back is named.
IN_WORDS: dict[str, tuple[bytes, str, str, bool, bool]] = {
    "qmail": (
        notice(
            "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to "
            "deliver your message to the following addresses.\nThis is a permanent error; I've "
            "given up. Sorry it didn't work out.\n\n<bob@x.example>:\nSorry, no mailbox here by "
            f"that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n{COPY}",
            Subject="failure notice",
        ),
        *("bob@x.example", "5.1.1", True, True),
    ),
    "Exim": (
        notice(
            "This message was created automatically by mail delivery software.\n\nA message that "
            "you sent could not be delivered to one or more of its\nrecipients. This is a "
            "permanent error. The following address(es) failed:\n\n  bob@x.example\n"
            "    Unrouteable address\n\n"
            f"------ This is a copy of the message, including all the headers. ------\n{COPY}",
            Subject="Mail delivery failed: returning message to sender",
        ),
        *("bob@x.example", "", True, True),
    ),
    "Exim, with its header": (
        notice("See the server's log.", X_Failed_Recipients="bob@x.example, eve@x.example"),
        *("bob@x.example", "", True, False),
    ),
    "Exim, a delay": (
        notice(
            "This message was created automatically by mail delivery software.\nA message that you "
            "sent has not yet been delivered to one or more of its\nrecipients after more than 24 "
            "hours on the queue on mx.example.\n\nThe address to which the message has not yet "
            "been delivered is:\n\n  bob@x.example\n    Delay reason: 451 4.7.1 Greylisted\n\nNo "
            "action is required on your part. Delivery attempts will continue.\n",
            Subject="Warning: message 1abc-000 delayed 24 hours",
        ),
        *("bob@x.example", "4.7.1", False, False),
    ),
    "Gmail": (
        notice(
            "Delivery to the following recipient failed permanently:\n\n     bob@x.example\n\n"
            "Technical details of permanent failure: \nGoogle tried to deliver your message, but "
            "it was rejected by the server for x.example by mx.x.example. [192.0.2.1].\n\nThe error"
            " that the other server returned was:\n550 5.1.1 <bob@x.example>: User unknown\n\n"
            f"----- Original message -----\n{COPY}",
            From="Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
            Subject="Delivery Status Notification (Failure)",
        ),
        *("bob@x.example", "5.1.1", True, True),
    ),
    "Yahoo": (
        notice(
            "Message from yahoo.com.\nUnable to deliver message to the following address(es).\n\n"
            "<bob@x.example>:\nThis user doesn't have an account\n\n--- Original message follows.\n"
            f"{COPY}",
            From="MAILER-DAEMON@yahoo.com",
            Subject="Failure Notice",
        ),
        *("bob@x.example", "", True, True),
    ),
    "Notes": (
        notice(
            "\n------- Failure Reasons  --------\n\nUser bob (bob@x.example) not listed in Domino "
            f"Directory\nbob@x.example\n\n\n------- Returned Message --------\n{COPY}",
            From="Postmaster <postmaster@x.example>",
            Subject="DELIVERY FAILURE: User bob (bob@x.example) not listed in Domino Directory",
        ),
        *("bob@x.example", "", True, True),
    ),
    "Exchange 5.5": (
        notice(
            "Your message\n\n  To:      bob@x.example\n  Subject: The printer\n"
            "  Sent:    Mon, 23 Nov 2026 09:00:00 +0000\n\n"
            "did not reach the following recipient(s):\n\nbob@x.example on "
            "Mon, 23 Nov 2026 09:01:00 +0000\n    The recipient name is not recognized\n    "
            "MSEXCH:IMS:X:Y:Z 0 (000C05A6) Unknown Recipient\n",
            From="System Administrator <postmaster@x.example>",
            Subject="Undeliverable: The printer",
        ),
        *("bob@x.example", "", True, False),
    ),
    "sendmail": (
        notice(
            "   ----- The following addresses had permanent fatal errors -----\n<bob@x.example>\n"
            "    (reason: 550 5.1.1 User unknown)\n\n   ----- Transcript of session follows -----\n"
            "... while talking to mx.x.example.:\n>>> DATA\n<<< 550 5.1.1 User unknown\n",
            From="Mail Delivery Subsystem <MAILER-DAEMON@x.example>",
            Subject="Returned mail: see transcript for details",
        ),
        *("bob@x.example", "5.1.1", True, False),
    ),
    "MailEnable and others": (
        notice(
            "Could not deliver message to the following recipient(s):\n\nFailed Recipient: "
            "bob@x.example\nReason: Remote host said: 552 5.2.2 mailbox full\n\n   -- The header "
            "and top 20 lines of the message follows --\n",
            Subject="Delivery Failure",
        ),
        *("bob@x.example", "5.2.2", True, False),
    ),
    "a full mailbox, for now": (
        notice(
            "Your message to <bob@x.example> could not be delivered:\n452 4.2.2 mailbox full\n",
            Subject="Mail delivery failed",
        ),
        *("bob@x.example", "4.2.2", False, False),
    ),
    "only a reply code": (
        notice(
            "Could not be delivered to bob@x.example: 550 no such user", Subject="Undeliverable"
        ),
        *("bob@x.example", "", True, False),
    ),
    "in French": (
        notice(
            "Échec de la remise pour ces destinataires :\n\nBob (bob@x.example)\nL'adresse est "
            "introuvable.\n\nbob@x.example\nRemote Server returned '550 5.1.10 RecipientNotFound'\n"
            f"\nEn-têtes de message d'origine :\n{COPY}",
            From="postmaster@x.example",
            Subject="Non remis : imprimante",
            Content_Type="text/plain; charset=utf-8",
        ),
        *("bob@x.example", "5.1.10", True, True),
    ),
    "in German, late": (
        notice(
            "Ihre Nachricht an bob@x.example wurde noch nicht zugestellt und wird weiter versucht.",
            Subject="Zustellung verzögert: Drucker",
            Content_Type="text/plain; charset=utf-8",
        ),
        *("bob@x.example", "", False, False),
    ),
    "in Japanese": (
        notice(
            "次の受信者への配信に失敗しました:\n\nbob@x.example\n\n550 5.1.1 user unknown",
            From="postmaster@x.example",
            Subject="未送達: プリンタ",
            Content_Type="text/plain; charset=utf-8",
        ),
        *("bob@x.example", "5.1.1", True, False),
    ),
}
