"""Which service of the catalogue a mail is about, by the catalogue's own words."""

from __future__ import annotations

from store.rules.catalogue import Catalogue
from store.rules.phrases import Wording

#: A word in the subject is what the mail is about; in the text it may be in passing.
_SUBJECT_COUNTS = 3


def find_service(catalogue: Catalogue, subject: Wording, text: Wording) -> tuple[str, str]:
    """Return the key of the service and why, or two empty strings if no word points to one.

    Every word counts once by its letters, three times in the subject; of equals the service
    with the longest word, then the one first in the catalogue.
    """
    in_subject = catalogue.phrases.find(subject)
    in_text = [phrase for phrase in catalogue.phrases.find(text) if phrase not in in_subject]
    scores: dict[str, tuple[int, int]] = {}
    seen: dict[str, list[str]] = {}
    for place, phrases, times in (("subject", in_subject, _SUBJECT_COUNTS), ("text", in_text, 1)):
        for phrase in phrases:
            for key in catalogue.owners[phrase]:
                total, longest = scores.get(key, (0, 0))
                scores[key] = (total + times * len(phrase), max(longest, len(phrase)))
                seen.setdefault(key, []).append(f'"{phrase}" in the {place}')
    if not scores:
        return "", ""
    best = max(scores.values())
    key = next(key for key in catalogue.rules.services if scores.get(key) == best)
    return key, f"service {catalogue.rules.services[key].name}: {', '.join(seen[key][:3])}"
