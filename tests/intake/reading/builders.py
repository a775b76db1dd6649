"""Mails for tests, as bytes: built by hand so that every byte is what the test means."""

from __future__ import annotations

import base64

HEADERS = {
    "From": "Ana Lovelace <ana@school.example>",
    "To": "help@northgate.example",
    "Subject": "The printer jams",
    "Date": "Mon, 23 Nov 2026 10:42:00 +0000",
    "Message-ID": "<1@school.example>",
}


def mail(body: str | bytes = "Hello.", /, **headers: str | bytes | None) -> bytes:
    """Return a mail with the usual headers; ``Content_Type="..."`` adds or replaces one."""
    fields: dict[str, str | bytes] = dict(HEADERS)
    for key, value in headers.items():
        name = key.replace("_", "-")
        fields.pop(name, None)
        if value is not None:
            fields[name] = value
    head = b"".join(
        name.encode() + b": " + (value if isinstance(value, bytes) else value.encode()) + b"\r\n"
        for name, value in fields.items()
    )
    data = body if isinstance(body, bytes) else body.replace("\n", "\r\n").encode()
    return head + b"\r\n" + data


def part(body: str | bytes, /, **headers: str | bytes) -> bytes:
    """Return one MIME part: headers, an empty line, the body."""
    head = b"".join(
        name.replace("_", "-").encode()
        + b": "
        + (value if isinstance(value, bytes) else value.encode())
        + b"\r\n"
        for name, value in headers.items()
    )
    return (
        head + b"\r\n" + (body if isinstance(body, bytes) else body.replace("\n", "\r\n").encode())
    )


def multipart(kind: str, *parts: bytes, boundary: str = "b", **headers: str) -> bytes:
    """Return a mail of type ``multipart/kind`` with the parts."""
    return mail(
        joined(*parts, boundary=boundary),
        Content_Type=f'multipart/{kind}; boundary="{boundary}"',
        **headers,
    )


def joined(*parts: bytes, boundary: str = "b") -> bytes:
    """Return the body of a multipart."""
    mark = boundary.encode()
    return (
        b"".join(b"--" + mark + b"\r\n" + one + b"\r\n" for one in parts) + b"--" + mark + b"--\r\n"
    )


def nested(kind: str, *parts: bytes, boundary: str) -> bytes:
    """Return a part of type ``multipart/kind`` to be put into another."""
    return part(
        joined(*parts, boundary=boundary), Content_Type=f'multipart/{kind}; boundary="{boundary}"'
    )


def b64(data: bytes) -> bytes:
    """Return base64 in lines of 76, as mailers write it."""
    return base64.encodebytes(data).replace(b"\n", b"\r\n")


_HTML = (
    '<html><head><meta charset="utf-8"><style>p{margin:0}</style></head><body><div>Works now.</div>'
    '<div class="gmail_quote"><div class="gmail_attr">On Mon, 23 Nov 2026 at 09:12, Help &lt;'
    '<a href="mailto:help@northgate.example">help@northgate.example</a>&gt; wrote:<br></div>'
    '<blockquote class="gmail_quote">Try <b>again</b>?<table><tr><td>a</td><td>b</td></tr>'
    "<tr><td>c</td><td>d</td></tr></table></blockquote></div></body></html>"
)

#: Whole mails as people's programs send them; the fuzz tests damage them.
REAL_MAILS: dict[str, bytes] = {
    "plain": mail("The printer on floor 3 jams.\n\n-- \nAna\n"),
    "reply": mail(
        "Yes, room 12.\n\nOn Mon, 23 Nov 2026 at 09:12, Help <help@northgate.example> wrote:\n"
        "> Where?\n>\n>> old\n",
        Subject="Re: [#1042] The printer jams",
        In_Reply_To="<2@northgate.example>",
        References="<1@school.example> <2@northgate.example>",
    ),
    "outlook": mail(
        "Danke!\n\nVon: Help <help@northgate.example>\nGesendet: Montag, 23. November 2026 09:12\n"
        "An: Ana\nBetreff: AW: Drucker\n\nGeht es jetzt?\n",
        Subject="=?iso-8859-1?Q?AW=3A_Dr=FCcker?=",
        Content_Type='text/plain; charset="iso-8859-1"',
    ),
    "alternative": multipart(
        "alternative",
        part("Works now.\n", Content_Type="text/plain; charset=utf-8"),
        part(_HTML, Content_Type="text/html; charset=utf-8", Content_Transfer_Encoding="8bit"),
    ),
    "html": mail(_HTML, Content_Type="text/html"),
    "mixed": multipart(
        "mixed",
        nested(
            "related",
            nested(
                "alternative",
                part("See the picture: =C3=BC=\n.", Content_Transfer_Encoding="quoted-printable"),
                part(
                    b64(_HTML.encode()),
                    Content_Type="text/html",
                    Content_Transfer_Encoding="base64",
                ),
                boundary="inner",
            ),
            part(
                b64(b"\x89PNG" * 50),
                Content_Type='image/png; name="shot.png"',
                Content_ID="<shot>",
                Content_Transfer_Encoding="base64",
            ),
            boundary="middle",
        ),
        part(
            b64(b"%PDF-1.4" * 40),
            Content_Type="application/pdf",
            Content_Disposition="attachment; filename*=utf-8''%C3%9Cbersicht.pdf",
            Content_Transfer_Encoding="base64",
        ),
    ),
    "forwarded": multipart(
        "mixed",
        part("See attached.\n"),
        part(mail("Inner words.", Subject="Inner"), Content_Type="message/rfc822"),
    ),
    "japanese": mail(
        "プリンタが動きません。".encode("iso2022_jp"),
        Subject=b"=?ISO-2022-JP?B?" + base64.b64encode("プリンタ".encode("iso2022_jp")) + b"?=",
        Content_Type="text/plain; charset=ISO-2022-JP",
    ),
    "flowed": mail(
        "A long line that \nflows on.\n> quoted \n> too\n",
        Content_Type="text/plain; format=flowed; delsp=no",
    ),
}
