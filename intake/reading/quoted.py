"""What is new in a mail, and the rest: one walk over the lines, linear in the text.

New are the words above the quoted mail, below it, and between its lines; the lines they answer
go to the rest, in their order. A forwarded mail is what its sender has to say, so all of it
stays with the new text. Signatures, footers and banners go to the rest (``folding``). A mail
that answers nothing quotes nothing, unless a program says so in its own words.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress

from intake.reading.folding import folded
from intake.reading.marks import unmarked
from intake.reading.quote_lines import forwards, is_reply_subject
from intake.reading.scan import Scan
from intake.reading.sign_offs import words_of_name

#: Pieces of new text, from both ends, in which signatures are looked for.
_MOST_PIECES = 20
#: From a mark of old lines to one of new ones.
_NEW = bytes([1, 0, *range(2, 256)])


def split_quoted(
    text: str, subject: str = "", *, sender: str = "", answers: bool = False
) -> tuple[str, str]:
    """Return the new text and the quoted remainder; each line of ``text`` is in one of them.

    ``sender`` is the name the mail came under; ``answers`` says that its headers name the mail
    it answers, whatever the subject. ``text`` may hold the marks of ``html_to_text``.
    """
    forward = forwards(subject, text)
    answers = answers or is_reply_subject(subject)
    scan = Scan(text, forward=forward, answers=answers)
    _fold(scan, sender)
    reply, quoted = _sides(scan)
    if not reply and (forward or not answers):
        return unmarked(text).strip("\n"), ""
    return reply, quoted


def _fold(scan: Scan, sender: str) -> None:
    """Fold signatures, footers and banners away from each piece of new text."""
    name = words_of_name(sender)
    pieces = _pieces(scan)
    if len(pieces) > 2 * _MOST_PIECES:
        pieces = pieces[:_MOST_PIECES] + pieces[-_MOST_PIECES:]
    for piece in pieces:
        first = not any(row.strip() for row in scan.rows[: piece.start])
        for lines in folded(scan.rows, piece.start, piece.stop, first=first, sender=name):
            stop = lines.stop
            while (
                stop > lines.start
                and lines.stop == scan.forwarded
                and not scan.rows[stop - 1].strip()
            ):
                stop -= 1  # What is forwarded stays apart from the words above it.
            scan.set_old(lines.start, stop)


def _pieces(scan: Scan) -> list[range]:
    """Return the runs of new lines in front of what is forwarded."""
    found: list[range] = []
    index, end = 0, scan.forwarded
    while 0 <= index < end:
        index = scan.old.find(0, index, end)
        if index < 0:
            break
        stop = scan.old.find(1, index, end)
        stop = end if stop < 0 else stop
        found.append(range(index, stop))
        index = stop
    return found


def _sides(scan: Scan) -> tuple[str, str]:
    """Return the new lines and the old ones, each as one text."""
    if 1 not in scan.old:
        return _joined(scan.rows), ""
    new = compress(scan.rows, scan.old.translate(_NEW))
    return _joined(new), _joined(compress(scan.rows, scan.old))


def _joined(rows: Iterable[str]) -> str:
    text = "\n".join(rows)
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip("\n").rstrip()
