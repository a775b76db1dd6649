"""What works behind the screen: the link to the store, the news, what actions do.

Imported once the skeleton is painted, because all this takes longer to import than to use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.board.attending import Attending
from tui.board.hand_overs import HandOvers
from tui.board.handlers import Handlers
from tui.board.link import Link
from tui.board.live import Live
from tui.board.messages import Told
from tui.board.moving import Moving
from tui.board.session import Opener, Session

if TYPE_CHECKING:
    from tui.board.app import BoardApp

#: Rows read at first: those of a tall screen.
_FIRST_PAGE = 100


class Backstage:
    """Made when the skeleton is painted; from then on the store is being opened."""

    def __init__(self, app: BoardApp, opener: Opener) -> None:
        """Work for ``app`` with the desk that ``opener`` opens."""
        self.link = Link(Session(opener, _FIRST_PAGE), lambda news: app.post_message(Told(news)))
        self.live = Live(app)
        self.handlers = Handlers(app)
        self.hand_overs = HandOvers(app)
        self.attending = Attending(app)
        self.moving = Moving(app)
        self.link.start()
