"""Moving work: to the person beside, by a proposal that evens out, or all of somebody's at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from store.records import Done, Target
from store.rules.evening_words import EVENLY
from store.words import Role
from tui.board.attendance_words import where
from tui.board.doing import Doing, Rows, said
from tui.board.toasts import Result, summed_up

if TYPE_CHECKING:
    from store.desk import Desk
    from store.records import BoardRow
    from store.rules.evening import Move
    from store.workload_records import Proposed, Workload


class Moving(Doing):
    """Asks what must be asked, then lets work change hands."""

    async def give(self, rows: Rows, to: Mapping[int, Workload]) -> None:
        """Give each request to the person that ``to`` has for its number."""
        if not await self._sure_of_emergencies(rows):
            return
        me = self._app.me
        targets = [Target(row.number, row.version) for row in rows]
        logins = {number: person.login for number, person in to.items()}

        def give(desk: Desk) -> list[Result]:
            from store import commands

            return commands.give_each(desk, me, targets, logins)

        results = await self._app.link.ask(give)
        self._app.link.look()
        self._app.unmark([each.number for each in results if isinstance(each, Done)])
        refused = not all(isinstance(each, Done) for each in results)
        if len(results) > 1:
            told = summed_up("moved", [row.number for row in rows], results)
            self._app.say(told, refused=refused)
            return
        text, person = said(results[0]), to[rows[0].number]
        if not refused and not person.present:
            # Whoever is not there is given it all the same, and it is said.
            there = where(person, self._app.clock.now(), self._app.zone)
            text += f", who is {there}" if there != "in" else ", who has no board open"
        self._app.say(text, rows[0].subject, refused=refused)

    async def _sure_of_emergencies(self, rows: Rows) -> bool:
        """Ask before an emergency changes hands: nothing of one moves by the way."""
        emergencies = [row for row in rows if row.emergency]
        if not emergencies:
            return True
        if len(rows) == 1:
            return await self._sure(rows, "It is an emergency. Give it to somebody else?")
        are = "is an emergency" if len(emergencies) == 1 else "are emergencies"
        question = f"Move {len(rows)} requests? {len(emergencies)} of them {are}."
        return await self._sure(rows, question)

    # ------------------------------------------------------------------ proposals

    async def even_out(self) -> None:
        """Propose moves that lower the largest load, and carry out those that are wanted."""
        me, drafts = self._app.me, frozenset(self._app.drafts)
        if me.role is not Role.LEAD:
            keys = [self._app.keymap.first(f"workload_to_{side}") for side in ("left", "right")]
            told = f"Only a lead evens out; {' and '.join(keys)} move what you have"
            self._app.say(told, refused=True)
            return

        def propose(desk: Desk) -> Proposed:
            from store import queries

            return queries.evening(desk, me, drafts)

        counted = self._app.around.counted
        others = counted.present - {me.login} if counted else ()
        nothing = "nobody else is in with a board open"
        if others:
            nothing = "no move would lower the largest load"
        await self._propose("Even out", propose, EVENLY, f"Nothing to even out: {nothing}")

    async def hand_over(self, login: str, there: str) -> None:
        """Propose to whom all goes that somebody has, who is ``there``: "off until Tue 08:00"."""
        me, drafts = self._app.me, frozenset(self._app.drafts)

        def propose(desk: Desk) -> Proposed:
            from store import queries

            return queries.handing_over(desk, me, login, drafts)

        name = self._app.telling.names.person(login)
        nothing = "Nothing can be handed over: nobody who is in can take it"
        await self._propose("Hand over", propose, f"because {name} is {there}", nothing)

    async def _propose(
        self, title: str, propose: Callable[[Desk], Proposed], cause: str, nothing: str
    ) -> None:
        from tui.board.screens.proposal import ProposalDialog

        # The dialog opens before the answer is there: what is typed meanwhile is meant for it.
        asked, names = self._app.link.ask(propose), self._app.telling.names
        dialog = ProposalDialog(title, asked, names, nothing)
        moves = await self._ask(dialog)
        if moves:
            await self._carry_out(moves, cause, dialog.rows)

    async def _carry_out(
        self, moves: Sequence[Move], cause: str, rows: Mapping[int, BoardRow]
    ) -> None:
        me = self._app.me

        def move(desk: Desk) -> list[Result]:
            from store import commands

            return commands.move_all(desk, me, moves, cause)

        results = await self._app.link.ask(move)
        self._app.link.look()
        done = [each.number for each in results if isinstance(each, Done)]
        self._app.unmark(done)
        refused = len(done) < len(results)
        if len(results) == 1:
            row = rows.get(moves[0].number)
            self._app.say(said(results[0]), row.subject if row else "", refused=refused)
            return
        told = summed_up("moved", [each.number for each in moves], results)
        if done:
            names = self._app.telling.names
            got = Counter(each.target for each in moves if each.number in done)
            shares = ", ".join(f"{names.person(login)} {n}" for login, n in sorted(got.items()))
            told += f"\n{shares}; {self._app.keymap.first('undo')} takes it all back"
        self._app.say(told, refused=refused)
