"""The words of automatic replies, by language. Tables only; ``answers`` uses them.

To teach Deskwatch another language add its words to each table. Case and accents do not matter.
"""

from __future__ import annotations

from intake.listed import listed

#: What servers put before the subject of an automatic reply; people do not write it.
PREFIXES = listed("""
    automatic reply, automatic response, automated reply, automated response, auto reply,
    autoreply, auto response, autoresponse, auto responder, autoresponder, autoresponder reply,
    out of office autoreply, out of office auto reply, out of office reply,
    out of office automatic reply, vacation reply, vacation response, vacation autoreply,
    vacation message, holiday autoreply, automatic out of office reply, auto answer,
    automatic reply to, automatic response to, auto reply to, automated reply to,
    automatische antwort auf, automatische antwort zu, réponse automatique à,
    respuesta automática a, risposta automatica a, automatisch antwoord op,

    automatische antwort, automatische abwesenheitsantwort, abwesenheitsnotiz,
    abwesenheitsnachricht, abwesenheitsmeldung, automatische rückantwort, autoantwort,
    auto antwort, abwesenheitsassistent, automatische abwesenheitsnotiz,
    automatische abwesenheitsmeldung, automatische eingangsbestätigung,

    réponse automatique, réponse automatisée, message d'absence, notification d'absence,
    avis d'absence, absence du bureau, réponse automatique d'absence,

    respuesta automática, contestación automática, fuera de la oficina, fuera de oficina,
    aviso de ausencia, mensaje de ausencia, respuesta de ausencia,

    risposta automatica, risponditore automatico, fuori sede, fuori ufficio, avviso di assenza,

    automatisch antwoord, automatische beantwoording, automatische reactie,
    automatisch afwezigheidsbericht, afwezigheidsbericht, afwezigheidsmelding, automatisch,

    resposta automática, ausência temporária, fora do escritório, ausente do escritório,
    aviso de ausência, mensagem de ausência,

    automatyczna odpowiedź, odpowiedź automatyczna, autoodpowiedź, autoresponder, poza biurem,
    nieobecność w biurze, informacja o nieobecności,

    automatiskt svar, automatsvar, autosvar, frånvaromeddelande, ej på kontoret,
    automatisk svar, automatisk besvarelse, fraværsbesked, fraværsmelding, ikke på kontoret,
    ikke til stede, automaattinen vastaus, automaattivastaus, poissaoloilmoitus,
    poissa toimistosta,

    automatická odpověď, mimo kancelář, automatická odpoveď, mimo kancelárie,
    automatikus válasz, házon kívül, răspuns automat, în afara biroului, otomatik yanıt,
    otomatik cevap, ofis dışında, ofis dışı, автоматический ответ, автоответ, автоответчик,
    нет на работе, автоматична відповідь, автоматичен отговор, αυτόματη απάντηση,
    εκτός γραφείου, resposta automàtica, automatski odgovor, samodejni odgovor,
    automatinis atsakymas, automātiska atbilde, automātiskā atbilde, automaatvastus,
    trả lời tự động, balasan otomatis, ตอบกลับอัตโนมัติ,

    自动答复, 自动回复, 自動答覆, 自動回覆, 自動回復, 自动应答, 外出自动回复,
    自動応答, 自動返信, 自動回答, 不在通知, 不在応答, 자동 회신, 자동 응답, 자동회신,
    자동응답, 부재중 자동 응답, 부재 중, תשובה אוטומטית, מענה אוטומטי, הודעת היעדרות,
    מחוץ למשרד, رد تلقائي, الرد التلقائي, خارج المكتب
""")

#: Beginnings of a subject that people use too: more must speak for a machine.
ABSENCE_SUBJECTS = listed("""
    auto, ooo, oof, away from my mail, away from my email, out of office notification,
    out of office message, out of office notice, out of office alert, out of office response,
    paternity leave, maternity leave, parental leave, sick leave, out of office,
    out of the office, i am out of office, i am out of the office,
    i'm out of the office, ich bin abwesend, ich bin nicht im büro, je suis absent,
    je suis absente, estoy fuera de la oficina, sono assente, ik ben afwezig,
    away from the office, away, on vacation,
    vacation, vacation notice, on holiday, holiday, on leave, annual leave, on annual leave,
    not in the office, absence notice, absence, absent, away message,
    abwesend, abwesenheit, nicht im büro, nicht im haus, außer haus, im urlaub, urlaub,
    en congé, en congés, congés, vacances, absent du bureau, absente du bureau,
    ausente, ausencia, vacaciones, de vacaciones, estoy de vacaciones, ausente de la oficina,
    assente, assenza, in ferie, ferie, fuori dall'ufficio, afwezig, afwezigheid, niet aanwezig,
    met vakantie, vakantie, niet op kantoor, férias, de férias, ausência, nieobecność,
    nieobecny, nieobecna, urlop, na urlopie, frånvarande, frånvaro, semester, på semester,
    inte på kontoret, ferie, fraværende, lomalla, poissa, dovolená, dovolenka, szabadság, concediu,
    izinde, отпуск, отсутствие на рабочем месте, вне офиса, הודעה אוטומטית,
    в отпуске, відпустка, σε άδεια, 休假, 休假中, 外出, 不在办公室, 不在辦公室, 休暇, 休暇中,
    不在, 不在です,
    휴가, 휴가 중, בחופשה, חופשה, لست في المكتب, إجازة
""")

