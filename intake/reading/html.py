"""HTML mail as text that reads like the mail: links, lists, tables, quotes.

Laid out by inscriptis over a tree that has been prepared: hidden preheaders and tracking pixels
are gone, links say where they lead, quotes carry ``> ``. Crafted or enormous HTML, on which
careful layout crawls, goes through ``intake.reading.tags`` instead, which is linear.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from intake.reading.limits import LIMITS, Limits
from intake.reading.links import shown_target
from intake.reading.tags import strip_tags

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST_TAG = re.compile(r"<[^<>]*")
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|max-height\s*:\s*0(?:px)?\s*(?:;|$)"
    r"|font-size\s*:\s*0(?:px|pt)?\s*(?:;|$)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)",
    re.IGNORECASE,
)
_NO_MARGIN = re.compile(r"(?:^|;)\s*margin\s*:\s*0(?:px|pt|in|cm)?\s*(?:;|$)", re.IGNORECASE)
_TINY = re.compile(r"\s*[0-2](?:px)?\s*")
_OUTLOOK_PARAGRAPH = re.compile(r"\bMso(?:Normal|PlainText|ListParagraph|NoSpacing)", re.IGNORECASE)
_NOT_TEXT = {"style", "script", "title", "meta", "link", "object", "template", "svg", "select"}
_RULE = "_" * 32
_DEEPEST_QUOTE = 20


def html_to_text(html: str, limits: Limits = LIMITS) -> str:
    """Return the readable text of an HTML document or fragment. Never raises."""
    if _is_plain_enough(html, limits):
        try:
            return _laid_out(html)
        except (RecursionError, ValueError, TypeError, AttributeError, LookupError, AssertionError):
            # lxml's ParserError is a ValueError's cousin below; layout trips over odd trees.
            return strip_tags(html)
        except Exception as error:
            if type(error).__module__.partition(".")[0] != "lxml":
                raise
    return strip_tags(html)


def _is_plain_enough(html: str, limits: Limits) -> bool:
    """Say whether careful layout of this HTML takes well under a second."""
    if len(html) > limits.html_chars or html.count("<") > limits.html_tags:
        return False
    return all(len(match[0]) <= limits.html_tag_chars for match in _LONGEST_TAG.finditer(html))


def _laid_out(html: str) -> str:
    from inscriptis import Inscriptis
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    source = html.encode("utf-8", "replace")
    if not source.strip():
        return ""
    root = document_fromstring(source, parser=parser)
    _prepare(root)
    _quote(root)
    return _tidy(Inscriptis(root, _config()).get_text())


def _config() -> object:
    from inscriptis.css_profiles import CSS_PROFILES
    from inscriptis.model.config import ParserConfig

    return ParserConfig(css=CSS_PROFILES["strict"])


def _prepare(root: HtmlElement) -> None:
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or (
            element.getparent() is None and element is not root
        ):
            continue
        tag = element.tag
        style = element.get("style") or ""
        if element is root or tag == "body":
            continue
        if (
            tag in _NOT_TEXT
            or element.get("hidden") is not None
            or (style and _HIDDEN.search(style))
        ):
            element.drop_tree()
        elif tag == "a":
            _show_link(element)
        elif tag == "img":
            _show_image(element)
        elif tag == "hr":
            element.tag = "p"
            element.text = _RULE
        elif tag == "p" and (
            _OUTLOOK_PARAGRAPH.match(element.get("class") or "") or _NO_MARGIN.search(style)
        ):
            element.tag = "div"


def _show_link(element: HtmlElement) -> None:
    text = "".join(element.itertext()).strip()
    if not text and element.find(".//img") is None:
        return
    target = shown_target(element.get("href") or "", text)
    if target:
        last = element[-1] if len(element) else None
        if last is not None:
            last.tail = (last.tail or "").rstrip() + f" ({target})"
        else:
            element.text = (element.text or "").rstrip() + f" ({target})"


def _show_image(element: HtmlElement) -> None:
    width, height = element.get("width") or "", element.get("height") or ""
    alt = " ".join((element.get("alt") or "").split())
    pixel = _TINY.fullmatch(width) or _TINY.fullmatch(height)
    if alt and not pixel:
        element.tail = f"[{alt[:200]}]" + (element.tail or "")
    element.drop_tree()


def _quote(root: HtmlElement) -> None:
    """Turn block quotes, innermost first, into text whose lines begin with ``> ``."""
    from inscriptis import Inscriptis

    quotes = list(root.iter("blockquote"))
    for quote in reversed(quotes):
        if sum(1 for _ in quote.iterancestors("blockquote")) >= _DEEPEST_QUOTE:
            quote.tag = "div"
            continue
        tail, quote.tail = quote.tail, None
        quote.tag = "div"
        lines = _tidy(Inscriptis(quote, _config()).get_text()).strip("\n").split("\n")
        quote.clear()
        quote.tag = "pre"
        quote.text = "\n".join(f"> {line}" if line[:1] != ">" else f">{line}" for line in lines)
        quote.tail = tail


def _tidy(text: str) -> str:
    """Drop the blanks that layout leaves at line ends, and more than one empty line."""
    out: list[str] = []
    for line in text.replace("\xa0", " ").split("\n"):
        line = line.rstrip()
        if line or (out and out[-1]):
            out.append(line)
    return "\n".join(out).rstrip("\n")
