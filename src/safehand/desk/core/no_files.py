"""No page takes a file, but the one that hands in packages (intake/uploads.py): Django's own handlers would write any
file of any size to the disk as it came, unsealed, before a page has looked at the form.
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class NoFiles(FileUploadHandler):
    """Stops at the first byte of a file, and keeps none. The page sees a form without it."""

    def new_file(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG002  Django's signature
        """A file begins: the rest is not read."""
        raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never called."""

    def file_complete(self, file_size: int) -> None:
        """Never called."""
