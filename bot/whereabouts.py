"""Chats that can no longer be reached, or go on elsewhere, with all that hangs on them.

Every function works within the caller's transaction; the chats are locked.
"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import outgoing, reminders, routing, store, tickets
from bot.store import Chat


async def left(connection: AsyncConnection, chat: Chat, now: datetime) -> None:
    """A chat cannot be told anything any more: what it would be told is derived anew later."""
    chat.left_at = now
    await routing.left(connection, chat.id, now)
    # The goodbye is all that waits, and will not be heard. If it is on its way just now, what comes
    # of that removes the chat: before, its number could be given to another one.
    if chat.forgotten and chat.held_by is None:
        chat.waiting = 0
    else:
        await reminders.taken_back(connection, chat, now)


async def moved(
    connection: AsyncConnection, platform: str, chat: Chat, address: str, chats: list[Chat]
) -> None:
    """A chat goes on at another address, with all that is kept of it and waits to be sent."""
    if chat.address == address:
        return  # it was told before
    there = next((each for each in chats if each.address == address), None)
    if there is None:
        found = await store.lock_chats(connection, platform, [address], [])
        there = found[0] if found else None
        chats += found
    if there is None:
        chat.address, chat.changed = address, True
        if chat.desk:
            await tickets.moved(connection, chat.id)
        return
    # Somebody has spoken there before this was told.
    await outgoing.hand_over(connection, chat, there)
    await store.hand_over(connection, chat, there)
    await store.remove(connection, [chat.id])
