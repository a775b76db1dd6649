"""The tree of MIME parts, and what is left of it when it is damaged."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage, Message

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.reading.charset import Decoder
from intake.reading.limits import Limits
from intake.reading.parse import Part, line_ends, parse
from tests.intake.reading.builders import REAL_MAILS, joined, mail, multipart, nested, part


def _tree(raw: bytes, limits: Limits | None = None) -> tuple[Part, bytes, list[str]]:
    source = line_ends(raw)
    decoder = Decoder()
    return parse(source, decoder, limits or Limits()), source, decoder.defects


def _shape(found: Part, raw: bytes) -> object:
    """A tree as nested lists: type, and children or the body's bytes."""
    if found.children:
        return [found.type, [_shape(child, raw) for child in found.children]]
    return [found.type, raw[found.start : found.end]]


def _library_shape(message: Message) -> object:
    """The same of the standard library's tree."""
    if message.is_multipart() and message.get_content_maintype() == "multipart":
        return [
            message.get_content_type(),
            [_library_shape(child) for child in message.get_payload()],
        ]
    payload = message.get_payload()
    if isinstance(payload, list):
        payload = (
            payload[0]
            .as_bytes(policy=email.policy.compat32.clone(linesep="\r\n"))
            .decode("ascii", "surrogateescape")
        )
    return [message.get_content_type(), payload.encode("ascii", "surrogateescape")]


@pytest.mark.parametrize("name", sorted(set(REAL_MAILS) - {"forwarded"}))
def test_real_mails_have_the_standard_librarys_tree(name):
    """On whole mails both agree on every part and every byte of it."""
    root, source, defects = _tree(REAL_MAILS[name])
    library = email.message_from_bytes(REAL_MAILS[name], policy=email.policy.compat32)
    assert (_shape(root, source), defects) == (_library_shape(library), [])


_LINES = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30)


@st.composite
def _messages(draw: st.DrawFn, depth: int = 3) -> EmailMessage:
    message = EmailMessage()
    kind = draw(st.sampled_from(["text", "attachments", "alternative"])) if depth else "text"
    message.set_content("\n".join(draw(st.lists(_LINES, max_size=4))) + "\n")
    if kind == "alternative":
        message.add_alternative("<p>" + draw(_LINES) + "</p>\n", subtype="html")
    elif kind == "attachments":
        for _ in range(draw(st.integers(1, 3))):
            message.add_attachment(draw(st.binary(max_size=200)), maintype="image", subtype="png")
    return message


@settings(max_examples=60, deadline=None)
@given(_messages())
def test_generated_mails_have_the_standard_librarys_tree(message):
    """Whatever the standard library writes is taken apart as it takes it apart."""
    raw = message.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    root, source, _ = _tree(raw)
    assert _shape(root, source) == _library_shape(email.message_from_bytes(raw))


def _texts(raw: bytes, limits: Limits | None = None) -> tuple[list[bytes], list[str]]:
    root, source, defects = _tree(raw, limits)
    found: list[bytes] = []

    def walk(one: Part) -> None:
        for child in one.children:
            walk(child)
        if not one.children:
            found.append(source[one.start : one.end].strip())

    walk(root)
    return found, defects


CLOSING = b"--b--\r\n"
DAMAGED = {
    "boundary never closes": (
        multipart("mixed", part("one"), part("two")).removesuffix(CLOSING),
        [b"one", b"two"],
    ),
    "inner boundary never closes": (
        multipart(
            "mixed",
            nested("alternative", part("one"), boundary="i").replace(b"--i--\r\n", b""),
            part("two"),
        ),
        [b"one", b"two"],
    ),
    "no blank line before the next part": (
        mail(
            b"--b\r\nContent-Type: text/plain\r\n--b\r\n\r\ntwo\r\n--b--",
            Content_Type="multipart/mixed; boundary=b",
        ),
        [b"", b"two"],
    ),
    "parts go on behind the end": (
        mail(
            b"--b\r\n\r\none\r\n--b--\r\n--b\r\n\r\ntwo\r\n--b--",
            Content_Type="multipart/mixed; boundary=b",
        ),
        [b"one", b"two"],
    ),
    "boundary not named": (
        mail(joined(part("one"), boundary="mark"), Content_Type="multipart/mixed"),
        [b"one"],
    ),
    "another boundary named": (
        mail(
            joined(part("one"), boundary="mark"),
            Content_Type="multipart/mixed; boundary=other",
        ),
        [b"one"],
    ),
    "boundary not named, words before it, parts without headers": (
        mail(
            b"This is MIME.\r\n\r\n" + joined(part("one"), part("two"), boundary="mark"),
            Content_Type="multipart/mixed",
        ),
        [b"one", b"two"],
    ),
    "no part at all": (
        mail("just words", Content_Type="multipart/mixed; boundary=b"),
        [b"just words"],
    ),
    "blanks behind the boundary": (
        mail(b"--b \t\r\n\r\none\r\n--b-- \r\n", Content_Type="multipart/mixed; boundary=b"),
        [b"one"],
    ),
    "preamble and epilogue": (
        mail(
            b"This is MIME.\r\n" + joined(part("one")) + b"\r\nbye",
            Content_Type="multipart/mixed; boundary=b",
        ),
        [b"one"],
    ),
    "boundary as part of a longer line": (
        mail(b"--b\r\n\r\n--bold\r\none\r\n--b--", Content_Type="multipart/mixed; boundary=b"),
        [b"--bold\r\none"],
    ),
    "bare CR": (
        multipart("mixed", part("one"), part("two")).replace(b"\r\n", b"\r"),
        [b"one", b"two"],
    ),
    "bare LF": (
        multipart("mixed", part("one"), part("two")).replace(b"\r\n", b"\n"),
        [b"one", b"two"],
    ),
    "doubled CR": (
        multipart("mixed", part("one"), part("two")).replace(b"\r\n", b"\r\r\n"),
        [b"one", b"two"],
    ),
    "body begins with the boundary": (
        b"Content-Type: multipart/mixed; boundary=b\r\n--b\r\n\r\none",
        [b"one"],
    ),
    "type is nonsense": (mail("words", Content_Type="what/ever/this is; x"), [b"words"]),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_structure_keeps_its_words(name):
    """Whatever is wrong with the boundaries, the parts are found."""
    raw, expected = DAMAGED[name]
    assert _texts(raw)[0] == expected


def test_two_hundred_levels_are_no_trouble():
    """The words of the innermost part are read."""
    innermost = part("deep")
    for level in range(200):
        innermost = nested("mixed", innermost, boundary=f"b{level}")
    assert _texts(b"From: a@b.example\r\n" + innermost) == ([b"deep"], [])


def test_beyond_the_depth_parts_stay_folded_up():
    """They are one part, and the mail says so."""
    raw = multipart("mixed", nested("mixed", part("in"), boundary="i"))
    texts, defects = _texts(raw, Limits(depth=1))
    assert (len(texts), defects) == (1, ["nested deeper than 1 levels"])


def test_no_more_parts_than_allowed_are_read():
    """The last one has the rest, and the mail says so."""
    texts, defects = _texts(
        multipart("mixed", *[part(str(i)) for i in range(50)]), Limits(parts=10)
    )
    assert (len(texts), "more than 10 parts" in defects[0]) == (10, True)


def test_a_digests_parts_are_mails():
    """RFC 2046 section 5.1.5."""
    root, _, _ = _tree(multipart("digest", part(b"From: x@y.example\r\n\r\nhi")))
    assert root.children[0].type == "message/rfc822"
