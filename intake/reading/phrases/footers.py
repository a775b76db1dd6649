"""Legal footers, notices of gateways and mailing lists, and banners that mail servers put in."""

from __future__ import annotations

from intake.listed import listed

#: Words that only a legal footer holds: one of them is enough.
LEGAL = listed("""
    consider the environment, think about the environment, ausschließlich für den bezeichneten,
    kunnen geen rechten, penser à l'environnement, 心当たりのない場合は,
    confidentiality notice, confidentiality note, legal disclaimer, email disclaimer,
    if you are not the intended recipient, if you received this email in error,
    if you received this message in error, not the intended recipient, intended solely for,
    privileged and confidential, confidential and privileged, please consider the environment,
    consider the environment before, registered in england, registered company,
    registered charity, does not necessarily reflect, virus-free, this email has been scanned,
    this email has been checked, this e-mail has been scanned, vertrauliche und/oder rechtlich,
    rechtlich geschützte informationen, wenn sie nicht der richtige adressat,
    wenn sie nicht der beabsichtigte, sollten sie nicht der, sollten sie diese e-mail irrtümlich,
    falls sie nicht der, irrtümlich erhalten, denken sie an die umwelt,
    bitte prüfen sie ob diese mail, bevor sie diese e-mail ausdrucken,
    bitte denken sie an die umwelt, sitz der gesellschaft, registergericht, amtsgericht,
    handelsregister, vorsitzender des aufsichtsrats, aufsichtsratsvorsitzender, ust-idnr, ust-id,
    hinweise zum datenschutz, auf viren geprüft, virenfrei, avis de confidentialité,
    strictement confidentiel, l'usage exclusif de, si vous n'êtes pas le destinataire,
    si vous avez reçu ce, si vous n’êtes pas destinataire, pensez à l'environnement,
    pensez à l’environnement, absence de virus, aviso legal,
    aviso de confidencialidad, si usted no es el destinatario, si no es usted el destinatario,
    si no es el destinatario, si ha recibido este, si usted ha recibido,
    piense en el medio ambiente, protección de datos de carácter personal,
    libre de virus, avviso di riservatezza, clausola di riservatezza, nota di riservatezza,
    qualora non foste, se non siete il destinatario, se non siete i destinatari,
    pensa all'ambiente, regolamento ue 2016/679, privo di virus,
    vertrouwelijk en uitsluitend, uitsluitend bestemd voor, indien u niet de,
    als u niet de geadresseerde, als u niet de bedoelde, ten onrechte ontvangen,
    denk aan het milieu, voordat u deze e-mail, kvk-nummer, virusvrij, aviso de confidencialidade,
    se você não é o destinatário, se não for o destinatário, se recebeu esta, caso tenha recebido,
    pense no ambiente, pense no meio ambiente, sem vírus, informacje zawarte w,
    jeżeli nie jesteście państwo, jeśli nie jesteś adresatem, jeżeli nie są państwo,
    jeżeli nie jest pan, otrzymali państwo tę wiadomość,
    klauzula poufności, pomyśl o środowisku, sąd rejonowy, kapitał zakładowy,
    wolna od wirusów, avsett endast för, om du inte är avsedd,
    om du inte är rätt mottagare, om du har fått detta, tänk på miljön,
    så behandlar vi personuppgifter, fritt från virus, 如果您不是, 若您並非, 如您误收,
    非指定收件人, 无病毒,
    誤って受信, 誤送信, 意図された受信者, ウイルスは検出されませんでした, אם אינך הנמען,
    אם קיבלת הודעה זו, הודעת סודיות, חשבו על הסביבה, חשוב על הסביבה, לפני שאתה מדפיס
""")

