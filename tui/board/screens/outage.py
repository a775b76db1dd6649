"""What is known of an outage or of planned maintenance, asked in one form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from store.outage_records import OutageFacts
from store.rules.outages import why_not
from store.text import one_line
from store.words import OutageKind
from tui.board.cells import wrapped
from tui.board.screens.choices import Choice, Choices
from tui.board.screens.dialog import CANCEL, ChoosingDialog, Dialog, picking
from tui.board.screens.fields import Line
from tui.board.screens.hints import Hint
from tui.board.screens.when_field import WhenField

if TYPE_CHECKING:
    from store.rules.hours import Hours

#: Of what is wrong: so many leave room for the whole form on the smallest screen.
_MOST_LINES = 5
_TITLES = {OutageKind.OUTAGE: "Known outage", OutageKind.MAINTENANCE: "Planned maintenance"}


class KindDialog(ChoosingDialog[OutageKind]):
    """Answers with what it is: something that has failed, or that is planned."""

    BINDINGS: ClassVar[list[BindingType]] = [*picking("op")]

    def __init__(self, about: str) -> None:
        """Ask what it is the parent of."""
        super().__init__("Later mail about the same goes to it", about)

    def body(self) -> ComposeResult:
        """Return the two kinds."""
        yield Choices(
            (
                Choice("o", "outage", OutageKind.OUTAGE, "it has stopped working for many"),
                Choice("p", "planned", OutageKind.MAINTENANCE, "maintenance, now or to come"),
            )
        )


class ParentDialog(ChoosingDialog[str]):
    """Answers with what is to become of an outage: ``change`` or ``end``."""

    BINDINGS: ClassVar[list[BindingType]] = [*picking("ce")]

    def __init__(self, about: str, known: str) -> None:
        """Ask what becomes of the outage that ``known`` tells of."""
        super().__init__("Known outage", about)
        self._known = known

    def body(self) -> ComposeResult:
        """Return what is known, and what can be done."""
        yield Static(self._known, id="detail", markup=False)
        yield Choices(
            (
                Choice("c", "change", "change", "what is known, words, when it is back"),
                Choice("e", "end", "end", "it is over; this request stays open"),
            )
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the form begins with."""

    kind: OutageKind
    service: str
    """Key of the service; "" for any."""
    words: tuple[str, ...] = ()
    text: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None


class OutageDialog(Dialog[OutageFacts]):
    """Answers with what is known; Enter goes on to the next field, after the last it saves."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "save", "save", show=False)]

    def __init__(
        self,
        about: str,
        proposal: Proposal,
        services: Mapping[str, str],
        now: datetime,
        hours: Hours,
    ) -> None:
        """Begin with ``proposal``; ``services`` are names by key, moments read by ``hours``."""
        super().__init__(_TITLES[proposal.kind], about)
        self._proposal = proposal
        self._services = services
        self._now = now
        self._hours = hours

    def body(self) -> ComposeResult:
        """Return the fields."""
        given = self._proposal
        yield from _field("service", self._services.get(given.service, ""), "any service")
        yield from _field("words", ", ".join(given.words), "outlook, e-mail: one is in the mail")
        yield from _field("tell them", given.text, "one line that requesters are told")
        if given.kind is OutageKind.MAINTENANCE:
            yield WhenField("from", self._now, self._hours)
            yield WhenField("until", self._now, self._hours)
        else:
            yield WhenField("back by", self._now, self._hours)
        yield Static("", id="wrong", classes="said -names -wrong", markup=False)

    def hints(self) -> Iterable[Hint]:
        """Tell how to go on and to save."""
        yield Hint("enter", "next field")
        yield Hint("ctrl+s", "save", "screen.save")
        yield CANCEL

    def on_mount(self) -> None:
        """Fill in the moments that are known, and begin with what matters most."""
        names = sorted(self._services.values())
        self.query_one("#service", Line).suggester = SuggestFromList(names, case_sensitive=False)
        fields = [*self.query(WhenField)]
        known = (self._proposal.starts_at, self._proposal.ends_at)
        for field, at in zip(fields, known[-len(fields) :], strict=True):
            if at is not None:
                field.query_one(Line).value = self._typed(at)
        self.query_one("#words", Line).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next field; save after the last."""
        event.stop()
        lines = [*self.query(Line)]
        place = lines.index(self.focused) if isinstance(self.focused, Line) else -1
        if place + 1 < len(lines):
            self.set_focus(lines[place + 1])
        else:
            self.action_save()

    def action_save(self) -> None:
        """Answer with what is typed, unless something of it is nothing that is known."""
        service = self._service()
        if service is None:
            return
        fields = [*self.query(WhenField)]
        known = (self._proposal.starts_at, self._proposal.ends_at)[-len(fields) :]
        moments = []
        for field, was in zip(fields, known, strict=True):
            at = self._moment(field, was)
            if at is None and not field.empty:
                return
            moments.append(at)
        words = self.query_one("#words", Line).value.replace(";", ",").split(",")
        facts = OutageFacts(
            kind=self._proposal.kind,
            service=service,
            words=tuple(word for word in map(one_line, words) if word),
            text=one_line(self.query_one("#text", Line).value),
            starts_at=moments[0] if len(moments) > 1 else self._proposal.starts_at,
            ends_at=moments[-1],
        )
        if reason := why_not(facts, facts.starts_at or self._now):
            self.query_one("#wrong", Static).update(reason)
        else:
            self.answer(facts)

    def _typed(self, at: datetime) -> str:
        return f"{at.astimezone(self._hours.tz):%Y-%m-%d %H:%M}"

    def _moment(self, field: WhenField, was: datetime | None) -> datetime | None:
        """Return the moment in a field; what was known may have passed and stays as it is."""
        if was is not None and field.query_one(Line).value.strip() == self._typed(was):
            return was
        return None if field.empty else field.moment()

    def _service(self) -> str | None:
        """Return the key of the service that is typed; None, said so, if there is none."""
        typed = one_line(self.query_one("#service", Line).value).casefold()
        if not typed:
            return ""
        names = {key: {key.casefold(), name.casefold()} for key, name in self._services.items()}
        whole = [key for key, called in names.items() if typed in called]
        begun = [key for key, called in names.items() if any(c.startswith(typed) for c in called)]
        found = whole or begun
        if len(found) == 1:
            return found[0]
        wrong = self.query_one("#wrong", Static)
        wrong.update(_there_are(sorted(self._services.values()), wrong.size.width))
        self.query_one("#service", Line).focus()
        return None


def _there_are(names: Sequence[str], cells: int) -> str:
    """Return which services there are, as many as there is room for."""
    told = "Which service? There are: "
    for count in range(len(names), 0, -1):
        more = f" and {len(names) - count} more" if count < len(names) else ""
        said = told + "; ".join(names[:count]) + more
        if len(wrapped(said, cells)) <= _MOST_LINES:
            return said
    return "Which service? The policy has none" if not names else told + names[0]


def _field(label: str, value: str, placeholder: str) -> ComposeResult:
    with Horizontal(classes="field"):
        yield Static(label, classes="label", markup=False)
        yield Line(value, placeholder=placeholder, id=_IDS[label])


_IDS = {"service": "service", "words": "words", "tell them": "text"}
