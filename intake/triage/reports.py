"""Automatic reports: sent by a program for its own reasons, in answer to nothing.

Those whose sender the policy names open a request, each alert one: what changes from report to
report (numbers, times, "PROBLEM", "OK") is left out of the alert's name, so that they meet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from intake.triage import report_words as words
from intake.triage.answers import null_return_path
from intake.triage.notices import is_no
from store.mail_records import ReadMail
from store.rulebook import ReportRule, Rulebook
from store.rules.phrases import Phrases, Wording, fold

_NO_REPLY = re.compile(
    r"(?:[\w.+]*[._-])?(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|dont[-_.]?reply|nicht[-_.]?antworten"
    r"|ne[-_.]?pas[-_.]?repondre|no[-_.]?responder|no[-_.]?respond)(?:[-_.+][^@]*)?@",
    re.IGNORECASE,
)
#: Programs that send under their own name.
_ROBOTS = re.compile(
    r"(?:nagios|icinga2?|zabbix|prtg|checkmk|check_mk|centreon|observium|librenms|opsgenie"
    r"|pagerduty|alertmanager|grafana|prometheus|sensu|munin|monit|smartd|logwatch|fail2ban"
    r"|veeam|bacula|bareos|acronis|proxmox|backupexec|cron|crond|anacron|unattended-upgrades"
    r"|jenkins|gitlab|wsus|synology|qnap|ilo|idrac|vcenter|mdadm|apticron)(?:[-_.+][^@]*)?@",
    re.IGNORECASE,
)
#: Mailboxes of machines that people may use too: the subject must say so as well.
_DEVICES = re.compile(
    r"(?:root|backups?|alerts?|alarms?|monitor(?:ing)?|scan(?:ner)?|copier|kopierer|printer|mfp|ups"
    r"|nas|firewall|notifications?|system|server|daemon|apache|www-data|reports?)(?:[-_.+\d][^@]*)?@",
    re.IGNORECASE,
)
_SUBJECTS = re.compile(
    r"\*\* ?(?:problem|recovery|acknowledgement|flapping\w*|downtime\w*|custom) "
    r"|\[?(?:problem|recovery|resolved|alert(?:ing)?|firing(?::\d+)?|ok|critical|warning|down|up|unknown"
    r"|success(?:ful)?|failed|failure|error|info)\]?(?:\s?:|\]| -| in \d)"
    r"|cron ?<[^>]*>|anacron job|logwatch for |smart error|\[fail2ban\]"
    r"|message from (?:km|kmbt|rnp|brw|hp|xerox|sharp|kyocera)"
    r"|scan(?:ned)? (?:from|data from) "
    r"|attached (?:image|file) |(?:backup|sicherung|sauvegarde|copia) .{0,60}"
    r"(?:success|complete|fail|error|warning|erfolgreich|fehler)",
    re.IGNORECASE,
)
#: Headers that only such programs write.
_HEADERS = frozenset(
    (
        *("x-cron-env", "x-nagios-notification", "x-zabbix-host", "x-grafana-alert", "x-prtg"),
        *("x-opsgenie-alertid", "x-github-reason", "x-gitlab-project", "x-jenkins-job"),
        *("x-facebook-notify", "x-amz-sns-message-id", "x-cacti", "x-check-mk", "x-icinga-host"),
    )
)
_GENERATED_BY = "x-ms-exchange-generated-message-source"
_NAMES = frozenset(("cron daemon", "anacron"))

_WELL_WORDS = frozenset(map(fold, words.WELL))
_ILL_WORDS = frozenset(map(fold, words.ILL))
_TAGGED = re.compile(r"\[\s?#\s?\d{1,9}\s?\]")
_EDGES = "[](){}<>*\"'`.,;:!?=#|/\\-–—_~"
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:]+:[0-9a-f:]*")
_CHANGES = re.compile(
    r"[\W\d_]+|[\d.,:]+(?:%|[kmgtp]?i?b|[kmg]?bit/s|ms|s|sec|m|min|h|d|st|nd|rd|th|am|pm|°?c|v|w|rpm)"
    r"|\d{4}-?\d\d-?\d\dt[\d:.]+z?|(?=[a-f\d-]*\d)[a-f\d][a-f\d-]{7,}"
)
#: "web1/HTTP", "[FIRING:1]", "host(s)": several words that are written as one.
_SPLITS = re.compile(r"[\]\[|(){}=]|/(?=\D)|(?<=[^\W\d_]):")
_LONGEST = 200


def rule_for(mail: ReadMail, rules: Rulebook, subject: Wording) -> ReportRule | None:
    """Return the policy's entry for reports of this sender, the first that fits."""
    if not rules.reports:
        return None
    address = mail.sender.address.lower()
    domain = "@" + address.rpartition("@")[2]
    for report in rules.reports:
        if (address in report.senders or domain in report.senders) and (
            not report.subject or Phrases(report.subject).find(subject)
        ):
            return report
    return None


