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


def partial(name: str, columns: tuple[str, ...], where: str) -> Index:
    """An index of some rows only."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class ChatRow(SQLModel, table=True):
    """A chat and all that is kept of it: ``state`` is JSON text.

    ``asked`` is the platform's id of the message that holds the present question's buttons.
    ``waiting`` counts the messages that are to be sent, ``next_position`` numbers the next one;
    ``next_priority`` is how urgent the first of them is. ``held_by`` is the process that sends
    them, which has to say so again before ``held_until``; ``wait_until`` is when the platform takes
    the next one. ``remind_at`` is when it is to be asked again what falls due, everything up to
    ``reminded_at`` being dealt with. ``forgotten``: to be removed as soon as nothing is left to be
    sent. ``desk``: something is kept of tickets that it asked or was told of.
    """

    __tablename__ = "chat"
    __table_args__ = (
        UniqueConstraint("platform", "address", name="uq_chat_platform_address"),
        partial("ix_chat_waiting", ("platform", "next_priority"), "waiting > 0"),
        partial("ix_chat_left", ("id",), "left_at IS NOT NULL"),
        partial(
            "ix_chat_remind_at",
            ("platform", "remind_at"),
            "remind_at IS NOT NULL AND left_at IS NULL",
        ),
        Index("ix_chat_updated_at", "updated_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    platform: str
    address: str
    state: str = Field(sa_type=Text)
    asked: str | None = None
    waiting: int = 0
    next_position: int = 1
    next_priority: int = 0
    held_by: str | None = None
    held_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    wait_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    remind_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reminded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    forgotten: bool = False
    desk: bool = False
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

    ``status`` is queued, sent, failed, or skipped (a later one took its place, or nobody is there);
    the body is kept only while it is queued. ``priority`` 0 goes first. ``broadcast_id`` is the
    broadcast that it is a copy of, ``ticket_id`` the ticket that it tells news of, if it does.
    """

    __tablename__ = "outgoing"
    __table_args__ = (
        UniqueConstraint("chat_id", "position", name="uq_outgoing_chat_id_position"),
        CheckConstraint(
            "status IN ('queued', 'sent', 'failed', 'skipped')", name="ck_outgoing_status"
        ),
        partial("ix_outgoing_queued", ("chat_id", "priority", "position"), "status = 'queued'"),
        partial("ix_outgoing_failed", ("id",), "status = 'failed'"),
        partial("ix_outgoing_error", ("tried_at",), "last_error IS NOT NULL"),
        partial("ix_outgoing_broadcast", ("broadcast_id", "status"), "broadcast_id IS NOT NULL"),
        Index("ix_outgoing_created_at", "created_at"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=_LARGE)
    chat_id: int = Field(foreign_key="chat.id")
    position: int
    priority: int = 0
    broadcast_id: int | None = None
    ticket_id: int | None = None
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


class RoundRow(SQLModel, table=True):
    """A round that an office has announced: ``milestones`` is JSON text; see ``Round``."""

    __tablename__ = "round"
    __table_args__ = (
        # Of one award and year only one stands, whoever announces it at the same moment.
        Index(
            "uq_round_award_year",
            "award",
            "year",
            unique=True,
            sqlite_where=text("NOT withdrawn"),
            postgresql_where=text("NOT withdrawn"),
        ),
        Index("ix_round_closes", "closes"),
    )

    id: int | None = Field(default=None, primary_key=True)
    award: str
    year: int
    title: str = Field(sa_type=Text)
    number: str = Field(sa_type=Text)
    opens: datetime = Field(sa_type=UtcDateTime)
    closes: datetime = Field(sa_type=UtcDateTime)
    opens_since: datetime = Field(sa_type=UtcDateTime)
    closes_since: datetime = Field(sa_type=UtcDateTime)
    hand_in: str = Field(sa_type=Text)
    place: str = Field(sa_type=Text)
    milestones: str = Field(sa_type=Text)
    version: int = 1
    withdrawn: bool = False


class FollowRow(SQLModel, table=True):
    """A chat wants to know of the rounds of an award: derived from its state, to be found by."""

    __tablename__ = "follow"
    __table_args__ = (Index("ix_follow_award", "award", "chat_id"),)

    chat_id: int = Field(foreign_key="chat.id", primary_key=True)
    award: str = Field(primary_key=True)


class ReminderRow(SQLModel, table=True):
    """A reminder that a chat has been given, by its name: none is given twice.

    It stands in the message at ``position``; before that the chat was reminded up to ``since``.
    """

    __tablename__ = "reminder"
    __table_args__ = (Index("ix_reminder_told_at", "told_at"),)

    chat_id: int = Field(foreign_key="chat.id", primary_key=True)
    name: str = Field(primary_key=True)
    position: int
    since: datetime = Field(sa_type=UtcDateTime)
    told_at: datetime = Field(sa_type=UtcDateTime)


class BroadcastRow(SQLModel, table=True):
    """Something told to all who follow an award, in portions: up to the chat ``reached`` so far.

    It is an officer's ``text`` (``sent_by`` is that chat), or a round as it is now and was before,
    as JSON texts. ``status`` is going (copies are being made), sending (all are made) or done.
    ``blocked`` counts those for whom none was made; ``told`` is how many quarters the officer knows
    of, ``look_at`` when it is looked at next how it goes.
    """

    __tablename__ = "broadcast"
    __table_args__ = (
        CheckConstraint("status IN ('going', 'sending', 'done')", name="ck_broadcast_status"),
        partial("ix_broadcast_open", ("status", "id"), "status <> 'done'"),
        partial("ix_broadcast_sent_by", ("sent_by",), "sent_by IS NOT NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    award: str
    sent_by: int | None = None
    body: str | None = Field(default=None, sa_type=Text)
    round_now: str | None = Field(default=None, sa_type=Text)
    round_before: str | None = Field(default=None, sa_type=Text)
    status: str = "going"
    reached: int = 0
    total: int = 0
    blocked: int = 0
    told: int = 0
    look_at: datetime = Field(sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)


class DeferredRow(SQLModel, table=True):
    """A chat that gets its copy of a broadcast only ``at`` the end of its quiet hours."""

    __tablename__ = "deferred"
    __table_args__ = (Index("ix_deferred_at", "broadcast_id", "at"),)

    chat_id: int = Field(foreign_key="chat.id", primary_key=True)
    broadcast_id: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)


class StaffRow(SQLModel, table=True):
    """Whoever speaks in this chat is an officer: of ``award``, or of all if it is not set.

    ``label`` is what colleagues call them. An ``administrator`` invites and removes officers.
    """

    __tablename__ = "staff"
    __table_args__ = (Index("ix_staff_chat_id", "chat_id"),)

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id")
    award: str | None = None
    label: str = ""
    administrator: bool = False
    since: datetime = Field(sa_type=UtcDateTime)


class InvitationRow(SQLModel, table=True):
    """A code that makes whoever brings it an officer, once, until ``expires``; only its digest."""

    __tablename__ = "invitation"

    digest: str = Field(primary_key=True)
    award: str | None = None
    label: str = ""
    administrator: bool = False
    expires: datetime = Field(sa_type=UtcDateTime)
