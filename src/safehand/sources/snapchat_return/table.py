"""The columns of Snapchat's conversations, by their names: which ones there are changes from return to return."""

from __future__ import annotations

from typing import Final

from safehand.sources.csv_fields import Columns

READ: Final = {
    "conversation": ("conversation_id",),
    "message": ("message_id", "chat_id", "chatsid", "id"),
    "reply": ("reply_to_message_id",),
    "sender": ("sender_username", "from"),
    "sender_id": ("sender_user_id",),
    "recipient": ("recipient_username", "to"),
    "recipient_id": ("recipient_user_id",),
    "text": ("text", "body"),
    "media": ("media_id",),
    "time": ("timestamp",),
}
KEPT: Final = frozenset(
    (
        "content_type", "message_type", "conversation_title", "is_saved", "saved", "is_one_on_one", "is_encrypted",
        "is_topic_chat", "group_member_usernames", "group_member_user_ids", "saved_by", "screenshotted_by",
        "replayed_by", "screen_recorded_by", "read_by", "chat_wallpaper_setter_id", "upload_ip", "source_port_number",
        "href",
    )
)  # fmt: skip
"""Known, and without a place in the model. ``reactions`` is not among them: how it is written is not known."""


def is_header(columns: Columns) -> bool:
    """Whether these are the columns of messages: who, what and when, and a mark of this platform's."""
    newer = all(columns.at(name) is not None for name in ("conversation_id", "sender_username", "timestamp"))
    older = all(columns.at(name) is not None for name in ("from", "to", "body", "saved", "timestamp"))
    return (newer and any(columns.at(name) is not None for name in ("text", "media_id"))) or (
        older and columns.at("media_id") is not None
    )
