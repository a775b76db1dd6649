"""How delivery reports say what happened, in the languages that mail systems speak.

One table for each meaning; a new phrase goes into the right one and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from intake.listed import listed

#: In a subject: mail came back.
FAILED = listed("""
    undeliver, undelivered, mail delivery fail, mail delivery problem,
    delivery status notification, delivery fail, delivery notification, delivery report,
    delivery problem, delivery has failed, delivery incomplete, returned mail, failure notice,
    mail system error, returning message to sender, message not delivered, mail not delivered,
    could not be delivered, couldn't be delivered, can't be delivered, non-deliver, nondeliver,
    non deliver, not deliverable, returned to sender, message failed, permanent delivery,
    rejected mail, automatically rejected, message you sent blocked, message blocked, mail error,
    error sending, bounced mail, unzustellbar, nicht zugestellt, nicht zustellbar,
    konnte nicht zugestellt, nicht übermittelt, zustellung fehlgeschlagen, zustellfehler,
    fehler bei der zustellung, zustellungsstatus, benachrichtigung zum zustellstatus,
    übermittlung fehlgeschlagen, rückläufer, benachrichtigung zum übermittlungsstatus,
    übermittlungsstatus, unzustellbarkeit, non remis, échec de la remise, échec de remise,
    échec de la livraison, échec d'envoi, non distribu, non délivr, notification d'état de remise,
    état de la remise, impossible de remettre, courrier non livré, n'a pas pu être remis,
    n'a pas été remis, retour à l'expéditeur, no se puede entregar, no se pudo entregar,
    no entregado, no se ha podido entregar, error de entrega, fallo de entrega,
    fallo en la entrega, notificación de estado de entrega, correo devuelto, mensaje devuelto,
    no ha sido entregado, no se ha entregado, imposible entregar, impossibile recapitare,
    non recapitabile, mancato recapito, mancata consegna, non consegnat, notifica sullo stato,
    notifica di mancat, errore di consegna, non è stato recapitato, non inviato,
    posta non recapitata, onbestelbaar, niet bezorgd, niet-bezorg, niet worden bezorgd,
    niet afgeleverd, kan niet worden afgeleverd, bezorging mislukt, aflevering mislukt,
    bezorgingsfout, niet te bezorgen, não é possível entregar, não entregue, falha na entrega,
    falha de entrega, não foi entregue, não pôde ser entregue, notificação de status de entrega,
    erro de entrega, devolvid, notificação do estado da entrega, não foi possível entregar,
    devolução, niedostarcz, niedoręcz, nie można dostarczyć, nie dostarczono, nie został dostarcz,
    nie została dostarcz, zwrot wiadomości, powiadomienie o stanie dostarczenia, błąd dostarcz,
    kan inte levereras, ej levererat, olevererat, oleverbar, olevererbar, kunde inte levereras,
    har inte levererats, gick inte att leverera, leveransfel, leveransstatus,
    leveransen misslyckades, kan ikke leveres, ikke leveret, ikke levert, uleverbar,
    kunne ikke leveres, leveringsfejl, leveringsfeil, levering mislykket, kunne ikke leverast,
    toimittamaton, ei voi toimittaa, toimitus epäonnistui, ei voitu toimittaa,
    perille toimittamaton, nedoručiteln, nelze doručit, nedoručen, doručení se nezdařilo,
    nedá sa doručiť, kézbesíthetetlen, sikertelen kézbesítés, nem kézbesíthető,
    nu poate fi livrat, nelivrat, nelivrabil, teslim edilemedi, iletilemedi, teslim edilemeyen,
    не удается доставить, не удалось доставить, недоставлен, не доставлен,
    не может быть доставлен, ошибка доставки, возврат письма, не вдалося доставити, недоставлене,
    δεν είναι δυνατή η παράδοση, αδυναμία παράδοσης, μη παραδοτέο, 未送達, 配信不能,
    配信できません, 配信に失敗, 配信エラー, 送信エラー, 配達不能, 不達, 未配信,
    配信されませんでした, 届きませんでした, 退信, 无法送达, 未送达, 无法投递, 投递失败, 傳遞失敗,
    無法傳遞, 未傳遞, 無法遞送, 無法送達, 无法传递, 传递失败, 未传递, 退件, 배달되지 않음,
    배달할 수 없음, 배달 실패, 반송, 전송 실패, 전송되지 않음, 배달하지 못함, לא ניתן למסירה,
    לא נמסר, לא ניתן לבצע מסירה, המסירה נכשלה, לא ניתן למסור, تعذر التسليم, لم يتم التسليم,
    تعذر تسليم, فشل التسليم, غير قابل للتسليم, không thể gửi, không gửi được
