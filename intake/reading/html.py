"""HTML mail as text that reads like the mail: links, lists, tables, quotes.

One walk over the tags with a stack of the elements that are open, so the time is linear in the
HTML, however it was crafted, and there is no nesting too deep. (Measured: tree builders take
seconds for a few hundred kilobytes of nested or endless tags, drop what lies deeper than they
like, and layout of tables can take a gigabyte.) Quotes come out with ``> `` before their lines,
as in plain text, so that one scanner separates both; what only the HTML tells comes out as
``marks``.
"""

from __future__ import annotations

from functools import lru_cache

from intake.reading import html_rules as rules
from intake.reading.html_roles import announces_signature, role_of
from intake.reading.html_stack import Element, Stack
from intake.reading.html_tables import Table
from intake.reading.html_tokens import Token, decoded, tokens
from intake.reading.links import shown_target
from intake.reading.marks import ANSWERED, QUOTED, SIGNED
from intake.reading.sheet import Sheet

_RULE = "_" * 32
#: Levels that get marks, columns and indents of their own; deeper ones stay at the last level.
_DEEPEST_QUOTE = 20
_DEEPEST_TABLE = 20
_DEEPEST_LIST = 10
_MOST_LINK_CHARS = 500


def html_to_text(html: str) -> str:
    """Return the text of an HTML document or fragment, with ``marks``. Never raises."""
    return _Walk().text_of(html)


