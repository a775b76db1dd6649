"""What people at a school write to their help desk: enough of it that no two lists look alike."""

from __future__ import annotations

import random
from dataclasses import dataclass

from store.records import Address
from store.rulebook import Rulebook

_FIRST = (  # noqa: SIM905 -- a name a line would be sixty lines of names
    "Grace Priya Lena Tom Aisha Jonas Mei Carlos Ingrid Samir Olga Peter Yuki Fatima Björn"
    " Zoë Rahul Nina Kofi Elif Marta Hugo Ruth Amara Viktor Chloé Dai Noor Sven Imani"
).split()
_LAST = (  # noqa: SIM905
    "Hopper Okoye Lind Ito Voss Rao Marsh Weber Silva Novak Haddad Kaya Brandt Olsen Duarte"
    " Mensah Fischer Tanaka Moreau Quinn Bauer Costa Sharma Wolff Nyberg Abara Klein Vega"
).split()
_SUBJECTS = (
    "Projector dead, class waiting",
    "Cannot print exam papers",
    "VPN drops every hour",
    "New laptop for {day}",
    "Password for the kiosk in {place}",
    "URGENT!!! printer jam",
    "Re: it still doesn't work",
    "Sound in {place} crackles",
    "Wifi gone in {place} since {day}",
    "Access to the shared folder {folder}",
    "The mouse moves by itself",
    "Whiteboard in {place} shows yesterday's lesson",
    "Account for a trainee from {day}",
    "Please move three computers to {place}",
    "Spreadsheet opens read-only",
    "Drucker in {place} druckt nur leere Seiten",
    "プリンタで印刷できません",
    "Vidéoprojecteur de {place} éteint",
    "Phone rings but nobody is there",
    "Is this mail real?",
    "Calendar shows everybody's meetings twice",
    "Monitor flickers when the lift moves",
    "Need {folder} back, deleted by mistake",
    "How do I share a document with parents?",
    "Scanner sends everything to the head",
    "Login takes eleven minutes in {place}",
    "Headphones for {place}, thirty of them",
    "Door badge stopped working on {day}",
    "it doesn't work",
)
_PLACES = ("B12", "B14", "the library", "the gym", "lab 3", "the office", "room 204", "the annex")
_FOLDERS = ("Exams", "Reports 2026", "Photos", "Timetables", "Budget", "Parents' evening")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_TEXTS = (
    "It was fine yesterday. I have turned it off and on again, twice.",
    "There are thirty people in front of me and I am drawing on the wall.",
    "No hurry, but it would be nice before {day}.",
    "The screen says error 0x{code:08x} and then nothing. I took a photo.",
    "I think somebody in {place} unplugged something. It smells a bit.",
    "Same as last week, ticket number lost, sorry. It is the one in {place}.",
    "Could somebody come to {place}? I am there until four.",
    "I followed the guide up to step {step} and then it looked different.",
)
_GREETINGS = ("Hello,", "Hi all,", "Dear team,", "Guten Tag,", "Good morning,", "")
_THANKS = ("Thanks", "Many thanks", "Best wishes", "Danke", "Cheers", "Yours")


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that somebody asks."""

    requester: Address
    subject: str
    text: str
    service: str


class Townspeople:
    """People with problems; the same ones for the same seed."""

    def __init__(self, rules: Rulebook, chance: random.Random, people: int = 2_000) -> None:
        """Invent ``people`` who belong to the departments of ``rules``."""
        self._chance = chance
        self._services = [*rules.services, ""]
        domains = [
            each
            for department in rules.departments.values()
            for each in department.addresses
            if each.startswith("@")
        ] or ["@northgate.example"]
        self.people = [_person(number, chance.choice(domains), chance) for number in range(people)]

    def ask(self) -> Asked:
        """Return what one of them asks next."""
        chance = self._chance
        who = chance.choice(self.people)
        return Asked(
            requester=who,
            subject=self._filled(chance.choice(_SUBJECTS)),
            text=self._letter(who),
            service=chance.choice(self._services),
        )

    def _letter(self, who: Address) -> str:
        chance = self._chance
        said = " ".join(chance.sample(_TEXTS, chance.randint(1, 3)))
        first = who.name.partition(" ")[0]
        parts = [
            chance.choice(_GREETINGS),
            self._filled(said),
            f"{chance.choice(_THANKS)}\n{first}",
        ]
        return "\n\n".join(part for part in parts if part)

    def _filled(self, text: str) -> str:
        chance = self._chance
        return text.format(
            day=chance.choice(_DAYS),
            place=chance.choice(_PLACES),
            folder=chance.choice(_FOLDERS),
            code=chance.randrange(1 << 32),
            step=chance.randint(2, 19),
        )


def _person(number: int, domain: str, chance: random.Random) -> Address:
    name = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
    return Address(name, f"person{number}{domain}")
