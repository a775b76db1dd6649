"""Delivery reports and read receipts: what mail systems say about mail that was sent."""

from __future__ import annotations

import re

from intake.daemons import NOBODY, is_daemon
from intake.listed import listed
from intake.reading import invitation
from intake.reading.quote_lines import is_forward_subject
from intake.triage.answers import null_return_path
from store.mail_records import ReadMail
from store.rules.phrases import Phrases, Wording, fold

_REPORT = re.compile(
    r"multipart/report\b.*report-type\s*=\s*\"?(delivery-status|delayed-delivery"
    r"|disposition-notification|x-?receipt)",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?://\S+")
_LONGEST_SIGN = 80
_CLASS = re.compile(r"urn:content-classes:(dsn|mdn)", re.IGNORECASE)
_RECEIPT_TYPES = ("message/disposition-notification", "message/global-disposition-notification")
_STATUS = ("message status - opened", "message status - delivered", "message status - deleted")
#: What mail programs put before the subject of a receipt; people may, too.
_PREFIX = re.compile(
    "(?:"
    + "|".join(
        sorted(
            map(
                fold,
                listed("""
    read, not read, read receipt, return receipt, return receipt (displayed), delivery receipt,
    deleted, displayed,
    gelesen, ungelesen, nicht gelesen, lesebestätigung, empfangsbestätigung, gelöscht,
    angezeigt, lu, non lu, accusé de lecture, confirmation de lecture, supprimé,
    leído, leido, no leído, confirmación de lectura, acuse de recibo, eliminado, letto, letta,
    non letto, conferma di lettura, ricevuta di ritorno, gelezen, niet gelezen, leesbevestiging,
    ontvangstbevestiging, lida, lido, não lida, confirmação de leitura, recibo de leitura,
    przeczytano, przeczytane, nieprzeczytane, potwierdzenie przeczytania, läst, oläst,
    läskvitto, mottagningskvitto, læst, lest, luettu, přečteno, прочитано, прочтено, 已读, 已讀,
    已读回执, 讀取回條, 回执, 開封済み, 開封確認, 開封, 읽음, נקרא, נקראה, אישור קריאה, مقروءة
"""),
            ),
            key=len,
            reverse=True,
        )
    )
    .replace("(", r"\(")
    .replace(")", r"\)")
    + r")(?:\s*[:：]| - )",
)
_SAYS = Phrases(
    listed("""
    was read on, was displayed on, has been displayed, was deleted without being read,
    was deleted unread, this return receipt, this is a return receipt, this is a read receipt,
    is no guarantee that the message has been read, wurde gelesen, wurde am, wurde angezeigt,
    wurde ungelesen gelöscht, diese empfangsbestätigung, dies ist eine empfangsbestätigung,
    dies ist eine lesebestätigung, a été lu le, a été lu, a été affiché, a été supprimé,
    ceci est un accusé, cet accusé, fue leído, se leyó, ha sido leído, se mostró, se eliminó,
    este acuse de recibo, è stato letto, è stata letta, è stato visualizzato,
    questa ricevuta di ritorno, is gelezen op, is gelezen, werd gelezen, is weergegeven,
    dit ontvangstbewijs, foi lida em, foi lida, foi lido, foi exibida, este recibo,
    została przeczytana, zostala przeczytana, przeczytano, to potwierdzenie, lästes,
    har lästs, detta kvitto, blev læst, ble lest, on luettu, byla přečtena, прочитано,
    已于, 已被阅读, 已被閱讀, 已閱讀, 開封されました, 表示されました, 읽었습니다, נקראה ב, נקראה
""")
)
_BOUNCED = Phrases(
    listed("""
    undelivered mail returned to sender, mail delivery failed, delivery status notification,
    undeliverable, returned mail, delivery failure, failure notice, mail delivery failure,
    mail delivery subsystem, delivery has failed, could not be delivered, message not delivered,
    undelivered mail, non delivery, warning: message, delivery delayed, delayed mail,
    unzustellbar, nicht zustellbar, unzustellbarkeit, konnte nicht zugestellt werden,
    zustellung fehlgeschlagen, non remis, échec de la remise, remise impossible,
    no se puede entregar, no se pudo entregar, no entregado, error de entrega,
    impossibile recapitare, mancato recapito, mancata consegna, onbestelbaar,
    niet bezorgd, não foi possível entregar, não entregue, falha na entrega, niedostarczalna,
    niedostarczone, nie można dostarczyć, olevererbart, ej levererat, kan ikke leveres,
    uleverelig, nedoručitelné, недоставленное, не доставлено, 无法送达, 無法傳遞, 退信,
    未送達, 配信できません, 配信不能, 전달할 수 없음, 배달되지 않음, לא ניתן למסירה,
    תעודת אי מסירה, تعذر التسليم
""")
)


def bounce_sign(mail: ReadMail, subject: Wording) -> str:
    """Return by what a mail is seen to be a delivery report; "" if it is none."""
    if mail.bounce is not None:
        return "it says which mail could not be delivered"
    if _report_of(mail) == "bounce":
        return "Content-Type says delivery report"
    if "x-failed-recipients" in mail.headers:
        return "X-Failed-Recipients"
    address, nobody = mail.sender.address, null_return_path(mail)
    daemon = NOBODY.match(address) or (
        (not address or is_daemon(address))
        and (nobody or _is_automatic(mail) or _BOUNCED.find(subject))
    )
    if daemon or (nobody and _BOUNCED.find(subject)):
        return f"sent by {address or 'nobody'}"
    return ""


def receipt_sign(mail: ReadMail, subject: Wording, text: Wording) -> str:
    """Return by what a mail is seen to be a read receipt (RFC 8098, Outlook); "" if it is none."""
    if _report_of(mail) == "receipt":
        return "Content-Type says read receipt"
    if any(file.type in _RECEIPT_TYPES for file in mail.attachments):
        return "it carries a read receipt"
    if subject.folded.startswith(_STATUS):  # GroupWise
        return f"the subject is {mail.subject[:60]!r}"
    if _PREFIX.match(subject.folded) and (
        _SAYS.find(text) or null_return_path(mail) or _is_automatic(mail)
    ):
        return f"the subject begins with {mail.subject.partition(':')[0][:40]!r}"
    return ""


def calendar_sign(mail: ReadMail) -> str:
    """Return what a mail answers to an invitation, if that is all it says; "" else.

    Calendars write the same words into every answer; somebody who asks something besides
    has written to the desk.
    """
    if not any(
        file.type in invitation.TYPES or file.name.lower().endswith(".ics")
        for file in mail.attachments
    ):
        return ""
    answer = invitation.answer_in(mail.text)
    if not answer or is_forward_subject(mail.subject):
        return ""
    own = _LINK.sub("", mail.reply.replace(answer, ""))
    return "" if any(mark in own for mark in "?？؟") else answer[:_LONGEST_SIGN]


def _report_of(mail: ReadMail) -> str:
    for value in mail.headers.get("content-type", ()):
        if report := _REPORT.match(value):
            return "bounce" if report[1].lower().startswith("de") else "receipt"
    for value in mail.headers.get("content-class", ()):
        if found := _CLASS.match(value):
            return "bounce" if found[1].lower() == "dsn" else "receipt"
    return ""


def _is_automatic(mail: ReadMail) -> bool:
    return any(not is_no(value) for value in mail.headers.get("auto-submitted", ()))


def is_no(value: str) -> bool:
    """Say whether a value of Auto-Submitted says that a person sent it (RFC 3834 5)."""
    return value.partition(";")[0].partition("(")[0].strip().lower() in {"no", ""}
