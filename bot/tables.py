"""The rows that are kept. Nobody outside the store sees them."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Index, Text, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware when written, in UTC when read. A naive datetime is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Bring an aware datetime to UTC. Raises ValueError for a naive one."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("a naive datetime: the moment it means is not known")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ANN401, ARG002
        """Say that it is UTC; SQLite keeps no time zone."""
        if value is None:
            return None
        moment: datetime = value
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.astimezone(UTC)


class ChatRow(SQLModel, table=True):
    """A chat and all that is kept of it: ``state`` is JSON text."""

    __tablename__ = "chat"
    __table_args__ = (UniqueConstraint("platform", "address", name="uq_chat_platform_address"),)

    id: int | None = Field(default=None, primary_key=True)
    platform: str
    address: str
    state: str = Field(sa_type=Text)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class InboundRow(SQLModel, table=True):
    """An update that has been dealt with; its text is not kept."""

    __tablename__ = "inbound"
    __table_args__ = (
        UniqueConstraint("platform", "update_id", name="uq_inbound_platform_update_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    platform: str
    update_id: str
    received_at: datetime = Field(sa_type=UtcDateTime)


class OutgoingRow(SQLModel, table=True):
    """A message to a chat: ``position`` counts within the chat, ``body`` is JSON text.

    ``status`` is queued, sent or failed.
    """

    __tablename__ = "outgoing"
    __table_args__ = (
        UniqueConstraint("chat_id", "position", name="uq_outgoing_chat_id_position"),
        CheckConstraint("status IN ('queued', 'sent', 'failed')", name="ck_outgoing_status"),
        Index("ix_outgoing_status", "status"),
    )

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id")
    position: int
    locale: str
    body: str = Field(sa_type=Text)
    status: str = "queued"
    attempts: int = 0
    created_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
