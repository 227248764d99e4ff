"""The columns of the table ``message``: which are read, which are kept as they stand, and which say nothing of a talk.

A column that stands in none of these is a newer version's: where it has a value it is kept, and the message says so.
"""

from __future__ import annotations

from typing import Final

READ: Final = frozenset({
    "rowid", "guid", "text", "attributedbody", "handle_id", "date", "is_from_me", "item_type", "group_title",
    "group_action_type", "other_handle", "associated_message_guid", "associated_message_type",
    "associated_message_emoji", "thread_originator_guid", "message_summary_info", "date_edited", "date_retracted",
    "is_audio_message", "cache_has_attachments", "payload_data",
})  # fmt: skip
"""What becomes a field of the message. ``payload_data`` may hold pictures: its length is told, and nothing else."""

KEPT: Final = frozenset({
    "account", "associated_message_range_length", "associated_message_range_location", "balloon_bundle_id", "country",
    "date_delivered", "date_played", "date_read", "date_recovered", "destination_caller_id", "error", "expire_state",
    "expressive_send_style_id", "is_auto_reply", "is_corrupt", "is_emote", "is_expirable", "is_forward", "is_spam",
    "is_sos", "is_system_message", "scheduled_type", "scheduled_state", "service", "share_direction", "share_status",
    "subject", "thread_originator_part", "was_detonated",
})  # fmt: skip
"""What stands in ``extra``, as it is in the row."""

SILENT: Final = frozenset({
    "account_guid", "bia_reference_id", "cache_roomnames", "ck_chat_id", "ck_record_change_tag", "ck_record_id",
    "ck_sync_state", "did_notify_recipient", "fallback_hash", "has_dd_results", "has_unseen_mention", "is_archive",
    "is_critical", "is_delayed", "is_delivered", "is_empty", "is_finished", "is_kt_verified",
    "is_pending_satellite_send", "is_prepared", "is_read", "is_sent", "is_service_message", "is_stewie",
    "is_time_sensitive", "message_action_type", "message_source", "needs_relay", "part_count", "replace",
    "reply_to_guid", "schedule_state", "schedule_type", "sent_or_received_off_grid", "service_center", "sort_id",
    "sr_ck_record_change_tag", "sr_ck_record_id", "sr_ck_sync_state", "synced_syndication_ranges",
    "syndication_ranges", "time_expressive_send_played", "type", "version", "was_data_detected", "was_deduplicated",
    "was_delivered_quietly", "was_downgraded",
})  # fmt: skip
"""How the message was synchronised, counted, shown and delivered. ``reply_to_guid`` is the message before, always."""
