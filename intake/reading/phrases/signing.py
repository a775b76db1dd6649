"""How people close a letter, and how programs and telephones sign for them."""

from __future__ import annotations

from intake.listed import listed

#: Words that close a letter; the writer's name follows, and then at most who and where they are.
CLOSINGS = listed("""
    have a nice day, have a great day, hartelijke groet, met hartelijke groeten, belle journée,
    a presto, beste grüße aus, viele grüße aus, herzliche grüße aus, liebe grüße aus, i.a., i. a.,
    im auftrag, 祝工作顺利, hälsning, bonne soirée, à bientôt, bonne continuation, buon lavoro,
    fijne dag, miłego dnia, ha en bra dag, schönen tag, einen schönen tag,
    kind regards, kindest regards, best regards, warm regards, warmest regards, with kind regards,
    with best regards, with regards, regards, best wishes, with best wishes, all the best,
    yours sincerely, yours faithfully, yours truly, sincerely, sincerely yours, respectfully, best,
    cheers, rgds, br, kr,
    mit freundlichen grüßen, mit freundlichen gruessen, mit freundlichen grüssen,
    mit freundlichem gruß, mit freundlichem gruss, mit besten grüßen, mit besten grüssen,
    mit bestem gruß, mit herzlichen grüßen, freundliche grüße, freundliche grüsse, beste grüße,
    beste grüsse, viele grüße, viele grüsse, liebe grüße, liebe grüsse, herzliche grüße,
    herzliche grüsse, schöne grüße, schöne grüsse, sonnige grüße, vielen dank und viele grüße,
    grüße, grüsse, gruß, gruss, lg, mfg, vg, hochachtungsvoll,
    cordialement, bien cordialement, très cordialement, bien à vous, bien à toi, salutations,
    meilleures salutations, sincères salutations, salutations distinguées, respectueusement,
    avec mes meilleures salutations, amicalement, cdlt, bonne journée, bonne réception,
    saludos, un saludo, saludos cordiales, un cordial saludo, cordiales saludos, cordialmente,
    atentamente, muy atentamente, un abrazo, reciba un cordial saludo, atte,
    cordiali saluti, distinti saluti, cari saluti, un saluto, saluti, un cordiale saluto,
    i migliori saluti, buona giornata,
    met vriendelijke groet, met vriendelijke groeten, vriendelijke groet, vriendelijke groeten,
    met hartelijke groet, hartelijke groeten, groeten, groet, groetjes, mvg, hoogachtend,
    atenciosamente, com os melhores cumprimentos, melhores cumprimentos, cumprimentos,
    os meus cumprimentos, saudações, abraço, abraços, att, com estima,
    z poważaniem, pozdrawiam, pozdrawiam serdecznie, serdecznie pozdrawiam, z pozdrowieniami,
    serdeczne pozdrowienia, pozdrowienia, łączę pozdrowienia, z wyrazami szacunku,
    med vänlig hälsning, med vänliga hälsningar, vänliga hälsningar, vänlig hälsning,
    bästa hälsningar, hälsningar, mvh, hälsar,
    med venlig hilsen, venlig hilsen, med vennlig hilsen, vennlig hilsen, hilsen, terveisin,
    ystävällisin terveisin, s pozdravem, üdvözlettel, cu stimă, saygılarımla, с уважением,
    此致, 敬礼, 敬禮, 顺祝商祺, 祝好, 祝商祺, 顺颂商祺, 谨启, 敬上,
    よろしくお願いします, よろしくお願いいたします, よろしくお願い致します, 宜しくお願いします,
    宜しくお願い致します, 宜しくお願いいたします, 以上、よろしくお願いいたします, 敬具, 草々,
    何卒よろしくお願いいたします, 何卒よろしくお願い申し上げます, よろしくお願い申し上げます,
    בברכה, בכבוד רב, בידידות, תודה וברכה, בתודה ובברכה, בברכת יום טוב, בתודה, مع التحية
""")

