"""Events in words: what the history of a request and the board's toasts say.

A line is read after who did it and about which request: "Ben · claimed it".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from store.desk import Desk
from store.rules.promised import in_time
from store.rules.timeline import Happening
from store.text import one_line
from store.words import Channel, Ending, Happened, OutageKind, State

ENDINGS = {
    Ending.GUIDED: "guided",
    Ending.DONE: "done for them",
    Ending.FIXED: "fixed",
    Ending.NOTHING: "nothing needed",
}
_WAITS = {
    State.WAITING_REQUESTER: "waiting for the requester",
    State.WAITING_SUPPLIER: "waiting for a supplier",
}
_ASKED = {
    Channel.DESK_MAIL: "asked by mail",
    Channel.DIRECT_MAIL: "asked by mail to {person} instead of the desk",
    Channel.FORWARDED: "forwarded what {requester} asked",
    Channel.WEB: "asked on the web",
}
_TOOK_IN = {
    Channel.WALK_UP: "took it in from {requester}, who walked up",
    Channel.PHONE: "took it in from {requester} on the phone",
    Channel.CHAT: "took it in from {requester} by chat",
}
#: By who wrote a mail that followed up, as ``detail["by"]`` says.
_WROTE = {
    "requester": "wrote again",
    "desk": "answered by mail",
    "inside": "wrote to colleagues by mail",
    "report": "reported it again",
}
_PLAIN = {
    Happened.THANKED: "said thanks",
    Happened.ACKNOWLEDGED: "sent the acknowledgement",
    Happened.NOTED: "wrote a note",
    Happened.CLAIMED: "claimed it",
    Happened.RELEASED: "released it",
    Happened.RESUMED: "resumed it",
    Happened.REOPENED: "re-opened it",
    Happened.CLOSED: "closed it",
    Happened.AUTO_REPLIED: "answered automatically",
    Happened.ON_IT: "is on it",
}
_UNDONE = {
    Happened.CLAIMED: "the claim",
    Happened.RELEASED: "the release",
    Happened.ASSIGNED: "the assignment",
    Happened.TAKEN_OVER: "the take-over",
    Happened.OFFERED: "the change of the offer",
    Happened.WAIT_STARTED: "the wait",
    Happened.RESUMED: "the resumption",
    Happened.SNOOZED: "the snooze",
    Happened.RATED: "the rating",
    Happened.EMERGENCY: "the emergency",
    Happened.ON_IT: "the answer to the call",
    Happened.STOOD_DOWN: "the standing down",
    Happened.NOTED: "the note",
    Happened.RESOLVED: "the resolution",
    Happened.REOPENED: "the re-opening",
    Happened.CLOSED: "the closing",
    Happened.MERGED_IN: "the merging",
    Happened.MERGED_AWAY: "the merging",
    Happened.SPLIT_OFF: "the split",
    Happened.OUTAGE: "what was said of the outage",
    Happened.PROMISED: "what was said of a promise",
    Happened.JUDGED: "the judgement",
}


def who(desk: Desk, actor: str, detail: Mapping[str, Any]) -> str:
    """Return who did it: a colleague's short name, the sender of a mail, or the desk."""
    return one_line((not actor and detail.get("from")) or desk.short_name(actor))


