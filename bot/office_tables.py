"""The rows of an office's own answers and of its figures. A day is kept as 2026-11-20."""

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from bot.tables import partial


class OfficeAnswerRow(SQLModel, table=True):
    """An answer of an award's office; ``questions`` and ``provisions`` are JSON lists."""

    __tablename__ = "office_answer"
    __table_args__ = (partial("ix_office_answer_standing", ("award", "id"), "NOT withdrawn"),)

    id: int | None = Field(default=None, primary_key=True)
    award: str
    questions: str = Field(sa_type=Text)
    body: str = Field(sa_type=Text)
    provisions: str = Field(sa_type=Text)
    since: str
    until: str | None = None
    version: int = 1
    withdrawn: bool = False


class CannedRow(SQLModel, table=True):
    """A text that an office sends often; see ``Canned``."""

    __tablename__ = "canned"

    id: int | None = Field(default=None, primary_key=True)
    award: str
    title: str = Field(sa_type=Text)
    body: str = Field(sa_type=Text)
    version: int = 1


class QuestionAskedRow(SQLModel, table=True):
    """A question that a chat has asked; see ``Asked``. ``body`` is kept only with its consent.

    ``award`` is the one that it is about, if it is one.
    """

    __tablename__ = "question_asked"
    __table_args__ = (
        Index("ix_question_asked_chat_id", "chat_id"),
        Index("ix_question_asked_day", "day", "award"),
    )

    id: int | None = Field(default=None, primary_key=True)
    day: str
    award: str | None = None
    topic: str | None = None
    outcome: str
    office: bool = False
    chat_id: int = Field(foreign_key="chat.id")
    body: str | None = Field(default=None, sa_type=Text)


class ScreenedRow(SQLModel, table=True):
    """How a screening of a chat came out when it was last looked at; see ``Screened``.

    ``failing`` is a JSON list.
    """

    __tablename__ = "screened"
    __table_args__ = (Index("ix_screened_day", "day", "award"),)

    chat_id: int = Field(foreign_key="chat.id", primary_key=True)
    screening: int = Field(primary_key=True)
    day: str
    award: str
    track: str
    outcome: str
    failing: str = Field(sa_type=Text)
