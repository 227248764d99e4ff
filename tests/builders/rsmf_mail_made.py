"""RSMF as it comes, made for tests: a mail, and attached to it an archive with the manifest.

mail(archive({"rsmf_manifest.json": b"{…}", "IMG1": b"…"}))
"""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Mapping

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


def archive(members: Mapping[str, bytes], *, packed: bool = True) -> bytes:
    """A ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as made:
        for name, data in members.items():
            made.writestr(zipfile.ZipInfo(name, (2026, 1, 4, 19, 2, 10)), data)
    return out.getvalue()


def lines(data: bytes, width: int = 76, end: bytes = b"\r\n") -> bytes:
    """Base64 in lines."""
    coded = base64.b64encode(data)
    return end.join(coded[at : at + width] for at in range(0, len(coded), width)) + end


def part(name: str, coded: bytes, *, encoding: str = "base64") -> bytes:
    """An attachment."""
    return (
        f"Content-Type: application/octet-stream; name={name}\r\n"
        f"Content-Disposition: attachment;\r\n filename={name}\r\n"
        f"Content-Transfer-Encoding: {encoding}\r\n\r\n"
    ).encode() + coded


def mail(*parts: bytes, version: str = "2.0.0") -> bytes:
    """A mail with these attachments."""
    head = (
        "From: Allotment Society <desk@example.org>\r\n"
        f"X-RSMF-Version: {version}\r\nX-RSMF-EventCount: 2\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="RSMFEML"\r\n\r\n'
        "--RSMFEML\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nAlice\r\n\r\nHello\r\n\r\n"
    ).encode()
    return head + b"".join(b"--RSMFEML\r\n" + one + b"\r\n" for one in parts) + b"--RSMFEML--\r\n"


def attached(zipped: bytes) -> bytes:
    """A mail with ``rsmf.zip``."""
    return mail(part("rsmf.zip", lines(zipped)))
