"""The names by which mail programs tell, in HTML, what is a signature and what is quoted."""

from __future__ import annotations

import re

from intake.listed import listed
from intake.reading.html_tokens import Token
from intake.reading.marks import ANSWERED, QUOTED, SIGNED

_VALUES = re.compile(r"\b(?:class|id|name|data-marker)\s*=\s*(?:\"([^\"]*)|'([^']*)|([^\s>]*))")
#: Elements whose text, up to the quote inside them, says who wrote what is quoted when. Those
#: without a quote inside are quoted whole.
_QUOTED = listed("""
    gmail_quote, gmail_quote_container, gmail_attr, moz-cite-prefix, reply-intro,
    protonmail_quote, yahoo_quoted, messageReplySection, zmail_extra, nylas-quote, airmail_on,
    airmail_ext_on
""")
#: Elements with which the mail being answered begins, to the end.
_ANSWERED = listed("""
    appendonsend, divRplyFwdMsg, zwchr, __DIVIDER__, stopSpelling, OutlookMessageHeader,
    OLK_SRC_BODY_SECTION, mail-editor-reference-message-container,
    ms-outlook-mobile-reference-message, _MailOriginal
""")
#: Elements that hold a signature.
_SIGNED = listed("""
    gmail_signature, gmail_signature_prefix, moz-signature, protonmail_signature_block, Signature,
    ms-outlook-mobile-signature, composer_signature, AppleMailSignature, messageSignatureSection,
    __SIG_POST__, __SIG_PRE__, tutanota_signature, email-signature, mail-signature
""")
_ROLES = {
    name.casefold(): role
    for names, role in ((_QUOTED, QUOTED), (_ANSWERED, ANSWERED), (_SIGNED, SIGNED))
    for name in names
}
#: GMX names its quote so; others name other things so.
_GMX = re.compile(r"\bname\s*=\s*[\"']?quote\b", re.IGNORECASE)
#: Outlook draws this line above the mail being answered.
_BORDER = re.compile(
    r"border\s*:\s*none\s*;\s*border-top\s*:\s*solid\s+(?:#E1E1E1|#B5C4DF|windowtext)\s+1\.0pt",
    re.IGNORECASE,
)
#: A line break by which phones of Apple say that the next element is a signature.
_SIGNATURE_BREAK = "lineBreakAtBeginningOfSignature"


def role_of(tag: Token) -> str:
    """Return the mark of what an element holds; "" for the text of a mail, and for its quotes."""
    text = tag.text
    if not text or tag.name == "blockquote":
        return ""
    if tag.name == "div":
        if "border-top" in text and _BORDER.search(text):
            return ANSWERED
        if "quote" in text and _GMX.search(text):
            return QUOTED
    if not ("class" in text or "id=" in text or "name=" in text or "data-m" in text):
        return ""
    for match in _VALUES.finditer(text):
        for name in (match[1] or match[2] or match[3] or "").casefold().split():
            # Yahoo puts other letters before the names of what it shows again.
            if role := _ROLES.get(name) or (QUOTED if name.endswith("yahoo_quoted") else ""):
                return role
    return ""


def announces_signature(tag: Token) -> bool:
    """Say whether the element behind this one is a signature."""
    return _SIGNATURE_BREAK in tag.text