#: Of these, what people also name when they tell the desk that they will be away.
HOLIDAYS = listed("""
    vacation, vacation notice, holiday, annual leave, urlaub, congés, vacances, vacaciones, ferie,
    in ferie, vakantie, férias, urlop, semester, dovolená, dovolenka, szabadság, concediu, отпуск,
    відпустка, 休假, 休暇, 휴가, חופשה, إجازة
""")

#: Whole subjects of IBM Notes: "AUTO: Ana Lovelace is out of the office (returning 24.11.2026)".
NOTES_SUBJECTS = listed("""
    is out of the office, is out of office, will be out of the office, ist außer haus,
    ist nicht im büro, ist abwesend, est absent, est absente, est absent(e),
    está ausente de la oficina, está fuera de la oficina, è fuori ufficio, è assente,
    is niet op kantoor, is afwezig, está fora do escritório, estará ausente,
    jest poza biurem, är inte på kontoret
""")

#: A mail that says of itself that no person wrote it.
SELF = listed("""
    this is an automatic reply, this is an automated reply, this is an auto reply,
    this is an autoreply, this is an automatic response, this is an automated response,
    this is an auto response, this is an auto generated response,
    this is an automatically generated reply, this is an automatically generated response,
    this is an auto generated reply, this is an autogenerated reply,
    automatic reply to your message, this reply was generated automatically,
    this reply is automatically generated, this response was generated automatically,
    this is a vacation message, this is an out of office reply,
    i will not be reading my mail, i am not reading my mail,
    only notification you will receive while this person is away,
    dies ist eine automatische antwort, dies ist eine automatisch generierte antwort,
    dies ist eine automatisch erstellte antwort, das ist eine automatische antwort,
    diese antwort wurde automatisch, dies ist eine automatische abwesenheitsnotiz,
    ceci est une réponse automatique, il s'agit d'une réponse automatique,
    cette réponse est automatique, réponse générée automatiquement,
    esta es una respuesta automática, ésta es una contestación automática,
    respuesta generada automáticamente, esto es una respuesta automática,
    questa è una risposta automatica, si tratta di una risposta automatica,
    risposta generata automaticamente, dit is een automatisch antwoord,
    dit is een automatische reactie, dit is een automatisch gegenereerd antwoord,
    esta é uma resposta automática, resposta gerada automaticamente,
    to jest automatyczna odpowiedź, to jest odpowiedź automatyczna,
    odpowiedź wygenerowana automatycznie, detta är ett automatiskt svar, detta är ett autosvar,
    dette er et automatisk svar, dette er et autosvar, tämä on automaattinen vastaus,
    toto je automatická odpověď, toto je automatická odpoveď, ez egy automatikus válasz,
    acesta este un răspuns automat, bu otomatik bir yanıttır, это автоматический ответ,
    自动回复邮件, 這是自動回覆郵件,
    这是一封自动回复, 这是自动回复, 此邮件为自动回复, 本邮件为自动回复, 這是自動回覆,
    此為自動回覆, 自動返信です, 自動返信メール, 自動応答です, 自動応答メール, 자동 회신입니다,
    자동 응답입니다, 자동으로 발송된 회신, זוהי תשובה אוטומטית, זו תשובה אוטומטית,
    זהו מענה אוטומטי, هذا رد تلقائي
""")

