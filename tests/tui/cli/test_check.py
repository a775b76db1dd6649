"""``deskwatch check``: everything is tried for real, and each failure says what helps."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from store.facts import connect
from store.facts.engine import open_store
from store.facts.schema import SCHEMA
from store.policy.apply import apply_file
from tests.servers.dovecot import Dovecot, free_port
from tests.servers.smtp import SmtpServer

#: Without its roster: a desk that calls nobody has none.
DESK = (Path(__file__).parents[2] / "desk.toml").read_text("utf-8").partition("[roster]")[0]

#: The line after the tests' desk.
END = DESK.count("\n") + 1

Write = Callable[..., None]


@pytest.fixture
def config(shell, monkeypatch, sqlite_files, tmp_path) -> Write:
    """Writes ``config.toml``: the tests' desk and what is added; with its database, applied."""
    monkeypatch.setenv("HELP_PASSWORD", "secret")

    def write(*added: str, database: bool = True) -> None:
        Path("config.toml").write_text("\n".join([DESK, *added]), encoding="utf-8")
        if database:
            apply_file(Path("config.toml"), sqlite_files.new(tmp_path))

    return write


def _mailbox(port: int, **changes: object) -> str:
    settings = {
        "name": "help",
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "user": "checked",
        "password_env": "HELP_PASSWORD",
    } | changes
    return _table("[[mailboxes]]", settings)


def _outgoing(port: int, **changes: object) -> str:
    settings = {"host": "127.0.0.1", "port": port, "security": "none"} | changes
    return _table("[outgoing]", settings)


def _table(header: str, settings: dict[str, object]) -> str:
    lines = (f"{key} = {json.dumps(value)}" for key, value in settings.items())
    return "\n".join([header, *lines, ""])


def _last(ran) -> str:
    """Return the line of the thing tried last, above the blank line and the sum."""
    return ran.lines[-3]


def test_a_desk_where_all_is_well(shell, config, dovecot: Dovecot):
    """One line each, and status 0."""
    dovecot.deliver("busy", [b"Subject: one\r\n\r\nx\r\n"] * 1204)
    with SmtpServer() as smtp:
        config(
            _mailbox(dovecot.port, user="busy"),
            _mailbox(dovecot.port, name="empty", user="nobody-writes", after="move:Archive"),
            _outgoing(smtp.port, user="help", password_env="HELP_PASSWORD"),
        )
        ran = shell("check")
    assert ran.lines == [
        "ok   config: config.toml: 3 people, 2 services, 2 mailboxes",
        f"ok   database: {Path('deskwatch.db').absolute()}, schema {SCHEMA}",
        "ok   policy: version 1, the same as in the file",
        "ok   mailbox help: 1,204 messages in INBOX",
        "ok   mailbox empty: 0 messages in INBOX",
        "ok   answers: acknowledgements and resolutions, 0 canned answers; every field is known",
        (
            f"ok   outgoing mail: 127.0.0.1:{smtp.port} takes our mail (not encrypted, on this "
            "machine, logged in as help)"
        ),
        "",
        "Everything works.",
    ]
    assert (ran.status, ran.err) == (0, "")
    assert smtp.mails == []


def test_the_same_for_programs(shell, config, dovecot: Dovecot):
    """A documented shape, and the same status."""
    config(_mailbox(dovecot.port, folder="Nope"))
    ran = shell("check", "--json")
    found = json.loads(ran.out)
    assert ran.status == 1
    assert found["ok"] is False
    assert [(each["what"], each["ok"]) for each in found["findings"]] == [
        ("config", True),
        ("database", True),
        ("policy", True),
        ("mailbox help", False),
    ]
    assert set(found["findings"][3]) == {"what", "ok", "text", "fix"}


