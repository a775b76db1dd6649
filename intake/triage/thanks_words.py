"""The words that thank-you mails are made of, by language. Tables only; ``thanks`` uses them."""

from __future__ import annotations

from intake.listed import listed

#: One of these must occur.
THANKS = listed("""
    thanks, thank you, thank u, thankyou, thx, cheers, much appreciated, ta, danke, dank,
    dankeschön, merci, mercy, remerciements, je vous remercie, gracias, agradecido,
    agradecida, grazie, ringrazio, obrigado, obrigada, bedankt, dank je, dank u, dankjewel,
    tack, takk, tak, kiitos, dzięki, dziękuję, dziękujemy, děkuji, díky, spasibo, спасибо,
    дякую, 谢谢, 感谢, 多谢, 謝謝, 感謝, 多謝, ありがとう, 助かりました, 感謝します,
    감사합니다, 고맙습니다, תודה, شكرا
""")

#: What else may stand in such a mail; any other word makes it a message like all others.
_SPACED = """
    a i you u so very much many lot lots tons bunch million again all everyone both guys folks
    team great perfect excellent brilliant awesome super superb wonderful fantastic lovely
    amazing good nice fine well cool works working worked work now it its is it's that's that
    this the for your help helping perfectly smoothly nicely correctly quick fast swift speedy
    prompt rapid response reply answer support assistance time and sorted solved fixed done
    resolved problem issue gone appreciated appreciate really greatly am m s happy we are re me
    my us as always hero life saver lifesaver star legend kind kindly regards best wishes warm
    sincerely yours hi hello hey dear good morning afternoon evening day weekend week have a yes
    ok okay yay hooray again to of with everything everybody confirmed sorting letting know update
    info information getting done quickly so like charm got received noted sharing looking into
    taking care finally handling was helpful

    vielen herzlichen lieben besten tausend dir ihnen euch sie du fuer für die das der den dem
    ihre ihr ihren deine schnelle rasche prompte tolle gute nette super hilfe unterstützung
    antwort rückmeldung lösung erledigung jetzt nun wieder alles es klappt funktioniert geht
    läuft passt bestens prima toll klasse spitze perfekt wunderbar hervorragend bin begeistert
    ja schön und sehr ganz so hat geklappt geholfen problem gelöst behoben erledigt hallo lieber
    liebe liebes guten tag morgen moin servus grüezi grüße gruß gruss grüsse viele freundliche
    freundlichen mit beste schöne schönen herzliche lg vg mfg bg abend wochenende feierabend
    war ging schnell
    info infos information rückmeldung auch noch nochmals nochmal einen eine ein zusammen team ist

    beaucoup bien infiniment mille encore pour votre ton ta vos tes aide réponse rapide rapidité
    soutien c'est c ca ça est marche fonctionne maintenant nouveau parfait super génial
    excellent top tout va impeccable nickel bonjour bonsoir salut cher chère bonne bon journée
    soirée week-end cordialement amicalement bien à vous sincères salutations et très je vous
    résolu problème réglé était le la les de d l info infos information retour

    muchas muchísimas mil por su tu la el los las ayuda respuesta rápida rápido ya funciona todo
    bien perfecto perfecta genial excelente estupendo ahora está solucionado resuelto problema
    hola buenos buenas días tardes noches saludos cordiales un una saludo cordial atentamente
    estimado estimada fue y muy de nuevo igualmente

    mille tante infinite per il tuo suo vostro la vostra sua tua gentile aiuto risposta supporto
    rapida rapido veloce adesso ora funziona tutto perfetto ottimo bene benissimo risolto
    problema ciao buongiorno buonasera salve gentili cordiali saluti un saluto buona giornata
    serata e di molto è stato stata

    muito muita muitos pelo pela sua seu ajuda resposta rápida apoio agora já está funciona a
    funcionar funcionando tudo certo perfeito ótimo excelente resolvido problema olá oi bom boa
    dia tarde noite cumprimentos atenciosamente abraço abraços os melhores e o

    hartelijk heel erg veel voor je jouw uw de het snelle hulp reactie antwoord oplossing nu
    werkt alles weer goed prima top perfect geweldig fijn opgelost probleem hallo hoi beste
    goedemorgen goedemiddag groet groeten groetjes vriendelijke met mvg fijne dag weekend en
    dank zeer wel info was dat snel

    så mycket för din er ditt hjälp hjälpen snabba snabbt svar svaret nu fungerar det allt bra
    perfekt toppen super löst problemet hej hejsan vänliga hälsningar mvh med vänlig hälsning ha
    en trevlig dag helg och igen jättebra tusen

    bardzo serdecznie za pomoc szybką szybka odpowiedź wsparcie już teraz działa wszystko dobrze
    świetnie super idealnie problem rozwiązany cześć witam dzień dobry pozdrawiam pozdrowienia
    miłego dnia weekendu i panu pani państwu wielkie

    רבה רבות לך לכם על העזרה המהירה המהיר הטיפול עובד עכשיו הכל בסדר מעולה מצוין נהדר פתור נפתר
    שלום היי בברכה יום טוב נעים מאוד
"""
SPACED = frozenset(_SPACED.split())

