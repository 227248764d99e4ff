"""The fields of Telegram Desktop's JSON, sorted by what becomes of them. Where each was seen: NOTES.md.

READ    has a place in the model
KEPT    known, without a place of its own there: it stands verbatim in ``extra``
other   kept verbatim in ``extra`` too, with the doubt ``field_not_read``
"""

from __future__ import annotations

from typing import Final

READ: Final = frozenset({
    "id", "type", "date", "date_unixtime", "edited", "edited_unixtime", "text", "text_entities",
    "reply_to_message_id", "forwarded_from", "forwarded_date", "forwarded_date_unixtime",
    "photo", "photo_file_size", "file", "file_size", "media_type", "mime_type",
    "contact_vcard", "contact_vcard_file_size", "reactions",
})  # fmt: skip
"""Read wherever they stand. ``from``, ``actor``, ``action`` and what belongs to a call are read where they have a
meaning (message.py), and are unknown fields elsewhere.
"""

KEPT: Final = frozenset({
    # people and origins
    "author", "saved_from", "via_bot", "forwarded_from_id", "reply_to_peer_id", "inviter", "members", "to",
    "to_id", "peer_id", "peer_name", "peers", "new_title", "title",
    # media
    "file_name", "thumbnail", "thumbnail_file_size", "sticker_emoji", "performer", "width", "height",
    "duration_seconds", "media_spoiler", "self_destruct_period_seconds", "live_location_period_seconds",
    "location_information", "place_name", "address", "contact_information", "poll",
    "game_title", "game_description", "game_link", "invoice_information", "giveaway_information", "giveaway_results",
    "paid_stars_amount", "inline_bot_buttons",
    # what a service message tells beside its action
    "message_id", "game_message_id", "invoice_message_id", "score", "amount", "currency", "recurring", "period",
    "schedule_date", "emoticon", "cost", "months", "stars", "new_icon_emoji_id", "button_id", "boosts", "boost_peer_id",
    "boost_peer_name", "gift_id", "gift_code", "gift_text", "is_limited", "is_anonymous", "is_unclaimed", "unclaimed",
    "via_giveaway", "winners", "giveaway_msg_id", "transaction_id", "charge_id", "values", "distance",
    "reason_app_id", "reason_app_name", "reason_domain",
})  # fmt: skip

CHAT_TYPES: Final = frozenset({
    "personal_chat", "bot_chat", "saved_messages", "replies", "verification_codes", "private_group",
    "private_supergroup", "public_supergroup", "private_channel", "public_channel",
})  # fmt: skip

MESSAGE_TYPES: Final = frozenset({"message", "service", "unsupported"})

ACCOUNT_PARTS: Final = frozenset({
    "about", "personal_information", "profile_pictures", "stories", "contacts", "frequent_contacts", "sessions",
    "web_sessions", "other_data", "profile_music", "ringtones",
})  # fmt: skip
"""Parts of a whole account that are no conversations. They are accounted for, and not read."""

CALLS: Final = frozenset({"phone_call", "group_call", "conference_call"})

PAYLOADS: Final = frozenset({
    "game_title", "game_description", "invoice_information", "giveaway_information", "giveaway_results",
    "paid_stars_amount",
})  # fmt: skip
"""Known contents that the model has no kind for."""
