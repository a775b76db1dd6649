"""What stands around the list: the head, the counts, the side, the status line, the keys.

Each is told anew when something it says has changed, and once a second; a widget draws only
when it says something else than before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from textual.content import Content
from textual.screen import Screen

from tui.board.call_words import last_call
from tui.board.cells import settled
from tui.board.mail_words import Mail, waiting_for_people
from tui.board.messages import Counted, Readers
from tui.board.reader_words import in_short
from tui.board.widgets.footer import AT_THE_END, ON_LOOKING, ON_NOTHING, ON_REQUESTS, Footer
from tui.board.widgets.header import Header, Stale, Standing
from tui.board.widgets.side import Beside, Side, StatusLine
from tui.board.widgets.views import brief_views, views
from tui.board.widgets.views_line import ViewsLine

if TYPE_CHECKING:
    from store.records import Reader, Whereabouts
    from store.rulebook import Rulebook
    from tui.board import news
    from tui.board.app import BoardApp
    from tui.board.watch_words import Watching


#: A store that has not answered for so long counts as one that cannot be reached.
_SILENT_S = 3.0
_MINUTE = timedelta(minutes=1)


class Surroundings:
    """Keeps what was counted last, and whether the store can be reached."""

    def __init__(self, app: BoardApp) -> None:
        """Tell the widgets of ``app``'s screens."""
        self._app = app
        self.counted: news.Counted | None = None
        self.watched: news.Watched | None = None
        self._lost: Stale | None = None
        self._told = datetime.min.replace(tzinfo=UTC)

    def count(self, counted: news.Counted) -> None:
        """Take new counts."""
        known = self.counted.outages if self.counted else ()
        self.counted = counted
        if [each.number for each in known] != [each.number for each in counted.outages]:
            # What may be about one that is over says so no more, though nothing happened to it.
            self._app.queue.list.rows.doubt()
            self._app.queue.show_order()
        self._tell_readers(counted.readers)
        self.tell()
        for screen in self._app.screen_stack:
            screen.post_message(Counted())

    def watch(self, watched: news.Watched) -> None:
        """Take who has the watch now."""
        self.watched = watched
        self.tell()

    def take_whereabouts(self, people: Mapping[str, Whereabouts]) -> None:
        """Show who is there as soon as it is known, before all else is counted anew."""
        if self.counted is not None:
            here = frozenset(login for login, one in people.items() if one.present)
            self.counted = replace(self.counted, whereabouts=people, present=here)
            self.tell()

    def _tell_readers(self, readers: Mapping[int, tuple[Reader, ...]]) -> None:
        """Say in the list, and to an open request, who else is looking, or answering."""
        people = self._app.rules.people
        self._app.queue.list.tell_readers(
            {number: in_short(who, people) for number, who in readers.items()}
        )
        if readers != self._app.readers:
            self._app.readers = readers
            for screen in self._app.screen_stack:
                screen.post_message(Readers())

    def lose(self, reason: str) -> None:
        """Say from now on that the store cannot be reached."""
        self._lost = Stale(self._app.clock.now(), reason)
        self.tell()

    def find(self) -> None:
        """Say no more that the store cannot be reached."""
        self._lost = None
        self.tell()

    @property
    def stale(self) -> Stale | None:
        """Since when what is shown may be old; None if it is not."""
        if self._lost is None and (silent := self._app.silent_s) > _SILENT_S:
            return Stale.for_s(self._app.clock.now(), silent)
        return self._lost

    def tick(self, now: datetime) -> None:
        """Let a second pass: the heads show seconds, all else no less than minutes."""
        if now - self._told >= _MINUTE:
            self.tell()
        else:
            self.tell_headers(self._app.screen_stack)

    def tell(self) -> None:
        """Tell everything that is said outside the list."""
        self._told = self._app.clock.now()
        self.tell_headers(self._app.screen_stack)
        queue, rules, counted = self._app.queue, self._app.rules_or_none, self.counted
        if not queue.is_mounted:
            return
        line = queue.query_one(ViewsLine)
        if queue.found is not None or queue.typed:
            line.tell_found(queue.typed, queue.found)
        else:
            line.tell(self.views("view_queue"), self._filter_key)
        if rules is not None and counted is not None:
            from tui.board import outage_words
            from tui.board.watch_words import turns

            now, names = self._app.clock.now(), self._app.telling.names
            zone = ZoneInfo(rules.timezone)
            told = turns(self._watching(counted, rules, now), names, now, zone)
            calls = tuple(
                (row.number, last_call(row, names, zone))
                for row in (self.watched.emergencies if self.watched else ())
            )
            beside = Beside(
                self._app.me,
                names,
                tuple(told),
                counted.summary,
                offered=counted.offered,
                outages=tuple(outage_words.beside(counted.outages, rules, now)),
                calls=calls,
            )
            queue.query_one(Side).tell(beside)
            queue.query_one(StatusLine).tell(beside)

    def _watching(self, counted: news.Counted, rules: Rulebook, now: datetime) -> Watching:
        from tui.board.watch_words import watching

        desk, watched = rules.hours["desk"], self.watched
        if watched is None:
            return watching(None, counted.present, desk, now)
        writers = [settled(note.by) for note in watched.notes]
        return watching(
            watched.watch, counted.present, desk, now, notes_by=writers, late=watched.late
        )

    def views(self, here: str) -> Content:
        """Return the line of views as they stand, ``here`` being the one that is shown."""
        live, counted = len(self._app.queue.list.order), self.counted
        if counted is None:
            return views(here, self._app.keymap, live, None, None)
        waiting = waiting_for_people(mail_of(counted), self._app.clock.now())
        watch = self.watched.watch if self.watched else None
        gaps = len(watch.gaps) if watch else 0
        return views(here, self._app.keymap, live, counted.summary, waiting, gaps=gaps)

    def tell_headers(self, screens: Iterable[Screen[Any]]) -> None:
        """Tell the time, mail and so on, on every screen that has a head."""
        counted, summary = self.counted, self.counted and self.counted.summary
        me = self._app.me_or_none
        standing = Standing(
            now=self._app.clock.now(),
            rules=self._app.rules_or_none,
            me=me,
            mail=None if counted is None else mail_of(counted),
            stale=self.stale,
            watch=self._watch_now(),
            where=counted.whereabouts.get(me.login) if counted and me else None,
        )
        for screen in screens:
            narrow, told = screen.has_class("-narrow"), standing
            if narrow and summary:
                here = f"view_{getattr(screen, 'scope', '')}"
                brief = brief_views(self._app.keymap, summary.live, summary.mine, here)
                told = replace(standing, views=brief)
            for header in screen.query(Header):
                header.tell(told, wide=not narrow)

    def _watch_now(self) -> str:
        watched = self.watched
        if watched is None or watched.watch is None or self._app.rules_or_none is None:
            return ""
        from tui.board.watch_words import watch_now

        return watch_now(watched.watch, self._app.telling.names)

    def tell_keys(self) -> None:
        """Tell the keys that matter now on the queue."""
        queue, me = self._app.queue, self._app.me_or_none
        actions: Sequence[str] = ON_REQUESTS if queue.list.cursor is not None else ON_NOTHING
        if me is not None and me.read_only:
            actions = ON_LOOKING
        self.tell_footer(queue, actions, len(queue.list.rows.marked))

    def tell_footer(
        self,
        screen: Screen[Any],
        actions: Sequence[str],
        marked: int = 0,
        end: Sequence[str] = AT_THE_END,
    ) -> None:
        """Tell keys at the foot of a screen, as far as they work on this board."""
        me = self._app.me_or_none
        read_only = me is not None and me.read_only
        footer = screen.query_one(Footer)
        footer.tell(actions, self._app.keymap, marked, read_only=read_only, end=end)

    @property
    def _filter_key(self) -> str:
        return self._app.keymap.first("filter")


def mail_of(counted: news.Counted) -> Mail:
    """Return what was counted of mail."""
    return Mail(tuple(counted.mail), counted.unsent, counted.summary.quarantined)
