"""What a message holds, if it is no text."""

from collections.abc import Mapping
from typing import Any

from conversations.model import Unreadable

Json = Mapping[str, Any]

# What a user can send besides text, and what it is called. An animation is also a document, a
# venue also a location: the first that fits counts.
CONTENTS = {
    "photo": "photo",
    "live_photo": "photo",
    "sticker": "sticker",
    "voice": "voice",
    "audio": "voice",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "document": "document",
    "venue": "location",
    "location": "location",
    "contact": "contact",
}
# What Telegram itself says of a chat, in the form of a message: nobody expects an answer.
SERVICE = (
    "boost_added",
    "channel_chat_created",
    "chat_background_set",
    "chat_owner_changed",
    "chat_owner_left",
    "chat_shared",
    "checklist_tasks_added",
    "checklist_tasks_done",
    "connected_website",
    "delete_chat_photo",
    "direct_message_price_changed",
    "forum_topic_closed",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_reopened",
    "general_forum_topic_hidden",
    "general_forum_topic_unhidden",
    "gift",
    "gift_upgrade_sent",
    "giveaway_completed",
    "giveaway_created",
    "group_chat_created",
    "left_chat_member",
    "managed_bot_created",
    "message_auto_delete_timer_changed",
    "migrate_from_chat_id",
    "migrate_to_chat_id",
    "new_chat_members",
    "new_chat_photo",
    "new_chat_title",
    "paid_message_price_changed",
    "passport_data",
    "pinned_message",
    "poll_option_added",
    "poll_option_deleted",
    "proximity_alert_triggered",
    "refunded_payment",
    "successful_payment",
    "suggested_post_approval_failed",
    "suggested_post_approved",
    "suggested_post_declined",
    "suggested_post_paid",
    "suggested_post_refunded",
    "supergroup_chat_created",
    "unique_gift",
    "users_shared",
    "video_chat_ended",
    "video_chat_participants_invited",
    "video_chat_scheduled",
    "video_chat_started",
    "web_app_data",
    "write_access_allowed",
)


def unreadable(message: Json) -> Unreadable | None:
    """What a message is that is no text; None if Telegram itself says it."""
    for name, kind in CONTENTS.items():
        if name in message:
            return Unreadable(kind)
    if any(name in message for name in SERVICE):
        return None
    return Unreadable("other")
