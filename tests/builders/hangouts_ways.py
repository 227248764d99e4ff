"""Hangouts read by each of its ways: by patterns of shapes, field for field, and with care."""

from __future__ import annotations

from typing import Final

import orjson
import pytest

from hangouts_export import ALICE, BOB, Object, account, said, talk
from safehand.model.message import Message
from safehand.sources.hangouts import SOURCE
from safehand.sources.hangouts.read import FORM
from safehand.sources.hangouts.shapes import Shapes
from source_verdict import messages_of

OWN: Final[Object] = {"user_id": account(ALICE), "client_generated_id": "4101", "notification_level": "RING"}
"""The state of what was sent from the owner's own device."""
FIRST: Final = talk("Uga", [ALICE, BOB], [
    said(1, BOB, "row 1", "Uga"), {**said(2, ALICE, "row 2", "Uga"), "self_event_state": OWN},
])  # fmt: skip
"""A conversation from which both usual shapes are learned, for the next one."""
_NEVER: Final = 1 << 60


def alike(data: bytes, monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    """The messages of one file, of which all ways tell the same."""
    files = {"Hangouts.json": data}
    with monkeypatch.context() as patch:
        patch.setattr(Shapes, "often", 1)
        shaped = messages_of(SOURCE, files, FORM)
        patch.setattr(Shapes, "often", _NEVER)
        assert messages_of(SOURCE, files, FORM) == shaped
        patch.setattr(Shapes, "decode", lambda _, raw: orjson.loads(raw))
        assert messages_of(SOURCE, files, FORM) == shaped
    return shaped