#: The same for scripts without spaces: they are taken out of the text, and nothing may be left.
UNSPACED = listed("""
    ありがとうございました, ありがとうございます, ありがとう, どうも, 誠に, 本当に, 大変,
    とても, 早速の, 早速, ご対応, 対応, いただき, 頂き, いただいて, 助かりました,
    解決しました, 直りました, 無事, 問題なく, 動きました, 使えました, お世話になっております,
    お世話になります, いつも, お世話になり, お疲れ様です, お疲れさまです,
    よろしくお願いいたします, よろしくお願いします, 宜しくお願いいたします,
    宜しくお願い致します, 今後とも, 引き続き, 感謝します, 感謝いたします, 感謝, です, ます,
    さん, 様, を, に, て, 非常感谢, 十分感谢, 衷心感谢, 谢谢, 感谢, 多谢, 非常, 十分, 您的,
    你的, 帮助, 支持, 已经好了, 已经, 可以了, 好了, 好的, 没问题了, 解决了, 问题, 辛苦了,
    辛苦, 您好, 你好, 您, 你, 们, 了, 的, 现在, 正常, 老师, 此致, 敬礼, 祝好, 太, 快速, 回复,
    謝謝, 多謝, 您們, 你們, 幫忙, 幫助, 已經, 沒問題了, 解決了, 問題, 現在, 回覆, 協助,
    감사합니다, 고맙습니다, 정말, 도와주셔서, 빠른, 답변, 잘, 됩니다, 안녕하세요, 수고하세요
""")

#: Lines that programs add.
SENT_FROM = listed("""
    sent from, get outlook, von meinem, gesendet von, gesendet mit, outlook für, envoyé de,
    envoyé à partir, enviado desde, enviado do, inviato da, verstuurd vanaf, skickat från,
    wysłane z, iphoneから送信, 从我的, 發自我的, 发自我的, נשלח מ
""")

#: A line that begins with one of these ends the message; below it stand name, place and number.
SIGN_OFF = listed("""
    kind regards, best regards, regards, best wishes, best, sincerely, yours, cheers,
    viele grüße, liebe grüße, beste grüße, mit freundlichen, freundliche grüße, gruß, lg, vg,
    mfg, schöne grüße, herzliche grüße, cordialement, bien à vous, saludos, un saludo,
    atentamente, cordiali saluti, saluti, atenciosamente, cumprimentos, met vriendelijke,
    groeten, groet, mvg, med vänlig, vänliga hälsningar, mvh, pozdrawiam, z poważaniem,
    בברכה
""")

#: With one of the first, one of the second must stand too: "problem solved", not "same problem".
TROUBLE = frozenset(
    listed("""
    issue, probleem, problem, problema, probleme, problemet
""")
)
ENDED = frozenset(
    listed("""
    behoben, erledigt, fixed, gelost, gone, lost, opgelost, regle, resolu, resolved,
    resolvido, resuelto, risolto, rozwiazany, solucionado, solved, sorted
""")
)

#: Words that are thanks only beside one of others: what works "again", the problem that is
#: "gone"; and beginnings of questions without their mark.
ONLY_BESIDE = {
    "again": frozenset(("works", "working", "worked", "work", "thanks", "thank", "cheers")),
    # What "was working" is not any more.
    "was": frozenset(
        listed("""
            quick, fast, swift, speedy, prompt, rapid, great, perfect, excellent, brilliant,
            awesome, super, superb, wonderful, fantastic, lovely, amazing, nice, helpful, snel
        """)
    ),
    "war": frozenset(("schnell", "super", "toll", "klasse", "spitze", "perfekt", "prima")),
    "gone": frozenset(("issue", "problem")),
    "wieder": frozenset(("geht", "funktioniert", "klappt", "lauft", "alles", "danke")),
    "weer": frozenset(("werkt", "goed")),
}
QUESTIONS = listed("is it, is this, is that, are we, are you, ist es, geht es, ist das, es que")
