#!/usr/bin/env python3
"""Check what Safehand gave you, trusting nothing of Safehand's: one file, Python's standard library, no network.

    age -d -i desk.agekey CHAT.safehand > chat.tar                    # whoever holds the key does this
    python3 -I -S check_safehand.py package chat.tar --receipt receipt.json
    python3 -I -S check_safehand.py receipt handed-over.json --desk desk.pub --sealed CHAT.safehand
    python3 -I -S check_safehand.py proof 73894.tlog-proof --policy policy.txt
    python3 -I -S check_safehand.py consistency newer.txt --older lodged.txt --policy policy.txt

It prints what was checked, what is WRONG, and what it did not check, a line each. It ends with 0 when all that it
checks is right, 1 when something is wrong, 2 when it could not begin. Nothing is written. Where a rule is from stands
beside it: docs/spec/package.md, handover.md, log.md of Safehand; RFC 8032, RFC 9162, RFC 8785; c2sp.org.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
import re
import struct
import sys
from datetime import datetime, timezone
from typing import Any, BinaryIO

Json = dict[str, Any]
Item = tuple[str, str, int]
Point = tuple[int, ...]

BLOCK, MEBIBYTE = 512, 1 << 20
README_SHA256 = "493c9e67a03293f63d66bf331ed572fbebe7c951621592484cc955bb8a077e33"  # docs/spec/package.md, "The bag"
FIRST = [
    "bag/statement.json", "signature/statement.json.sig", "signature/holder.pub", "signature/allowed_signers",
    "bag/bagit.txt", "bag/bag-info.txt", "bag/manifest-sha256.txt", "bag/tagmanifest-sha256.txt", "bag/README.txt",
]  # fmt: skip
EMPTY = hashlib.sha256(b"").digest()  # the root of a log without entries (RFC 6962, 2.1)
IN_TAG_MANIFEST = ["README.txt", "bag-info.txt", "bagit.txt", "manifest-sha256.txt", "statement.json"]


class Wrong(Exception):
    """What was given is not what it should be. Its text is a sentence for people."""


class Findings:
    """What came of it, in the order in which it was looked at."""

    def __init__(self) -> None:
        self.checked: list[str] = []
        self.wrong: list[str] = []
        self.not_checked: list[str] = []

    def expect(self, is_right: bool, what: str, otherwise: str) -> bool:  # noqa: FBT001
        """Note one or the other."""
        (self.checked if is_right else self.wrong).append(what if is_right else otherwise)
        return is_right


# Ed25519 (RFC 8032, 5.1), in its own words: slow, and short enough to read.

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)


def add(a: Point, b: Point) -> Point:
    """The sum of two points, in extended coordinates (5.1.4)."""
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(scalar: int, point: Point) -> Point:
    """A point, so many times."""
    out: Point = (0, 1, 1, 0)
    while scalar:
        out = add(out, point) if scalar & 1 else out
        point = add(point, point)
        scalar >>= 1
    return out


def decode(data: bytes) -> Point:
    """A point from its 32 bytes (5.1.3), or Wrong."""
    number = int.from_bytes(data, "little")
    y, sign = number & (2**255 - 1), number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * ROOT_OF_MINUS_1 % P
    if y >= P or x * x % P != square or (x == 0 and sign):
        raise Wrong("A key is no Ed25519 key.")
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


def encode(point: Point) -> bytes:
    """Its 32 bytes (5.1.2)."""
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = decode((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether this key signed this (5.1.7)."""
    if len(key) != 32 or len(signature) != 64:
        return False
    s = int.from_bytes(signature[32:], "little")
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    x, y, z, t = decode(key)
    return s < L and encode(add(times(s, BASE), times(k, (P - x, y, z, P - t)))) == signature[:32]


# What is spelled in one way.


def canonical(value: object) -> str:
    """RFC 8785, without floating-point numbers; Wrong for what has no such spelling."""
    if isinstance(value, dict):
        pairs = sorted(value.items(), key=lambda pair: pair[0].encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(item)}" for key, item in pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float) or (isinstance(value, int) and not -(2**53) < value < 2**53):
        raise Wrong("It holds a number that has no one spelling.")
    return json.dumps(value, ensure_ascii=False)


