"""What people fold away of the new text: banners on top; signatures and legal footers below.

The greeting, the closing words and the writer's name stay with what they wrote. The block that
says who and where the writer is, all below a signature's delimiter, what a telephone adds, and
the footers of lawyers, scanners and lists go to the remainder.
"""

from __future__ import annotations

from collections.abc import Sequence

from intake.reading.footer_lines import (
    banner,
    is_list_footer,
    is_sent_with,
    legal_at,
    may_be_legal,
)
from intake.reading.phrases.matching import Spread, words_of
from intake.reading.sign_offs import (
    evidence,
    is_closing,
    is_contact,
    is_name,
    is_thanks,
    is_title,
    may_end,
    words_of_name,
)

_DELIMITERS = frozenset(("--", "––", "—", "- -", "-- --"))
#: What lines are drawn with.
_RULES = frozenset("-–—_=*─━＝")
_SHORTEST_RULE = 5
#: Lines, from the end, in which a signature is looked for.
_MOST_LINES = 60
_MOST_PARAGRAPHS = 12
#: Characters of a paragraph that are looked at.
_MOST_CHARS = 2_000
#: A line of a letter that ends before this was not wrapped.
_SHORT = 40
#: Blank lines between the closing words and the name.
_MOST_BLANKS = 2
_FEWEST_LINES = 3
_MOST_TITLES = 6
#: A footer may stand above a block of contacts, and below it.
_MOST_ROUNDS = 3
#: Characters of a line with closing words or a name.
_LONGEST_LINE = 60


def folded(
    rows: Sequence[str], start: int, end: int, *, first: bool, sender: frozenset[str]
) -> list[range]:
    """Return the lines from ``start`` to ``end`` to fold; ``first`` if nothing stands above."""
    out: list[range] = []
    if first:
        top = _below_banners(rows, start, end)
        if top > start:
            out.append(range(start, top))
            start = top
    signed = _delimiter(rows, start, end)
    if signed >= 0:
        out.append(range(signed, end))
        end = signed
    for _ in range(_MOST_ROUNDS):
        cut = _footers(rows, start, end)
        if cut < end:
            out.append(range(cut, end))
            end = cut
        contacts = _contacts(rows, max(start, end - _MOST_LINES), end, sender)
        if not contacts:
            break
        out.append(contacts)
        if contacts.stop < end:
            break
        end = contacts.start
    return out


def closing_lines(rows: Sequence[str], start: int, end: int) -> int:
    """Return how many lines from ``start`` are closing words and a name: they are no signature."""
    at = _skip_blanks(rows, start, end)
    if at < end and (is_closing(rows[at]) or is_thanks(rows[at])):
        return _behind_name(rows, at, end) - start
    return 0


def _below_banners(rows: Sequence[str], start: int, end: int) -> int:
    top = start
    while True:
        at = _skip_blanks(rows, top, end)
        size = banner(rows, at, end) if at < end else 0
        if not size or at + size >= end:
            return top
        top = at + size


def _delimiter(rows: Sequence[str], start: int, end: int) -> int:
    """Return the line that separates a signature; -1 for none.

    Programs write it below an empty line; people also write dashes between their points.
    """
    found: list[int] = []
    for at in range(max(start, end - _MOST_LINES), end):
        row = rows[at]
        if not row or row[0] not in _RULES:
            continue
        row = row.strip()
        if row in _DELIMITERS:
            below = _skip_blanks(rows, at + 1, end)
            if below in {at + 1, end} or _is_block(rows, below, end):
                found.append(at)
        elif _is_drawn(row) and at + 1 < end and _is_block(rows, at + 1, end):
            return found[0] if len(found) == 1 else at
    apart = [at for at in found if at == start or not rows[at - 1].strip()]
    if apart:
        return apart[0]
    return found[0] if len(found) == 1 else -1


def _is_drawn(row: str) -> bool:
    return len(row) >= _SHORTEST_RULE and row[0] in _RULES and not row.strip(row[0])


def _is_block(rows: Sequence[str], start: int, end: int) -> bool:
    """Say whether all lines may say who somebody is, and one says how to reach them."""
    below = [row for row in rows[start:end] if row.strip(" -–—_=*─━＝")]
    return all(map(is_contact, below)) and any(map(evidence, below))


