"""How tickets go with what is said and sent: which message is about which of them.

Every function works within the caller's transaction.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import tickets
from bot.houses import Lookup
from bot.platform import Incoming, OutgoingMessage
from bot.store import Chat
from bot.tickets import Card
from conversations.model import Event, House, Mentioned, Pressed, Said


async def sent(
    connection: AsyncConnection,
    messages: Iterable[tuple[OutgoingMessage, str | None]],
    chats: Mapping[int, Chat],
) -> None:
    """Remember which messages are about which tickets, by what they were sent as."""
    cards: list[Card] = []
    replaced: list[tuple[int, str]] = []
    for message, sent_as in messages:
        chat, about = chats[message.chat_id], message.reply.ticket
        if about is not None and sent_as is not None:
            cards.append(Card(chat.id, sent_as, about))
            chat.desk = chat.changed = True
        if about is None and chat.desk and message.replaces is not None:
            replaced.append((chat.id, message.replaces))
    await tickets.note_sent(connection, cards, replaced)


async def about(connection: AsyncConnection, chat: Chat, incoming: Incoming, event: Event) -> Event:
    """What is said in answer to a message about a ticket is said in that ticket."""
    if incoming.reply_to is None or not chat.desk or not isinstance(event, Said | Mentioned):
        return event
    ticket = await tickets.of_message(connection, chat.id, incoming.reply_to)
    return event if ticket is None else Said(event.text, ticket)


async def seen(
    lookup: Lookup, platform: str, chat: Chat, incoming: Incoming
) -> tuple[House, int | None]:
    """The house for whoever speaks, and the number of their own chat if they speak in a group."""
    if incoming.speaker is None:
        return await lookup.house(chat), None
    return await lookup.in_group(chat, platform, incoming.speaker)


def changed_by(event: Event) -> bool:
    """Whether a button of a ticket was pressed: wherever it stands, that message changes."""
    return (
        isinstance(event, Pressed) and event.token.startswith("k:") and event.token[2:3].isdigit()
    )
