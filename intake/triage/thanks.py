"""Thank-you replies: nothing but thanks in them, so a resolved request stays resolved.

Conservative: every word of the new text must belong to thanking; one question mark, one
"but", one word that is not known here, and it is a message like any other.
"""

from __future__ import annotations

from intake.triage.phrases import Phrases, Wording
from store.records import ReadMail

_THANKS = Phrases(("thanks", "thank you", "danke", "merci", "gracias", "grazie", "bedankt"))


def is_thanks(mail: ReadMail, text: Wording) -> bool:
    """Say whether the new text only thanks."""
    return bool(_THANKS.find(text)) and len(text.words) < 6 and "?" not in mail.reply  # noqa: PLR2004
