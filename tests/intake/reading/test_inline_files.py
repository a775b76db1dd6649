"""Files in the text itself."""

from __future__ import annotations

import pytest

from intake.reading.reader import read_strictly as read
from store.records import AttachmentInfo
from tests.intake.reading.builders import mail

CAT = "begin 644 cat.txt\n#0V%T\n`\nend\n"
TEXTS = {
    f"Hi.\n\n{CAT}\nBye.": ("Hi.\n\n\n\nBye.", [("cat.txt", 3)]),
    f"{CAT}{CAT.replace('cat', 'dog')}": ("", [("cat.txt", 3), ("dog.txt", 3)]),
    "begin 644 C:\\tmp\\a b.bin\nM" + "A" * 60 + "\n#0V%T\n": ("", [("a b.bin", 48)]),
    "begin-base64 644 a.bin\nQ2F0\nQ2F0\n====\nBye.": ("Bye.", [("a.bin", 6)]),
    "Hi.\n=ybegin line=128 size=5 name=a b.bin\nxxxxx\n=yend size=5\nBye.": (
        "Hi.\n\nBye.",
        [("a b.bin", 5)],
    ),
    "begin 644 a\nand this is prose": ("begin 644 a\nand this is prose", []),
    "begin 644 a": ("begin 644 a", []),
    "we begin 644 times\nend": ("we begin 644 times\nend", []),
    "=ybegin size=5 name=a\nno end": ("=ybegin size=5 name=a\nno end", []),
}


@pytest.mark.parametrize("text", TEXTS)
def test_they_are_described_and_not_read(text):
    """Uuencode and yEnc; prose that only begins like them stays."""
    found = read(mail(text))
    expected, files = TEXTS[text]
    assert found.text == expected
    assert list(found.attachments) == [
        AttachmentInfo(name, "application/octet-stream", size) for name, size in files
    ]
