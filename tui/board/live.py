"""What the app does with the news of the store: the queue is brought up to date, people are told.

Only what has changed is looked at; nothing here reads the store.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from store.records import BoardRow, EventView
from store.words import LIVE_STATES, QUIET, Happened
from tui.board import garbage, news
from tui.board.cells import in_a_line
from tui.board.messages import Changed, Ruled
from tui.board.news import News
from tui.board.standing import Standing
from tui.board.toasts import few, handed, needs_a_hand, told, warning
from tui.cli.crash import explain

if TYPE_CHECKING:
    from store.notice_records import AtRisk, SoonPromised
    from store.rulebook import Rulebook
    from tui.board.app import BoardApp

#: More toasts than this at once are summed up in one.
_TOASTS = 3
#: Long enough to read why work has changed hands.
_READ_S = 15.0
#: What programs do to a request is no news to whoever has it, unless a mail was not delivered.
_NO_NEWS = {*(QUIET - {Happened.BOUNCED, Happened.DELIVERY}), Happened.CLOSED}


class Live:
    """Keeps the board as the store is."""

    def __init__(self, app: BoardApp) -> None:
        """Keep ``app``."""
        self._app = app
        self.standing = Standing()
        """How requests are that something has happened to."""
        self._mine: set[int] = set()
        """Live requests that the person at this board has."""
        self._warned: set[AtRisk | SoonPromised] | None = None
        """What was to be told of when the board opened, and what was told since."""

    def take(self, told_: News) -> None:  # noqa: C901, PLR0912 -- a case for each kind
        """Do what the news ask for."""
        app = self._app
        match told_:
            case news.Opened(me, rules, rows, place):
                app.take_rules(rules, me)
                app.queue.show_first(rows)
                found = app.drafts.keep(place, me.login)
                if found.numbers:
                    app.say(str(found))
                app.begin(app.backstage.handlers.send_kept())
            case news.Mine(numbers):
                self._mine = set(numbers)
            case news.Ruled(rules):
                self._ruled(rules)
            case news.Indexed(index):
                app.queue.show_index(index)
                garbage.board_is_open()
            case news.Came():
                self._came(told_)
            case news.Counted():
                app.around.count(told_)
                app.backstage.attending.count(told_)
            case news.Watched():
                app.around.watch(told_)
                app.backstage.hand_overs.take(told_.notes)
            case news.Agreed(told_of):
                self._agreed(told_of)
            case news.Warned(at_risk, promised):
                self._warn((*promised, *at_risk))
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

    def _ruled(self, rules: Rulebook) -> None:
        """Go by another policy, or by other cover, on every screen."""
        self._app.take_rules(rules, self._app.me)
        for screen in self._app.screen_stack:
            screen.post_message(Ruled())

    def _agreed(self, told_of: tuple[str, ...]) -> None:
        """Say what others changed in my watch."""
        for each in told_of[-_TOASTS:]:
            self._app.say(each)
        if (more := len(told_of) - _TOASTS) > 0:
            self._app.say(f"{more} more changes of your watch")

    def _came(self, event: news.Came) -> None:
        """Show what has happened, and tell what others did to mine."""
        mine = self._mine | self._now_mine(event.rows.values())
        self.standing.take(event.rows.values())
        self._app.queue.take(event.rows.values())
        changed = Changed(frozenset(event.rows))
        for screen in self._app.screen_stack:
            screen.post_message(changed)
        told_of = [each for each in event.events if self._concerns_me(each, mine)]
        handed = [each for each in told_of if each.what is Happened.ASSIGNED and each.why]
        self._tell_of_handing(handed, event)
        self._toast([each for each in told_of if each not in handed], event)
        self._tell_of_hands(event)
        gone = {row.number for row in event.rows.values()} - self._now_mine(event.rows.values())
        self._mine = mine - gone

    def _warn(self, warnings: tuple[AtRisk | SoonPromised, ...]) -> None:
        """Tell what of mine has come to be at risk since the board was opened, each once."""
        known, self._warned = self._warned, set(warnings)
        news_ = [] if known is None else [each for each in warnings if each not in known]
        now, zone = self._app.clock.now(), self._app.zone
        for each in news_[:_TOASTS]:
            self._app.say(warning(each, now, zone), each.subject)
        if (more := len(news_) - _TOASTS) > 0:
            self._app.say(f"{more} more of yours are at risk")

    def _tell_of_handing(self, events: list[EventView], came: news.Came) -> None:
        """Tell what came to me, or went from me, by a proposal somebody accepted; and why."""
        me = self._app.me.login
        together: dict[tuple[str, str, bool], list[EventView]] = {}
        for each in events:
            row: BoardRow | None = came.rows.get(each.number)
            to_me = row is not None and row.assignee == me
            together.setdefault((each.who, each.why[0], to_me), []).append(each)
        for (who, cause, to_me), some in together.items():
            only = came.rows.get(some[0].number) if len(some) == 1 else None
            said = handed(who, cause, some, to_me=to_me)
            subject = f"\n{in_a_line(only.subject)}" if only else ""
            self._app.notify(said + subject, timeout=_READ_S)

    def _tell_of_hands(self, event: news.Came) -> None:
        """Tell who is in of what colleagues need a hand with since now."""
        app = self._app
        me = app.me.login
        if not app.backstage.attending.is_in:
            return
        needed: dict[str, dict[int, str]] = {}
        for each in event.events:
            row: BoardRow | None = event.rows.get(each.number)
            offers = each.what is Happened.OFFERED and each.login != me
            if offers and row is not None and row.offered and row.assignee != me:
                needed.setdefault(row.assignee, {})[row.number] = row.subject
        for login, subjects in needed.items():
            said = needs_a_hand(app.telling.names.person(login), list(subjects))
            app.say(said, next(iter(subjects.values())) if len(subjects) == 1 else "")

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
            self._app.say(f"{len(events)} changes to what you have: {few(numbers)}")
            return
        for each in events:
            row: BoardRow | None = came.rows.get(each.number)
            self._app.say(told(each), row.subject if row else "")
