"""The methods by which the bot describes itself and its chats."""

import json
import re
from collections.abc import Callable
from typing import Any

from standin.errors import ApiError, refused
from standin.markup import units
from standin.params import Json
from standin.world import Call, World

COMMANDS = 100
_SCOPES = {
    "default": (), "all_private_chats": (), "all_group_chats": (),
    "all_chat_administrators": (), "chat": ("chat_id",), "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}  # fmt: skip


def get_me(world: World, _: Call, __: Json) -> Json:
    """Who the bot is."""
    return world.bot.to_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": world.inline_mode,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(world: World, _: Call, given: Json) -> bool:
    """The menu of commands, for a scope and a language."""
    commands = given["commands"]
    if not isinstance(commands, list):
        raise refused("can't parse commands JSON object")
    if len(commands) > COMMANDS:
        raise refused("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        match command:
            case {"command": str(name), "description": str(text), **more} if not more:
                _check_command(name, text)
            case _:
                raise refused("can't parse BotCommand")
    names = [command["command"] for command in commands]
    if len(set(names)) < len(names):
        raise refused("BOT_COMMAND_INVALID")
    world.profile.commands[_key(world, given)] = commands
    return True


def _check_command(name: str, text: str) -> None:
    if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
        raise refused("BOT_COMMAND_INVALID")
    if not 1 <= units(text.strip()) <= 256:
        raise refused("BOT_COMMAND_DESCRIPTION_INVALID")


def get_my_commands(world: World, _: Call, given: Json) -> list[Json]:
    """The commands set for exactly this scope and language."""
    return world.profile.commands.get(_key(world, given), [])


def delete_my_commands(world: World, _: Call, given: Json) -> bool:
    """Take the commands of a scope and a language away."""
    world.profile.commands.pop(_key(world, given), None)
    return True


def _key(world: World, given: Json) -> tuple[str, str]:
    scope = given.get("scope", {"type": "default"})
    needed = _SCOPES.get(str(scope.get("type"))) if isinstance(scope, dict) else None
    if needed is None or scope.keys() != {"type", *needed}:
        raise refused("can't parse BotCommandScope")
    if "chat_id" in scope:
        world.chat(scope["chat_id"])
    return json.dumps(scope, sort_keys=True), _language(given)


def _language(given: Json) -> str:
    code: str = given.get("language_code", "")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise refused("invalid language code specified")
    return code


def _setter(field: str, key: str, longest: int) -> Callable[[World, Call, Json], bool]:
    def method(world: World, _: Call, given: Json) -> bool:
        text: str = given.get(key, "")
        if units(text) > longest:
            raise refused(f"{key} is too long")
        kept: dict[str, str] = getattr(world.profile, field)
        if text:
            kept[_language(given)] = text
        else:
            kept.pop(_language(given), None)
        return True

    return method


def _getter(field: str, key: str) -> Callable[[World, Call, Json], Json]:
    def method(world: World, _: Call, given: Json) -> Json:
        kept: dict[str, str] = getattr(world.profile, field)
        default = kept.get("", world.bot.first_name if key == "name" else "")
        return {key: kept.get(_language(given), default)}

    return method


def get_chat(world: World, _: Call, given: Json) -> Json:
    """What is known of a chat."""
    chat = world.chat(given["chat_id"])
    if chat.moved_to is not None or chat.standing in {"kicked", "left"}:
        chat.check_open()
    more = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}
    return chat.to_json() | more


_NO_GIFTS = dict.fromkeys(
    (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    ),
    False,
)


def leave_chat(world: World, _: Call, given: Json) -> bool:
    """Leave a group."""
    chat = world.chat(given["chat_id"])
    chat.check_open()
    if chat.type == "private":
        raise ApiError(400, "chat not found", careless="refused")
    chat.standing = "left"
    return True


METHODS: dict[str, Callable[[World, Call, Json], Any]] = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _setter("names", "name", 64),
    "getMyName": _getter("names", "name"),
    "setMyDescription": _setter("descriptions", "description", 512),
    "getMyDescription": _getter("descriptions", "description"),
    "setMyShortDescription": _setter("short_descriptions", "short_description", 120),
    "getMyShortDescription": _getter("short_descriptions", "short_description"),
    "getChat": get_chat,
    "leaveChat": leave_chat,
}
