"""The words of automatic reports. Tables only; ``reports`` uses them."""

from __future__ import annotations

from intake.listed import listed
from store.rules.phrases import fold

#: Words of a subject that say how it stands. The first one met counts.
WELL = listed("""
    ok, up, recovery, recovered, resolved, solved, success, successful, successfully, succeeded,
    completed, complete, cleared, clear, normal, healthy, passed, finished, info, erfolgreich,
    behoben, wiederhergestellt, réussi, réussie, résolu, rétabli, correcto, completado, resuelto,
    riuscito, completato, risolto, geslaagd, voltooid, opgelost, concluído, resolvido,
    zakończono, rozwiązano, lyckades, löst
""")
ILL = listed("""
    problem, critical, warning, warn, down, failed, failure, fail, failing, error, errors, alert,
    alerting, alarm, firing, unknown, unreachable, triggered, degraded, fatal, emergency, major,
    minor, disaster, high, average, offline, timeout, fehler, fehlgeschlagen, warnung, kritisch,
    störung, échec, erreur, avertissement, critique, fallido, fallo, error, advertencia, errore,
    fallito, avviso, critico, mislukt, fout, waarschuwing, falhou, falha, erro, aviso, błąd,
    ostrzeżenie, misslyckades, fel, varning
""")
#: What else changes from one report to the next.
PASSING = frozenset(
    fold(word)
    for word in (
        *WELL,
        *ILL,
        *listed("""
    re, fw, fwd, aw, wg, acknowledgement, flappingstart, flappingstop, now, still, again, is, has,
    was, been, in, at, on, am, um, for, since, seconds, minutes, hours, days, jan, feb, mar, apr,
    may, jun, jul, aug, sep, oct, nov, dec, january, february, march, april, june, july, august,
    september, october, november, december, januar, februar, märz, mai, juni, juli, oktober,
    dezember, mon, tue, wed, thu, fri, sat, sun, monday, tuesday, wednesday, thursday, friday,
    saturday, sunday, montag, dienstag, mittwoch, donnerstag, freitag, samstag, sonntag, utc, gmt,
    cet, cest, est, pst, pm, not
"""),
    )
)
