"""Address lists (RFC 5322 section 3.4) as they are really written; linear, and never raising.

Understood beyond the RFC: names with bare commas and no quotes (``Lovelace, Ana <a@b>``),
missing angle brackets, routes, ``mailto:``, spaces inside addresses, and a name and address
encoded as a whole.
"""

from __future__ import annotations

import re
from itertools import islice

from intake.reading.charset import Decoder
from intake.reading.headers import clean
from intake.reading.words import decode_words
from store.records import Address

_SIMPLE = re.compile(
    r'\s*(?:"([^"\\<>@]*)"|([^"<>@,;:()\\]*?))\s*<([^\s<>@,;:()"\\]+@[^\s<>@,;:()"\\]+)>\s*'
)
_BARE = re.compile(r'\s*((?!\')[^\s<>@,;:()"\\=\[\]]+@[^\s<>@,;:()"\\=\[\]]+)\s*')
_TOKEN = re.compile(
    r'"(?P<quoted>(?:[^"\\]|\\.)*)"?|<(?P<angle>[^<>]*)>?|\((?P<comment>[^()]*)\)?|(?P<end>[,;])'
    r"|(?P<group>:)|(?P<text>[^\"<(,;:]+)",
    re.DOTALL,
)
_ADDRESS = re.compile(r"[^\s<>,;:()\"\[\]]{1,256}@[^\s<>,;:()\"\[\]]{1,256}")
_DOMAIN = re.compile(r"@[^\s<>,;:()\"\[\]@]{1,255}")
#: Anything may stand before the @, in quotes (RFC 5322 section 3.4.1).
_QUOTED_LOCAL = re.compile(r'"[^"\\]{1,64}"@[^\s<>,;:()"\[\]@]{1,255}')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_MOST_CHARS = 500
#: Tokens an address has at most, on average.
_TOKENS_EACH = 12


def read_addresses(value: str, decoder: Decoder, most: int) -> tuple[Address, ...]:
    """Return the addresses of a header value, at most ``most``; empty groups give none.

    A mailbox without ``@`` (``root``) is kept if it is a single word and all there is.
    """
    short = len(value) < _MOST_CHARS
    if short and (simple := _SIMPLE.fullmatch(value)):
        name = decode_words(simple[1] if simple[1] is not None else simple[2], decoder)
        return (Address(clean(name)[:_MOST_CHARS], clean(simple[3])[:_MOST_CHARS]),)
    if short and (bare := _BARE.fullmatch(value)):
        return (Address("", clean(bare[1])[:_MOST_CHARS]),)
    # A web form may have escaped it.
    value = value.replace("&lt;", "<").replace("&gt;", ">")
    found: list[Address] = []
    mailbox = _Mailbox(decoder)
    for token in islice(_TOKEN.finditer(value), _TOKENS_EACH * most):
        kind = token.lastgroup
        if kind == "end":
            if mailbox.ends_at_comma(found):
                if len(found) >= most:
                    decoder.defects.append(f"more than {most} addresses in one header")
                    return tuple(found)
            elif token["end"] == ";":
                mailbox.clear()
        elif kind == "group":
            mailbox.starts_group()
        elif kind is not None:
            mailbox.takes(kind, token[kind])
    mailbox.ends(found)
    return tuple(found)


class _Mailbox:
    """The mailbox being read."""

    def __init__(self, decoder: Decoder) -> None:
        self.decoder = decoder
        self.clear()

    def clear(self) -> None:
        self.words: list[str] = []
        self.quoted = ""
        """What was just read, if it stood in quotes."""
        self.whole = False
        self.comment = ""
        self.angle: str | None = None

    def takes(self, kind: str, text: str) -> None:
        self.whole = self.whole or "@" in text or "=?" in text
        quoted, self.quoted = self.quoted, text if kind == "quoted" else ""
        if quoted and self.angle is None and _DOMAIN.fullmatch(text.strip()) and text[0] == "@":
            self.words.pop()
            self.angle = f'"{quoted}"{text}'
        elif kind == "quoted":
            self.words.append(_ESCAPED.sub(r"\1", text))
        elif kind == "angle":
            if self.angle is None or "@" not in self.angle:
                self.angle = text
        elif kind == "comment":
            self.comment = self.comment or text
        elif text.strip():
            # Of comments in comments the innermost is found; what closes the others stays over.
            self.words.append(text.rpartition(")")[2] if self.comment else text)

    def starts_group(self) -> None:
        """Drop the group's name; ``mailto:a@b`` and ``SMTP:a@b`` go the same way."""
        if self.angle is None:
            self.words.clear()

    def ends_at_comma(self, found: list[Address]) -> bool:
        """End at a comma, unless what was read is only the first half of a name."""
        if self.angle is None and self.words and not self.whole:
            self.words.append(",")
            return False
        self.ends(found)
        return True

    def ends(self, found: list[Address]) -> None:
        name = self._name()
        if self.angle is not None:
            address = _bare(self.angle)
            if not address and (inside := _ADDRESS.search(name)):
                address = inside[0]
        else:
            name, address = self._without_angle(name)
        if address or name:
            found.append(Address(clean(name)[:_MOST_CHARS], clean(address)[:_MOST_CHARS]))
        self.clear()

    def _name(self) -> str:
        text = " ".join(word.strip() for word in self.words).replace(" ,", ",").strip(" ,")
        return clean(decode_words(text[: 4 * _MOST_CHARS], self.decoder))

    def _without_angle(self, text: str) -> tuple[str, str]:
        comment = clean(decode_words(self.comment, self.decoder))
        if inside := _ADDRESS.search(text):
            rest = (text[: inside.start()] + text[inside.end() :]).strip(" <>[]＜＞\"',")
            return rest.removesuffix("mailto:").strip() or comment, inside[0].strip("<>＜＞'")
        spaced = text.replace(" ", "")
        if "@" in spaced and _ADDRESS.fullmatch(spaced):
            return comment, spaced
        if text and " " not in text and "," not in text:
            return comment, text
        return text, ""


def _bare(angle: str) -> str:
    """Return the address between angle brackets without route, ``mailto:`` and spaces."""
    if quoted := _QUOTED_LOCAL.fullmatch(angle.strip()):
        return quoted[0]
    address = "".join(angle.split())
    if address.startswith("@"):
        address = address.rpartition(":")[2]
    if address[:7].lower() == "mailto:":
        address = address[7:]
    return address
