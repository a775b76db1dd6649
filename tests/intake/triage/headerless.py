"""Answers of programs without a header that says so. A table only: subject and text."""

from __future__ import annotations

ANSWERS = (
    ("Automatic reply: Printer", ""),
    ("Automatic Reply: [#1042] Printer", ""),
    ("Automatische Antwort: Drucker", "Ich bin bis 30.11. nicht erreichbar."),
    ("Réponse automatique : Imprimante", "Bonjour, je suis absente jusqu'au 30."),
    ("Réponse automatique : Imprimante", "Bonjour"),
    ("Respuesta automática: Impresora", "Hola"),
    ("Risposta automatica: Stampante", "Salve"),
    ("Automatisch antwoord: Printer", "Beste"),
    ("Resposta automática: Impressora", "Olá"),
    ("Autoodpowiedź: Drukarka", ""),
    ("Odpowiedź automatyczna: Drukarka", ""),
    ("Autosvar: Skrivare", ""),
    ("自动回复: 打印机", ""),
    ("自动回复：打印机", ""),
    ("自動応答: プリンタ", ""),
    ("自動返信：プリンタ", ""),
    ("תשובה אוטומטית: מדפסת", ""),
    (
        "Re: Automatic reply: Printer",
        (
            "I am currently out of the office and will return on Monday 30 November. For "
            "urgent matters contact Bob."
        ),
    ),
    ("Automatic reply", "I am out of the office until Monday."),
    (
        "Out of Office: Printer",
        "I'm out of office until 30 Nov. Please contact Bob for urgent issues.",
    ),
    (
        "Out of office",
        (
            "I am currently out of the office with limited access to email. I will "
            "respond when I return."
        ),
    ),
    ("OOO Re: Printer", "I'm OOO until Monday; I will reply when I return."),
    ("OOO: Printer", "Hi, I'm out of the office until 12/1. I'll get back to you when I return."),
    (
        "Re: Printer",
        (
            "Hello, I will be out of the office starting 23 Nov and returning 30 Nov. If "
            "you need immediate assistance, contact Bob."
        ),
    ),
    (
        "Re: [#1042] Drucker",
        (
            "Sehr geehrte Damen und Herren,\n\nvielen Dank für Ihre Nachricht. Ich bin "
            "derzeit nicht im Büro und ab dem 30. November wieder erreichbar. Ihre E-Mail "
            "wird nicht weitergeleitet."
        ),
    ),
    (
        "AW: Drucker",
        (
            "Guten Tag, ich bin vom 20. bis 30.11. im Urlaub. Ihre Mail wird nicht "
            "automatisch weitergeleitet. In dringenden Fällen wenden Sie sich bitte an "
            "Frau X."
        ),
    ),
    ("Abwesenheitsnotiz: Drucker", "Ich bin bis 30.11. abwesend."),
    (
        "Abwesenheit: Drucker",
        "Ich bin bis zum 30.11. nicht im Haus und werde Ihre Mail danach bearbeiten.",
    ),
    (
        "Re: Imprimante",
        (
            "Bonjour,\nActuellement en congés, je serai de retour le 30 novembre. En cas "
            "d'urgence, merci de contacter le secrétariat."
        ),
    ),
    (
        "Absent du bureau : Imprimante",
        "Je suis absent du 20 au 30 novembre inclus. Je vous répondrai dès mon retour.",
    ),
    (
        "Absence : Imprimante",
        "Je suis en congé jusqu'au 30. Pour toute urgence: secretariat@x.fr",
    ),
    ("Fuera de la oficina: Impresora", "Estaré fuera hasta el lunes."),
    (
        "RE: Impresora",
        (
            "Buenos días. Me encuentro fuera de la oficina hasta el 30 de noviembre. Para "
            "cualquier urgencia contacte con Bob."
        ),
    ),
    (
        "Fuera de oficina Re: Impresora",
        "Estoy de vacaciones hasta el lunes. Gracias por su mensaje.",
    ),
    (
        "R: Stampante",
        "Buongiorno, sono fuori ufficio fino al 30 novembre. Per urgenze contattare Bob.",
    ),
    ("Fuori ufficio: Stampante", "Sarò assente fino al 30/11. Risponderò al mio rientro."),
    (
        "Re: Stampante",
        (
            "Gentile mittente, sono assente dal lavoro fino al 30 novembre. Al mio "
            "rientro risponderò alla Sua e-mail."
        ),
    ),
    (
        "Antw: Printer",
        (
            "Ik ben afwezig tot en met 30 november. Voor dringende zaken kunt u contact "
            "opnemen met Bob."
        ),
    ),
    ("Afwezig: Printer", "Ik ben op vakantie en op 30 november weer bereikbaar."),
    ("RES: Impressora", "Estou de férias até 30 de novembro. Em caso de urgência, contate Bob."),
    (
        "Ausência: Impressora",
        "Estou ausente do escritório até 30/11. Responderei no meu regresso.",
    ),
    (
        "Odp: Drukarka",
        (
            "Dziękuję za wiadomość. Jestem na urlopie do 30 listopada. W pilnych sprawach "
            "proszę o kontakt z Bobem."
        ),
    ),
    ("Poza biurem: Drukarka", "Jestem poza biurem do 30.11."),
    (
        "Nieobecność: Drukarka",
        "Jestem nieobecna do 30.11. W sprawach pilnych proszę o kontakt z sekretariatem.",
    ),
    (
        "SV: Skrivare",
        (
            "Hej! Tack för ditt mejl. Jag är ledig till och med 30 november. Vid "
            "brådskande ärenden kontakta Bob."
        ),
    ),
    ("Frånvaro: Skrivare", "Jag är på semester till 30/11 och svarar när jag är tillbaka."),
    ("Ej på kontoret: Skrivare", "Jag är inte på kontoret, åter 30/11."),
    ("答复: 打印机", "您好！您的邮件已收到，我正在休假，11月30日回来后会尽快回复您。"),
    ("Re: 打印机", "您好，您的邮件我已收到，我会尽快给您回复。(这是一封自动回复邮件)"),
    ("自动回复：您好，邮件已收到", ""),
    (
        "回复：打印机",
        "这是来自QQ邮箱的假期自动回复邮件。\n\n您好，我最近正在休假中，无法亲自回复您的邮件。我将在假期结束后，尽快给您回复。",
    ),
    (
        "Re: プリンタ",
        "お世話になっております。11月30日まで不在にしております。お急ぎの場合は事務局までご連絡ください。",
    ),
    ("不在: プリンタ", "休暇のため11月30日まで不在です。戻り次第ご連絡いたします。"),
    ("【自動返信】お問い合わせありがとうございます", "このメールは自動送信されています。"),
    ("【自動応答】 Re: プリンタ", "只今不在にしております。"),
    ("מענה אוטומטי: מדפסת", ""),
    ("Re: מדפסת", "שלום, אני מחוץ למשרד עד 30.11. במקרים דחופים נא לפנות לבוב."),
    ("הודעת היעדרות: מדפסת", "אני בחופשה"),
    ("הודעה אוטומטית: מדפסת", "אני בחופשה עד ה-30 לחודש"),
    (
        "AUTO: Ingrid Voss is out of the office (returning 11/30/2026)",
        (
            "I am out of the office until 11/30/2026.\n\nNote: This is an automated "
            'response to your message "Printer" sent on 11/23/2026 10:42:00. This is the '
            "only notification you will receive while this person is away."
        ),
    ),
    (
        "AUTO: Ingrid Voss ist außer Haus (Rückkehr am 30.11.2026)",
        (
            "Ich bin bis zum 30.11.2026 abwesend.\n\nHinweis: Dies ist eine automatische "
            'Antwort auf Ihre Nachricht "Drucker" gesendet am 23.11.2026. Sie erhalten '
            "nur diese eine Benachrichtigung, wenn diese Person unterwegs ist."
        ),
    ),
    (
        "Ingrid Voss is out of the office.",
        (
            "I will be out of the office starting 11/23/2026 and will not return until "
            "11/30/2026.\n\nI will respond to your message when I return."
        ),
    ),
    (
        "Ingrid Voss ist außer Haus.",
        (
            "Ich werde ab 23.11.2026 nicht im Büro sein. Ich kehre zurück am 30.11.2026. "
            "Ich werde Ihre Nachricht nach meiner Rückkehr beantworten."
        ),
    ),
    (
        "AUTO: Ingrid Voss est absent(e) (retour 30/11/2026)",
        (
            "Je serai absent du bureau jusqu'au 30/11/2026.\n\nRemarque : ceci est une "
            "réponse automatique à votre message"
        ),
    ),
    (
        "Ingrid Voss/DE/ACME is out of the office",
        "I will be out of the office starting Mon and will not return until Tue.",
    ),
    (
        "AUTO: Ingrid Voss está ausente de la oficina (volverá 30/11/2026)",
        (
            "Estoy fuera de la oficina hasta 30/11/2026.\n\nNota: Esto es una respuesta "
            "automática a su mensaje"
        ),
    ),
    (
        "AUTO: Ingrid Voss è assente dall'ufficio (ritorno 30/11/2026)",
        (
            "Sono fuori ufficio fino al 30/11/2026.\n\nNota: questa è una risposta "
            "automatica al messaggio"
        ),
    ),
    ("Vacation: Printer", "I am on vacation. I will read your mail when I return."),
    (
        "Away from my mail",
        (
            'I will not be reading my mail for a while. Your mail regarding "Printer" '
            "will be read when I return."
        ),
    ),
    (
        "away from my mail",
        (
            'I will not be reading my mail until Monday. Your mail concerning "x" will be '
            "read when I get back."
        ),
    ),
    ("Vacation reply: Printer", "x"),
    ("Auto: Printer", "I am on leave until Monday. For urgent matters call 123."),
    ("Auto: Re: Printer", "Vielen Dank für Ihre Nachricht. Ich bin bis 30.11. nicht im Büro."),
    ("Auto reply Re: Printer", "gone fishing"),
    ("Auto-Reply: Printer", ""),
    ("[Auto-Reply] Printer", ""),
    ("(Auto reply) Printer", ""),
    ("[Automatic reply] Printer", ""),
    ("***Auto-Reply*** Printer", ""),
    ("Autoreply from Ingrid Voss", "I'm travelling."),
    ("Autoreply: Re: Printer", ""),
    ("Autoresponder: printer", ""),
    (
        "RE: printer",
        (
            "Thanks for your message. I am on parental leave until June 2027. Please "
            "contact Bob in my absence."
        ),
    ),
    (
        "Re: printer",
        (
            "Thank you for contacting us. I'm attending a conference this week and will "
            "have limited access to email."
        ),
    ),
    (
        "Paternity leave Re: printer",
        "I am on paternity leave until Jan. For urgent matters see Bob.",
    ),
    ("Annual leave", "Hi, I am on annual leave, returning on Monday. In my absence contact Bob."),
    ("On leave: printer", "I am on leave until Monday."),
    ("Отсутствие на рабочем месте: принтер", "Я в отпуске до 30.11"),
    ("Автоответ: принтер", ""),
    ("Automatisk svar: Printer", ""),
    ("Fraværende: printer", "Jeg er på ferie til mandag. Tak for din mail."),
    ("Automaattinen vastaus: tulostin", ""),
    ("Automatická odpověď: tiskárna", ""),
    ("Automatikus válasz: nyomtató", ""),
    ("Otomatik Yanıt: yazıcı", ""),
    ("자동 회신: 프린터", ""),
    ("رد تلقائي: طابعة", ""),
    (
        "Ticket received",
        (
            "Thank you for contacting Acme. We have received your request (#123). This is "
            "an automated message, please do not reply."
        ),
    ),
    ("Réponse automatique: Re: [#1042] Imprimante", ""),
    ("Reponse automatique : Imprimante", ""),
    ("Automatische Antwort auf: Drucker", ""),
    ("Automatische Antwort - Drucker", ""),
    ("Automatic reply from Ingrid Voss", ""),
    ("Automatic reply to: Printer", ""),
    ("Out of Office Notification: Printer", "I'm away until Monday."),
    ("Out of Office Notification", "I'm away until Monday. I will reply when I return."),
    (
        "Urlaub: Re: Drucker",
        "Ich bin im Urlaub und ab dem 30.11. wieder da. Dringende Fälle: Bob.",
    ),
    (
        "Vacaciones: Impresora",
        "Estoy de vacaciones hasta el 30. En caso de urgencia, llamen a Bob",
    ),
    ("Ferie: Stampante", "Sono in ferie fino al 30. Per urgenze: Bob"),
    ("Vakantie: Printer", "Ik ben met vakantie tot 30 november. Bij spoed: Bob"),
    ("Férias: Impressora", "Estou de férias até 30. Em caso de urgência: Bob"),
    ("Urlop: Drukarka", "Jestem na urlopie do 30.11. W pilnych sprawach: Bob"),
    ("Semester: Skrivare", "Jag har semester till 30/11. Vid brådskande ärenden: Bob"),
    ("休假: 打印机", "我在休假，11月30日回来。如有急事请联系Bob。"),
    ("休暇: プリンタ", "11月30日まで休暇をいただいております。お急ぎの場合は Bob まで。"),
    ("חופשה: מדפסת", "אני בחופשה עד 30.11. במקרה דחוף פנו לבוב."),
)
