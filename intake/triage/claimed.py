"""Urgency as the sender claims it: recorded and shown, and never moving the priority."""

from __future__ import annotations

import re

from intake.listed import listed
from store.mail_records import ReadMail
from store.rules.phrases import Phrases, Wording, fold, is_unspaced

_CLAIMS = listed("""
    urgent, urgently, urgency, asap, a.s.a.p., emergency, top priority, high priority,
    highest priority, immediate attention, dringend, dringende, dringender, dringendes,
    dringlich, eilt, eilig, notfall, urgente, urgence, au plus vite, urgentemente, urgencia,
    urgenza, urgentissimo, cuanto antes, spoed, haast, brådskande, brådska, akut, pilne, pilna,
    pilny, pilnie, haster, kiireellinen, naléhavé, urgentní, срочно, терміново, hitno, nujno,
    acil, urgență, sürgős, επείγον, 紧急, 緊急, 加急, 至急, 大至急, 긴급, דחוף, בדחיפות, عاجل
""")
#: What has such a word in it and claims nothing.
_NO_CLAIMS = listed("""
    non urgent, less urgent, emergency exit, emergency contact, emergency contacts,
    emergency light, emergency lights, emergency lighting, emergency door, emergency number,
    emergency plan, emergency services, emergency call, emergency calls, emergency phone,
    emergency button, emergency stop, emergency power, emergency room, emergency department,
    emergency drill, urgent care, sortie d'urgence, salida de emergencia, numéro d'urgence,
    in an emergency, in case of emergency, in case of an emergency, in emergencies,
    eilt nicht, im notfall, rien d'urgent, pas d'urgence, en cas d'urgence, en caso de urgencia,
    in caso di urgenza, in caso d'urgenza, inget akut, 不紧急, 不緊急, 不急, 紧急出口, 緊急出口,
    非紧急,
    急ぎではありません, 緊急ではありません, 緊急ではない, 緊急連絡先, 非常口, 긴급하지 않,
    לא דחוף, לא כל כך דחוף, לא ממש דחוף
""")
#: One of these before such a word, and it says the contrary.
_NOT = frozenset(
    fold(word)
    for word in listed("""
    not, isn, no, nothing, never, hardly, without, nor, nicht, kein, keine, keinen, keineswegs,
    ohne, nichts, pas, aucune, aucun, sans, rien, sin, nada, tampoco, non, senza, niente, niet,
    geen, zonder, não, nao, sem, nie, bez, inte, ingen, inget, ej, ikke, ei, не, לא, אין
""")
)
_WORDS_BEFORE = 4
_CHARS_BEFORE = 60
_SENTENCE = re.compile(r"[.!?;:,\n()–—]")
_PHRASES = Phrases((*_CLAIMS, *_NO_CLAIMS))
_SPOKEN = {
    claim: re.compile(rf"(?<!\w){re.escape(fold(claim))}")
    for claim in _CLAIMS
    if not is_unspaced(claim)
}
_HEADERS = {
    "importance": ("high", "urgent"),
    "priority": ("urgent",),
    "x-priority": ("1", "2"),
    "x-msmail-priority": ("high",),
}


def claims_urgency(mail: ReadMail, subject: Wording, text: Wording) -> str:
    """Return how the sender claims urgency, in words; "" if they do not."""
    for name, values in _HEADERS.items():
        for value in mail.headers.get(name, ()):
            if value.lower().startswith(values):
                return f"the sender claims urgency: {name.title()}: {value[:40]}"
    for place, wording in (("subject", subject), ("text", text)):
        for found in _PHRASES.find(wording):
            if found not in _NO_CLAIMS and not _is_denied(found, wording):
                return f'the sender claims urgency: "{found}" in the {place}'
    return ""


def _is_denied(claim: str, wording: Wording) -> bool:
    """Say whether it is said of every occurrence that it is not so."""
    spoken = _SPOKEN.get(claim)
    places = [match.start() for match in spoken.finditer(wording.folded)] if spoken else []
    return bool(places) and all(_is_not(wording.folded, place) for place in places)


def _is_not(text: str, place: int) -> bool:
    """Say whether a word of the same sentence denies what stands at ``place``."""
    before = _SENTENCE.split(text[max(0, place - _CHARS_BEFORE) : place])[-1]
    said = before.replace("'", " ").replace("’", " ").split()
    return not _NOT.isdisjoint(said[-_WORDS_BEFORE:])
