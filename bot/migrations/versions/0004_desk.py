"""The officers' desk: tickets, who is told of them, staff groups, administrators, a log."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)


def _column(
    name: str, kind: Any, *, nullable: bool = False, to: str | None = None, **more: Any
) -> sa.Column[Any]:
    keys = [sa.ForeignKey(to)] if to else []
    return sa.Column(name, kind, *keys, nullable=nullable, **more)


def _id() -> sa.Column[Any]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _key(name: str, kind: Any, to: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, kind, *([sa.ForeignKey(to)] if to else []), primary_key=True)


def upgrade() -> None:
    _change_what_there_is()
    _make_tickets()
    _make_messages()
    _make_office()


def _change_what_there_is() -> None:
    no = sa.false()
    op.add_column("chat", _column("desk", sa.Boolean, server_default=no))
    op.add_column("outgoing", _column("ticket_id", sa.Integer, nullable=True))
    for table in ("staff", "invitation"):
        op.add_column(table, _column("label", sa.String, server_default=""))
        op.add_column(table, _column("administrator", sa.Boolean, server_default=no))
        op.execute(f"UPDATE {table} SET administrator = true WHERE award IS NULL")


def _make_tickets() -> None:
    op.create_table(
        "ticket",
        _id(),
        _column("chat_id", sa.Integer, nullable=True, to="chat.id"),
        _column("award", sa.String),
        _column("status", sa.String),
        _column("shared", sa.Text),
        _column("locale", sa.String),
        _column("claimed_by", sa.Integer, nullable=True),
        *(_column(name, MOMENT) for name in ("opened", "changed_at")),
        *(
            _column(name, MOMENT, nullable=True)
            for name in ("waiting_since", "answered_at", "remind_at")
        ),
        _column("reminded", sa.Integer),
        _column("withdrawn", sa.Boolean),
        _column("version", sa.Integer),
        sa.CheckConstraint(
            "status IN ('waiting', 'claimed', 'answered', 'closed')", name="ck_ticket_status"
        ),
    )
    for name in ("chat_id", "claimed_by", "remind_at"):
        _partial(f"ix_ticket_{name}", "ticket", [name], f"{name} IS NOT NULL")
    _partial("ix_ticket_answered_at", "ticket", ["award", "answered_at"], "answered_at IS NOT NULL")
    op.create_index("ix_ticket_award", "ticket", ["award", "status"])
    op.create_index("ix_ticket_changed_at", "ticket", ["changed_at"])
    op.create_table(
        "ticket_entry",
        _id(),
        _column("ticket_id", sa.Integer, to="ticket.id"),
        _column("by", sa.String),
        _column("officer", sa.Integer, nullable=True),
        _column("body", sa.Text),
        _column("at", MOMENT),
    )
    op.create_index("ix_ticket_entry_ticket_id", "ticket_entry", ["ticket_id", "id"])


def _make_messages() -> None:
    op.create_table(
        "ticket_message",
        _key("chat_id", sa.Integer, "chat.id"),
        _key("sent_as", sa.String),
        _column("ticket_id", sa.Integer, to="ticket.id"),
    )
    op.create_index("ix_ticket_message_ticket_id", "ticket_message", ["ticket_id"])
    op.create_table(
        "ticket_copy",
        _key("ticket_id", sa.Integer, "ticket.id"),
        _key("chat_id", sa.Integer),
        _column("sent_as", sa.String, nullable=True),
    )
    op.create_index("ix_ticket_copy_chat_id", "ticket_copy", ["chat_id"])
    op.create_table(
        "ticket_notice",
        _id(),
        _column("ticket_id", sa.Integer, to="ticket.id"),
        _column("chat_id", sa.Integer),
        _column("what", sa.String),
        _column("office", sa.Boolean),
        _column("entry_id", sa.Integer, nullable=True),
        _column("replaces", sa.String, nullable=True),
    )
    op.create_index("ix_ticket_notice_chat_id", "ticket_notice", ["chat_id"])
    op.create_index("ix_ticket_notice_ticket_id", "ticket_notice", ["ticket_id"])


def _make_office() -> None:
    op.create_table(
        "desk_group",
        _key("award", sa.String),
        _column("chat_id", sa.Integer, to="chat.id"),
        _column("brought_by", sa.Integer),
        _column("since", MOMENT),
    )
    op.create_index("ix_desk_group_chat_id", "desk_group", ["chat_id"])
    op.create_table(
        "audit",
        _id(),
        _column("at", MOMENT),
        _column("by", sa.String),
        _column("action", sa.String),
        _column("award", sa.String, nullable=True),
        _column("subject", sa.String),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