def test_one_failure_does_not_hide_another(shell, config, dovecot: Dovecot, monkeypatch):
    """Everything is tried, whatever fails."""
    monkeypatch.delenv("HELP_PASSWORD")
    monkeypatch.setenv("WRONG", "wrong")
    monkeypatch.setenv("RIGHT", "secret")
    port = free_port()
    config(
        _mailbox(port),
        _mailbox(dovecot.port, name="two", password_env="WRONG"),
        _mailbox(dovecot.port, name="three", password_env="RIGHT", folder="Nope"),
        _mailbox(dovecot.port, name="four", user="four", password_env="RIGHT"),
        _outgoing(port),
        database=False,
    )
    ran = shell("check")
    assert ran.status == 1
    assert [line.split(": ")[0] for line in ran.lines] == [
        "ok   config", "FAIL database", "FAIL mailbox help", "FAIL mailbox two",
        "FAIL mailbox three", "ok   mailbox four", "ok   answers",
        "FAIL outgoing mail", "", "5 of 8 need attention.",
    ]  # fmt: skip
    assert "there is no database" in ran.lines[1]
    assert ran.lines[1].endswith(" → run: deskwatch db upgrade")
    assert "the environment variable HELP_PASSWORD is not set → export" in ran.lines[2]
    assert "refuses the log-in of checked" in ran.lines[3]
    assert ran.lines[3].endswith(" → check user and password")
    assert 'refuses to open the folder "Nope"' in ran.lines[4]
    assert f"nothing takes connections at 127.0.0.1:{port} → check host and port" in ran.lines[7]


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"security": "tls"}, "ok   mailbox help: 0 messages in INBOX"),
        ({"security": "starttls"}, "ok   mailbox help: 0 messages in INBOX"),
        ({"security": "tls", "ca_file": ""}, "name its file in ca_file"),
        ({"after": "seen"}, "ok   mailbox help"),
        ({"after": "move:Archive"}, "ok   mailbox help"),
        (
            {"kind": "sent", "person": "ana", "folder": "Archive"},
            "0 messages in Archive, sent by ana; only answers to requests are kept",
        ),
        ({"after": "move:Done"}, "there is no folder Done to move mails to → create it, or set"),
    ],
)
def test_mailboxes_are_tried_as_they_are_configured(shell, config, dovecot, changes, line):
    """Encryption is verified, and the folder to move to has to be there."""
    port = dovecot.tls_port if changes.get("security") == "tls" else dovecot.port
    config(_mailbox(port, **({"ca_file": str(dovecot.ca_file)} | changes)))
    assert line in _last(shell("check"))


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ("leave", "ok   mailbox help"),
        ("seen", "mails in INBOX cannot be marked as seen → give the account the right to"),
        ("move:Archive", "mails cannot be moved out of INBOX → give the account the right to"),
    ],
)
def test_rights_that_are_missing_are_said_before_they_are_needed(
    shell, config, dovecot, after, said
):
    """A mailbox that may only be looked at is fine where nothing is changed."""
    user = f"watched-{after.partition(':')[0]}"
    dovecot.restrict(user, "lr")
    config(_mailbox(dovecot.port, user=user, after=after))
    assert said in _last(shell("check"))


@pytest.fixture(params=["tls", "starttls"])
def secure_smtp(request, dovecot: Dovecot) -> Iterator[tuple[str, SmtpServer]]:
    """An SMTP server with a certificate of its own making, of both kinds in turn."""
    with SmtpServer(request.param, dovecot.root / "tls") as server:
        yield request.param, server


def test_the_outgoing_server_is_tried_with_its_certificate(shell, config, dovecot, secure_smtp):
    """Only with its authority is it trusted, and only then somebody logs in."""
    security, server = secure_smtp
    how = {"security": security, "user": "help", "password_env": "HELP_PASSWORD"}
    config(_outgoing(server.port, **how))
    failed = _last(shell("check"))
    assert f"the certificate of 127.0.0.1:{server.port} is not valid" in failed
    assert failed.endswith("name its file in ca_file")
    config(_outgoing(server.port, **how, ca_file=str(dovecot.ca_file)))
    assert _last(shell("check")) == (
        f"ok   outgoing mail: 127.0.0.1:{server.port} takes our mail ({security.upper()}, "
        "logged in as help)"
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "takes our mail (not encrypted, on this machine, without a log-in)"),
        ({"security": "starttls"}, "offers no STARTTLS, so nobody logged in → try security"),
        ({"security": "tls"}, 'does not speak TLS from the first byte → try security = "starttls"'),
        ({"user": "help", "password_env": "WRONG"}, "refuses the log-in of help"),
    ],
)  # fmt: skip
def test_what_the_outgoing_server_does_not_do_is_said(shell, config, monkeypatch, changes, said):
    """Each with what helps; nobody logs in unencrypted because encryption failed."""
    monkeypatch.setenv("WRONG", "wrong")
    with SmtpServer() as server:
        config(_outgoing(server.port, **changes))
        assert said in _last(shell("check"))