""")

#: In a subject or in the words: it is late, and is tried again.
DELAYED = listed("""
    delivery delayed, message delayed, delivery is delayed, delayed mail, has been delayed,
    delivery status notification (delay), is delayed, not yet been delivered, will be retried,
    will continue to try, will keep trying, still being retried, continue trying,
    delivery attempts will continue, still trying, warning message only, do not need to resend,
    not need to take any action, no action is required on your part,
    could not send message for past, have not been able to deliver, temporary problem,
    has been postponed, delivery incomplete, will try again, keep retrying, verzögert,
    verzögerung, noch nicht zugestellt, wird weiter versucht, weitere zustellversuche,
    wird erneut versucht, vorübergehend, retardé, remise différée, retard de remise,
    tentera de nouveau, pas encore été remis, retrasado, retraso, demorado, se volverá a intentar,
    aún no se ha entregado, ritardat, in ritardo, ritardo, verrà ritentat,
    non è ancora stato recapitato, vertraagd, vertraging, nog niet bezorgd, atrasad,
    atraso na entrega, adiada, será repetida, opóźnion, opóźnienie, fördröj, försena, forsinket,
    viivästy, zpožděn, késleltet, întârzi, gecikti, gecikme, задержан, задержка, откладыва,
    καθυστέρ, 遅延, 延期, 延迟, 延遲, 지연, מתעכב, עיכוב, התעכבה, تأخر, تأجيل
""")

#: In the words, where the subject says nothing: what a mail system begins with.
OPENINGS = listed("""
    undeliverable, could not be delivered, couldn't be delivered, cannot be delivered,
    can't be delivered, was not delivered, wasn't delivered, not been delivered,
    unable to deliver, delivery has failed, delivery to the following, delivery failed,
    failed permanently, did not reach the following recipient, following addresses had,
    following address failed, following addresses failed, following recipients failed,
    following recipient failed, this is the mail system at host, this is the qmail-send,
    returned mail, mail delivery software, permanent error, fatal errors, wasn't able to deliver,
    was rejected by, address not found, message not delivered, message blocked,
    recipient was not found, failed recipient, delivery failure report, konnte nicht zugestellt,
    nicht zugestellt werden, fehler bei der nachrichtenzustellung, nicht übermittelt werden,
    zustellung an folgende, n'a pas pu être remis, n'a pas été remis, échec de la remise,
    impossible de remettre, n'a pas pu être distribué, no se pudo entregar,
    no se ha podido entregar, error en la entrega, no se puede entregar, impossibile recapitare,
    non è stato possibile recapitare, impossibile consegnare, kan niet worden bezorgd,
    kon niet worden bezorgd, bezorging is mislukt, kon niet worden afgeleverd,
    não foi possível entregar, não pôde ser entregue, falha na entrega, nie można było dostarczyć,
    nie udało się dostarczyć, kunde inte levereras, det gick inte att leverera,
    kunne ikke leveres, не удалось доставить, не может быть доставлено, 配信できませんでした,
    配信に失敗, 無法傳遞, 無法送達, 无法送达, 无法投递, 无法传递, 배달하지 못했습니다,
    배달할 수 없습니다, לא ניתן היה למסור, לא נמסרה
""")


def pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the phrases, whatever blanks and apostrophes it has."""
    each = (
        re.escape(" ".join(phrase.split())).replace(r"\ ", r"\s{1,3}").replace("'", "['’]")
        for phrase in phrases
    )
    return re.compile("|".join(sorted(set(each), key=len, reverse=True)), re.IGNORECASE)