#: The sender speaking of themselves ...
I_AM = listed("""
    i am, i'm, i will be, i'll be, i shall be, we are, i have left, ich bin, ich befinde mich,
    ich werde, ich habe, jag har, har jag, 不在です, 不在にして, 休暇のため, 出張のため,
    bin ich, wir sind, je suis, je serai, nous sommes, estoy, estaré, me encuentro,
    me encontraré, sono, sarò, mi trovo, ik ben, ben ik, estou, estarei, encontro-me, jestem,
    przebywam, będę, jag är, jeg er, olen, jsem, som, я, 我, 本人, 私, おります, おりません, 저는,
    제가, אני,
    أنا
""")
#: ... as away ...
ABSENT = listed("""
    out of the office, out of office, out of my office, away from the office, away from my desk,
    away from my email, away from work, on vacation, on holiday, on holidays, on annual leave,
    on leave, on maternity leave,
    on parental leave, on paternity leave, no longer employed, left the company, on sick leave,
    on a business trip, travelling, traveling, not in the office,
    limited access to email, limited access to e-mail, limited access to my email,
    no access to email, no access to my email, not available, unavailable,
    no longer working, no longer work,
    nicht im büro, nicht im haus, nicht im hause, im urlaub, außer haus, abwesend, auf dienstreise,
    nicht erreichbar, in elternzeit, auf fortbildung, en congé, en congés, en vacances,
    absent, absente, absent(e), absent du bureau, hors du bureau, en déplacement, indisponible,
    fuera de la oficina, fuera de oficina, de vacaciones, ausente, de baja, de viaje,
    fuori ufficio, fuori sede, in ferie, in vacanza, assente, in malattia, in trasferta,
    niet op kantoor, niet aanwezig, afwezig, met vakantie, op vakantie, met verlof,
    fora do escritório, de férias, em férias, ausente, em viagem, poza biurem, na urlopie,
    nieobecny, nieobecna, w delegacji, inte på kontoret, på semester, har semester, ledig,
    föräldraledig,
    bortrest, tjänstledig, ikke på kontoret, på ferie, lomalla, poissa, na dovolené,
    mimo kancelář, na dovolenke, в отпуске, вне офиса, 休假, 外出, 出差, 不在办公室, 不在辦公室,
    休暇, 不在, 外出, 出張, 休み, 휴가, 부재, 출장, בחופשה, לא במשרד, מחוץ למשרד, בחופש,
    خارج المكتب, إجازة
""")
#: ... said so briefly that people say it too, when they answer: only with a subject that says it.
BRIEFLY_ABSENT = listed("""
    away, ooo, oof, out until, out till, back in the office, wieder da, borta, bortrest,
    不在です, 不在にして
""")
#: ... and what is said then to everybody who writes.
COURTESY = listed("""
    thank you for your email, thank you for your e-mail, thank you for your mail,
    thanks for your email, thanks for your e-mail, thanks for your mail,
    thank you for your message, thanks for your message, thank you for contacting,
    thank you for writing, i will reply, i will respond, i will answer, i'll reply, i'll respond,
    i'll get back to you, i will get back to you, will respond to your, will reply to your,
    will be answered, when i return, upon my return, on my return, after i return,
    urgent matters, if it is urgent, if your matter is urgent, if this is urgent,
    in urgent cases, for urgent, for anything urgent, in case of emergency, in my absence,
    during my absence, for immediate assistance, if you need immediate,
    danke für ihre nachricht, danke für ihre mail, danke für ihre e-mail,
    vielen dank für ihre nachricht, vielen dank für ihre e-mail, vielen dank für ihre mail,
    vielen dank für deine nachricht, danke für deine mail, nach meiner rückkehr,
    bei meiner rückkehr, dringende fälle, in dringenden fällen, bei dringenden,
    in dringenden angelegenheiten,
    während meiner abwesenheit, wird nicht weitergeleitet, nicht automatisch weitergeleitet,
    merci de votre message, merci pour votre message, je vous remercie de votre message,
    à mon retour, dès mon retour, en cas d'urgence, pour toute urgence, pendant mon absence,
    en mon absence, durant mon absence, gracias por su mensaje, gracias por tu mensaje,
    gracias por su correo, gracias por tu correo, a mi regreso, a mi vuelta, en caso de urgencia,
    para cualquier urgencia, para asuntos urgentes, para temas urgentes, durante mi ausencia,
    en mi ausencia,
    grazie per il messaggio, grazie per la sua mail, al mio rientro, al mio ritorno,
    in caso di urgenza, per urgenze, per questioni urgenti, durante la mia assenza,
    in mia assenza, bedankt voor je bericht, bedankt voor uw bericht, bedankt voor je mail,
    bedankt voor uw mail, bij terugkomst, na mijn vakantie, na terugkomst, bij mijn terugkeer,
    in dringende gevallen, voor dringende zaken, bij spoed, tijdens mijn afwezigheid,
    obrigado pela sua mensagem, obrigada pela sua mensagem, obrigado pelo seu email,
    obrigado pelo seu e-mail, no meu regresso, no meu retorno, ao meu retorno, em caso de urgência,
    para assuntos urgentes, durante a minha ausência, na minha ausência,
    dziękuję za wiadomość, dziękuję za maila, dziękuję za e-mail, po powrocie,
    w pilnych sprawach, w sprawach pilnych, w razie pilnej, podczas mojej nieobecności,
    tack för ditt mail, tack för ditt mejl, tack för ditt meddelande, när jag är tillbaka,
    när jag kommer tillbaka, i brådskande fall, vid brådskande, vid akuta ärenden,
    under min frånvaro, tak for din mail, takk for din e-post, takk for din melding,
    når jeg er tilbage, når jeg er tilbake, kiitos viestistäsi, děkuji za váš email,
    děkuji za vaši zprávu, po mém návratu, спасибо за ваше письмо, после возвращения,
    回来后, 回來後, 返回后, 尽快回复, 盡快回覆, 紧急, 如有急事, 緊急, 如有緊急,
    メールをいただき, ご連絡いただき, 戻り次第, 帰社後, 折り返し, お急ぎの, 緊急の場合,
    복귀 후, 급한, 긴급한, תודה על פנייתך, תודה על הודעתך, כשאחזור, עם חזרתי, במקרה דחוף,
    במקרים דחופים, لرسالتك, عند عودتي
""")

