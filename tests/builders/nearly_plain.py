"""Bytes that are nearly what a reader's short way takes: one message of a file that was written, changed.

nearly(data, b'{"id"', b'"from"', b'"from "')              as good as plain, and not plain
not_with_care(monkeypatch, READER, "read_message", name)   the long way may not be taken in this test
"""

from __future__ import annotations

import pytest


def nearly(data: bytes, begins: bytes, old: bytes, new: bytes) -> bytes:
    """``data`` with ``old`` made ``new`` in its last message but one; a message begins with ``begins``."""
    before, message, behind = data.rsplit(begins, 2)
    assert old in message
    return begins.join((before, message.replace(old, new), behind))


def not_with_care(monkeypatch: pytest.MonkeyPatch, module: object, long_way: str, name: str) -> None:
    """Fail the test, telling ``name``, where ``module`` takes its ``long_way``: what is plain never needs it."""

    def careful(*_: object) -> None:
        raise AssertionError(f"read with care: {name}")

    monkeypatch.setattr(module, long_way, careful)
