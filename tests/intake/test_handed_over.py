"""What goes to the process that reads, and comes back from it."""

from __future__ import annotations

import io
import pickle

from intake.handed_over import hand_over
from intake.imap.fetched import Fetched
from intake.understanding import Understanding
from tests.conftest import NOW
from tests.intake.conftest import mail

_ATTACHED = (
    mail(3)
    .replace(b"\r\n\r\n", b"\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n")
    .rstrip()
    + b"\r\n--b\r\nContent-Type: text/x-log; name=a.log\r\n"
    b"Content-Disposition: attachment; filename=a.log\r\n\r\none\r\ntwo\r\n--b--\r\n"
)
_BOUNCED = (
    b"From: Mail Delivery System <MAILER-DAEMON@mx.example>\r\nSubject: Undelivered Mail\r\n"
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
    b"--b\r\n\r\nNo such user.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
    b"Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\n"
    b"Action: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n"
)


def test_records_arrive_as_they_were(rules):
    """Every field of them, also those that do not count when two are compared."""
    raw = [mail(1), mail(2, "Grüße"), _ATTACHED, _BOUNCED, b"\0" * 100]
    batch = [Fetched(uid, NOW, len(each), each) for uid, each in enumerate(raw)]
    understood = Understanding(rules, "help").of(batch, NOW)
    assert understood[2].letter.mail.attachments[0].two_byte_ends
    assert understood[3].letter.mail.bounce
    for sent in (batch, understood):
        pipe = io.BytesIO()
        hand_over(sent, pipe)
        arrived = pickle.loads(pipe.getvalue())
        assert (arrived, repr(arrived)) == (sent, repr(sent))
