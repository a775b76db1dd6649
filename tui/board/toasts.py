"""What a toast says: of one's own actions, and of what others do to one's requests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from store.errors import CommandRefused, NotFound
from store.notice_records import AtRisk, SoonPromised
from store.records import Done, EventView
from store.rules.attention import moment
from store.words import Happened

Result = Done | CommandRefused | NotFound

#: Requests named where there are many.
_NAMED = 3
#: Refusals told one by one.
_REFUSALS_TOLD = 3

#: What others do that says itself otherwise than "Ben claimed #1042".
_OTHERWISE = {
    Happened.THANKED: "{who} said thanks for {request}",
    Happened.RECEIVED: "{request} came from {who}",
    Happened.BOUNCED: "{request}: {text}",
}


def summed_up(done: str, targets: Sequence[int], results: Sequence[Result]) -> str:
    """Return what became of a command given to several requests.

    "5 claimed; #1042 not: Ben claimed it 4 s ago". ``done`` is its participle.
    """
    pairs = list(zip(targets, results, strict=True))
    refused = [(number, each) for number, each in pairs if not isinstance(each, Done)]
    parts = [f"{len(pairs) - len(refused)} {done}"] if len(refused) < len(pairs) else []
    parts += [
        f"#{number} not: {str(why).replace(f'#{number}', 'it')}"
        for number, why in refused[:_REFUSALS_TOLD]
    ]
    if more := len(refused[_REFUSALS_TOLD:]):
        parts.append(f"{more} others not")
    return "; ".join(parts)


def taken_back(results: Sequence[Done | CommandRefused]) -> str:
    """Return what became of an undo: one line for one, a sum with the refusals for several."""
    done = [each for each in results if isinstance(each, Done)]
    refused = [str(each) for each in results if not isinstance(each, Done)]
    if len(results) == 1:
        return done[0].text if done else refused[0]
    parts = [f"{len(done)} taken back", *refused[:_REFUSALS_TOLD]]
    if more := len(refused[_REFUSALS_TOLD:]):
        parts.append(f"{more} others not")
    return "; ".join(parts)


def few(numbers: Sequence[int]) -> str:
    """Return "#1042, #1039", or the first of many and how many more."""
    more = f" and {len(numbers) - _NAMED} more" if len(numbers) > _NAMED else ""
    return ", ".join(f"#{number}" for number in numbers[:_NAMED]) + more


def needs_a_hand(who: str, numbers: Sequence[int]) -> str:
    """Return "Ben needs a hand with #1042"."""
    return f"{who} needs a hand with {few(numbers)}"


def handed(who: str, cause: str, events: Sequence[EventView], *, to_me: bool) -> str:
    """Return what came to me, or went from me, by a proposal: to whom, and why.

    "Ana gave you #1029 to even out the load: Ben had not begun it; Ana had 6.5 of 10".
    """
    numbers = few(sorted({each.number for each in events}))
    if len(events) > 1:
        what = f"you {len(events)}" if to_me else f"{len(events)} of yours to others"
        return f"{who} gave {what} {cause}: {numbers}"
    (event,) = events
    whom = f"you {numbers}" if to_me else f"{numbers} {event.text.removeprefix('gave it ')}"
    return f"{who} gave {whom} {cause}: {'; '.join(event.why[1:])}"


def warning(of: AtRisk | SoonPromised, now: datetime, tz: tzinfo) -> str:
    """Return "#1042 has used 75 %: due 15:10", or "#1042 is promised by 15:30"."""
    if isinstance(of, SoonPromised):
        return f"#{of.number} is promised by {moment(of.promised, now, tz)}"
    return f"#{of.number} has used {of.level} %: due {moment(of.due, now, tz)}"


def told(event: EventView) -> str:
    """Return what somebody did to a request: "Ben took #1042 over from Ana"."""
    request = f"#{event.number}"
    if event.what in _OTHERWISE:
        return _OTHERWISE[event.what].format(who=event.who, request=request, text=event.text)
    # What stands behind a colon are somebody's own words; no "it" in them is the request.
    said, colon, more = event.text.partition(": ")
    words = said.split(" ")
    if "it" in words:
        words[words.index("it")] = request
    else:
        words += ["on", request]
    return f"{event.who} {' '.join(words)}{colon}{more}"
