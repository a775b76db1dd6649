"""Which request a mail belongs to, and what makes two mails the same.

Our own Message-IDs come first, then our ``[#1042]`` tags, then every other Message-ID of the
thread; the subject alone never joins. A tag can be typed by anybody, so it joins only mail of
people who are part of the request already, or who hold one of its messages: a Message-ID that
the mail refers to can be known only to somebody who received it. A sender whom our own mail
server calls forged is never part. What was merged is the request that has its messages now;
what answers a message that was split off no longer belongs where that came from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from store.mail_records import ReadMail
from store.words import State

#: A request that ended longer ago is not opened again by a mail; a new one is, linked to it.
LONG_AGO = timedelta(days=14)

#: Bytes of a Message-ID that are kept whole; RFC 5322 2.1.1 allows 998 to a line.
_LONGEST_ID = 900
#: Message-IDs of a mail that are looked up: a long thread names its beginning and its end.
_MOST_REFERENCES = 100
_ENDED = (State.RESOLVED, State.CLOSED)


@dataclass(frozen=True, slots=True)
class Holder:
    """The message of a request that has a certain Message-ID."""

    number: int
    ours: bool
    """We sent it."""
    split_from: int | None = None
    """The request that the message was split off from."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the decision needs of a request."""

    number: int
    state: State
    ended_at: datetime | None
    """When it was resolved; None while it is live."""
    people: AbstractSet[str]
    """Addresses, lower case, of everybody who wrote or received its messages."""
    merged_into: int | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """What the decision needs of a mail."""

    sender: str
    """Address, lower case."""
    from_desk: bool
    """The sender is one of the people on the desk, who are part of every request."""
    refers_to: tuple[str, ...]
    """Keys of the Message-IDs of In-Reply-To and References, the nearest first."""
    tags: tuple[int, ...]
    arrived_at: datetime
    thanks: bool
    spoofed: bool = False
    """The sender may be somebody else; see ``Triage.spoofed``."""


@dataclass(frozen=True, slots=True)
class Belongs:
    """To which request a mail belongs, and why.

    ``joins``: the request it is part of; None: it opens one. ``linked_to``: the request that
    the opened one is about.
    """

    joins: int | None
    linked_to: int | None
    why: str
    long_ago: bool = False
    """It would be part of ``linked_to``, had that not ended long before."""
    outage: int | None = None
    """The known outage because of which it joins, or that what it opens may be about."""


#: A mail that gives no sign of any request.
UNKNOWN = Belongs(None, None, "it belongs to no request we know")


def belongs(
    letter: Letter, holders: Mapping[str, Holder], requests: Mapping[int, Known]
) -> Belongs:
    """Decide where a mail belongs.

    Args:
        letter: The mail.
        holders: For each Message-ID that ``letter.refers_to``, if it is known, its message.
        requests: Every request of ``holders`` and of ``letter.tags`` that there is, and those
            that they were merged into.
    """
    link: Belongs | None = None
    known = (survivor(holders[key].number, requests) for key in letter.refers_to if key in holders)
    held = {request.number for request in known if request is not None}
    for sign, said in _candidates(letter, holders):
        request = survivor(sign, requests)
        if request is None:
            continue
        number = request.number
        how = said if number == sign else f"{said}, which is part of #{number} now"
        part = not letter.spoofed and (letter.from_desk or letter.sender in request.people)
        if not part and number not in held:
            who = "may be forged" if letter.spoofed else f"is not part of #{number}"
            why = f"{how}, but the sender {who} and holds no mail of it"
            link = link or Belongs(None, number, why)
        elif _ended_long_ago(request, letter):
            why = f"{how}, but #{number} ended more than {LONG_AGO.days} days before"
            link = link or Belongs(None, number, why, long_ago=True)
        else:
            return Belongs(number, None, how)
    return link or UNKNOWN


