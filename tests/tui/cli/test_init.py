"""``deskwatch init``: eight questions, a config that works, and what to do next."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from store.facts.login import account_name
from store.policy.holidays import country_of, public_holidays, region
from store.policy.load import load, parse
from store.policy.stored import from_store
from store.queries.policy import applied_policy

ANSWERS = [
    "Northgate School IT",
    "Europe/London",
    "help@northgate.example",
    "imap.northgate.example",
    "help",
    "08:00-12:00, 13:00-16:30",
    "GB-ENG",
    "Ana Lovelace <ana@northgate.example>",
]


def _typed(*answers: str) -> str:
    return "".join(f"{answer}\n" for answer in answers)


def _asked(shell, *answers: str):
    """Run it for a team's database, which it does not touch: that is quicker."""
    return shell("init", "--database", "postgresql://db/desk", typed=_typed(*answers))


def test_eight_answers_make_a_config(shell):
    """Everything that was said is in it, and the rest has its defaults."""
    ran = shell("init", typed=_typed(*ANSWERS))
    assert (ran.status, ran.err) == (0, "")
    policy = load(Path("config.toml"))
    assert policy.desk.name == "Northgate School IT"
    assert policy.desk.addresses == ["help@northgate.example"]
    box = policy.mailboxes[0]
    assert (box.name, box.host, box.port, box.security) == (
        "help", "imap.northgate.example", 993, "tls",
    )  # fmt: skip
    assert (box.user, box.password_env) == ("help", "HELP_PASSWORD")
    assert policy.calendars["office"].weekly.fri == (("08:00", "12:00"), ("13:00", "16:30"))
    assert policy.calendars["office"].weekly.sat == ()
    assert date(policy.calendars["office"].holidays[0].year, 12, 25) in (
        policy.calendars["office"].holidays
    )
    person = policy.people[0]
    assert (person.name, person.login, person.role) == ("Ana Lovelace", account_name(), "lead")


def test_at_most_eight_questions_are_asked(shell):
    """Each has its number; nothing is asked beside them."""
    ran = _asked(shell, *ANSWERS)
    assert [line[0] for line in ran.lines if line[:1].isdigit()] == list("12345678")
    assert ran.out.count("?") == 8


def test_enter_alone_takes_every_default(shell):
    """Who is in a hurry has a config that needs only the mail server's name."""
    ran = shell("init", typed="\n" * 8)
    assert (ran.status, ran.err) == (0, "")
    assert load(Path("config.toml")).calendars["office"].weekly.mon == (("08:00", "17:00"),)


@pytest.mark.parametrize(
    ("place", "bad", "said"),
    [
        (1, "Europe/Londn", '"Europe/Londn" is not a time zone; did you mean "Europe/London"?'),
        (2, "help", '"help" is not a mail address'),
        (3, "imap server", 'that is no server; write e.g. "imap.northgate.example"'),
        (3, "imap:70000", "that is no server"),
        (5, "8 to 5", '"8 to 5" is not a time span; write e.g. "08:00-12:00"'),
        (5, "closed", "you have to be there at some time"),
        (6, "Narnia", '"NARNIA" is no country with known holidays; write e.g. GB'),
        (6, "GB-XX", 'GB has no region "XX"; there are ENG, NIR, SCT, WLS'),
        (7, "Ana", 'write both, e.g. "Ana Lovelace <ana@northgate.example>"'),
        (7, "Ana <help@northgate.example>", "help@northgate.example is the desk's"),
    ],
)
def test_a_bad_answer_is_explained_and_asked_again(shell, place, bad, said):
    """The next answer counts."""
    ran = _asked(shell, *ANSWERS[:place], bad, *ANSWERS[place:])
    assert ran.status == 0
    assert f"  {said}" in ran.out
    assert load(Path("config.toml")).people[0].name == "Ana Lovelace"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("mail.example.org", ("mail.example.org", 993, "tls")),
        ("mail.example.org:143", ("mail.example.org", 143, "starttls")),
        ("mail.example.org:1993", ("mail.example.org", 1993, "tls")),
        ("127.0.0.1:1143", ("127.0.0.1", 1143, "none")),
        ("localhost:143", ("localhost", 143, "none")),
        ("localhost", ("localhost", 993, "tls")),
        ("[::1]:1143", ("::1", 1143, "none")),
    ],
)
def test_the_security_follows_from_the_server(shell, answer, expected):
    """Nothing goes over a network in the clear."""
    _asked(shell, *ANSWERS[:3], answer, *ANSWERS[4:])
    box = load(Path("config.toml")).mailboxes[0]
    assert (box.host, box.port, box.security) == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Ana Lovelace <ana@x.example>", ("Ana Lovelace", "ana@x.example")),
        ("Ana Lovelace, ana@x.example", ("Ana Lovelace", "ana@x.example")),
        ("Ana Lovelace ana@x.example", ("Ana Lovelace", "ana@x.example")),
        ("ana.lovelace@x.example", ("Ana Lovelace", "ana.lovelace@x.example")),
        ('A "quote" <ana@x.example>', ('A "quote"', "ana@x.example")),
    ],
)
def test_a_person_is_understood_as_people_write_themselves(shell, answer, expected):
    """With brackets, with a comma, or only the address."""
    _asked(shell, *ANSWERS[:7], answer)
    person = load(Path("config.toml")).people[0]
    assert (person.name, person.addresses[0]) == expected


