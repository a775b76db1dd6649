"""What the elements and styles of HTML mean for a mail's text. Tables, and tests of one tag."""

from __future__ import annotations

import re

from intake.reading.html_tokens import Token

#: Elements without content.
VOID = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"),
        *("param", "source", "track", "wbr"),
    )
)
#: Elements whose content is no text to read.
UNSEEN = frozenset(
    ("object", "template", "svg", "select", "math", "audio", "video", "canvas", "map", "xml")
)
#: Block elements, and how many empty lines are around them.
BLOCKS = {
    **dict.fromkeys(("body", "html", "div", "section", "article", "header", "footer", "main"), 0),
    **dict.fromkeys(("nav", "address", "center", "form", "fieldset", "aside", "details"), 0),
    **dict.fromkeys(("summary", "figcaption", "caption", "dl", "dt", "dd", "tr", "li"), 0),
    **dict.fromkeys(("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre"), 1),
    **dict.fromkeys(("blockquote", "figure", "table"), 1),
}
LISTS = frozenset(("ul", "ol"))
CELLS = frozenset(("td", "th"))

#: Styles of preheaders and other text that is in the mail to be found and not to be read.
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|(?:max-height|font-size|opacity)\s*:\s*0(?:\.0+)?(?:px|pt|em|%)?\s*(?:!important\s*)?(?:;|$)",
    re.IGNORECASE,
)
_QUOTED_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")
_HIDDEN_WORD = re.compile(r"(?<![\w=-])hidden(?![\w-])")
_NO_MARGIN = re.compile(
    r"(?:^|;)\s*margin(?:-bottom)?\s*:\s*0(?:px|pt|in|cm|em)?\s*(?:;|$)", re.IGNORECASE
)
_OUTLOOK = re.compile(r"\bMso(?:Normal|PlainText|ListParagraph|NoSpacing)", re.IGNORECASE)
#: Gmail and Apple Mail indent what people write themselves with a quote that has no border.
_INDENTED = re.compile(
    r"border\s*:\s*(?:none|0|medium none)|margin\s*:\s*0[^;]*40px", re.IGNORECASE
)
_TINY = re.compile(r"[0-2](?:\.\d+)?(?:px)?")
_MOST_ALT_CHARS = 200
_MOST_DIGITS = 5


def is_hidden(tag: Token) -> bool:
    """Say whether an element is there and not shown."""
    if not tag.text:
        return False
    if "hidden" in tag.text and _HIDDEN_WORD.search(_QUOTED_VALUE.sub("", tag.text)):
        return True
    style = tag.style
    return bool(style) and bool(_HIDDEN.search(style))


def gap_of(tag: Token) -> int:
    """Return the empty lines around a block element; Outlook's paragraphs are lines."""
    if tag.name != "p" or not tag.text:
        return BLOCKS[tag.name]
    tight = _OUTLOOK.search(tag.attribute("class")) or _NO_MARGIN.search(tag.style)
    return 0 if tight else 1


def is_indentation(tag: Token) -> bool:
    """Say whether a block quote only indents what the sender writes."""
    if tag.attribute("type") == "cite" or "quote" in tag.attribute("class"):
        return False
    return bool(_INDENTED.search(tag.style))


def picture_text(tag: Token) -> str:
    """Return what a picture shows, in its own words; "" for tracking pixels and the like."""
    alt = " ".join(tag.attribute("alt").split())[:_MOST_ALT_CHARS].strip("[]")
    if (
        not alt
        or _TINY.fullmatch(tag.attribute("width"))
        or _TINY.fullmatch(tag.attribute("height"))
    ):
        return ""
    return alt


def is_words(shown: str) -> bool:
    """Say whether a picture shows something in words; what has none is a symbol."""
    return any(map(str.isalnum, shown))


def list_start(tag: Token) -> int:
    """Return the number a numbered list begins with."""
    return number_in(tag, "start") or 1


def number_in(tag: Token, name: str) -> int:
    """Return the number that an attribute holds; 0 for none."""
    value = tag.attribute(name)
    return int(value) if value.isdecimal() and value.isascii() and len(value) < _MOST_DIGITS else 0
