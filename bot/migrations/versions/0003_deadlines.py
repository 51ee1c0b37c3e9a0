"""Rounds, who follows them, what falls due when, broadcasts, and officers."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _partial(
    name: str, table: str, columns: list[str], where: str, *, unique: bool = False
) -> None:
    condition = sa.text(where)
    op.create_index(
        name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition
    )


def _key(name: str, kind: type[sa.types.TypeEngine[Any]] = sa.Integer) -> sa.Column[Any]:
    return sa.Column(name, kind, primary_key=True)


def _chat() -> sa.Column[Any]:
    return sa.Column("chat_id", sa.Integer, sa.ForeignKey("chat.id"), primary_key=True)


def upgrade() -> None:
    _change_chats_and_messages()
    _make_rounds_and_reminders()
    _make_broadcasts()
    _make_staff()


def _change_chats_and_messages() -> None:
    op.add_column(
        "chat", sa.Column("next_priority", sa.Integer, nullable=False, server_default="0")
    )
    for name in ("remind_at", "reminded_at"):
        op.add_column("chat", sa.Column(name, MOMENT, nullable=True))
    op.drop_index("ix_chat_waiting", "chat")
    _partial("ix_chat_waiting", "chat", ["platform", "next_priority"], "waiting > 0")
    _partial(
        "ix_chat_remind_at",
        "chat",
        ["platform", "remind_at"],
        "remind_at IS NOT NULL AND left_at IS NULL",
    )
    op.add_column("outgoing", sa.Column("broadcast_id", sa.Integer, nullable=True))
    _partial(
        "ix_outgoing_broadcast", "outgoing", ["broadcast_id", "status"], "broadcast_id IS NOT NULL"
    )


def _make_rounds_and_reminders() -> None:
    op.create_table(
        "round",
        _key("id"),
        sa.Column("award", sa.String, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("title", "number")),
        *(
            sa.Column(name, MOMENT, nullable=False)
            for name in ("opens", "closes", "opens_since", "closes_since")
        ),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("hand_in", "place", "milestones")),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
    )
    _partial("uq_round_award_year", "round", ["award", "year"], "NOT withdrawn", unique=True)
    op.create_index("ix_round_closes", "round", ["closes"])
    op.create_table("follow", _chat(), _key("award", sa.String))
    op.create_index("ix_follow_award", "follow", ["award", "chat_id"])
    op.create_table(
        "reminder",
        _chat(),
        _key("name", sa.String),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
    )
    op.create_index("ix_reminder_told_at", "reminder", ["told_at"])


def _make_broadcasts() -> None:
    op.create_table(
        "broadcast",
        _key("id"),
        sa.Column("award", sa.String, nullable=False),
        sa.Column("sent_by", sa.Integer, nullable=True),
        *(
            sa.Column(name, sa.Text, nullable=True) for name in ("body", "round_now", "round_before")
        ),
        sa.Column("status", sa.String, nullable=False),
        *(
            sa.Column(name, sa.Integer, nullable=False)
            for name in ("reached", "total", "blocked", "told")
        ),
        *(sa.Column(name, MOMENT, nullable=False) for name in ("look_at", "created_at")),
        sa.CheckConstraint("status IN ('going', 'sending', 'done')", name="ck_broadcast_status"),
    )
    _partial("ix_broadcast_open", "broadcast", ["status", "id"], "status <> 'done'")
    _partial("ix_broadcast_sent_by", "broadcast", ["sent_by"], "sent_by IS NOT NULL")
    op.create_table(
        "deferred", _chat(), _key("broadcast_id"), sa.Column("at", MOMENT, nullable=False)
    )
    op.create_index("ix_deferred_at", "deferred", ["broadcast_id", "at"])


def _make_staff() -> None:
    op.create_table(
        "staff",
        _key("id"),
        sa.Column("chat_id", sa.Integer, sa.ForeignKey("chat.id"), nullable=False),
        sa.Column("award", sa.String, nullable=True),
        sa.Column("since", MOMENT, nullable=False),
    )
    op.create_index("ix_staff_chat_id", "staff", ["chat_id"])
    op.create_table(
        "invitation",
        _key("digest", sa.String),
        sa.Column("award", sa.String, nullable=True),
        sa.Column("expires", MOMENT, nullable=False),
    )
