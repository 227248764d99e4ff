"""Bytes that are nearly what a reader's short way takes: one message of a file that was written, changed."""

from __future__ import annotations


def nearly(data: bytes, begins: bytes, old: bytes, new: bytes) -> bytes:
    """``data`` with ``old`` made ``new`` in its last message but one; a message begins with ``begins``."""
    before, message, behind = data.rsplit(begins, 2)
    assert old in message
    return begins.join((before, message.replace(old, new), behind))