#: ... or for how long, if nothing is asked.
UNTIL = listed("""
    until, till, through, back on, wieder da, weer bereikbaar, returning, return on, bis, ab dem,
    jusqu'au, jusqu'à, de retour,
    hasta, de vuelta, fino a, fino al, di ritorno, tot, tot en met, terug, até, de volta, do,
    wracam, wrócę, tillbaka, til, tilbake, tilbage, asti, saakka, zpět, până, kadar,
    до, вернусь, μέχρι, έως, 到, 至, 回来, 回來, 返回, まで, 까지, עד, אחזור, حتى
""")
ASKS = listed("""
    please, kindly, bitte, s'il vous plaît, merci de, veuillez, por favor, per favore, per cortesia,
    alstublieft, graag, proszę, vänligen, tack, venligst, vennligst, prosím, kérem, vă rog,
    lütfen, пожалуйста, будь ласка, παρακαλώ, 请, 請, 麻烦, お願い, ください, 下さい, 주세요,
    부탁, בבקשה, נא, אנא, من فضلك, can you, could you, would you, i need, my account
""")

#: Other desks confirming what was sent to them.
RECEIVED = listed("""
    we have received your, we received your, your request has been received,
    your message has been received, your email has been received, your ticket has been,
    a ticket has been created, ticket has been opened, has been assigned ticket,
    your case has been, wir haben ihre anfrage erhalten, wir haben ihre nachricht erhalten,
    ihre anfrage ist bei uns eingegangen, ihre nachricht ist bei uns eingegangen,
    ihr ticket wurde, nous avons bien reçu votre, votre demande a été, votre demande a bien été,
    hemos recibido su, hemos recibido tu, su solicitud ha sido, abbiamo ricevuto la sua,
    abbiamo ricevuto la tua, la sua richiesta è stata, wij hebben uw, we hebben je bericht,
    uw bericht is ontvangen, recebemos a sua, recebemos o seu, sua solicitação foi,
    otrzymaliśmy twoją, otrzymaliśmy państwa, vi har tagit emot ditt, vi har mottagit,
    我们已收到您的, 我們已收到您的, お問い合わせを受け付け, 受け付けました, קיבלנו את פנייתך,
    פנייתך התקבלה
""")
SAYS_AUTOMATIC = listed("""
    automated message, automated email, automated e-mail, automated notification,
    automatic message, automatic email, automatic e-mail, automatically generated,
    auto generated, do not reply to this, please do not reply, do not respond to this,
    automatisch generierte, automatisch erstellt, automatisch erzeugt, automatische nachricht,
    nicht auf diese e-mail, nicht auf diese mail, message automatique, généré automatiquement,
    merci de ne pas répondre, ne pas répondre à ce, mensaje automático, generado automáticamente,
    no responda a este, messaggio automatico, generato automaticamente, non rispondere a questa,
    automatisch bericht, automatisch gegenereerd, niet op deze e-mail, mensagem automática,
    gerado automaticamente, não responda, wiadomość automatyczna, wygenerowana automatycznie,
    prosimy nie odpowiadać, automatiskt meddelande, genererats automatiskt, 自动发送, 請勿回覆,
    请勿回复, 自動送信, 自動的に, 返信しないで, הודעה אוטומטית, נא לא להשיב
""")