def alert_of(report: ReportRule, subject: str) -> str:
    """Return what a report is about, the same for all reports of one alert."""
    kept = dict.fromkeys(word for word in _words(subject) if not _passes(word))
    return f"{report.name}: {' '.join(kept)}"[:_LONGEST].rstrip(" :")


def all_is_well(subject: str) -> bool:
    """Say whether a report says that something works, or works again.

    The first word that says how it stands counts: "RECOVERY: the disk was critical" is good
    news, "Backup failed, 3 of 4 successful" is not.
    """
    said = list(_words(subject))
    for before, word in zip(["", *said], said, strict=False):
        if word in _WELL_WORDS:
            return before not in {"not", "nicht", "un", "non", "pas", "no"}
        if word in _ILL_WORDS:
            return False
    return False


def report_sign(mail: ReadMail) -> str:
    """Return by what a mail is seen to be an automatic report; "" if it is none."""
    submitted = mail.headers.get("auto-submitted", ())
    for value in submitted:
        if not is_no(value):
            return f"Auto-Submitted: {value[:40]}"
    if submitted:
        return ""
    nobody = "an empty Return-Path" if null_return_path(mail) else ""
    return _header_of_program(mail) or _sender_is_program(mail) or nobody


def _header_of_program(mail: ReadMail) -> str:
    if any(value.lower().startswith("multipart/report") for value in _types(mail)):
        return "Content-Type says report"
    if not _HEADERS.isdisjoint(mail.headers):
        return min(_HEADERS & mail.headers.keys()).title()
    if any(mail.sender.address in value for value in mail.headers.get("x-loop", ())):
        return f"X-Loop: {mail.sender.address}"
    generated = mail.headers.get(_GENERATED_BY, ())
    if any("antispam" in value.lower() for value in generated):
        return f"{_GENERATED_BY.title()}: {generated[0][:40]}"
    return ""


def _types(mail: ReadMail) -> tuple[str, ...]:
    return mail.headers.get("content-type", ())


def _sender_is_program(mail: ReadMail) -> str:
    address, name = mail.sender.address, mail.sender.name
    if _NO_REPLY.match(address) or _ROBOTS.match(address):
        return f"sent by {address}"
    if _DEVICES.match(address) and _SUBJECTS.match(mail.subject):
        return f"sent by {address}, and the subject is a program's"
    return f"sent by {name}" if name.lower().strip("()") in _NAMES else ""


def is_no_reply(address: str) -> bool:
    """Say whether nobody reads what is sent to an address."""
    return bool(_NO_REPLY.match(address))


def is_robot(address: str) -> bool:
    """Say whether an address is that of a program by its name."""
    return bool(_ROBOTS.match(address))


def _words(subject: str) -> Iterator[str]:
    for word in fold(_TAGGED.sub(" ", subject)).split():
        whole = word.strip(_EDGES)
        for part in [whole] if _ADDRESS.fullmatch(whole) else _SPLITS.split(word):
            if stripped := part.strip(_EDGES):
                yield stripped


def _passes(word: str) -> bool:
    if _ADDRESS.fullmatch(word):
        return False
    return word in words.PASSING or bool(_CHANGES.fullmatch(word))
