"""The few colours text is written in. The accent is one; the others mean something.

These are styles for ``Content`` spans; "auto" colours such as ``$text-muted`` do not work there.
"""

from __future__ import annotations

#: What explains, beside what is said.
MUTED = "$foreground-muted"
#: A key to press.
KEY = "$accent bold"
#: Late.
LATE = "$text-error"
#: At risk.
RISK = "$text-warning"
#: Lines that divide.
RULE = "$rule"
#: What is worth noticing, and is no trouble.
TELL = "$accent"
