"""Which words of a subject tell what it is about, and not only that something is wrong."""

from __future__ import annotations

import re

from store.rules.terms import folded

#: Words proposed; more would be about something else.
_MOST = 4
_SHORTEST = 3
_JOINS = re.compile("['’-]")
_AROUND = ".,;:!?\"'“”„«»()[]{}<>#*…–—-_/\\|"
#: Words that are in many subjects, in English, German, French, and Spanish or Portuguese.
_TELLS_NOTHING = frozenset(
    folded(
        """
        about again all and any anybody anyone are arent asap been broken can cannot cant
        class could day days dead dear didnt does doesnt doing dont down drops error every
        everybody everyone failed failing fails for from fw fwd get getting got has have
        hello help her his hour hours how into isnt issue issues its just know longer more
        need needs not nothing now off once only open opens our out please problem
        problems question really send sent since slow some somebody someone start starting
        starts still stopped stops than thank thanks that the their them there they this
        today tomorrow trouble urgent very wait waiting was wasnt what when where which
        who whole why will with without won wont work working works would yesterday you
        your says said left right
        aber alle bitte das defekt dem den der die dringend ein eine einen funktionieren
        funktioniert gehen geht heute hilfe ich ist kann kaputt kein keine mehr mein meine
        mit nicht noch oder problem sehr seit sind und uns unser unsere von wieder wir zum
        zur
        aide avec bonjour ca ce ces cette dans depuis des est fonctionne les marche mes
        mon nos notre nous panne pas plus pour probleme que qui sans ses son sur une
        urgence urgent votre
        con del dos funciona funcionan las los mas meu minha muy nao non para pero por
        problema que sin sus una uns
        """
    )[0]
)


def telling_words(subject: str) -> tuple[str, ...]:
    """Return the words of a subject that may tell what other mails are about, too."""
    found: dict[tuple[str, ...], str] = {}
    for written in subject.split():
        word = written.strip(_AROUND).lower()
        # "doesn't" is one word, and so is "wi-fi".
        whole, stretches = folded(_JOINS.sub("", word))
        if "@" in word or not (stretches or any(_tells(each) for each in whole)):
            continue
        words, _ = folded(word)
        found.setdefault((*words, *stretches), word)
    return tuple(found.values())[:_MOST]


def _tells(word: str) -> bool:
    return len(word) >= _SHORTEST and not word.isdigit() and word not in _TELLS_NOTHING
