"""Addresses as people's programs write them."""

from __future__ import annotations

import pytest

from intake.reading.addresses import read_addresses
from intake.reading.charset import Decoder
from store.records import Address

ANA = Address("Ana Lovelace", "ana@school.example")
BARE = Address("", "ana@school.example")

CASES: dict[str, tuple[str, list[Address]]] = {
    "name and address": ("Ana Lovelace <ana@school.example>", [ANA]),
    "quoted name": ('"Ana Lovelace" <ana@school.example>', [ANA]),
    "single quotes": ("'Ana' <ana@school.example>", [Address("'Ana'", "ana@school.example")]),
    "bare": ("ana@school.example", [BARE]),
    "angle only": ("<ana@school.example>", [BARE]),
    "comment as name": ("ana@school.example (Ana Lovelace)", [ANA]),
    "several": (
        "Ana Lovelace <ana@school.example>, ben@x.example",
        [ANA, Address("", "ben@x.example")],
    ),
    "semicolons": ("ana@school.example; ben@x.example", [BARE, Address("", "ben@x.example")]),
    "comma in a quoted name": (
        '"Lovelace, Ana" <ana@school.example>',
        [Address("Lovelace, Ana", "ana@school.example")],
    ),
    "comma in a bare name": (
        "Lovelace, Ana <ana@school.example>, ben@x.example",
        [Address("Lovelace, Ana", "ana@school.example"), Address("", "ben@x.example")],
    ),
    "encoded name": (
        "=?utf-8?Q?M=C3=BCller=2C_A?= <ana@school.example>",
        [Address("Müller, A", "ana@school.example")],
    ),
    "encoded as a whole": ("=?utf-8?Q?Ana_Lovelace_=3Cana=40school.example=3E?=", [ANA]),
    "no angle brackets": ("Ana Lovelace ana@school.example", [ANA]),
    "angle never closed": ("Ana Lovelace <ana@school.example", [ANA]),
    "angle never opened": ("Ana Lovelace ana@school.example>", [ANA]),
    "address in the name only": (
        "ana@school.example <>",
        [Address("ana@school.example", "ana@school.example")],
    ),
    "spaces inside": ("Ana Lovelace < ana@school.example >", [ANA]),
    "mailto": ("<mailto:ana@school.example>", [BARE]),
    "route": ("<@relay.example,@b.example:ana@school.example>", [BARE]),
    "group": ("Staff: ana@school.example, ben@x.example;", [BARE, Address("", "ben@x.example")]),
    "empty group": ("undisclosed-recipients:;", []),
    "null path": ("<>", []),
    "local mailbox": ("root", [Address("", "root")]),
    "words and no address": ("nobody knows", [Address("nobody knows", "")]),
    "nothing": ("", []),
    "commas only": (",,,", []),
    "international": ("用户 <用户@例え.example>", [Address("用户", "用户@例え.example")]),
    "comments in comments": ("Ana Lovelace (x (y) z) <ana@school.example>", [ANA]),
    "escaped by a web form": ("Ana Lovelace &lt;ana@school.example&gt;", [ANA]),
    "full-width brackets": ("Ana Lovelace ＜ana@school.example＞", [ANA]),
    "quoted before the @": ('"a b"@x.example', [Address("", '"a b"@x.example')]),
    "quoted before the @, in angles": (
        'Ana <"a, b"@x.example>, ana@school.example',
        [Address("Ana", '"a, b"@x.example'), BARE],
    ),
    "quoted before the @, several": (
        '"a b"@x.example, "Lovelace, Ana" <ana@school.example>',
        [Address("", '"a b"@x.example'), Address("Lovelace, Ana", "ana@school.example")],
    ),
    "two angles": ("Ana Lovelace <Ana> <ana@school.example>", [ANA]),
}


@pytest.mark.parametrize("name", CASES)
def test_addresses(name):
    """Each form gives the names and addresses it means."""
    value, expected = CASES[name]
    assert list(read_addresses(value, Decoder(), 100)) == expected


def test_no_more_than_allowed_are_read():
    """A list beyond the limit is cut, and says so."""
    decoder = Decoder()
    found = read_addresses(", ".join(f"p{i}@x.example" for i in range(500)), decoder, 100)
    assert (len(found), decoder.defects) == (100, ["more than 100 addresses in one header"])
