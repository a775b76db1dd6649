"""Mail that no person wrote, as far as it must never open a request."""

from __future__ import annotations

import re

from store.records import ReadMail
from store.rulebook import Rulebook

#: The header on everything Deskwatch sends; its value is the desk's address, so that two desks
#: that write to each other know whose mail it is.
OWN_HEADER = "x-deskwatch"
_REPLY_HEADERS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-autoreply-from")
_DAEMON = re.compile(r"(?:mailer-daemon|postmaster)(?:@|$)", re.IGNORECASE)
_REPORT = re.compile(
    r"multipart/report\b.*report-type\s*=\s*\"?(delivery-status|disposition-notification)",
    re.IGNORECASE,
)
#: What servers put before the subject of an automatic reply, in their own language.
_AUTOMATIC = re.compile(
    r"(?:automatic reply|auto(?:matic)? response|auto[ -]?reply|out of office(?: auto ?reply)?"
    r"|automatische antwort|abwesenheitsnotiz|automatisch(?: antwoord)?|afwezigheidsbericht"
    r"|réponse automatique|absence du bureau|respuesta automática|fuera de (?:la )?oficina"
    r"|risposta automatica|fuori sede|resposta automática|ausência temporária"
    r"|automatyczna odpowiedź|odpowiedź automatyczna|autosvar|automatiskt svar|automatisk svar"
    r"|自动答复|自动回复|自動回覆|自動応答|自動返信|자동 회신|תשובה אוטומטית|מענה אוטומטי)\s*[:：]",
    re.IGNORECASE,
)


def machine_kind(mail: ReadMail, rules: Rulebook) -> tuple[str, str]:
    """Return ``own``, ``bounce``, ``receipt`` or ``auto_reply`` with the sign; else two "".

    RFC 3834 (Auto-Submitted), RFC 3464 (delivery reports), RFC 8098 (receipts).
    """
    sign = _own(mail, rules)
    if sign:
        return "own", sign
    content_type = " ".join(mail.headers.get("content-type", ()))
    if report := _REPORT.match(content_type):
        if report[1].lower() == "delivery-status":
            return "bounce", "Content-Type says delivery report"
        return "receipt", "Content-Type says read receipt"
    sign = _automatic(mail)
    daemon = _DAEMON.match(mail.sender.address)
    if daemon and (sign or _null_return_path(mail)):
        return "bounce", f"sent by {mail.sender.address}"
    return ("auto_reply", sign) if sign else ("", "")


def _own(mail: ReadMail, rules: Rulebook) -> str:
    mark = " ".join(mail.headers.get(OWN_HEADER, ())).lower()
    if mark and any(address in mark for address in rules.addresses):
        return "X-Deskwatch names this desk"
    # What we send has Message-IDs in the domain "deskwatch." below the desk's own.
    domain = mail.message_id.rpartition("@")[2].lower()
    ours = {"deskwatch." + address.rpartition("@")[2] for address in rules.addresses}
    return "the Message-ID is one of ours" if domain in ours else ""


def _automatic(mail: ReadMail) -> str:
    for value in mail.headers.get("auto-submitted", ()):
        if value.lower().startswith("auto-replied"):
            return f"Auto-Submitted: {value[:40]}"
    for name in _REPLY_HEADERS:
        value = " ".join(mail.headers.get(name, ()))
        if value and value.lower() not in {"no", "false"}:
            return f"{name.title()}: {value[:40]}"
    for value in mail.headers.get("precedence", ()):
        if value.lower().replace("-", "_") == "auto_reply":
            return f"Precedence: {value[:40]}"
    if _AUTOMATIC.match(mail.subject):
        return f"the subject begins with {mail.subject.partition(':')[0][:40]!r}"
    if _null_return_path(mail) and (mail.in_reply_to or mail.references):
        return "a reply with an empty Return-Path"
    return ""


def _null_return_path(mail: ReadMail) -> bool:
    return "<>" in mail.headers.get("return-path", ())
