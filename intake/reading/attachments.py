"""What is attached to a mail: names, types and sizes. Nothing is decoded or unpacked."""

from __future__ import annotations

from intake.reading.charset import Decoder
from intake.reading.fields import read_block
from intake.reading.headers import clean, text_of
from intake.reading.limits import Limits
from intake.reading.parameters import parameter
from intake.reading.parse import Part
from intake.reading.transfer import decoded_size, two_byte_ends
from store.records import AttachmentInfo

_EXTENSIONS = {
    "text/calendar": "ics",
    "text/vcard": "vcf",
    "text/x-vcard": "vcf",
    "text/html": "html",
    "text/plain": "txt",
    "text/csv": "csv",
    "message/rfc822": "eml",
    "message/delivery-status": "txt",
    "message/disposition-notification": "txt",
    "text/rfc822-headers": "txt",
    "application/pdf": "pdf",
    "application/pgp-signature": "asc",
    "application/pkcs7-signature": "p7s",
    "application/ms-tnef": "dat",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
}
_MOST_NAME_CHARS = 200


def file_name(part: Part, decoder: Decoder) -> str:
    """Return the name a part carries, its last path element only; "" if it has none."""
    name = parameter(part.disposition_parameters, "filename", decoder) or parameter(
        part.parameters, "name", decoder
    )
    if not name:
        return ""
    name = clean(name.replace("\\", "/").rpartition("/")[2])[-_MOST_NAME_CHARS:]
    return name if name.strip(".") else ""


def describe(raw: bytes, part: Part, decoder: Decoder, limits: Limits) -> AttachmentInfo:
    """Describe one attached part; one without a name is called after its type."""
    size = decoded_size(raw, part.start, part.end, part.encoding)
    name = file_name(part, decoder)
    if not name and part.type == "message/rfc822" and not part.encoding:
        inner = read_block(raw, part.start, part.end, limits)
        subject = text_of(inner.first("subject")[:1000], decoder)
        name = subject[: _MOST_NAME_CHARS - 4] + ".eml" if subject else ""
    if not name:
        kind, _, sub = part.type.partition("/")
        extension = _EXTENSIONS.get(part.type) or (
            sub if kind == "image" and sub.isalnum() else "bin"
        )
        name = f"{'image' if kind == 'image' else 'attachment'}.{extension}"
    ends = two_byte_ends(raw, part.start, part.end, part.encoding)
    return AttachmentInfo(name, clean(part.type)[:100], size, two_byte_ends=ends)
