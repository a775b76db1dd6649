"""A recorded week: what the desk goes through, and that the board shows each step by itself."""

from __future__ import annotations

from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from tests.tui.board.recorded import Player
from tui.cli.main import main


async def test_a_half_day_opens_a_hole_and_the_team_fills_it(watched_school):
    """Warned of more than a week ahead, filled by one command, handed over in good order."""

    def prints(when: str) -> str:
        # An open board takes what is printed for its own.
        with redirect_stdout(StringIO()) as printed:
            assert main(["cover", "--at", when, "--database", watched_school.url]) == 0
        return printed.getvalue()

    await Player(watched_school, prints).play(Path(__file__).with_name("week.txt"))