def read_json(data: bytes, what: str) -> Json:
    """An object in its one spelling, or Wrong."""
    try:
        value = json.loads(data.decode("utf-8"))
        same = canonical(value).encode("utf-8") == data
    except (ValueError, RecursionError) as err:
        raise Wrong(f"{what} is no JSON.") from err
    if not same or not isinstance(value, dict):
        raise Wrong(f"{what} is not spelled in the one way it must be: it was changed, or is not Safehand's.")
    return value


def read_base64(text: str) -> bytes:
    """The bytes, or Wrong: stray bits and line breaks are no base64 here."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as err:
        raise Wrong("It holds what is no base64.") from err
    if base64.b64encode(data).decode() != text:
        raise Wrong("It holds base64 that is spelled otherwise than it must be.")
    return data


def read_number(text: str) -> int:
    """Decimal digits, without a zero before them, below 2^63; or Wrong."""
    if not re.fullmatch("0|[1-9][0-9]{0,18}", text, re.ASCII) or int(text) >= 2**63:
        raise Wrong("It holds a number that is spelled otherwise than it must be.")
    return int(text)


def read_text(data: bytes, what: str) -> str:
    """UTF-8, or Wrong."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as err:
        raise Wrong(f"{what} is no UTF-8.") from err


# Signatures of OpenSSH (PROTOCOL.sshsig), for Ed25519 and SHA-512 alone.


def field(data: bytes) -> bytes:
    """Bytes after their length."""
    return struct.pack(">I", len(data)) + data


def ssh_key(key: bytes) -> str:
    """As OpenSSH writes one."""
    return "ssh-ed25519 " + base64.b64encode(field(b"ssh-ed25519") + field(key)).decode()


def read_ssh_key(text: str) -> bytes:
    """The 32 bytes of ``ssh-ed25519 AAAA…``, or Wrong."""
    key = read_base64(text[len("ssh-ed25519 ") :])[-32:]
    if ssh_key(key) != text:
        raise Wrong("A public key is not spelled as OpenSSH spells it.")
    return key


