"""Reports of one alert have one name, whatever changes from one to the next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.triage import triage
from intake.triage.reports import alert_of, all_is_well
from store.records import Address
from store.rulebook import ReportRule
from store.words import Channel, Machine
from tests.intake.triage.letters import letter
from tests.rulebook import a_rulebook

MONITORING = ReportRule("Monitoring", ("nagios@mon.example", "@zabbix.example"))
RULES = replace(a_rulebook(), reports=(MONITORING,))
SAME = {
    "Nagios": (
        "** PROBLEM Service Alert: web1/HTTP is CRITICAL **",
        "** RECOVERY Service Alert: web1/HTTP is OK **",
        "** ACKNOWLEDGEMENT Service Alert: web1/HTTP is CRITICAL **",
    ),
    "Zabbix": (
        "Problem: Disk space is low on db1",
        "Resolved in 5m 3s: Disk space is low on db1",
    ),
    "Zabbix with figures": (
        "Problem: Load on db1 is 97%, since 12:03",
        "Problem: Load on db1 is 99.5%, since 13:41",
    ),
    "Veeam": (
        "[Failed] Backup Job Night (3 objects) 1 failed",
        "[Success] Backup Job Night (4 objects)",
        "[Warning] Backup Job Night (4 objects) 1 warning",
    ),
    "dates": (
        "Backup of db1 failed, Thursday 26 November 2026",
        "Backup of db1 failed, Fri 27 Nov 2026 02:00 CET",
        "Backup of db1 failed 2026-11-28T02:00:00Z",
    ),
    "PRTG": ("[PRTG] Ping on router (Down)", "[PRTG] Ping on router (Up)"),
    "Grafana": ("[FIRING:1] Disk full on db1", "[RESOLVED] Disk full on db1"),
    "with our tag": ("[#1042] Re: Disk full on db1", "Disk full on db1"),
    "run numbers": ("Build 4711 of shop failed", "Build #4712 of shop failed"),
    "hashes": ("Commit 0a1b2c3d4e broke shop", "Commit ffee00112233 broke shop"),
    "in German": ("FEHLER: Sicherung von db1", "Erfolgreich: Sicherung von db1"),
}
DIFFERENT = [
    ("Disk full on db1", "Disk full on db2"),
    ("Disk full on db1", "Load on db1"),
    ("Host 192.0.2.1 is DOWN", "Host 192.0.2.2 is DOWN"),
    ("Host 2001:db8::1 is DOWN", "Host 2001:db8::2 is DOWN"),
    (
        "** PROBLEM Service Alert: web1/HTTP is CRITICAL **",
        "** PROBLEM Host Alert: web1 is DOWN **",
    ),
    ("ディスク容量警告 サーバA", "ディスク容量警告 サーバB"),
]


@pytest.mark.parametrize("name", SAME)
def test_reports_of_one_alert_have_one_name(name):
    """Numbers, times, and how it stands are left out."""
    assert len({alert_of(MONITORING, subject) for subject in SAME[name]}) == 1


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_reports_of_different_alerts_do_not(one, other):
    """Hosts and what is wrong stay."""
    assert alert_of(MONITORING, one) != alert_of(MONITORING, other)


def test_two_entries_of_the_policy_have_different_alerts():
    """And a subject of nothing but numbers is the entry's own."""
    other = replace(MONITORING, name="Backup")
    assert alert_of(MONITORING, "Disk full") != alert_of(other, "Disk full")
    assert alert_of(other, "17:03 4711") == "Backup"
    assert len(alert_of(other, "x" * 5000)) <= 200


@pytest.mark.parametrize(
    ("subject", "well"),
    [
        ("** RECOVERY Service Alert: web/HTTP is OK **", True),
        ("** PROBLEM Service Alert: web/HTTP is CRITICAL **", False),
        ("Resolved: Disk space is critical on db1", True),
        ("[Success] Backup Job Night", True),
        ("[Warning] Backup Job Night: 3 of 4 successful", False),
        ("Backup failed, 3 of 4 successful", False),
        ("Backup not successful", False),
        ("Sicherung nicht erfolgreich", False),
        ("Sicherung erfolgreich", True),
        ("Sauvegarde réussie", True),
        ("[PRTG] Ping (Up)", True),
        ("[PRTG] Ping (Down)", False),
        ("Message from KM_C454e", False),
        ("", False),
    ],
)
def test_the_first_word_that_says_how_it_stands_counts(subject, well):
    """Good news opens no request."""
    assert all_is_well(subject) is well


def test_good_news_only_joins():
    """It has the alert's name, and a reason not to open a request."""
    sender = Address("", "nagios@mon.example")
    bad = triage(letter(sender=sender, subject="PROBLEM: web1 is DOWN"), RULES, "help")
    good = triage(letter(sender=sender, subject="RECOVERY: web1 is UP"), RULES, "help")
    assert (bad.machine, bad.ignore, bad.alert) == (Machine.REPORT, "", "Monitoring: web1")
    assert (good.machine, good.alert) == (Machine.REPORT, bad.alert)
    assert good.ignore == "a report that all is well (Monitoring)"


@pytest.mark.parametrize(
    ("address", "words", "subject", "named"),
    [
        ("nagios@mon.example", (), "Disk full", True),
        ("NAGIOS@mon.example", (), "Disk full", True),
        ("x@zabbix.example", (), "Disk full", True),
        ("x@sub.zabbix.example", (), "Disk full", False),
        ("x@mon.example", (), "Disk full", False),
        ("nagios@mon.example", ("disk", "load"), "Disk full", True),
        ("nagios@mon.example", ("disk", "load"), "Diskette", False),
    ],
)
def test_a_report_is_named_by_its_sender_and_words_of_the_subject(address, words, subject, named):
    """Whole words, as everywhere in the policy."""
    rules = replace(RULES, reports=(replace(MONITORING, subject=words),))
    found = triage(letter(sender=Address("", address), subject=subject), rules, "help")
    assert bool(found.alert) is named


def test_a_report_in_a_thread_of_its_own_is_no_answer():
    """Monitoring threads its mails; they join by their alert."""
    sender = Address("", "nagios@mon.example")
    mail = letter(
        sender=sender, subject="Disk full", in_reply_to=("a@b",), headers={"precedence": "bulk"}
    )
    found = triage(mail, RULES, "help")
    assert (found.machine, found.channel, found.end_run_rule) == (
        Machine.REPORT,
        Channel.DESK_MAIL,
        "",
    )
