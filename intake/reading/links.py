"""Where a link of an HTML mail leads, in the form it is shown behind its text."""

from __future__ import annotations

import re
from urllib.parse import unquote

_SAFELINK = re.compile(
    r"https?://[\w.-]+\.safelinks\.protection\.outlook\.com/[^?]*\?(?:[^#]*?&)?url=([^&#]+)",
    re.IGNORECASE,
)
#: The same by Proofpoint: today's, and the older one with its own escapes.
_DEFENSE = re.compile(r"https?://urldefense\.com/v3/__(.+?)__;", re.IGNORECASE)
_OLD_DEFENSE = re.compile(
    r"https?://urldefense\.proofpoint\.com/v[12]/url\?u=([^&#]+)", re.IGNORECASE
)
#: Parameters that count clicks and lead nowhere else.
_COUNTING = re.compile(
    r"(?<=[?&])(?:utm_\w+|fbclid|gclid|mc_cid|mc_eid|_hsenc|_hsmi|mkt_tok)=[^&#]*&?", re.IGNORECASE
)
_SHOWN = ("http://", "https://", "mailto:", "tel:", "ftp://", "file://")
_MOST_CHARS = 300
_MOST_READ = 4_000


def shown_target(href: str, text: str) -> str:
    """Return what to show of a link behind its text; "" where the text says it already.

    Links that a server has put its own address around are shown as what they stand for, and
    without what counts clicks.
    """
    target = "".join(href.split())
    if not target.lower().startswith(_SHOWN):
        return ""
    target = _led_to(target[:_MOST_READ])
    scheme, _, rest = target.partition(":")
    if scheme.lower() in {"mailto", "tel"}:
        target = unquote(rest.partition("?")[0])
    if _bare(target) in _bare(text) or not target:
        return ""
    return target if len(target) <= _MOST_CHARS else target[: _MOST_CHARS - 1] + "…"


def _led_to(target: str) -> str:
    if safe := _SAFELINK.match(target):
        target = unquote(safe[1])
    elif defense := _DEFENSE.match(target):
        target = defense[1]
    elif defense := _OLD_DEFENSE.match(target):
        target = unquote(defense[1].replace("-", "%").replace("_", "/"))
    if "?" in target:
        target = _COUNTING.sub("", target).rstrip("?&")
    return target


def _bare(text: str) -> str:
    """Return an address without what people leave out when they write it."""
    text = "".join(text.split()).lower()
    return text.partition("://")[2].removeprefix("www.").rstrip("/") if "://" in text else text
