"""What users send besides text: one example of each kind, as the Bot API describes it."""

from collections.abc import Callable

from standin.chats import Chat, User
from standin.params import Json

_FILE: Json = {"file_id": "AgAD", "file_unique_id": "AQAD", "file_size": 12_345}
_CLIP: Json = _FILE | {"duration": 3}
_PICTURE: Json = _FILE | {"width": 90, "height": 90}

PLAIN: dict[str, Json] = {
    "photo": {"photo": [_PICTURE, _PICTURE | {"width": 320, "height": 320}]},
    "sticker": {"sticker": _PICTURE | {"type": "regular", "is_animated": False, "is_video": False}},
    "voice": {"voice": _CLIP},
    "audio": {"audio": _CLIP},
    "video": {"video": _CLIP | _PICTURE},
    "video_note": {"video_note": _CLIP | {"length": 240}},
    "animation": {"animation": _CLIP | _PICTURE, "document": _FILE},
    "document": {"document": _FILE | {"file_name": "report.pdf"}},
    "location": {"location": {"latitude": 30.25, "longitude": 120.17}},
    "venue": {
        "venue": {
            "location": {"latitude": 30.25, "longitude": 120.17},
            "title": "West Lake",
            "address": "Hangzhou",
        },
        "location": {"latitude": 30.25, "longitude": 120.17},
    },
    "contact": {"contact": {"phone_number": "+8613800000000", "first_name": "Wang"}},
    "dice": {"dice": {"emoji": "🎲", "value": 4}},
    "poll": {
        "poll": {
            "id": "5",
            "question": "When?",
            "options": [
                {"persistent_id": "a", "text": "Today", "voter_count": 0},
                {"persistent_id": "b", "text": "Tomorrow", "voter_count": 0},
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        }
    },
    "game": {"game": {"title": "Game", "description": "A game", "photo": [_PICTURE]}},
    "story": {"story": {"chat": {"id": 5_000_000, "type": "private"}, "id": 3}},
    "unknown": {"hologram": {"depth": 3, "layers": [{"name": "a"}]}},
}

# Said by Telegram itself, about a chat.
SERVICE: dict[str, Json] = {
    "new_chat_title": {"new_chat_title": "Another title"},
    "new_chat_photo": {"new_chat_photo": [_PICTURE]},
    "delete_chat_photo": {"delete_chat_photo": True},
    "group_chat_created": {"group_chat_created": True},
    "message_auto_delete_timer_changed": {
        "message_auto_delete_timer_changed": {"message_auto_delete_time": 86_400}
    },
    "video_chat_started": {"video_chat_started": {}},
    "forum_topic_closed": {"forum_topic_closed": {}},
}

KINDS = tuple(PLAIN)
SERVICE_KINDS = (*SERVICE, "new_chat_members", "left_chat_member", "pinned_message")
_CAPTIONED = frozenset({"photo", "voice", "audio", "video", "animation", "document"})


def content(kind: str, chat: Chat, sender: User) -> Json:
    """The fields of a message of this kind. Raises LookupError."""
    special: dict[str, Callable[[], Json]] = {
        "new_chat_members": lambda: {"new_chat_members": [sender.to_json()]},
        "left_chat_member": lambda: {"left_chat_member": sender.to_json()},
        "pinned_message": lambda: {"pinned_message": chat.everything[-1].to_json()},
    }
    if kind in special:
        return special[kind]()
    if kind in PLAIN:
        return dict(PLAIN[kind])
    return dict(SERVICE[kind])


def captioned(kind: str) -> bool:
    """Whether it can have a caption."""
    return kind in _CAPTIONED
