"""Where a link of an HTML mail leads, in the form it is shown behind its text."""

from __future__ import annotations

import re
from urllib.parse import unquote

_SAFELINK = re.compile(
    r"https?://[\w.-]+\.safelinks\.protection\.outlook\.com/[^?]*\?(?:[^#]*?&)?url=([^&#]+)",
    re.IGNORECASE,
)
_SHOWN = ("http://", "https://", "mailto:", "tel:", "ftp://", "file://")
_MOST_CHARS = 300


def shown_target(href: str, text: str) -> str:
    """Return what to show of a link behind its text; "" where the text says it already.

    Outlook's Safe Links are shown as the address they stand for.
    """
    target = "".join(href.split())
    if not target.lower().startswith(_SHOWN):
        return ""
    if safe := _SAFELINK.match(target):
        target = unquote(safe[1])
    scheme, _, rest = target.partition(":")
    if scheme.lower() in {"mailto", "tel"}:
        target = unquote(rest.partition("?")[0])
    if _bare(target) in _bare(text) or not target:
        return ""
    return target if len(target) <= _MOST_CHARS else target[: _MOST_CHARS - 1] + "…"


def _bare(text: str) -> str:
    """Return an address without what people leave out when they write it."""
    text = "".join(text.split()).lower()
    return text.partition("://")[2].removeprefix("www.").rstrip("/") if "://" in text else text
