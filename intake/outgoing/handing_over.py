"""One mail handed over to the server, and exactly how far it came.

The last dot is what counts: a server that has not had it has no mail. So it is sent alone,
after ``before_the_dot`` has noted it down; whatever breaks earlier did not send the mail, and
whatever breaks afterwards leaves it in doubt.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from dataclasses import dataclass, field

from intake.outgoing.compose import Composed
from store.text import one_line

#: RFC 5321 section 4.5.3.2.6: a server may think for ten minutes about a whole mail.
_LAST_WORD_S = 600.0
_GO_ON = 354
_TAKEN = range(200, 300)
_LATER = range(400, 500)
_NEVER = range(500, 600)
#: The server says good-bye: nothing more goes over this connection.
_CLOSING = 421
_SHOWN = 200
NO_SMTPUTF8 = "the mail server takes no addresses with letters like these (SMTPUTF8)"


class Lost(Exception):
    """The lease is another's by now: the mail must not be finished."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of a mail.

    Exactly one of ``taken``, ``later``, ``refused`` and ``doubt`` tells; of single recipients
    of a mail that was taken, ``refused_for`` and ``later_for`` tell.
    """

    taken: bool = False
    later: str = ""
    """Why not now, in the server's words; the next try may go well."""
    refused: str = ""
    """Why never."""
    doubt: str = ""
    """Why nobody knows."""
    refused_for: dict[str, str] = field(default_factory=dict)
    later_for: dict[str, str] = field(default_factory=dict)
    alive: bool = True
    """Whether the connection takes another mail."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A mail of which the server has everything but the last dot."""

    refused: dict[str, str]
    later: dict[str, str]
    """Recipients that it does not take it for, ever or now, and why."""


def begin(
    client: smtplib.SMTP, mail: Composed, before_the_dot: Callable[[], bool]
) -> Handed | Begun:
    """Hand ``mail`` over on a connection that is logged in, up to the last dot.

    Args:
        client: The connection.
        mail: The mail.
        before_the_dot: Notes down that the mail is about to be complete; False: it must not be.

    Returns:
        What became of it, if the server has said no; else what ``finish`` goes on with.

    Raises:
        Lost: ``before_the_dot`` said no. The connection is closed, the mail was not sent.
        Exception: whatever ``before_the_dot`` raised; as with ``Lost``.
    """
    try:
        refused, later, verdict = _envelope(client, mail)
        if verdict is None:
            verdict = _text(client, mail)
    except (OSError, smtplib.SMTPException) as error:
        client.close()
        return Handed(later=f"the connection broke off{_because(error)}", alive=False)
    if verdict is not None:
        return verdict
    complete = False
    try:
        complete = before_the_dot()
    finally:
        if not complete:
            client.close()
    if not complete:
        raise Lost
    return Begun({**dict.fromkeys(mail.left_out, NO_SMTPUTF8), **refused}, later)


def _text(client: smtplib.SMTP, mail: Composed) -> Handed | None:
    """Send everything but the last dot; return why the server does not want it."""
    code, said = client.docmd("DATA")
    if code != _GO_ON:
        return _verdict(client, code, said)
    client.send(_dotted(mail.data))
    return None


def finish(client: smtplib.SMTP, begun: Begun, patience_s: float = _LAST_WORD_S) -> Handed:
    """Send the last dot and hear what the server says, which may take ten minutes."""
    try:
        if client.sock is not None:
            client.sock.settimeout(patience_s)
        client.send(b".\r\n")
        code, said = client.getreply()
    except (OSError, smtplib.SMTPException) as error:
        client.close()
        doubt = f"the connection broke off before the server answered{_because(error)}"
        return Handed(doubt=doubt, alive=False)
    if code in _TAKEN:
        return Handed(taken=True, refused_for=begun.refused, later_for=begun.later)
    if code in _LATER or code in _NEVER:
        return _verdict(client, code, said)
    client.close()
    return Handed(doubt=f"the server answered {_words(said)!r} to the whole mail", alive=False)


def _envelope(
    client: smtplib.SMTP, mail: Composed
) -> tuple[dict[str, str], dict[str, str], Handed | None]:
    """Name sender and recipients; return who is refused, who is for later, and if that is all."""
    options = []
    if mail.utf8:
        if not client.has_extn("smtputf8"):
            return {}, {}, Handed(refused=NO_SMTPUTF8)
        options = ["SMTPUTF8", "BODY=8BITMIME"]
    if client.has_extn("size"):
        options.append(f"SIZE={len(mail.data)}")
    code, said = client.mail(mail.sender, options)
    if code in _NEVER and not mail.sender:
        # Microsoft and Google take mail only from the account itself, automatic or not.
        client.rset()
        code, said = client.mail(mail.fallback, options)
    if code not in _TAKEN:
        return {}, {}, _verdict(client, code, said)
    refused: dict[str, str] = {}
    later: dict[str, str] = {}
    for address in mail.recipients:
        code, said = client.rcpt(address)
        if code in _TAKEN:
            continue
        if code == _CLOSING:
            return {}, {}, _verdict(client, code, said)
        (later if code in _LATER else refused)[address] = f"{code} {_words(said)}"
    if len(refused) + len(later) < len(mail.recipients):
        return refused, later, None
    alive = _begun_anew(client)
    why = "; ".join({**later, **refused}.values())
    # Those who are refused for good are found again at the next try.
    return {}, {}, (Handed(later=why, alive=alive) if later else Handed(refused=why, alive=alive))


def _verdict(client: smtplib.SMTP, code: int, said: bytes) -> Handed:
    words = f"{code} {_words(said)}"
    if code == _CLOSING or code < _TAKEN.start:
        client.close()
        return Handed(later=words, alive=False)
    alive = _begun_anew(client)
    if code in _LATER:
        return Handed(later=words, alive=alive)
    return Handed(refused=words, alive=alive)


def _begun_anew(client: smtplib.SMTP) -> bool:
    """Make the server forget the mail begun; say whether it is still there for another."""
    try:
        return client.rset()[0] in _TAKEN
    except (OSError, smtplib.SMTPException):
        client.close()
        return False


def _dotted(data: bytes) -> bytes:
    """Return a mail for DATA without the last line: dots at line starts are doubled."""
    whole = data if data.endswith(b"\r\n") else data + b"\r\n"
    stuffed = whole.replace(b"\r\n.", b"\r\n..")
    return b"." + stuffed if stuffed.startswith(b".") else stuffed


def _because(error: BaseException) -> str:
    cause = error.__context__ if isinstance(error, smtplib.SMTPServerDisconnected) else error
    if isinstance(cause, TimeoutError):
        return " (no answer)"
    return ""


def _words(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return one_line(text)[:_SHOWN]
