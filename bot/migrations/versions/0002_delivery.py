"""Sending in order by several processes, a shared budget, and what a chat's state of sending is."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":  # a busy bot would use the numbers up in months
        for table in ("inbound", "outgoing"):
            op.alter_column(table, "id", type_=sa.BigInteger)
            op.execute(f"ALTER SEQUENCE {table}_id_seq AS bigint")
    op.add_column("chat", sa.Column("asked", sa.String, nullable=True))
    for name, default in (("waiting", "0"), ("next_position", "1")):
        op.add_column("chat", sa.Column(name, sa.Integer, nullable=False, server_default=default))
    op.add_column("chat", sa.Column("held_by", sa.String, nullable=True))
    for name in ("held_until", "wait_until", "left_at"):
        op.add_column("chat", sa.Column(name, MOMENT, nullable=True))
    op.add_column(
        "chat", sa.Column("forgotten", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.execute(
        "UPDATE chat SET next_position = 1 + COALESCE("
        "(SELECT MAX(position) FROM outgoing WHERE chat_id = chat.id), 0)"
    )
    op.execute(
        "UPDATE chat SET waiting = "
        "(SELECT COUNT(*) FROM outgoing WHERE chat_id = chat.id AND status = 'queued')"
    )
    op.drop_index("ix_outgoing_status", "outgoing")
    with op.batch_alter_table("outgoing") as outgoing:
        outgoing.drop_constraint("ck_outgoing_status", type_="check")
        outgoing.create_check_constraint(
            "ck_outgoing_status", "status IN ('queued', 'sent', 'failed', 'skipped')"
        )
        for name in ("priority", "parts_sent"):
            outgoing.add_column(sa.Column(name, sa.Integer, nullable=False, server_default="0"))
        for name in ("replaces", "retires", "last_error"):
            outgoing.add_column(sa.Column(name, sa.String, nullable=True))
        outgoing.add_column(sa.Column("tried_at", MOMENT, nullable=True))
    op.execute("UPDATE outgoing SET body = '' WHERE status <> 'queued'")
    op.create_table(
        "sending",
        sa.Column("platform", sa.String, primary_key=True),
        sa.Column("spent_until", MOMENT, nullable=False),
        sa.Column("paused_until", MOMENT, nullable=True),
    )
    _partial("ix_chat_waiting", "chat", ["platform"], "waiting > 0")
    _partial("ix_chat_left", "chat", ["id"], "left_at IS NOT NULL")
    op.create_index("ix_chat_updated_at", "chat", ["updated_at"])
    op.create_index("ix_inbound_received_at", "inbound", ["received_at"])
    _partial(
        "ix_outgoing_queued", "outgoing", ["chat_id", "priority", "position"], "status = 'queued'"
    )
    _partial("ix_outgoing_failed", "outgoing", ["id"], "status = 'failed'")
    _partial("ix_outgoing_error", "outgoing", ["tried_at"], "last_error IS NOT NULL")
    op.create_index("ix_outgoing_created_at", "outgoing", ["created_at"])
