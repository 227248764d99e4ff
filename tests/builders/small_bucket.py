"""The smallest faithful S3 for tests: what obstore asks of a bucket, with create-only puts and multipart uploads.

    with bucket() as there:                    http://127.0.0.1:PORT, one bucket, everything in memory
        there.objects["evidence/5f/5f3a…"]     its bytes
        there.asked                            ["PUT uploads/…", …], in their order
        there.answer_with(503)                 it is down from now on; answer_with(None) ends that

Signatures are not checked. As Amazon describes them (S3 API Reference): PutObject and CompleteMultipartUpload with
If-None-Match, GetObject with Range, HeadObject, UploadPart, UploadPartCopy, DeleteObjects. A multipart upload that is
not completed leaves no object.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from local_server import serving

BUCKET: Final = "mirror"

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class SmallBucket:
    """What it holds, and what it was asked."""

    objects: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    largest_put: int = 0
    """Bytes of the largest request: what a sender held at once."""
    port: int = 0
    _uploads: dict[str, dict[int, bytes]] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _down: int | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def answer_with(self, status: int | None) -> None:
        """Every request is answered so; None: as it should be."""
        self._down = status

    def answer(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Answer:
        """One request."""
        with self._lock:
            parts = urlsplit(target)
            key, asked = unquote(parts.path).removeprefix(f"/{BUCKET}/"), parse_qs(parts.query, keep_blank_values=True)
            self.asked.append(f"{method} {key}")
            self.largest_put = max(self.largest_put, len(body))
            if self._down is not None:
                return _said(self._down, "SlowDown")
            return self._of_upload(method, key, asked, headers, body) or self._of_object(method, key, headers, body)

    def _of_object(self, method: str, key: str, headers: dict[str, str], body: bytes) -> Answer:
        match method:
            case "POST" if headers.get("content-type", "").endswith("xml") and b"<Delete" in body:
                gone = [name.decode() for name in re.findall(rb"<Key>([^<]+)</Key>", body)]
                for name in gone:
                    self.objects.pop(name, None)
                return _xml("DeleteResult", "".join(f"<Deleted><Key>{name}</Key></Deleted>" for name in gone))
            case "PUT":
                source = headers.get("x-amz-copy-source")
                if source is not None:
                    return _said(501, "NotImplemented")  # a plain copy refuses nothing: no caller may want it
                return self._put(key, headers, body)
            case "GET" | "HEAD" if key in self.objects:
                return _ranged(self.objects[key], headers.get("range"))
            case "GET" | "HEAD":
                return _said(404, "NoSuchKey")
        return _said(405, "MethodNotAllowed")

    def _of_upload(
        self, method: str, key: str, asked: dict[str, list[str]], headers: dict[str, str], body: bytes
    ) -> Answer | None:
        if method == "POST" and "uploads" in asked:
            name = f"upload{next(self._numbers)}"
            self._uploads[name] = {}
            ids = f"<Bucket>{BUCKET}</Bucket><Key>{key}</Key><UploadId>{name}</UploadId>"
            return _xml("InitiateMultipartUploadResult", ids)
        return self._of_begun(method, key, asked, headers, body) if "uploadId" in asked else None

    def _of_begun(
        self, method: str, key: str, asked: dict[str, list[str]], headers: dict[str, str], body: bytes
    ) -> Answer:
        name = asked["uploadId"][0]
        if name not in self._uploads:
            return _said(404, "NoSuchUpload")
        match method:
            case "PUT":
                return self._part(name, int(asked["partNumber"][0]), headers, body)
            case "POST":
                return self._complete(name, key, headers, body)
        del self._uploads[name]
        return 204, {}, b""

    def _part(self, name: str, number: int, headers: dict[str, str], body: bytes) -> Answer:
        source = headers.get("x-amz-copy-source")
        if source is None:
            self._uploads[name][number] = body
            return 200, {"ETag": _etag(body)}, b""
        data = self.objects.get(unquote(source).lstrip("/").removeprefix(f"{BUCKET}/"))
        if data is None:
            return _said(404, "NoSuchKey")
        self._uploads[name][number] = data
        return _xml("CopyPartResult", f"<ETag>{_etag(data)}</ETag><LastModified>2026-11-22T10:00:00Z</LastModified>")

    def _complete(self, name: str, key: str, headers: dict[str, str], body: bytes) -> Answer:
        numbers = [int(number) for number in re.findall(rb"<PartNumber>(\d+)</PartNumber>", body)]
        parts = self._uploads[name]
        if numbers != sorted(parts) or any(len(parts[number]) < 5 << 20 for number in numbers[:-1]):
            return _said(400, "InvalidPart")
        put, _, _ = self._put(key, headers, b"".join(parts[number] for number in numbers))
        if put != 200:
            return _said(put, "PreconditionFailed")
        del self._uploads[name]
        return _xml("CompleteMultipartUploadResult", f"<Key>{key}</Key><ETag>{_etag(body)}</ETag>")

    def _put(self, key: str, headers: dict[str, str], data: bytes) -> Answer:
        if headers.get("if-none-match") == "*" and key in self.objects:
            return _said(412, "PreconditionFailed")
        self.objects[key] = data
        return 200, {"ETag": _etag(data)}, b""


@contextmanager
def bucket() -> Iterator[SmallBucket]:
    """One, for as long as it is needed."""
    there = SmallBucket()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, more, data = there.answer(self.command, self.path, headers, body)
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            if "Content-Length" not in more:
                self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if self.command != "HEAD":
                with suppress(BrokenPipeError):
                    self.wfile.write(data)

        do_HEAD = do_PUT = do_POST = do_DELETE = do_GET  # noqa: N815  http.server's names

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with serving(Handler) as port:
        there.port = port
        yield there


def _ranged(data: bytes, asked: str | None) -> Answer:
    about = {"ETag": _etag(data), "Last-Modified": formatdate(0, usegmt=True)}
    found = re.fullmatch(r"bytes=(\d+)-(\d*)", asked or "")
    if found is None:
        return 200, {**about, "Content-Length": str(len(data))}, data
    first, last = int(found[1]), min(int(found[2] or len(data) - 1), len(data) - 1)
    if first >= len(data):
        return _said(416, "InvalidRange")
    piece = data[first : last + 1]
    said = {**about, "Content-Range": f"bytes {first}-{last}/{len(data)}", "Content-Length": str(len(piece))}
    return 206, said, piece


def _etag(data: bytes) -> str:
    return f'"{hashlib.md5(data, usedforsecurity=False).hexdigest()}"'


def _said(status: int, code: str) -> Answer:
    return status, {"Content-Type": "application/xml"}, f"<Error><Code>{code}</Code></Error>".encode()


def _xml(name: str, inside: str) -> Answer:
    return 200, {"Content-Type": "application/xml"}, f"<{name}>{inside}</{name}>".encode()