def test_a_wrong_config_says_every_line(shell, config):
    """As ``policy apply`` would, one line each; the database is tried where it is named."""
    config()
    url = f"sqlite:///{Path('deskwatch.db').absolute()}"
    Path("config.toml").write_text(DESK.replace("Europe/London", "Londn") + "[keyz]\n")
    ran = shell("check", "--database", url)
    assert ran.lines[:2] == [
        (
            'FAIL config: config.toml:5: [desk] timezone: "Londn" is not a time zone; '
            'did you mean "Europe/London"?'
        ),
        f'FAIL config: config.toml:{END}: [keyz]: there is no such setting; did you mean "keys"?',
    ]
    assert [line[:13] for line in ran.lines[2:4]] == ["ok   database", "ok   policy: "]
    assert ran.lines[-1] == "2 of 4 need attention."


def test_no_config_at_all_says_how_to_get_one(shell):
    """The first thing a newcomer tries."""
    ran = shell("check")
    assert ran.status == 1
    assert ran.lines[0].startswith("FAIL config: no config file (looked for config.toml and ")
    assert "'deskwatch init' writes one" in ran.lines[0]


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ('claim = "Z"\nrelease = "Z"', f"config.toml:{END + 2}: [keys] release"),
        ('clam = "c"', f'config.toml:{END + 1}: [keys] clam: there is no action "clam"; did you'),
    ],
)
def test_keys_that_clash_are_refused_with_their_line(shell, config, keys, line):
    """By check and by policy apply, before any board fails over them."""
    config()
    Path("config.toml").write_text(f"{DESK}[keys]\n{keys}\n")
    assert f"FAIL config: {line}" in shell("check").out
    applied = shell("policy", "apply")
    assert applied.status == 1
    assert applied.err.startswith(line)


def test_a_policy_that_was_changed_and_not_applied_is_said(shell, config):
    """With the parts that differ, and the command."""
    config()
    Path("config.toml").write_text(DESK.replace('"30m"', '"20m"').replace("Northgate", "Southgate"))
    assert _last(shell("check")) == (
        "FAIL policy: the file differs from version 1, which holds, in: desk, targets → "
        "run: deskwatch policy apply"
    )


def test_a_desk_that_sends_nothing_is_said(shell, config):
    """Its requesters would wait for answers."""
    config()
    assert shell("check").lines[0].endswith(", no [outgoing], so it answers nobody")


def test_a_database_without_a_policy_is_said(shell, config, sqlite_files, tmp_path):
    """A board could not open it."""
    config(database=False)
    sqlite_files.new(tmp_path)
    assert _last(shell("check")) == ("FAIL policy: none applied yet → run: deskwatch policy apply")


def test_a_database_of_another_schema_is_said(shell, config):
    """With the way to upgrade it."""
    config()
    store = open_store(f"sqlite:///{Path('deskwatch.db').absolute()}")
    with store.writing() as writing:
        writing.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    store.close()
    last = _last(shell("check"))
    assert last.startswith("FAIL database: ")
    assert last.endswith(" → run: deskwatch db upgrade")


def test_a_database_that_takes_nothing_is_said(shell, config, monkeypatch):
    """A full disk shows only on writing."""
    config()

    def full(connection, _record) -> None:
        connection.execute("PRAGMA query_only = ON")

    make = connect.make_engine

    def made(url):
        engine = make(url)
        event.listen(engine, "connect", full)
        return engine

    monkeypatch.setattr("store.facts.engine.make_engine", made)
    ran = shell("check")
    assert ran.lines[1].startswith("FAIL database: the database ")
    assert ran.lines[1].endswith(
        "cannot be written → check the permissions of the file and its folder"
    )
