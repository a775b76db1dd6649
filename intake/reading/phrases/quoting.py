"""How mail programs mark what they quote and what they forward."""

from __future__ import annotations

from intake.listed import listed

#: The verb of an attribution line: "On Monday Ana *wrote*:".
WROTE = listed("""
    wrote, writes, schrieb, schreibt, geschrieben, a écrit, écrit, écrivait,
    escribió, escribio, ha escrito, ha scritto, scrisse, scrive,
    schreef, schrijft, geschreven, escreveu, escreve,
    napisał(a), napisał, napisała, napisana przez, pisze,
    skrev, skriver, kirjoitti, napsal, napsala, napsal(a), napísal, napísala,
    ezt írta, írta, a scris, yazdı, va escriure,
    написал, написала, написал(а), пишет, пише, написав, έγραψε, đã viết,
    كتب, כתב, כתבה, כתב/ה, כתבת, כתב(ה), מאת,
    写道, 寫道, 写信, のメール, 書きました, さんは書, さんが書, 作成, 작성, 님이 씀
""")

#: Words a dated attribution line begins with. A line may also begin with the date itself.
OPENINGS = listed("""
    On, At, Am, Le, El, Il, Op, Em, Às, No dia, Den, W dniu, Dnia, Wiadomość, Dne, Dňa, Pe data,
    În, Στις, Vào, Quoting, Zitat von, Citando a, Citeren, В, بتاريخ, في, ב-, בתאריך, ביום, 在,
    于, 於
""")

#: Between dashes: the mail that is answered follows, to the end.
ORIGINAL = listed("""
    Original Message, Original Email, Original E-Mail, Original Mail, Original Appointment,
    Reply Message,
    Ursprüngliche Nachricht, Ursprüngliche E-Mail, Originalnachricht, Original-Nachricht,
    Original Nachricht, Antwort Nachricht,
    Originalmeddelande, Ursprungligt meddelande, Ursprungligt brev,
    Message d'origine, Message original, Mail original, Message initial, E-mail d'origine,
    Mensaje original, Mensaje Original, Correo original, Messaggio originale,
    Messaggio Originale, Oorspronkelijk bericht, Origineel bericht, Oorspronkelijke bericht,
    Mensagem original, Mensagem Original, Oryginalna wiadomość, Wiadomość oryginalna,
    Treść oryginalnej wiadomości, Oprindelig meddelelse, Oprindelig besked, Opprinnelig melding,
    Ursprungligt e-postmeddelande, Původní e-mail,
    Alkuperäinen viesti, Původní zpráva, Pôvodná správa, Eredeti üzenet, Mesaj original,
    Mesajul original, Orijinal Mesaj, Исходное сообщение, Оригинальное сообщение,
    Αρχικό μήνυμα, Missatge original, 原始邮件, 邮件原件, 原邮件,
    原始信件, 原始郵件, 原始訊息, 原來的訊息, 回复的原邮件, 元のメッセージ, 元のメール,
    Original メッセージ, 원본 메시지, 원본 메일, הודעה מקורית, ההודעה המקורית, الرسالة الأصلية,
    Thư gốc
""")

#: Anywhere in a line: everything below is not the sender's. Other desks put these on top.
REPLY_ABOVE = listed("""
    reply above this line, type your reply above, please reply above, write above this line,
    bitte antworten sie oberhalb dieser zeile, antworten sie über dieser linie,
    répondre au-dessus de cette ligne, responda por encima de esta línea,
    rispondi sopra questa riga, antwoord boven deze regel
""")

#: Between dashes: a forwarded mail follows, and it is what the sender wants to show.
FORWARDED = listed("""
    Forwarded message, Forwarded Message, Forwarded mail, Forwarded by, Forwarded email,
    Weitergeleitete Nachricht, Weitergeleitete E-Mail, Weitergeleitet von, Message transféré,
    Message réexpédié, Courriel transféré, Transféré par, Mensaje reenviado, Reenviado por,
    Messaggio inoltrato, Inoltrato da, Doorgestuurd bericht, Doorgestuurd door,
    Mensagem encaminhada, Mensagem reencaminhada, Encaminhado por, Przekazana wiadomość,
    Wiadomość przekazana, Przekazane przez, Vidarebefordrat meddelande, Vidarebefordrat brev,
    Vidarebefordrat av, Videresendt meddelelse, Videresendt melding, Edelleenlähetetty viesti,
    Välitetty viesti, Přeposlaná zpráva, Preposlaná správa, Továbbított üzenet,
    Mesaj redirecționat, İletilmiş mesaj, Yönlendirilmiş mesaj, Пересылаемое сообщение,
    Пересланное сообщение, Переслане повідомлення, Προωθημένο μήνυμα, Missatge reenviat,
    转发的消息, 转发的邮件, 转发邮件, 轉寄郵件, 轉寄的郵件, 轉寄訊息, 転送メッセージ,
    転送されたメッセージ, 転送メール, 전달된 메시지, 전달한 메일, הודעה מועברת, הודעה שהועברה,
    رسالة معاد توجيهها, رسالة محولة, Thư chuyển tiếp,
    Message transmis, Vidarebefordrad e-post, Proslijeđena poruka, Prosleđena poruka,
    Treść przekazanej wiadomości, Videresendt besked, Prosledjena poruka,
    Перенаправлене повідомлення, Edastatud sõnum, Edastatud kiri, メッセージを転送
""")

