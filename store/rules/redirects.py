"""Which text points somebody to the front door: by department and language, or the desk's own."""

from __future__ import annotations

from collections.abc import Iterator

from store.rulebook import RedirectRule, Rulebook


def redirect_template(rules: Rulebook, department: str, language: str, *, first_time: bool) -> str:
    """Return the template of a redirect, or of the welcome that ``first_time`` requesters get.

    Args:
        rules: The desk's.
        department: Key of the requester's department; "" for none.
        language: Code of the language of what they wrote; "" where that is not clear.
        first_time: They have never asked before.
    """
    fitting = _fitting(rules, department, language)
    if first_time:
        own = next((each.welcome for each in fitting if each.welcome), "")
        return own or rules.templates.welcome or rules.templates.redirect
    return next((each.text for each in fitting), rules.templates.redirect)


def _fitting(rules: Rulebook, department: str, language: str) -> Iterator[RedirectRule]:
    """Yield the texts for such a requester, the closest first."""
    wanted = [(department, language), ("", language), (department, "")]
    for place, language_too in dict.fromkeys(wanted):
        if place or language_too:
            yield from (
                each
                for each in rules.redirects
                if (each.department, each.language) == (place, language_too)
            )
