"""Rounds and wishes as several tests of reminders have them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from conversations.model import State
from conversations.reminding import Reminding, Watch
from rules.rounds import Milestone, Round

CHINA = ZoneInfo("Asia/Shanghai")
LONG_AGO = datetime(2026, 1, 5, 1, tzinfo=UTC)


def at(text: str, zone: str = "Asia/Shanghai") -> datetime:
    """A moment by the clocks of a place: 2026-06-30 17:00."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


ROUND = Round(
    id=5,
    award="jian",
    year=2026,
    title="关于开展2026年度吉安市市长质量奖评选的通知",
    number="吉质强办〔2026〕1号",
    opens=at("2026-06-01 09:00"),
    closes=at("2026-06-30 17:00"),
    opens_since=LONG_AGO,
    closes_since=LONG_AGO,
    hand_in="申报表和自我评价报告，一式三份",
    where="市质量强市办（市市场监督管理局）",
    milestones=(Milestone("申报说明会", date(2026, 6, 10), LONG_AGO),),
)


def following(award: str = "jian", track: str | None = None, **settings: object) -> State:
    """A chat that has followed an award's rounds for long."""
    kept = Reminding().with_watch(Watch(0, "rounds", LONG_AGO, award, track))
    return State(told=True, reminding=replace(kept, **settings))  # type: ignore[arg-type]


def waiting_for(day: date, title: str = "内审", **settings: object) -> State:
    """A chat that has had a date of its own for long."""
    kept = Reminding().with_watch(Watch(0, "own", LONG_AGO, day=day, title=title))
    return State(told=True, reminding=replace(kept, **settings))  # type: ignore[arg-type]