#: A line of its own (Apple Mail): a forwarded mail follows.
BEGIN_FORWARDED = (
    *listed("""
    Begin forwarded message, Anfang der weitergeleiteten Nachricht,
    Anfang der weitergeleiteten E-Mail, Début du message réexpédié, Début du message transféré,
    Inicio del mensaje reenviado, Empieza el mensaje reenviado, Inizio messaggio inoltrato,
    Begin doorgestuurd bericht, Início da mensagem reencaminhada,
    Início da mensagem encaminhada, Początek przekazywanej wiadomości, Vidarebefordrat brev,
    Vidarebefordrat mejl, Videresendt meddelelse, Videresendt brev,
    Start på videresendt melding, Välitetty viesti alkaa, Začátek přeposlané zprávy,
    Začiatok preposlanej správy, Továbbított levél kezdete, İletilen ileti başlangıcı,
    Начало переадресованного сообщения, Αρχή προωθημένου μηνύματος, 开始转发的邮件,
    下面是被转发的邮件, 以下是轉寄的郵件, 開始轉寄郵件, 転送されたメッセージ, 転送されたメール,
    전달된 메시지 시작, התחלת ההודעה שהועברה, תחילת ההודעה שהועברה, تم تحويل الرسالة,
    Započni proslijeđenu poruku, Începe mesajul redirecționat
"""),
    "Початок листа, що пересилається",
)

#: Lines of a quoted header block. Outlook writes nothing else above what it quotes.
FROM = listed("""
    From, Von, De, Da, Van, Od, Från, Fra, Lähettäjä, Feladó, De la, Kimden, Gönderen, От, Від,
    От кого, Από, Expéditeur, Remitente, Mittente, Afzender, Nadawca, 发件人, 發件人, 寄件者,
    寄件人, 從, 差出人, 送信者, 发信人, 보낸 사람, 발신, מאת, من, Từ,
    Expeditorul, Expeditor, Отправитель, Від кого, Šalje, Pošiljatelj, Saatja, 送信元
""")
DATE = listed("""
    Sent, Date, Gesendet, Gesendet am, Datum, Envoyé, Envoyé le, Date d'envoi, Message du, Enviado,
    Enviado el, Enviado em, Enviada em, Enviada, Fecha, Data, Inviato, Verzonden, Verstuurd,
    Wysłano, Wysłane, Data wysłania, Skickat, Skickades, Sendt, Dato, Lähetetty, Päivämäärä,
    Odesláno,
    Odoslané, Dátum, Küldve, Elküldve, Trimis, Gönderildi, Tarih, Gönderme Tarihi, Отправлено,
    Дата, Надіслано, Στάλθηκε, Ημερομηνία, 发送时间, 发送日期, 发件时间, 時間, 时间, 日期,
    寄件日期, 傳送時間, 已傳送, 送信日時, 日時, 日付, 보낸 날짜, 날짜, 일시, נשלח, תאריך,
    נשלח בתאריך, تاريخ, أرسلت, Ngày,
    Dată, Data trimiterii, Päiväys, Gönderilen, Відправлено, Poslano, Kuupäev, Saadetud
""")
TO = listed("""
    To, An, À, A, Para, Aan, Do, Till, Til, Vastaanottaja, Komu, Címzett, Către, Catre, Kime,
    Alıcı, Кому, Προς, Destinataire, Destinatario, Ontvanger, Adresat, 收件人, 收件者, 宛先,
    送信先, 받는 사람, 수신, אל, לכבוד, إلى, Đến,
    Destinatarul, Prima, Primatelj, Saaja, Címzettek, Pour, Per, Odbiorca, Destinatário, Mottagare
""")
CC = listed("""
    Cc, Bcc, DW, UDW, Kopie, Kopi, Kopia, Kopio, CC, Copie à, Copia, Kópia, Bilgi, Копия, Копія,
    Κοιν.,
    Másolatot kap, 抄送, 副本, 참조, עותק, نسخة,
    Másolat, Dw
""")
SUBJECT = listed("""
    Subject, Betreff, Objet, Sujet, Asunto, Oggetto, Onderwerp, Assunto, Temat, Ämne, Emne,
    Aihe, Předmět, Predmet, Tárgy, Subiect, Konu, Тема, Θέμα, Assumpte, 主题, 主題, 主旨, 标题,
    件名, 제목, נושא, הנדון, الموضوع, Chủ đề, Tiêu đề,
    Subiectul, Naslov, Teema
""")

#: What programs put before the subject of a mail that is forwarded.
FORWARD_PREFIXES = listed("""
    fw, fwd, wg, tr, rv, i, inoltro, enc, fs, doorst, vb, vl, pd, přep, továbbítás, ilt, прд,
    нт, πρθ, 转发, 轉寄, 轉發, 転送, 전달, הועבר, העבר, إعادة توجيه,
    redir, videresend, videresendt, vidarebefordra, prosl, proslijeđeno, reenv
""")
#: What they put before the subject of an answer.
REPLY_PREFIXES = listed("""
    re, aw, antw, antwort, sv, vs, odp, rif, r, ref, res, rép, rsp, bls, ynt, vá, отв, от, απ,
    σχετ, ha, 回复, 回覆, 答复, 回信, 返信, 답장, 회신, השב, תשובה, תגובה, رد
""")
#: What Danes and Norwegians put there when they forward, and Finns when they answer.
EITHER_PREFIX = "vs"
