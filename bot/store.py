"""What is kept and read back: rows on one side, the conversation's types on the other.

Every function works within the caller's transaction.
"""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import func
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from bot.tables import ChatRow, InboundRow, OutgoingRow
from conversations.model import Reply, State

log = logging.getLogger(__name__)

Status = Literal["queued", "sent", "failed"]

_REPLY = TypeAdapter(Reply)


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat, locked until the transaction ends; ``state`` is what ``dump_state`` wrote."""

    id: int
    state: str


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A message that has been kept and is to be sent to ``address``."""

    id: int
    platform: str
    address: str
    locale: str
    reply: Reply


def dump_state(state: State) -> str:
    """A state as it is kept. Raises TypeError if an answer is not a JSON value."""
    return json.dumps(state.to_json(), ensure_ascii=False)


def load_state(text: str) -> State:
    """Read what ``dump_state`` wrote. Raises KeyError, TypeError or ValueError otherwise."""
    return State.from_json(json.loads(text))


async def note_update(session: AsyncSession, platform: str, update_id: str, now: datetime) -> bool:
    """Note that an update has been dealt with; False if it had been before."""
    return await _insert(
        session, InboundRow(platform=platform, update_id=update_id, received_at=now)
    )


async def has_chat(session: AsyncSession, platform: str, address: str) -> bool:
    """Tell whether this chat has ever said anything."""
    found = await session.exec(_chat(platform, address))
    return found.first() is not None


async def lock_chat(session: AsyncSession, platform: str, address: str, now: datetime) -> Chat:
    """Load a chat, made if it is new; nobody else changes it until the transaction ends."""
    row = ChatRow(
        platform=platform,
        address=address,
        state=dump_state(State()),
        created_at=now,
        updated_at=now,
    )
    await _insert(session, row)
    found = (await session.exec(_chat(platform, address).with_for_update())).one()
    return Chat(_known(found.id), found.state)


async def save_state(session: AsyncSession, chat: Chat, state: str, now: datetime) -> None:
    """Keep a chat's new state."""
    row = (await session.exec(select(ChatRow).where(col(ChatRow.id) == chat.id))).one()
    row.state, row.updated_at = state, now


async def queue(
    session: AsyncSession, chat: Chat, locale: str, replies: Sequence[Reply], now: datetime
) -> tuple[int, ...]:
    """Keep messages to be sent after the transaction, in this order; gives their ids."""
    last = select(func.max(OutgoingRow.position)).where(col(OutgoingRow.chat_id) == chat.id)
    first = ((await session.exec(last)).one() or 0) + 1
    rows = [
        OutgoingRow(
            chat_id=chat.id,
            position=position,
            locale=locale,
            body=_REPLY.dump_json(reply).decode(),
            created_at=now,
        )
        for position, reply in enumerate(replies, start=first)
    ]
    session.add_all(rows)
    await session.flush()
    return tuple(_known(row.id) for row in rows)


async def unsent(session: AsyncSession, platform: str, address: str) -> tuple[OutgoingMessage, ...]:
    """A chat's messages that are still to be sent, in order.

    One that cannot be read is given up as failed: it would stand in the way for ever.
    """
    query = (
        select(OutgoingRow)
        .join(ChatRow)
        .where(col(ChatRow.platform) == platform, col(ChatRow.address) == address)
        .where(col(OutgoingRow.status) == "queued")
        .order_by(col(OutgoingRow.position))
    )
    messages = []
    for row in (await session.exec(query)).all():
        try:
            reply = _REPLY.validate_json(row.body)
        except ValidationError:
            log.error("outgoing message %s cannot be read and is not sent", row.id)  # noqa: TRY400 - the traceback would quote it
            row.status = "failed"
        else:
            messages.append(OutgoingMessage(_known(row.id), platform, address, row.locale, reply))
    return tuple(messages)


async def record_attempt(
    session: AsyncSession,
    message: OutgoingMessage,
    status: Status,
    now: datetime,
) -> None:
    """Note that a message was tried to be sent, and where it stands now."""
    row = (await session.exec(select(OutgoingRow).where(col(OutgoingRow.id) == message.id))).one()
    row.status = status
    row.attempts += 1
    row.sent_at = now if status == "sent" else None


def _chat(platform: str, address: str) -> SelectOfScalar[ChatRow]:
    return select(ChatRow).where(col(ChatRow.platform) == platform, col(ChatRow.address) == address)


async def _insert(session: AsyncSession, row: SQLModel) -> bool:
    # Unlike a failed INSERT this leaves the transaction usable, on both databases.
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    values = row.model_dump(exclude={"id"})
    connection = await session.connection()
    result = await connection.execute(insert(type(row)).values(values).on_conflict_do_nothing())
    return result.rowcount == 1


def _known(key: int | None) -> int:
    if key is None:
        raise TypeError("a row that has been read has a key")
    return key
