"""Thank-you mails are nothing but thanks."""

from __future__ import annotations

import pytest

from intake.triage import triage
from store.records import AttachmentInfo
from tests.intake.triage.letters import letter
from tests.rulebook import a_rulebook

RULES = a_rulebook()
THANKS = [
    "Thanks!",
    "Thanks 👍",
    "thx",
    "Hi Ben,\nthank you so much, works perfectly now.\n\nKind regards\nIngrid Voss\nRoom 12\nTel 1",
    "Problem solved, thank you!",
    "Great, thanks for the quick help!",
    "Thank you Ana\n\nSent from my iPhone",
    "Thanks, Ingrid\n-- \nIngrid Voss\nHead of Maths? Yes!",
    "Vielen Dank, es funktioniert wieder!\n\nLG Ingrid",
    "Danke für die schnelle Hilfe!",
    "Merci beaucoup, ça marche.\nCordialement\nIngrid",
    "¡Muchas gracias! Ya funciona.",
    "Grazie mille!",
    "Bedankt, werkt weer.",
    "Obrigada!",
    "Dziękuję bardzo, działa.",
    "Tack så mycket! Nu fungerar det.",
    "谢谢！",
    "非常感谢您的帮助！",
    "ありがとうございました。助かりました。",
    "תודה רבה!",
    "Thanks for letting me know",
    "Got it, thanks",
    "Noted, thank you.",
    "Thanks for sorting this so quickly!",
    "Works like a charm again, thanks!",
    "Danke für die Info",
    "Merci pour l'info",
    "Top, dank je wel!",
    "Thanks again!",
    "Tausend Dank, alles geht wieder",
    "Thank you, that was quick!",
    "Danke, das ging schnell!",
    "Danke, das war super!",
    "Merci, c'était rapide !",
    "Bedankt, dat was snel!",
]
MORE = [
    "Thanks, but it still jams.",
    "Thanks. Can you also look at room 13?",
    "Thanks in advance",
    "Thank you. The printer is broken.",
    "Thanks, same problem",
    "Thanks, the problem is again",
    "Thanks, not fixed",
    "Thanks\nRegards\nIngrid\nPS: the projector is dead",
    "Thank you\n\nRegards\nIngrid\nThe projector is dead too.",
    "works now",
    "Thanks, it was working",
    "Danke, das war alles falsch",
    "Danke, geht leider nicht",
    "Danke im Voraus",
    "Merci, mais ça ne marche pas",
    "Gracias, no funciona",
    "Grazie, ma non funziona",
    "Bedankt, maar het werkt niet",
    "谢谢，还是不行",
    "ありがとうございます。まだ動きません。",
    "תודה אבל זה לא עובד",
    "תודה מראש",
    "Thanks, is it fixed",
    "Thanks, it worked. Now it is gone again",
    "Thanks, all gone",
    "Thanks, the issue is not resolved",
    "Thanks, the problem is back",
    "Thanks for nothing",
    "Thanks but no thanks",
    "Thanks, works now but only in black and white",
    "Danke, das Problem ist wieder da",
    "Danke, jetzt geht gar nichts mehr",
    "Merci d'avance",
    "Merci, encore un problème",
    "Gracias de antemano",
    "Grazie in anticipo",
    "Alvast bedankt",
    "Bedankt, probleem weer",
    "Obrigado, mas ainda não funciona",
    "Dziękuję, ale nadal nie działa",
    "Z góry dziękuję",
    "Tack, men det fungerar inte",
    "Tack på förhand",
    "谢谢，还没好",
    "ありがとうございます。もう一つ質問があります。",
    "Thanks " + "very " * 60 + "much",
    "",
]


@pytest.mark.parametrize("text", THANKS)
def test_thanks(text):
    """Thanks, names, greetings and signatures are a thank-you."""
    assert triage(letter(text), RULES, "help").thanks


@pytest.mark.parametrize("text", MORE)
def test_thanks_and_something_more(text):
    """One word more and it is a message like any other."""
    assert not triage(letter(text), RULES, "help").thanks


def test_thanks_with_a_file_are_more_than_thanks():
    """A picture may be a signature's; a document is something to look at."""
    picture = AttachmentInfo("logo.png", "image/png", 900)
    document = AttachmentInfo("list.pdf", "application/pdf", 900)
    assert triage(letter("Thanks!", attachments=(picture,)), RULES, "help").thanks
    assert not triage(letter("Thanks!", attachments=(picture, document)), RULES, "help").thanks