def is_ssh_signed(key: bytes, message: bytes, namespace: str, armoured: str) -> bool:
    """Whether this is the signature that ``ssh-keygen -Y sign -n namespace`` would have made with this key."""
    head = field(namespace.encode()) + field(b"") + field(b"sha512")
    body = "".join(armoured.split("\n")[1:-2])
    signature = read_base64(body)[-64:]
    blob = b"SSHSIG" + struct.pack(">I", 1) + field(field(b"ssh-ed25519") + field(key)) + head
    text = base64.b64encode(blob + field(field(b"ssh-ed25519") + field(signature))).decode()
    lines = [text[at : at + 70] for at in range(0, len(text), 70)]
    spelled = "\n".join(["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""])
    digest = hashlib.sha512(message).digest()
    return spelled == armoured and is_signed(key, b"SSHSIG" + head + field(digest), signature)


# The package (docs/spec/package.md): what ``age -d`` gives out.


class Member:
    """A file in the tar: its hash, and what it holds when it stands beside the payload."""

    def __init__(self, name: str, size: int, when: int) -> None:
        self.name, self.size, self.when = name, size, when
        self.sha256, self.content = "", b""


def header_of(member: Member) -> bytes:
    """The 512 bytes before it ("The tar")."""
    size = b"%011o\0" % member.size if member.size < 8**11 else b"\x80" + member.size.to_bytes(11, "big")
    block = (
        member.name.encode().ljust(100, b"\0") + b"0000644\0" + b"0000000\0" * 2 + size + b"%011o\0" % member.when
        + b" " * 8 + b"0" + bytes(100) + b"ustar\x0000" + bytes(64) + b"0000000\0" * 2 + bytes(167)
    )  # fmt: skip
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


def read_member(stream: BinaryIO, block: bytes) -> Member:
    """The file that this header begins, read to the end of its last block; or Wrong."""
    name = block[:100].rstrip(b"\0").decode("ascii", "replace")
    try:
        size = int.from_bytes(block[125:136], "big") if block[124] == 0x80 else int(block[124:135], 8)
        member = Member(name, size, int(block[136:147], 8))
        is_ours = size >= 0 and header_of(member) == block
    except (ValueError, IndexError, UnicodeEncodeError, OverflowError):
        is_ours = False
    if not is_ours:
        raise Wrong("The tar: a header is not as Safehand writes it, or the tar is cut.")
    digest, left, keep, content = hashlib.sha256(), member.size, not name.startswith("bag/data/"), bytearray()
    while left:
        chunk = stream.read(min(left, MEBIBYTE))
        if not chunk or (keep and member.size > 256 * MEBIBYTE):
            raise Wrong(f"The tar: {shown(name)} is cut, or larger than it may be.")
        digest.update(chunk)
        content += chunk if keep else b""
        left -= len(chunk)
    member.sha256, member.content = digest.hexdigest(), bytes(content)
    if stream.read(-size % BLOCK).strip(b"\0"):
        raise Wrong(f"The tar: what follows {shown(name)} is not empty.")
    return member


def read_tar(stream: BinaryIO) -> list[Member]:
    """Every file, in order; Wrong at the first thing that is not as it must be."""
    members = []
    block = stream.read(BLOCK)
    if block.startswith(b"age-encryption.org/"):
        raise Wrong("This is still sealed. Whoever holds the key opens it: age -d -i desk.agekey FILE > FILE.tar")
    while block.strip(b"\0"):
        members.append(read_member(stream, block))
        block = stream.read(BLOCK)
    if block + stream.read(BLOCK + 1) != bytes(2 * BLOCK):
        raise Wrong("The tar does not end as it must.")
    return members


def shown(text: object) -> str:
    """What was written by others, with nothing in it that a terminal would obey."""
    return str(text).encode("unicode_escape").decode()


def check_package(stream: BinaryIO, receipt: Json | None, key: str | None, found: Findings) -> None:
    """Steps 2 to 6 of docs/spec/package.md, "Checking"; what is left of 4 and 5 is said."""
    members = read_tar(stream)
    files = {member.name: member for member in members}
    names = [member.name for member in members]
    if not found.expect(
        names[: len(FIRST)] == FIRST and len(files) == len(names),
        f"The tar is as Safehand writes it, to the last byte: {len(names)} files.",
        "The tar: files are missing, doubled or not in their order.",
    ):
        return
    data = files["bag/statement.json"].content
    statement = read_json(data, "The statement")
    check_bag(files, statement, names, found)
    check_signature(files, data, receipt, key, found)
    found.not_checked += [
        "Who sealed it: a key in a package shows that one hand signed it, not whose."
        + ("" if receipt or key else " Compare it with the holder's receipt (--receipt)."),
        "What the holder declared, and the further rules of a statement (docs/spec/statement.md).",
        "That what was left out stood where the statement says, and was a picture or what the holder excluded.",
        "Any timestamp: openssl ts -verify (docs/spec/package.md).",
    ]


def check_bag(files: dict[str, Member], statement: Json, names: list[str], found: Findings) -> None:
    """Every file beside the payload follows from the statement; the payload is what the statement lists."""
    try:
        utc, tool = statement["sealed"]["utc"], statement["tool"]
        items = [(str(item["sha256"]), str(item["id"]), int(item["size"])) for item in statement["items"]]
        sealed = datetime.strptime(utc, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
        seconds = int(sealed.timestamp())
        is_known = re.fullmatch("safehand.statement/[1-4]", statement["schema"]) is not None
        oxum = f"{sum(size for _, _, size in items)}.{len(items)}"
        agent = f"{tool['name']} {tool['version']}"
    except (KeyError, TypeError, ValueError) as err:
        raise Wrong("The statement is not one of Safehand's.") from err
    found.expect(
        is_known,
        "The statement is in its one spelling.",
        "The statement is of a form that this file does not know: take a newer one.",
    )
    payload = [(files[name].sha256, name[len("bag/") :], files[name].size) for name in names[len(FIRST) :]]
    found.expect(
        payload == items,
        f"Each of the {len(items)} items is there, in order, with the size and the SHA-256 that the statement gives.",
        "Items are not those of the statement: " + ", ".join(shown(item) for item in differing(items, payload)),
    )
    tags = [(files[f"bag/{name}"].sha256, name) for name in IN_TAG_MANIFEST]
    must = {
        "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": f"Bag-Software-Agent: {agent}\nBagging-Date: {utc[:10]}\nPayload-Oxum: {oxum}\n",
        "manifest-sha256.txt": "".join(f"{digest}  {name}\n" for digest, name, _ in items),
        "tagmanifest-sha256.txt": "".join(f"{digest}  {name}\n" for digest, name in tags),
    }
    bad = [name for name, text in must.items() if files[f"bag/{name}"].content != text.encode()]
    bad += ["README.txt"] if files["bag/README.txt"].sha256 != README_SHA256 else []
    bad += ["the times in the tar"] if {member.when for member in files.values()} != {seconds} else []
    found.expect(not bad, "All else in the bag follows from the statement.", "Not as they follow: " + ", ".join(bad))


def differing(items: list[Item], payload: list[Item]) -> list[str]:
    """The items that are not in both, or not in their places."""
    apart = {one[1] for one in set(items) ^ set(payload)}
    return sorted(apart or {one[1] for one, other in zip(items, payload) if one != other})


def check_signature(
    files: dict[str, Member], data: bytes, receipt: Json | None, key: str | None, found: Findings
) -> None:
    """The statement is signed by the key beside it, and that is the key expected."""
    line = read_text(files["signature/holder.pub"].content, "holder.pub")
    public = line[: -len(" holder\n")]
    allowed = f'holder namespaces="safehand-statement@v1" {public}\n'
    raw = read_ssh_key(public)
    armoured = read_text(files["signature/statement.json.sig"].content, "The signature")
    found.expect(
        line == f"{public} holder\n"
        and files["signature/allowed_signers"].content == allowed.encode()
        and is_ssh_signed(raw, data, "safehand-statement@v1", armoured),
        f"The statement is signed by {public}",
        "The statement is not signed by the key beside it.",
    )
    sha256 = hashlib.sha256(data).hexdigest()
    for said, expected in (("--key", key), ("the receipt", receipt and receipt.get("holder_key"))):
        if expected:
            found.expect(public == expected, f"That is the key of {said}.", f"It is not the key of {said}.")
    if receipt is not None:
        is_it = receipt.get("statement_sha256") == sha256
        found.expect(is_it, "It is the statement of the receipt.", "It is another statement than the receipt's.")


# Receipts (docs/spec/package.md, "The receipt"; docs/spec/handover.md).


def receipt_of(value: Json) -> Json:
    """The receipt of sealing in what a holder saved, or Wrong."""
    receipt = value.get("receipt") if value.get("schema") == "safehand.handed-over/1" else value
    if not isinstance(receipt, dict) or receipt.get("schema") != "safehand.receipt/1":
        raise Wrong("This is no receipt of sealing.")
    return receipt


def inside(data: bytes) -> bytes:
    """The receipt in the page that a holder saved; or the file as it is."""
    after = data.partition(b'<script type="application/json" id="safehand-receipt">')[2]
    return after.partition(b"</script>")[0].strip() if after else data


def read_desk(text: str) -> tuple[bytes, str]:
    """The signing key in desk.pub, and the fingerprint that is computed of it; Wrong where it names another."""
    keys = re.findall("^# signing key: (ssh-ed25519 [A-Za-z0-9+/=]+)$", text, re.MULTILINE)
    recipients = re.findall("^(age1[a-z0-9]+)$", text, re.MULTILINE)
    if len(keys) != 1 or len(recipients) != 2:
        raise Wrong("This is no desk.pub.")
    digest = hashlib.sha256("".join(f"{line}\n" for line in ("safehand-desk/1", *recipients, *keys)).encode()).digest()
    number = int.from_bytes(digest, "big") >> 156  # the first 100 bits
    digits = ["0123456789ABCDEFGHJKMNPQRSTVWXYZ"[number >> 5 * place & 31] for place in range(19, -1, -1)]
    fingerprint = "-".join("".join(digits[at : at + 4]) for at in range(0, 20, 4))
    if re.findall("^# fingerprint: (.+)$", text, re.MULTILINE) != [fingerprint]:
        raise Wrong("desk.pub names a fingerprint that is not its own: it was changed.")
    return read_ssh_key(keys[0]), fingerprint


def check_receipt(value: Json, desk: str | None, sealed: str | None, found: Findings) -> None:
    """What a holder saved, against desk.pub and the sealed file."""
    if value.get("schema") == "safehand.handed-over/1":
        said, armoured = value.get("acknowledgement"), value.get("signature")
        digest = said.get("sha256") if isinstance(said, dict) else None
        if not digest or not isinstance(armoured, str):
            raise Wrong("This is no receipt of handing over.")
        if desk is not None:
            key, fingerprint = read_desk(desk)
            found.expect(
                is_ssh_signed(key, canonical(said).encode(), "safehand-acknowledgement@v1", armoured),
                f"The desk signed that it has it: {shown(canonical(said))}",
                "The acknowledgement is not signed by this desk.",
            )
            found.not_checked.append(f"That this desk.pub is the unit's: have them read out {fingerprint} by phone.")
        else:
            found.not_checked.append("The desk's signature: give its desk.pub (--desk).")
        found.not_checked.append("What nobody signed in it: the counts of what was sent, the check code.")
        sealing = value.get("receipt")
        if isinstance(sealing, dict):
            same = sealing.get("package_sha256") == digest
            found.expect(same, "Both halves speak of one file.", "The two halves speak of two files.")
    else:
        digest = receipt_of(value).get("package_sha256")
    if sealed is None:
        found.not_checked.append("The sealed file itself (--sealed).")
        return
    with open(sealed, "rb") as stream:
        sha256 = hashlib.sha256()
        for chunk in iter(lambda: stream.read(MEBIBYTE), b""):
            sha256.update(chunk)
    is_it = sha256.hexdigest() == digest
    found.expect(is_it, "The sealed file is the one it speaks of.", "The sealed file is not the one it speaks of.")


# The log (docs/spec/log.md): signed notes, checkpoints, policies and proofs as c2sp.org has them.


class Key:
    """A key of a log or a witness (c2sp.org/signed-note, "Verifier keys")."""

    def __init__(self, text: str, kind: int) -> None:
        parts = text.split("+", 2)
        data = read_base64(parts[2]) if len(parts) == 3 else b""
        self.name, self.public = parts[0], data[1:]
        self.id = hashlib.sha256(self.name.encode("utf-8", "replace") + b"\n" + data).digest()[:4]
        if len(data) != 33 or data[0] != kind or parts[1] != self.id.hex() or re.search(r"[\s+]|^$", self.name):
            raise Wrong("The policy: a key is none, or of a kind that is not known here.")


class Policy:
    """Whom to believe (c2sp.org/tlog-policy)."""

    def __init__(self, data: bytes) -> None:
        self.logs: list[Key] = []
        self.witnesses: dict[str, Key] = {}
        self.groups: dict[str, tuple[int, list[str]]] = {}
        self.quorum = ""
        if re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", data) or not data.endswith(b"\n"):
            raise Wrong("The policy holds what is no text, or its last line is cut.")
        for line in data.decode("utf-8", "surrogateescape").split("\n"):
            words = re.split("[ \t]+", line.strip(" \t"))
            if words[0] and not words[0].startswith("#") and not self.take(words):
                raise Wrong("The policy: a line cannot be meant.")
        if not self.quorum:
            raise Wrong("The policy names no quorum.")

    def take(self, words: list[str]) -> bool:
        """One line: whether it can be meant."""
        known = {*self.witnesses, *self.groups}
        used = {name for _, members in self.groups.values() for name in members}
        if words[0] == "log" and len(words) in (2, 3):
            self.logs.append(Key(words[1], 1))
            return len({key.public for key in self.logs}) == len(self.logs)
        if words[0] == "witness" and len(words) in (3, 4) and words[1] not in {"none", *known}:
            self.witnesses[words[1]] = Key(words[2], 4)
            return len({key.public for key in self.witnesses.values()}) == len(self.witnesses)
        if words[0] == "group" and len(words) > 3 and words[1] not in {"none", *known}:
            members = words[3:]
            least = {"any": 1, "all": len(members)}.get(words[2]) or read_number(words[2])
            self.groups[words[1]] = (least, members)
            is_whole = len(set(members)) == len(members) and set(members) <= known - used
            return is_whole and 1 <= least <= len(members)
        if words[0] == "quorum" and len(words) == 2 and not self.quorum:
            self.quorum = words[1]
            return self.quorum in {"none", *known}
        return False

    def is_met(self, name: str, seen: dict[str, int]) -> bool:
        """Whether enough of them saw it."""
        if name not in self.groups:
            return name == "none" or name in seen
        least, members = self.groups[name]
        return sum(self.is_met(member, seen) for member in members) >= least


class Note:
    """A signed text (c2sp.org/signed-note) that is a checkpoint (c2sp.org/tlog-checkpoint)."""

    def __init__(self, text: str) -> None:
        body, blank, under = text.rpartition("\n\n")
        if not blank or not under.endswith("\n") or any(char < " " and char != "\n" for char in text):
            raise Wrong("The checkpoint is no signed note.")
        self.text = body + "\n"
        self.signatures = []
        for line in under[:-1].split("\n"):
            words = line.split(" ")
            data = read_base64(words[2]) if len(words) == 3 else b""
            if len(data) < 5 or words[0] != "\u2014" or re.search(r"[\s+]|^$", words[1]):
                raise Wrong("A line under the checkpoint is no signature.")
            self.signatures.append((words[1], data[:4], data[4:]))
        lines = body.split("\n")
        if len(lines) < 3 or not all(lines):
            raise Wrong("This is no checkpoint.")
        self.origin, self.size, self.root = lines[0], read_number(lines[1]), read_base64(lines[2])
        if len(self.root) != 32:
            raise Wrong("The checkpoint names no root.")

    def signed_by(self, key: Key) -> bool:
        """Whether the log's key signed it; Wrong where its line is there and is not of this text."""
        lines = [data for name, id_, data in self.signatures if (name, id_) == (key.name, key.id)]
        if not all(is_signed(key.public, self.text.encode(), data) for data in lines):
            raise Wrong("A signature of the log is not of this checkpoint.")
        return bool(lines)

    def seen_by(self, key: Key) -> int | None:
        """When the witness says it saw it (c2sp.org/tlog-cosignature); None where it says nothing."""
        when = None
        for name, id_, data in self.signatures:
            if (name, id_) == (key.name, key.id):
                when = int.from_bytes(data[:8], "big")
                text = f"cosignature/v1\ntime {when}\n{self.text}"
                if len(data) != 72 or when >= 2**63 or not is_signed(key.public, text.encode(), data[8:]):
                    raise Wrong("A signature of a witness is not of this checkpoint.")
        return when


def root_of(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes:
    """The root that a proof leads to (RFC 9162, 2.1.3.2), or Wrong."""
    at, last, value = index, size - 1, leaf
    for other in proof:
        if last <= 0 or len(other) != 32:
            raise Wrong("The proof is too long, or holds what is no hash.")
        if at & 1 or at == last:
            value = hashlib.sha256(b"\x01" + other + value).digest()
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            value = hashlib.sha256(b"\x01" + value + other).digest()
        at, last = at >> 1, last >> 1
    if last != 0 or index >= size:
        raise Wrong("The proof is too short, or the log has no entry of this number.")
    return value


def check_proof(data: bytes, policy: Policy, opening: bytes | None, leaf: bytes | None, found: Findings) -> None:
    """An offline receipt (c2sp.org/tlog-proof), from the entry up to who signed."""
    head, blank, rest = read_text(data, "The proof").partition("\n\n")
    lines = head.split("\n")
    if not blank or lines.pop(0) != "c2sp.org/tlog-proof@v1" or not lines:
        raise Wrong("This is no proof of a log.")
    extra = read_base64(lines.pop(0)[len("extra ") :]) if lines[0].startswith("extra ") else None
    if not lines or not lines[0].startswith("index ") or len(lines) > 64:
        raise Wrong("This is no proof of a log.")
    index, proof, note = read_number(lines[0][len("index ") :]), [read_base64(line) for line in lines[1:]], Note(rest)
    opening = opening or extra
    if leaf is None and (opening is None or len(opening) <= 32):
        raise Wrong("Which entry it is for is not said: give --leaf, or --entry and --salt.")
    if leaf is not None:
        found.not_checked.append("Which entry the leaf was made of: that takes the entry and its salt.")
    if leaf is None and opening is not None:
        commitment = hmac.new(opening[:32], opening[32:], hashlib.sha256).hexdigest()
        leaf = f"safehand.leaf/1 {commitment}\n".encode()
        found.checked.append(f"The leaf was made of this entry: {shown(read_text(opening[32:], 'The entry'))}")
    found.expect(
        root_of(hashlib.sha256(b"\x00" + (leaf or b"")).digest(), index, note.size, proof) == note.root,
        f"It is entry {index} (counted from 0) of {note.size} in the log {shown(note.origin)}",
        "The entry is not in the log that was signed.",
    )
    check_signers(note, policy, found)
    found.not_checked += [
        "Whether what the entry says is true: a log shows what was written, and when at the latest.",
        "That the keys in the policy are whose it says they are: they come from you.",
    ]


def check_signers(note: Note, policy: Policy, found: Findings) -> None:
    """A log of the policy signed it under its own name, and the quorum saw it."""
    logs = [key for key in policy.logs if key.name == note.origin]
    is_theirs = [note.signed_by(key) for key in logs]
    found.expect(any(is_theirs), "The log signed that.", "No log of the policy signed this under its own name.")
    seen = {name: when for name, key in policy.witnesses.items() if (when := note.seen_by(key)) is not None}
    found.checked += [f"Witness {shown(name)} says that it saw it at {moment(when)}." for name, when in seen.items()]
    if policy.quorum == "none":
        found.not_checked.append("Whether others were shown the same log: the policy asks for no witness.")
    else:
        found.expect(policy.is_met(policy.quorum, seen), "The policy's quorum saw it.", "Too few witnesses saw it.")


def goes_on(old: int, old_root: bytes, new: int, new_root: bytes, proof: list[bytes]) -> bool:
    """Whether the older tree is the beginning of the newer one (RFC 9162, 2.1.4.2)."""
    if not 0 < old < new:
        return old in (0, new) and not proof and (old_root == new_root or old < new) and (old > 0 or old_root == EMPTY)
    values = [old_root, *proof] if old & (old - 1) == 0 else proof
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    if not values or any(len(value) != 32 for value in values):
        return False
    first = second = values[0]
    for other in values[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            first = hashlib.sha256(b"\x01" + other + first).digest()
            second = hashlib.sha256(b"\x01" + other + second).digest()
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            second = hashlib.sha256(b"\x01" + second + other).digest()
        at, last = at >> 1, last >> 1
    return (first, second, last) == (old_root, new_root, 0)


def check_consistency(data: bytes, older: Note, policy: Policy, found: Findings) -> None:
    """A newer checkpoint with the proof that it goes on from an older one (c2sp.org/tlog-witness, "add-checkpoint")."""
    head, blank, rest = read_text(data, "The newer checkpoint").partition("\n\n")
    lines = head.split("\n")
    if not blank or not lines[0].startswith("old ") or len(lines) > 64:
        raise Wrong(
            "This is no checkpoint with a proof that it goes on: old SIZE, hashes, an empty line, a checkpoint."
        )
    old, proof, newer = read_number(lines[0][len("old ") :]), [read_base64(line) for line in lines[1:]], Note(rest)
    logs = [key for key in policy.logs if key.name == newer.origin == older.origin]
    is_one = any(older.signed_by(key) and newer.signed_by(key) for key in logs)
    found.expect(is_one, "One log signed both.", "The two are not signed by one log of the policy, under its own name.")
    found.expect(
        old == older.size and goes_on(old, older.root, newer.size, newer.root, proof),
        f"The log of {newer.size} entries begins with the {older.size} of before: none removed, changed or moved.",
        f"That the log of {newer.size} entries begins with the {older.size} of before is not shown.",
    )
    check_signers(newer, policy, found)
    found.not_checked.append("That the keys in the policy are whose it says they are: they come from you.")


def moment(seconds: int) -> str:
    """In UTC."""
    try:
        return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, ValueError, OSError):
        return f"{seconds} seconds after 1970"


def main(arguments: list[str] | None = None) -> int:
    """0: what was checked is right. 1: something is wrong. 2: it could not begin."""
    parser = argparse.ArgumentParser(description="Check what Safehand gave you, trusting nothing of Safehand's.")
    kinds = parser.add_subparsers(dest="kind", required=True)
    package = kinds.add_parser("package", help="an opened package: what age -d gave out; - for standard input")
    package.add_argument("file")
    package.add_argument("--receipt", help="what the holder saved")
    package.add_argument("--key", help="the key that must have signed: ssh-ed25519 AAAA…")
    receipt = kinds.add_parser("receipt", help="what a holder saved")
    receipt.add_argument("file")
    receipt.add_argument("--desk", help="desk.pub of the unit")
    receipt.add_argument("--sealed", help="the sealed file")
    proof = kinds.add_parser("proof", help="an offline receipt of the log: .tlog-proof")
    proof.add_argument("file")
    proof.add_argument("--policy", required=True, help="whom you believe: c2sp.org/tlog-policy")
    proof.add_argument("--entry", help="the entry, where it is not in the proof")
    proof.add_argument("--salt", help="its salt: 64 hexadecimal digits")
    proof.add_argument("--leaf", help="the leaf, where the entry is not shown")
    consistency = kinds.add_parser("consistency", help="a newer checkpoint with the proof that it goes on: old SIZE …")
    consistency.add_argument("file")
    consistency.add_argument("--older", required=True, help="the checkpoint of before: lodged, printed, a witness's")
    consistency.add_argument("--policy", required=True, help="whom you believe: c2sp.org/tlog-policy")
    options, found = parser.parse_args(arguments), Findings()
    try:
        check(options, found)
    except Wrong as problem:
        found.wrong.append(str(problem))
    except OSError as problem:
        print(f"Cannot read {shown(problem.filename)}: {problem.strerror}", file=sys.stderr)
        return 2
    for title, lines in (("checked", found.checked), ("WRONG", found.wrong), ("not checked", found.not_checked)):
        for line in lines:
            print(f"{title:12} {line}")
    return 1 if found.wrong or not found.checked else 0


def check(options: argparse.Namespace, found: Findings) -> None:
    """Read what was named, and check it."""
    if options.kind == "package":
        receipt = receipt_of(read_json(inside(read(options.receipt)), "The receipt")) if options.receipt else None
        stream = sys.stdin.buffer if options.file == "-" else open(options.file, "rb")  # noqa: SIM115
        with stream:
            check_package(stream, receipt, options.key, found)
    elif options.kind == "receipt":
        desk = read_text(read(options.desk), "desk.pub") if options.desk else None
        check_receipt(read_json(inside(read(options.file)), "The receipt"), desk, options.sealed, found)
    elif options.kind == "consistency":
        older = Note(read_text(read(options.older), "The older checkpoint"))
        check_consistency(read(options.file), older, Policy(read(options.policy)), found)
    else:
        if (options.entry is None) != (options.salt is None):
            raise Wrong("--entry and --salt go together.")
        opening = None
        if options.entry is not None:
            if not re.fullmatch("[0-9a-f]{64}", options.salt):
                raise Wrong("A salt is 64 hexadecimal digits.")
            opening = bytes.fromhex(options.salt) + read(options.entry)
        leaf = read(options.leaf) if options.leaf else None
        check_proof(read(options.file), Policy(read(options.policy)), opening, leaf, found)


def read(name: str) -> bytes:
    """A file, whole."""
    with open(name, "rb") as stream:
        return stream.read()


if __name__ == "__main__":
    sys.exit(main())
