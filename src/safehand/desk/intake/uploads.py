"""A package that comes in through the browser: streamed to the disk and hashed on the way, never held in memory.

Django hands each piece of the file to ``Streamed`` as it arrives. What the file is called on the holder's or the
officer's machine is not kept: it may hold a name.
"""

from __future__ import annotations

import io

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from safehand.desk.custody.evidence_store import Incoming
from safehand.errors import SafehandError


class Streamed(FileUploadHandler):
    """Writes the one file of a form to ``incoming``. ``problem`` says why it stopped, if it did."""

    chunk_size = 1 << 20

    def __init__(self, incoming: Incoming, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.incoming = incoming
        self.problem: SafehandError | None = None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002  Django's signature
        """The next piece. Stops the upload when it is not sealed, or too large, or the disk is full."""
        try:
            self.incoming.write(raw_data)
        except SafehandError as problem:
            self.problem = problem
            # The rest is read and thrown away, so that the browser gets the page that says why.
            raise StopUpload(connection_reset=False) from problem
        return None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        """What the form sees: that a file came, and its size."""
        return UploadedFile(io.BytesIO(), name="package", size=file_size)
