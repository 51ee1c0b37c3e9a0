"""Inline mode: what a bot offers to somebody who types its name in another chat."""

from collections.abc import Callable
from typing import Any

from standin.chats import Version
from standin.errors import QUERY_TOO_OLD, ApiError, refused
from standin.markup import units
from standin.params import Json
from standin.sending import check_preview, version_of
from standin.world import Call, Query, World

RESULTS = 50
ID = 64
OFFSET = 64
_ARTICLE = frozenset({
    "type", "id", "title", "input_message_content", "reply_markup", "url", "description",
    "thumbnail_url", "thumbnail_width", "thumbnail_height",
})  # fmt: skip
_CONTENT = frozenset({"message_text", "parse_mode", "entities", "link_preview_options"})


def answer_inline_query(world: World, call: Call, given: Json) -> bool:
    """Results for what somebody types: articles, each with the text that it puts into the chat."""
    results = given["results"]
    if not isinstance(results, list) or len(results) > RESULTS:
        raise refused("RESULTS_TOO_MUCH")
    if units(given.get("next_offset", "")) > OFFSET:
        raise refused("NEXT_OFFSET_INVALID")
    if given.get("cache_time", 0) < 0:
        raise refused("wrong cache time specified")
    contents = {_id(result): _content(world, call, result) for result in results}
    if len(contents) < len(results):
        raise refused("RESULT_ID_DUPLICATE")
    if not world.inline_mode:
        raise ApiError(400, "USER_BOT_INVALID")
    query = world.inline.get(given["inline_query_id"])
    if query is None or query.expired or query.results is not None:
        raise ApiError(400, QUERY_TOO_OLD)
    query.results, query.contents = results, contents
    query.personal, query.cache_time = given.get("is_personal", False), given.get("cache_time", 300)
    return True


def _id(result: object) -> str:
    if not isinstance(result, dict):
        raise refused("can't parse inline query result")
    identity = result.get("id")
    if not isinstance(identity, str) or not 1 <= len(identity.encode()) <= ID:
        raise refused("RESULT_ID_INVALID")
    return identity


def _content(world: World, call: Call, result: Json) -> Version:
    if result.get("type") != "article":
        raise refused("only articles are played here")
    _known(result, _ARTICLE)
    for name in ("title", "description"):
        if not isinstance(result.get(name, ""), str):
            raise refused(f'field "{name}" must be of type String')
    if not result.get("title", "").strip():
        raise refused("article title must be non-empty")
    content = result.get("input_message_content")
    if not isinstance(content, dict) or not isinstance(content.get("message_text"), str):
        raise refused("can't parse inline query result: text message content expected")
    _known(content, _CONTENT)
    check_preview(content)
    said = {name: value for name, value in content.items() if name != "message_text"}
    markup = {"reply_markup": result["reply_markup"]} if "reply_markup" in result else {}
    said |= {"text": content["message_text"], **markup}
    return version_of(world, call, said, "text", inline_only=True)


def _known(given: Json, names: frozenset[str]) -> None:
    for name in given.keys() - names:
        raise ApiError(400, f"unknown field {name}", careless="unknown parameter")


def query_json(query: Query) -> Json:
    """A query as the Bot API has it."""
    return {
        "id": query.id,
        "from": query.user.to_json(),
        "query": query.text,
        "offset": "",
        "chat_type": "private",
    }


METHODS: dict[str, Callable[[World, Call, Json], Any]] = {
    "answerInlineQuery": answer_inline_query,
}
