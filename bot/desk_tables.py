"""The rows of the officers' desk."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field, SQLModel

from bot.tables import UtcDateTime, partial


class TicketRow(SQLModel, table=True):
    """A question in an office's hands; see ``Ticket``. ``chat_id`` has asked it.

    ``claimed_by`` is an officer's row. ``changed_at`` is when it was last dealt with,
    ``answered_at`` when it was first answered. ``remind_at`` is when the office is to be reminded,
    ``reminded`` how often it was. ``withdrawn``: the asker has taken it back, or is gone.
    """

    __tablename__ = "ticket"
    __table_args__ = (
        CheckConstraint(
            "status IN ('waiting', 'claimed', 'answered', 'closed')", name="ck_ticket_status"
        ),
        partial("ix_ticket_chat_id", ("chat_id",), "chat_id IS NOT NULL"),
        partial("ix_ticket_claimed_by", ("claimed_by",), "claimed_by IS NOT NULL"),
        partial("ix_ticket_remind_at", ("remind_at",), "remind_at IS NOT NULL"),
        partial("ix_ticket_answered_at", ("award", "answered_at"), "answered_at IS NOT NULL"),
        Index("ix_ticket_award", "award", "status"),
        Index("ix_ticket_changed_at", "changed_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int | None = Field(default=None, foreign_key="chat.id")
    award: str
    status: str
    shared: str = Field(sa_type=Text)
    locale: str
    claimed_by: int | None = None
    opened: datetime = Field(sa_type=UtcDateTime)
    changed_at: datetime = Field(sa_type=UtcDateTime)
    waiting_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    remind_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reminded: int = 0
    withdrawn: bool = False
    version: int = 1


class TicketEntryRow(SQLModel, table=True):
    """Something said in a ticket, ``by`` the applicant or an officer; ``officer`` is their row."""

    __tablename__ = "ticket_entry"
    __table_args__ = (Index("ix_ticket_entry_ticket_id", "ticket_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id")
    by: str
    officer: int | None = None
    body: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=UtcDateTime)


class TicketMessageRow(SQLModel, table=True):
    """A message in a chat, by the platform's id of it, is about a ticket: an answer to it is."""

    __tablename__ = "ticket_message"
    __table_args__ = (Index("ix_ticket_message_ticket_id", "ticket_id"),)

    chat_id: int = Field(foreign_key="chat.id", primary_key=True)
    sent_as: str = Field(primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id")


class TicketCopyRow(SQLModel, table=True):
    """A chat of the office's has been given a ticket; ``sent_as`` is the message that shows it.

    The chat is no foreign key, nor is it in a notice: a row for somebody else's chat would wait for
    whoever has locked that.
    """

    __tablename__ = "ticket_copy"
    __table_args__ = (Index("ix_ticket_copy_chat_id", "chat_id"),)

    ticket_id: int = Field(foreign_key="ticket.id", primary_key=True)
    chat_id: int = Field(primary_key=True)
    sent_as: str | None = None


class TicketNoticeRow(SQLModel, table=True):
    """A chat is still to be told something of a ticket; it becomes a message within a second.

    ``office``: as one of the office, not as the asker. ``entry_id`` is what was said, ``replaces``
    the message whose place it takes.
    """

    __tablename__ = "ticket_notice"
    __table_args__ = (
        Index("ix_ticket_notice_chat_id", "chat_id"),
        Index("ix_ticket_notice_ticket_id", "ticket_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id")
    chat_id: int
    what: str
    office: bool
    entry_id: int | None = None
    replaces: str | None = None


class DeskGroupRow(SQLModel, table=True):
    """The questions of an award come to this group; ``brought_by`` is the officer's own chat."""

    __tablename__ = "desk_group"
    __table_args__ = (Index("ix_desk_group_chat_id", "chat_id"),)

    award: str = Field(primary_key=True)
    chat_id: int = Field(foreign_key="chat.id")
    brought_by: int
    since: datetime = Field(sa_type=UtcDateTime)


class AuditRow(SQLModel, table=True):
    """What an officer has done: ``by`` is the number of their chat, or ``shell``; never a text."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_at", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    by: str
    action: str
    award: str | None = None
    subject: str
