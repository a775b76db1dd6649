"""Which language a text is in, by its small words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.languages import LANGUAGES, language_of

TEXTS = {
    "The projector in B12 is dead and the class is waiting.": "en",
    "Cannot print since Monday, please help": "en",
    "Hi Ana, do you have a minute? My laptop does not start.": "en",
    "Der Beamer in B12 geht nicht, die Klasse wartet.": "de",
    "Hallo Ana, kannst du bitte nach meinem Laptop sehen? Er ist seit heute sehr langsam.": "de",
    "Le projecteur de la salle B12 ne marche pas.": "fr",
    "Bonjour, je n'arrive plus à imprimer depuis lundi, merci de votre aide.": "fr",
    "El proyector de B12 no funciona y la clase está esperando.": "es",
    "Buenos días, no puedo entrar en mi correo desde ayer. Gracias": "es",
    "Il proiettore in B12 non funziona, la classe aspetta.": "it",
    "Buongiorno, non riesco più a stampare. Grazie per il vostro aiuto.": "it",
    "De beamer in B12 doet het niet, de klas wacht.": "nl",
    "Hallo Ben, kun je mij helpen? Mijn laptop is sinds vandaag erg traag.": "nl",
    "O projetor da sala B12 não funciona, obrigado.": "pt",
    "Bom dia, não consigo imprimir desde ontem. Podem ajudar?": "pt",
    "Rzutnik w B12 nie działa, proszę o pomoc.": "pl",
    "Projektorn i B12 fungerar inte, kan ni hjälpa till?": "sv",
    "Projektoren i B12 virker ikke, kan I hjælpe os?": "da",
    "Projektori ei toimi ja luokka odottaa.": "fi",
    "Projektor v B12 nefunguje, prosím o pomoc.": "cs",
    "Hallo, beim Start steht da: 'The file is not available on this server, it was moved.'"
    " Könnt ihr mir bitte helfen, und wann? Danke": "",
    "Projector B12": "",
    "": "",
    "프로젝터가 고장났습니다": "",
    "1042 ??? !!!": "",
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_sentence_or_two_tell(text):
    """Too little, or a language that is not known, is none; capitals change nothing."""
    assert [language_of(each) for each in (text, text.upper())] == [TEXTS[text]] * 2


@given(st.text(max_size=300))
def test_any_text_has_a_known_language_or_none(text):
    """Whatever is in it."""
    assert language_of(text) in {"", *LANGUAGES}
