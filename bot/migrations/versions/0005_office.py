"""The offices' own answers, canned answers, and what their figures are counted from."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _column(name: str, kind: Any, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=nullable)


def _id() -> sa.Column[Any]:
    return sa.Column("id", sa.Integer, primary_key=True)


def upgrade() -> None:
    _make_answers()
    _make_figures()


def _make_answers() -> None:
    op.create_table(
        "office_answer",
        _id(),
        _column("award", sa.String),
        *(_column(name, sa.Text) for name in ("questions", "body", "provisions")),
        _column("since", sa.String),
        _column("until", sa.String, nullable=True),
        _column("version", sa.Integer),
        _column("withdrawn", sa.Boolean),
    )
    standing = sa.text("NOT withdrawn")
    op.create_index(
        "ix_office_answer_standing",
        "office_answer",
        ["award", "id"],
        sqlite_where=standing,
        postgresql_where=standing,
    )
    op.create_table(
        "canned",
        _id(),
        _column("award", sa.String),
        *(_column(name, sa.Text) for name in ("title", "body")),
        _column("version", sa.Integer),
    )


def _make_figures() -> None:
    op.create_table(
        "question_asked",
        _id(),
        _column("day", sa.String),
        _column("award", sa.String, nullable=True),
        _column("topic", sa.String, nullable=True),
        _column("outcome", sa.String),
        _column("office", sa.Boolean),
        sa.Column("chat_id", sa.Integer, sa.ForeignKey("chat.id"), nullable=False),
        _column("body", sa.Text, nullable=True),
    )
    op.create_index("ix_question_asked_chat_id", "question_asked", ["chat_id"])
    op.create_index("ix_question_asked_day", "question_asked", ["day", "award"])
    op.create_table(
        "screened",
        sa.Column("chat_id", sa.Integer, sa.ForeignKey("chat.id"), primary_key=True),
        sa.Column("screening", sa.Integer, primary_key=True),
        *(_column(name, sa.String) for name in ("day", "award", "track", "outcome")),
        _column("failing", sa.Text),
    )
    op.create_index("ix_screened_day", "screened", ["day", "award"])
