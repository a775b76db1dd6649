"""``deskwatch init``: a config file from eight questions, and what to do next."""

from __future__ import annotations

import argparse
import re
import shlex
import socket
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from store.clock import SystemClock
from store.errors import DeskwatchError
from store.policy.times import Spans
from tui.cli.config_text import Answers, Server, config_text
from tui.cli.questions import ask, yes

_NONE = "none"
_IMAPS = 993


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``deskwatch init``."""
    parser.add_argument(
        "--output",
        metavar="FILE",
        type=Path,
        help="the file to write (else --config, else config.toml here)",
    )


def run(args: argparse.Namespace) -> int:
    """Ask, write the file, make its database if there is none yet, and say what is next."""
    path = Path(args.output or args.config or "config.toml").expanduser()
    if not path.absolute().parent.is_dir():
        raise DeskwatchError(f"{path}: there is no folder {path.parent}; make it first")
    if path.exists() and not yes(f"{path} is there already. Replace it?"):
        print(f"{path} stays as it is; --output FILE writes another.")
        return 1
    print("Eight questions; Enter takes what stands in brackets.\n")
    answers = _ask_all(args.database or "sqlite:///deskwatch.db")
    _write(path, config_text(answers))
    print(f"\nWrote {path}.")
    _make_database(path)
    _say_next(path, answers)
    return 0


def _ask_all(database: str) -> Answers:
    from tzlocal import get_localzone_name

    from store.facts.login import account_name
    from store.policy import names
    from store.policy.holidays import country_of

    name = ask("1. What is your desk called?", "IT Help Desk", names.said)
    zone = ask("2. In which time zone is it?", get_localzone_name() or "UTC", names.zone)
    address = ask("3. To which address do people write?", f"help@{_domain()}", names.address)
    domain = address.partition("@")[2]
    server = ask("4. Which IMAP server has that mailbox?", f"imap.{domain}", _server)
    user = ask("5. Which account logs in there?", address, names.said)
    hours = ask("6. When are you there, Monday to Friday?", "08:00-17:00", _hours)
    region, holidays = ask(
        f'7. Whose public holidays (GB-ENG, DE-BY, US, ... or "{_NONE}")?',
        country_of(zone) or _NONE,
        _holidays,
    )
    login = account_name()
    person, person_address = ask(
        "8. Who are you (name and mail address)?",
        f"{login.title()} <{login}@{domain}>",
        lambda answer: _person(answer, address),
    )
    return Answers(
        name=name,
        timezone=zone,
        address=address,
        server=server,
        user=user,
        hours=hours,
        region=region,
        holidays=holidays,
        person=person,
        person_address=person_address,
        login=login,
        database=database,
    )


def _domain() -> str:
    """Return the domain this machine says it is in, for a default."""
    return socket.gethostname().partition(".")[2] or "example.org"


def _server(answer: str) -> Server:
    found = re.fullmatch(r"(\[[0-9a-fA-F:]+\]|[^\s:@/]+)(?::(\d{1,5}))?", answer)
    if not found or not 0 < int(found[2] or _IMAPS) < 2**16:
        raise ValueError(
            'that is no server; write e.g. "imap.northgate.example" or "localhost:143"'
        )
    return Server(found[1].strip("[]"), int(found[2] or _IMAPS))


def _hours(answer: str) -> Spans:
    from store.policy.times import spans

    hours = spans(answer)
    if not hours:
        raise ValueError('you have to be there at some time; write e.g. "08:00-17:00"')
    return hours


def _holidays(answer: str) -> tuple[str, Sequence[tuple[date, str]]]:
    """Return whose holidays these are, in words, and the holidays of this year and the next."""
    from store.policy.holidays import parts, public_holidays, region

    if answer.casefold() in {_NONE, "no"}:
        return "", ()
    where = region(answer)
    year = SystemClock().now().year
    said = f"Public holidays of {where}, {year} and {year + 1}"
    regions = () if where.part else parts(where.country)
    if regions:
        some = ", ".join(f"{where.country}-{part}" for part in regions[:4])
        said += f"; its regions ({some}{', …' if len(regions) > 4 else ''}) may have more"  # noqa: PLR2004
    return said, public_holidays(where, (year, year + 1))


def _person(answer: str, desk: str) -> tuple[str, str]:
    from store.policy import names

    found = re.fullmatch(r"(.*?)[\s,]*<?([^\s<>,]+@[^\s<>,]+)>?", answer)
    if not found:
        raise ValueError('write both, e.g. "Ana Lovelace <ana@northgate.example>"')
    address = names.address(found[2])
    if address == desk:
        raise ValueError(f"{desk} is the desk's; write an address of your own")
    name = found[1] or address.partition("@")[0].replace(".", " ").title()
    return names.said(name), address


def _write(path: Path, text: str) -> None:
    from store.policy.load import parse

    parse(text, path.name)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DeskwatchError(f"{path} cannot be written: {reason}") from error


def _make_database(path: Path) -> None:
    """Make the SQLite file of a new desk; a database that is there is left as it is."""
    from store.facts.login import account_name
    from store.facts.schema import upgrade
    from store.policy.apply import apply_file
    from store.policy.load import load
    from store.records import Actor

    url = load(path).database.url
    scheme, _, file = url.partition(":///")
    if scheme != "sqlite" or Path(file).exists():
        return
    upgrade(url)
    apply_file(path, url, Actor(login=account_name(), name=account_name()))
    print(f"Made the database {file}.")


def _say_next(path: Path, answers: Answers) -> None:
    usual = path.absolute() == Path("config.toml").absolute()
    config = "" if usual else f" --config {shlex.quote(str(path))}"
    steps = [(f"export {answers.variable}=...", f"the password of {answers.user}")]
    if not answers.database.startswith("sqlite:"):
        steps += [
            (f"deskwatch db upgrade{config}", "makes the tables"),
            (f"deskwatch policy apply{config}", "puts this config into the database"),
        ]
    steps += [
        (f"deskwatch check{config}", "tries everything, says what is wrong"),
        (f"deskwatch intake{config}", "reads the mail; leave it running"),
        (f"deskwatch{config}", "the board, in another window"),
    ]
    width = max(len(command) for command, _ in steps)
    print("\nNext:\n")
    for command, what in steps:
        print(f"  {command.ljust(width)}   {what}")
