"""format=flowed text made whole again (RFC 3676): soft-wrapped lines become paragraphs."""

from __future__ import annotations

_SIGNATURE = "-- "


def unflow(text: str, *, delete_space: bool) -> str:
    """Return ``text`` with flowed lines joined; quote marks come out as ``> `` or ``>> ``."""
    out: list[str] = []
    paragraph = ""
    level = -1
    for line in text.split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")
        flows = content.endswith(" ") and content != _SIGNATURE
        if depth == level and content != _SIGNATURE:
            paragraph += content
        else:
            if level >= 0:
                out.append(_line(level, paragraph))
            paragraph = content
        if flows:
            level = depth
            if delete_space:
                paragraph = paragraph[:-1]
        else:
            out.append(_line(depth, paragraph))
            level, paragraph = -1, ""
    if level >= 0:
        out.append(_line(level, paragraph))
    return "\n".join(out)


def _line(depth: int, text: str) -> str:
    if not depth:
        return text
    return ">" * depth + (" " + text if text else "")
