"""Templates: the desk's own mails and canned answers, with named fields in them.

``{number}`` stands for what the field says of the request. A line with a field that has nothing
to say is left out whole, so that one template serves with and without it. Braces around
anything but a name stand for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_FIELD = re.compile(r"\{([a-z_]+)\}")
#: What was meant as a field, also where it is none: ``{Number}``, ``{ number }``, ``{number!r}``.
_MEANT = re.compile(r"\{(\s*[A-Za-z_]+\s*(?:[.:!]\S+)?)\}")
_GAP = re.compile(r"\n{3,}")

#: What every template may name, and what it stands for.
COMMON = {
    "number": "the request's number with its sign, `#1042`",
    "subject": "the request's subject",
    "name": "the requester's name",
    "desk": "the desk's name",
    "service": "the service it is about",
}
#: What a template may name besides.
ACKNOWLEDGEMENT = {
    "expected": "when the first answer is due, `Monday at 10:30`",
    "closed_until": "when the desk opens, if it is closed now",
    "known": "what is known not to work of that service, and maintenance to come",
}
REDIRECT = {
    "technician": "who writes",
    "address": "the desk's first mail address",
    "text": "what the technician adds",
}
RESOLUTION = {
    "technician": "who writes",
    "text": "what was done, in the technician's words",
}
CANNED: dict[str, str] = {}


def fields_of(template: str) -> tuple[str, ...]:
    """Return what is named in braces in ``template``, right or not, each once, in order."""
    return tuple(dict.fromkeys(_MEANT.findall(template)))


def fill(template: str, fields: Mapping[str, str]) -> str:
    """Return ``template`` with its fields filled in; what ``fields`` lacks stays as it is."""
    kept = [
        _FIELD.sub(lambda match: fields.get(match[1], match[0]), line)
        for line in template.splitlines()
        if all(fields.get(name, name) for name in _FIELD.findall(line))
    ]
    return _GAP.sub("\n\n", "\n".join(kept)).strip()