def _footers(rows: Sequence[str], start: int, end: int) -> int:
    """Return where the footers at the end begin; ``end`` if there are none."""
    cut = at = end
    for _ in range(_MOST_PARAGRAPHS):
        bottom = at
        while bottom > start and not rows[bottom - 1].strip():
            bottom -= 1
        top = bottom
        while top > start and rows[top - 1].strip() and bottom - top < _MOST_LINES:
            top -= 1
        paragraph = rows[top:bottom]
        if not paragraph:
            break
        if at == cut and is_sent_with(paragraph[-1]):
            cut = at = bottom - 1
            continue
        text = " ".join(paragraph)[:_MOST_CHARS]
        spread = Spread(text)
        begins = _legal_begin(paragraph, spread)
        if is_list_footer(paragraph):
            cut = at = top
        elif begins >= 0 and not _is_announced(rows, start, top):
            cut = at = top + begins
        elif top > start and may_be_legal(text, spread):
            at = top
        else:
            break
    return cut


def _legal_begin(paragraph: Sequence[str], spread: Spread) -> int:
    """Return the line of a paragraph with which its legal footer begins; -1 if it has none."""
    words = legal_at(spread)
    row = -1
    while words >= 0 and row + 1 < len(paragraph):
        row += 1
        words -= len(words_of(paragraph[row]))
    while row > 0 and len(paragraph[row - 1]) >= _SHORT:
        row -= 1
    return row


def _is_announced(rows: Sequence[str], start: int, top: int) -> bool:
    """Say whether the words above end in a colon: then people show what follows."""
    while top > start and not rows[top - 1].strip():
        top -= 1
    return top > start and rows[top - 1].rstrip().endswith((":", "："))


def _contacts(rows: Sequence[str], start: int, end: int, sender: frozenset[str]) -> range:
    """Return the lines that say who and where the writer is; an empty range for none."""
    for at in range(end - 1, start - 1, -1):
        row = rows[at]
        if not row or len(row) > _LONGEST_LINE or row.isspace():
            continue
        if may_end(row) and (closing := is_closing(row) or is_thanks(row)):
            below = _behind_name(rows, at, end)
            found = _block(rows, below, end, strong=closing and is_closing(row))
            if found or is_closing(row):
                return found
        elif sender and words_of_name(row) == sender and not _closed_above(rows, start, at):
            if found := _block(rows, at, end, strong=False):
                return found
        elif is_sent_with(row) and _stands_alone(rows, at, start, end):
            return range(at, at + 1)
    return _unsigned(rows, start, end)


def _stands_alone(rows: Sequence[str], at: int, start: int, end: int) -> bool:
    above = at == start or not rows[at - 1].strip()
    return above and (at + 1 >= end or not rows[at + 1].strip())


def _closed_above(rows: Sequence[str], start: int, at: int) -> bool:
    while at > start and not rows[at - 1].strip():
        at -= 1
    return at > start and (is_closing(rows[at - 1]) or is_thanks(rows[at - 1]))


def _behind_name(rows: Sequence[str], at: int, end: int) -> int:
    """Return the line behind closing words and the name below them."""
    following = _skip_blanks(rows, at + 1, end)
    if following < end and (is_closing(rows[following]) or is_thanks(rows[following])):
        return _behind_name(rows, following, end)
    if following - at - 1 <= _MOST_BLANKS and following < end and is_name(rows[following]):
        return following + 1
    return at + 1


def _block(rows: Sequence[str], start: int, end: int, *, strong: bool) -> range:
    """Return the lines from ``start`` that are a block of contacts; empty for none.

    Below closing words a few lines that read like titles are one as well.
    """
    start = stop = _skip_blanks(rows, start, end)
    at = start
    while at < end and (not rows[at].strip() or is_contact(rows[at])):
        at += 1
        if at == end or not rows[at].strip():
            stop = at
    block = [row for row in rows[start:stop] if row.strip()]
    if any(map(evidence, block)):
        return range(start, stop)
    if strong and stop >= end and len(block) <= _MOST_TITLES and all(map(is_title, block)):
        return range(start, stop)
    return range(start, start)


def _unsigned(rows: Sequence[str], start: int, end: int) -> range:
    """Return the last paragraph if it is a name and ways to reach it, without closing words."""
    while end > start and not rows[end - 1].strip():
        end -= 1
    top = end
    while top > start and rows[top - 1].strip():
        top -= 1
    block = rows[top:end]
    if len(block) < _FEWEST_LINES or not is_name(block[0]) or _is_announced(rows, start, top):
        return range(0)
    kinds = set().union(*map(evidence, block))
    reachable = "phone" in kinds and bool(kinds & {"web", "mail"})
    return range(top, end) if reachable and all(map(is_contact, block)) else range(0)


def _skip_blanks(rows: Sequence[str], at: int, end: int) -> int:
    while at < end and not rows[at].strip():
        at += 1
    return at
