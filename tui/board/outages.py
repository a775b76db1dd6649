"""The key of known outages: a request becomes the parent of one, or is said to be about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.outage_records import OutageMark
from store.rules.telling import telling_words
from store.words import OutageKind
from tui.board.doing import Doing, Rows
from tui.board.screens.about import about

if TYPE_CHECKING:
    from store.desk import Desk
    from store.outage_records import OutageView
    from store.records import BoardRow
    from tui.board.screens.outage import Proposal


class Outages(Doing):
    """Handlers of outages and planned maintenance."""

    async def outage(self, rows: Rows) -> None:
        """Decide a doubt; of a parent, change or end what is known; else make it a parent."""
        mark = rows[0].outage
        if mark is None:
            await self._declare(rows)
        elif mark.parent:
            await self._change(rows)
        else:
            await self._decide(rows, mark)

    async def _declare(self, rows: Rows) -> None:
        from tui.board.screens.outage import KindDialog, Proposal

        row = rows[0]
        kind = await self._ask(KindDialog(about(rows)))
        if kind is not None:
            proposal = Proposal(kind, row.service, telling_words(row.subject))
            await self._form("declare_outage", "declared", rows, proposal)

    async def _change(self, rows: Rows) -> None:
        from tui.board.outage_words import line
        from tui.board.screens.outage import ParentDialog, Proposal

        known = await self._known(rows[0])
        if known is None:
            self._app.say(f"The outage of #{rows[0].number} is over", refused=True)
            return
        told = line(known, self._app.rules, self._app.clock.now())
        what = await self._ask(ParentDialog(about(rows), told))
        if what == "end":
            await self._give("end_outage", "over", rows)
        elif what == "change":
            begun = known.starts_at if known.kind is OutageKind.MAINTENANCE else None
            proposal = Proposal(
                known.kind, known.service, known.words, known.text, begun, known.ends_at
            )
            await self._form("change_outage", "changed", rows, proposal)

    async def _form(self, command: str, done: str, rows: Rows, proposal: Proposal) -> None:
        from tui.board.screens.outage import OutageDialog

        rules = self._app.rules
        services = {key: each.name for key, each in rules.services.items()}
        dialog = OutageDialog(
            about(rows), proposal, services, self._app.clock.now(), rules.hours["desk"]
        )
        facts = await self._ask(dialog)
        if facts is not None:
            await self._give(command, done, rows, facts=facts)

    async def _known(self, row: BoardRow) -> OutageView | None:
        def known(desk: Desk) -> OutageView | None:
            from store import queries

            return queries.request(desk, row.number).outage

        return await self._app.link.ask(known)

    async def _decide(self, rows: Rows, mark: OutageMark) -> None:
        from tui.board.screens.confirm import ConfirmDialog

        these = "it" if len(rows) == 1 else f"these {len(rows)}"
        alone = len(rows) == 1
        others = ", and what else may be about it," if alone else ""
        question = f"Is it about the {mark.kind} of #{mark.number}?"
        detail = (
            f"y merges {these}{others} into #{mark.number}; further mail about it joins by"
            " itself. n: it is about something else."
        )
        answer = await self._ask(ConfirmDialog(about(rows), question, detail))
        if answer is True:
            await self._put_away("join_outage", "merged", rows, others=alone)
        elif answer is False:
            await self._give("not_outage", "not about it", rows)
