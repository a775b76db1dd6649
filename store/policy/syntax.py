"""What is wrong where the config file is not TOML at all."""

from __future__ import annotations

import re

_AT = re.compile(r"^(.*) \(at (?:line (\d+), column (\d+)|end of document)\)$", re.DOTALL)

#: What ``tomllib`` says, and what helps.
_HINTS = {
    "Invalid value": 'a value is missing or not written as TOML wants it; a text needs quotes: "…"',
    "Expected '=' after a key in a key/value pair": 'an "=" is missing after the key',
    "Expected ']' at the end of a table declaration": 'a "]" is missing at the end of the header',
    "Expected ']]' at the end of an array declaration": '"]]" is missing at the end of the header',
    "Cannot overwrite a value": "this key is already there, a few lines up; keep one of them",
    "Unterminated string": "a quote is missing at the end of the text",
    'Expected "\'"': "a quote is missing at the end of the text",
    "Unescaped '\\' in a string": "a backslash is written twice, or the text in single quotes",
    "Illegal character '\\n'": "a quote is missing at the end of the text",
    "Expected \"'''\"": "three quotes are missing at the end of the text",
    "Unclosed array": 'a comma or a "]" is missing in the list',
    "Unclosed inline table": 'a comma or a "}" is missing in the table',
    "Invalid statement": 'a line has to be a [header] or "key = value"',
    "Expected newline or end of document after a statement": (
        "something is left over after the value; is a quote or a # missing?"
    ),
}


def syntax_problem(text: str, file: str, message: str) -> str:
    """Return the line for what ``tomllib`` says about ``text``: line and column, and what helps."""
    found = _AT.match(message)
    said = found[1] if found else message
    if found and found[2]:
        line, column = int(found[2]), int(found[3])
    else:
        ending = text.rstrip().splitlines() or [""]
        line, column = len(ending), len(ending[-1]) + 1
    twice = re.fullmatch(r"Cannot (?:declare|mutate|overwrite|redefine).*?(\(.*\))?.*", said)
    hint = _HINTS.get(said)
    if hint is None and twice:
        hint = "this table or key is already there, further up; keep one of them"
    return f"{file}:{line}:{column}: {hint or said[:1].lower() + said[1:]}"