#: Words that such a footer begins with; one of those in ``LEGAL_AROUND`` must follow.
LEGAL_OPENINGS = listed("""
    diese mail enthält, diese nachricht ist, ce courrier électronique, este e-mail e,
    este e-mail é, wiadomość zawiera, ta wiadomość oraz, hrb, המידע הכלול, このメールに含まれる,
    le présent message, le présent courriel, cette communication,
    this email and any attachments, this e-mail and any attachments, this email and any files,
    this e-mail and any files, this message and any attachments, this email (including,
    this e-mail (including, this message (including, this email is confidential,
    this e-mail is confidential, this message is confidential, this email message is intended,
    this message is intended only, this message is intended for, this email is intended,
    this e-mail is intended, this message contains confidential, this email contains confidential,
    this e-mail contains confidential, this email may contain, this e-mail may contain,
    this communication is confidential, this communication is intended, this transmission,
    this message may contain, the information contained in this, the information in this email,
    the information in this e-mail, the contents of this email, the contents of this e-mail,
    the content of this email, the content of this e-mail, the information transmitted,
    if you have received this, registered office, company registration no, scanned for viruses,
    checked for viruses by, diese e-mail enthält, diese email enthält, diese e-mail kann,
    diese email kann, diese nachricht enthält, diese e-mail und alle, diese e-mail und etwaige,
    diese e-mail ist vertraulich, diese nachricht ist vertraulich,
    diese e-mail ist ausschließlich, der inhalt dieser e-mail, der inhalt dieser nachricht,
    die information in dieser, die in dieser e-mail, informationen zum datenschutz, ce message et,
    ce courriel et, ce message est confidentiel, ce courriel est confidentiel,
    ce message contient, ce courriel peut contenir, ce message peut contenir, ce mail et,
    ce message électronique, cet e-mail et, cet e-mail est confidentiel, cet email et,
    les informations contenues dans ce, este mensaje y, este mensaje contiene,
    este mensaje puede contener, este mensaje va dirigido, este mensaje se dirige,
    este correo electrónico y, este correo electrónico contiene,
    este correo electrónico es confidencial, este correo y, este e-mail y,
    la información contenida en este, la información contenida en el, questo messaggio e,
    questo messaggio è, questo messaggio contiene, questa e-mail e, questa e-mail è,
    questa e-mail contiene, questa email è, questa email contiene, il presente messaggio,
    la presente e-mail, la presente comunicazione, le informazioni contenute, se avete ricevuto,
    se ha ricevuto questo, dit bericht is, dit bericht en, dit bericht kan, dit bericht bevat,
    dit e-mailbericht, deze e-mail is, deze e-mail en, deze e-mail kan, deze e-mail bevat,
    deze email is, de informatie in dit, de informatie in deze, de inhoud van dit bericht,
    de inhoud van deze, de informatie verzonden, esta mensagem e, esta mensagem contém,
    esta mensagem pode conter, esta mensagem é, este email e, este e-mail e,
    este e-mail é confidencial, esta mensagem de correio, as informações contidas,
    a informação contida, ta wiadomość, niniejsza wiadomość, ta wiadomość e-mail,
    treść tej wiadomości, treść niniejszej wiadomości, detta meddelande är, detta meddelande kan,
    detta meddelande och, detta meddelande innehåller, detta e-postmeddelande, detta mejl,
    denna e-post, informationen i detta, 本邮件及其附件, 本邮件及附件, 本邮件包含, 此邮件,
    本電子郵件, 本郵件, 本信件, 此電子郵件, 本邮件,
    本メール, このメールには, このメールは, このメールおよび, このメール及び, このメッセージには,
    この電子メール, הודעה זו, דואר אלקטרוני זה,
    דוא"ל זה
""")

#: Stems that stand in every paragraph of such a footer.
LEGAL_AROUND = listed("""
    confidential, privileged, disclaimer, intended, recipient, unauthorised, unauthorized, virus,
    liability, vertraulich, adressat, haftung, weitergabe, datenschutz, hrb,
    confidentiel, destinataire, confidenciais, responsabilité, confidencial, destinatario,
    responsabilidad,
    riservat, destinatari, responsabilità, vertrouwelijk, geadresseerde, aansprakelijk,
    destinatário, responsabilidade, poufn, adresat, odpowiedzialności, konfidentiell, mottagare,
    vat no, avast, 保密, 机密, 機密, 受信, חסוי, סודי, נמען
""")

#: What the stems in ``LEGAL_AROUND`` have in common: each that is ASCII holds one of these.
LEGAL_ROOTS = listed("""
    onfiden, destinata, adres, responsabili, unauthori, privileged, disclaimer, intended,
    recipient, virus, liability, vertr, haftung, weitergabe, datenschutz, hrb, riservat,
    aansprakelijk, poufn, mottagare, vat, avast
""")

#: First words of what mailing lists put below every mail.
LISTS = listed("""
    you received this message because you are subscribed, you are receiving this because,
    to unsubscribe from this, to unsubscribe send, unsubscribe here,
    sie erhalten diese nachricht, reply to this email directly, view it on github
""")

