"""What a message becomes on Telegram: parts, each of which is one call of its Bot API."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bot.platform import OutgoingMessage
from bot.platforms.plain import PROGRESS
from bot.platforms.telegram import calendar
from bot.platforms.telegram.keyboards import Links, Rows, keyboard
from bot.platforms.telegram.markup import CAPTION_UNITS, Block, clean, has_text, pieces
from conversations.language import language
from conversations.model import Attachment, Reply
from rules.messages import message as spoken

CHOOSE = spoken("请选一项。")
NOTHING = "…"

_NAME_UNWANTED = re.compile(r'[/\\:*?"<>|\s]+')
_NAME_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Part:
    """One call: ``send`` a message, ``edit`` one, ``retire`` one's buttons, send a file.

    A file is a ``document``, or a ``photo`` of the attachment's chart. ``replaces`` is the message
    that is edited or whose buttons go.
    """

    kind: Literal["send", "edit", "retire", "document", "photo"]
    html: str = ""
    keyboard: Rows = ()
    replaces: str | None = None
    attachment: Attachment | None = None


def parts(message: OutgoingMessage, links: Links) -> tuple[Part, ...]:
    """Cut a message into parts; ``links`` gives a deep link's address from its argument.

    Buttons are under the last part. Raises ValueError if a token is too long for a button.
    """
    reply, locale = message.reply, message.locale
    more = () if reply.day_token is None else (calendar.opener(reply.day_token, locale),)
    buttons = keyboard(reply, links, more)
    blocks = list(_blocks(reply, buttons.listed, locale))
    if reply.attachment is not None:
        found = _with_file(blocks, buttons.rows, reply.attachment)
    else:
        found = _messages(blocks, buttons.rows)
        if message.replaces is not None and len(found) == 1:
            edit = Part("edit", found[0].html, buttons.rows, message.replaces)
            return *_retired(message.retires, besides=message.replaces), edit
    return *_retired(message.retires, message.replaces), *found


def _retired(*messages: str | None, besides: str | None = None) -> tuple[Part, ...]:
    named = dict.fromkeys(each for each in messages if each is not None and each != besides)
    return tuple(Part("retire", replaces=each) for each in named)


def _messages(blocks: list[Block], rows: Rows) -> tuple[Part, ...]:
    *earlier, last = pieces(blocks) or (NOTHING,)
    return *(Part("send", html) for html in earlier), Part("send", last, rows)


def _with_file(blocks: list[Block], rows: Rows, attachment: Attachment) -> tuple[Part, ...]:
    """A file with the text under it, or with the text as a message of its own.

    Buttons go under a text: Telegram cannot edit a file into the next question.
    """
    kind: Literal["document", "photo"] = "document" if attachment.chart is None else "photo"
    file = replace(attachment, name=_file_name(attachment.name))
    if rows:
        return Part(kind, attachment=file), *_messages(blocks, rows)
    caption = pieces(blocks, CAPTION_UNITS)
    if len(caption) > 1:
        return *_messages(blocks, ()), Part(kind, attachment=file)
    return (Part(kind, "".join(caption), attachment=file),)


def _blocks(reply: Reply, listed: tuple[str, ...], locale: str) -> Iterator[Block]:
    say = language(locale).say
    begun = reply.progress is not None
    if reply.progress is not None:
        done, total = reply.progress
        yield Block("small", say(PROGRESS, done=done, total=total))
    if has_text(reply.text):
        yield Block("text", reply.text, tight=begun)
    elif reply.choices or reply.actions:
        yield Block("text", say(CHOOSE), tight=begun)
    for cited in reply.citations:
        yield Block("quote", cited.quote, cited.label, tight=True)
    if listed:
        yield Block("text", "\n".join(listed))


def _file_name(name: str) -> str:
    plain = _NAME_UNWANTED.sub("-", clean(name)).strip("-.")
    return plain[-_NAME_LENGTH:] if has_text(plain) else "award-bot.txt"