#: Thanks that close a letter as often as they begin one.
THANKS = listed("""
    with thanks, with many thanks, muchas gracias, grazie e, bedankt en, dzięki i, dziękuję i,
    danke und, merci et,
    thanks, thank you, many thanks, thanks again, thanks a lot, thank you very much, thx, ta,
    thanks in advance, thank you in advance, thanks and regards, thanks and best regards,
    danke, vielen dank, besten dank, herzlichen dank, danke schön, danke und gruß, danke im voraus,
    vielen dank im voraus,
    merci, merci beaucoup, merci d'avance, merci bien,
    gracias, muchas gracias, gracias de antemano, muchas gracias y un saludo,
    grazie, grazie mille, molte grazie, grazie in anticipo,
    bedankt, dank je, dank u, dank je wel, alvast bedankt, hartelijk dank,
    obrigado, obrigada, muito obrigado, muito obrigada, grato, grata,
    dziękuję, dzięki, z góry dziękuję, dziękuję i pozdrawiam,
    tack, tack så mycket, tack på förhand,
    谢谢, 謝謝, 感谢, ありがとうございます, ありがとうございました, תודה, תודה רבה, תודה מראש
""")

#: What a telephone or a program writes below every mail begins with one of these ...
SENT_WITH = listed("""
    envoyé à partir d', envoyé d', 来自, 从我的, 从, 从 ,
    sent from, sent via, sent with, sent using, envoyé de, envoyé depuis, envoyé à partir de,
    envoyé avec, envoyé via, provenance, von meinem, von meiner, gesendet mit, gesendet von,
    gesendet via, gesendet über, gesendet aus, diese nachricht wurde von meinem, versendet mit,
    versendet von, enviado desde, enviado con, enviado mediante, enviado do, enviado da, enviado de,
    enviado a partir, enviado pelo, enviado por, enviado via, enviada do, enviado com,
    inviato da, inviato dal, inviato dallo, inviato con, inviato tramite,
    verstuurd vanaf, verstuurd van, verstuurd met, verstuurd via, verzonden vanaf, verzonden met,
    verzonden via, verzonden van, wysłane z, wysłano z, wysłane za pomocą, wysłano za pomocą,
    wysłane przy użyciu, wysłano przy użyciu, wiadomość wysłana z, wysłane przez, skickat från,
    skickat med, skickades från, skickat via, sendt fra, sendt med, lähetetty, odesláno z,
    odoslané z, trimis de, отправлено с, 发自我的, 发自, 發自, 寄自, 從我的, 来自我的, 传送自,
    傳送自, נשלח מה, נשלח מ, נשלח מן, נשלח באמצעות, أرسلت من
""")
#: ... or with an offer of the program ...
GET = listed("""
    get, download, obtenez, obtenir, télécharger, téléchargez, holen sie sich, laden sie,
    obtener, obtén, consiga, descargar, descarga, obter, obtenha, transferir, baixar, baixe,
    scarica, ottieni, download, pobierz, uzyskaj, hämta, skaffa, hent, få, 获取, 下载, 下載, 取得,
    קבל את, קבל, השג את, השג, הורד את, הורד
""")
#: ... or ends with one ...
SENT_WITH_LAST = listed("""
    を入手する, を取得する, 发送。, 傳送。,
    から送信, から送信しました, から送信されました, から送信。, を入手, を手に入れる, を取得,
    をダウンロード,
    gesendet, gesendet., verzonden, verzonden., verstuurd, verschickt, verschickt.,
    beziehen, herunterladen, abrufen, downloaden, ophalen, 发送, 傳送, 寄出, gönderildi, 에서 보냄
""")
#: ... and names one of these.
DEVICES = listed("""
    mobile device, t-mobile, appareil, dispositivo, teléfono, telefono, min mobil, mon mobile,
    האייפון, הגלקסי, מכשיר, zariadenia, urządzenia, urządzeniu, enhet, apparaat, gerät,
    iphone, ipad, ios, ipod, apple watch, macbook, android, samsung, galaxy, huawei, xiaomi, redmi,
    oppo, oneplus, google pixel, nokia, xperia, motorola, htc, blackberry, windows,
    outlook, yahoo, aol, gmx, web.de, proton, protonmail, tutanota, tuta, thunderbird, gmail,
    k-9, fairemail, spark, superhuman, mailbird, edison, nine, bluemail, blue mail, airmail,
    em client, mailspring, mailbox, t-online, freenet, orange, zimbra, roundcube, workspace one,
    touchdown, boxer, my mobile, my phone, smartphone, handy, tablet, mail app, mail-app,
    mobiltelefon, téléphone, portable, móvil, celular, cellulare, mobiel, mobiele, telemóvel,
    telefonu, telefonen, mobilen, mobil enhet, 手机, 手機, 邮箱, スマートフォン, 携帯, הטלפון, הנייד
""")
