"""Pictures of screens, compared with those kept beside the tests.

``assert picture(app) == pictures`` where ``pictures`` is the fixture of ``tests/tui/conftest.py``;
``pytest --snapshot-update`` keeps new ones. Look at a changed picture before you keep it.
"""

from __future__ import annotations

import re

from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.app import App

#: The fonts that Rich's export asks a server on the internet for.
_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
#: A name of the picture that Rich makes from its content: one changed letter would change all.
_NAME = re.compile(r"terminal-\d+")


class SvgPictures(SingleFileSnapshotExtension):
    """Each picture in an SVG file of its own."""

    _write_mode = WriteMode.TEXT
    file_extension = "svg"


def picture(app: App[object]) -> str:
    """Return what is on the screen as SVG, the same whenever the screen is the same."""
    drawn = app.export_screenshot(simplify=True)
    return _NAME.sub("terminal", _FONTS.sub("", drawn)) + "\n"
