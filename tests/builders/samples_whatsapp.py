"""Samples of WhatsApp's text exports, for test_promises.py."""

from sample import Builder, Sample, moment, name, text
from zip_made import STORED, Member, zip_of


def android(messages: int) -> Sample:
    lines = [f"{moment(n):%d/%m/%Y, %H:%M} - {name(n)}: {text(n)}\n" for n in range(messages)]
    return Sample("whatsapp", "Android text", {"WhatsApp Chat with Allotment.txt": "".join(lines).encode()}, messages)


def ios(messages: int) -> Sample:
    lines = [f"[{moment(n):%d/%m/%Y, %H:%M:%S}] {name(n)}: {text(n)}\r\n" for n in range(messages)]
    return Sample("whatsapp", "iPhone text", {"_chat.txt": "".join(lines).encode()}, messages)


def ios_zip(messages: int) -> Sample:
    chat = ios(messages).files["_chat.txt"]
    archive = zip_of([Member(b"_chat.txt", chat), Member(b"00000003-PHOTO.jpg", b"\xff\xd8\xff", method=STORED)])
    return Sample("whatsapp", "iPhone ZIP", {"export.zip": archive.data}, messages)


SAMPLES: dict[str, Builder] = {
    "whatsapp, Android": android,
    "whatsapp, iPhone": ios,
    "whatsapp, ZIP": ios_zip,
}