#: What servers put on top of mail from elsewhere.
BANNERS = listed("""
    caution: external sender, caution: external email, warning: external sender,
    warning: external email,
    external, this message was sent from outside, this e-mail was sent from outside,
    achtung externe e-mail, diese nachricht kommt von einem externen, externe e-mail,
    externe mail, externe nachricht, ce message vient de l'extérieur, email externe,
    e-mail externe, message externe, correo externo, mensaje externo, e-mail externo,
    messaggio esterno, email esterna, extern bericht, wiadomość zewnętrzna, externt mejl,
    externt meddelande, externt e-postmeddelande, 外部邮件, 外部メール, דואר חיצוני,
    [external], [external email], [external e-mail], [external sender], [ext], *external*,

    external email, external sender, external message, caution: external, caution: this email,
    caution: this e-mail, caution: this message, caution - external, caution! this,
    caution external,
    warning: external, warning: this email, warning: this e-mail, warning: this message,
    warning! this,
    attention: this email, attention: external, attention! this,
    this email originated from outside,
    this email originated outside,
    this e-mail originated from outside, this message originated from outside,
    this message originated outside, this email was sent from outside,
    this email came from outside,
    this message came from outside, this email is from an external,
    this message is from an external,
    this sender might be impersonating, you don't often get email from,
    you don't often get emails from, some people who received this message don't often get email,
    [extern], [externe e-mail], [externe mail], achtung: externe, achtung: diese e-mail,
    achtung! diese e-mail, vorsicht: diese e-mail, vorsicht! diese e-mail, vorsicht: externe,
    externe e-mail:, diese e-mail stammt von außerhalb, diese e-mail kommt von außerhalb,
    diese e-mail wurde von außerhalb, diese nachricht stammt von außerhalb, warnung: diese e-mail,
    sie erhalten nicht oft e-mails von, sie erhalten nicht häufig e-mails von,
    [externe], [expéditeur externe], attention : ce, attention: ce, attention : courriel externe,
    ce message provient de l'extérieur, ce courriel provient de l'extérieur,
    cet e-mail provient de l'extérieur, vous n'obtenez pas souvent d'e-mail, courriel externe,
    vous ne recevez pas souvent, [externo], [correo externo], [email externo], precaución: este,
    atención: este, advertencia: este, este correo proviene, este mensaje proviene,
    no suele recibir correo electrónico de, no suele recibir correos, [esterno],
    attenzione: questa,
    attenzione: questo, attenzione: email esterna, questo messaggio proviene,
    non si ricevono spesso messaggi, non ricevi spesso, [extern bericht],
    let op: deze e-mail, let op: dit bericht, let op: externe,
    deze e-mail is afkomstig van buiten,
    u ontvangt niet vaak e-mail, atenção: este, atenção: esta, cuidado: este,
    este e-mail foi enviado de fora, não costuma receber e-mails, você não costuma receber,
    [zewnętrzny], [zewnętrzna],
    [zewnętrzne], uwaga: ta, uwaga! ta, uwaga: wiadomość, ta wiadomość pochodzi spoza,
    nie otrzymujesz często wiadomości, varning: detta, obs: detta, obs! detta,
    detta e-postmeddelande kommer, detta meddelande kommer från en extern,
    du får inte ofta e-post från,
    [外部], [外部邮件], 【外部邮件】, 【外部】, 注意：此邮件, 注意：本邮件, 警告：此邮件,
    外部邮件：,
    [外部メール], 【外部メール】, 注意：このメール, 注意: このメール, このメールは社外,
    このメールは組織外, このメールは外部, [חיצוני], זהירות: הודעה זו, זהירות: דוא"ל,
    זהירות!, אזהרה: הודעה זו
""")
#: Such a banner says that the mail is from outside, or from somebody new ...
OUTSIDE = listed("""
    outside, external, ext], impersonating, often get, extern, außerhalb, ausserhalb, nicht oft,
    nicht häufig, extérieur, souvent, exterior, fuera, suele, estern, spesso, buiten, niet vaak,
    fora, costuma, spoza, zewn, często, utanför, inte ofta, 外部, 社外, 組織外, חיצוני, מחוץ
""")
#: ... and warns of these.
RISKY = listed("""
    click, link, attachment, klick, anhäng, anhang, verknüpfung, clique, liens, pièces jointes,
    haga clic, enlaces, adjuntos, clic, collegamenti, allegati, klik, bijlage, clique, anexos,
    klikaj, łącz, załącznik, klicka, länkar, bilagor, 链接, 附件, 添付, リンク, קישור, צרופ,
    learn why
""")
