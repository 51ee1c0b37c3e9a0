"""Chats that follow an award whose round is about to close: all are to be told in the same hour.

They differ as people do: when they asked for it, who applies, which leads they want, the language,
how long they want for a step, dates of their own, an award beside it.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from random import Random

from sqlalchemy import select
from sqlmodel import col

from benchmarks.telegram.script import middle
from bot import rounds, store
from bot.database import Database
from bot.many import insert_many
from bot.tables import ChatRow, OutgoingRow, ReminderRow
from conversations.model import State
from conversations.reminding import LEADS, Reminding, Watch
from rules.rounds import Round

Row = dict[str, object]

PLATFORM = "bench"
AWARD = "jian"
TALKS = "talks"
"""Before the number of those who talk, and are not to be told anything."""

DUE = datetime.fromisoformat("2026-11-25T01:00:00+00:00")
"""Nine o'clock in China, thirty days before the round closes."""
CLOSES = datetime.fromisoformat("2026-12-25T09:00:00+00:00")
ANNOUNCED = datetime.fromisoformat("2026-10-08T02:00:00+00:00")
TOLD_BEFORE = DUE - timedelta(days=2)

_OWN_DAY = date(2026, 12, 2)  # a week ahead: told on the same day
_ZONES = ("Asia/Shanghai",) * 17 + ("Asia/Hong_Kong", "Asia/Taipei", "Asia/Singapore")
_LEADS = (LEADS,) * 8 + ((30, 7, 1), (30, 14, 3, 0))
_LOCALES = ("zh_Hans",) * 18 + ("zh_Hant", "en")
_AT_ONCE = 2000


async def settle(database: Database, followers: int, talkers: int) -> None:
    """Fill an empty database with these chats, and with the round."""
    async with database.transaction() as connection:
        await rounds.publish(connection, _round(), ANNOUNCED)
    waiting = _rows(followers, talkers)
    while some := list(islice(waiting, _AT_ONCE)):
        async with database.transaction() as connection:
            await insert_many(connection, store.CHAT, some)


async def check(database: Database, followers: int) -> None:
    """Raise AssertionError unless everybody has been made one reminder, and its name is kept."""
    async with database.transaction() as connection:
        query = select(col(OutgoingRow.chat_id)).where(col(OutgoingRow.priority) == 1)
        made = [*(await connection.execute(query)).scalars()]
        named = {*(await connection.execute(select(col(ReminderRow.chat_id)))).scalars()}
    assert len(made) == followers, "somebody is told nothing, or twice"
    assert named == {*made}, "a reminder has no name"


def _round() -> Round:
    return Round(
        id=0,
        award=AWARD,
        year=2026,
        title="关于申报市长质量奖的通知",
        number="质发〔2026〕8号",
        opens=ANNOUNCED,
        closes=CLOSES,
        opens_since=ANNOUNCED,
        closes_since=ANNOUNCED,
        hand_in="申报表、自我评价报告和证实性材料一式三份",
        where="市市场监督管理局质量发展科",
    )


def _rows(followers: int, talkers: int) -> Iterator[Row]:
    random, state = Random(2026), middle(ANNOUNCED)
    row = ChatRow(
        platform=PLATFORM,
        address="",
        state=store.dump_state(state),
        created_at=ANNOUNCED,
        updated_at=ANNOUNCED,
    ).model_dump(exclude={"id"})
    due = {"remind_at": DUE, "reminded_at": TOLD_BEFORE}
    for number in range(followers):
        follows = store.dump_state(_following(state, random))
        yield row | due | {"address": f"{number}", "state": follows}
    for number in range(talkers):
        yield row | {"address": f"{TALKS}{number}"}


def _following(state: State, random: Random) -> State:
    since = ANNOUNCED - timedelta(seconds=random.randrange(300 * 86_400))
    wishes = Reminding(leads=random.choice(_LEADS))
    if random.random() < 0.1:
        wishes = wishes.with_watch(Watch(0, "rounds", since, "qinzhou", "organisation"))
    track = random.choice(("organisation", "organisation", "organisation", "individual"))
    lengths = {"recommendation": f"{random.randint(5, 20)}"} if random.random() < 0.1 else {}
    wishes = wishes.with_watch(Watch(0, "rounds", since, AWARD, track, lengths=lengths))
    if random.random() < 0.2:
        wishes = wishes.with_watch(Watch(0, "own", since, day=_OWN_DAY, title="内部评审"))
    return State(
        locale=random.choice(_LOCALES),
        told=True,
        timezone=random.choice(_ZONES),
        screenings=state.screenings,
        reminding=wishes,
    )