def test_nothing_is_written_when_the_answers_end_early(shell):
    """A pipe that was too short leaves no half a config."""
    ran = shell("init", typed=_typed(*ANSWERS[:4]))
    assert ran.status == 1
    assert ran.err == (
        'deskwatch: no answer to "5. Which account logs in there?": the input has ended; '
        "nothing was written\n"
    )
    assert not Path("config.toml").exists()


def test_a_file_that_is_there_is_kept_unless_told(shell):
    """Only y replaces it; Enter does not."""
    Path("config.toml").write_text("precious")
    for answer in ("\n", "n\n", "maybe\nn\n"):
        ran = shell("init", typed=answer)
        assert ran.status == 1
        assert ran.lines[-1] == "config.toml stays as it is; --output FILE writes another."
    assert Path("config.toml").read_text() == "precious"
    assert shell("init", typed="y\n" + _typed(*ANSWERS)).status == 0
    assert tomllib.loads(Path("config.toml").read_text())["desk"]["name"] == "Northgate School IT"


def test_another_file_may_be_written(shell):
    """And the next commands name it."""
    Path("desk").mkdir()
    ran = shell("init", "--output", "desk/it.toml", typed=_typed(*ANSWERS))
    assert load(Path("desk/it.toml")).desk.name == "Northgate School IT"
    assert "  deskwatch check --config desk/it.toml" in ran.out
    assert Path("desk/deskwatch.db").exists()


def test_a_folder_that_is_not_there_is_said_before_asking(shell):
    """Nobody answers eight questions for nothing."""
    ran = shell("init", "--output", "no/where.toml")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "deskwatch: no/where.toml: there is no folder no; make it first\n"


def test_the_new_database_holds_the_policy(shell, tmp_path):
    """So that a board can be opened at once."""
    from store.facts.engine import open_store

    shell("init", typed=_typed(*ANSWERS))
    store = open_store(f"sqlite:///{tmp_path}/deskwatch.db")
    held = applied_policy(store)
    store.close()
    assert (held.version, held.login) == (1, account_name())
    assert from_store(held.text).desk.name == "Northgate School IT"


def test_another_database_is_only_named(shell):
    """A team's server is not touched; the commands for it are said."""
    ran = _asked(shell, *ANSWERS)
    assert load(Path("config.toml")).database.url == "postgresql://db/desk"
    steps = [line.split("  ")[1] for line in ran.lines if line.startswith("  ")]
    assert steps == [
        "export HELP_PASSWORD=...",
        "deskwatch db upgrade",
        "deskwatch policy apply",
        "deskwatch check",
        "deskwatch intake",
        "deskwatch",
    ]


def test_check_accepts_what_init_wrote(shell, monkeypatch):
    """All but the mail server, which is not there."""
    monkeypatch.setenv("HELP_PASSWORD", "secret")
    shell("init", typed=_typed(*ANSWERS[:3], "127.0.0.1:1", *ANSWERS[4:]))
    ran = shell("check")
    assert [line[:4] for line in ran.lines[:4]] == ["ok  ", "ok  ", "ok  ", "FAIL"]
    assert ran.lines[3].startswith("FAIL mailbox help: nothing takes connections at 127.0.0.1:1")


def test_holidays_are_those_of_the_region():
    """Not of its neighbours."""
    bavaria = dict(public_holidays(region("de-by"), [2026]))
    hamburg = dict(public_holidays(region("DE-HH"), [2026]))
    epiphany = date(2026, 1, 6)
    assert epiphany in bavaria
    assert epiphany not in hamburg
    assert date(2026, 10, 31) in hamburg


@pytest.mark.parametrize(
    ("zone", "country"),
    [("Europe/London", "GB"), ("America/New_York", "US"), ("Asia/Tokyo", "JP"), ("Etc/UTC", "")],
)
def test_the_country_is_guessed_from_the_time_zone(zone, country):
    """A default for the question, no more."""
    assert country_of(zone) == country


def test_a_country_with_regions_says_so_in_the_file(shell):
    """Somebody in Scotland shall notice."""
    _asked(shell, *ANSWERS[:6], "GB", ANSWERS[7])
    assert "its regions (GB-ENG, GB-NIR, GB-SCT, GB-WLS)" in " ".join(
        Path("config.toml").read_text().replace("# ", "").split()
    )


def test_no_holidays_are_a_choice(shell):
    """Some desks never close."""
    _asked(shell, *ANSWERS[:6], "none", ANSWERS[7])
    assert load(Path("config.toml")).calendars["office"].holidays == []


def test_the_server_for_answers_is_one_comment_sign_away(shell):
    """Named as the one for incoming mail is; what is there then is right."""
    _asked(shell, *ANSWERS)
    text = Path("config.toml").read_text()
    head, _, rest = text.partition("# [outgoing]\n")
    lines = rest.split("\n")
    block = [line.removeprefix("# ") for line in lines[:4]]
    policy = parse("\n".join([head, "[outgoing]", *block, *lines[4:]]), "config.toml")
    assert policy.outgoing is not None
    assert policy.outgoing.host.startswith("smtp.")
    assert (policy.outgoing.port, policy.outgoing.user) == (587, policy.mailboxes[0].user)