def why(detail: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the reasons that an event carries, a line each."""
    return tuple(one_line(reason) for reason in detail.get("why", ()) if reason)


def words(desk: Desk, event: Happening) -> str:
    """Return what happened, in one line, without who and without the request's number."""
    say = _SAYING.get(event.what)
    return one_line(say(desk, event) if say else _PLAIN[event.what])


def _received(desk: Desk, event: Happening) -> str:
    new = event.new
    channel = Channel(new["channel"])
    requester = new.get("requester_name") or new.get("requester_address") or "somebody"
    person = (
        desk.short_name(new.get("end_run_person", "")) if new.get("end_run_person") else "a person"
    )
    asked = (_TOOK_IN.get(channel) or _ASKED[channel]).format(requester=requester, person=person)
    if event.detail.get("asked_at"):
        asked += f" on {_local(desk, event.detail['asked_at'])}"
    linked = f", after #{new['linked_to']}" if new.get("linked_to") else ""
    return f"{asked}: {new['priority']}{linked}"


def _followed_up(desk: Desk, event: Happening) -> str:
    wrote = _WROTE.get(event.detail.get("by", ""), "wrote")
    if kept := _kept(desk, event):
        return f"answered by mail: {kept}"
    if "outage" in event.detail:
        return "wrote about the same outage"
    if event.new.get("state") != State.OPEN or event.old.get("state") == State.NEW:
        return wrote
    waited = event.old.get("state") in _WAITS
    return f"{wrote}; {'the wait is over' if waited else 'it is open again'}"


def _redirected(_desk: Desk, event: Happening) -> str:
    if event.detail.get("welcome"):
        return "welcomed the requester and showed the front door"
    return "redirected the requester to the front door"


def _assigned(desk: Desk, event: Happening) -> str:
    return f"gave it to {desk.short_name(event.new['assignee'])}"


def _taken_over(desk: Desk, event: Happening) -> str:
    had = desk.short_name(event.old["assignee"])
    return f"took it off {had}'s hands" if event.old.get("offered") else f"took it over from {had}"


def _offered(desk: Desk, event: Happening) -> str:
    said = "needs a hand with it" if event.new["offered"] else "needs no hand with it any more"
    whose = event.detail.get("for")
    return f"says that {desk.short_name(whose)} {said}" if whose else said


def _waits(desk: Desk, event: Happening) -> str:
    state = event.new.get("state")
    waiting = _WAITS[State(state)] if state else "waiting"
    return f"set it {waiting}{_until(desk, event.new.get('wait_until'))}"


def _snoozed(desk: Desk, event: Happening) -> str:
    until = _until(desk, event.new.get("snoozed_until"))
    return f"snoozed it{until}" if until else "brought it back"


def _rated(_desk: Desk, event: Happening) -> str:
    rated = [f"{axis} {event.new[axis]}" for axis in ("impact", "urgency") if axis in event.new]
    if "priority" in event.new:
        rated.append(f"now {event.new['priority']}, was {event.old['priority']}")
    return f"rated it: {', '.join(rated)}"


def _emergency(_desk: Desk, event: Happening) -> str:
    return f"declared an emergency: {event.detail.get('text', '')}"


def _stood_down(_desk: Desk, event: Happening) -> str:
    return f"stood it down, it is no emergency: {event.detail.get('text', '')}"


def _resolved(desk: Desk, event: Happening) -> str:
    ending = ENDINGS[Ending(event.new["ending"])]
    return f"resolved it: {'; '.join(filter(None, (ending, _kept(desk, event))))}"


def _undone(_desk: Desk, event: Happening) -> str:
    what = Happened(event.detail["what"])
    other = event.detail.get("other")
    between = f" with #{other}" if other and what is not Happened.SPLIT_OFF else ""
    if what is Happened.SPLIT_OFF:
        between = f": it is part of #{other} again" if event.undoes is None else f" of #{other}"
    return f"took back {_UNDONE.get(what, 'a change')}{between}"


def _promised(desk: Desk, event: Happening) -> str:
    if "by" not in event.detail:
        return "says that nothing is promised for it any more"
    text = event.detail.get("text", "")
    return f"promised it by {_local(desk, event.detail['by'])}{f': {text}' if text else ''}"


def _replied(desk: Desk, event: Happening) -> str:
    kept = _kept(desk, event)
    return f"replied: {kept}" if kept else "replied"


def _kept(desk: Desk, event: Happening) -> str:
    """Return what an answer or a resolution says of the promise that it keeps."""
    by = event.old.get("promised_at")
    if not by:
        return ""
    kept = "kept" if in_time(datetime.fromisoformat(by), event.at) else "late"
    return f"what was promised by {_local(desk, by)} is {kept}"


def _bounced(_desk: Desk, event: Happening) -> str:
    return str(event.detail.get("text", "")) or "sent a mail of ours back"


def _merged_in(_desk: Desk, event: Happening) -> str:
    return f"merged #{event.detail['other']} into it"


def _merged_away(_desk: Desk, event: Happening) -> str:
    return f"merged it into #{event.detail['other']}"


def _outage(desk: Desk, event: Happening) -> str:
    detail = event.detail
    match detail["did"]:
        case "cleared":
            return f"says it is not about the outage of #{detail['other']}"
        case "always":
            return "lets mail about its outage join it without asking"
        case "ended":
            return f"says its {detail['is']['kind']} is over"
        case "changed":
            return f"changed what is known of its outage: {_known(desk, detail['is'])}"
    called = {OutageKind.OUTAGE: "a known outage", OutageKind.MAINTENANCE: "planned maintenance"}
    kind = called[OutageKind(detail["is"]["kind"])]
    return f"made it the parent of {kind}: {_known(desk, detail['is'])}"


def _known(desk: Desk, row: Mapping[str, Any]) -> str:
    """Return what is known of an outage: "E-mail, since Mon 23 Nov 09:10, “Disk full”"."""
    service = desk.rules.services.get(row["service"])
    parts = [service.name if service else row["service"]]
    parts.append(f"since {_local(desk, row['starts_at'])}")
    parts.append(_until(desk, row["ends_at"]).strip())
    parts.append(f"“{row['text']}”" if row["text"] else "")
    return ", ".join(part for part in parts if part)


def _judged(desk: Desk, event: Happening) -> str:
    person = desk.short_name(event.detail["person"])
    denied = "end_run_person" in event.new
    return "says it was no end-run" if denied else f"says it was an end-run to {person}"


def _split_off(_desk: Desk, event: Happening) -> str:
    again = {State.RESOLVED: "; it is resolved again", State.CLOSED: "; it is closed again"}
    now = again.get(State(event.new["state"]), "") if "state" in event.new else ""
    return f"split a message off into #{event.detail['other']}{now}"


def _delivery(_desk: Desk, event: Happening) -> str:
    return str(event.detail.get("text", "noted what became of a mail"))


def _called(desk: Desk, event: Happening) -> str:
    person = desk.short_name(event.detail.get("login", ""))
    places = event.detail.get("places", ())
    if not places:
        return f"could not call {person}: there is no place to reach them"
    return f"called {person}: {', '.join(places)}"


def _until(desk: Desk, at: str | None) -> str:
    if not at:
        return ""
    return f" until {_local(desk, at)}"


def _local(desk: Desk, at: str) -> str:
    local = datetime.fromisoformat(at).astimezone(ZoneInfo(desk.rules.timezone))
    return f"{local:%a %d %b %H:%M}"


_SAYING: Mapping[Happened, Callable[[Desk, Happening], str]] = {
    Happened.RECEIVED: _received,
    Happened.FOLLOWED_UP: _followed_up,
    Happened.REDIRECTED: _redirected,
    Happened.ASSIGNED: _assigned,
    Happened.TAKEN_OVER: _taken_over,
    Happened.OFFERED: _offered,
    Happened.WAIT_STARTED: _waits,
    Happened.SNOOZED: _snoozed,
    Happened.RATED: _rated,
    Happened.EMERGENCY: _emergency,
    Happened.STOOD_DOWN: _stood_down,
    Happened.RESOLVED: _resolved,
    Happened.CALLED: _called,
    Happened.DELIVERY: _delivery,
    Happened.BOUNCED: _bounced,
    Happened.MERGED_IN: _merged_in,
    Happened.MERGED_AWAY: _merged_away,
    Happened.SPLIT_OFF: _split_off,
    Happened.OUTAGE: _outage,
    Happened.PROMISED: _promised,
    Happened.REPLIED: _replied,
    Happened.JUDGED: _judged,
    Happened.UNDONE: _undone,
}
