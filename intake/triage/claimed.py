"""Urgency as the sender claims it: recorded and shown, and never moving the priority."""

from __future__ import annotations

from intake.listed import listed
from intake.triage.phrases import Phrases, Wording
from store.records import ReadMail

_WORDS = Phrases(
    listed("""
    urgent, urgently, asap, a.s.a.p., emergency, top priority, high priority, dringend,
    dringende, dringender, dringendes, dringlich, eilt, eilig, notfall, urgente,
    urgence, au plus vite, urgentemente, urgencia, urgenza, urgentissimo, cuanto antes,
    spoed, brådskande, akut, pilne, pilna, pilny, 紧急, 緊急, 加急, 至急, 大至急, 긴급, דחוף,
    בדחיפות
""")
)
_NOT_SO = Phrases(
    listed("""
    not urgent, not that urgent, not very urgent, not really urgent, isn't urgent,
    nothing urgent, non urgent, not an emergency, no emergency, not asap, less urgent,
    nicht dringend, nicht eilig, nicht so dringend, eilt nicht, kein notfall,
    pas urgent, pas d'urgence, rien d'urgent, no es urgente, no urgente, não é urgente,
    nao urgente, non è urgente, non urgente, niet dringend, geen spoed, inte brådskande,
    inte akut, nie pilne, 不紧急, 不緊急, 不急, 急ぎではありません, לא דחוף
""")
)
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
        claimed = _WORDS.find(wording)
        if claimed and not _NOT_SO.find(wording):
            return f'the sender claims urgency: "{claimed[0]}" in the {place}'
    return ""
