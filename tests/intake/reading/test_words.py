"""Encoded words in headers, in the forms they are sent in."""

from __future__ import annotations

import pytest

from intake.reading.charset import Decoder
from intake.reading.words import decode_words

CASES = {
    "plain text": ("Printer jams", "Printer jams"),
    "one word": ("=?utf-8?Q?Dr=C3=BCcker?=", "Drücker"),
    "base64": ("=?UTF-8?B?RHLDvGNrZXI=?=", "Drücker"),
    "lower-case encoding letter": ("=?utf-8?b?RHLDvGNrZXI=?=", "Drücker"),
    "underscores are spaces": ("=?iso-8859-1?Q?Der_Dr=FCcker?=", "Der Drücker"),
    "space between words is dropped": ("=?utf-8?Q?a?=  =?utf-8?Q?b?=", "ab"),
    "space before text is kept": ("=?utf-8?Q?a?= b =?utf-8?Q?c?=", "a b c"),
    "words glued together": ("=?utf-8?Q?a?==?utf-8?Q?b?=", "ab"),
    "word glued to text": ("x=?utf-8?Q?=C3=BC?=y", "xüy"),
    "inside quotes": ('"=?utf-8?Q?M=C3=BCller?="', '"Müller"'),
    "spaces inside": ("=?utf-8?Q?Der Dr=C3=BCcker?=", "Der Drücker"),
    "one character over two words": ("=?utf-8?Q?Dr=C3?= =?utf-8?Q?=BCcker?=", "Drücker"),
    "one character over two base64 words": ("=?utf-8?B?RHLD?= =?utf-8?B?vGNrZXI=?=", "Drücker"),
    "missing padding": ("=?utf-8?B?RHLDvGNrZXI?=", "Drücker"),
    "missing end": ("=?utf-8?Q?Dr=C3=BCcker", "Drücker"),
    "language tag": ("=?utf-8*de?Q?Dr=C3=BCcker?=", "Drücker"),
    "unknown charset, bytes are UTF-8": ("=?x-unknown?Q?Dr=C3=BCcker?=", "Drücker"),
    "ASCII declared": ("=?us-ascii?Q?Dr=C3=BCcker?=", "Drücker"),
    "latin-1 means Windows-1252": ("=?iso-8859-1?Q?=93a=94?=", "“a”"),
    "question mark not encoded": ("=?utf-8?Q?Wirklich?=C3=BC?=", "Wirklich?ü"),
    "empty word": ("=?utf-8?Q??= x", " x"),
    "no word at all": ("a =? b ?= c", "a =? b ?= c"),
    "unknown encoding letter": ("=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
    "two charsets": ("=?utf-8?Q?=C3=BC?= =?iso-8859-1?Q?=FC?=", "üü"),
    "decoded once only": ("=?utf-8?Q?=3D=3Futf-8=3FQ=3Fa=3F=3D?=", "=?utf-8?Q?a?="),
    "iso-2022-jp": ("=?ISO-2022-JP?B?GyRCJVclaiVzJT8bKEI=?=", "プリンタ"),
    "gb2312 beyond GB2312": ("=?gb2312?B?64E=?=", "雭"),
    "shift_jis": ("=?Shift_JIS?B?g3aDioOTg14=?=", "プリンタ"),
    "koi8-r": ("=?koi8-r?B?8NLJztTF0g==?=", "Принтер"),
    "spaces around the charset": ("=? utf-8 ?Q?Dr=C3=BCcker?=", "Drücker"),
    "UTF-8 declared as Western": ("=?iso-8859-1?Q?Dr=C3=BCcker?=", "Drücker"),
    "quotes around the charset": ("=?'utf-8'?Q?Dr=C3=BCcker?=", "Drücker"),
    "broken base64": ("=?utf-8?B?RHL#Dv GNrZXI=?=", "Drücker"),
}


@pytest.mark.parametrize("name", CASES)
def test_encoded_words(name):
    """Each form gives the text its sender meant."""
    sent, meant = CASES[name]
    assert decode_words(sent, Decoder()) == meant
