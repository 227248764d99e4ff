"""The fields of a row of Signal Desktop: those that have a place in the model, and those that are known and have none.

The names are Desktop's own (``MessageAttributesType``). A field that stands in neither is kept with a doubt.
"""

from __future__ import annotations

from typing import Any, Final

SAID: Final = frozenset({"incoming", "outgoing", "story"})
"""Types of a row that somebody said; with all others the platform speaks."""
_EMPTY: Final[tuple[Any, ...]] = ([], {}, "")
READ: Final = frozenset({
    "id", "type", "body", "bodyRanges", "sent_at", "timestamp", "source", "sourceUuid", "sourceServiceId",
    "conversationId", "attachments", "reactions", "quote", "editHistory", "deletedForEveryone", "hasAttachments",
    "hasFileAttachments", "hasVisualMediaAttachments", "schemaVersion",
})  # fmt: skip
KEPT: Final = frozenset({
    "received_at", "received_at_ms", "serverTimestamp", "serverGuid", "sourceDevice", "readStatus", "seenStatus",
    "unread", "recipients", "sent", "sent_to", "sendStateByConversationId", "delivered_to", "read_by", "delivered",
    "unidentifiedDeliveries", "unidentifiedDeliveryReceived", "errors", "expireTimer", "expirationStartTimestamp",
    "isErased", "isViewOnce", "isTapToViewInvalid", "groupV2Change", "group_update", "groupMigration", "key_changed",
    "local", "verified", "verifiedChanged", "flags", "expirationTimerUpdate", "synced", "requiredProtocolVersion",
    "supportedVersionAtReceive", "storyId", "storyReplyContext", "storyDistributionListId", "canReplyToStory",
    "callId", "callMode", "callHistoryDetails", "editMessageTimestamp", "editMessageReceivedAt",
    "editMessageReceivedAtMs", "readAt", "mentionsMe", "messageTimer", "profileChange", "changedId", "giftBadge",
    "payment", "preview", "contact", "sticker", "decrypted_at", "dataMessage", "destination", "destinationServiceId",
    "destinationUuid", "sendHQImages", "bodyAttachment", "deletedForEveryoneTimestamp", "deletedForEveryoneFailed",
    "deletedForEveryoneSendStatus", "conversationMerge", "phoneNumberDiscovery", "titleTransition",
    "messageRequestResponseEvent", "isStory", "poll", "invitedGV2Members", "droppedGV2MemberIds", "rowid",
    "sms", "storyReaction", "storyReactionEmoji", "storyRecipientsVersion", "schemaMigrationAttempts", "retryOptions",
    "bodyPending", "expires_at", "logger", "message",
})  # fmt: skip


def is_silent(value: Any) -> bool:
    """Whether a field of KEPT says nothing, and is not kept."""
    return value is None or value is False or value in _EMPTY
