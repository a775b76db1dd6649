"""Draws docs/board.png: the demo's school on a Tuesday morning, always the same.

    make picture

Needs ``rsvg-convert`` (librsvg2-bin) and the fonts DejaVu Sans Mono and, for one subject, Noto
Sans CJK. ``python -m bench.picture FILE.svg`` draws without any of them. No server runs: what the
demo's mail server would hand to the poller is taken in at once.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count, groupby
from operator import itemgetter
from pathlib import Path

# Wherever it is drawn, the school is in London, and the terminal has all colours.
os.environ |= {"TZ": "Europe/London", "TERM": "xterm-256color", "COLORTERM": "truecolor"}
os.environ.pop("NO_COLOR", None)

from intake.imap.fetched import Fetched
from intake.taking import take
from intake.understanding import Understanding
from store import commands
from store.clock import SetClock
from store.desk import Desk
from store.records import Actor
from store.words import Role
from tui.board.app import BoardApp
from tui.cli.demo.place import FOLDERS, ME, Place
from tui.cli.demo.server import MailServer
from tui.cli.demo.team import sit_at_boards
from tui.cli.demo.town import Town, prepare

NOW = datetime(2026, 11, 24, 11, 4, tzinfo=UTC)
SIZE = (120, 36)
#: Pixels; a screen of today shows it half as wide.
_WIDTH = 1500
_FONT = "DejaVu Sans Mono"
_PATIENCE_S = 30.0
_SEEN = timedelta(seconds=28)


@dataclass(frozen=True)
class Direct(MailServer):
    """Hands the store what would lie in a mail server's folders."""

    place: Place
    clock: SetClock
    _uids: count[int] = field(default_factory=lambda: count(1))

    def deliver(self, mails: list[tuple[str, bytes, datetime]]) -> None:
        """Take mails in as the poller does, each into the mailbox of its folder."""
        boxes = {folder: name for name, folder in FOLDERS.items()}
        with closing(Desk.open(self.place.database, self.clock)) as desk:
            for folder, some in groupby(sorted(mails, key=itemgetter(0)), key=itemgetter(0)):
                name = boxes[folder]
                fetched = [
                    Fetched(uid=next(self._uids), raw=raw, size=len(raw), arrived_at=at)
                    for _, raw, at in some
                ]
                items = Understanding(desk.rules, name).of(fetched, self.clock.now())
                take(desk, name, 1, items, lambda: None)


class Still(Town):
    """The school's morning, at one moment for ever."""

    def __init__(self, place: Place, server: MailServer, clock: SetClock) -> None:
        """Live in ``place``, where it is what ``clock`` says."""
        super().__init__(place, server, threading.Event())
        self._clock = clock


def build(place: Place) -> None:
    """Make the store: the policy, what was agreed on, the mail, and what was done about it."""
    clock = SetClock(NOW)
    server = Direct(port=1, outgoing_port=1, password="", place=place, clock=clock)
    place.write_config(server, NOW)
    prepare(place, NOW)
    Still(place, server, clock).morning()
    with closing(Desk.open(place.database, SetClock(NOW - _SEEN))) as desk:
        for name in FOLDERS:
            commands.mailbox_seen(desk, name, 1, 0)
        sit_at_boards(desk)


async def draw(place: Place) -> str:
    """Return the board as SVG, with two requests marked."""
    clock = SetClock(NOW)
    me = Actor(ME, "Ana Lovelace", Role.LEAD)
    app = BoardApp(lambda: (Desk.open(place.database, clock), me), clock)
    app.animation_level = "none"
    async with app.run_test(size=SIZE) as pilot:
        app.theme = "light"
        async with asyncio.timeout(_PATIENCE_S):
            while app.queue.index is None or app.around.counted is None:
                await pilot.pause(0.05)
        await pilot.press("g", *"jj", "space", *"jj", "space", "k")
        await pilot.pause(0.5)
        return app.export_screenshot(title="Deskwatch")


def main(target: Path) -> int:
    """Draw ``target``; return the exit status."""
    rsvg = shutil.which("rsvg-convert")
    if target.suffix == ".png" and rsvg is None:
        print("rsvg-convert is missing: apt-get install librsvg2-bin", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="deskwatch-picture-") as folder:
        os.environ["XDG_STATE_HOME"] = folder
        place = Place(Path(folder))
        build(place)
        svg = asyncio.run(draw(place))
        # Textual draws for a font that is a little wider.
        svg = svg.replace("Fira Code", _FONT).replace("font-size: 20px", "font-size: 20.26px")
        # Otherwise the spaces at both ends of a piece of a line are dropped.
        svg = svg.replace("<text ", '<text xml:space="preserve" ')
    if target.suffix == ".svg":
        target.write_text(svg, encoding="utf-8")
    elif rsvg is not None:
        command = [rsvg, "--width", str(_WIDTH), "--output", str(target)]
        subprocess.run(command, input=svg.encode(), check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/board.png")))