class _Walk:
    """The state of one walk."""

    def __init__(self) -> None:
        self.sheet = Sheet()
        self.stack = Stack(self.closed)
        self.tables: list[Table] = []
        self.lists: list[int | None] = []
        """The next number of each open list; None for a list with bullets."""
        self.hidden = False
        self.pre = 0
        self.link = ""
        self.link_text: list[str] = []
        self.signs = False
        """Whether the next block is a signature."""

    def text_of(self, html: str) -> str:
        for token in tokens(html):
            if not token.name:
                if not self.hidden:
                    self.text(decoded(token.text))
            elif token.closing:
                self.stack.end(token.name)
            elif token.name in rules.VOID:
                self.stack.before_void(token.name)
                if not self.hidden:
                    self.void(token)
            else:
                self.start(token)
        self.stack.end_all()
        return "\n".join(self.sheet.finish())

    def text(self, text: str) -> None:
        if self.link and len(self.link_text) < _MOST_LINK_CHARS:
            self.link_text.append(text[:_MOST_LINK_CHARS])
        if not self.pre:
            self.sheet.write(text)
            return
        first, *rest = text.split("\n")
        self.sheet.write_kept(first)
        for line in rest:
            self.sheet.line_break()
            self.sheet.write_kept(line)

    def void(self, tag: Token) -> None:
        """Write what an element without content stands for."""
        if tag.name == "br":
            self.sheet.line_break()
            self.signs = self.signs or announces_signature(tag)
        elif tag.name == "hr":
            self.sheet.block(1)
            self.sheet.next_mark = role_of(tag) or self.sheet.next_mark
            self.sheet.write(_RULE)
            self.sheet.block(1)
        elif tag.name == "img" and (shown := rules.picture_text(tag)):
            self.text(f" [{shown}] " if rules.is_words(shown) else shown)

    def start(self, tag: Token) -> None:
        element = self.stack.push(tag.name)
        if self.hidden:
            return
        hidden, role = _told(tag)
        if hidden:
            element.hidden = self.hidden = True
            return
        if tag.name in rules.BLOCKS:
            element.gap = 0 if self.lists and tag.name in rules.LISTS else rules.gap_of(tag)
            self.sheet.block(0 if tag.name == "blockquote" else element.gap)
        if role:
            self.open_role(role, element)
        elif self.signs and tag.name in rules.BLOCKS:
            self.open_role(SIGNED, element)
        if opened := _OPENED.get(tag.name):
            opened(self, tag, element)

    def open_role(self, role: str, element: Element) -> None:
        """Mark the lines of an element; the next line only, of one inside a line."""
        self.signs = False
        if role == ANSWERED or element.gap < 0:
            self.sheet.next_mark = role
        else:
            element.mark = self.sheet.mark
            self.sheet.mark = role

    def open_link(self, tag: Token, _: Element) -> None:
        self.link = tag.attribute("href")
        self.link_text.clear()

    def open_quote(self, tag: Token, element: Element) -> None:
        if self.sheet.mark == QUOTED:
            self.sheet.mark = ""
        if self.sheet.quotes < _DEEPEST_QUOTE and not rules.is_indentation(tag):
            self.sheet.quotes += 1
            element.quoted = True

    def open_list(self, tag: Token, _: Element) -> None:
        self.lists.append(rules.list_start(tag) if tag.name == "ol" else None)

    def open_item(self, tag: Token, element: Element) -> None:
        mark = "* "
        if self.lists and (number := self.lists[-1]) is not None:
            number = rules.number_in(tag, "value") or number
            mark = f"{number}. "
            self.lists[-1] = number + 1
        element.indent = self.sheet.indent
        if len(self.lists) <= _DEEPEST_LIST:
            self.sheet.indent += " " * len(mark)
            self.sheet.bullet(mark)

    def open_pre(self, _: Token, __: Element) -> None:
        self.pre += 1

    def open_table(self, tag: Token, element: Element) -> None:
        if len(self.tables) < _DEEPEST_TABLE:
            element.table = Table(layout="presentation" in tag.text)
            self.tables.append(element.table)

    def open_row(self, _: Token, __: Element) -> None:
        if self.tables:
            self.tables[-1].rows.append([])

    def open_cell(self, _: Token, element: Element) -> None:
        if self.tables and len(self.tables) < _DEEPEST_TABLE:
            element.sheet, self.sheet = self.sheet, Sheet()
        else:
            self.sheet.block(0)

    def closed(self, element: Element) -> None:
        """Undo what an element that closes has set, and write what it has gathered."""
        if self.hidden:
            self.hidden = not element.hidden
            return
        if element.name == "a":
            self.end_link()
        elif element.name == "pre":
            self.pre -= 1
        elif element.name in rules.LISTS:
            self.lists.pop()
        elif element.sheet is not None:
            self.end_cell(element.sheet)
        elif element.table is not None:
            self.tables.pop()
            self.sheet.write_lines(element.table.lines())
        if element.gap >= 0:
            self.end_block(element)
        if element.mark is not None:
            self.sheet.mark = element.mark

    def end_block(self, element: Element) -> None:
        self.sheet.block(0)
        if element.indent is not None:
            self.sheet.indent = element.indent
            self.sheet.drop_bullet()
        if element.quoted:
            self.sheet.quotes -= 1
        self.sheet.block(element.gap)

    def end_link(self) -> None:
        text = "".join(self.link_text)
        target = shown_target(self.link, text) if self.link and text.strip() else ""
        self.link = ""
        if target:
            self.sheet.write(f" <{target}>")

    def end_cell(self, outer: Sheet) -> None:
        table = self.tables[-1]
        if not table.rows:
            table.rows.append([])
        table.rows[-1].append(self.sheet.finish())
        self.sheet = outer


@lru_cache(maxsize=256)
def _told(tag: Token) -> tuple[bool, str]:
    """Return whether an element is hidden, and its mark. Mails repeat the same few tags."""
    return tag.name in rules.UNSEEN or rules.is_hidden(tag), role_of(tag)


_OPENED = {
    "a": _Walk.open_link,
    "blockquote": _Walk.open_quote,
    "ul": _Walk.open_list,
    "ol": _Walk.open_list,
    "li": _Walk.open_item,
    "pre": _Walk.open_pre,
    "table": _Walk.open_table,
    "tr": _Walk.open_row,
    "td": _Walk.open_cell,
    "th": _Walk.open_cell,
}
