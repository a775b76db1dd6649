"""Which language a text is written in, by its small words: simple, and silent where unsure."""

from __future__ import annotations

import re
from collections.abc import Mapping

#: By ISO 639-1 code: words that a few sentences of the language can hardly do without.
_WORDS: Mapping[str, str] = {
    "en": "the and is are was to of in it i you we my our not cannot can does have has for on"
    " with this that please thanks thank hello dear when there from be but an at since no",
    "de": "der die das den dem ein eine einen ist sind war nicht kein keine ich wir mein unser"
    " und oder mit auf für von im ist geht bitte danke hallo liebe seit kann können nach zu bei"
    " wenn noch auch es sich haben hat",
    "fr": "le la les un une des du est sont ne pas plus je nous mon notre et ou avec sur pour de"
    " dans bonjour merci depuis peut pouvez vous marche qui que ce cette il elle au aux en l d j",
    "es": "el la los las un una es está son no funciona yo nosotros mi nuestro y o con en para de"
    " del hola gracias desde puede pueden por favor que se al lo me tengo hay muy buenos días",
    "it": "il lo la gli le un una è sono non funziona io noi mio nostro e o con su per di del"
    " della nel ciao buongiorno grazie da può potete che si al ho favore questo questa più",
    "nl": "de het een is zijn was niet geen ik wij we mijn ons onze en of met op voor van in"
    " hallo bedankt dank sinds kan kunnen doet werkt alstublieft graag dat dit er bij naar maar",
    "pt": "o a os as um uma é está são não funciona eu nós meu nosso e ou com em para de do da no"
    " na olá obrigado obrigada desde pode podem por favor que se ao bom dia muito há",
    "pl": "nie jest są się w na z do i lub że mam mamy mój nasz proszę dziękuję dzień dobry od"
    " działa czy jak po to już ale może dla u",
    "sv": "är och inte en ett den det jag vi min vår med på för av i hej tack sedan kan fungerar"
    " som att har till från snälla vänligen ni när men om",
    "da": "er og ikke en et den det jeg vi min vores med på for af i hej tak siden kan virker som"
    " at har til fra venlig når men om I os mig",
    "fi": "on ei ole ja en se minä me mutta tai kun hei kiitos voi voitte toimi toimii olen mikä"
    " tämä niin että jo vielä ystävällisin terveisin meidän",
    "cs": "je jsou není ne nefunguje já my můj náš a nebo s na pro z v dobrý den děkuji prosím od"
    " může můžete že se to jak ale už když",
}
LANGUAGES = tuple(_WORDS)
_LETTERS = re.compile(r"[^\W\d_]+")
#: Characters read, and words of a language that must be there.
_MOST_CHARS = 4_000
_FEWEST = 2
#: Another language has less than one part in so many of what speaks for the first.
_MIXED = 3
#: A word that several languages share says less for each of them.
_BY_WORD: dict[str, list[str]] = {}
for _code, _text in _WORDS.items():
    for _word in dict.fromkeys(_text.casefold().split()):
        _BY_WORD.setdefault(_word, []).append(_code)


def language_of(text: str) -> str:
    """Return the code of the language of ``text``; "" if that is not clear.

    Every small word counts for the languages that have it, the more the fewer they are; the
    language must have two of them, and more than any other, and not much of the text may be in
    another, as where somebody quotes what a program says.
    """
    weights = dict.fromkeys(LANGUAGES, 0.0)
    seen: dict[str, set[str]] = {code: set() for code in LANGUAGES}
    for word in _LETTERS.findall(text[:_MOST_CHARS].casefold()):
        codes = _BY_WORD.get(word, ())
        for code in codes:
            weights[code] += 1 / len(codes)
            seen[code].add(word)
    first, second = sorted(weights, key=lambda code: -weights[code])[:2]
    clear = weights[first] > weights[second] and len(seen[first]) >= _FEWEST
    mixed = any(
        weights[code] * _MIXED >= weights[first] and len(_own(seen[code])) >= _FEWEST
        for code in LANGUAGES
        if code != first
    )
    return first if clear and not mixed else ""


def _own(words: set[str]) -> list[str]:
    """Return those of ``words`` that no other language here has."""
    return [word for word in words if len(_BY_WORD[word]) == 1]
