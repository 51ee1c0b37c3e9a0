"""The rows that are kept. Nobody outside the store sees them."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    text,
)
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


# SQLite's own row number is an INTEGER, of eight bytes.
_LARGE = BigInteger().with_variant(Integer, "sqlite")


def _partial(name: str, columns: tuple[str, ...], where: str) -> Index:
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class ChatRow(SQLModel, table=True):
    """A chat and all that is kept of it: ``state`` is JSON text.

    ``asked`` is the platform's id of the message that holds the present question's buttons.
    ``waiting`` counts the messages that are to be sent, ``next_position`` numbers the next one.
    ``held_by`` is the process that sends them, which has to say so again before ``held_until``;
    ``wait_until`` is when the platform takes the next one. ``forgotten``: to be removed as soon as
    nothing is left to be sent.
    """

    __tablename__ = "chat"
    __table_args__ = (
        UniqueConstraint("platform", "address", name="uq_chat_platform_address"),
        _partial("ix_chat_waiting", ("platform",), "waiting > 0"),
        _partial("ix_chat_left", ("id",), "left_at IS NOT NULL"),
        Index("ix_chat_updated_at", "updated_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    platform: str
    address: str
    state: str = Field(sa_type=Text)
    asked: str | None = None
    waiting: int = 0
    next_position: int = 1
    held_by: str | None = None
    held_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    wait_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    forgotten: bool = False
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class InboundRow(SQLModel, table=True):
    """An update that has been dealt with; its text is not kept."""

    __tablename__ = "inbound"
    __table_args__ = (
        UniqueConstraint("platform", "update_id", name="uq_inbound_platform_update_id"),
        Index("ix_inbound_received_at", "received_at"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=_LARGE)
    platform: str
    update_id: str
    received_at: datetime = Field(sa_type=UtcDateTime)


class OutgoingRow(SQLModel, table=True):
    """A message to a chat: ``position`` counts within the chat, ``body`` is JSON text.

    ``status`` is queued, sent, failed, or skipped (a later one took its place); the body is kept
    only while it is queued. ``priority`` 0 goes first.
    """

    __tablename__ = "outgoing"
    __table_args__ = (
        UniqueConstraint("chat_id", "position", name="uq_outgoing_chat_id_position"),
        CheckConstraint(
            "status IN ('queued', 'sent', 'failed', 'skipped')", name="ck_outgoing_status"
        ),
        _partial("ix_outgoing_queued", ("chat_id", "priority", "position"), "status = 'queued'"),
        _partial("ix_outgoing_failed", ("id",), "status = 'failed'"),
        _partial("ix_outgoing_error", ("tried_at",), "last_error IS NOT NULL"),
        Index("ix_outgoing_created_at", "created_at"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=_LARGE)
    chat_id: int = Field(foreign_key="chat.id")
    position: int
    priority: int = 0
    locale: str
    body: str = Field(sa_type=Text)
    replaces: str | None = None
    retires: str | None = None
    status: str = "queued"
    parts_sent: int = 0
    attempts: int = 0
    last_error: str | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    tried_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SendingRow(SQLModel, table=True):
    """What all processes of a platform share: the sending budget is spent up to ``spent_until``.

    Nothing at all is sent before ``paused_until``.
    """

    __tablename__ = "sending"

    platform: str = Field(primary_key=True)
    spent_until: datetime = Field(sa_type=UtcDateTime)
    paused_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