def survivor(number: int, requests: Mapping[int, Known]) -> Known | None:
    """Return the request ``number``, or the one that it was merged into, if that is known."""
    request = requests.get(number)
    for _ in range(len(requests)):
        if request is None or request.state != State.MERGED:
            return request
        if request.merged_into is None:
            return None
        request = requests.get(request.merged_into)
    return None


def _candidates(letter: Letter, holders: Mapping[str, Holder]) -> Iterator[tuple[int, str]]:
    """Yield the requests a mail may belong to, the strongest sign first, and the sign."""
    referred: list[Holder] = []
    left: set[int] = set()
    for holder in (holders[key] for key in letter.refers_to if key in holders):
        if holder.number not in left:
            referred.append(holder)
        # What comes from before a message that was split off is about where that came from:
        # older messages of the thread, and the tag that the subject still has.
        came_from = holder.split_from
        if came_from is not None and all(each.number != came_from for each in referred):
            left.add(came_from)
    for holder in referred:
        if holder.ours:
            yield holder.number, f"it answers a mail of ours about #{holder.number}"
    for tag in letter.tags:
        if tag not in left:
            yield tag, f"its subject has our tag [#{tag}]"
    for holder in referred:
        if not holder.ours:
            yield holder.number, f"it answers a mail of #{holder.number}"


def _ended_long_ago(request: Known, letter: Letter) -> bool:
    """A late thank-you is still a thank-you for that request, not a new one."""
    return (
        request.state in _ENDED
        and not letter.thanks
        and request.ended_at is not None
        and letter.arrived_at - request.ended_at > LONG_AGO
    )


def refers_to(mail: ReadMail) -> tuple[str, ...]:
    """Return the keys of the Message-IDs a mail refers to, the nearest first, each once."""
    nearest_first = [*mail.in_reply_to, *reversed(mail.references)]
    some = [each for each in nearest_first if each][:_MOST_REFERENCES]
    return tuple(dict.fromkeys(id_key(each) for each in some))


def id_key(message_id: str) -> str:
    """Return a Message-ID as it is kept and compared: itself, or a digest of a monstrous one.

    Monstrous are those longer than a line may be, and those with control characters. A digest
    begins with "<", which no Message-ID without its brackets does.
    """
    encoded = message_id.encode("utf-8", "surrogatepass")
    if len(encoded) <= _LONGEST_ID and message_id.isprintable():
        return message_id
    return "<" + blake2b(encoded, digest_size=32).hexdigest()


def is_whole(key: str) -> bool:
    """Say whether ``key`` is the Message-ID itself, so that a header may quote it."""
    return not key.startswith("<")


def fingerprint(mail: ReadMail) -> bytes:
    """Return 16 bytes that are the same for two copies of one mail, and for no other mail.

    Copies differ in the headers that servers add on the way (Received, delivery and list
    headers), so these do not count; what the sender wrote does: Message-ID, From, Date,
    Subject, the readable text, and the names, types and sizes of what is attached, however
    lines end in it: in a mailbox with two bytes, in an mbox with one. With
    the Message-ID among them, the same id on different mail, and the same mail without an id,
    come out as DESIGN says: different, and the same.
    """
    parts = [
        mail.message_id,
        mail.sender.address.lower(),
        mail.date.isoformat() if mail.date else "",
        mail.subject,
        mail.text,
        *(
            f"{each.name}\0{each.type}\0{each.size - each.two_byte_ends}"
            for each in mail.attachments
        ),
    ]
    return _digest("mail", parts)


def raw_fingerprint(sha256: bytes) -> bytes:
    """Return the fingerprint of a mail that could not be read: of its bytes as they are."""
    return _digest("raw", [sha256.hex()])


def _digest(kind: str, parts: Sequence[str]) -> bytes:
    pieces: list[bytes] = []
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        pieces += (len(encoded).to_bytes(8, "big"), encoded)
    return blake2b(b"".join(pieces), digest_size=16, person=kind.encode()).digest()
