"""What the app does with the news of the store: the queue is brought up to date, people are told.

Only what has changed is looked at; nothing here reads the store.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from store.records import BoardRow, EventView
from store.words import LIVE_STATES, QUIET, Happened
from tui.board import garbage, news
from tui.board.messages import Changed
from tui.board.news import News
from tui.board.toasts import told
from tui.cli.crash import explain

if TYPE_CHECKING:
    from tui.board.app import BoardApp

#: More toasts than this at once are summed up in one.
_TOASTS = 3
#: What programs do to a request is no news to whoever has it, unless a mail was not delivered.
_NO_NEWS = {*(QUIET - {Happened.BOUNCED, Happened.DELIVERY}), Happened.CLOSED}


class Live:
    """Keeps the board as the store is."""

    def __init__(self, app: BoardApp) -> None:
        """Keep ``app``."""
        self._app = app
        self._mine: set[int] = set()
        """Live requests that the person at this board has."""

    def take(self, told_: News) -> None:  # noqa: C901 -- a case for each kind of news
        """Do what the news ask for."""
        app = self._app
        match told_:
            case news.Opened(me, rules, rows):
                app.take_rules(rules, me)
                app.queue.show_first(rows)
                app.begin(app.backstage.handlers.send_kept())
            case news.Mine(numbers):
                self._mine = set(numbers)
            case news.Ruled(rules):
                app.take_rules(rules, app.me)
            case news.Indexed(index):
                app.queue.show_index(index)
                garbage.board_is_open()
            case news.Came():
                self._came(told_)
            case news.Counted():
                app.around.count(told_)
            case news.Lost(reason):
                app.around.lose(reason)
                app.say(reason, refused=True)
            case news.Found():
                app.around.find()
                app.begin(app.backstage.handlers.send_kept())
            case news.Refused(reason):
                app.exit(reason)
            case news.Broken(error):
                app.exit(explain(error))

    def _came(self, event: news.Came) -> None:
        """Show what has happened, and tell what others did to mine."""
        mine = self._mine | self._now_mine(event.rows.values())
        self._app.queue.take(event.rows.values())
        changed = Changed(frozenset(event.rows))
        for screen in self._app.screen_stack:
            screen.post_message(changed)
        told_of = [each for each in event.events if self._concerns_me(each, mine)]
        self._toast(told_of, event)
        gone = {row.number for row in event.rows.values()} - self._now_mine(event.rows.values())
        self._mine = mine - gone

    def _now_mine(self, rows: Iterable[BoardRow]) -> set[int]:
        me = self._app.me.login
        live = (row for row in rows if row.state in LIVE_STATES)
        return {row.number for row in live if me and row.assignee == me}

    def _concerns_me(self, event: EventView, mine: set[int]) -> bool:
        """Say whether somebody else did something to what I have, or am answering just now."""
        by_me = bool(event.login) and event.login == self._app.me.login
        with_me = event.number in mine or event.number in self._app.drafts
        return with_me and not by_me and event.what not in _NO_NEWS

    def _toast(self, events: list[EventView], came: news.Came) -> None:
        if len(events) > _TOASTS:
            numbers = sorted({each.number for each in events})
            few = ", ".join(f"#{number}" for number in numbers[:_TOASTS])
            more = f" and {len(numbers) - _TOASTS} more" if len(numbers) > _TOASTS else ""
            self._app.say(f"{len(events)} changes to what you have: {few}{more}")
            return
        for each in events:
            row: BoardRow | None = came.rows.get(each.number)
            self._app.say(told(each), row.subject if row else "")
