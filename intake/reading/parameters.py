"""Values with parameters: Content-Type and Content-Disposition (RFC 2045, 2183, 2231)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from intake.reading.charset import Decoder
from intake.reading.words import decode_words

#: Beyond this a value is no parameter list but an attack on one.
MOST_CHARS = 10_000
#: The semicolon before the first one is forgotten at times, and a quote within quotes not escaped.
_PARAMETER = re.compile(
    r"""(?:;|^\s*[\w.+/-]{1,100}(?=\s))\s*([^\s=;"]{1,80})\s*=\s*"""
    r"""("(?:[^"\\]|\\.|"(?=[^;"]{1,100}"\s*(?:;|$)))*"?|[^;]*)""",
    re.DOTALL,
)
#: Only what needs it is escaped; other backslashes are of Windows paths.
_ESCAPED = re.compile(r"\\([\"\\])")
_SECTION = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?")
#: charset'language' before the first section.
_LANGUAGE = re.compile(r"[^'%]{0,60}'[^']{0,60}'")
_MAIN = re.compile(r"\s*([^\s;]*)")


@lru_cache(maxsize=512)
def read_value(value: str) -> tuple[str, Mapping[str, str]]:
    """Split a value into its main word and its parameters as written, both lower-case names.

    A quoted parameter is unquoted. The first of several parameters of one name counts. Most
    mails say the same few things here, so they are remembered.
    """
    main = _MAIN.match(value)
    parameters: dict[str, str] = {}
    for match in _PARAMETER.finditer(value):
        text = match[2].strip()
        if text.startswith('"'):
            text = _ESCAPED.sub(
                r"\1", text[1:-1] if text.endswith('"') and len(text) > 1 else text[1:]
            )
        elif text.startswith("'") and text.endswith("'") and len(text) > 1:
            text = text[1:-1]
        parameters.setdefault(match[1].lower(), text)
    return (main[1].lower() if main else ""), parameters


def parameter(parameters: Mapping[str, str], name: str, decoder: Decoder) -> str:
    """Return one parameter decoded: RFC 2231 first, then plain or with encoded words.

    Plain text in RFC 2231's percent signs but without its charset is left as it is.
    """
    if not any("*" in key for key in parameters):
        return decode_words(parameters.get(name, ""), decoder)
    sections: list[tuple[int, bool, str]] = []
    for key, text in parameters.items():
        match = _SECTION.fullmatch(key)
        if match and match[1] == name and (match[2] or match[3]):
            sections.append((int(match[2] or 0), bool(match[3]), text))
    if not sections:
        return decode_words(parameters.get(name, ""), decoder)
    sections.sort()
    charset = ""
    data = bytearray()
    for place, (_, encoded, text) in enumerate(sections):
        value = text
        if encoded:
            if place == 0 and _LANGUAGE.match(value):
                charset, _, value = value.split("'", 2)
            data += unquote_to_bytes(value)
        else:
            data += value.encode("utf-8", "replace")
    return decode_words(decoder.decode(bytes(data), charset), decoder)
