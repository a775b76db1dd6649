"""Automatic reports: sent by a program for its own reasons, in answer to nothing.

Those whose sender the policy names open a request, each alert one: what changes from report to
report (numbers, times, "PROBLEM", "OK") is left out of the alert's name, so that they meet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from intake.listed import listed
from intake.triage.notices import is_no
from intake.triage.phrases import Phrases, Wording, fold
from store.records import ReadMail
from store.rulebook import ReportRule, Rulebook

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
    r"|message from (?:km|kmbt|rnp|brw|hp|xerox|sharp|kyocera|\"?rnp)|scan(?:ned)? (?:from|data from) "
    r"|attached (?:image|file) |(?:backup|sicherung|sauvegarde|copia) .{0,60}"
    r"(?:success|complete|fail|error|warning|erfolgreich|fehler)",
    re.IGNORECASE,
)
#: Headers that only such programs write.
_HEADERS = (
    *("x-cron-env", "x-nagios-notification", "x-zabbix-host", "x-grafana-alert", "x-prtg"),
    *("x-opsgenie-alertid", "x-github-reason", "x-gitlab-project", "x-jenkins-job"),
    *("x-facebook-notify", "x-amz-sns-message-id", "x-cacti", "x-check-mk", "x-icinga-host"),
)
_GENERATED_BY = ("x-ms-exchange-generated-message-source",)

#: Words of a subject that say how it stands. The first one met counts.
_WELL = listed("""
    ok, up, recovery, recovered, resolved, solved, success, successful, successfully, succeeded,
    completed, complete, cleared, clear, normal, healthy, passed, finished, info, erfolgreich,
    behoben, wiederhergestellt, réussi, réussie, résolu, rétabli, correcto, completado, resuelto,
    riuscito, completato, risolto, geslaagd, voltooid, opgelost, concluído, resolvido,
    zakończono, rozwiązano, lyckades, löst
""")
_ILL = listed("""
    problem, critical, warning, warn, down, failed, failure, fail, failing, error, errors, alert,
    alerting, alarm, firing, unknown, unreachable, triggered, degraded, fatal, emergency, major,
    minor, disaster, high, average, offline, timeout, fehler, fehlgeschlagen, warnung, kritisch,
    störung, échec, erreur, avertissement, critique, fallido, fallo, error, advertencia, errore,
    fallito, avviso, critico, mislukt, fout, waarschuwing, falhou, falha, erro, aviso, błąd,
    ostrzeżenie, misslyckades, fel, varning
""")
#: What else changes from one report to the next.
_PASSING = frozenset(
    fold(word)
    for word in (
        *_WELL,
        *_ILL,
        *listed("""
    re, fw, fwd, aw, wg, acknowledgement, flappingstart, flappingstop, now, still, again, is, has,
    was, been, in, at, on, am, um, for, since, seconds, minutes, hours, days, jan, feb, mar, apr,
    may, jun, jul, aug, sep, oct, nov, dec, january, february, march, april, june, july, august,
    september, october, november, december, januar, februar, märz, mai, juni, juli, oktober,
    dezember, mon, tue, wed, thu, fri, sat, sun, monday, tuesday, wednesday, thursday, friday,
    saturday, sunday, montag, dienstag, mittwoch, donnerstag, freitag, samstag, sonntag, utc, gmt,
    cet, cest, est, pst, pm, not
"""),
    )
)
_WELL_WORDS = frozenset(map(fold, _WELL))
_ILL_WORDS = frozenset(map(fold, _ILL))
_TAGGED = re.compile(r"\[\s?#\s?\d{1,9}\s?\]")
_EDGES = "[](){}<>*\"'`.,;:!?=#|/\\-–—_~"
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:]+:[0-9a-f:]*")
_CHANGES = re.compile(
    r"[\W\d_]+|[\d.,:]+(?:%|[kmgtp]?i?b|[kmg]?bit/s|ms|s|sec|m|min|h|d|st|nd|rd|th|am|pm|°?c|v|w|rpm)"
    r"|\d{4}-?\d\d-?\d\dt[\d:.]+z?|(?=[a-f\d-]*\d)[a-f\d][a-f\d-]{7,}"
)
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
    words = dict.fromkeys(word for word in _words(subject) if not _passes(word))
    return f"{report.name}: {' '.join(words)}"[:_LONGEST].rstrip(" :")


def all_is_well(subject: str) -> bool:
    """Say whether a report says that something works, or works again.

    The first word that says how it stands counts: "RECOVERY: the disk was critical" is good
    news, "Backup failed, 3 of 4 successful" is not.
    """
    words = list(_words(subject))
    for before, word in zip(["", *words], words, strict=False):
        if word in _WELL_WORDS:
            return before not in {"not", "nicht", "un", "non", "pas", "no"}
        if word in _ILL_WORDS:
            return False
    return False


def report_sign(mail: ReadMail) -> str:
    """Return by what a mail is seen to be an automatic report; "" if it is none."""
    headers = mail.headers
    submitted = headers.get("auto-submitted", ())
    for value in submitted:
        if not is_no(value):
            return f"Auto-Submitted: {value[:40]}"
    if any(is_no(value) for value in submitted):
        return ""
    for name in _HEADERS:
        if name in headers:
            return name.title()
    for name in _GENERATED_BY:
        if "antispam" in " ".join(headers.get(name, ())).lower():
            return f"{name.title()}: {headers[name][0][:40]}"
    address = mail.sender.address
    if _NO_REPLY.match(address) or _ROBOTS.match(address):
        return f"sent by {address}"
    if _DEVICES.match(address) and _SUBJECTS.match(mail.subject):
        return f"sent by {address}, and the subject is a program's"
    if mail.sender.name.lower() in {"cron daemon", "(cron daemon)", "anacron"}:
        return f"sent by {mail.sender.name}"
    return ""


def is_no_reply(address: str) -> bool:
    """Say whether nobody reads what is sent to an address."""
    return bool(_NO_REPLY.match(address))


def _words(subject: str) -> Iterator[str]:
    for word in fold(_TAGGED.sub(" ", subject)).split():
        for part in re.split(r"[\]\[|(){}=]|/(?=\D)|(?<=\D):(?!\d)", word):
            if stripped := part.strip(_EDGES):
                yield stripped


def _passes(word: str) -> bool:
    if _ADDRESS.fullmatch(word):
        return False
    return word in _PASSING or bool(_CHANGES.fullmatch(word))
